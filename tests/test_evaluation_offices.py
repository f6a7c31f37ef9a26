"""The construction bureau evaluates by its own rows, and counts marks from its own books."""

from decimal import Decimal
from uuid import uuid4

from tests.office import REFUSAL, Api, cites, problems
from tests.test_evaluation_journey import act, clerk, of, opened, read, section

__all__ = ["clerk", "opened"]
BUREAU = "construction-bureau"
REVIEW = {"institution": BUREAU, "year": 2026, "round": "democratic-review"}
TARGETS = {"institution": BUREAU, "year": 2026, "round": "target-assessment"}
MARKS = {"business_points": 40, "common_points": 30, "review_points": 15}
CLAUSES = {"incentive_points": "target-assessment/四4"}


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


async def test_its_targets_are_added_up_and_capped_by_its_rows(api: Api):
    keeper = await keeper_of(api)
    round_ = await act(keeper, "openEvaluationRound", **TARGETS)
    asked = of(round_, "建设科")
    for measure, value in MARKS.items():
        given = {"clause": "target-assessment/三", "measure": measure, "reason": "年终考核"}
        round_ = await act(keeper, "recordEvaluationMark", **asked, **given, value=value)
    round_ = await act(keeper, "countEvaluationMarks", roundId=round_["id"])
    assert section(round_, "建设科")["unstated"] == ["incentive_points"]
    given = {"clause": "target-assessment/四4", "measure": "incentive_points", "reason": "荣誉"}
    round_ = await act(keeper, "recordEvaluationMark", **asked, **given, value=5)
    assert section(round_, "建设科")["total"] == "90"
    over = await act(keeper, "recordEvaluationMark", **asked, **given, value=26)
    assert problems(over) == {("value", "TOO_LARGE")}
    early = await act(keeper, "closeEvaluationRound", roundId=round_["id"])
    assert early["code"] == "EVALUATION_INCOMPLETE"
    stranger = await api.person("office_clerk@hrss-bureau")
    assert await read(stranger, round_["id"]) is None


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
    asked = of(round_, "建设科")
    by_hand = {"clause": "target-assessment/三", "measure": "deduction_points", "reason": "来信"}
    before = await api.counts()
    refused = await act(keeper, "recordEvaluationMark", **asked, **by_hand, value=1)
    assert (refused["code"], await api.counts()) == ("MARK_HAS_SOURCE", before)
    assert cites([refused["clause"]]) == ["target-assessment/四5"]

    audit = await api.person(f"audit_section@{BUREAU}")
    await entered(audit, asked["unitId"], "letters_and_visits", 3)
    await entered(audit, asked["unitId"], "accountability", 5)
    counted = await act(keeper, "countEvaluationMarks", roundId=round_["id"])
    [found] = section(counted, "建设科")["counted"]
    assert (found["measure"], found["value"]) == ("deduction_points", "8")
    [none] = section(counted, "城管科")["counted"]
    assert none["value"] == "0"
    assert "deduction_points" not in section(counted, "建设科")["unstated"]

    office = await api.person(f"office_clerk@{BUREAU}")
    for each in counted["sections"]:
        for measure, value in {**MARKS, "incentive_points": 0}.items():
            given = {"clause": CLAUSES.get(measure, "target-assessment/三"), "measure": measure}
            unit = of(round_, each["unit"])
            who = office if each["unit"] == "政工科" else keeper
            told = await act(who, "recordEvaluationMark", **unit, **given, value=value, reason="-")
            assert "code" not in told, (each["unit"], told)
    await entered(audit, asked["unitId"], "letters_and_visits", 1)
    before = await api.counts()
    stale = await act(keeper, "closeEvaluationRound", roundId=round_["id"])
    assert (stale["code"], await api.counts()) == ("COUNT_ANEW", before)
    await act(keeper, "countEvaluationMarks", roundId=round_["id"])
    closed = await act(keeper, "closeEvaluationRound", roundId=round_["id"])
    assert section(closed, "建设科")["total"] == "76"
    await entered(audit, asked["unitId"], "letters_and_visits", 9)
    assert await read(keeper, round_["id"]) == closed
    late = await act(keeper, "countEvaluationMarks", roundId=round_["id"])
    assert late["code"] == "ROUND_CLOSED"


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
