"""What an office had before it came in: cards, lines and cases, brought in by sheets.

A sheet is of a thing, a register or a kind of case, under the headings of what people fill in. Each
line is entered as by hand, by whoever may, and held to the same rules; what is there already is
left alone, so that the same file changes nothing twice. Ids stand as people call them.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any
from uuid import UUID

from domain.approval.forms import form_fields, plain, read_form, write_form
from domain.approval.procedure import Form
from domain.errors import Problem, Refused, at_fault, invalid
from domain.messages import say
from domain.records.cases import CaseKind
from domain.records.lines import read_value, stored
from domain.records.registers import Register
from domain.records.things import Move, Thing
from domain.sheets import Does, Row, Table, tables_of
from resolvers.ground.context import Context
from resolvers.ground.database import Transaction
from resolvers.ground.sheets import sheets_in
from resolvers.records import registers, things
from resolvers.records.case_beginnings import open_case
from resolvers.records.export_sheets import file_of
from resolvers.records.exports import keep
from resolvers.records.sheet_books import (
    BOOKS,
    KEEPER,
    REACHED,
    Book,
    columns_of,
    fields_of,
    form_of,
    ids_of,
    keys_of,
    known_of,
    one,
    reader_of,
    titles,
)
from resolvers.records.thing_grounds import Given
from resolvers.requests.words import camel

MOST_BROUGHT_IN = 2_000


@dataclass(frozen=True)
class Change:
    """What one line does, told by what it says first."""

    sheet: str
    line: int
    does: Does
    said: str


@dataclass
class BroughtIn:
    """What a file does, or would; where there are problems nothing is done."""

    changes: list[Change] = field(default_factory=list)
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)


def _end(done: "BroughtIn", *, foretell: bool) -> None:
    if foretell or done.problems:
        raise _Undone


@asynccontextmanager
async def _attempt(transaction: Transaction) -> AsyncIterator[None]:
    """Undo what is done inside where it fails; attempts stand inside one another."""
    await transaction.do("savepoint attempted")
    try:
        yield
    except BaseException:
        await transaction.do("rollback to savepoint attempted")
        raise
    finally:
        await transaction.do("release savepoint attempted")


class _Undone(Exception):
    """Nothing of this is kept."""


async def bring_in(
    context: Context, content: bytes, of: str, checks: Mapping[str, Any], *, foretell: bool
) -> BroughtIn:
    """Enter what a file says, all of it or nothing; or only tell what that would do.

    Raises: Refused: it is no file of sheets, or too long.
    """
    sheets = await sheets_in(content)
    await context.one_at_a_time(f"{context.viewer.institution}:brought in")
    await context.must_be_first()
    if sum(len(each.lines) for each in sheets) > MOST_BROUGHT_IN:
        raise at_fault("SHEETS_TOO_LONG", "input", "file", most=MOST_BROUGHT_IN)
    named = titles(context.services.vocabulary)
    tables, problems = tables_of(
        sheets, of, named, lambda name: columns_of(BOOKS[name]), context.language
    )
    done = BroughtIn(problems=problems)
    # Each line would be the answer of its own call.
    answer, context.answer = context.answer, None
    try:
        async with _attempt(context.transaction):
            for name in BOOKS:
                if name in tables:
                    await _enter_all(context, name, tables[name], checks, done)
            _end(done, foretell=foretell)
    except _Undone:
        pass
    finally:
        context.answer = answer
    if not foretell:
        if done.problems:
            at = (replace(each, path=("input", "file", *each.path)) for each in done.problems)
            raise invalid([*at])
        told = [[e.sheet, e.line, e.does.value, e.said] for e in done.changes]
        await context.remember({"changes": told, "unchanged": done.unchanged})
    return done


async def template(context: Context, name: str, written_as: str) -> None:
    """A sheet with its headings alone, as a file that lies ready.

    Raises: Refused: there is no such sheet.
    """
    if name not in BOOKS:
        raise at_fault("SHEET_UNKNOWN", "input", "of", name=name)
    words = context.services.vocabulary
    headings = [say(context.language, e.label) for e in columns_of(BOOKS[name])]
    title = say(context.language, titles(words)[name])
    made = file_of(title, {title: [headings]}, written_as, context.now)
    await keep(context, "exported", made, {"object": name, "format": written_as})


async def _enter_all(
    context: Context, name: str, table: Table, checks: Mapping[str, Any], done: BroughtIn
) -> None:
    of, ids = BOOKS[name], await ids_of(context, BOOKS[name], table)
    readers = {
        each.name: reader_of(each, context.services.vocabulary, ids) for each in fields_of(of)
    }
    known = await known_of(context, of, table)
    for row in table.rows:
        before = len(table.problems)
        given = {n: table.cell(row, n, read) for n, read in readers.items() if n in row.said}
        keeper = table.cell(row, KEEPER, partial(one, ids.get("Person", {})))
        if len(table.problems) > before:
            continue
        try:
            async with _attempt(context.transaction):
                form = read_form(form_of(of), given)
                also = keeper or "", row.said.get(REACHED, "")
                does = await _enter(context, of, form, table, known, checks.get(name), *also)
        except Refused as refused:
            table.problems.extend(_at(table, row, each) for each in _reasons(refused))
            continue
        if does is None:
            done.unchanged += 1
        else:
            said = "、".join(list(row.said.values())[:3])
            done.changes.append(Change(table.title, row.line, does, said))
    done.problems += table.problems


def _reasons(refused: Refused) -> Sequence[Problem]:
    return refused.problems or [Problem(refused.code, (), refused.clause, refused.details)]


def _at(table: Table, row: Row, problem: Problem) -> Problem:
    """A problem at the cell of the column that it names, else at the first of its line."""
    named = {camel(each): each for each in table.at}
    column = next((named[camel(e)] for e in reversed(problem.path) if camel(e) in named), "")
    return replace(problem, path=table.place(row.line, column))


async def _enter(
    context: Context,
    of: Book,
    form: Form,
    table: Table,
    known: dict[tuple[Any, ...], Mapping[str, Any]],
    check: Any,
    keeper: str,
    stage: str,
) -> Does | None:
    """Enter a line, change what it says otherwise, or nothing where all is so."""
    values = {each.name: stored(getattr(form, each.name)) for each in fields_of(of)}
    keys = [*keys_of(of, values, table)]
    there = next((known[each] for each in keys if each in known), None)
    if there is None:
        key = await _add(context, of, form, check, stage)
        if keeper and isinstance(of, Thing):
            await _hand(context, of, key, 1, keeper)
        known |= dict.fromkeys(keys, values | {"id": key})
        return Does.ADDS
    said = [each for each in values if each in table.at and each in there]
    handed = bool(keeper) and str(there.get("keeper_id")) != keeper
    same = all(there[each] == values[each] for each in said)
    if (same and not handed) or isinstance(of, CaseKind):
        return None
    unsaid = {n: there[n] for n in values if n not in table.at and n in there}
    whole = read_form(type(form), _plain(form, unsaid))
    version = there.get("version", 0)
    if isinstance(of, Thing):
        if not same:
            await things.change(context, of, there["id"], version, whole)
        if handed and keeper:
            await _hand(context, of, there["id"], version + (not same), keeper)
    else:
        await registers.enter(context, of, whole, there["id"], check)
    return Does.CHANGES


def _plain(form: Form, unsaid: Mapping[str, Any]) -> Mapping[str, Any]:
    types = {each.name: each.type for each in form_fields(type(form))}
    kept = {name: plain(read_value(types[name], value)) for name, value in unsaid.items()}
    return {**write_form(form), **kept}


async def _add(context: Context, of: Book, form: Form, check: Any, stage: str) -> UUID:
    if isinstance(of, Thing):
        return await things.enter(context, of, form)
    if isinstance(of, Register):
        return await registers.enter(context, of, form, None, check)
    return await open_case(context, of, form, check, stage)


async def _hand(context: Context, of: Thing, key: UUID, version: int, keeper: str) -> None:
    given = Given(Move.ISSUED, to=UUID(keeper))
    await things.move(context, of, key, version, given)
