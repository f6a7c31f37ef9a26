"""Reports of members: what each told of thought and work, and how (党员定期汇报思想和工作制度)."""

from datetime import date
from uuid import UUID

from domain.approval.procedure import asked, referring
from domain.records.registers import PERSON, Entry, Register
from domain.values.choices import Choice


class ReportForm(Choice):
    """汇报方式; how a member reported."""

    WRITTEN = "written", "书面汇报: in writing."
    DEMOCRATIC_LIFE = "democratic_life", "民主生活会口头汇报: at a democratic life meeting."
    CELL_LEADER = "cell_leader", "向党小组长口头汇报: to the leader of the cell."
    ORGANISATION_HEAD = "organisation_head", "向党组织负责人口头汇报: to the organisation's head."


class MemberReport(Entry):
    """党员汇报; a report on thought and work, as whoever received it puts it down."""

    reported_on: date = asked("汇报日期", "The day")
    member_id: UUID = referring("党员", "Who reports", PERSON)
    report_form: ReportForm = asked("汇报方式", "How")
    special: bool = asked("因公外出专题汇报", "Of a long absence on business", default=False)
    situation: str = asked(
        "思想、学习、工作、生活情况", "Thought, study, work, life", longest=4000, confidential=True
    )
    problems: str = asked(
        "存在的思想问题", "Problems of thought", default="", longest=2000, confidential=True
    )
    suggestions: str = asked(
        "意见和建议", "Opinions and suggestions", default="", longest=2000, confidential=True
    )
    other: str = asked("其他重要问题", "Else", default="", longest=2000, confidential=True)


REPORTS = Register(
    "party.report",
    MemberReport,
    table_name="member_reports",
    word="MemberReport",
    day="reported_on",
    about="member_id",
    by_others=True,
)
REGISTERS = (REPORTS,)
