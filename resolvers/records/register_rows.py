"""Registers read: the statements derived of their columns, a page of lines, and one line."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from functools import cache, partial
from typing import Any
from uuid import UUID

from domain.errors import Refused, at_fault
from domain.records.lines import is_open, line_signatures, read_row, stands
from domain.records.registers import Register
from domain.time.moments import OFFICE_TIME
from resolvers.ground.context import Context
from resolvers.ground.database import Statement
from resolvers.ground.derived import derived, insertion
from resolvers.ground.listing import Found, Slice
from resolvers.records.pages import Listing, listed
from resolvers.records.sight import SEEN, Record, rows_seen

SIGN = insertion(line_signatures)
entering: Callable[[Register], Statement] = cache(lambda register: insertion(register.table))


@cache
def record_of(register: Register) -> Record:
    """Where its lines tell who may see them: whoever wrote one, and whom it names, besides."""
    named = ("recorded_by", register.about, register.signed_by)
    return Record(register.name, register.table, "t", named=tuple(filter(None, named)))


def _selected(register: Register) -> str:
    return (
        f"select t.*, {stands(register.table, 't')} as stands,"
        f" {is_open(register.table, 't')} as open"
        f" from {register.lines} t where t.institution_id = :institution and {SEEN}"
    )


@cache
def one(register: Register) -> str:
    """A line that the viewer may see."""
    return f"{_selected(register)} and t.id = :id"


@derived
def the_same(register: Register) -> str:
    """A line for the same as another, the one that it corrects left out; unsigned ones as well."""
    optional = {each.name for each in register.fields if each.optional}
    same = " and ".join(
        f"t.{name} {'is not distinct from' if name in optional else '='} :{name}"
        for name in register.once
    )
    return f"""select t.id from {register.lines} t
        where t.institution_id = :institution and {same} and {is_open(register.table, "t")}
          and (cast(:but as uuid) is null or t.id <> :but) limit 1"""


@cache
def listing(register: Register, named: tuple[str, ...] = ()) -> Listing:
    """What of it the viewer may see by the day, the newest first, `named` in one of its columns."""
    day = f"t.{register.day}"
    order = {register.day: day, "id": "t.id"}
    narrowed = {"since": f"{day} >= :since", "until": f"{day} < :until"}
    if named:
        narrowed["naming"] = f"({' or '.join(f't.{each} = :naming' for each in named)})"
    return Listing(register.lines, _selected(register), order, narrowed, down=True)


Line = Mapping[str, Any]


async def line_of(context: Context, register: Register, line: UUID) -> Line:
    """One line as it was written, and whether it still counts.

    Raises: Refused: no such line, or none that the viewer may see.
    """
    rows = await rows_seen(context, record_of(register), one(register), id=line)
    if not rows:
        raise Refused("LINE_NOT_FOUND")
    return read_row(register.fields, rows[0])


async def standing_line(
    context: Context, register: Register, line: UUID, named: str
) -> Mapping[str, Any]:
    """A line that counts, which an entry names in a field.

    Raises: Refused: NOT_FOUND_HERE: no such line that the viewer may see, or one that does not
    count.
    """
    found = await rows_seen(context, record_of(register), one(register), id=line)
    if not found or not found[0]["stands"]:
        raise at_fault("NOT_FOUND_HERE", "input", named)
    row: Mapping[str, Any] = found[0]
    return row


async def lines(
    context: Context,
    register: Register,
    first_day: date | None,
    last_day: date | None,
    page: Slice,
    naming: tuple[str, UUID] | None = None,
) -> Found[Line]:
    """Lines that happened between two days and name a record, the newest first."""
    word, named = naming or ("", None)
    given = {
        "naming": named,
        "since": first_day and _beginning(register, first_day),
        "until": last_day and _beginning(register, last_day + timedelta(days=1)),
    }
    run, read = partial(rows_seen, context, record_of(register)), partial(read_row, register.fields)
    return await listed(run, listing(register, register.naming(word)), given, page, read)


def _beginning(register: Register, day: date) -> Any:
    """When a day begins, as the register's column tells it."""
    return datetime.combine(day, time(), OFFICE_TIME) if register.is_timed else day
