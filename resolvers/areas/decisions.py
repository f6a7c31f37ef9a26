"""Decisions: a matter is resolved by the request that the body passed."""

from domain.approval.request import Status
from domain.areas.decisions import MATTER
from domain.errors import Problem
from resolvers.ground.context import Context
from resolvers.records.approvals import request_of
from resolvers.records.case_looks import Look, Looked
from resolvers.records.case_rows import CaseView

PASSED = (*MATTER.chain, Status.APPROVED)


async def resolved(context: Context, _: CaseView, look: Look) -> Looked:
    """The request that is named as the resolution is one that was passed."""
    named = getattr(look.given, "resolution_id", None)
    row = await request_of(context, named) if named else None
    if not named or (row and (row["kind"], row["status"]) == PASSED):
        return Looked()
    wrong = Problem("APPROVED_FOR_ANOTHER", ("resolution_id",), look.named[0].clause)
    return Looked(against=(wrong,))


LOOKS = {MATTER.code: resolved}
