"""What no word can say of hygiene: whether the cleaner answers for the zone that a lapse was in."""

from collections.abc import Mapping
from typing import Any

from domain.areas.hygiene.sheets import CLEANERS, CleanerSheet
from domain.areas.hygiene.zones import ZONES
from domain.errors import at_fault
from resolvers.ground.context import Context
from resolvers.records.registers import Check
from resolvers.records.thing_rows import one


async def _zoned(context: Context, sheet: CleanerSheet) -> Mapping[str, Any]:
    """What stands in no zone is nobody's. Raises: Refused: the office has no such zone."""
    if sheet.zone_id is None:
        return {"cleaners_zone": False}
    missing = at_fault("NOT_FOUND_HERE", "input", "zoneId")
    return {
        "cleaners_zone": (await context.found(one(ZONES), missing, id=sheet.zone_id))["by_cleaner"]
    }


CHECKS: Mapping[str, Check] = {CLEANERS.book.name: _zoned}
