"""Life of the party 党内组织生活: democratic life meetings, reviews with their sheets, cells.

Regulations: 领导班子民主生活会制度, 民主评议领导班子制度, 民主评议党员制度, “三会一课”制度.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from domain.approval.procedure import Form, Reference, Requirement, asked, referring
from domain.areas.party.joining import PARTY_CASE
from domain.records.case_tables import case_table
from domain.records.cases import CaseKind, Entry, Party, Rule, Tells, Turn
from domain.records.checks import Check, Sheet
from domain.records.registers import PERSON, UNIT, Register
from domain.records.registers import Entry as Line
from domain.records.stage_rules import remarked
from domain.time.moments import office_local
from domain.values.choices import Choice
from domain.vocabulary import Act, Label


class ActivityKind(Choice):
    """组织生活类别; what is held, by the path that the office gives it."""

    DEMOCRATIC_LIFE = "democratic_life", "民主生活会: the leadership's democratic life meeting."
    LEADERSHIP_REVIEW = "leadership_review", "民主评议领导班子: a review of the leadership."
    MEMBER_REVIEW = "member_review", "民主评议党员: a review of a member of the party."


class MemberGrade(Choice):
    """评议等次; how a member is graded."""

    EXCELLENT = "excellent", "优秀: excellent."
    QUALIFIED = "qualified", "合格: qualified."
    BASICALLY_QUALIFIED = "basically_qualified", "基本合格: basically qualified."
    UNQUALIFIED = "unqualified", "不合格: unqualified."


class Rater(Choice):
    """评议人; as whom somebody filled in a sheet, which is unsigned."""

    MID_LEVEL_CADRE = "mid_level_cadre", "本单位中层以上干部: a mid-level cadre of the unit."
    MASS_REPRESENTATIVE = "mass_representative", "群众代表: a representative of the masses."
    BUREAU_OFFICE_STAFF = "bureau_office_staff", "局机关人员: staff of the bureau's office."
    UNIT_LEADER = "unit_leader", "基层单位班子成员或主要负责人: of a unit's leadership."
    PARTY_MEMBER = "party_member", "党员: a member of the party."
    OTHER = "other", "其他人员: somebody else."


@dataclass(frozen=True, kw_only=True)
class ActivityBegun(Form):
    """组织生活: what is held, for which leadership, or of whom."""

    party_activity: ActivityKind = asked("类别", "What is held")
    title: str = asked("名称", "What it is called", longest=200)
    unit_id: UUID = referring("领导班子或支部所在单位", "The unit", UNIT)
    member_id: UUID | None = referring("被评议党员", "Who is reviewed", PERSON, default=None)


@dataclass(frozen=True, kw_only=True)
class Activity(ActivityBegun):
    """党内组织生活; from its preparation to what came of it."""

    opinions: str = asked("征求到的意见", "Opinions that were heard", default="", longest=4000)
    topic: str = asked("中心议题", "The central topic", default="", longest=500)
    opinions_ordered: str = asked(
        "整理后提供班子成员的意见", "Opinions as the members got them", default="", longest=4000
    )
    meets_on: date | None = asked("召开日期", "The day of the meeting", default=None)
    recorder_id: UUID | None = referring("记录人", "Who records it", PERSON, default=None)
    examined: str = asked("贯彻执行情况检查", "What was examined", default="", longest=4000)
    shortcomings: str = asked("问题和不足", "Shortcomings", default="", longest=4000)
    criticism: str = asked("批评和自我批评", "Criticism", default="", longest=4000)
    measures: str = asked("整改措施", "Measures", default="", longest=4000)
    sent_to: str = asked("记录报送单位", "To whom the record went", default="", longest=300)
    account: str = asked("述职或自我总结", "The account given", default="", longest=4000)
    result: str = asked("评议结果", "What the review came to", default="", longest=4000)
    member_grade: MemberGrade | None = asked("等次", "The grade", default=None)
    treatment: str = asked("处理意见", "How it is treated", default="", longest=2000)


def _met(turn: Turn[Activity]) -> bool:
    day = turn.before.meets_on
    return day is None or day <= office_local(turn.now).date()


REVIEWED: Requirement[Any] = Requirement(
    "REQUIRED",
    ("member_id",),
    lambda form, _: (form.party_activity is ActivityKind.MEMBER_REVIEW) == bool(form.member_id),
)
stage = remarked(Activity)
ACTIVITY = CaseKind(
    "party.activity",
    Label("党内组织生活", "Life of the party"),
    table=case_table("party_activities", Activity),
    record=Activity,
    entry=Entry(
        ActivityBegun,
        lambda form: (form.party_activity.value.replace("_", "-"),),
        kept=True,
        rules=(REVIEWED,),
    ),
    parties=(
        Party("begun_by", Label("登记的人", "who entered it")),
        Party("member_id", Label("被评议党员", "who is reviewed")),
    ),
    filters=("party_activity", "unit_id"),
    stages={
        "hear": stage("opinions"),
        "fix_topic": stage("topic"),
        "give_opinions": stage("opinions_ordered"),
        "notify": stage("meets_on", "recorder_id"),
        "hold": stage(
            *("examined", "shortcomings", "criticism", "measures"),
            rules=(Rule("NOT_YET_HAPPENED", ("event",), _met),),
        ),
        "send_up": stage("sent_to"),
        "meet": stage(),
        "report": stage("account"),
        "rate": stage(),
        "total": stage("result"),
        "correct": stage("criticism", "measures"),
        "mobilise": stage(),
        "sum_up": stage("account"),
        "grade": stage("result", "member_grade"),
        "feed_back": stage(
            may=("measures",),
            tells=Tells("PARTY_REVIEWED", ("member_id",), details={"title": "title"}),
        ),
        "treat": stage("treatment"),
    },
)
OF_ACTIVITY = Reference("PartyActivity", ACTIVITY.table.name)


@dataclass(frozen=True, kw_only=True)
class ReviewSheet(Sheet):
    """评议表; one unsigned sheet, as whoever collects them puts it down."""

    activity_id: UUID = referring("评议", "The review", OF_ACTIVITY)
    filled_on: date = asked("填写日期", "The day")
    rater: Rater = asked("评议人", "As whom it was filled in")
    description: str = asked("意见", "What is said", default="", longest=2000)


@dataclass(frozen=True, kw_only=True)
class LeadershipSheet(ReviewSheet):
    """民主测评表; of a leadership, or of one of its members."""

    unit_id: UUID = referring("领导班子所在单位", "The unit", UNIT)
    of_bureau: bool = asked("局领导班子", "Of the bureau's own leadership")
    member_id: UUID | None = referring("被评议的成员", "The member", PERSON, default=None)


@dataclass(frozen=True, kw_only=True)
class MemberSheet(ReviewSheet):
    """民主评议表; of a member of the party, with the grade that the sheet gives."""

    member_id: UUID = referring("被评议党员", "The member", PERSON)
    member_grade: MemberGrade = asked("等次", "The grade")


@dataclass(frozen=True, kw_only=True)
class CellMember(Line):
    """编入党小组; in which cell a member stands, who may not stand in two."""

    joined_on: date = asked("编入日期", "The day")
    member_id: UUID = referring("党员", "The member", PERSON)
    cell: str = asked("党小组", "The cell", longest=100)
    leader_id: UUID = referring("党小组长", "Who leads it", PERSON)
    probationary: bool = asked("预备党员", "A probationary member", default=False)
    party_case_id: UUID | None = referring(
        "入党事项", "Their case", Reference("PartyCase", PARTY_CASE.table.name), default=None
    )


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
CASES = (ACTIVITY,)
REGISTERS = (
    Register(
        "party.cell_member",
        CellMember,
        table_name="party_cell_members",
        day="joined_on",
        about="member_id",
        once=("member_id",),
        asked_when={"party_case_id": "probationary"},
    ),
)
