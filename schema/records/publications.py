"""The board in the API: what is due to be published, a preview, publishing and withdrawing it."""

from datetime import date
from functools import partial
from typing import Annotated, Any
from uuid import UUID

import strawberry

from resolvers.records import publication_rows, publishing
from resolvers.records import publication_rows as boards
from resolvers.records.publishing import Wanted
from resolvers.records.statements import BY_NAME
from schema.ground.acts import KEY, Reason, act, ask, replayed, result_of, within
from schema.ground.connections import Cursors, moment
from schema.ground.edges import pages
from schema.ground.fields import Info, mutation, query
from schema.ground.ids import Id, uuid_if_given
from schema.ground.papers import AttachmentInput
from schema.ground.papers import found as attachments
from schema.ground.rows import told
from schema.ground.scalars import JSON
from schema.records.publication_types import (
    WORD,
    Publication,
    PublicationPreview,
    StatementDue,
    StatementKind,
    columns_of,
    shown,
    title_of,
)
from schema.rules.clauses import clause_of

DOOR = "statements"


TITLE = "What it is called on the board; of what is written it is required."


@strawberry.input
class PublicationInput:
    """What is to be published, of which period."""

    statement: Annotated[StatementKind, "Which statement."]
    cadence: Annotated[str, "Of `statementsDue`; empty where one alone wants it, or none."] = ""
    day: Annotated[date, "Any day of the period; else the first."]
    last: Annotated[date | None, "The last day, where no cadence gives the period."] = None
    title: Annotated[str, TITLE] = ""
    text: Annotated[str, "What is said with it."] = ""
    papers: list[AttachmentInput] = strawberry.field(
        default_factory=list, description="The papers with it."
    )
    request_id: Annotated[
        strawberry.ID | None, "The approved request, where rules ask for one."
    ] = None


@strawberry.input
class PublishStatementInput(PublicationInput):
    """What is to be published, as its preview showed it."""

    digest: Annotated[str, "Of the preview."]
    idempotency_key: Annotated[strawberry.ID, KEY[2]]


async def _wanted(info: Info, given: PublicationInput) -> Wanted:
    return Wanted(
        BY_NAME[given.statement.value],
        given.cadence,
        given.day,
        given.last,
        given.title,
        given.text,
        await attachments(info, given.papers, "papers"),
        uuid_if_given(given.request_id, "Request", "requestId"),
    )


async def publication_preview(info: Info, input: PublicationInput) -> PublicationPreview:
    """What publishing it would put on the board, to the letter; nothing is kept."""
    found = await publishing.preview(info.context, await _wanted(info, input))
    content, living = found.content, await info.context.rulebook()
    return PublicationPreview(
        statement=input.statement,
        title=title_of(info, living, content),
        from_=found.period.first,
        to=found.period.last,
        reach=found.publishing.reach,
        columns=columns_of(info, content),
        content=JSON(content["lines"]),
        text=content["said"],
        digest=found.digest,
        clause=clause_of(living, found.publishing.clause),
    )


async def statements_due(info: Info) -> list[StatementDue]:
    """What clauses want published, each of its last period that may be told, by day."""
    living = await info.context.rulebook()
    return [
        told(
            StatementDue,
            each.cadence,
            statement=StatementKind(each.statement.name),
            cadence=each.cadence.id,
            from_=each.period.first,
            to=each.period.last,
            due=each.by,
            published=each.published is not None,
            clause=clause_of(living, each.publishing.clause),
        )
        for each in await publication_rows.due(info.context)
    ]


PAGES = pages(
    WORD,
    Publication,
    Cursors(WORD, (moment, UUID)),
    ("A publication in a page.", "It.", "A page of the board."),
)
PastOnly = Annotated[bool, "What left the board too, for who may publish it."]


async def board(
    info: Info,
    institution: str | None = None,
    statement: Annotated[StatementKind | None, "Of this alone."] = None,
    past: PastOnly = False,
    first: int | None = 50,
    after: str | None = None,
) -> Any:
    """What is published now, the latest first; of another institution what is open to everybody."""
    page = PAGES.page(first, after)
    of = statement.value if statement else None
    living = await boards.rulebook_of(info.context, institution)
    found = await boards.published(info.context, institution, of, past=past, page=page)
    return await PAGES.told(info, page, found, partial(shown, info, living))


async def publish_statement(info: Info, input: PublishStatementInput) -> None:
    """Publish a statement of a period that is over, as its preview showed it."""
    await publishing.publish(info.context, await _wanted(info, input), input.digest)


async def withdraw_publication(
    info: Info, publication_id: Annotated[UUID, Id(WORD), "Which."], reason: Reason
) -> None:
    """Take something off the board, for a reason."""
    await publishing.withdraw(info.context, publication_id, reason)


async def _kept(info: Info, key: UUID) -> Publication:
    return shown(info, await info.context.rulebook(), await boards.one(info.context, key))


PUBLISHED = replayed(
    within(_kept, "StatementPublished", "It is published.", publication="As it stands."),
    "publication",
)
WITHDRAWN = replayed(
    within(_kept, "PublicationWithdrawn", "It is off the board.", publication="As it was."),
    "publication",
)
PublishResult = result_of(publish_statement, "PublishResult", PUBLISHED)
FIELDS = (
    ask(publication_preview, DOOR),
    query(statements_due, DOOR),
    query(board, DOOR, PAGES.connection),
    mutation(publish_statement, DOOR, PublishResult, replay=PUBLISHED),
    act(withdraw_publication, DOOR, "WithdrawResult", replay=WITHDRAWN),
)
