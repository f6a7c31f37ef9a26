"""What is made of lines: how many, which value, how many in a row; and what follows from them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some

from domain.conditions.language import ALWAYS
from domain.shapes.count_words import Sum, Whose, Within
from domain.shapes.counts import Count, Happened, measured
from domain.shapes.proposals import Taken, left_of, looked_at, proposals
from tests.small_shapes import MEASURES, faults_in, shapes

MORE = """
first;decimal;records;day;0;366;0.5;甲;One;
second;decimal;records;day;0;366;0.5;乙;Two;
sum_of_all;decimal;records;day;0;999;0.5;合计;In all;
twice;decimal;records;day;0;999;0.5;合计;More;
"""
RUNG = "{}; ~; t; {}; warning; ; ; ; ; ; ; ; ; ; ; ; {}; {}"
SUBJECT = UUID(int=9)


def count(of: Sum, within: Within = Within.YEAR, column: str = "", name: str = "m") -> Count:
    return Count(name, "handbook/一", "line", of, column, None, ALWAYS, within, Whose.PERSON)


def line(day: str, number: int = 1, **facts: Decimal | str) -> Happened:
    return Happened(UUID(int=number), "line", date.fromisoformat(day), facts)


def counted(each: Count, *lines: Happened) -> object:
    found = measured(
        [each], lines, lines[-1].day if lines else date(2026, 3, 2), (lines or (None,))[-1]
    )
    return found["m"].value if "m" in found else None


def test_what_is_denied_is_true_until_a_line_says_otherwise():
    assert counted(count(Sum.DENIED)) is True
    assert counted(count(Sum.DENIED), line("2026-03-02")) is False


def test_a_denial_from_any_of_two_sources_denies():
    other = Count(
        "m", "handbook/一", "other", Sum.DENIED, "", None, ALWAYS, Within.YEAR, Whose.PERSON
    )
    found = measured([count(Sum.DENIED), other], [line("2026-03-02")], date(2026, 3, 2))
    assert found["m"].value is False


def test_the_line_that_happened_names_the_value_and_no_line_names_none():
    named = count(Sum.NAMED, Within.ITSELF, "grave")
    assert counted(named, line("2026-03-02")) == "grave"
    assert counted(named) is None


def test_the_last_line_of_the_time_tells():
    told = count(Sum.LAST, Within.MONTH, "days")
    lines = [line("2026-03-02", 1, days=Decimal(3)), line("2026-03-09", 2, days=Decimal(5))]
    assert counted(told, *lines) == 5
    assert measured([told], lines, date(2026, 4, 1))["m"].value == 0


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([], 0),
        (["2026-03-31"], 1),
        (["2026-02-27", "2026-03-31"], 2),
        (["2026-03-02", "2026-03-31"], 1),
        (["2026-01-30", "2026-03-31"], 1),
        (["2025-12-31", "2026-01-30", "2026-02-27"], 3),
    ],
)
def test_months_in_a_row_are_those_that_end_with_the_last(days, expected):
    lines = [line(day, number) for number, day in enumerate(days, start=1)]
    assert counted(count(Sum.IN_A_ROW, Within.RUNNING, "month"), *lines) == expected


@given(some.sets(some.integers(2000, 2040), min_size=1))
def test_no_more_years_are_in_a_row_than_have_a_line(years):
    lines = [line(f"{year}-06-30", year) for year in sorted(years)]
    each = count(Sum.IN_A_ROW, Within.RUNNING, "year")
    found = measured([each], lines, lines[-1].day)["m"]
    run = int(found.value)
    last = max(years)
    assert {last - back for back in range(run)} <= years
    assert last - run not in years
    assert {each.int for each in found.lines} == {last - back for back in range(run)}


def test_every_third_of_a_year_is_counted_of_that_year_whatever_the_others_go_back_to():
    late = count(Sum.NUMBER, Within.RUNNING, name="late")
    thirds = Count(
        *("absent", "handbook/一", "late", Sum.EVERY, "", Decimal(3), ALWAYS),
        *(Within.YEAR, Whose.PERSON),
    )
    days = ["2025-11-03", "2025-12-01", "2026-01-05", "2026-02-02", "2026-03-02"]
    lines = [line(day, number) for number, day in enumerate(days, start=1)]
    before = measured([thirds, late], lines[:4], lines[3].day, lines[3])
    assert (before["late"].value, before["absent"].value) == (4, 0)
    after = measured([thirds, late], lines, lines[4].day, lines[4])
    assert (after["late"].value, after["absent"].value) == (5, 1)
    assert {each.int for each in after["absent"].lines} == {3, 4, 5}


def test_what_runs_on_from_another_is_counted_with_it_and_brings_its_consequence_once():
    stretch = count(Sum.TOTAL, Within.STRETCH, "days", "late")
    spans = [
        ("2026-02-27", -1, 3),
        ("2026-03-02", 3, 5),
        ("2026-03-04", 5, 8),
        ("2026-03-09", 9, 12),
    ]
    lines = [
        replace(line(day, number, days=Decimal(2)), follows=follows, until=until)
        for number, (day, follows, until) in enumerate(spans, start=1)
    ]
    sums = [measured([stretch], lines, each.day, each)["late"].value for each in lines]
    assert sums == [2, 4, 6, 2]
    assert measured([stretch], lines, lines[0].day)["late"].value == 0
    alone = [replace(each, follows=None) for each in lines]
    assert measured([stretch], alone, alone[2].day, alone[2])["late"].value == 2
    rungs = RUNG.format("long", "late > 3", "扣罚", "Fined") + "\n"
    known, book = {"grade": "staff"}, shapes(measures=MEASURES + MORE, ladders=rungs)
    of = lines, [stretch], book.ladders, lambda _: known, book.measures, date(2026, 1, 1)
    [once] = proposals(SUBJECT, *of)
    assert (once.first, len(once.lines)) == (lines[0].day, 3)


def test_what_was_imposed_for_the_first_times_is_not_due_again():
    book = shapes(ladders="a; ~; t; late >= 1; fine; 10; yuan; ; ; late; ; ; ; ; ; ; 罚款; Fined")
    [rung] = book.ladders
    of_all, first = frozenset("abc"), frozenset("a")
    assert left_of(rung, Decimal(30), of_all, [Taken(rung, Decimal(10), first)]) == 20
    assert left_of(rung, Decimal(10), frozenset("d"), [Taken(rung, Decimal(10), first)]) == 10
    other = replace(rung, id="b")
    assert left_of(rung, Decimal(30), of_all, [Taken(other, Decimal(10), first)]) == 30
    of_one = replace(rung, per="")
    assert left_of(of_one, Decimal(10), of_all, [Taken(of_one, Decimal(10), first)]) == 10


def proposed(rungs: str, *lines: Happened, of: Count) -> set[str]:
    book = shapes(measures=MEASURES + MORE, ladders=rungs)
    counts = [of]
    known = {"grade": "staff"}
    found = proposals(
        SUBJECT, lines, counts, book.ladders, lambda _: known, book.measures, date(2026, 1, 1)
    )
    return {each.rung.id for each in found}


def test_what_would_follow_with_nothing_on_record_is_no_consequence_of_a_line():
    rungs = RUNG.format("kept", "late <= 2", "照发", "Paid") + "\n"
    rungs += RUNG.format("cut", "late > 2", "扣发", "Cut")
    lines = [line(f"2026-03-0{day}", day) for day in (2, 3, 4)]
    late = count(Sum.NUMBER, name="late")
    assert proposed(rungs, *lines[:2], of=late) == set()
    assert proposed(rungs, *lines, of=late) == {"cut"}


def test_what_is_known_of_a_person_alone_brings_up_nothing():
    rungs = RUNG.format("staff", "grade = staff", "谈话", "Talk")
    assert proposed(rungs, line("2026-03-02"), of=count(Sum.NUMBER, name="late")) == set()


def test_a_rung_depends_on_what_its_measures_are_worked_out_from_however_far():
    book = shapes(
        measures=MEASURES + MORE,
        ladders=RUNG.format("a", "twice > 3", "警告", "Warned"),
        derivations="sum_of_all; ~; first second; ;\ntwice; ~; sum_of_all late; ;",
    )
    names = looked_at(book.ladders[0], book.measures)
    assert names == {"twice", "sum_of_all", "late", "first", "second"}


COUNT = "{}; ~; occurrence; {}; {}; ; always; {}; person"


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        (COUNT.format("filed", "number", "", "month"), "measure", "WRONG_TYPE"),
        (COUNT.format("late", "shown", "", "month"), "measure", "WRONG_TYPE"),
        (COUNT.format("late", "denied", "", "month"), "measure", "WRONG_TYPE"),
        (COUNT.format("late", "named", "chief", "itself"), "measure", "WRONG_TYPE"),
        (COUNT.format("grade", "named", "boss", "itself"), "column", "UNKNOWN_WORD"),
        (COUNT.format("grade", "named", "chief", "month"), "within", "WRONG_FORMAT"),
        (COUNT.format("grade", "named", "", "itself"), "column", "WRONG_FORMAT"),
        (COUNT.format("late", "last", "what", "month"), "column", "WRONG_TYPE"),
        (COUNT.format("late", "last", "", "month"), "column", "WRONG_FORMAT"),
        (COUNT.format("late", "in_a_row", "running", "year"), "column", "UNKNOWN_WORD"),
        (COUNT.format("late", "number", "amount", "year"), "column", "WRONG_FORMAT"),
    ],
)
def test_a_count_that_cannot_be_is_refused_where_it_stands(row, column, code):
    _, faults = faults_in(counts=row)
    assert (1, column, code) in [(e.line, e.column, e.code) for e in faults.found]


@pytest.mark.parametrize(
    "row",
    [
        COUNT.format("filed", "denied", "", "itself"),
        COUNT.format("grade", "named", "chief", "itself"),
        COUNT.format("late", "in_a_row", "month", "quarter"),
        COUNT.format("absent", "last", "amount", "month"),
    ],
)
def test_a_count_that_can_be_is_read(row):
    _, faults = faults_in(counts=row)
    assert faults.found == []
