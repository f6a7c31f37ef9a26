"""Notices in the API: what the viewer was told, and marking it as read."""

from datetime import datetime
from functools import partial
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain.office.organisation import Holder
from resolvers.ground import notices
from resolvers.ground.batches import batched
from resolvers.ground.context import Context
from resolvers.ground.notices import Told
from schema.ground.acts import act, within
from schema.ground.connections import TOTAL, Cursors, moment, once, wants, wants_total
from schema.ground.edges import pages
from schema.ground.errors import sentence
from schema.ground.fields import Info, is_after_write, query
from schema.ground.ids import global_id, uuid_of
from schema.office.organisation import Person, Seat, person_of, seat_of, titled
from schema.requests.parts import of_request
from schema.requests.requests import Request
from schema.rules.clauses import Clause, clause_of


async def _request(root: strawberry.Parent["Notice"], info: Info) -> Request | None:
    about = root.told.notice
    if about.request is None or about.request_institution is None:
        return None
    load: Any = notices.in_sight(once(info, of_request))
    return await batched(info.context, load, about.request, after_write=is_after_write(info))


@strawberry.type
class Notice:
    """Something that the viewer was told: in person, or as the holder of a seat."""

    told: strawberry.Private[Told]
    id: Annotated[strawberry.ID, "Opaque; `readNotices` takes it."]
    code: Annotated[str, "A stable code; docs/codes.md lists them all."]
    sentence: Annotated[str, "What is told, in the viewer's language."]
    at: Annotated[datetime, "When."]
    by: Annotated[Person | None, "Who caused it; null for the clockwork."]
    seat: Annotated[
        Seat | None, "The viewer's seat that it is for; null where it is for the viewer."
    ]
    clause: Annotated[Clause | None, "The clause that it rests on."]
    read_at: Annotated[datetime | None, "When the viewer read it."]
    request: Request | None = strawberry.field(
        resolver=_request,
        description="The request that it is about; null where none is, or it is out of sight.",
    )


PAGES = pages(
    "Notice",
    Notice,
    Cursors("notices", (moment, UUID)),
    ("A notice in a page.", "The notice.", "A page of notices, newest first."),
    total_count=TOTAL,
    unread_count="How many the viewer has not read.",
)


async def all_notices(
    info: Info, first: int | None = 50, after: str | None = None, unread_only: bool = False
) -> Any:
    """What the viewer was told in person or through a seat held today, newest first."""
    context = info.context
    page = PAGES.page(first, after)
    found = await notices.told_to(context, page, unread_only=unread_only)
    counts = {
        "total_count": await notices.count(context, unread_only=unread_only)
        if wants_total(info)
        else 0,
        "unread_count": await notices.count(context, unread_only=True)
        if wants(info, "unreadCount")
        else 0,
    }
    return await PAGES.told(info, page, found, partial(_notice, context), **counts)


async def read_notices(
    info: Info, notice_ids: Annotated[list[strawberry.ID], f"At most {notices.MOST_AT_ONCE}."]
) -> None:
    """Mark notices as read; a notice to a seat is read by each of its holders."""
    ids = [uuid_of(each, "Notice", "noticeIds", str(at)) for at, each in enumerate(notice_ids)]
    await notices.read(info.context, ids)


async def _read(_: Info, answer: Any) -> list[strawberry.ID]:
    return [global_id("Notice", each) for each in answer["notices"]]


async def _notice(context: Context, told: Told) -> Notice:
    notice, language = told.notice, context.language
    living = await context.rulebook()
    roles = living.vocabulary.roles
    return Notice(
        told=told,
        id=global_id("Notice", told.id),
        code=notice.code,
        sentence=sentence(notice.code, titled(notice.details, living.vocabulary), language),
        at=told.at,
        by=person_of(Holder(*told.by, "")) if told.by else None,
        seat=seat_of(told.seat, roles, language) if told.seat else None,
        clause=await _clause(context, notice.clause, notice.request_institution),
        read_at=told.read_at,
    )


async def _clause(context: Context, clause: str | None, institution: str | None) -> Clause | None:
    """A clause is the request's institution's, which may be another than the reader's."""
    if clause is None:
        return None
    if institution in {None, context.viewer.institution}:
        return await Clause.named(context, clause)
    living = await context.services.rulebooks.load(str(institution), context.today)
    return clause_of(living, clause)


SAYS = "They count as read from now on."
READ = within(_read, "NoticesRead", SAYS, notice_ids="The notices.")
FIELDS = (
    query(all_notices, "notices.read", PAGES.connection, name="notices"),
    act(read_notices, "notices.read", replay=READ),
)
