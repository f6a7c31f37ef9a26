"""Sheets of attendance, of a month or a year: days away, and what clauses call a fault."""

from domain.areas.attendance.daily import DAYS
from domain.areas.attendance.signing_in import SIGN_INS
from domain.records.occurrences import OCCURRENCES
from domain.records.sources import PEOPLE, Away, Lines, Requests
from domain.records.statements import Statement, number, words

EXPLAINED = Requests(("attendance.missed_sign_in",))
BOOK = Lines(DAYS)
COLUMNS = (
    number("signed_in_days", "签到日数", "Days signed in", Lines(SIGN_INS)),
    number("leave_days", "请假工作日数", "Working days of leave", Away("leave")),
    number("outing_days", "外出工作日数", "Working days of outings", Away("outing")),
    number("explained", "不能签到说明次数", "Sign-ins explained", EXPLAINED),
    number("late_days", "迟到日数", "Days late", BOOK, {"presence": "late"}),
    number("early_days", "早退日数", "Days left early", BOOK, {"presence": "early"}),
    number(
        "absent_days",
        "缺勤日数（含半日）",
        "Days absent, half days among them",
        BOOK,
        {"presence": ("half_absent", "absent")},
    ),
    words("faults", "迟到早退旷工等", "Late, early, absent …", OCCURRENCES, "attendance"),
)
STATEMENTS = tuple(
    Statement(name, by=PEOPLE, columns=COLUMNS) for name in ("attendance.month", "attendance.year")
)
