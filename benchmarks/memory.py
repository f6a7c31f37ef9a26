"""What serving leaves in memory: mixed requests must end where they began."""

import asyncio
import gc
import os
import tempfile
import time
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

import httpx
import psutil

from benchmarks.figures import Figure, show
from domain.time.moments import OFFICE_TIME
from migrations.upgrade import migrate
from resolvers import demo
from resolvers.running import postgres
from resolvers.running.settings import Settings
from schema.app import create

REQUESTS = int(os.environ.get("GUIJU_REQUESTS", "20000"))
WARM_UP = 3_000
MOST = 10_000_000
OFFICE = "hrss-bureau"
MONDAY = datetime(2026, 3, 2, 9, tzinfo=OFFICE_TIME)
PEOPLE = ("staff", "section_chief", "director", "policy_admin")
READ = """number summary allowedActions { action refusal { message } }
  history { edges { node { sentence clauses { decided } } } } clocks { state changes { what } }
  comments { edges { node { text } } } copies { at } circulations { note }
  steps { title clause { title decided } waitingFor { holders { name } } }"""
SIGN_IN = """mutation ($account: String!, $password: String!) {
  signIn(input: {account: $account, password: $password}) {
    ... on SignedIn { token } ... on Refusal { code } } }"""
SUBMIT = """mutation ($input: SubmitLeaveSickInput!) { submitLeaveSick(input: $input) {
  ... on Submitted { request { id steps { clause { decided } } } } ... on Refusal { code } } }"""
COMMENT = """mutation ($id: ID!, $key: ID!) {
  comment(input: {requestId: $id, text: "好", idempotencyKey: $key}) {
    ... on Refusal { code } } }"""
QUESTIONS = (
    f"query ($id: ID!) {{ node(id: $id) {{ ... on Request {{ {READ} }} }} }}",
    f"{{ inbox {{ edges {{ node {{ {READ} }} }} }} }}",
    "{ notices { edges { node { sentence request { number } } } } }",
    f'{{ regulations(institution: "{OFFICE}") {{ title clauseCount }} }}',
    f'{{ clauses(institution: "{OFFICE}", first: 20) {{ edges {{ node {{ cite decided }} }} }} }}',
    "{ duties(first: 20) { ... on DutyConnection { edges { node { state } } } } }",
    "{ viewer { name seats { role } } }",
    f"""{{ routePreview(
      input: {{institution: "{OFFICE}", kind: LEAVE_SICK, facts: {{days: "2"}}}}) {{
      ... on RoutePreview {{ steps {{ title }} }} ... on Refusal {{ code }} }} }}""",
)
Asked = dict[str, Any]


class Client:
    """The application in this process, asked by everybody in turn."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http
        self.tokens: list[str] = []
        self.request = ""

    async def ask(self, query: str, variables: Asked, token: str = "") -> Asked:
        headers = {"authorization": f"Bearer {token}"} if token else {}
        body = {"query": query, "variables": variables}
        answer: Asked = (await self.http.post("/graphql", json=body, headers=headers)).json()
        return answer

    async def begin(self) -> None:
        for role in PEOPLE:
            given = {"account": f"{role}@{OFFICE}", "password": "guiju"}
            self.tokens.append((await self.ask(SIGN_IN, given))["data"]["signIn"]["token"])
        half = {"date": "2026-03-03", "half": "MORNING"}
        ends = {"date": "2026-03-03", "half": "AFTERNOON"}
        form = {"begins": half, "ends": ends, "explanation": "x", "idempotencyKey": "k"}
        answer = (await self.ask(SUBMIT, {"input": form}, self.tokens[0]))["data"]
        self.request = answer["submitLeaveSick"]["request"]["id"]

    async def each(self, number: int) -> None:
        """One of the mixed requests: most read, some write, some are refused or unreadable."""
        token = self.tokens[number % len(PEOPLE)]
        match number % 12:
            case 8:
                await self.ask(COMMENT, {"id": self.request, "key": str(number)}, self.tokens[0])
            case 9:
                await self.ask(f"{{ unknown{number} }}", {}, token)
            case 10:
                await self.ask(f"{{ viewer {{ a{number}: name }} }}", {}, token)
            case 11:
                await self.ask(QUESTIONS[0], {"id": f"nothing-{number}"}, token)
            case which:
                given = {"id": self.request} if which == 0 else {}
                await self.ask(QUESTIONS[which], given, token)


async def resident() -> int:
    """What the process holds, in bytes, when nothing is left to collect."""
    await asyncio.sleep(0)
    gc.collect()
    size: int = psutil.Process().memory_info().rss
    return size


async def mixed(database: postgres.Database) -> list[Figure]:
    await demo.load(database.owner_url)
    settings = Settings(database_url=database.app_url, given_token_secret="x" * 32, worker=False)  # type: ignore[call-arg]
    app = create(settings, now=lambda: MONDAY)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://office") as http,
    ):
        client = Client(http)
        await client.begin()
        numbers = iter(range(WARM_UP + REQUESTS))
        for number in islice(numbers, WARM_UP):
            await client.each(number)
        before, begun = await resident(), time.monotonic()
        for number in numbers:
            await client.each(number)
        took, grown = time.monotonic() - begun, await resident() - before
    said = f"{REQUESTS:,} mixed requests, {REQUESTS / took:.0f} a second"
    return [
        Figure(said, f"{grown / 1e6:+.1f} MB", f"{before / 1e6:.0f} MB after {WARM_UP:,}",
               f"{grown / before:+.1%}", f"± {MOST / 1e6:.0f} MB", abs(grown) <= MOST)
    ]  # fmt: skip


def main() -> None:
    """Measure and print; figures are read by people, so nothing fails here."""
    with tempfile.TemporaryDirectory(prefix="guiju-bench-") as name:
        directory = Path(name)
        directory.chmod(0o711)  # for root the database is another user's, who must be able to pass
        with postgres.running(directory, fsync="off") as database:
            asyncio.run(migrate(database.owner_url, postgres.APP))
            show("Memory", asyncio.run(mixed(database)))


if __name__ == "__main__":
    main()
