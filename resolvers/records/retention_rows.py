"""Records whose matter is over, and what hangs on one, goes with it, or rests on it: as SQL.

Read off the declarations: a request with what was said of it and its case, a case that was entered,
a line of a register that no balance is made of.
"""

from collections.abc import Iterable, Iterator
from functools import cache

from sqlalchemy import Uuid

from domain import ACCOUNTS, CASE_KINDS, REGISTERS, STOCKS
from domain.records import occurrences, retention
from domain.tables import metadata
from policies import personal
from resolvers.ground.database import Statement, statement

REQUESTS, FILES = "requests", "files"
COUNTED = {
    *(each.opens.name for each in ACCOUNTS),
    *(flow.of for each in ACCOUNTS for flow in each.flows),
    *(move.register.name for each in STOCKS for move in each.moves),
    *(each.counts.name for each in STOCKS),
    *(each.name for each in REGISTERS if each.reading),
    occurrences.OCCURRENCES.name,
}
"""Registers of which something is made up: their lines are kept as long as that."""

BOOKS = {each.name: each.table for each in REGISTERS if each.name not in COUNTED}
CASES = {each.code: each.table for each in CASE_KINDS}
TABLES = {
    **{name: table.name for name, table in BOOKS.items()},
    **{code: table.name for code, table in CASES.items()},
}
"""The table of each object whose records are destroyed, beside the requests of every kind."""

PARTS: tuple[dict[str, str], ...] = (
    {"table": "notice_reads", "column": "notice_id", "of": "notices", "by": "request_id"},
    {"table": "notice_reads", "column": "notice_id", "of": "notices", "by": "subject_id"},
    {"table": "notices", "column": "request_id"},
    {"table": "notices", "column": "subject_id"},
    {"table": "deliveries", "column": "request_id"},
    {
        "table": "circulation_readers",
        "column": "circulation_id",
        "of": "circulations",
        "by": "request_id",
    },
    {"table": "circulations", "column": "request_id"},
    {"table": "clock_changes", "column": "clock_id", "of": "clocks", "by": "request_id"},
    {"table": "clock_changes", "column": "clock_id", "of": "clocks", "by": "subject_id"},
    {"table": "clocks", "column": "request_id"},
    {"table": "clocks", "column": "subject_id"},
    *(
        {"table": name, "column": "request_id"}
        for name in (
            *("steps", "request_words", "comments", "copies", "urgings", "absences"),
            *("bookings", "handled", "waiting"),
        )
    ),
    {"table": "case_events", "column": "case_id"},
    *({"table": e, "column": "line_id"} for e in ("line_signatures", "check_marks", "mend_turns")),
    {"table": FILES, "column": "record_id"},
)
"""What goes with a record, in the order in which it goes; the records themselves come last."""

GOES = {each["table"] for each in PARTS}
BESIDE = {
    *("ledger", "ledger_heads", "ledger_values", "ledger_looks", "signed_heads"),
    *("answers", "request_counts", "corrections_asked", "record_holds", "exports"),
}
"""What names a record and does not rest on it."""


def parts(objects: Iterable[str]) -> list[dict[str, str]]:
    """Everything that goes with records of these objects, then they: what refers comes first."""
    tables = {TABLES.get(each, REQUESTS) for each in objects}
    last = [each.name for each in reversed(metadata.sorted_tables) if each.name in tables]
    return [*PARTS, *({"table": each, "column": "id"} for each in last)]


@cache
def period_of(object_: str) -> str:
    """How long records of an object, or requests of a kind, are kept: as their longest column."""
    table = metadata.tables[TABLES.get(object_, REQUESTS)]
    told = [personal.told(name) for name, _, _ in personal.columns_of(table)]
    if object_ not in TABLES:
        told += [
            row for row in personal.rows() if any(e.startswith(f"{object_}.") for e in row.columns)
        ]
    periods = {each.period for each in told if each and each.kind != "none"}
    lasting = {e for e in periods if e == retention.PERMANENT or retention.LASTING.fullmatch(e)}
    return retention.longest(lasting or {retention.PERMANENT})


HELD = """
  exists (select from record_holds h
    where h.institution_id = t.institution_id and h.lifted_at is null and h.held = {object}
      and (h.record_id is null or h.record_id = t.id))"""
RUNNING = """
  exists (select from clocks k
    where k.institution_id = t.institution_id and k.ended_at is null
      and ({of} = t.id or t.id = any(k.concerns)))"""
DAY = "cast(timezone('Asia/Shanghai', {moment}) as date)"
DIGEST = "encode(sha256(convert_to(cast(to_jsonb(t) as text), 'UTF8')), 'hex') as digest"

OVER = f"""
  select t.id, t.kind as object, t.number, {DAY.format(moment="t.created_at")} as first,
         greatest({DAY.format(moment="coalesce(t.completed_at, t.closed_at, t.created_at)")},
                  t.counted_until) as last, {HELD.format(object="t.kind")} as held, {DIGEST}
  from requests t
  where t.institution_id = :institution and t.status not in ('pending', 'returned')
    and t.step_institutions <@ array[cast(:institution as text)]
    and not {RUNNING.format(of="k.request_id")}"""


def _case(code: str) -> str:
    return f"""
  select t.id, '{code}' as object, t.number, {DAY.format(moment="t.begun_at")} as first,
         {DAY.format(moment="t.since")} as last,
         {HELD.format(object=f"'{code}'")} as held, {DIGEST}
  from {CASES[code].name} t
  where t.institution_id = :institution and not t.standing and {_among(code)}
    and not {RUNNING.format(of="k.subject_id")}"""


def _among(code: str) -> str:
    """Which of the cases in a shared table are of this object."""
    kinds = next(each.kinds for each in CASE_KINDS if each.code == code)
    if sum(table is CASES[code] for table in CASES.values()) == 1 or not kinds:
        return "true"
    listed = ", ".join(f"'{each}'" for each in kinds)
    return f"t.kind in ({listed})"


def _line(name: str) -> str:
    table = BOOKS[name]
    number = "t.number" if "number" in table.columns else "''"
    return f"""
  select t.id, '{name}' as object, {number} as number,
         {DAY.format(moment="t.recorded_at")} as first,
         {DAY.format(moment="t.recorded_at")} as last,
         {HELD.format(object=f"'{name}'")} as held, {DIGEST}
  from {table.name} t
  where t.institution_id = :institution and not {RUNNING.format(of="k.subject_id")}"""


@cache
def over(object_: str) -> Statement:
    """Records of an object, or the requests, that ended by a day: after an id, or these alone."""
    text = OVER
    if object_ in BOOKS:
        text = _line(object_)
    elif object_ in CASES:
        text = _case(object_) + " and t.request_id is null"
    return statement(
        f"""select * from ({text}
              and (cast(:only as uuid[]) is null or t.id = any(cast(:only as uuid[])))
              and (cast(:after as uuid) is null or t.id > cast(:after as uuid))) d
            where d.last <= :before order by d.id limit :most"""
    )


@cache
def cases_of() -> Statement:
    """The cases that began with these requests."""
    found = " union all ".join(
        f"""select t.id, t.request_id, '{code}' as object, t.number, t.standing,
                   {DAY.format(moment="t.begun_at")} as first,
                   {DAY.format(moment="t.since")} as last,
                   {HELD.format(object=f"'{code}'")} as held, {DIGEST},
                   {RUNNING.format(of="k.subject_id")} as running
            from {table.name} t
            where t.institution_id = :institution and {_among(code)}
              and t.request_id = any(cast(:ids as uuid[]))"""
        for code, table in CASES.items()
        if "request_id" in table.columns
    )
    return statement(found)


@cache
def every_record() -> Statement:
    """Which records there are of these, whatever they are of."""
    found = ["select t.id, t.kind as object from requests t", *(
        f"select t.id, '{name}' from {table.name} t where true" for name, table in BOOKS.items()
    ), *(
        f"select t.id, '{code}' from {table.name} t where {_among(code)}"
        for code, table in CASES.items()
    )]  # fmt: skip
    ours = "t.institution_id = :institution and t.id = any(cast(:ids as uuid[]))"
    return statement(
        " union all ".join(f"{e} {'and' if ' where ' in e else 'where'} {ours}" for e in found)
    )


@cache
def resting() -> Statement:
    """Of these records, those on which something rests that would stay."""
    found = " union all ".join(
        f"""select x.{column} as id from {table} x
            where x.institution_id = :institution and x.{column} = any(cast(:ids as uuid[]))
              {"and x.id <> all(cast(:ids as uuid[]))" if goes else ""}"""
        for table, column, goes in _references()
    )
    return statement(f"select distinct id from ({found}) r")


def _references() -> Iterator[tuple[str, str, bool]]:
    """Every column that may name a record, and whether its own row may go with it."""
    for table in metadata.sorted_tables:
        if table.name in GOES | BESIDE:
            continue
        goes = table.name == REQUESTS or table.name in TABLES.values()
        for column in table.columns:
            to = {key.column.table.name for key in column.foreign_keys}
            if (
                isinstance(column.type, Uuid)
                and column.name != "id"
                and not to & {"people", "units"}
            ):
                yield table.name, column.name, goes
