"""A request of a list and its steps as the statements told them: nothing is made unasked.

They bear the names that a `RequestView` and a `Step` have, so that either may be shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any
from uuid import UUID

from domain.approval.request import Decision, Status, Step, StepStatus
from domain.messages import EN
from domain.office.organisation import Seat
from resolvers.requests.rows import RequestView, summary_of, view_of
from resolvers.rules.rulebooks import LivingRulebook

Row = Mapping[str, Any]
STATUSES = {each.value: each for each in Status}
STEP_STATUSES = {each.value: each for each in StepStatus}


def _told(column: str) -> Any:
    """What the statement told under this name."""
    return property(lambda self: self._row[column])


def _if_asked(column: str) -> Any:
    """What is none where nobody asked for it."""
    return property(lambda self: self._row.get(column))


class StepRow:
    """A step; its columns are told as `step_role` and so on, beside those of its request."""

    __slots__ = ("_row",)

    def __init__(self, row: Row) -> None:
        self._row = row

    id: UUID = _told("step_id")
    place: int = _told("step_place")
    role: str = _told("step_role")
    alternatives: Sequence[str] = _told("step_alternatives")
    act: str = _told("step_act")
    clauses: Sequence[str] = _told("step_clauses")
    seats: Sequence[UUID] = _told("step_seats")
    decided_by: UUID | None = _told("step_decided_by")
    decided_by_name: str | None = _told("step_decided_by_name")
    decided_in: UUID | None = _told("step_decided_in")
    decided_at: Any = _told("step_decided_at")
    comment: str | None = _told("step_comment")
    opened_at: Any = _told("step_opened_at")
    due_at: Any = _told("step_due_at")
    open_until: Any = _told("step_open_until")
    skipped: Mapping[str, Any] | None = _if_asked("step_skipped")
    added_to: UUID | None = _told("step_added_to")
    repeats: UUID | None = _told("step_repeats")
    confirms: UUID | None = _told("step_confirms")
    particulars: Mapping[str, Any] = _if_asked("step_particulars")
    step_institutions: Sequence[str] = _told("step_step_institutions")

    @property
    def status(self) -> StepStatus:
        return STEP_STATUSES[self._row["step_status"]]

    @property
    def decision(self) -> Decision | None:
        said = self._row.get("step_decision")
        return Decision(said) if said else None

    def whole(self) -> Step:
        return Step(**{name: getattr(self, name) for name in STEP})


STEP = tuple(each.name for each in fields(Step))


class RequestRow:
    """A request; `living` is the rulebook that it is pinned to, `step_id` the viewer's own step."""

    __slots__ = ("_known", "_row", "_seats", "living", "readable", "step_id", "steps")

    def __init__(self, row: Row, steps: Sequence[StepRow], seats: Mapping[UUID, Seat]) -> None:
        self._row, self.steps, self._known = row, steps, seats
        self._seats: Mapping[UUID, Seat] | None = None
        self.living: LivingRulebook | None = None
        self.step_id: UUID | None = row["step_id"]
        self.readable = True

    id: UUID = _told("id")
    institution: str = _told("institution_id")
    number: str = _told("number")
    kind: str = _told("kind")
    version: int = _told("version")
    applicant: UUID = _told("applicant_id")
    applicant_name: str = _told("applicant_name")
    applicant_account: str = _told("applicant_account")
    unit_id: UUID | None = _told("unit_id")
    unit_name: str = _told("unit_name")
    submitted_at: Any = _told("submitted_at")
    completed_at: Any = _told("completed_at")
    provisional: bool = _told("provisional")
    form: Mapping[str, Any] = _told("form")
    facts: Mapping[str, Any] = _told("facts")
    attachments: Sequence[Mapping[str, str]] = _told("attachments")
    marks: Sequence[Mapping[str, Any]] = _told("marks")

    @property
    def status(self) -> Status:
        return STATUSES[self._row["status"]]

    @property
    def due_at(self) -> Any:
        return next((each.open_until for each in self.steps if each.open_until), None)

    @property
    def seats(self) -> Mapping[UUID, Seat]:
        """Those that its turns fall to; a person takes one in the unit that it was made from."""
        if self._seats is None:
            own = {
                each: self._known[each]
                for turn in self.steps
                for each in turn.seats
                if each in self._known
            }
            unit: Any = {"unit_id": self.unit_id, "unit": self.unit_name}
            self._seats = {
                each: seat if seat.role else replace(seat, **unit) for each, seat in own.items()
            }
        return self._seats

    def summary_in(self, language: str) -> str:
        """One line; what was kept before summaries were is said from its form."""
        kept: str | None = self._row["summary_en" if language == EN else "summary_zh"]
        if kept is not None:
            return kept
        form, facts = self._row["unsaid_form"], self._row["unsaid_facts"]
        return summary_of(self.kind, form, facts).in_(language)

    def step(self, step_id: UUID) -> StepRow | None:
        return next((each for each in self.steps if each.id == step_id), None)

    def whole(self) -> RequestView:
        """As acts know it."""
        steps = tuple(each.whole() for each in self.steps)
        return view_of(self._row, steps, self.seats, self.due_at, self.living)


ShownRequest = RequestRow | RequestView
ShownStep = StepRow | Step
"""What the API shows: of a list as its rows tell it, of an act as it left it."""
