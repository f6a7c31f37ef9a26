"""Enforcement 行政执法: who may enforce the law, each act from inquiry to remedies, its review.

Regulation: 行政執法責任制.
"""

from datetime import date
from uuid import UUID

from domain.approval.procedure import Form, asked, referring
from domain.records.case_tables import case_table
from domain.records.cases import CaseKind
from domain.records.cases import Entry as Entered
from domain.records.registers import PERSON, UNIT, Entry, Register
from domain.records.rules import begun, happened
from domain.records.stage_rules import remarked
from domain.values.bounds import between
from domain.vocabulary import Label


class Officer(Entry):
    """执法人员登记; who enforces the law in a section, by which licence."""

    from_day: date = asked("上岗日期", "From when")
    person_id: UUID = referring("执法人员", "Who", PERSON)
    unit_id: UUID = referring("执法科室", "In which section", UNIT)
    section_qualified: bool = asked(
        "科室在执法责任制范围内", "The section is one of those that enforce the law"
    )
    enforcement_licence: bool = asked("依法取得执法证件", "Licensed by law")
    licence_number: str = asked("执法证件号", "The licence's number", default="", longest=50)


class ActBegun(Form):
    """行政执法案件: against or for whom a section is to act."""

    opened_on: date = asked("立案日期", "The day")
    unit_id: UUID = referring("承办科室", "Which section", UNIT)
    party_name: str = asked("行政管理相对人", "Against or for whom", longest=100)
    subject: str = asked("案由", "What about", longest=1000)
    statutory_notice: bool = asked(
        "有法定告知、申辩、听证程序", "Notice, defence or hearing is laid down by law"
    )


class EnforcementAct(ActBegun):
    """行政执法案件办理: found out, told, heard, decided, and remedies told of."""

    found: str = asked("审核或调查询问情况", "What was found", default="", longest=4000)
    explained: str = asked("解释说明", "What was explained", default="", longest=2000)
    notice: str = asked("告知内容", "What they were told", default="", longest=2000)
    hearing_asked: bool | None = asked(
        "当事人要求申辩或听证", "They asked to be heard", default=None
    )
    heard: str = asked("申辩、听证情况", "What was heard", default="", longest=4000)
    decision: str = asked("决定", "The decision", default="", longest=2000)
    remedies: str = asked(
        "告知的复议和诉讼权利", "The remedies they were told of", default="", longest=1000
    )


class ReviewBegun(Form):
    """执法责任制考核: of which section."""

    begun_on: date = asked("考核日期", "The day")
    unit_id: UUID = referring("被考核科室", "Which section", UNIT)


class Review(ReviewBegun):
    """执法责任制考核办理: assessed by itself, in a meeting and by others, on routine checks."""

    own_assessment: str = asked("自查自评", "What it says of itself", default="", longest=4000)
    meeting_assessment: str = asked("集会考核", "What the meeting says", default="", longest=4000)
    others_assessment: str = asked("民主评议", "What others say", default="", longest=4000)
    routine_checks: int | None = asked(
        "日常考核次数", "How many routine checks", default=None, bounds=between(0, 1000)
    )
    result: str = asked("纳入年终考核的结果", "The result taken in", default="", longest=1000)


act, reviewed = remarked(EnforcementAct), remarked(Review)
CASES = (
    CaseKind(
        "enforcement.act",
        Label("行政执法案件", "Act of enforcement"),
        table=case_table("enforcement_acts", EnforcementAct),
        record=EnforcementAct,
        entry=Entered(ActBegun, kept=True, since="opened_on", rules=happened("opened_on")),
        chain=("enforcement.case",),
        day="opened_on",
        stages={
            "investigate": act("found"),
            "explain": act("explained"),
            "notify": act("notice", "hearing_asked"),
            "hear": act("heard"),
            "decide": act("decision"),
            "tell_remedies": act("remedies"),
        },
    ),
    CaseKind(
        "enforcement.review",
        Label("执法责任制考核", "Review of enforcement"),
        table=case_table("enforcement_reviews", Review),
        record=Review,
        entry=Entered(ReviewBegun, kept=True, since="begun_on", rules=happened("begun_on")),
        chain=("enforcement.review",),
        day="begun_on",
        stages={
            "self_assess": reviewed("own_assessment"),
            "assess_in_meeting": reviewed("meeting_assessment"),
            "public_review": reviewed("others_assessment"),
            "count_checks": reviewed("routine_checks"),
            "take_in": reviewed("result"),
        },
    ),
)
REGISTERS = (
    Register(
        "enforcement.officer",
        Officer,
        day="from_day",
        past=False,
        about="person_id",
        by_others=True,
        rules=(begun("from_day"),),
    ),
)
