"""Statements 报表: named columns, counted for a period from what is on record.

A statement is declared by its columns. When one is due, who publishes it, to whom and for how long,
rows say. Its lines stand by name and never by a figure, so that none of them ranks people.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, StrEnum
from functools import partial
from types import MappingProxyType
from typing import Any

from sqlalchemy import Column

from domain.approval.forms import LONGEST_TEXT, Field
from domain.records.registers import Register
from domain.records.sources import By, Lines, Source
from domain.vocabulary import Label, words_of


@dataclass(frozen=True)
class Said:
    """The office's own words of a register, as far as clauses of an area speak of them."""

    area: str

    @property
    def name(self) -> str:
        return f"said_{self.area}"


Where = Mapping[str, bool | str | tuple[str, ...] | Said]
EVERY: Where = MappingProxyType({})


class How(StrEnum):
    """What is made of what is on record."""

    NUMBER = "number"
    TOTAL = "total"
    MEAN = "mean"
    LEFT = "left"
    NAMES = "names"
    RUN = "run"
    WORDS = "words"


@dataclass(frozen=True)
class Times:
    """How often something happened, in the office's own words."""

    word: str
    label: str
    number: int


TYPES: Mapping[How, Any] = {How.NUMBER: int, How.NAMES: list[str], How.WORDS: list[Times]}


@dataclass(frozen=True)
class Part:
    """Columns of a source."""

    source: Source
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Counted:
    """A column that is counted; `where` says of which lines alone."""

    name: str
    label: Label
    how: How
    parts: tuple[Part, ...]
    where: Where = field(hash=False)

    @property
    def type(self) -> Any:
        return TYPES.get(self.how, Decimal)

    @property
    def typed(self) -> bool:
        """Whether it shows what people wrote."""
        return self.how is How.NAMES


@dataclass(frozen=True)
class Shown:
    """A column of the lines themselves, or of what one `through` it is named.

    With `summed` it is the sum of all lines of a group.
    """

    name: str
    label: Label
    of: Field
    through: Column[Any] | None = field(default=None, compare=False)
    summed: bool = False

    @property
    def type(self) -> Any:
        if self.through is not None or issubclass(self.of.type, Enum):
            return str
        plain = date if issubclass(self.of.type, datetime) else self.of.type
        return plain | None if self.of.optional and not self.summed else plain

    @property
    def typed(self) -> bool:
        """Whether it shows what people wrote."""
        at_length = self.of.longest > LONGEST_TEXT
        return self.of.type is str and (at_length or not self.of.served)


def number(name: str, zh: str, en: str, source: Source, where: Where = EVERY) -> Counted:
    """How many there were."""
    return Counted(name, Label(zh, en), How.NUMBER, (Part(source),), where)


def _of_column(
    how: How, name: str, zh: str, en: str, source: Source, column: str, where: Where = EVERY
) -> Counted:
    return Counted(name, Label(zh, en), how, (Part(source, (column,)),), where)


total = partial(_of_column, How.TOTAL)
"""What a column comes to."""
mean = partial(_of_column, How.MEAN)
"""The mean of a column; 0 of none."""
left = partial(_of_column, How.LEFT)
"""What a column comes to from the beginning until the end of the period: what is left."""
names = partial(_of_column, How.NAMES)
"""What stands in a column, each once."""


def words(name: str, zh: str, en: str, register: Register, area: str) -> Counted:
    """What happened, by the office's own words: how often each that clauses of an area speak of."""
    part = Part(Lines(register), (register.words,))
    return Counted(name, Label(zh, en), How.WORDS, (part,), {register.words: Said(area)})


def run(name: str, zh: str, en: str, *readings: Part) -> Counted:
    """How far a meter ran, by all that was read off it: its column, or from one to another."""
    return Counted(name, Label(zh, en), How.RUN, readings, EVERY)


@dataclass(frozen=True, eq=False)
class Statement:
    """What is drawn up for a period: a line `by` whatever it is of, or one line of the office.

    Of `lists` it shows each line of a register, those of a group (a column of its own) together.
    One that is `written` has no columns: whoever publishes it writes it. One `hung_by` a kind of
    case is published and withdrawn by its stages alone.
    """

    name: str
    columns: tuple[Counted | Shown, ...] = ()
    by: By | None = None
    lists: Register | None = None
    group: str = ""
    written: bool = False
    hung_by: str = ""

    def __post_init__(self) -> None:
        if bool(self.columns) is self.written or (self.lists and self.by):
            raise LookupError(f"{self.name} is neither counted, nor listed, nor written")
        if self.group and self.group not in {each.name for each in self.columns}:
            raise LookupError(f"{self.name} has no column {self.group}")
        for each in self.columns:
            if isinstance(each, Shown) is not (self.lists is not None):
                raise LookupError(f"{self.name}: {each.name} is not counted as the others are")
            for part in _parts(self, each):
                self._must_tell(each, part)

    def _must_tell(self, column: Counted | Shown, part: Part) -> None:
        """What is not there cannot be counted, and what is secret stands on no board."""
        looked_at = {*part.columns}
        if isinstance(column, Counted):
            looked_at |= column.where.keys()
        if secret := looked_at & part.source.secret:
            raise LookupError(f"{self.name}: {column.name} would tell {sorted(secret)}")
        if self.by:
            looked_at.add(part.source.keyed(self.by))
        known = part.source.columns
        if known is not None and (unknown := looked_at - known):
            raise LookupError(f"{self.name}: {column.name} has no {sorted(unknown)}")

    @property
    def word(self) -> str:
        """How its types and its query are named."""
        return words_of(self.name)

    @property
    def said(self) -> frozenset[str]:
        """The areas whose clauses say which words it counts."""
        asked = (each.where.values() for each in self.columns if isinstance(each, Counted))
        return frozenset(each.area for of in asked for each in of if isinstance(each, Said))

    @property
    def known_by(self) -> tuple[tuple[str, Label], ...]:
        """What names a line before it is counted."""
        if self.by is None:
            return ()
        named = tuple((str(column.name), label) for column, label in self.by.shows)
        return named or ((self.by.key, self.by.label),)

    @property
    def heads(self) -> list[dict[str, Any]]:
        """Its columns as a publication keeps them; `typed` are those that people wrote."""
        told = [(name, label, False) for name, label in self.known_by]
        told += [(each.name, each.label, each.typed) for each in self.columns]
        return [
            {"name": name, "zh": label.zh, "en": label.en, "typed": typed}
            for name, label, typed in told
        ]

    def lines(self, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Its lines as a publication keeps them: what stands in the columns, and nothing else."""
        return [{head["name"]: told(row[head["name"]]) for head in self.heads} for row in rows]


def _parts(statement: Statement, column: Counted | Shown) -> tuple[Part, ...]:
    if isinstance(column, Counted):
        return column.parts
    assert statement.lists is not None  # noqa: S101  # a column is shown of a list alone
    return (Part(Lines(statement.lists), (column.of.name,)),)


def told(value: Any) -> Any:
    """A value as JSON keeps it: figures are texts, so that none is rounded."""
    match value:
        case bool() | int() | str() | None:
            return value
        case Decimal():
            return format(value, "f")
        case date():
            return value.isoformat()
        case Times(_, label, number):
            return f"{label} {number}"
        case list() | tuple():
            return [told(each) for each in value]
    return str(value)


def shows(register: Register, *columns: str, **otherwise: str) -> tuple[Shown, ...]:
    """Columns of a register as they stand; `otherwise` names one anew."""
    known = {each.name: each for each in register.fields}
    asked = {**{each: each for each in columns}, **otherwise}
    return tuple(Shown(name, known[of].label, known[of]) for name, of in asked.items())


def through(
    register: Register, name: str, zh: str, en: str, column: str, shown: Column[Any]
) -> Shown:
    """What a column names, by a column of its own table."""
    [of] = [each for each in register.fields if each.name == column]
    if not of.refers or of.refers.table != shown.table.name:
        raise LookupError(f"{register.name}.{column} names nothing with {shown}")
    return Shown(name, Label(zh, en), of, through=shown)


def summed(register: Register, name: str, zh: str, en: str, column: str) -> Shown:
    """What a column comes to in all lines of a group."""
    [of] = [each for each in register.fields if each.name == column]
    return Shown(name, Label(zh, en), of, summed=True)
