"""What comes up on duty is put down by whoever is on it, and goes the way of its text."""

from typing import Any

import pytest

from tests.duty import (
    cleared,
    draft,
    enter,
    found,
    person_of,
    settle,
    settled,
    shown,
    through,
)
from tests.fleet import person_id
from tests.office import Api, Visitor, problems
from tests.openness import run

HERE, BUREAU = "construction-bureau", "hrss-bureau"


@pytest.fixture
async def office(api: Api) -> Api:
    return await cleared(api)


async def on_duty(office: Api, institution: str, shift: str) -> tuple[Visitor, Visitor]:
    """Who has the night of the thirteenth of April, at two o'clock, and who has another one."""
    clerk, _ = await settled(office, institution, why="带班领导另行安排")
    roster = await shown(clerk)
    on, off = (found(roster, f"2026-04-{day}", shift) for day in (13, 16))
    office.now = office.now.replace(month=4, day=14, hour=2, minute=30)
    return await person_of(office, on), await person_of(office, off)


async def begin(visitor: Visitor, kind: str, **more: Any) -> Any:
    given = {
        "at": "2026-04-14T02:10:00+08:00", "eventKind": kind, "place": "一楼大厅",
        "content": "二十余人要求见领导", **more,
    }  # fmt: skip
    return await run(visitor, "beginDutyEvent", "DutyEvent", given)


async def take(visitor: Visitor, case: Any, event: str, **said: Any) -> Any:
    given = {"caseId": case["id"], "expectedVersion": case["version"], **said}
    return await run(visitor, f"{event}DutyEvent", "DutyEvent", given)


def cites(refused: Any) -> set[str]:
    return {each["clause"]["cite"] for each in refused["problems"] if each["clause"]}


async def test_a_petitioner_is_reported_to_the_office_at_once_which_routes_or_reports_on(
    office: Api,
):
    officer, another = await on_duty(office, HERE, "workday_night")
    clerk = await office.person(f"office_clerk@{HERE}")
    before = await office.counts()
    refused = await begin(another, "PETITIONER")
    assert (refused["code"], refused["clause"]["cite"]) == ("NOT_A_KEEPER", "一")
    assert await office.counts() == before
    case = await begin(officer, "PETITIONER")
    assert case["state"] == "arrived", case
    clock = case["clocks"][0]
    assert clock["dueAt"].startswith("2026-04-14T02:10"), clock
    assert clock["clause"]["cite"] == "一"
    assert (await take(clerk, case, "route", routedTo="信访办"))["code"] == "CASE_NOT_READY"
    case = await take(officer, case, "report", reportedTo="局办公室")
    assert [each["state"] for each in case["clocks"]] != [clock["state"]]
    assert (await take(officer, case, "route", routedTo="信访办"))["code"] == "NOT_YOURS_TO_DO"
    held = await take(clerk, case, "escalate", reportedTo="分管领导", cannotBeHandled=False)
    assert cites(held) == {"一"}
    assert (await take(clerk, case, "route", routedTo="信访办"))["state"] == "routed"


async def test_an_incident_is_told_to_both_and_then_followed_until_it_is_over(office: Api):
    officer, another = await on_duty(office, BUREAU, "whole_day")
    assert (await begin(another, "INCIDENT"))["code"] == "NOT_A_KEEPER"
    case = await begin(officer, "INCIDENT")
    assert case["clocks"][0]["dueAt"].startswith("2026-04-14T02:10")
    case = await take(officer, case, "assess", assessment="可能发生聚集")
    half = {"reportedTo": "带班领导", "dutyLeaderTold": True, "superiorDutyTold": False}
    refused = await take(officer, case, "report", **half)
    assert cites(refused) == {"四"}
    case = await take(officer, case, "report", **{**half, "superiorDutyTold": True})
    early = await take(officer, case, "coordinate", measuresTaken="增派人员")
    assert early["code"] == "CASE_NOT_READY"
    for event, said in (
        ("verify", {"details": "二十三人,均为同一企业职工"}),
        ("relay", {"instruction": "依法疏导"}),
        ("coordinate", {"measuresTaken": "增派人员"}),
        ("supervise", {"outcome": "指示已落实"}),
        ("reportOn", {"outcome": "人员散去"}),
        ("reportOn", {"outcome": "未再聚集"}),
    ):
        case = await take(officer, case, event, **said)
    assert case["state"] == "tracked"


async def test_what_is_urgent_is_reported_before_anything_is_verified_and_further_at_any_time(
    office: Api,
):
    officer, _ = await on_duty(office, BUREAU, "whole_day")
    case = await begin(officer, "INCIDENT", place="")
    told = {"reportedTo": "带班领导、上级值班室", "dutyLeaderTold": True, "superiorDutyTold": True}
    case = await take(officer, case, "report", **told)
    case = await take(officer, case, "verify", details="三人被困")
    for _ in range(2):
        case = await take(officer, case, "reportOn", outcome="正在转移")
    case = await take(officer, case, "relay", instruction="全力转移")
    case = await take(officer, case, "reportOn", outcome="已转移两人")
    case = await take(officer, case, "coordinate", measuresTaken="增派人员")
    assert (await take(officer, case, "reportOn", outcome="全部转移"))["state"] == "coordinated"


async def test_the_duty_room_is_handed_over_with_how_it_was_cleaned(office: Api):
    officer, another = await on_duty(office, BUREAU, "whole_day")
    to = await person_id(officer, another.account)
    given = {"at": "2026-04-14T02:20:00+08:00", "toId": to, "matters": "无"}
    refused = await enter(officer, "DutyHandover", **given)
    assert ("room", "REQUIRED") in problems(refused)
    assert "一㈠4 要求" in cites(refused)


async def test_a_petitioner_is_asked_and_recorded_before_anybody_is_persuaded_or_told(office: Api):
    officer, _ = await on_duty(office, BUREAU, "whole_day")
    case = await begin(officer, "PETITIONER")
    assert (await take(officer, case, "persuade", outcome="已劝离"))["code"] == "CASE_NOT_READY"
    case = await take(officer, case, "ask", whom="某企业职工代表")
    case = await take(officer, case, "record", details="反映社保补缴")
    case = await take(officer, case, "report", reportedTo="带班领导")
    assert case["state"] == "reported"


async def test_an_emergency_is_the_leaders_who_acts_goes_there_and_reports_upward(office: Api):
    officer, _ = await on_duty(office, BUREAU, "whole_day")
    refused = await begin(officer, "EMERGENCY")
    assert (refused["code"], refused["clause"]["regulation"]) == ("NOT_A_KEEPER", "duty-leader")
    leader = await office.person(f"duty_leader@{BUREAU}")
    case = await begin(leader, "EMERGENCY")
    early = await take(leader, case, "reportUp", reportedTo="区值班室")
    assert early["code"] == "CASE_NOT_READY"
    case = await take(leader, case, "respond", measuresTaken="启动预案")
    case = await take(leader, case, "goToScene", details="02:40 到场")
    assert (await take(leader, case, "reportUp", reportedTo="区值班室"))["state"] == "reported"


async def test_a_call_that_rang_longer_than_three_times_is_put_down_with_why(office: Api):
    officer, _ = await on_duty(office, HERE, "workday_night")
    given = {"at": "2026-04-14T02:10:00+08:00", "matter": "CALL", "content": "防汛通知"}
    before = await office.counts()
    refused = await enter(officer, "DutyEntry", **given, ringsBeforeAnswer=4)
    assert problems(refused) == {
        ("ringsBeforeAnswer", "ABOVE_QUOTA"),
        ("lateReason", "ALLOWED_WITH_A_REASON"),
    }
    assert cites(refused) == {"二(四)"}
    assert await office.counts() == before
    for kept in ({"ringsBeforeAnswer": 3}, {"ringsBeforeAnswer": 4, "lateReason": "正在巡查"}):
        line = await enter(officer, "DutyEntry", **given, **kept)
        assert line["__typename"] == "LineEntered", line


async def test_who_comes_from_outside_is_registered_by_name_in_the_hall(office: Api):
    officer, another = await on_duty(office, HERE, "workday_night")
    clerk = await office.person(f"office_clerk@{HERE}")
    given = {"at": "2026-04-14T02:10:00+08:00", "matter": "VISITOR", "content": "来局办事"}
    before = await office.counts()
    for visitor in (officer, clerk):
        assert problems(await enter(visitor, "DutyEntry", **given)) == {("whom", "WHO_CAME")}
    assert (await enter(another, "DutyEntry", **given, whom="王某"))["code"] == "NOT_A_KEEPER"
    assert await office.counts() == before
    for visitor in (officer, clerk):
        line = await enter(visitor, "DutyEntry", **given, whom="王某")
        assert line["__typename"] == "LineEntered", line


async def test_an_urgent_paper_on_a_day_off_is_signed_for_by_whoever_is_on_duty(office: Api):
    clerk, _ = await settled(office, BUREAU, why="带班领导另行安排")
    roster = await shown(clerk)
    on, off = (found(roster, f"2026-04-{day}", "whole_day") for day in ("05", "08"))
    office.now = office.now.replace(month=4, day=5, hour=15)
    given = {"at": "2026-04-05T14:10:00+08:00", "matter": "PAPER", "content": "机要急件一份"}
    officer, another = await person_of(office, on), await person_of(office, off)
    before = await office.counts()
    refused = await enter(another, "DutyEntry", **given, handled="已签收")
    assert refused["code"] == "NOT_A_KEEPER"
    assert problems(await enter(officer, "DutyEntry", **given)) == {("handled", "REQUIRED")}
    assert await office.counts() == before
    line = await enter(officer, "DutyEntry", **given, handled="已签收,送局长阅")
    assert line["__typename"] == "LineEntered", line


async def test_what_is_urgent_is_told_to_the_duty_leader_and_a_bureau_leader_both(office: Api):
    officer, _ = await on_duty(office, HERE, "workday_night")
    case = await begin(officer, "INCIDENT")
    assert (case["state"], case["clocks"][0]["clause"]["cite"]) == ("occurred", "二(四)")
    told = {"reportedTo": "带班领导、局长", "dutyLeaderTold": True}
    refused = await take(officer, case, "report", **told, bureauLeaderTold=False)
    assert cites(refused) == {"二(四)"}
    case = await take(officer, case, "report", **told, bureauLeaderTold=True)
    case = await take(officer, case, "carryOut", instruction="立即抢修", outcome="已关阀")
    assert case["state"] == "carried_out"


async def test_a_town_tells_its_main_leader_of_what_is_grave_at_once(office: Api):
    officer, _ = await on_duty(office, "township-government", "routine")
    case = await begin(officer, "INCIDENT")
    assert (case["state"], case["clocks"][0]["clause"]["cite"]) == ("occurred", "三、2")
    unsaid = await take(officer, case, "report", reportedTo="副镇长", directorTold=False)
    assert cites(unsaid) == {"710"}
    assert (await take(officer, case, "report", reportedTo="镇长", directorTold=True))["state"]


async def test_on_an_ordered_day_the_director_and_the_departments_are_told_as_well(office: Api):
    where = "science-bureau"
    clerk = await office.person(f"office_clerk@{where}")
    await enter(clerk, "OrderedDutyDay", day="2026-04-05", document="市委办值班通知")
    roster = await draft(clerk)
    asked = await clerk.submit("duty.roster", {"explanation": "四月值班安排"})
    await through(office, asked)
    await settle(clerk, roster, requestId=asked["id"])
    turns = (await shown(clerk))["turns"]
    officer = await person_of(office, next(e for e in turns if e["post"] == "duty_officer"))
    office.now = office.now.replace(month=4, day=5, hour=10, minute=30)
    at = {"at": "2026-04-05T10:20:00+08:00"}
    assert (await begin(clerk, "INCIDENT", **at))["code"] == "NOT_A_KEEPER"
    case = await begin(officer, "INCIDENT", **at)
    told = {"reportedTo": "值班领导、局长", "dutyLeaderTold": True, "directorTold": True}
    refused = await take(officer, case, "report", **told, departmentsTold=False)
    assert cites(refused) == {"二、3(2)"}
    case = await take(officer, case, "report", **told, departmentsTold=True)
    assert case["state"] == "reported"


async def test_who_has_the_noon_turn_leaves_to_eat_within_the_hour_and_is_back_in_time(office: Api):
    clerk, _ = await settled(office, HERE)
    roster = await shown(clerk)
    noon = found(roster, "2026-04-14", "workday_noon")
    officer, director = (
        await person_of(office, noon),
        await office.person(f"office_director@{HERE}"),
    )
    office.now = office.now.replace(month=4, day=14, hour=13)

    async def ate(visitor: Visitor, left: str, back: str) -> Any:
        day = {"leftAt": f"2026-04-14T{left}:00+08:00", "backAt": f"2026-04-14T{back}:00+08:00"}
        return await enter(visitor, "DutyMeal", **day)

    before = await office.counts()
    early = await ate(officer, "10:50", "11:50")
    assert (problems(early), early["problems"][0]["clause"]["cite"]) == (
        {("leftAt", "LEFT_TOO_EARLY")},
        "二(二)",
    )
    assert "11:00" in early["problems"][0]["message"]
    assert problems(await ate(officer, "11:00", "11:51")) == {("backAt", "BACK_TOO_LATE")}
    assert (await ate(director, "11:00", "11:50"))["code"] == "NOT_ON_DUTY"
    assert await office.counts() == before
    assert (await ate(officer, "11:00", "11:50"))["__typename"] == "LineEntered"
    assert len((await director.one("{ dutyMeals { edges { node { leftAt } } } }"))["edges"]) == 1
