"""Several processes never judge by rules that have changed: each act by those of its own moment.

`GUIJU_CHANGES=1000` changes the rules as often as an audit would; a run of all tests changes less.
"""

import asyncio
import os
from collections import Counter
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest

from policies import vocabulary
from policies.drafting import Change, Files, changed, files_of, source_of
from policies.lines import Faults
from resolvers.ground import ledger
from resolvers.ground.database import Database, statement
from resolvers.rules.rulebook_rows import digest_of, read_version, store_version
from resolvers.rules.rulebooks import ALONE, EPOCH, LAST, NEXT_EPOCH
from resolvers.running import postgres
from resolvers.running.services import office_now
from tests.databases import copied, replaced
from tests.drafting import CENTRE, CITE, KIND, ROW, SPENT
from tests.test_serve import Serving, served
from tests.waiting import PATIENCE, until

PROCESSES, CLIENTS, CHANGES = 3, 6, int(os.environ.get("GUIJU_CHANGES", "40"))
SUBMIT = f"""mutation ($form: JSON!, $key: ID!) {{
  submit(input: {{kind: {KIND.upper().replace(".", "_")}, form: $form, idempotencyKey: $key}}) {{
    __typename ... on Submitted {{ request {{ id }} }} ... on Refusal {{ code }} }} }}"""
ADDED = [
    Change("clauses", added=CITE),
    Change("clauses", added={**CITE, "clause_kind": "approval"}),
    Change("finance", added=ROW),
]
TOLD = statement(
    """select seq, event, record from ledger where institution_id = :institution
         and event in ('rulebook_enacted', 'submitted') order by seq"""
)


@dataclass
class Seen:
    """What the clients were told: how often which answer, by which process, at which epochs."""

    answers: Counter[str] = field(default_factory=Counter)
    epochs: dict[int, set[str]] = field(default_factory=dict)
    older: list[tuple[int, int]] = field(default_factory=list)


@pytest.fixture
async def apart(demo_offices: postgres.Database) -> postgres.Database:
    """The demo offices in a database of this test's own, which it fills with versions."""
    await copied(demo_offices, "agreeing", of="spare")
    return replaced(demo_offices, "agreeing")


async def asking(server: Serving, seen: Seen, keys: "count[int]", over: asyncio.Event) -> None:
    """One client, on a connection of its own, that never goes back behind what it has seen."""
    # It connects anew now and then, and so meets every process.
    known = 0
    async with httpx.AsyncClient(timeout=PATIENCE, headers={"connection": "close"}) as client:
        sign_in = (
            f'mutation {{ signIn(input: {{account: "staff@{CENTRE}", password: "guiju"}}) '
            "{ ... on SignedIn { token } } }"
        )
        answer = (await client.post(server.address, json={"query": sign_in})).json()
        token = answer["data"]["signIn"]["token"]
        while not over.is_set():
            body = {"query": SUBMIT, "variables": {"form": SPENT, "key": f"agree-{next(keys)}"}}
            headers = {"authorization": f"Bearer {token}", "x-guiju-epoch": str(known)}
            told = (await client.post(server.address, json=body, headers=headers)).json()
            assert "data" in told, told
            found = told["data"]["submit"]
            code = found.get("code", found["__typename"])
            seen.answers[code] += 1
            epoch = told["extensions"]["epoch"]
            if epoch < known:
                seen.older.append((epoch, known))
            known = epoch
            seen.epochs.setdefault(epoch, set()).add(code)


async def changing(database: Database, by: dict[int, str], seen: Seen) -> None:
    """Change the rules again and again: the gap is closed by a line, and opened by the next."""

    async def asked_anew() -> bool:
        return seen.answers.total() > before

    words, at = vocabulary.shipped(), office_now()
    async with database.transaction(CENTRE) as transaction:
        last = await transaction.value(LAST, institution=CENTRE)
        by[await transaction.value(EPOCH, institution=CENTRE)] = "GAP"
        gaping = files_of(await read_version(transaction, CENTRE, last), words)
    faults = Faults()
    closed: Files = changed(CENTRE, gaping, ADDED, faults)
    assert not faults.found
    sources = [source_of(CENTRE, files) for files in (closed, gaping)]
    for number in range(CHANGES):
        before = seen.answers.total()
        source = sources[number % 2]
        async with database.transaction(CENTRE) as transaction:
            await transaction.rows(ALONE, institution=CENTRE)
            last += 1
            await store_version(
                transaction, source, last, effective_from=at.date(), reason="enacted", at=at
            )
            epoch = await transaction.value(NEXT_EPOCH, institution=CENTRE)
            by[epoch] = ("Submitted", "GAP")[number % 2]
            content = {"versions": [last], "digest": digest_of(source).hex()}
            await ledger.append(transaction, CENTRE, "rulebook_enacted", at, content)
        await until(asked_anew)


async def test_no_process_judges_by_rules_that_are_no_longer_in_force(
    apart: postgres.Database, data_dir: Path
) -> None:
    seen, by, over = Seen(), {}, asyncio.Event()
    with served(
        GUIJU_DATABASE_URL=apart.app_url,
        DATA_DIR=str(data_dir),
        GUIJU_PROCESSES=str(PROCESSES),
        GUIJU_WORKER="false",
    ) as server:
        database = await Database.connect(apart.app_url, most=2)
        keys = count()
        async with asyncio.TaskGroup() as clients:
            for _ in range(CLIENTS):
                clients.create_task(asking(server, seen, keys, over))
            await changing(database, by, seen)
            over.set()
        async with database.transaction(CENTRE) as transaction:
            lines = await transaction.rows(TOLD, institution=CENTRE)
        await database.close()
    assert seen.older == [], "whoever has seen a change is never answered by what was before it"
    assert set(seen.answers) == {"Submitted", "GAP"}, seen.answers
    for epoch, answers in seen.epochs.items():
        assert answers == {by[epoch]}, (epoch, answers)
    newest, stale, kept = 0, [], 0
    for line in lines:
        record: dict[str, Any] = orjson.loads(line["record"])
        if line["event"] == "rulebook_enacted":
            [newest] = record["versions"]
        elif newest:
            kept += 1
            stale += [line["seq"]] if record["rulebook_version"] != newest else []
    assert kept
    assert stale == [], "each is pinned to the version that the ledger has last before it"
