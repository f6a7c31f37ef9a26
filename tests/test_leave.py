"""Leave without a database: what each form asks, what it counts, and how it reads in a list."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import PROCEDURES
from domain.approval.procedure import Circumstances, Form
from domain.areas.leave.leave import CALENDAR_DAY_KINDS, WORKING_DAY_KINDS, Extension, Leave
from domain.office.booking import Absence
from domain.time.calendar import calendar_of, national_days
from domain.time.moments import OFFICE_TIME, HalfOfDay, Moment, period_of
from domain.vocabulary import FactValue, Source
from policies import loading, vocabulary

MORNING, AFTERNOON = HalfOfDay.MORNING, HalfOfDay.AFTERNOON
WORDS = vocabulary.shipped()
MEASURES = loading.shipped("county-organs").shapes.measures
FACTS = {**MEASURES, **WORDS.facts}
NOW = datetime(2026, 2, 25, 9, tzinfo=OFFICE_TIME)
KNOWN = Circumstances(
    now=NOW, calendar=calendar_of(national_days()), rank="staff", employment="formal"
)
BY_HALF_DAYS = sorted(WORKING_DAY_KINDS | CALENDAR_DAY_KINDS)
MON, TUE, WED, FRI, SAT, SUN = (date(2026, 3, day) for day in (2, 3, 4, 6, 7, 8))


def leave(kind: str, begins: Moment, ends: Moment, **stated: Any) -> Leave:
    if kind == "leave.compensatory":
        stated = {"overtime_approved": True, "overtime_paid": False, **stated}
    form = PROCEDURES[kind].form
    made = form(begins=begins, ends=ends, explanation="发烧", **stated)
    assert isinstance(made, Leave)
    return made


def problems(kind: str, form: Form, known: Circumstances = KNOWN) -> list[tuple[str, str]]:
    return [
        (requirement.code, requirement.path[0])
        for requirement in PROCEDURES[kind].requirements
        if not requirement.holds(form, known)
    ]


def facts(kind: str, form: Form, known: Circumstances = KNOWN) -> dict[str, FactValue]:
    return dict(PROCEDURES[kind].facts(form, known))


def stands(kind: str, begins: Moment, ends: Moment, request_id: UUID | None = None) -> Absence:
    days = KNOWN.calendar.working_time(begins, ends)
    return Absence(request_id or uuid4(), kind, period_of(begins, ends), days)


def test_two_and_a_half_days_of_sick_leave_read_as_in_a_list() -> None:
    form = leave("leave.sick", Moment(MON, MORNING), Moment(WED, MORNING))
    given_facts = facts("leave.sick", form)
    assert given_facts["days"] == Decimal("2.5")
    summary = PROCEDURES["leave.sick"].summary(form, given_facts).on(None)
    assert summary.zh == "病假 2.5 天，3月2日至3月4日"
    assert summary.en == "Sick leave, 2.5 days, 2 March to 4 March"


@pytest.mark.parametrize(
    ("first", "last", "today", "expected"),
    [
        (Moment(MON, MORNING), Moment(MON, AFTERNOON), date(2026, 5, 1), "1 天，3月2日"),
        (Moment(MON, MORNING), Moment(MON, MORNING), date(2026, 5, 1), "0.5 天，3月2日上午"),
        (
            Moment(MON, MORNING),
            Moment(WED, AFTERNOON),
            date(2027, 1, 1),
            "3 天，2026年3月2日至3月4日",
        ),
        (
            Moment(date(2025, 12, 31), MORNING),
            Moment(date(2026, 1, 5), AFTERNOON),
            date(2026, 1, 9),
            "3 天，2025年12月31日至2026年1月5日",
        ),
    ],
)
def test_a_summary_names_the_year_only_where_it_would_be_missed(
    first: Moment, last: Moment, today: date, expected: str
) -> None:
    form = leave("leave.sick", first, last)
    summary: Any = PROCEDURES["leave.sick"].summary
    assert summary(form, facts("leave.sick", form)).on(today).zh == f"病假 {expected}"


@pytest.mark.parametrize("kind", BY_HALF_DAYS)
def test_each_kind_says_whether_rest_days_count(kind: str) -> None:
    form = leave(kind, Moment(FRI, AFTERNOON), Moment(date(2026, 3, 9), MORNING))
    assert problems(kind, form) == []
    assert facts(kind, form)["days"] == Decimal(1 if kind in WORKING_DAY_KINDS else 3)


@pytest.mark.parametrize("kind", BY_HALF_DAYS)
def test_every_leave_keeps_its_time_free_and_is_reported_back_from(kind: str) -> None:
    procedure = PROCEDURES[kind]
    form = leave(kind, Moment(MON, AFTERNOON), Moment(WED, MORNING))
    assert procedure.reports_back
    assert procedure.occupies is not None
    assert procedure.occupies(form) == period_of(form.begins, form.ends)


@pytest.mark.parametrize(
    ("kind", "begins", "ends", "expected"),
    [
        ("leave.sick", Moment(WED, MORNING), Moment(MON, MORNING), [("END_BEFORE_START", "ends")]),
        ("leave.sick", Moment(MON, AFTERNOON), Moment(MON, MORNING), [
            ("END_BEFORE_START", "ends")
        ]),
        ("leave.sick", Moment(SAT, MORNING), Moment(date(2026, 3, 9), MORNING), [
            ("BEGINS_ON_REST_DAY", "begins")
        ]),
        ("leave.annual", Moment(FRI, MORNING), Moment(SUN, AFTERNOON), [
            ("ENDS_ON_REST_DAY", "ends")
        ]),
        ("leave.annual", Moment(SAT, MORNING), Moment(SUN, AFTERNOON), [
            ("BEGINS_ON_REST_DAY", "begins"),
            ("ENDS_ON_REST_DAY", "ends"),
            ("NOTHING_TO_COUNT", "begins"),
        ]),
        ("leave.maternity", Moment(SAT, MORNING), Moment(SUN, AFTERNOON), []),
        ("leave.sick", Moment(date(2026, 2, 14), MORNING), Moment(date(2026, 2, 14), MORNING), []),
        ("leave.home_visit", Moment(date(2024, 1, 1), MORNING), Moment(date(2028, 5, 5), MORNING), [
            ("DATE_TOO_FAR", "begins"),
            ("DATE_TOO_FAR", "ends"),
            ("LEAVE_TOO_LONG", "ends"),
        ]),
        ("leave.maternity", Moment(date(2024, 3, 1), MORNING), Moment(date(2026, 3, 2), MORNING), [
            ("LEAVE_TOO_LONG", "ends")
        ]),
    ],
)  # fmt: skip
def test_all_that_is_wrong_with_the_dates_is_said_at_once(
    kind: str, begins: Moment, ends: Moment, expected: list[tuple[str, str]]
) -> None:
    assert problems(kind, leave(kind, begins, ends)) == expected


@given(
    st.sampled_from(BY_HALF_DAYS),
    st.builds(Moment, st.dates(), st.sampled_from(HalfOfDay)),
    st.builds(Moment, st.dates(), st.sampled_from(HalfOfDay)),
)
def test_no_date_breaks_a_requirement_and_far_ones_are_refused(
    kind: str, begins: Moment, ends: Moment
) -> None:
    found = problems(kind, leave(kind, begins, ends))
    if abs(begins.date.year - NOW.year) > 2:
        assert ("DATE_TOO_FAR", "begins") in found


@given(
    st.sampled_from(BY_HALF_DAYS),
    st.dates(date(2025, 6, 1), date(2027, 6, 1)),
    st.integers(0, 200),
    st.sampled_from(HalfOfDay),
)
def test_what_passes_has_facts_within_their_bounds(
    kind: str, first: date, length: int, half: HalfOfDay
) -> None:
    last = date.fromordinal(first.toordinal() + length)
    form = leave(kind, Moment(first, half), Moment(last, AFTERNOON))
    if problems(kind, form):
        return
    for code, value in facts(kind, form).items():
        fact = FACTS[code]
        if isinstance(value, Decimal):
            assert fact.minimum is None or value >= fact.minimum
            assert fact.maximum is None or value <= fact.maximum
            assert fact.grid is None or value % fact.grid == 0
    assert Decimal(facts(kind, form)["days"]) > 0


def test_personal_leave_of_a_month_counts_what_stands_and_this_one() -> None:
    spans = [
        ("leave.personal", date(2026, 3, 10), date(2026, 3, 12), MORNING),
        ("leave.sick", date(2026, 3, 16), date(2026, 3, 20), AFTERNOON),
        ("leave.personal", date(2026, 1, 5), date(2026, 1, 5), AFTERNOON),
        ("leave.personal", date(2025, 3, 3), date(2025, 3, 7), AFTERNOON),
    ]
    standing = tuple(
        stands(kind, Moment(first, MORNING), Moment(last, half))
        for kind, first, last, half in spans
    )
    known = replace(KNOWN, absences=standing)
    form = leave("leave.personal", Moment(MON, MORNING), Moment(TUE, AFTERNOON))
    found = facts("leave.personal", form, known)
    assert found["days"] == 2
    assert found["month_total_days"] == Decimal("4.5")
    assert found["year_total_days"] == Decimal("5.5")
    assert found["personal_days_year"] == Decimal("5.5")


def test_a_leave_over_two_months_counts_in_the_one_that_it_fills_more() -> None:
    standing = stands(
        "leave.personal", Moment(date(2026, 4, 7), MORNING), Moment(date(2026, 4, 10), AFTERNOON)
    )
    form = leave(
        "leave.personal", Moment(date(2026, 3, 31), MORNING), Moment(date(2026, 4, 2), AFTERNOON)
    )
    alone = facts("leave.personal", form)
    assert alone["month_total_days"] == 2
    both = facts("leave.personal", form, replace(KNOWN, absences=(standing,)))
    assert both["month_total_days"] == 6


def test_a_standing_leave_counts_only_its_days_in_the_month() -> None:
    standing = stands("leave.personal", Moment(date(2026, 2, 26), MORNING), Moment(MON, AFTERNOON))
    form = leave("leave.personal", Moment(FRI, MORNING), Moment(FRI, MORNING))
    found = facts("leave.personal", form, replace(KNOWN, absences=(standing,)))
    assert found["month_total_days"] == Decimal("1.5")


def test_sick_leave_does_not_count_as_personal_leave() -> None:
    form = leave("leave.sick", Moment(MON, MORNING), Moment(WED, AFTERNOON))
    assert facts("leave.sick", form)["month_total_days"] == 0


def test_half_a_year_of_sick_leave_is_six_months() -> None:
    form = leave("leave.sick", Moment(MON, MORNING), Moment(date(2026, 9, 1), AFTERNOON))
    assert facts("leave.sick", form)["months"] == 6


@pytest.mark.parametrize("kind", BY_HALF_DAYS)
def test_every_fact_of_a_leave_is_asked_or_derived(kind: str) -> None:
    form = leave(kind, Moment(MON, MORNING), Moment(WED, MORNING))
    derived = set(facts(kind, form))
    for code in WORDS.kinds[kind].facts:
        match WORDS.facts[code].source:
            case Source.FORM | Source.JUDGEMENT:
                assert code in derived | set(vars(form))
            case Source.CALENDAR | Source.RECORDS:
                assert code in derived
    assert derived <= {*WORDS.kinds[kind].facts, *MEASURES}


@pytest.mark.parametrize("kind", BY_HALF_DAYS)
def test_a_summary_calls_a_leave_what_the_vocabulary_calls_it(kind: str) -> None:
    made = leave(kind, Moment(MON, MORNING), Moment(WED, MORNING))
    summary = PROCEDURES[kind].summary(made, facts(kind, made))
    label = WORDS.kinds[kind].label
    assert summary.zh.startswith(f"{label.zh} ")
    assert summary.en.startswith(f"{label.en}, ")


def test_an_extension_is_judged_on_the_total_length() -> None:
    request_id = uuid4()
    sick = stands("leave.sick", Moment(MON, MORNING), Moment(WED, MORNING), request_id)
    known = replace(KNOWN, extends=sick, absences=(sick,))
    form = Extension(leave_id=request_id, ends=Moment(FRI, MORNING), explanation="未愈")
    assert problems("leave.extension", form, known) == []
    assert facts("leave.extension", form, known)["days"] == Decimal("4.5")
    summary = PROCEDURES["leave.extension"].summary(form, facts("leave.extension", form, known))
    assert summary.on(None).zh == "续假至3月6日上午，共 4.5 天"


def test_an_extended_personal_leave_is_not_counted_twice() -> None:
    request_id = uuid4()
    personal = stands("leave.personal", Moment(MON, MORNING), Moment(TUE, AFTERNOON), request_id)
    known = replace(KNOWN, extends=personal, absences=(personal,))
    form = Extension(leave_id=request_id, ends=Moment(WED, AFTERNOON), explanation="未办完")
    assert facts("leave.extension", form, known)["month_total_days"] == 3


@pytest.mark.parametrize(
    ("kind", "ends", "expected"),
    [
        ("leave.sick", Moment(WED, MORNING), ["EXTENSION_NOT_LATER"]),
        ("leave.sick", Moment(WED, AFTERNOON), []),
        ("leave.sick", Moment(SUN, MORNING), ["ENDS_ON_REST_DAY"]),
        ("leave.maternity", Moment(SUN, MORNING), []),
        ("leave.maternity", Moment(date(2028, 6, 1), MORNING), ["DATE_TOO_FAR", "LEAVE_TOO_LONG"]),
        ("outing.private", Moment(FRI, MORNING), ["NO_LEAVE_TO_EXTEND"]),
    ],
)
def test_only_a_leave_is_extended_and_only_to_a_later_end(
    kind: str, ends: Moment, expected: list[str]
) -> None:
    known = replace(KNOWN, extends=stands(kind, Moment(MON, MORNING), Moment(WED, MORNING)))
    form = Extension(leave_id=uuid4(), ends=ends, explanation="未愈")
    assert [code for code, _ in problems("leave.extension", form, known)] == expected


def test_an_extension_of_nothing_is_one_problem() -> None:
    form = Extension(leave_id=uuid4(), ends=Moment(SUN, MORNING), explanation="未愈")
    assert problems("leave.extension", form) == [("NO_LEAVE_TO_EXTEND", "leave_id")]
