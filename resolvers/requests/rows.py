"""Requests as rows: read with their steps and seats in one statement, kept in one statement."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol
from uuid import UUID

from domain.approval.procedure import Procedure
from domain.approval.request import Request, Status, Step
from domain.errors import Refused
from domain.office.organisation import Seat
from domain.vocabulary import FactType, FactValue, Label, code_of, told_kind
from resolvers.ground.reading import read_as
from resolvers.ground.viewers import SEAT, read_seat
from resolvers.requests.procedures import label_of, procedure_of, summary_of
from resolvers.rules.rulebooks import LivingRulebook

_ASKED = """array(
      select unnest(t.seats) from steps t
      where (t.institution_id, t.request_id, t.round) = (r.institution_id, r.id, r.round))"""

STEPS = """
  coalesce((
    select jsonb_agg(to_jsonb(t) order by t.position) from steps t
    where (t.institution_id, t.request_id, t.round) = (r.institution_id, r.id, r.round)
  ), '[]') as steps"""

REQUEST = f"""
  r.*,
  (select min(c.due_at) from clocks c
   where (c.institution_id, c.request_id) = (r.institution_id, r.id) and c.state = 'running'
  ) as due_at, {STEPS},
  coalesce((
    select jsonb_agg({SEAT})
    from seats s join units u on (u.institution_id, u.id) = (s.institution_id, s.unit_id)
    where s.institution_id = any(r.step_institutions) and s.id = any({_ASKED})
  ), '[]') || coalesce((
    select jsonb_agg(jsonb_build_object(
      'id', p.id, 'institution', p.institution_id, 'role', '', 'unit_id', r.unit_id,
      'unit', r.unit_name, 'holders', jsonb_build_array(
        jsonb_build_object('id', p.id, 'name', p.name, 'account', p.account))))
    from people p
    where p.institution_id = r.institution_id and p.id = any({_ASKED})
  ), '[]') as seats"""
"""The columns of one request `r`, its current round and the seats that the round falls to.

A person whom the form names takes a turn like a seat of their own, without a role.
"""


STANDING = (
    *("number", "applicant_name", "applicant_account", "seat_id", "unit_id", "unit_name"),
    *("form", "facts", "rulebook_version", "extends_id", "created_at", "submitted_at"),
    "provisional",
)
STANDING_LISTS = ("attachments", "notes", "claims")
"""What is submitted with a request, each under the name of its column."""


@dataclass(frozen=True)
class RequestView:
    """A request with everything that a screen shows: form, facts, steps and their seats.

    `counted` are the first and the last day of the calendar that its facts were counted on;
    `clocks` those that run for it, where they were read.
    """

    request: Request
    number: str
    applicant_name: str
    applicant_account: str
    unit_id: UUID | None
    unit_name: str
    form: Mapping[str, Any]
    attachments: tuple[Mapping[str, Any], ...]
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
    clocks: tuple[Mapping[str, Any], ...] | None = None

    @property
    def id(self) -> UUID:
        return self.request.id

    @property
    def institution(self) -> str:
        return self.request.institution

    @property
    def kind(self) -> str:
        return self.request.kind

    @property
    def procedure(self) -> Procedure[Any]:
        return procedure_of(self.kind, self.living)

    @property
    def label(self) -> Label:
        return label_of(self.kind, self.living)

    @property
    def told_kind(self) -> str:
        return told_kind(self.kind)

    @property
    def kind_code(self) -> str:
        return code_of(self.kind)

    @property
    def status(self) -> Status:
        return self.request.status

    @property
    def version(self) -> int:
        return self.request.version

    @property
    def applicant(self) -> UUID:
        return self.request.applicant

    @property
    def completed_at(self) -> datetime | None:
        return self.request.completed_at

    @property
    def marks(self) -> tuple[Mapping[str, Any], ...]:
        return self.request.marks

    @property
    def steps(self) -> tuple[Step, ...]:
        return self.request.steps

    def step(self, step_id: UUID) -> Step | None:
        return self.request.step(step_id)

    def seat(self, key: UUID) -> Seat | None:
        return self.seats.get(key)

    @property
    def made(self) -> dict[Any, Any]:
        """Nothing: an act may have changed who holds a seat."""
        return {}

    def summary_in(self, language: str) -> str:
        """One line, whose year `in_year` says or leaves out."""
        return summary_of(self.kind, self.living, self.form, self.facts).in_(language)


def read_request(row: Mapping[str, Any]) -> RequestView:
    """A request whose steps and seats one statement told as JSON."""
    seats = (read_seat(seat) for seat in row["seats"])
    return view_of(row, read_steps(row), {seat.id: seat for seat in seats}, row["due_at"])


def read_steps(row: Mapping[str, Any]) -> tuple[Step, ...]:
    return tuple(read_as(Step, each) for each in row["steps"])


def view_of(
    row: Mapping[str, Any],
    steps: tuple[Step, ...],
    seats: Mapping[UUID, Seat],
    due_at: datetime | None,
    living: LivingRulebook | None = None,
) -> RequestView:
    standing: dict[str, Any] = {name: row[name] for name in STANDING}
    standing |= {name: tuple(row[name]) for name in STANDING_LISTS}
    return RequestView(
        request=read_as(Request, row, steps=steps),
        **standing,
        closed_at=row["closed_at"],
        due_at=due_at,
        seats=seats,
        living=living,
        counted=(row["counted_from"], row["counted_until"]) if row["counted_from"] else None,
        clocks=tuple(row["clocks"]) if "clocks" in row.keys() else None,  # noqa: SIM118
    )


class Judged(Protocol):
    """What has facts, and the rulebook that they were judged by."""

    @property
    def facts(self) -> Mapping[str, Any]: ...

    @property
    def living(self) -> LivingRulebook | None: ...


def facts_of(view: Judged) -> dict[str, FactValue]:
    """The facts that the request was judged by, exact again, in the vocabulary's order.

    Raises: Refused: what is stored is no number where there should be one.
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
