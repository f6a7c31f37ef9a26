"""A long book of requests to measure on: a few are submitted, and these are told many times over.

One office, three years, several kinds and units, steps, copies and comments; deterministic.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import asyncpg
import httpx
from sqlalchemy import Table

from domain.approval.request import requests, steps, waiting
from domain.time.moments import OFFICE_TIME
from resolvers import demo
from resolvers.running import postgres
from resolvers.running.settings import Settings
from schema.app import create

REQUESTS = int(os.environ.get("GUIJU_REQUESTS", "200000"))
OFFICE = "hrss-bureau"
MONDAY = datetime(2026, 3, 2, 9, tzinfo=OFFICE_TIME)
WAITING = 1000
"""So many wait in all at the end, whatever the length of the book."""

APPLICANTS = ("staff", "staff_2", "section_chief", "section_chief_2")
ROUND = """id status steps { id status waitingFor { holders { account } } }"""
SIGN_IN = """mutation ($account: String!, $password: String!) {
  signIn(input: {account: $account, password: $password}) {
    ... on SignedIn { token } ... on Refusal { code } } }"""


@dataclass(frozen=True)
class Told:
    """One request of which the book is made, and how far it is decided."""

    kind: str
    form: dict[str, Any]
    decided: bool


def half(day: str, which: str) -> dict[str, str]:
    return {"date": day, "half": which}


def leave(day: str) -> dict[str, Any]:
    return {"begins": half(day, "MORNING"), "ends": half(day, "AFTERNOON")}


def stories() -> Iterator[Told]:
    for number, decided in enumerate((True, True, False)):
        day = f"2026-05-{11 + number}"
        out = {"departs": f"{day}T09:00:00+08:00", "returns": f"{day}T11:00:00+08:00"}
        said = {"explanation": "家中有事回乡探望"}
        yield Told("LeavePersonal", {**leave(f"2026-03-{9 + number:02}"), **said}, decided)
        said = {"explanation": "感冒发烧在家休息"}
        yield Told("LeaveSick", {**leave(f"2026-04-{13 + number}"), **said}, decided)
        said = {"goingTo": "市档案馆", "explanation": "送件"}
        yield Told("OutingOfficial", {**out, **said}, decided)


class Desk:
    """The application in this process, asked by whoever is named."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http
        self.tokens: dict[str, str] = {}

    async def ask(self, account: str, query: str, variables: dict[str, Any]) -> Any:
        token = self.tokens.get(account) or await self.sign_in(account)
        answer = await self.http.post(
            "/graphql",
            json={"query": query, "variables": variables},
            headers={"authorization": f"Bearer {token}"},
        )
        [value] = answer.json()["data"].values()
        return value

    async def sign_in(self, account: str) -> str:
        given = {"account": account, "password": "guiju"}
        answer = await self.http.post("/graphql", json={"query": SIGN_IN, "variables": given})
        self.tokens[account] = answer.json()["data"]["signIn"]["token"]
        return self.tokens[account]

    async def submit(self, account: str, told: Told) -> Any:
        mutation = f"""mutation ($input: Submit{told.kind}Input!) {{
          submit{told.kind}(input: $input) {{
            ... on Submitted {{ request {{ {ROUND} }} }} ... on Refusal {{ code message }} }} }}"""
        key = f"{account}-{told.kind}-{told.form}"[:100]
        answer = await self.ask(account, mutation, {"input": {**told.form, "idempotencyKey": key}})
        return answer["request"]

    async def decide_all(self, request: Any) -> None:
        mutation = f"""mutation ($input: DecideInput!) {{ decide(input: $input) {{
          ... on Decided {{ request {{ {ROUND} }} }} ... on Refusal {{ code message }} }} }}"""
        while turn := next((step for step in request["steps"] if step["status"] == "OPEN"), None):
            [holder, *_] = turn["waitingFor"][0]["holders"]
            given = {"stepId": turn["id"], "decision": "AGREE", "idempotencyKey": turn["id"][-60:]}
            answer = await self.ask(holder["account"], mutation, {"input": given})
            request = answer["request"]


async def told_once(database: postgres.Database) -> None:
    """The few requests, submitted and decided as people do."""
    await demo.load(database.owner_url)
    settings = Settings(database_url=database.app_url, given_token_secret="x" * 32, worker=False)  # type: ignore[call-arg]
    app = create(settings, now=lambda: MONDAY)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://office") as http,
    ):
        desk = Desk(http)
        for role in APPLICANTS:
            for told in stories():
                request = await desk.submit(f"{role}@{OFFICE}", told)
                if told.decided:
                    await desk.decide_all(request)


AGAIN = "cast(md5({} || '/' || b.n) as uuid)"
TOLD = """
  create temporary table told on commit drop as
    select r.*, row_number() over (order by r.waits, r.number) - 1 as place,
           count(*) filter (where not r.waits) over () as decided, count(*) over () as in_all
    from (select r.id, r.number, exists (select from waiting w where w.request_id = r.id) as waits
          from requests r where r.institution_id = :office and r.status <> 'draft') r"""
BOOK = """
  create temporary table book on commit drop as
    select t.id, b.n, case when b.n > :size then (b.n % 4000) * interval '1 minute'
             else (:size - b.n) * (interval '1095 days' / :size) end as ago
    from generate_series(1, :size + :waiting) as b(n)
    join told t on t.place = case when b.n > :size
      then t.decided + b.n % greatest(t.in_all - t.decided, 1) else b.n % t.decided end"""
NUMBER = "to_char(t.created_at - b.ago, 'YYYY') || '-' || lpad(cast(b.n as text), 7, '0')"
SELDOM = "case when b.n % 997 = 0 then {} else {} end"
FORM = f"""jsonb_set(t.form, '{{explanation}}', to_jsonb(
  t.form ->> 'explanation' || {SELDOM.format("'督查回访'", "''")}))"""
RARE, NONE = "array['督查', '查回', '回访']", "array[]::text[]"
SEARCH = f"t.search || {SELDOM.format(RARE, NONE)}"
WORDS = """
  insert into request_words (institution_id, word, created_at, request_id)
  select institution_id, word, created_at, id from requests cross join unnest(search) word
  where char_length(word) = 2 on conflict do nothing"""
HANDLED = """
  insert into handled (institution_id, person_id, request_id, request_institution_id, at)
  select s.institution_id, s.decided_by, r.id, r.institution_id, max(s.decided_at)
  from steps s join requests r on (r.institution_id, r.id) = (s.institution_id, s.request_id)
  where s.decided_by is not null and r.applicant_id <> s.decided_by
  group by s.institution_id, s.decided_by, r.id, r.institution_id on conflict do nothing"""
COUNTS = """
  insert into request_counts
    (institution_id, list, subject_id, request_institution_id, kind, status, number)
  select institution_id, 'mine', applicant_id, institution_id, kind, status, count(*)
  from requests group by institution_id, applicant_id, kind, status
  union all
  select institution_id, 'unit', unit_id, institution_id, kind, status, count(*)
  from requests where status <> 'draft' group by institution_id, unit_id, kind, status
  union all
  select h.institution_id, 'handled', h.person_id, r.institution_id, r.kind, r.status, count(*)
  from handled h
  join requests r on (r.institution_id, r.id) = (h.request_institution_id, h.request_id)
  group by h.institution_id, h.person_id, r.institution_id, r.kind, r.status"""


def copied(of: Table, key: str, earlier: tuple[str, ...], **said: str) -> str:
    """Each row of a table once for every request of the book that tells its request again."""
    anew = {**{name: f"t.{name} - b.ago" for name in earlier}, **said}
    names = ", ".join(each.name for each in of.columns)
    values = ", ".join(anew.get(each.name, f"t.{each.name}") for each in of.columns)
    return (
        f"insert into {of.name} ({names}) select {values}"
        f" from {of.name} t join book b on b.id = t.{key}"
    )


async def tell(owner: Any, size: int) -> None:
    """Tell what is there over again, until the book has so many requests, in one transaction."""
    values = {"office": f"'{OFFICE}'", "size": str(size), "waiting": str(min(WAITING, size))}
    for statement in (TOLD, BOOK):
        for name, value in values.items():
            statement = statement.replace(f":{name}", value)  # noqa: PLW2901
        await owner.execute(statement)
    again = {"request_id": AGAIN.format("t.request_id")}
    moments = ("created_at", "submitted_at", "closed_at", "completed_at")
    anew = {"id": AGAIN.format("t.id"), "number": NUMBER, "form": FORM, "search": SEARCH}
    await owner.execute("create index on book (id); set local session_replication_role = replica")
    await owner.execute(copied(requests, "id", moments, **anew))
    at = ("decided_at", "opened_at", "due_at")
    await owner.execute(copied(steps, "request_id", at, id=AGAIN.format("t.id"), **again))
    anew = {**again, "step_id": AGAIN.format("t.step_id")}
    await owner.execute(copied(waiting, "request_id", ("opened_at",), **anew))
    await owner.execute("truncate request_counts")
    for each in (HANDLED, COUNTS, WORDS):
        await owner.execute(each)
    await owner.execute("analyze requests, steps, waiting, handled, request_words, request_counts")


async def fill(database: postgres.Database, size: int = REQUESTS) -> None:
    """A book of so many requests, with their steps, inboxes, words and counts."""
    await told_once(database)
    owner = await asyncpg.connect(database.owner_url.replace(postgres.OWNER, "postgres"))
    try:
        async with owner.transaction():
            await tell(owner, size)
        await owner.execute("vacuum")
    finally:
        await owner.close()
