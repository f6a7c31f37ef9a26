"""Who signs in, and when: whoever writes the line, at the time of the server."""

from collections.abc import Mapping
from typing import Any

from domain.areas.attendance.signing_in import SIGN_INS
from domain.time.moments import office_local
from resolvers.ground.context import Context
from resolvers.records.registers import Check


async def _signed_in(context: Context, _: Any) -> Mapping[str, Any]:
    now = office_local(context.now)
    minute = now.hour * 60 + now.minute
    return {"person_id": context.viewer.person.id, "on_day": now.date(), "sign_in_minute": minute}


CHECKS: Mapping[str, Check] = {SIGN_INS.name: _signed_in}
