"""What nobody has together: things that a clause keeps apart from others, or from a seat."""

from collections.abc import Collection, Mapping
from functools import cache
from typing import Any
from uuid import UUID

from domain import THINGS
from domain.errors import Refused
from domain.records.lines import stored
from domain.records.things import Thing, Whereabouts
from domain.shapes.separations import about, breaches
from domain.vocabulary import Act
from resolvers.ground.context import Context
from resolvers.ground.database import Statement, statement
from resolvers.ground.locks import one_at_a_time
from resolvers.ground.viewers import HELD_TODAY
from resolvers.records.acts import roles_that_may, speaking, titles
from resolvers.records.demanded import joining

ROLES = statement(
    f"""select distinct s.role from appointments a
        join seats s on (s.institution_id, s.id) = (a.institution_id, a.seat_id)
        where a.institution_id = :institution and a.person_id = :person and {HELD_TODAY}"""
)
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
        await _must_be_apart(context, thing.name, str(person), held, kept)


async def must_be_a_keeper(
    context: Context, thing: Thing, row: Mapping[str, Any], person: UUID, request: UUID | None
) -> None:
    """Where lines say who keeps such a thing, nobody else is handed it.

    Raises:
        Refused: NOT_A_KEEPER_OF_IT, with the clause.

    """
    living, of = await context.rulebook(context.viewer.institution), thing.name
    facts = {name: stored(row.get(name)) for name in living.vocabulary.objects[of].facts}
    lines = speaking(living, of, Act.CONFIRM, facts)
    if not lines:
        return
    given = {"institution": context.viewer.institution, "person": person}
    rows = await context.transaction.rows(ROLES, **given, today=context.today)
    held = {each["role"] for each in rows}
    if held & roles_that_may(living, of, Act.CONFIRM, facts):
        return
    kind = thing.custody.handed_over_by if thing.custody else ""
    if kind and await context.transaction.value(SIGNED, **given, kind=kind, request=request):
        return
    whose = titles(living, [each.role for each in lines])
    raise Refused("NOT_A_KEEPER_OF_IT", clause=lines[0].clause, **whose)


@cache
def _has(thing: Thing) -> Statement:
    return statement(
        f"""select exists (select from {thing.cards} t where t.institution_id = :institution
              and coalesce(t.holder_id, t.keeper_id) = :person and t.state in ('issued', 'lent'))"""
    )


async def _must_be_apart(
    context: Context, of: str, person: str, held: Collection[str], coming: Collection[str]
) -> None:
    living = await context.rulebook(context.viewer.institution)
    rows = about(living.shapes.separations, of, living.vocabulary.objects[of].area)
    for breach in breaches(rows, {person: held}):
        if breach.person and {*breach.duties} & {*coming}:
            told = await joining(context, breach)
            raise Refused("DUTIES_JOINED", clause=breach.separation.clause, **told)
