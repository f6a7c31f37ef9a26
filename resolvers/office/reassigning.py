"""A turn given to another seat by an administrator, with a second person who agrees."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from resolvers.ground.context import Context
from resolvers.office.outcomes import Outcome, sentence
from resolvers.requests import handing
from resolvers.requests.acting import find


async def reassign(context: Context, given: Mapping[str, Any], by: UUID) -> Outcome:
    """Nobody changes alone who decides an open request.

    Raises:
        Refused: as `handing.reassign` says, of whoever asks and of whoever agrees.

    """
    known = await find(context, UUID(given["request"]), overseen=True)
    step, to = UUID(given["step"]), UUID(given["to"])
    seat = await handing.reassign(context, known, step, to, given["reason"], by)
    about = {"number": known.number, "role": seat.role, "unit": seat.unit}
    said = sentence(await context.rulebook(), "SAID_REASSIGNED", about | {"why": given["reason"]})
    return Outcome(said, weighty=True, answer={"request": given["request"]})
