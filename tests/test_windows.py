"""Windows, surveys, supervisors and proposals: what is entered, and what clauses refuse of it."""

from typing import Any

import pytest

from tests.correspondence import BIRTH_DATE
from tests.duty import enter, sign
from tests.fleet import person_id
from tests.office import Api, problems
from tests.openness import run
from tests.papers import demanded
from tests.small_shapes import at
from tests.surveys import surveyed
from tests.test_gate import cites, seen
from tests.test_household_journey import OF_CHILD, form

HALL, CENTRE, SCIENCE, POLICE = (
    "hrss-bureau", "service-centre", "science-bureau", "household-registration",
)  # fmt: skip
TABLES = (
    "hall_shifts", "hall_checks", "hall_logs", "household_officers", "household_handovers",
    "household_surveys", "household_birth_notices", "supervisors_changes",
    "supervisor_appointments", "proposal_progress", "proposal_answers", "proposal_assignments",
    "line_signatures", "cadence_records", "household_lodgers", "case_events", "household_fees",
)  # fmt: skip
DAY = "2026-03-02"
OFFICER = {
    "fromDay": DAY, "hallWindow": "城东所", "cityTrained": True, "postAssessmentPassed": True,
    "postCertificate": True, "knowsPolicy": True, "knowsProcedure": True,
    "operatesComputer": True, "detectsForgery": True,
}  # fmt: skip
OUT = {"explanation": "送件", "goingTo": "区政府"}
SUPERVISOR = {
    "appointedOn": DAY, "name": "罗海", "supervisorOrigin": "CONGRESS_DEPUTY",
    "supervisorFair": True, "supervisorInformed": True, "supervisorUpright": True,
    "supervisorHealthy": True, "certificate": "聘字1号",
}  # fmt: skip


@pytest.fixture
async def books(api: Api) -> Api:
    await api.empty(*TABLES)
    return api


async def test_who_is_at_a_window_is_set_down_and_what_checks_found_is_counted(books: Api):
    chief = await books.person(f"section_chief@{HALL}")
    clerk, staff = await books.person(f"office_clerk@{HALL}"), await books.person(f"staff@{HALL}")
    who = await person_id(staff, f"staff@{HALL}")
    seats = (await chief.one("{ viewer { seats { role unitId } } }"))["seats"]
    [unit] = [each["unitId"] for each in seats if each["role"] == "section_chief"]
    shift = {"day": "2026-03-03", "unitId": unit, "hallWindow": "3号", "personId": who}
    assert "lineId" in await enter(chief, "HallShift", **shift, hallPost="FRONT")
    twice = await enter(chief, "HallShift", **shift, hallPost="STANDBY")
    assert twice["__typename"] == "Refusal"
    shown = await seen(clerk, "{ hallShifts { edges { node { hallWindow hallPost } } } }")
    assert shown == [{"hallWindow": "3号", "hallPost": "FRONT"}]
    found = {"checkedAt": "2026-03-02T08:30:00+08:00", "personId": who, "servedWell": True}
    assert (await enter(staff, "HallCheck", **found, atPost=True))["code"] == "NOT_A_KEEPER"
    for there in (True, False, False):
        assert "lineId" in await enter(clerk, "HallCheck", **found, atPost=there)
    told = await clerk.one(
        '{ hallChecksStatement(from: "2026-03-01", to: "2026-03-31")'
        " { lines { name times away servedIll } } }"
    )
    [line] = told["lines"]
    assert (line["times"], line["away"], line["servedIll"]) == (3, 2, 0)


async def test_the_director_of_the_hall_keeps_its_log_once_a_day(books: Api):
    director = await books.person(f"hall_director@{CENTRE}")
    day = {"day": DAY, "attendance": "全勤", "dress": "整齐", "cleanliness": "好", "absences": "无"}
    assert "lineId" in await enter(director, "HallLog", **day, work="办件 31 件")
    again = await enter(director, "HallLog", **day, work="办件 31 件")
    assert again["__typename"] == "Refusal"


@pytest.mark.parametrize(
    ("lacks", "clause"), [("cityTrained", "九(一)3"), ("detectsForgery", "九(一)4")]
)
async def test_an_officer_takes_a_window_trained_and_certified_alone(
    books: Api, lacks: str, clause: str
):
    chief = await books.person(f"police_station_chief@{POLICE}")
    who = {"personId": await person_id(chief, f"household_officer@{POLICE}")}
    before = await books.counts()
    refused = await enter(chief, "HouseholdOfficer", **{**OFFICER, **who, lacks: False})
    assert (problems(refused), cites(refused)) == (
        {(lacks, "NOT_ELIGIBLE")},
        {f"window-work/{clause}"},
    )
    assert await books.counts() == before
    assert "lineId" in await enter(chief, "HouseholdOfficer", **OFFICER, **who)


FEE = {
    "takenOn": DAY, "payer": "周某", "feeItem": "HOUSEHOLD_PAPERS", "feeStandard": "5",
    "amount": "5", "feeReceipt": "PROVINCIAL", "receiptNumber": "鲁财 0001",
}  # fmt: skip


@pytest.mark.parametrize(
    ("told", "problem"),
    [
        ({"feeItem": "OTHER", "payer": "加急"}, ("feeItem", "NOT_ELIGIBLE")),
        ({"feeReceipt": "OTHER"}, ("feeReceipt", "NOT_ELIGIBLE")),
        ({"amount": "8"}, ("amount", "ABOVE_STANDARD")),
    ],
)
async def test_a_fee_is_taken_for_what_the_text_names_at_its_rate_and_on_its_receipt(
    books: Api, told: dict[str, str], problem: tuple[str, str]
):
    officer = await books.person(f"household_officer@{POLICE}")
    before = await books.counts()
    refused = await enter(officer, "HouseholdFee", **{**FEE, **told})
    assert (problems(refused), cites(refused)) == ({problem}, {"window-work/九(五)"})
    assert await books.counts() == before
    assert "lineId" in await enter(officer, "HouseholdFee", **FEE)


async def test_who_leaves_a_window_hands_it_over_and_the_next_signs(books: Api):
    officer = await books.person(f"household_officer@{POLICE}")
    second = f"household_officer_2@{POLICE}"
    given = {"onDay": DAY, "hallWindow": "城东所", "content": "印章、档案"}
    line = await enter(officer, "HouseholdHandover", **given, toId=await person_id(officer, second))
    assert "lineId" in await sign(await books.person(second), line["lineId"])


async def test_two_officers_ask_two_informed_persons_about_a_late_entry(books: Api):
    officer = await books.person(f"household_officer@{POLICE}")
    request = await officer.submit("household.birth_date", BIRTH_DATE)
    survey: dict[str, Any] = {
        "requestId": request["id"], "surveyedOn": DAY, "surveyOf": "LATE_ENTRY", "officers": 2,
        "officerNames": "樊婷婷、梁福林", "informedPersons": 2, "onSiteInvestigated": True,
        "reportComplete": True, "report": "属实",
    }  # fmt: skip
    for wrong, found, clause in (
        ({"officers": 1}, ("officers", "BELOW_QUOTA"), "late-entry/一(四)2"),
        ({"informedPersons": 1}, ("informedPersons", "BELOW_QUOTA"), "late-entry/一(四)2"),
        ({"papersOnly": True}, ("papersOnly", "NOT_ELIGIBLE"), "acceptance-and-authority/一(二)"),
        (
            {"reportComplete": False},
            ("reportComplete", "NOT_ELIGIBLE"),
            "acceptance-and-authority/一(二)",
        ),
    ):
        refused = await enter(officer, "HouseholdSurvey", **{**survey, **wrong})
        assert (problems(refused), cites(refused)) == ({found}, {clause})
    assert "lineId" in await enter(officer, "HouseholdSurvey", **survey)
    one = {"surveyOf": "MOVE_IN", "officers": 1, "informedPersons": 0}
    assert "lineId" in await enter(officer, "HouseholdSurvey", **{**survey, **one})


async def test_a_late_entry_is_not_sent_up_before_the_officers_have_reported(books: Api):
    officer = await books.person(f"household_officer@{POLICE}")
    late = {"age": 15, "hasBirthCertificate": False}
    papers = demanded(POLICE, "household.late_entry")
    form = {"explanation": "补录", **late, "attachments": papers}
    request = await officer.submit("household.late_entry", form)
    [step] = [each for each in request["steps"] if each["status"] == "OPEN"]
    area = await books.person(step["waitingFor"][0]["holders"][-1]["account"])
    before = await books.counts()
    refused = await area.decide(step["id"])
    assert (refused["code"], cites(refused)) == ("TURN_NOT_READY", {"late-entry/一(四)2"})
    assert await books.counts() == before
    survey = {
        "requestId": request["id"], "surveyedOn": DAY, "surveyOf": "LATE_ENTRY", "officers": 2,
        "officerNames": "樊婷婷、梁福林", "informedPersons": 2, "onSiteInvestigated": True,
        "reportComplete": True, "report": "属实",
    }  # fmt: skip
    assert "lineId" in await enter(officer, "HouseholdSurvey", **survey)
    for _ in range(2):
        [step] = [each for each in request["steps"] if each["status"] == "OPEN"]
        holder = await books.person(step["waitingFor"][0]["holders"][-1]["account"])
        request = await holder.decide(step["id"])
    [step] = [each for each in request["steps"] if each["status"] == "OPEN"]
    bureau = await books.person(step["waitingFor"][0]["holders"][0]["account"])
    refused = await bureau.decide(step["id"])
    assert (refused["code"], cites(refused)) == ("TURN_NOT_READY", {"responsibility/二(三)"})
    await surveyed(books, request["id"])
    assert (await bureau.decide(step["id"]))["status"] == "APPROVED"


async def test_a_change_of_name_is_not_approved_without_a_survey_and_the_paper_file(books: Api):
    officer = await books.person(f"household_officer@{POLICE}")
    child = {"age": 1, "renameKind": "PET_TO_SCHOOL_NAME", "parentsAgree": True}
    request = await officer.submit("household.rename", {"explanation": "改学名", **child})
    [step] = [each for each in request["steps"] if each["status"] == "OPEN"]
    area = await books.person(step["waitingFor"][0]["holders"][0]["account"])
    request = await area.decide(step["id"])
    [step] = [each for each in request["steps"] if each["status"] == "OPEN"]
    bureau = await books.person(step["waitingFor"][0]["holders"][0]["account"])
    survey = {
        "requestId": request["id"], "surveyedOn": DAY, "surveyOf": "OTHER", "officers": 2,
        "officerNames": "樊婷婷、梁福林", "onSiteInvestigated": True, "reportComplete": True,
        "report": "属实",
    }  # fmt: skip
    report, paper = "acceptance-and-authority/一(二)", "responsibility/二(三)"
    for entered, lacks in ((None, {report, paper}), (survey, {paper})):
        if entered:
            assert "lineId" in await enter(officer, "HouseholdSurvey", **entered)
        refused = await bureau.decide(step["id"])
        assert (refused["code"], cites(refused)) == ("TURN_NOT_READY", lacks)
    assert "lineId" in await enter(officer, "HouseholdSurvey", **survey, paperSent=True)
    assert (await bureau.decide(step["id"]))["status"] == "APPROVED"


async def test_a_supervisor_is_of_a_kind_that_the_text_names_and_is_let_go_for_a_reason(books: Api):
    clerk = await books.person(f"office_clerk@{HALL}")
    for wrong, found in (
        ({"supervisorOrigin": "OTHER"}, {("supervisorOrigin", "NOT_ELIGIBLE")}),
        ({"supervisorHealthy": False}, {("supervisorHealthy", "NOT_ELIGIBLE")}),
    ):
        assert (
            problems(await enter(clerk, "SupervisorAppointment", **{**SUPERVISOR, **wrong}))
            == found
        )
    line = await enter(clerk, "SupervisorAppointment", **SUPERVISOR)
    gone = {"appointmentId": line["lineId"], "changedOn": DAY, "adjustmentGround": "MOVED"}
    assert problems(await enter(clerk, "SupervisorsChange", **gone, reason=" ")) == {
        ("reason", "REQUIRED")
    }
    assert "lineId" in await enter(clerk, "SupervisorsChange", **gone, reason="调离本区")


async def test_a_proposal_of_weight_is_talked_over_and_its_progress_is_kept(books: Api):
    clerk = await books.person(f"office_clerk@{SCIENCE}")
    handler = await person_id(clerk, f"staff@{SCIENCE}")
    taken = await enter(
        clerk, "ProposalAssignment", takenOn=DAY, title="科普馆建设", handlerId=handler
    )
    of = {"assignmentId": taken["lineId"]}
    answer = {**of, "receivedOn": DAY, "talkedOver": True, "mustMeet": True}
    assert problems(await enter(clerk, "ProposalAnswer", **answer)) == {("met", "NOT_TALKED_OVER")}
    assert "lineId" in await enter(clerk, "ProposalAnswer", **answer, met="3月1日面商")
    done = {**of, "reportedOn": DAY, "progress": "已答复并归档", "filedAs": "2026-提案-3"}
    assert "lineId" in await enter(clerk, "ProposalProgress", **done)
    shown = await seen(clerk, "{ proposalProgress { edges { node { progress filedAs } } } }")
    assert shown == [{"progress": "已答复并归档", "filedAs": "2026-提案-3"}]


async def test_family_planning_is_told_of_each_birth_once(books: Api):
    staff = await books.person(f"staff@{POLICE}")
    birth = {"age": 0, "hasBirthCertificate": True, "parentsSamePlace": True, "reason": "ORDINARY"}
    asked = form(*OF_CHILD, **birth, outOfWedlock=False, registeringWith="MOTHER")
    request = await staff.submit("household.birth", asked)
    turn = request["steps"][0]
    holder = turn["waitingFor"][0]["holders"][0]["account"]
    await (await books.person(holder)).decide(turn["id"])
    told = {"requestId": request["id"], "toldOn": DAY, "toldTo": "计划生育办公室"}
    officer = await books.person(f"household_officer@{POLICE}")
    assert "lineId" in await enter(officer, "HouseholdBirthNotice", **told)
    again = await enter(officer, "HouseholdBirthNotice", **told)
    assert again["__typename"] == "Refusal"


async def test_a_window_is_left_for_half_an_hour_four_times_a_month(books: Api):
    clerk = await books.person(f"window_staff@{CENTRE}")
    director = await books.person(f"hall_director@{CENTRE}")

    async def leaves(day: str) -> Any:
        times = {"departs": f"{day}T10:00:00+08:00", "returns": f"{day}T10:20:00+08:00"}
        return await clerk.submit("outing.official", {**OUT, **times})

    for day in range(2, 6):
        books.now = at(f"2026-03-{day:02} 08:00")
        assert (await leaves(f"2026-03-{day:02}"))["status"] == "PENDING"
        await director.agree()
    books.now = at("2026-03-30 08:00")
    fifth = await leaves("2026-03-30")
    assert (cites(fifth), problems(fifth)) == ({"window-staff/窗口 7"}, {("", "ABOVE_QUOTA")})
    books.now = at("2026-04-01 08:00")
    assert (await leaves("2026-04-01"))["status"] == "PENDING"


@pytest.mark.parametrize(("area", "due"), [("URBAN", "03-03T20:00"), ("RURAL", "03-05T20:00")])
async def test_somebody_from_abroad_is_declared_within_the_hours_of_the_place(
    books: Api, area: str, due: str
):
    officer = await books.person(f"household_officer@{POLICE}")
    books.now = at("2026-03-02 21:00")
    came = {"arrivedAt": "2026-03-02T20:00:00+08:00", "areaType": area, "lodgerName": "安娜"}
    stay = await run(
        officer, "beginHouseholdLodger", "HouseholdLodger", {**came, "hostName": "樊树"}
    )
    [clock] = stay["clocks"]
    assert clock["dueAt"].startswith(f"2026-{due}")
    given = {"caseId": stay["id"], "expectedVersion": stay["version"]}
    take = officer, "declareHouseholdLodger", "HouseholdLodger"
    early = await run(*take, {**given, "declaredAt": "2026-03-02T19:00:00+08:00"})
    assert problems(early) == {("declaredAt", "END_BEFORE_START")}
    books.now = at("2026-03-06 09:00")
    await books.clocks()
    told = str(await seen(officer, "{ notices { edges { node { sentence } } } }"))
    assert "申报住宿登记" in told
    done = await run(*take, {**given, "declaredAt": "2026-03-06T09:00:00+08:00"})
    assert done["state"] == "declared"
