"""Who has no say in a matter before a body: whom it concerns, and who withdraws from it 回避."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from domain.errors import Refused, at_fault, must_be_said
from domain.records.sitting_tables import sitting_items
from domain.shapes.votes import Remark
from resolvers.ground.bulk import alteration
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.records import sitting_rows as rows
from resolvers.records.bodies import held, record
from resolvers.records.sitting_rows import Item, Member, Sitting
from resolvers.requests.acting import find
from resolvers.requests.rows import RequestView
from resolvers.requests.written_rows import concerned

WITHDRAW = alteration(sitting_items, "withdrawn")
WITHDRAWN = statement(
    """select s.body from sitting_items i
       join sittings s on (s.institution_id, s.id) = (i.institution_id, i.sitting_id)
       where i.institution_id = :institution and i.id = :item and :person = any(i.withdrawn)"""
)


async def votable(context: Context, item_id: UUID) -> tuple[Sitting, Item, tuple[int, int]]:
    """A sitting that has begun, held; an item to be voted on now; how many are due and came."""
    sitting = await held(context, rows.LOCK_BY_ITEM, item_id)
    item = sitting.item(item_id)
    if item.outcome:
        raise Refused("ITEM_RESOLVED")
    if item.ballot_open:
        raise Refused("BALLOT_OPEN")
    if sitting.eligible is None or sitting.present is None:
        raise Refused("ATTENDANCE_MISSING")
    return sitting, item, (sitting.eligible, sitting.present)


async def asked_for(context: Context, item: Item) -> RequestView | None:
    """The request whose step the body votes on: whoever keeps its sittings reads it for that."""
    if not (item.request_id and item.step_id):
        return None
    return await find(context, item.request_id, overseen=True)


async def withdraw(context: Context, item_id: UUID, people: Collection[UUID], reason: str) -> None:
    """Keep members out of a matter: they are not counted, nor asked. Nobody named: none is.

    Raises:
        Refused: who came is not told by name, somebody is no member, or the matter was voted on.

    """
    sitting, item, _ = await votable(context, item_id)
    why = must_be_said(reason, "reason")
    if not sitting.members:
        raise Refused("MEMBERS_ASKED")
    if {*people} - {each.id for each in sitting.members}:
        raise at_fault("UNKNOWN_MEMBER", "input", "people")
    if item.secret_count is not None:
        raise Refused("BALLOT_COUNTED")
    await context.rows(WITHDRAW, id=item_id, withdrawn=sorted(people))
    said = {"item": item_id, "withdrawn": sorted(map(str, people)), "reason": why}
    clause = await clause_of(context, sitting.body)
    await record(context, "sitting_withdrawn", sitting.id, {**said, "clause": clause})


def without_say(sitting: Sitting, item: Item, view: RequestView | None) -> list[Member]:
    """Members who withdraw, ask for it themselves, or of whom the request complains."""
    own = {view.request.applicant, concerned(view)} if view else set()
    return [each for each in sitting.members if each.id in own.union(item.withdrawn)]


def told_of(view: RequestView | None, out: Sequence[Member]) -> list[Remark]:
    """Why some members are not counted."""
    asking = [each for each in out if view and each.id == view.request.applicant]
    names = "、".join(each.name for each in out if each not in asking)
    told = [Remark("WITHDRAWN_NOT_COUNTED", {"names": names})] if names else []
    return [*told, *([Remark("APPLICANT_HAS_NO_VOTE", {})] if asking else [])]


async def must_have_a_say(context: Context, item_id: UUID) -> None:
    """Raises: Refused: the viewer has withdrawn from the matter."""
    body: Any = await context.value(WITHDRAWN, item=item_id, person=context.viewer.person.id)
    if body:
        raise Refused("WITHDRAWN_FROM_ITEM", clause=await clause_of(context, body))


async def clause_of(context: Context, body: str) -> str | None:
    """The clause that keeps a body's say from whoever else it names, if the office has one."""
    shapes = (await context.rulebook()).shapes
    return next((row.clause for row in shapes.separations if body in row.duties), None)
