"""The API in process: an office asked as its people ask it, with the clock in the test's hand."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx
from starlette.applications import Starlette
from structlog.testing import capture_logs

from domain.tables import metadata
from domain.time.moments import OFFICE_TIME
from domain.vocabulary import RoleClass
from policies import vocabulary
from resolvers.ground import tokens
from resolvers.ground.sign_in import institution_of
from resolvers.running import postgres
from resolvers.running.services import Services
from resolvers.running.settings import Settings
from resolvers.running.worker import run_due
from schema.app import create
from tests.databases import RUNNING_TABLES, SAID_TABLES, WORKING_TABLES, counting, with_those
from tests.papers import papers, with_files

MONDAY = datetime(2026, 3, 2, 9, tzinfo=OFFICE_TIME)
SECRET = "a secret for tests alone, long enough"
SERVED = {"given_token_secret": SECRET, "worker": False}
FAR = datetime(2099, 1, 1, tzinfo=UTC)
[PAPER] = papers("医务部门出具的检查、诊断、建议休假材料")
DOCUMENT = {"number": "函〔2026〕1号", "dated": "2026-03-01", "scan": PAPER}
ROLES = vocabulary.shipped().roles
OUTSIDE = {code for code, role in ROLES.items() if role.role_class is RoleClass.OUTSIDE}

SIX_DAYS = ("2026-03-16", "2026-03-17", "2026-03-18", "2026-03-19", "2026-03-20", "2026-03-23")
"""Working days, one after the other."""

TAMPERING = re.compile(r"(update|delete from|insert into|truncate) (requests|steps)\b")

SEAT = "id role title unit holders { name account }"
CLAUSE = "institution regulation cite title summary"
STEP = f"""id role title alternatives act status decision comment decidedAt skippedBecause
  clause {{ {CLAUSE} }} decidedBy {{ name account }}
  onBehalfOf {{ {SEAT} }} waitingFor {{ {SEAT} }}"""
REFUSAL = f"""code message clause {{ {CLAUSE} }}
  problems {{ path code message clause {{ {CLAUSE} }} clauses {{ regulation cite }} }}"""
REQUEST = f"""__typename id number kind status version summary unit submittedAt completedAt
  applicant {{ name account }} fields {{ name label display value }}
  attachments {{ name sha256 }} steps {{ {STEP} }}
  allowedActions {{ action allowed refusal {{ code message }} }}"""
PREVIEW = f"""__typename ... on RoutePreview {{ finding notes claims {{ {CLAUSE} }}
  steps {{ role title alternatives act place clause {{ {CLAUSE} }} seats {{ {SEAT} }} }} }}
  ... on Refusal {{ {REFUSAL} }}"""
INBOX = f"{{ inbox {{ edges {{ node {{ {REQUEST} }} step {{ {STEP} }} }} }} }}"


KEPT_BACK = ("ledger", "ledger_values", "requests_not_routed")
"""Where it is on record that the rules give a submission to nobody."""


def half_day(day: str, half: str = "MORNING") -> dict[str, str]:
    return {"date": day, "half": half}


def leave(first: str, last: str | None = None, **more: Any) -> dict[str, Any]:
    """A leave of whole days, from the first morning to the last afternoon."""
    begins, ends = half_day(first), half_day(last or first, "AFTERNOON")
    return {"begins": begins, "ends": ends, "explanation": "家中有事", **more}


def words_of(kind: str) -> str:
    return "".join(part.capitalize() for part in kind.replace(".", "_").split("_"))


@dataclass
class Answer:
    """What came back: the HTTP status, `data` and `errors`."""

    status: int
    body: Any

    @property
    def data(self) -> Any:
        assert "errors" not in self.body, self.body
        return self.body["data"]

    @property
    def codes(self) -> list[str]:
        return [error["extensions"]["code"] for error in self.body.get("errors", ())]


@dataclass
class Api:
    """The application, its clock and a door for each person."""

    app: Starlette
    client: httpx.AsyncClient
    superuser: asyncpg.Connection
    now: datetime = MONDAY
    statements: list[str] = field(default_factory=list)
    logged: list[Any] = field(default_factory=list)
    uploading: asyncio.Lock = field(default_factory=asyncio.Lock)
    tampered: bool = False
    """Whether requests were changed behind the back of what counts them."""

    @property
    def services(self) -> Services:
        return self.app.state.services

    @property
    def unexpected(self) -> list[Any]:
        """What was logged beside the heads that are signed once a day."""
        return [each for each in self.logged if each["event"] != "head_signed"]

    async def ask(
        self,
        query: str,
        variables: dict[str, Any] | None = None,
        token: str | None = None,
        language: str | None = None,
    ) -> Answer:
        headers = {"authorization": f"Bearer {token}"} if token else {}
        if language:
            headers["accept-language"] = language
        body = {"query": query, "variables": await with_files(self, variables or {}, token)}
        got = await self.client.post("/graphql", json=body, headers=headers)
        return Answer(got.status_code, got.json())

    async def person(self, account: str, until: datetime = FAR) -> "Visitor":
        """Somebody signed in, without the password that is slow on purpose, nor a code."""
        institution, session = institution_of(account), uuid4()
        person = await self.value(
            "select person_id from accounts where account = $1 and institution_id = $2",
            account,
            institution,
        )
        assert person is not None, account
        await self.run(
            "insert into sessions (institution_id, id, person_id, expires_at, proved_at)"
            " values ($1, $2, $3, $4, now())",
            *(institution, session, person, until),
        )
        claims = tokens.Claims(institution, UUID(str(person)), session)
        return Visitor(self, account, tokens.issue(claims, until, self.services.secret))

    async def run(self, sql: str, *values: Any) -> None:
        """One statement as the superuser, whom no wall holds back."""
        self.tampered |= TAMPERING.search(sql) is not None
        await self.superuser.execute(sql, *values)

    async def value(self, sql: str, *values: Any) -> Any:
        return await self.superuser.fetchval(sql, *values)

    async def rows(self, sql: str, *values: Any) -> list[asyncpg.Record]:
        return list(await self.superuser.fetch(sql, *values))

    async def counts(self) -> dict[str, int]:
        """How many rows each table has: what a refusal must not change."""
        return dict((await self.rows(counting(metadata.tables)))[0])

    async def empty(self, *tables: str) -> None:
        """No row is left in these tables, nor in those that refer to them."""
        asked = (
            f"select '{each}' where exists (select from {each})" for each in with_those(tables)
        )
        if written := [row[0] for row in await self.rows(" union all ".join(asked))]:
            # To truncate costs files for each table: most have no row, and a few have a few.
            deletes = "; ".join(f"delete from {each}" for each in written)
            held = "set session_replication_role = "
            await self.run(f"{held} replica; {deletes}; {held} origin")

    async def post(self, content: bytes, **headers: str) -> Answer:
        headers = {"content-type": "application/json", **headers}
        got = await self.client.post("/graphql", content=content, headers=headers)
        return Answer(got.status_code, got.json())

    async def wait(self, **time: float) -> None:
        self.now += timedelta(**time)

    async def clocks(self) -> int:
        """Everything that is due by now is done; how many jobs that were."""
        return await run_due(self.services)


@dataclass
class Visitor:
    """One person's door into the API."""

    api: Api
    account: str
    token: str
    language: str | None = None

    async def ask(self, query: str, variables: dict[str, Any] | None = None) -> Answer:
        return await self.api.ask(query, variables, self.token, self.language)

    async def one(self, query: str, variables: dict[str, Any] | None = None) -> Any:
        """The data of the only root field."""
        [value] = (await self.ask(query, variables)).data.values()
        return value

    async def submit(self, kind: str, form: dict[str, Any], key: str | None = None) -> Any:
        """The request, or the refusal."""
        words = words_of(kind)
        given = {**form, "idempotencyKey": key or str(uuid4())}
        answer = await self.one(
            f"mutation ($input: Submit{words}Input!) {{ submit{words}(input: $input) {{ __typename"
            f" ... on Submitted {{ request {{ {REQUEST} }} }} ... on Refusal {{ {REFUSAL} }} }} }}",
            {"input": given},
        )
        return answer.get("request", answer)

    async def preview(self, kind: str, form: dict[str, Any]) -> Any:
        words = words_of(kind)
        return await self.one(
            f"query ($input: Submit{words}Input!) {{ preview{words}(input: $input)"
            f" {{ {PREVIEW} }} }}",
            {"input": {**form, "idempotencyKey": str(uuid4())}},
        )

    async def inbox(self) -> list[Any]:
        return list((await self.one(INBOX))["edges"])

    async def turn(self) -> Any:
        """The only open step that waits for this person."""
        [edge] = await self.inbox()
        return edge["step"]

    async def act(self, name: str, key: str | None = None, **given: Any) -> Any:
        """A mutation that answers with the request, or the refusal."""
        words = name[0].upper() + name[1:]
        answer = await self.one(
            f"mutation ($input: {words}Input!) {{ {name}(input: $input) {{ __typename"
            f" ... on Decided {{ request {{ {REQUEST} }} }} ... on Refusal {{ {REFUSAL} }} }} }}",
            {"input": {**given, "idempotencyKey": key or str(uuid4())}},
        )
        return answer.get("request", answer)

    async def decide(self, step: str, decision: str = "AGREE", **more: Any) -> Any:
        return await self.act("decide", stepId=step, decision=decision, **more)

    async def agree(self) -> Any:
        turn = await self.turn()
        return await self.decide(turn["id"], **answered(turn["role"]))


def answered(role: str) -> dict[str, Any]:
    """What goes with the answer of a body outside."""
    return {"document": DOCUMENT} if role in OUTSIDE else {}


def cites(clauses: list[Any]) -> list[str]:
    return [f"{clause['regulation']}/{clause['cite']}" for clause in clauses]


def states(request: Any) -> list[tuple[str, str, str]]:
    return [(step["role"], step["act"], step["status"]) for step in request["steps"]]


def problems(refusal: Any) -> set[tuple[str, str]]:
    """Each problem of a refusal, as its field and its code."""
    assert refusal["__typename"] == "Refusal", refusal
    return {(".".join(each["path"][1:]), each["code"]) for each in refusal["problems"]}


@asynccontextmanager
async def opened(database: postgres.Database, **chosen: Any) -> AsyncIterator[Api]:
    """The application of this database, started and stopped like a served one."""
    api: Api
    with capture_logs() as logged, TemporaryDirectory() as folder:
        kept: dict[str, Any] = {"data_dir": folder, "files_reserve": 0, **SERVED, **chosen}
        app = create(Settings(database_url=database.app_url, **kept), now=lambda: api.now)
        door = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://office")
        async with app.router.lifespan_context(app), door as client:
            address = database.owner_url.replace(postgres.OWNER, "postgres")
            superuser = await asyncpg.connect(address, max_cacheable_statement_size=0)
            api = Api(app, client, superuser, logged=logged)
            for observed in (api.services.database, api.services.rulebooks._database):
                observed.observe = api.statements.append
            yield api
            await superuser.close()


async def emptied(api: Api) -> None:
    """Nobody has asked for anything yet and it is Monday morning."""
    await api.empty(*WORKING_TABLES, *SAID_TABLES, *RUNNING_TABLES)
    api.now, api.tampered = MONDAY, False
    del api.statements[:], api.logged[:]


def day(text: str) -> date:
    return date.fromisoformat(text)
