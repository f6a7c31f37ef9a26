"""The books of petitions and complaints: cases, the leaders' reception days, callers and visitors.

Whoever is asked first serves a visitor or caller to the end; how, the office's path tells.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Text,
    Uuid,
)

from domain.approval.procedure import Form, Requirement, asked, referring
from domain.areas.petitions.cases import cases
from domain.records.registers import Register, register_table
from domain.shapes.asking import Measures
from domain.shapes.paths import Transition
from domain.time.moments import is_near
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


contacts = register_table(
    "contacts",
    Column("on_day", Date, nullable=False),
    Column("by_telephone", Boolean, nullable=False),
    *(Column(name, Text, nullable=False) for name in ("purpose", "content")),
    *(Column(name, Text, nullable=False) for name in ("caller_name", "caller_telephone")),
    Column("asked_scope", Text),
    *(Column(name, Text, nullable=False) for name in ("event", "outcome", "clause")),
    *(Column(name, Text, nullable=False) for name in ("passed_to", "told")),
    CheckConstraint("purpose in ('errand', 'enquiry', 'report')", name="purpose"),
    Index(None, "institution_id", "on_day", "id"),
)

receptions = register_table(
    "receptions",
    Column("received_on", Date, nullable=False),
    Column("leader_id", Uuid, nullable=False),
    *(Column(name, Text, nullable=False) for name in ("leader_name", "visitor_name")),
    *(Column(name, Text, nullable=False) for name in ("visitor_telephone", "matter", "outcome")),
    Column("case_id", Uuid),
    ForeignKeyConstraint(["institution_id", "leader_id"], ["people.institution_id", "people.id"]),
    Index(None, "institution_id", "received_on", "id"),
)


@dataclass(frozen=True, kw_only=True)
class Contact(Form):
    """Somebody who called or came, and what the first asked did."""

    by_telephone: bool = asked("来电", "By telephone")
    purpose: ContactPurpose = asked("目的", "Purpose")
    content: str = asked("内容", "What it was about", longest=2000)
    caller_name: str = asked("来电来访人姓名", "Name", default="", longest=100)
    caller_telephone: str = asked(
        "联系电话", "Telephone", default="", longest=50, names=Names.TELEPHONE
    )
    asked_scope: AskedScope | None = asked("职责归属", "To whom it belongs", default=None)
    handled_at_once: bool | None = asked("能马上办理", "Can be handled at once", default=None)
    event: str = asked("如何处理", "What was done", longest=40)
    passed_to: str = asked("转交或告知的科室", "Passed or pointed to", default="", longest=200)
    told: str = asked("答复或说明", "What was told", default="", longest=2000)


@dataclass(frozen=True, kw_only=True)
class Reception(Form):
    """Somebody whom a leader received."""

    received_on: date = asked("接待日期", "Received on")
    leader_id: UUID = referring("接待领导", "Leader", "Person")
    visitor_name: str = asked("来访人姓名", "Visitor", longest=100)
    visitor_telephone: str = asked(
        "联系电话", "Telephone", default="", longest=50, names=Names.TELEPHONE
    )
    matter: str = asked("反映事项", "Matter", longest=2000)
    outcome: str = asked("处理意见", "What was decided", default="", longest=2000)
    case_id: UUID | None = referring("信访件", "Petition", "Petition", default=None)


RECEIVED: tuple[Requirement[Reception], ...] = (
    Requirement(
        "DATE_TOO_FAR", ("received_on",), lambda form, known: is_near(form.received_on, known.today)
    ),
    Requirement(
        "RECEIVED_LATER", ("received_on",), lambda form, known: form.received_on <= known.today
    ),
)

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


PETITIONS = Register("petition_register", cases, "信访台账", "Register of petitions")
COMPLAINTS = Register("complaint_register", cases, "投诉登记", "Register of complaints")
CONTACTS = Register(
    "contact_register", contacts, "来电来访登记", "Register of callers and visitors"
)
RECEPTIONS = Register(
    "reception_register", receptions, "领导接待日登记", "Register of the leaders' reception days"
)
REGISTERS = (PETITIONS, COMPLAINTS, CONTACTS, RECEPTIONS)
