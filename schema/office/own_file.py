"""One's own file in the API: what is held on the viewer, who looked, and asking for correction."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Annotated, Any
from uuid import UUID

import orjson
import strawberry

from domain import REGISTERS
from domain.errors import Refused, at_fault
from domain.messages import say
from domain.office.personal_data import ASKED, CORRECTED, REFUSED
from domain.vocabulary import Label
from policies import personal, vocabulary
from policies.personal import Told
from resolvers.office import corrections, own_file
from resolvers.office.own_file import Row
from resolvers.requests.words import camel
from schema.ground.acts import Reason, acts, replayed
from schema.ground.connections import Cursors, page_size
from schema.ground.edges import pages
from schema.ground.fields import Info, query
from schema.ground.ids import Id, global_id, read_id
from schema.ground.mirrors import enum_from
from schema.ground.rows import told
from schema.ground.scalars import JSON

LINE, CORRECTION = "HeldLine", "Correction"
WORDS = {each.table.name: each.reference.word for each in REGISTERS} | {"requests": "Request"}
PersonalClass: Any = enum_from(
    "PersonalClass",
    {name.upper(): (name, f"{told.zh} {told.en}.") for name, told in personal.CLASSES.items()},
    "Of which class a column is; all but NONE and ORDINARY are sensitive.",
)
CorrectionState: Any = enum_from(
    "CorrectionState",
    {
        "ASKED": (ASKED, "待答复: it waits for the keeper."),
        "CORRECTED": (CORRECTED, "已更正: it was corrected."),
        "REFUSED": (REFUSED, "不予更正: the keeper says why it is not."),
    },
    "What became of a correction that was asked for.",
)


@strawberry.type
class HeldColumn:
    """A column of a line that is held on the viewer, and by which law."""

    name: Annotated[str, "What it is called; `askCorrection` takes it."]
    purpose: Annotated[str, "What it is held for."]
    kind: PersonalClass = strawberry.field(name="class", description="Of which class it is.")
    clause: Annotated[str | None, "The law by which it is held."]
    keeper: Annotated[str | None, "Who keeps it."]
    period: Annotated[str | None, "For how long, counted from the end of the matter."]
    leads_here: Annotated[bool, "Whether it is what names the viewer."]
    value: Annotated[
        JSON | None, "What stands there; null where it may tell of others, or is sealed."
    ]


@strawberry.type
class HeldLook:
    """That somebody else looked at a line, as the ledger has it."""

    what: Annotated[str, "secret_read, file_opened, printed or receipt_exported."]
    at: Annotated[datetime, "When."]
    by: Annotated[str | None, "Who; null where its texts are destroyed."]


@strawberry.type
class HeldLine:
    """A line that is held on the viewer."""

    id: Annotated[strawberry.ID, "Opaque; `askCorrection` takes it."]
    of: Annotated[str, "The table that it stands in."]
    title: Annotated[str, "What that is."]
    number: Annotated[str | None, "Its number, if it has one."]
    at: Annotated[datetime | None, "When it was written, if it says so."]
    record: Annotated[
        strawberry.ID | None, "The record itself: `node` shows of it what the viewer may see."
    ]
    columns: Annotated[list[HeldColumn], "What is held in it, column by column."]
    looked: Annotated[list[HeldLook], "Who looked at it, the latest first."]


@strawberry.type
class Correction:
    """What somebody asks to have corrected of what is held on them, and the keeper's answer."""

    id: Annotated[strawberry.ID, "Opaque; `answerCorrection` takes it."]
    line_id: Annotated[strawberry.ID, "The line that it is about."]
    of: Annotated[str, "The table that the line stands in."]
    column: Annotated[str, "The column that is wrong."]
    says: Annotated[str, "What is wrong, and what it should be."]
    asked_by: Annotated[str, "Who asks."]
    asked_at: Annotated[datetime, "When."]
    mine: Annotated[bool, "Whether the viewer asked."]
    keepers: Annotated[list[str], "The roles that answer."]
    state: Annotated[CorrectionState, "What became of it."]
    answered_by: Annotated[str | None, "Who answered."]
    answered_at: Annotated[datetime | None, "When."]
    reason: Annotated[str | None, "What the keeper says."]
    correcting_line: Annotated[strawberry.ID | None, "The line of the register that corrects it."]


PAGES = pages(
    LINE,
    HeldLine,
    Cursors(LINE, (str, str)),
    ("A line in a page.", "The line.", "A page of what is held on the viewer."),
)


async def my_file(
    info: Info,
    of: Annotated[str | None, "Of this table alone, as `of` of a line says."] = None,
    first: int | None = 50,
    after: str | None = None,
) -> Any:
    """Everything that is held on the viewer: by which clause, what for, how long, who looked."""
    page = PAGES.page(first, after)
    found = await own_file.held(info.context, of, page)
    return await PAGES.told(info, page, found, _shower(info))


def _shower(info: Info) -> Any:
    said = partial(say, info.context.language)

    def column(row: Row, told: Told) -> HeldColumn:
        held = told.held
        return HeldColumn(
            name=camel(told.name),
            purpose=said(held.purpose),
            kind=PersonalClass(held.kind),
            clause=held.clause or None,
            keeper=said(keeper) if (keeper := personal.keeping(held.keeper)) else None,
            period=said(period) if (period := personal.lasting(held.period)) else None,
            leads_here=told.name in row.led_by,
            value=row.values.get(told.name),
        )

    def line(row: Row) -> HeldLine:
        return HeldLine(
            id=_line_id(row.of.name, row.key),
            of=row.of.name,
            title=said(_title(row)),
            number=row.ids.get("number"),
            at=row.at,
            record=_record(row),
            columns=[column(row, each) for each in row.of.columns if _tells(row, each)],
            looked=[HeldLook(what=each.event, at=each.at, by=each.name) for each in row.looks],
        )

    return line


def _tells(row: Row, told: Told) -> bool:
    """A column that names another person than the viewer is no line on the viewer."""
    return told.name not in row.of.people or told.name in row.led_by


def _title(row: Row) -> Label:
    named = vocabulary.shipped().objects.get(row.of.named)
    led = next((e for e in row.of.columns if e.name in row.led_by), row.of.columns[0])
    return named.label if named else led.held.purpose


def _record(row: Row) -> strawberry.ID | None:
    if word := WORDS.get(row.of.name):
        return global_id(word, row.ids["id"])
    asked = row.ids.get("request_id")
    return global_id("Request", asked) if asked else None


def _line_id(table: str, key: str) -> strawberry.ID:
    return global_id(LINE, f"{table}:{key}")


def _read_line(given: str) -> tuple[str, str]:
    try:
        of, told = read_id(given)
        table, _, key = told.partition(":")
        if of == LINE and isinstance(orjson.loads(key), list):
            return table, key
    except (Refused, ValueError):
        pass
    raise at_fault("INVALID_ID", "input", "lineId")


async def list_corrections(
    info: Info,
    state: Annotated[CorrectionState | None, "In this state alone."] = None,
    first: int | None = 50,
) -> list[Correction]:
    """What the viewer asked to have corrected, and what waits for them as its keeper."""
    value = state.value if state else None
    found = await corrections.listed(info.context, value, page_size(first))
    return [_correction(info, row) for row in found]


async def ask_correction(
    info: Info,
    line_id: Annotated[strawberry.ID, "A line of `myFile`."],
    column: Annotated[str, "The column that is wrong."],
    says: Annotated[str, "What is wrong, and what it should be."],
) -> None:
    """Ask for the correction of what is held on oneself; its keeper is told, and answers."""
    await corrections.ask(info.context, *_read_line(line_id), column, says)


async def answer_correction(
    info: Info,
    correction_id: Annotated[UUID, Id(CORRECTION), "Which."],
    corrected: Annotated[bool, "Whether it was corrected; a line is, by another line."],
    reason: Reason = "",
) -> None:
    """Answer what somebody asked to have corrected: it was, or why it is not. They are told."""
    await corrections.answer(info.context, correction_id, corrected=corrected, reason=reason)


async def _one(info: Info, key: UUID) -> Correction:
    [row] = await corrections.listed(info.context, None, 1, only=key)
    return _correction(info, row)


def _correction(info: Info, row: Mapping[str, Any]) -> Correction:
    roles, language = info.context.services.vocabulary.roles, info.context.language
    return told(
        Correction,
        row,
        id=global_id(CORRECTION, row["id"]),
        line_id=_line_id(row["held"], row["row_key"]),
        of=row["held"],
        column=camel(row["held_column"]),
        asked_by=row["name"],
        asked_at=row["at"],
        mine=row["person_id"] == info.context.viewer.person.id,
        keepers=[say(language, roles[each].label) for each in row["roles"] if each in roles],
        reason=row["reason"] or None,
        correcting_line=global_id(WORDS[row["held"]], row["line_id"]) if row["line_id"] else None,
    )


ACTS: Any = {"permission": "personal.file", "replay": replayed(_one, "correction")}
FIELDS = (
    query(my_file, "personal.file", PAGES.connection),
    query(list_corrections, "personal.file", name="corrections"),
    *acts(ask_correction, answer_correction, **ACTS),
)
