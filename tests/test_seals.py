"""A seal is entered, handed out by an approved request, handed over by two, and lost."""

from typing import Any
from uuid import uuid4

import pytest

from tests.duty import through
from tests.fleet import person_id
from tests.office import REFUSAL, Api, Visitor, leave, problems

SCIENCE, CENTRE, POLICE = "science-bureau", "service-centre", "household-registration"
KEPT = f"__typename ... on ThingKept {{ thingId version }} ... on Refusal {{ {REFUSAL} }}"
BEFORE = {"kind": "OFFICE", "engravedOn": "2019-05-06"}
OUT = {"explanation": "市里签约"}
SHOWN = """id name kind state keeper holder offeredTo dueOn overdue version
  history { move to by text } allowedActions { act allowed }"""


@pytest.fixture
async def office(api: Api) -> Api:
    await api.empty("seals", "thing_moves", "seal_uses")
    return api


async def add(visitor: Visitor, name: str = "行政公章", **more: Any) -> Any:
    return await visitor.one(
        f"mutation ($input: AddSealInput!) {{ addSeal(input: $input) {{ {KEPT} }} }}",
        {"input": {"name": name, "idempotencyKey": str(uuid4()), **BEFORE, **more}},
    )


async def move(visitor: Visitor, seal: Any, what: str, **given: Any) -> Any:
    key = given.pop("key", str(uuid4()))
    return await visitor.one(
        f"mutation ($input: MoveThingInput!) {{ moveThing(input: $input) {{ {KEPT} }} }}",
        {
            "input": {
                "thingId": seal["id"], "expectedVersion": seal["version"], "move": what,
                "idempotencyKey": key, **given,
            }
        },
    )  # fmt: skip


async def seal_of(visitor: Visitor, name: str = "行政公章") -> Any:
    found = await visitor.one(f"{{ seals {{ edges {{ node {{ {SHOWN} }} }} }} }}")
    return next(edge["node"] for edge in found["edges"] if edge["node"]["name"] == name)


async def test_a_seal_leaves_by_an_approved_request_alone_and_is_overdue_after_its_day(office: Api):
    keeper = await office.person(f"seal_keeper@{SCIENCE}")
    staff = await office.person(f"staff@{SCIENCE}")
    director = await office.person(f"director@{SCIENCE}")
    assert (await add(keeper))["version"] == 1
    assert problems(await add(keeper)) == {("name", "ENTERED_ALREADY")}
    seal, borrower = await seal_of(keeper), await person_id(keeper, f"staff@{SCIENCE}")
    before = await office.counts()
    alone = await move(keeper, seal, "LENT", toId=borrower, dueOn="2026-03-03")
    assert problems(alone) == {("requestId", "APPROVAL_NEEDED")}
    assert alone["clause"]["cite"] == "3"
    assert (await move(staff, seal, "LENT", toId=borrower))["code"] == "NOT_A_KEEPER"
    assert await office.counts() == before
    request = await staff.submit(
        "seal.take_out",
        {**leave("2026-03-02", "2026-03-03"), "sealType": "ADMINISTRATIVE"},
    )
    approved = await director.agree()
    assert approved["status"] == "APPROVED", approved
    given = {"toId": borrower, "requestId": request["id"]}
    await add(keeper, "党组公章", kind="PARTY")
    other = await move(keeper, await seal_of(keeper, "党组公章"), "LENT", **given)
    assert problems(other) == {("requestId", "APPROVED_FOR_ANOTHER_KIND")}
    beyond = await move(keeper, seal, "LENT", dueOn="2026-03-04", **given)
    assert problems(beyond) == {("dueOn", "LATER_THAN_APPROVED")}
    lent = await move(keeper, seal, "LENT", dueOn="2026-03-03", key="lent", **given)
    assert lent.get("version") == 2, problems(lent)
    assert await move(keeper, seal, "LENT", dueOn="2026-03-03", key="lent", **given) == lent
    out, at = await seal_of(staff), "2026-03-02T09:00:00"
    inside = await seal_with(keeper, out, at)
    assert problems(inside) == {("sealId", "SEAL_IS_OUT")}
    outside = await seal_with(keeper, out, at, userId=borrower, copyFiled=True)
    assert [each["clause"]["cite"] for each in outside["problems"]] == ["2"], "it is approved too"
    assert (out["state"], out["dueOn"], out["overdue"]) == ("LENT", "2026-03-03", False)
    await office.wait(days=2)
    assert (await seal_of(keeper))["overdue"] is True
    await office.clocks()
    for who in (staff, keeper):
        assert "CLOCK_EXPIRED" in await told(who)
        seen = await who.one("{ clocks(state: EXPIRED) { edges { node { action } } } }")
        assert [each["node"]["action"] for each in seen["edges"]] == ["按交出时写明的日期归还公章"]
    assert (await move(keeper, out, "RETURNED"))["version"] == 3
    again = await move(keeper, await seal_of(keeper), "LENT", dueOn="2026-03-10", **given)
    assert problems(again) == {("requestId", "APPROVAL_OF_ANOTHER")}


async def test_a_seal_that_is_taken_out_without_a_day_is_out_until_it_is_back(office: Api):
    keeper, staff, director = [
        await office.person(f"{role}@{SCIENCE}") for role in ("seal_keeper", "staff", "director")
    ]
    await add(keeper)
    request = await staff.submit("seal.take_out", {"sealType": "ADMINISTRATIVE", **OUT})
    assert (await director.agree())["status"] == "APPROVED"
    given = {"toId": await person_id(keeper, staff.account), "requestId": request["id"]}
    assert (await move(keeper, await seal_of(keeper), "LENT", **given))["version"] == 2
    await office.wait(days=60)
    await office.clocks()
    out = await seal_of(keeper)
    assert (out["state"], out["dueOn"], out["overdue"]) == ("LENT", None, False)
    assert not await office.value("select count(*) from clocks where clock = 'seal-out'")
    assert (await move(keeper, out, "RETURNED"))["version"] == 3


async def test_a_keeper_hands_over_and_the_other_signs(office: Api):
    clerk, custodian, chief = [
        await office.person(f"{role}@{CENTRE}")
        for role in ("office_clerk", "section_custodian", "section_chief")
    ]
    await add(clerk, "业务专用章", kind="BUSINESS")
    seal = await seal_of(clerk, "业务专用章")
    first, second = [
        await person_id(clerk, f"{role}@{CENTRE}") for role in ("section_chief", "hall_clerk")
    ]
    await move(clerk, seal, "ISSUED", toId=first)
    seal = await seal_of(chief, "业务专用章")
    assert (await move(chief, seal, "OFFERED", toId=second))["version"] == 3
    seal = await seal_of(custodian, "业务专用章")
    assert (seal["state"], bool(seal["offeredTo"])) == ("ISSUED", True)
    assert (await move(chief, seal, "TAKEN_OVER"))["code"] == "NOT_YOURS_TO_TAKE_OVER"
    assert (await move(custodian, seal, "TAKEN_OVER"))["version"] == 4
    now = await seal_of(clerk, "业务专用章")
    assert [each["move"] for each in now["history"]] == [
        *("TAKEN_OVER", "OFFERED", "ISSUED", "ENTERED"),
    ]
    assert (await move(chief, now, "LOST", text="x"))["code"] == "NOT_A_KEEPER"
    assert problems(await move(custodian, now, "LOST")) == {("text", "REQUIRED")}
    assert (await move(custodian, now, "LOST", text="途中遗失"))["version"] == 5
    lost = await seal_of(clerk, "业务专用章")
    refused = await move(clerk, lost, "ISSUED", toId=first)
    assert (lost["state"], refused["code"]) == ("LOST", "THING_NOT_THERE")


async def test_a_seal_is_kept_by_whom_the_text_says_and_others_stand_in_by_a_signed_handover(
    office: Api,
):
    clerk, director, staff = [
        await office.person(f"{role}@{CENTRE}")
        for role in ("office_clerk", "office_director", "staff")
    ]
    await add(clerk)
    seal = await seal_of(clerk)
    to = {each: await person_id(clerk, f"{each}@{CENTRE}") for each in ("staff", "office_director")}
    before = await office.counts()
    refused = await move(clerk, seal, "ISSUED", toId=to["staff"])
    assert (refused["code"], refused["clause"]["cite"]) == ("NOT_A_KEEPER_OF_IT", "印鉴管理 3")
    assert await office.counts() == before
    await move(clerk, seal, "ISSUED", toId=to["office_director"])
    seal = await seal_of(director)
    refused = await move(director, seal, "OFFERED", toId=to["staff"])
    assert refused["code"] == "NOT_A_KEEPER_OF_IT", "nobody named the stand-in"
    asked = await clerk.submit(
        "seal.handover",
        {
            "explanation": "休假期间代管",
            "named": [{"role": "seal_substitute", "personId": to["staff"]}],
        },
    )
    assert "id" in asked, asked["problems"]
    given = {"toId": to["staff"], "requestId": asked["id"]}
    deciders = [await office.person(f"{role}@{CENTRE}") for role in ("director", "seal_keeper")]
    for who in (*deciders, staff):
        refused = await move(director, seal, "OFFERED", **given)
        assert refused["code"] == "NOT_A_KEEPER_OF_IT", "named, but not yet signed"
        await who.agree()
    assert (await move(director, seal, "OFFERED", **given))["version"] == 3
    assert (await move(staff, await seal_of(staff), "TAKEN_OVER"))["version"] == 4


async def seal_with(visitor: Visitor, seal: Any, at: str, **more: Any) -> Any:
    given = {"sealId": seal["id"], "usedAt": f"{at}+08:00", "paper": "协议", "prints": 1, **more}
    answer = await visitor.one(
        "mutation ($input: RecordSealUseInput!) { recordSealUse(input: $input)"
        f" {{ __typename ... on LineEntered {{ lineId }} ... on Refusal {{ {REFUSAL} }} }} }}",
        {"input": {**given, "idempotencyKey": str(uuid4())}},
    )
    return answer.get("lineId", answer)


async def told(visitor: Visitor) -> list[str]:
    notices = await visitor.one("{ notices { edges { node { code } } } }")
    return [edge["node"]["code"] for edge in notices["edges"]]


async def test_nobody_seals_while_the_keeper_is_away_until_a_substitute_has_signed(office: Api):
    clerk, keeper, staff, director, second = [
        await office.person(f"{role}@{CENTRE}")
        for role in ("office_clerk", "office_director", "staff", "director", "seal_keeper")
    ]
    people = [await person_id(clerk, f"{each}@{CENTRE}") for each in ("office_director", "staff")]
    await add(clerk, "法定代表人章", kind="LEGAL_REPRESENTATIVE")

    async def card() -> Any:
        return await seal_of(clerk, "法定代表人章")

    seats = (await keeper.one("{ viewer { seats { id role } } }"))["seats"]
    as_seat = next(each["id"] for each in seats if each["role"] == "office_director")
    week = leave("2026-03-09", "2026-03-13", asSeat=as_seat)
    await through(office, await keeper.submit("leave.annual", week))
    # Whoever has one already is not given leave before it is handed over.
    await move(clerk, await card(), "ISSUED", toId=people[0])
    use = await staff.submit("seal.legal_rep", {"explanation": "盖章", "sealKind": "LEGAL_REP"})
    await through(office, use)
    office.now = office.now.replace(day=10)
    before = await office.counts()
    refused = await seal_with(clerk, await card(), "2026-03-10T08:30:00", requestId=use["id"])
    assert [each["clause"]["cite"] for each in refused["problems"]] == ["印鉴管理 3"]
    assert await office.counts() == before
    named = [{"role": "seal_substitute", "personId": people[1]}]
    asked = await clerk.submit("seal.handover", {"explanation": "休假代管", "named": named})
    for who in (director, second, staff):
        await who.agree()
    given = {"toId": people[1], "requestId": asked["id"], "dueOn": "2026-03-13"}
    assert (await move(keeper, await card(), "OFFERED", **given))["version"] == 3
    assert (await seal_with(staff, await card(), "2026-03-10T09:00:00"))["code"] == "NOT_A_KEEPER"
    assert (await move(staff, await card(), "TAKEN_OVER"))["version"] == 4
    sealed = {"requestId": use["id"]}
    assert isinstance(await seal_with(staff, await card(), "2026-03-10T09:00:00", **sealed), str)
    office.now = office.now.replace(day=16)
    await office.clocks()
    assert "CLOCK_EXPIRED" in await told(staff), "the keeper is back"
    assert (await card())["overdue"] is True
    await move(staff, await card(), "OFFERED", toId=people[0])
    await move(keeper, await card(), "TAKEN_OVER")
    assert ((await card())["dueOn"], (await card())["overdue"]) == (None, False)
    late = await seal_with(staff, await card(), "2026-03-16T09:00:00", **sealed)
    assert late["code"] == "NOT_A_KEEPER"
    await move(keeper, await card(), "LOST", text="找不到")
    lost = await seal_with(clerk, await card(), "2026-03-16T09:00:00", **sealed)
    assert problems(lost) == {("sealId", "THING_NOT_THERE")}


async def test_what_was_approved_for_one_matter_seals_no_other(office: Api):
    keeper, staff, chief = [
        await office.person(f"{role}@{SCIENCE}")
        for role in ("seal_keeper", "staff", "deputy_in_charge")
    ]
    await add(keeper)
    seal, form = await seal_of(keeper), {"explanation": "便函", "sealMatter": "GENERAL"}
    told = {"sealType": "ADMINISTRATIVE", "major": False, "specialCase": False}
    use = await staff.submit("seal.use", {**form, **told})
    await chief.agree()
    given = {"requestId": use["id"], "copyFiled": True}
    for _ in range(2):
        line = await seal_with(keeper, seal, "2026-03-02T08:30:00", **given)
        assert isinstance(line, str), line
    before = await office.counts()
    other = await seal_with(keeper, seal, "2026-03-02T08:30:00", paper="另一合同", **given)
    assert problems(other) == {("paper", "APPROVED_FOR_ONE")}
    assert await office.counts() == before


async def test_blank_papers_and_passwords_are_kept_like_the_seal_of_households(office: Api):
    officer = await office.person(f"household_officer@{POLICE}")
    own, helper = [
        await person_id(officer, each) for each in (officer.account, f"auxiliary_police@{POLICE}")
    ]
    for name, kind in (("空白准迁证", "CERTIFICATES"), ("户籍微机口令", "PASSWORD")):
        await add(officer, name, kind=kind)
        passed = await move(officer, await seal_of(officer, name), "ISSUED", toId=helper)
        assert (passed["code"], passed["clause"]["cite"]) == ("NOT_A_KEEPER_OF_IT", "十(二)")
        await move(officer, await seal_of(officer, name), "ISSUED", toId=own)
        passed = await move(officer, await seal_of(officer, name), "OFFERED", toId=helper)
        assert passed["code"] == "NOT_A_KEEPER_OF_IT"


async def test_who_read_an_older_version_is_told_so_and_another_office_sees_nothing(office: Api):
    keeper = await office.person(f"seal_keeper@{SCIENCE}")
    await add(keeper)
    seal = await seal_of(keeper)
    changed = await keeper.one(
        f"mutation ($input: ChangeSealInput!) {{ changeSeal(input: $input) {{ {KEPT} }} }}",
        {
            "input": {
                "thingId": seal["id"], "expectedVersion": 1, "name": "行政公章",
                "kind": "PARTY", "idempotencyKey": "other kind",
            }
        },
    )  # fmt: skip
    assert problems(changed) == {("kind", "FIXED")}
    await move(keeper, seal, "LOST", text="找不到")
    assert (await move(keeper, seal, "FOUND"))["code"] == "CHANGED_MEANWHILE"
    elsewhere = await office.person(f"office_clerk@{CENTRE}")
    assert await elsewhere.one("{ seals { edges { node { id } } } }") == {"edges": []}
    refused = await move(elsewhere, seal, "FOUND")
    assert problems(refused) == {("thingId", "THING_NOT_FOUND")}
