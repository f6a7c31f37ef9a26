"""What goes on beside the decisions on a request: its copies, circulations and comments."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import strawberry

from resolvers.ground.batches import batched
from resolvers.requests.circulations import circulations_of, copies_of
from resolvers.requests.comments import comments_of
from resolvers.requests.history import Lines
from resolvers.requests.request_rows import ShownRequest
from resolvers.requests.sending import Who, who
from schema.ground.connections import After, Cursors, First, moment
from schema.ground.edges import in_place, pages
from schema.ground.fields import Info, is_after_write
from schema.ground.rows import told
from schema.office.organisation import Person, Seat, person_of, seat_of, somebody
from schema.requests.steps import rules_of


@strawberry.type
class Recipient:
    """One whom something is sent to: a person, or a seat and so whoever holds it."""

    person: Annotated[Person | None, "The person; null where it is a seat."]
    seat: Annotated[Seat | None, "The seat; null where it is a person."]


@strawberry.type
class Copy:
    """That a request was copied to somebody (抄送), who sees it from then on."""

    to: Annotated[Recipient, "Whom it was sent to."]
    by: Annotated[Person, "Who sent it."]
    at: Annotated[datetime, "When."]


@strawberry.type
class Reader:
    """One whom a request circulates to."""

    to: Annotated[Recipient, "Whom it was sent to."]
    read_at: Annotated[datetime | None, "When it was read; null before."]
    read_by: Annotated[Person | None, "Who read it: of a seat, its holder."]


@strawberry.type
class Circulation:
    """A request sent round to be read (传阅), with a receipt of each reader."""

    id: Annotated[strawberry.ID, "Opaque; `acknowledge` takes it."]
    by: Annotated[Person, "Who sent it round."]
    note: Annotated[str, "What was said with it; empty where nothing was."]
    at: Annotated[datetime, "When."]
    ended_at: Annotated[datetime | None, "When it was ended; null before."]
    readers: Annotated[list[Reader], "In the order that they were named."]


@strawberry.type
class Comment:
    """What somebody said about a request. It decides nothing and is never changed."""

    id: Annotated[strawberry.ID, "Opaque."]
    author: Annotated[Person, "Who said it."]
    text: Annotated[str, "What was said."]
    mentions: Annotated[list[Person], "Who was told of it."]
    at: Annotated[datetime, "When."]


PAGES = pages(
    "Comment",
    Comment,
    Cursors("comments", (moment, UUID)),
    ("A comment in a page.", "The comment.", "A page of comments, oldest first."),
)
CommentConnection: Any = PAGES.connection


async def copies(root: ShownRequest, info: Info) -> list[Copy | None]:
    found = await batched(info.context, copies_of, _key(root), after_write=is_after_write(info))

    def shown(row: Any) -> Copy:
        by = somebody(row["by_id"], row["by_name"], "")
        return Copy(to=recipient_of(who(row), root, info), by=by, at=row["at"])

    return [await in_place("copies", each, shown) for each in found or ()]


async def circulations(root: ShownRequest, info: Info) -> list[Circulation | None]:
    after_write = is_after_write(info)
    found = await batched(info.context, circulations_of, _key(root), after_write=after_write)

    def reader(row: Any) -> Reader:
        by = somebody(row["read_by"], row["read_by_name"], "") if row["read_by"] else None
        return told(Reader, row, to=recipient_of(who(row), root, info), read_by=by)

    def shown(row: Any) -> Circulation:
        by = somebody(row["by_id"], row["by_name"], "")
        return told(Circulation, row, by=by, readers=[*map(reader, row["readers"] or ())])

    return [await in_place("circulations", each, shown) for each in found or ()]


async def comments(
    root: ShownRequest, info: Info, first: First = 50, after: After = None
) -> CommentConnection:
    page = PAGES.page(first, after)
    span = Lines(root.institution, root.id, page)
    found = await batched(info.context, comments_of, span, after_write=is_after_write(info))
    return await PAGES.told(info, page, page.of(found or []), _comment)


def _comment(row: Any) -> Comment:
    author = somebody(row["author_id"], row["author_name"], "")
    mentions = [somebody(each["id"], each["name"], "") for each in row["mentions"]]
    return told(Comment, row, author=author, mentions=mentions)


def _key(root: ShownRequest) -> tuple[str, UUID]:
    return root.institution, root.id


def recipient_of(to: Who, root: ShownRequest, info: Info) -> Recipient:
    roles = rules_of(root).vocabulary.roles
    return Recipient(
        person=person_of(to.person) if to.person else None,
        seat=seat_of(to.seat, roles, info.context.language) if to.seat else None,
    )
