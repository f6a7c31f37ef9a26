"""The versions of an office's rulebook in the API: what adopted them, and how they differ."""

from datetime import date, datetime
from typing import Annotated

import strawberry

from domain.messages import say
from policies.drafting import Difference, differences, titles
from policies.files import Fields
from resolvers.rules import drafts, versions
from resolvers.rules.line_words import speech_of
from schema.ground.fields import Info, query
from schema.ground.papers import Attachment
from schema.ground.rows import told
from schema.ground.scalars import JSON

MOST_LINES_SHOWN = 2_000


@strawberry.type
class SaidOfLine:
    """What a column of a line says, in words."""

    label: Annotated[str, "What the column is called."]
    text: Annotated[str, "What it says."]


async def said_of(info: Info, file: str, fields: Fields) -> list[SaidOfLine]:
    """A line in words, by what the office calls things today."""
    language, living = info.context.language, await info.context.rulebook()
    told = living.once("speech", "", lambda: speech_of(living.rulebook)).line(file, fields)
    return [SaidOfLine(label=say(language, one), text=say(language, text)) for one, text in told]


@strawberry.type
class RulebookDifference:
    """A line that only one of two rulebooks has."""

    file: Annotated[str, "leave, clauses, clocks … as a folder names it."]
    added: Annotated[bool, "Whether it comes; else it goes."]
    line: Annotated[JSON, "What it says, by column."]
    fields: strawberry.Private[Fields]

    @strawberry.field(description="The same in words.")  # type: ignore[untyped-decorator]
    async def said(self, info: Info) -> list[SaidOfLine]:
        return await said_of(info, self.file, self.fields)

    @classmethod
    def of(cls, each: Difference) -> "RulebookDifference":
        line = JSON(each.line)
        return cls(file=each.file, added=each.added, line=line, fields=each.fields)


@strawberry.type
class AdoptingDocument:
    """What adopted a version that was drafted by the office."""

    issuing_body: Annotated[str, "Who adopted it."]
    number: Annotated[str, "The document's number."]
    day: Annotated[date, "When it was adopted."]
    reason: Annotated[str, "Why the rules were changed."]
    agreed_by: Annotated[str, "The second person."]
    file: Annotated[Attachment | None, "The document itself."] = None


@strawberry.type
class RulebookVersionFile:
    """A file of a version, as its folder would have it."""

    name: Annotated[str, "leave.csv, clauses.csv …"]
    text: Annotated[str, "Its lines; `changeDraft` takes them."]

    @strawberry.field(description="What it is called.")  # type: ignore[untyped-decorator]
    def label(self, info: Info) -> str:
        return say(info.context.language, titles()[self.name.removesuffix(".csv")])


@strawberry.type
class RulebookVersion:
    """A version of the office's rulebook."""

    number: Annotated[int, "Requests are pinned to it."]
    effective_from: Annotated[date | None, "Null: it has always been."]
    recorded_at: Annotated[datetime, "When it was recorded."]
    digest: Annotated[str, "The SHA-256 of its lines, in hexadecimal."]
    document: Annotated[
        AdoptingDocument | None,
        "What adopted it; null where it came with the product or from a template.",
    ]

    @strawberry.field(description="All its lines, by file.")  # type: ignore[untyped-decorator]
    async def files(self, info: Info) -> list[RulebookVersionFile]:
        texts = await versions.texts(info.context, self.number)
        return [RulebookVersionFile(name=name, text=text) for name, text in texts]


Earlier = Annotated[int, "The number of one version."]
Later = Annotated[int, "Of the other, whose lines are added."]


async def rulebook(info: Info, on: date | None = None) -> RulebookVersion | None:
    """The version of the office's rulebook that is in force on a day; none where it has none."""
    number = (await info.context.rulebook(on=on)).version
    return next((each for each in await rulebook_versions(info) if each.number == number), None)


async def rulebook_versions(info: Info) -> list[RulebookVersion]:
    """The versions of the office's rulebook, the newest first."""
    every = await versions.every(info.context)
    return [told(RulebookVersion, row, number=row["version"]) for row in every]


async def rulebook_diff(info: Info, a: Earlier, b: Later) -> list[RulebookDifference]:
    """The lines by which two versions differ: the first two thousand."""
    before, after = [await drafts.files_in(info.context, each) for each in (a, b)]
    return [*map(RulebookDifference.of, list(differences(before, after))[:MOST_LINES_SHOWN])]


SEES = "rulebooks.history"

FIELDS = (query(rulebook, SEES), query(rulebook_versions, SEES), query(rulebook_diff, SEES))
