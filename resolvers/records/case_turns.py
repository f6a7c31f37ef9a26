"""Whose turn a case is: what may follow, who may take it, and what stands against that."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import MISSING, dataclass, fields, replace
from datetime import datetime
from decimal import Decimal
from operator import attrgetter
from typing import Any
from uuid import UUID

from domain.errors import Problem, Refused
from domain.records.case_paths import stands_as, stated, tried
from domain.records.cases import HEADER, CaseKind, Stage
from domain.records.stage_forms import fields_of
from domain.rules.phrases import region_said
from domain.shapes.asking import Measures
from domain.shapes.counts import Count
from domain.shapes.paths import Obstacle, Transition, no_transition
from domain.time.calendar import Calendar
from domain.time.moments import OFFICE_TIME
from domain.vocabulary import STAGE, Act, FactValue, words_of
from resolvers.ground.context import Context
from resolvers.records.acts import acted, judged, titles
from resolvers.records.case_bars import unfit, unmet
from resolvers.records.case_looks import Look, Looked, Looks, look_at, not_ready
from resolvers.records.case_rows import CaseView, exact, seats_in, units_led
from resolvers.records.happened import counted_of, of_a_case
from resolvers.records.sight import seen
from resolvers.records.verdicts import Acting, Verdict
from resolvers.rules.rulebooks import LivingRulebook

NOTHING = Stage()
MONTH, LATER = "month_of_year", "years_later"
"""The facts of which month it is, and of how many years after that of a case."""


@dataclass(frozen=True)
class Next:
    """An event that may follow: whose it is, what it asks for, and why the viewer may not."""

    transition: Transition
    by: tuple[str, ...]
    demands: tuple[str, ...]
    reasons: tuple[Problem, ...]


def acting_in(
    context: Context,
    view: CaseView,
    each: Transition,
    seats: Sequence[Acting],
    *,
    note: bool = False,
) -> tuple[str, Acting | None]:
    """The role and seat that the viewer acts in; who stands in the case needs none."""
    verdict = whose(context, view, each.event, seats)
    if note and not verdict.allowed:
        verdict = whose(context, view, each.event, seats, Act.KEEP)
    if not verdict.allowed:
        clause = verdict.clause or each.clause or None
        raise Refused("NOT_YOURS_TO_DO", clause=clause, **titles(view.taking, verdict.whose))
    acted(context, verdict)
    if verdict.acting is None:
        led, _ = units_led(context, seats)
        return verdict.role, next((seat for seat in seats if seat.unit in led), None)
    return verdict.role, verdict.acting


def borne_by(
    context: Context, view: CaseView, seats: Sequence[Acting], person: UUID
) -> dict[str, str]:
    """The roles that a person bears in a case, each with its column."""
    bears = view.living.vocabulary.objects[view.kind.code].bears
    if not bears:
        return {}
    led, _ = units_led(context, seats)
    parties = {each.column: each for each in view.kind.parties}
    return {
        role: column
        for role, column in bears.items()
        if column in parties and stands_as(parties[column], view.case, person, led)
    }


def whose(
    context: Context, view: CaseView, event: str, seats: Sequence[Acting], act: Act = Act.TAKE
) -> Verdict:
    """Whether a stage is the viewer's. Whom the case is about lends nobody a turn in it."""
    about = view.kind.about
    me = context.viewer.person.id
    who = getattr(view.case.filled, about.person) if about else None
    left = seats
    if who and any(seat.loan and seat.loan.lender == who for seat in seats):
        left = tuple(seat for seat in seats if not (seat.loan and seat.loan.lender == who))
    borne = borne_by(context, view, left, me)
    if view.kind.alone and view.case.begun_by == me:
        left = ()
    facts = {**view.facts, STAGE: event}
    return judged(view.taking, view.kind.code, act, facts, left, borne, unit=view.unit)


async def tells_secrets(context: Context, view: CaseView, *, after_write: bool) -> bool:
    """Whether the viewer is told what is secret: in a lent seat where the loan names the object."""
    seats = await seats_in(context, view, after_write=after_write)
    if all(seat.tells_secrets for seat in seats):
        return True
    told, me = [seat for seat in seats if seat.tells_secrets], context.viewer.person.id
    led, _ = units_led(context, told)
    named = any(stands_as(each, view.case, me, led) for each in view.kind.parties)
    living = await context.rulebook()
    borne = borne_by(context, view, told, me)
    of = view.kind.code
    return seen(living, of, view.facts, told, borne, unit=view.unit, named=named).allowed


async def next_events(
    context: Context,
    view: CaseView,
    seats: Sequence[Acting],
    calendar: Calendar,
    looks: Looks | None = None,
) -> list[Next]:
    """What may follow now, once for each event, and what is already against it for this viewer."""
    case, found, kind, rows = view.case, [], view.kind, view.may_follow
    lines = await counted(context, view, rows, over=True)
    for each in {row.event: row for row in reversed(rows)}.values():
        stage = kind.stages.get(each.event, NOTHING)
        known = stated(kind, case, stage, {}, view.living.shapes.measures)
        known = {**on_record(view, each.event), **known, **lines}
        looked = await look_at(context, view, Look(each.event, rows, known), looks)
        known = {**known, **looked.known}
        verdict = whose(context, view, each.event, seats)
        found.append(_next(context, view, each, known, looked, verdict, calendar))
    return found[::-1]


def alike(context: Context, view: CaseView, seats: Sequence[Acting]) -> Hashable:
    """What cases of a page have in common of which the rows say the same in these very seats."""
    case, kind, me = view.case, view.kind, context.viewer.person.id
    books = view.living, view.taking, context.rules_at_hand or view.taking
    versions = kind.code, books[1].version, books[2].version
    own, begun = view.living.once("looked at", versions, lambda: _looked_at(kind, *books))
    entries = [each for each in view.entries if not each["taken"]]
    noted = [(each["event"], on_record(view, each["event"])) for each in entries]
    about = getattr(case.filled, kind.about.person) if kind.about else None
    borne = borne_by(context, view, seats, me)
    known = repr((own(case.filled), begun(case), case.facts, noted))
    of = view.place, case.kind, view.unit, about, case.begun_by == me, id(view.living)
    return *of, id(view.taking), id(seats), *borne, known


def _looked_at(
    kind: CaseKind[Any], living: LivingRulebook, *asked: LivingRulebook
) -> tuple[Callable[[Any], Any], Callable[[Any], Any]]:
    """What reads off the record, and off how it began, what rows may look at."""
    names = {*living.shapes.measures}.union(e.vocabulary.objects[kind.code].facts for e in asked)
    both = sorted(names & fields_of(kind.record)), sorted(names & {*HEADER})
    own, begun = (attrgetter(*map(str, each)) if each else bool for each in both)
    return own, begun


def stands_alone(view: CaseView) -> bool:
    """Whether time, the past or lines that name it tell what its likes do not."""

    def found() -> bool:
        rows, stages = view.may_follow, view.kind.stages
        timed = any(row.wait is not None for row in rows)
        asked = any(stages.get(row.event, NOTHING).fit_for for row in rows)
        return bool(timed or asked or view.kind.counts or counts_of(view, rows))

    return view.living.once("alone", view.place, found)


def _next(
    context: Context,
    view: CaseView,
    each: Transition,
    known: Measures,
    looked: Looked,
    verdict: Verdict,
    calendar: Calendar,
) -> Next:
    """What is against an event by what is known of its case, and what it asks for."""
    stage, rows = view.kind.stages.get(each.event, NOTHING), view.may_follow
    barred = tried(rows, view.case, each.event, known, calendar, context.now)
    settled = [one for one in barred.obstacles if one.until or one.measure in known]
    open_still = {one.transition for one in barred.obstacles} - {o.transition for o in settled}
    told = [obstacle(dated(one, looked), view.living) for one in settled]
    against = [] if barred.taken or open_still else told
    against += [unmet(one) for one in unfit(view, each.event, known) if one.excludes]
    if not verdict.allowed:
        by, clause = titles(view.taking, verdict.whose), verdict.clause or each.clause
        against.append(Problem("NOT_YOURS_TO_DO", (), clause, by))
    unsaid = [one.measure for one in barred.obstacles if one.measure not in known]
    demands = _demands(stage, [name for name in unsaid if name])
    return Next(barred.taken or each, verdict.whose, demands, tuple(against))


def on_record(view: CaseView, event: str) -> dict[str, FactValue]:
    """What seats have put on record for a stage since the state was reached."""
    return {
        name: exact(view.living, name, value)
        for each in view.entries
        if each["event"] == event and not each["taken"]
        if datetime.fromisoformat(each["at"]) >= view.case.since
        for name, value in each["measures"].items()
    }


def counts_of(view: CaseView, rows: Sequence[Transition]) -> list[Count]:
    """What the office counts of a case that these rows, or limits of their stages, look at."""
    shapes, stages = view.living.shapes, {f"{view.kind.code}.{each.event}" for each in rows}
    limited = {each.measure for each in shapes.quotas if each.subject in stages}
    of = [raw for n in limited if (by := shapes.measures[n].derived) for raw in by.raw]
    return of_a_case(view.living, (*limited, *of, *(n for each in rows for n in each.when.regions)))


async def counted(
    context: Context, view: CaseView, rows: Sequence[Transition], *, over: bool = False
) -> dict[str, FactValue]:
    """The time of year, and what the office counts from lines that name the case and rows look at.

    `over`: for the answer of a mutation, whose own transaction may be over.
    """
    institution, counts = context.viewer.institution, counts_of(view, rows)
    month: dict[str, FactValue] = {MONTH: Decimal(context.today.month)}
    if year := getattr(view.case.filled, "year", None):
        month[LATER] = Decimal(max(0, context.today.year - year))
    if not counts:
        return month
    ids = {words_of(view.kind.code): view.case.id, "Request": view.case.request_id}
    if not over:
        of = institution, counts, ids, context.today
        return month | await counted_of(context.transaction, *of)
    async with context.services.database.transaction(institution, read_only=True) as reading:
        return month | await counted_of(reading, institution, counts, ids, context.today)


def dated(each: Obstacle, looked: Looked) -> Obstacle:
    """An obstacle that time will remove tells when."""
    day = looked.days.get(each.measure or "")
    if day is None:
        return each
    return replace(each, until=datetime.combine(day, datetime.min.time(), OFFICE_TIME))


def _demands(stage: Stage, unsaid: Sequence[str]) -> tuple[str, ...]:
    """What a stage cannot do without."""
    asked = fields_of(stage.fills)
    required = [each.name for each in fields(stage.fills) if each.default is MISSING]
    needed = [group[0] for group in stage.needs if asked & set(group)]
    return tuple(dict.fromkeys((*required, *needed, *(name for name in unsaid if name in asked))))


def obstacle(each: Obstacle, living: LivingRulebook, asked: Iterable[str] = ()) -> Problem:
    clause, measure = each.transition.clause or None, each.measure
    if each.until or measure is None or each.region is None:
        until = each.until.date().isoformat() if each.until else ""
        return Problem("WAIT_NOT_OVER", ("event",), clause, {"until": until})
    label = region_said(each.region, living.shapes.measures[measure])
    path = (measure,) if measure in asked else ("measures", measure)
    return Problem("GUARD_NOT_MET", path, clause, {"region": label})


def not_following(view: CaseView, event: str, rows: Iterable[Transition]) -> Refused:
    """The clauses that know the event are cited, though it does not follow on this state."""
    case = view.case
    names, every = {case.path, *view.kind.chain}, view.living.shapes.paths
    path = [each for each in every if each.id in names] or view.kind.plain
    details = no_transition(path, case.state, event, rows)
    clauses = dict.fromkeys(each.clause for each in path if each.event == event and each.clause)
    found = [Problem("NO_TRANSITION", ("event",), one, details) for one in clauses or (None,)]
    return not_ready(next(iter(clauses), None), found)
