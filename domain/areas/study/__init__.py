"""Study: sessions to which everybody is due, who may stay away, and what each studies alone.

Regulations: 学习制度, 政治业务学习制度.
"""

from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.approval.procedure import Form, Reference, asked, referring
from domain.records.registers import PERSON, REQUEST, Draw, Entry, Register
from domain.records.sittings import SittingKind
from domain.values.bounds import between

ABSENCE = "study.absence"
HOURS = between("0.5", 24, "0.5", "study_hour")


class StudySession(Form):
    """What a study session is about."""

    topic: str = asked("学习内容", "What is studied", longest=200)
    lecturer: str | None = asked("主讲人", "Who lectures", default=None, longest=60)
    hours: Decimal = asked("学时", "Hours of study", bounds=HOURS)


class OwnStudy(Entry):
    """自学登记; what somebody studied alone, or made up for a session that was missed."""

    person_id: UUID = referring("自学人员", "Who studied", PERSON)
    studied_on: date = asked("自学日期", "The day")
    content: str = asked("自学内容", "What", longest=500)
    hours: Decimal = asked("学时", "Hours of study", bounds=HOURS)
    request_id: UUID | None = referring(
        "补学所补的请假", "The absence that it makes up for", REQUEST, default=None
    )


OWN_STUDY = Register(
    "study.own",
    OwnStudy,
    word="OwnStudy",
    day="studied_on",
    about="person_id",
    draws=(Draw("request_id", (ABSENCE,), applicant="person_id"),),
)
REGISTERS = (OWN_STUDY,)
SITTINGS = (
    SittingKind(
        "study.session", StudySession, deliberates=False, everybody=True, excused_by=ABSENCE
    ),
)
NAMED = (
    (
        ABSENCE,
        "sitting_id",
        referring("集中学习", "The session", Reference("Sitting", "sittings"), default=None),
    ),
)
