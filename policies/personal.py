"""What is held on people, column by column: of which class, what for, by which law, how long.

The rows of `personal.csv` name columns as `table.column` or `kind.field`, `*` for any, and
`*>people.*` for what refers to a person; the first row that fits a column tells of it. A column
refers to a person where its ids are told of as personal; whom a case is about neither sees it nor
learns of it, so that column leads to nobody.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache, cached_property

from sqlalchemy import (
    ARRAY,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Integer,
    LargeBinary,
    Numeric,
    Table,
    Text,
    Uuid,
)

from domain import CASE_KINDS, REGISTERS, THINGS
from domain.records.retention import LASTING
from domain.tables import PERSONAL, metadata
from domain.vocabulary import Label
from policies import vocabulary

CLASSES: Mapping[str, Label] = {
    "none": Label("非个人信息", "Not personal"),
    "ordinary": Label("一般", "Ordinary"),
    "health": Label("敏感：健康", "Sensitive: health"),
    "accounts": Label("敏感：账户", "Sensitive: accounts"),
    "whereabouts": Label("敏感：行踪", "Sensitive: whereabouts"),
    "under_14": Label("敏感：不满十四周岁", "Sensitive: under 14"),
    "identity": Label("敏感：特定身份", "Sensitive: identity"),
}
KEEPERS: Mapping[str, Label] = {
    "rows": Label("规则行所定的登记、经办人", "Whoever keeps or takes it by the rows"),
    "deciders": Label("本人和经办席位", "The person and the seats that decide"),
    "server": Label("系统", "The server"),
}
"""Who keeps a column where it is no role of roles.csv."""

PERIODS: Mapping[str, Label] = {
    "employment": Label("任职期间", "while employed"),
    "use": Label("使用期间", "while in use"),
    "permanent": Label("永久", "for good"),
}
UNITS = {"Y": ("年", "years"), "M": ("个月", "months"), "D": ("天", "days")}
ONE_OF = re.compile(r"(\w+) in \('")
SELF_EVIDENT = (Boolean, DateTime, Integer, Numeric)
"""Kinds of columns that tell nothing of anybody by themselves; a row may still name one."""


@dataclass(frozen=True)
class Held:
    """One row: the columns that it names, and what is said of each of them."""

    columns: tuple[str, ...]
    kind: str
    clause: str
    keeper: str
    period: str
    purpose: Label

    def names(self, column: str) -> bool:
        return any(fnmatchcase(column, each) for each in self.columns)


@cache
def rows() -> tuple[Held, ...]:
    header = ("columns", "class", "clause", "keeper", "period", "zh", "en")
    lines = vocabulary.of_table(vocabulary.SHIPPED / "personal.csv", header)
    return tuple(
        Held(tuple(of.split()), kind, clause, keeper, period, Label(zh, en))
        for of, kind, clause, keeper, period, zh, en in lines
    )


def told(column: str) -> Held | None:
    """The row that tells of a column: the first that names it."""
    return next((row for row in rows() if row.names(column)), None)


def lasting(period: str) -> Label | None:
    """P10Y is 10 years; None where nothing is said so."""
    if found := LASTING.fullmatch(period):
        zh, en = UNITS[found[2]]
        return Label(f"{found[1]} {zh}", f"{found[1]} {en}")
    return PERIODS.get(period)


def keeping(keeper: str) -> Label | None:
    role = vocabulary.shipped().roles.get(keeper)
    return role.label if role else KEEPERS.get(keeper)


def columns() -> Iterator[tuple[str, bool]]:
    """Every column of every table beside the institution, and whether a row has to tell of it."""
    for table in metadata.sorted_tables:
        for name, _, must in columns_of(table):
            yield name, must


def columns_of(table: Table) -> Iterator[tuple[str, str, bool]]:
    """The columns of a table as rows name them, as it does, and whether a row has to tell of it."""
    checks = (each for each in table.constraints if isinstance(each, CheckConstraint))
    worded = {found[1] for each in checks if (found := ONE_OF.match(str(each.sqltext)))}
    for column in table.columns.values()[1:]:
        to = {key.column.table.name for key in column.foreign_keys}
        of = ">people" if "people" in to else ""
        yield f"{table.name}{of}.{column.name}", column.name, _must(column, to, worded)


def _must(column: Column[object], to: set[str], worded: set[str]) -> bool:
    if column.name in PERSONAL or "people" in to:
        return True
    plain = isinstance(column.type, SELF_EVIDENT) or column.name in worded
    return not (plain or to or column.name == "id")


def complaints(forms: Iterable[tuple[str, bool]]) -> Iterator[str]:
    """What no row tells of among columns and fields, and rows that tell of nothing or wrongly."""
    every = [*columns(), *forms]
    for column, must in every:
        row = told(column)
        if must and row is None:
            yield f"personal.csv: no row names {column}."
        elif row and row.kind == "none" and _personal(column):
            yield f"personal.csv: {column} is personal."
    twice = Counter(each for row in rows() for each in row.columns)
    yield from (f"personal.csv: {each} is named twice." for each in twice if twice[each] > 1)
    for row in rows():
        for each in row.columns:
            if not any(fnmatchcase(column, each) for column, _ in every):
                yield f"personal.csv: {each} names no column."
        known = row.kind == "none" or (row.clause and keeping(row.keeper) and lasting(row.period))
        if row.kind not in CLASSES or not row.purpose.zh or not row.purpose.en or not known:
            yield f"personal.csv: the row of {row.columns[0]} is not whole."


def _personal(column: str) -> bool:
    return ">people" in column or column.rpartition(".")[2] in PERSONAL


PROOF = {"ledger", "ledger_heads", "ledger_values", "ledger_looks"}
"""The ledger proves and does not keep; what it tells of a record stands in its history."""

ACCOUNT, CONCERNS = "account", "concerns_id"
SUBJECT = ("person_id", "id", ACCOUNT)
SIGNING = ("by_id", "author_id", "owner_id")
MOMENTS = ("recorded_at", "created_at", "begun_at", "opened_at", "at", "since", "confirmed_at")
TEXTS = "机关文件材料归档范围和文书档案保管期限规定/第六条"
"""The clause of what people write: it may tell of others."""

HIDDEN = {(each.table.name, each.about.person) for each in CASE_KINDS if each.about}
NONE, SERVER = "none", "server"
OBJECTS = {
    **{each.table.name: each.name for each in REGISTERS},
    **{each.table.name: each.code for each in CASE_KINDS},
    **{each.cards: each.name for each in THINGS},
}
"""The object whose lines say who keeps a table."""


@dataclass(frozen=True)
class Told:
    """A personal column, and what `csv` says of it."""

    name: str
    held: Held
    shown: bool


@dataclass(frozen=True, eq=False)
class PersonalTable:
    """A table with rows held on people: the columns that refer to one, and the personal ones.

    `own` is whether a row tells of nobody else, so that what it holds is shown to whom it is about.
    """

    table: Table
    people: tuple[str, ...]
    columns: tuple[Told, ...]

    @property
    def name(self) -> str:
        return self.table.name

    @property
    def named(self) -> str:
        return OBJECTS.get(self.name, "")

    @cached_property
    def own(self) -> bool:
        return len(self.people) == 1 and self.people[0] in SUBJECT

    @cached_property
    def about(self) -> tuple[str, ...]:
        """Of whom it tells, beside who only wrote, signed or decided it."""
        return tuple(
            e for e in self.people if not e.endswith(("_by", "_by_id")) and e not in SIGNING
        )

    @cached_property
    def key(self) -> tuple[Column[object], ...]:
        first, *rest = self.table.primary_key
        return tuple(rest) or (first,)

    @cached_property
    def moment(self) -> str:
        return next((each for each in MOMENTS if each in self.table.columns), "")


@cache
def personal_tables() -> dict[str, PersonalTable]:
    """Every table with rows that are held on people, by name."""
    found = (_of(table) for table in metadata.sorted_tables if table.name not in PROOF)
    return {each.name: each for each in sorted(found, key=lambda it: it.name) if each.people}


def _of(table: Table) -> PersonalTable:
    told = {name: held for name, held in _told(table) if _readable(table.columns[name])}
    people = [name for name, held in told.items() if _refers(table.columns[name], held)]
    if len(people) > 1:
        people = [name for name in people if name != ACCOUNT]
    if table.name == "people":
        people = ["id"]
    own = len(people) == 1 and people[0] in SUBJECT
    columns = [
        Told(name, held, name in people or (own and held.keeper != SERVER and held.clause != TEXTS))
        for name, held in told.items()
        if own or held.kind != NONE
    ]
    return PersonalTable(table, tuple(people), tuple(columns))


def _told(table: Table) -> Iterator[tuple[str, Held]]:
    for name, column, _ in columns_of(table):
        if held := told(name):
            yield column, held


def _refers(column: Column[object], held: Held) -> bool:
    """Whether ids of people, or an account of one, stand in it."""
    kind = column.type.item_type if isinstance(column.type, ARRAY) else column.type
    if held.kind == NONE or column.name == CONCERNS or (column.table.name, column.name) in HIDDEN:
        return False
    return isinstance(kind, Uuid) or (column.name == ACCOUNT and isinstance(kind, Text))


def _readable(column: Column[object]) -> bool:
    return not isinstance(column.type, LargeBinary)
