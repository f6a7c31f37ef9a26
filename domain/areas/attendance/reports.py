"""What is told of attendance: the sheet of a month, and why somebody did not sign in."""

from datetime import date
from typing import Any

from domain.approval.procedure import Form, Procedure, Requirement, asked, explanation
from domain.records.rules import around, begun


class AttendanceSheet(Form):
    """The sheet of a section for a month 月考勤表."""

    explanation: str = explanation()
    month: date | None = asked("月份", "The first day of the month", default=None)


class MissedSignIn(Form):
    """Why somebody could not sign in 不能签到说明."""

    explanation: str = explanation()
    at_meeting: bool | None = asked(
        "逢例会或重大会议", "At a regular or major meeting", default=None
    )
    on_day: date | None = asked("未签到日期", "The day without a sign-in", default=None)


PROCEDURES: tuple[Procedure[Any], ...] = (
    Procedure(
        kind="attendance.sheet",
        form=AttendanceSheet,
        requirements=(
            around("month"),
            begun("month"),
            Requirement(
                "NOT_A_FIRST_DAY",
                ("month",),
                lambda form, _: form.month is None or form.month.day == 1,
            ),
        ),
        about=lambda form: f"{form.month or ''} {form.explanation}".strip(),
    ),
    Procedure(
        kind="attendance.missed_sign_in",
        form=MissedSignIn,
        requirements=(around("on_day"), begun("on_day")),
        about=lambda form: f"{form.on_day or ''} {form.explanation}".strip(),
    ),
)
