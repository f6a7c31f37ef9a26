"""Checks served: a sheet is a line of its register with its marks; and places."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from domain.approval.procedure import Form
from domain.errors import Problem, Refused, at_fault, invalid
from domain.records.checks import Check
from domain.records.registers import Register
from domain.shapes.checks import (
    FEWEST,
    CheckItem,
    Mark,
    Ranked,
    by_item,
    mark_problems,
    points_of,
    ranked,
    result,
)
from domain.vocabulary import Act
from resolvers.ground.context import Context
from resolvers.ground.database import Transaction
from resolvers.records import registers
from resolvers.records.acts import clauses_of
from resolvers.records.allowed import may_one, must
from resolvers.records.check_rows import MARK, MARKS, scores
from resolvers.records.demanded import placed
from resolvers.records.mending import belongs, kept_up
from resolvers.records.register_rows import one, record_of
from resolvers.records.registers import Check as Asked
from resolvers.records.registers import fulfilled, subjects_of
from resolvers.records.sight import rows_seen
from resolvers.requests.words import camel
from resolvers.rules.rulebooks import LivingRulebook


def items_of(living: LivingRulebook, check: str) -> tuple[CheckItem, ...]:
    """The rows of the office: its items, and the pass mark of a sheet as a row without a name."""
    return tuple(each for each in living.shapes.checks if each.id == check)


async def record(
    context: Context,
    check: Check,
    entry: Form,
    marks: Sequence[Mark],
    corrects: UUID | None = None,
    asks: Asked | None = None,
) -> UUID:
    """Write a sheet with its marks, or the one that corrects another.

    Raises: Refused: not an inspector, an item unknown, marked twice or not at all, beyond its
    points.
    """
    living, book = await context.rulebook(), check.book
    items = items_of(living, check.name)
    own = belongs(context, check, vars(entry))
    entry = replace(entry, own_unit=own)
    before = await _line(context, book, corrects) if corrects else None

    async def judged(context: Context, entry: Any) -> Mapping[str, Any]:
        found = [*map(placed, mark_problems(items, marks))]
        if found or not items:
            raise invalid(found) if items else Refused("CHECK_WITHOUT_ITEMS")
        told, came_to = dict(await asks(context, entry) or {}) if asks else {}, result(items, marks)
        if check.mend_by and came_to.failed and getattr(entry, check.mend_by) is None:
            clause = next(iter(clauses_of(living, check.name, check.mend_by)), None)
            raise invalid([Problem("REQUIRED", ("input", camel(check.mend_by)), clause)])
        return {**told, "own_unit": own, **vars(came_to)}

    line = await registers.enter(context, book, entry, corrects, judged)
    await _mark(context, check, line, items, marks)
    if check.regular and getattr(entry, check.regular):
        await fulfilled(context, book, vars(entry), line)
    await _keep_up(context, check, [vars(entry), *([before] if before else [])])
    return line


async def strike_out(context: Context, check: Check, line: UUID, reason: str) -> None:
    """Let a sheet count no more, and what was to be mended by it.

    Raises: Refused: not an inspector, no such sheet, or one that was corrected or struck out
    before.
    """
    await registers.strike_out(context, check.book, line, reason)
    row = await _line(context, check.book, line)
    await _keep_up(context, check, [row] if row else [])


async def _line(context: Context, book: Register, line: UUID) -> Mapping[str, Any] | None:
    rows = await rows_seen(context, record_of(book), one(book), id=line)
    return rows[0] if rows else None


async def _keep_up(context: Context, check: Check, rows: Sequence[Mapping[str, Any]]) -> None:
    for subject in {each for row in rows for each in subjects_of(check.book, row)}:
        await kept_up(context, check, subject)


async def _mark(
    context: Context, check: Check, line: UUID, items: Sequence[CheckItem], marks: Sequence[Mark]
) -> None:
    institution, known = context.viewer.institution, by_item(items)
    rows = [
        {
            "institution_id": institution,
            "line_id": line,
            "position": position,
            "item": mark.item,
            "label": item.label.both,
            "points": points_of(item, mark),
            "kept": mark.kept,
            "clause": item.clause,
        }
        for position, mark in enumerate(marks)
        for item in [known[mark.item]]
    ]
    await context.rows(MARK, rows=rows)
    told = [{name: row[name] for name in ("item", "points", "kept", "clause")} for row in rows]
    content = {"register": check.name, "line": line, "marks": told}
    await context.record("check_marked", content)


async def marks_of(
    context: Context, transaction: Transaction, lines: list[UUID]
) -> Mapping[UUID, list[Any]]:
    """The marks of sheets, in the order in which they were written."""
    rows = await transaction.rows(MARKS, institution=context.viewer.institution, keys=lines)
    return {line: [*marks] for line, marks in groupby(rows, itemgetter("line_id"))}


async def ranking(context: Context, check: Check, first: date, last: date) -> list[dict[str, Any]]:
    """How those that were checked between two days came out, the best first, as it is published.

    Raises: Refused: not the viewer's to see, or too few people to be ranked.
    """
    if not await may_one(context, check.name, (Act.INSPECT,)):
        await must(context, "CHECK_NOT_YOURS", check.name, Act.SEE)
    if last < first:
        raise at_fault("END_BEFORE_START", "to")
    rows = await context.rows(scores(check), first=first, last=last)
    if check.book.about and 0 < len(rows) < FEWEST:
        raise Refused("TOO_FEW_TO_RANK", fewest=FEWEST)
    by_id = {row["id"]: row for row in rows}
    found: list[Ranked[UUID]] = ranked({key: row["score"] for key, row in by_id.items()})
    return [
        {
            "place": each.place,
            "subject": str(each.subject),
            "name": row["name"],
            "score": f"{each.score:.2f}",
            "sheets": row["sheets"],
            "failed": row["failed"],
        }
        for each in found
        for row in [by_id[each.subject]]
    ]
