"""How a rulebook lies in its tables: each field of its files in a column, each version a copy."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256
from typing import Any

import orjson

from domain.rules.tables import (
    rulebook_clauses,
    rulebook_documents,
    rulebook_rows,
    rulebook_shapes,
    rulebook_versions,
    rulebook_words,
)
from policies.files import columns_of
from policies.lines import Line
from policies.loading import Source, stored
from resolvers.ground.database import Transaction, statement
from resolvers.ground.derived import insertion

DATES = ("valid_from", "valid_until")
TABLES = {
    rulebook_rows: (
        *("role", "institution_id", "kind", "act", "condition"),
        *("rule", "step_order", "clause", "effect"),
    ),
    rulebook_clauses: (
        *("clause", "title", "clause_kind", "area", "request_kind"),
        *(*DATES, "replaced_by", "summary"),
    ),
    rulebook_words: ("word", "code", "zh", "en", "narrowed"),
    rulebook_documents: ("kind", "condition", "documents", "clause"),
}
"""The columns that hold the fields of a line, in the order of the file."""

READ = [
    statement(
        f"""select {", ".join(f"coalesce(cast({name} as text), '')" for name in columns)}
            from {table.name} where institution_id = :institution and version = :version
            order by {"position" if "position" in table.columns else "word, code"}"""
    )
    for table, columns in TABLES.items()
]
STORE = [insertion(table) for table in TABLES]
READ_SHAPES = statement("""
  select shape, fields from rulebook_shapes
  where institution_id = :institution and version = :version order by shape, position""")
STORE_SHAPES = insertion(rulebook_shapes)
STORE_VERSION = insertion(rulebook_versions)


def digest_of(source: Source) -> bytes:
    """Two versions that say the same have the same digest."""
    said = [[line.fields for line in lines] for lines in _parts(source)]
    said += [[(shape,), *(line.fields for line in kept)] for shape, kept in _shapes(source)]
    return sha256(orjson.dumps(said)).digest()


async def store_version(
    transaction: Transaction,
    source: Source,
    version: int,
    *,
    effective_from: date | None,
    reason: str,
    at: datetime,
    document: Mapping[str, Any] | None = None,
) -> None:
    owner = {"institution_id": source.institution, "version": version}
    header = {
        "effective_from": effective_from,
        "digest": f"\\x{digest_of(source).hex()}",
        "reason": reason,
        "recorded_at": at,
        "document": document,
    }
    await transaction.rows(STORE_VERSION, rows=[owner | header])
    for store, columns, lines in zip(STORE, TABLES.values(), _parts(source), strict=True):
        rows = [
            owner | {"position": place} | _row(columns, line)
            for place, line in enumerate(lines, start=1)
        ]
        await transaction.rows(store, rows=rows)
    rows = [
        owner
        | {"shape": shape, "position": place}
        | {"fields": dict(zip(columns_of(shape), line.fields, strict=True))}
        for shape, lines in _shapes(source)
        for place, line in enumerate(lines, start=1)
    ]
    await transaction.rows(STORE_SHAPES, rows=rows)


async def read_version(transaction: Transaction, institution: str, version: int) -> Source:
    rows, clauses, local, documents = [
        [
            tuple(row)
            for row in await transaction.rows(read, institution=institution, version=version)
        ]
        for read in READ
    ]
    shapes: dict[str, list[tuple[str, ...]]] = {}
    for shape, fields in await transaction.rows(
        READ_SHAPES, institution=institution, version=version
    ):
        row = tuple(fields.get(column, "") for column in columns_of(shape))
        shapes.setdefault(shape, []).append(row)
    return stored(institution, rows, clauses, local, documents, shapes)


def _parts(source: Source) -> tuple[tuple[Line, ...], ...]:
    """The lines of each of the tables, in their order."""
    return source.rows, source.clauses, source.local, source.documents


def _shapes(source: Source) -> list[tuple[str, tuple[Line, ...]]]:
    """The shapes that have lines, whatever the order that they were read in."""
    return [(shape, lines) for shape, lines in sorted(source.shapes.items()) if lines]


def _row(columns: Sequence[str], line: Line) -> dict[str, str | None]:
    """The line's fields by column; an empty date is none."""
    pairs = zip(columns, line.fields, strict=True)
    return {name: None if name in DATES and not text else text for name, text in pairs}
