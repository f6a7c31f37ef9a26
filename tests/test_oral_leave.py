"""Leave asked for by word of mouth: consented to, filed, and made up for in writing in time."""

from typing import Any

import pytest

from tests.duty import enter
from tests.fleet import person_id
from tests.office import Api, leave, problems
from tests.openness import run
from tests.papers import demanded
from tests.small_shapes import at

OF = "LeaveOral"


@pytest.fixture
async def office(api: Api) -> Api:
    await api.empty("oral_leaves", "attendance_days", "clocks", "clock_changes", "case_events")
    return api


async def begun(office: Api, where: str, **more: Any) -> Any:
    clerk = await office.person(f"office_clerk@{where}")
    given = {
        "personId": await person_id(clerk, f"staff@{where}"),
        "consentedId": await person_id(clerk, f"director@{where}"),
        "askedAt": "2026-03-02T07:40:00+08:00",
        "firstDay": "2026-03-02",
        "until": "2026-03-03",
        "reason": "家人突发疾病",
        **more,
    }
    return await run(clerk, f"begin{OF}", OF, given)


async def taken(office: Api, who: str, event: str, case: Any, **said: Any) -> Any:
    given = {"caseId": case["id"], "expectedVersion": case["version"], **said}
    return await run(await office.person(who), f"{event}{OF}", OF, given)


@pytest.mark.parametrize("where", ["hrss-bureau", "township-government"])
async def test_whoever_consented_says_so_and_the_paper_follows_or_it_is_no_leave(
    office: Api, where: str
):
    late = await begun(office, where, firstDay="2026-03-01", until="2026-03-01")
    assert problems(late) == {("askedAt", "ASKED_ONCE_AWAY")}
    case = await begun(office, where)
    clerk, director = f"office_clerk@{where}", f"director@{where}"
    unheard = await taken(office, clerk, "file", case)
    assert problems(unheard) == {("event", "NO_TRANSITION")}
    assert (await taken(office, clerk, "approve", case))["code"] == "NOT_YOURS_TO_DO"
    case = await taken(office, director, "approve", case)
    case = await taken(office, clerk, "file", case)
    [clock] = case["clocks"]
    assert (case["state"], clock["dueAt"][:10]) == ("filed", "2026-03-04")
    office.now = at("2026-03-04 08:30")
    staff = await office.person(f"staff@{where}")
    kind, of = "leave.sick", "2026-03-02"
    if where == "township-government":
        kind, of = "leave.annual", "2026-03-09"
    form = leave(of, of, attachments=demanded(where, kind))
    asked = await staff.submit(kind, form)
    assert asked["__typename"] == "Request", asked
    mine = f"staff@{where}"
    other = await (await office.person(f"section_chief@{where}")).submit(kind, form)
    untrue = await taken(office, mine, "completePapers", case, papersId=other["id"])
    assert problems(untrue) == {("papersId", "NOT_THEIR_LEAVE")}
    done = await taken(office, mine, "completePapers", case, papersId=asked["id"])
    assert done["state"] == "papers_complete"
    assert {each["state"] for each in done["clocks"]} == {"done"}


async def test_what_is_not_made_up_for_is_told_to_whoever_keeps_the_attendance(office: Api):
    case = await begun(office, "hrss-bureau")
    case = await taken(office, "director@hrss-bureau", "approve", case)
    await taken(office, "office_clerk@hrss-bureau", "file", case)
    keeper = await office.person("attendance_clerk@hrss-bureau")
    whom = await person_id(keeper, "staff@hrss-bureau")
    given = {"personId": whom, "onDay": "2026-03-02"}
    on_file = await enter(keeper, "AttendanceDay", **given, presence="ABSENT")
    assert problems(on_file) == {("presence", "AWAY_ON_FILE")}
    office.now = at("2026-03-05 00:10")
    await office.clocks()
    told = str(await keeper.one("{ notices { edges { node { sentence } } } }"))
    assert "补办书面请假手续" in told
    assert (await enter(keeper, "AttendanceDay", **given, presence="ABSENT"))["lineId"]


async def test_leave_whose_paper_is_rejected_is_no_leave_on_file(office: Api):
    case = await begun(office, "hrss-bureau")
    case = await taken(office, "director@hrss-bureau", "approve", case)
    case = await taken(office, "office_clerk@hrss-bureau", "file", case)
    staff = await office.person("staff@hrss-bureau")
    form = leave("2026-03-02", "2026-03-02", attachments=demanded("hrss-bureau", "leave.sick"))
    asked = await staff.submit("leave.sick", form)
    await taken(office, "staff@hrss-bureau", "completePapers", case, papersId=asked["id"])
    keeper = await office.person("attendance_clerk@hrss-bureau")
    whom = await person_id(keeper, "staff@hrss-bureau")
    given = {"personId": whom, "onDay": "2026-03-02", "presence": "ABSENT"}
    assert problems(await enter(keeper, "AttendanceDay", **given)) == {("presence", "AWAY_ON_FILE")}
    [step, *_] = asked["steps"]
    decider = await office.person(f"{step['role']}@hrss-bureau")
    assert (await decider.decide(step["id"], "REJECT", comment="不属实"))["status"] == "REJECTED"
    assert (await enter(keeper, "AttendanceDay", **given))["lineId"]
