"""Which rows of which tables are held on a person: read off the declarations and `personal.csv`.

A column refers to a person where its ids are told of as personal; whom a case is about neither sees
it nor learns of it, so that column leads to nobody.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from sqlalchemy import ARRAY, Column, LargeBinary, Table, Text, Uuid

from domain import CASE_KINDS, REGISTERS, THINGS
from domain.tables import metadata
from policies import personal
from policies.personal import Held

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
    """A personal column, and what `personal.csv` says of it."""

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
    for name, column, _ in personal.columns_of(table):
        if held := personal.told(name):
            yield column, held


def _refers(column: Column[object], held: Held) -> bool:
    """Whether ids of people, or an account of one, stand in it."""
    kind = column.type.item_type if isinstance(column.type, ARRAY) else column.type
    if held.kind == NONE or column.name == CONCERNS or (column.table.name, column.name) in HIDDEN:
        return False
    return isinstance(kind, Uuid) or (column.name == ACCOUNT and isinstance(kind, Text))


def _readable(column: Column[object]) -> bool:
    return not isinstance(column.type, LargeBinary)
