"""Who may do what beside the requests: lines of objects, and why the viewer may not."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any, cast

import strawberry

from domain.conditions.language import listed, stated_value
from domain.errors import Problem, Refused, must_be_none
from domain.messages import say
from domain.office import organisation as office
from domain.records import act_findings as analysis
from domain.rules.acts import facts_of, stages_of
from domain.rules.phrases import ANYBODY, LIVING_ACTS, PSEUDO_ROLES
from domain.rules.rows import ANY, DENY, NOBODY, RuleRow
from domain.vocabulary import FactValue, LivingObject
from resolvers.office.appointments import seats
from resolvers.records import acts
from resolvers.rules.authority import held_roles
from resolvers.rules.rulebooks import LivingRulebook
from resolvers.time.duty_rows import seats_by_role
from schema.ground.acts import ask
from schema.ground.fields import Info, query
from schema.ground.mirrors import enum_of
from schema.ground.rows import Words, told
from schema.ground.scalars import JSON
from schema.office.organisation import Seat, seat_of, title_of
from schema.records.actions import LivingAct
from schema.rules.clauses import Clause
from schema.rules.matrix import Severity

ActProblem: Any = enum_of(analysis.ActProblem, "ActProblem")


@strawberry.type
class ActLine:
    """A line that says who may do something with an object, or may not."""

    rule: Annotated[str, "The line's own name."]
    object: Annotated[str, "vehicle.refuelling …"]
    label: Annotated[str, "What people call the object."]
    act: Annotated[str, "keep, take …; * where every act is denied."]
    words: Annotated[str, "The act in words."]
    role: Annotated[str, "The role; * for whoever holds a seat, nobody where the text names none."]
    title: Annotated[str, "What this office calls the role."]
    borne: Annotated[bool, "Whether it is who bears the role in the record: this trip's driver."]
    region: Annotated[str, "In which cases, as a `when` expression."]
    denies: Annotated[bool, "Whether it forbids."]
    seats: Annotated[list[Seat], "The viewer's seats that count as the role, own and lent."]
    clause: Annotated[Clause, "The clause that it rests on."]


@strawberry.type
class WhoMay:
    """Who may do something with an object in one case."""

    lines: Annotated[list[ActLine], "The lines that speak of the case."]
    roles: Annotated[list[str], "The roles whose seat alone suffices."]
    seats: Annotated[list[Seat], "The seats of these roles."]


@strawberry.type
class ActFinding:
    """Something that is wrong with the lines of an object."""

    severity: Annotated[Severity, "How bad it is."]
    problem: Annotated[ActProblem, "What is wrong."]
    object: Annotated[str, "The object."]
    act: Annotated[str, "The act."]
    stage: Annotated[str, "The stage; empty where it is of none alone."]
    when: Annotated[str, "The case left to nobody, if others are not."]
    rules: Annotated[list[str], "The lines."]
    role: Annotated[str, "The vacant seat; else empty."]
    clauses: Annotated[list[Clause], "The clauses to look at."]


OfObject = Annotated[str | None, "Of this alone: vehicle.refuelling …"]


async def who_may(
    info: Info,
    institution: str,
    object: Annotated[str, "vehicle.refuelling, petition …"],
    act: Annotated[LivingAct, "What is to be done."],
    facts: Annotated[JSON | None, '{"stage": "dispatch"}; the rest as empty.'] = None,
    on: date | None = None,
) -> WhoMay:
    """Who may do something with a register, a trip, a case: the lines, the roles, the seats."""
    context = info.context
    living = await context.rulebook(institution, on)
    thing = _object(living, object)
    known = _stated(living, thing, cast(Mapping[str, Any], facts or {}))
    roles = acts.roles_that_may(living, object, act, known)
    found: list[Seat] = []
    if institution == context.viewer.institution:
        held = await seats_by_role(context.transaction, institution, roles, context.today)
        words, language = living.vocabulary.roles, context.language
        found = [seat_of(seat, words, language) for each in held.values() for seat in each]
    speaking = acts.speaking(living, object, act, known)
    return WhoMay(
        lines=[_line(info, living, row) for row in speaking], roles=sorted(roles), seats=found
    )


async def what_may_i(info: Info, object: OfObject = None, area: str | None = None) -> list[ActLine]:
    """What the viewer's seats may do beside requests, own and lent, and what is denied them."""
    context = info.context
    living = await context.rulebook()
    rows = tuple(_of(living, object, area))
    held = {kind: await acts.seats_of(context, kind, {}) for kind in {row.kind for row in rows}}
    known = await seats(context, sorted({each.seat for of in held.values() for each in of}))

    def counting(row: RuleRow) -> list[office.Seat]:
        bears = living.vocabulary.objects[row.kind].bears
        return [
            known[seat.seat]
            for seat in held[row.kind]
            if seat.role not in bears
            and living.authority.holds_seat(frozenset({seat.role}), row.role)
        ]

    return [_line(info, living, row, mine) for row in rows if (mine := counting(row))]


async def act_lines(
    info: Info,
    institution: str,
    object: OfObject = None,
    area: str | None = None,
    on: date | None = None,
) -> list[ActLine]:
    """Every line of objects in force: for who looks after the rules."""
    living = await info.context.rulebook(institution, on)
    return [_line(info, living, row) for row in _of(living, object, area)]


async def act_findings(info: Info, institution: str, on: date | None = None) -> list[ActFinding]:
    """What is wrong with the lines of objects in force that day."""
    context = info.context
    living = await context.rulebook(institution, on)
    held = await held_roles(context, institution)
    return [
        told(ActFinding, each, Words(living, context.language), object=each.thing)
        for each in analysis.act_findings(living.rulebook, on or context.today, held)
    ]


def _of(living: LivingRulebook, object: str | None, area: str | None) -> Iterable[RuleRow]:
    objects = living.vocabulary.objects
    if object is not None:
        _object(living, object)
    return (
        row
        for row in living.acts
        if object in (None, row.kind) and area in (None, objects[row.kind].area)
    )


def _object(living: LivingRulebook, code: str) -> LivingObject:
    thing = living.vocabulary.objects.get(code)
    if thing is None:
        raise Refused("UNKNOWN_OBJECT", object=code[:63])
    return thing


def _stated(
    living: LivingRulebook, thing: LivingObject, given: Mapping[str, Any]
) -> dict[str, FactValue]:
    paths = ((each.id, each.event, each.label) for each in living.shapes.paths)
    known = facts_of(thing, living.vocabulary, stages_of(thing, paths))
    facts: dict[str, FactValue] = {}
    problems = []
    for name, value in given.items():
        if name not in known:
            labels = {code: fact.label for code, fact in known.items()}
            told = {"fact": name[:40], "known": listed(labels)}
            problems.append(Problem("UNKNOWN_FACT", ("facts", name), details=told))
            continue
        stated = stated_value(known[name], value)
        if isinstance(stated, Problem):
            problems.append(Problem(stated.code, ("facts", name), details=stated.details))
        else:
            facts[name] = stated
    must_be_none(problems)
    return facts


def _line(
    info: Info, living: LivingRulebook, row: RuleRow, mine: Iterable[office.Seat] = ()
) -> ActLine:
    language, words = info.context.language, living.vocabulary
    pseudo = {NOBODY: PSEUDO_ROLES[NOBODY], ANY: ANYBODY}
    known = pseudo.get(row.role)
    return told(
        ActLine,
        row,
        Words(living, language),
        object=row.kind,
        label=say(language, words.objects[row.kind].label),
        words=say(language, LIVING_ACTS[row.act]),
        title=say(language, known) if known else title_of(row.role, words.roles, language),
        borne=row.role in words.objects[row.kind].bears,
        region=row.when.text,
        denies=row.effect == DENY,
        seats=[seat_of(seat, words.roles, language) for seat in mine],
    )


FIELDS = (
    ask(who_may, "authority.read"),
    query(what_may_i, "authority.read"),
    query(act_lines, "matrix.read"),
    query(act_findings, "matrix.read"),
)
