"""What nobody has together: things that a clause keeps apart from others, or from a seat."""

from collections.abc import Collection
from functools import cache

from domain import THINGS
from domain.errors import Refused
from domain.records.things import Thing, Whereabouts
from domain.shapes.separations import about, breaches
from resolvers.ground.context import Context
from resolvers.ground.database import Statement, statement
from resolvers.ground.locks import one_at_a_time
from resolvers.ground.viewers import HELD_TODAY
from resolvers.records.demanded import joining

ROLES = statement(
    f"""select distinct s.role from appointments a
        join seats s on (s.institution_id, s.id) = (a.institution_id, a.seat_id)
        where a.institution_id = :institution and a.person_id = :person and {HELD_TODAY}"""
)


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
        rows = await context.rows(ROLES, person=person, today=context.today)
        held = {row["role"] for row in rows} | kept
        for other in THINGS:
            bears = {*objects[other.name].bears}
            if bears and await context.value(_has(other), person=person):
                held |= bears
        await _must_be_apart(context, thing.name, str(person), held, kept)


@cache
def _has(thing: Thing) -> Statement:
    return statement(
        f"""select exists (select from {thing.cards} t where t.institution_id = :institution
              and coalesce(t.holder_id, t.keeper_id) = :person and t.state in ('issued', 'lent'))"""
    )


async def _must_be_apart(
    context: Context, of: str, person: str, held: Collection[str], coming: Collection[str]
) -> None:
    living = await context.rulebook()
    rows = about(living.shapes.separations, of, living.vocabulary.objects[of].area)
    for breach in breaches(rows, {person: held}):
        if breach.person and {*breach.duties} & {*coming}:
            told = await joining(context, breach)
            raise Refused("DUTIES_JOINED", clause=breach.separation.clause, **told)
