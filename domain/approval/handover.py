"""A leaver's turns handed to a successor 离职交接: those that name the person, not a seat."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from domain.approval.request import Request, Step
from domain.approval.rounds import PENDING
from domain.approval.verbs import Handed


def named_on(request: Request, person: UUID) -> tuple[Step, ...]:
    """The turns still to be taken that name a person; one's own request keeps its own."""
    if request.applicant == person:
        return ()
    return tuple(step for step in request.steps if step.status in PENDING and person in step.seats)


def handed_over(request: Request, leaver: UUID, to: UUID, handed: Handed) -> Request:
    """The request with the leaver's turns in a successor's hands; how they came there is kept."""
    passing = {step.id for step in named_on(request, leaver)}
    steps = tuple(
        _passed(step, leaver, to, handed) if step.id in passing else step for step in request.steps
    )
    return replace(request, steps=steps, version=request.version + 1)


def _passed(step: Step, leaver: UUID, to: UUID, handed: Handed) -> Step:
    entry = {
        "how": "handed_over",
        "from": [leaver],
        "to": to,
        "by": handed.person,
        "name": handed.name,
        "reason": handed.reason,
        "at": handed.at.isoformat(),
    }
    before = step.particulars.get("handed_on", ())
    seats = tuple(dict.fromkeys(to if seat == leaver else seat for seat in step.seats))
    return replace(
        step, seats=seats, particulars={**step.particulars, "handed_on": [*before, entry]}
    )


def count_named(requests: Iterable[Request], person: UUID) -> int:
    return sum(len(named_on(request, person)) for request in requests)
