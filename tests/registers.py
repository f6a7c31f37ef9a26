"""What the conformance of registers needs: an office that keeps each, and a line of it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import uuid4

from domain import REGISTERS, ROSTERS, THINGS
from domain.approval.forms import Field
from domain.records.registers import Register
from domain.records.things import Thing
from domain.rules.rows import ALLOW
from domain.shapes.checks import Marked
from domain.values.names import Names
from domain.vocabulary import Act
from policies import loading
from resolvers.requests.words import camel
from schema.ground.ids import global_id
from tests.office import REFUSAL, Api, Visitor

BOOKS = [loading.shipped(institution) for institution in loading.institutions()]
HANDOVERS = {each.handover for each in ROSTERS}
ENTERED = tuple(each for each in REGISTERS if each.entered and each not in HANDOVERS)
"""A handover takes two who are on duty: `tests/test_duty.py` has it."""
MORNING = datetime.fromisoformat("2026-03-02T08:30:00+08:00")
SHOWN = "id stands struckOut corrects recordedBy why allowedActions { act allowed clause { cite } }"


def marks(institution: str, check: str, points: str = "8", *, kept: bool = True) -> list[Any]:
    """Each item of an office's check, marked alike."""
    return [
        {
            "item": each.item,
            **({"kept": kept} if each.marked is Marked.TICK else {"points": points}),
        }
        for each in loading.shipped(institution).shapes.checks
        if each.id == check and each.item
    ]


OTHERWISE: dict[str, dict[str, Any]] = {
    "contact_register": {"event": "handle", "askedScope": "OWN", "handledAtOnce": True},
    "occurrence": {"what": "games"},
    "driver.incident": {"what": "ACCIDENT", "atFault": True},
    "driver.appraisal": {"month": "2026-03-01"},
    "hygiene.check": {"marks": marks("construction-bureau", "hygiene.check")},
    "hygiene.cleaner_check": {"marks": marks("construction-bureau", "hygiene.cleaner_check")},
    "vehicle.refuelling": {"odometerFrom": "10", "odometerTo": "20"},
}
"""What an area asks of an entry beside its form."""


@dataclass
class Kept:
    """A register where an office keeps it, its keeper there, and who keeps none."""

    register: Register
    institution: str
    keeper: Visitor
    stranger: Visitor | None
    foreigner: Visitor
    entry: dict[str, Any]

    async def enter(self, key: str, visitor: Visitor | None = None, **more: Any) -> Any:
        word = self.register.reference.word
        return await (visitor or self.keeper).one(
            f"mutation ($input: Record{word}Input!) {{ record{word}(input: $input) {{ __typename"
            f" ... on LineEntered {{ lineId }} ... on Refusal {{ {REFUSAL} }} }} }}",
            {"input": {**self.entry, "idempotencyKey": key, **more}},
        )

    async def strike_out(self, line: str, key: str, visitor: Visitor | None = None) -> Any:
        return await (visitor or self.keeper).one(
            "mutation ($input: StrikeOutLineInput!) { strikeOutLine(input: $input) { __typename"
            f" ... on LineEntered {{ lineId }} ... on Refusal {{ {REFUSAL} }} }} }}",
            {"input": {"lineId": line, "reason": "登记有误", "idempotencyKey": key}},
        )

    async def page(self, visitor: Visitor | None = None, **given: Any) -> Any:
        told = ", ".join(f'{name}: "{value}"' for name, value in given.items() if name != "first")
        told += f" first: {given.get('first', 50)}"
        return await (visitor or self.keeper).one(
            f"{{ {camel(self.register.lines)}({told}) {{ edges {{ cursor node {{ {SHOWN} }} }}"
            " pageInfo { hasNextPage endCursor } } }"
        )

    async def lines(self, visitor: Visitor | None = None, **given: Any) -> list[Any]:
        return [edge["node"] for edge in (await self.page(visitor, **given))["edges"]]


async def kept(api: Api, register: Register) -> Kept:
    """The first office whose rows let somebody with an account keep such a line."""
    for book in BOOKS:
        asked = any(each.register == register.name for each in book.registers)
        roles = [
            row.role
            for row in book.acts
            if (row.kind, row.act, row.effect) == (register.name, register.act, ALLOW)
            if row.when.holds(OTHERWISE.get(register.name, {}))
        ]
        for role in roles if asked else ():
            account = f"{'staff' if role == '*' else role}@{book.institution}"
            if await api.value("select count(*) from accounts where account = $1", account):
                return await _kept(api, register, book.institution, account, roles)
    raise LookupError(f"no office keeps {register.name}")


async def _kept(
    api: Api, register: Register, institution: str, account: str, roles: list[str]
) -> Kept:
    others = ("staff", "seal_keeper", "archivist", "section_chief", "director")
    strangers = () if "*" in roles else (each for each in others if each not in roles)
    stranger = next(iter(strangers), None)
    keeper = await api.person(account)
    elsewhere = "county-organs" if institution != "county-organs" else "hrss-bureau"
    entry = {
        camel(each.name): await _value(api, institution, each, account)
        for each in register.entered
        if each.required or each.name == register.about
    }
    return Kept(
        register,
        institution,
        keeper,
        await api.person(f"{stranger}@{institution}") if stranger else None,
        await api.person(f"staff@{elsewhere}"),
        {**entry, **OTHERWISE.get(register.name, {})},
    )


async def _value(api: Api, institution: str, field: Field, account: str) -> Any:
    if field.refers:
        return await _named(api, institution, field, account)
    if issubclass(field.type, Enum):
        return next(iter(field.type)).name
    least = field.bounds.minimum if field.bounds else None
    plain: dict[type, Any] = {
        str: "A1" if field.names else "登记",
        bool: False,
        int: 1,
        Decimal: str(max(Decimal(1), least or Decimal(1))),
        date: MORNING.date().isoformat(),
        datetime: MORNING.isoformat(),
    }
    return plain[field.type]


async def _named(api: Api, institution: str, field: Field, account: str) -> Any:
    """The id of something that is there, and of nobody who keeps the register."""
    assert field.refers
    if field.refers.word == "Person":
        whom = f"{'director' if field.name == 'leader_id' else 'staff'}@{institution}"
        assert whom != account, "nobody keeps what is about themselves"
        person = await api.value("select person_id from accounts where account = $1", whom)
        return global_id("Person", person)
    of = next((each for each in REGISTERS if each.lines == field.refers.table), None)
    if of is not None:
        other = await kept(api, of)
        return (await other.enter(f"for {field.name}"))["lineId"]
    thing = next((each for each in THINGS if each.cards == field.refers.table), None)
    if thing is not None:
        return await an_example(api, institution, thing)
    found = await api.value(
        f"select id from {field.refers.table} where institution_id = $1 order by id limit 1",
        institution,
    )
    return global_id(field.refers.word, found)


async def an_example(api: Api, institution: str, thing: Thing) -> Any:
    """The id of a thing of the office that its keeper has just entered."""
    keeper = await keeper_of(api, institution, thing)
    return (await entered(keeper, thing, await a_card(api, institution, thing)))["thingId"]


async def keeper_of(api: Api, institution: str, thing: Thing) -> Visitor:
    book = next(each for each in BOOKS if each.institution == institution)
    keeps = [
        row.role
        for row in book.acts
        if (row.kind, row.act, row.effect) == (thing.name, Act.KEEP, ALLOW)
    ]
    return await api.person(f"{keeps[0]}@{institution}")


async def a_card(api: Api, institution: str, thing: Thing) -> dict[str, Any]:
    """A card that no other thing of the office bears."""
    card = {
        camel(each.name): await _value(api, institution, each, "")
        for each in thing.fields
        if each.required
    }
    fresh = uuid4().hex[:5].upper()
    names = {each.name: each.names for each in thing.fields}
    return card | {
        camel(each): f"鲁B·{fresh}" if names[each] is Names.PLATE else fresh
        for each in thing.unique
    }


async def entered(keeper: Visitor, thing: Thing, card: Any, key: str | None = None) -> Any:
    word = thing.reference.word
    return await keeper.one(
        f"mutation ($input: Add{word}Input!) {{ add{word}(input: $input) {{ __typename"
        f" ... on ThingKept {{ thingId version }} ... on Refusal {{ {REFUSAL} }} }} }}",
        {"input": {**card, "idempotencyKey": key or str(uuid4())}},
    )
