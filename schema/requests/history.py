"""The history of a request in the API: every act on it, as the ledger has it."""

from collections.abc import Mapping
from datetime import datetime
from operator import attrgetter
from typing import Annotated, Any

import strawberry

from domain.approval import request as requests
from domain.approval.forms import confidential
from domain.office.organisation import Holder
from domain.rules.rows import ACTS
from policies.messages import MESSAGES
from resolvers.ground.batches import batched
from resolvers.ground.listing import Listed, Slice
from resolvers.requests.history import Lines, Past, Turn, histories
from resolvers.requests.request_rows import STATUSES, ShownRequest
from schema.ground.connections import After, Cursors, First, serial
from schema.ground.edges import pages
from schema.ground.errors import sentence
from schema.ground.fields import Info, is_after_write
from schema.ground.ids import global_id
from schema.ground.scalars import JSON
from schema.office.organisation import Person, Seat, person_of, seat_of, title_of
from schema.requests.correspondence import Recipient, recipient_of
from schema.requests.steps import Decision, StepAct, rules_of
from schema.rules.clauses import Clause, clause_of

DECIDED: Mapping[str, str] = {
    "agree": "DID_AGREED",
    "reject": "DID_REJECTED",
    "return": "DID_RETURNED",
}
DECISIONS = {each.value: each for each in requests.Decision}
OTHER = "DID_OTHER"


@strawberry.type
class PastTurn:
    """A step that an act took."""

    step_id: Annotated[strawberry.ID | None, "The step."]
    title: Annotated[str, "What this office calls its role."]
    act: Annotated[StepAct | None, "What the turn was."]
    decision: Annotated[Decision | None, "What was said."]
    seat: Annotated[Seat | None, "The seat that it was taken in."]
    clauses: Annotated[list[Clause], "The clauses that asked for it."]


@strawberry.type
class TextDestruction:
    """That the texts of an act, its names among them, were destroyed."""

    position: Annotated[int, "The line of the ledger that says so."]
    at: Annotated[datetime, "When."]
    clause: Annotated[Clause, "The clause that asked for it."]


@strawberry.type
class PastAct:
    """One act on a request, as its line in the institution's ledger has it."""

    position: Annotated[int, "The line's number in the institution's chain."]
    event: Annotated[str, "A stable word: submitted, decided, urged …"]
    sentence: Annotated[str, "What it was, in the viewer's language."]
    at: Annotated[datetime, "When."]
    by: Annotated[Person | None, "Who acted; null for the clockwork."]
    status: Annotated[str | None, "The request's state after it."]
    round: Annotated[int | None, "1 for the first submission."]
    turns: Annotated[list[PastTurn], "The steps that it took."]
    clauses: Annotated[list[Clause], "The clauses that it rested on."]
    to: Annotated[list[Recipient], "The people and seats that it reached."]
    comment: Annotated[str | None, "What was said with it."]
    destroyed: Annotated[
        TextDestruction | None,
        "Why its texts are gone: `comment` and what was text in `details` are null.",
    ]
    details: Annotated[JSON, "Whatever else is on record."]


PAGES = pages(
    "PastAct",
    PastAct,
    Cursors("history", (serial,)),
    ("An act in a page.", "The act.", "A page of a request's history, oldest first."),
)
PastActConnection: Any = PAGES.connection


async def history(
    root: ShownRequest, info: Info, first: First = 50, after: After = None
) -> PastActConnection:
    page = PAGES.page(first, after)
    lines = Lines(root.institution, root.id, page)
    found = await batched(info.context, histories, lines, after_write=is_after_write(info)) or []
    return await shown_past(info, root, found, page)


async def shown_past(
    info: Info, root: ShownRequest, found: list[Listed[Past]], page: Slice
) -> PastActConnection:
    """So many of the lines that were found, one more of which says that more follow."""
    return await PAGES.told(info, page, page.of(found), lambda past: past_act(past, root, info))


def past_act(past: Past, root: ShownRequest, info: Info) -> PastAct:
    """An act as it is shown."""
    return Act(past, root, info)  # type: ignore[return-value]


def of_past(name: str) -> Any:
    """What the line itself tells."""
    return property(attrgetter(f"_past.{name}"))


class Act:
    """An act as the API reads it: nothing is made of it that nobody asks for."""

    def __init__(self, past: Past, root: ShownRequest, info: Info) -> None:
        self._past, self._root, self._info = past, root, info
        living = rules_of(root)
        # What cannot be read is found before anything of it is shown.
        self.status = past.status.upper() if past.status in STATUSES else None
        self.clauses = [clause_of(living, clause) for clause in past.clauses]
        self.turns = [TurnOfAct(turn, root, info.context.language) for turn in past.turns]

    position, event, at, round, comment = map(of_past, ("seq", "event", "at", "round", "comment"))

    @property
    def sentence(self) -> str:
        return sentence(_code(self._past), {}, self._info.context.language)

    @property
    def by(self) -> Person | None:
        return person_of(Holder(*self._past.by, "")) if self._past.by else None

    @property
    def to(self) -> list[Recipient]:
        return [recipient_of(each, self._root, self._info) for each in self._past.to]

    @property
    def destroyed(self) -> TextDestruction | None:
        gone = self._past.destroyed
        if gone is None:
            return None
        clause = clause_of(rules_of(self._root), gone.clause)
        return TextDestruction(position=gone.seq, at=gone.at, clause=clause)

    @property
    def details(self) -> JSON:
        own = self._info.context.viewer.person.id == self._root.applicant
        hidden = frozenset() if own else confidential(self._root.procedure.form)
        return JSON(_without(self._past.content, hidden) if hidden else self._past.content)


def _code(past: Past) -> str:
    if past.turns and past.turns[0].decision in DECIDED:
        return DECIDED[past.turns[0].decision]
    said = f"DID_{past.event.upper()}"
    return said if said in MESSAGES else OTHER


class TurnOfAct:
    """A step that an act took, as the API reads it."""

    def __init__(self, turn: Turn, root: ShownRequest, language: str) -> None:
        self._turn, self._root, self._language = turn, root, language
        self.act = turn.act if turn.act in ACTS else None
        self.decision = DECISIONS.get(turn.decision)
        self.clauses = [clause_of(rules_of(root), clause) for clause in turn.clauses]

    @property
    def step_id(self) -> strawberry.ID | None:
        step = self._turn.step
        return global_id("Step", f"{self._root.id}:{step}") if step else None

    @property
    def title(self) -> str:
        return title_of(self._turn.role, rules_of(self._root).vocabulary.roles, self._language)

    @property
    def seat(self) -> Seat | None:
        seat, roles = self._turn.seat, rules_of(self._root).vocabulary.roles
        return seat_of(seat, roles, self._language) if seat else None


def _without(value: Any, hidden: frozenset[str]) -> Any:
    """What is confidential only the applicant reads."""
    if isinstance(value, Mapping):
        return {name: _without(each, hidden) for name, each in value.items() if name not in hidden}
    if isinstance(value, list):
        return [_without(each, hidden) for each in value]
    return value
