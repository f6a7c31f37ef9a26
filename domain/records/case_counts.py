"""What a case tells of itself: since when it is in a state, how often a stage was taken, a vote."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_CEILING, Decimal

from domain.conditions.regions import Interval
from domain.rulebook import Rulebook
from domain.shapes.asking import Measures
from domain.shapes.clocks import Clock, Unit
from domain.shapes.paths import Transition
from domain.shapes.points import complete_months, months_later
from domain.shapes.votes import EDGE, Ballot, Outcome, check, for_matter, must_be_before, outcome
from domain.time.moments import OFFICE_TIME
from domain.vocabulary import FactValue


@dataclass(frozen=True)
class Since:
    """The whole days or months since a state was first reached.

    They end by themselves at the outer limit of the clause's clock, however late one looks.
    """

    measure: str
    state: str
    unit: Unit


@dataclass(frozen=True)
class Times:
    """How often a stage was taken."""

    measure: str
    event: str


@dataclass(frozen=True)
class Term:
    """Whether so many months are over since a state was first reached.

    Or, since another term is over, as many as a measure says with the last stage that told it. What
    the case then sets going, where a row has no figure, runs until the latest of its terms.
    """

    measure: str
    since: str
    months: int | str


Count = Since | Times | Term


@dataclass(frozen=True)
class Event:
    """What happened to a case; not `taken`, a seat has only put its part on record."""

    event: str
    origin: str
    target: str
    at: datetime
    measures: Measures
    taken: bool = True


def told(
    counts: Iterable[Count],
    history: Sequence[Event],
    named: Iterable[Transition],
    clocks: Iterable[Clock],
    now: datetime,
) -> dict[str, FactValue]:
    """What the dates on record come to now, for the rows that are looked at."""
    today, counts = now.astimezone(OFFICE_TIME).date(), tuple(counts)
    clauses = {each.clause for each in named}
    limits = {c.unit: c.within for c in clocks if c.clause in clauses and c.within}
    known: dict[str, FactValue] = {}
    for each in counts:
        if isinstance(each, Times):
            taken = sum(one.taken and one.event == each.event for one in history)
            known[each.measure] = Decimal(taken)
        elif isinstance(each, Since) and (since := reached(history, each.state)):
            passed = Decimal(_elapsed(since, today, each.unit))
            known[each.measure] = min(passed, limits.get(each.unit) or passed)
    return known | {name: today >= day for name, day in terms(counts, history).items()}


def reached(history: Iterable[Event], state: str) -> date | None:
    """The day on which a state was first reached."""
    moved = (each for each in history if each.taken and each.target == state != each.origin)
    return next((each.at.astimezone(OFFICE_TIME).date() for each in moved), None)


def terms(counts: Iterable[Count], history: Sequence[Event]) -> dict[str, date]:
    """When each term that has begun is over; one that follows on another stands after it."""
    ends: dict[str, date] = {}
    for each in counts:
        if not isinstance(each, Term):
            continue
        since = ends.get(each.since) or reached(history, each.since)
        if since and (months := _months(each, history)) is not None:
            ends[each.measure] = months_later(since, months)
    return ends


def _months(term: Term, history: Sequence[Event]) -> int | None:
    if isinstance(term.months, int):
        return term.months
    said = (each.measures.get(term.months) for each in reversed(history) if each.taken)
    months = next((each for each in said if isinstance(each, Decimal)), None)
    return None if months is None else int(months.to_integral_value(ROUND_CEILING))


def days(
    counts: Sequence[Count], history: Sequence[Event], named: Iterable[Transition]
) -> dict[str, date]:
    """From which day on what is counted suffices for these rows."""
    return terms(counts, history) | dict(_suffices(counts, history, tuple(named)))


def _suffices(
    counts: Sequence[Count], history: Sequence[Event], named: Sequence[Transition]
) -> Iterator[tuple[str, date]]:
    for each in counts:
        since = reached(history, each.state) if isinstance(each, Since) else None
        for row in named if since else ():
            region = row.when.regions.get(each.measure)
            if since and isinstance(each, Since) and isinstance(region, Interval) and region.low:
                least, by_days = int(region.low), each.unit is Unit.DAY
                later = since + timedelta(days=least) if by_days else months_later(since, least)
                yield each.measure, later


def _elapsed(since: date, until: date, unit: Unit) -> int:
    """Whole units between two days; the first does not count."""
    return (until - since).days if unit is Unit.DAY else complete_months(since, until)


QUORATE, PASSED, SHARE = "meeting_quorate", "resolution_passed", "recommendation_share"
"""What a path may ask of a vote; a stage that asks for the share is told nothing else."""
BALLOTED = frozenset({QUORATE, PASSED, SHARE})
CARRIED = frozenset({"MAJORITY_MET", "QUORUM_MET", "QUORUM_OPEN"})
"""What is said of a count that need not be told to whom it does not carry."""


def voters(matter: str, book: Rulebook) -> str:
    """The body that votes on a matter, by the first line of its kind that gives a body the vote."""
    rows = [row for row in book.rows_by_kind.get(matter, ()) if row.act == "vote"]
    return min(rows, key=lambda row: row.order).role if rows else ""


def balloted(
    each: Transition, matter: str, ballot: Ballot, book: Rulebook, met: datetime
) -> tuple[dict[str, FactValue], Outcome]:
    """What a count comes to by the rows of the body; nothing where the text leaves it open.

    Raises: Refused: it is no count that can be, no row says how the body votes, or written opinions
    came in once it had `met`.
    """
    check(ballot)
    votes = for_matter(book.shapes.votes, voters(matter, book), matter)
    must_be_before(votes, ballot, met)
    found = outcome(votes, ballot)
    if SHARE not in each.when.regions:
        told = {QUORATE: found.quorate, PASSED: found.passed}
        return {name: value for name, value in told.items() if value is not None}, found
    # Of whom the half is, the text leaves open: a share counts where every reading agrees on it.
    of = ballot.eligible if found.passed else max(ballot.cast, 1)
    share = (Decimal(100) * ballot.in_favour / of).quantize(Decimal("0.000001"))
    agreed = found.passed is not None or EDGE in {each.code for each in found.remarks}
    return {SHARE: share} if agreed else {}, found
