"""Eligibility, quotas, cadences, separations and paths: what may be, and every reason why not."""

from datetime import date

import pytest

from domain.errors import Refused
from domain.shapes.asking import read_measures
from domain.shapes.cadences import Cadence, is_missed, period_at, periods
from domain.shapes.eligibility import reasons, spoken_of
from domain.shapes.paths import Passage, passage
from domain.shapes.quotas import is_kept
from domain.shapes.separations import about, breaches
from tests.small_shapes import CALENDAR, at, shapes

BOOK = shapes(
    eligibility="""
    join; ~; 入党; requires; ; absent <= 3; 旷工不超过三天; At most three days absent
    join; ~; 入党; requires; ; filed = true; 已备案; Filed
    join; ~; 入党; requires; a; grade = chief; 科长; A chief
    join; ~; 入党; requires; a; mark >= 90; 评分优秀; An excellent mark
    join; ~; 入党; excludes; ; late > 5; 迟到过多; Too often late
    other; ~; 其他; requires; ; review >= 60; 评议及格; A pass
    """,
    quotas="""
    most; ~; 迟到; late; 3; time; 每月; max; always; 通报
    least; ~; 评分; mark; 60; point; 每年; min; always;
    open; ~; 评议; review; ; point; 每年; max; always;
    """,
    separations="""
    pay; ~; finance; requester|approver|cashier; ; 申请、审批、出纳分开; Kept apart
    buy; ~; supplies.purchase; purchaser; 2; 两人采购; Two buy
    """,
    paths="""
    party; ~; applicant; cultivate; activist; always; ; ; 确定积极分子; Becomes an activist
    party; ~; activist; admit; candidate; mark >= 60 and filed = true; 1; year; 发展; Candidate
    party; ~; activist; drop; dropped; always; ; ; 除名; Dropped
    party; ~; candidate; admit; member; grade = chief; ; ; 转正; Full member
    party; ~; candidate; admit; member; grade = staff; ; ; 转正; Full member
    """,
)


def against(**given: object) -> list[list[str]]:
    measures = read_measures(given, BOOK.measures, BOOK.eligibility)
    found = reasons(spoken_of(BOOK.eligibility, measures), measures)
    return [[row.label.en for row in reason.rows] for reason in found]


GOOD = {"absent": 3, "filed": True, "grade": "chief"}
ANY = [["A chief", "An excellent mark"]]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (GOOD, []),
        ({**GOOD, "grade": "staff", "mark": 90}, []),
        ({**GOOD, "grade": "staff", "mark": 89}, ANY),
        ({**GOOD, "late": 5}, []),
        ({**GOOD, "late": 6}, [["Too often late"]]),
        ({"absent": "3.5", "late": 9},
         [["At most three days absent"], ["Filed"], ["Too often late"], *ANY]),
        ({"review": 60}, []),
        ({"review": 59}, [["A pass"]]),
    ],
)  # fmt: skip
def test_all_reasons_come_at_once_and_what_is_not_stated_is_not_met(given, expected):
    assert against(**given) == expected


def test_without_any_measure_every_requirement_is_open_and_nothing_excludes():
    assert against() == [["At most three days absent"], ["Filed"], ["A pass"], *ANY]


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [("most", 3, True), ("most", 4, False), ("least", 60, True), ("least", 59, False)],
)
def test_a_limit_itself_is_allowed(name, value, kept):
    [quota] = [each for each in BOOK.quotas if each.id == name]
    assert is_kept(quota, read_measures({quota.measure: value}, BOOK.measures, [])) is kept


def test_an_elided_limit_keeps_nothing_and_breaks_nothing():
    assert is_kept(BOOK.quotas[2], {"review": 1}) is None
    with pytest.raises(Refused):
        is_kept(BOOK.quotas[2], {})


def test_one_person_may_not_join_separated_duties():
    found = breaches(BOOK.separations, {"王": ["requester", "approver"], "李": ["cashier"]})
    assert [(each.person, each.duties) for each in found] == [("王", ("requester", "approver"))]
    apart = {"王": ["requester"], "李": ["approver"], "张": ["cashier"]}
    assert breaches(BOOK.separations, apart) == ()


def test_what_takes_two_people_is_not_done_by_one():
    [found] = breaches(BOOK.separations, {"王": ["purchaser"]})
    assert (found.separation.id, found.person) == ("buy", None)
    assert breaches(BOOK.separations, {"王": ["purchaser"], "李": ["purchaser"]}) == ()


def test_separations_are_looked_up_by_kind_and_area():
    assert [each.id for each in about(BOOK.separations, "loan.cash", "finance")] == ["pay"]
    assert [each.id for each in about(BOOK.separations, "supplies.purchase", None)] == ["buy"]


def attempt(origin: str, event: str, since: str | None = None, **given: object) -> Passage:
    return passage(
        BOOK.paths,
        origin,
        event,
        read_measures(given, BOOK.measures, BOOK.paths),
        CALENDAR,
        since=at(since) if since else None,
        now=at("2026-03-02 09:00"),
    )


READY = {"mark": 60, "filed": True}


@pytest.mark.parametrize(
    ("origin", "event", "given", "leads_to"),
    [
        ("applicant", "cultivate", {}, "activist"),
        ("applicant", "activist", {}, "activist"),
        ("applicant", "admit", {}, None),
        ("activist", "admit", READY, "candidate"),
        ("activist", "admit", {"mark": 60}, None),
        ("activist", "admit", {**READY, "since": "2025-03-02 18:00"}, "candidate"),
        ("activist", "admit", {**READY, "since": "2025-03-03 09:00"}, None),
        ("activist", "drop", {}, "dropped"),
        ("candidate", "admit", {"grade": "staff"}, "member"),
        ("candidate", "admit", {}, None),
        ("member", "drop", {}, None),
    ],
)
def test_a_stage_follows_only_where_a_transition_leads_and_its_guard_holds(
    origin, event, given, leads_to
):
    found = attempt(origin, event, **given)
    assert (found.taken.target if found.taken else None) == leads_to
    assert (found.taken is None) == bool(found.obstacles or not found.tried)


def test_every_obstacle_is_told():
    found = attempt("activist", "admit", "2025-09-01 09:00", mark=50)
    assert [(each.measure, each.until) for each in found.obstacles] == [
        ("mark", None), ("filed", None), (None, at("2026-09-01 00:00")),
    ]  # fmt: skip


def cadence(every: str, *, interval: str = "", times: str = "", point: str = "") -> Cadence:
    line = f"c; ~; 检查; ; {every}; {interval}; {times}; ; {point}; always; "
    [one] = shapes(cadences=line).cadences
    return one


@pytest.mark.parametrize(
    ("every", "interval", "point", "day", "expected"),
    [
        ("week", "", "weekday 5", date(2026, 3, 4), ("2026-03-02", "2026-03-08", "2026-03-06")),
        ("month", "", "", date(2026, 2, 10), ("2026-02-01", "2026-02-28", "2026-02-28")),
        ("month", "2", "day 1", date(2026, 2, 10), ("2026-01-01", "2026-02-28", "2026-01-01")),
        ("quarter", "", "", date(2026, 5, 10), ("2026-04-01", "2026-06-30", "2026-06-30")),
        ("half_year", "", "", date(2026, 5, 10), ("2026-01-01", "2026-06-30", "2026-06-30")),
        ("year", "", "12-15", date(2026, 5, 10), ("2026-01-01", "2026-12-31", "2026-12-15")),
    ],
)
def test_a_cadence_has_a_period_for_each_day(every, interval, point, day, expected):
    found = period_at(cadence(every, interval=interval, point=point), day)
    assert (found.first, found.last, found.due) == tuple(map(date.fromisoformat, expected))


def test_periods_follow_each_other_and_working_days_skip_holidays():
    months = list(periods(cadence("month"), date(2026, 1, 15), date(2026, 4, 1), CALENDAR))
    assert [period.first.month for period in months] == [1, 2, 3, 4]
    days = periods(cadence("workday"), date(2026, 9, 30), date(2026, 10, 10), CALENDAR)
    assert [period.first.day for period in days] == [30, 8, 9, 10]
    assert list(periods(cadence("event"), date(2026, 1, 1), date(2026, 2, 1), CALENDAR)) == []


def test_a_cadence_is_missed_after_the_day_on_which_it_was_due():
    weekly = cadence("week", times="2", point="weekday 5")
    period = period_at(weekly, date(2026, 3, 4))
    assert not is_missed(weekly, period, 1, at("2026-03-06 23:59:59"))
    assert is_missed(weekly, period, 1, at("2026-03-07 00:00"))
    assert not is_missed(weekly, period, 2, at("2026-03-09 00:00"))


def test_what_may_be_left_out_is_never_missed():
    optional = cadence("year", times="0")
    period = period_at(optional, date(2026, 3, 4))
    assert not is_missed(optional, period, 0, at("2027-03-09 00:00"))
