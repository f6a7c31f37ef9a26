"""What the conformance of registers needs: an office that keeps each, and a line of it."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import uuid4

from domain import CASE_KINDS, REGISTERS, ROSTERS, STOCKS, THINGS
from domain.approval.forms import Field
from domain.records.registers import Register
from domain.records.things import Thing
from domain.rules.rows import ALLOW
from domain.values.names import Names
from domain.vocabulary import Act
from policies import loading, vocabulary
from resolvers.requests.words import camel
from schema.ground.ids import global_id
from tests.case_examples import just_begun
from tests.office import REFUSAL, Api, Visitor
from tests.register_examples import APPROVED, NAMED, OTHERWISE, marks

BOOKS = [loading.shipped(institution) for institution in loading.institutions()]
HANDOVERS = {book for each in ROSTERS for book in (each.handover, each.meal)}
OF_STOCKS = {book for each in STOCKS for book in each.registers if not book.once}
THEIR_LINES = {book.lines for each in STOCKS for book in each.registers}
RESTING = {
    each
    for each in REGISTERS
    if any(of.required and of.refers and of.refers.table in THEIR_LINES for of in each.entered)
}
ENTERED = tuple(
    each
    for each in REGISTERS
    if each.entered and each not in HANDOVERS | OF_STOCKS | RESTING and not each.signed_by
)
"""Handovers take two on duty (`test_duty.py`), and stock is needed (`test_stock_conformance.py`)
by what moves it, or rests on such a line. What is signed for counts later."""
OWED = """mutation ($input: RecordCashLoanOpeningInput!) {
  recordCashLoanOpening(input: $input) { __typename } }"""
MORNING = datetime.fromisoformat("2026-03-02T08:30:00+08:00")
SHOWN = "id stands struckOut corrects recordedBy why allowedActions { act allowed clause { cite } }"


@dataclass
class Kept:
    """A register where an office keeps it, its keeper there, and who keeps none."""

    register: Register
    institution: str
    keeper: Visitor
    stranger: Visitor | None
    foreigner: Visitor
    entry: dict[str, Any]

    @property
    def counts(self) -> bool:
        """Whether a line counts as soon as it is written, without a second person's hand."""
        return not self.register.signed_by

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


async def kept(api: Api, register: Register, office: str = "") -> Kept:
    """The first office, or this one, whose rows let somebody with an account keep such a line."""
    for book in sorted(BOOKS, key=lambda each: each.institution != office):
        asked = any(each.register == register.name for each in book.registers)
        of = register.name, register.act, ALLOW
        rows = [row for row in book.acts if (row.kind, row.act, row.effect) == of]
        held = [row for row in rows if row.when.holds(OTHERWISE.get(register.name, {}))]
        roles = [row.role for row in (*held, *(row for row in rows if row.role == "*"))]
        for role in roles if asked else ():
            account = f"{'staff' if role == '*' else role}@{book.institution}"
            if await api.value("select count(*) from accounts where account = $1", account):
                return await _kept(api, register, book.institution, account, roles)
    raise LookupError(f"no office keeps {register.name}")


async def _kept(
    api: Api, register: Register, institution: str, account: str, roles: list[str]
) -> Kept:
    others = ("staff", "seal_keeper", "archivist", "section_chief", "director")
    borne = roles and {*roles} & {*vocabulary.shipped().objects[register.name].bears}
    others = others[1:] if borne else others
    strangers = () if "*" in roles else (each for each in others if each not in roles)
    stranger = next(iter(strangers), None)
    keeper = await api.person(account)
    elsewhere = "county-organs" if institution != "county-organs" else "hrss-bureau"
    entry = {
        camel(each.name): await _value(api, institution, each, account)
        for each in register.entered
        if each.required or each.name in (register.about, *NAMED.get(register.name, ()))
        if camel(each.name) not in APPROVED.get(register.name, {})
    }
    for name, of in APPROVED.get(register.name, {}).items():
        entry[name] = await approved(api, f"staff@{institution}", *of)
        if register.name == "study.own":
            whose = await api.person(f"staff@{institution}")
            entry["personId"] = (await whose.one("{ viewer { id } }"))["id"]
    if register.name == "finance.loan_settlement":
        owed = {"openedOn": "2026-01-01", "amount": "1000000", "idempotencyKey": str(uuid4())}
        await keeper.ask(OWED, {"input": {"personId": entry["personId"], **owed}})
    if register.name == "enforcement.act":
        await may_enforce(api, institution, entry)
    given = marks(institution, register.name)
    marked = {"marks": given} if given else {}
    return Kept(
        register,
        institution,
        keeper,
        await api.person(f"{stranger}@{institution}") if stranger else None,
        await api.person(f"staff@{elsewhere}"),
        {**entry, **marked, **OTHERWISE.get(register.name, {})},
    )


async def may_enforce(api: Api, institution: str, entry: dict[str, Any]) -> None:
    """The section of an act is within the scope of the text, and its officer licensed."""
    clerk = await api.person(f"office_clerk@{institution}")
    said = ("duties", "legalBasis", "items", "powers", "targets", "procedure", "liability")
    section = {"enteredOn": "2026-01-05", "section": "section_wages", "unitId": entry["unitId"]}
    licence = {"licenceNumber": entry["officerId"][-40:], "officerId": entry["officerId"]}
    licence |= {"validFrom": "2020-01-01", "validUntil": "2040-01-01"}
    for name, given in (
        ("recordEnforcementSection", {**section, **dict.fromkeys(said, "写明")}),
        ("addEnforcementLicence", licence),
    ):
        word = name[0].upper() + name[1:]
        query = f"mutation ($input: {word}Input!) {{ {name}(input: $input) {{ __typename }} }}"
        await clerk.ask(query, {"input": {**given, "idempotencyKey": str(uuid4())}})


async def approved(api: Api, account: str, kind: str, facts: dict[str, str]) -> str:
    """The id of a request of somebody, as it stands once it is approved."""
    request = uuid4()
    await api.run(
        """insert into requests (institution_id, id, number, kind, status, applicant_id,
             applicant_name, applicant_account, unit_name, form, attachments, facts, claims, notes,
             step_institutions, search, created_at, submitted_at, closed_at, completed_at)
           select p.institution_id, $2, $3, $4, 'approved', p.id, p.name, a.account, '', '{}', '[]',
             cast($5 as jsonb), '{}', '[]', '{}', '{}', now(), now(), now(), now()
           from accounts a join people p
             on (p.institution_id, p.id) = (a.institution_id, a.person_id) where a.account = $1""",
        *(account, request, request.hex[:12], kind, json.dumps(facts)),
    )
    return global_id("Request", request)


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
        known = {"leader_id": "director", "member_id": "director", "driver_id": "driver"}
        known |= {"entrant_id": "canteen_committee", "checker_id": "canteen_staff_2"}
        known |= {"led_by_id": "director"}
        another = "director" if account == f"staff@{institution}" else "staff"
        whom = f"{known.get(field.name, another)}@{institution}"
        person = await api.value("select person_id from accounts where account = $1", whom)
        return global_id("Person", person)
    if field.refers.word == "Request":
        return await a_draft(api, institution)
    if field.refers.word == "Sitting":
        return await a_sitting(api, account)
    if not field.refers.table:
        return global_id(field.refers.word, uuid4())
    of = next((each for each in REGISTERS if each.lines == field.refers.table), None)
    if of is not None:
        other = await kept(api, of, institution)
        before = {"appointedOn": "2026-01-05"} if field.name == "appointment_id" else {}
        line = await other.enter(f"for {field.name} {uuid4()}", **before)
        assert line["__typename"] == "LineEntered", line
        return line["lineId"]
    thing = next((each for each in THINGS if each.cards == field.refers.table), None)
    if thing is not None:
        return await an_example(api, institution, thing)
    kind = next((each for each in CASE_KINDS if each.table.name == field.refers.table), None)
    if kind is not None:
        return global_id(field.refers.word, await just_begun(api, kind, institution, account))
    which = "name = '市政管理所'" if field.name == "to_unit_id" else "true"
    asked = f"select id from {field.refers.table} where institution_id = $1 and {which}"
    found = await api.value(f"{asked} order by id limit 1", institution)
    return global_id(field.refers.word, found)


async def a_sitting(api: Api, account: str) -> str:
    """The id of a sitting that somebody has called."""
    sitting = uuid4()
    await api.run(
        """insert into sittings (institution_id, id, kind, number, body, place, begins_at,
             noticed_at, called_by, called_by_name, called_at)
           select institution_id, $2, 'sitting', $3, 'bureau_meeting', '', now(), now(),
             person_id, '', now()
           from accounts where account = $1""",
        *(account, sitting, sitting.hex[:12]),
    )
    return global_id("Sitting", sitting)


async def a_draft(api: Api, institution: str) -> Any:
    """The id of a document that somebody has just put on its way to the signature."""
    drafter = await api.person(f"staff@{institution}")
    answer = await drafter.one(
        "mutation ($input: SubmitDocumentOutgoingInput!) { submitDocumentOutgoing(input: $input)"
        f" {{ ... on Submitted {{ request {{ id }} }} ... on Refusal {{ {REFUSAL} }} }} }}",
        {
            "input": {
                "explanation": "关于开展检查的通知",
                "docOrigin": "BUREAU",
                "normative": False,
                "major": False,
                "idempotencyKey": str(uuid4()),
            }
        },
    )
    return answer.get("request", {}).get("id") or global_id("Request", uuid4())


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
    card |= {"validUntil": "2040-01-01"} if "validUntil" in card else {}
    fresh = f"{uuid4().hex[:4].upper()}7"  # a number has a digit
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
