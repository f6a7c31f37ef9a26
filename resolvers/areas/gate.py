"""What no word can say of the gate: urgent mail on a day off is for whoever is on duty then."""

from collections.abc import Mapping
from typing import Any

from domain import ROSTERS
from domain.areas.gate import MAIL
from domain.errors import at_fault
from domain.time.moments import office_local
from resolvers.ground.context import Context
from resolvers.records import roster_rows as rows
from resolvers.records.registers import Check


async def _for_who_is_on_duty(context: Context, entry: Any) -> None:
    """Raises: Refused: somebody else is on duty by the office's roster."""
    calendar = await context.calendar()
    if not entry.urgent or calendar.is_workday(office_local(entry.came_at).date()):
        return
    turns = [
        turn
        for roster in ROSTERS
        for turn in await context.rows(rows.BORNE, roster=roster.name, at=entry.came_at)
    ]
    if turns and entry.to_id not in {turn["person_id"] for turn in turns}:
        names = "、".join(
            dict.fromkeys(turn["person_name"] for turn in turns if turn["person_name"])
        )
        raise at_fault("SIGNER_NOT_ON_DUTY", "input", "toId", names=names)


CHECKS: Mapping[str, Check] = {MAIL.name: _for_who_is_on_duty}
