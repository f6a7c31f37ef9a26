"""Sources as SQL: where each is read, and which of it is of a period, by an index that has it."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import TIMESTAMP

from domain.records.lines import stands
from domain.records.sources import (
    Away,
    By,
    Cases,
    DaysWithout,
    Entries,
    Lines,
    Moves,
    Requests,
    Source,
    Turns,
)
from domain.tables import NATIONAL, ROW_BY_ROW, local_day

BEGINS = "cast(cast(:first as date) as timestamp) at time zone 'Asia/Shanghai'"
ENDS = "cast(cast(:last as date) + 1 as timestamp) at time zone 'Asia/Shanghai'"
ABSENT = f"""people p cross join lateral (select a.* from absences a
  where (a.institution_id, a.person_id) = (p.institution_id, p.id) and a.standing
    and a.begins_on <= :last and a.begins_on >= {{since}} {ROW_BY_ROW}) a"""
BEGUN = ABSENT.format(since=":first")
REACHING = ABSENT.format(
    since="""coalesce((select max(e.begins_on) from absences e
      where (e.institution_id, e.person_id) = (p.institution_id, p.id) and e.standing
        and e.begins_on < :first), :first)"""
)
"""Of one person absences never overlap: the last that began before the period alone reaches it."""
CALENDAR = f"""left join calendar_days own
    on own.institution_id = a.institution_id and own.day = d.at
  left join calendar_days national on national.institution_id = '{NATIONAL}'
    and national.day = d.at"""
WORKED = "coalesce(own.working, national.working, extract(isodow from d.at) < 6)"
AWAY = f"""(select distinct a.institution_id, a.person_id, cast(d.at as date) as day
  from {REACHING}
  join requests r on (r.institution_id, r.id) = (a.institution_id, a.request_id)
    and r.status = 'approved'
  cross join lateral generate_series(date_trunc('day', lower(a.period)),
    upper(a.period) - interval '1 second', interval '1 day') d (at)
  {CALENDAR}
  where p.institution_id = :institution and a.kind like {{family}} and {WORKED}) t"""
"""The working days of approved absences."""
MISSED = f"""(select a.institution_id, a.{{key}}, cast(d.at as date) as day,
    to_char(d.at, 'YYYY-MM-DD') as missed_on
  from (select distinct t.institution_id, t.{{key}} from {{lines}} t
    where t.institution_id = :institution and {{stands}} and t.{{day}} between :first and :last) a
  cross join generate_series(cast(:first as date), cast(:last as date), interval '1 day') d (at)
  {CALENDAR}
  where {WORKED} and not exists (select from {{lines}} t
    where (t.institution_id, t.{{key}}, t.{{day}}) = (a.institution_id, a.{{key}}, d.at)
      and {{which}} and {{stands}})) t"""
"""The working days on which something named has no line."""
REQUESTS = """requests t left join absences a
  on (a.institution_id, a.request_id) = (t.institution_id, t.id) and a.standing"""
APPROVED = "t.status = 'approved' and t.kind in {kinds}"
AMONG = f""" and t.id in (
  select t.id from requests t where t.institution_id = :institution and {APPROVED}
    and t.closed_at >= {BEGINS} and t.closed_at < {ENDS}
  union all
  select t.id from requests t where t.institution_id = :institution and {APPROVED}
    and t.counted_from between :first and :last
  union all
  select a.request_id from {BEGUN} where p.institution_id = :institution and a.kind in {{kinds}})"""
"""Those that may count from a day of the period, each by the index that has it."""
TURNS = """roster_slots t
  join rosters r on (r.institution_id, r.id) = (t.institution_id, t.roster_id)"""


@dataclass(frozen=True)
class Read:
    """Where a source is read, under which conditions, `at` which day or moment.

    `t` is what it tells of, `among` what finds those of a period beforehand.
    """

    rows: str
    where: str
    at: str
    timed: bool = False
    event: str = ""
    among: str = ""

    @property
    def day(self) -> str:
        return local_day(self.at) if self.timed else self.at

    def until(self) -> str:
        """The condition that it is of a day before the period's end; an index on `at` serves it."""
        return f"{self.at} < {ENDS}" if self.timed else f"{self.at} <= :last"

    def within(self) -> str:
        """The condition that it is of the period."""
        since = f"{self.at} >= {BEGINS}" if self.timed else f"{self.at} >= :first"
        return f"{since} and {self.until()}{self.among}"

    def column(self, name: str) -> str:
        return f"e.{name}" if self.event and name in ("thing_id", "to_id") else f"t.{name}"


def read_of(source: Source) -> Read:
    """How a source is read."""
    match source:
        case Lines(of):
            counting = f" and {of.counted}" if of.counted else ""
            where = stands(of.table, "t") + counting
            return Read(f"{of.lines} t", where, f"t.{of.day}", of.is_timed)
        case Requests(kinds):
            # What an absence adds up to may count from an earlier one; it begins when it begins.
            day = f"coalesce(a.begins_on, t.counted_from, {local_day('t.closed_at')})"
            named, among = (each.format(kinds=listed(kinds)) for each in (APPROVED, AMONG))
            return Read(REQUESTS, named, day, among=among)
        case Cases(of, day, ()):
            timed = isinstance(of.table.columns[day].type, TIMESTAMP)
            return Read(f"{of.table.name} t", "true", f"t.{day}", timed)
        case Cases(of, _, events):
            joined = "on e.institution_id = t.institution_id and e.case_id = t.id"
            rows = f"{of.table.name} t join case_events e {joined}"
            return Read(rows, f"e.taken and e.event in {listed(events)}", "e.at", True, "e")
        case Moves(of, moves):
            joined = "on e.institution_id = t.institution_id and e.thing_id = t.id"
            where = f"e.thing = {literal(of.name)} and e.move in {listed(moves)}"
            return Read(f"{of.cards} t join thing_moves e {joined}", where, "e.at", True, "e")
        case Entries(of, moves):
            where = f"t.account = {literal(of.name)} and t.move in {listed(moves)}"
            return Read("account_entries t", where, "t.day")
        case Away(family):
            return Read(AWAY.format(family=literal(f"{family}.%")), "true", "t.day")
        case DaysWithout(of, key, without):
            which = f"t.{without[0]} = {literal(without[1])}" if without else "true"
            told = {"lines": of.lines, "key": key, "day": of.day, "which": which}
            rows = MISSED.format(**told, stands=stands(of.table, "t"))
            return Read(rows, "true", "t.day")
        case Turns(roster):
            return Read(TURNS, f"r.state = 'settled' and r.roster = {literal(roster)}", "t.day")


def literal(value: bool | str) -> str:
    """A word of a declaration in a statement's text."""
    if isinstance(value, bool):
        return str(value).lower()
    return "'" + value.replace("'", "''") + "'"


def listed(values: Iterable[str]) -> str:
    return f"({', '.join(literal(str(each)) for each in values)})"


def cell(source: Source, name: str, *, number: bool = False) -> str:
    """A column of a source; a fact of a request is a text, read as what it is."""
    if isinstance(source, Requests) and name not in ("applicant_id", "unit_id"):
        text = f"(t.facts ->> {literal(name)})"
        return f"cast({text} as numeric)" if number else text
    return read_of(source).column(name)


def keyed(source: Source, by: By | None) -> str:
    return cell(source, source.keyed(by)) if by else "1"
