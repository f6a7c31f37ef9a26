"""Clocks while everybody acts and the worker dies: none is lost, and none fires twice."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import asyncpg

CLOCKS = "select to_jsonb(c) from clocks c"
CHANGES = "select clock_id, what, count(*) from clock_changes group by 1, 2"
JOBS = "select entrypoint, dedupe_key from pgqueuer where status in ('queued', 'picked')"
ONCE = ("started", "warned", "expired", "deemed_accepted", "done", "cancelled")
TOLD_TWICE = """
select code, subject_id, to_id, details, count(*) from notices
where code like 'CLOCK_%' and code not like 'CLOCK_EXTEN%'
group by code, subject_id, to_id, details having count(*) > 1"""
DUTIES_TOLD_TWICE = """
select code, to_id, clause, details, count(*) from notices
where code like 'DUTY_%'
group by code, to_id, clause, details having count(*) > 1"""
ENDINGS = """
select record::jsonb ->> 'clock', count(*) from ledger
where event in ('clock_expired', 'clock_deemed_accepted') group by 1"""


async def clocks_hold(rows: asyncpg.Connection, now: datetime, *, worked: bool) -> int:
    """How many clocks there are. `worked`: the worker has just done everything that is due."""
    # All as of one moment: what a killed server had sent may still be committed meanwhile.
    async with rows.transaction(isolation="repeatable_read", readonly=True):
        clocks: list[Mapping[str, Any]] = [row[0] for row in await rows.fetch(CLOCKS)]
        changes = Counter({(str(c), what): n for c, what, n in await rows.fetch(CHANGES)})
        ended: dict[str, int] = dict(await rows.fetch(ENDINGS))
        jobs = {tuple(row) for row in await rows.fetch(JOBS)}
    for clock in clocks:
        key = clock["id"]
        happened = {what: changes[key, what] for what in ONCE}
        assert happened["started"] == 1, "a clock starts once"
        assert max(happened.values()) <= 1, f"more than once: {happened}"
        ran_out = happened["expired"] + happened["deemed_accepted"]
        assert ran_out == ended.get(key, 0), "what ran out stands in the ledger once"
        assert ran_out <= 1, "a clock runs out once"
        assert clock["state"] != "expired" or ran_out == 1, "expired, and nobody knows how"
        if clock["state"] == "running":
            assert ran_out == 0, "it ran out and runs on"
            due = datetime.fromisoformat(clock["due_at"])
            assert not worked or due > now, f"due at {due} and still running"
            wanted = ("clock_due", f"clock_due:{clock['institution_id']}:{key}:")
            waits = any(n == wanted[0] and d.startswith(wanted[1]) for n, d in jobs)
            assert waits, f"a clock that nobody will wake: {clock}"
    for asked in (TOLD_TWICE, DUTIES_TOLD_TWICE):
        assert not (twice := await rows.fetch(asked)), f"told twice: {twice}"
    return len(clocks)
