"""A year of an office of forty, written at once: requests with turns, ledger lines, files."""

import asyncio
import hashlib
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid5

import asyncpg

from domain.time.moments import OFFICE_TIME
from resolvers.ground import ledger
from resolvers.ground.connections import prepare
from resolvers.ground.database import Transaction
from resolvers.running import postgres

OFFICE, BEGINS = "hrss-bureau", datetime(2025, 12, 1, 9, tzinfo=OFFICE_TIME)
REQUESTS, LINES, FILES = 2_000, 6_000, 250
"""What forty people leave behind: one request each in a week, three acts on each, some papers."""

DAYS = timedelta(days=1)
ASKED = """insert into requests (institution_id, id, number, kind, status, applicant_id,
    applicant_name, applicant_account, unit_name, form, attachments, facts, claims, notes,
    step_institutions, search, created_at, submitted_at, completed_at)
  select $1, md5('request' || n)::uuid, '2025-' || lpad(cast(n + 500 as text), 6, '0'),
    'leave.personal', 'approved', p.id, p.name, p.account, '计财科',
    '{"explanation": "家中有事"}', '[]', '{"days": "1"}', '{}', '[]', array[$1], '{}',
    at, at, at + interval '1 hour'
  from generate_series(0, $3 - 1) n
  cross join lateral (select cast($2 as timestamptz) + n * interval '4 hours' as at) t
  cross join lateral (select * from people where institution_id = $1
    order by id offset n % (select count(*) from people where institution_id = $1) limit 1) p"""
DECIDED = """insert into steps (institution_id, id, request_id, round, position, place, role,
    alternatives, act, clauses, seats, step_institutions, status, decision, decided_by,
    decided_by_name, decided_at)
  select $1, md5('step' || r.id || place)::uuid, r.id, 1, place, place, 'section_chief', '{}',
    'approve', array['attendance-measures/三(一)'], '{}', array[$1], 'done', 'AGREE',
    r.applicant_id, r.applicant_name, r.completed_at
  from requests r cross join generate_series(1, 2) place
  where r.institution_id = $1 and r.number >= '2025-000500'"""
KEPT = """insert into files (institution_id, id, owner_id, name, size, sha256, received, begun_at,
    confirmed_at, record, record_id, paper)
  select $1, $2, p.id, '证明.pdf', $3, $4, $4, $5, $5, 'request', $6, '证明'
  from people p where p.institution_id = $1 limit 1"""


def lived(place: Path) -> None:
    """Let the office in this directory have lived for a year."""
    with postgres.running(place, make=False) as database:
        asyncio.run(_written(database.owner_url, place / "files" / OFFICE))


async def _written(url: str, folder: Path) -> None:
    connection = await asyncpg.connect(url)
    try:
        await prepare(connection)
        async with connection.transaction():
            await connection.execute(f"set local guiju.institution = '{OFFICE}'")
            await connection.execute(ASKED, OFFICE, BEGINS, REQUESTS)
            await connection.execute(DECIDED, OFFICE)
            asked = [row[0] for row in await connection.fetch("select id from requests")]
            for number in range(FILES):
                key, content = uuid5(UUID(int=0), str(number)), f"证明 {number}\n".encode() * 400
                shelf = folder / key.hex[-2:]
                shelf.mkdir(mode=0o700, parents=True, exist_ok=True)
                (shelf / str(key)).write_bytes(content)
                at, digest = BEGINS + number * DAYS, hashlib.sha256(content).hexdigest()
                await connection.execute(KEPT, OFFICE, key, len(content), digest, at, asked[number])
            said = [
                ("decided", {"request": asked[n % len(asked)], "content": {"comment": f"同意 {n}"}})
                for n in range(LINES)
            ]
            writing = Transaction(connection, None, OFFICE)
            await ledger.append_all(writing, OFFICE, BEGINS + 365 * DAYS, said)
    finally:
        await connection.close()


async def kept(url: str) -> tuple[dict[str, int], list[tuple[UUID, str]]]:
    """How many rows there are of what an office lives by, and each file with its digest."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(f"set guiju.institution = '{OFFICE}'")
        tables = ("requests", "steps", "files", "ledger", "ledger_values", "request_words")
        counts = {e: await connection.fetchval(f"select count(*) from {e}") for e in tables}
        rows = await connection.fetch("select id, sha256 from files where sha256 is not null")
        return counts, [(row["id"], row["sha256"]) for row in rows]
    finally:
        await connection.close()
