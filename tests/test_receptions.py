"""Receptions: what is refused beforehand, the slip on its way, and what a meal may cost."""

from datetime import timedelta
from typing import Any

import pytest

from tests.balances import person_of
from tests.duty import enter
from tests.office import Api, Visitor, problems
from tests.openness import run
from tests.test_gate import cites, seen

CENTRE, BUREAU, TOWN = "service-centre", "construction-bureau", "township-government"
PRICE = "reception/四、3"
OUT = {"offSite": True}
MEAL = {"explanation": "市局来检查工作", "people": 6, "guestKind": "SUPERIOR", "place": "CANTEEN",
        "guestRank": "SECTION_LEVEL"}  # fmt: skip


@pytest.fixture
async def hosts(api: Api) -> Api:
    await api.empty("reception_slips", "case_events")
    return api


async def step(visitor: Visitor, event: str, slip: Any, **said: Any) -> Any:
    assert "id" in slip, slip
    given = {"caseId": slip["id"], "expectedVersion": slip["version"], **said}
    return await run(visitor, f"{event}ReceptionSlip", "ReceptionSlip", given)


async def approved(hosts: Api, office: str, *roles: str, **more: Any) -> tuple[Visitor, Any]:
    """Who asked for a reception that these roles let pass, and its slip."""
    staff = await hosts.person(f"staff@{office}")
    await staff.submit("reception.meal", {**MEAL, **more})
    for role in roles:
        await (await hosts.person(f"{role}@{office}")).agree()
    [slip] = await seen(staff, "{ receptionSlips { edges { node { id version state } } } }")
    return staff, slip


async def test_private_guests_are_no_reception_and_a_meal_has_its_price(hosts: Api):
    centre, town = await hosts.person(f"staff@{CENTRE}"), await hosts.person(f"staff@{TOWN}")
    before = await hosts.counts()
    private = await centre.submit("reception.meal", {**MEAL, "guestKind": "PRIVATE"})
    assert "reception/二" in cites(private)
    dear = {**MEAL, "offSite": False, "perHeadAmount": "40", "specialCase": False}
    assert problems(await town.submit("reception.meal", dear)) == {("perHeadAmount", "ABOVE_QUOTA")}
    unsaid = {name: value for name, value in dear.items() if name != "specialCase"}
    assert problems(await town.submit("reception.meal", unsaid)) == {
        ("specialCase", "NEEDED_BY_RULES")
    }
    assert await hosts.counts() == before
    special = await town.submit("reception.meal", {**dear, "specialCase": True})
    assert special["__typename"] == "Request"


async def test_a_slip_of_the_canteen_goes_out_and_comes_back_to_the_office(hosts: Api):
    clerk = await hosts.person(f"office_clerk@{CENTRE}")
    staff, slip = await approved(hosts, CENTRE, "deputy_in_charge", "office_clerk")
    before = await hosts.counts()
    refused = await step(staff, "issueSlip", slip, receptionStandard="240")
    assert refused["code"] == "NOT_YOURS_TO_DO"
    assert (await step(clerk, "returnSlip", slip))["code"] == "CASE_NOT_READY"
    assert await hosts.counts() == before
    slip = await step(clerk, "issueSlip", slip, receptionStandard="240")
    slip = await step(clerk, "dine", slip)
    assert (await step(clerk, "signDrinks", slip, drinksCost="60"))["code"] == "NOT_YOURS_TO_DO"
    chief = await hosts.person(f"section_chief@{CENTRE}")
    slip = await step(chief, "signDrinks", slip, drinksCost="60")
    slip = await step(clerk, "returnSlip", slip, receptionCost="300")
    assert slip["state"] == "slip_returned"


async def test_who_dined_out_signs_the_bill_and_claims_it_with_the_invoice(hosts: Api):
    roles = ("deputy_in_charge", "office_clerk")
    outside = {"place": "OUTSIDE", "major": False, "perHeadAmount": "40"}
    staff, slip = await approved(hosts, CENTRE, *roles, **outside)
    dear = await step(staff, "signBill", slip, receptionCost="240.06", drinksCost="0")
    assert (problems(dear), cites(dear)) == ({("receptionCost", "ABOVE_QUOTA")}, {PRICE})
    slip = await step(staff, "signBill", slip, receptionCost="240", drinksCost="0")
    without = await step(staff, "claim", slip, invoiceAttached=False, officialCard=True)
    assert problems(without) == {("invoiceAttached", "GUARD_NOT_MET")}
    before = await hosts.counts()
    cash = await step(staff, "claim", slip, invoiceAttached=True, officialCard=False)
    assert (problems(cash), cites(cash)) == (
        {("officialCard", "REQUIREMENT_NOT_MET")}, {"reception/三、2"},
    )  # fmt: skip
    assert await hosts.counts() == before
    paid = await step(staff, "claim", slip, invoiceAttached=True, officialCard=True)
    assert paid["state"] == "claimed"


async def test_drinks_are_half_of_the_standard_at_most_and_whoever_led_reports(hosts: Api):
    clerk = await hosts.person(f"office_clerk@{BUREAU}")
    _, slip = await approved(hosts, BUREAU, "director")
    slip = await step(clerk, "arrange", slip, receptionStandard="600", companions="局领导")
    dear = await step(clerk, "signBill", slip, receptionCost="600", drinksCost="300.01")
    assert (problems(dear), cites(dear)) == ({("drinksCost", "ABOVE_QUOTA")}, {"reception/五"})
    slip = await step(clerk, "signBill", slip, receptionCost="600", drinksCost="300")
    assert (await step(clerk, "reportBack", slip, feedback="顺利"))["state"] == "reported"


async def test_the_canteen_of_the_town_is_told_by_the_office_s_notice(hosts: Api):
    clerk = await hosts.person(f"office_clerk@{TOWN}")
    said = {"offSite": False, "perHeadAmount": "30", "specialCase": False}
    _, slip = await approved(hosts, TOWN, "office_clerk", **said)
    slip = await step(clerk, "fillInNotice", slip, receptionStandard="180")
    slip = await step(clerk, "tellCanteen", slip)
    dear = await step(clerk, "serve", slip, receptionCost="181")
    assert problems(dear) == {("receptionCost", "ABOVE_QUOTA")}
    assert (await step(clerk, "serve", slip, receptionCost="180"))["state"] == "served"


@pytest.mark.parametrize(
    ("office", "more", "clause"),
    [
        (BUREAU, {}, "reception/二"),
        ("hrss-bureau", OUT, "finance/三、1"),
        (TOWN, {**OUT, "specialCase": True, "perHeadAmount": "50"}, "reception/四、2"),
    ],
)
async def test_a_meal_that_wants_leave_beforehand_is_not_asked_for_afterwards(
    hosts: Api, office: str, more: dict[str, Any], clause: str
):
    staff = await hosts.person(f"staff@{office}")
    day = hosts.now.date() - timedelta(days=1)
    times = {"begins": f"{day}T12:00:00+08:00", "ends": f"{day}T13:00:00+08:00"}
    before = await hosts.counts()
    late = await staff.submit("reception.meal", {**MEAL, **more, **times})
    assert (late["code"], cites(late)) == ("AFTER_THE_FACT_NOT_ALLOWED", {clause})
    assert await hosts.counts() == before
    to_come = {name: at.replace(str(day), "2026-12-01") for name, at in times.items()}
    assert "id" in await staff.submit("reception.meal", {**MEAL, **more, **to_come})


async def test_what_no_guest_is_given_is_refused_and_somebody_answers_for_a_reception(hosts: Api):
    centre, town = await hosts.person(f"staff@{CENTRE}"), await hosts.person(f"staff@{TOWN}")
    meal = {**MEAL, "guestKind": "DISTRICT"}
    lunch = {"begins": "2026-05-09T12:00:00+08:00", "ends": "2026-05-09T13:00:00+08:00"}
    wine = meal | lunch | {"liquor": True}
    assert cites(await centre.submit("reception.meal", wine)) == {"reception/四、2"}, "it is worked"
    rested = {name: at.replace("-09T", "-16T") for name, at in lunch.items()}
    assert "id" in await centre.submit("reception.meal", wine | rested)
    packs = await centre.submit("reception.meal", meal | {"wholePacks": True})
    assert cites(packs) == {"reception/四、1"}
    asked = {**MEAL, "offSite": False, "specialCase": False}
    for given in ({"liquor": True, "whileWorking": True}, {"wholePacks": True}):
        assert cites(await town.submit("reception.meal", asked | given)) == {PRICE}
    clerk = await hosts.person(f"office_clerk@{BUREAU}")
    _, slip = await approved(hosts, BUREAU, "director")
    nobody = await step(clerk, "arrange", slip, receptionStandard="600")
    assert nobody["code"] == "CASE_NOT_READY"


async def test_a_meal_outside_is_signed_for_once_it_is_over(hosts: Api):
    staff = await hosts.person(f"staff@{TOWN}")
    noon = hosts.now.replace(hour=12)
    times = {"begins": noon.isoformat(), "ends": (noon + timedelta(hours=1)).isoformat()}
    said = {**MEAL, **OUT, **times, "perHeadAmount": "30", "specialCase": False}
    asked = await staff.submit("reception.meal", said)
    for role in ("director", "office_clerk"):
        await (await hosts.person(f"{role}@{TOWN}")).agree()
    deputy = await hosts.person(f"deputy_in_charge@{TOWN}")
    before = await hosts.counts()
    early = await deputy.agree()
    assert (early["code"], cites(early)) == ("TURN_NOT_READY", {"reception/四、2"})
    assert await hosts.counts() == before
    hosts.now = noon + timedelta(hours=2)
    assert (await deputy.agree())["id"] == asked["id"]


async def test_who_eats_with_guests_leads_or_was_named_by_a_leader(hosts: Api):
    clerk = await hosts.person(f"office_clerk@{BUREAU}")
    await hosts.empty("reception_companions")
    staff, _ = await approved(hosts, BUREAU, "director")
    [edge] = (await staff.one("{ requests(box: MINE) { edges { node { id } } } }"))["edges"]
    chief, other = [
        await person_of(hosts, f"{role}@{BUREAU}") for role in ("section_chief", "staff")
    ]
    given = {"requestId": edge["node"]["id"]}
    before = await hosts.counts()
    refused = await enter(clerk, "ReceptionCompanion", **given, personId=other)
    assert problems(refused) == {
        ("personId", "NOT_ELIGIBLE"), ("exception", "ALLOWED_WITH_A_REASON"),
    }  # fmt: skip
    assert cites(refused) == {"reception/三"}
    assert await hosts.counts() == before
    named = {"personId": other, "exception": "局长确定"}
    for who in ({"personId": chief}, named):
        line = await enter(clerk, "ReceptionCompanion", **given, **who)
        assert line["__typename"] == "LineEntered", line


async def test_the_rank_and_the_number_of_the_guests_are_stated_where_they_fix_the_standard(
    hosts: Api,
):
    staff = await hosts.person(f"staff@{BUREAU}")
    before = await hosts.counts()
    bare = await staff.submit("reception.meal", {"explanation": "来客"})
    assert problems(bare) == {(each, "NEEDED_BY_RULES") for each in ("people", "guestRank")}
    assert await hosts.counts() == before


async def test_a_meal_outside_is_not_agreed_to_once_it_has_begun(hosts: Api):
    staff = await hosts.person("staff@hrss-bureau")
    noon = hosts.now.replace(hour=12)
    times = {"begins": noon.isoformat(), "ends": (noon + timedelta(hours=1)).isoformat()}
    await staff.submit("reception.meal", {**MEAL, **OUT, **times})
    hosts.now = noon + timedelta(days=1)
    deputy = await hosts.person("deputy_in_charge@hrss-bureau")
    before = await hosts.counts()
    late = await deputy.agree()
    assert (late["code"], cites(late)) == ("TURN_NOT_READY", {"finance/三、1"})
    assert await hosts.counts() == before
