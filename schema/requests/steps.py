"""Steps of a request in the API: whose turn, by which clause, and what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from operator import attrgetter
from typing import Annotated, Any

import strawberry

from domain.approval import request as requests
from domain.messages import say
from domain.office import organisation
from domain.office.organisation import Holder
from domain.rules.rows import ACTS
from domain.vocabulary import Vocabulary
from resolvers.requests.request_rows import ShownRequest, ShownStep
from resolvers.rules.rulebooks import LivingRulebook
from schema.ground.errors import sentence
from schema.ground.ids import global_id
from schema.ground.mirrors import enum_from
from schema.ground.rows import Words, told
from schema.office.organisation import Person, Seat, person_of, seat_of, titled
from schema.rules.clauses import Clause, clause_of


@strawberry.type
class OutsideDocument:
    """On what a body outside this office answered."""

    number: Annotated[str, "Its document number 文号."]
    dated: Annotated[date, "Its day."]
    name: Annotated[str, "The scan's file name."]
    sha256: Annotated[str, "The SHA-256 of the scan, in hexadecimal."]
    upload: Annotated[strawberry.ID | None, "What to open; none where the scan was never kept."] = (
        None
    )


@strawberry.type
class TelephoneConsent:
    """Consent given by telephone."""

    recorded_by: Annotated[str, "Who wrote it down."]
    said_at: Annotated[datetime, "When it was said."]
    clause: Annotated[Clause | None, "The clause that allows it, if one does."]


@strawberry.type
class HandedOn:
    """A turn handed to another seat."""

    how: Annotated[str, "transferred, reassigned by an administrator, or handed_over by a leaver."]
    name: Annotated[str, "By whom."]
    reason: Annotated[str, "Why."]
    at: Annotated[datetime, "When."]


@strawberry.type
class ActingFor:
    """For whom a turn was taken in a seat that was lent 代理."""

    person: Annotated[Person, "Who lent the seat."]
    document: Annotated[str, "By which document."]
    delegation: Annotated[strawberry.ID, "The loan; `delegations` lists it."]


StepAct: Any = enum_from(
    "StepAct",
    {
        "ENDORSE": ("endorse", "审核: consent on the way up."),
        "APPROVE": ("approve", "批准: the decision."),
        "SIGN": ("sign", "签字: a signature, which decides nothing."),
        "RECORD": ("record", "备案: taken note of, never refused."),
        "VOTE": ("vote", "表决: a body decides."),
    },
    "What a turn is: consent on the way up, the decision, a signature, a record, a vote.",
)
StepStatus: Any = strawberry.enum(requests.StepStatus, description="How far a step has come.")
Decision: Any = strawberry.enum(requests.Decision, description="What the holder of a turn says.")


@strawberry.type
class Step:
    """One seat's turn in a request."""

    id: Annotated[strawberry.ID, "Opaque; `decide` takes it."]
    role: Annotated[str, "The role that the clause names."]
    title: Annotated[str, "What this office calls it."]
    alternatives: Annotated[list[str], "Other roles, any one of which may take this step instead."]
    act: Annotated[StepAct, "What the turn is."]
    clause: Annotated[Clause, "The clause that asks for it."]
    clauses: Annotated[list[Clause], "Every clause that asks for it."]
    status: Annotated[StepStatus, "How far it has come."]
    decision: Annotated[Decision | None, "What was decided."]
    decided_by: Annotated[Person | None, "Who decided."]
    on_behalf_of: Annotated[Seat | None, "The seat that it was decided in."]
    acting_for: Annotated[
        ActingFor | None, "Who lent that seat; null where it was the decider's own."
    ]
    decided_at: Annotated[datetime | None, "When it was decided."]
    comment: Annotated[str | None, "What was said with it."]
    waiting_for: Annotated[
        list[Seat], "The seats that may take it now; a vacant one is listed with no holders."
    ]
    waiting_since: Annotated[datetime | None, "Since when it is open."]
    due_at: Annotated[datetime | None, "Until when it should be taken."]
    skipped_because: Annotated[str | None, "Why it fell away."]
    added_to: Annotated[
        strawberry.ID | None, "The step whose holder asked for this signature 加签; no rule does."
    ]
    repeats: Annotated[strawberry.ID | None, "The step that is asked again here after a return."]
    confirms: Annotated[
        strawberry.ID | None,
        "The step that was agreed to by telephone, to be confirmed here in writing.",
    ]
    document: Annotated[OutsideDocument | None, "The document on which a body outside answered."]
    by_telephone: Annotated[
        TelephoneConsent | None, "Who recorded it, where it was agreed to by telephone 电话同意."
    ]
    handed_on: Annotated[
        list[HandedOn], "Each time that it was handed to another seat 转办, or reassigned."
    ]


def steps_of(view: ShownRequest, language: str) -> list[Step]:
    """In the order of their places; what was asked again stands behind what it repeats."""
    steps: Sequence[ShownStep] = view.steps
    ordered = sorted(steps, key=attrgetter("place"))
    return [step_of(view, step, language) for step in ordered]


def step_of(view: ShownRequest, step: ShownStep, language: str) -> Step:
    turn = Turn(view, step, language)
    # What cannot be read is found before anything of it is shown.
    if step.act not in ACTS or view.living is None:
        raise LookupError(step.act)
    _ = step.decision
    must_be_readable(turn)
    return turn  # type: ignore[return-value]


def must_be_readable(turn: "Turn") -> None:
    """What a step has beside its decision is read, whatever is asked for."""
    if turn.step.skipped or turn.step.particulars:
        _ = turn.skipped_because, turn.acting_for, turn.document, turn.by_telephone, turn.handed_on


def _of_step(name: str) -> Any:
    """What the step itself tells."""
    return property(attrgetter(f"step.{name}"))


def _other_step(name: str) -> Any:
    """The id of another step of the same request, where there is one."""

    def read(turn: "Turn") -> strawberry.ID | None:
        step = getattr(turn.step, name)
        return global_id("Step", f"{turn.view.id}:{step}") if step else None

    return property(read)


class Turn:
    """A step as the API reads it: nothing is made of it that nobody asks for."""

    __slots__ = ("language", "step", "view")

    def __init__(self, view: ShownRequest, step: ShownStep, language: str) -> None:
        self.view, self.step, self.language = view, step, language

    added_to, repeats, confirms = map(_other_step, ("added_to", "repeats", "confirms"))
    role, act, alternatives = _of_step("role"), _of_step("act"), _of_step("alternatives")
    status, decision, comment = _of_step("status"), _of_step("decision"), _of_step("comment")
    decided_at = _of_step("decided_at")

    @property
    def id(self) -> strawberry.ID:
        return global_id("Step", f"{self.view.id}:{self.step.id}")

    @property
    def title(self) -> str:
        role = self.step.role
        return titles_of(rules_of(self.view), self.language).get(role, role)

    @property
    def clause(self) -> Clause:
        return clause_of(rules_of(self.view), self.step.clauses[0])

    @property
    def clauses(self) -> list[Clause]:
        return [clause_of(rules_of(self.view), clause) for clause in self.step.clauses]

    @property
    def decided_by(self) -> Person | None:
        return _decider(self.view, self.step)

    @property
    def on_behalf_of(self) -> Seat | None:
        held = self.view.seat(self.step.decided_in) if self.step.decided_in else None
        return self._seat(held) if held else None

    @property
    def acting_for(self) -> ActingFor | None:
        return _acting_for(self.step.particulars.get("acting_for"))

    @property
    def waiting_for(self) -> list[Seat]:
        seats = map(self.view.seat, self.step.seats if self._is_open else ())
        return [self._seat(each) for each in seats if each]

    @property
    def waiting_since(self) -> datetime | None:
        return self.step.opened_at if self._is_open else None

    @property
    def due_at(self) -> datetime | None:
        return _due(self.view, self.step)

    @property
    def skipped_because(self) -> str | None:
        words = rules_of(self.view).vocabulary
        skipped = self.step.skipped
        return note_sentence(skipped, words, self.language) if skipped else None

    @property
    def document(self) -> OutsideDocument | None:
        stored = self.step.particulars.get("document")
        return told(OutsideDocument, stored) if stored else None

    @property
    def by_telephone(self) -> TelephoneConsent | None:
        stored, words = self.step.particulars.get("by_telephone"), Words(rules_of(self.view))
        if stored is None:
            return None
        return told(TelephoneConsent, stored, words, recorded_by=stored["name"])

    @property
    def handed_on(self) -> list[HandedOn]:
        return [told(HandedOn, each) for each in self.step.particulars.get("handed_on", ())]

    @property
    def _is_open(self) -> bool:
        return self.step.status is requests.StepStatus.OPEN

    def _seat(self, seat: organisation.Seat) -> Seat:
        if not seat.role:
            # A person named on the form has no role but that of the turn.
            return self._told(replace(seat, role=self.step.role))
        made = self.view.made
        if seat.id not in made:
            made[seat.id] = self._told(seat)
        shown: Seat = made[seat.id]
        return shown

    def _told(self, seat: organisation.Seat) -> Seat:
        return seat_of(seat, rules_of(self.view).vocabulary.roles, self.language)


def _acting_for(stored: Mapping[str, Any] | None) -> ActingFor | None:
    if stored is None:
        return None
    lender = person_of(Holder(stored["lender"], stored["lender_name"], ""))
    return told(ActingFor, stored, person=lender)


def _due(view: ShownRequest, step: ShownStep) -> datetime | None:
    """A step's own term, or the first of the clocks that run for the request while it is open."""
    running = view.due_at if step.status is requests.StepStatus.OPEN else None
    own: datetime | None = step.due_at
    return min(own, running) if own and running else own or running


@lru_cache
def titles_of(living: LivingRulebook, language: str) -> Mapping[str, str]:
    """What the office calls each role."""
    return {code: say(language, role.label) for code, role in living.vocabulary.roles.items()}


def rules_of(view: ShownRequest) -> LivingRulebook:
    if view.living is None:
        raise LookupError("a request is shown with the rules that it is pinned to")
    return view.living


def note_sentence(note: Mapping[str, Any], words: Vocabulary, language: str) -> str:
    """What fell away and why, in the words that the office uses."""
    details = note.get("details") or {key: note[key] for key in note if key != "code"}
    return sentence(note["code"], titled(details, words), language)


def _decider(view: ShownRequest, step: ShownStep) -> Person | None:
    if step.decided_by is None:
        return None
    holders = (holder for seat in view.seats.values() for holder in seat.holders)
    known = next((holder for holder in holders if holder.id == step.decided_by), None)
    return person_of(known or Holder(step.decided_by, step.decided_by_name or "", ""))
