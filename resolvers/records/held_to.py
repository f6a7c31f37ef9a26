"""What an office's rows hold a line or a thing to: limits, approvals, duties that nobody joins."""

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

from domain import THINGS
from domain.approval.procedure import Form
from domain.approval.request import Status
from domain.errors import Refused, at_fault
from domain.records.lines import stands
from domain.records.registers import Draw, Register
from domain.records.things import Thing, Whereabouts
from domain.shapes.separations import about, breaches
from domain.time.wording import quantity
from resolvers.ground.context import Context
from resolvers.ground.database import Statement, statement
from resolvers.ground.locks import one_at_a_time
from resolvers.ground.people import named
from resolvers.ground.viewers import HELD_TODAY
from resolvers.records.acts import clauses_of
from resolvers.requests.words import camel

REQUEST = statement(
    """select kind, status, applicant_id, facts from requests
       where institution_id = :institution and id = :request"""
)
ROLES = statement(
    f"""select distinct s.role from appointments a
        join seats s on (s.institution_id, s.id) = (a.institution_id, a.seat_id)
        where a.institution_id = :institution and a.person_id = :person and {HELD_TODAY}"""
)


async def must_be_covered(
    context: Context, register: Register, entry: Form, corrects: UUID | None
) -> None:
    """Hold a line to the approved requests that it rests on; two at once are judged in turn.

    Raises:
        Refused: none of the kind is approved, it is another's, or less is left of it.

    """
    institution = context.viewer.institution
    living = await context.rulebook(institution)
    for draw in register.draws:
        request = getattr(entry, draw.column)
        if request is None:
            continue
        clauses = *clauses_of(living, register.name, draw.column), None
        path, clause = ("input", camel(draw.column)), clauses[0]
        await one_at_a_time(context.transaction, f"drawn:{request}")
        row = await context.transaction.row(REQUEST, institution=institution, request=request)
        if row is None or row["status"] != Status.APPROVED:
            raise at_fault("APPROVAL_NEEDED", *path, clause=clause)
        if draw.kinds and row["kind"] not in draw.kinds:
            raise at_fault("APPROVAL_NEEDED", *path, clause=clause)
        if draw.applicant and getattr(entry, draw.applicant) != row["applicant_id"]:
            raise at_fault("APPROVAL_OF_ANOTHER", "input", camel(draw.applicant), clause=clause)
        if not draw.amount:
            continue
        taken = await context.transaction.value(
            _drawn(register, draw), institution=institution, request=request, but=corrects
        )
        left = Decimal(row["facts"].get(draw.amount) or 0) - taken
        if getattr(entry, draw.amount) > left:
            details = {"left": quantity(left, "yuan")}
            raise at_fault("BEYOND_APPROVED", "input", camel(draw.amount), clause=clause, **details)


@cache
def _drawn(register: Register, draw: Draw) -> Statement:
    """How much the lines that stand took of a request, the one that is corrected left out."""
    return statement(
        f"""select coalesce(sum(t.{draw.amount}), 0) from {register.lines} t
            where t.institution_id = :institution and t.{draw.column} = :request
              and {stands(register.table, "t")}
              and (cast(:but as uuid) is null or t.id <> :but)"""
    )


async def lines_apart(
    context: Context, register: Register, line: Mapping[str, Any], role: str
) -> None:
    """Nobody joins on a line what a clause keeps apart: who writes it, and whom it names.

    Raises:
        Refused: DUTIES_JOINED, with the clause.

    """
    held = {str(context.viewer.person.id): {role}}
    of = context.services.vocabulary.objects[register.name]
    for borne, column in of.bears.items():
        if line.get(column):
            held.setdefault(str(line[column]), set()).add(borne)
    await _must_be_apart(context, register.name, held, held.keys())


async def things_apart(context: Context, thing: Thing, now: Whereabouts, then: Whereabouts) -> None:
    """Nobody comes to have, or is offered, what a clause keeps apart from what they have or are.

    Raises:
        Refused: DUTIES_JOINED, with the clause.

    """
    objects, institution = context.services.vocabulary.objects, context.viewer.institution
    kept = {*objects[thing.name].bears}
    coming = {then.offered, then.holder or then.keeper} - {None, now.holder or now.keeper}
    for person in coming if kept else ():
        await one_at_a_time(context.transaction, f"{institution}:kept by {person}")
        given = {"institution": institution, "person": person}
        rows = await context.transaction.rows(ROLES, **given, today=context.today)
        held = {row["role"] for row in rows} | kept
        for other in THINGS:
            bears = {*objects[other.name].bears}
            if bears and await context.transaction.value(_has(other), **given):
                held |= bears
        await _must_be_apart(context, thing.name, {str(person): held}, kept)


@cache
def _has(thing: Thing) -> Statement:
    return statement(
        f"""select exists (select from {thing.cards} t where t.institution_id = :institution
              and coalesce(t.holder_id, t.keeper_id) = :person and t.state in ('issued', 'lent'))"""
    )


async def _must_be_apart(
    context: Context, of: str, held: Mapping[str, Collection[str]], joining: Iterable[str]
) -> None:
    living = await context.rulebook(context.viewer.institution)
    vocabulary = context.services.vocabulary
    rows = about(living.shapes.separations, of, vocabulary.objects[of].area)
    for breach in breaches(rows, held):
        if breach.person is None or not {breach.person, *breach.duties} & {*joining}:
            continue
        who = await named(context, UUID(breach.person))
        roles = (vocabulary.roles.get(each) for each in breach.duties)
        duties = "、".join(
            role.label.zh if role else duty for role, duty in zip(roles, breach.duties, strict=True)
        )
        clause = breach.separation.clause
        raise Refused("DUTIES_JOINED", clause=clause, person=who[1] if who else "", duties=duties)
