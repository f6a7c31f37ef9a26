"""A roster is drawn fairly, whoever is exempt is judged on the day, and what lacks is a hole."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.records.rosters import (
    Candidate,
    Held,
    Slot,
    Turn,
    barred,
    drawn,
    measures_on,
    slots_of,
)
from domain.shapes.points import months_later
from domain.shapes.rosters import Days, Shift, shifts_of
from domain.time.moments import OFFICE_TIME
from policies import loading
from tests.small_shapes import CALENDAR, codes

APRIL, SINCE = date(2026, 4, 1), date(2010, 1, 1)
CB = loading.shipped("construction-bureau").shapes
SHIFTS = {each.name: each for each in shifts_of(CB.rosters, "duty.turns")}
ROW = "{}; ~; {}; {}; {}; {}; {}; {}; {}; {}; {}; 班; Shift"


def somebody(number: int, role: str = "staff", **known: str) -> Candidate:
    return Candidate(UUID(int=number), f"第{number}人", (Held(role, SINCE, None),), None, known)


def shift(days: Days = Days.ALL, people: int = 1) -> Shift:
    night = SHIFTS["workday_night"]
    return Shift(**{**vars(night), "days": days, "people": people, "subjects": ()})


def days_of(person: Candidate, name: str = "workday_night") -> set[int]:
    """The days of April on which somebody may be put on a shift."""
    each = Shift(**{**vars(SHIFTS[name]), "days": Days.ALL})
    slots = slots_of([each], APRIL, CALENDAR, ())
    return {slot.day.day for slot in slots if not barred(person, slot, each, CB.eligibility)}


def test_who_turns_fifty_on_the_fifteenth_is_drawn_until_the_fourteenth():
    every = set(range(1, 31))
    assert days_of(somebody(1, gender="male", born="1976-04-15")) == set(range(1, 15))
    assert days_of(somebody(2, gender="male", born="1976-05-02")) == every
    assert days_of(somebody(3, gender="female", born="1978-04-10")) == set(range(1, 10))
    assert days_of(somebody(4, gender="female", born="1979-06-01")) == every


def test_a_mother_is_on_no_duty_until_the_child_is_one_and_age_frees_no_leader():
    mother = {"gender": "female", "child_born": "2025-04-20"}
    assert days_of(somebody(1, **mother)) == set(range(20, 31))
    leader = somebody(2, "finance_deputy", gender="male", born="1970-01-01")
    deputies = Candidate(leader.id, "", (Held("deputy_director", SINCE, None),), None, leader.facts)
    assert days_of(deputies, "whole_day") == set(range(1, 31))
    nursing = Candidate(leader.id, "", deputies.seats, None, mother)
    assert days_of(nursing, "whole_day") == set(range(20, 31))


def test_a_leader_on_duty_is_of_division_rank_and_the_officer_a_civil_servant():
    bureau = loading.shipped("hrss-bureau").shapes
    leader, officer = shifts_of(bureau.rosters, "duty.turns")
    slots = slots_of([leader, officer], APRIL, CALENDAR, ())[:2]

    def may(role: str, at: int, **known: str) -> bool:
        each = (leader, officer)[at]
        return barred(somebody(1, role, **known), slots[at], each, bureau.eligibility) is None

    assert [may("deputy_director", 0, grade=grade) for grade in ("division_chief", "section")] == [
        *(True, False),
    ]
    assert not may("deputy_director", 0)
    assert [may("staff", 1, employment=each) for each in ("civil_servant", "temporary")] == [
        *(True, False),
    ]


def test_ages_are_complete_on_the_day_itself():
    born = somebody(1, born="1976-04-15", child_born="2026-01-31")
    told = [measures_on(born.facts, day) for day in (date(2026, 4, 14), date(2026, 4, 15))]
    assert [each["age"] for each in told] == [49, 50]
    assert measures_on(born.facts, date(2026, 2, 28))["child_age_months"] == 1
    assert measures_on(born.facts, date(2026, 1, 30))["child_age_months"] == 0


def test_a_seat_counts_while_it_is_held_and_nobody_is_on_duty_while_away():
    day = datetime(2026, 4, 10, 9, tzinfo=OFFICE_TIME)
    left = (Held("staff", SINCE, date(2026, 4, 9)),)
    assert days_of(Candidate(UUID(int=1), "", left, None, {})) == set(range(1, 10))
    gone = Candidate(UUID(int=1), "", (Held("staff", SINCE, None),), date(2026, 4, 3), {})
    assert days_of(gone) == {1, 2, 3}
    away = Candidate(UUID(int=1), "", gone.seats, None, {}, ((day, day + timedelta(days=1)),))
    assert days_of(away) == set(range(1, 31)) - {10}
    exempted = Candidate(UUID(int=1), "", gone.seats, None, {}, (), ((date(2026, 4, 20), None),))
    assert days_of(exempted) == set(range(1, 20))
    spell = ((date(2026, 4, 20), date(2026, 4, 25)),)
    exempted = Candidate(UUID(int=1), "", gone.seats, None, {}, (), spell)
    assert days_of(exempted) == {*range(1, 20), *range(26, 31)}
    assert days_of(somebody(1, "driver")) == set()


def test_a_shift_is_on_the_days_that_its_row_says_and_may_end_the_next_morning():
    def on(days: Days, *ordered: date) -> list[int]:
        return [each.day.day for each in slots_of([shift(days)], APRIL, CALENDAR, ordered)]

    assert on(Days.HOLIDAY) == [4, 5, 6]
    assert on(Days.DAY_OFF) == [4, 5, 6, 11, 12, 18, 19, 25, 26]
    assert on(Days.WORKDAY) == sorted({*range(1, 31)} - set(on(Days.DAY_OFF)))
    assert (on(Days.ORDERED), on(Days.ORDERED, date(2026, 4, 7))) == ([], [7])
    first = slots_of([shift()], APRIL, CALENDAR, ())[0]
    assert (first.begins.hour, first.ends.day, first.ends.hour) == (18, 2, 8)


def test_where_nobody_may_the_turn_is_a_hole_and_nobody_has_two_at_a_time():
    slots = slots_of([shift(people=2)], APRIL, CALENDAR, ())
    alone = list(drawn(slots, [somebody(1)], (), lambda *_: True))
    assert [person for slot, person in alone if slot.place == 1] == [UUID(int=1)] * 30
    assert {person for slot, person in alone if slot.place == 2} == {None}


def test_fewest_turns_come_first_then_the_longest_ago_then_the_order_of_the_seats():
    [slot, *_] = slots_of([shift()], APRIL, CALENDAR, ())
    people = [somebody(number) for number in (1, 2, 3)]

    def first(*turns: tuple[int, str]) -> int:
        had = [Turn(UUID(int=n), slot.post, slot.shift, date.fromisoformat(d)) for n, d in turns]
        person = next(drawn([slot], people, had, lambda *_: True))[1]
        assert person
        return person.int

    assert first() == 1
    assert first((1, "2026-03-01")) == 2
    assert first((1, "2026-02-01"), (2, "2026-01-01"), (3, "2026-03-01")) == 2
    assert first((1, "2026-02-01"), (2, "2026-01-01"), (2, "2026-01-05"), (3, "2026-03-01")) == 1
    assert first((1, "2025-03-31"), (2, "2026-01-01")) == 3
    assert first((1, "2025-03-31"), (2, "2026-01-01"), (3, "2025-03-30")) == 3


@given(
    people=st.integers(2, 9),
    months=st.integers(1, 4),
    at_once=st.integers(1, 2),
)
def test_no_two_who_always_may_are_more_than_a_turn_apart(people, months, at_once):
    everybody, had = [somebody(number) for number in range(1, people + 1)], []
    for month in range(months):
        slots = slots_of([shift(people=at_once)], months_later(APRIL, month), CALENDAR, ())
        drew = list(drawn(slots, everybody, had, lambda *_: True))
        had += [Turn(who, slot.post, slot.shift, slot.day) for slot, who in drew if who]
        counted = [sum(turn.person == each.id for turn in had) for each in everybody]
        assert max(counted) - min(counted) <= 1
        assert list(drawn(slots, everybody, had[: len(had) - len(drew)], lambda *_: True)) == drew


@given(st.data())
def test_whoever_is_drawn_may_be_and_a_hole_is_left_only_where_nobody_may(data):
    everybody = [somebody(number) for number in range(1, 5)]
    slots = slots_of([shift()], APRIL, CALENDAR, ())
    days = st.frozensets(st.integers(1, 30))
    free = {each.id: data.draw(days) for each in everybody}

    def may(person: Candidate, slot: Slot) -> bool:
        return slot.day.day in free[person.id]

    for slot, who in drawn(slots, everybody, (), may):
        assert slot.day.day in free[who] if who else not any(may(p, slot) for p in everybody)


def row(**more: object) -> str:
    told = {
        "roster": "duty.turns",
        "post": "duty_officer",
        "shift": "night",
        "days": "workday",
        "from": "18:00",
        "to": "08:00",
        "people": 1,
        "of": "staff",
        "minutes": "",
        "subjects": "",
        **more,
    }
    return ROW.format(*told.values())


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (row(), []),
        (row(of="*"), []),
        (row(roster="duty.log"), [(1, "roster", "UNKNOWN_WORD")]),
        (row(post="watchman"), [(1, "post", "UNKNOWN_WORD")]),
        (row(of="staff watchman"), [(1, "of", "UNKNOWN_WORD")]),
        (row(days="sundays"), [(1, "days", "UNKNOWN_WORD")]),
        (row(**{"from": "25:00"}), [(1, "from", "WRONG_FORMAT")]),
        (row(to="8"), [(1, "to", "WRONG_FORMAT")]),
        (row(people=0), [(1, "people", "TOO_SMALL")]),
        (row(people="some"), [(1, "people", "WRONG_FORMAT")]),
        (row(minutes="ten"), [(1, "handover_minutes", "WRONG_FORMAT")]),
        (row(subjects="elders"), [(1, "subjects", "UNKNOWN_WORD")]),
        (row(shift=""), [(1, "shift", "WRONG_FORMAT")]),
        (row(**{"from": ""}), [(1, "from", "SHIFT_UNSTATED")]),
        (row(of="", people=""), [(1, "people", "SHIFT_UNSTATED"), (1, "of", "SHIFT_UNSTATED")]),
        (row() + "\n" + row(to="07:00"), [(2, "to", "SHIFT_CONTRADICTED")]),
        (row(of="") + "\n" + row(**{"from": "", "to": "", "days": ""}), []),
        (row().replace("~", "a/1"), [(1, "clause", "CLAUSE_UNKNOWN")]),
    ],
)
def test_a_row_of_a_roster_that_cannot_stand_is_refused_with_its_line_and_reason(rows, expected):
    assert codes(rosters=rows) == expected
