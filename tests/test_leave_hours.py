"""Leave in part of a day without a database: nursing time and duty shifts."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from domain import PROCEDURES
from domain.approval.procedure import Circumstances, Form
from domain.approval.soundness import shape_problems
from domain.areas.leave.hours import DutySwap, NursingTime
from domain.time.calendar import calendar_of, national_days
from domain.time.moments import OFFICE_TIME
from domain.vocabulary import Source
from policies import vocabulary
from policies.messages import MESSAGES

WORDS = vocabulary.shipped()
KNOWN = Circumstances(
    now=datetime(2026, 2, 25, 9, tzinfo=OFFICE_TIME),
    calendar=calendar_of(national_days()),
    rank="staff",
    employment="formal",
)
MON, TUE, FRI, SAT = (date(2026, 3, day) for day in (2, 3, 6, 7))
NURSING = NursingTime(
    begins=MON,
    ends=FRI,
    minutes_a_day=90,
    fixed_time="10:00-11:30",
    child_born=date(2025, 9, 1),
)
DUTY = DutySwap(duty_night=SAT, explanation="出差", substitute="张三")


def problems(kind: str, form: Form) -> list[tuple[str, str]]:
    return [
        (requirement.code, requirement.path[0])
        for requirement in PROCEDURES[kind].requirements
        if not requirement.holds(form, KNOWN)
    ]


@pytest.mark.parametrize("kind", ["leave.nursing", "leave.duty_swap", "leave.extension"])
def test_nobody_is_away_for_an_hour_a_duty_or_a_later_end(kind: str) -> None:
    assert PROCEDURES[kind].occupies is None
    assert not PROCEDURES[kind].reports_back


def test_nursing_time_is_counted_in_hours_a_day() -> None:
    form = NURSING
    assert problems("leave.nursing", form) == []
    facts = PROCEDURES["leave.nursing"].facts(form, KNOWN)
    assert facts == {"days": 5, "hours": Decimal("1.5")}
    summary = PROCEDURES["leave.nursing"].summary(form, {}).on(None)
    assert summary.zh == "哺乳时间 每天 90 分钟，3月2日至3月6日"
    endless = replace(form, minutes_a_day=481)
    assert [each.code for each in shape_problems(endless, {})] == ["TOO_LARGE"]
    wrong = replace(form, child_born=TUE, ends=date(2026, 3, 1))
    assert problems("leave.nursing", wrong) == [
        ("END_BEFORE_START", "ends"),
        ("CHILD_NOT_BORN", "child_born"),
    ]


def test_a_duty_is_given_up_for_one_night() -> None:
    form = DUTY
    assert problems("leave.duty_swap", form) == []
    assert PROCEDURES["leave.duty_swap"].summary(form, {}).on(None).zh == "值班请假，3月7日"
    far = replace(form, duty_night=date(2036, 3, 7))
    assert problems("leave.duty_swap", far) == [("DATE_TOO_FAR", "duty_night")]


@pytest.mark.parametrize(("kind", "form"), [("leave.nursing", NURSING), ("leave.duty_swap", DUTY)])
def test_every_fact_is_asked_or_derived(kind: str, form: Form) -> None:
    derivable = {
        code
        for code in WORDS.kinds[kind].facts
        if WORDS.facts[code].source is not Source.ORGANISATION
    }
    assert derivable == set(PROCEDURES[kind].facts(form, KNOWN))


def test_every_code_has_its_sentence() -> None:
    for procedure in PROCEDURES.values():
        for requirement in procedure.requirements:
            message = MESSAGES[requirement.code]
            assert message.say("zh-CN", dict(requirement.details))
            assert message.say("en", dict(requirement.details))
