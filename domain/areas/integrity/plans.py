"""Plans of clean government 党风廉政: analyses, tasks, letters, cases told to the commission.

Regulations: 廉政建设制度, 纪检监察工作制度.
"""

from datetime import date
from uuid import UUID

from domain.approval.procedure import Form, Reference, asked, referring
from domain.records.case_tables import case_table
from domain.records.cases import CaseKind, Party
from domain.records.cases import Entry as Beginning
from domain.records.registers import PERSON, UNIT, Entry, Register
from domain.records.rules import happened
from domain.records.stage_rules import done, remarked
from domain.values.bounds import between
from domain.values.choices import Choice
from domain.vocabulary import Label


class Analysis(Entry):
    """党风廉政状况专题分析; how clean government stands, by whom and what came of it."""

    analysed_on: date = asked("分析日期", "The day")
    body: str = asked("分析研究的会议或班子", "Who analysed it", longest=200)
    findings: str = asked("分析情况", "What was found", longest=4000)


ANALYSES = Register(
    "integrity.analysis", Analysis, table_name="integrity_analyses", day="analysed_on"
)


class PlanBegun(Form):
    """党风廉政建设工作计划: for which year one is drawn up."""

    begun_on: date = asked("开始日期", "Begun on")
    title: str = asked("计划名称", "What it is called", longest=200)


class Plan(PlanBegun):
    """党风廉政建设工作计划及实施: what was analysed, planned, divided, carried out and checked."""

    analysis_id: UUID | None = referring(
        "所依据的专题分析", "The analysis behind it", ANALYSES.reference, default=None
    )
    contents: str = asked("计划内容", "What is planned", default="", longest=4000)
    carried_out: str = asked("组织实施情况", "How it is carried out", default="", longest=4000)
    checked: str = asked("检查、指导情况", "What was checked and guided", default="", longest=4000)


planned = remarked(Plan)
PLAN = CaseKind(
    "integrity.plan",
    Label("党风廉政工作计划", "Plan of clean government"),
    table=case_table("integrity_plans", Plan),
    record=Plan,
    entry=Beginning(PlanBegun, kept=True, rules=happened("begun_on")),
    chain=("integrity.plan",),
    day="begun_on",
    stages={
        "analyse": planned("analysis_id"),
        "plan": planned("contents"),
        "divide": planned(),
        "carry_out": planned("carried_out"),
        "check": planned("checked"),
    },
)


class TaskPlanned(Form):
    """党风廉政工作任务: a task of a plan."""

    planned_on: date = asked("列入日期", "The day")
    title: str = asked("任务", "The task", longest=500)
    plan_id: UUID | None = referring(
        "工作计划", "The plan", Reference("IntegrityPlan", "integrity_plans"), default=None
    )


class Task(TaskPlanned):
    """党风廉政工作任务及落实: whose it is, and what was done and checked."""

    leader_id: UUID | None = referring(
        "责任领导（班子成员）", "Which of the leadership answers for it", PERSON, default=None
    )
    unit_id: UUID | None = referring("责任部门", "Which section", UNIT, default=None)
    carried_out: str = asked("组织实施情况", "How it is carried out", default="", longest=4000)
    checked: str = asked("检查、指导情况", "What was checked and guided", default="", longest=4000)


task = remarked(Task)
TASK = CaseKind(
    "integrity.task",
    Label("党风廉政工作任务", "Task of clean government"),
    table=case_table("integrity_tasks", Task),
    record=Task,
    entry=Beginning(TaskPlanned, kept=True, rules=happened("planned_on")),
    chain=("integrity.task",),
    day="planned_on",
    filters=("plan_id",),
    parties=(Party("leader_id", Label("责任领导", "who answers for it")),),
    stages={
        "divide": task("leader_id", "unit_id"),
        "carry_out": task("carried_out"),
        "check": task("checked"),
    },
)


class Letter(Entry):
    """党风廉政建设责任书; who signed for which year."""

    signed_on: date = asked("签订日期", "The day")
    year: int = asked("年度", "The year", bounds=between(1950, 2200))
    person_id: UUID = referring("责任人", "Who signed", PERSON)


class TalkKind(Choice):
    """三谈两述; which of the talks or accounts it was, as the office calls it."""

    TALK = "talk", "谈话: a talk."
    ACCOUNT = "account", "述职述廉: an account of one's work and integrity."


class Talk(Entry):
    """三谈两述登记; a talk with somebody, or an account that somebody gave."""

    held_on: date = asked("日期", "The day")
    talk_kind: TalkKind = asked("谈或述", "A talk or an account")
    called: str = asked("名称", "What it is called", longest=100)
    person_id: UUID = referring("谈话对象或述职述廉人", "With whom, or whose", PERSON)
    said: str = asked("情况", "What was said", default="", longest=2000)


class Filed(Form):
    """立案登记: a case of discipline that was filed."""

    filed_on: date = asked("立案日期", "Filed on")
    subject: str = asked("案由", "What it is about", longest=1000, confidential=True)


class Inquiry(Filed):
    """案件查办: what was filed, when the city commission was told, and how it ended."""

    reported_on: date | None = asked("上报市纪委日期", "Told to the city", default=None)
    concluded_on: date | None = asked("办结日期", "Concluded on", default=None)
    outcome: str = asked("办结情况", "How it ended", default="", longest=2000, confidential=True)


inquired = remarked(Inquiry)
INQUIRY = CaseKind(
    "integrity.inquiry",
    Label("案件查办", "Case of discipline"),
    table=case_table("integrity_inquiries", Inquiry),
    record=Inquiry,
    entry=Beginning(Filed, kept=True, since="filed_on", rules=happened("filed_on")),
    chain=("integrity.inquiry",),
    day="filed_on",
    rules=done("reported_on", "concluded_on"),
    stages={
        "report_up": inquired("reported_on"),
        "conclude": inquired("concluded_on", "outcome"),
    },
)
REGISTERS = (
    ANALYSES,
    Register(
        "integrity.letter", Letter, day="signed_on", about="person_id", once=("person_id", "year")
    ),
    Register("integrity.talk", Talk, day="held_on", about="person_id"),
)
CASES = (PLAN, TASK, INQUIRY)
