"""What the books say of a form before it is judged: what is not to be had, and facts on record."""

from collections.abc import Mapping

from domain.approval.procedure import Form
from domain.vocabulary import FactValue
from resolvers.ground.context import Context
from resolvers.records.bookable import must_be_had
from resolvers.records.case_going_on import must_wait
from resolvers.requests.references import must_be_ours, settled

Facts = Mapping[str, FactValue]


async def on_record(context: Context, kind: str, form: Form) -> Facts:
    """Facts that only the books know.

    Raises:
        Refused: they say that it cannot be had.

    """
    await must_wait(context, kind, form)
    await must_be_ours(context, form)
    await must_be_had(context, kind, form)
    return await settled(context, kind, form)
