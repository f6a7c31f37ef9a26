"""Who holds a seat when, and how few administrators a change would leave."""

from datetime import date, timedelta
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from domain.office.delegation import Span
from domain.office.posts import (
    Appointment,
    fewest_from,
    first_day_missing,
    holders_on,
    must_not_fall,
)
from resolvers.office.appointments import beyond

TODAY = date(2026, 3, 2)
PEOPLE = [UUID(int=number) for number in range(1, 5)]
SEAT = UUID(int=99)

days = st.integers(0, 12).map(lambda n: TODAY + timedelta(days=n))


@st.composite
def appointed(draw):
    begins, ends = draw(days), draw(st.none() | days)
    begins, ends = (ends, begins) if ends and ends < begins else (begins, ends)
    return Appointment(draw(st.uuids()), SEAT, draw(st.sampled_from(PEOPLE)), "", begins, ends)


def holding(person, begins=0, ends=None):
    until = None if ends is None else TODAY + timedelta(days=ends)
    return Appointment(uuid4(), SEAT, PEOPLE[person], "", TODAY + timedelta(days=begins), until)


def on(number):
    return TODAY + timedelta(days=number)


@given(st.lists(appointed(), max_size=6), days)
def test_the_fewest_holders_are_found_day_by_day(appointments, day):
    far = TODAY + timedelta(days=14)
    each_day = [day + timedelta(days=n) for n in range((far - day).days + 1)]
    assert fewest_from(appointments, day) == min(
        len(holders_on(appointments, each)) for each in each_day
    )


@given(st.lists(appointed(), max_size=6), days, days)
def test_the_first_day_missing_is_the_first_that_nobody_holds_for_the_person(
    appointments, one, other
):
    span = Span(min(one, other), max(one, other))
    own = [each for each in appointments if each.person == PEOPLE[0]]
    stretch = [span.begins + timedelta(days=n) for n in range((span.ends - span.begins).days + 1)]
    missing = next((d for d in stretch if not any(each.holds_on(d) for each in own)), None)
    assert first_day_missing(appointments, PEOPLE[0], span) == missing


def test_an_office_short_of_administrators_is_not_left_with_fewer():
    assert must_not_fall(1, 1)
    assert not must_not_fall(1, 0)
    assert not must_not_fall(2, 1)
    assert must_not_fall(3, 2)


def test_what_would_last_longer_or_begin_later_is_what_ends():
    kept, cut, coming = holding(0, 0, 3), holding(0, 0, 9), holding(0, 5)
    assert beyond([kept, cut, coming], on(3)) == [cut, coming]
