"""What administrators do to a request: a turn given to another seat, or the request ended."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from resolvers.ground.context import Context
from resolvers.office.outcomes import Outcome, sentence
from resolvers.requests import handing
from resolvers.requests.acting import find


async def reassign(context: Context, given: Mapping[str, Any], by: UUID) -> Outcome:
    """Nobody changes alone who decides an open request.

    Raises: Refused: as `handing.reassign` says, of whoever asks and of whoever agrees.
    """
    known = await find(context, UUID(given["request"]), overseen=True)
    step, to = UUID(given["step"]), UUID(given["to"])
    seat = await handing.reassign(context, known, step, to, given["reason"], by)
    about = {"number": known.number, "role": seat.role, "unit": seat.unit}
    said = sentence(await context.rulebook(), "SAID_REASSIGNED", about | {"why": given["reason"]})
    return Outcome(said, weighty=True, answer={"request": given["request"]})


async def cancel(context: Context, given: Mapping[str, Any], by: UUID) -> Outcome:  # noqa: ARG001
    """End a request: only founders need a second person for it. Raises: Refused: it is over."""
    known = await find(context, UUID(given["request"]), overseen=True)
    await handing.cancel(context, known, given["reason"])
    about = {"number": known.number, "why": given["reason"]}
    said = sentence(await context.rulebook(), "SAID_CANCELLED", about)
    return Outcome(said, answer={"request": given["request"]})
