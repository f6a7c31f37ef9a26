"""What every case shows of itself: what happened to it, what may follow, its clocks."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import strawberry

from resolvers.records.case_rows import CaseView
from resolvers.records.case_turns import Next
from resolvers.requests.words import camel
from schema.ground.errors import Problem, problem_of
from schema.ground.rows import told
from schema.ground.scalars import JSON
from schema.office.organisation import title_of
from schema.requests.kinds import said
from schema.rules.clauses import Clause, clause_of


@strawberry.type
class CaseEvent:
    """What happened to a case."""

    event: str = strawberry.field(description="begin, assign, leave, given_up …")
    from_: str = strawberry.field(name="from", description="The state that it found.")
    to: str = strawberry.field(description="The state that it led to.")
    taken: bool = strawberry.field(description="False: a seat only put its part on record.")
    at: datetime = strawberry.field(description="When.")
    by: str = strawberry.field(description="The name of who did it.")
    role: str = strawberry.field(description="In which role; may be one borne in the case.")
    comment: str = strawberry.field(description="What was said; may be empty.")
    measures: JSON = strawberry.field(description="What was stated, by measure.")
    particulars: JSON = strawberry.field(description="What was filled in.")
    clause: Clause | None = strawberry.field(
        description="The clause that it rests on; none where the office's text gives no path."
    )


@strawberry.type
class CaseNext:
    """An event that may follow on a case's state."""

    event: str = strawberry.field(description="Its mutation begins with it.")
    to: str = strawberry.field(description="The state that it leads to.")
    label: str = strawberry.field(description="In words.")
    by: list[str] = strawberry.field(description="Whose it is: roles, held or borne in the case.")
    allowed: bool = strawberry.field(description="Nothing known now stands against the viewer.")
    reasons: list[Problem] = strawberry.field(description="Why not, each with its clause.")
    demands: list[str] = strawberry.field(description="The parts of the input that it asks for.")
    clause: Clause | None = strawberry.field(description="The clause that it rests on, if any.")


@strawberry.type
class CaseClock:
    """A deadline of a case."""

    action: str = strawberry.field(description="What is to be done.")
    due_at: datetime = strawberry.field(description="Until when.")
    state: str = strawberry.field(description="running, paused, done, expired or cancelled.")
    provisional: bool = strawberry.field(description="Later announcements may move it.")
    clause: Clause = strawberry.field(description="The clause that sets it.")


def event_of(view: CaseView, entry: Mapping[str, Any]) -> CaseEvent:
    return told(
        CaseEvent,
        entry,
        from_=entry["origin"],
        to=entry["target"],
        at=datetime.fromisoformat(entry["at"]),
        by=entry["person_name"],
        measures=JSON(entry["measures"]),
        particulars=JSON(entry["particulars"]),
        clause=clause_of(view.living, entry["clause"]) if entry["clause"] else None,
    )


def clock_of(view: CaseView, row: Mapping[str, Any]) -> CaseClock:
    due, clause = datetime.fromisoformat(row["due_at"]), clause_of(view.living, row["clause"])
    return told(CaseClock, row, due_at=due, clause=clause)


def next_of(view: CaseView, each: Next, language: str) -> CaseNext:
    roles, clause = view.living.vocabulary.roles, each.transition.clause
    reasons = [problem_of(problem, view.living, language) for problem in each.reasons]
    return CaseNext(
        event=each.transition.event,
        to=each.transition.target,
        label=said(each.transition.label, language),
        by=[title_of(role, roles, language) for role in each.by],
        allowed=not reasons,
        reasons=reasons,
        demands=[camel(part) for part in each.demands],
        clause=clause_of(view.living, clause) if clause else None,
    )
