"""The construction bureau evaluates by its own rows; and marks that something else fills."""

from dataclasses import replace
from decimal import Decimal
from uuid import uuid4

import pytest

from domain.areas.evaluation.targets import ROUNDS
from resolvers.records import marking, round_rows
from tests.clock_office import acting
from tests.office import Api, problems
from tests.test_evaluation_journey import HRSS, act, clerk, of, opened, read, section

__all__ = ["clerk", "opened"]
BUREAU = "construction-bureau"
REVIEW = {"institution": BUREAU, "year": 2026, "round": "democratic-review"}
TARGETS = {"institution": BUREAU, "year": 2026, "round": "target-assessment"}
MARKS = {"business_points": 40, "common_points": 30, "review_points": 15, "deduction_points": 2}


async def keeper_of(api: Api):
    tables = ("ballots", "marks", "results", "rounds")
    await api.run(f"truncate {', '.join(f'evaluation_{name}' for name in tables)}")
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
    assert section(round_, "建设科")["unstated"] == ["incentive_points"]
    given = {"clause": "target-assessment/四4", "measure": "incentive_points", "reason": "荣誉"}
    round_ = await act(keeper, "recordEvaluationMark", **asked, **given, value=5)
    assert section(round_, "建设科")["total"] == "88"
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


@pytest.fixture
def sourced(monkeypatch: pytest.MonkeyPatch):
    """The evaluation, with a source for one of its marks."""
    kind = replace(ROUNDS[0], sources={"hygiene_findings": "duty"})
    monkeypatch.setattr(round_rows, "KINDS", (kind,))
    return kind


async def test_a_mark_with_a_source_is_filled_by_it_once_and_marked_by_nobody(
    api: Api, clerk, opened, sourced
):
    asked = of(opened, "就业促进科")
    by_hand = {"clause": "performance/三㈡3⑵", "measure": "hygiene_findings", "reason": "检查"}
    before = await api.counts()
    refused = await act(clerk, "recordEvaluationMark", **asked, **by_hand, value=1)
    assert (refused["code"], await api.counts()) == ("MARK_HAS_SOURCE", before)

    unit = await api.value(
        "select id from units where institution_id = $1 and name = '就业促进科'", HRSS
    )
    found = {"measure": "hygiene_findings", "value": 2, "reason": "卫生检查"}
    line = uuid4()
    async with acting(clerk) as context:
        filled = await marking.fill(context, sourced, unit, ("duty", line), **found)
        assert len(filled) == 1
    async with acting(clerk) as context:
        assert await marking.fill(context, sourced, unit, ("duty", line), **found) == []
        with pytest.raises(LookupError):
            await marking.fill(context, sourced, unit, ("petition", line), **found)
    [mark] = section(await read(clerk, opened["id"]), "就业促进科")["marks"]
    assert (mark["measure"], mark["value"], mark["source"]) == ("hygiene_findings", "2", "duty")
    marked = "select record from ledger where event = 'evaluation_marked' and institution_id = $1"
    assert str(line) in " ".join(row["record"] for row in await api.rows(marked, HRSS))
