"""The `when` language, refused or understood exactly; facts made exact."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.conditions.language import ALWAYS, ConditionError, cut_points, parse, read_facts
from domain.conditions.regions import Interval
from domain.errors import Refused
from policies.messages import MESSAGES
from tests.random_rulebooks import FACTS, SICK, VOCABULARY

KIND = VOCABULARY.kinds[SICK]
D = Decimal


@pytest.mark.parametrize(
    ("text", "facts", "answer"),
    [
        ("always", {}, True),
        ("0.5 < days <= 2", {"days": D("0.5")}, False),
        ("0.5 < days <= 2", {"days": D("0.50000000001")}, True),
        ("0.5 < days <= 2", {"days": D("2.0")}, True),
        ("2 >= days > 0.5", {"days": D("2.01")}, False),
        ("2 > days", {"days": D(2)}, False),
        ("days >= 2", {"days": 2}, True),
        ("days = 0.1", {"days": D("0.1")}, True),
        ("0.1 = days", {"days": D("0.10")}, True),
        ("1 < days and days < 2", {"days": D("1.5")}, True),
        ("internal = false", {"internal": False}, True),
        ("internal = true", {"internal": D(1)}, False),
        ("internal = true", {"internal": 1}, False),
        ("rank = low", {"rank": "low"}, True),
        ("rank in low|top", {"rank": "odd"}, False),
        ("people = 3 and rank in low", {"people": D(3), "rank": "low"}, True),
        ("people = 3 and rank in low", {"people": D(3)}, False),
    ],
)
def test_a_condition_holds_exactly_where_it_says(text, facts, answer):
    assert parse(text, FACTS).holds(facts) is answer


@pytest.mark.parametrize(
    "value", [None, "", "1", True, [], {}, D("NaN"), D("sNaN"), 1.0, b"low", ("low",)]
)
@pytest.mark.parametrize("text", ["days <= 1", "rank = low", "internal = true"])
def test_a_value_of_the_wrong_type_never_raises(text, value):
    fact = text.split()[0]
    holds = parse(text, FACTS).holds({fact: value})
    assert holds is (fact == "internal" and value is True)


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("", "WHEN_UNREADABLE", 0),
        ("always and days < 1", "WHEN_UNREADABLE", 7),
        ("days < 1 or days > 2", "WHEN_UNREADABLE", 9),
        ("days < 1 and", "WHEN_UNREADABLE", 12),
        ("days < 1 and  $", "WHEN_UNREADABLE", 14),
        ("days < 1\n", "WHEN_UNREADABLE", 8),
        ("days ≤ 1", "WHEN_UNREADABLE", 5),
        ("days < １", "WHEN_UNREADABLE", 7),
        ("days < 1.", "WHEN_UNREADABLE", 7),
        ("days < 1e3", "WHEN_UNREADABLE", 7),
        ("days != 1", "WHEN_UNREADABLE", 5),
        ("days == 1", "WHEN_UNREADABLE", 6),
        ("1 < days > 0", "WHEN_UNREADABLE", 9),
        ("1 = days = 1", "WHEN_UNREADABLE", 9),
        ("days < 1 < 2", "WHEN_UNREADABLE", 9),
        ("0 < days <= 1 < 2", "WHEN_UNREADABLE", 14),
        ("rank in low|", "WHEN_UNREADABLE", 12),
        ("rank in 1", "WHEN_UNREADABLE", 8),
        ("__import__('os')", "WHEN_UNREADABLE", 10),
        ("1 < hours", "UNKNOWN_FACT", 4),
        ("days < 1 and age > 3", "UNKNOWN_FACT", 13),
        ("days = low", "WRONG_TYPE", 7),
        ("days in 1", "WRONG_TYPE", 5),
        ("people < 1.5", "WRONG_TYPE", 9),
        ("rank = 1", "WRONG_TYPE", 7),
        ("rank < low", "WRONG_TYPE", 5),
        ("internal = yes", "WRONG_TYPE", 11),
        ("internal > true", "WRONG_TYPE", 9),
        ("rank in low|boss", "UNKNOWN_VALUE", 12),
        ("rank = true", "UNKNOWN_VALUE", 7),
        ("days > -1", "TOO_SMALL", 7),
        ("days <= 366.5", "TOO_LARGE", 8),
        ("2 < days < 1", "IMPOSSIBLE", 4),
        ("1 < days < 1", "IMPOSSIBLE", 4),
        ("1 <= days < 1", "IMPOSSIBLE", 5),
        ("days < 0", "IMPOSSIBLE", 0),
        ("days > 366", "IMPOSSIBLE", 0),
        ("2 < people < 3", "IMPOSSIBLE", 4),
        ("days <= 1 and days > 1", "IMPOSSIBLE", 14),
        ("rank = low and rank = top", "IMPOSSIBLE", 15),
        ("internal = true and internal = false", "IMPOSSIBLE", 20),
    ],
)
def test_what_cannot_be_taken_is_refused_with_reason_and_column(text, code, column):
    with pytest.raises(ConditionError) as refused:
        parse(text, FACTS)
    assert (refused.value.code, refused.value.column) == (code, column)
    assert "{" not in MESSAGES[code].say("zh-CN", refused.value.details)


def test_the_same_fact_twice_is_the_part_that_both_admit():
    condition = parse("days <= 2 and 0.5 < days < 2 and rank in low|top and rank = low", FACTS)
    assert condition.regions == {
        "days": Interval(D("0.5"), D(2), low_open=True, high_open=True),
        "rank": frozenset({"low"}),
    }


def test_a_rule_without_condition_is_the_one_always():
    assert parse(" always ", FACTS) is ALWAYS


def test_cut_points_are_the_ends_that_occur():
    conditions = [parse(text, FACTS) for text in ("0.5 < days <= 2", "days = 1", "rank = low")]
    assert cut_points(conditions) == {"days": (D("0.5"), D(1), D(2))}


ends = st.none() | st.integers(0, 8).map(lambda half: D(half) / 2)
intervals = st.builds(Interval, ends, ends, st.booleans(), st.booleans())
POINTS = [D(quarter) / 4 for quarter in range(-2, 20)]


@given(intervals, intervals)
def test_an_intersection_admits_what_both_admit(one, other):
    assert [p in (one & other) for p in POINTS] == [p in one and p in other for p in POINTS]


@given(intervals)
def test_an_interval_is_empty_when_it_admits_nothing(interval):
    assert interval.is_empty() == (not any(point in interval for point in POINTS))
    whole = [D(number) for number in range(-1, 6)]
    assert interval.is_empty(whole=True) == (not any(number in interval for number in whole))


def test_facts_stated_in_json_become_exact():
    stated = {"days": "1.5", "rank": "low", "internal": True, "people": 3}
    exact = {"days": D("1.5"), "rank": "low", "internal": True, "people": D(3)}
    assert read_facts(stated, KIND, VOCABULARY) == exact
    assert read_facts({"days": 0.1}, KIND, VOCABULARY) == {"days": D("0.1")}


def test_every_fault_of_the_stated_facts_is_told_at_once():
    stated = {"days": "367", "rank": "boss", "internal": "true", "people": "1.5", "hours": 1}
    with pytest.raises(Refused) as refused:
        read_facts(stated, KIND, VOCABULARY)
    assert refused.value.code == "INVALID_INPUT"
    assert [(problem.path, problem.code) for problem in refused.value.problems] == [
        (("input", "facts", "days"), "TOO_LARGE"),
        (("input", "facts", "rank"), "UNKNOWN_VALUE"),
        (("input", "facts", "internal"), "WRONG_TYPE"),
        (("input", "facts", "people"), "WRONG_TYPE"),
        (("input", "facts", "hours"), "UNKNOWN_FACT"),
    ]
    for problem in refused.value.problems:
        assert "{" not in MESSAGES[problem.code].say("zh-CN", problem.details)


@pytest.mark.parametrize(
    "value",
    [
        *("NaN", "Infinity", "1e2", "-0", "１", "1_0", " 1", "", "٣", "9" * 5000),
        *(float("nan"), float("inf"), 1e300, 10**4000, None, True, [], {}),
    ],
)
def test_what_is_no_plain_number_is_refused(value):
    with pytest.raises(Refused) as refused:
        read_facts({"days": value}, KIND, VOCABULARY)
    assert [problem.code for problem in refused.value.problems] == ["WRONG_TYPE"]


@pytest.mark.parametrize("given_facts", [[], "days", None, 3])
def test_facts_that_are_no_object_are_refused(given_facts):
    with pytest.raises(Refused) as refused:
        read_facts(given_facts, KIND, VOCABULARY)
    assert refused.value.problems[0].code == "NOT_AN_OBJECT"
