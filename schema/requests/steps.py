"""Steps of a request in the API: whose turn, by which clause, and what became of it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

import strawberry

from domain.approval import request as requests
from domain.office import organisation
from domain.office.organisation import Holder
from domain.rules.rows import ACTS
from domain.vocabulary import Vocabulary
from resolvers.requests.rows import RequestView
from resolvers.rules.rulebooks import LivingRulebook
from schema.ground.errors import sentence
from schema.ground.ids import global_id
from schema.ground.mirrors import enum_from
from schema.office.organisation import Person, Seat, person_of, seat_of, title_of, titled
from schema.rules.clauses import Clause, clause_of

StepAct: Any = enum_from(
    "StepAct",
    {act.upper(): act for act in ACTS},
    "What a turn is: consent on the way up, the decision, a signature, a record, a vote.",
)
StepStatus: Any = strawberry.enum(requests.StepStatus, description="How far a step has come.")
Decision: Any = strawberry.enum(requests.Decision, description="What the holder of a turn says.")


@strawberry.type
class OutsideDocument:
    """On what a body outside this office answered."""

    number: str = strawberry.field(description="Its document number 文号.")
    dated: date = strawberry.field(description="Its day.")
    name: str = strawberry.field(description="The scan's file name.")
    sha256: str = strawberry.field(description="The SHA-256 of the scan, in hexadecimal.")


@strawberry.type
class TelephoneConsent:
    """Consent given by telephone."""

    recorded_by: str = strawberry.field(description="Who wrote it down.")
    said_at: datetime = strawberry.field(description="When it was said.")
    clause: Clause | None = strawberry.field(description="The clause that allows it, if one does.")


@strawberry.type
class HandedOn:
    """A turn handed to another seat."""

    how: str = strawberry.field(
        description="transferred, reassigned by an administrator, or handed_over by a leaver."
    )
    name: str = strawberry.field(description="By whom.")
    reason: str = strawberry.field(description="Why.")
    at: datetime = strawberry.field(description="When.")


@strawberry.type
class ActingFor:
    """For whom a turn was taken in a seat that was lent 代理."""

    person: Person = strawberry.field(description="Who lent the seat.")
    document: str = strawberry.field(description="By which document.")
    delegation: strawberry.ID = strawberry.field(description="The loan; `delegations` lists it.")


@strawberry.type
class Step:
    """One seat's turn in a request."""

    id: strawberry.ID = strawberry.field(description="Opaque; `decide` takes it.")
    role: str = strawberry.field(description="The role that the clause names.")
    title: str = strawberry.field(description="What this office calls it.")
    alternatives: list[str] = strawberry.field(
        description="Other roles, any one of which may take this step instead."
    )
    act: StepAct = strawberry.field(description="What the turn is.")
    clause: Clause = strawberry.field(description="The clause that asks for it.")
    clauses: list[Clause] = strawberry.field(description="Every clause that asks for it.")
    status: StepStatus = strawberry.field(description="How far it has come.")
    decision: Decision | None = strawberry.field(description="What was decided.")
    decided_by: Person | None = strawberry.field(description="Who decided.")
    on_behalf_of: Seat | None = strawberry.field(description="The seat that it was decided in.")
    acting_for: ActingFor | None = strawberry.field(
        description="Who lent that seat; null where it was the decider's own."
    )
    decided_at: datetime | None = strawberry.field(description="When it was decided.")
    comment: str | None = strawberry.field(description="What was said with it.")
    waiting_for: list[Seat] = strawberry.field(
        description="The seats that may take it now; a vacant one is listed with no holders."
    )
    waiting_since: datetime | None = strawberry.field(description="Since when it is open.")
    due_at: datetime | None = strawberry.field(description="Until when it should be taken.")
    skipped_because: str | None = strawberry.field(description="Why it fell away.")
    added_to: strawberry.ID | None = strawberry.field(
        description="The step whose holder asked for this signature 加签; no rule does."
    )
    repeats: strawberry.ID | None = strawberry.field(
        description="The step that is asked again here after a return."
    )
    confirms: strawberry.ID | None = strawberry.field(
        description="The step that was agreed to by telephone, to be confirmed here in writing."
    )
    document: OutsideDocument | None = strawberry.field(
        description="The document on which a body outside answered."
    )
    by_telephone: TelephoneConsent | None = strawberry.field(
        description="Who recorded it, where it was agreed to by telephone 电话同意."
    )
    handed_on: list[HandedOn] = strawberry.field(
        description="Each time that it was handed to another seat 转办, or reassigned."
    )


def steps_of(view: RequestView, language: str) -> list[Step]:
    """In the order of their places; what was asked again stands behind what it repeats."""
    ordered = sorted(view.request.steps, key=lambda step: step.place)
    return [step_of(view, step, language) for step in ordered]


def step_of(view: RequestView, step: requests.Step, language: str) -> Step:
    living = rules_of(view)
    words = living.vocabulary
    roles = words.roles
    cited = [clause_of(living, clause) for clause in step.clauses]
    is_open = step.status is requests.StepStatus.OPEN
    decided_in = view.seats.get(step.decided_in) if step.decided_in else None
    return Step(
        id=global_id("Step", f"{view.id}:{step.id}"),
        role=step.role,
        title=title_of(step.role, roles, language),
        alternatives=list(step.alternatives),
        act=StepAct(step.act),
        clause=cited[0],
        clauses=cited,
        status=step.status,
        decision=step.decision,
        decided_by=_decider(view, step),
        on_behalf_of=seat_of(_turn(decided_in, step), roles, language) if decided_in else None,
        acting_for=_acting_for(step.particulars.get("acting_for")),
        decided_at=step.decided_at,
        comment=step.comment,
        waiting_for=[
            seat_of(_turn(view.seats[seat], step), roles, language)
            for seat in step.seats
            if seat in view.seats
        ]
        if is_open
        else [],
        waiting_since=step.opened_at if is_open else None,
        due_at=_due(view, step),
        skipped_because=note_sentence(step.skipped, words, language) if step.skipped else None,
        added_to=_step_id(view, step.added_to),
        repeats=_step_id(view, step.repeats),
        confirms=_step_id(view, step.confirms),
        document=_document(step.particulars.get("document")),
        by_telephone=_by_telephone(step.particulars.get("by_telephone"), living),
        handed_on=[
            HandedOn(
                how=each["how"],
                name=each["name"],
                reason=each["reason"],
                at=datetime.fromisoformat(each["at"]),
            )
            for each in step.particulars.get("handed_on", ())
        ],
    )


def _acting_for(stored: Mapping[str, Any] | None) -> ActingFor | None:
    if stored is None:
        return None
    return ActingFor(
        person=person_of(Holder(stored["lender"], stored["lender_name"], "")),
        document=stored["document"],
        delegation=global_id("Delegation", stored["delegation"]),
    )


def _step_id(view: RequestView, step: UUID | None) -> strawberry.ID | None:
    return global_id("Step", f"{view.id}:{step}") if step else None


def _document(stored: Mapping[str, str] | None) -> OutsideDocument | None:
    if stored is None:
        return None
    return OutsideDocument(**{**stored, "dated": date.fromisoformat(stored["dated"])})  # type: ignore[arg-type]


def _by_telephone(
    stored: Mapping[str, Any] | None, living: LivingRulebook
) -> TelephoneConsent | None:
    if stored is None:
        return None
    clause = stored.get("clause")
    return TelephoneConsent(
        recorded_by=stored["name"],
        said_at=datetime.fromisoformat(stored["said_at"]),
        clause=clause_of(living, clause) if clause else None,
    )


def _due(view: RequestView, step: requests.Step) -> datetime | None:
    """A step's own term, or the first of the clocks that run for the request while it is open."""
    own = [step.due_at] if step.due_at else []
    if step.status is requests.StepStatus.OPEN and view.due_at:
        own.append(view.due_at)
    return min(own, default=None)


def _turn(seat: organisation.Seat, step: requests.Step) -> organisation.Seat:
    """A person named on the form has no role but that of the turn."""
    return seat if seat.role else replace(seat, role=step.role)


def rules_of(view: RequestView) -> LivingRulebook:
    if view.living is None:
        raise LookupError("a request is shown with the rules that it is pinned to")
    return view.living


def note_sentence(note: Mapping[str, Any], words: Vocabulary, language: str) -> str:
    """What fell away and why, in the words that the office uses."""
    details = note.get("details") or {key: note[key] for key in note if key != "code"}
    return sentence(note["code"], titled(details, words), language)


def _decider(view: RequestView, step: requests.Step) -> Person | None:
    if step.decided_by is None:
        return None
    holders = (holder for seat in view.seats.values() for holder in seat.holders)
    known = next((holder for holder in holders if holder.id == step.decided_by), None)
    return person_of(known or Holder(step.decided_by, step.decided_by_name or "", ""))
