"""The construction bureau evaluates by its own rows, and counts marks from its own books."""

from decimal import Decimal
from uuid import uuid4

from tests.office import REFUSAL, Api, cites, problems
from tests.test_evaluation_journey import act, clerk, of, opened, read, section

__all__ = ["clerk", "opened"]
BUREAU = "construction-bureau"
REVIEW = {"institution": BUREAU, "year": 2026, "round": "democratic-review"}
TARGETS = {"institution": BUREAU, "year": 2026, "round": "target-assessment"}
MARKS = {"business_points": 40, "common_points": 30}
YEAR = {"institution": BUREAU, "year": 2026, "round": "review-of-the-year"}
CLAUSES = {"incentive_points": "target-assessment/四4"}
HONOUR = {
    "clause": CLAUSES["incentive_points"], "measure": "incentive_points", "reason": "荣誉",
}  # fmt: skip


async def keeper_of(api: Api):
    tables = ("ballots", "marks", "results", "rounds")
    await api.empty(*(f"evaluation_{name}" for name in tables))
    return await api.person(f"assessment_group@{BUREAU}")


async def test_another_bureau_reviews_its_sections_by_panels_that_its_rows_weigh(api: Api):
    keeper = await keeper_of(api)
    round_ = await act(keeper, "openEvaluationRound", **REVIEW, period=1)
    assert (await act(keeper, "openEvaluationRound", **REVIEW, period=1))["code"] == "INVALID_INPUT"
    second = await act(keeper, "openEvaluationRound", **REVIEW, period=2)
    assert second["id"] != round_["id"]
    for period, code in ((0, "TOO_SMALL"), (3, "TOO_LARGE")):
        refused = await act(keeper, "openEvaluationRound", **REVIEW, period=period)
        assert problems(refused) == {("period", code)}
    unnamed = await act(keeper, "openEvaluationRound", institution=BUREAU, year=2026)
    assert problems(unnamed) == {("round", "UNKNOWN_ROUND")}

    director = await api.person(f"director@{BUREAU}")
    office = await api.person(f"office_clerk@{BUREAU}")
    for index, name in enumerate(sorted(each["unit"] for each in round_["sections"])):
        asked = of(round_, name)
        await act(director, "rateEvaluatedSection", **asked, rating=str(90 - index))
        # who keeps the round may belong to the section: then another keeper enters its papers
        who = office if name == "政工科" else keeper
        for panel, ratings in (("self_review_mark", ["100"]), ("mutual_review_mark", ["80", "84"])):
            round_ = await act(who, "enterEvaluationRatings", **asked, panel=panel, ratings=ratings)
            assert "code" not in round_, (name, round_)
    in_person = await act(
        keeper, "enterEvaluationRatings", **of(round_, "建设科"), panel="leader_review_mark",
        ratings=["90"],
    )  # fmt: skip
    assert problems(in_person) == {("panel", "CAST_IN_PERSON")}
    totals = {each["unit"]: each["total"] for each in round_["sections"]}
    first = min(totals)
    assert Decimal(totals[first]) == Decimal(10) + Decimal(41) + Decimal(36)
    assert section(round_, first)["place"] == 1
    assert round_["findings"] == []

    closed = await act(keeper, "closeEvaluationRound", roundId=round_["id"])
    assert (closed["resolution"], closed["closedAt"] is None) == (None, False)
    kept = await api.rows("select unit_name, total, place from evaluation_results where place = 1")
    assert [(row["unit_name"], row["total"]) for row in kept] == [(first, Decimal(87))]
    again = await act(keeper, "closeEvaluationRound", roundId=round_["id"])
    assert again["code"] == "ROUND_CLOSED"


async def reviewed(api: Api, keeper, period: int, own: str, mutual: str, leader: str):
    """A half year's review of every section, closed."""
    round_ = await act(keeper, "openEvaluationRound", **REVIEW, period=period)
    director = await api.person(f"director@{BUREAU}")
    office = await api.person(f"office_clerk@{BUREAU}")
    for each in round_["sections"]:
        asked = of(round_, each["unit"])
        await act(director, "rateEvaluatedSection", **asked, rating=leader)
        who = office if each["unit"] == "政工科" else keeper
        for panel, mark in (("self_review_mark", own), ("mutual_review_mark", mutual)):
            await act(who, "enterEvaluationRatings", **asked, panel=panel, ratings=[mark])
    return await act(keeper, "closeEvaluationRound", roundId=round_["id"])


async def test_a_year_is_counted_from_its_halves_and_is_a_fifth_of_the_assessment(api: Api):
    keeper = await keeper_of(api)
    year = await act(keeper, "openEvaluationRound", **YEAR)
    targets = await act(keeper, "openEvaluationRound", **TARGETS)
    half = await reviewed(api, keeper, 1, "96", "84", "88")
    assert section(half, "建设科")["total"] == "86.8"
    by_hand = {"clause": "democratic-review/四", "measure": "second_half_mark", "reason": "估计"}
    stated = await act(keeper, "recordEvaluationMark", **of(year, "建设科"), **by_hand, value=99)
    assert stated["code"] == "MARK_HAS_SOURCE"
    counted = await act(keeper, "countEvaluationMarks", roundId=year["id"])
    assert section(counted, "建设科")["unstated"] == ["second_half_mark"]
    early = await act(keeper, "closeEvaluationRound", roundId=year["id"])
    assert early["code"] == "EVALUATION_INCOMPLETE"

    await reviewed(api, keeper, 2, "95", "90", "85")
    counted = await act(keeper, "countEvaluationMarks", roundId=year["id"])
    assert section(counted, "建设科")["total"] == "87.65"
    none = await act(keeper, "countEvaluationMarks", roundId=targets["id"])
    assert "review_mark_year" in section(none, "建设科")["unstated"], "the year is not closed"
    await act(keeper, "closeEvaluationRound", roundId=year["id"])
    counted = await act(keeper, "countEvaluationMarks", roundId=targets["id"])
    assert {each["measure"] for each in section(counted, "建设科")["counted"]} == {
        "review_mark_year", "deduction_points",
    }  # fmt: skip

    asked, audit = of(targets, "建设科"), await api.person(f"audit_section@{BUREAU}")
    await entered(audit, asked["unitId"], "letters_and_visits", 3)
    await entered(audit, asked["unitId"], "accountability", 5)
    await act(keeper, "countEvaluationMarks", roundId=targets["id"])
    office = await api.person(f"office_clerk@{BUREAU}")
    for each in targets["sections"]:
        who = office if each["unit"] == "政工科" else keeper
        for measure, value in {**MARKS, "incentive_points": 5}.items():
            given = {"clause": CLAUSES.get(measure, "target-assessment/三"), "measure": measure}
            unit = of(targets, each["unit"])
            told = await act(who, "recordEvaluationMark", **unit, **given, value=value, reason="-")
            assert "code" not in told, (each["unit"], told)
    over = {**HONOUR, "value": 26}
    assert problems(await act(keeper, "recordEvaluationMark", **asked, **over)) == {
        ("value", "TOO_LARGE")
    }
    await entered(audit, asked["unitId"], "letters_and_visits", 1)
    before = await api.counts()
    stale = await act(keeper, "closeEvaluationRound", roundId=targets["id"])
    assert (stale["code"], await api.counts()) == ("COUNT_ANEW", before)
    await act(keeper, "countEvaluationMarks", roundId=targets["id"])
    closed = await act(keeper, "closeEvaluationRound", roundId=targets["id"])
    assert section(closed, "建设科")["total"] == str(40 + 30 + 5 - 9 + Decimal("17.53"))
    await entered(audit, asked["unitId"], "letters_and_visits", 9)
    assert await read(keeper, targets["id"]) == closed
    late = await act(keeper, "countEvaluationMarks", roundId=targets["id"])
    assert late["code"] == "ROUND_CLOSED"
    stranger = await api.person("office_clerk@hrss-bureau")
    assert await read(stranger, targets["id"]) is None


async def test_where_rows_name_a_request_a_round_is_not_closed_without_one(api: Api, clerk, opened):
    for each in opened["sections"]:
        business = {"clause": "performance/三", "measure": "business_points", "reason": "验收"}
        await act(clerk, "recordEvaluationMark", **of(opened, each["unit"]), **business, value=60)
    refused = await act(clerk, "closeEvaluationRound", roundId=opened["id"])
    assert problems(refused) == {("requestId", "REQUIRED")}


ENTER = f"""mutation ($input: RecordOccurrenceInput!) {{ recordOccurrence(input: $input) {{
  __typename ... on LineEntered {{ lineId }} ... on Refusal {{ {REFUSAL} }} }} }}"""


async def entered(visitor, unit: str, what: str, points: int, day: str = "2026-03-02") -> None:
    given = {"unitId": unit, "happenedOn": day, "what": what, "amount": str(points)}
    told = await visitor.one(ENTER, {"input": {**given, "idempotencyKey": str(uuid4())}})
    assert told["__typename"] == "LineEntered", told


async def test_a_mark_that_rows_count_comes_from_the_books_and_nobody_marks_it(api: Api):
    keeper = await keeper_of(api)
    round_ = await act(keeper, "openEvaluationRound", **TARGETS)
    by_hand = {"clause": "target-assessment/三", "measure": "deduction_points", "reason": "来信"}
    before = await api.counts()
    refused = await act(keeper, "recordEvaluationMark", **of(round_, "建设科"), **by_hand, value=1)
    assert (refused["code"], await api.counts()) == ("MARK_HAS_SOURCE", before)
    assert cites([refused["clause"]]) == ["target-assessment/四5"]
    counted = await act(keeper, "countEvaluationMarks", roundId=round_["id"])
    assert section(counted, "城管科")["counted"] == [{"measure": "deduction_points", "value": "0"}]
    assert "deduction_points" not in section(counted, "城管科")["unstated"]


async def test_two_hundred_clients_cast_a_ballot_and_no_fewer(api, clerk, opened):
    asked, before = {**of(opened, "就业促进科"), "panel": "client_rating"}, await api.counts()
    for many, code in ((199, "BELOW_QUOTA"), (201, "ABOVE_QUOTA")):
        refused = await act(clerk, "enterEvaluationRatings", **asked, ratings=["90"] * many)
        assert problems(refused) == {("ratings", code)}
        assert cites([each["clause"] for each in refused["problems"]]) == ["performance/四㈢"]
    assert await api.counts() == before
    taken = await act(clerk, "enterEvaluationRatings", **asked, ratings=["90"] * 200)
    assert "code" not in taken
    again = await act(clerk, "enterEvaluationRatings", **asked, ratings=["90"] * 200)
    assert problems(again) == {("ratings", "ABOVE_QUOTA")}
