"""What the shipped clauses come to: amounts, boundaries, repetition, caps, and for whom."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.records.sittings import rows_for
from domain.shapes.asking import read_measures, speaking
from domain.shapes.findings import RuleProblem, findings
from domain.shapes.ladders import consequences, what_follows
from domain.shapes.quotas import is_kept
from domain.shapes.scores import scored
from domain.shapes.votes import Ballot, for_matter, outcome
from domain.vocabulary import RoleClass
from policies import loading

BUREAU, COUNTY, HRSS = "construction-bureau", "county-organs", "hrss-bureau"
SCIENCE, CENTRE, TOWN = "science-bureau", "service-centre", "township-government"


MAJOR = {"major": True, "place": "outside"}
ORDINARY = {"major": False, "place": "outside"}


def shapes_of(institution: str):
    return loading.shipped(institution).shapes


def follow(institution: str, clause: str, given: dict[str, object]) -> set[tuple[str, str, str]]:
    """Each consequence of one clause: its type, its amount and whom it names."""
    shapes = shapes_of(institution)
    rungs = [each for each in shapes.ladders if each.clause == clause]
    measures = read_measures(given, shapes.measures, rungs)
    found = consequences(speaking(rungs, measures), measures, shapes.ladders)
    return {
        (each.rung.type, "" if each.amount is None else f"{each.amount.normalize():f}",
         each.rung.whom)
        for each in found
    }  # fmt: skip


def everything(institution: str, given: dict[str, object]):
    shapes = shapes_of(institution)
    return what_follows(shapes.ladders, read_measures(given, shapes.measures, shapes.ladders))


def ids(institution: str, **given: object) -> set[str]:
    return {each.rung.id for each in everything(institution, given)}


@pytest.mark.parametrize("count", [1, 2, 3, 5, 6, 11, 12, 14, 15, 100])
def test_every_three_times_late_or_early_are_one_day_of_absence(count):
    days = str(count // 3)
    county = follow(COUNTY, "work-discipline/第四条", {"late_early_count": count})
    assert (("other", days, "staff") in county) == (count >= 3)
    assert ("public_criticism", "", "staff") in county
    science = follow(SCIENCE, "attendance-duty/一、3", {"late_early_count": count})
    points = {("deduct_score", "", "staff"), ("deduct_score", "", "section")}
    assert science == (points | {("other", days, "")} if count >= 3 else set())


@pytest.mark.parametrize(
    ("institution", "clause", "given", "expected"),
    [
        (BUREAU, "attendance/三(二)1", {"absent_half_days": 1}, {("deduct_bonus", "50", "staff")}),
        (BUREAU, "attendance/三(二)1", {"absent_half_days": 4}, {("deduct_bonus", "100", "staff")}),
        (BUREAU, "attendance/三(二)5", {"personal_leave_days_month": "2.5"},
         {("deduct_bonus", "40", "staff")}),
        (BUREAU, "attendance/三(二)5",
         {"personal_leave_days_month": 8, "continuous_leave_workdays": 8},
         {("deduct_bonus", "100", "staff")}),
        (BUREAU, "attendance/三(二)5",
         {"personal_leave_days_month": 5, "continuous_leave_workdays": 5},
         {("deduct_bonus", "100", "staff")}),
        (BUREAU, "attendance/三(二)5",
         {"continuous_leave_workdays": 6}, {("deduct_bonus", "", "staff")}),
        (BUREAU, "reception/七", {"reception_cost": 900, "reception_standard": 800},
         {("other", "100", "office_clerk"), ("other", "100", "reception_lead")}),
        (BUREAU, "financial-supervision/四", {"spent_without_approval": True},
         {("public_criticism", "", "")}),
        (BUREAU, "administrative-accountability/第三条",
         {"accountable_act": "rudeness", "gravity": "ordinary"}, {("criticism", "", "")}),
        (COUNTY, "leave-pay/第九条㈡",
         {"pay_scheme": "performance_pay", "month_total_days": "9.5", "work_injury": False,
          "sick_month": 1},
         {("other", "2", "staff"), ("other", "0", "staff"), ("other", "100", "staff")}),
        (HRSS, "attendance-measures/五3",
         {"personal_days_year": "8.5", "employment": "civil_servant", "grade": "section_chief"},
         {("fine", "360", "")}),
        (HRSS, "attendance-measures/五1", {"sick_days_month": 10, "workdays_in_month": 21}, set()),
        (HRSS, "attendance-measures/五1", {"sick_days_month": "10.5", "workdays_in_month": 21},
         {("other", "50", "")}),
        (HRSS, "attendance-amendment-2017/一",
         {"sick_days_month": 10, "nursing_days_month": 11, "workdays_in_month": 21},
         {("other", "0", "")}),
        (HRSS, "staff-management/五、1", {"applicant_rank": "section_deputy", "absent_days": 1},
         {("criticism", "", "section_deputy"), ("other", "", "section_deputy")}),
        (SCIENCE, "finance/7", {"cash_on_book": 500, "cash_counted": "480.5"},
         {("fine", "19.5", "")}),
        (SCIENCE, "finance/7", {"cash_on_book": 480, "cash_counted": 500}, set()),
        (CENTRE, "window-staff/窗口 7 罚则A", {"temp_leave_minutes": 31},
         {("deduct_bonus", "10", "window_staff")}),
        (CENTRE, "window-staff/窗口 7 罚则A", {"temp_leave_minutes": 300, "temp_leave_days": "0.6"},
         {("deduct_bonus", "1", "window_staff")}),
        (CENTRE, "window-staff/窗口 7 罚则A", {"late": 1, "early": 1, "temp_leave_long_times": 1},
         {("deduct_bonus", "10", "window_staff"), ("deduct_bonus", "", "window_staff"),
          ("other", "", "")}),
        (CENTRE, "party-openness-accountability/七(六)2(1)", {"openness_gravity": "slight"},
         {("warning", "", ""), ("criticism", "", ""), ("other", "", "")}),
    ],
)  # fmt: skip
def test_a_clause_comes_to_what_its_text_says(institution, clause, given, expected):
    assert follow(institution, clause, given) == expected


BONUS_MEASURES = (
    *("absent_half_days", "post_left_times", "work_hours_games", "meeting_absences"),
    *("study_absences", "study_late_times", "personal_leave_days_month"),
)


@given(st.fixed_dictionaries({}, optional={name: st.integers(0, 31) for name in BONUS_MEASURES}))
def test_the_attendance_bonus_is_never_less_than_nothing_nor_charged_beyond_itself(given):
    taken = [
        each.amount
        for each in everything(BUREAU, given)
        if each.rung.of == "当月考勤奖" and each.rung.whom == "staff"
    ]
    assert sum(taken) <= 100
    items = [each for each in shapes_of(BUREAU).scores if each.id == "attendance-bonus"]
    measures = read_measures(given, shapes_of(BUREAU).measures, items)
    if measures:
        holding = [each for each in items if each.when.holds(measures)]
        bonus = scored(holding, measures).values["bonus"]
        assert 0 <= bonus == 100 - min(sum(taken), 100)


@pytest.mark.parametrize("cause", ["stability", "poor_leadership", "income_target_missed"])
def test_a_veto_takes_the_place_among_the_advanced(cause):
    for unit in ({"unit_kind": "subordinate_unit", "rank": 5}, {"unit_kind": "bureau_section"}):
        place = {"rank": 1, **unit, "vetoed_this_year": False}
        assert any(each.startswith("advanced") for each in ids(BUREAU, **place))
        for vetoed in ({"veto_cause": cause}, {"vetoed_this_year": True}):
            assert not any(
                each.startswith("advanced") for each in ids(BUREAU, **{**place, **vetoed})
            )
    clause = "target-assessment/六(考核结果的运用)2"
    assert follow(BUREAU, clause, {**place, "veto_cause": cause}) == set()


def test_dismissal_and_waiting_for_a_post_for_one_place_contradict_each_other():
    facts = {"last_place_object": True, "employment": "temporary", "last_in_year_total": True}
    against = {each.rung.id: each.against for each in everything(BUREAU, facts)}
    assert against["last-temporary"] == ("review-staff-last",)
    assert against["review-staff-last"] == ("last-temporary",)
    pairs = {
        tuple(sorted(row.id for row in each.rows))
        for each in findings(shapes_of(BUREAU))
        if each.problem is RuleProblem.LADDERS_CONTRADICT
    }
    assert ("last-temporary", "review-staff-last") in pairs
    assert ("assessed-last-twice", "last-section") in pairs


def test_what_comes_at_the_same_time_is_no_finding():
    facts = {"employment": "formal", "last_place_count_year": 2, "mid_level_cadre": True}
    assert {"last-twice", "last-twice-cadre"} <= ids(BUREAU, **facts)
    two = {
        each.rows[0].id
        for each in findings(shapes_of(BUREAU))
        if each.problem is RuleProblem.LADDER_TWO_ANSWERS
    }
    assert two == {"faults-2"}


@pytest.mark.parametrize(
    ("institution", "clause", "given", "kept"),
    [
        (CENTRE, "reception/四、3", {"amount": 400, "people": 5, **MAJOR}, True),
        (CENTRE, "reception/四、3", {"amount": "400.01", "people": 5, **MAJOR}, False),
        (CENTRE, "reception/四、3", {"amount": 201, "people": 5, **ORDINARY}, False),
        (CENTRE, "reception/四、3", {"per_head_amount": 41, **ORDINARY}, False),
        (TOWN, "reception/四、3", {"amount": 150, "people": 3, "special_case": True}, True),
        (TOWN, "reception/四、3", {"amount": 151, "people": 3, "special_case": True}, False),
        (CENTRE, "canteen/食堂管理 3", {"canteen_purchase_cost": 161, "people": 2}, False),
        (CENTRE, "finance/九", {"hire_zone": "urban", "amount": 20}, True),
        (CENTRE, "finance/九", {"hire_zone": "urban", "amount": 19}, False),
        (CENTRE, "finance/九", {"hire_zone": "hedong", "amount": 201}, False),
        (HRSS, "canteen/一、7", {"canteen_fee_month": "39.99"}, False),
        (HRSS, "canteen/一、7", {"canteen_fee_month": 40}, True),
        (COUNTY, "leave/(第八条)㈣", {"multiple_birth_days": 30, "further_infants": 2}, True),
        (COUNTY, "leave/(第八条)㈣", {"multiple_birth_days": 31, "further_infants": 2}, False),
        (COUNTY, "leave/(第八条)㈣", {"maternity_days": 120, "age_at_marriage": 23}, True),
        (COUNTY, "leave/(第八条)㈣",
         {"maternity_days": 120, "age_at_marriage": 22, "age": 24, "first_child": True}, True),
        (COUNTY, "leave/(第八条)㈣",
         {"maternity_days": 99, "age_at_marriage": 22, "age": 24, "first_child": False}, False),
        (COUNTY, "leave/(第八条)㈣",
         {"maternity_days": 99, "age_at_marriage": 22, "age": 23}, False),
    ],
)  # fmt: skip
def test_a_limit_bites_where_its_text_draws_it(institution, clause, given, kept):
    shapes = shapes_of(institution)
    quotas = [each for each in shapes.quotas if each.clause == clause]
    measures = read_measures(given, shapes.measures, quotas)
    judged = [each for each in quotas if each.when.holds(measures) and each.measure in measures]
    assert judged
    assert all(is_kept(each, measures) for each in judged) is kept


@pytest.mark.parametrize("institution", loading.institutions())
def test_every_body_that_votes_by_the_rules_has_rows_for_its_votes(institution):
    book = loading.shipped(institution)
    voting = {
        (row.role, row.kind)
        for row in book.rows
        if row.act == "vote" and book.vocabulary.roles[row.role].role_class is RoleClass.BODY
    }
    votes = book.shapes.votes
    assert {each for each in voting if not rows_for(votes, *each)} == set()
    for body, kind in voting:
        rows = for_matter(votes, body, kind)
        assert outcome(rows, Ballot(7, 7, 7)).passed is True
        assert outcome(rows, Ballot(7, 7, 0, 7)).passed is False


@pytest.mark.parametrize("institution", loading.institutions())
def test_no_measure_may_be_negative_unless_it_is_a_score(institution):
    for fact in shapes_of(institution).measures.values():
        if fact.minimum is not None and fact.minimum < 0:
            assert fact.unit in ("point", "score"), fact.code
        assert fact.derived is None or Decimal(0) == fact.minimum
