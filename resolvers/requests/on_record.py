"""What the books say of a form before it is judged: what is not to be had, and facts on record."""

from collections.abc import Awaitable, Callable, Mapping

from domain.approval.procedure import Form
from domain.vocabulary import FactValue
from resolvers.areas.petitions import admission as case_admission
from resolvers.areas.vehicles import admission as vehicle_admission
from resolvers.ground.context import Context

Facts = Mapping[str, FactValue]
Asks = Callable[[Context, str, Form], Awaitable[Facts]]

ASKED: Mapping[str, Asks] = {
    **dict.fromkeys(case_admission.KINDS, case_admission.must_be_ours),
    **dict.fromkeys(vehicle_admission.KINDS, vehicle_admission.must_be_had),
    "reimbursement.general": vehicle_admission.approved_beforehand,
}
"""By kind of request, what asks the books; it refuses, or returns what they tell."""


async def on_record(context: Context, kind: str, form: Form) -> Facts:
    """Facts that only the books know.

    Raises:
        Refused: they say that it cannot be had.

    """
    asks = ASKED.get(kind)
    return await asks(context, kind, form) if asks else {}
