"""Social supervisors: how many serve, until when, what they do, say and score."""

from typing import Any

import pytest

from tests.duty import enter
from tests.office import Api, Visitor, problems
from tests.openness import run
from tests.small_shapes import at
from tests.test_gate import cites, seen, take
from tests.test_proposals import kept

HERE = "hrss-bureau"
TABLES = (
    *("supervisors_sheets", "supervisors_activities", "supervisors_opinions", "case_events"),
    *("supervisors_changes", "supervisor_appointments"),
)
FIT = {
    "supervisorOrigin": "CONSULTATIVE_MEMBER", "supervisorFair": True, "supervisorInformed": True,
    "supervisorUpright": True, "supervisorHealthy": True, "certificate": "聘字1号",
}  # fmt: skip
ILL = {"adjustmentGround": "ILLNESS", "reason": "长期患病"}
HAD = """{ officeCounts(area: "supervisors") {
  bound value limit kept lacking room records clause { cite } } }"""


@pytest.fixture
async def roll(api: Api) -> Api:
    await api.empty(*TABLES)
    return api


async def clerk_of(roll: Api) -> Visitor:
    return await roll.person(f"office_clerk@{HERE}")


async def appoint(roll: Api, number: int, day: str, **more: Any) -> list[Any]:
    clerk = await clerk_of(roll)
    roll.now = at(f"{day} 10:00")
    given = {"appointedOn": day, **FIT, **more}
    return [
        await enter(clerk, "SupervisorAppointment", name=f"委员{each}", **given)
        for each in range(number)
    ]


async def had(roll: Api) -> dict[str, Any]:
    found = await (await clerk_of(roll)).one(HAD)
    return {each["bound"]: each for each in found if each["limit"] != "0"}


async def test_no_more_serve_than_the_clause_allows_and_who_is_missing_is_told(roll: Api):
    lines = await appoint(roll, 25, "2025-03-03")
    before = await kept(roll)
    [refused] = await appoint(roll, 1, "2025-03-03")
    assert (refused["problems"][0]["code"], cites(refused)) == ("ABOVE_QUOTA", {"supervisors/二"})
    assert await kept(roll) == before
    corrected = {"appointedOn": "2025-03-03", **FIT, "name": "委员改", "workplace": "区政协"}
    again = await enter(
        await clerk_of(roll), "SupervisorAppointment", **corrected, corrects=lines[0]["lineId"]
    )
    assert "lineId" in again
    clerk = await clerk_of(roll)
    roll.now = at("2026-05-12 10:00")
    for line in lines[1:7]:
        gone = {"appointmentId": line["lineId"], "changedOn": "2026-05-12", **ILL}
        assert "lineId" in await enter(clerk, "SupervisorsChange", **gone)
    counted = await had(roll)
    least, most = counted["min"], counted["max"]
    assert (least["value"], least["kept"], least["lacking"]) == ("19", False, "1")
    assert (most["kept"], most["room"], len(most["records"])) == (True, "6", 19)
    assert await (await roll.person(f"staff@{HERE}")).one(HAD) == []


async def test_whose_letter_is_not_issued_yet_is_told(roll: Api):
    await appoint(roll, 2, "2026-05-11")
    [line] = await appoint(roll, 1, "2026-05-11", certificate="")
    counted = await (await clerk_of(roll)).one(HAD)
    [open_] = [each for each in counted if each["limit"] == "0"]
    assert (open_["value"], open_["kept"], open_["records"]) == ("1", False, [line["lineId"]])


async def test_nobody_is_let_go_for_not_coming(roll: Api):
    [line] = await appoint(roll, 1, "2026-05-11")
    clerk, roll.now = await clerk_of(roll), at("2026-06-30 10:00")
    gone = {"appointmentId": line["lineId"], "changedOn": "2026-06-30", "reason": "未到会"}
    before = await kept(roll)
    refused = await enter(clerk, "SupervisorsChange", **gone, adjustmentGround="ABSENCE")
    assert (problems(refused), cites(refused)) == (
        {("adjustmentGround", "NOT_ELIGIBLE")}, {"supervisors/五、2"},
    )  # fmt: skip
    assert await kept(roll) == before
    assert "lineId" in await enter(clerk, "SupervisorsChange", **{**gone, **ILL})


async def test_a_term_ends_by_itself_and_nobody_serves_beyond_it(roll: Api):
    [first, *_] = await appoint(roll, 3, "2024-09-02")
    await appoint(roll, 2, "2025-03-10")
    clerk = await clerk_of(roll)
    shown = await seen(clerk, "{ supervisorAppointments { edges { node { servesUntil } } } }")
    assert [each["servesUntil"] for each in shown].count("2026-09-02") == 3
    roll.now = at("2026-08-03 10:00")
    assert (await had(roll))["min"]["value"] == "5"
    roll.now = at("2026-09-15 10:00")
    assert (await had(roll))["min"]["lacking"] == "18"
    invited = {"appointmentId": first["lineId"], "activity": "MEETING", "subject": "座谈会"}
    before = await kept(roll)
    refused = await enter(clerk, "SupervisorsActivity", **invited, invitedFor="2026-09-10")
    assert problems(refused) == {("appointmentId", "SUPERVISOR_NOT_IN_OFFICE")}
    assert cites(refused) == {"supervisors/五、1"}
    assert await kept(roll) == before


@pytest.mark.parametrize("district", [True, False])
async def test_an_employer_lies_in_the_district(roll: Api, district: bool):
    told = {"supervisorOrigin": "EMPLOYER_HR", "employerInDistrict": district}
    [line] = await appoint(roll, 1, "2026-05-11", **told)
    assert ("lineId" in line) is district


async def test_what_a_supervisor_does_says_and_scores_is_told_of_the_year(roll: Api):
    [line, other] = await appoint(roll, 2, "2026-03-02")
    clerk, roll.now = await clerk_of(roll), at("2026-06-30 10:00")
    of = {"appointmentId": line["lineId"]}
    for day, activity, came in (
        ("2026-04-14", "INSPECTION", True),
        ("2026-05-12", "INSPECTION", False),
        ("2026-06-09", "MEETING", True),
    ):
        invited = {**of, "invitedFor": day, "activity": activity, "subject": "专项检查"}
        assert "lineId" in await enter(clerk, "SupervisorsActivity", **invited, attended=came)
    handed = {**of, "receivedOn": "2026-06-09", "saidAs": "OPINION"}
    cases = [
        await run(clerk, "beginSupervisorsOpinion", "SupervisorsOpinion", {**handed, "content": c})
        for c in ("窗口排队太久", "公开办事指南")
    ]
    answered = await take(clerk, "answer", "SupervisorsOpinion", cases[0], answer="已增开窗口")
    assert answered["state"] == "answered"
    days = '(from: "2026-01-01", to: "2026-12-31")'
    columns = "invited attended said answered"
    year = f"{{ supervisorsYearStatement{days} {{ lines {{ {columns} }} }} }}"
    [told] = (await clerk.one(year))["lines"]
    assert [told[each] for each in columns.split()] == [3, 2, 2, 1]
    roll.now = at("2026-12-11 10:00")
    seats = await (await roll.person(f"section_chief@{HERE}")).one(
        "{ viewer { seats { unitId } } }"
    )
    sheet = {
        "ratedOn": "2026-12-11", "unitId": seats["seats"][0]["unitId"], "recognition": "90",
        "satisfaction": "80", "influence": "70",
    }  # fmt: skip
    for each in (line, other):
        assert "lineId" in await enter(
            clerk, "SupervisorsSheet", appointmentId=each["lineId"], **sheet
        )
    twice = await enter(clerk, "SupervisorsSheet", **of, **sheet)
    assert twice["code"] == "ENTERED_ALREADY"
    review = (
        f"{{ supervisorsReviewStatement{days} {{ lines {{ sheets recognition influence }} }} }}"
    )
    lines = (await clerk.one(review))["lines"]
    assert {"sheets": 2, "recognition": "90.00", "influence": "70.00"} in lines
