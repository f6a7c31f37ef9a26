"""Administrative acts that a body resolves on: its sitting does one, or lets it rest."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain.errors import at_fault
from domain.office.administration import CONFIRMED, DECLINED, PENDING
from resolvers.ground.context import Context
from resolvers.office import appointments
from resolvers.office.administering import SEE, Ready, confirming, mark_decided, one, settle
from resolvers.office.outcomes import Does


async def waits_for(context: Context, id_: UUID, body: str) -> Mapping[str, Any]:
    """An act that waits and is a body's to resolve on. Raises: Refused: it is none such."""
    found: Mapping[str, Any] | None = await context.row(SEE, id=id_)
    waits = found and found["state"] == PENDING
    if not found or not waits or body not in await confirming(context, found["act"]):
        raise at_fault("ACT_NOT_FOR_BODY", "actId")
    return found


async def resolved(
    context: Context,
    id_: UUID,
    body: str,
    passed: bool,  # one of two outcomes
    why: str,
    *,
    acts: Mapping[str, Does],
    ready: Mapping[str, Ready],
) -> None:
    """Do, or let rest, what a body was asked to resolve on.

    Raises: Refused: the viewer asked for it, it has been decided, or cannot be done any more.
    """
    found = await waits_for(context, id_, body)
    if found["by_id"] == context.viewer.person.id:
        raise at_fault("OWN_ACT", "actId")
    if passed and found["act"] in ready:
        await ready[found["act"]](context, found["given"])
    await appointments.alone(context)
    if (found := await one(context, id_))["state"] != PENDING:
        raise at_fault("ACT_DECIDED", "actId")
    if passed:
        await acts[found["act"]](context, found["given"], found["by_id"])
    state, code = (CONFIRMED, "ACT_CONFIRMED") if passed else (DECLINED, "ACT_DECLINED")
    await mark_decided(context, found, state, code, why)
    await settle(context)
