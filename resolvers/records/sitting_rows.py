"""Sittings as rows: each read with its agenda and who came in one statement."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.records.ballots import Tally
from domain.records.sitting_tables import RESOLVED, sitting_items, sittings
from resolvers.ground.database import statement
from resolvers.ground.derived import alteration, insertion
from resolvers.requests.step_rows import EVERYTHING, columns


@dataclass(frozen=True)
class Item:
    """One matter on an agenda, and what became of it.

    Of a secret ballot: whether it is open, how many have a vote and have cast it, what it came to.
    """

    id: UUID
    title: str
    matter: str
    step_id: UUID | None
    request_id: UUID | None
    act_id: UUID | None
    carried_from: UUID | None
    revote: bool
    withdrawn: tuple[UUID, ...]
    ballot_open: bool
    voters: int
    voted: int
    secret_count: Tally | None
    ballot: Mapping[str, int] | None
    heard: tuple[Mapping[str, Any], ...] | None
    outcome: str | None
    found_by_chair: bool | None
    reason: str | None
    remarks: tuple[Mapping[str, Any], ...]
    clauses: tuple[str, ...]
    resolved_at: datetime | None


@dataclass(frozen=True)
class Member:
    """Somebody who was due at a sitting, or sat in."""

    id: UUID
    name: str
    attended: bool
    excused: bool
    sits_in: bool


@dataclass(frozen=True)
class Sitting:
    """A meeting of a body; nothing changes once its minutes are closed."""

    id: UUID
    kind: str
    entry: Mapping[str, Any]
    number: str
    body: str
    place: str
    begins_at: datetime
    noticed_at: datetime
    notice_due: datetime | None
    notice_clause: str | None
    called_by: UUID
    called_by_name: str
    called_at: datetime
    invited: tuple[UUID, ...]
    eligible: int | None
    present: int | None
    chaired_by: UUID | None
    chaired_by_name: str | None
    minutes: str | None
    closed_by_name: str | None
    closed_at: datetime | None
    items: tuple[Item, ...]
    members: tuple[Member, ...]

    def item(self, item_id: UUID) -> Item:
        return next(item for item in self.items if item.id == item_id)


_SITTING = """
  select s.*,
    (select p.name from people p
     where (p.institution_id, p.id) = (s.institution_id, s.chaired_by)) as chaired_by_name,
    coalesce((select jsonb_agg(to_jsonb(i) || jsonb_build_object(
        'ballot_open', exists (select from sitting_ballots b
          where (b.institution_id, b.item_id) = (i.institution_id, i.id)),
        'voters', (select count(*) from sitting_voters v
          where (v.institution_id, v.item_id) = (i.institution_id, i.id)),
        'voted', (select count(*) from sitting_voters v
          where (v.institution_id, v.item_id) = (i.institution_id, i.id) and v.voted))
        order by i.position) from sitting_items i
      where (i.institution_id, i.sitting_id) = (s.institution_id, s.id)), '[]') as items,
    coalesce((select jsonb_agg(to_jsonb(a) || jsonb_build_object('id', a.person_id)
        order by a.name, a.person_id)
      from sitting_attendance a
      where (a.institution_id, a.sitting_id) = (s.institution_id, s.id)), '[]') as members
  from sittings s where s.institution_id = :institution"""

ONE = statement(f"{_SITTING} and s.id = :id")
OF_BODY = statement(
    f"""{_SITTING} and s.body = :body and s.kind = any(cast(:kinds as text[]))
        and (not :unminuted or s.closed_at is null and s.begins_at <= :now)
        order by s.begins_at desc, s.id desc limit :most"""
)
_ASKED_TO = f"""{_SITTING} and (
          :me = s.called_by or :me = any(s.invited)
          or exists (select from sitting_attendance a
            where (a.institution_id, a.sitting_id, a.person_id) = (s.institution_id, s.id, :me)
            offset 0)
          or exists (select from notices n
            where (n.institution_id, n.to_id, n.subject_id) = (s.institution_id, :me, s.id)
            offset 0))"""
ONE_OF_PERSON = statement(f"{_ASKED_TO} and s.id = :id")
OF_PERSON = statement(f"{_ASKED_TO} order by s.begins_at desc, s.id desc limit :most")
"""Those that somebody called, was asked to or came to."""
EXCUSED = statement(
    """select distinct r.applicant_id from requests r
       where r.institution_id = :institution and r.kind = :kind and r.status = 'approved'
         and r.form ->> 'sitting_id' = cast(cast(:id as uuid) as text)"""
)
"""Who asked, of such a kind, not to come to a sitting, and may stay away."""
LOCK = statement(
    "select id from sittings where institution_id = :institution and id = :id for update"
)
LOCK_BY_ITEM = statement(
    """select s.id from sittings s
       join sitting_items i on (i.institution_id, i.sitting_id) = (s.institution_id, s.id)
       where s.institution_id = :institution and i.id = :id for update of s"""
)
WAITING = statement(
    f"""select {", ".join(columns(EVERYTHING))}, w.step_id,
          (select s.number from sitting_items i
           join sittings s on (s.institution_id, s.id) = (i.institution_id, i.sitting_id)
           where i.institution_id = w.institution_id and i.step_id = w.step_id
             and i.outcome is null) as sitting
        from waiting w
        join seats s on (s.institution_id, s.id) = (w.institution_id, w.seat_id)
        join steps t on (t.institution_id, t.id) = (w.request_institution_id, w.step_id)
        join requests r on (r.institution_id, r.id) = (w.request_institution_id, w.request_id)
        where w.institution_id = :institution and s.role = :body and t.act = 'vote'
        order by w.opened_at, w.step_id limit :most"""
)
BROUGHT = statement(
    """select true from sitting_items where institution_id = :institution and request_id = :request
         and outcome is distinct from 'deferred' limit 1"""
)
CARRIED = statement(
    """select i.id, i.title, i.matter, i.step_id, i.request_id, i.act_id, i.withdrawn,
              i.revote or i.ballot is not null as revote
       from sitting_items i
       join sittings s on (s.institution_id, s.id) = (i.institution_id, i.sitting_id)
       where s.institution_id = :institution and s.kind = :kind and s.body = :body
         and i.outcome = 'deferred'
         and not exists (select from sitting_items n
                         where (n.institution_id, n.carried_from) = (i.institution_id, i.id))
         and (i.step_id is null or exists (
           select from waiting w
           where (w.institution_id, w.step_id) = (i.institution_id, i.step_id)))
         and (i.act_id is null or exists (
           select from administrative_acts a
           where (a.institution_id, a.id) = (i.institution_id, i.act_id)
             and a.state = 'pending'))
       order by s.begins_at, i.position"""
)
CALLED = statement(
    "select body, called_by, chaired_by from sittings"
    " where institution_id = :institution and id = :id"
)
CALL, LIST = insertion(sittings), insertion(sitting_items)
NUMBER = statement(
    """select cast(:year as text) || '-' || lpad(cast(count(*) + 1 as text), 2, '0')
       from sittings where institution_id = :institution and kind = :kind and body = :body
         and starts_with(number, cast(:year as text) || '-')"""
)
DUE = statement(
    """select k.at, p.id, p.name, false as attended, false as excused, not p.due as sits_in
       from jsonb_to_recordset(:asked) k (at int, everybody boolean, "of" uuid, chairs text[],
                                          roles text[], keeping text[], day date, invited uuid[])
       cross join lateral (
         select p.id, p.name,
           exists (select from unnest(k.roles) r where p.facts ->> r = 'true') or coalesce(bool_or(
             (k.everybody or s.role = any(k.roles))
             and (k."of" is null or s.unit_id in (
               select c.unit_id from appointments b
               join seats c on (c.institution_id, c.id) = (b.institution_id, b.seat_id)
               where (b.institution_id, b.person_id) = (p.institution_id, k."of")
                 and c.role = any(k.chairs)
                 and b.begins <= k.day and (b.ends is null or b.ends >= k.day)))), false) as due,
           coalesce(bool_or(s.role = any(k.keeping)), false) as keeps
         from people p
         left join appointments a on (a.institution_id, a.person_id) = (p.institution_id, p.id)
           and a.begins <= k.day and (a.ends is null or a.ends >= k.day)
         left join seats s on (s.institution_id, s.id) = (a.institution_id, a.seat_id)
         where p.institution_id = :institution and (p.leaves is null or p.leaves >= k.day)
         group by p.institution_id, p.id) p
       where p.due or p.keeps or p.id = any(k.invited) order by k.at, p.name, p.id"""
)
"""Who holds a seat of these roles on a day, or is of them by what the office knows of people; and
who keeps the record or was invited besides, of each that is asked.

Of a meeting that each section has for itself: all who sit in a unit that whoever called it chairs.
"""

EVERYBODY = statement(
    """select p.id, p.name from people p
       where p.institution_id = :institution and (p.leaves is null or p.leaves >= :today)
         and exists (select from appointments a
           where (a.institution_id, a.person_id) = (p.institution_id, p.id)
             and a.begins <= :today and (a.ends is null or a.ends >= :today))"""
)
ATTEND = statement(
    """with gone as (
         delete from sitting_attendance where institution_id = :institution and sitting_id = :id
           and not (person_id = any(cast(:people as uuid[])))
       ), came as (
         insert into sitting_attendance
           (institution_id, sitting_id, person_id, name, attended, excused, sits_in)
         select :institution, :id, g.person_id, g.name, g.attended, g.excused, g.sits_in
         from jsonb_populate_recordset(cast(null as sitting_attendance), :members) g
         on conflict (institution_id, sitting_id, person_id)
           do update set attended = excluded.attended, excused = excluded.excused,
             sits_in = excluded.sits_in
       )
       update sittings set eligible = :eligible, present = :present, chaired_by = :chair
       where institution_id = :institution and id = :id"""
)
RESOLVE = alteration(
    sitting_items, *(each for each in RESOLVED if each not in ("withdrawn", "secret_count"))
)
CLOSE = statement(
    """with left_over as (
         update sitting_items set outcome = 'deferred', resolved_at = :at
         where institution_id = :institution and sitting_id = :id and outcome is null
       )
       update sittings set minutes = :minutes, closed_at = :at, closed_by_name = :name
       where institution_id = :institution and id = :id"""
)
