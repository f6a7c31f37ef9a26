"""Checks in the API: items, marks, how they came out, and how failed sheets are mended."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain import CHECKS
from domain.records.checks import Check, Mending, MendTurn
from domain.shapes.checks import Mark, Marked
from domain.vocabulary import Label
from resolvers.ground.batches import batched
from resolvers.records import checks, mending
from resolvers.records.mending import Mended
from schema.ground.acts import act, input_of, within
from schema.ground.connections import page_size
from schema.ground.fields import Info, is_after_write, query
from schema.ground.ids import Id, global_id
from schema.ground.mirrors import enum_of, enum_of_objects
from schema.ground.rows import Words, told
from schema.rules.clauses import Clause

DOOR = "checks"
BY_NAME = {each.name: each for each in CHECKS}
CheckKind: Any = enum_of_objects("CheckKind", CHECKS, "What is looked at and marked.")
ItemKind: Any = enum_of(Marked, "CheckItemKind")


@strawberry.type
class CheckItem:
    """What the office looks at: a row of its own."""

    item: Annotated[str, "Its code, to mark it by; empty: the whole sheet."]
    label: Annotated[str, "What is looked at."]
    kind: Annotated[ItemKind | None, "How it is marked."]
    points: Annotated[Decimal | None, "The most; null where it is left open."]
    pass_mark: Annotated[Decimal | None, "Below it the sheet fails."]
    weight: Annotated[Decimal | None, "How much a point counts; null: one."]
    clause: Annotated[Clause, "The clause that speaks of it."]


@strawberry.type
class CheckPlace:
    """How a unit or person came out in a period."""

    place: Annotated[int, "By the mean, the best first; equals share it."]
    subject: Annotated[strawberry.ID, "The unit or the person."]
    name: Annotated[str, "What it is called."]
    score: Annotated[Decimal, "The mean of its sheets."]
    sheets: Annotated[int, "How many stand."]
    failed: Annotated[int, "Of these, how many failed."]


Which = Annotated[CheckKind, "Which check."]


async def check_items(info: Info, check: Which) -> list[CheckItem]:
    """What the office looks at in a check, with its clauses."""
    context = info.context
    living = await context.rulebook()
    words = Words(living, context.language)
    return [
        told(CheckItem, each, words, kind=each.marked, pass_mark=each.passes)
        for each in checks.items_of(living, check.value)
    ]


async def check_ranking(info: Info, check: Which, from_: date, to: date) -> list[CheckPlace]:
    """How those that were checked between two days came out, the best first."""
    of = BY_NAME[check.value]
    return [_place(of, each) for each in await checks.ranking(info.context, of, from_, to)]


def subject_of(check: Check, key: object) -> strawberry.ID:
    return global_id("Unit" if check.book.of_unit else "Person", key)


def _place(check: Check, place: Mapping[str, Any]) -> CheckPlace:
    subject = subject_of(check, place["subject"])
    return told(CheckPlace, place, subject=subject, score=Decimal(place["score"]))


@strawberry.input
class MarkInput:
    """How an item was found to be: in points where it is scored, kept or not where it is ticked."""

    item: Annotated[str, "Its code, as `checkItems` lists it."]
    points: Annotated[Decimal | None, "Of a scored item."] = None
    kept: Annotated[bool | None, "Of a ticked item."] = None

    def read(self) -> Mark:
        return Mark(self.item, self.points, self.kept)


@strawberry.type
class SheetMark:
    """What an item of a sheet was found to be."""

    item: Annotated[str, "Its code."]
    label: Annotated[str, "What was looked at."]
    points: Annotated[Decimal, "What it was worth, before its weight."]
    kept: Annotated[bool | None, "Whether it was kept; null where scored."]
    clause: Annotated[Clause, "The clause that speaks of it."]


async def sheet_marks(root: strawberry.Parent[Any], info: Info) -> list[SheetMark]:
    context = info.context
    rows = await batched(context, checks.marks_of, root.id, after_write=is_after_write(info))
    words = Words(await context.rulebook(), context.language)
    return [told(SheetMark, {**row, "label": Label(**row["label"])}, words) for row in rows or ()]


def marks_field() -> Any:
    return strawberry.field(
        resolver=sheet_marks, description="Its marks; none on a line that strikes one out."
    )


WORDS = {each.book.reference.word: each for each in CHECKS}
MendingState: Any = enum_of(Mending, "MendingState")
MendingTurn: Any = enum_of(MendTurn, "MendingTurn")


@strawberry.type
class MendingStep:
    """One thing that was done about a failed sheet."""

    turn: Annotated[MendingTurn, "What was done."]
    by: Annotated[str, "Who did it."]
    text: Annotated[str, "What was said."]
    at: Annotated[datetime, "When."]


@strawberry.type
class Rectification:
    """整改: what a failed sheet has to be mended by, and what was done about it."""

    sheet_id: Annotated[strawberry.ID, "The sheet that failed."]
    subject: Annotated[strawberry.ID, "The unit or person that mends."]
    checked_on: Annotated[date, "The day of the sheet."]
    due_at: Annotated[datetime, "Until when."]
    state: Annotated[MendingState, "Where it stands."]
    steps: Annotated[list[MendingStep], "What was done."]
    clause: Annotated[Clause, "The clause that gives the time."]


State = Annotated[MendingState | None, "In this state alone; all when absent."]


async def rectifications(
    info: Info, check: Which, state: State = None, first: int | None = 50
) -> list[Rectification]:
    """What failed sheets have to be mended by, of those the viewer may see; the latest first."""
    of, size = BY_NAME[check.value], page_size(first)
    found = await mending.mendings(info.context, of, state, size)
    return [await _shown(info, each) for each in found]


Sheet = Annotated[tuple[str, UUID], Id(*WORDS), "The sheet that failed."]


async def mend_what_failed(
    info: Info, sheet_id: Sheet, text: Annotated[str, "What was done."]
) -> None:
    """Say that what a sheet found is mended; it is looked at again."""
    await mending.mend(info.context, WORDS[sheet_id[0]], sheet_id[1], text)


async def recheck(
    info: Info,
    sheet_id: Sheet,
    passed: Annotated[bool, "Whether it is good now."],
    text: Annotated[str, "What still fails; needed if it does."] = "",
) -> None:
    """Look again at what was mended; what still fails is to be mended by another day."""
    check, line = WORDS[sheet_id[0]], sheet_id[1]
    await mending.recheck(info.context, check, line, text, good=passed)


async def mended(info: Info, answer: Any) -> Rectification:
    check, line = BY_NAME[answer["register"]], UUID(answer["line"])
    return await _shown(info, await mending.one(info.context, check, line))


async def _shown(info: Info, each: Mended) -> Rectification:
    living, book = await info.context.rulebook(), each.check.book
    return told(
        Rectification,
        {**each.clock, "state": each.state, "steps": each.turns},
        Words(living),
        sheet_id=global_id(book.reference.word, each.sheet["id"]),
        subject=subject_of(each.check, each.sheet[each.check.of]),
        checked_on=each.sheet[book.day],
    )


KEPT = within(mended, "RectificationKept", "As it stands now.", rectification="The rectification.")
ACT: Any = {"permission": DOOR, "result": "RectificationResult", "replay": KEPT}


FIELDS = (
    query(check_items, DOOR),
    query(check_ranking, DOOR),
    query(rectifications, DOOR),
    act(mend_what_failed, given=input_of(mend_what_failed, "MendInput"), **ACT),
    act(recheck, **ACT),
)
