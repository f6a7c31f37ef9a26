"""What was exported or printed lies ready for a short time, for the link that opens it.

What a list is exported by are its columns: each with its label, its type and its unit.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column as TableColumn
from sqlalchemy import Index, Integer, LargeBinary, Text, Uuid

from domain.approval.forms import Field
from domain.approval.soundness import unit_of
from domain.tables import SWEPT, columns, key, moment, refers, table
from domain.vocabulary import Label, Vocabulary

exports = table(
    "exports",
    key(),
    *refers("people", "person_id"),
    TableColumn("session_id", Uuid, nullable=False),
    *columns(Text, "name", "media_type", "sha256"),
    TableColumn("lines", Integer, nullable=False),
    TableColumn("content", LargeBinary, nullable=False),
    moment("expires_at"),
    Index(None, "institution_id", "expires_at"),
    changes=SWEPT,
)


@dataclass(frozen=True)
class Column:
    """A column of an export: the name and the label that it has in the API, what it holds.

    An id is told as the name of what it `refers` to, by its word. What is `secret` is left out
    unless it is asked for by name, and is told to whoever may read it.
    """

    name: str
    label: Label
    type: Any = str
    unit: str = ""
    refers: str = ""
    secret: bool = False


def column_of(field: Field, words: Vocabulary) -> Column:
    """The column that a field of a form, an entry, a card or a case is told in."""
    unit = unit_of(field, words.facts.get(field.name))
    refers = field.refers.word if field.refers else ""
    return Column(field.name, field.label, field.type, unit, refers, field.confidential)
