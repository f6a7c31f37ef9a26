"""What goes on beside the decisions on a request: its copies, circulations and comments."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain.office.organisation import Holder
from resolvers.ground.batches import batched
from resolvers.requests import circulations as circulating
from resolvers.requests import comments as commenting
from resolvers.requests import copies as copying
from resolvers.requests.history import Lines
from resolvers.requests.request_rows import ShownRequest
from resolvers.requests.sending import Who
from schema.ground.connections import After, Cursors, First, moment
from schema.ground.edges import in_place, pages
from schema.ground.fields import Info, is_after_write
from schema.ground.rows import told
from schema.office.organisation import Person, Seat, person_of, seat_of
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
    found = await batched(
        info.context, copying.copies_of, _key(root), after_write=is_after_write(info)
    )

    def shown(each: copying.Copy) -> Copy:
        return Copy(to=recipient_of(each.to, root, info), by=_person(each.by), at=each.at)

    return [await in_place("copies", each, shown) for each in found or ()]


async def circulations(root: ShownRequest, info: Info) -> list[Circulation | None]:
    found = await batched(
        info.context, circulating.circulations_of, _key(root), after_write=is_after_write(info)
    )

    def shown(each: circulating.Circulation) -> Circulation:
        readers = [
            told(
                Reader,
                reader,
                to=recipient_of(reader.to, root, info),
                read_by=_person(reader.read_by) if reader.read_by else None,
            )
            for reader in each.readers
        ]
        return told(Circulation, each, by=_person(each.by), readers=readers)

    return [await in_place("circulations", each, shown) for each in found or ()]


async def comments(
    root: ShownRequest, info: Info, first: First = 50, after: After = None
) -> CommentConnection:
    page = PAGES.page(first, after)
    span = Lines(root.institution, root.id, page)
    found = await batched(
        info.context, commenting.comments_of, span, after_write=is_after_write(info)
    )
    return await PAGES.told(info, page, page.of(found or []), _comment)


def _comment(said: commenting.Comment) -> Comment:
    mentions = [_person(each) for each in said.mentions]
    return told(Comment, said, author=_person(said.author), mentions=mentions)


def _key(root: ShownRequest) -> tuple[str, UUID]:
    return root.institution, root.id


def _person(named: tuple[UUID, str]) -> Person:
    return person_of(Holder(*named, ""))


def recipient_of(to: Who, root: ShownRequest, info: Info) -> Recipient:
    roles = rules_of(root).vocabulary.roles
    return Recipient(
        person=person_of(to.person) if to.person else None,
        seat=seat_of(to.seat, roles, info.context.language) if to.seat else None,
    )
