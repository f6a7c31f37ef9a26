"""What no word can say of meetings: whose it is to let their contents out."""

from collections.abc import Mapping
from typing import Any

from domain.areas.meetings.releases import RELEASES
from domain.errors import at_fault
from resolvers.ground.context import Context
from resolvers.records.acts import titles
from resolvers.records.chairing import others_chair
from resolvers.records.registers import Check


async def _by_its_chair(context: Context, entry: Any) -> None:
    """Raises: Refused: others chair the sitting, or there is none."""
    if chairs := await others_chair(context, entry.sitting_id, context.viewer.person.id):
        told = titles(await context.rulebook(), chairs)
        raise at_fault("NOT_IN_THE_CHAIR", "input", "sittingId", **told)


CHECKS: Mapping[str, Check] = {RELEASES.name: _by_its_chair}
