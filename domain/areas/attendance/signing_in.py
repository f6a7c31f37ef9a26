"""Signing in 签到: each for themselves, at the time of the server, saying where they go.

Regulations: 机关考勤、值班制度, 出勤制度.
"""

from datetime import date
from uuid import UUID

from domain.approval.procedure import asked, referring
from domain.records.registers import PERSON, Entry, Register
from domain.values.bounds import between


class SignIn(Entry):
    """签到及去向登记; that somebody is at work, and where they go that day."""

    going_to: str = asked("去向", "Where one goes", longest=200)
    person_id: UUID | None = referring("签到人", "Who", PERSON, default=None, served=True)
    on_day: date | None = asked("日期", "The day", default=None, served=True)
    sign_in_minute: int = asked(
        "签到时刻(从零点起的分钟数)",
        "The minute of the day",
        default=0,
        served=True,
        bounds=between(0, 1439, unit="minute"),
    )
    expected: bool = asked("当时应在岗", "Was due at work by then", default=True, served=True)


SIGN_INS = Register(
    "attendance.sign_in", SignIn, word="SignIn", about="person_id", once=("person_id", "on_day")
)
REGISTERS = (SIGN_INS,)
