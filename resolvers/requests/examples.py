"""A form of a kind that a preview accepts today: searched for, and judged as any other form is."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import partial
from itertools import islice
from typing import Any
from uuid import UUID

from domain.approval.description import described
from domain.approval.examples import Values, choices, plainest, span_of, spans
from domain.approval.forms import Field, built, form_fields
from domain.approval.procedure import Circumstances, Form, Procedure
from domain.conditions.cells import axis_of, swept
from domain.conditions.regions import Interval, Region
from domain.errors import Problem, Refused
from domain.rules.routes import Finding, demanded
from domain.rules.rows import Rule, told_by
from domain.vocabulary import FactValue
from resolvers.ground.context import Context
from resolvers.ground.database import Transaction, statement
from resolvers.requests.asked_forms import asked_form
from resolvers.requests.needs import must_be_regulated
from resolvers.requests.papers import Attachment
from resolvers.requests.procedures import procedure_of
from resolvers.requests.submissions import Filled, judge, placed
from resolvers.requests.words import camel
from resolvers.rules.rulebooks import LivingRulebook

MOST_JUDGED, MOST_SEEDS = 30, 8
NO_SUM = "0" * 64
COLLEAGUES = statement("""
  select p.id from people p
  where p.institution_id = :institution and p.id <> :me order by p.id limit 12""")


@dataclass(frozen=True)
class Example:
    """A form by its fields, and the papers and people that it needs beside.

    What it `lacks` the caller has to choose: a record of their own that the form names.
    """

    form: Values
    papers: tuple[str, ...] = ()
    people: Mapping[str, UUID] = field(default_factory=dict)
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Without:
    """That no form was found, and what was said of the last that was tried."""

    why: Refused


@dataclass(frozen=True)
class Seed:
    """A case that the rules give somebody: what is stated, and the regions of what is counted."""

    stated: Values
    counted: Mapping[str, Region]


Slots = Mapping[str, Sequence[Values]]
"""By field what may be tried for it; from when to when is tried together, under its `lead`."""
Fits = Callable[[Form], bool]


async def examples_of(
    context: Context, _: Transaction, kinds: list[str]
) -> Mapping[str, Example | Without]:
    """Of each kind a form that goes its way for the viewer, or why none was found."""
    living, found = await context.rulebook(), {}
    for kind in dict.fromkeys(kinds):
        tried = await _example(context, living, procedure_of(kind, living))
        found[kind] = Without(tried) if isinstance(tried, Refused) else tried
    return found


async def _example(
    context: Context, living: LivingRulebook, procedure: Procedure[Any]
) -> Example | Refused:
    """A form, or what was said of the last case that was tried."""
    rules = living.rulebook.rules_for(procedure.kind, context.today)
    who, fields = context.viewer, form_fields(procedure.form)
    why, asked = Refused(Finding.GAP.value), asked_form(living, procedure, context.today)
    try:
        must_be_regulated(living, living.vocabulary.kinds[procedure.kind].label, asked.regulated)
    except Refused as refused:
        return refused
    if not who.person.seats:
        return Refused("NO_SEAT")
    known = Circumstances(
        now=context.now,
        calendar=await context.calendar(),
        rank=living.rank(who.person.roles),
        employment=who.person.employment,
        absences=tuple(who.absences),
        applicant=who.person.id,
    )
    lacks = tuple(each.name for each in fields if each.required and each.type is UUID)
    slots = _slots(living, procedure, rules, known)
    needed = [each.name for each in fields if each.required and each.name not in lacks]
    if lacks:
        plainest = {name: value for each in needed for name, value in slots[each][0].items()}
        return Example(plainest, lacks=lacks)
    of_viewer = {**who.person.facts, "applicant_rank": known.rank, "employment": known.employment}
    rows = await context.rows(COLLEAGUES, me=who.person.id) if asked.people else []
    span = [each.name for each in span_of(fields)]
    lead = dict.fromkeys(span, span[0] if span else "")
    seeds = [*islice(_seeds(living, procedure, rules, of_viewer), MOST_SEEDS)]
    if not seeds:
        # The rules give none to anybody: judging the plainest tells why.
        seeds = [Seed({}, {})]
        needed += [e.field.name for e in asked.fields if e.clauses and not e.shown_when]
    for seed in seeds:
        first = dict.fromkeys([lead.get(name, name) for name in needed if name in slots], 0)
        first |= {span[0]: 0} if span and seed.counted else {}
        draft = Draft(slots, lead, seed.stated, first, [row["id"] for row in rows])
        fits = partial(_is_counted_so, procedure, known, seed.counted)
        if begun := _fitting(draft, procedure.form, fits):
            found = await _grown(context, procedure, begun, fits)
            if isinstance(found, Example):
                return found
            why = found
    return why


def _is_counted_so(
    procedure: Procedure[Any], known: Circumstances, regions: Mapping[str, Region], form: Form
) -> bool:
    facts = procedure.facts(form, known)
    return all(facts[name] in region for name, region in regions.items() if name in facts)


def _slots(
    living: LivingRulebook, procedure: Procedure[Any], rules: Sequence[Rule], known: Circumstances
) -> Slots:
    kind = procedure.kind
    fields, within, words = form_fields(procedure.form), living.within(kind), living.vocabulary
    shapes = living.shapes
    conditions = [rule.when for rule in rules]
    conditions += [each.when for each in living.rulebook.documents_for(kind, known.today)]
    conditions += [row.when for row in shapes.eligibility if row.subject == kind]
    limits = [row for row in shapes.quotas if row.subject == kind]
    conditions += [row.when for row in limits]
    told = {each.name: each for each in described(procedure.form, words, kind)}
    slots: dict[str, Sequence[Values]] = {
        each.name: [
            {each.name: value}
            for value in choices(
                each,
                told[each.name],
                words.facts.get(each.name),
                within.get(each.name),
                conditions,
                [row.limit for row in limits if row.measure == each.name and row.limit],
                known.today,
            )
        ]
        for each in fields
        if not each.served
    }
    if span := span_of(fields):
        away = [each.period.ends.date() for each in known.absences]
        times = [*spans(span, known.today, max(away, default=known.today), known.calendar)]
        slots |= dict.fromkeys([each.name for each in span], times)
    return slots


def _seeds(
    living: LivingRulebook,
    procedure: Procedure[Any],
    rules: Sequence[Rule],
    of_viewer: Mapping[str, FactValue],
) -> Iterator[Seed]:
    """The cases of the kind that the rules give somebody, the smallest first."""
    facts, conditions = living.vocabulary.facts, [rule.when for rule in rules]
    within = {name: _only(value) for name, value in of_viewer.items()}
    within = {**living.within(procedure.kind), **within}
    read = dict.fromkeys(name for when in conditions for name in when.regions)
    axes = [axis_of(facts[name], within.get(name), conditions) for name in read]
    if not all(axis.cells for axis in axes):
        return

    def routed(matching: int) -> Iterator[bool]:
        found = demanded(told_by(rules, matching))
        if found.finding is Finding.ROUTED:
            yield True

    types = {each.name: each for each in form_fields(procedure.form)}
    boxes = swept(axes, lambda left: (*routed(left),), (1 << len(rules)) - 1).get(True, ())
    for box in sorted(boxes, key=lambda box: [run & -run for run in box]):
        stated, counted = {}, {}
        for axis, run in zip(axes, box, strict=True):
            name = axis.fact.code
            if name in types and run != axis.whole:
                stated[name] = _as_field(types[name], plainest(axis, run))
            elif run != axis.whole:
                counted[name] = axis.region(run)
        yield Seed(stated, counted)


def _only(value: FactValue) -> Region:
    return frozenset({value}) if isinstance(value, bool | str) else Interval(value, value)


def _as_field(of: Field, value: FactValue) -> Any:
    return of.type(value) if issubclass(of.type, Enum | int) else value


@dataclass(frozen=True)
class Draft:
    """A form in the making: which of the values of each slot is chosen, what the seed states."""

    slots: Slots
    lead: Mapping[str, str]
    stated: Values
    chosen: Mapping[str, int]
    free: Sequence[UUID]
    papers: tuple[str, ...] = ()
    people: Mapping[str, UUID] = field(default_factory=dict)

    @property
    def values(self) -> Values:
        chosen = (self.slots[name][at] for name, at in self.chosen.items())
        return {**{name: v for each in chosen for name, v in each.items()}, **self.stated}


async def _grown(
    context: Context, procedure: Procedure[Any], draft: Draft, fits: Fits
) -> Example | Refused:
    """The draft as a form: what a refusal asks for is added, what is at fault is changed."""
    seat, why = context.viewer.person.seats[0].id, None
    for _ in range(MOST_JUDGED):
        form = built(procedure.form, draft.values)
        attached = tuple(Attachment(f"{name}.pdf", NO_SUM, name) for name in draft.papers)
        filled = Filled(form, attached, seat, draft.people)
        try:
            judged = await judge(context, procedure, filled, as_told=True)
            placed(context, judged, context.now)
        except Refused as refused:
            mended = _mended(draft, refused.problems)
            fitting = mended and _fitting(mended, procedure.form, fits)
            # What more of a form did not settle is the reason, whatever other times are told.
            if not (fitting and fitting.chosen.items() >= draft.chosen.items()):
                why = why or refused
            if fitting is None:
                break
            draft = fitting
        else:
            return Example(draft.values, draft.papers, draft.people)
    return why or Refused(Finding.GAP.value)


def _mended(draft: Draft, problems: Sequence[Problem]) -> Draft | None:
    """A draft without these problems, or with another value of what was chosen last."""
    changed = draft
    done: set[str] = set()
    for each in problems:
        name = next((known for known in draft.slots if camel(known) in each.path[1:2]), "")
        lead = draft.lead.get(name, name)
        if each.code == "DOCUMENT_MISSING":
            changed = replace(changed, papers=(*changed.papers, str(each.details["documents"])))
        elif each.code == "NAME_NEEDED" and changed.free:
            people = {**changed.people, str(each.details["named"]): changed.free[0]}
            changed = replace(changed, people=people, free=changed.free[1:])
        elif name in draft.stated:
            return None
        elif name and lead not in done:
            done.add(lead)
            at = draft.chosen.get(lead, -1) + 1
            if at >= len(draft.slots[lead]):
                return None
            changed = replace(changed, chosen={**changed.chosen, lead: at})
    return changed if changed is not draft else _another(draft)


def _another(draft: Draft) -> Draft | None:
    for name, at in reversed([*draft.chosen.items()]):
        if at + 1 < len(draft.slots[name]):
            return replace(draft, chosen={**draft.chosen, name: at + 1})
    return None


def _fitting(draft: Draft, form: type[Form], fits: Fits) -> Draft | None:
    """The draft at the first time from here on that is counted as its seed wants it."""
    lead = next(iter(draft.lead.values()), "")
    while lead in draft.chosen and not fits(built(form, draft.values)):
        if (at := draft.chosen[lead] + 1) >= len(draft.slots[lead]):
            return None
        draft = replace(draft, chosen={**draft.chosen, lead: at})
    return draft
