"""What is known of a stage before it is judged: its dates, votes, and who states what alone."""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from domain.approval.procedure import Form
from domain.errors import Problem, Refused
from domain.records.case_counts import BALLOTED, CARRIED, Event, balloted, days, told
from domain.shapes.asking import Measures
from domain.shapes.paths import Transition
from domain.shapes.votes import Ballot, Outcome
from domain.vocabulary import STAGE, Act
from resolvers.ground.context import Context
from resolvers.records.acts import judged, seats_of, titles
from resolvers.records.approvals import not_covered
from resolvers.records.case_rows import CaseView, exact
from resolvers.requests.words import camel


@dataclass(frozen=True)
class Look:
    """A stage that is looked at: the rows that may follow, what is known, what is said with it."""

    event: str
    rows: Sequence[Transition]
    known: Measures
    given: Form | None = None
    note: bool = False

    @property
    def named(self) -> tuple[Transition, ...]:
        return tuple(each for each in self.rows if each.event == self.event)


@dataclass(frozen=True)
class Looked:
    """What an area works out of a stage: measures, what is against it, when time removes what.

    `said` are the measures of these that come from what is said. `remarks` are told beside a guard
    that is not met.
    """

    known: Measures = field(default_factory=dict)
    said: frozenset[str] = frozenset()
    against: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()
    days: Mapping[str, date] = field(default_factory=dict)


Looks = Callable[[Context, CaseView, Look], Awaitable[Looked]]
"""What an area counts, or looks up, before a stage is judged."""


async def look_at(context: Context, view: CaseView, look: Look, looks: Looks | None) -> Looked:
    """What the case tells, what is said with the stage comes to, and what the area looks up.

    Raises: Refused: somebody else is to state it, or a count is none that can be.
    """
    kind = view.kind
    found = await looks(context, view, look) if looks else Looked()
    if kind.counts:
        history = history_of(view, view.entries)
        of = look.named, view.living.shapes.clocks, context.now
        known = {**told(kind.counts, history, *of), **found.known}
        found = replace(found, known=known, days=days(kind.counts, history, look.named))
    if look.given is None:
        return found
    given, clause = vars(look.given), look.named[0].clause
    against = await _others_to_state(context, view, given, clause) if kind.stated_in else []
    voted = {name: value for name, value in given.items() if isinstance(value, Ballot)}
    for name, ballot in voted.items():
        try:
            stage = kind.stages[look.event]
            matter = stage.votes_on or look.named[0].id
            opened = (e["at"] for e in view.entries if e["event"] in stage.met_by and e["taken"])
            met = max(map(datetime.fromisoformat, opened), default=context.now)
            book = view.living.rulebook
            said, vote = balloted(look.named[0], matter, ballot, book, met)
        except Refused as refused:
            against += [replace(each, path=(name, *each.path)) for each in refused.problems]
            continue
        remarks = tuple(_remarks(vote, name))
        known, named = {**found.known, **said}, found.said | said.keys()
        found = replace(found, known=known, said=named, remarks=remarks)
        against += remarks if look.note and not BALLOTED & said.keys() else ()
    if against:
        raise not_ready(clause, against)
    uncovered = await not_covered(context, view, look.given, clause)
    return replace(found, against=(*found.against, *uncovered))


def ever(view: CaseView) -> dict[str, Any]:
    """What was ever stated of a case, the latest first."""
    return {
        name: exact(view.living, name, value)
        for each in view.entries
        for name, value in each["measures"].items()
    }


async def _others_to_state(
    context: Context, view: CaseView, given: Mapping[str, Any], clause: str
) -> list[Problem]:
    """What one seat alone states, and the viewer's is another."""
    of = view.kind.stated_in
    seats = await seats_of(context, view.kind.code, {})
    said = [n for n in view.taking.vocabulary.objects[of].stages if given.get(n) is not None]
    verdicts = {name: judged(view.taking, of, Act.KEEP, {STAGE: name}, seats) for name in said}
    return [
        Problem("NOT_YOURS_TO_STATE", (name,), clause, titles(view.taking, verdict.whose))
        for name, verdict in verdicts.items()
        if not verdict.allowed
    ]


def _remarks(vote: Outcome, name: str) -> Iterator[Problem]:
    clause = vote.votes[0].clause if vote.votes else None
    for each in vote.remarks:
        if each.code not in CARRIED:
            yield Problem(each.code, (name,), clause, each.details)


def history_of(view: CaseView, entries: Iterable[Mapping[str, Any]]) -> list[Event]:
    return [_event(view, each) for each in entries]


def _event(view: CaseView, entry: Mapping[str, Any]) -> Event:
    measures = {name: exact(view.living, name, each) for name, each in entry["measures"].items()}
    at = datetime.fromisoformat(entry["at"])
    return Event(entry["event"], entry["origin"], entry["target"], at, measures, entry["taken"])


def not_ready(clause: str | None, found: Sequence[Problem]) -> Refused:
    at = (replace(each, path=("input", *_told(each.path))) for each in found)
    return Refused("CASE_NOT_READY", clause=clause or None, problems=list(at), count=len(found))


def _told(path: Sequence[str]) -> Sequence[str]:
    """A field as the input names it; a measure by its code."""
    return path if path[:1] == ("measures",) else tuple(map(camel, path))
