"""What an evaluation leads to: letters signed, results told and filed, the last placed treated."""

from decimal import Decimal
from uuid import uuid4

import pytest

from domain.areas.evaluation.cases import YearGrade
from domain.shapes.eligibility import reasons
from policies import loading
from tests.document_office import ALSO, SIGNED_IN, Papers, office
from tests.office import REFUSAL, Api, problems
from tests.papers import papers as files
from tests.small_shapes import at
from tests.test_counted_served import enter
from tests.test_decisions import told as codes_of

__all__ = ["office"]
HRSS, BUREAU, COUNTY = "hrss-bureau", "construction-bureau", "county-organs"
ALSO |= {
    "EvaluationLetter": "title responsibilityCopies sentTo",
    "EvaluationOutcome": "year result toldOn",
    "PersonnelLastPlaced": "title treatment standbyMonths",
}
TASK = f"""mutation ($input: RecordEvaluationTaskInput!) {{ recordEvaluationTask(input: $input) {{
  __typename ... on LineEntered {{ lineId }} ... on Refusal {{ {REFUSAL} }} }} }}"""
CHIEF, CLERK, DEPUTY = "section_chief", "office_clerk", "deputy_in_charge"


async def unit_of(papers: Papers, role: str) -> str:
    seats = await (await papers.as_(role)).one("{ viewer { seats { role unitId } } }")
    return next(each["unitId"] for each in seats["seats"] if each["role"] == role)


async def test_a_sections_year_is_told_assessed_scored_tiered_and_fed_back(office: Api):
    papers = Papers(office, HRSS, "EvaluationOutcome")
    unnamed = await papers.begin(CHIEF, year=2026)
    assert problems(unnamed) == {("unitId", "REQUIRED")}
    ahead = await papers.begin(CHIEF, year=2027, unitId=await unit_of(papers, CHIEF))
    assert problems(ahead) == {("year", "NOT_YET_HAPPENED")}
    await papers.begin(CHIEF, year=2026, unitId=await unit_of(papers, CHIEF))
    assert papers.case["state"] == "year_ended"
    assert await papers.no(DEPUTY, "assess") == {("NO_TRANSITION", "四㈡")}
    account = {"acceptance": "新增就业5000人，已完成"}
    long = await papers.no(CHIEF, "self_assess", **account, summaryCharacters=2001)
    assert long == {("GUARD_NOT_MET", "四")}
    await papers.goes(CHIEF, "self_assess", "self_assessed", **account, summaryCharacters=2000)
    assert await papers.no(CHIEF, "assess") == {("NOT_YOURS_TO_DO", "四㈡")}
    await papers.goes(DEPUTY, "assess", "leader_assessed", opinion="完成较好")
    await papers.goes(CHIEF, "report", "reported", report="综合报告附后")
    for event, state in (("review", "panel_reviewed"), ("settle_extras", "extras_settled")):
        await papers.goes(CLERK, event, state)
    await papers.goes(CLERK, "convert", "scored", result="总成绩92.5分")
    assert await papers.no(CLERK, "tier", result="一档") == {("NOT_YOURS_TO_DO", "四㈤")}
    await papers.goes("party_group", "tier", "tiered", result="一档")
    assert ("REQUIRED", "四㈥") in await papers.no(CLERK, "notify")
    ahead = await papers.no(CLERK, "notify", toldOn="2026-12-30")
    assert ahead == {("NOT_YET_HAPPENED", "四㈥")}
    assert (await papers.goes(CLERK, "notify", "notified", toldOn="2026-03-02"))["result"] == "一档"
    assert "EVALUATION_TOLD" in await codes_of(papers, CHIEF)


async def test_a_target_is_signed_for_in_three_copies_and_adjusted_in_july_alone(office: Api):
    papers = Papers(office, HRSS, "EvaluationLetter")
    chief = await papers.as_(CHIEF)
    named = {"explanation": "全年新增就业", "title": "新增就业5000人"}
    bare = problems(await chief.submit("evaluation.target", named))
    lacking = ("begins", "standard", "responsible")
    assert bare == {(each, "NEEDED_BY_RULES") for each in lacking}
    content = {"begins": "2026-01-01", "standard": "按月完成", "responsible": "王科长"}
    target = {**named, **content}
    await papers.approved(await papers.asked("evaluation.target", CHIEF, **target))
    assert (await papers.read(CHIEF))["state"] == "confirmed"
    two = await papers.no(CHIEF, "sign", responsibilityCopies=2)
    assert two == {("GUARD_NOT_MET", "三㈠2")}
    assert {code for code, _ in await papers.no(CHIEF, "sign", responsibilityCopies=3)} == {
        "REQUIRED"
    }
    content |= {"ends": "2027-06-30"}
    across = await papers.no(CHIEF, "sign", responsibilityCopies=3, **content)
    assert {code for code, _ in across} == {"REQUIRED"}, "how much of it this year"
    content |= {"yearProgress": "年内完成4000人"}
    await papers.goes(CHIEF, "sign", "signed", responsibilityCopies=3, **content)
    await papers.goes(CLERK, "announce", "announced", sentTo="社会监督员、服务对象、局领导")
    assert await papers.no(CHIEF, "adjust", reason="新任务") == {("GUARD_NOT_MET", "三㈠3")}
    [adjust] = [each for each in (await papers.read(CHIEF))["next"] if each["event"] == "adjust"]
    assert [each["code"] for each in adjust["reasons"]] == ["GUARD_NOT_MET"]
    letter = papers.case["id"]
    await office.wait(days=130)
    SIGNED_IN.clear()
    papers = Papers(office, HRSS, "EvaluationLetter")
    papers.case = {"id": letter}
    await papers.goes(CHIEF, "adjust", "drafting", reason="新增稳岗任务")
    again = {**target, "explanation": "调整为6000人", "letterId": letter}
    await papers.approved(await papers.asked("evaluation.target", CHIEF, **again))
    assert (await papers.read(CHIEF))["state"] == "confirmed"


async def test_a_result_is_ranked_then_published_then_filed(office: Api):
    papers = Papers(office, BUREAU, "EvaluationOutcome")
    unit = await unit_of(papers, CHIEF)
    await papers.begin("assessment_group", year=2026, resultOf="TARGETS", unitId=unit)
    early = await papers.no(CLERK, "publish", circular="区建〔2026〕3号")
    assert early == {("NO_TRANSITION", "六(考核结果的运用)1")}
    await papers.goes("assessment_group", "rank", "ranked", result="第2名")
    assert await papers.no(CLERK, "file", filedOn="2026-03-02") == {
        ("NO_TRANSITION", "六(考核结果的运用)1")
    }
    await papers.goes(CLERK, "publish", "published", circular="区建〔2026〕3号")
    await papers.goes(CLERK, "file", "filed", filedOn="2026-03-02")


async def test_whoever_was_not_assessed_before_it_closed_is_not_assessed_later(office: Api):
    papers = Papers(office, COUNTY, "EvaluationOutcome")
    person = await papers.person("staff")
    await papers.begin(CLERK, year=2026, personId=person)
    await papers.goes(CLERK, "close", "closed_without_person")
    assert await papers.no(CLERK, "assess") == {("NO_TRANSITION", "第三十四条")}
    before = await office.counts()
    again = await papers.begin(CLERK, year=2026, personId=person)
    assert (again["code"], again["clause"]["cite"]) == ("BEGUN_ALREADY", "第三十四条")
    assert await office.counts() == before
    assert "code" not in (await papers.begin(CLERK, year=2025, personId=person) or {})


async def test_whoever_was_not_assessed_is_not_assessed_after_the_next_march(office: Api):
    papers = Papers(office, COUNTY, "EvaluationOutcome")
    await papers.begin(CLERK, year=2025, personId=await papers.person("staff"))
    office.now = at("2026-04-01 09:00")
    missed = await papers.no(CLERK, "assess", yearGrade="QUALIFIED")
    assert missed == {("EXCLUDED", "990")}, missed
    office.now = at("2026-03-31 09:00")
    await papers.goes(CLERK, "assess", "assessed", yearGrade="QUALIFIED")
    await papers.begin(CLERK, year=2024, personId=await papers.person("section_chief"))
    assert await papers.no(CLERK, "assess") == {("EXCLUDED", "第三十四条")}


async def test_who_refused_training_or_was_long_away_is_not_given_the_grade(
    office: Api,
):
    await office.empty("occurrences", "evaluation_outcomes")
    papers = Papers(office, COUNTY, "EvaluationOutcome")
    clerk, person = await papers.as_(CLERK), await papers.person("staff")
    for year in (2026, 2025):
        await papers.begin(CLERK, year=year, personId=person)
        if year == 2026:
            line = await enter(clerk, "training_refused", "2026-02-20", personId=person)
            refused = await papers.no(CLERK, "assess", yearGrade="QUALIFIED")
            assert refused == {("EXCLUDED", "第二十四条")}
            await enter(clerk, "special_leave=3", "2026-02-21", personId=person)
            none = await papers.no(CLERK, "assess", yearGrade="UNQUALIFIED")
            assert none == {("EXCLUDED", "(第八条)")}
            assert isinstance(line, str)
        else:
            await papers.goes(CLERK, "assess", "assessed", yearGrade="EXCELLENT")


@pytest.mark.parametrize(
    ("away", "barred"),
    [
        ({"year_total_days": 19}, set()),
        ({"year_total_days": 20}, {"excellent"}),
        ({"sick_months_year": Decimal("5.5")}, set()),
        ({"sick_months_year": 6}, set(YearGrade)),
    ],
)
def test_a_grade_falls_away_from_the_figure_on_that_the_county_names(away, barred):
    rows = loading.shipped(COUNTY).shapes.eligibility
    rows = [row for row in rows if row.subject == "evaluation.outcome.assess"]
    told = {name: Decimal(days) for name, days in away.items()}
    against = {each for each in YearGrade if reasons(rows, {**told, "year_grade": each.value})}
    assert against == barred


async def test_what_the_committee_resolved_on_the_last_placed_is_announced_then_carried_out(
    office: Api,
):
    papers = Papers(office, BUREAU, "PersonnelLastPlaced")
    asked = {"explanation": "全年二次民主评议末位",
             "attachments": files("民主测评排名")}  # fmt: skip
    await papers.approved(await papers.asked("personnel.last_place", "staff", **asked))
    assert (await papers.read("branch_secretary"))["state"] == "decided"
    branch, person = "branch_secretary", await papers.person("staff_2")
    assert await papers.no(branch, "carry_out") == {("NO_TRANSITION", "四")}
    told = {"personId": person, "treatment": "待岗", "announcedOn": "2026-03-02"}
    assert await papers.no("personnel_section", "announce", **told) == {("NOT_YOURS_TO_DO", "四")}
    await papers.goes(branch, "announce", "announced", **told)
    seven = await papers.no(branch, "carry_out", standbyMonths=7)
    assert ("GUARD_NOT_MET", "四") in seven
    unsaid = await papers.no(branch, "carry_out", standbyMonths=7, standbyUnusual=True)
    assert unsaid == {("REQUIRED", "四")}
    endless = await papers.no(branch, "carry_out", standbyMonths=6)
    assert endless == {("REQUIRED", "四")}, "when it ends"
    time_off = {"standbyMonths": 3, "offUntil": "2026-03-03"}
    await papers.goes(branch, "carry_out", "carried_out", **time_off)
    assert not (await papers.read(branch))["overdue"]
    await office.wait(days=3)
    assert (await papers.read(branch))["overdue"], "the time is over and nothing was arranged"
    assert ("REQUIRED", "四") in await papers.no(branch, "reinstate")
    await papers.goes(branch, "reinstate", "reinstated", arrangement="表现较好，回原岗位")
    assert {"LAST_PLACE_ANNOUNCED", "BACK_ON_POST"} <= await codes_of(papers, "staff_2")


async def test_the_tasks_of_a_year_are_broken_down_to_sections_and_people(office: Api):
    papers = Papers(office, COUNTY, "EvaluationOutcome")
    clerk, staff = await papers.as_(CLERK), await papers.as_("staff")
    task = {
        "setOn": "2026-03-02",
        "task": "编制年度预算",
        "quantity": "一份",
        "progress": "三月底前",
        "standard": "经局务会通过",
        "job": "预算编制岗",
        "unitId": await unit_of(papers, "staff"),
        "personId": await papers.person("staff"),
    }
    for who, told in ((staff, "Refusal"), (clerk, "LineEntered")):
        given = {"input": {**task, "idempotencyKey": str(uuid4())}}
        assert (await who.one(TASK, given))["__typename"] == told
    without = {"input": {**task, "standard": " ", "idempotencyKey": str(uuid4())}}
    assert problems(await clerk.one(TASK, without)) == {("standard", "REQUIRED")}
