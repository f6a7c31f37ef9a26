"""Registers 台账: what happened, line by line; a line stands, and a later one corrects it.

A register is declared by its entry, of which its table, its rules in the database and its types in
the API are derived. Which office keeps it, by which clause and who writes it, rows say.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, CheckConstraint, Column, Index, Table, Text

from domain.approval.forms import Field, form_fields
from domain.approval.procedure import Approved, Form, Record, Reference, Requirement
from domain.records.lines import (
    AWAITS,
    NUMBER,
    UNLESS_VOID,
    LineEvent,
    column_of,
    held_to,
    register_table,
    stored,
)
from domain.records.rules import happened
from domain.shapes.paths import Transition
from domain.tables import local_day
from domain.vocabulary import Act, listed_as, words_of


@dataclass(frozen=True)
class Serving:
    """That whoever stands in a column serves in the office, and in which columns that is kept.

    With an `act` it is in a role whose lines may do it on such a record; `unfit` tells otherwise.
    `name` is the column of what they are called, `number` of the number that stands for them.
    Where `away` is a code, they are at work between the times in the columns `times`; what the
    table excludes, as had by another then, is refused as `engaged`.
    """

    name: str = ""
    number: str = ""
    act: Act | None = None
    unfit: str = "NOBODY_HERE"
    times: tuple[str, str] = ("", "")
    away: str = ""
    engaged: str = ""


@dataclass(frozen=True)
class Walks:
    """That what the column `event` tells is done as the office's path lets it from its beginning.

    `outcome` and `clause` are the columns of where it led, and by which clause. Of the `paths` that
    fit an entry the first that the office has holds; without any it is refused with the code
    `pathless`. What a line fills in the path may ask by its name, or by that which `measures` gives
    with the column; what it `needs` may not be empty then. All that ever fit are `among` these.
    """

    event: str
    outcome: str
    clause: str
    paths: Callable[[Any], tuple[str, ...]]
    needs: Callable[[Any], Iterable[str]]
    pathless: str
    among: tuple[str, ...]
    measures: Mapping[str, str] = field(default_factory=dict)

    def rows(self, entry: Any, every: Iterable[Transition]) -> tuple[Transition, ...]:
        """The office's path for an entry; none where it has none of those that fit."""
        known, fitting = tuple(every), self.paths(entry)
        of = ([each for each in known if each.id == name] for name in fitting)
        return tuple(next((rows for rows in of if rows), ()))


PERSON, UNIT = Reference("Person", "people"), Reference("Unit", "units")
REQUEST = Reference("Request")
NO_RECORDS = {PERSON.word, UNIT.word}
"""What is named and no record: nothing happens to a person because a line names them."""


class Entry(Form):
    """A line as its keeper fills it in; what is `served` the server adds."""


@dataclass(frozen=True)
class Draw:
    """An approved request that a line rests on: in which column, of which kinds, of any if none.

    All lines together take no more of it than was approved: `amount` is the column of how much,
    and of the fact that the request states it by; `count` that of how many, where it states any;
    `worth` are columns whose product is no more than the `amount` that it states, if any.
    It is the request of whom `applicant` names. An amount is spent once: all draws that it `spends`
    by, of whichever register, take of it together. A case may draw on one that is `pending` yet,
    and on one of the unit in its column `of_unit` alone; else it is told that it is `unfit`. What
    is asked or told `beforehand` was handed in before the line happened. What was approved for one
    matter, all lines that name it tell alike in the column `of_one`.
    """

    column: str
    kinds: tuple[str, ...] = ()
    amount: str = ""
    applicant: str = ""
    count: str = ""
    worth: tuple[str, ...] = ()
    spends: bool = False
    pending: bool = False
    of_unit: str = ""
    unfit: str = "APPROVED_FOR_ANOTHER_KIND"
    beforehand: bool = False
    of_one: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        return self.column, self.amount, self.applicant, self.count, self.of_one, *self.worth

    @property
    def uses_up(self) -> tuple[tuple[str, tuple[str, ...], bool], ...]:
        """Facts of the request, the columns that use each up, and whether it has to state it."""
        every = ("amount", (self.amount,), True), (self.count, (self.count,), False)
        return tuple(each for each in (*every, ("amount", self.worth, False)) if any(each[1]))


@dataclass(frozen=True)
class Reading:
    """That the column `shows` is a reading of the `meter` of what stands in the column `of`.

    One that is less than an earlier one is refused with the `code`. Every register that tells of
    the same meter counts.
    """

    meter: str
    of: str
    shows: str
    code: str


@dataclass(frozen=True, eq=False)
class Register:
    """One book. Its table and its list in the API are named by the word of its lines, many of them,
    or by `table_name`; `day` is when a line happened.

    Unless it is not of what is `past`, that day is none to come; its `rules` are asked besides.
    `about` is the person whom a line concerns, who sees it, and `of_unit` the unit; nobody keeps a
    line `by_others` about themselves. The values of `once` stand on one line at a time. `numbered`
    lines bear a number of a series without gaps, of the office, the year and what stands in the
    column `series`. `signed_by` names who signs for a line, which counts only then. A line of a
    `due` register is the duty done of a cadence whose clause asks for the register. The column
    `words` takes what the office's own clauses speak of. `asked_when` names the columns that are
    asked only where another one is true. A `word` names its lines in the API where the register's
    own name does not. To write a line is its `act`. What it `draws` on are approved requests. What
    a clause limits in principle may go beyond where the column `exception` says why.

    Where it is `signed_if_asked`, a line awaits its signature only in an office whose clause asks
    for the column of who signs. What is asked of whom a column names is `serving`. A line that is
    a step on a path of the office `walks` it. A `reading` runs on from earlier ones. Where other
    records tell whether a line `t` counts, `counted` is the SQL; it counts once its day is over.
    Clocks whose term the text leaves open run until the day in the column `until`.
    Whoever has no line since they came that is true of `leaving` has not `cleared` these measures.
    Of whom the fact `owed_by` is true (`*`: of everybody), a line is wanted; in a register of units
    alone, of each lowest one with a seat. Those without one are listed.
    """

    name: str
    entry: type[Form]
    table_name: str = ""
    day: str = "recorded_at"
    past: bool = True
    rules: tuple[Requirement[Any], ...] = ()
    about: str = ""
    by_others: bool = False
    once: tuple[str, ...] = ()
    numbered: bool = False
    series: str = ""
    signed_by: str = ""
    due: bool = False
    word: str = ""
    words: str = ""
    of_unit: str = ""
    act: Act = Act.KEEP
    asked_when: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    signed_if_asked: bool = False
    draws: tuple[Draw, ...] = ()
    exception: str = ""
    serving: Mapping[str, Serving] = field(default_factory=lambda: MappingProxyType({}))
    walks: Walks | None = None
    reading: Reading | None = None
    counted: str = ""
    until: str = ""
    leaving: str = ""
    cleared: tuple[str, ...] = ()
    owed_by: str = ""

    def __post_init__(self) -> None:
        named = {self.day, self.about, self.series, self.signed_by, *self.once, *self.asked_when}
        named |= {self.words, self.of_unit, self.exception, self.leaving, self.until}
        named |= {*self.asked_when.values()}
        named |= {name for each in self.draws for name in each.columns}
        served = {"", "recorded_at", "recorded_by"}
        if unknown := named - served - {each.name for each in self.fields}:
            raise LookupError(f"{self.name} has no column {sorted(unknown)}")
        if self.by_others and not self.about:
            raise LookupError(f"{self.name} is about nobody")
        assert self.table is not None  # noqa: S101  # the table is declared with the register

    @property
    def lines(self) -> str:
        """What its table and its list are called."""
        return self.table_name or listed_as(self.word or words_of(self.name))

    @property
    def fields(self) -> tuple[Field, ...]:
        return form_fields(self.entry)

    @property
    def entered(self) -> tuple[Field, ...]:
        """The columns that people fill in; none where the server alone writes."""
        return tuple(each for each in self.fields if not each.served)

    @property
    def demands(self) -> tuple[Requirement[Any], ...]:
        """What is asked of each of its lines."""
        dated = self.past and self.day in {each.name for each in self.fields}
        return (*(happened(self.day) if dated else ()), *self.rules)

    @property
    def is_timed(self) -> bool:
        """Whether its lines happened at a moment, rather than on a day."""
        kinds = [each.type for each in self.fields if each.name == self.day]
        return not kinds or issubclass(kinds[0], datetime)

    @property
    def on_day(self) -> str:
        """The SQL of the day on which a line `t` happened."""
        return local_day(f"t.{self.day}") if self.is_timed else f"t.{self.day}"

    @property
    def secret(self) -> frozenset[str]:
        """The columns of which the ledger keeps who read them."""
        return frozenset(each.name for each in self.fields if each.confidential)

    def naming(self, *words: str) -> tuple[str, ...]:
        """The columns that hold an id of one of these words of the API."""
        return tuple(each.name for each in self.fields if each.refers and each.refers.word in words)

    @property
    def refers_to(self) -> tuple[str, ...]:
        """The columns that name another record: a request, a case, a thing, a line."""
        named = ((each.name, each.refers) for each in self.fields)
        return tuple(name for name, to in named if to and to.word not in NO_RECORDS)

    @property
    def events(self) -> tuple[str, ...]:
        """What may happen to its lines, for clocks."""
        signed = set() if self.signed_by else {LineEvent.CONFIRMED}
        return tuple(f"{self.name}.{each}" for each in LineEvent if each not in signed)

    @property
    def reference(self) -> Reference:
        """What an id of one of its lines is."""
        return Reference(self.word or words_of(self.name), self.lines)

    @cached_property
    def table(self) -> Table:
        parts: list[Any] = [column_of(each) for each in self.fields]
        parts += [part for each in self.fields for part in held_to(each)]
        parts += [
            CheckConstraint(f"{UNLESS_VOID}{each.check}", name=each.code.lower())
            for each in self.rules
            if each.check
        ]
        if self.numbered:
            parts.append(Column(NUMBER, Text, nullable=False))
        if self.signed_by:
            parts.append(Column(AWAITS, Boolean, nullable=False))
        made = register_table(self.lines, *parts)
        named = [each.name for each in self.fields if each.type is UUID]
        for leading in ("", *named):
            keys = ("institution_id", leading, self.day, "id")
            of = (made.columns[each] for each in keys if each)
            Index(f"{self.lines}_by_{leading or 'day'}_idx", *of)
        return made

    def line(self, entry: Form, approved: Approved) -> Record:
        """The line that an approved request enters."""
        written = {
            "id": approved.new_id(),
            "void": False,
            "recorded_by": approved.applicant,
            "recorded_by_name": approved.applicant_name,
            "recorded_at": approved.now,
        }
        values = {each.name: stored(getattr(entry, each.name)) for each in self.fields}
        return Record(self.lines, {**values, **written})
