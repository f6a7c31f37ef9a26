"""Incidents of information security: found, reported upwards, settled, and the result filed."""

from datetime import datetime
from uuid import UUID

from domain.approval.procedure import asked, referring
from domain.records.registers import PERSON, Entry, Register


class Incident(Entry):
    """信息安全事件登记; a sudden incident or a leak, from the moment at which it was found."""

    found_at: datetime = asked("发现时间", "When it was found")
    found_by_id: UUID = referring("发现人", "Who found it", PERSON)
    system: str = asked("计算机、网站或系统", "The computer, site or system", longest=200)
    leak: bool = asked("泄密", "Secrets leaked")
    description: str = asked("情况", "What happened", longest=2000)
    remedy: str = asked("补救措施", "What was done at once", default="", longest=2000)


INCIDENTS = Register("infosec.incident", Incident, day="found_at", about="found_by_id")


class IncidentReport(Entry):
    """事件报告; that an incident was reported, and to whom."""

    incident_id: UUID = referring("事件", "The incident", INCIDENTS.reference)
    reported_at: datetime = asked("报告时间", "When")
    reported_to: str = asked("报告对象", "To whom", longest=100)


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
