"""What serving leaves in memory: mixed requests must end where they began."""

import asyncio
import gc
import os
import time
from itertools import islice

import psutil

from benchmarks.asking import OFFICE, Desk, desk
from benchmarks.figures import Figure, show
from benchmarks.stage import folder
from benchmarks.stories import MONDAY
from migrations.upgrade import migrate
from resolvers import demo
from resolvers.running import postgres

REQUESTS = int(os.environ.get("GUIJU_REQUESTS", "9000"))
WARM_UP = 3_000
MOST = 10_000_000
PEOPLE = ("staff", "section_chief", "director", "policy_admin")
READ = """number summary allowedActions { action refusal { message } }
  history { edges { node { sentence clauses { decided } } } } clocks { state changes { what } }
  comments { edges { node { text } } } copies { at } circulations { note }
  steps { title clause { title decided } waitingFor { holders { name } } }"""
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


async def begun(desk: Desk) -> str:
    """A request that everybody reads."""
    half = {"date": "2026-03-03", "half": "MORNING"}
    ends = {"date": "2026-03-03", "half": "AFTERNOON"}
    form = {"begins": half, "ends": ends, "explanation": "x", "idempotencyKey": "k"}
    request: str = (await desk.one(PEOPLE[0], SUBMIT, {"input": form}))["request"]["id"]
    return request


async def each(desk: Desk, request: str, number: int) -> None:
    """One of the mixed requests: most read, some write, some are refused or unreadable."""
    role = PEOPLE[number % len(PEOPLE)]
    match number % 12:
        case 8:
            await desk.answer(PEOPLE[0], COMMENT, {"id": request, "key": str(number)})
        case 9:
            await desk.answer(role, f"{{ unknown{number} }}")
        case 10:
            await desk.answer(role, f"{{ viewer {{ a{number}: name }} }}")
        case 11:
            await desk.answer(role, QUESTIONS[0], {"id": f"nothing-{number}"})
        case which:
            await desk.answer(role, QUESTIONS[which], {"id": request} if which == 0 else {})


async def resident() -> int:
    """What the process holds, in bytes, when nothing is left to collect."""
    await asyncio.sleep(0)
    gc.collect()
    size: int = psutil.Process().memory_info().rss
    return size


async def mixed(database: postgres.Database) -> list[Figure]:
    await demo.load(database.owner_url)
    async with desk(database.app_url, lambda: MONDAY) as office:
        request = await begun(office)
        numbers = iter(range(WARM_UP + REQUESTS))
        for number in islice(numbers, WARM_UP):
            await each(office, request, number)
        before, start = await resident(), time.monotonic()
        for number in numbers:
            await each(office, request, number)
        took, grown = time.monotonic() - start, await resident() - before
    said = f"{REQUESTS:,} mixed requests, {REQUESTS / took:.0f} a second"
    return [
        Figure(said, f"{grown / 1e6:+.1f} MB", f"{before / 1e6:.0f} MB after {WARM_UP:,}",
               f"{grown / before:+.1%}", f"± {MOST / 1e6:.0f} MB", abs(grown) <= MOST)
    ]  # fmt: skip


def main() -> None:
    """Measure and print; figures are read by people, so nothing fails here."""
    with folder() as directory, postgres.running(directory, fsync="off") as database:
        asyncio.run(migrate(database.owner_url, postgres.APP))
        show("Memory", asyncio.run(mixed(database)))


if __name__ == "__main__":
    main()
