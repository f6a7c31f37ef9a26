"""What the database tells as text is to the byte what is shown as ever, whoever asks for what."""

import random
from collections.abc import Iterator
from uuid import UUID

import pytest

from resolvers.requests import told_columns
from schema.ground.ids import read_id
from tests.lending import lend, name_of, seat_of
from tests.office import Api, Visitor, leave
from tests.test_completion_served import Office
from tests.test_unreadable_rows import broken

OFFICE = "hrss-bureau"
ODD = 'says "no" \\ — 同意\n\t 😀 </script>'
PERSON = ("id", "name", "account", "seats { id }", "__typename")
CLAUSE = ("id", "title", "cite", "summary", "enforcedBy", "accounts { outcome by }")
SEAT = ("id", "role", "title", "unit", "unitId", "holders { %s }")
ACT = ("position", "event", "sentence", "at", "by { %s }", "status", "round", "comment", "details")
CODED = ("role", "title", "alternatives", "act", "status", "decision", "skippedBecause")
CONNECTION = ("totalCount", "totalIsExact", "unreadable", "__typename")
PAGE_INFO = "pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"


class Wanted:
    """A selection made by chance of what is told."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def some(self, *fields: str) -> str:
        """Some of them in some order, one under two names."""
        chosen = self.chance.sample(fields, self.chance.randint(1, len(fields)))
        again = f"again: {chosen[0]}" if self.chance.random() < 0.3 else ""
        return " ".join([*chosen, again])

    def step(self) -> str:
        person = self.some(*PERSON)
        seat = self.some(*SEAT)
        seat = seat % ((person,) * seat.count("%s"))
        more = [f"decidedBy {{ {person} }}", f"clause {{ {self.some(*CLAUSE)} }}"]
        more += [f"clauses {{ {self.some(*CLAUSE)} }}"]
        more += [f"{each} {{ {seat} }}" for each in ("waitingFor", "onBehalfOf")]
        more += ["actingFor { document person { name } }", "handedOn { how }", "document { dated }"]
        return self.some("__typename", *told_columns.STEP, *CODED, *more)

    def request(self, *more: str) -> str:
        named = ("kind", "status", "summary", "__typename", f"applicant {{ {self.some(*PERSON)} }}")
        return self.some(*told_columns.REQUEST, *named, f"steps {{ {self.step()} }}", *more)

    def page(self, field: str) -> str:
        own = f"step {{ {self.step()} }}" if field.startswith("inbox") else "cursor"
        edge = self.some("cursor", own).replace("again: step", "again: cursor #")
        edges = f"edges {{ {edge.split('#')[0]} node {{ {self.request()} }} }}"
        return f"{{ {field} {{ {self.some(*CONNECTION, PAGE_INFO)} {edges} }} }}"

    def one(self, of: str) -> str:
        act = self.some(*ACT, f"turns {{ title act decision clauses {{ {self.some(*CLAUSE)} }} }}")
        act = act % ((self.some(*PERSON),) * act.count("%s"))
        past = f"history(first: {self.chance.randint(1, 9)}) {{ edges {{ cursor node {{ {act} }} }}"
        past += f" {PAGE_INFO} }}"
        return f'{{ node(id: "{of}") {{ id ... on Request {{ {self.request(past)} }} }} }}'


@pytest.fixture
async def office(api: Api) -> tuple[Office, list[str]]:
    """Requests in every state, one of them returned and made anew, and a seat that is lent."""
    roles = ("staff", "section_chief", "deputy_in_charge", "office_director", "director")
    people = [await api.person(f"{role}@{OFFICE}") for role in roles]
    staff, chief, deputy, substitute, _ = people
    office, made = Office(api, people), []
    seat = await seat_of(deputy, "deputy_in_charge", "就业促进科")
    await lend(deputy, seat, substitute)
    for first in ("2026-03-09", "2026-03-10", "2026-03-11", "2027-01-04", "2026-03-12"):
        made += [(await staff.submit("leave.sick", leave(first)))["id"]]
        await api.wait(minutes=1)
    steps = [edge["step"]["id"] for edge in await chief.inbox()]
    await chief.decide(steps[0], comment=ODD)
    await chief.decide(steps[1])
    await chief.decide(steps[2], "RETURN", comment="请补充")
    await chief.decide(steps[3], "REJECT", comment="人手不足")
    for edge in (await deputy.inbox())[:1]:
        await deputy.decide(edge["step"]["id"])
    return office, made


def documents(office: Office, made: list[str]) -> Iterator[tuple[Visitor, str]]:
    boxes = ("MINE", "UNIT", "HANDLED, status: APPROVED", 'UNIT, text: "家中"')
    lists = [
        "inbox(first: 7)",
        "inbox(first: 1)",
        *(f"requests(first: 4, box: {each})" for each in boxes),
    ]
    for seed in range(30):
        wanted, who = Wanted(seed), office.people[seed % len(office.people)]
        yield who, wanted.page(wanted.chance.choice(lists))
        yield who, wanted.one(wanted.chance.choice(made))


async def told_alike(office: Office, who: Visitor, query: str) -> bool:
    """Whether it is told, to the byte as it is shown."""
    answer = await office.alike(who, query)
    assert answer.startswith(b'{"data":'), (answer, query)
    statements = office.api.statements
    del statements[:]
    await office.told(who, query, {}, compiled=True)
    return "as told" in statements[-1]


async def test_it_is_told_to_the_byte_as_it_is_shown(office: tuple[Office, list[str]]) -> None:
    asked = [await told_alike(office[0], *each) for each in documents(*office)]
    assert sum(asked) > len(asked) * 0.8


BREAKS = (
    "update requests set unit_name = E'a\\x01\\x02b' where id = $1",
    "update steps set decided_by_name = E'a\\x01b' where request_id = $1",
    "update steps set role = 'nobody' where request_id = $1",
    "update steps set role = E'no\\x02body' where request_id = $1",
    "update requests set summary_zh = null, summary_en = null where id = $1",
    "update steps set decision = 'perhaps' where request_id = $1",
    "update steps set act = 'bless' where request_id = $1",
    "update requests set rulebook_version = 99 where id = $1",
    "update requests set kind = 'leave.ufo' where id = $1",
)
"""Each does more harm than what comes before."""


async def test_what_is_not_as_expected_is_shown_as_ever(office: tuple[Office, list[str]]) -> None:
    api, made = office[0].api, office[1][0]
    staff, wanted = office[0].people[0], [Wanted(seed) for seed in range(3)]
    queries = [f"{{ requests(box: MINE) {{ {PAGE_INFO} edges {{ node {{ id }} }} }} }}"]
    queries += [each.page("requests(box: MINE, first: 7)") for each in wanted]
    queries += [each.one(made) for each in wanted]
    for sql in BREAKS:
        await broken(api, sql, UUID(read_id(made)[1]))
        for query in queries:
            await told_alike(office[0], staff, query)
    assert api.logged
    api.logged.clear()


async def test_what_is_told_follows_the_office(office: tuple[Office, list[str]]) -> None:
    api, chief = office[0].api, office[0].people[1]
    query = "{ inbox { edges { node { id steps { waitingFor { title holders { name } } } } } } }"
    assert await told_alike(office[0], chief, query)
    renamed, name = "update people set name = $1 where account = $2", await name_of(chief)
    await api.run(renamed, "新名字", chief.account)
    answer = await office[0].alike(chief, query)
    await api.run(renamed, name, chief.account)
    assert "新名字" in answer.decode()
    await api.wait(days=400)
    assert "2026年" in (await office[0].alike(chief, query.replace("id", "summary"))).decode()
