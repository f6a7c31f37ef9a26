"""What no word can say of printing: whether the paper that a draft was sent as is approved."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from domain.areas.printing import DRAFT, SENT_AS
from domain.errors import Problem
from resolvers.ground.batches import batched
from resolvers.ground.context import Context
from resolvers.ground.database import Transaction, statement
from resolvers.records.approvals import request_of
from resolvers.records.case_looks import Look, Looked, Looks
from resolvers.records.case_rows import CaseView

APPROVED = statement(
    """select id from requests where institution_id = :institution
         and id = any(cast(:ids as uuid[])) and status = 'approved'"""
)


async def _of_draft(context: Context, view: CaseView, look: Look) -> Looked:
    named = getattr(look.given, "approval_id", None)
    row = await request_of(context, named) if named else None
    if row and row["kind"] not in SENT_AS:
        wrong = Problem("APPROVED_FOR_ANOTHER_KIND", ("approval_id",), look.named[0].clause)
        return Looked(against=(wrong,))
    sent = view.case.filled.approval_id
    good = sent and await batched(context, _approved, sent, after_write=look.given is None)
    return Looked({"document_approved": bool(good)})


async def _approved(
    context: Context, reading: Transaction, ids: Sequence[UUID]
) -> Mapping[UUID, bool]:
    of = {"institution": context.viewer.institution, "ids": list(ids)}
    return {row["id"]: True for row in await reading.rows(APPROVED, **of)}


LOOKS: Mapping[str, Looks] = {DRAFT.code: _of_draft}
