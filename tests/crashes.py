"""Kill a real server while many people write, again and again: nothing acknowledged is lost.

`python -m tests.crashes --rounds 20` serves the demo offices on a database of its own.
"""

import argparse
import asyncio
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import httpx

from resolvers.running import postgres
from tests import crash_clocks
from tests.crash_checks import check
from tests.crash_processes import DATABASE, KILLED, processes
from tests.verb_office import MUTATIONS
from tests.waiting import PATIENCE

OFFICES = ("hrss-bureau", "service-centre")
DEVICES = 2
"""Everybody writes from two places, so that one person's acts meet each other too."""
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
        superuser = await asyncpg.connect(own.database("postgres"))
        accounts = [
            row["account"] for row in await superuser.fetch(WRITERS, OFFICES, writers // DEVICES)
        ]
        await superuser.close()
        clients = Clients(f"{own.origin}/graphql", chance, devices=DEVICES)
        await clients.sign_in(accounts)
        for number in range(rounds):
            await crash_clocks.begin(own.database(postgres.APP), chance, seconds)
            writing = asyncio.create_task(clients.write())
            await asyncio.sleep(chance.uniform(0.3, 1) * seconds)
            killed = KILLED[number % len(KILLED)]
            # In a thread: people go on asking while it happens. Who then met nothing stops too.
            await asyncio.to_thread(own.kill, killed)
            clients.writing = False
            await writing
            back = own.ready if killed == DATABASE else own.start
            took = await asyncio.to_thread(back)
            lost = await clients.repeat_unanswered()
            repeated += lost
            await clients.repeat_answered(10)
            superuser = await asyncpg.connect(own.database("postgres"))
            # The worker works on: what is compared must be of one moment.
            async with superuser.transaction(isolation="repeatable_read", readonly=True):
                found = await check(superuser, clients.calls)
            wanted, last = (number + 1) * crash_clocks.A_ROUND, number + 1 == rounds
            ran_out = await crash_clocks.hold(superuser, at_the_end=last, wanted=wanted)
            await superuser.close()
            print(f"round {number + 1}: killed {killed}, back in {took:.1f} s,"  # noqa: T201
                  f" {lost} calls repeated; {found}, {ran_out}", flush=True)  # fmt: skip
        verified = own._command("verify-ledger")
        assert await asyncio.to_thread(verified.wait, PATIENCE) == 0, own.log()[-4000:]
    return (
        f"{rounds} rounds in {time.monotonic() - began:.0f} s: {len(accounts) * DEVICES} writers,"
        f" {len(clients.calls)} calls, {repeated} of them repeated after a crash; nothing"
        " acknowledged was lost or doubled, every clock ran out once, and every chain of the"
        " ledger is whole."
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20, help="how often the server is killed")
    parser.add_argument("--writers", type=int, default=50, help="how many people write at once")
    parser.add_argument(
        "--seconds", type=float, default=4, help="the longest that one round writes"
    )
    parser.add_argument(
        "--seed", type=int, default=random.randrange(2**32), help="what is left to chance"
    )
    given = parser.parse_args()
    print(f"seed {given.seed}", flush=True)  # noqa: T201
    print(asyncio.run(run(given.rounds, given.writers, given.seconds, given.seed)))  # noqa: T201


if __name__ == "__main__":
    main()
