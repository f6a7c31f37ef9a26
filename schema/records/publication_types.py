"""What is published, in the API: the board's publications, their previews and what is due."""

from datetime import date, datetime
from typing import Any

import strawberry

from domain import STATEMENTS
from domain.records.publications import Standing
from domain.shapes.publishing import Reach
from resolvers.records.publication_rows import standing_of
from resolvers.requests.papers import Attachment as Paper
from resolvers.rules.rulebooks import LivingRulebook
from schema.ground.fields import Info
from schema.ground.ids import global_id
from schema.ground.mirrors import enum_of, enum_of_objects
from schema.ground.papers import Attachment
from schema.ground.papers import shown as as_attachment
from schema.ground.rows import Words, told
from schema.ground.scalars import JSON
from schema.records.actions import LivingAction, of_object
from schema.requests.kinds import said
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

    name: str = strawberry.field(description="By which its lines tell it.")
    label: str = strawberry.field(description="What people call it.")
    typed: bool = strawberry.field(
        description="Whether it shows what people wrote: read it before it is published."
    )


@strawberry.type
class PublicationPreview:
    """What would be published, to the letter."""

    statement: StatementKind = strawberry.field(description="Which statement.")
    title: str = strawberry.field(description="What it is called on the board.")
    from_: date = strawberry.field(name="from", description="The first day.")
    to: date = strawberry.field(description="The last day.")
    reach: PublicationReach = strawberry.field(description="Who would read it.")
    columns: list[PublishedColumn] = strawberry.field(description="Its columns.")
    content: JSON = strawberry.field(description="Its lines: by column, figures as texts.")
    text: str = strawberry.field(description="What is said with it.")
    digest: str = strawberry.field(description="Publish it with this: nothing else is published.")
    clause: Clause = strawberry.field(description="The clause that wants it published.")


@strawberry.type
class Publication:
    """A statement as it was published; a later correction of a line does not change it."""

    id: strawberry.ID = strawberry.field(description="Opaque and global.")
    statement: StatementKind = strawberry.field(description="Which statement.")
    cadence: str = strawberry.field(description="What wants it told: mileage-report …; or empty.")
    title: str = strawberry.field(description="What it is called on the board.")
    from_: date = strawberry.field(name="from", description="The first day.")
    to: date = strawberry.field(description="The last day.")
    columns: list[PublishedColumn] = strawberry.field(description="Its columns, as they were.")
    content: JSON = strawberry.field(description="Its lines, as they were then.")
    text: str = strawberry.field(description="What was said with it.")
    papers: list[Attachment] = strawberry.field(description="The papers with it.")
    reach: PublicationReach = strawberry.field(description="Who reads it.")
    standing: PublicationStanding = strawberry.field(description="Where it is now.")
    until: datetime | None = strawberry.field(description="When it leaves the board; null: never.")
    digest: str = strawberry.field(description="The digest of the preview that it was.")
    replaces: strawberry.ID | None = strawberry.field(description="The one it took the place of.")
    published_by: str = strawberry.field(description="Who published it.")
    published_at: datetime = strawberry.field(description="When.")
    withdrawn_by: str | None = strawberry.field(description="Who took it off the board.")
    withdrawn_because: str | None = strawberry.field(description="Why.")
    clause: Clause = strawberry.field(description="The clause that wants it published.")
    allowed_actions: list[LivingAction] = of_object(lambda root: str(root.statement.value))


@strawberry.type
class StatementDue:
    """A statement that a clause wants published, of its last period that may be told."""

    statement: StatementKind = strawberry.field(description="Which statement.")
    cadence: str = strawberry.field(description="What wants it: mileage-report …")
    activity: str = strawberry.field(description="What is published.")
    every: str = strawberry.field(description="month, quarter, half_year, year …")
    from_: date = strawberry.field(name="from", description="The first day of that period.")
    to: date = strawberry.field(description="Its last day.")
    due: date = strawberry.field(description="By which day it is to be published.")
    published: bool = strawberry.field(description="Whether it was published.")
    clause: Clause = strawberry.field(description="The clause that wants it.")
    allowed_actions: list[LivingAction] = of_object(lambda root: str(root.statement.value))


def title_of(info: Info, living: LivingRulebook, row: Any) -> str:
    label = living.vocabulary.objects[row["statement"]].label
    return row["title"] or said(label, info.context.language)


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
        papers=[as_attachment(Paper(**each)) for each in row["papers"]],
        standing=standing_of(row, info.context.now),
        replaces=global_id(WORD, row["replaces"]) if row["replaces"] else None,
        published_by=row["by_name"],
        published_at=row["at"],
        withdrawn_because=row["why"],
    )
