"""A round of steps as it moves on: opened, advanced to the next turn, asked again, closed.

Approval waits for every step up to the last decision, and for signers who were added.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.approval.request import Decision, Request, Status, Step, StepStatus
from domain.rules.rows import DECIDING

FINISHED = frozenset({StepStatus.DONE, StepStatus.SKIPPED, StepStatus.CANCELLED})
FELL_AWAY = frozenset({StepStatus.SKIPPED, StepStatus.CANCELLED})
PENDING = frozenset({StepStatus.WAITING, StepStatus.OPEN})


def open_round(request: Request, steps: tuple[Step, ...], now: datetime) -> Request:
    """Start a round with these steps: the first turn opens, or the request is approved at once."""
    return advanced(replace(request, status=Status.PENDING, steps=steps), now)


def advanced(request: Request, now: datetime) -> Request:
    unfinished = [step for step in _holding(request) if step.status not in FINISHED]
    if unfinished:
        turn = min(step.place for step in unfinished)
        opening = {step.id for step in unfinished if step.place == turn}
        status = request.status
    else:
        books = min((step.place for step in request.steps if _to_enter(step)), default=0)
        opening = {step.id for step in request.steps if not _to_enter(step) or step.place == books}
        status = Status.APPROVED
    steps = tuple(
        replace(step, status=StepStatus.OPEN, opened_at=now)
        if step.id in opening and step.status is StepStatus.WAITING
        else step
        for step in request.steps
    )
    return replace(request, steps=steps, status=status)


def _to_enter(step: Step) -> bool:
    """Entered after the approval, in the order in which the clause names the books."""
    return step.act == "record" and step.status in PENDING


def closed(request: Request, status: Status) -> Request:
    steps = tuple(
        replace(step, status=StepStatus.CANCELLED) if step.status in PENDING else step
        for step in request.steps
    )
    return replace(request, status=status, steps=steps, version=request.version + 1)


def returnable_to(request: Request, step: Step) -> tuple[Step, ...]:
    """The turns before a step that were agreed to by another than the applicant, and stand."""
    repeated = {each.repeats for each in request.steps}
    return tuple(
        each
        for each in request.steps
        if each.decision is Decision.AGREE
        and each.decided_by != request.applicant
        and each.place < step.place
        and each.id not in repeated
        and each.confirms is None
        and each.place >= corrected_at(request)
    )


def asked_again(step: Step, place: int, step_id: UUID) -> Step:
    """The same turn, asked anew at another place."""
    return Step(
        id=step_id,
        place=place,
        role=step.role,
        alternatives=step.alternatives,
        act=step.act,
        clauses=step.clauses,
        seats=step.seats,
        skipped=step.skipped,
        added_to=step.added_to,
        repeats=step.id,
    )


def corrected_at(request: Request) -> int:
    """The place from which the route of the last correction runs, 0 where there was none."""
    places = [mark["place"] for mark in request.marks if mark.get("round") == request.round]
    return max(places, default=0)


def _holding(request: Request) -> tuple[Step, ...]:
    """The steps that must end before approval: up to the last decision, else the last signature.

    A decision that fell away holds nothing up; a signer who was added does, whoever is asked, and
    so does who asked them, and every turn that a return asks again.
    """
    since, until = corrected_at(request), _decided_until(request)
    askers = {step.added_to for step in request.steps}
    asked = [
        step
        for step in request.steps
        if step.place >= since and step.status not in FELL_AWAY and step.confirms is None
    ]
    for acts in (DECIDING, frozenset({"sign"})):
        places = [
            step.place
            for step in asked
            if step.act in acts or step.added_to or step.repeats or step.id in askers
        ]
        if places and any(step.act in acts for step in asked):
            return tuple(step for step in asked if step.place <= max(*places, until))
    return tuple(step for step in asked if step.place <= until)


def _decided_until(request: Request) -> int:
    """The place of the last decision that the route of a correction demands, -1 where none does.

    What it puts before a decision that was given already is asked for all the same.
    """
    places = [m["until"] for m in request.marks if m.get("round") == request.round and "until" in m]
    return places[-1] if places else -1


TWO_LEVELS = "ONE_PERSON_TWO_LEVELS"
ACTING_FOR = "acting_for"


def with_levels_marked(request: Request, now: datetime) -> Request:
    """The request with a mark for each person who has come to act at two of its levels so."""
    marked = {mark.get("person") for mark in request.marks if mark["code"] == TWO_LEVELS}
    people = dict.fromkeys(step.decided_by for step in request.steps if step.decided_by)
    new = [
        {"code": TWO_LEVELS, "person": str(person), **details, "at": now.isoformat()}
        for person in people
        if str(person) not in marked
        for details in _joined(request, person)
    ]
    return replace(request, marks=(*request.marks, *new)) if new else request


def _joined(request: Request, person: UUID) -> Iterator[Mapping[str, Any]]:
    """The name and the loan's document where a person took turns in two seats, one of them lent."""
    turns = [step for step in request.steps if step.decided_by == person and _is_a_level(step)]
    lent = [step.particulars[ACTING_FOR] for step in turns if ACTING_FOR in step.particulars]
    if lent and len({step.decided_in for step in turns}) > 1:
        yield {"name": turns[0].decided_by_name, "document": lent[0]["document"]}


def _is_a_level(step: Step) -> bool:
    """A record judges nothing, and a confirmation repeats what its own turn said."""
    return step.act != "record" and step.confirms is None
