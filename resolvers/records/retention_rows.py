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
from resolvers.ground.derived import derived

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
DIGEST = "encode(sha256(convert_to(cast(to_jsonb(t) as text), 'UTF8')), 'hex') as digest"


def _day(moment: str) -> str:
    return f"cast(timezone('Asia/Shanghai', {moment}) as date)"


def _records(object_: str, first: str, last: str, more: str = "") -> str:
    """The records of an object, or requests: their days, whether they are held, what they say."""
    table = metadata.tables[TABLES.get(object_, REQUESTS)]
    number = "t.number" if "number" in table.columns else "''"
    of = _of(object_)
    return f"""
  select t.id, {of} as object, {number} as number, {_day(first)} as first, {last} as last,
         {HELD.format(object=of)} as held, {DIGEST} {more}
  from {table.name} t
  where t.institution_id = :institution and {_among(object_)}"""


def _of(object_: str) -> str:
    return "t.kind" if object_ == REQUESTS else f"'{object_}'"


def _among(object_: str) -> str:
    """Which of the cases in a shared table are of this object."""
    kinds = next((each.kinds for each in CASE_KINDS if each.code == object_), ())
    if not kinds or sum(table is CASES[object_] for table in CASES.values()) == 1:
        return "true"
    listed = ", ".join(f"'{each}'" for each in kinds)
    return f"t.kind in ({listed})"


def _over(object_: str) -> str:
    if object_ in BOOKS:
        text = _records(object_, "t.recorded_at", _day("t.recorded_at"))
    elif object_ in CASES:
        text = _records(object_, "t.begun_at", _day("t.since"))
        text += " and not t.standing and t.request_id is null"
    else:
        ended = _day("coalesce(t.completed_at, t.closed_at, t.created_at)")
        text = _records(object_, "t.created_at", f"greatest({ended}, t.counted_until)")
        text += """ and t.status not in ('pending', 'returned')
                    and t.step_institutions <@ array[cast(:institution as text)]"""
    of = "k.request_id" if object_ == REQUESTS else "k.subject_id"
    return f"{text} and not {RUNNING.format(of=of)}"


@derived
def over(object_: str) -> str:
    """Records of an object, or the requests, that ended by a day: after an id, or these alone."""
    return f"""select * from ({_over(object_)}
          and (cast(:only as uuid[]) is null or t.id = any(cast(:only as uuid[])))
          and (cast(:after as uuid) is null or t.id > cast(:after as uuid))) d
        where d.last <= :before order by d.id limit :most"""


@derived
def cases_of() -> str:
    """The cases that began with these requests."""
    running = RUNNING.format(of="k.subject_id")
    more = f", t.request_id, t.standing, {running} as running"
    return " union all ".join(
        _records(code, "t.begun_at", _day("t.since"), more)
        + " and t.request_id = any(cast(:ids as uuid[]))"
        for code, table in CASES.items()
        if "request_id" in table.columns
    )


@derived
def every_record() -> str:
    """Which records there are of these, whatever they are of."""
    return " union all ".join(
        f"""select t.id, {_of(each)} as object from {TABLES.get(each, REQUESTS)} t
            where t.institution_id = :institution and t.id = any(cast(:ids as uuid[]))
              and {_among(each)}"""
        for each in (REQUESTS, *TABLES)
    )


@derived
def resting() -> str:
    """Of these records, those on which something rests that would stay."""
    found = " union all ".join(
        f"""select x.{column} as id from {table} x
            where x.institution_id = :institution and x.{column} = any(cast(:ids as uuid[]))
              {"and x.id <> all(cast(:ids as uuid[]))" if goes else ""}"""
        for table, column, goes in _references()
    )
    return f"select distinct id from ({found}) r"


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
