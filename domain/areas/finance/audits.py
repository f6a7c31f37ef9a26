"""Supervision of money: units audited, accountants delegated, training, and accounting files."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, Index

from domain.approval.procedure import Form, asked, referring
from domain.records.case_tables import case_table
from domain.records.cases import CaseKind, Party, plain_path
from domain.records.cases import Entry as Beginning
from domain.records.registers import PERSON, REQUEST, UNIT, Draw, Entry, Register
from domain.records.rules import ordered
from domain.records.stage_rules import remarked
from domain.values.bounds import PAID, between
from domain.values.choices import Choice
from domain.vocabulary import Label


class AuditMethod(Choice):
    """审计方法; who looks at whose books."""

    SELF = "self", "自查: the unit itself."
    MUTUAL = "mutual", "互查: another unit."
    COMPREHENSIVE = "comprehensive", "综合审计: the bureau, as a whole."


class AuditorOrigin(Choice):
    """审计人员来源; where the auditors come from."""

    FINANCE_DEPARTMENT = "finance_department", "财务部门抽调: drawn from finance departments."
    HIRED = "hired", "社会聘用: professionals hired for a time, where needed."


class AuditBegun(Form):
    """内部审计; a unit is audited by a plan."""

    unit_id: UUID = referring("被审计单位", "The unit audited", UNIT)
    audited_on: date = asked("审计日期", "Audited on")
    method: AuditMethod = asked("审计方法", "Method")
    plan: str = asked("计划、标准和措施", "Plan, standards and measures", longest=2000)
    auditors: str = asked("审计人员", "The auditors", longest=200)
    origin: AuditorOrigin = asked("审计人员来源", "Where they come from")
    hired_because: str = asked("聘用的必要性", "Why some are hired", default="", longest=200)
    special: str = asked("特殊情况", "The special case, out of turn", default="", longest=200)


class Audit(AuditBegun):
    """内部审计; an audit of a unit, its written report and what became of what it found."""

    accounts: str = asked("财务收支核算情况", "Income and spending", default="", longest=2000)
    funds: str = asked("资金和债权债务情况", "Funds and debts", default="", longest=2000)
    assets: str = asked("固定资产情况", "Fixed assets", default="", longest=2000)
    groundwork: str = asked("财务基础工作情况", "Groundwork", default="", longest=2000)
    discipline: str = asked("遵守财经纪律情况", "Discipline", default="", longest=2000)
    report_id: UUID | None = referring("审计报告", "The report, reported", REQUEST, default=None)
    reported_on: date | None = asked("报告日期", "Reported on", default=None)
    reported_to: str = asked("向谁汇报", "To whom it was reported", default="", longest=100)
    fed_back_on: date | None = asked("反馈日期", "Told to the unit on", default=None)
    treatment: str = asked("问题处理", "How findings are dealt with", default="", longest=2000)
    assessed_on: date | None = asked("纳入考核日期", "Entered in the assessment", default=None)


SUBJECTS = ("accounts", "funds", "assets", "groundwork", "discipline")
"""What an audit looks at."""
stage = remarked(Audit)
AUDITS = CaseKind(
    "finance.audit",
    Label("内部审计", "Internal audit"),
    table=case_table(
        "finance_audits",
        Audit,
        Index("finance_audits_unit_idx", "institution_id", "unit_id", "audited_on"),
    ),
    record=Audit,
    entry=Beginning(AuditBegun, kept=True, since="audited_on"),
    parties=(Party("begun_by", Label("审计科", "the audit section")),),
    chain=("audit-finding",),
    day="audited_on",
    stages={
        "report": stage(*SUBJECTS, "reported_on", "reported_to", may=("report_id",)),
        "feed_back": stage("fed_back_on"),
        "deal_with": stage("treatment"),
        "enter": stage("assessed_on"),
    },
)


class FilesBegun(Form):
    """会计档案; accounting papers of a year, as they are collected."""

    year: int = asked("年度", "The year", bounds=between(1950, 2200))
    contents: str = asked("凭证账簿报表等", "Vouchers, books, statements", longest=500)


class Files(FilesBegun):
    """会计档案; accounting papers of a year, until they are in the archives."""

    volumes: int | None = asked("册数", "Volumes", default=None, bounds=between(1, 10_000))
    catalogue: str = asked("编号和目录", "Numbers and list", default="", longest=500)
    place: str = asked("保管处", "Where they are kept", default="", longest=100)
    moved_on: date | None = asked("移交日期", "Moved to the archives on", default=None)
    received_by: str = asked("接收人", "Who received them", default="")
    destroying: str = asked("销毁理由", "Why they may be destroyed", default="", longest=500)


of_files = remarked(Files)
FILES = CaseKind(
    "finance.files",
    Label("会计档案", "Accounting files"),
    table=case_table(
        "finance_files", Files, CheckConstraint("volumes is null or volumes > 0", name="volumes")
    ),
    record=Files,
    entry=Beginning(FilesBegun, kept=True),
    parties=(Party("begun_by", Label("会计", "the accountant")),),
    chain=("accounting_files",),
    stages={
        "review": of_files(),
        "bind": of_files("volumes"),
        "number": of_files("catalogue"),
        "keep": of_files("place"),
        "hand_over": of_files("catalogue", "moved_on", signs=("received_by",)),
        "request_destruction": of_files("destroying"),
    },
    plain=plain_path(
        "accounting_files",
        ("collected", "bind", "bound", "整理装订成册", "Bound"),
        ("bound", "hand_over", "handed_over", "移交档案部门", "Moved to the archives"),
    ),
)


class DelegatedAccountant(Entry):
    """委派会计名册; an accountant whom the bureau delegated to a unit."""

    person_id: UUID = referring("委派会计", "The accountant", PERSON)
    from_unit_id: UUID = referring("抽调单位", "The unit that pays", UNIT)
    to_unit_id: UUID = referring("委派到的单位", "The unit they are sent to", UNIT)
    begins_on: date = asked("委派日期", "From")
    ends_on: date | None = asked("结束日期", "Until", default=None)
    monthly_pay: Decimal | None = asked(
        "月工资福利",
        "Pay and benefits a month",
        default=None,
        bounds=between(0, 10**6, "0.01", "yuan"),
    )


DELEGATED = Register(
    "finance.delegated_accountant",
    DelegatedAccountant,
    word="DelegatedAccountant",
    day="begins_on",
    past=False,
    about="person_id",
    of_unit="to_unit_id",
    once=("person_id", "begins_on"),
    rules=(ordered("begins_on", "ends_on"),),
)


class FinanceTraining(Entry):
    """财务培训登记; a training of finance staff that was held for all units."""

    held_on: date = asked("培训日期", "The day")
    topic: str = asked("内容", "What about", longest=200)
    form: str = asked("形式", "How: a course, a meeting, an exam", default="", longest=100)
    people: int = asked("参训人数", "How many took part", bounds=between(1, 10_000, unit="person"))


TRAININGS = Register("finance.training", FinanceTraining, day="held_on")


class ActivitySettlement(Entry):
    """外场活动结算; an activity held outside, settled by the office and by finance."""

    settled_on: date = asked("结算日期", "The day")
    request_id: UUID = referring("批准的活动经费", "The approved activity", REQUEST)
    place: str = asked("场地", "Where it was held", longest=100)
    outside_because: str = asked("在外举行的理由", "Why it was held outside", longest=200)
    amount: Decimal = asked("金额", "Amount", bounds=PAID)
    finance_head_id: UUID = referring("财务负责人", "The head of finance, who signs", PERSON)


SETTLEMENTS = Register(
    "finance.activity_settlement",
    ActivitySettlement,
    table_name="activity_settlements",
    day="settled_on",
    signed_by="finance_head_id",
    draws=(Draw("request_id", ("expenditure.activity",), amount="amount"),),
)
CASES = (AUDITS, FILES)
REGISTERS = (DELEGATED, TRAININGS, SETTLEMENTS)
