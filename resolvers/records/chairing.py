"""Who chairs a sitting: as the rows name the seat, and as was put down when it was held."""

from collections.abc import Collection, Mapping
from uuid import UUID

from domain.errors import at_fault
from domain.records.sittings import Came
from resolvers.ground.context import Context
from resolvers.ground.people import serving
from resolvers.records import sitting_rows as rows
from resolvers.records.acts import titles
from resolvers.records.demanded import ROLES
from resolvers.rules.rulebooks import LivingRulebook


def standing_for(living: LivingRulebook, named: Collection[str]) -> frozenset[str]:
    """Roles, with those that stand for them and the seats of their rank."""
    roles = living.vocabulary.roles
    members = {each for name in named for each in (name, *roles[name].members)}
    return frozenset({*members, *(each for each, of in roles.items() if of.rank in {*named})})


async def others_chair(context: Context, sitting: UUID, person: UUID) -> list[str]:
    """The seats that chair a sitting, where somebody has none of them and did not call it either.

    Raises: Refused: there is no such sitting.
    """
    living, of = await context.rulebook(), await context.row(rows.CALLED, id=sitting)
    if of is None:
        raise at_fault("SITTING_NOT_FOUND", "input", "sittingId")
    chairs = _chairing(living, of["body"])
    if chairs and of["chaired_by"]:
        return [] if of["chaired_by"] == person else [*chairs]
    theirs = of["called_by"] == person or await _bears(context, living, person, chairs)
    return [] if theirs else [*chairs]


def _chairing(living: LivingRulebook, body: str) -> dict[str, str]:
    """The seats that chair a body, each with the clause that says so."""
    rows = (e for e in living.shapes.votes if e.body == body and e.chair)
    return {each.chair: each.clause for each in sorted(rows, key=lambda e: e.chair)}


async def _bears(
    context: Context, living: LivingRulebook, person: UUID, seats: Collection[str]
) -> bool:
    """Whether somebody holds one of these seats, or has it on loan."""
    mine = await context.rows(ROLES, person=person, unit=None, today=context.today)
    return not standing_for(living, seats).isdisjoint(row["role"] for row in mine)


async def must_chair(
    context: Context, body: str, chair: UUID, members: Mapping[UUID, Came]
) -> None:
    """Raises: Refused: who is said to have chaired it is not here, did not come, or may not."""
    if not await serving(context, [chair]):
        raise at_fault("UNKNOWN_MEMBER", "chairedById")
    if members and not (chair in members and members[chair].attended):
        raise at_fault("CHAIR_NOT_THERE", "chairedById")
    living = await context.rulebook()
    chairs = _chairing(living, body)
    if chairs and not await _bears(context, living, chair, chairs):
        clause = next(iter(chairs.values()))
        raise at_fault(
            "NOT_IN_THE_CHAIR", "chairedById", clause=clause, **titles(living, [*chairs])
        )
