"""A sitting that will not be held: those asked are told, its matters wait for the next."""

from uuid import UUID

from domain.errors import Refused, must_be_said
from domain.office.notices import Notice
from domain.time.moments import OFFICE_TIME
from resolvers.ground.context import Context
from resolvers.ground.notices import announce
from resolvers.records import sitting_rows as rows
from resolvers.records.attending import due
from resolvers.records.bodies import kept_body, record, resolved_of

LONGEST_REASON = 1000


async def call_off(context: Context, sitting_id: UUID, reason: str) -> None:
    """Call a sitting off before it begins.

    Raises: Refused: it is not the viewer's to call, has begun, or was called off already.
    """
    sitting = await resolved_of(context, rows.LOCK, sitting_id, calling=True)
    if sitting.closed_at:
        raise Refused("MINUTES_CLOSED")
    if sitting.begins_at <= context.now:
        raise Refused("SITTING_BEGUN")
    living = await kept_body(context, sitting.kind, sitting.body, calling=True)
    said, viewer = must_be_said(reason, "reason", LONGEST_REASON), context.viewer
    closed = {"at": context.now, "name": viewer.person.name}
    await context.rows(rows.CLOSE, id=sitting_id, minutes=said, **closed)
    key = sitting.kind, sitting.body, sitting.begins_at, sitting.called_by, sitting.invited
    about = {
        "body": living.vocabulary.roles[sitting.body].label.zh,
        "number": sitting.number,
        "at": f"{sitting.begins_at.astimezone(OFFICE_TIME):%Y-%m-%d %H:%M}",
        "reason": said,
    }
    asked = (await due(context, context.transaction, [key]))[key]
    told = (each.id for each in asked if each.id != viewer.person.id)
    here, code = viewer.institution, "SITTING_CALLED_OFF"
    await announce(context, *(Notice(code, to, here, about, subject=sitting.id) for to in told))
    await record(context, "sitting_called_off", sitting_id, {"reason": said})
