"""Fuzz a real server over HTTP: every root field, as everybody, with hostile calls and plain noise.

`python -m tests.fuzzing --calls 100000 --seed 1` serves the demo offices on a database of its own.
"""

import argparse
import asyncio
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID, uuid4

import asyncpg
import httpx

from resolvers.ground import tokens
from resolvers.running.services import office_now
from schema.ground.ids import global_id
from schema.root import schema
from tests.crash_processes import processes
from tests.fuzz_calls import Calls
from tests.fuzz_line import Answer, Line, Monitor, Sent
from tests.fuzz_noise import Noise, noise
from tests.fuzz_values import Pool

OFFICES = ("hrss-bureau", "service-centre", "township-government", "platform")
AT_ONCE = 4
NOISY = 0.08
"""How much of what is sent is no call at all."""
TRIES = 150
"""How often a finding is asked again to make it smaller."""
MOST_BLAMED, MOST_SHOWN = 20, 2_000
EVERYBODY = """
select p.account, p.id, p.institution_id, array(
  select s.seat_id from appointments s
  where (s.institution_id, s.person_id) = (p.institution_id, p.id) and s.ends is null
) as seats from people p
join accounts a on (a.institution_id, a.account) = (p.institution_id, p.account)
where p.institution_id = any($1) order by p.institution_id, p.number"""
OPENED = "insert into sessions (institution_id, id, person_id, expires_at) values ($1, $2, $3, $4)"
REOPENED = "update sessions set revoked_at = null where revoked_at is not null"


@dataclass
class Finding:
    """A fault, how often it was met, and the smallest call that brings it about."""

    kind: str
    call: Sent
    told: str
    times: int = 1
    again: bool = False

    def __str__(self) -> str:
        certain = "" if self.again else " (not met again when asked alone)"
        given = repr(self.call.variables)[:MOST_SHOWN]
        variables = f"\n  variables {given}" if self.call.variables else ""
        return (
            f"{self.kind}, {self.times} times{certain}: {self.told}\n  as {self.call.account}:"
            f" {self.call.query[:MOST_SHOWN]}{variables}"
        )


@dataclass
class Fuzzing:
    """A run: what is sent, and what was found by its kind."""

    line: Line
    calls: Calls
    chance: random.Random
    findings: dict[str, Finding] = field(default_factory=dict)
    codes: Counter[str] = field(default_factory=Counter)
    sent: int = 0
    worst: float = 0.0
    worst_health: float = 0.0

    async def run(self, many: int, seconds: float) -> None:
        until = time.monotonic() + seconds
        monitor = Monitor(self.line)
        monitor.start()
        limits = httpx.Limits(max_connections=AT_ONCE)
        async with httpx.AsyncClient(limits=limits, timeout=60) as client:
            await asyncio.gather(*(self._go_on(client, many, until) for _ in range(AT_ONCE)))
            for slow in monitor.slow[:MOST_BLAMED]:
                await self._blame(client, monitor, *slow)
        monitor.over.set()
        await asyncio.to_thread(monitor.join)
        self.worst_health = monitor.worst

    async def _go_on(self, client: httpx.AsyncClient, many: int, until: float) -> None:
        while self.sent < many and time.monotonic() < until:
            self.sent += 1
            call: Sent = self.calls.next()
            if self.chance.random() < NOISY:
                call = noise(self.chance, call)
            answer = await self.line.send(client, call)
            self.worst = max(self.worst, answer.seconds)
            self.codes[next(iter(answer.codes), _said(answer))] += 1
            if isinstance(answer.body, dict):
                self.calls.pool.learn(answer.body.get("data"), call.account)
            for fault in answer.faults():
                cause = self.line.cause(answer) if fault == "INTERNAL" else ""
                told = cause or f"{answer.seconds:.2f} s, {answer.status}, {answer.body!s:.300}"
                finding = self.met(fault, call, told, cause)
                if finding.times == 1:
                    await self._make_smaller(client, finding, fault, cause)
                    print(finding, flush=True)  # noqa: T201

    async def _blame(
        self, client: httpx.AsyncClient, monitor: Monitor, seconds: float, flying: list[Sent]
    ) -> None:
        """Ask again, one at a time, what was under way when /healthz was slow."""
        for call in flying:
            before = len(monitor.slow)
            await self.line.send(client, call)
            await asyncio.sleep(0.2)
            if len(monitor.slow) > before:
                self.met("slow health", call, f"{seconds:.2f} s").again = True
                return
        among = ", ".join(call.field for call in flying)
        alone = Noise("GET", "/healthz", {}, b"")
        self.met("slow health", flying[0] if flying else alone, f"{seconds:.2f} s during {among}")

    def met(self, fault: str, call: Sent, told: str, cause: str = "") -> Finding:
        kind = f"{fault} {cause or call.field}"
        if kind in self.findings:
            self.findings[kind].times += 1
        else:
            self.findings[kind] = Finding(kind, call, told)
        return self.findings[kind]

    async def _make_smaller(
        self, client: httpx.AsyncClient, finding: Finding, fault: str, cause: str
    ) -> None:
        """Leave out whatever the fault does not need, while asking is not too dear."""
        left = TRIES if fault != "slow" else 10

        async def fails(call: Sent) -> bool:
            nonlocal left
            left -= 1
            answer = await self.line.send(client, call)
            return fault in answer.faults() and (not cause or self.line.cause(answer) == cause)

        finding.again = smaller = await fails(finding.call)
        while smaller:
            smaller = False
            for call in finding.call.smaller():
                if left > 0 and await fails(call):
                    finding.call, smaller = call, True
                    break


def _said(answer: Answer) -> str:
    """How a call that met no error ended."""
    data = answer.body.get("data") if isinstance(answer.body, dict) else None
    kinds = {value.get("__typename") for value in (data or {}).values() if isinstance(value, dict)}
    return "Refusal" if "Refusal" in kinds else "answered" if data else f"HTTP {answer.status}"


async def sign_in(superuser: asyncpg.Connection, secret: bytes) -> tuple[dict[str, str], Pool]:
    """A token for everybody in some offices, without the password that is slow on purpose."""
    until, issued, pool = office_now() + timedelta(days=1), {}, Pool()
    for account, person, institution, seats in await superuser.fetch(EVERYBODY, OFFICES):
        session = uuid4()
        await superuser.execute(OPENED, institution, session, person, until)
        claims = tokens.Claims(institution, UUID(str(person)), session)
        issued[account] = tokens.issue(claims, until, secret)
        if seats:
            pool.seats[account] = [global_id("Seat", seat) for seat in seats]
    return issued, pool


async def reopen(superuser: asyncpg.Connection) -> None:
    """Nobody stays signed out for having been made to sign out."""
    while True:
        await asyncio.sleep(2)
        await superuser.execute(REOPENED)


async def run(calls: int, seed: int, seconds: float) -> Fuzzing:
    """So many calls, or so many seconds, against the demo offices."""
    chance = random.Random(seed)
    with processes() as own:
        own.start()
        secret = (own.place / "token-secret").read_text().encode()
        superuser = await asyncpg.connect(own.database("postgres"))
        issued, pool = await sign_in(superuser, secret)
        server = own.running[0].pid
        line = Line(own.origin, issued, own.place.with_suffix(".log"), server)
        made = Calls(schema._schema, chance, pool, [None, *issued])
        fuzzing = Fuzzing(line, made, chance)
        reopening = asyncio.create_task(reopen(superuser))
        await fuzzing.run(calls, seconds)
        reopening.cancel()
        await superuser.close()
    return fuzzing


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=100_000, help="how many calls are made")
    parser.add_argument("--seed", type=int, default=1, help="what is left to chance")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="the longest it runs")
    given = parser.parse_args()
    fuzzing = asyncio.run(run(given.calls, given.seed, given.seconds))
    ended = ", ".join(f"{code} {times}" for code, times in fuzzing.codes.most_common())
    print(  # noqa: T201
        f"\n{fuzzing.sent} calls, the slowest {fuzzing.worst:.2f} s, the slowest /healthz"
        f" {fuzzing.worst_health:.2f} s; they ended: {ended}"
    )
    for finding in sorted(fuzzing.findings.values(), key=lambda each: each.kind):
        print(f"\n{finding}")  # noqa: T201
    sys.exit(bool(fuzzing.findings))


if __name__ == "__main__":
    main()
