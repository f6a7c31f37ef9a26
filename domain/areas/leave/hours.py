"""Leave in part of a day: nursing time and duty shifts. Nobody counts as away for either."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from domain.approval.procedure import (
    Circumstances,
    Form,
    Procedure,
    Requirement,
    Summary,
    asked,
    explanation,
    near,
)
from domain.time.wording import days_between
from domain.values.bounds import between
from domain.vocabulary import FactValue

MINUTES_A_DAY = between(1, 480, unit="minute")


class NursingTime(Form):
    """A fixed time of each working day to nurse a child 哺乳时间."""

    begins: date = asked("开始日期", "First day")
    ends: date = asked("结束日期", "Last day")
    minutes_a_day: int = asked("每天分钟数", "Minutes a day", bounds=MINUTES_A_DAY)
    fixed_time: str = asked("每天固定时间", "Fixed time of the day", longest=100)
    child_born: date = asked("子女出生日期", "The child's date of birth")


class DutySwap(Form):
    """Leave from one duty shift 值班请假."""

    duty_night: date = asked("值班日期", "Date of the duty")
    substitute: str | None = asked("代班人", "Who stands in", default=None, longest=100)
    explanation: str = explanation()


def _nursing_facts(form: NursingTime, known: Circumstances) -> Mapping[str, FactValue]:
    return {
        "days": Decimal(known.calendar.workdays_between(form.begins, form.ends)),
        "hours": Decimal(form.minutes_a_day) / 60,
    }


def _nursing_summary(form: NursingTime, _: Mapping[str, FactValue]) -> Summary:
    span, minutes = days_between(form.begins, form.ends), form.minutes_a_day
    return Summary(
        f"哺乳时间 每天 {minutes} 分钟，{span.zh}",
        f"Nursing time, {minutes} minutes a day, {span.en}",
    )


nursing = Procedure(
    kind="leave.nursing",
    form=NursingTime,
    facts=_nursing_facts,
    summary=_nursing_summary,
    requirements=(
        Requirement("END_BEFORE_START", ("ends",), lambda form, _: form.begins <= form.ends),
        near("begins", lambda form: form.begins),
        near("ends", lambda form: form.ends),
        near("child_born", lambda form: form.child_born),
        Requirement(
            "CHILD_NOT_BORN", ("child_born",), lambda form, _: form.child_born <= form.begins
        ),
    ),
)


def _duty_summary(form: DutySwap, _: Mapping[str, FactValue]) -> Summary:
    night = days_between(form.duty_night, form.duty_night)
    return Summary(f"值班请假，{night.zh}", f"Leave from a duty shift, {night.en}")


duty_swap = Procedure(
    kind="leave.duty_swap",
    form=DutySwap,
    facts=lambda _form, _known: {"days": Decimal(1)},
    summary=_duty_summary,
    requirements=(near("duty_night", lambda form: form.duty_night),),
)

PROCEDURES: tuple[Procedure[Any], ...] = (nursing, duty_swap)
