"""The statements on cases, as their kinds declare them: who sees which, listed, written."""

from dataclasses import fields
from datetime import datetime
from functools import cache
from typing import Any

from domain.records.case_tables import MOVING, RENEWED, refers
from domain.records.cases import HEADER, CaseKind
from domain.tables import ROW_BY_ROW, local_day
from resolvers.ground.database import Statement, statement
from resolvers.ground.derived import derived
from resolvers.records.sight import SEEN, Record

CLOCKS = """
  coalesce((
    select jsonb_agg(to_jsonb(k) order by k.started_at, k.id) from clocks k
    where (k.institution_id, k.subject_id) = (c.institution_id, c.id)), '[]')"""
OVERDUE = f"""exists (
    select from clocks k where (k.institution_id, k.subject_id) = (c.institution_id, c.id)
      and (k.state = 'expired' or k.due_at < :now and k.state = 'running') {ROW_BY_ROW})"""
APPROVED_BY = """
  (select s.decided_by_name from steps s
   where (s.institution_id, s.request_id) = (c.institution_id, c.request_id)
     and s.act = 'approve' and s.status = 'done'
   order by s.round desc, s.position desc limit 1)"""
WRITTEN = """
  insert into case_events
  select e.* from kept, jsonb_populate_record(cast(null as case_events), :event) e
  returning version"""


def origins(kind: CaseKind[Any]) -> tuple[str, ...]:
    """What the column `kind` may say: a request that begins it, nothing where it was entered."""
    return kind.kinds + (("",) if kind.entry or not kind.kinds else ())


@cache
def records_of(kind: CaseKind[Any]) -> tuple[Record, ...]:
    """Where the rows of a kind tell what its lines look at; each request may be lent on its own.

    A case belongs to the unit that handles it, or else to that of its request.
    """
    unit = f"c.{kind.unit}" if kind.unit else "r.unit_id"
    leading = [
        f"(c.{each.column} is null and c.{each.unit} is not null"
        f" and c.{each.unit} = any(cast(:led as uuid[])))"
        for each in kind.parties
        if each.unit
    ]
    return tuple(
        Record(
            kind.code,
            kind.table,
            "c",
            named=tuple(each.column for each in kind.parties),
            also=" or ".join(leading),
            unit=unit,
            among=f"c.kind = '{each}'",
            kind=each,
        )
        for each in origins(kind)
    )


def may_see(kind: CaseKind[Any]) -> str:
    """Who sees a case: by a line, or who stands in it; never whom it is about."""
    told = SEEN
    if about := kind.about:
        told += f"""
          and c.{about.person} is distinct from :person
          and not coalesce(c.{about.unit} = any(cast(:headed as uuid[])), false)
          and position(cast(:name as text) in c.{about.text}) = 0"""
    return told


def selected(kind: CaseKind[Any], *, anybody: bool = False) -> str:
    """Cases with all that is shown of them; to `anybody`, whoever may see them."""
    shows = "".join(
        f""", (select x.{each.of.name} from {each.of.table.name} x
              where (x.institution_id, x.id) = (c.institution_id, c.{each.by})) as {each.name}"""
        for each in kind.shows
    )
    return f"""
      select c.*, {CLOCKS} as clocks, {OVERDUE} as overdue, {APPROVED_BY} as approved_by,
             coalesce(r.status <> 'approved', false) as over, r.unit_id as asked_in{shows},
             (select jsonb_agg(to_jsonb(e) order by e.version) from case_events e
              where (e.institution_id, e.case_id) = (c.institution_id, c.id)) as history
      from {of_kind(kind, anybody=anybody)}"""


def of_kind(kind: CaseKind[Any], *, anybody: bool = False) -> str:
    kinds = ", ".join(f"'{each}'" for each in origins(kind))
    return f"""{kind.table.name} c
      left join requests r on (r.institution_id, r.id) = (c.institution_id, c.request_id)
      where c.institution_id = :institution and c.kind in ({kinds})
        and {"true" if anybody else may_see(kind)}"""


def every(text: str) -> Statement:
    """A statement of cases whoever may see them."""
    return statement(text.replace(SEEN, "true"))


@cache
def one(kind: CaseKind[Any]) -> str:
    return f"{selected(kind)} and (c.id = :id or c.request_id = :id)"


@derived
def standing_with(kind: CaseKind[Any], column: str) -> str:
    """Whether one stands that has this in the column."""
    return f"""select 1 from {kind.table.name} c
      where c.institution_id = :institution and c.standing and c.{column} = :named limit 1"""


@derived
def any_one(kind: CaseKind[Any]) -> str:
    return f"{selected(kind, anybody=True)} and (c.id = :id or c.request_id = :id)"


def section(kind: CaseKind[Any]) -> str:
    """The unit that a case is with: the one that it was given to, or that of whom it was."""
    party = next(each for each in kind.parties if each.unit)
    return f"""coalesce(c.{party.unit}, (
      select s.unit_id from appointments a
      join seats s on (s.institution_id, s.id) = (a.institution_id, a.seat_id)
      where (a.institution_id, a.person_id) = (c.institution_id, c.{party.column})
        and a.begins <= {local_day(":now")} and coalesce(a.ends >= {local_day(":now")}, true)
      order by a.begins, a.id limit 1))"""


def matches(kind: CaseKind[Any], narrowed: frozenset[str]) -> str:
    """The conditions in use, and no others."""
    day = f"c.{kind.day}"
    if kind.table.columns[kind.day].type.python_type is datetime:
        day = local_day(day)
    said = {
        **{
            each: f"c.{each} = :{each}"
            for each in ("number", "state", "standing", *kind.filters, *refers(kind.record))
        },
        **({kind.unit: f"{section(kind)} = :{kind.unit}"} if kind.unit else {}),
        "overdue": f"{OVERDUE} = cast(:overdue as boolean)",
        "first_day": f"{day} >= :first_day",
        "last_day": f"{day} <= :last_day",
    }
    return "".join(f" and {said[each]}" for each in sorted(narrowed))


@cache
def page(kind: CaseKind[Any], narrowed: frozenset[str]) -> str:
    """The newest of each kind of request that they came from, and the newest of these."""
    kinds = ", ".join(f"'{each}'" for each in origins(kind))
    return f"""
      select c.* from unnest(array[{kinds}]) came(kind) cross join lateral (
        {selected(kind)}{matches(kind, narrowed)} and c.kind = came.kind
          and (c.begun_at, c.id) < (:after_at, :after_id)
        order by c.begun_at desc, c.id desc limit :size) c
      order by c.begun_at desc, c.id desc limit :size"""


@derived
def keep(kind: CaseKind[Any]) -> str:
    name = kind.table.name
    changes = ", ".join(f"{each} = g.{each}" for each in (*MOVING, *_own(kind)))
    return f"""with kept as (
          update {name} c set {changes}
          from jsonb_populate_record(cast(null as {name}), :case) g
          where (c.institution_id, c.id) = (g.institution_id, g.id)
            and c.version = g.version - 1
          returning c.id
        ) {WRITTEN}"""


@derived
def begin(kind: CaseKind[Any]) -> str:
    """What is approved once more renews its case as long as it has not begun."""
    name, again = kind.table.name, ""
    every = ("institution_id", *HEADER, *_own(kind))
    if kind.begun and kind.kinds:
        moved = {*MOVING, *RENEWED, *_own(kind)} - {"version"}
        changes = ", ".join(f"{each} = excluded.{each}" for each in sorted(moved))
        again = f"""on conflict (institution_id, request_id) do update
          set {changes}, version = {name}.version + 1 where {name}.{kind.begun} {kind.empty}"""
    columns = ", ".join(every)
    return f"""with kept as (
          insert into {name} ({columns})
          select {columns} from jsonb_populate_record(cast(null as {name}), :case) {again}
          returning institution_id, id, version
        )
        insert into case_events
        select e.* from kept, jsonb_populate_record(
          cast(null as case_events),
          cast(:event as jsonb) || jsonb_build_object(
            'institution_id', kept.institution_id, 'case_id', kept.id,
            'version', kept.version)) e
        returning version"""


def _own(kind: CaseKind[Any]) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind.record))
