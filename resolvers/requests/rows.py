"""Requests as rows: read with their steps and seats in one statement, kept in one statement."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.approval.engine import is_own_turn
from domain.approval.forms import read_form
from domain.approval.request import Decision, Request, Status, Step, StepStatus
from domain.errors import Refused
from domain.office.organisation import Seat
from domain.vocabulary import FactType, FactValue
from resolvers.ground.viewers import SEAT, read_seat
from resolvers.requests.procedures import PROCEDURES
from resolvers.rules.rulebooks import LivingRulebook

REQUEST = f"""
  r.*,
  (select min(c.due_at) from clocks c
   where (c.institution_id, c.request_id) = (r.institution_id, r.id) and c.state = 'running'
  ) as due_at,
  coalesce((
    select jsonb_agg(to_jsonb(t) order by t.position) from steps t
    where (t.institution_id, t.request_id, t.round) = (r.institution_id, r.id, r.round)
  ), '[]') as steps,
  coalesce((
    select jsonb_agg({SEAT})
    from seats s join units u on (u.institution_id, u.id) = (s.institution_id, s.unit_id)
    where s.institution_id = any(r.step_institutions) and s.id in (
      select unnest(t.seats) from steps t
      where (t.institution_id, t.request_id, t.round) = (r.institution_id, r.id, r.round))
  ), '[]') || coalesce((
    select jsonb_agg(jsonb_build_object(
      'id', p.id, 'institution', p.institution_id, 'role', '', 'unit_id', r.unit_id,
      'unit', r.unit_name, 'holders', jsonb_build_array(
        jsonb_build_object('id', p.id, 'name', p.name, 'account', p.account))))
    from people p
    where p.institution_id = r.institution_id and p.id in (
      select unnest(t.seats) from steps t
      where (t.institution_id, t.request_id, t.round) = (r.institution_id, r.id, r.round))
  ), '[]') as seats"""
"""The columns of one request `r`, its current round and the seats that the round falls to.

A person whom the form names takes a turn like a seat of their own, without a role.
"""


@dataclass(frozen=True)
class RequestView:
    """A request with everything that a screen shows: form, facts, steps and their seats.

    `counted` are the first and the last day of the calendar that its facts were counted on.
    """

    request: Request
    number: str
    applicant_name: str
    applicant_account: str
    unit_id: UUID | None
    unit_name: str
    form: Mapping[str, Any]
    attachments: tuple[Mapping[str, str], ...]
    facts: Mapping[str, Any]
    notes: tuple[Mapping[str, Any], ...]
    claims: tuple[str, ...]
    rulebook_version: int | None
    created_at: datetime
    submitted_at: datetime | None
    closed_at: datetime | None
    due_at: datetime | None = None
    seat_id: UUID | None = None
    extends_id: UUID | None = None
    seats: Mapping[UUID, Seat] = field(default_factory=dict)
    living: LivingRulebook | None = None
    counted: tuple[date, date] | None = None
    provisional: bool = False

    @property
    def id(self) -> UUID:
        return self.request.id


def read_request(row: Mapping[str, Any]) -> RequestView:
    request = Request(
        id=row["id"],
        institution=row["institution_id"],
        kind=row["kind"],
        status=Status(row["status"]),
        version=row["version"],
        round=row["round"],
        applicant=row["applicant_id"],
        steps=tuple(_step(step) for step in row["steps"]),
        completed_at=row["completed_at"],
        marks=tuple(row["marks"]),
    )
    seats = (read_seat(seat) for seat in row["seats"])
    return RequestView(
        request=request,
        number=row["number"],
        applicant_name=row["applicant_name"],
        applicant_account=row["applicant_account"],
        unit_id=row["unit_id"],
        unit_name=row["unit_name"],
        form=row["form"],
        attachments=tuple(row["attachments"]),
        facts=row["facts"],
        notes=tuple(row["notes"]),
        claims=tuple(row["claims"]),
        rulebook_version=row["rulebook_version"],
        created_at=row["created_at"],
        submitted_at=row["submitted_at"],
        closed_at=row["closed_at"],
        due_at=row["due_at"],
        seat_id=row["seat_id"],
        extends_id=row["extends_id"],
        seats={seat.id: seat for seat in seats},
        counted=(row["counted_from"], row["counted_until"]) if row["counted_from"] else None,
        provisional=row["provisional"],
    )


def facts_of(view: RequestView) -> dict[str, FactValue]:
    """The facts that the request was judged by, exact again, in the vocabulary's order.

    Raises:
        Refused: what is stored is no number where there should be one.

    """
    numbers = {FactType.DECIMAL, FactType.INT}
    known = view.living.vocabulary.facts if view.living else {}
    try:
        return {
            name: Decimal(view.facts[name]) if fact.type in numbers else view.facts[name]
            for name, fact in known.items()
            if name in view.facts
        }
    except (ArithmeticError, TypeError, ValueError) as unreadable:
        raise Refused("ROW_UNREADABLE") from unreadable


def request_row(view: RequestView, search: list[str]) -> dict[str, Any]:
    """The request as `jsonb_populate_record` takes it."""
    request = view.request
    return {
        "institution_id": request.institution,
        "id": request.id,
        "number": view.number,
        "kind": request.kind,
        "status": request.status,
        "version": request.version,
        "round": request.round,
        "applicant_id": request.applicant,
        "applicant_name": view.applicant_name,
        "applicant_account": view.applicant_account,
        "seat_id": view.seat_id,
        "unit_id": view.unit_id,
        "unit_name": view.unit_name,
        "form": view.form,
        "attachments": view.attachments,
        "facts": view.facts,
        "claims": view.claims,
        "notes": view.notes,
        "marks": request.marks,
        "rulebook_version": view.rulebook_version,
        "step_institutions": involved(view),
        "extends_id": view.extends_id,
        "concerns_id": concerned(view),
        "search": search,
        "created_at": view.created_at,
        "submitted_at": view.submitted_at,
        "closed_at": view.closed_at,
        "completed_at": request.completed_at,
        "counted_from": view.counted[0] if view.counted else None,
        "counted_until": view.counted[1] if view.counted else None,
        "provisional": view.provisional,
    }


def concerned(view: RequestView) -> UUID | None:
    """Whom the request complains of; nobody before it is submitted."""
    procedure = PROCEDURES[view.request.kind]
    if procedure.concerns is None or view.request.status is Status.DRAFT:
        return None
    return procedure.concerns(read_form(procedure.form, view.form))


def involved(view: RequestView) -> list[str]:
    """The institutions that have a turn: each of them sees the whole round."""
    return sorted({view.request.institution} | {seat.institution for seat in view.seats.values()})


def step_row(view: RequestView, position: int, step: Step) -> dict[str, Any]:
    return {
        "institution_id": view.request.institution,
        "id": step.id,
        "request_id": view.id,
        "round": view.request.round,
        "position": position,
        "place": step.place,
        "role": step.role,
        "alternatives": step.alternatives,
        "act": step.act,
        "clauses": step.clauses,
        "seats": step.seats,
        "step_institutions": involved(view),
        "status": step.status,
        "decision": step.decision,
        "decided_by": step.decided_by,
        "decided_by_name": step.decided_by_name,
        "decided_in": step.decided_in,
        "decided_at": step.decided_at,
        "comment": step.comment,
        "opened_at": step.opened_at,
        "due_at": step.due_at,
        "skipped": step.skipped,
        "added_to": step.added_to,
        "repeats": step.repeats,
        "confirms": step.confirms,
        "particulars": step.particulars,
    }


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
    others = [
        step
        for step in view.request.steps
        if step.decided_by not in {None, view.request.applicant, concerned(view)}
    ]
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


def _step(stored: Mapping[str, Any]) -> Step:
    return Step(
        id=_known(stored["id"]),
        place=stored["place"],
        role=stored["role"],
        alternatives=tuple(stored["alternatives"]),
        act=stored["act"],
        clauses=tuple(stored["clauses"]),
        seats=tuple(_known(seat) for seat in stored["seats"]),
        status=StepStatus(stored["status"]),
        decision=Decision(stored["decision"]) if stored["decision"] else None,
        decided_by=_id(stored["decided_by"]),
        decided_by_name=stored["decided_by_name"],
        decided_in=_id(stored["decided_in"]),
        decided_at=_moment(stored["decided_at"]),
        comment=stored["comment"],
        opened_at=_moment(stored["opened_at"]),
        due_at=_moment(stored["due_at"]),
        skipped=stored["skipped"],
        added_to=_id(stored["added_to"]),
        repeats=_id(stored["repeats"]),
        confirms=_id(stored["confirms"]),
        particulars=stored["particulars"],
    )


def _known(value: str | UUID) -> UUID:
    """An id as the driver or as JSON tells it."""
    return UUID(value) if isinstance(value, str) else value


def _id(value: str | UUID | None) -> UUID | None:
    return _known(value) if value else None


def _moment(value: str | datetime | None) -> datetime | None:
    return datetime.fromisoformat(value) if isinstance(value, str) else value
