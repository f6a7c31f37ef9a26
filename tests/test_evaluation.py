"""Marks, totals, places and tiers by the rows of the human resources bureau, without a database."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.areas.evaluation.targets import PROCEDURES, ROUNDS, EvaluationTarget
from domain.errors import Refused
from domain.office.organisation import Person, Seat
from domain.records.marks import Mark, measures_of, read_mark, read_ratings, scheme_of
from domain.records.rounds import (
    Sheet,
    evaluated,
    mean,
    own_units,
    reviewed,
    round_of,
    tally,
    tier_of,
)
from policies import loading

SHAPES = loading.shipped("hrss-bureau").shapes
ROW = round_of(SHAPES.rounds, ROUNDS[0], None)
SCHEME, KNOWN = scheme_of(ROW, SHAPES.scores), SHAPES.measures
RULES = "performance/三㈡3⑴"
EXTRAS = "performance/四㈦"
THIRD = "performance/三"


def mark(clause, measure, given, earlier=()):
    return read_mark(
        SCHEME.items, KNOWN, SHAPES.ladders, earlier, clause=clause, measure=measure, given=given
    )


def points(amount, *more):
    return Sheet((mark(THIRD, "business_points", amount), *more))


def sections(*totals):
    """Sections with these business points, the others being thirty."""
    return {UUID(int=index): points(each) for index, each in enumerate(totals, start=1)}


def codes(refused):
    return [problem.code for problem in refused.value.problems] or [refused.value.code]


def test_the_scores_that_a_row_names_make_a_scheme():
    assert {item.id for item in SCHEME.items} == {"performance"}
    assert [item.item for item in SCHEME.tiers] == ["名次", "一档", "二档", "三档"]
    assert [item.measure for item in SCHEME.panels] == [
        "supervisor_rating",
        "client_rating",
        "leader_rating",
    ]


@pytest.mark.parametrize("institution", ["service-centre", "township-government"])
def test_without_a_row_there_is_nothing_to_evaluate_by(institution):
    with pytest.raises(Refused) as refused:
        round_of(loading.shipped(institution).shapes.rounds, ROUNDS[0], None)
    assert codes(refused) == ["NO_EVALUATION_SCHEME"]


def test_of_several_evaluations_one_has_to_be_named():
    rows = loading.shipped("construction-bureau").shapes.rounds
    assert round_of(rows, ROUNDS[0], "democratic-review").times == 2
    for name in (None, "beauty"):
        with pytest.raises(Refused) as refused:
            round_of(rows, ROUNDS[0], name)
        assert codes(refused) == ["UNKNOWN_ROUND"]


def test_where_a_row_has_panels_alone_what_they_come_to_is_the_total():
    shapes = loading.shipped("construction-bureau").shapes
    row = round_of(shapes.rounds, ROUNDS[0], "democratic-review")
    scheme = scheme_of(row, shapes.scores)
    marks = zip(scheme.panels, (90, 80, 70), strict=True)
    full = {(of.measure, line): [Decimal(mark)] for of, mark in marks for line in scheme.lines}
    lacking = {**full, ("leader_review_mark", "team_mark"): []}
    sheets = {UUID(int=1): Sheet((), full), UUID(int=2): Sheet((), lacking)}
    results, findings = evaluated(scheme, sheets, shapes.measures)
    assert results[UUID(int=1)].total == Decimal(77)
    without = results[UUID(int=2)]
    assert (without.total, without.unstated) == (None, ("team_mark",))
    assert findings == ()
    both = {UUID(int=number): Sheet((), full) for number in (1, 2)}
    ranked, findings = evaluated(scheme, both, shapes.measures)
    assert [(each.place, each.tied, each.tier) for each in ranked.values()] == [(1, True, None)] * 2
    assert [(each.code, each.clause) for each in findings] == [("TIE", "democratic-review/四")]


def test_results_are_public_for_the_days_of_the_row():
    closed = date(2026, 12, 30)
    assert ROW.public_until(closed) is None
    assert replace(ROW, publicity=7).public_until(closed) == date(2027, 1, 6)


def test_a_total_is_business_points_and_thirty_less_deductions_and_with_awards():
    marks = [
        mark(THIRD, "business_points", 62),
        mark(RULES, "late", 3),
        mark(EXTRAS, "awards_national_city", 1),
        mark(EXTRAS, "unfinished_targets", 2),
    ]
    result = tally(SCHEME, Sheet(tuple(marks)), KNOWN)
    assert result.total == Decimal("90.5")
    assert sum(each.points for each in result.components) == result.total
    by_clause = {(each.item.clause, each.points) for each in result.components}
    assert {(RULES, Decimal("-1.5")), (EXTRAS, 2), (EXTRAS, -2), (THIRD, 62)} <= by_clause


def test_without_business_points_there_is_no_total():
    result = tally(SCHEME, Sheet((mark(RULES, "late", 1),)), KNOWN)
    assert result.total is None
    assert result.unstated == ("business_points",)


def test_a_flat_deduction_counts_once_however_often_it_was_found():
    exposed = mark("performance/三㈡2⑵", "exposed_cases", 1)
    once = tally(SCHEME, points(60, exposed), KNOWN)
    twice = tally(SCHEME, points(60, exposed, exposed), KNOWN)
    assert once.total == twice.total == 87


def test_a_loss_takes_the_place_of_leaving_the_post_without_one():
    without = mark(RULES, "duty_absence", "without_loss")
    loss = mark(RULES, "duty_absence", "with_loss")
    for order in ((without, loss), (loss, without)):
        assert measures_of(order, KNOWN) == {"duty_absence": "with_loss"}
        assert tally(SCHEME, points(60, *order), KNOWN).total == 87


@pytest.mark.parametrize(
    ("clause", "measure", "value", "code"),
    [
        ("performance/九", "late", 1, "CLAUSE_NOT_SCORED"),
        ("performance/五㈡", "late", 1, "CLAUSE_NOT_SCORED"),
        (RULES, "awards_district", 1, "UNKNOWN_MEASURE"),
        (RULES, "late", -1, "TOO_SMALL"),
        (RULES, "late", 0, "NOTHING_SPEAKS"),
        (RULES, "late", "1.5", "WRONG_TYPE"),
        (RULES, "late", True, "WRONG_TYPE"),
        (RULES, "late", 1001, "TOO_LARGE"),
        (RULES, "duty_absence", "on_fire", "UNKNOWN_VALUE"),
        (EXTRAS, "innovation", False, "NOTHING_SPEAKS"),
        (THIRD, "business_points", "70.5", "TOO_LARGE"),
        (THIRD, "business_points", "NaN", "WRONG_TYPE"),
        ("performance/三㈡1⑷", "work_fault_points", "2.5", "TOO_LARGE"),
        ("performance/三㈡1⑷", "work_fault_points", "0.5", "TOO_SMALL"),
        ("performance/三㈡3⑶", "safety_failure_points", 4, "TOO_LARGE"),
    ],
)
def test_a_mark_is_held_against_the_rows_of_its_clause(clause, measure, value, code):
    with pytest.raises(Refused) as refused:
        mark(clause, measure, value)
    assert codes(refused) == [code]


def test_marks_together_stay_within_what_the_rows_can_mean():
    sixty = mark(THIRD, "business_points", 60)
    assert mark(THIRD, "business_points", 10, [sixty]).value == 10
    with pytest.raises(Refused) as refused:
        mark(THIRD, "business_points", 11, [sixty])
    assert codes(refused) == ["TOO_LARGE"]


def test_ten_sections_fall_into_tiers_of_three_five_and_two():
    results, findings = evaluated(SCHEME, sections(*range(70, 60, -1)), KNOWN)
    assert [results[UUID(int=index)].tier for index in range(1, 11)] == [
        *["一档"] * 3,
        *["二档"] * 5,
        *["三档"] * 2,
    ]
    assert [results[UUID(int=index)].place for index in range(1, 11)] == [*range(1, 11)]
    assert [finding.code for finding in findings] == ["PANEL_WEIGHTS_OPEN"]


def test_seven_sections_are_ranked_and_their_tiers_are_open():
    results, findings = evaluated(SCHEME, sections(*range(70, 63, -1)), KNOWN)
    assert {each.tier for each in results.values()} == {None}
    assert [each.place for each in results.values()] == [*range(1, 8)]
    [opened] = [finding for finding in findings if finding.code == "TIER_SIZES_OPEN"]
    assert (opened.clause, opened.details) == ("performance/五㈠", {"count": 7, "shares": "3:5:2"})


def test_equal_totals_share_a_place_and_across_two_tiers_theirs_is_open():
    results, findings = evaluated(SCHEME, sections(70, 69, 68, 68, 66, 65, 64, 63, 62, 62), KNOWN)
    told = [(each.place, each.tied, each.tier) for each in results.values()]
    assert told[1:5] == [(2, False, "一档"), (3, True, None), (3, True, None), (5, False, "二档")]
    assert told[8:] == [(9, True, "三档"), (9, True, "三档")]
    assert [(each.code, each.details["place"]) for each in findings[1:]] == [
        ("TIE_ACROSS_TIERS", 3),
        ("TIE", 9),
    ]


def test_nobody_has_a_place_before_everybody_has_a_total():
    results, _ = evaluated(SCHEME, {**sections(70, 60), UUID(int=9): Sheet()}, KNOWN)
    assert {each.place for each in results.values()} == {None}


def test_no_sections_have_no_results():
    assert evaluated(SCHEME, {}, KNOWN)[0] == {}


@given(st.lists(st.decimals(0, 70, places=1), min_size=1, max_size=25), st.randoms())
def test_places_do_not_depend_on_the_order_in_which_sections_come(totals, random):
    asked = sections(*map(str, totals))
    shuffled = dict(random.sample(list(asked.items()), len(asked)))
    results, _ = evaluated(SCHEME, asked, KNOWN)
    assert evaluated(SCHEME, shuffled, KNOWN)[0] == results
    for one in results.values():
        better = sum(each.total > one.total for each in results.values())
        assert one.place == better + 1


@given(st.integers(1, 40), st.integers(1, 10))
def test_a_tier_holds_everybody_who_shares_a_place_or_is_open(place, sharing):
    tier = tier_of(place, sharing, {"一档": Decimal(12), "二档": Decimal(20), "三档": Decimal(8)})
    each = {tier_of(one, 1, {"一档": 12, "二档": 20, "三档": 8})
            for one in range(place, place + sharing)}  # fmt: skip
    assert tier == (each.pop() if len(each) == 1 else None)


@given(st.lists(st.decimals(0, 100, places=2), min_size=1), st.randoms())
def test_a_mean_does_not_depend_on_the_order_of_the_ballots(ratings, random):
    assert mean(ratings) == mean(random.sample(ratings, len(ratings)))


def test_panels_count_by_their_weights_where_the_text_gives_them():
    ratings = {(each.measure, ""): [Decimal(90), Decimal(80)] for each in SCHEME.panels}
    assert reviewed(SCHEME, ratings) is None
    weights = (Decimal(50), Decimal(30), Decimal(20))
    panels = zip(SCHEME.panels, weights, strict=True)
    weighted = replace(SCHEME, review=tuple(replace(one, weight=each) for one, each in panels))
    assert reviewed(weighted, {**ratings, ("leader_rating", ""): [Decimal(60)]}) == 80
    assert reviewed(weighted, {**ratings, ("leader_rating", ""): []}) is None


def test_without_ballots_there_is_no_mean():
    assert mean([]) is None


@pytest.mark.parametrize("rating", ["-1", "100.5"])
def test_a_rating_lies_on_the_scale_of_its_panel(rating):
    with pytest.raises(Refused):
        read_ratings(SCHEME.panels[0], KNOWN, [Decimal(90), Decimal(rating)], "ratings")


def test_leading_a_section_from_above_is_not_belonging_to_it():
    above, own = uuid4(), uuid4()
    held = tuple(
        Seat(uuid4(), "hrss-bureau", role, unit, "科")
        for role, unit in (("deputy_in_charge", above), ("section_chief", own))
    )
    person = Person(uuid4(), "hrss-bureau", "某", "", 1, "formal", held, {})
    assert own_units(person, ROW.above) == {own}
    assert own_units(person, ()) == {own, above}


def test_a_target_ends_after_it_begins():
    [requirement] = PROCEDURES[0].requirements
    wrong = EvaluationTarget(explanation="-", begins=date(2026, 3, 1), ends=date(2026, 2, 1))
    assert not requirement.holds(wrong, None)
    assert requirement.holds(EvaluationTarget(explanation="-"), None)


def test_a_target_is_told_by_its_title_or_else_its_explanation():
    summary = PROCEDURES[0].summary
    named = EvaluationTarget(explanation="扩面", title="参保扩面")
    assert summary(named, {}).zh == "业务目标：参保扩面"
    assert summary(EvaluationTarget(explanation="扩面"), {}).en == "Target: 扩面"


def test_a_mark_names_its_clause_and_measure():
    assert mark(RULES, "late", "2") == Mark(RULES, "late", Decimal(2))
