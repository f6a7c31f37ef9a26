"""The rules of lending a seat: days, limits, what clashes, and no circle."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.office.delegation import (
    Delegation,
    Lending,
    Limit,
    Span,
    anniversary,
    circle,
    clash,
    covers,
    wrong_with,
)

TODAY = date(2026, 3, 2)
PEOPLE = [UUID(int=number) for number in range(1, 6)]
SEATS = [UUID(int=number) for number in range(101, 104)]
KINDS = ("leave.sick", "leave.personal", "loan.cash")

days = st.integers(0, 20).map(lambda n: TODAY + timedelta(days=n))
spans = st.tuples(days, days).map(lambda both: Span(min(both), max(both)))
lendings = st.builds(
    Lending,
    kinds=st.none() | st.frozensets(st.sampled_from(KINDS), min_size=1),
    limit=st.none() | st.builds(Limit, st.just("amount"), st.integers(0, 9).map(Decimal)),
)
loans = st.builds(
    Delegation,
    id=st.uuids(),
    seat=st.sampled_from(SEATS),
    lender=st.sampled_from(PEOPLE),
    borrower=st.sampled_from(PEOPLE),
    span=spans,
    lending=lendings,
)


def loan(lender, borrower, begins=0, ends=9, seat=0, **more):
    span = Span(TODAY + timedelta(days=begins), TODAY + timedelta(days=ends))
    return Delegation(uuid4(), SEATS[seat], PEOPLE[lender], PEOPLE[borrower], span, **more)


def codes(begins, ends):
    return [problem.code for problem in wrong_with(begins, ends, TODAY)]


@pytest.mark.parametrize(
    ("begins", "ends", "expected"),
    [
        (TODAY, TODAY, []),
        (TODAY, date(2027, 3, 1), []),
        (TODAY, date(2027, 3, 2), ["LOAN_TOO_LONG"]),
        (date(2026, 3, 1), TODAY, ["IN_THE_PAST"]),
        (date(2026, 3, 5), date(2026, 3, 4), ["END_BEFORE_START"]),
        (date.max, date.max, ["DATE_TOO_FAR"]),
    ],
)
def test_a_loan_begins_today_at_the_earliest_and_lasts_a_year_at_most(begins, ends, expected):
    assert codes(begins, ends) == expected


def test_a_year_that_begins_on_a_leap_day_ends_on_the_day_before_the_next_march():
    assert anniversary(date(2028, 2, 29)) == date(2029, 2, 28)
    assert anniversary(date(2027, 3, 1)) == date(2028, 2, 29)


@given(days, days)
def test_days_are_right_exactly_when_they_lie_in_order_within_a_year_from_today(begins, ends):
    assert (codes(begins, ends) == []) == (begins <= ends <= anniversary(begins))


@given(lendings, st.sampled_from(KINDS), st.none() | st.integers(0, 12))
def test_a_loan_covers_its_kinds_up_to_the_limit_and_nothing_that_does_not_state_it(
    lending, kind, amount
):
    facts = {} if amount is None else {"amount": str(amount)}
    within = lending.limit is None or (amount is not None and amount <= lending.limit.maximum)
    assert covers(lending, kind, facts) == ((not lending.kinds or kind in lending.kinds) and within)


def test_the_limit_itself_is_covered_and_a_cent_more_is_not():
    lending = Lending(limit=Limit("amount", Decimal(5000)))
    assert covers(lending, "loan.cash", {"amount": "5000.00"})
    assert not covers(lending, "loan.cash", {"amount": "5000.01"})


@given(loans, loans)
def test_two_loans_clash_whichever_comes_first(one, other):
    assert bool(clash(one, [other])) == bool(clash(other, [one]))


@given(loans, loans)
def test_loans_of_other_seats_or_days_never_clash(one, other):
    common = one.span.common(other.span)
    if one.seat != other.seat or common is None:
        assert clash(one, [other]) is None
    elif one.lending.kinds is None or other.lending.kinds is None:
        assert clash(one, [other]) is other


def test_loans_of_one_seat_for_other_kinds_stand_side_by_side():
    sick = loan(0, 1, lending=Lending(frozenset({"leave.sick"})))
    personal = loan(0, 2, lending=Lending(frozenset({"leave.personal"})))
    assert clash(personal, [sick]) is None
    assert clash(loan(0, 2), [sick]) is sick


def test_a_seat_is_not_lent_to_whoever_lends_one_back_on_a_common_day():
    back = loan(1, 0, begins=5, ends=8, seat=1)
    assert circle(loan(0, 1, begins=0, ends=5), [back]) == (back,)
    assert circle(loan(0, 1, begins=0, ends=4), [back]) == ()
    assert circle(loan(0, 1, begins=9, ends=12), [back]) == ()


def test_a_circle_of_three_is_found_only_where_all_share_a_day():
    first, second = loan(1, 2, 0, 4), loan(2, 0, 3, 9)
    assert circle(loan(0, 1), [first, second]) == (first, second)
    assert circle(loan(0, 1, 5, 9), [first, second]) == ()
    assert circle(loan(0, 1), [first, loan(2, 0, 5, 9)]) == ()


@given(st.lists(loans, max_size=8))
def test_loans_that_are_let_in_one_by_one_never_form_a_circle_on_any_day(asked):
    standing: list[Delegation] = []
    for each in asked:
        if each.lender != each.borrower and not circle(each, standing):
            standing.append(each)
    for day in (TODAY + timedelta(days=number) for number in range(21)):
        lent = {}
        for each in standing:
            if each.in_force(day):
                lent.setdefault(each.lender, set()).add(each.borrower)
        for person in PEOPLE:
            assert person not in reached(lent, person)


def reached(lent, start):
    """Everybody to whom somebody's authority comes, by loans of loans."""
    found, frontier = set(), {start}
    while frontier := set().union(*(lent.get(each, set()) for each in frontier)) - found:
        found |= frontier
    return found


def test_a_loan_that_was_ended_early_counts_no_longer():
    ended = loan(1, 0, ended_at=TODAY)
    assert not ended.in_force(TODAY)
    assert circle(loan(0, 1), [ended]) == ()
    assert clash(loan(1, 2), [ended]) is None
