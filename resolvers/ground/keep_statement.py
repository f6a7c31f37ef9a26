"""The one statement that keeps a request, with its steps, inboxes, lists, answer and ledger line.

It takes effect only if the request still has the version that was read. What one request has to
itself is written first; what a whole office shares, the head of its chain and its numbers, is
locked last, and what others lock behind the chain comes after it.
"""

from domain.approval.finding import handled, request_counts
from domain.approval.request import requests, steps, waiting
from domain.office.booking import absences, bookings
from domain.shapes.clock_tables import clock_changes, clocks
from resolvers.ground.derived import derived
from resolvers.ground.keep_parts import MOVING, Part, changes, columns, named, populated
from resolvers.ground.ledger import STILL_SO

STILL_NEW = "select cast(:institution as text) as institution_id, cast(:id as uuid) as id"
STILL = """
  select r.institution_id, r.id from requests r
  where r.institution_id = :institution and r.id = :id and r.version = :known_version
  for no key update"""
"""The request, if it is as it was read; whoever changes it now waits."""

FIRST = {
    Part.STEPS: f"""
      insert into steps ({columns(steps)})
      select {columns(steps, "g.")} from still, {populated("steps", "steps")}""",
    Part.LEFT: f"""
      delete from waiting w using still
      where w.request_institution_id = still.institution_id and w.request_id = still.id
        and not exists (
          select from {populated("waiting", "waiting")}
          where (g.institution_id, g.seat_id, g.step_id)
              = (w.institution_id, w.seat_id, w.step_id))""",
    Part.ENTERED: f"""
      insert into waiting ({columns(waiting)})
      select {columns(waiting, "g.")} from still, {populated("waiting", "waiting")}""",
    Part.WORDED: """
      insert into request_words (institution_id, word, created_at, request_id)
      select still.institution_id, word, :created_at, still.id
      from still cross join unnest(cast(:words as text[])) word""",
    Part.HANDLED: f"""
      insert into handled ({columns(handled)})
      select {columns(handled, "g.")} from still, {populated("handled", "handled")}""",
    Part.CONCERNING: """
      delete from handled h using still
      where (h.institution_id, h.person_id, h.request_id)
          = (still.institution_id, cast(:concerns as uuid), still.id)""",
    Part.ANSWERED: """
      insert into answers (institution_id, person_id, idempotency_key, request_hash, answer, at)
      select still.institution_id, :person, :idempotency_key, :request_hash,
             jsonb_build_object('request', still.id), :at
      from still""",
}
"""What nobody waits for who acts on another request."""

MET = {
    Part.STEPS: f"""
      on conflict (institution_id, id) do update set {changes(steps)}
      where steps.status <> 'done'""",
    Part.ENTERED: "on conflict do nothing",
    Part.WORDED: "on conflict do nothing",
    Part.HANDLED: """
      on conflict (institution_id, person_id, request_id) do update set at = excluded.at
      where handled.at < excluded.at""",
}
"""What becomes of rows that are there already. A new request meets none, and need not look."""

NUMBERED = """, held as (
  select ledger_hold(still.institution_id) from still, settled
), numbered as (
  insert into request_numbers as counted (institution_id, year, last)
  select :institution, :year, 1 from held
  on conflict (institution_id, year) do update set last = counted.last + 1
  returning year || '-' || lpad(cast(last as text), 6, '0') as number
)"""

AFTER = {
    Part.AWAY: f"""
      insert into absences ({columns(absences)})
      select {columns(absences, "g.")} from told, {populated("absences", "absences")}
      on conflict (institution_id, request_id) do update set {changes(absences)}""",
    Part.BOOKED: f"""
      insert into bookings ({columns(bookings)})
      select {columns(bookings, "g.")} from told, {populated("bookings", "bookings")}
      on conflict (institution_id, request_id) do update set {changes(bookings)}""",
    Part.ENDED: """
      update bookings b set standing = false from told
      where b.institution_id = :institution and b.request_id = :id
    ), back_at_work as (
      update absences a set standing = false from told
      where a.institution_id = :institution and a.request_id = :id""",
    Part.LONGER: """
      update absences a
      set period = tsrange(lower(a.period), cast(:longer_until as timestamp)),
          days = cast(cast(:longer_days as text) as numeric)
      from told where a.institution_id = :institution and a.request_id = :longer""",
    Part.BACK: """
      update absences a
      set period = tsrange(
            lower(a.period),
            greatest(lower(a.period), least(
              coalesce(cast(:back_until as timestamp), upper(a.period)),
              cast(:back_at as timestamp)))),
          days = case
            when cast(:back_until as timestamp) is not null
              or cast(:back_at as timestamp) < upper(a.period)
            then coalesce(cast(cast(:back_days as text) as numeric), a.days) else a.days end,
          back_at = cast(:back_at as timestamp)
      from told where a.institution_id = :institution and a.request_id = :id""",
    Part.COUNTED: f"""
      insert into request_counts ({columns(request_counts)})
      select l.institution_id, l.list, l.subject_id, :institution, l.kind, l.status, sum(l.number)
      from told, listed l
      group by l.institution_id, l.list, l.subject_id, l.kind, l.status
      having sum(l.number) <> 0
      on conflict (institution_id, list, subject_id, request_institution_id, kind, status)
        do update set number = request_counts.number + excluded.number""",
}
"""What others lock when they hold the chain already, so that nobody waits in a circle."""

LISTED = """, handled_now as (
  select institution_id, person_id from {now}
), handled_before as (
  {before}
), listed as (
  select c.list, c.institution_id, c.subject_id, c.kind, c.status, c.number
  from {counts}
  union all
  select 'handled', h.institution_id, h.person_id, cast(:kind as text), cast(:status as text), 1
  from (table handled_before union table handled_now) h
  where h.person_id is distinct from cast(:concerns as uuid)
  union all
  select 'handled', h.institution_id, h.person_id, :kind, cast(:status_before as text), -1
  from handled_before h
)"""
"""How many there are more of each list, and fewer; what is written now is not yet seen."""


@derived
def keeping(parts: frozenset[Part]) -> str:
    """The statement with these parts, and no others."""
    new = Part.NEW in parts
    met = {} if new else MET
    first = [part for part in FIRST if part in parts]
    every = " + ".join(f"(select count(*) from {part}_first)" for part in first) or "0"
    return (
        f"with still as ({STILL_NEW if new else STILL})"
        + named(f"{p}_first as ({FIRST[p]} {met.get(p, '')} returning true)" for p in first)
        + f", settled as (select {every} as rows)"
        + (NUMBERED if Part.NUMBERED in parts else "")
        + f", kept as ({_kept(new=new, parts=parts)})"
        + f""", told as (
             select kept.number,
               ledger_append(kept.institution_id, :at, :event, :record, :values),
               {STILL_SO}
             from kept)"""
        + (_listed(new=new) if Part.COUNTED in parts else "")
        + named(f"{part}_after as ({AFTER[part]})" for part in Part if part in parts & set(AFTER))
        + (clocks_kept(parts) if Part.CLOCKS_TOLD in parts else "")
        + f" select number from told {f'where {SEEN}' if Part.CLOCKS_SEEN in parts else ''}"
    )


def _kept(*, new: bool, parts: frozenset[Part]) -> str:
    """The request itself, once everything else is settled that is its own."""
    number = "numbered.number" if Part.NUMBERED in parts else "g.number"
    numbered = " cross join numbered" if Part.NUMBERED in parts else ""
    given = (
        "still cross join settled"
        f" cross join jsonb_populate_record(cast(null as requests), :request) g{numbered}"
    )
    if new:
        every = columns(requests, "g.").replace("g.number", number)
        return (
            f"insert into requests as r ({columns(requests)}) select {every} from {given}"
            " returning r.institution_id, r.id, r.number"
        )
    only = None if Part.REWRITTEN in parts else MOVING
    moved = changes(requests, "g", only).replace("g.number", number)
    return (
        f"update requests r set {moved} from {given}"
        " where r.institution_id = still.institution_id and r.id = still.id"
        " returning r.institution_id, r.id, r.number"
    )


def _listed(*, new: bool) -> str:
    recorded = """jsonb_to_recordset(:counts) as c(
      list text, institution_id text, subject_id uuid, kind text, status text, number integer)"""
    before = """
      select h.institution_id, h.person_id from still
      join handled h on h.request_id = still.id and h.institution_id = any(array(
          select s.superior_id from institution_superiors s where s.institution_id = :institution
        ) || cast(:institution as text))"""
    nobody = """
      select cast(null as text) as institution_id, cast(null as uuid) as person_id where false"""
    now = populated("handled", "handled")
    return LISTED.format(now=now, before=nobody if new else before, counts=recorded)


SUBMIT = keeping(
    frozenset(
        {
            *(Part.NEW, Part.NUMBERED, Part.STEPS, Part.ENTERED, Part.WORDED, Part.ANSWERED),
            Part.COUNTED,
        }
    )
)
"""What a plain submission runs."""

DECIDE = keeping(
    frozenset({*(Part.STEPS, Part.LEFT, Part.ENTERED, Part.HANDLED, Part.ANSWERED), Part.COUNTED})
)
"""What a plain decision runs, where another turn follows."""


NOTHING = "select cast(null as uuid) as id where false"
CLOCKS = {
    Part.CLOCKS_CHANGED: f"""
      insert into clocks ({columns(clocks)})
      select {columns(clocks, "g.")} from told, {populated("clocks", "clocks_changed")}
      on conflict (institution_id, id) do update set {changes(clocks)} returning id""",
    Part.CLOCKS_BEGUN: f"""
      insert into clocks ({columns(clocks)})
      select {columns(clocks, "g.")}
      from told, (select count(*) from clocks_changed) as changed,
        {populated("clocks", "clocks_begun")}
      on conflict do nothing returning id""",
}
"""What stops is written before what begins: of one row one clock runs for a subject."""

TOLD_OF_CLOCKS = {
    Part.CLOCKS_TOLD: f"""
      insert into clock_changes ({columns(clock_changes)})
      select {columns(clock_changes, "g.")}
      from clocks_kept k
      join {populated("clock_changes", "clock_changes")} on g.clock_id = k.id""",
    Part.WOKEN: """
      insert into pgqueuer (priority, entrypoint, payload, execute_after, dedupe_key, status)
      select 0, j.entrypoint, j.payload, j.after + now(), j.key, 'queued'
      from clocks_kept k
      join unnest(cast(:waking as uuid[]), cast(:entrypoints as text[]),
                  cast(:payloads as bytea[]), cast(:after as interval[]), cast(:keys as text[]))
        as j(id, entrypoint, payload, after, key) on j.id = k.id
      on conflict (dedupe_key) where status in ('queued', 'picked') and dedupe_key is not null
        do nothing
      returning id, entrypoint
    ), woken_logged as (
      insert into pgqueuer_log (job_id, status, entrypoint, priority)
      select id, 'queued', entrypoint, 0 from woken""",
}
"""As the queue itself puts a job in: one that waits there already is left alone."""

SEEN = "clocks_going(:institution, cast(:records as uuid[])) = :clocks_seen"
"""Looked at once the chain is held: nobody moves a clock without it."""


def clocks_kept(parts: frozenset[Part]) -> str:
    """What follows on the line of the ledger, for the clocks that an act moves."""
    every = {str(part): sql if part in parts else NOTHING for part, sql in CLOCKS.items()}
    kept = " union ".join(f"select id from {part}" for part in every)
    after = {str(part): sql for part, sql in TOLD_OF_CLOCKS.items() if part in parts}
    ctes = {**every, "clocks_kept": kept, **after}
    return named(f"{name} as ({sql})" for name, sql in ctes.items())
