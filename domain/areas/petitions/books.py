"""The books beside the cases: whom the first asked served, and whom the leaders received."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.approval.procedure import asked, referring
from domain.areas.petitions.cases import cases
from domain.records.registers import PERSON, Entry, Register
from domain.records.rules import happened
from domain.shapes.asking import Measures
from domain.shapes.paths import Transition
from domain.values.names import Names


class AskedScope(StrEnum):
    """To whom a matter belongs that somebody asks about."""

    OWN = "own"
    OTHER = "other"
    UNCLEAR = "unclear"
    OUTSIDE = "outside"


class ContactPurpose(StrEnum):
    """Why somebody called or came."""

    ERRAND = "errand"
    ENQUIRY = "enquiry"
    REPORT = "report"


@dataclass(frozen=True, kw_only=True)
class Contact(Entry):
    """首问登记; somebody who called or came, and what the first asked did."""

    on_day: date = asked("日期", "The day", served=True)
    by_telephone: bool = asked("来电", "By telephone")
    purpose: ContactPurpose = asked("目的", "Purpose")
    content: str = asked("内容", "What it was about", longest=2000)
    caller_name: str = asked("来电来访人姓名", "Name", default="", longest=100, confidential=True)
    caller_telephone: str = asked(
        "联系电话",
        "Telephone",
        default="",
        longest=50,
        names=Names.TELEPHONE,
        confidential=True,
    )
    asked_scope: AskedScope | None = asked("职责归属", "To whom it belongs", default=None)
    handled_at_once: bool | None = asked("能马上办理", "Can be handled at once", default=None)
    event: str = asked("如何处理", "What was done", longest=40)
    passed_to: str = asked("转交或告知的科室", "Passed or pointed to", default="", longest=200)
    told: str = asked("答复或说明", "What was told", default="", longest=2000)
    outcome: str = asked("结果", "Where that left it", default="", served=True)
    clause: str = asked("依据", "The clause that says so", default="", served=True)


@dataclass(frozen=True, kw_only=True)
class Reception(Entry):
    """领导接待日登记; somebody whom a leader received."""

    received_on: date = asked("接待日期", "Received on")
    leader_id: UUID = referring("接待领导", "Leader", PERSON)
    leader_name: str = asked("接待领导姓名", "The leader's name", default="", served=True)
    visitor_name: str = asked("来访人姓名", "Visitor", longest=100, confidential=True)
    visitor_telephone: str = asked(
        "联系电话",
        "Telephone",
        default="",
        longest=50,
        names=Names.TELEPHONE,
        confidential=True,
    )
    matter: str = asked("反映事项", "Matter", longest=2000)
    outcome: str = asked("处理意见", "What was decided", default="", longest=2000)
    case_id: UUID | None = referring("信访件", "Petition", "Petition", default=None)


CONTACTS = Register("contact_register", Contact, lines="contacts", day="on_day", word="Contact")
RECEPTIONS = Register(
    "reception_register",
    Reception,
    lines="receptions",
    day="received_on",
    word="Reception",
    about="leader_id",
    due=True,
    rules=happened("received_on", "RECEIVED_LATER"),
)
REGISTERS = (CONTACTS, RECEPTIONS)
KEPT = {"petition_register": cases, "complaint_register": cases}
"""What clauses call a register, and is a list of cases."""

CALL, VISIT = "first_asked.call", "first_asked"
NAMES_A_PLACE = ("direct", "refer", "transfer")
"""What was done only counts with the section that it names."""


def first_asked(form: Contact, every: Iterable[Transition]) -> tuple[Transition, ...]:
    """The path of a caller, or of a visitor; an office without one for calls has one for both."""
    rows = tuple(every)
    for path in (CALL, VISIT) if form.by_telephone else (VISIT,):
        if found := tuple(each for each in rows if each.id == path):
            return found
    return ()


def known_of(form: Contact) -> Measures:
    """What the path may ask of a caller or visitor."""
    stated = {
        "call_purpose": form.purpose.value if form.by_telephone else None,
        "asked_scope": form.asked_scope.value if form.asked_scope else None,
        "handled_at_once": form.handled_at_once,
    }
    return {name: value for name, value in stated.items() if value is not None}


def untold(form: Contact) -> list[str]:
    """What must be written down: of a report who calls, of a direction where to."""
    needed = [("passed_to", form.event in NAMES_A_PLACE and not form.passed_to.strip())]
    if form.purpose is ContactPurpose.REPORT:
        needed += [
            (name, not getattr(form, name).strip()) for name in ("caller_name", "caller_telephone")
        ]
    return [name for name, lacks in needed if lacks]
