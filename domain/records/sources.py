"""What statements count from: lines, requests, cases, moves of things, accounts, days away.

Each tells the columns that it has, those of them that are secret, and which says whom it is of.
"""

from dataclasses import dataclass, fields, replace
from typing import Any

from sqlalchemy import Column

from domain.approval.procedure import Reference
from domain.office.organisation import people, units
from domain.records.accounts import Account, account_entries
from domain.records.accounts import Move as Posting
from domain.records.case_tables import HIDDEN
from domain.records.cases import CaseKind
from domain.records.registers import PERSON, UNIT, Register
from domain.records.things import Move, Thing
from domain.vocabulary import Label


@dataclass(frozen=True, eq=False)
class By:
    """What a statement has a line of: each row of a table, or each value of a column.

    `key` is the column of a source that names it, `shows` are columns of its own that people know
    it by, in whose order the lines stand. Whatever `ends` is left out from the period after. With
    `found`, only those have a line of whom something was counted.
    """

    key: str
    label: Label
    refers: Reference | None = None
    shows: tuple[tuple[Column[Any], Label], ...] = ()
    ends: Column[Any] | None = None
    found: bool = False

    @property
    def of_people(self) -> bool:
        return self.refers == PERSON


PEOPLE = By(
    "person_id", Label("人员", "The person"), PERSON, ((people.c.name, Label("姓名", "Name")),)
)
CONCERNED = replace(PEOPLE, found=True)
UNITS = By(
    "unit_id", Label("科室", "The section"), UNIT, ((units.c.name, Label("科室", "Section")),)
)


@dataclass(frozen=True)
class Lines:
    """The lines of a register that stand. `key` names its own column of whom a line is."""

    of: Register
    key: str = ""

    @property
    def columns(self) -> frozenset[str]:
        return frozenset(self.of.table.columns.keys())

    @property
    def secret(self) -> frozenset[str]:
        return self.of.secret

    def keyed(self, by: By) -> str:
        named = {PEOPLE.key: self.of.about, UNITS.key: self.of.of_unit}
        return self.key or named.get(by.key) or by.key


@dataclass(frozen=True)
class Requests:
    """Approved requests of some kinds, on the day that they count from; facts say how much."""

    kinds: tuple[str, ...]

    columns = None
    secret = frozenset[str]()

    def keyed(self, by: By) -> str:
        return {PEOPLE.key: "applicant_id", UNITS.key: "unit_id"}[by.key]


@dataclass(frozen=True)
class Cases:
    """Cases of a kind, on the day of a column; or each time that one of `events` came about."""

    of: CaseKind[Any]
    day: str = "begun_at"
    events: tuple[str, ...] = ()

    @property
    def columns(self) -> frozenset[str]:
        return frozenset(self.of.table.columns.keys())

    @property
    def secret(self) -> frozenset[str]:
        told = fields(self.of.record)
        return frozenset(
            each.name
            for each in told
            if each.metadata.get("confidential") or HIDDEN in each.metadata
        )

    def keyed(self, by: By) -> str:
        return "begun_by" if by.of_people else by.key


@dataclass(frozen=True)
class Moves:
    """What happened to things of a kind, and to whom they went."""

    of: Thing
    moves: tuple[Move, ...]

    @property
    def columns(self) -> frozenset[str]:
        return frozenset({*self.of.table.columns.keys(), "thing_id", "to_id"})

    @property
    def secret(self) -> frozenset[str]:
        return frozenset(each.name for each in self.of.fields if each.confidential)

    def keyed(self, by: By) -> str:
        return "to_id" if by.of_people else "thing_id"


@dataclass(frozen=True)
class Entries:
    """What moved an account, in its own unit."""

    of: Account
    moves: tuple[Posting, ...] = tuple(Posting)

    columns = frozenset(account_entries.columns.keys())
    secret = frozenset[str]()

    def keyed(self, by: By) -> str:
        return by.key


@dataclass(frozen=True)
class Away:
    """The working days on which somebody was away by an approved request of a family of kinds.

    A day counts once, also where only a part of it was taken.
    """

    family: str

    columns = frozenset({"person_id"})
    secret = frozenset[str]()

    def keyed(self, by: By) -> str:
        return by.key


@dataclass(frozen=True)
class DaysWithout:
    """The working days on which a register has no line for what its lines of the period name.

    `key` is the column that names it; `without` says which line is missed, any if empty.
    """

    of: Register
    key: str
    without: tuple[str, str] | None = None

    secret = frozenset[str]()

    @property
    def columns(self) -> frozenset[str]:
        return frozenset({self.key, "missed_on"})

    def keyed(self, by: By) -> str:
        return by.key


@dataclass(frozen=True)
class Turns:
    """The turns on a settled roster, and whose they were."""

    roster: str

    columns = frozenset({"person_id"})
    secret = frozenset[str]()

    def keyed(self, by: By) -> str:
        return by.key


Source = Lines | Requests | Cases | Moves | Entries | Away | DaysWithout | Turns
