from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Refused
from domain.shapes.asking import read_measures, speaking, unstated
from domain.shapes.findings import RuleProblem, findings
from domain.shapes.ladders import consequences, what_follows
from tests.small_shapes import shapes

LATE = """
    one; ~; late; late = 1; warning;;;; staff;;;;;;;; 提醒; Warned
    two; ~; late; 2 <= late < 5; fine; 20; yuan;; staff; late;;;;;;; 每次罚款; Fined each time
    five; ~; late; late >= 5; public_criticism;;;; staff;;;;;;;; 通报; Criticised in public
    five; ~; late; late >= 5; deduct_bonus;; percent; 年终奖; staff;;;;;;;; 扣发奖金; Bonus cut
    over; ~; absent; absent > 6; fine; 260; yuan;; staff; absent; 6;;;;;; 超过六天每天扣; Each day
    chief; ~; unfiled; grade = chief and filed = false; disciplinary;;;;;;;;; a;;; 处分; Punished
    chief; ~; unfiled; grade = chief and filed = false; other;;;;;;;;; a;;; 停职; Suspended
    always; ~; anyway; always; talk;;;;;;;;;;;; 谈话; A talk
"""
BOOK = shapes(ladders=LATE)
ANYWAY = ["talk"]


def follow(**given: object) -> list[tuple[str, Decimal | None]]:
    measures = read_measures(given, BOOK.measures, BOOK.ladders)
    found = consequences(speaking(BOOK.ladders, measures), measures)
    return [(each.rung.type, each.amount) for each in found if each.rung.id != "always"]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"late": 0}, []),
        ({"late": 1}, [("warning", None)]),
        ({"late": 2}, [("fine", 40)]),
        ({"late": 4}, [("fine", 80)]),
        ({"late": 5}, [("public_criticism", None), ("deduct_bonus", None)]),
        ({"absent": "6"}, []),
        ({"absent": "7"}, [("fine", 260)]),
        ({"absent": 8.5}, [("fine", 650)]),
        ({"grade": "chief", "filed": False}, [("disciplinary", None), ("other", None)]),
        ({"grade": "staff", "filed": False}, []),
        ({"late": 1, "absent": 7}, [("warning", None), ("fine", 260)]),
    ],
)
def test_facts_lead_to_the_consequences_of_their_rung(given, expected):
    assert follow(**given) == expected


def test_an_amount_that_the_text_leaves_open_is_shown_as_open():
    found = consequences(BOOK.ladders, {"late": Decimal(5), "absent": Decimal(7)})
    by_type = {each.rung.type: each.is_open for each in found}
    assert by_type["deduct_bonus"]
    assert not by_type["fine"]
    assert not by_type["talk"]


def test_what_follows_takes_only_rungs_that_a_fact_leads_to():
    found = what_follows(BOOK.ladders, {"late": Decimal(2), "filed": False})
    assert [(each.rung.type, each.amount) for each in found] == [("fine", 40)]
    assert what_follows(BOOK.ladders, {}) == ()


def test_a_measure_that_is_missing_is_asked_for_by_name():
    rungs = [rung for rung in BOOK.ladders if rung.id == "chief"]
    with pytest.raises(Refused) as refused:
        speaking(rungs, {"grade": "chief"})
    [problem] = refused.value.problems
    assert (problem.code, problem.path) == ("MEASURE_NOT_STATED", ("measures", "filed"))
    assert speaking(rungs, {"grade": "staff"}) == ()
    by_facts = [rung for rung in BOOK.ladders if rung.id != "always"]
    assert speaking(by_facts, {"late": Decimal(0)}) == ()
    with pytest.raises(Refused):
        speaking(by_facts, {})
    assert unstated(rungs, {"filed": True}) == ()


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"lateness": 3}, "UNKNOWN_MEASURE"),
        ({"late": -1}, "TOO_SMALL"),
        ({"late": "1.5"}, "WRONG_TYPE"),
        ({"grade": "director"}, "UNKNOWN_VALUE"),
        ({"filed": "no"}, "WRONG_TYPE"),
        ([], "NOT_AN_OBJECT"),
    ],
)
def test_a_measure_out_of_place_is_refused(given, code):
    with pytest.raises(Refused) as refused:
        read_measures(given, BOOK.measures, BOOK.ladders)
    assert [each.code for each in refused.value.problems] == [code]


def found_in(**tables: str) -> list[tuple[str, dict[str, object]]]:
    return [(each.problem, dict(each.example)) for each in findings(shapes(**tables))]


RUNG = "{id}; ~; late; {when}; warning; ; ; ; ; ; ; ; ; {choice}; ; ; 警告; Warned"


def ladder(*whens: str, choice: str = "") -> str:
    return "\n".join(
        RUNG.format(id=f"r{number}", when=when, choice=choice) for number, when in enumerate(whens)
    )


@pytest.mark.parametrize(
    ("whens", "expected"),
    [
        (("late = 1", "late = 2", "late >= 3"), []),
        (("late = 1", "late = 3"), [("LADDER_HOLE", {"late": 2})]),
        (("late = 1", "2 <= late <= 3"), [("LADDER_HOLE", {"late": 4})]),
        (("late < 3", "late >= 5"), [("LADDER_HOLE", {"late": 3})]),
        (("late < 3", "3 <= late < 5"), []),
        (("1 <= late <= 3", "late >= 3"), [("LADDER_TWO_ANSWERS", {"late": 3})]),
        (("late >= 1", "filed = false"), []),
        (("grade = chief and late >= 1", "grade = staff and late = 1"),
         [("LADDER_HOLE", {"grade": "staff", "late": 2})]),
    ],
)  # fmt: skip
def test_a_ladder_is_total_or_says_where_it_is_not(whens, expected):
    assert found_in(ladders=ladder(*whens)) == [
        (problem, {name: Decimal(v) if isinstance(v, int) else v for name, v in example.items()})
        for problem, example in expected
    ]


def test_a_choice_by_gravity_is_one_answer():
    assert found_in(ladders=ladder("late >= 1", "late >= 2", choice="a")) == []


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 4)), min_size=1, max_size=4))
def test_every_hole_between_rungs_and_every_second_answer_is_found(spans):
    spans = sorted({(low, low + length) for low, length in spans})
    whens = [f"{low} <= late <= {high}" for low, high in spans]
    problems = dict(found_in(ladders=ladder(*whens)))
    answers = {n: sum(low <= n <= high for low, high in spans) for n in range(101)}
    answered = [n for n, count in answers.items() if count]
    end = 101 if answered[0] > 0 else answered[-1]
    holes = [n for n in range(answered[0], end) if not answers[n]]
    doubles = [n for n, count in answers.items() if count > 1]
    assert (RuleProblem.LADDER_HOLE in problems) == bool(holes)
    assert (RuleProblem.LADDER_TWO_ANSWERS in problems) == bool(doubles)
    if holes:
        assert problems[RuleProblem.LADDER_HOLE] == {"late": holes[0]}


@pytest.mark.parametrize(
    ("first", "second", "contradict"),
    [
        ("max; grade = chief", "max; grade = staff", False),
        ("max; always", "max; grade = staff", True),
        ("max; always", "min; always", True),
        ("min; always", "max; always", False),
    ],
)
def test_quotas_contradict_each_other_where_they_speak_of_one_case(first, second, contradict):
    quota = "q{}; ~; 餐费; late; {}; time; 每月; {}; "
    found = found_in(quotas=f"{quota.format(1, 3, first)}\n{quota.format(2, 5, second)}")
    assert [problem for problem, _ in found] == ["QUOTAS_CONTRADICT"] * contradict


def test_a_vote_without_a_majority_and_a_clock_without_action_or_term_are_found():
    found = found_in(
        votes="v; ~; party_group; ; ; eligible; 1/2; false; ; ; ; ; ; ; ; ; ;",
        clocks="c; ~; 收到; ; ; ; ; after; ; ; always;",
    )
    assert [problem for problem, _ in found] == [
        "VOTE_WITHOUT_MAJORITY", "CLOCK_WITHOUT_ACTION", "CLOCK_WITHOUT_TERM",
    ]  # fmt: skip
