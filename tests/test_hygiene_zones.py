"""Zones of hygiene, pots of flowers, and the score of a year's checks."""

from typing import Any
from uuid import uuid4

import pytest

from tests.duty import enter
from tests.fleet import person_id
from tests.office import REFUSAL, Api, Visitor, problems
from tests.openness import consequences, decide
from tests.register_examples import marks
from tests.sheets import HERE, THERE, check, unit

KEPT = f"__typename ... on ThingKept {{ thingId version }} ... on Refusal {{ {REFUSAL} }}"


@pytest.fixture
async def office(api: Api) -> Api:
    await api.empty("hygiene_checks", "check_marks", "cleaner_checks", "hygiene_zones")
    return api


async def add(visitor: Visitor, **given: Any) -> Any:
    return await visitor.one(
        f"mutation ($input: AddHygieneZoneInput!) {{ addHygieneZone(input: $input) {{ {KEPT} }} }}",
        {"input": {"idempotencyKey": str(uuid4()), **given}},
    )


async def test_a_third_pot_of_flowers_is_put_down_with_what_was_found(office: Api):
    clerk = await office.person(f"office_clerk@{HERE}")
    section = await unit(office, "construction")
    before = await office.counts()
    refused = await check(clerk, section, "2026-02-12", "8", flowerPots=3)
    assert problems(refused) == {
        ("flowerPots", "ABOVE_QUOTA"),
        ("description", "ALLOWED_WITH_A_REASON"),
    }
    assert refused["problems"][0]["clause"]["cite"] == "六(一)"
    assert await office.counts() == before
    assert isinstance(await check(clerk, section, "2026-02-12", "8", flowerPots=2), str)
    found = {"flowerPots": 3, "description": "窗台摆花三盆"}
    assert isinstance(await check(clerk, section, "2026-02-13", "8", **found), str)


async def test_what_was_imposed_for_a_quarter_is_not_proposed_for_it_again(office: Api):
    await office.empty("consequence_turns")
    office.now = office.now.replace(month=3, day=31)
    clerk = await office.person(f"office_clerk@{HERE}")
    deputy = await office.person(f"hygiene_deputy@{HERE}")
    section = await unit(office, "construction")

    async def fines() -> list[tuple[str, str, str]]:
        found = await consequences(deputy)
        return sorted((e["amount"], e["day"], e["state"]) for e in found if e["amount"])

    for day in ("2026-01-15", "2026-02-12"):
        await check(clerk, section, day, "5")
    [due] = [each for each in await consequences(deputy) if each["amount"] == "50"]
    assert (await decide(deputy, due, "IMPOSE"))["state"] == "IMPOSED"
    await check(clerk, section, "2026-03-12", "5")
    assert await fines() == [
        ("50", "2026-02-12", "IMPOSED"),
        ("700", "2026-03-12", "PROPOSED"),
    ]


async def test_each_zone_has_whoever_answers_for_it_and_stands_once(office: Api):
    clerk = await office.person(f"office_clerk@{THERE}")
    staff = await office.person(f"staff@{THERE}")
    zone = {"name": "局办公大楼前院", "responsible": "門衞"}
    before = await office.counts()
    assert (await add(staff, **zone))["code"] == "NOT_A_KEEPER"
    assert problems(await add(clerk, name="食堂操作間", responsible="")) == {
        ("responsible", "REQUIRED")
    }
    assert await office.counts() == before
    assert (await add(clerk, **zone))["version"] == 1
    assert problems(await add(clerk, **zone)) == {("name", "ENTERED_ALREADY")}


async def test_a_lapse_counts_in_a_zone_that_the_cleaner_answers_for_and_nowhere_else(office: Api):
    clerk = await office.person(f"office_clerk@{THERE}")
    cleaner = await person_id(clerk, f"cleaner@{THERE}")
    yard = (await add(clerk, name="前院", responsible="门卫"))["thingId"]
    hall = (await add(clerk, name="大厅", responsible="卫生人员", byCleaner=True))["thingId"]
    asked = {"cleanerId": cleaner, "checkedOn": "2026-02-12", "lapse": True}
    asked["marks"] = marks(THERE, "hygiene.cleaner_check", kept=False)
    before = await office.counts()
    for zone in (None, yard):
        refused = await enter(clerk, "HygieneCleanerCheck", **asked, zoneId=zone)
        assert refused["problems"][0]["clause"]["cite"] == "表"
    assert await office.counts() == before
    found = await enter(clerk, "HygieneCleanerCheck", **asked, zoneId=hall)
    assert found["__typename"] == "LineEntered", found


async def test_the_score_of_a_section_is_the_mean_of_its_checks_of_the_year(office: Api):
    clerk = await office.person(f"office_clerk@{THERE}")
    section = await unit(office, "insurance", THERE)
    for day, points in (("2026-01-15", "6"), ("2026-02-12", "8")):
        assert isinstance(await check(clerk, section, day, points, at=THERE), str)
    places = '(check: HYGIENE_CHECK, from: "2026-01-01", to: "2026-03-02")'
    ranked = await clerk.one(f"{{ checkRanking{places} {{ place name score sheets }} }}")
    assert ranked == [{"place": 1, "name": "社会保险科", "score": "35.00", "sheets": 2}]
