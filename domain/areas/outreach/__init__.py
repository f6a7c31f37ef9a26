"""Outreach 文明创建: the teams, what sections look into for the people, donations and summaries.

Regulations: 文明创建工作制度, 联系点工作制度.
"""

from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.approval.procedure import Form, asked, referring
from domain.records.case_tables import case_table
from domain.records.cases import CaseKind
from domain.records.cases import Entry as Entered
from domain.records.registers import PERSON, UNIT, Entry, Register
from domain.records.rules import happened
from domain.records.stage_rules import remarked
from domain.values.bounds import PAID, between
from domain.values.choices import Choice
from domain.vocabulary import Label


class Teams(Entry):
    """文明劝导分组; into which teams the office is divided, and who leads each."""

    set_on: date = asked("分组日期", "The day")
    persuasion_teams: int = asked("小组数", "How many teams", bounds=between(0, 1000))
    team_leaders: int = asked(
        "每组带队领导人数", "How many lead each", bounds=between(0, 1000, unit="person")
    )
    members: str = asked("各组带队领导和成员", "Who leads and who is in which", longest=2000)


class Donor(Choice):
    """捐赠活动组织者; who held a donation."""

    BY_UNION = "by_union", "工会: the union."
    BY_BRANCH = "by_branch", "党支部: the party branch."


class Donation(Entry):
    """捐赠活动登记; a donation that the union or the branch held."""

    held_on: date = asked("活动日期", "The day")
    donor: Donor = asked("组织者", "Who held it")
    recipients: str = asked("慰问对象", "For whom", longest=500)
    amount: Decimal = asked("捐赠金额", "How much", bounds=PAID)


class Summary(Entry):
    """个人年终总结中的民情部分; what somebody's summary says of what was looked into and done."""

    written_on: date = asked("总结日期", "The day")
    person_id: UUID = referring("总结人", "Whose it is", PERSON)
    inquiry: str = asked("民情调查情况", "What was looked into", longest=2000)
    carried_out: str = asked("民情落实情况", "What was done about it", longest=2000)


class InquiryBegun(Form):
    """民情调查: what a section looks into for the people."""

    begun_on: date = asked("立项日期", "The day")
    unit_id: UUID = referring("股室", "Which section", UNIT)
    matter: str = asked("民情事项", "What weighs upon the people", longest=1000)


class Inquiry(InquiryBegun):
    """民情跟踪调查: what was found, and what came of it."""

    found: str = asked("调查情况", "What was found", default="", longest=4000)
    within_own_power: bool | None = asked("自己能够处理", "It can be handled here", default=None)
    outcome: str = asked("处理结果", "What came of it", default="", longest=2000)
    reported_to: str = asked("汇报的领导", "To whom it was reported", default="", longest=100)


told = remarked(Inquiry)
CASES = (
    CaseKind(
        "outreach.inquiry",
        Label("民情跟踪调查", "Inquiry for the people"),
        table=case_table("outreach_inquiries", Inquiry),
        record=Inquiry,
        entry=Entered(InquiryBegun, kept=True, since="begun_on", rules=happened("begun_on")),
        chain=("public_inquiry",),
        day="begun_on",
        stages={
            "investigate": told("found", "within_own_power"),
            "handle": told("outcome"),
            "report": told("reported_to"),
        },
    ),
)
REGISTERS = (
    Register(
        "outreach.teams", Teams, table_name="outreach_teams", word="OutreachTeams", day="set_on"
    ),
    Register("outreach.donation", Donation, day="held_on"),
    Register(
        "outreach.summary",
        Summary,
        table_name="outreach_summaries",
        day="written_on",
        about="person_id",
    ),
)
