"""Sheets of what an office has: for each thing, register and kind of case its columns and readers.

The columns are those of the card, the entry or the form, under their labels; an id stands as
people call it.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from functools import cache, partial
from typing import Any
from unicodedata import normalize
from uuid import UUID

from domain import CASE_KINDS, CHECKS, REGISTERS, THINGS
from domain.approval.forms import Field, form_fields
from domain.approval.procedure import Form
from domain.records.cases import CaseKind
from domain.records.exports import column_of
from domain.records.lines import is_open
from domain.records.numbering import numbered_in
from domain.records.registers import Register
from domain.records.stage_forms import fill
from domain.records.things import Thing
from domain.sheets import Column, Table, read_answer, read_day, read_number, read_word
from domain.time.moments import OFFICE_TIME
from domain.vocabulary import Label, Vocabulary
from policies import vocabulary
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.records.export_sheets import CALLED, word_of

KEEPER, REACHED = "keeper_name", "stage"
Book = Thing | Register | CaseKind[Any]

MARKED = frozenset(each.name for each in CHECKS)
"""Lines that come with a sheet of marks."""

BOOKS: Mapping[str, Book] = {
    **{each.name: each for each in THINGS},
    **{each.name: each for each in REGISTERS if each.entered and each.name not in MARKED},
    **{each.code: each for each in CASE_KINDS if each.entry or numbered_in(each)},
}
"""By object, things first: lines name them."""


def titles(words: Vocabulary) -> Mapping[str, Label]:
    return {name: words.objects[name].label for name in BOOKS}


def columns_of(of: Book) -> tuple[Column, ...]:
    """The columns that people fill in; of what is handed out freely, who keeps it.

    Of cases that are numbered all that stages fill in, and the stage that one has reached.
    """
    columns = [Column(each.name, each.label, each.required) for each in fields_of(of)]
    if isinstance(of, Thing) and of.custody and not of.custody.issued_by:
        columns.append(Column(KEEPER, vocabulary.columns()["keeper"]))
    if isinstance(of, CaseKind) and numbered_in(of):
        columns.append(Column(REACHED, vocabulary.columns()[REACHED], required=not of.entry))
    return tuple(columns)


def fields_of(of: Book) -> tuple[Field, ...]:
    if isinstance(of, CaseKind):
        return tuple(sorted(form_fields(form_of(of)), key=lambda each: not each.required))
    return of.fields if isinstance(of, Thing) else of.entered


def form_of(of: Book) -> type[Form]:
    if isinstance(of, CaseKind):
        return _form_of_cases(of.code)
    return of.card if isinstance(of, Thing) else of.entry


@cache
def _form_of_cases(code: str) -> type[Form]:
    """What begins one; of those that are numbered the whole record."""
    [of] = (each for each in CASE_KINDS if each.code == code)
    if of.entry and not numbered_in(of):
        return of.entry.form
    own = form_fields(of.entry.form if of.entry else of.record)
    needed = tuple(each.name for each in own if each.required)
    names = (each.name for each in form_fields(of.record))
    rest = (name for name in names if name not in (*needed, *of.hidden))
    return fill(of.record, *rest, required=needed)


async def known_of(
    context: Context, of: Book, table: Table
) -> dict[tuple[Any, ...], Mapping[str, Any]]:
    """What there is already, by what tells one from another."""
    stands = {Thing: "t.state <> 'ended'", CaseKind: "true"}.get(type(of)) or is_open(of.table, "t")
    rows = await context.rows(
        statement(
            f"select t.* from {of.table.name} t where t.institution_id = :institution and {stands}"
        )
    )
    return {key: row for row in map(dict, rows) for key in keys_of(of, row, table)}


def keys_of(of: Book, values: Mapping[str, Any], table: Table) -> Iterator[tuple[Any, ...]]:
    """What tells one from another: name, number, what it is once of, or all that the sheet says."""
    if isinstance(of, Thing):
        yield (values[of.named_by],)
        return
    numbered = numbered_in(of) if isinstance(of, CaseKind) else ""
    if numbered and values[numbered]:
        yield numbered, values[numbered]
    begins = of.entry.form if isinstance(of, CaseKind) and of.entry else None
    own = {each.name for each in form_fields(begins)} if begins else of.table.columns.keys()
    once = of.once if isinstance(of, Register) else ()
    said = [e.name for e in of.table.columns if e.name in table.at and e.name in own]
    yield tuple(values[each] or None for each in once or said)


ACCOUNTS = "t.account", "split_part(t.account, '@', 1)"
Ids = Mapping[str, Mapping[str, Sequence[UUID]]]
"""By word, then by what people call it."""


async def ids_of(context: Context, of: Book, table: Table) -> Ids:
    """What the cells that refer to something may mean."""
    wanted: dict[str, set[str]] = {}
    for each in fields_of(of):
        if each.refers and each.refers.word in CALLED:
            said = {row.said[each.name] for row in table.rows if each.name in row.said}
            wanted.setdefault(each.refers.word, set()).update(said)
    wanted.setdefault("Person", set()).update(
        r.said[KEEPER] for r in table.rows if KEEPER in r.said
    )
    found: dict[str, dict[str, list[UUID]]] = {}
    for word, texts in wanted.items():
        names, called = CALLED[word]
        either = (called, *(ACCOUNTS if word == "Person" else ()))
        for said_as in either if texts else ():
            asked = statement(
                f"""select t.id, cast({said_as} as text) as called from {names} t
                    where t.institution_id = :institution
                      and cast({said_as} as text) = any(cast(:texts as text[]))"""
            )
            for row in await context.rows(asked, texts=sorted(texts)):
                found.setdefault(word, {}).setdefault(row["called"], []).append(row["id"])
    return found


def one(ids: Mapping[str, Sequence[UUID]], text: str) -> str:
    found = set(ids.get(text, ()))
    if len(found) != 1:
        raise ValueError("RECORD_AMBIGUOUS" if found else "NO_SUCH_RECORD", text)
    return str(*found)


def reader_of(of: Field, words: Vocabulary, ids: Ids) -> Callable[[str], Any]:
    """How the cells of a column are read, as a form holds them in JSON."""
    if of.refers:
        return partial(one, ids.get(of.refers.word, {}))
    if issubclass(of.type, Enum):
        column = column_of(of, words)
        return read_word({each.name: word_of(each, column, words) for each in of.type})
    return READS.get(of.type, str)


def _moment(text: str) -> str:
    day, *clock = re.split("[ T]+", normalize("NFKC", text).strip(), maxsplit=1)
    try:
        at = time.fromisoformat("".join(clock) or "00:00")
    except ValueError:
        raise ValueError("NOT_A_DAY", text) from None
    return datetime.combine(read_day(day), at, OFFICE_TIME).isoformat()


def _whole(text: str) -> int:
    number = Decimal(read_number(text))
    if number % 1:
        raise ValueError("NOT_A_NUMBER", text)
    return int(number)


READS: Mapping[type, Callable[[str], Any]] = {
    date: lambda text: read_day(text).isoformat(),
    datetime: _moment,
    int: _whole,
    Decimal: read_number,
    bool: read_answer,
}
