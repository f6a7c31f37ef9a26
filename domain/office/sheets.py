"""An office as sheets: units, people, seats and appointments, and what rows of them would change.

A unit is known by its name, with those above it where several have one: 办公室/综合组. People are
known by account, or by a name that one person has. What rows do not name stays, unless the sheets
are the whole office.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from domain.office import changes as to
from domain.office.roll import Office
from domain.sheets import Column, Row, Table, plain, read_word
from domain.vocabulary import Fact, Label, Role

UNIT, ABOVE = Label("单位", "Unit"), Label("上级单位", "Unit above")
NAME, ACCOUNT, ROLE = Label("姓名", "Name"), Label("账号", "Account"), Label("职务", "Role")
FIRST, LAST = Label("起始日期", "First day"), Label("最后一日", "Last day")
DAYS = Column("begins", FIRST), Column("last_day", LAST)

UNITS, PEOPLE, SEATS, APPOINTMENTS = "units", "people", "seats", "appointments"
TITLES: Mapping[str, Label] = {
    UNITS: Label("单位", "Units"),
    PEOPLE: Label("人员", "People"),
    SEATS: Label("席位", "Seats"),
    APPOINTMENTS: Label("任职", "Appointments"),
}


def columns_of(facts: Mapping[str, Fact]) -> Mapping[str, tuple[Column, ...]]:
    """The columns of each sheet; those of people end with the facts that are kept of them."""
    post = Column("unit", UNIT, required=True), Column("role", ROLE, required=True)
    return {
        UNITS: (
            Column("unit", UNIT, required=True),
            Column("above", ABOVE),
            Column("formerly", Label("原名称", "Formerly")),
            *DAYS,
        ),
        PEOPLE: (
            Column("name", NAME, required=True),
            Column("account", ACCOUNT),
            Column("namesake", Label("同名另一人", "Namesake")),
            *(Column(code, fact.label) for code, fact in facts.items()),
        ),
        SEATS: (*post, Column("last_day", LAST)),
        APPOINTMENTS: (
            Column("name", NAME, required=True),
            Column("account", ACCOUNT),
            *post,
            *DAYS,
        ),
    }


SHEET_OF = {
    to.AddUnit: UNITS,
    to.RenameUnit: UNITS,
    to.MoveUnit: UNITS,
    to.CloseUnit: UNITS,
    to.AddPerson: PEOPLE,
    to.RenamePerson: PEOPLE,
    to.DescribePerson: PEOPLE,
    to.AddSeat: SEATS,
    to.CloseSeat: SEATS,
    to.Appoint: APPOINTMENTS,
    to.EndAppointment: APPOINTMENTS,
}
COLUMNS = {
    UNITS: {"name": "unit", "unit_id": "unit", "parent_id": "above"},
    PEOPLE: {"person_id": "name"},
    SEATS: {"unit_id": "unit", "seat_id": "role"},
    APPOINTMENTS: {"seat_id": "role", "person_id": "name", "ends": "last_day"},
}
"""In which column stands what a change calls otherwise."""


@dataclass(frozen=True)
class Origin:
    """Where a change comes from: a line of a sheet, or none where no line names what it ends."""

    line: int | None
    change: Any

    @property
    def sheet(self) -> str:
        return SHEET_OF[type(self.change)]


@dataclass
class Reading:
    """Sheets as they are read into what they change; what is wrong is noted at the tables.

    `spelled` tells the account of a new person by the name and those taken; `titles` are what
    roles are commonly called, whatever the office's rules call them.
    """

    before: Office
    today: date
    home: str
    roles: Mapping[str, Role]
    facts: Mapping[str, Fact]
    new_id: Callable[[], UUID]
    spelled: Callable[[str, Collection[str], str], str]
    tables: Mapping[str, Table]
    whole: bool = False
    titles: Mapping[str, Label] = field(default_factory=dict)
    changes: list[Origin] = field(default_factory=list)
    unchanged: int = 0

    def __post_init__(self) -> None:
        self.units = {k: u for k, u in self.before.units.items() if u.ends is None}
        self.people: dict[str, Any] = {e.account: e for e in self.before.people.values()}
        self.of = dict[UUID, Any](self.before.people)
        self.called: dict[str, list[UUID]] = {}
        for each in self.before.people.values():
            if each.leaves is None or each.leaves >= self.today:
                self.called.setdefault(each.name, []).append(each.id)
        self.places = {(e.unit, e.role): e for e in self.before.places.values()}
        self.seats = {k: e.id for k, e in self.places.items() if e.ends is None}
        self.held: dict[tuple[UUID, UUID], list[Any]] = {}
        for held in self.before.appointments.values():
            self.held.setdefault((held.seat, held.person), []).append(held)
        self.named: dict[str, set[Any]] = {each: set() for each in (*TITLES, "held", "renamed")}
        own = {code: each.label for code, each in self.roles.items()}
        self.role = read_word(own, self.titles)
        self.by_name: dict[str, list[UUID]] = {}
        for unit in self.units.values():
            self.by_name.setdefault(unit.name, []).append(unit.id)

    def account(self, text: str) -> str:
        """What somebody signs in with: small letters, and the office behind the @."""
        name, _, home = plain(text).partition("@")
        if home not in ("", self.home) or len(text.split()) > 1:
            raise ValueError("NOT_AN_ACCOUNT", text)
        return f"{name}@{self.home}"

    def change(self, row: Row | None, change: Any) -> None:
        self.changes.append(Origin(row.line if row else None, change))

    def unit(self, text: str) -> UUID:
        """A unit by its name, and those of units above it where that is needed."""
        *above, name = [each.strip() for each in text.replace("\uff0f", "/").split("/")]
        found = [each for each in self.by_name.get(name, ()) if self._under(each, above)]
        if len(found) != 1:
            raise ValueError("UNIT_AMBIGUOUS" if found else "NO_SUCH_UNIT", text)
        return found[0]

    def _under(self, unit: UUID, above: Sequence[str]) -> bool:
        for name in reversed(above):
            parent = self.units[unit].parent
            if parent not in self.units or self.units[parent].name != name:
                return False
            unit = parent
        return True
