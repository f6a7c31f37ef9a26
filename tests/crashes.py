"""Kill a real server while many people write, again and again: nothing acknowledged is lost.

`python -m tests.crashes --rounds 20` serves the demo offices on a database of its own.
"""

import argparse
import asyncio
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import psutil

from resolvers import postgres
from resolvers.settings import CHECKOUT, EXPECTED
from tests.crash_checks import check
from tests.verb_office import MUTATIONS

OFFICES = ("hrss-bureau", "service-centre")
DEVICES = 2
"""Everybody writes from two places, so that one person's acts meet each other too."""
PATIENCE = 60.0
SIGN_IN = """mutation ($account: String!) { signIn(input: {account: $account, password: "guiju"}) {
  ... on SignedIn { token } ... on Refusal { code } } }"""
INBOX = "{ inbox(first: 20) { edges { step { id act } } } }"
WRITERS = """
select account from (
  select p.account, p.number, row_number() over (partition by p.institution_id
                                                 order by p.number) as place
  from people p join accounts a on (a.institution_id, a.account) = (p.institution_id, p.account)
  where p.institution_id = any($1)) ranked
order by place, number limit $2"""


@dataclass
class Call:
    """One call of a client, with the key that it keeps until it is answered."""

    account: str
    field: str
    given: dict[str, Any]
    payload: Any = None
    code: str | None = None
    sent: int = 0

    @property
    def answered(self) -> bool:
        return self.payload is not None or self.code is not None


@dataclass
class Processes:
    """The server and the worker, as an operator would start them, on a port and place of ours."""

    place: Path
    port: int
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def postmaster(self) -> psutil.Process:
        return psutil.Process(int(self._pid_file()[0]))

    @property
    def superuser(self) -> str:
        return f"postgresql://postgres@/{postgres.DATABASE}?host={self._pid_file()[4]}"

    def _pid_file(self) -> list[str]:
        return (self.place / "postgres" / "postmaster.pid").read_text().splitlines()

    def start(self) -> float:
        """Everything, until it is ready; how long that took."""
        began = time.monotonic()
        server = self._command("serve", "--demo")
        while time.monotonic() < began + PATIENCE:
            assert server.poll() is None, self.log()
            with suppress(OSError), urllib.request.urlopen(f"{self.origin}/readyz", timeout=5):
                break
            time.sleep(0.05)
        if WORKS:
            self._command("work")
        return time.monotonic() - began

    def _command(self, *words: str) -> subprocess.Popen[bytes]:
        inherited = {name: value for name, value in os.environ.items() if name not in EXPECTED}
        with (self.place.with_suffix(".log")).open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "schema", *words], stdout=log, stderr=log, cwd=CHECKOUT,
                env=inherited | {"PORT": str(self.port), "DATA_DIR": str(self.place)},
            )  # fmt: skip
        self.running.append(process)
        return process

    def kill(self, *, database: bool) -> None:
        """Without warning, with the database too where that is asked for."""
        postmaster = self.postmaster
        for process in self.running:
            process.kill()
        if database:
            orphans = postmaster.children(recursive=True)
            postmaster.kill()
            psutil.wait_procs(orphans, timeout=PATIENCE)
        for process in self.running:
            process.wait()
        self.running.clear()

    def stop(self) -> None:
        for process in self.running:
            process.send_signal(signal.SIGTERM)
        for process in self.running:
            process.wait(PATIENCE)
        self.running.clear()

    def log(self) -> str:
        return self.place.with_suffix(".log").read_text(errors="replace")[-4000:]


def _knows_work() -> bool:
    from schema.__main__ import app

    return any((each.name or getattr(each.callback, "__name__", "")) == "work"
               for each in app.registered_commands)  # fmt: skip


WORKS = _knows_work()


@contextmanager
def processes() -> Iterator[Processes]:
    """A directory and a port of our own; whatever runs is stopped in the end."""
    parent = Path(tempfile.mkdtemp(prefix="guiju-crashes-"))
    parent.chmod(0o711)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    place = parent / "data"
    place.mkdir(mode=0o711)
    own = Processes(place, port)
    try:
        yield own
    finally:
        try:
            own.stop()
        finally:
            for process in own.running:
                process.kill()
            shutil.rmtree(parent, ignore_errors=True)


@dataclass
class Clients:
    """Many people with a bad line: what nobody answered is asked again with the same key."""

    address: str
    chance: random.Random
    devices: int
    calls: list[Call] = field(default_factory=list)
    tokens: dict[str, str] = field(default_factory=dict)
    writing: bool = False

    async def sign_in(self, accounts: list[str]) -> None:
        async with self._line() as line:
            asked = (self._ask(line, SIGN_IN, {"account": each}, None) for each in accounts)
            for account, data in zip(accounts, await asyncio.gather(*asked), strict=True):
                self.tokens[account] = data["signIn"]["token"]

    async def write(self) -> None:
        """Everybody writes until the server is gone or they are told to stop."""
        self.writing = True
        async with self._line() as line:
            everybody = [*self.tokens] * self.devices
            await asyncio.gather(*(self._one_writes(line, account) for account in everybody))

    async def repeat_unanswered(self) -> int:
        silent = [call for call in self.calls if not call.answered]
        async with self._line() as line:
            for call in silent:
                await self._send(line, call)
                assert call.answered, call
        return len(silent)

    async def repeat_answered(self, many: int) -> None:
        """A key that was answered is answered alike."""
        known = [call for call in self.calls if call.payload is not None]
        async with self._line() as line:
            for call in self.chance.sample(known, min(many, len(known))):
                again = Call(call.account, call.field, call.given)
                await self._send(line, again)
                assert again.code is None, (call, again)
                assert _named(again.payload) == _named(call.payload), (call, again)

    async def _one_writes(self, line: httpx.AsyncClient, account: str) -> None:
        try:
            while self.writing:
                call = await self._next(line, account)
                self.calls.append(call)
                await self._send(line, call)
        except (httpx.TransportError, httpx.HTTPStatusError):
            self.writing = False

    async def _next(self, line: httpx.AsyncClient, account: str) -> Call:
        key = {"idempotencyKey": str(UUID(int=self.chance.getrandbits(128)))}
        inbox = (await self._ask(line, INBOX, {}, self.tokens[account]))["inbox"]["edges"]
        if inbox and self.chance.random() < 0.7:
            step = self.chance.choice(inbox)["step"]
            said = "REJECT" if step["act"] == "APPROVE" and self.chance.random() < 0.1 else "AGREE"
            return Call(account, "decide", {"stepId": step["id"], "decision": said, **key})
        day = date.today() + timedelta(days=self.chance.randrange(1, 700))  # noqa: DTZ011
        half = {"date": str(day), "half": self.chance.choice(("MORNING", "AFTERNOON"))}
        form = {"begins": half, "ends": half, "explanation": "家中有事"}
        kind = self.chance.choice(("submitLeavePersonal", "submitLeaveAnnual"))
        return Call(account, kind, {**form, **key})

    async def _send(self, line: httpx.AsyncClient, call: Call) -> None:
        call.sent += 1
        query, token = MUTATIONS[call.field], self.tokens[call.account]
        [answer] = (await self._ask(line, query, {"input": call.given}, token)).values()
        if answer["__typename"] == "Refusal":
            call.code = answer["code"]
        else:
            call.payload = answer

    async def _ask(
        self, line: httpx.AsyncClient, query: str, variables: dict[str, Any], token: str | None
    ) -> Any:
        headers = {"authorization": f"Bearer {token}"} if token else {}
        body = {"query": query, "variables": variables}
        got = await line.post(self.address, json=body, headers=headers)
        got.raise_for_status()
        answer = got.json()
        if answer.get("errors"):
            # A database that was killed first leaves the server a moment to say so.
            raise httpx.ReadError(str(answer["errors"]))
        return answer["data"]

    @asynccontextmanager
    async def _line(self) -> AsyncIterator[httpx.AsyncClient]:
        limits = httpx.Limits(max_connections=None)
        async with httpx.AsyncClient(limits=limits, timeout=PATIENCE) as line:
            yield line


def _named(payload: Any) -> Any:
    return payload["request"]["id"], payload["request"]["number"]


async def run(rounds: int, writers: int, seconds: float, seed: int) -> str:
    """So many rounds; what came of them, in words."""
    began, chance, repeated = time.monotonic(), random.Random(seed), 0
    with processes() as own:
        own.start()
        superuser = await asyncpg.connect(own.superuser)
        accounts = [
            row["account"] for row in await superuser.fetch(WRITERS, OFFICES, writers // DEVICES)
        ]
        await superuser.close()
        clients = Clients(f"{own.origin}/graphql", chance, devices=DEVICES)
        await clients.sign_in(accounts)
        for number in range(rounds):
            writing = asyncio.create_task(clients.write())
            await asyncio.sleep(chance.uniform(0.3, 1) * seconds)
            database = number % 2 == 1
            own.kill(database=database)
            await writing
            took = await asyncio.to_thread(own.start)
            lost = await clients.repeat_unanswered()
            repeated += lost
            await clients.repeat_answered(10)
            superuser = await asyncpg.connect(own.superuser)
            found = await check(superuser, clients.calls)
            await superuser.close()
            also = " and its database" if database else ""
            print(f"round {number + 1}: killed the server{also}, back in {took:.1f} s,"  # noqa: T201
                  f" {lost} calls repeated; {found}", flush=True)  # fmt: skip
        verified = own._command("verify-ledger")
        assert await asyncio.to_thread(verified.wait, PATIENCE) == 0, own.log()
    return (
        f"{rounds} rounds in {time.monotonic() - began:.0f} s: {len(accounts) * DEVICES} writers,"
        f" {len(clients.calls)} calls, {repeated} of them repeated after a crash; nothing"
        " acknowledged was lost or doubled, and every chain of the ledger is whole."
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20, help="how often the server is killed")
    parser.add_argument("--writers", type=int, default=50, help="how many people write at once")
    parser.add_argument(
        "--seconds", type=float, default=3, help="the longest that one round writes"
    )
    parser.add_argument(
        "--seed", type=int, default=random.randrange(2**32), help="what is left to chance"
    )
    given = parser.parse_args()
    print(f"seed {given.seed}", flush=True)  # noqa: T201
    print(asyncio.run(run(given.rounds, given.writers, given.seconds, given.seed)))  # noqa: T201


if __name__ == "__main__":
    main()
