"""An office where anybody tries anything, seen from outside: its people, its rows, its server."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

import asyncpg
import orjson
from graphql import GraphQLUnionType, get_named_type

from domain.records import metadata
from resolvers import postgres
from schema.ids import global_id
from schema.root import schema
from tests.office import MONDAY, Api, Visitor, opened
from tests.verb_crashes import Fate, Pool

STANDS = frozenset(
    {
        *("institutions", "institution_superiors", "units", "seats", "accounts"),
        *("sessions", "sign_in_failures", "calendar_days", "ledger", "ledger_heads"),
        *(name for name in metadata.tables if name.startswith(("rulebook_", "regulation"))),
    }
)
"""Tables of the office itself: no act on a request writes them, or they are never emptied."""
PASSING = tuple(table for table in reversed(metadata.sorted_tables) if table.name not in STANDS)

COUNTS = " union all ".join(
    f"select '{name}' as name, count(*) as rows from {name}"
    for name in metadata.tables
    if name not in {"sessions", "sign_in_failures"} and not name.startswith("rulebook_")
)
STATE = """
select 'requests' as kind, to_jsonb(r) - 'search' as row from requests r
union all select 'steps', to_jsonb(t) from steps t
union all select 'waiting', to_jsonb(w) from waiting w
union all select 'absences', to_jsonb(a) from absences a
union all select 'loans', to_jsonb(d) from delegations d
union all select 'readers', to_jsonb(c) from circulation_readers c
union all select 'numbers', to_jsonb(n) from request_numbers n
union all select 'heads', jsonb_build_object('institution', h.institution_id, 'seq', h.seq,
                                             'hash', encode(h.hash, 'hex')) from ledger_heads h"""

HOMES = "select id, institution_id from seats union all select id, institution_id from people"
ROLES = "select id, role from seats"

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Snapshot:
    """Every row that acts on requests may change, as it stands between two acts."""

    requests: Mapping[str, Row]
    steps: Mapping[str, Row]
    waiting: tuple[Row, ...]
    absences: tuple[Row, ...]
    numbers: tuple[Row, ...]
    loans: tuple[Row, ...]
    readers: tuple[Row, ...]
    heads: Mapping[str, tuple[int, str]]
    counts: Mapping[str, int]

    @cached_property
    def asked(self) -> list[Row]:
        """The requests in the order in which people would name them."""
        return sorted(self.requests.values(), key=lambda row: (row["created_at"], row["id"]))

    @cached_property
    def turns(self) -> list[Row]:
        """The steps of the rounds that run, request by request."""
        rounds: dict[str, list[Row]] = defaultdict(list)
        for step in self.steps.values():
            rounds[step["request_id"]].append(step)
        return [
            step
            for request in self.asked
            for step in sorted(rounds[request["id"]], key=lambda each: each["position"])
            if step["round"] == request["round"]
        ]

    @cached_property
    def open(self) -> list[Row]:
        return [step for step in self.turns if step["status"] == "open"]

    def lines(self, institution: str) -> int:
        """How long an institution's ledger is."""
        return self.heads.get(institution, (0, ""))[0]

    def request_of(self, step: Row) -> Row:
        return self.requests[step["request_id"]]


NOTHING = Snapshot({}, {}, (), (), (), (), (), {}, {})


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
    now: Snapshot = field(default_factory=lambda: NOTHING)

    async def begin(self) -> None:
        """An empty Monday morning, with everybody in the seat that the demo gave them."""
        self.api.now = MONDAY
        self.fate.next_act(None)
        await self._empty()
        await self.meet()
        self.home = self.home or dict(await self.api.rows(HOMES))
        self.roles = self.roles or dict(await self.api.rows(ROLES))
        await self.look()

    async def keep(self) -> None:
        """Remember what the passing tables hold before anybody acts."""
        for table in PASSING:
            await self.api.run(f"create temp table before_{table.name} as table {table.name}")

    async def _empty(self) -> None:
        """Put the passing tables back as they were; triggers that only let them grow sleep."""
        kept = [
            table.name
            for table in PASSING
            if await self.api.value(
                f"select exists (table {table.name} except table before_{table.name})"
                f" or exists (table before_{table.name} except table {table.name})"
            )
        ]
        again = [
            f"delete from {n}; insert into {n} overriding system value table before_{n};"
            for n in kept
        ]
        await self.api.run(f"set session_replication_role = replica; {' '.join(again)}")
        await self.api.run("set session_replication_role = origin")
        await self.api.run("update sessions set revoked_at = null where revoked_at is not null")
        await self.api.run("delete from pgqueuer")

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
        found: dict[str, list[Any]] = defaultdict(list)
        for kind, row in await self.api.rows(STATE):
            found[kind].append(row)
        self.now = Snapshot(
            requests={row["id"]: row for row in found["requests"]},
            steps={row["id"]: row for row in found["steps"]},
            waiting=tuple(found["waiting"]),
            absences=tuple(found["absences"]),
            numbers=tuple(found["numbers"]),
            loans=tuple(sorted(found["loans"], key=lambda row: row["id"])),
            readers=tuple(
                sorted(found["readers"], key=lambda row: (row["circulation_id"], row["position"]))
            ),
            heads={row["institution"]: (row["seq"], row["hash"]) for row in found["heads"]},
            counts=dict(await self.api.rows(COUNTS)),
        )
        return self.now

    async def visitor(self, account: str) -> Visitor:
        if account not in self.visitors:
            self.visitors[account] = await self.api.person(account)
        return self.visitors[account]

    async def call(
        self, account: str, field: str, given: Mapping[str, Any], dies: int | str | None = None
    ) -> Answer:
        """One mutation. Silence when the server dies before it has answered."""
        visitor = await self.visitor(account)
        self.fate.next_act(dies)
        answer = await visitor.ask(MUTATIONS[field], {"input": given})
        dead = self.fate.dead
        self.fate.next_act(None)
        if dead:
            assert "errors" in answer.body, ("a dead server answered", answer.body)
            self.api.logged.clear()
            return SILENCE
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
                words = REQUEST
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
        await _reads_json(api.superuser)
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


async def _reads_json(connection: asyncpg.Connection) -> None:
    await connection.set_type_codec(
        "jsonb", encoder=lambda value: orjson.dumps(value).decode(), decoder=orjson.loads,
        schema="pg_catalog",
    )  # fmt: skip
