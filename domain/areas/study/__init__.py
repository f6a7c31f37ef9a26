"""Study: sessions to which everybody is due, who may stay away, and what each studies alone.

Regulations: 学习制度, 政治业务学习制度.
"""

from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.approval.procedure import Form, Reference, asked, referring
from domain.records.registers import PERSON, REQUEST, Draw, Entry, Register
from domain.records.rules import ordered
from domain.records.sittings import SittingKind
from domain.values.bounds import PAID, between
from domain.values.choices import Choice

ABSENCE = "study.absence"
HOURS = between("0.5", 24, "0.5", "study_hour")
PEOPLE = between(0, 10_000, unit="person")


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


class StudyCertificate(Choice):
    """取得的证书; what shows that somebody studied."""

    GRADUATION = "graduation", "毕业证: graduation."
    COMPLETION = "completion", "结业证: completion."
    TRAINING = "training", "培训证: training."
    QUALIFICATION = "qualification", "专业合格证: professional qualification."
    NONE = "none", "尚未取得: none yet."


class StudyExpense(Entry):
    """脱产学习费用报销登记; what somebody claims who studied full time, and on what grounds."""

    person_id: UUID = referring("学习人员", "Who studied", PERSON)
    claimed_on: date = asked("报销日期", "The day of the claim")
    began_on: date = asked("学习开始日期", "Studied from")
    ended_on: date = asked("学习结束日期", "Studied until")
    needed_for_work: bool = asked("因工作需要", "Needed for the work", default=False)
    sent_by_county: bool = asked(
        "由县委、县政府选派", "Sent by the county's leadership", default=False
    )
    study_certificate: StudyCertificate = asked("取得的证书", "The certificate")
    amount: Decimal = asked("金额", "Amount", bounds=PAID)


class StudyExam(Entry):
    """业务考试登记; an exam that a superior set: who had to sit it, who sat it and how well."""

    held_on: date = asked("考试日期", "The day")
    exam: str = asked("考试名称", "Which exam", longest=200)
    exam_expected: int = asked("应参加考试人数", "Those who had to sit it", bounds=PEOPLE)
    exam_participants: int = asked("参加考试人数", "Those who sat it", bounds=PEOPLE)
    exam_good_results: int = asked("考试优良人数", "Those with good results", bounds=PEOPLE)


REGISTERS = (
    OWN_STUDY,
    Register(
        "study.expense",
        StudyExpense,
        day="claimed_on",
        about="person_id",
        rules=(ordered("began_on", "ended_on"),),
    ),
    Register("study.exam", StudyExam, day="held_on"),
)
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
