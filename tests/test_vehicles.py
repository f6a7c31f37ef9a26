"""Vehicles: what a trip states of itself, whose turn it is first, and the paths of slips."""

from dataclasses import fields, replace
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.approval.procedure import Approved, Circumstances
from domain.approval.spans import span_facts
from domain.areas.vehicles.trips import TRIP, may_share
from domain.areas.vehicles.use import PROCEDURES, Dispatch, OffHours
from domain.records.case_paths import beginning, follow
from domain.shapes.orders import Waiting, queue
from domain.time.calendar import calendar_of, national_days
from domain.time.journeys import Destination
from domain.time.moments import OFFICE_TIME
from policies import loading, vocabulary
from resolvers.requests.procedures import PROCEDURES as EVERY

CALENDAR = calendar_of(national_days())
NOW = datetime(2026, 3, 2, 9, tzinfo=OFFICE_TIME)
KNOWN = Circumstances(NOW, CALENDAR, rank="staff", employment="formal")
KINDS = {procedure.kind: procedure for procedure in PROCEDURES}


def use(begins: str, ends: str, **more: Any) -> Dispatch:
    times = (datetime.fromisoformat(f"{each}+08:00") for each in (begins, ends))
    first, last = times
    return Dispatch(begins=first, ends=last, explanation="送文件", **more)


@pytest.mark.parametrize(
    ("begins", "ends", "days", "hours", "off_hours", "on_holiday"),
    [
        ("2026-03-05T09:00", "2026-03-05T12:00", "0.375", "3", False, False),
        ("2026-03-05T09:00", "2026-03-05T13:00", "0.5", "4", False, False),
        ("2026-03-05T07:59", "2026-03-05T09:00", "0.1271", None, True, False),
        ("2026-03-05T17:00", "2026-03-05T18:00", "0.125", "1", False, False),
        ("2026-03-05T17:00", "2026-03-05T18:01", "0.1271", None, True, False),
        ("2026-03-05T09:00", "2026-03-05T18:00", "1", "9", False, False),
        ("2026-03-05T09:00", "2026-03-06T09:00", "1", "24", True, False),
        ("2026-03-07T09:00", "2026-03-07T10:00", "0.125", "1", True, True),
        ("2026-10-01T09:00", "2026-10-01T10:00", "0.125", "1", True, True),
        ("2026-10-10T09:00", "2026-10-10T10:00", "0.125", "1", False, False),
    ],
)
def test_the_server_tells_how_long_a_car_is_away_and_whether_outside_working_hours(
    begins, ends, days, hours, off_hours, on_holiday
):
    found = span_facts(use(begins, ends), KNOWN)
    assert found["days"] == Decimal(days)
    assert hours is None or found["hours"] == int(hours)
    assert (found["off_hours"], found["on_holiday"]) == (off_hours, on_holiday)


@pytest.mark.parametrize("kind", sorted(kind for kind in EVERY if kind.startswith("vehicle.")))
def test_a_form_keeps_every_field_that_rules_look_at_and_the_applicant_states(kind):
    words = vocabulary.shipped()
    stated = {
        code
        for code in words.kinds[kind].facts
        if words.facts[code].source.value in {"form", "judgement"}
    }
    known = {field.name for field in fields(EVERY[kind].form)} | {"off_hours"}
    assert stated | {"explanation"} <= known


def test_a_car_outside_working_hours_is_not_asked_for_within_them():
    begins = NOW.replace(day=5)
    within = OffHours(begins=begins, ends=begins + timedelta(hours=1), explanation="加班")
    codes = [each.code for each in KINDS["vehicle.off_hours"].requirements
             if not each.holds(within, KNOWN)]  # fmt: skip
    assert codes == ["WITHIN_WORKING_HOURS"]


def test_the_car_that_is_wished_is_held_for_the_whole_time_in_the_offices_own_clock():
    car = uuid4()
    held = KINDS["vehicle.dispatch"].books(
        use("2026-03-05T09:00", "2026-03-05T12:00", vehicle_id=car)
    )
    assert held is not None
    assert (held.resource, held.period.begins) == (car, NOW.replace(day=5, tzinfo=None))
    assert KINDS["vehicle.dispatch"].books(use("2026-03-05T09:00", "2026-03-05T12:00")) is None


def begun(institution: str) -> Any:
    form = use("2026-03-05T09:00", "2026-03-05T12:00", destination=Destination.IN_CITY, people=3)
    approved = Approved(
        request=uuid4(), number="2026-000001", institution=institution, applicant=uuid4(),
        applicant_name="郭晓燕", unit=None, unit_name="就业促进科",
        facts={"applicant_rank": "staff"}, now=NOW, new_id=uuid4,
    )  # fmt: skip
    shapes = loading.shipped(institution).shapes
    return beginning(TRIP, TRIP.begins_with[0], form, approved, shapes, 1)[0]


def test_an_approved_trip_begins_a_slip_that_names_its_section_user_and_times():
    case = begun("hrss-bureau")
    slip = case.filled
    assert (slip.section, case.begun_by_name, slip.people) == ("就业促进科", "郭晓燕", 3)
    assert (slip.begins, slip.ends) == (NOW.replace(day=5), NOW.replace(day=5, hour=12))
    assert case.facts["applicant_rank"] == "staff"
    assert case.facts["destination"] == "in_city"


# Whose turn it is first


def waiting(number: int, minutes: int = 0, **facts: Any) -> Waiting:
    return Waiting(UUID(int=number), NOW + timedelta(minutes=minutes), facts)


def ordered(institution: str, *trips: Waiting) -> list[int]:
    orders = loading.shipped(institution).shapes.orders
    return [turn.waiting.id.int for turn in queue(trips, orders)]


def test_the_construction_bureau_sends_the_urgent_first_and_else_by_application():
    trips = (waiting(1, 5, urgency="normal"), waiting(2, 9, urgency="urgent"), waiting(3, 1))
    assert ordered("construction-bureau", *trips) == [2, 3, 1]


def test_the_township_sends_main_leaders_before_family_planning():
    trips = (
        waiting(1, 0),
        waiting(2, 1, family_planning=True),
        waiting(3, 2, main_leader=True),
    )
    assert ordered("township-government", *trips) == [3, 2, 1]


def test_an_office_without_a_rule_takes_trips_as_they_were_applied_for():
    trips = (waiting(1, 5, urgency="urgent"), waiting(2, 1))
    assert ordered("hrss-bureau", *trips) == [2, 1]


def test_what_the_service_centre_does_not_rank_is_said_to_be_open():
    leader = waiting(1, 0, applicant_rank="director", urgency="normal", destination="in_area")
    urgent = waiting(2, 1, applicant_rank="staff", urgency="urgent", destination="in_area")
    both = waiting(3, 2, applicant_rank="director", urgency="urgent", destination="in_area")
    turns = queue((leader, urgent, both), loading.shipped("service-centre").shapes.orders)
    assert [turn.waiting.id.int for turn in turns] == [3, 1, 2]
    assert [[each.int for each in turn.open_against] for turn in turns] == [[], [2], [1]]


def test_trips_of_the_same_day_and_direction_may_share_a_car():
    def going(place: str, day: int = 5, **facts: Any) -> Any:
        case, begins = begun("hrss-bureau"), NOW.replace(day=day)
        slip = replace(case.filled, going_to=place, begins=begins, ends=begins + timedelta(hours=2))
        return replace(case, id=uuid4(), filled=slip, facts=facts)

    near = {"destination": "in_area"}
    one, same, other = going("市局", **near), going(" 市局", **near), going("车站", **near)
    assert may_share(one, same)
    assert not may_share(one, other)
    assert not may_share(one, one)
    assert not may_share(one, going("市局", 6, **near))
    assert may_share(going("甲", destination="in_city"), going("乙", destination="in_city"))


# Paths


@pytest.mark.parametrize(
    ("institution", "state", "events"),
    [
        ("hrss-bureau", "approved", ["dispatch"]),
        ("hrss-bureau", "dispatched", ["dispatch", "leave"]),
        ("hrss-bureau", "returned", ["note_safety", "hand_over"]),
        ("service-centre", "booked", ["dispatch"]),
        ("service-centre", "approved", ["dispatch"]),
        ("service-centre", "dispatched", ["dispatch", "log"]),
        ("construction-bureau", "approved", ["dispatch"]),
        ("construction-bureau", "returned", ["note_safety", "file"]),
        ("construction-bureau", "given_up", []),
    ],
)
def test_an_office_walks_its_own_path_or_the_plain_one(institution, state, events):
    case, paths = begun(institution), loading.shipped(institution).shapes.paths
    first = "booked" if institution == "service-centre" else "approved"
    assert case.state == first
    following = follow(TRIP, replace(case, state=state), paths)
    assert [each.event for each in following] == events


@given(
    facts=st.lists(
        st.tuples(st.booleans(), st.booleans(), st.booleans(), st.integers(0, 5)), max_size=6
    ),
    order=st.randoms(use_true_random=False),
)
def test_the_queue_is_the_same_however_trips_come_in_and_nobody_is_lost(facts, order):
    trips = [
        waiting(
            number,
            minutes,
            applicant_rank="director" if leader else "staff",
            destination="out_of_city" if far else "in_area",
            urgency="urgent" if urgent else "normal",
        )
        for number, (leader, far, urgent, minutes) in enumerate(facts)
    ]
    priorities = loading.shipped("service-centre").shapes.orders
    turns = queue(trips, priorities)
    order.shuffle(trips)
    assert queue(trips, priorities) == turns
    assert {turn.waiting.id for turn in turns} == {each.id for each in trips}
    for before, after in pairwise(turns):
        assert not set(after.priorities) > set(before.priorities)
    for turn in turns:
        for other in turns:
            assert (other.waiting.id in turn.open_against) == (
                turn.waiting.id in other.open_against
            )
