"""Cases: work that is assigned, answered and filed along the path that an office's rows give it.

A case begins when its request is approved and bears the request's id. What happens to it are the
events of the path; an area declares what each of them asks for and leaves behind.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    Text,
    Uuid,
)
from sqlalchemy.dialects.postgresql import JSONB

from domain.approval.procedure import Approved, Record
from domain.errors import Problem
from domain.shapes.asking import Measures
from domain.shapes.book import Shapes
from domain.shapes.paths import Passage, Transition, passage
from domain.tables import ADDED, LINE, REWRITTEN, key, moment, table
from domain.time.calendar import Calendar

HANDLER = "handler"
"""The role that whoever handles a case bears in it."""

LEADS_A_UNIT = 3
"""From this level of a role on its holders act for their unit: a deputy section chief."""

WRITTEN, ORAL = "written", "oral"


def words(*names: str) -> list[Column[str]]:
    return [Column(name, Text, nullable=False) for name in names]


cases = table(
    "cases",
    key(),
    *words("number", "kind", "path", "state"),
    moment("since"),
    Column("version", Integer, nullable=False),
    Column("standing", Boolean, nullable=False),
    moment("begun_at"),
    Column("registered_by", Uuid, nullable=False),
    *words("registered_by_name", "channel"),
    Column("received_on", Date, nullable=False),
    *words("subject", "complainant_name", "complainant_telephone", "superior", "complained_of"),
    Column("complained_person_id", Uuid),
    Column("complained_unit_id", Uuid),
    Column("facts", JSONB, nullable=False),
    Column("handler_unit_id", Uuid),
    Column("handler_id", Uuid),
    *words("handler_unit", "handler_name"),
    moment("assigned_at", nullable=True),
    *words("forwarded_to", "answer", "answer_form"),
    moment("forwarded_at", nullable=True),
    moment("urged_at", nullable=True),
    moment("answered_at", nullable=True),
    moment("closed_at", nullable=True),
    moment("reported_at", nullable=True),
    moment("archived_at", nullable=True),
    CheckConstraint("answer_form in ('', 'oral', 'written')", name="answer_form"),
    CheckConstraint("(answer = '') = (answered_at is null)", name="answered"),
    CheckConstraint("not (standing and archived_at is not null)", name="archived"),
    ForeignKeyConstraint(["institution_id", "handler_id"], ["people.institution_id", "people.id"]),
    ForeignKeyConstraint(
        ["institution_id", "handler_unit_id"], ["units.institution_id", "units.id"]
    ),
    Index("cases_begun_idx", "institution_id", "kind", "begun_at", "id"),
    Index("cases_handler_idx", "institution_id", "handler_id"),
    changes=("insert", REWRITTEN),
)

case_events = table(
    "case_events",
    key("case_id"),
    Column("version", Integer, primary_key=True, autoincrement=False),
    *words("event", "origin", "target"),
    moment("at"),
    Column("person_id", Uuid, nullable=False),
    *words("person_name", "role", "clause", "comment"),
    Column("seat_id", Uuid),
    Column("measures", JSONB, nullable=False),
    Column("particulars", JSONB, nullable=False),
    ForeignKeyConstraint(["institution_id", "case_id"], ["cases.institution_id", "cases.id"]),
    changes=ADDED,
    stands=LINE,
)


@dataclass(frozen=True)
class Case:
    """A case as it is kept: where it stands, whom it concerns, who handles it, what it came to."""

    id: UUID
    number: str
    kind: str
    path: str
    state: str
    since: datetime
    begun_at: datetime
    registered_by: UUID
    registered_by_name: str
    channel: str
    received_on: date
    subject: str
    complainant_name: str = ""
    complainant_telephone: str = ""
    superior: str = ""
    complained_of: str = ""
    complained_person_id: UUID | None = None
    complained_unit_id: UUID | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    version: int = 1
    standing: bool = True
    handler_unit_id: UUID | None = None
    handler_unit: str = ""
    handler_id: UUID | None = None
    handler_name: str = ""
    assigned_at: datetime | None = None
    forwarded_to: str = ""
    forwarded_at: datetime | None = None
    urged_at: datetime | None = None
    answer: str = ""
    answer_form: str = ""
    answered_at: datetime | None = None
    closed_at: datetime | None = None
    reported_at: datetime | None = None
    archived_at: datetime | None = None


@dataclass(frozen=True)
class Said:
    """What is said with an event: words, who is to handle it, where it goes, on which paper."""

    text: str = ""
    handler: Mapping[str, Any] = field(default_factory=dict)
    department: str = ""
    document: Mapping[str, str] = field(default_factory=dict)
    answer_form: str = ""
    measures: Measures = field(default_factory=dict)

    def given(self, part: str) -> bool:
        return bool(getattr(self, part))


@dataclass(frozen=True)
class Deed:
    """What an event asks for and leaves behind, in whichever office's path it stands.

    Whose it is, the lines of the office say. `demands` are the parts of what is said that it
    cannot do without. `means` is what doing it states. `leaves` are the things that it changes:
    the handler, the answer, where the case was forwarded, or a moment: urged, closed, filed.
    `form` is the form of its answer; it is `said` where the event does not tell.
    `throttled`: once a day is enough.
    """

    demands: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()
    means: Measures = field(default_factory=dict)
    form: str = ""
    throttled: bool = False


@dataclass(frozen=True)
class Conduct:
    """How an area's cases of one kind are conducted.

    `tracks` names the paths that fit a form, the best first; an office follows the first that its
    rows know. `by_request` are the events that the approved request stands for. `thing` is the
    object whose lines say who may see them and take their stages.
    """

    kind: str
    tracks: Callable[[Any], tuple[str, ...]]
    by_request: tuple[str, ...]
    deeds: Mapping[str, Deed]
    thing: str


def follow(path: str, state: str, every: Iterable[Transition]) -> tuple[Transition, ...]:
    """What may follow on a state of a path."""
    return tuple(each for each in every if each.id == path and each.origin == state)


def walked(path: str, events: Iterable[str], every: Iterable[Transition]) -> list[Transition]:
    """The transitions that these events take from the path's first state, as far as they go."""
    rows = [each for each in every if each.id == path]
    taken: list[Transition] = []
    for event in events:
        state = taken[-1].target if taken else rows[0].origin
        taken += [each for each in rows if (each.origin, each.event) == (state, event)][:1]
    return taken


def beginning(
    conduct: Conduct, form: Any, columns: Mapping[str, Any], approved: Approved, shapes: Shapes
) -> list[Record]:
    """The case of an approved request, and the event of its beginning; none without a path."""
    known = {each.id for each in shapes.paths}
    path = next((each for each in conduct.tracks(form) if each in known), None)
    if path is None:
        return []
    taken = walked(path, conduct.by_request, shapes.paths)
    first = next(each for each in shapes.paths if each.id == path)
    case = Case(
        id=approved.request,
        number=approved.number,
        kind=conduct.kind,
        path=path,
        state=taken[-1].target if taken else first.origin,
        since=approved.now,
        begun_at=approved.now,
        registered_by=approved.applicant,
        registered_by_name=approved.applicant_name,
        **columns,
    )
    event = {
        "case_id": case.id,
        "version": case.version,
        "event": "begin",
        "origin": first.origin,
        "target": case.state,
        "at": approved.now,
        "person_id": approved.applicant,
        "person_name": approved.applicant_name,
        "role": "",
        "clause": taken[-1].clause if taken else first.clause,
        "comment": "",
        "seat_id": None,
        "measures": case.facts,
        "particulars": {"events": [each.event for each in taken]},
    }
    return [Record("cases", asdict(case)), Record("case_events", event)]


def is_about(case: Case, person: UUID, name: str, led: Collection[UUID]) -> bool:
    """Whether a person is complained of: named, spoken of, or at the head of the unit that is."""
    if person == case.complained_person_id or case.complained_unit_id in led:
        return True
    return bool(name) and name in case.complained_of


def is_handled_by(case: Case, person: UUID, led: Collection[UUID]) -> bool:
    """Whether a person handles it: assigned in person, or at the head of the unit that is."""
    if case.handler_id is not None:
        return person == case.handler_id
    return case.handler_unit_id is not None and case.handler_unit_id in led


def lacking(deed: Deed, case: Case, said: Said) -> list[Problem]:
    """The parts of what is said that the event cannot do without."""
    found = [Problem("REQUIRED", (part,)) for part in deed.demands if not said.given(part)]
    if deed.throttled and not (case.assigned_at or case.forwarded_at):
        found.append(Problem("NOBODY_TO_URGE", ("event",)))
    return found


def tried(
    case: Case, event: str, known: Measures, shapes: Shapes, calendar: Calendar, now: datetime
) -> Passage:
    """Whether the path lets an event follow now, by what is known of the case."""
    rows = follow(case.path, case.state, shapes.paths)
    named = [each for each in rows if each.event == event]
    return passage(named, case.state, event, known, calendar, since=case.since, now=now)


def after(
    case: Case, deed: Deed, said: Said, taken: Transition, rows: Iterable[Transition], now: datetime
) -> Case:
    """The case when an event has happened; what leads back to its own state changes no more."""
    changes: dict[str, Any] = {"version": case.version + 1, "state": taken.target}
    if taken.target != case.state:
        changes["since"] = now
    for thing in deed.leaves:
        match thing:
            case "handler":
                changes |= {**said.handler, "assigned_at": now}
            case "forwarded":
                changes |= {"forwarded_to": said.department, "forwarded_at": now}
            case "answer":
                form = deed.form or said.answer_form
                changes |= {"answer": said.text, "answer_form": form, "answered_at": now}
            case _:
                changes[f"{thing}_at"] = now
    onward = any(each.target != each.origin for each in follow(case.path, taken.target, rows))
    return replace(case, **changes, standing=onward)
