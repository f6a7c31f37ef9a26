"""An approved request that whoever asked for it gives up before what it asked for begins."""

from uuid import UUID

from domain.approval import verbs
from domain.approval.verbs import Handed
from resolvers.ground.context import Context
from resolvers.requests.acting import changed, find, keep_act


async def give_up_request(context: Context, request_id: UUID, reason: str) -> None:
    """End the viewer's approved request: it counts as withdrawn, marked for ever.

    Raises:
        Refused: it is not approved, or another's.

    """
    known, person = await find(context, request_id), context.viewer.person
    by = Handed(person.id, person.name, reason, context.now)
    view = changed(context, known, verbs.give_up(known.request, by))
    await keep_act(context, view, "given_up", known, {"reason": reason}, answers=False)
