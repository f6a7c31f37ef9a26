"""Who stays away from study asks beforehand and makes up for it; what one studies alone counts."""

from typing import Any

from tests.fleet import record
from tests.office import Api, Visitor, problems
from tests.sheets import strike_out
from tests.sittings import keep, never_met
from tests.small_shapes import at
from tests.stock import person_of
from tests.test_duties_served import nodes

BUREAU, CENTRE = "science-bureau", "service-centre"
CLOCKS = "{ clocks(first: 100) { edges { node { action state } } } }"


async def made_up(visitor: Visitor) -> list[str]:
    found = [each["node"] for each in (await visitor.one(CLOCKS))["edges"]]
    return [each["state"] for each in found if "补学" in each["action"]]


async def session(clerk: Visitor, begins: str) -> Any:
    given = {"body": "staff_meeting", "beginsAt": f"{begins}T14:30:00+08:00"}
    entry = {"topic": "学习文件", "hours": "2"}
    return await keep(clerk, "callStudySession", **{**given, **entry})


async def test_leave_from_study_is_asked_for_beforehand_and_the_session_is_made_up_for(api: Api):
    await never_met(api)
    await api.empty("own_studies", "clocks", "clock_changes")
    clerk, staff = [await api.person(f"{each}@{BUREAU}") for each in ("office_clerk", "staff")]
    sitting = await session(clerk, "2026-03-04")
    asked = {"explanation": "下乡核查", "sittingId": sitting["id"]}

    api.now = at("2026-03-05 09:00")
    before = await api.counts()
    late = await staff.submit("study.absence", asked)
    assert late["code"] == "AFTER_THE_FACT_NOT_ALLOWED", late
    assert late["clause"]["cite"] == "3"
    assert await api.counts() == before

    api.now = at("2026-03-03 09:00")
    request = await staff.submit("study.absence", asked)
    assert await made_up(staff) == []
    await (await api.person(f"deputy_in_charge@{BUREAU}")).agree()
    assert await made_up(staff) == ["RUNNING"]

    api.now = at("2026-03-04 17:00")
    mine = await person_of(api, staff.account)
    came = [{"personId": mine, "attended": False}]
    came.append({"personId": await person_of(api, clerk.account), "attended": True})
    held = await keep(clerk, "recordAttendance", sittingId=sitting["id"], members=came)
    assert [each["excused"] for each in held["members"] if each["excused"]] == [True]

    api.now = at("2026-03-10 09:00")
    studied = {"personId": mine, "studiedOn": "2026-03-09", "content": "补学文件", "hours": "2"}
    others = {**studied, "personId": await person_of(api, clerk.account)}
    before = await api.counts()
    refused = await record(clerk, "OwnStudy", **others, requestId=request["id"])
    assert {path for path, _ in problems(refused)} == {"personId"}, refused
    assert await api.counts() == before
    line = await record(staff, "OwnStudy", **studied, requestId=request["id"])
    assert isinstance(line, str), line
    assert await made_up(staff) == ["DONE"]
    await strike_out(staff, line)
    assert await made_up(staff) == ["RUNNING"]


async def test_each_of_the_centre_studies_alone_on_an_evening_of_every_month(api: Api):
    await api.empty("own_studies")
    staff = await api.person(f"staff@{CENTRE}")

    async def mine() -> list[str]:
        found = await nodes(staff, **{"from": "2026-03-31", "to": "2026-03-31", "mine": True})
        return [each["state"] for each in found if "自学" in each["activity"]]

    assert await mine() == ["DUE"]
    api.now = at("2026-03-20 09:00")
    given = {"studiedOn": "2026-03-19", "content": "业务知识", "hours": "1.5"}
    nothing = await record(staff, "OwnStudy", **given, personId="")
    assert nothing["code"] == "INVALID_INPUT"
    line = await record(staff, "OwnStudy", **given, personId=await person_of(api, staff.account))
    assert isinstance(line, str), line
    assert await mine() == ["DONE"]


async def test_full_time_study_is_paid_for_by_who_was_sent_and_holds_a_certificate(api: Api):
    await api.empty("study_expenses")
    clerk = await api.person("office_clerk@county-organs")
    given = {
        "personId": await person_of(api, "staff@county-organs"), "claimedOn": "2026-03-02",
        "beganOn": "2025-09-01", "endedOn": "2025-12-31", "neededForWork": True,
        "sentByCounty": True, "studyCertificate": "COMPLETION", "amount": "3600",
    }  # fmt: skip
    before = await api.counts()
    for lacking in ({"studyCertificate": "NONE"}, {"sentByCounty": False}):
        held = await record(clerk, "StudyExpense", **{**given, **lacking})
        assert problems(held) == {(*lacking, "NOT_ELIGIBLE")}, held
    assert await api.counts() == before
    assert isinstance(await record(clerk, "StudyExpense", **given), str)


async def test_what_an_exam_falls_short_of_is_told_as_a_rate(api: Api):
    await api.empty("study_exams")
    clerk = await api.person(f"office_clerk@{CENTRE}")
    sat = {"examExpected": 24, "examParticipants": 23, "examGoodResults": 22}
    given = {"heldOn": "2026-03-02", "exam": "业务考试", **sat}
    assert isinstance(await record(clerk, "StudyExam", **given), str)
    shown = """{ officeCounts(area: "study") { value limit kept clause { cite } } }"""
    rates = [each for each in await clerk.one(shown) if each["clause"]["cite"] == "五"]
    assert [(each["value"][:5], each["kept"]) for each in rates] == [
        ("95.83", False),
        ("95.65", False),
    ]
