"""Cases of enforcement from the inquiry to the remedies told, their papers, and the appraisal."""

from datetime import date, datetime
from uuid import UUID

from domain.approval.procedure import Form, Reference, asked, referring
from domain.areas.enforcement.books import ACTS, STUDY
from domain.records.case_tables import case_table
from domain.records.cases import CaseKind, Entry, Party
from domain.records.registers import PERSON, UNIT, Register
from domain.records.registers import Entry as Line
from domain.records.rules import happened
from domain.records.sources import UNITS, Lines
from domain.records.stage_rules import done, remarked
from domain.records.statements import Statement, number
from domain.values.bounds import between
from domain.vocabulary import Label


class CaseOpened(Form):
    """行政执法案件: against whom, by which law, and what the law demands before the decision."""

    opened_on: date = asked("立案日期", "The day")
    unit_id: UUID | None = referring("执法科室", "The section", UNIT, default=None)
    officer_id: UUID | None = referring("执法人员", "The officer", PERSON, default=None)
    party: str = asked("当事人", "Against whom", longest=200)
    business: str = asked("案由", "What it is about", longest=500)
    legal_basis: str = asked("依据的法律、法规、规章", "The law that it rests on", longest=500)
    notice_by_law: bool = asked("法定须告知、申辩", "The law has the party told and heard")
    hearing_by_law: bool = asked("法定须听证", "The law has a hearing held", default=False)
    decide_by: date | None = asked("法定时限届满日", "Due by law", default=None)
    term_days: int | None = asked(
        "法定时限（自立案之日起日数）",
        "Days that the law gives from the opening",
        default=None,
        bounds=between(1, 3650, unit="day"),
    )


class EnforcementCase(CaseOpened):
    """行政执法案件办理: inquired into, told, heard, decided, and the remedies told."""

    investigated: str = asked("审核或调查、询问情况", "What was found", default="", longest=2000)
    told_on: date | None = asked("告知日期", "When the party was told", default=None)
    intended: str = asked("拟作出的决定", "What is intended", default="", longest=1000)
    defence: str = asked("申辩意见", "What the party says", default="", longest=2000)
    heard_on: date | None = asked("听证日期", "When the hearing was", default=None)
    hearing: str = asked("听证情况", "What the hearing showed", default="", longest=2000)
    explanation: str = asked("应要求所作解释", "What was explained", default="", longest=1000)
    decision: str = asked("决定", "The decision", default="", longest=2000)
    decided_at: datetime | None = asked("决定时间", "Decided at", default=None)
    remedies: str = asked("告知的复议、诉讼权利", "The remedies told", default="", longest=500)
    remedies_told_on: date | None = asked("告知权利日期", "When they were", default=None)


CASE_REFERENCE = Reference("EnforcementCase", "enforcement_cases")
stage = remarked(EnforcementCase)
CASE = CaseKind(
    "enforcement.case",
    Label("行政执法案件", "Case of enforcement"),
    table=case_table("enforcement_cases", EnforcementCase),
    record=EnforcementCase,
    entry=Entry(CaseOpened, kept=True, since="opened_on", rules=happened("opened_on")),
    parties=(Party("officer_id", Label("执法人员", "the officer"), unit="unit_id"),),
    chain=("enforcement.case",),
    day="opened_on",
    stages={
        "investigate": stage("investigated", terms={"term": "decide_by"}),
        "notify": stage("intended", "told_on", rules=done("told_on")),
        "defend": stage("defence"),
        "hear": stage("hearing", "heard_on", rules=done("heard_on")),
        "explain": stage("explanation"),
        "decide": stage("decision", moments=("decided_at",)),
        "tell_remedies": stage("remedies", "remedies_told_on", rules=done("remedies_told_on")),
    },
)


class LegalDocument(Line):
    """法律文书登记; a paper of a case, in the uniform form, and when it was served."""

    enforcement_case_id: UUID = referring("案件", "The case", CASE_REFERENCE)
    issued_on: date = asked("制发日期", "The day")
    title: str = asked("文书名称", "What it is", longest=200)
    file_number: str = asked("文号", "Its number", longest=100)
    uniform: bool = asked("使用统一的法律文书", "In the uniform form")
    served_on: date | None = asked("送达日期", "When it was served", default=None)


DOCUMENTS = Register("enforcement.document", LegalDocument, day="issued_on", once=("file_number",))


class ReviewOpened(Form):
    """行政执法责任制考核: of which section, for which year."""

    opened_on: date = asked("开始日期", "The day")
    unit_id: UUID | None = referring("被考核科室", "The section", UNIT, default=None)
    head_id: UUID | None = referring("科室负责人", "Who leads it", PERSON, default=None)
    year: int = asked("年度", "The year")


class EnforcementReview(ReviewOpened):
    """行政执法责任制考核经过: assessed by itself, in a meeting and by the public, taken over."""

    self_assessment: str = asked("自查自评", "Its own assessment", default="", longest=2000)
    meeting_assessment: str = asked("集会考核", "That of the meeting", default="", longest=2000)
    public_assessment: str = asked("民主评议", "That of the public", default="", longest=2000)
    verdict: str = asked("考核结果", "The result", default="", longest=500)


part = remarked(EnforcementReview)
REVIEW = CaseKind(
    "enforcement.review",
    Label("行政执法责任制考核", "Appraisal of enforcement"),
    table=case_table("enforcement_reviews", EnforcementReview),
    record=EnforcementReview,
    entry=Entry(ReviewOpened, kept=True, rules=happened("opened_on"), once=("unit_id", "year")),
    parties=(Party("head_id", Label("科室负责人", "who leads the section"), unit="unit_id"),),
    chain=("enforcement.review",),
    day="opened_on",
    stages={
        "self_assess": part("self_assessment"),
        "assess_in_meeting": part("meeting_assessment"),
        "public_review": part("public_assessment"),
        "carry_over": part("verdict"),
    },
)


class DailyCheck(Line):
    """执法日常考核登记; what a routine check of a section found, for its appraisal of the year."""

    checked_on: date = asked("考核日期", "The day")
    unit_id: UUID = referring("被考核科室", "The section", UNIT)
    in_order: bool = asked("合格", "It was in order")
    finding: str = asked("情况", "What was found", longest=1000)


CHECKS = Register("enforcement.daily_check", DailyCheck, day="checked_on", of_unit="unit_id")
CASES = (CASE, REVIEW)
REGISTERS = (DOCUMENTS, CHECKS)
STATEMENTS = (
    Statement("enforcement.policy", written=True),
    Statement("enforcement.method", written=True),
    Statement(
        "enforcement.year",
        by=UNITS,
        columns=(
            number("acts", "执法行为", "Acts of enforcement", Lines(ACTS)),
            number("study", "学习", "Study", Lines(STUDY), {"study_kind": "study"}),
            number("publicity", "宣传", "Publicity", Lines(STUDY), {"study_kind": "publicity"}),
            number("checks", "日常考核", "Routine checks", Lines(CHECKS)),
        ),
    ),
)
