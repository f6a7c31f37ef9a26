"""Submitting and deciding under load, beside pgbench with the statements that they run."""

import asyncio
import os
import re
import secrets
import subprocess
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import orjson

from benchmarks.asking import OFFICE, Desk, desk
from benchmarks.contenders import Used, running
from benchmarks.load import Load, Question, load
from benchmarks.reads import CLIENTS
from benchmarks.screens import ours
from benchmarks.stage import Stage, value
from benchmarks.stories import act, take
from resolvers.running.postgres_account import account

KIND = "ResearchReport"
"""Three seats take it one after another, and nobody is away because of it."""

APPLICANT, DECIDER = "guo.xiaoyan", "deputy_in_charge"
SUBMIT = """mutation ($input: SubmitResearchReportInput!) { submitResearchReport(input: $input) {
  ... on Submitted { request { id number status steps { id status } } }
  ... on Refusal { code message } } }"""
DECIDE = """mutation ($input: DecideInput!) { decide(input: $input) {
  ... on Decided { request { id status steps { id status } } }
  ... on Refusal { code message } } }"""
OPEN = """
  select w.request_id, w.step_id from waiting w
  where w.institution_id = $1 and w.kind = 'research.report'
    and w.opened_at > now() - interval '1 hour' and w.seat_id in (
      select a.seat_id from appointments a
      join accounts c on (c.institution_id, c.person_id) = (a.institution_id, a.person_id)
      where c.account = $2)
  order by w.opened_at"""


@dataclass(frozen=True)
class Written:
    """So many acts: how long each took, and what they used."""

    acts: Load
    used: Used


@dataclass(frozen=True)
class Ran:
    """pgbench's word: transactions a second, and the mean latency in seconds."""

    rate: float
    latency: float


async def written(stage: Stage, number: int) -> dict[str, Written]:
    """So many submissions, and as many decisions on them, by eight clients at once."""
    with (stage.directory / "writes.log").open("ab") as log:
        async with running(ours(stage), stage.server, log) as server:
            found = {}
            wires = {"submit": submissions(stage, number + 50), "decide": iter(())}
            await load(server.port, wires["submit"], clients=CLIENTS, seconds=60, most=50)
            for name in ("submit", "decide"):
                if name == "decide":
                    wires["decide"] = await decisions(stage)
                    await load(server.port, wires["decide"], clients=1, seconds=30, most=20)
                before = server.used()
                acts = await load(server.port, wires[name], clients=CLIENTS, seconds=120)
                found[name] = Written(acts, server.used() - before)
            return found


def submissions(stage: Stage, number: int) -> Iterator[bytes]:
    run = secrets.token_hex(4)
    for each in range(number):
        given = {"explanation": "就业形势季度分析", "idempotencyKey": f"{run}-{each}"}
        yield Question(SUBMIT, stage.tokens[APPLICANT], {"input": given}).wire


async def decisions(stage: Stage) -> Iterator[bytes]:
    connection = await asyncpg.connect(stage.superuser)
    rows = await connection.fetch(OPEN, OFFICE, f"{DECIDER}@{OFFICE}")
    await connection.close()
    wires = []
    for row in rows:
        step = b64encode(f"Step:{row['request_id']}:{row['step_id']}".encode()).decode()
        given = {"stepId": step, "decision": "AGREE", "idempotencyKey": str(row["step_id"])}
        wires.append(Question(DECIDE, stage.tokens[DECIDER], {"input": given}).wire)
    return iter(wires)


@dataclass(frozen=True)
class Said:
    """A statement as the server ran it once, with its values and their types."""

    sql: str
    values: tuple[Any, ...]
    types: tuple[str, ...]


async def overheard(stage: Stage) -> tuple[dict[str, list[Said]], list[str]]:
    """What one submission and one decision ask the database, and the ids that are theirs alone."""
    heard: list[Any] = []
    async with desk(stage.database.app_url) as office:
        for role in (APPLICANT, DECIDER):
            await office.token(role)
        # The rulebook and the calendar are read once: a second of each is what is told.
        await one_of_each(office)
        pool = office.app.state.services.database.pool
        async with pool.acquire() as connection:
            connection.add_query_logger(heard.append)
        request, submitted, decided = await one_of_each(office, heard)
        found = {}
        async with pool.acquire() as connection:
            for name, asked in (("submit", submitted), ("decide", decided)):
                found[name] = [await _said(connection, each) for each in asked if each.args]
    steps = [_key(step["id"]) for step in request["steps"]]
    return found, [_key(request["id"]), *steps, *_keys(submitted), *_keys(decided)]


async def one_of_each(office: Desk, heard: list[Any] | None = None) -> tuple[Any, Any, Any]:
    heard = heard if heard is not None else []
    takes = f"Submit{KIND}Input"
    given = {"explanation": "就业形势季度分析"}
    request = await act(office, APPLICANT, f"submit{KIND}", takes, "Submitted", given)
    submitted = list(heard)
    heard.clear()
    await take(office, request, "AGREE")
    return request, submitted, list(heard)


async def _said(connection: Any, asked: Any) -> Said:
    prepared = await connection.prepare(asked.query)
    types = tuple(each.name for each in prepared.get_parameters())
    return Said(asked.query, tuple(asked.args), types)


def _key(opaque: str) -> str:
    return b64decode(opaque).decode().rpartition(":")[2]


def _keys(asked: list[Any]) -> list[str]:
    """The idempotency keys that were given."""
    given = {value for each in asked for value in each.args or () if isinstance(value, str)}
    return sorted(value for value in given if value.startswith("bench-"))


def script(asked: list[Said], own: list[str], *, one: bool) -> str:
    """What pgbench runs: each act with ids of its own, as the server's has, and in no transaction.

    With `one`, the statement alone that keeps the request; else every one of them.
    """
    chosen = [each for each in asked if "ledger_append(kept." in each.sql] if one else asked
    counting = ["\\set i :i + 1", "\\set n (:run * 1000 + :client_id) * 1000000 + :i"]
    return "\n".join([*counting, *(f"{_numbered(each, own)};" for each in chosen), ""])


def _numbered(said: Said, own: list[str]) -> str:
    def given(found: re.Match[str]) -> str:
        place = int(found[1]) - 1
        return _literal(said.values[place], said.types[place], own)

    return re.sub(r"\$(\d+)", given, " ".join(said.sql.split()))


def _literal(value: Any, of: str, own: list[str]) -> str:
    """A value as SQL; colons and quotes are hidden, for pgbench reads names behind them."""
    if value is None:
        return f"cast(null as {of})"
    text = _text(value, of)
    told = f"convert_from(decode('{text.encode().hex()}', 'hex'), 'UTF8')"
    for place, each in enumerate(own):
        if each in text:
            fresh = f"lpad(to_hex(cast(:n as bigint) * 16 + {place}), 32, '0')"
            told = f"replace({told}, '{each}', {fresh})"
    return f"cast({told} as {of})"


def _text(value: Any, of: str) -> str:
    if of in {"jsonb", "json"}:
        return orjson.dumps(value, default=str).decode()
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, bytes):
        return f"\\x{value.hex()}"
    if isinstance(value, list | tuple):
        quoted = (orjson.dumps(str(each)).decode() for each in value)
        return f"{{{','.join(quoted)}}}"
    if isinstance(value, UUID):
        return str(value)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def pgbench(stage: Stage, file: Path, each: int, run: int) -> Ran:
    """So many transactions by each of eight clients, as the serving role behind its walls."""
    address = stage.database.app_url.partition("host=")[2].partition("&")[0]
    command = [
        str(account().programs / "pgbench"), "--no-vacuum", "--protocol=prepared",
        f"--client={CLIENTS}", "--jobs=2", f"--transactions={each}", f"--file={file}",
        "--define=i=0", f"--define=run={run}", f"--host={address}", "--port=5432",
        "--username=guiju", "guiju",
    ]  # fmt: skip
    done = subprocess.run(
        command, env={**os.environ, "PGOPTIONS": f"-c guiju.institution={OFFICE} -c jit=off"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    rate = re.search(r"^tps = ([\d.]+)", done.stdout, re.MULTILINE)
    late = re.search(r"^latency average = ([\d.]+) ms", done.stdout, re.MULTILINE)
    if done.returncode or rate is None or late is None:
        raise RuntimeError(f"pgbench: {done.stderr[-600:]}")
    return Ran(float(rate[1]), float(late[1]) / 1000)


LINES = "select count(*) from ledger"


def beside(stage: Stage, number: int) -> dict[str, Ran]:
    """What pgbench makes of the one statement that keeps an act, and of all that the act asks.

    Raises:
        RuntimeError: what it ran did not do what the server does.

    """
    asked, own = asyncio.run(overheard(stage))
    found = {}
    for one in (True, False):
        run = secrets.randbelow(1 << 20)  # requests of their own, decided by the pair's other half
        for name in ("submit", "decide"):
            file = stage.directory / "pgbench.sql"
            file.write_text(script(asked[name], own, one=one))
            before = asyncio.run(value(stage, LINES))
            ran = pgbench(stage, file, number // CLIENTS, run)
            if asyncio.run(value(stage, LINES)) - before != number // CLIENTS * CLIENTS:
                raise RuntimeError(f"what pgbench ran kept nothing: {name}")
            found[f"{name}, {'one statement' if one else 'all its statements'}"] = ran
    return found
