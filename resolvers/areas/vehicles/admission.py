"""Whether the bill of a repair rests on a request that was approved beforehand."""

from collections.abc import Mapping
from uuid import UUID

from domain.approval.procedure import Form
from domain.errors import at_fault
from domain.vocabulary import FactValue
from resolvers.ground.context import Context
from resolvers.ground.database import statement

APPROVED_REPAIR = statement(
    """select exists (
         select from requests r
         where r.institution_id = :institution and r.id = :id
           and r.kind = 'vehicle.repair' and r.status = 'approved')"""
)


async def approved_beforehand(context: Context, _: str, form: Form) -> Mapping[str, FactValue]:
    """Raises: Refused: what it settles is no approved repair."""
    settles: UUID | None = getattr(form, "settles", None)
    institution = context.viewer.institution
    if settles is None:
        return {"approved_beforehand": False}
    known = await context.transaction.value(APPROVED_REPAIR, institution=institution, id=settles)
    if not known:
        raise at_fault("NO_APPROVED_REPAIR", "input", "settles")
    return {"approved_beforehand": True}


ADMISSIONS = {"reimbursement.general": approved_beforehand}
