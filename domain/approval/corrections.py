"""A request whose facts were corrected goes on by the route that the rules give them now."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.approval.request import Decision, Request, Step, StepStatus
from domain.approval.rounds import PENDING, advanced
from domain.rules.rows import DECIDING
from domain.vocabulary import FactValue


def rerouted(
    request: Request, route: Sequence[Step], *, less: bool, mark: Mapping[str, Any], now: datetime
) -> Request:
    """Go on by the route of the corrected facts.

    Who agreed to more has agreed to `less`; after any other correction everybody is asked anew.
    What the applicant gave on submission stays given.
    """
    if less and _alike(request, route):
        return replace(request, version=request.version + 1, marks=(*request.marks, mark))
    given = [_turn(step, request) for step in request.steps if _stands(step, request, less=less)]
    last = max((step.place for step in request.steps), default=0)
    steps = [
        replace(step, status=StepStatus.CANCELLED)
        if step.status in PENDING and step.confirms is None
        else step
        for step in request.steps
    ]
    for step in route:
        if _turn(step, request) in given:
            given.remove(_turn(step, request))
        else:
            steps.append(replace(step, place=last + 1 + step.place))
    begun = {**mark, "round": request.round, "place": last + 1, "until": last + 1 + _last_of(route)}
    marks = (*request.marks, begun)
    on_its_way = replace(request, steps=tuple(steps), marks=marks, version=request.version + 1)
    return advanced(on_its_way, now)


def _last_of(route: Sequence[Step]) -> int:
    """The place of the last decision of a route, which stands also where it was given before."""
    places = (s.place for s in route if s.act in DECIDING and s.status is not StepStatus.SKIPPED)
    return max(places, default=-1)


def is_less(before: Mapping[str, FactValue], after: Mapping[str, FactValue]) -> bool:
    """Whether every fact that differs is a smaller number now."""
    return all(
        isinstance(value, Decimal) and isinstance(old := before.get(name), Decimal) and value < old
        for name, value in after.items()
        if before.get(name) != value
    )


def _alike(request: Request, route: Sequence[Step]) -> bool:
    """Whether the route is the one that the request is on."""

    def turns(steps: Sequence[Step]) -> Iterator[tuple[str, str, frozenset[UUID]]]:
        asked = (s for s in steps if not s.added_to and not s.confirms and not s.repeats)
        ordered = sorted(asked, key=lambda step: step.place)
        return ((step.role, step.act, frozenset(step.seats)) for step in ordered)

    current = tuple(s for s in request.steps if s.status is not StepStatus.CANCELLED)
    return list(turns(current)) == list(turns(route))


def _turn(step: Step, request: Request) -> tuple[str, str, bool]:
    """What a turn is, and whether it is the applicant's own, who is not asked."""
    own = step.status is StepStatus.SKIPPED or step.decided_by == request.applicant
    return step.role, step.act, own


def _stands(step: Step, request: Request, *, less: bool) -> bool:
    """Whether a turn need not be asked again after a correction."""
    if step.status is StepStatus.SKIPPED:
        return True
    agreed = step.decision is Decision.AGREE and not step.added_to and not step.confirms
    repeated = any(each.repeats == step.id for each in request.steps)
    return agreed and not repeated and (less or step.decided_by == request.applicant)
