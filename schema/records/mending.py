"""Rectifications in the API: what failed sheets have to be mended by, and what is done about it."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain import CHECKS
from domain.records.checks import Mending, MendTurn
from resolvers.records import mending
from resolvers.records.mending import Mended
from schema.ground.acts import act, input_of
from schema.ground.connections import page_size
from schema.ground.fields import Info, query
from schema.ground.ids import Id, global_id
from schema.ground.mirrors import enum_of
from schema.ground.rows import Words, told
from schema.records.checks import BY_NAME, DOOR, Which, subject_of
from schema.rules.clauses import Clause

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


@strawberry.type
class RectificationKept:
    """As it stands now."""

    rectification: Annotated[Rectification, "The rectification."]


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


async def mended(info: Info, answer: Any) -> RectificationKept:
    check, line = BY_NAME[answer["register"]], UUID(answer["line"])
    found = await mending.one(info.context, check, line)
    return RectificationKept(rectification=await _shown(info, found))


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


ACT: Any = {"permission": DOOR, "replay": mended}
FIELDS = (
    query(rectifications, DOOR),
    act(
        mend_what_failed,
        result="RectificationResult",
        given=input_of(mend_what_failed, "MendInput"),
        **ACT,
    ),
    act(recheck, result="RectificationResult", **ACT),
)
