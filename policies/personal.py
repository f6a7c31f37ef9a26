"""What is held on people, column by column: of which class, what for, by which law, how long.

The rows of `personal.csv` name columns as `table.column` or `kind.field`, `*` for any, and
`*>people.*` for what refers to a person; the first row that fits a column tells of it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache

from sqlalchemy import Boolean, CheckConstraint, Column, DateTime, Integer, Numeric, Table

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
    for row in rows():
        for each in row.columns:
            if not any(fnmatchcase(column, each) for column, _ in every):
                yield f"personal.csv: {each} names no column."
        known = row.kind == "none" or (row.clause and keeping(row.keeper) and lasting(row.period))
        if row.kind not in CLASSES or not row.purpose.zh or not row.purpose.en or not known:
            yield f"personal.csv: the row of {row.columns[0]} is not whole."


def _personal(column: str) -> bool:
    return ">people" in column or column.rpartition(".")[2] in PERSONAL
