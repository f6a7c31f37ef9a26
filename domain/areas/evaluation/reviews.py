"""Reviews within the party 民主评议: of a leadership, or of a member, on unsigned sheets.

Regulations: 民主评议领导班子制度, 民主评议党员制度.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from domain.approval.procedure import Form, Reference, Requirement, asked, referring
from domain.records.case_tables import case_table
from domain.records.cases import Case, CaseKind, Entry, Party, Tells
from domain.records.checks import Check, Sheet
from domain.records.occurrences import OCCURRENCES, Occurrence
from domain.records.registers import PERSON, UNIT, Register
from domain.records.stage_effects import Writes
from domain.records.stage_rules import remarked
from domain.time.calendar import Calendar
from domain.time.moments import office_local
from domain.values.choices import Choice
from domain.vocabulary import Act, Label


class Reviewed(Choice):
    """评议类别; what is reviewed, by the path that the office gives it."""

    LEADERSHIP_REVIEW = "leadership_review", "民主评议领导班子: a leadership."
    MEMBER_REVIEW = "member_review", "民主评议党员: a member of the party."


class MemberGrade(Choice):
    """评议等次; how a member is graded."""

    EXCELLENT = "excellent", "优秀: excellent."
    QUALIFIED = "qualified", "合格: qualified."
    BASICALLY_QUALIFIED = "basically_qualified", "基本合格: basically qualified."
    UNQUALIFIED = "unqualified", "不合格: unqualified."


class Rater(Choice):
    """评议人; as whom somebody filled in a sheet, which is unsigned."""

    CADRE = "cadre", "本单位中层以上干部: a mid-level cadre of the unit."
    MASSES = "masses", "群众代表: a representative of the masses."
    OFFICE = "office", "局机关人员: staff of the bureau's office."
    LEADER = "leader", "基层单位班子成员或主要负责人: of a unit's leadership."
    MEMBER = "member", "党员: a member of the party."
    OTHER = "other", "其他人员: somebody else."


class ReviewBegun(Form):
    """民主评议: what is reviewed, of which unit, or who."""

    party_review: Reviewed = asked("类别", "What is reviewed")
    title: str = asked("名称", "What it is called", longest=200)
    unit_id: UUID = referring("领导班子或支部所在单位", "The unit", UNIT)
    member_id: UUID | None = referring("被评议党员", "Who is reviewed", PERSON, default=None)


class Review(ReviewBegun):
    """民主评议; from what is told beforehand to what came of it."""

    account: str = asked("述职或自我总结", "The account given", default="", longest=4000)
    result: str = asked("评议结果", "What the review came to", default="", longest=4000)
    member_grade: MemberGrade | None = asked("等次", "The grade", default=None)
    criticism: str = asked("批评和自我批评", "Criticism", default="", longest=4000)
    measures: str = asked("整改措施", "Measures", default="", longest=4000)
    treatment: str = asked("处理意见", "How it is treated", default="", longest=2000)


SAYS = {MemberGrade.EXCELLENT: "member_excellent", MemberGrade.UNQUALIFIED: "member_unqualified"}


def graded(case: Case[Review], _: Calendar) -> Iterator[Occurrence]:
    """The line that a grade is, from which its consequence follows."""
    told = case.filled
    if told.member_id and told.member_grade in SAYS:
        yield Occurrence(
            person_id=told.member_id,
            happened_on=office_local(case.since).date(),
            what=SAYS[told.member_grade],
            description=told.title,
        )


NAMED: Requirement[Any] = Requirement(
    "REQUIRED",
    ("member_id",),
    lambda form, _: form.party_review is not Reviewed.MEMBER_REVIEW or form.member_id is not None,
)
stage = remarked(Review)
REVIEW = CaseKind(
    "party.review",
    Label("民主评议", "Review within the party"),
    table=case_table("party_reviews", Review),
    record=Review,
    entry=Entry(
        ReviewBegun,
        lambda form: (form.party_review.value.replace("_", "-"),),
        kept=True,
        rules=(NAMED,),
    ),
    parties=(
        Party("begun_by", Label("登记的人", "who entered it")),
        Party("member_id", Label("被评议党员", "who is reviewed")),
    ),
    filters=("party_review",),
    stages={
        "meet": stage(),
        "report": stage("account"),
        "rate": stage(),
        "total": stage("result"),
        "correct": stage("criticism", "measures"),
        "mobilise": stage(),
        "sum_up": stage("account"),
        "grade": stage(
            *("result", "member_grade"), writes=(Writes(OCCURRENCES, graded, always=True),)
        ),
        "feed_back": stage(
            may=("measures",),
            tells=Tells("PARTY_REVIEWED", ("member_id",), details={"title": "title"}),
        ),
        "treat": stage("treatment"),
    },
)


class ReviewSheet(Sheet):
    """评议表; one unsigned sheet, as whoever collects them puts it down."""

    review_id: UUID | None = referring(
        "评议", "The review", Reference("PartyReview", REVIEW.table.name), default=None
    )
    filled_on: date = asked("填写日期", "The day")
    rater: Rater = asked("评议人", "As whom it was filled in")
    description: str = asked("意见", "What is said", default="", longest=2000)


class LeadershipSheet(ReviewSheet):
    """民主测评表; of a leadership, or of one of its members."""

    unit_id: UUID = referring("领导班子所在单位", "The unit", UNIT)
    of_bureau: bool = asked("局领导班子", "Of the bureau's own leadership")
    member_id: UUID | None = referring("被评议的成员", "The member", PERSON, default=None)


class MemberSheet(ReviewSheet):
    """民主评议表; of a member of the party, with the grade that the sheet gives."""

    member_id: UUID = referring("被评议党员", "The member", PERSON)
    member_grade: MemberGrade = asked("等次", "The grade")


CHECKS = (
    Check(
        Register(
            "party.leadership_sheet",
            LeadershipSheet,
            day="filled_on",
            of_unit="unit_id",
            act=Act.INSPECT,
        )
    ),
    Check(
        Register(
            "party.member_sheet",
            MemberSheet,
            day="filled_on",
            about="member_id",
            by_others=True,
            act=Act.INSPECT,
        )
    ),
)
