"""The files of a draft line by line in the API: their columns, and what each of them may say."""

from asyncio import ensure_future
from typing import Annotated

import strawberry

from domain.messages import say
from policies.drafting import by_column, titles
from policies.files import FILES, columns_of, offered
from policies.vocabulary import areas
from resolvers.rules import drafts
from resolvers.rules.line_words import Speech, column_said, speech_of
from schema.ground.fields import Info
from schema.ground.scalars import JSON
from schema.rules.shape_rows import Measure, measure

MOST_WORDS = 2_000


@strawberry.type
class RulebookWord:
    """What a column may say."""

    code: Annotated[str, "As the line has it; empty where nothing is said."]
    label: Annotated[str, "What people call it."]


@strawberry.type
class RulebookColumn:
    """A column of a file, as the rules for its lines read it."""

    name: Annotated[str, "Its name in lines."]
    label: Annotated[str, "What people call it."]
    needed: Annotated[bool, "Whether it may not be empty."]
    several: Annotated[bool, "Whether words stand beside others in a field."]
    condition: Annotated[bool, "Whether it is a `when` on the measures."]
    example: Annotated[str, "How it is written; empty where it is free."]
    words: Annotated[list[RulebookWord], "The words of which it is one; none where it is free."]


@strawberry.type
class RulebookLine:
    """A line of a draft."""

    line: Annotated[JSON, "What it says, by column: `changeDraft` takes it."]
    said: Annotated[list[str], "The same in words, column by column."]


@strawberry.type
class RulebookSheet:
    """A file that a draft has, or may come to have."""

    file: Annotated[str, "leave, clauses, clocks … as a folder names it."]
    label: Annotated[str, "What it is called."]
    count: Annotated[int, "How many lines it has."]
    draft: strawberry.Private[drafts.Draft]

    @strawberry.field(description="Its lines, in their order.")  # type: ignore[untyped-decorator]
    async def lines(self, info: Info) -> list[RulebookLine]:
        speech, language = await _speech(info, self.draft), info.context.language
        return [
            RulebookLine(
                line=JSON(by_column(self.file, fields)),
                said=[say(language, text) for _, text in speech.line(self.file, fields)],
            )
            for fields in self.draft.files.get(self.file, ())
        ]

    @strawberry.field(description="Its columns, in their order.")  # type: ignore[untyped-decorator]
    async def columns(self, info: Info) -> list[RulebookColumn]:
        speech, language = await _speech(info, self.draft), info.context.language
        return [
            RulebookColumn(
                name=name,
                label=say(language, column_said(name)),
                needed=of.needed,
                several=of.several,
                condition=of.condition,
                example=of.expected,
                words=[
                    RulebookWord(code=str(word), label=say(language, speech.label(word, name)))
                    for word in list(of.words)[:MOST_WORDS]
                ],
            )
            for name in columns_of(self.file)
            for of in [offered(self.file, name, speech.words)]
        ]

    @strawberry.field(description="What its conditions may look at.")  # type: ignore[untyped-decorator]
    async def measures(self, info: Info) -> list[Measure]:
        facts = (await _speech(info, self.draft)).book.shapes.measures
        return [measure(fact, info.context.language) for fact in facts.values()]


async def _speech(info: Info, draft: drafts.Draft) -> Speech:
    """The draft's own words; the fields of an answer, which ask at once, have it loaded once."""
    kept = info.context.loaders
    key = "draft lines", draft.id
    if key not in kept:
        kept[key] = ensure_future(drafts.books(info.context.services, draft))
    _, book = await kept[key]
    return speech_of(book)


def sheets_of(draft: drafts.Draft, file: str | None, language: str) -> list[RulebookSheet]:
    """Every file that it may have, or one of them; none where there is no such file."""
    return [
        RulebookSheet(
            file=name,
            label=say(language, titles()[name]),
            count=len(draft.files.get(name, ())),
            draft=draft,
        )
        for name in (*areas(), *FILES)
        if file in (None, name)
    ]
