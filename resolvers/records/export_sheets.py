"""Lists as files: what a cell shows of a value, what ids are called, what sheets become."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from domain import CASE_KINDS, REGISTERS, THINGS
from domain.approval.description import ANSWERS
from domain.messages import say
from domain.records.exports import Column
from domain.records.lines import NUMBER
from domain.records.statements import Times
from domain.time.moments import Moment, office_local
from domain.time.wording import UNITS, half_day
from domain.vocabulary import Label, Vocabulary, words_of
from resolvers.ground.context import Context
from resolvers.ground.derived import derived
from resolvers.ground.sheets import Cell, Written, as_csv, as_workbook

MEDIA_TYPES: Mapping[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class Said:
    """In which words cells are told; `names` are those of what ids refer to."""

    language: str
    words: Vocabulary
    names: Mapping[UUID, str]


def cell(value: Any, column: Column, said: Said) -> Cell:
    """What a column shows of a value: what people call it, or the number or day itself."""
    if isinstance(column.type, type) and issubclass(column.type, Enum) and type(value) is str:
        value = next((each for each in column.type if each.value == value), value)
    match value:
        case datetime():
            return office_local(value).replace(tzinfo=None, microsecond=0)
        case UUID():
            return said.names.get(value, "")
        case list() | tuple():
            return "、".join(str(cell(each, column, said)) for each in value)
        case Times(_, label, number):
            return f"{label} {number}"
        case Label() | bool() | Enum() | Moment():
            return say(said.language, _label(value, column, said.words))
        case None | int() | date() | Decimal():
            return value
    return str(value)


def _label(value: Label | bool | Enum | Moment, column: Column, words: Vocabulary) -> Label:
    match value:
        case Label():
            return value
        case bool():
            return ANSWERS[value]
        case Moment():
            return half_day(value)
    return word_of(value, column, words)


def word_of(value: Enum, column: Column, words: Vocabulary) -> Label:
    """What a word of a column means: by the vocabulary, or as the API says it of its type."""
    fact = words.facts.get(column.name)
    if fact and fact.values and value.value in fact.values:
        return fact.values[value.value]
    zh, _, en = getattr(value, "says", "").partition(": ")
    return Label(zh, en.rstrip(".")) if en else Label(value.name, value.name)


def heading(column: Column, language: str) -> str:
    """金额(元): a label with the unit of what stands below it."""
    label, unit = say(language, column.label), UNITS.get(column.unit)
    told = say(language, unit) if unit else ""
    return label if not told or label.endswith(f"({told})") else f"{label}({told})"


@dataclass(frozen=True)
class Made:
    """A file that was just written."""

    name: str
    media_type: str
    content: bytes
    lines: int


def file_of(
    title: str,
    sheets: Written,
    written_as: str,
    at: datetime,
    money: Collection[int] = (),
    about: Sequence[str] = (),
) -> Made:
    """Sheets as a file that lies ready; as CSV there is only one."""
    is_csv, lines = written_as == "csv", sum(len(each) - 1 for each in sheets.values())
    one, also = next(iter(sheets.values())), (money, about)
    content = as_csv(one, *also) if is_csv else as_workbook(sheets, *also)
    name = f"{title}-{at:%Y%m%d-%H%M%S}.{written_as}"
    return Made(name, MEDIA_TYPES[written_as], content, lines)


CALLED: Mapping[str, tuple[str, str]] = {
    **{each.reference.word: (each.lines, each.on_day) for each in REGISTERS},
    **{each.reference.word: (each.lines, f"t.{NUMBER}") for each in REGISTERS if each.numbered},
    **{each.reference.word: (each.cards, f"t.{each.named_by}") for each in THINGS},
    **{words_of(each.code): (each.table.name, "t.number") for each in CASE_KINDS},
    "Person": ("people", "t.name"),
    "Unit": ("units", "t.name"),
    "Request": ("requests", "t.number"),
}
"""By word: the table, and the SQL of what people call a row of it."""


@derived
def _naming(word: str) -> str:
    table, called = CALLED[word]
    return f"""select t.id, cast({called} as text) as called from {table} t
        where t.institution_id = :institution and t.id = any(cast(:ids as uuid[]))"""


async def name_all(
    context: Context,
    columns: Iterable[Column],
    rows: Iterable[Mapping[str, Any] | None],
    known: dict[UUID, str],
) -> None:
    """Add what these rows refer to and is not `known` yet."""
    wanted: dict[str, set[UUID]] = defaultdict(set)
    referring = [each for each in columns if each.refers in CALLED]
    for row in rows:
        for each in referring:
            key = row.get(each.name) if row else None
            if isinstance(key, UUID) and key not in known:
                wanted[each.refers].add(key)
    for word, ids in wanted.items():
        found = await context.rows(_naming(word), ids=sorted(ids))
        known |= {row["id"]: row["called"] for row in found}
