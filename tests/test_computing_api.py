"""Clauses that compute, asked with wrong, unknown or raw measures, lists of totals and nonsense."""

from typing import Any

import pytest

from tests.office import Api, problems
from tests.test_shapes_api import ANSWERS, REFUSED, preview

BUREAU, HRSS, CENTRE = "construction-bureau", "hrss-bureau", "service-centre"


async def asked(api: Api, institution: str, name: str, **given: Any) -> Any:
    staff = await api.person(f"staff@{institution}")
    return await preview(staff, name, institution=institution, **given)


@pytest.mark.parametrize(
    ("measures", "expected"),
    [
        ({"late_early_count": -1}, {("measures.late_early_count", "TOO_SMALL")}),
        ({"late_early_count": 2.5}, {("measures.late_early_count", "WRONG_TYPE")}),
        ({"late_early_count": True}, {("measures.late_early_count", "WRONG_TYPE")}),
        ({"late_early_count": [1, 2]}, {("measures.late_early_count", "WRONG_TYPE")}),
        ({"late_early_triples": 4}, {("measures.late_early_triples", "UNKNOWN_MEASURE")}),
        ({"absent_days": "-0.5"}, {("measures.absent_days", "TOO_SMALL")}),
        ({"absent_days": None}, {("measures.absent_days", "WRONG_TYPE")}),
        ([], {("measures", "NOT_AN_OBJECT")}),
    ],
)
async def test_a_measure_out_of_place_is_refused_with_its_path(
    api: Api, measures: Any, expected: set[tuple[str, str]]
) -> None:
    clause = "attendance-duty/一、3"
    refused = await asked(
        api, "science-bureau", "consequencePreview", clause=clause, measures=measures
    )
    assert problems(refused) == expected


async def test_what_follows_refuses_by_the_path_of_its_argument(api: Api) -> None:
    staff = await api.person(f"staff@{BUREAU}")
    refused = await staff.one(
        f"""query ($measures: JSON!) {{ whatFollows(institution: "{BUREAU}", measures: $measures)
        {{ __typename {ANSWERS["consequencePreview"]} {REFUSED} }} }}""",
        {"measures": {"absent_half_days": -1, "nonsense": 1}},
    )
    assert {(".".join(each["path"]), each["code"]) for each in refused["problems"]} == {
        ("measures.absent_half_days", "TOO_SMALL"), ("measures.nonsense", "UNKNOWN_MEASURE"),
    }  # fmt: skip


async def test_a_share_is_worked_out_and_asked_for_by_what_it_is_made_of(api: Api) -> None:
    clause = "attendance-amendment-2017/一"
    raw = {"sick_days_month": 10, "nursing_days_month": 3, "workdays_in_month": 22}
    found = await asked(api, HRSS, "consequencePreview", clause=clause, measures=raw)
    assert [each["amount"] for each in found["consequences"]] == ["50"]
    missing = await asked(
        api, HRSS, "consequencePreview", clause=clause, measures={"sick_days_month": 10}
    )
    assert problems(missing) == {
        ("measures.nursing_days_month", "MEASURE_NOT_STATED"),
        ("measures.workdays_in_month", "MEASURE_NOT_STATED"),
    }
    wrong = {**raw, "sick_nursing_month_share": "0.4"}
    refused = await asked(api, HRSS, "consequencePreview", clause=clause, measures=wrong)
    assert problems(refused) == {("measures.sick_nursing_month_share", "NOT_AS_WORKED_OUT")}


async def test_a_limit_for_each_head_divides_the_sum_itself(api: Api) -> None:
    meal = {"amount": "401", "people": 5, "major": True, "place": "outside"}
    found = await asked(api, CENTRE, "quotaPreview", clause="reception/四、3", measures=meal)
    assert (found["kept"], [each["limit"] for each in found["quotas"]]) == (False, ["80"])
    nobody = await asked(
        api, CENTRE, "quotaPreview", clause="reception/四、3", measures={**meal, "people": 0}
    )
    assert problems(nobody) == {("measures.people", "ZERO_DIVISOR")}


async def test_totals_are_ranked_in_a_list_or_by_name(api: Api) -> None:
    async def ranked(totals: Any, clause: str = "performance/五㈠", institution: str = HRSS) -> Any:
        given = {"clause": clause, "measures": {"total_points": totals}}
        return await asked(api, institution, "scorePreview", **given)

    found = await ranked(["90.5", 85, 85, 70, 60, 50, 40, 30, 20, 10])
    assert found["values"]["名次"] == ["1", "2", "2", "4", "5", "6", "7", "8", "9", "10"]
    assert (found["values"]["一档"], found["values"]["二档"]) == ("3", "5")
    named = await ranked({"甲": 80, "乙": 90}, "target-assessment/三", BUREAU)
    assert named["values"] == {"rank": {"甲": "2", "乙": "1"}}
    refused = await ranked([90, "x", None])
    assert problems(refused) == {
        ("measures.total_points.1", "WRONG_TYPE"), ("measures.total_points.2", "WRONG_TYPE"),
    }  # fmt: skip


async def test_a_state_or_step_that_no_path_has_is_refused_with_those_known(api: Api) -> None:
    path = {"path": "decision.major"}
    both = await asked(api, HRSS, "pathPreview", **path, **{"from": "nonsense", "attempt": "dance"})
    assert problems(both) == {("from", "UNKNOWN_STATE"), ("attempt", "UNKNOWN_EVENT")}
    assert all("drafted" in p["message"] or "submit" in p["message"] for p in both["problems"])
    state = await asked(api, HRSS, "pathPreview", **path, **{"from": "*", "attempt": "submit"})
    assert problems(state) == {("from", "UNKNOWN_STATE")}


async def test_a_duty_clause_kind_or_area_that_is_not_known_is_refused(api: Api) -> None:
    async def apart(**given: Any) -> set[tuple[str, str]]:
        holders = {"王": ["cheque_keeper", *given.pop("duties", [])]}
        return problems(await asked(api, HRSS, "separationPreview", holders=holders, **given))

    assert await apart(duties=["dancer"]) == {("holders.王", "UNKNOWN_DUTY")}
    assert await apart(clause="finance/九十九") == {("clause", "UNKNOWN_CLAUSE")}
    assert await apart(kind="leave.nonsense") == {("kind", "UNKNOWN_KIND")}
    assert await apart(area="nonsense") == {("area", "UNKNOWN_AREA")}


async def test_everybody_in_favour_carries_and_nobody_does_not_where_no_majority_is_written(
    api: Api,
) -> None:
    async def vote(institution: str, body: str, *count: int) -> Any:
        names = ("eligible", "present", "inFavour")
        given = dict(zip(names, count, strict=True))
        return (await asked(api, institution, "votePreview", body=body, **given))["passed"]

    assert await vote(HRSS, "party_group", 7, 7, 7) is True
    assert await vote(HRSS, "party_group", 7, 7, 0) is False
    assert await vote(HRSS, "party_group", 7, 7, 4) is None
    assert await vote(BUREAU, "leadership_meeting", 7, 7, 7) is True
    assert await vote(CENTRE, "leadership_meeting", 7, 7, 3) is None


async def test_a_reward_that_a_veto_forbids_is_not_given_and_contradictions_are_told(
    api: Api,
) -> None:
    clause = "target-assessment/六(考核结果的运用)2"
    place = {"unit_kind": "subordinate_unit", "rank": 1, "vetoed_this_year": False}
    given = await asked(api, BUREAU, "consequencePreview", clause=clause, measures=place)
    assert {each["type"] for each in given["consequences"]} == {"other", "bonus"}
    vetoed = {**place, "veto_cause": "safety"}
    none = await asked(api, BUREAU, "consequencePreview", clause=clause, measures=vetoed)
    assert none["consequences"] == []
    facts = {"last_place_object": True, "employment": "temporary", "last_in_year_total": True}
    told = await asked(
        api, BUREAU, "consequencePreview", clause="last-place-elimination/三(一)", measures=facts
    )
    assert [each["against"] for each in told["consequences"]] == [["review-staff-last"]]
