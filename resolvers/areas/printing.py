"""What no word can say of printing: whether the paper that a draft was sent as is approved."""

from collections.abc import Mapping

from domain.approval.request import Status
from domain.areas.printing import DRAFT
from resolvers.ground.context import Context
from resolvers.records.approvals import request_of
from resolvers.records.case_looks import Look, Looked, Looks
from resolvers.records.case_rows import CaseView


async def _approved(context: Context, view: CaseView, _: Look) -> Looked:
    row = await request_of(context, view.case.filled.approval_id)
    return Looked({"document_approved": row is not None and row["status"] == Status.APPROVED})


LOOKS: Mapping[str, Looks] = {DRAFT.code: _approved}
