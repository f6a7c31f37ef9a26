"""Incidents of information security: found, reported upwards, handled, settled and filed."""

from datetime import datetime
from uuid import UUID

from domain.approval.procedure import Form, asked, referring
from domain.records.case_tables import case_table
from domain.records.cases import CaseKind, Party
from domain.records.cases import Entry as Case
from domain.records.registers import PERSON, Entry, Register
from domain.records.stage_rules import remarked
from domain.values.choices import Choice
from domain.vocabulary import Label


class Incident(Entry):
    """信息安全事件登记; a sudden incident or a leak, from the moment at which it was found."""

    found_at: datetime = asked("发现时间", "When it was found")
    found_by_id: UUID = referring("发现人", "Who found it", PERSON)
    system: str = asked("计算机、网站或系统", "The computer, site or system", longest=200)
    leak: bool = asked("泄密", "Secrets leaked")
    description: str = asked("情况", "What happened", longest=2000)
    remedy: str = asked("补救措施", "What was done at once", default="", longest=2000)


INCIDENTS = Register("infosec.incident", Incident, day="found_at", about="found_by_id")


class ReportAddressee(Choice):
    """报告对象; to which body a clause has an incident reported, or to whom else it was."""

    SECRECY_BUREAU = "secrecy_bureau", "保密局: the secrecy bureau."
    CONFIDENTIALITY_GROUP = "confidentiality_group", "局保密领导小组: the leading group here."
    COORDINATION_OFFICE = "coordination_office", "协调小组办公室: the coordination office."
    OTHER = "other", "其他: anybody else, such as the superior unit."


class IncidentReport(Entry):
    """事件报告; that an incident was reported, and to whom."""

    incident_id: UUID = referring("事件", "The incident", INCIDENTS.reference)
    reported_at: datetime = asked("报告时间", "When")
    reported_to: str = asked("报告对象", "To whom", longest=100)
    report_addressee: ReportAddressee | None = asked(
        "报告对象的类别", "Which body that is", default=None
    )


REPORTS = Register("infosec.incident_report", IncidentReport, day="reported_at")


class Settlement(Entry):
    """事件处置完毕; that an incident was properly dealt with, and how."""

    incident_id: UUID = referring("事件", "The incident", INCIDENTS.reference)
    settled_at: datetime = asked("处理完毕时间", "When it was settled")
    result: str = asked("处理结果", "The result", longest=2000)


SETTLEMENTS = Register("infosec.incident_settlement", Settlement, day="settled_at")


class Filing(Entry):
    """处理结果报备; that the result of an incident was filed, and where."""

    settlement_id: UUID = referring("处置", "What settled it", SETTLEMENTS.reference)
    filed_at: datetime = asked("报备时间", "When")
    filed_with: str = asked("报备对象", "With whom", longest=100)


FILINGS = Register("infosec.incident_filing", Filing, day="filed_at")
REGISTERS = (INCIDENTS, REPORTS, SETTLEMENTS, FILINGS)


class Response(Form):
    """事件处置; which incident is dealt with, stage by stage."""

    incident_id: UUID | None = referring("事件", "The incident", INCIDENTS.reference, default=None)


class Responded(Response):
    """事件处置经过; how an incident was graded, handled and ended."""

    measures: str = asked("采取的措施", "What was done", default="", longest=2000)
    incident_grade: str = asked("事件级别", "Its grade", default="", longest=60)
    plan: str = asked("应急预案", "The plan that was started", default="", longest=200)
    result: str = asked("处理结果", "The result", default="", longest=2000)


RESPONSE = CaseKind(
    "infosec.response",
    Label("信息安全事件处置", "Response to an incident"),
    table=case_table("incident_responses", Responded),
    record=Responded,
    entry=Case(Response, kept=True, once=("incident_id",)),
    parties=(Party("begun_by", Label("登记的人", "who entered it")),),
    chain=("security.incident",),
    stages={
        "report": remarked(Responded)(),
        "contain": remarked(Responded)("measures"),
        "protect_scene": remarked(Responded)(),
        "grade": remarked(Responded)("incident_grade"),
        "start_plan": remarked(Responded)("plan"),
        "handle": remarked(Responded)("measures"),
        "resolve": remarked(Responded)("result"),
        "file_result": remarked(Responded)(),
    },
)
