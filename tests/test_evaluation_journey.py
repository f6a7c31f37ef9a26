"""A year's evaluation at the human resources bureau, as its people conduct it through the API."""

from uuid import uuid4

import pytest

from resolvers.ground.keys import new_id
from schema.ground.ids import global_id
from tests.office import CLAUSE, REFUSAL, Api, Visitor, cites, problems
from tests.papers import papers

ROUND = f"""id year inPerson openedAt closedAt resolution findings {{ code clause {{ {CLAUSE} }} }}
  sections {{ unitId unit total review place tied tier unstated
    components {{ item label points clause {{ {CLAUSE} }} }} counted {{ measure value }}
    marks {{ id measure value reason recordedBy cancelledAt clause {{ {CLAUSE} }} }}
    panels {{ panel line ballots mean weight clause {{ {CLAUSE} }} }}
    targets {{ requestId number title standard confirmed }} }}"""
HRSS = "hrss-bureau"
CLERK, GROUP = "office_clerk@hrss-bureau", "evaluation_group@hrss-bureau"
TARGET = {"explanation": "全年新增就业", "title": "新增就业 5000 人", "begins": "2026-01-05"}
TARGET |= {"standard": "按月完成", "responsible": "王科长"}
BUSINESS = {"clause": "performance/三", "measure": "business_points", "reason": "验收"}
LATE = {"clause": "performance/三㈡3⑴", "measure": "late", "value": 3, "reason": "考勤记录"}
AWARD = {"clause": "performance/四㈦", "measure": "awards_district", "value": 1, "reason": "表彰"}
RESULT = {
    "explanation": "2026 年度考核结果",
    "attachments": papers("总成绩", "分档草案"),
}
CHIEFS = {
    "就业促进科": "section_chief@hrss-bureau",
    "社会保险科": "section_chief_2@hrss-bureau",
}


async def act(visitor: Visitor, name: str, key: str | None = None, **given):
    words = name[0].upper() + name[1:]
    answer = await visitor.one(
        f"mutation ($input: {words}Input!) {{ {name}(input: $input) {{ __typename"
        f" ... on EvaluationKept {{ round {{ {ROUND} }} }} ... on Refusal {{ {REFUSAL} }} }} }}",
        {"input": {**given, "idempotencyKey": key or str(uuid4())}},
    )
    return answer.get("round", answer)


async def read(visitor: Visitor, round_id: str):
    asked = f"query ($id: ID!) {{ evaluationRound(id: $id) {{ {ROUND} }} }}"
    return await visitor.one(asked, {"id": round_id})


def section(round_, name):
    return next(each for each in round_["sections"] if each["unit"] == name)


def of(round_, name):
    """What an act on a section says of where."""
    return {"roundId": round_["id"], "unitId": section(round_, name)["unitId"]}


@pytest.fixture
async def clerk(api: Api):
    tables = ("ballots", "marks", "results", "rounds")
    await api.empty(*(f"evaluation_{name}" for name in tables))
    return await api.person(CLERK)


@pytest.fixture
async def opened(clerk):
    return await act(clerk, "openEvaluationRound", institution=HRSS, year=2026)


async def scored(clerk, round_):
    """Business points for each section, one point apart."""
    for index, each in enumerate(round_["sections"]):
        round_ = await act(
            clerk, "recordEvaluationMark", **of(round_, each["unit"]), **BUSINESS, value=66 - index
        )
    return round_


async def resolved(api, clerk):
    """The request for the result, voted on by the party group."""
    request = await clerk.submit("evaluation.result", RESULT)
    assert request["__typename"] != "Refusal", request["problems"]
    await (await api.person("party_group@hrss-bureau")).agree()
    return request["id"]


async def test_a_year_s_evaluation_from_targets_to_results(api, clerk, opened):
    assert len(opened["sections"]) == 7
    assert {each["total"] for each in opened["sections"]} == {None}

    chief = await api.person("section_chief@hrss-bureau")
    proposed = await chief.submit("evaluation.target", TARGET)
    assert [step["role"] for step in proposed["steps"]][:2] == ["deputy_in_charge", "office_clerk"]
    [shown] = section(await read(clerk, opened["id"]), "就业促进科")["targets"]
    assert (shown["title"], shown["confirmed"]) == ("新增就业 5000 人", False)
    deputy = await api.person("deputy_in_charge@hrss-bureau")
    await deputy.agree()
    await clerk.agree()
    waiting = [each for each in (deputy, chief, clerk) for _ in await each.inbox()]
    while waiting:
        await waiting[0].agree()
        waiting = [each for each in (deputy, chief, clerk) for _ in await each.inbox()]
    [shown] = section(await read(clerk, opened["id"]), "就业促进科")["targets"]
    assert shown["confirmed"]

    round_ = await scored(clerk, opened)
    round_ = await act(clerk, "recordEvaluationMark", **of(round_, "就业促进科"), **LATE)
    round_ = await act(clerk, "recordEvaluationMark", **of(round_, "社会保险科"), **AWARD)
    found = section(round_, "就业促进科")
    points = {
        each["label"]: (each["points"], *cites([each["clause"]])) for each in found["components"]
    }
    assert points["迟到"] == ("-1.5", "performance/三㈡3⑴")
    before = {each["unit"]: 96 - index for index, each in enumerate(opened["sections"])}
    assert float(found["total"]) == before["就业促进科"] - 1.5
    assert float(section(round_, "社会保险科")["total"]) == before["社会保险科"] + 1

    rater = await api.person("section_chief_2@hrss-bureau")
    await act(rater, "rateEvaluatedSection", **of(round_, "就业促进科"), rating="88.5")
    director = await api.person("director@hrss-bureau")
    await act(director, "rateEvaluatedSection", **of(round_, "就业促进科"), rating="91.5")
    entered = {"panel": "client_rating", "ratings": ["80", "100"] * 100}
    round_ = await act(clerk, "enterEvaluationRatings", **of(round_, "就业促进科"), **entered)
    panels = {each["panel"]: each for each in section(round_, "就业促进科")["panels"]}
    assert (panels["leader_rating"]["ballots"], panels["leader_rating"]["mean"]) == (2, "90.0")
    assert (panels["client_rating"]["ballots"], panels["client_rating"]["mean"]) == (200, "90")
    assert panels["supervisor_rating"]["mean"] is None
    assert {each["weight"] for each in panels.values()} == {None}
    assert section(round_, "就业促进科")["review"] is None
    assert section(round_, "就业促进科")["total"] == found["total"]

    codes = {each["code"] for each in round_["findings"]}
    assert {"PANEL_WEIGHTS_OPEN", "TIER_SIZES_OPEN"} <= codes
    assert {each["tier"] for each in round_["sections"]} == {None}
    assert min(each["place"] for each in round_["sections"]) == 1

    await api.wait(minutes=1)
    request = await resolved(api, clerk)
    closed = await act(clerk, "closeEvaluationRound", roundId=round_["id"], requestId=request)
    assert closed.get("closedAt"), closed
    assert closed["resolution"]
    totals = "select name, total::text as total, place from evaluation_results"
    kept = {row["name"]: (row["total"], row["place"]) for row in await api.rows(totals)}
    assert kept == {each["unit"]: (each["total"], each["place"]) for each in closed["sections"]}
    events = """select event from ledger where event like 'evaluation_%' and institution_id = $1
                order by seq desc limit 3"""
    told = [row["event"].partition("_")[2] for row in await api.rows(events, HRSS)]
    assert told == ["closed", "rated", "rated"]
    for name, given in (
        ("recordEvaluationMark", {**of(round_, "就业促进科"), **LATE}),
        ("enterEvaluationRatings", {**of(round_, "就业促进科"), **entered}),
        ("closeEvaluationRound", {"roundId": round_["id"], "requestId": request}),
    ):
        assert (await act(clerk, name, **given))["code"] == "ROUND_CLOSED", name
    staff = await api.person("staff@hrss-bureau")
    assert await read(staff, round_["id"]) == closed


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"clause": "performance/九十九"}, ("clause", "CLAUSE_NOT_SCORED")),
        ({"clause": "attendance-measures/三(一)"}, ("clause", "CLAUSE_NOT_SCORED")),
        ({"measure": "awards_district"}, ("measure", "UNKNOWN_MEASURE")),
        ({"value": -1}, ("value", "TOO_SMALL")),
        ({"value": 10**9}, ("value", "TOO_LARGE")),
        ({"value": "许多"}, ("value", "WRONG_TYPE")),
        ({"value": {"points": 5}}, ("value", "WRONG_TYPE")),
        ({"value": 0}, ("value", "NOTHING_SPEAKS")),
        ({"reason": " "}, ("reason", "REQUIRED")),
        ({"reason": "长" * 501}, ("reason", "TOO_LONG")),
        ({"unitId": global_id("Unit", uuid4())}, ("unitId", "UNKNOWN_UNIT")),
        ({"unitId": "x"}, ("unitId", "INVALID_ID")),
        ({"roundId": global_id("EvaluationRound", uuid4())}, ("roundId", "ROUND_NOT_FOUND")),
    ],
)
async def test_a_mark_that_no_row_counts_is_refused_and_nothing_kept(
    api, clerk, opened, given, problem
):
    before = await api.counts()
    asked = {**of(opened, "就业促进科"), **LATE, **given}
    assert problems(await act(clerk, "recordEvaluationMark", **asked)) == {problem}
    assert await api.counts() == before


async def test_nobody_marks_or_rates_their_own_section(api, clerk, opened):
    group = await api.person(GROUP)
    own = await act(group, "recordEvaluationMark", **of(opened, "办公室"), **LATE)
    assert own["code"] == "OWN_EVALUATION"
    other = await act(group, "recordEvaluationMark", **of(opened, "就业促进科"), **LATE)
    assert "code" not in other, other
    for unit, chief in CHIEFS.items():
        visitor = await api.person(chief)
        answer = await act(visitor, "rateEvaluatedSection", **of(opened, unit), rating="100")
        assert answer["code"] == "OWN_EVALUATION", unit


async def test_a_ballot_is_cast_once_in_person_and_on_the_scale(api, clerk, opened):
    director = await api.person("director@hrss-bureau")
    asked = of(opened, "就业促进科")
    for rating, code in (("-1", "TOO_SMALL"), ("100.01", "TOO_LARGE")):
        refused = await act(director, "rateEvaluatedSection", **asked, rating=rating)
        assert problems(refused) == {("rating", code)}
    await act(director, "rateEvaluatedSection", **asked, rating="90")
    again = await act(director, "rateEvaluatedSection", **asked, rating="91")
    assert again["code"] == "ALREADY_RATED"
    for panel, code in (("leader_rating", "CAST_IN_PERSON"), ("weather", "UNKNOWN_PANEL")):
        refused = await act(clerk, "enterEvaluationRatings", **asked, panel=panel, ratings=["90"])
        assert problems(refused) == {("panel", code)}
    for ratings, code in (([], "REQUIRED"), (["90"] * 1001, "TOO_LARGE")):
        refused = await act(
            clerk, "enterEvaluationRatings", **asked, panel="client_rating", ratings=ratings
        )
        assert problems(refused) == {("ratings", code)}


async def test_a_cancelled_mark_stays_to_be_seen_and_counts_nothing(clerk, opened):
    round_ = await scored(clerk, opened)
    total = section(round_, "就业促进科")["total"]
    round_ = await act(clerk, "recordEvaluationMark", **of(round_, "就业促进科"), **LATE)
    late = section(round_, "就业促进科")["marks"][-1]
    gone = {"markId": late["id"], "reason": "记错科室"}
    found = section(await act(clerk, "cancelEvaluationMark", **gone), "就业促进科")
    assert found["total"] == total
    assert found["marks"][-1]["cancelledAt"]
    assert problems(await act(clerk, "cancelEvaluationMark", **gone)) == {
        ("markId", "MARK_CANCELLED")
    }
    unknown = {"markId": global_id("EvaluationMark", new_id()), "reason": "-"}
    refused = await act(clerk, "cancelEvaluationMark", **unknown)
    assert problems(refused) == {("markId", "MARK_NOT_FOUND")}


async def test_a_round_closes_by_an_approved_request_for_these_very_results(api, clerk, opened):
    asked = {"roundId": opened["id"]}
    early = await act(
        clerk, "closeEvaluationRound", **asked, requestId=global_id("Request", new_id())
    )
    assert early["code"] == "EVALUATION_INCOMPLETE"
    assert len(early["problems"]) == 7
    round_ = await scored(clerk, opened)
    await api.wait(minutes=1)
    pending = await clerk.submit("evaluation.result", RESULT)
    refused = await act(clerk, "closeEvaluationRound", **asked, requestId=pending["id"])
    assert problems(refused) == {("requestId", "NOT_APPROVED")}
    await (await api.person("party_group@hrss-bureau")).agree()
    await api.wait(minutes=1)
    await act(clerk, "recordEvaluationMark", **of(round_, "就业促进科"), **LATE)
    refused = await act(clerk, "closeEvaluationRound", **asked, requestId=pending["id"])
    assert problems(refused) == {("requestId", "RESULT_CHANGED_SINCE")}
    chief = await api.person("section_chief@hrss-bureau")
    other = await chief.submit("evaluation.target", {**TARGET, "explanation": "别的申请"})
    refused = await act(clerk, "closeEvaluationRound", **asked, requestId=other["id"])
    assert problems(refused) == {("requestId", "NOT_THIS_RESULT")}
    unknown = global_id("Request", new_id())
    refused = await act(clerk, "closeEvaluationRound", **asked, requestId=unknown)
    assert problems(refused) == {("requestId", "REQUEST_NOT_FOUND")}


async def test_a_year_has_one_round_and_the_same_key_opens_it_once(api, clerk):
    key, asked = str(uuid4()), {"institution": HRSS, "year": 2026}
    first = await act(clerk, "openEvaluationRound", key, **asked)
    assert await act(clerk, "openEvaluationRound", key, **asked) == first
    again = await act(clerk, "openEvaluationRound", **asked)
    assert problems(again) == {("year", "ROUND_EXISTS")}
    for year, code in ((1900, "TOO_SMALL"), (2999, "TOO_LARGE")):
        refused = await act(clerk, "openEvaluationRound", institution=HRSS, year=year)
        assert problems(refused) == {("year", code)}
    listed = f"query ($of: String!) {{ evaluationRounds(institution: $of) {{ {ROUND} }} }}"
    assert await clerk.one(listed, {"of": HRSS}) == [first]
    other = await clerk.ask(listed, {"of": "science-bureau"})
    assert other.codes == ["OTHER_INSTITUTION"]


async def test_another_institution_sees_and_opens_nothing_here(api, clerk, opened):
    stranger = await api.person("director@science-bureau")
    assert await read(stranger, opened["id"]) is None
    rated = await act(stranger, "rateEvaluatedSection", **of(opened, "就业促进科"), rating="1")
    assert problems(rated) == {("roundId", "ROUND_NOT_FOUND")}
    refused = await act(clerk, "openEvaluationRound", institution="science-bureau", year=2026)
    assert refused["code"] == "OTHER_INSTITUTION"
    elsewhere = await api.person("office_clerk@service-centre")
    refused = await act(elsewhere, "openEvaluationRound", institution="service-centre", year=2026)
    assert refused["code"] == "NO_EVALUATION_SCHEME"


async def test_only_the_office_and_the_group_conduct_a_round(api, clerk, opened):
    staff = await api.person("staff@hrss-bureau")
    asked, before = of(opened, "社会保险科"), await api.counts()
    entered = {"panel": "client_rating", "ratings": ["80"]}
    for name, given in (
        ("recordEvaluationMark", {**asked, **LATE}),
        ("enterEvaluationRatings", {**asked, **entered}),
        ("rateEvaluatedSection", {**asked, "rating": "90"}),
        ("rateEvaluatedSection", {**asked, "panel": "leader_rating", "rating": "90"}),
        ("openEvaluationRound", {"institution": HRSS, "year": 2027}),
    ):
        assert (await act(staff, name, **given))["code"] == "NOT_YOURS_TO_DO", name
    assert await api.counts() == before
