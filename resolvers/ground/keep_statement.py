"""The one statement that keeps a request, with its steps, inboxes, lists, answer and ledger line.

It takes effect only if the request still has the version that was read.
"""

from sqlalchemy import Table

from domain.approval.finding import handled, request_counts
from domain.approval.request import requests, steps, waiting
from domain.office.absence import absences
from domain.office.booking import bookings
from resolvers.ground.database import statement


def _columns(of: Table, prefix: str = "") -> str:
    return ", ".join(prefix + column.name for column in of.columns)


def _changes(of: Table) -> str:
    names = [each.name for each in of.columns if not each.primary_key and each.name != "request_id"]
    return ", ".join(f"{name} = excluded.{name}" for name in names)


_NUMBERED = _columns(requests, "g.").replace("g.number", "coalesce(n.number, g.number)")

KEEP = statement(f"""
with numbered as (
  insert into request_numbers as counted (institution_id, year, last)
  select cast(:institution as text), cast(:year as integer), 1 where :numbering
  on conflict (institution_id, year) do update set last = counted.last + 1
  returning year || '-' || lpad(cast(last as text), 6, '0') as number
), kept as (
  insert into requests as r ({_columns(requests)})
  select {_NUMBERED}
  from jsonb_populate_record(cast(null as requests), :request) g
  left join numbered n on true
  on conflict (institution_id, id) do update set {_changes(requests)}
  where r.version = :known_version
  returning r.institution_id, r.id, r.number
), kept_steps as (
  insert into steps ({_columns(steps)})
  select {_columns(steps, "g.")}
  from kept, jsonb_populate_recordset(cast(null as steps), :steps) g
  on conflict (institution_id, id) do update set {_changes(steps)}
  where steps.status <> 'done'
), left_inbox as (
  delete from waiting w using kept
  where w.request_institution_id = kept.institution_id and w.request_id = kept.id
    and not exists (
      select from jsonb_populate_recordset(cast(null as waiting), :waiting) g
      where (g.institution_id, g.seat_id, g.step_id) = (w.institution_id, w.seat_id, w.step_id))
), entered_inbox as (
  insert into waiting ({_columns(waiting)})
  select {_columns(waiting, "g.")}
  from kept, jsonb_populate_recordset(cast(null as waiting), :waiting) g
  on conflict do nothing
), away as (
  insert into absences ({_columns(absences)})
  select {_columns(absences, "g.")}
  from kept, jsonb_populate_recordset(cast(null as absences), :absences) g
  on conflict (institution_id, request_id) do update set {_changes(absences)}
), booked as (
  insert into bookings ({_columns(bookings)})
  select {_columns(bookings, "g.")}
  from kept, jsonb_populate_recordset(cast(null as bookings), :bookings) g
  on conflict (institution_id, request_id) do update set {_changes(bookings)}
), released as (
  update bookings b set standing = false from kept
  where b.institution_id = kept.institution_id and b.request_id = kept.id and :ended
), back_at_work as (
  update absences a set standing = false from kept
  where a.institution_id = kept.institution_id and a.request_id = kept.id and :ended
), prolonged as (
  update absences a
  set period = tsrange(lower(a.period), cast(:longer_until as timestamp)),
      days = cast(cast(:longer_days as text) as numeric)
  from kept
  where a.institution_id = kept.institution_id and a.request_id = :longer
), cut_short as (
  update absences a
  set period = tsrange(
        lower(a.period),
        greatest(lower(a.period), least(upper(a.period), cast(:back_at as timestamp)))),
      days = case when cast(:back_at as timestamp) < upper(a.period)
        then coalesce(cast(cast(:back_days as text) as numeric), a.days) else a.days end
  from kept
  where a.institution_id = kept.institution_id and a.request_id = kept.id
    and cast(:back_at as timestamp) is not null
), before as (
  select r.* from requests r
  where r.institution_id = cast(:institution as text) and r.id = cast(:id as uuid)
), now_is as (
  select g.* from kept, jsonb_populate_record(cast(null as requests), :request) g
), worded as (
  insert into request_words (institution_id, word, created_at, request_id)
  select n.institution_id, word, n.created_at, n.id
  from now_is n cross join unnest(n.search) word
  where n.status <> 'draft' and char_length(word) = 2
    and not exists (select from before b where b.status <> 'draft' and b.search = n.search)
  on conflict do nothing
), handled_before as (
  select h.institution_id, h.person_id from kept
  join handled h on h.request_id = kept.id and h.institution_id = any(array(
      select s.superior_id from institution_superiors s where s.institution_id = :institution
    ) || cast(:institution as text))
), handled_now as (
  select g.* from kept, jsonb_populate_recordset(cast(null as handled), :handled) g
), handling as (
  insert into handled ({_columns(handled)})
  select {_columns(handled, "g.")} from handled_now g
  on conflict (institution_id, person_id, request_id) do update set at = excluded.at
  where handled.at < excluded.at
), about_them as (
  delete from handled h using now_is n
  where (h.institution_id, h.person_id, h.request_id) = (n.institution_id, n.concerns_id, n.id)
), answered as (
  insert into answers (institution_id, person_id, idempotency_key, request_hash, answer, at)
  select kept.institution_id, :person, :idempotency_key, :request_hash,
         jsonb_build_object('request', kept.id), :at
  from kept where cast(:idempotency_key as text) is not null
), told as (
  select kept.number, ledger_append(kept.institution_id, :at, :event, :record, :values) from kept
), listed as (
  select 'mine' as list, institution_id, applicant_id as subject_id, kind, status, 1 as number
  from now_is
  union all
  select 'mine', institution_id, applicant_id, kind, status, -1 from before
  union all
  select 'unit', institution_id, unit_id, kind, status, 1 from now_is
  where status <> 'draft' and unit_id is not null
  union all
  select 'unit', institution_id, unit_id, kind, status, -1 from before
  where status <> 'draft' and unit_id is not null
  union all
  select 'handled', h.institution_id, h.person_id, n.kind, n.status, 1
  from now_is n, (select * from handled_before
                  union select institution_id, person_id from handled_now) h
  where h.person_id is distinct from n.concerns_id
  union all
  select 'handled', h.institution_id, h.person_id, b.kind, b.status, -1
  from before b, handled_before h
), counted as (
  insert into request_counts ({_columns(request_counts)})
  select l.institution_id, l.list, l.subject_id, :institution, l.kind, l.status, sum(l.number)
  from told, listed l
  group by l.institution_id, l.list, l.subject_id, l.kind, l.status
  having sum(l.number) <> 0
  on conflict (institution_id, list, subject_id, request_institution_id, kind, status)
    do update set number = request_counts.number + excluded.number
)
select number from told
""")
# Counters come after the head of the chain is held, so that nobody waits for another in a circle.
