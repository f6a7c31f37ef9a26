"""Who answers for a clock where nobody is named: the seats that may do what stops it."""

from collections.abc import Iterator
from uuid import UUID

from domain.approval.placement import expanded
from domain.records.consequences import CONSEQUENCE, Turn
from domain.records.lines import LineEvent
from domain.rules.rows import ALLOW, ANY, NOBODY, RuleRow
from domain.shapes.clocks import Clock, concerned
from domain.vocabulary import STAGE, Act
from resolvers.ground.context import Context
from resolvers.rules.rulebooks import LivingRulebook
from resolvers.time.duty_rows import seats_by_role

DOING: dict[str, LineEvent] = {
    Act.KEEP: LineEvent.RECORDED,
    Act.INSPECT: LineEvent.RECORDED,
    Act.CONFIRM: LineEvent.CONFIRMED,
}
"""What becomes of a line by an act; a stage is taken."""


async def who_may_stop(context: Context, living: LivingRulebook, clock: Clock) -> tuple[UUID, ...]:
    """The seats of the office whose roles its lines name for what stops a clock."""
    roles = set(_roles(living, clock))
    if not roles:
        return ()
    found = await seats_by_role(
        context.transaction, living.rulebook.institution, roles, context.today
    )
    return tuple(sorted(seat.id for seats in found.values() for seat in seats))


def _roles(living: LivingRulebook, clock: Clock) -> Iterator[str]:
    roles, objects = living.vocabulary.roles, living.vocabulary.objects
    for row in living.acts:
        named = row.role not in (ANY, NOBODY, *objects[row.kind].bears)
        if row.effect == ALLOW and named and any(_stops(row, each) for each in clock.stops):
            yield from expanded(row.role, roles)


def _stops(row: RuleRow, event: str) -> bool:
    """Whether the act of a line is what is waited for: a line written or signed, a stage taken."""
    if row.act in DOING:
        return concerned([event], [f"{row.kind}.{DOING[row.act]}"])
    if row.act == Act.CARRY_OUT:
        of, _, turn = event.rpartition(".")
        trigger = of.removeprefix(f"{CONSEQUENCE}.")
        return turn == Turn.CARRIED_OUT and row.when.holds({STAGE: trigger})
    kind, _, stage = event.rpartition(".")
    at_stage = STAGE not in row.when.regions or stage in row.when.regions[STAGE]
    return row.act == Act.TAKE and row.kind == kind and at_stage
