"""A request of a list and its steps as the statements told them: nothing is made unasked.

They bear the names that a `RequestView` and a `Step` have, so that either may be shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from operator import itemgetter, methodcaller
from typing import Any
from uuid import UUID

from asyncpg import Record

from domain.approval.procedure import Procedure
from domain.approval.request import Decision, Status, Step, StepStatus
from domain.messages import EN
from domain.office.organisation import Seat
from domain.vocabulary import Label, code_of, told_kind
from resolvers.requests.procedures import label_of, procedure_of, summary_of
from resolvers.requests.rows import RequestView, view_of
from resolvers.rules.rulebooks import LivingRulebook

Row = Mapping[str, Any]
STATUSES = {each.value: each for each in Status}
STEP_STATUSES = {each.value: each for each in StepStatus}


class StepRow(Record):  # type: ignore[misc]
    """A step; its columns are told as `step_role` and so on, beside those of its request."""

    id = property(itemgetter("step_id"))
    place = property(itemgetter("step_place"))
    role = property(itemgetter("step_role"))
    alternatives = property(itemgetter("step_alternatives"))
    act = property(itemgetter("step_act"))
    clauses = property(itemgetter("step_clauses"))
    seats = property(itemgetter("step_seats"))
    decided_by = property(itemgetter("step_decided_by"))
    decided_by_name = property(itemgetter("step_decided_by_name"))
    decided_in = property(itemgetter("step_decided_in"))
    decided_at = property(itemgetter("step_decided_at"))
    comment = property(itemgetter("step_comment"))
    opened_at = property(itemgetter("step_opened_at"))
    due_at = property(itemgetter("step_due_at"))
    open_until = property(itemgetter("step_open_until"))
    added_to = property(itemgetter("step_added_to"))
    repeats = property(itemgetter("step_repeats"))
    confirms = property(itemgetter("step_confirms"))
    skipped = property(methodcaller("get", "step_skipped"))
    particulars = property(methodcaller("get", "step_particulars"))
    institutions = property(itemgetter("step_step_institutions"))

    @property
    def status(self) -> StepStatus:
        return STEP_STATUSES[self["step_status"]]

    @property
    def decision(self) -> Decision | None:
        said = self.get("step_decision")
        return Decision(said) if said else None

    def whole(self) -> Step:
        return Step(**{name: getattr(self, name) for name in STEP})


STEP = tuple(each.name for each in fields(Step))


def _told(column: str) -> Any:
    """What the statement told under this name."""
    return property(lambda self: self._row[column])


@dataclass(frozen=True)
class Page:
    """What the requests of a page share: their seats, and what was made of them."""

    seats: Mapping[UUID, Seat]
    made: dict[Any, Any] = field(default_factory=dict)


class RequestRow:
    """A request; `living` is the rulebook that it is pinned to, `step_id` the viewer's own step."""

    __slots__ = ("_page", "_row", "living", "readable", "step_id", "steps")

    def __init__(
        self, row: Row, living: LivingRulebook | None, steps: Sequence[StepRow], page: Page
    ) -> None:
        self._row, self.living, self.steps, self._page = row, living, steps, page
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
    attachments: Sequence[Mapping[str, Any]] = _told("attachments")
    marks: Sequence[Mapping[str, Any]] = _told("marks")

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
        return STATUSES[self._row["status"]]

    @property
    def due_at(self) -> Any:
        for each in self.steps:
            if each.open_until:
                return each.open_until
        return None

    @property
    def seats(self) -> Mapping[UUID, Seat]:
        """Those that its turns fall to."""
        return {key: seat for each in self.steps for key in each.seats if (seat := self.seat(key))}

    def seat(self, key: UUID) -> Seat | None:
        """A person takes a turn in the unit that the request was made from."""
        known = self._page.seats.get(key)
        if known is None or known.role:
            return known
        unit: Any = {"unit_id": self.unit_id, "unit": self.unit_name}
        return replace(known, **unit)

    @property
    def made(self) -> dict[Any, Any]:
        """What was made of seats for this page."""
        return self._page.made

    def summary_in(self, language: str) -> str:
        """One line; what was kept before summaries were is said from its form."""
        kept: str | None = self._row["summary_en" if language == EN else "summary_zh"]
        if kept is not None:
            return kept
        form, facts = self._row["unsaid_form"], self._row["unsaid_facts"]
        return summary_of(self.kind, self.living, form, facts).in_(language)

    def step(self, step_id: UUID) -> StepRow | None:
        for each in self.steps:
            if each.id == step_id:
                return each
        return None

    def whole(self) -> RequestView:
        """As acts know it."""
        steps = tuple(each.whole() for each in self.steps)
        return view_of(self._row, steps, self.seats, self.due_at, self.living)


ShownRequest = RequestRow | RequestView
ShownStep = StepRow | Step
"""What the API shows: of a list as its rows tell it, of an act as it left it."""
