"""What the statement that keeps a request does for clocks: it moves them, tells of it and wakes."""

from domain.shapes.clock_tables import clock_changes, clocks
from resolvers.ground.keep_parts import Part, changes, columns, named, populated

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
