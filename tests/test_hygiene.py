"""Hygiene: sections are checked, what fails follows its clause, and what is mended is looked at."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from tests.driving import add
from tests.fleet import person_id
from tests.office import REFUSAL, Api, Visitor, cites, problems
from tests.register_examples import marks
from tests.sheets import HERE, LINE, THERE, check, strike_out, unit
from tests.statements import board, publish

MENDING = "sheetId state dueAt clause { regulation cite } steps { turn by text }"
KEPT = f"__typename ... on RectificationKept {{ rectification {{ {MENDING} }} }}"


@pytest.fixture
async def office(api: Api) -> Api:
    await api.empty(
        *("hygiene_checks", "cleaner_checks", "hygiene_zones", "check_marks", "mend_turns"),
        *("consequence_turns", "clocks", "clock_changes", "cadence_records", "publications"),
    )
    return api


async def appraise(visitor: Visitor, at: str, day: str, **more: Any) -> None:
    found = marks(at, "hygiene.cleaner_check", kept=False)
    cleaner = await person_id(visitor, f"cleaner@{at}")
    given = {"cleanerId": cleaner, "checkedOn": day, "marks": found, **more}
    answer = await visitor.one(
        "mutation ($input: RecordHygieneCleanerCheckInput!) {"
        f" recordHygieneCleanerCheck(input: $input) {{ {LINE} }} }}",
        {"input": {"idempotencyKey": str(uuid4()), **given}},
    )
    assert answer["__typename"] == "LineEntered", answer


async def proposed(visitor: Visitor) -> list[tuple[str, str | None]]:
    shown = "type amount state unitId clause { regulation }"
    found = await visitor.one(f"{{ consequences {{ {shown} }} }}")
    assert {each["clause"]["regulation"] for each in found} <= {
        "hygiene",
        "cleaners",
        "performance",
    }
    return sorted((each["type"], each["amount"]) for each in found if each["state"] == "PROPOSED")


async def mendings(visitor: Visitor) -> list[Any]:
    return await visitor.one(f"{{ rectifications(check: HYGIENE_CHECK) {{ {MENDING} }} }}")


async def act(visitor: Visitor, name: str, sheet: str, key: str = "", **given: Any) -> Any:
    word = {"mendWhatFailed": "MendInput", "recheck": "RecheckInput"}[name]
    kept = f"{{ {KEPT} ... on Refusal {{ {REFUSAL} }} }}"
    answer = await visitor.one(
        f"mutation ($input: {word}!) {{ {name}(input: $input) {kept} }}",
        {"input": {"sheetId": sheet, "idempotencyKey": key or str(uuid4()), **given}},
    )
    return answer.get("rectification", answer)


FIRST = [("criticism", None), ("other", None)]
IN_A_ROW = [("fine", "50"), ("other", None), ("public_criticism", None)]


async def test_two_months_failed_in_a_quarter_are_a_fine_and_a_struck_out_sheet_takes_it_back(
    office: Api,
):
    clerk = await office.person(f"office_clerk@{HERE}")
    chief = await office.person(f"section_chief@{HERE}")
    deputy = await office.person(f"hygiene_deputy@{HERE}")
    section, other = await unit(office, "construction"), await unit(office, "urban")
    await check(clerk, section, "2026-01-15", "5")
    assert await proposed(chief) == FIRST
    second = await check(clerk, section, "2026-02-12", "5")
    assert await proposed(chief) == sorted([*FIRST, *FIRST, *IN_A_ROW])
    assert await proposed(deputy) == await proposed(chief)
    # December and January lie in two quarters, so another section is criticised twice and no more.
    for day in ("2025-12-10", "2026-01-14"):
        await check(clerk, other, day, "5")
    assert len(await proposed(deputy)) == 7 + 4
    [mine] = await mendings(chief)
    assert (mine["sheetId"], mine["state"]) == (second, "DUE")
    assert cites([mine["clause"]]) == ["interpretation/55"]
    await strike_out(clerk, second)
    assert await proposed(chief) == FIRST
    assert [each["state"] for each in await mendings(chief)] == ["LAPSED"]
    refused = await act(chief, "mendWhatFailed", second, text="已打扫")
    assert refused["code"] == "MENDING_PAST_THAT"


async def test_spot_checks_count_in_the_month_and_three_months_of_a_half_year_cost_everybody(
    office: Api,
):
    clerk = await office.person(f"office_clerk@{HERE}")
    chief = await office.person(f"section_chief@{HERE}")
    section = await unit(office, "construction")
    spot = await check(clerk, section, "2026-01-09", "9", regular=False)
    for day in ("2026-01-15", "2026-02-12", "2026-03-02"):
        await check(clerk, section, day, "5")
    # January: the mean of 54 and 30 is 42, which passes.
    assert ("fine", "700") not in await proposed(chief)
    await strike_out(clerk, spot)
    # The chief is one of the seven who serve there.
    assert ("fine", "700") in await proposed(chief)
    places = '(check: HYGIENE_CHECK, from: "2026-01-01", to: "2026-03-02")'
    ranked = await chief.one(f"{{ checkRanking{places} {{ place name score sheets failed }} }}")
    assert ranked == [
        {"place": 1, "name": "建设科", "score": "30.00", "sheets": 3, "failed": 3},
    ]


async def test_what_failed_is_mended_in_time_and_looked_at_again_by_another(office: Api):
    clerk = await office.person(f"office_clerk@{HERE}")
    chief = await office.person(f"section_chief@{HERE}")
    director = await office.person(f"office_director@{HERE}")
    section = await unit(office, "construction")
    for day in ("2026-01-15", "2026-02-12"):
        sheet = await check(clerk, section, day, "5")
    [due] = await mendings(chief)
    assert due["dueAt"].startswith("2026-03-09")
    before = await office.counts()
    refused = await act(clerk, "mendWhatFailed", sheet, text="已打扫")
    early = await act(director, "recheck", sheet, passed=True)
    nobodys = await act(chief, "recheck", sheet, passed=True)
    codes = [refused["code"], early["code"], nobodys["code"]]
    assert codes == ["NOT_YOURS_TO_MEND", "MENDING_PAST_THAT", "NOT_A_KEEPER"]
    assert problems(await act(chief, "mendWhatFailed", sheet, text=" ")) == {("text", "REQUIRED")}
    assert await office.counts() == before
    told = await act(chief, "mendWhatFailed", sheet, "once", text="已打扫")
    assert told["state"] == "MENDED"
    assert await act(chief, "mendWhatFailed", sheet, "once", text="已打扫") == told
    assert problems(await act(director, "recheck", sheet, passed=False)) == {("text", "REQUIRED")}
    again = await act(director, "recheck", sheet, passed=False, text="窗台仍有灰尘")
    assert [again["state"], *(each["turn"] for each in again["steps"])] == [
        "DUE",
        "MENDED",
        "FAILED",
    ]
    await office.wait(days=9)
    assert [each["state"] for each in await mendings(chief)] == ["OVERDUE"]
    twice = await asyncio.gather(
        *(act(chief, "mendWhatFailed", sheet, text="重新打扫") for _ in range(3))
    )
    assert sorted(each.get("code", "done") for each in twice) == ["MENDING_PAST_THAT"] * 2 + [
        "done"
    ]
    assert (await act(director, "recheck", sheet, passed=True))["state"] == "DONE"


async def test_who_inspects_marks_every_item_of_another_section_on_a_day_gone_by(office: Api):
    clerk = await office.person(f"office_clerk@{HERE}")
    staff = await office.person(f"staff@{HERE}")
    section, own = await unit(office, "construction"), await unit(office, "root")
    foreign = await unit(office, "insurance", THERE)
    items = marks(HERE, "hygiene.check")
    before = await office.counts()
    assert (await check(staff, section, "2026-03-02", "8"))["code"] == "NOT_A_KEEPER"
    assert (await check(clerk, own, "2026-03-02", "8"))["code"] == "NOT_A_KEEPER"
    assert problems(await check(clerk, foreign, "2026-03-02", "8")) == {
        ("unitId", "NOT_FOUND_HERE")
    }
    assert problems(await check(clerk, section, "2026-03-03", "8")) == {
        ("checkedOn", "NOT_YET_HAPPENED")
    }
    beyond = await check(clerk, section, "2026-03-02", "11")
    assert {cite["clause"]["cite"] for cite in beyond["problems"]} == {
        *("六(一)", "六(二)", "六(三)", "六(四)", "六(五)", "六(六)"),
    }
    wrong = [*items[1:], {"item": "roof", "points": "1"}, items[1]]
    found = problems(await check(clerk, section, "2026-03-02", "8", marks=wrong))
    assert {code for _, code in found} == {"ITEM_NOT_MARKED", "NOT_AN_ITEM", "MARKED_TWICE"}
    assert await office.counts() == before
    twice = await asyncio.gather(*(check(clerk, section, "2026-03-02", "8") for _ in range(3)))
    assert sorted(isinstance(each, str) for each in twice) == [False, False, True]
    deputy = await office.person(f"hygiene_deputy@{HERE}")
    assert isinstance(await check(deputy, own, "2026-03-02", "8"), str)
    shown = "{ hygieneChecks { edges { node { total passMark failed marks { item points } } } } }"
    lines = [each["node"] for each in (await staff.one(shown))["edges"]]
    assert {(each["total"], each["passMark"], each["failed"]) for each in lines} == {
        ("48", "36", False)
    }
    assert {len(each["marks"]) for each in lines} == {6}


async def test_a_regular_check_does_the_months_duty_and_its_places_are_told_the_office(office: Api):
    clerk = await office.person(f"office_clerk@{HERE}")
    director = await office.person(f"office_director@{HERE}")
    section, other = await unit(office, "construction"), await unit(office, "urban")
    done = "select count(*) from cadence_records where cadence = 'hygiene-inspection'"
    await check(clerk, section, "2026-03-02", "8", regular=False)
    assert await office.value(done) == 0
    alone = await check(clerk, section, "2026-03-02", "9", jointly=False)
    assert {each["clause"]["cite"] for each in alone["problems"]} == {"七(二)"}
    await check(clerk, section, "2026-03-02", "9")
    await check(clerk, other, "2026-03-02", "6")
    assert await office.value(done) == 2

    given = {"statement": "HYGIENE_CIRCULAR", "day": "2026-03-01", "text": "三月通报"}
    assert (await publish(clerk, **given, last="2026-03-01"))["code"] == "NOT_YOURS_TO_PUBLISH"
    assert (await publish(director, **given, last="2026-03-31"))["code"] == "PERIOD_NOT_OVER"
    office.now = office.now.replace(day=3)
    assert (await publish(director, **given, last="2026-03-02"))["text"] == "三月通报"
    [told] = await board(await office.person(f"staff@{HERE}"))
    assert [
        [each[name] for name in ("name", "sheets", "score", "failed")] for each in told["content"]
    ] == [
        ["城管科", 1, "36.00", 0],
        ["建设科", 2, "51.00", 0],
    ]
    assert await board(await office.person(f"staff@{THERE}")) == []


async def test_a_neglected_section_is_criticised_and_lapses_of_a_cleaner_cost_a_wage(office: Api):
    clerk = await office.person(f"office_clerk@{THERE}")
    director = await office.person(f"director@{THERE}")
    section = await unit(office, "insurance", THERE)
    given = {"at": THERE, "neglected": True}
    spot = await check(clerk, section, "2026-03-02", "8", regular=False, **given)
    assert await proposed(director) == [("criticism", None), ("deduct_score", "0.5")]
    await strike_out(clerk, spot)
    assert await proposed(director) == []
    follows = (("fine", "50"), ("fine", "100"), ("dismissal", None))
    hall = await add(clerk, "HygieneZone", name="大厅", responsible="卫生人员", byCleaner=True)
    at_fault = {"lapse": True, "zoneId": hall["thingId"]}
    for month, proposal in enumerate(follows, start=1):
        await appraise(clerk, THERE, f"2026-0{month}-02", **at_fault)
        assert proposal in await proposed(director)
    few = '(check: HYGIENE_CLEANER_CHECK, from: "2026-01-01", to: "2026-03-02")'
    asked = await clerk.ask(f"{{ checkRanking{few} {{ place }} }}")
    assert asked.codes == ["TOO_FEW_TO_RANK"]


async def test_a_cleaner_is_appraised_apart_from_the_sections(office: Api):
    clerk = await office.person(f"office_clerk@{HERE}")
    await appraise(clerk, HERE, "2026-03-02")
    assert await clerk.one("{ hygieneChecks { edges { node { id } } } }") == {"edges": []}
    cleaner = await office.person(f"cleaner@{HERE}")
    chief = await office.person(f"section_chief@{HERE}")
    own = "{ cleanerChecks { edges { node { total failed } } } }"
    [mine] = (await cleaner.one(own))["edges"]
    assert mine["node"] == {"total": "0", "failed": False}
    assert (await chief.one(own))["edges"] == []
