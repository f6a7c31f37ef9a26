"""Steps of a request in the API: whose turn, by which clause, and what became of it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import strawberry

from domain import organisation
from domain.approval import request as requests
from domain.organisation import Holder
from domain.rules.rulebook import ACTS
from domain.vocabulary import Role
from resolvers.request_rows import RequestView
from resolvers.rulebooks import LivingRulebook
from schema.clauses import Clause, clause_of
from schema.errors import sentence
from schema.ids import global_id
from schema.mirrors import enum_from
from schema.organisation import Person, Seat, person_of, seat_of, title_of, titled

StepAct: Any = enum_from(
    "StepAct",
    {act.upper(): act for act in ACTS},
    "What a turn is: consent on the way up, the decision, a signature, a record, a vote.",
)
StepStatus: Any = strawberry.enum(requests.StepStatus, description="How far a step has come.")
Decision: Any = strawberry.enum(requests.Decision, description="What the holder of a turn says.")


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
    decided_at: datetime | None = strawberry.field(description="When it was decided.")
    comment: str | None = strawberry.field(description="What was said with it.")
    waiting_for: list[Seat] = strawberry.field(
        description="The seats that may take it now; a vacant one is listed with no holders."
    )
    waiting_since: datetime | None = strawberry.field(description="Since when it is open.")
    due_at: datetime | None = strawberry.field(description="Until when it should be taken.")
    skipped_because: str | None = strawberry.field(description="Why it fell away.")


def steps_of(view: RequestView, language: str) -> list[Step]:
    return [step_of(view, step, language) for step in view.request.steps]


def step_of(view: RequestView, step: requests.Step, language: str) -> Step:
    living = rules_of(view)
    roles = living.vocabulary.roles
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
        due_at=step.due_at,
        skipped_because=note_sentence(step.skipped, roles, language) if step.skipped else None,
    )


def _turn(seat: organisation.Seat, step: requests.Step) -> organisation.Seat:
    """A person named on the form has no role but that of the turn."""
    return seat if seat.role else replace(seat, role=step.role)


def rules_of(view: RequestView) -> LivingRulebook:
    if view.living is None:
        raise RuntimeError("a request is shown with the rules that it is pinned to")
    return view.living


def note_sentence(note: Mapping[str, Any], roles: Mapping[str, Role], language: str) -> str:
    """What fell away and why, with roles under the names that the office gives them."""
    details = note.get("details") or {key: note[key] for key in note if key != "code"}
    return sentence(note["code"], titled(details, roles, language), language)


def _decider(view: RequestView, step: requests.Step) -> Person | None:
    if step.decided_by is None:
        return None
    holders = (holder for seat in view.seats.values() for holder in seat.holders)
    known = next((holder for holder in holders if holder.id == step.decided_by), None)
    return person_of(known or Holder(step.decided_by, step.decided_by_name or "", ""))
