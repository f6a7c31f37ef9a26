"""What no word can say of printing: what a draft was sent as, and whether that is approved."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from domain.approval.request import Status
from domain.areas.printing import DRAFT
from domain.errors import Problem
from resolvers.ground.batches import batched
from resolvers.ground.context import Context
from resolvers.ground.database import Transaction, statement
from resolvers.records.approvals import request_of
from resolvers.records.case_looks import Look, Looked, Looks
from resolvers.records.case_rows import CaseView

SENT = statement(
    """select id, kind, status from requests
       where institution_id = :institution and id = any(cast(:ids as uuid[]))"""
)


async def _of_draft(context: Context, view: CaseView, look: Look) -> Looked:
    named = getattr(look.given, "approval_id", None) or view.case.filled.approval_id
    if look.given is not None:
        row = await request_of(context, named)
    else:
        row = named and await batched(context, _sent, named, after_write=True)
    if not row:
        return Looked({"document_approved": False})
    wrong = Problem("APPROVED_FOR_ANOTHER_KIND", ("approval_id",), look.named[0].clause)
    known = {
        "document_approved": row["status"] == Status.APPROVED,
        "sent_as": row["kind"].replace(".", "_"),
    }
    remarks = (wrong,) if look.event == "send" else ()
    return Looked(known, frozenset({"sent_as"}), remarks=remarks)


async def _sent(
    context: Context, reading: Transaction, ids: Sequence[UUID]
) -> Mapping[UUID, Mapping[str, str]]:
    rows = await reading.rows(SENT, institution=context.viewer.institution, ids=list(ids))
    return {row["id"]: row for row in rows}


LOOKS: Mapping[str, Looks] = {DRAFT.code: _of_draft}
