"""An office where anybody tries anything, seen from outside: its people, its rows, its server."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import asyncpg
import orjson
from graphql import GraphQLUnionType, get_named_type

from resolvers.running import postgres
from resolvers.running.worker import run_due
from schema.ground.ids import global_id
from schema.root import schema
from tests.office import MONDAY, Api, Visitor, opened
from tests.verb_crashes import Crash, Fate, Pool
from tests.verb_snapshot import NOTHING, PASSING, Snapshot, read

HOMES = "select id, institution_id from seats union all select id, institution_id from people"
ROLES = "select id, role from seats"
OTHERS_SLEEP = """
insert into pgqueuer (priority, created, status, entrypoint, dedupe_key, payload)
select 0, now(), 'queued', 'daily', 'daily:' || institution_id || ':2099-01-01',
       convert_to('{"at": "2099-01-01T00:00:00+08:00"}', 'UTF8')
from institutions where not institution_id = any($1)"""
"""The worker looks after the institutions of this run alone."""


@dataclass(frozen=True)
class Answer:
    """What the client heard: the payload, a refusal's code, or nothing at all."""

    payload: Any = None
    code: str | None = None

    @property
    def heard(self) -> bool:
        return self.payload is not None or self.code is not None

    @property
    def acknowledged(self) -> bool:
        return self.payload is not None


SILENCE = Answer()
EXPECTED = {"NOT_ALLOWED", "NOT_SIGNED_IN"}


@dataclass
class Person:
    id: UUID
    institution: str
    account: str
    name: str
    seats: list[UUID]

    @property
    def first_seat(self) -> str:
        return global_id("Seat", self.seats[0])


@dataclass
class Office:
    """The real shell over the real database, with the thread of its server's life in hand."""

    api: Api
    fate: Fate
    people: dict[UUID, Person] = field(default_factory=dict)
    visitors: dict[str, Visitor] = field(default_factory=dict)
    home: dict[UUID, str] = field(default_factory=dict)
    roles: dict[UUID, str] = field(default_factory=dict)
    paths: list[Any] = field(default_factory=list)
    takers: dict[str, set[str]] = field(default_factory=dict)
    now: Snapshot = field(default_factory=lambda: NOTHING)

    async def begin(self, institutions: tuple[str, ...] = ()) -> None:
        """An empty Monday morning, with everybody in the seat that the demo gave them."""
        self.api.now = MONDAY
        self.fate.next_act(None)
        await self._empty()
        await self.api.run("delete from pgqueuer")
        await self.api.run(OTHERS_SLEEP, list(institutions))
        await self.meet()
        self.home = self.home or dict(await self.api.rows(HOMES))
        self.roles = self.roles or dict(await self.api.rows(ROLES))
        rulebooks, today = self.api.services.rulebooks, self.api.now.date()
        living = await rulebooks.load("service-centre", today)
        self.paths = [*living.shapes.paths]
        for row in living.acts:
            if row.act == "take":
                self.takers.setdefault(row.kind, set()).add(row.role)
        await self.look()

    async def keep(self) -> None:
        """Remember what the passing tables hold before anybody acts."""
        for table in PASSING:
            await self.api.run(f"create temp table before_{table.name} as table {table.name}")

    async def _empty(self) -> None:
        """Put the passing tables back as they were; triggers that only let them grow sleep."""
        kept = [
            (table.name, ", ".join(each.name for each in table.columns if not each.computed))
            for table in PASSING
            if await self.api.value(
                f"select exists (table {table.name} except table before_{table.name})"
                f" or exists (table before_{table.name} except table {table.name})"
            )
        ]
        again = [
            f"delete from {n}; insert into {n} ({columns}) overriding system value"
            f" select {columns} from before_{n};"
            for n, columns in kept
        ]
        await self.api.run(f"set session_replication_role = replica; {' '.join(again)}")
        await self.api.run("set session_replication_role = origin")
        await self.api.run("update sessions set revoked_at = null where revoked_at is not null")

    async def meet(self) -> None:
        """Learn who holds what today."""
        rows = await self.api.rows(
            """select p.id, p.institution_id, p.account, p.name,
                      array_agg(a.seat_id order by u.position, s.role, s.id) as seats
               from people p
               join accounts c on (c.institution_id, c.account) = (p.institution_id, p.account)
               join appointments a on (a.institution_id, a.person_id) = (p.institution_id, p.id)
               join seats s on (s.institution_id, s.id) = (a.institution_id, a.seat_id)
               join units u on (u.institution_id, u.id) = (s.institution_id, s.unit_id)
               where a.begins <= $1 and (a.ends is null or a.ends >= $1)
               group by p.institution_id, p.id order by p.institution_id, p.number""",
            self.api.now.date(),
        )
        self.people = {row["id"]: Person(*row) for row in rows}

    def colleagues(self, *institutions: str) -> list[Person]:
        return [each for each in self.people.values() if each.institution in institutions]

    async def look(self) -> Snapshot:
        """Read everything anew."""
        self.now = await read(self.api)
        return self.now

    async def visitor(self, account: str) -> Visitor:
        if account not in self.visitors:
            self.visitors[account] = await self.api.person(account)
        return self.visitors[account]

    async def work(self, dies: int | str | None = None) -> bool:
        """The worker does what is due; whether it lived to the end of it."""
        self.fate.next_act(dies)
        try:
            await run_due(self.api.services)
        except Crash:
            return False
        finally:
            self.fate.next_act(None)
        return True

    async def call(
        self, account: str, field: str, given: Mapping[str, Any], dies: int | str | None = None
    ) -> Answer:
        """One mutation. Silence when the server dies before it has answered."""
        visitor = await self.visitor(account)
        self.fate.next_act(dies)
        answer = None
        with suppress(Crash):  # what is on record as the answer leaves may be what it dies of
            answer = await visitor.ask(MUTATIONS[field], {"input": given})
        dead = self.fate.dead
        self.fate.next_act(None)
        if dead:
            assert answer is None or "errors" in answer.body, ("a dead server answered", answer)
            self.api.logged.clear()
            return SILENCE
        assert answer is not None
        if "errors" in answer.body:
            [code] = answer.codes
            assert code in EXPECTED, (field, given, answer.body, self.api.logged)
            return Answer(code=code)
        [payload] = answer.data.values()
        if payload["__typename"] == "Refusal":
            return Answer(code=payload["code"])
        return Answer(payload)


REQUEST = "request { id number status version }"


def _mutations() -> dict[str, str]:
    """Each mutation as one would ask it, with the request that it answers with."""
    known = schema._schema
    asked = {}
    for name, root in known.mutation_type.fields.items():
        answers = get_named_type(root.type)
        if set(root.args) != {"input"} or not isinstance(answers, GraphQLUnionType):
            continue
        [argument], fragments = root.args.values(), []
        for payload in answers.types:
            fields = payload.fields
            words = "code" if payload.name == "Refusal" else "__typename"
            if "request" in fields:
                words = f"{REQUEST} waits {{ id }}" if "waits" in fields else REQUEST
            elif payload.name == "DecidedMany":
                words = f"taken items {{ stepId {REQUEST} refusal {{ code }} }}"
            fragments.append(f"... on {payload.name} {{ {words} }}")
        asked[name] = (
            f"mutation ($input: {argument.type}) {{ {name}(input: $input)"
            f" {{ __typename {' '.join(fragments)} }} }}"
        )
    return asked


MUTATIONS = _mutations()


class Running:
    """An office for code that is not asynchronous: opened once, entered again and again."""

    def __init__(self, database: postgres.Database) -> None:
        self._runner = asyncio.Runner()
        self._opening = opened(database)
        self.office = self.run(self._open())

    def run(self, coroutine: Any) -> Any:
        return self._runner.run(coroutine)

    async def _open(self) -> Office:
        api = await self._opening.__aenter__()
        await reads_json(api.superuser)
        fate = Fate()
        database = api.services.database
        database.observe = None
        database.pool = Pool(database.pool, fate)
        office = Office(api, fate)
        await office.keep()
        return office

    def close(self) -> None:
        self.run(self.office.begin())
        self.run(self._opening.__aexit__(None, None, None))
        self._runner.close()


async def reads_json(connection: asyncpg.Connection) -> None:
    await connection.set_type_codec(
        "jsonb", encoder=lambda value: orjson.dumps(value).decode(), decoder=orjson.loads,
        schema="pg_catalog",
    )  # fmt: skip
