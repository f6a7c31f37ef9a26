"""The statements of rosters, and whose turn it may be as the office knows it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from domain import ROSTERS
from domain.records.lines import stands
from domain.records.rosters import (
    Candidate,
    Held,
    Roster,
    Slot,
    Turn,
    roster_changes,
    roster_slots,
    rosters,
)
from domain.shapes.points import months_later
from domain.shapes.rosters import EVERYBODY, Shift
from domain.time.moments import OFFICE_TIME
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.derived import alteration, derived, insertion

DRAW = insertion(
    rosters,
    """on conflict (institution_id, roster, month) do update
       set (version, drawn_by, drawn_by_name, drawn_at, clause)
         = (rosters.version + 1, excluded.drawn_by, excluded.drawn_by_name, excluded.drawn_at,
            excluded.clause)
       where rosters.state = 'draft'
       returning id, version""",
)
CLEAR = statement(
    "delete from roster_slots where institution_id = :institution and roster_id = :roster"
)
FILL = insertion(roster_slots)
CHANGED = insertion(roster_changes)
SETTLE = statement("""
  update rosters set (state, version, settled_by, settled_by_name, settled_at, request_id,
                      clause, why)
    = ('settled', version + 1, :person, :name, :at, :request, :clause, :why)
  where institution_id = :institution and id = :id and version = :known returning version""")
MOVE_ON = statement("""
  update rosters set version = version + 1
  where institution_id = :institution and id = :id and version = :known returning version""")
REPLACE = alteration(roster_slots, "person_id")
ONE = statement("select * from rosters where institution_id = :institution and id = :id")
HELD = statement(
    "select * from rosters where institution_id = :institution and id = :id for update"
)
"""Of two who act at once the second sees what the first did."""
OF_MONTH = statement("""
  select * from rosters
  where institution_id = :institution and roster = :roster and month = :month""")
_EXCUSED = " or ".join(
    f"r.roster = '{each.name}' and q.kind = '{kind}' and q.form ->> '{night}' = cast(s.day as text)"
    for each in ROSTERS
    for kind, night in [each.swapped_by]
)
_SLOT = f"""select s.*, r.roster, r.state, p.name as person_name, exists (
    select from requests q where q.institution_id = s.institution_id
      and q.applicant_id = s.person_id and q.status = 'approved' and ({_EXCUSED})) as excused
  from roster_slots s
  join rosters r on (r.institution_id, r.id) = (s.institution_id, s.roster_id)
  left join people p on (p.institution_id, p.id) = (s.institution_id, s.person_id)
  where s.institution_id = :institution"""
_ORDERED = "order by s.begins, s.post, s.shift, s.place"
SLOTS = statement(f"{_SLOT} and s.roster_id = :roster {_ORDERED}")
"""The turns of a roster, in the order in which they begin."""
SLOT = statement(f"{_SLOT} and s.id = :id")
CHANGES = statement("""
  select c.*, s.day, f.name as from_name, t.name as to_name
  from roster_changes c
  join roster_slots s on (s.institution_id, s.id) = (c.institution_id, c.slot_id)
  left join people f on (f.institution_id, f.id) = (c.institution_id, c.from_id)
  join people t on (t.institution_id, t.id) = (c.institution_id, c.to_id)
  where c.institution_id = :institution and s.roster_id = :roster
  order by c.at desc, c.id desc limit 200""")
"""Who took over whose turn of a settled roster, the latest first."""
AT = statement(f"""
  {_SLOT} and r.state = 'settled' and s.begins <= cast(:at as timestamptz)
  and cast(:at as timestamptz) < s.ends {_ORDERED}""")


@derived
def logged(roster: Roster) -> str:
    """The turns between two days that have begun, each with when its log has lines."""
    log = roster.log
    return f"""select s.*, array(select l.{log.day} from {log.lines} l
            where l.institution_id = s.institution_id
              and l.{log.day} >= s.begins and l.{log.day} < s.ends
              and {stands(log.table, "l")}) as lines
        from ({_SLOT} and r.state = 'settled' and r.roster = :roster
          and s.day between :first and :last and s.begins < cast(:now as timestamptz)
          and s.post = any(cast(:posts as text[]))) s {_ORDERED}"""


BORNE = statement(f"""
  {_SLOT} and r.state = 'settled' and r.roster = :roster
  and s.begins <= cast(:at as timestamptz)
  and s.ends > cast(:at as timestamptz) - interval '1 day'
  and not exists (
    select from roster_slots l
    join rosters x on (x.institution_id, x.id) = (l.institution_id, l.roster_id)
    where l.institution_id = s.institution_id and x.state = 'settled' and x.roster = r.roster
      and l.post = s.post
      and l.begins >= s.ends and l.ends <= cast(:at as timestamptz)) {_ORDERED}""")
"""Who is on duty, and whoever was last before them at their post: perhaps not relieved yet."""
OF_BOOK = {
    name: each
    for each in ROSTERS
    for name in (each.events, *(book.name for book in (each.log, each.handover, *each.books)))
}
NEXT = statement(f"""
  {_SLOT} and r.state = 'settled' and r.roster = :roster and s.post = :post
  and s.begins = (
    select min(l.begins) from roster_slots l
    join rosters x on (x.institution_id, x.id) = (l.institution_id, l.roster_id)
    where l.institution_id = s.institution_id and x.state = 'settled' and x.roster = r.roster
      and l.post = s.post and l.begins >= :after) {_ORDERED}""")
TURNS = statement(
    f"{_SLOT} and r.state = 'settled' and r.roster = :roster"
    " and s.day >= :since and s.day < :until and s.person_id is not null"
)
CANDIDATES = statement("""
  with held as (
    select a.person_id, s.role, a.begins, a.ends,
           row_number() over (order by u.position, s.role, s.id, a.begins, a.id) as place
    from appointments a
    join seats s on (s.institution_id, s.id) = (a.institution_id, a.seat_id)
    join units u on (u.institution_id, u.id) = (s.institution_id, s.unit_id)
    where a.institution_id = :institution
      and a.begins < cast(:until as date)
      and (a.ends is null or a.ends >= cast(:since as date))
      and (cast(:every as boolean) or s.role = any(cast(:roles as text[]))))
  select p.id, p.name, p.leaves, p.facts, p.employment,
         jsonb_agg(jsonb_build_object('role', h.role, 'begins', h.begins, 'ends', h.ends)
                   order by h.place) as seats,
         (select coalesce(jsonb_agg(jsonb_build_array(lower(b.period), upper(b.period))), '[]')
          from absences b
          where b.institution_id = :institution and b.person_id = p.id and b.standing
            and not isempty(b.period)
            and b.period && tsrange(cast(:since as date), cast(:until as date) + 2)) as away,
         (select coalesce(jsonb_agg(jsonb_build_array(
            cast(r.closed_at at time zone 'Asia/Shanghai' as date),
            r.form -> cast(:until_when as text))), '[]') from requests r
          where r.institution_id = :institution and r.applicant_id = p.id
            and r.kind = :exempted_by and r.status = 'approved') as exempted,
         (select coalesce(jsonb_agg(r.form -> cast(:night as text)), '[]') from requests r
          where r.institution_id = :institution and r.applicant_id = p.id
            and r.kind = :swapped_by and r.status = 'approved') as off_on
  from held h
  join people p on (p.institution_id, p.id) = (:institution, h.person_id)
  group by p.institution_id, p.id order by min(h.place)""")


def slot_of(row: Mapping[str, Any]) -> Slot:
    times = (row["begins"].astimezone(OFFICE_TIME), row["ends"].astimezone(OFFICE_TIME))
    return Slot(row["day"], row["post"], row["shift"], row["place"], row["clause"], *times)


async def candidates(
    context: Context, roster: Roster, shifts: Iterable[Shift], month: date
) -> list[Candidate]:
    """Everybody who takes turns of these shifts in a month, in the order of the seats."""
    of = {role for shift in shifts for role in shift.of}
    members = context.services.vocabulary.roles
    of |= {each for role in of if role in members for each in members[role].members}
    rows = await context.rows(
        CANDIDATES,
        since=month,
        until=months_later(month, 1),
        roles=sorted(of - {EVERYBODY}),
        every=EVERYBODY in of,
        exempted_by=roster.exempted_by[0],
        until_when=roster.exempted_by[1],
        swapped_by=roster.swapped_by[0],
        night=roster.swapped_by[1],
    )
    return [_candidate(row, members) for row in rows]


def _candidate(row: Mapping[str, Any], roles: Mapping[str, Any]) -> Candidate:
    above = {
        member: {code for code, role in roles.items() if member in role.members}
        for member in {seat["role"] for seat in row["seats"]}
    }
    seats = tuple(
        Held(role, date.fromisoformat(seat["begins"]), _day(seat["ends"]))
        for seat in row["seats"]
        for role in (seat["role"], *sorted(above[seat["role"]]))
    )
    return Candidate(
        row["id"],
        row["name"],
        seats,
        row["leaves"],
        {**row["facts"], "employment": row["employment"]},
        tuple((_local(begins), _local(ends)) for begins, ends in row["away"]),
        tuple((date.fromisoformat(since), _day(last)) for since, last in row["exempted"]),
        frozenset(date.fromisoformat(day) for day in row["off_on"] if day),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _local(text: str | None) -> datetime:
    if text is None:
        return datetime.max.replace(tzinfo=OFFICE_TIME)
    return datetime.fromisoformat(text).replace(tzinfo=OFFICE_TIME)


async def turns(context: Context, roster: Roster, month: date) -> list[Turn]:
    """The turns of the twelve months before one."""
    rows = await context.rows(
        TURNS, roster=roster.name, since=months_later(month, -12), until=month
    )
    return [Turn(row["person_id"], row["post"], row["shift"], row["day"]) for row in rows]


@derived
def _ordered(roster: Roster) -> str:
    register, day = roster.ordered
    return f"""select t.{day} as day from {register.lines} t
        where t.institution_id = :institution and t.{day} >= :since and t.{day} < :until
          and {stands(register.table, "t")}"""


async def ordered_days(context: Context, roster: Roster, month: date) -> frozenset[date]:
    """The days of a month that documents order."""
    rows = await context.rows(_ordered(roster), since=month, until=months_later(month, 1))
    return frozenset(row["day"] for row in rows)


async def posts_borne(context: Context, book: str, at: Any) -> dict[str, UUID | None]:
    """The posts that the viewer bears in a book or event: on duty then, or not relieved yet.

    Of a day it is who was on duty at its noon.
    """
    roster, me = OF_BOOK.get(book), context.viewer.person.id
    if roster is None or not isinstance(at, date):
        return {}
    if not isinstance(at, datetime):
        at = datetime.combine(at, time(12), OFFICE_TIME)
    turns = await context.rows(BORNE, roster=roster.name, at=at)
    return {turn["post"]: me for turn in turns if turn["person_id"] == me}
