"""What a case shows of itself: complainant, complained of, handler, what happened, its clocks."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import strawberry

from domain.records.cases import Case
from resolvers.records.case_rows import CaseView
from resolvers.records.cases import Next
from resolvers.requests.words import camel
from schema.ground.errors import Problem, problem_of
from schema.ground.ids import global_id
from schema.ground.scalars import JSON
from schema.office.organisation import title_of
from schema.requests.kinds import said
from schema.rules.clauses import Clause, clause_of


@strawberry.type
class Complainant:
    """Who complains; never told to whom it concerns."""

    name: str = strawberry.field(description="The name; empty where none was left.")
    telephone: str = strawberry.field(description="The telephone; empty where none was left.")


@strawberry.type
class ComplainedOf:
    """Of whom or what a case complains."""

    text: str = strawberry.field(description="As it was said.")
    person_id: strawberry.ID | None = strawberry.field(description="The member of staff.")
    unit_id: strawberry.ID | None = strawberry.field(description="The section.")

    @classmethod
    def of(cls, case: Case) -> "ComplainedOf":
        person, unit = case.complained_person_id, case.complained_unit_id
        return cls(
            text=case.complained_of,
            person_id=global_id("Person", person) if person else None,
            unit_id=global_id("Unit", unit) if unit else None,
        )


@strawberry.type
class CaseHandler:
    """Who handles a case, and where it was passed on."""

    unit: str = strawberry.field(description="The section; may be empty.")
    person: str = strawberry.field(description="The person; may be empty.")
    assigned_at: datetime | None = strawberry.field(description="When it was assigned.")
    forwarded_to: str = strawberry.field(description="The department that it was passed to.")
    forwarded_at: datetime | None = strawberry.field(description="When it was passed on.")

    @classmethod
    def of(cls, case: Case) -> "CaseHandler":
        return cls(
            unit=case.handler_unit,
            person=case.handler_name,
            assigned_at=case.assigned_at,
            forwarded_to=case.forwarded_to,
            forwarded_at=case.forwarded_at,
        )


@strawberry.type
class CaseEvent:
    """What happened to a case."""

    event: str = strawberry.field(description="begin, assign, answer …")
    from_: str = strawberry.field(name="from", description="The state that it found.")
    to: str = strawberry.field(description="The state that it led to.")
    at: datetime = strawberry.field(description="When.")
    by: str = strawberry.field(description="The name of who did it.")
    role: str = strawberry.field(description="In which role; `handler` for who handles the case.")
    comment: str = strawberry.field(description="What was said; may be empty.")
    measures: JSON = strawberry.field(description="What was stated, by measure.")
    particulars: JSON = strawberry.field(description="The handler, the department, the paper.")
    clause: Clause = strawberry.field(description="The clause that it rests on.")


@strawberry.type
class CaseNextEvent:
    """An event that may follow on a case's state."""

    event: str = strawberry.field(description="To give to `advanceCase`.")
    to: str = strawberry.field(description="The state that it leads to.")
    label: str = strawberry.field(description="In words.")
    by: list[str] = strawberry.field(description="Whose it is: roles, or the handler.")
    allowed: bool = strawberry.field(description="Nothing known now stands against the viewer.")
    reasons: list[Problem] = strawberry.field(description="Why not, each with its clause.")
    demands: list[str] = strawberry.field(description="The parts of the input that it asks for.")
    clause: Clause = strawberry.field(description="The clause that it rests on.")


@strawberry.type
class CaseClock:
    """A deadline of a case."""

    action: str = strawberry.field(description="What is to be done.")
    due_at: datetime = strawberry.field(description="Until when.")
    state: str = strawberry.field(description="running, paused, done, expired or cancelled.")
    provisional: bool = strawberry.field(description="Later announcements may move it.")
    clause: Clause = strawberry.field(description="The clause that sets it.")


def event_of(view: CaseView, entry: Mapping[str, Any]) -> CaseEvent:
    return CaseEvent(
        event=entry["event"],
        from_=entry["origin"],
        to=entry["target"],
        at=datetime.fromisoformat(entry["at"]),
        by=entry["person_name"],
        role=entry["role"],
        comment=entry["comment"],
        measures=JSON(entry["measures"]),
        particulars=JSON(entry["particulars"]),
        clause=clause_of(view.living, entry["clause"]),
    )


def clock_of(view: CaseView, row: Mapping[str, Any]) -> CaseClock:
    return CaseClock(
        action=row["action"],
        due_at=datetime.fromisoformat(row["due_at"]),
        state=row["state"],
        provisional=row["provisional"],
        clause=clause_of(view.living, row["clause"]),
    )


PARTS = {"handler": "personId"}
"""How the input names a part that is not called as it is inside."""


def next_of(view: CaseView, each: Next, language: str) -> CaseNextEvent:
    roles = view.living.vocabulary.roles
    reasons = [problem_of(problem, view.living, language) for problem in each.reasons]
    return CaseNextEvent(
        event=each.transition.event,
        to=each.transition.target,
        label=said(each.transition.label, language),
        by=[title_of(role, roles, language) for role in each.by],
        allowed=not reasons,
        reasons=reasons,
        demands=[PARTS.get(part, camel(part)) for part in each.demands],
        clause=clause_of(view.living, each.transition.clause),
    )
