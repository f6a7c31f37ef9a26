"""Registers 台账: the books that an office keeps, each a table whose lines stand as written.

A line is never changed or removed: a later line that names it `corrects` it, and one that is
`void` strikes it out. The database refuses the rest with the trigger `register_stands`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from domain.approval.procedure import Form, Requirement
from domain.tables import ADDED, LINE, key, moment, table
from domain.vocabulary import Label

WRITTEN = ("id", "corrects", "void", "why", "recorded_by", "recorded_by_name", "recorded_at")
"""What the server notes of every line."""


@dataclass(frozen=True, eq=False)
class Register:
    """One book: its table and what people call it. Which office keeps it, and who, rows say.

    `entry` is what a keeper fills in: its fields are columns, labelled as the clause labels them.
    Without it the server alone writes: what an approved request or a walked path brings about.
    `asked_when` names the columns that are asked only where another one is true, `about` those that
    name the people whom a line is about: they see it, as whoever wrote it does.
    """

    name: str
    table: Table
    zh: str
    en: str
    entry: type[Form] | None = None
    requirements: tuple[Requirement[Any], ...] = ()
    asked_when: Mapping[str, str] = field(default_factory=dict)
    about: tuple[str, ...] = ()

    @property
    def label(self) -> Label:
        return Label(self.zh, self.en)


def register_table(name: str, *parts: Any) -> Table:
    """A table of lines that stand: the register's own columns, then who wrote what when."""
    return table(
        name,
        key(),
        *parts,
        Column("corrects", Uuid),
        Column("void", Boolean, nullable=False, server_default="false"),
        Column("why", Text, nullable=False, server_default=""),
        Column("recorded_by", Uuid, nullable=False),
        Column("recorded_by_name", Text, nullable=False),
        moment("recorded_at"),
        CheckConstraint(
            "not void or (corrects is not null and why <> '')", name="struck_out_whole"
        ),
        UniqueConstraint("institution_id", "corrects"),
        ForeignKeyConstraint(
            ["institution_id", "corrects"], [f"{name}.institution_id", f"{name}.id"]
        ),
        ForeignKeyConstraint(
            ["institution_id", "recorded_by"], ["people.institution_id", "people.id"]
        ),
        changes=ADDED,
        stands=LINE,
    )


def standing(of: Table, alias: str) -> str:
    """The SQL condition that a line is neither corrected nor struck out."""
    return (
        f"not {alias}.void and not exists (select from {of.name} later"
        f" where later.institution_id = {alias}.institution_id and later.corrects = {alias}.id)"
    )
