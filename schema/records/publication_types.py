"""What is published, in the API: the board's publications, their previews and what is due."""

from datetime import date, datetime
from typing import Annotated, Any

import strawberry

from domain import STATEMENTS
from domain.messages import say
from domain.records.publications import Standing
from domain.shapes.publishing import Reach
from resolvers.records.publication_rows import standing_of
from resolvers.rules.rulebooks import LivingRulebook
from schema.ground.fields import Info
from schema.ground.ids import global_id
from schema.ground.mirrors import enum_of, enum_of_objects
from schema.ground.papers import Attachment
from schema.ground.rows import Words, told
from schema.ground.scalars import JSON
from schema.records.actions import LivingAction, of_object
from schema.rules.clauses import Clause

WORD = "Publication"
StatementKind: Any = enum_of_objects(
    "StatementKind", STATEMENTS, "What is drawn up for a period, or written, and published."
)
PublicationReach: Any = enum_of(Reach, "PublicationReach")
PublicationStanding: Any = enum_of(Standing, "PublicationStanding")


@strawberry.type
class PublishedColumn:
    """A column as it was when it was published."""

    name: Annotated[str, "By which its lines tell it."]
    label: Annotated[str, "What people call it."]
    typed: Annotated[bool, "Whether it shows what people wrote: read it before it is published."]


@strawberry.type
class PublicationPreview:
    """What would be published, to the letter."""

    statement: Annotated[StatementKind, "Which statement."]
    title: Annotated[str, "What it is called on the board."]
    from_: date = strawberry.field(name="from", description="The first day.")
    to: Annotated[date, "The last day."]
    reach: Annotated[PublicationReach, "Who would read it."]
    columns: Annotated[list[PublishedColumn], "Its columns."]
    content: Annotated[JSON, "Its lines: by column, figures as texts."]
    text: Annotated[str, "What is said with it."]
    digest: Annotated[str, "Publish it with this: nothing else is published."]
    clause: Annotated[Clause, "The clause that wants it published."]


@strawberry.type
class Publication:
    """A statement as it was published; a later correction of a line does not change it."""

    id: Annotated[strawberry.ID, "Opaque and global."]
    statement: Annotated[StatementKind, "Which statement."]
    cadence: Annotated[str, "What wants it told: mileage-report …; or empty."]
    title: Annotated[str, "What it is called on the board."]
    from_: date = strawberry.field(name="from", description="The first day.")
    to: Annotated[date, "The last day."]
    columns: Annotated[list[PublishedColumn], "Its columns, as they were."]
    content: Annotated[JSON, "Its lines, as they were then."]
    text: Annotated[str, "What was said with it."]
    papers: Annotated[list[Attachment], "The papers with it."]
    reach: Annotated[PublicationReach, "Who reads it."]
    standing: Annotated[PublicationStanding, "Where it is now."]
    until: Annotated[datetime | None, "When it leaves the board; null: never."]
    digest: Annotated[str, "The digest of the preview that it was."]
    replaces: Annotated[strawberry.ID | None, "The one it took the place of."]
    published_by: Annotated[str, "Who published it."]
    published_at: Annotated[datetime, "When."]
    withdrawn_by: Annotated[str | None, "Who took it off the board."]
    withdrawn_because: Annotated[str | None, "Why."]
    clause: Annotated[Clause, "The clause that wants it published."]
    allowed_actions: list[LivingAction] = of_object(lambda root: str(root.statement.value))


@strawberry.type
class StatementDue:
    """A statement that a clause wants published, of its last period that may be told."""

    statement: Annotated[StatementKind, "Which statement."]
    cadence: Annotated[str, "What wants it: mileage-report …"]
    activity: Annotated[str, "What is published."]
    every: Annotated[str, "month, quarter, half_year, year …"]
    from_: date = strawberry.field(name="from", description="The first day of that period.")
    to: Annotated[date, "Its last day."]
    due: Annotated[date, "By which day it is to be published."]
    published: Annotated[bool, "Whether it was published."]
    clause: Annotated[Clause, "The clause that wants it."]
    allowed_actions: list[LivingAction] = of_object(lambda root: str(root.statement.value))


def title_of(info: Info, living: LivingRulebook, row: Any) -> str:
    label = living.vocabulary.objects[row["statement"]].label
    return row["title"] or say(info.context.language, label)


def columns_of(info: Info, row: Any) -> list[PublishedColumn]:
    language = info.context.language
    return [
        PublishedColumn(name=each["name"], label=each[language[:2]], typed=each["typed"])
        for each in row["heads"]
    ]


def shown(info: Info, living: LivingRulebook, row: Any) -> Publication:
    return told(
        Publication,
        row,
        Words(living, info.context.language),
        title=title_of(info, living, row),
        from_=row["first_day"],
        to=row["last_day"],
        columns=columns_of(info, row),
        content=row["lines"],
        standing=standing_of(row, info.context.now),
        replaces=global_id(WORD, row["replaces"]) if row["replaces"] else None,
        published_by=row["by_name"],
        published_at=row["at"],
        withdrawn_because=row["why"],
    )
