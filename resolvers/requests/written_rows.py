"""A request as the rows that keep it: itself, its steps, whose inboxes it is in, who handled it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from domain.approval.engine import is_own_turn
from domain.approval.forms import read_form
from domain.approval.procedure import Summary
from domain.approval.request import Status, StepStatus
from resolvers.ground.keep_parts import Part
from resolvers.ground.listing import UNREADABLE
from resolvers.requests.procedures import summary_of
from resolvers.requests.rows import STANDING, STANDING_LISTS, RequestView
from resolvers.requests.words import search_words

SUBMITTED = (*STANDING, *STANDING_LISTS, "counted")
"""What most acts leave of a request as it was submitted."""


@dataclass(frozen=True)
class Written:
    """What an act writes, and the parts of the statement that do so."""

    parts: frozenset[Part] = frozenset()
    values: Mapping[str, Any] = field(default_factory=dict)

    def __or__(self, more: "Written") -> "Written":
        return Written(self.parts | more.parts, {**self.values, **more.values})


def written_of(view: RequestView, known: RequestView | None) -> Written:
    """The rows that differ from those of the request as it was `known`."""
    before = {row["id"]: row for row in _step_rows(known)} if known else {}
    turns = [row for row in _step_rows(view) if row != before.get(row["id"])]
    row, anew = _request_row(view, known)
    words = [word for word in row.get("search", ()) if len(word) == 2] if _said(view) else []
    if known and _said(known) and words and row["search"] == search_words(known):
        words = []
    inboxes, handled, counts = waiting_rows(view), handled_rows(view), _counts(view, known)
    moved = known is not None and known.request.status is not view.request.status
    about = concerned(view)
    present = {
        Part.REWRITTEN: anew,
        Part.STEPS: turns,
        Part.LEFT: known and _said(known),
        Part.ENTERED: inboxes,
        Part.WORDED: words,
        Part.HANDLED: handled,
        Part.CONCERNING: about,
        Part.COUNTED: counts or handled or moved,
    }
    return Written(
        frozenset(part for part, given in present.items() if given),
        {
            "request": row,
            "steps": turns,
            "waiting": inboxes,
            "handled": handled,
            "counts": counts,
            "words": words,
            "created_at": view.created_at,
            "concerns": about,
            "kind": view.request.kind,
            "status": view.request.status,
            "status_before": known.request.status if known else None,
        },
    )


def _said(view: RequestView) -> bool:
    """Whether it was submitted: a draft is its owner's alone."""
    return view.request.status is not Status.DRAFT


def _request_row(view: RequestView, known: RequestView | None) -> tuple[dict[str, Any], bool]:
    """The columns to write, and whether they are all: most acts move only a few."""
    if known and _said(known) and all(getattr(view, n) == getattr(known, n) for n in SUBMITTED):
        return _moving(view), False
    return {**request_row(view, search_words(view)), **_moving(view)}, True


def _moving(view: RequestView) -> dict[str, Any]:
    """The columns that acts change."""
    request = view.request
    return {
        "status": request.status,
        "version": request.version,
        "round": request.round,
        "marks": request.marks,
        "step_institutions": involved(view),
        "closed_at": view.closed_at,
        "completed_at": request.completed_at,
    }


def _step_rows(view: RequestView) -> Iterator[dict[str, Any]]:
    beside = {
        "institution_id": view.request.institution,
        "request_id": view.id,
        "round": view.request.round,
        "step_institutions": involved(view),
    }
    for position, step in enumerate(view.request.steps):
        yield {**beside, "position": position, **vars(step)}


def _counts(view: RequestView, known: RequestView | None) -> list[dict[str, Any]]:
    """How many more, or fewer, a person and a unit have made of a kind in a state."""
    found = Counter(_listed(view))
    found.subtract(_listed(known) if known else ())
    names = ("list", "institution_id", "subject_id", "kind", "status")
    return [
        {**dict(zip(names, each, strict=True)), "number": number}
        for each, number in found.items()
        if number
    ]


def _listed(view: RequestView) -> Iterator[tuple[str, str, UUID, str, Status]]:
    request = view.request
    yield "mine", request.institution, request.applicant, request.kind, request.status
    if _said(view) and view.unit_id:
        yield "unit", request.institution, view.unit_id, request.kind, request.status


def request_row(view: RequestView, search: list[str]) -> dict[str, Any]:
    """The request as it was submitted, as `jsonb_populate_record` takes it."""
    request, summary = view.request, _summary(view)
    return {
        "institution_id": request.institution,
        "id": request.id,
        "kind": request.kind,
        "applicant_id": request.applicant,
        **{name: getattr(view, name) for name in (*STANDING, *STANDING_LISTS)},
        "concerns_id": concerned(view),
        "search": search,
        "summary_zh": summary.zh if summary else None,
        "summary_en": summary.en if summary else None,
        "counted_from": view.counted[0] if view.counted else None,
        "counted_until": view.counted[1] if view.counted else None,
    }


def _summary(view: RequestView) -> Summary | None:
    """What lists say of it; nothing of a draft, nor of a form that cannot be read any more."""
    if view.status is not Status.DRAFT:
        with suppress(*UNREADABLE):
            return summary_of(view.kind, view.living, view.form, view.facts)
    return None


def concerned(view: RequestView) -> UUID | None:
    """Whom the request complains of; nobody before it is submitted."""
    procedure = view.procedure
    if not procedure.concerns or view.request.status is Status.DRAFT:
        return None
    found: UUID | None = getattr(read_form(procedure.form, view.form), procedure.concerns)
    return found


def involved(view: RequestView) -> list[str]:
    """The institutions that have a turn: each of them sees the whole round."""
    return sorted({view.request.institution} | {seat.institution for seat in view.seats.values()})


def waiting_rows(view: RequestView) -> list[dict[str, Any]]:
    """One inbox line for each seat that an open step waits for."""
    about = concerned(view)
    return [
        {
            "institution_id": view.seats[seat].institution,
            "seat_id": seat,
            "step_id": step.id,
            "request_institution_id": view.request.institution,
            "request_id": view.id,
            "opened_at": step.opened_at,
            "kind": view.request.kind,
            "applicant_id": view.request.applicant,
            "concerns_id": about,
            "own_turn": is_own_turn(step),
        }
        for step in view.request.steps
        if step.status is StepStatus.OPEN
        for seat in step.seats
    ]


def handled_rows(view: RequestView) -> list[dict[str, Any]]:
    """Who took a turn in this round, but for the applicant and whom the request is about."""
    neither = {None, view.request.applicant, concerned(view)}
    others = [step for step in view.request.steps if step.decided_by not in neither]
    latest = {
        step.decided_by: step
        for step in sorted(others, key=lambda each: each.decided_at or view.created_at)
    }
    return [
        {
            "institution_id": _institution(view, step.decided_in),
            "person_id": person,
            "request_id": view.id,
            "request_institution_id": view.request.institution,
            "at": step.decided_at,
        }
        for person, step in latest.items()
    ]


def _institution(view: RequestView, seat: UUID | None) -> str:
    held = view.seats.get(seat) if seat else None
    return held.institution if held else view.request.institution
