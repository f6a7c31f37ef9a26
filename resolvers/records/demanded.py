"""What clauses demand of a line or a thing: columns, limits, and duties that are kept apart."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from domain import THINGS
from domain.approval.procedure import Circumstances, Form, Requirement
from domain.errors import Problem, Refused
from domain.records.lines import stored
from domain.records.registers import Register
from domain.records.things import Thing, Whereabouts
from domain.shapes.derivations import derive
from domain.shapes.eligibility import Reason, reasons
from domain.shapes.quotas import beyond, is_above, is_kept
from domain.shapes.separations import Breach, about, breaches
from domain.vocabulary import Act, RoleClass
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.derived import derived
from resolvers.ground.people import named
from resolvers.ground.viewers import HELD_TODAY
from resolvers.records.about_whom import known_on_its_day
from resolvers.records.acts import clauses_of, kept_by, roles_that_may, speaking, titles
from resolvers.records.happened import RESTS, columns_of
from resolvers.records.office_counts import counted_with
from resolvers.requests.demands import IN_PRINCIPLE
from resolvers.requests.words import camel
from resolvers.rules.rulebooks import LivingRulebook

RECORDER = "recorded_by"


async def unkept(context: Context, rules: Iterable[Requirement[Any]], form: Form) -> list[Problem]:
    """The rules that what is filled in does not keep."""
    known = Circumstances(context.now, await context.calendar(), rank="", employment="")
    return [
        Problem(each.code, each.path, each.clause, each.details)
        for each in rules
        if not each.holds(form, known)
    ]


async def broken(context: Context, register: Register, entry: Form) -> list[Problem]:
    """The rules of the register that an entry does not keep, with the clauses behind them."""
    living, own = await context.rulebook(), {each.code for each in register.rules}
    return [
        placed(replace(each, clause=each.clause or next(iter(demanding), keeping)))
        for each in await unkept(context, register.demands, entry)
        for demanding in [clauses_of(living, register.name, each.path[0])]
        for keeping in [kept_by(living, register.name) if each.code in own else None]
    ]


def spoken_of(living: LivingRulebook, register: Register, said: str | None) -> list[Problem]:
    """The office's own words, where the register takes those alone."""
    if not register.words:
        return []
    known = {each.id for each in living.shapes.occurrences if each.of == register.name}
    if not (said or "").strip():
        return [Problem("REQUIRED", ("input", camel(register.words)))]
    if said in known:
        return []
    return [Problem("NOT_SPOKEN_OF", ("input", camel(register.words)))]


async def against_clauses(
    context: Context,
    register: Register,
    values: Mapping[str, Any],
    role: str,
    corrects: UUID | None = None,
) -> list[Problem]:
    """What of a line is beyond a limit, lacks what a clause requires, or joins two duties.

    A clause may look at what is kept of the person whom a line is about, and counted on its day;
    a limit at what the whole office has with it, in place of what it `corrects`.
    """
    living = await context.rulebook()
    subjects = _subjects(register, values)
    rows = [row for row in living.shapes.eligibility if row.subject in subjects]
    theirs = await known_on_its_day(context, living, register, values, rows)
    limited = {each.measure for each in living.shapes.quotas if each.subject in subjects}
    whole = await counted_with(context, living, register, values, limited, corrects)
    facts = {**theirs, **columns_of(register, values, await context.calendar()), **whole}
    return [
        *_beyond(living, register, facts, subjects, whole),
        *_unfit(register, reasons(rows, facts)),
        *await _joined(context, living, register, values, role),
        *await _without_the_seat(context, living, register, values),
    ]


def _subjects(register: Register, values: Mapping[str, Any]) -> set[str]:
    """What rows on a line speak of; what is so in principle gives way to a reason."""
    why = str(values.get(register.exception) or "").strip()
    return {register.name} if why else {register.name, f"{register.name}{IN_PRINCIPLE}"}


def _unfit(register: Register, found: Iterable[Reason]) -> Iterator[Problem]:
    for each in found:
        yield each.against(_entered(register, *each.measures))
        yield from _with_a_reason(register, each.rows[0])


def _with_a_reason(register: Register, row: Any) -> Iterator[Problem]:
    if row.subject.endswith(IN_PRINCIPLE):
        yield Problem("ALLOWED_WITH_A_REASON", ("input", camel(register.exception)), row.clause)


def _beyond(
    living: LivingRulebook,
    register: Register,
    facts: Any,
    subjects: Collection[str],
    whole: Collection[str],
) -> Iterator[Problem]:
    """What a limit leaves out; that the `whole` office has too few yet, no line is refused for."""
    told, known = derive(facts, living.shapes.measures, []), living.shapes.measures
    for quota in living.shapes.quotas:
        if quota.subject not in subjects or quota.limit is None or not quota.when.holds(told):
            continue
        if quota.measure in whole and not is_above(quota, told):
            continue
        derived = known[quota.measure].derived
        if (not derived or quota.measure in told) and is_kept(quota, told) is False:
            measures = derived.raw if derived else (quota.measure,)
            yield beyond(quota, told, _entered(register, *measures))
            yield from _with_a_reason(register, quota)


def _entered(register: Register, *measures: str) -> tuple[str, ...]:
    """Where a line tells one of these, or of whom; the input itself where the server does.

    What is known of the person alone is said of whom it is about.
    """
    entered = {each.name for each in register.entered}
    measures = tuple(register.draws[0].column if e == RESTS else e for e in measures)
    last = entered.issuperset(measures)
    told = (*measures, register.about) if last else (register.about, *measures)
    return ("input", *[camel(name) for name in told if name in entered][:1])


async def _joined(
    context: Context,
    living: LivingRulebook,
    register: Register,
    values: Mapping[str, Any],
    role: str,
) -> list[Problem]:
    """Who bears duties of a line that a clause keeps apart, and where too few bear one.

    Whoever writes it bears the role that lets them; whom it names, what the vocabulary says of
    the column.
    """
    of = living.vocabulary.objects[register.name]
    me = context.viewer.person.id
    bearers = {**values, RECORDER: me}
    borne = {each: ((column,),) for each, column in of.bears.items() if column in bearers}
    places: dict[str, tuple[tuple[str, ...], ...]] = {**borne, **of.duties}
    holders: dict[str, set[str]] = {str(me): {role}}
    for duty, each_place in places.items():
        for columns in each_place:
            filled = (bearers[name] for name in columns if bearers[name] is not None)
            if (who := next(filled, None)) is not None:
                holders.setdefault(str(who), set()).add(duty)
    problems = []
    for each in breaches(about(living.shapes.separations, register.name, of.area), holders):
        at, clause = ("input", *_borne_by(each, places, bearers)), each.separation.clause
        if each.person is None:
            details = {"label": each.separation.label, "least": each.separation.least}
            problems.append(Problem("TOO_FEW_PEOPLE", at, clause, details))
        else:
            problems.append(Problem("DUTIES_JOINED", at, clause, await joining(context, each)))
    return problems


def _borne_by(
    breach: Breach, places: Mapping[str, tuple[tuple[str, ...], ...]], bearers: Mapping[str, Any]
) -> list[str]:
    """Which column names whoever joins duties; the last that could where too few are named."""
    columns = [each for duty in breach.duties for each in places.get(duty, ())]
    naming = [
        name
        for each in columns
        for name in [next((name for name in each if bearers[name] is not None), RECORDER)]
        if name != RECORDER and str(bearers[name]) == breach.person
    ]
    last = [places[duty][-1][0] for duty in breach.duties if duty in places]
    return [camel(name) for name in (naming or last)[:1]]


async def joining(context: Context, breach: Breach) -> dict[str, Any]:
    """Who joins what a clause keeps apart, as a refusal tells it."""
    who = await named(context, UUID(breach.person)) if breach.person else None
    return {"person": who[1] if who else "", "duties": breach.separation.label}


async def _without_the_seat(
    context: Context, living: LivingRulebook, register: Register, values: Mapping[str, Any]
) -> list[Problem]:
    """Who is named in the column of a duty that is a seat's, and has no such seat."""
    of, roles, problems = living.vocabulary.objects[register.name], living.vocabulary.roles, []
    places = ((duty, columns) for duty, every in of.duties.items() for columns in every)
    for duty, [column, *others] in places:
        who, seat = values.get(column), duty in roles and roles[duty].role_class is RoleClass.SEAT
        if others or who is None or not seat:
            continue
        rows = await context.rows(ROLES, person=who, unit=None, today=context.today)
        if duty not in {row["role"] for row in rows}:
            asked = (*clauses_of(living, register.name, column), kept_by(living, register.name))
            at, told = ("input", camel(column)), titles(living, [duty])
            problems.append(Problem("NOT_OF_THE_SEAT", at, asked[0], told))
    return problems


def placed(problem: Problem) -> Problem:
    return replace(problem, path=("input", *map(camel, problem.path)))


ROLES = statement(
    f"""select s.role from appointments a
        join seats s on (s.institution_id, s.id) = (a.institution_id, a.seat_id)
        where a.institution_id = :institution and a.person_id = :person and {HELD_TODAY}
          and coalesce(cast(:unit as uuid), s.unit_id) = s.unit_id
        union select s.role from delegations d
        join seats s on (s.institution_id, s.id) = (d.institution_id, d.seat_id)
        where d.institution_id = :institution and d.borrower_id = :person
          and d.ended_at is null and :today between d.begins and d.ends
          and coalesce(cast(:unit as uuid), s.unit_id) = s.unit_id"""
)
"""The roles of the seats that somebody holds, or has on loan, at one unit or any."""
SIGNED = statement(
    """select exists (
         select from requests r
         join steps s on (s.institution_id, s.request_id) = (r.institution_id, r.id)
         where r.institution_id = :institution and r.id = cast(:request as uuid)
           and r.kind = :kind and r.status = 'approved'
           and s.decided_by = :person and s.status = 'done')"""
)
"""Whether somebody put their name to an approved request of a kind."""


async def things_apart(context: Context, thing: Thing, now: Whereabouts, then: Whereabouts) -> None:
    """Nobody comes to have, or is offered, what a clause keeps apart from what they have or are.

    Raises: Refused: DUTIES_JOINED, with the clause.
    """
    objects, institution = context.services.vocabulary.objects, context.viewer.institution
    kept = {*objects[thing.name].bears}
    coming = {then.offered, then.holder or then.keeper} - {None, now.holder or now.keeper}
    for person in coming if kept else ():
        await context.one_at_a_time(f"{institution}:kept by {person}")
        rows = await context.rows(ROLES, person=person, unit=None, today=context.today)
        held = {row["role"] for row in rows} | kept
        for other in THINGS:
            bears = {*objects[other.name].bears}
            if bears and await context.value(_has(other), person=person):
                held |= bears
        await _must_be_apart(context, thing.name, str(person), held, kept)


async def must_be_a_keeper(
    context: Context, thing: Thing, row: Mapping[str, Any], person: UUID, request: UUID | None
) -> None:
    """Where lines say who keeps such a thing, nobody else is handed it; of a unit's, its own.

    Raises: Refused: NOT_A_KEEPER_OF_IT, with the clause.
    """
    living, of = await context.rulebook(), thing.name
    facts = {name: stored(row.get(name)) for name in living.vocabulary.objects[of].facts}
    lines = speaking(living, of, Act.CONFIRM, facts)
    if not lines:
        return
    rows = await context.rows(ROLES, person=person, unit=row.get("unit_id"), today=context.today)
    if {each["role"] for each in rows} & roles_that_may(living, of, Act.CONFIRM, facts):
        return
    kind = thing.custody.handed_over_by if thing.custody else ""
    if kind and await context.value(SIGNED, person=person, kind=kind, request=request):
        return
    whose = titles(living, [each.role for each in lines])
    raise Refused("NOT_A_KEEPER_OF_IT", clause=lines[0].clause, **whose)


@derived
def _has(thing: Thing) -> str:
    return f"""select exists (select from {thing.cards} t where t.institution_id = :institution
          and coalesce(t.holder_id, t.keeper_id) = :person and t.state in ('issued', 'lent'))"""


async def _must_be_apart(
    context: Context, of: str, person: str, held: Collection[str], coming: Collection[str]
) -> None:
    living = await context.rulebook()
    rows = about(living.shapes.separations, of, living.vocabulary.objects[of].area)
    for breach in breaches(rows, {person: held}):
        if breach.person and {*breach.duties} & {*coming}:
            told = await joining(context, breach)
            raise Refused("DUTIES_JOINED", clause=breach.separation.clause, **told)
