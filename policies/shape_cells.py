"""Fields of the tables of shapes: each column has a reader, and what it cannot read is a fault."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from domain.conditions.language import Condition, ConditionError, parse
from domain.rules.rows import NOBODY
from domain.shapes.cadences import PERSON
from domain.shapes.clocks import EVENT, EXACT, Expiry, OnExpiry, Span, Unit
from domain.shapes.points import Point, Window, point_of, window_of
from domain.values.notation import DECIMAL
from domain.vocabulary import Fact, FactType, Kind, LivingObject, Role, Word
from policies import vocabulary
from policies.lines import Faults, Line

NUMBERS = (FactType.DECIMAL, FactType.INT)
EACH, FOR, BUT = "each ", " for ", " but "  # each section but unit_leadership; cleaner for each


@dataclass(frozen=True)
class Words:
    """What the rows of one institution may name."""

    measures: Mapping[str, Fact]
    roles: Mapping[str, Role]
    clauses: Collection[str]
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    objects: Mapping[str, LivingObject] = field(default_factory=dict)
    closes: time | None = None
    sources: Mapping[str, Mapping[str, Fact]] = field(default_factory=dict)
    subjects: Collection[str] = ()
    clocks: Collection[str] = ()
    stages: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True)
class Cell:
    """One field, where it stands, and the words that it may use."""

    line: Line
    column: str
    text: str
    words: Words
    faults: Faults

    def wrong(self, expected: str) -> None:
        self.faults.add(self.line, self.column, "WRONG_FORMAT", expected=expected)

    def known(
        self,
        words: Collection[str],
        word: str | None = None,
        code: str = "UNKNOWN_WORD",
        details: Mapping[str, Any] | None = None,
    ) -> bool:
        said = self.text if word is None else word
        return self.faults.word(self.line, self.column, said, words, code, details)


Reader = Callable[[Cell], Any]


def day(cell: Cell) -> date | None:
    try:
        return date.fromisoformat(cell.text)
    except ValueError:
        cell.wrong("2017-04-14")
        return None


def text(cell: Cell) -> str:
    return cell.text


def needed(cell: Cell) -> str:
    if not cell.text.strip():
        cell.wrong("…")
    return cell.text


def clause(cell: Cell) -> str:
    cell.known(cell.words.clauses, code="CLAUSE_UNKNOWN", details={"clause": cell.text})
    return cell.text


def figure(cell: Cell) -> Decimal | None:
    """A number of either sign; empty where the text gives none."""
    if not cell.text:
        return None
    if not DECIMAL.fullmatch(cell.text):
        cell.wrong("1.5")
        return None
    return Decimal(cell.text)


def number(cell: Cell) -> Decimal | None:
    """A number that is not negative; empty where the text gives none."""
    value = figure(cell)
    if value is not None and value < 0:
        cell.faults.add(cell.line, cell.column, "TOO_SMALL", minimum=0)
    return value


def whole(cell: Cell) -> int | None:
    if not cell.text:
        return None
    if not cell.text.isdecimal():
        cell.wrong("1, 2, 3 …")
        return None
    return int(cell.text)


def flag(cell: Cell) -> bool | None:
    known = ("", "true", "false")
    cell.known(known, code="WRONG_FORMAT", details={"expected": "true, false"})
    return {"true": True, "false": False}.get(cell.text)


def fraction(cell: Cell) -> Fraction | None:
    """A part of a whole: 1/2, 2/3, at most 1."""
    if not cell.text:
        return None
    over, _, under = cell.text.partition("/")
    parts = [int(part) if part.isdecimal() else 0 for part in (over, under or "1")]
    if not 0 < parts[0] <= parts[1]:
        cell.wrong("1/2, 2/3")
        return None
    return Fraction(*parts)


def one_of(words: type[StrEnum]) -> Reader:
    """A member of an enumeration."""

    def read(cell: Cell) -> StrEnum | None:
        return words(cell.text) if cell.known([word.value for word in words]) else None

    return read


def maybe(reader: Reader) -> Reader:
    """The same, or None where the field is empty."""
    return lambda cell: reader(cell) if cell.text else None


def word_of(*words: str) -> Reader:
    """One of a few words."""

    def read(cell: Cell) -> str:
        cell.known(words)
        return cell.text

    return read


def role(cell: Cell) -> str:
    """A role code, or nothing."""
    cell.known({*cell.words.roles, ""})
    return cell.text


def whose(cell: Cell) -> tuple[str, str, str]:
    """The role that something falls to, or nobody; who or what each owes it, and which do not."""
    said, _, but = cell.text.partition(BUT)
    who, _, each = said.rpartition(EACH)
    who = f" {who}".removesuffix(FOR).strip() if who else each
    each = each if who != said else ""
    of = cell.words.objects
    things = {code for code, each in of.items() if each.word in (Word.THING, Word.CASE)}
    if who not in ("", PERSON, NOBODY):
        cell.known(cell.words.roles, who)
    if each and each != who:
        cell.known({*cell.words.roles, *things, PERSON}, each)
    cell.known({*cell.words.roles, ""}, but)
    return who if who != NOBODY else "", each, but


def roles(cell: Cell) -> tuple[str, ...]:
    return tuple(code for code in cell.text.split() if cell.known(cell.words.roles, code))


def names(cell: Cell) -> tuple[str, ...]:
    return tuple(name.strip() for name in cell.text.split("|") if name.strip())


def measured(cell: Cell) -> str:
    """A measure that counts: a number, or a bool as one or none."""
    if cell.known(cell.words.measures):
        fact = cell.words.measures[cell.text]
        if fact.type not in (*NUMBERS, FactType.BOOL):
            cell.faults.add(cell.line, cell.column, "WRONG_TYPE", expected="decimal, int, bool")
    return cell.text


def measured_or_none(cell: Cell) -> str:
    return measured(cell) if cell.text else ""


def counted(cell: Cell, name: str | None = None) -> str:
    """A measure that is a number."""
    name = cell.text if name is None else name
    if cell.known(cell.words.measures, name) and cell.words.measures[name].type not in NUMBERS:
        cell.faults.add(cell.line, cell.column, "WRONG_TYPE", expected="decimal, int")
    return name


def maybe_counted(cell: Cell) -> str:
    return counted(cell) if cell.text else ""


def terms(cell: Cell) -> tuple[str, ...]:
    return tuple(counted(cell, name) for name in cell.text.split())


def ids(cell: Cell) -> tuple[str, ...]:
    return tuple(cell.text.split())


def kind(cell: Cell) -> str:
    cell.known(cell.words.kinds)
    return cell.text


def area(cell: Cell) -> str:
    cell.known(vocabulary.areas())
    return cell.text


def kind_or_area(cell: Cell) -> str:
    """A request kind, an object, an area, or nothing."""
    areas = dict.fromkeys(kind.area for kind in cell.words.kinds.values())
    if cell.text:
        cell.known([*areas, *cell.words.kinds, *cell.words.objects])
    return cell.text


def events(cell: Cell) -> tuple[str, ...]:
    """What happens, in the words of the program: `complaint.case.answered`, `leave.*.ends`."""
    named = tuple(cell.text.split())
    if not all(EVENT.fullmatch(event) for event in named):
        cell.wrong("complaint.case.answered")
    return named


def span(cell: Cell) -> Span | None:
    """So many units: `1 workday`."""
    count, _, unit = cell.text.partition(" ")
    whole = unit not in EXACT and "." in count
    if DECIMAL.fullmatch(count) and unit in set(Unit) and Decimal(count) > 0 and not whole:
        return Span(Decimal(count), Unit(unit))
    cell.wrong("1 workday")
    return None


def expiry(cell: Cell) -> Expiry | None:
    """What running out brings about, and who is told of it too: `urge petition_clerk`."""
    brings, _, role = cell.text.partition(" ")
    if not cell.known([each.value for each in OnExpiry], brings):
        return None
    if role:
        cell.known(cell.words.roles, role)
    return Expiry(OnExpiry(brings), role)


CLOSING = "closing"
"""The hour at which work ends, as the office's own words give it."""


def point(cell: Cell) -> Point | None:
    if cell.text == CLOSING and cell.words.closes:
        return Point(cell.text, at=cell.words.closes)
    found = point_of(cell.text) if cell.text else None
    if cell.text and found is None:
        known = "day 25, weekday 5, last weekday 5, by weekday 5, month-end, quarter-end"
        cell.wrong(f"{known}, half-year-end, 12-31, time 17:00, {CLOSING} (local.csv: hours)")
    return found


def point_or_window(cell: Cell) -> Point | Window | None:
    """A point, or the month in which it is to be done: `month 07`, `last-month`."""
    return window_of(cell.text) or point(cell)


def condition(cell: Cell) -> Condition | None:
    return condition_on(cell, cell.words.measures)


def condition_on(cell: Cell, facts: Mapping[str, Fact]) -> Condition | None:
    try:
        return parse(cell.text, facts)
    except ConditionError as error:
        # Every fact of the vocabulary may stand here: too many to list.
        if "known" in error.details and error.code == "UNKNOWN_FACT":
            error.details["known"] = "measures.csv, facts.csv"
        cell.faults.condition(cell.line, cell.column, error)
        return None
