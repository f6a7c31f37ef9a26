"""What is known of a stage before it is judged: dates, votes, and what clauses have against it."""

from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from domain.approval.procedure import Form
from domain.errors import Problem, Refused
from domain.records.case_counts import BALLOTED, CARRIED, Event, balloted, days, told
from domain.shapes.asking import Measures
from domain.shapes.counts import Whose, measured
from domain.shapes.derivations import derive
from domain.shapes.eligibility import Reason, reasons
from domain.shapes.paths import Transition
from domain.shapes.quotas import beyond, is_kept
from domain.shapes.votes import Ballot, Outcome
from domain.vocabulary import STAGE, Act, FactValue
from resolvers.ground.context import Context
from resolvers.ground.people import load_applicant
from resolvers.records.acts import judged, seats_of, titles
from resolvers.records.case_rows import CaseView, exact
from resolvers.records.happened import happened
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
        history = [_event(view, each) for each in view.entries]
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
            matter = kind.stages[look.event].votes_on or look.named[0].id
            said, vote = balloted(look.named[0], matter, ballot, view.living.rulebook)
        except Refused as refused:
            against += [replace(each, path=(name, *each.path)) for each in refused.problems]
            continue
        remarks = tuple(_remarks(vote, name))
        known, named = {**found.known, **said}, found.said | said.keys()
        found = replace(found, known=known, said=named, remarks=remarks)
        against += remarks if look.note and not BALLOTED & said.keys() else ()
    if against:
        raise not_ready(clause, against)
    return found


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


def unfit(view: CaseView, event: str, known: Measures) -> tuple[Reason, ...]:
    """What the office's list of who or what a stage is for has against it: `<kind>.<event>`.

    A list of another name looks at all that was ever stated of the case.
    """
    stage = view.kind.stages.get(event)
    fit_for = stage.fit_for if stage else ""
    subject = fit_for or f"{view.kind.code}.{event}"
    rows = [row for row in view.living.shapes.eligibility if row.subject == subject]
    return reasons(rows, {**ever(view), **known} if rows and fit_for else known)


async def known_of_whom(
    context: Context, view: CaseView, event: str, known: Measures
) -> dict[str, FactValue]:
    """What the list of a stage looks at and the office knows of whom the case is about."""
    living, today = view.living, context.today
    subject = f"{view.kind.code}.{event}"
    rows = (row for row in living.shapes.eligibility if row.subject == subject)
    names = {name for row in rows for name in row.when.regions} - known.keys()
    party = next((each for each in view.kind.parties if each.unit), None)
    if not names or party is None:
        return {}
    found: dict[str, FactValue] = {}
    who, unit = (getattr(view.case.filled, name) for name in (party.column, party.unit))
    if who:
        whom = await load_applicant(context, context.viewer.institution, who)
        found = {name: value for name, value in whom.person.facts.items() if name in names}
    for whose_, of in ((Whose.PERSON, who), (Whose.UNIT, unit)):
        counts = [e for e in living.shapes.counts if e.id in names and e.whose is whose_]
        if of and counts:
            lines = await happened(context, living, counts, whose_, of, today, today)
            found |= {name: each.value for name, each in measured(counts, lines, today).items()}
    return found


def barred_by_clauses(
    view: CaseView, event: str, known: Measures, asked: Collection[str]
) -> Iterator[Problem]:
    """What lists have against a stage, and the limits, `<kind>.<event>`, that it goes beyond."""
    yield from (unmet(each, asked) for each in unfit(view, event, known))
    told, subject = derive(known, view.living.shapes.measures, []), f"{view.kind.code}.{event}"
    for quota in view.living.shapes.quotas:
        if quota.subject != subject or quota.measure not in told or not quota.when.holds(told):
            continue
        if is_kept(quota, told) is False:
            derived = view.living.shapes.measures[quota.measure].derived
            named = (quota.measure, *(derived.raw if derived else ()))
            at = next((name for name in named if name in asked), "measures")
            yield beyond(quota, told, (at,))


def unmet(reason: Reason, asked: Collection[str] = ()) -> Problem:
    """A condition of a list that is not met, or an exclusion that applies, in its own words.

    It is said of what is `asked`, where it looks at that.
    """
    code = "EXCLUDED" if reason.excludes else "REQUIREMENT_NOT_MET"
    at = next((name for name in reason.measures if name in asked), "measures")
    return Problem(code, (at,), reason.clause, {"label": reason.label})
