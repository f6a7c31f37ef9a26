"""Checks: sums and places, fails in a row and in the half-year, and the rows that are refused."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.conditions.language import ALWAYS
from domain.records.act_findings import ActProblem, act_findings
from domain.records.checks import Mending, MendTurn, mending
from domain.shapes.checks import (
    CheckItem,
    Mark,
    Marked,
    appraised,
    by_item,
    mark_problems,
    most_of,
    ranked,
    result,
)
from domain.shapes.count_words import Sum, Whose, Within
from domain.shapes.counts import Count, Happened, measured
from domain.vocabulary import Label
from policies import loading, vocabulary
from policies.files import CLAUSES
from policies.lines import RulebookError
from tests.small_words import write

OF = "hygiene.check"
WHOLE = CheckItem(OF, "a/1", "", None, Decimal(10), Decimal(12), None, Label("全表", "Whole"))
POINTS = st.decimals(0, 10, places=2)


def item(name: str, marked: Marked = Marked.SCORE, **more: Decimal) -> CheckItem:
    of = {"points": None, "passes": None, "weight": None, **more}
    return CheckItem(OF, "a/1", name, marked, **of, label=Label(name, name))


ITEMS = (item("floor"), item("desks", weight=Decimal(2)), item("key", Marked.TICK), WHOLE)


def sheet(number: int, day: date, total: int, *, regular: bool = True) -> Happened:
    facts = {"total": Decimal(total), "pass_mark": Decimal(60), "failed": total < 60}
    return Happened(UUID(int=number), OF, day, {**facts, "regular": regular})


def count(how: Sum, within: Within, column: str = "") -> Count:
    return Count("fails", "a/1", OF, how, column, None, ALWAYS, within, Whose.UNIT)


@given(st.lists(st.tuples(POINTS, POINTS, st.booleans()), min_size=1, max_size=5))
def test_a_sheet_comes_to_its_marks_by_their_weights_and_fails_below_the_pass_mark(marks):
    for floor, desks, kept in marks:
        sheet = [Mark("floor", floor), Mark("desks", desks), Mark("key", kept=kept)]
        assert list(mark_problems(ITEMS, sheet)) == []
        found = result(ITEMS, sheet)
        assert found.total == floor + 2 * desks + (10 if kept else 0)
        assert (found.pass_mark, found.failed) == (Decimal(12), found.total < 12)
        assert not result(ITEMS[:3], sheet).failed


def test_points_that_an_item_leaves_open_are_those_of_the_whole_and_its_own_pass_fails_the_sheet():
    own = item("stove", points=Decimal(5), passes=Decimal(3))
    assert [most_of(each) for each in by_item([own, *ITEMS]).values()] == [5, 10, 10, 10, 10]
    assert most_of(item("open")) == 1000
    assert result([own], [Mark("stove", Decimal(2))]).failed
    assert not result([own], [Mark("stove", Decimal(3))]).failed


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (Mark("roof", Decimal(1)), "NOT_AN_ITEM"),
        (Mark("floor", Decimal(1)), "MARKED_TWICE"),
        (Mark("desks", Decimal("10.01")), "BEYOND_ITS_POINTS"),
        (Mark("desks", Decimal(-1)), "BEYOND_ITS_POINTS"),
        (Mark("desks", Decimal("0.001")), "OFF_GRID"),
        (Mark("desks", kept=True), "MARKED_ANOTHER_WAY"),
        (Mark("key", Decimal(1)), "MARKED_ANOTHER_WAY"),
    ],
)
def test_each_item_is_marked_once_in_its_own_way_within_its_points(wrong, code):
    found = list(mark_problems(ITEMS, [Mark("floor", Decimal(1)), wrong]))
    assert code in {each.code for each in found if each.path[:2] == ("marks", "1")}
    missing = {each.details["en"] for each in found if each.code == "ITEM_NOT_MARKED"}
    assert missing == {"desks", "key"} - {wrong.item}


@given(st.dictionaries(st.integers(), POINTS, max_size=8))
def test_places_follow_the_scores_and_equals_share_one(scores):
    places = {each.subject: each.place for each in ranked(scores)}
    for one, place in places.items():
        assert place == 1 + sum(other > scores[one] for other in scores.values())


@given(st.lists(st.integers(0, 100), min_size=1, max_size=12))
def test_fails_in_a_row_are_the_latest_of_the_quarter_and_those_of_the_half_year_all(totals):
    sheets = [sheet(n, date(2026, n + 1, 15), total) for n, total in enumerate(totals)]
    for at in sheets:
        quarter = [
            s
            for s in sheets
            if s.day <= at.day and (s.day.month - 1) // 3 == (at.day.month - 1) // 3
        ]
        row = 0
        for each in quarter:
            row = row + 1 if each.facts["failed"] else 0
        found = measured([count(Sum.IN_A_ROW, Within.QUARTER, "failed")], sheets, at.day, at)
        assert found["fails"].value == row
        assert len(found["fails"].lines) == row
        mean = measured([count(Sum.MEAN, Within.QUARTER, "total")], sheets, at.day, at)
        assert mean["fails"].value == sum(s.facts["total"] for s in quarter) / len(quarter)
    assert measured([count(Sum.MEAN, Within.MONTH, "total")], [], date(2026, 1, 1)) == {}


@given(st.lists(st.tuples(st.integers(0, 120), st.integers(0, 100), st.booleans()), max_size=12))
def test_a_month_is_the_mean_of_its_sheets_and_counts_once_with_a_regular_one(drawn):
    days = sorted(drawn, key=lambda each: each[0])
    sheets = [
        sheet(n, date(2026, 1, 1) + timedelta(each[0]), each[1], regular=each[2])
        for n, each in enumerate(days)
    ]
    told = list(appraised(sheets, Within.MONTH, "regular"))
    assert [each.id for each in told] == [each.id for each in sheets]
    for month in {each.day.month for each in sheets}:
        of = [each for each in told if each.day.month == month]
        score = sum(each.facts["total"] for each in of) / len(of)
        counts = any(each.facts["regular"] for each in of)
        assert {each.facts["period_score"] for each in of} == {score}
        assert [each.facts["period_counts"] for each in of] == [False] * (len(of) - 1) + [counts]
        assert of[-1].facts["period_failed"] is (counts and score < 60)


def test_mending_stands_where_its_last_turn_leaves_it():
    on_time = {"overdue": False, "lapsed": False}
    assert mending([], **on_time) is Mending.DUE
    assert mending([], overdue=True, lapsed=False) is Mending.OVERDUE
    assert mending([MendTurn.MENDED], overdue=True, lapsed=False) is Mending.MENDED
    assert mending([MendTurn.MENDED, MendTurn.FAILED], **on_time) is Mending.DUE
    assert mending([MendTurn.MENDED, MendTurn.PASSED], overdue=True, lapsed=True) is Mending.DONE
    assert mending([MendTurn.MENDED], overdue=False, lapsed=True) is Mending.LAPSED


HEAD = "check,clause,item,kind,points,pass,weight,label_zh,label_en\n"
FLOOR = f"{OF},a/1,floor,score,10,,,地面,Floor"


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        ("hygiene.kitchen,a/1,floor,score,,,,地面,Floor", "check", "UNKNOWN_WORD"),
        (f"{OF},a/2,floor,score,,,,地面,Floor", "clause", "CLAUSE_UNKNOWN"),
        (f"{OF},a/1,Floor!,score,,,,地面,Floor", "item", "WRONG_FORMAT"),
        (f"{OF},a/1,desks,guess,,,,桌面,Desks", "kind", "UNKNOWN_WORD"),
        (f"{OF},a/1,desks,,,,,桌面,Desks", "kind", "WRONG_FORMAT"),
        (f"{OF},a/1,,score,,60,,全表,Whole", "kind", "WRONG_FORMAT"),
        (f"{OF},a/1,,,,60,2,全表,Whole", "weight", "WRONG_FORMAT"),
        (f"{OF},a/1,desks,score,ten,,,桌面,Desks", "points", "WRONG_FORMAT"),
        (f"{OF},a/1,desks,score,-1,,,桌面,Desks", "points", "TOO_SMALL"),
        (f"{OF},a/1,desks,score,10,11,,桌面,Desks", "pass", "OUT_OF_ORDER"),
        (f"{OF},a/1,desks,score,10,x,,桌面,Desks", "pass", "WRONG_FORMAT"),
        (f"{OF},a/1,desks,score,10,,0,桌面,Desks", "weight", "TOO_SMALL"),
        (f"{OF},a/1,floor,tick,,,,地面,Floor", "item", "DUPLICATE"),
        (f"{OF},a/1,desks,score,10,,,,Desks", "label_zh", "WRONG_FORMAT"),
        (f"{OF},a/1,desks,score,10,,,桌面", "", "WRONG_WIDTH"),
    ],
)
def test_a_row_that_says_no_check_is_refused_with_its_place_and_reason(tmp_path, row, column, code):
    clauses = ",".join(CLAUSES) + "\na/1,卫生,duty,hygiene,,,,,清洁"
    files = {"clauses.csv": clauses, "checks.csv": f"{HEAD}{FLOOR}\n{row}\n"}
    with pytest.raises(RulebookError) as refused:
        loading.read(write(tmp_path / "office", files), vocabulary.shipped())
    [fault] = refused.value.faults
    assert (fault.file, fault.line, fault.column, fault.code) == ("checks.csv", 3, column, code)
    assert fault.reason


def test_a_check_of_a_pass_mark_alone_has_nothing_to_look_at(tmp_path):
    clauses = ",".join(CLAUSES) + "\na/1,卫生,duty,hygiene,,,,,清洁"
    files = {"clauses.csv": clauses, "checks.csv": f"{HEAD}{OF},a/1,,,,60,,全表,Whole\n"}
    with pytest.raises(RulebookError) as refused:
        loading.read(write(tmp_path / "office", files), vocabulary.shipped())
    assert [(each.line, each.column) for each in refused.value.faults] == [(2, "item")]


def test_a_check_that_a_clause_asks_for_and_nobody_may_inspect_is_a_gap(tmp_path):
    clauses = ",".join(CLAUSES) + "\na/1,卫生,duty,hygiene,,,,,清洁"
    line = f"p, staff, office, {OF}, inspect, own_unit = false, check-1, 1, a/1, allow\n"
    files = {"clauses.csv": clauses, "registers.csv": f"register,clause,columns\n{OF},a/1,\n"}
    for lines, left in (("", ""), (line, "own_unit = true")):
        folder = write(tmp_path / f"of {len(lines)}" / "office", {**files, "hygiene.csv": lines})
        [found] = act_findings(loading.read(folder, vocabulary.shipped()), date(2026, 3, 2))
        assert (found.problem, found.thing, found.act) == (ActProblem.GAP, OF, "inspect")
        assert found.when == left
