"""From a filled-in form to a route and its steps, for previews and submissions alike."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from domain.approval.counting import derive
from domain.approval.forms import form_fields
from domain.approval.placement import Office, place
from domain.approval.procedure import Circumstances, Form, Procedure
from domain.approval.request import Step
from domain.approval.soundness import shape_problems
from domain.errors import Problem, Refused, at_fault
from domain.office.booking import Absence
from domain.office.organisation import Seat, seats_told
from domain.rules.gaps import neighbours
from domain.rules.phrases import ACTS, turn_said
from domain.rules.routes import BENEATH, Finding, Route
from domain.rules.rows import ANY, NONE, Rule
from domain.rules.switches import On, Switch, routed
from domain.vocabulary import FactValue, Role
from resolvers.ground.context import Context
from resolvers.ground.viewers import Viewer
from resolvers.records.classified import must_be_graded
from resolvers.requests.balances import Asked, as_stated, found_on, stated_though_told
from resolvers.requests.counted import counted, known_of, stated_by, stated_though_counted
from resolvers.requests.demands import (
    Mark,
    asked_too_late,
    beyond_quota,
    cautions,
    in_words,
    ineligible,
    left_out,
    marks_of,
    must_be_free,
    must_hold,
)
from resolvers.requests.naming import named_on_form, on_duty_then
from resolvers.requests.needs import lacking, must_be_regulated, out_of_bounds, why_no_rule
from resolvers.requests.papers import Attachment, papers_missing
from resolvers.requests.procedures import label_of
from resolvers.requests.references import begins_at, on_record
from resolvers.requests.routing import rules_of
from resolvers.requests.words import camel
from resolvers.rules.rulebooks import LivingRulebook

F = TypeVar("F", bound=Form)


@dataclass(frozen=True)
class Filled:
    """A form as it was sent, with its attachments and the seat that it is submitted in.

    `named` are the people who take a turn of their own, by role.
    """

    form: Any
    attachments: tuple[Attachment, ...] = ()
    as_seat: UUID | None = None
    named: Mapping[str, UUID] = field(default_factory=dict)


@dataclass(frozen=True)
class Basis:
    """Whose form is judged, by which rules, as of which day.

    A request that is `known` was first asked for on an earlier day.
    """

    who: Viewer
    living: LivingRulebook
    on: date
    known: UUID | None = None
    first_asked: date | None = None


@dataclass(frozen=True)
class Judged:
    """A form with its facts and the route that the rules in force give it."""

    who: Viewer
    form: Form
    facts: Mapping[str, FactValue]
    rules: tuple[Rule, ...]
    route: Route
    living: LivingRulebook
    seat: Seat
    nearest: Mapping[str, Seat]
    extends: Absence | None = None
    marks: tuple[Mark, ...] = ()
    counted: tuple[date, date] | None = None
    provisional: bool = False
    switches: On = frozenset()

    @property
    def seats(self) -> dict[UUID, Seat]:
        return {seat.id: seat for seat in self.nearest.values()}


async def judge(
    context: Context,
    procedure: Procedure[F],
    filled: Filled,
    basis: Basis | None = None,
    *,
    as_told: bool = False,
) -> Judged:
    """Derive the facts and find the route, for the viewer and by today's rules unless said.

    What the office counts is counted; a preview judges it `as_told`.

    Raises: Refused: INVALID_INPUT with every problem of the form; or the seat is not named.
    """
    basis = basis or await today_for(context)
    who, living, form = basis.who, basis.living, filled.form
    absences = tuple(a for a in who.absences if a.request_id != basis.known)
    circumstances = Circumstances(
        now=context.now,
        calendar=await context.calendar(),
        rank=living.rank(who.person.roles),
        employment=who.person.employment,
        absences=absences,
        extends=_extended(form, absences),
        applicant=who.person.id,
    )
    must_hold(_in_input(each) for each in shape_problems(form, living.vocabulary.facts))
    problems = [
        _in_input(Problem(needed.code, needed.path, needed.clause, needed.details))
        for needed in procedure.requirements
        if not needed.holds(form, circumstances)
    ]
    if procedure.concerns and getattr(form, procedure.concerns) == who.person.id:
        problems.append(_in_input(Problem("CONCERNS_REGISTRAR", (procedure.concerns,))))
    must_hold(problems)
    rules = rules_of(living, procedure.kind, basis.on, circumstances.extends)
    must_be_regulated(living, label_of(procedure.kind, living), rules)
    seat = _seat(who, filled.as_seat)
    await must_be_graded(context, living.vocabulary.kinds[procedure.kind], form)
    derived = derive(procedure, form, circumstances)
    stated, parts = stated_by(living, form), living.vocabulary.parts
    facts: dict[str, FactValue] = {
        **seats_told(who.person.roles, who.nearest.get(seat.unit_id, {}), parts),
        **known_of(who.person.facts, form, basis.on),
        **stated,
        **derived.facts,
        "applicant_rank": circumstances.rank,
        "employment": circumstances.employment,
    }
    facts |= await on_record(context, procedure.kind, form)
    day = derived.counted[0] if derived.counted else basis.on
    asked = Asked(who.person.id, procedure.kind, day, basis.known, circumstances.extends, form)
    if not as_told:
        must_hold(stated_though_counted(living, procedure.kind, form))
        must_hold(stated_though_told(living, procedure.kind, asked.of, form))
    of_office = await counted(context, living, who, procedure.kind, facts, day)
    left = await found_on(context, living, procedure, asked, facts, holding=not as_told)
    left = as_stated(left, stated) if as_told else left
    facts = {**facts, **of_office, **left.facts, **(stated if as_told else {})}
    must_hold(lacking(living, procedure.kind, form, facts, rules, basis.on))
    must_hold(papers_missing(living, asked.of, facts, filled.attachments, basis.on))
    away = procedure.occupies(form) if procedure.occupies else None
    begins = await begins_at(context, form)
    marks = marks_of(living, procedure.kind, begins, facts, away, basis.first_asked or basis.on)
    found = routed(rules, facts, switches := living.switched(procedure.kind))
    if found.finding is not Finding.FORBIDDEN:
        must_hold(left.problems)
    if found.finding is Finding.GAP:
        must_hold(() if found.claims else why_no_rule(living, procedure, facts, rules))
        must_hold(beyond_quota(living, procedure, facts))
    if found.finding is Finding.ROUTED:
        must_hold((*out_of_bounds(living, procedure, facts), *ineligible(living, procedure, facts)))
        must_hold(beyond_quota(living, procedure, facts))
        must_be_free(form, away, absences)
        if basis.first_asked is None:
            when = context.now, circumstances.calendar
            must_hold(asked_too_late(living, procedure.kind, begins, facts, *when))
        found = replace(found, notes=(*found.notes, *cautions(living, procedure.kind, facts)))
    against = left_out(living, procedure.kind, facts, found)
    found = replace(found, notes=(*found.notes, *derived.notes, *left.notes, *against))
    people = await named_on_form(context, who.person, living, found, seat, filled.named, form)
    posts = await on_duty_then(context, procedure.kind, form, seat)
    return Judged(
        who=who,
        form=form,
        facts=facts,
        rules=rules,
        route=found,
        living=living,
        seat=seat,
        nearest={**who.nearest.get(seat.unit_id, {}), **posts, **people},
        extends=circumstances.extends,
        marks=(*marks, *derived.marks),
        counted=derived.counted,
        provisional=derived.provisional,
        switches=switches,
    )


def _in_input(problem: Problem) -> Problem:
    return replace(problem, path=("input", *map(camel, problem.path)))


@contextmanager
def fields_below(at: str, form: type[Form]) -> Iterator[None]:
    """Problems with fields of the form stand below `input.<at>`, where they came as JSON."""
    try:
        yield
    except Refused as refused:
        names = {camel(field.name) for field in form_fields(form)}
        problems = [
            replace(each, path=("input", at, *each.path[1:]))
            if names & set(each.path[1:2])
            else each
            for each in refused.problems
        ]
        raise Refused(
            refused.code, clause=refused.clause, problems=problems, **refused.details
        ) from None


async def today_for(context: Context) -> Basis:
    """The viewer's own form, judged by the rules of this day."""
    living = await context.rulebook(context.viewer.institution)
    return Basis(context.viewer, living, context.today)


def placed(context: Context, judged: Judged, now: datetime) -> tuple[Step, ...]:
    """The steps of a routed form. Raises: Refused: GAP, OVERLAP or FORBIDDEN, with the clauses."""
    must_be_routed(judged)
    office = Office(
        applicant=judged.who.person,
        nearest=judged.nearest,
        roles=judged.living.vocabulary.roles,
        escalates=Switch.ESCALATES_GAPS in judged.switches,
        ladder=judged.living.vocabulary.parts.ladder,
    )
    return place(judged.route.steps, office, now, context.services.new_id)


def plain_facts(facts: Mapping[str, FactValue]) -> dict[str, str | bool]:
    """Facts as they are stored: numbers as exact text."""
    return {
        name: value if isinstance(value, bool | str) else format(value, "f")
        for name, value in facts.items()
    }


def must_be_routed(judged: Judged) -> None:
    found = judged.route
    if found.finding is Finding.ROUTED:
        return
    problems = [Problem("CLAIMED_BY", ("input",), clause) for clause in nearest(judged)]
    problems += in_words(found)
    if found.sides:
        roles = judged.living.vocabulary.roles
        problems = [
            Problem("SIDE_DEMANDS", ("input",), side.claims[0], _demands(side, roles))
            for side in found.sides
        ]
    why = next(({"because": n.code, **n.details} for n in found.notes if n.code == BENEATH), {})
    clause = why.pop("clause", found.claims[0] if found.claims else None)
    raise Refused(found.finding.value, clause=clause, problems=problems, **why)


def nearest(judged: Judged) -> tuple[str, ...]:
    """The clauses that claim a case; of a hole, those beside it."""
    return judged.route.claims or neighbours(judged.rules, judged.facts)


def _demands(side: Route, roles: Mapping[str, Role]) -> dict[str, str]:
    """What one side of an overlap asks for, in words."""
    said = [turn_said(step, roles) for step in side.steps]
    nothing = ACTS[ANY if side.finding is Finding.FORBIDDEN else NONE]
    return {
        "zh": "、".join(each.zh for each in said) or nothing.zh,
        "en": ", ".join(each.en for each in said) or nothing.en,
    }


def _seat(who: Viewer, as_seat: UUID | None) -> Seat:
    seats = who.person.seats
    if as_seat is not None:
        held = next((seat for seat in seats if seat.id == as_seat), None)
        if held is None:
            raise at_fault("NOT_YOUR_SEAT", "input", "asSeat")
        return held
    if not seats:
        raise Refused("NO_SEAT")
    if len({seat.unit_id for seat in seats}) > 1:
        raise at_fault("SEAT_NOT_NAMED", "input", "asSeat")
    return seats[0]


def _extended(form: Form, absences: tuple[Absence, ...]) -> Absence | None:
    leave_id = getattr(form, "leave_id", None)
    return next((away for away in absences if away.request_id == leave_id and away.running), None)
