"""What the applicant's accounts tell of a request, and whether enough is left for it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.approval.forms import form_fields
from domain.approval.procedure import Form, Procedure
from domain.errors import Problem
from domain.office.booking import Absence
from domain.records.accounts import Account, Balance, Flow, Item, Move
from domain.rules.routes import Note
from domain.shapes.eligibility import reasons
from domain.shapes.quotas import counted_beyond
from domain.time.wording import quantity
from domain.vocabulary import FactValue, Label
from resolvers.ground.context import Context
from resolvers.records.account_rows import DAYS
from resolvers.records.accounts import Told, Whose, hold, kept_here, told
from resolvers.records.acts import clauses_of
from resolvers.records.became import in_each_year
from resolvers.requests.needs import asked_for, cited, facts_of_interest, path_to
from resolvers.requests.words import camel
from resolvers.rules.rulebooks import LivingRulebook

Facts = Mapping[str, FactValue]


@dataclass(frozen=True)
class Asked:
    """A request in hand, as it moves accounts: whose, of which kind, and from which day on.

    One that is `known` holds nothing against itself; an extension adds to what it `extends`. By its
    `form` it takes from each year that it touches.
    """

    person: UUID
    kind: str
    day: date
    known: UUID | None = None
    extends: Absence | None = None
    form: Form | None = None

    @property
    def of(self) -> str:
        return self.extends.kind if self.extends else self.kind


@dataclass(frozen=True)
class Found:
    """What accounts tell of a request: the facts, what is wanting, and what is to be said."""

    facts: Facts
    problems: tuple[Problem, ...] = ()
    notes: tuple[Note, ...] = ()


def looked_at(living: LivingRulebook, kind: str, of: str) -> tuple[Account, ...]:
    """The accounts that a kind takes from, or that tell what rules on it ask."""

    def found() -> tuple[Account, ...]:
        asked, kept = facts_of_interest(living, kind), kept_here(living)
        return tuple(e for e in kept if e.debit(of) or not asked.isdisjoint(e.gives))

    return living.once("looked_at", (kind, of), found)


async def found_on(
    context: Context,
    living: LivingRulebook,
    procedure: Procedure[Any],
    asked: Asked,
    facts: Facts,
    *,
    holding: bool,
) -> Found:
    """What is left to the applicant on the day; `holding` it, so that nobody takes it meanwhile."""
    every = [Whose(living, each, asked.person) for each in looked_at(living, asked.kind, asked.of)]
    if holding:
        await hold(context, every)
    gives: dict[str, FactValue] = {}
    problems: list[Problem] = []
    notes: list[Note] = []
    for whose in every:
        parts = await _in_years(context, whose, procedure, asked)
        last = max(asked.day, context.today, *(day for day, _ in parts))
        known = await told(context, whose, last, but=asked.known)
        left = known.on(asked.day)
        told_of = {name: given(left) for name, given in whose.account.gives.items()}
        gives |= told_of
        if whose.account.owed:
            problems += _barred(whose, asked.kind, told_of, left)
        flow = whose.account.debit(asked.of)
        if flow is None:
            continue
        if flow.beyond and not _wanted(living, flow, asked, facts):
            continue
        if flow.column not in facts:
            clauses = clauses_of(living, whose.account.name)
            problems += [
                asked_for(procedure.form, each.name, clauses)
                for each in form_fields(procedure.form)
                if each.name == flow.column
            ]
            continue
        wanted = _wanted(living, flow, asked, facts)
        if known.bound:
            path = path_to(procedure, living, flow.column)
            problems += _short(whose, known, path, parts or [(asked.day, wanted)])
        elif whose.rows and not whose.account.owed:
            notes.append(_unopened(whose))
    return Found(gives, tuple(problems), tuple(notes))


def _wanted(living: LivingRulebook, flow: Flow, asked: Asked, facts: Facts) -> Decimal:
    """How much it would take; an extension what it adds."""
    if flow.beyond:
        days = Decimal(str(facts.get(DAYS, 0)))
        return counted_beyond(living.shapes.quotas, flow.of, flow.column, facts, days)
    wanted = Decimal(str(facts[flow.column]))
    return wanted - asked.extends.days if asked.extends and flow.column == DAYS else wanted


async def _in_years(
    context: Context, whose: Whose, procedure: Procedure[Any], asked: Asked
) -> list[tuple[date, Decimal]]:
    """The days that it takes in each year, where years give and it touches several."""
    away = procedure.occupies(asked.form) if asked.form and procedure.occupies else None
    recurs = any(each.per for each in whose.rows)
    if not asked.form or not away or not recurs or away.begins.year == away.ends.year:
        return []
    calendar = await context.calendar()
    return in_each_year(asked.kind, asked.form, away, calendar, context.now)


def _short(
    whose: Whose, known: Told, path: tuple[str, ...], parts: Iterable[tuple[date, Decimal]]
) -> Iterator[Problem]:
    for day, wanted in parts:
        room, unit = known.on(day).room, whose.account.unit
        if wanted > room:
            amounts = {"left": quantity(room, unit), "asked": quantity(wanted, unit)}
            yield Problem("ACCOUNT_SHORT", path, _bounding(whose), {**_named(whose), **amounts})
        taken = Item(Move.DEBITED, "", UUID(int=0), day, -wanted)
        known = replace(known, reserved=(*known.reserved, taken))


def _barred(whose: Whose, kind: str, told_of: Facts, left: Balance) -> Iterator[Problem]:
    """Each clause that lets nobody have more who owes something."""
    rows = [
        row
        for row in whose.living.shapes.eligibility
        if row.subject == kind and told_of.keys() >= row.when.regions.keys()
    ]
    owed = quantity(left.reserved - left.total, whose.account.unit)
    for reason in reasons(rows, told_of):
        details = {**_named(whose), "owed": owed}
        yield Problem("ACCOUNT_OWED", ("input",), reason.rows[0].clause, details)


def _bounding(whose: Whose) -> str:
    """The clause that gives what is too little; else the one that asks for the account."""
    given = [each.clause for each in whose.rows]
    return (given or clauses_of(whose.living, whose.account.name))[0]


def _named(whose: Whose) -> dict[str, str]:
    label: Label = whose.living.vocabulary.objects[whose.account.name].label
    return {"zh": label.zh, "en": label.en}


def _unopened(whose: Whose) -> Note:
    clause = cited(whose.living, clauses_of(whose.living, whose.account.name)[0])
    return Note("ACCOUNT_NOT_OPENED", {**_named(whose), "clause": clause})


def stated_though_told(living: LivingRulebook, kind: str, of: str, form: Form) -> Iterator[Problem]:
    """What a form states that an account tells; what stands blank is not stated."""
    for account in looked_at(living, kind, of):
        for name in account.gives:
            given = getattr(form, name, None)
            if given is not None and given != getattr(type(form), name, None):
                clause = clauses_of(living, account.name)[0]
                yield Problem("COUNTED_BY_OFFICE", ("input", camel(name)), clause)


def as_stated(found: Found, stated: Facts) -> Found:
    """For a preview that tells itself what an account would: it is judged by that alone."""
    told_anyway = not found.facts.keys().isdisjoint(stated)
    return replace(found, problems=()) if told_anyway else found
