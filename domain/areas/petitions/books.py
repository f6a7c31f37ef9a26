"""The books beside the cases: whom the first asked served, and whom the leaders received."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from domain.approval.procedure import asked, referring, telephone
from domain.areas.petitions.cases import cases
from domain.records.registers import PERSON, Entry, Register, Serving, Walks
from domain.records.rules import happened
from domain.values.choices import Choice
from domain.vocabulary import Act


class AskedScope(Choice):
    """To whom a matter belongs that somebody asks about."""

    OWN = "own", "本科室: one's own section."
    OTHER = "other", "其他科室: another section."
    UNCLEAR = "unclear", "不明确: it is not clear whose it is."
    OUTSIDE = "outside", "不属本单位: outside the office."


class ContactPurpose(Choice):
    """Why somebody called or came."""

    ERRAND = "errand", "办事: something is to be done."
    ENQUIRY = "enquiry", "咨询: a question."
    REPORT = "report", "反映、举报: a report or tip-off."


class Contact(Entry):
    """首问登记; somebody who called or came, and what the first asked did."""

    on_day: date = asked("日期", "The day", served=True)
    by_telephone: bool = asked("来电", "By telephone")
    purpose: ContactPurpose = asked("目的", "Purpose")
    content: str = asked("内容", "What it was about", longest=2000)
    caller_name: str = asked("来电来访人姓名", "Name", default="", longest=100, confidential=True)
    caller_telephone: str = telephone(default="")
    asked_scope: AskedScope | None = asked("职责归属", "To whom it belongs", default=None)
    handled_at_once: bool | None = asked("能马上办理", "Can be handled at once", default=None)
    event: str = asked("如何处理", "What was done", longest=40)
    passed_to: str = asked("转交或告知的科室", "Passed or pointed to", default="", longest=200)
    told: str = asked("答复或说明", "What was told", default="", longest=2000)
    outcome: str = asked("结果", "Where that left it", default="", served=True)
    clause: str = asked("依据", "The clause that says so", default="", served=True)


class Reception(Entry):
    """领导接待日登记; somebody whom a leader received."""

    received_on: date = asked("接待日期", "Received on")
    leader_id: UUID = referring("接待领导", "Leader", PERSON)
    leader_name: str = asked("接待领导姓名", "The leader's name", default="", served=True)
    visitor_name: str = asked("来访人姓名", "Visitor", longest=100, confidential=True)
    visitor_telephone: str = telephone(default="")
    matter: str = asked("反映事项", "Matter", longest=2000)
    outcome: str = asked("处理意见", "What was decided", default="", longest=2000)
    case_id: UUID | None = referring("信访件", "Petition", "Petition", default=None)


CALL, VISIT = "first_asked.call", "first_asked"
NAMES_A_PLACE = ("direct", "refer", "transfer")
"""What was done only counts with the section that it names."""


def _untold(form: Contact) -> Iterator[str]:
    """What must be written down: of a report who calls, of a direction where to."""
    if form.purpose is ContactPurpose.REPORT:
        yield from ("caller_name", "caller_telephone")
    if form.event in NAMES_A_PLACE:
        yield "passed_to"


CONTACTS = Register(
    "contact_register",
    Contact,
    day="on_day",
    past=False,
    word="Contact",
    walks=Walks(
        event="event",
        outcome="outcome",
        clause="clause",
        paths=lambda form: (CALL, VISIT) if form.by_telephone else (VISIT,),
        measures={"call_purpose": "purpose"},
        needs=_untold,
        pathless="NO_FIRST_ASKED_PATH",
        among=(CALL, VISIT),
    ),
)
RECEPTIONS = Register(
    "reception_register",
    Reception,
    day="received_on",
    past=False,
    word="Reception",
    about="leader_id",
    due=True,
    serving={"leader_id": Serving(name="leader_name", act=Act.TAKE, unfit="NOT_A_LEADER")},
    rules=happened("received_on", "RECEIVED_LATER"),
)
REGISTERS = (CONTACTS, RECEPTIONS)
KEPT = {"petition_register": cases, "complaint_register": cases}
"""What clauses call a register, and is a list of cases."""
