"""Decisions 重大决策: from research to what was done, as the clauses of an office let them follow.

Regulation: 依法行政工作規則.
"""

from datetime import date
from uuid import UUID

from domain.approval.procedure import Form, asked, referring
from domain.records.case_tables import case_table
from domain.records.cases import CaseKind, Entry, Party, Tells
from domain.records.registers import PERSON, REQUEST, UNIT, Draw
from domain.records.stage_rules import done, remarked
from domain.values.bounds import between
from domain.values.choices import Choice
from domain.vocabulary import Act, Label


class Category(Choice):
    """重大决策事项类别; of which matters a decision is a major one."""

    RULES = "rules", "代拟法规、规章草案及重要规范性文件: drafts of rules."
    REFORM = "reform", "重大改革方案、政策措施: a reform or policy."
    PLAN = "plan", "中长期规划、年度工作计划: a plan."
    INJURY = "injury", "疑难工伤案件的认定: a difficult case of injury at work."
    RULING = "ruling", "有重大影响的行政处罚、处理、复议、仲裁: a ruling of great effect."
    OTHER = "other", "其他有重大影响的决策事项: another matter of great effect."


class HeardBy(Choice):
    """听取公众意见的方式; how the public was heard."""

    MEDIA = "media", "报刊、互联网、广播电视: newspapers, internet, broadcasting."
    FORUM = "forum", "座谈会: a forum."
    HEARING = "hearing", "听证会: a hearing."
    ARGUMENT = "argument", "论证会: an expert meeting."


class DecisionBegun(Form):
    """重大决策事项: what is to be decided, and what the clauses ask of it."""

    title: str = asked("决策事项", "What is to be decided", longest=200)
    category: Category = asked("类别", "Of which kind")
    unit_id: UUID = referring("承办科室", "The section that prepares it", UNIT)
    public_concern: bool = asked("涉及面广、关系群众利益", "Of broad public concern")
    needs_comparison: bool = asked("需多方案比较", "Needs several options compared")
    disputed: bool = asked("协商后仍有争议", "Still disputed after consultation")


class DecisionMatter(DecisionBegun):
    """重大决策事项办理: research, options, opinions, papers, resolution, execution."""

    research: str = asked("决策调研报告", "The report on research", default="", longest=4000)
    options: str = asked("决策备选方案", "The options", default="", longest=4000)
    decision_options: int | None = asked(
        "备选方案数", "How many options", default=None, bounds=between(1, 100, unit="option")
    )
    options_sound: bool | None = asked(
        "无信息失真过时、遗漏、隐瞒歪曲和泄密的情形", "Free of the four faults", default=None
    )
    heard_by: HeardBy | None = asked("听取方式", "How the public was heard", default=None)
    opinions: str = asked(
        "公众意见及采纳情况", "Opinions, and what came of them", default="", longest=4000
    )
    legal_basis: str = asked("法律、法规和政策规定", "The law and policy", default="", longest=4000)
    bodies_opinions: str = asked(
        "机关和社会公众意见", "What bodies and the public say", default="", longest=4000
    )
    cost_benefit: str = asked("成本效益分析意见", "Cost and benefit", default="", longest=4000)
    other_papers: str = asked("其他材料", "Other papers", default="", longest=2000)
    resolution_id: UUID | None = referring(
        "党组议决的申请", "The request resolved on", REQUEST, default=None
    )
    filed_as: str = asked("归档编号", "Filed as", default="", longest=100)
    tasks: str = asked("工作任务", "The tasks", default="", longest=4000)
    responsible_id: UUID | None = referring("负责机构", "The responsible unit", UNIT, default=None)
    lead_id: UUID | None = referring(
        "负责的分管局领导", "The deputy who leads it", PERSON, default=None
    )
    requirements: str = asked("工作要求", "What is required", default="", longest=2000)
    obstacle: str = asked("不能实现的原因", "Why it cannot be reached", default="", longest=2000)
    involves_secret: bool | None = asked(
        "涉及国家秘密、商业秘密或个人隐私", "Secret or private", default=None
    )
    published_on: date | None = asked("公开日期", "Published on", default=None)
    published_where: str = asked("公开方式", "Where it was published", default="", longest=300)
    outcome: str = asked("执行情况", "How it was carried out", default="", longest=4000)
    supervision: str = asked("督查情况", "What supervision found", default="", longest=4000)


stage = remarked(DecisionMatter)
TOLD = {"title": "title"}
LED = Tells("DECISION_TO_CARRY_OUT", ("lead_id",), details=TOLD)
MATTER = CaseKind(
    "decision.matter",
    Label("重大决策事项", "Major decision"),
    table=case_table("decision_matters", DecisionMatter),
    record=DecisionMatter,
    entry=Entry(DecisionBegun, kept=True),
    chain=("decision.major",),
    parties=(Party("begun_by", Label("承办的人", "who prepares it"), unit="unit_id"),),
    filters=("category",),
    rules=done("published_on"),
    draws=(Draw("resolution_id", ("decision.major",), unfit="APPROVED_FOR_ANOTHER"),),
    stages={
        "research": stage("research"),
        "draft": stage("options", "decision_options", "options_sound"),
        "hear_public": stage("heard_by", "opinions"),
        "submit": stage("legal_basis", "bodies_opinions", "cost_benefit", may=("other_papers",)),
        "resolve": stage("resolution_id"),
        "archive": stage("filed_as"),
        "divide_tasks": stage(
            "tasks", "responsible_id", "requirements", may=("lead_id",), tells=LED
        ),
        "publish": stage("involves_secret", "published_on", "published_where"),
        "report_obstacle": stage(
            "obstacle", tells=Tells("DECISION_HINDERED", act=Act.CONFIRM, details=TOLD)
        ),
        "execute": stage("outcome"),
        "supervise": stage(
            "supervision", tells=Tells("DECISION_SUPERVISED", act=Act.CONFIRM, details=TOLD)
        ),
    },
)
CASES = (MATTER,)
