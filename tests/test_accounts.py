"""Accounts, pure: what was given and taken adds up, lapses, is carried over, and is never short."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.areas.leave.accounts import COMPENSATORY
from domain.conditions.language import parse
from domain.records.accounts import (
    Balance,
    Item,
    Move,
    balance,
    bound_by,
    differences,
    grants,
    lapsing,
    recounted,
    room,
    spent,
    years_since,
)
from domain.shapes.count_words import Within
from domain.shapes.entitlements import Entitlement, entitled
from policies import vocabulary

FIRST = date(2026, 1, 1)
FACTS = vocabulary.shipped().facts


def on(days: int) -> date:
    return FIRST + timedelta(days=days)


def item(number: int, day: int, amount: str | Decimal, until: int | None = None) -> Item:
    move = Move.CREDITED if Decimal(amount) >= 0 else Move.DEBITED
    last = None if until is None else on(until)
    return Item(move, "a", UUID(int=number), on(day), Decimal(amount), "c", last)


def row(id_: str, when: str, amount: int, carried: int | None = None) -> Entitlement:
    condition = parse(when, FACTS)
    of = id_, "c", "", "leave.annual_days", condition, Decimal(amount), Within.YEAR, carried
    return Entitlement(*of)


BY_YEARS = (
    row("five", "1 <= service_years < 10", 5, 0),
    row("ten", "10 <= service_years < 20", 10, 0),
    row("fifteen", "service_years >= 20", 15, 0),
)


def given_since(worked: date, opened: date, last: date, rows=BY_YEARS) -> list[Item]:
    def known(day: date) -> dict[str, Decimal]:
        years = years_since(worked, day)
        assert years is not None
        return {"service_years": years}

    return list(grants("x", lambda _: rows, known, opened, last))


def test_each_year_gives_by_years_of_service_and_the_opening_speaks_for_its_own_year():
    found = given_since(date(2010, 7, 1), date(2026, 3, 2), date(2028, 6, 1))
    assert [(each.day, each.amount) for each in found] == [
        (date(2027, 1, 1), 10),
        (date(2028, 1, 1), 10),
    ]


@pytest.mark.parametrize("worked", [date(2017, 5, 1), date(2017, 5, 20), date(2017, 5, 31)])
def test_who_comes_to_ten_years_gets_the_difference_from_the_next_month(worked: date):
    found = given_since(worked, date(2026, 3, 2), date(2027, 12, 31))
    assert [(each.day, each.amount) for each in found] == [
        (date(2027, 1, 1), 5),
        (date(2027, 6, 1), 5),
    ]
    assert {each.until for each in found} == {date(2027, 12, 31)}


def test_who_comes_to_it_in_the_year_of_the_opening_gets_the_difference_too():
    found = given_since(date(2016, 9, 3), date(2026, 3, 2), date(2026, 12, 31))
    assert [(each.day, each.amount) for each in found] == [(date(2026, 10, 1), 5)]


def test_nobody_is_given_anything_before_the_first_year_of_work_is_full():
    assert given_since(date(2026, 2, 1), date(2026, 3, 2), date(2027, 1, 31)) == []
    found = given_since(date(2026, 2, 1), date(2026, 3, 2), date(2027, 2, 28))
    assert found == []
    found = given_since(date(2026, 2, 1), date(2026, 3, 2), date(2027, 3, 1))
    assert [(each.day, each.amount) for each in found] == [(date(2027, 3, 1), 5)]


def test_a_grant_is_the_same_whenever_it_is_recounted():
    early = given_since(date(2010, 7, 1), date(2026, 3, 2), date(2027, 1, 1))
    assert early == given_since(date(2010, 7, 1), date(2026, 3, 2), date(2029, 1, 1))[:1]


@pytest.mark.parametrize(
    ("carried", "until"),
    [(None, None), (0, date(2026, 12, 31)), (3, date(2027, 3, 31)), (12, date(2027, 12, 31))],
)
def test_what_a_year_gives_is_carried_over_for_as_long_as_the_row_says(carried, until):
    assert row("r", "service_years >= 1", 5, carried).until(date(2026, 5, 4)) == until


def test_of_several_rows_that_speak_the_one_that_gives_most_holds():
    rows = (row("a", "service_years >= 1", 5), row("b", "service_years >= 10", 10))
    most = entitled(rows, {"service_years": Decimal(12)})
    assert most is rows[1]
    assert entitled(rows, {}) is None


def test_what_is_carried_over_is_used_first_and_what_is_left_of_it_lapses():
    items = [item(1, 0, "5", until=40), item(2, 10, "10", until=400), item(3, 20, "-3")]
    assert balance(items, [], on(20)).total == 12
    assert lapsing(items, on(20)) == [(on(40), Decimal(2)), (on(400), Decimal(10))]
    assert balance(items, [], on(40)).total == 12
    assert balance(items, [], on(41)).total == 10
    lapsed = [each for each in recounted(items, on(41)) if each.move is Move.LAPSED]
    assert [(each.source, each.day, each.amount) for each in lapsed] == [
        (UUID(int=1), on(41), Decimal(-2))
    ]


def test_what_was_taken_before_the_lapse_but_told_later_unmakes_a_part_of_the_lapse():
    items = [item(1, 0, "5", until=10)]
    posted = list(recounted(items, on(20)))
    items.append(item(2, 8, "-2"))
    after = differences(posted, recounted(items, on(20)))
    assert {(each.move, each.amount) for each in after} == {
        (Move.DEBITED, Decimal(-2)),
        (Move.LAPSED, Decimal(2)),
    }


def test_nothing_that_comes_later_is_taken_and_what_is_taken_later_is_left_there():
    items = [item(1, 0, "5"), item(2, 50, "5"), item(3, 60, "-8")]
    assert room(items, on(10)) == 2
    assert room(items, on(50)) == 2
    assert room(items, on(0) - timedelta(days=1)) == 0


def test_what_requests_hold_is_not_to_be_had_and_is_no_debit():
    held = [item(9, 5, "-4")]
    found = balance([item(1, 0, "5")], held, on(5))
    assert (found.total, found.reserved, found.room) == (5, 4, 1)


def test_an_account_binds_by_rows_alone_and_one_of_periods_once_it_is_opened():
    of_source = Entitlement(
        "o", "c", "overtime.work", COMPENSATORY.name, parse("always", FACTS), Decimal(1), None, None
    )
    assert not bound_by(COMPENSATORY, (), opened=True)
    assert bound_by(COMPENSATORY, (of_source,), opened=False)
    assert not bound_by(COMPENSATORY, BY_YEARS, opened=False)
    assert bound_by(COMPENSATORY, BY_YEARS, opened=True)


def test_overtime_that_was_paid_gives_no_leave():
    gives = COMPENSATORY.gives
    worked = Balance(Decimal(2), Decimal(0), Decimal(2), {"overtime.work": Decimal(2)})
    paid = Balance(moved={"overtime.work": Decimal(2), "overtime.payment": Decimal(-2)})
    assert [each(worked) for each in gives.values()] == [True, False]
    assert [each(paid) for each in gives.values()] == [True, True]
    assert [each(Balance()) for each in gives.values()] == [False, False]


AMOUNTS = st.integers(1, 20).map(lambda half: Decimal(half) / 2)
CREDITS = st.tuples(
    st.just("credit"), st.integers(0, 60), AMOUNTS, st.one_of(st.none(), st.integers(0, 80))
)
DEBITS = st.tuples(st.just("debit"), st.integers(0, 120), AMOUNTS, st.none())
RETURNS = st.tuples(st.just("return"), st.integers(0, 30), AMOUNTS, st.none())
HISTORIES = st.lists(st.one_of(CREDITS, DEBITS, RETURNS), max_size=14)


def lived(history, seen: Callable[[list[Item], int], None]) -> list[Item]:
    """What stands after a history in which nothing is taken that is not there; `seen` each time."""
    items: list[Item] = []
    for number, (what, day, amount, lasts) in enumerate(history):
        if what == "credit":
            items.append(item(number, day, amount, None if lasts is None else day + lasts))
        elif what == "debit" and amount <= room(items, on(day)):
            items.append(item(number, day, -amount))
        elif what == "return":
            taken = [at for at, each in enumerate(items) if each.amount < 0]
            if taken:
                at = taken[day % len(taken)]
                left = min(items[at].amount + amount, Decimal(0))
                items[at] = item(items[at].source.int, (items[at].day - FIRST).days, left)
        seen(items, number)
    return items


@given(HISTORIES)
def test_whatever_happens_an_account_that_binds_is_never_below_zero(history):
    def seen(items: list[Item], _: int) -> None:
        assert spent(items)[1] == 0
        for day in range(0, 150, 7):
            assert balance(items, [], on(day)).total >= 0

    lived(history, seen)


@given(HISTORIES, st.lists(st.integers(0, 150), min_size=14, max_size=14))
def test_the_entries_add_up_to_a_recount_whatever_was_told_when(history, days):
    posted: list[Item] = []

    def seen(items: list[Item], number: int) -> None:
        last = on(sorted(days)[number])
        posted.extend(differences(posted, recounted(items, last)))
        for day in range(0, 160, 5):
            stands = sum((e.amount for e in posted if e.day <= on(day)), Decimal(0))
            ought = sum((e.amount for e in recounted(items, last) if e.day <= on(day)), Decimal(0))
            assert stands == ought

    items = lived(history, seen)
    if history:
        assert differences(posted, recounted(items, on(sorted(days)[len(history) - 1]))) == []


@given(HISTORIES, st.integers(0, 120), AMOUNTS)
def test_what_may_be_taken_is_exactly_what_leaves_nothing_short(history, day, amount):
    items = lived(history, lambda *_: None)
    left = room(items, on(day))
    assert spent([*items, item(99, day, -left)])[1] == 0
    assert spent([*items, item(99, day, -(left + amount))])[1] == amount


@given(HISTORIES)
def test_nothing_is_lost_what_was_given_was_taken_lapsed_or_is_left(history):
    items = lived(history, lambda *_: None)
    every = recounted(items, on(1000))
    lapsed = -sum((e.amount for e in every if e.move is Move.LAPSED), Decimal(0))
    taken = -sum((e.amount for e in every if e.move is Move.DEBITED), Decimal(0))
    credited = sum((e.amount for e in every if e.move is Move.CREDITED), Decimal(0))
    left = sum((lot.amount for lot in spent(items)[0] if lot.until is None), Decimal(0))
    assert credited == taken + lapsed + left
