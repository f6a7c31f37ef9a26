"""What the rows of an area's clauses say, a table for each shape: clocks, quotas, paths."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from domain.rulebook import Rulebook
from domain.rules.rows import ALLOW
from domain.shapes.book import ShapeRow
from domain.shapes.paths import Transition
from domain.vocabulary import STAGE, Act, Label
from policies import loading, vocabulary
from schema.pages.markdown import BREAK, both, code, codes, plainly, table

OF_OBJECTS = frozenset({"of", "account", "kind"})
OF_PATHS = frozenset({"origin", "event", "target"})
OFFICE, TAKERS = "机构 Office", "由谁办理 Who takes it"


def area_of(book: Rulebook, row: ShapeRow) -> str:
    """The area that the register gives the clause of a row."""
    lines = book.lines_by_clause[row.clause]
    own = (line for line in lines if line.clause_kind in row.clause_kinds)
    return next(own, lines[0]).area


def shapes(area: str) -> Iterator[str]:
    """A section for each shape that the clauses of an area have rows of."""
    found: dict[str, list[tuple[Rulebook, Any]]] = {}
    for office in loading.institutions():
        book = loading.shipped(office)
        law: tuple[Any, ...] = book.shapes.law
        for name, rows in (*book.shapes.tables(), ("law", law)):
            found.setdefault(name, []).extend(
                (book, row) for row in rows if area_of(book, row) == area
            )
    for name, listed in found.items():
        if listed:
            yield from ("", f"## {both(vocabulary.shapes().get(name, Label(name, name)))}")
            yield from _listed(name, listed)


def _listed(name: str, rows: list[tuple[Rulebook, Any]]) -> list[str]:
    columns = [each.name for each in fields(rows[0][1])]
    first = [each for each in ("id", "label") if each in columns]
    rest = [each for each in columns if each not in (*first, "clause")]
    shown = [*first, *rest, "clause"]
    takers = name == "paths"
    header = [OFFICE, *(both(vocabulary.columns().get(each, Label(each, each))) for each in shown)]
    header += [TAKERS] if takers else []
    lines = (
        (
            code(book.institution),
            *(cell(book, getattr(row, each), each) for each in shown),
            *([taken_by(book, row)] if takers else []),
        )
        for book, row in rows
    )
    return table(header, lines)


def cell(book: Rulebook, value: Any, column: str) -> str:
    """A value with what the office calls it, where it is one of its words."""
    if column == "clause":
        return code(value)
    if isinstance(value, tuple):
        return BREAK.join(cell(book, each, column) for each in value)
    label = _label(book, value, column) if type(value) is str else None
    return f"{both(label)} {code(value)}" if label else plainly(value)


def _label(book: Rulebook, value: str, column: str) -> Label | None:
    """Objects of one word are looked for only where rows name objects: `duty` is many a thing.

    Where a path leads has no other name: a measure of the same word is another thing.
    """
    if column in OF_PATHS:
        return None
    known = book.vocabulary
    found: Any = known.roles.get(value) or book.shapes.measures.get(value) or known.kinds.get(value)
    if found is None and ("." in value or column in OF_OBJECTS):
        found = known.objects.get(value)
    return found.label if found else None


def taken_by(book: Rulebook, row: Transition) -> str:
    """Whom the lines let take a stage: their roles, with the clauses."""
    along = {each.code for each in book.vocabulary.objects.values() if row.id in each.paths}
    by_clause: dict[str, list[str]] = {}
    for line in book.acts:
        stages = line.when.regions.get(STAGE)
        takes = line.kind in along and line.act == Act.TAKE and line.effect == ALLOW
        if takes and (stages is None or row.event in stages):
            by_clause.setdefault(line.clause, []).append(role(book, line.role))
    return BREAK.join(f"{'、'.join(who)} {codes([clause])}" for clause, who in by_clause.items())


def role(book: Rulebook, name: str) -> str:
    """What an office calls a role, with its code."""
    known = book.vocabulary.roles.get(name)
    return f"{both(known.label)} {code(name)}" if known else code(name)
