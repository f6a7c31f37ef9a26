"""Outings without a database: exact hours, touched half-days, and what is refused."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import PROCEDURES
from domain.approval.procedure import Circumstances
from domain.areas.attendance.outings import BusinessTrip, Destination, Outing
from domain.time.calendar import calendar_of, national_days
from domain.time.moments import OFFICE_TIME
from domain.vocabulary import FactValue, Source
from policies import vocabulary

WORDS = vocabulary.shipped()
KNOWN = Circumstances(
    now=datetime(2026, 2, 25, 9, tzinfo=OFFICE_TIME),
    calendar=calendar_of(national_days()),
    rank="staff",
    employment="formal",
)
KINDS = [kind for kind in PROCEDURES if kind.startswith("outing.")]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OFFICE_TIME)


def outing(kind: str, departs: datetime, returns: datetime) -> Outing:
    further: dict[str, Any] = (
        {"destination": Destination.IN_CITY} if kind == "outing.business_trip" else {}
    )
    form = PROCEDURES[kind].form
    made = form(
        departs=departs, returns=returns, going_to="市财政局", explanation="开会", **further
    )
    assert isinstance(made, Outing)
    return made


def problems(kind: str, form: Outing) -> list[tuple[str, str]]:
    return [
        (requirement.code, requirement.path[0])
        for requirement in PROCEDURES[kind].requirements
        if not requirement.holds(form, KNOWN)
    ]


def facts(kind: str, departs: str, returns: str) -> dict[str, FactValue]:
    return dict(PROCEDURES[kind].facts(outing(kind, at(departs), at(returns)), KNOWN))


@pytest.mark.parametrize(
    ("departs", "returns", "hours", "days"),
    [
        ("2026-03-02 09:00", "2026-03-02 09:30", "0.5", "0.5"),
        ("2026-03-02 09:00", "2026-03-02 12:00", "3", "0.5"),
        ("2026-03-02 11:59", "2026-03-02 12:01", "0.0333", "1"),
        ("2026-03-02 12:00", "2026-03-02 17:30", "5.5", "0.5"),
        ("2026-03-06 14:00", "2026-03-09 11:00", "69", "1"),
        ("2026-03-01 20:00", "2026-03-03 12:00", "40", "1.5"),
        ("2026-03-02 09:00", "2026-03-03 00:00", "15", "1"),
    ],
)
def test_hours_are_exact_and_days_are_the_working_half_days_touched(
    departs: str, returns: str, hours: str, days: str
) -> None:
    found = facts("outing.official", departs, returns)
    assert round(Decimal(found["hours"]), 4) == Decimal(hours)
    assert found["days"] == Decimal(days)


def test_half_an_hour_and_a_second_is_more_than_half_an_hour() -> None:
    form = outing("outing.official", at("2026-03-02 09:00"), at("2026-03-02 09:30:01"))
    assert Decimal(PROCEDURES["outing.official"].facts(form, KNOWN)["hours"]) > Decimal("0.5")


def test_the_offset_of_the_client_makes_no_difference() -> None:
    here = outing("outing.private", at("2026-03-02 09:00"), at("2026-03-02 10:00"))
    far = replace(
        here,
        departs=datetime(2026, 3, 2, 1, tzinfo=UTC),
        returns=datetime(2026, 3, 1, 21, tzinfo=timezone(timedelta(hours=-5))),
    )
    procedure = PROCEDURES["outing.private"]
    assert procedure.facts(far, KNOWN) == procedure.facts(here, KNOWN)
    assert procedure.occupies is not None
    period = procedure.occupies(far)
    assert period.begins.isoformat() == "2026-03-02T09:00:00"
    assert period.ends.isoformat() == "2026-03-02T10:00:00"


def test_the_kind_states_what_it_implies() -> None:
    weekend = ("2026-03-07 08:00", "2026-03-08 18:00")
    weekday = ("2026-03-02 09:00", "2026-03-02 10:00")
    assert facts("outing.official", *weekday)["purpose"] == "official"
    assert facts("outing.private", *weekday)["purpose"] == "private"
    assert facts("outing.business_trip", *weekday)["destination"] == "in_city"
    assert facts("outing.out_of_city", *weekend) == {
        "days": 0,
        "destination": "out_of_city",
        "on_holiday": True,
    }


@pytest.mark.parametrize(
    ("departs", "returns", "on_holiday"),
    [
        ("2026-10-01 08:00", "2026-10-03 18:00", True),
        ("2026-10-10 08:00", "2026-10-10 18:00", False),
        ("2026-03-05 18:00", "2026-03-07 08:00", True),
        ("2026-03-05 18:00", "2026-03-07 00:00", False),
    ],
)
def test_the_calendar_says_whether_it_is_a_day_off(
    departs: str, returns: str, on_holiday: bool
) -> None:
    assert facts("outing.out_of_city", departs, returns)["on_holiday"] is on_holiday


def test_travelling_on_days_off_may_fall_into_a_leave() -> None:
    assert PROCEDURES["outing.out_of_city"].occupies is None


@pytest.mark.parametrize(
    ("kind", "departs", "returns", "expected"),
    [
        ("outing.official", "2026-03-02 09:00", "2026-03-02 09:00", ["RETURN_BEFORE_DEPARTURE"]),
        ("outing.official", "2026-03-02 09:00", "2026-03-01 09:00", ["RETURN_BEFORE_DEPARTURE"]),
        ("outing.official", "2026-03-02 09:00", "2026-04-02 09:00", []),
        ("outing.official", "2026-03-02 09:00", "2026-04-02 09:01", ["OUTING_TOO_LONG"]),
        ("outing.private", "2023-03-02 09:00", "2026-03-02 09:00", [
            "DATE_TOO_FAR", "OUTING_TOO_LONG",
        ]),
        ("outing.private", "2026-03-07 09:00", "2026-03-08 09:00", ["NOTHING_TO_COUNT"]),
        ("outing.business_trip", "2026-03-07 09:00", "2026-03-08 09:00", []),
        ("outing.out_of_city", "2026-03-02 09:00", "2026-03-03 09:00", ["NOT_ON_A_DAY_OFF"]),
        ("outing.out_of_city", "2026-03-06 19:00", "2026-03-08 09:00", []),
    ],
)  # fmt: skip
def test_times_that_make_no_sense_are_refused(
    kind: str, departs: str, returns: str, expected: list[str]
) -> None:
    form = outing(kind, at(departs), at(returns))
    assert [code for code, _ in problems(kind, form)] == expected


moments = st.datetimes(
    timezones=st.sampled_from([timezone(timedelta(hours=hours)) for hours in (-14, 0, 8, 14)])
)


@given(st.sampled_from(KINDS), moments, moments)
def test_no_time_breaks_a_requirement(kind: str, departs: datetime, returns: datetime) -> None:
    found = problems(kind, outing(kind, departs, returns))
    if departs.year < 2020 or departs.year > 2030:
        assert ("DATE_TOO_FAR", "departs") in found


@pytest.mark.parametrize("kind", KINDS)
def test_every_fact_of_an_outing_is_asked_or_derived(kind: str) -> None:
    form = outing(kind, at("2026-03-06 09:00"), at("2026-03-07 10:00"))
    derivable = {
        code
        for code in WORDS.kinds[kind].facts
        if WORDS.facts[code].source is not Source.ORGANISATION
    }
    assert derivable == set(PROCEDURES[kind].facts(form, KNOWN))


@pytest.mark.parametrize(
    ("kind", "departs", "returns", "expected"),
    [
        (
            "outing.official",
            "2026-03-02 09:00",
            "2026-03-02 11:20",
            "因公外出 2.33 小时，3月2日 09:00至11:20",
        ),
        (
            "outing.business_trip",
            "2026-03-02 09:00",
            "2026-03-04 11:00",
            "因公出差 2.5 天，3月2日至3月4日",
        ),
        (
            "outing.out_of_city",
            "2026-03-06 19:00",
            "2026-03-08 18:00",
            "节假日出市，3月6日至3月8日",
        ),
    ],
)
def test_a_list_says_how_long_and_when(
    kind: str, departs: str, returns: str, expected: str
) -> None:
    form = outing(kind, at(departs), at(returns))
    summary = PROCEDURES[kind].summary(form, PROCEDURES[kind].facts(form, KNOWN)).on(None)
    assert summary.zh == expected
    assert expected.startswith(WORDS.kinds[kind].label.zh)
    assert summary.en.startswith(WORDS.kinds[kind].label.en)


def test_a_business_trip_says_how_far_it_goes() -> None:
    form = outing("outing.business_trip", at("2026-03-02 09:00"), at("2026-03-04 11:00"))
    assert isinstance(form, BusinessTrip)
    assert {each.value for each in Destination} == set(WORDS.facts["destination"].values or {})
    assert date(2026, 3, 2) == form.departs.date()
