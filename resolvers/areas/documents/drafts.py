"""A draft is checked while it is on its way to the signature: asked of a sheet."""

from collections.abc import Mapping
from typing import Any

from domain.areas.documents.outgoing import OUTGOING
from domain.areas.documents.sheets import CHECKS as SHEETS
from domain.areas.documents.sheets import DraftSheet
from domain.errors import at_fault
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.records.registers import Check

ON_ITS_WAY = statement("""
  select true from requests
  where institution_id = :institution and id = :request
    and kind = :kind and status = 'pending'""")


async def _on_its_way(context: Context, sheet: DraftSheet) -> Mapping[str, Any]:
    """Raises: Refused: there is no such draft, or it is signed or given up."""
    found = await context.value(ON_ITS_WAY, request=sheet.request_id, kind=OUTGOING.kinds[0])
    if not found:
        raise at_fault("DRAFT_NOT_ON_ITS_WAY", "input", "requestId")
    return {}


CHECKS: Mapping[str, Check] = {each.name: _on_its_way for each in SHEETS}
