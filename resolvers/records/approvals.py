"""The approved request behind what is done with a thing, or behind a line."""

from datetime import date
from typing import Any
from uuid import UUID

from domain.errors import at_fault
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.locks import one_at_a_time

REQUEST = statement(
    """select r.kind, r.status, r.applicant_id, r.counted_until,
              exists (select from thing_moves m
                      where (m.institution_id, m.request_id) = (r.institution_id, r.id)) as used
       from requests r where r.institution_id = :institution and r.id = :request"""
)


async def approved_for(
    context: Context, request: UUID | None, kind: str, whom: UUID
) -> date | None:
    """Until when somebody's approved request, used for the first time, counts.

    Raises:
        Refused: no approval of theirs, or one that was used before.

    """
    row = None
    if request is not None:
        await one_at_a_time(context.transaction, f"approval:{request}")
        row = await _request(context, request)
    if row is None or (row["kind"], row["status"]) != (kind, "approved"):
        raise at_fault("APPROVAL_NEEDED", "input", "requestId", kind=kind)
    if row["applicant_id"] != whom or row["used"]:
        raise at_fault("APPROVAL_OF_ANOTHER", "input", "requestId")
    until: date | None = row["counted_until"]
    return until


async def _request(context: Context, request: UUID) -> Any:
    institution = context.viewer.institution
    return await context.transaction.row(REQUEST, institution=institution, request=request)
