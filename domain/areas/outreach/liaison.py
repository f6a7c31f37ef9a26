"""Linked villages 联系点: inquiries of sections, what villagers say, pairs, donations, summaries.

Regulation: 联系点工作制度.
"""

from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.approval.procedure import Form, Reference, asked, referring
from domain.records.case_tables import case_table
from domain.records.cases import CaseKind, Party, Tells
from domain.records.cases import Entry as Beginning
from domain.records.registers import PERSON, UNIT, Entry, Register
from domain.records.rules import happened
from domain.records.stage_rules import remarked
from domain.values.bounds import AMOUNT
from domain.values.choices import Choice
from domain.vocabulary import Act, Label


class Chosen(Form):
    """民情调查: which hardship a section follows up."""

    chosen_on: date = asked("确定日期", "Chosen on")
    unit_id: UUID = referring("股室", "The section", UNIT)
    title: str = asked("民情", "What it is about", longest=200)


class Inquiry(Chosen):
    """民情调查及落实: a hardship, how it was looked into, and what became of it."""

    visits: str = asked("走访经过", "Visits", default="", longest=4000)
    findings: str = asked("调查情况", "What was found", default="", longest=4000)
    within_own_power: bool | None = asked("自己能够处理", "Within one's own power", default=None)
    outcome: str = asked("落实情况", "What was done about it", default="", longest=4000)
    told_leader: str = asked("汇报的领导", "Which leader was told", default="", longest=100)


asked_into = remarked(Inquiry)
TITLED = {"title": "title"}
INQUIRY = CaseKind(
    "outreach.inquiry",
    Label("民情调查", "Public inquiry"),
    table=case_table("outreach_inquiries", Inquiry),
    record=Inquiry,
    entry=Beginning(Chosen, kept=True, rules=happened("chosen_on")),
    chain=("public_inquiry",),
    day="chosen_on",
    filters=("unit_id",),
    parties=(Party("begun_by", Label("登记的人", "who entered it"), unit="unit_id"),),
    stages={
        "visit": asked_into("visits"),
        "investigate": asked_into("findings", "within_own_power"),
        "handle": asked_into("outcome"),
        "report": asked_into(
            "told_leader", tells=Tells("INQUIRY_REPORTED", act=Act.SEE, details=TITLED)
        ),
        "settle": asked_into("outcome"),
    },
)


class Heard(Form):
    """联系点走访: what people of a community or linked village say."""

    heard_on: date = asked("走访日期", "The day")
    place: str = asked("社区、联点村", "Where", longest=200)
    hardships: str = asked("困难和思想动态", "Their hardships and thoughts", longest=2000)


class Contact(Heard):
    """联系点走访及反映: what people say, and to whom it was passed on."""

    reported_to: str = asked("向谁反映", "To whom it was passed on", default="", longest=100)


CONTACT = CaseKind(
    "outreach.contact",
    Label("联系点走访", "Contact with a linked village"),
    table=case_table("outreach_contacts", Contact),
    record=Contact,
    entry=Beginning(Heard, kept=True, rules=happened("heard_on")),
    chain=("outreach.contact",),
    day="heard_on",
    parties=(Party("begun_by", Label("走访的人", "who was there")),),
    stages={"pass_on": remarked(Contact)("reported_to")},
)


class DonationBy(Choice):
    """Who organises a donation; what somebody gives on their own is none."""

    UNION = "union", "工会: the union."
    BRANCH = "party_branch", "支部: the party branch."


class Donation(Entry):
    """捐赠活动; a donation that the union or the branch organised, and to whom it went."""

    held_on: date = asked("活动日期", "The day")
    organiser: DonationBy = asked("组织者", "Who organised it")
    given_to: str = asked("慰问的社区、联点村贫困对象", "To whom it went", longest=500)
    amount: Decimal = asked("金额", "How much", bounds=AMOUNT)


class Pairing(Entry):
    """帮扶对子; who helps which poor household of the linked village."""

    since: date = asked("结对日期", "Since")
    person_id: UUID = referring("帮扶干部", "Who helps", PERSON)
    village: str = asked("社区、联点村", "Where", longest=100)
    household_helped: str = asked("帮扶户", "Whom", longest=100, confidential=True)
    help_planned: str = asked("帮扶措施", "What is done for them", default="", longest=1000)


class Summary(Entry):
    """个人年终总结; what somebody's summary of the year says of the section's inquiry."""

    handed_on: date = asked("交回日期", "Handed in on")
    person_id: UUID = referring("当事人", "Whose it is", PERSON)
    inquiry_id: UUID = referring(
        "本股室的民情调查",
        "The inquiry of their section",
        Reference("OutreachInquiry", "outreach_inquiries"),
    )
    inquiry_told: bool = asked("写明民情调查情况", "It tells of the inquiry", default=False)
    outcome_told: bool = asked("写明民情落实情况", "It tells what was done", default=False)


REGISTERS = (
    Register("outreach.donation", Donation, word="OutreachDonation", day="held_on"),
    Register(
        "outreach.pairing",
        Pairing,
        day="since",
        about="person_id",
        owed_by="party_member",
    ),
    Register(
        "outreach.summary",
        Summary,
        word="OutreachSummary",
        day="handed_on",
        about="person_id",
        rules=happened("handed_on"),
    ),
)
