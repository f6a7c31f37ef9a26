"""Joining the party: its paths, what the server counts, and what is in the way.

Regulations: 入党积极分子培养考察制度, 预备党员接收制度, 预备党员教育、考察和转正制度.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import ROUND_CEILING, Decimal
from typing import Any
from uuid import UUID

from domain.conditions.regions import Interval
from domain.shapes.asking import Measures
from domain.shapes.book import Shapes
from domain.shapes.clocks import Unit
from domain.shapes.eligibility import Reason, reasons
from domain.shapes.paths import Obstacle, Transition, passage
from domain.shapes.points import months_later
from domain.shapes.votes import Ballot, Outcome, Vote, check, for_matter, outcome
from domain.time.calendar import Calendar
from domain.time.moments import OFFICE_TIME
from domain.vocabulary import FactValue

PATHS = ("party.candidate", "party.probationary", "party.full_member")
CANDIDATE, PROBATIONARY, FULL_MEMBER = PATHS
"""The paths, one after the other: each begins in a state that the one before leads to."""

THING, STATEMENT, MEMBER = "party.case", "party.statement", "party.member"
"""The objects whose lines say whose a stage is, who states what, and whose seat vouches."""

APPLICANT = "applicant"
"""Whose act an event is that the person does whom the case is about."""

COUNTED = {
    "cultivation_months": (CANDIDATE, "activist", Unit.MONTH),
    "publicity_days": (CANDIDATE, "proposed_candidate", Unit.DAY),
}
"""What is counted from the day on which a state was reached."""

CALENDAR = ("probation_over", "extension_over")
BALLOTED = ("recommendation_share", "meeting_quorate", "resolution_passed")
NAMED = {"mentors": "mentors_full_members", "introducers": "introducers_full_members"}
SERVERS = {*COUNTED, *CALENDAR, *BALLOTED, *NAMED, *NAMED.values(), "prior_extensions"}
"""What the server knows or works out: nobody states it."""

ELIGIBLE = {"accept": "party.candidate", "complete_form": "party.probationary"}
"""The event at which the eligibility rows of a subject are asked."""
BEGINNING = "party.activist"

# The office's text gives neither figure but binds itself to the Party Constitution, whose
# articles 1 and 7 do: probation runs from the day on which the branch meeting passed it.
OF_AGE = 18
PROBATION_MONTHS = 12


@dataclass(frozen=True)
class Event:
    """What happened to a case; not `taken`, a seat has only put its part on record."""

    path: str
    event: str
    origin: str
    target: str
    at: datetime
    measures: Measures
    taken: bool = True


@dataclass(frozen=True)
class Case:
    """A person's case: where it stands, since when, and how it came there."""

    id: UUID
    person: UUID
    path: str
    state: str
    since: datetime
    history: tuple[Event, ...] = ()


@dataclass(frozen=True)
class Judgement:
    """Whether an event may follow: all that is known, and all that is in the way."""

    taken: Transition | None
    measures: Measures
    obstacles: tuple[Obstacle, ...] = ()
    unfit: tuple[Reason, ...] = ()
    vote: Outcome | None = None


def transitions_of(shapes: Shapes) -> tuple[Transition, ...]:
    return tuple(each for each in shapes.paths if each.id in PATHS)


def following(path: str, state: str, every: Iterable[Transition]) -> tuple[Transition, ...]:
    """What may follow on a path's state, and on the next path where that begins with it."""
    every = tuple(every)
    paths = {path, _begun(path, state, every)}
    return tuple(each for each in every if each.id in paths and each.origin == state)


def first(path: str, every: Iterable[Transition]) -> str | None:
    return next((each.origin for each in every if each.id == path), None)


def _begun(path: str, state: str, every: Iterable[Transition]) -> str | None:
    """The next path, if it begins in this state."""
    after_it = PATHS[PATHS.index(path) + 1 :][:1]
    return next((each for each in after_it if first(each, every) == state), None)


def asks_a_vote(tried: Iterable[Transition]) -> bool:
    return any(name in BALLOTED for each in tried for name in each.when.regions)


def after(case: Case, taken: Transition, every: Iterable[Transition]) -> tuple[str, str]:
    """The path and state that a transition leads to.

    Where the next path has begun, what is left of the old one (the oath) is only noted.
    """
    noted = taken.id == case.path and _begun(case.path, case.state, every)
    return (case.path, case.state) if noted else (taken.id, taken.target)


def is_of_age(born: date, today: date) -> bool:
    return born <= today and months_later(born, OF_AGE * 12) <= today


def judged(
    case: Case,
    event: str,
    said: Measures,
    ballot: Ballot | None,
    shapes: Shapes,
    calendar: Calendar,
    now: datetime,
) -> Judgement:
    """What an event comes to with what a seat says, what is on record and what is counted."""
    follow = following(case.path, case.state, transitions_of(shapes))
    tried = tuple(each for each in follow if each.event == event)
    known = {**on_record(case, event), **counted(case, tried, shapes, now), **said}
    vote = None
    if ballot and asks_a_vote(tried):
        balloted, vote = _counted_votes(tried[0], ballot, shapes.votes)
        known |= balloted
    found = passage(tried, case.state, event, known, calendar, since=case.since, now=now)
    ever = {name: value for each in case.history for name, value in each.measures.items()}
    subject = ELIGIBLE.get(event)
    rows = [row for row in shapes.eligibility if tried and row.subject == subject]
    unfit = reasons(rows, {**ever, **known})
    taken = None if unfit else found.taken
    obstacles = tuple(_dated(case, each) for each in found.obstacles)
    return Judgement(taken, known, obstacles, unfit, vote)


def on_record(case: Case, event: str) -> Measures:
    """What seats have put on record for an event since the state was reached."""
    noted = [e for e in case.history if e.event == event and not e.taken and e.at >= case.since]
    return {name: value for each in noted for name, value in each.measures.items()}


def counted(
    case: Case, tried: Iterable[Transition], shapes: Shapes, now: datetime
) -> dict[str, FactValue]:
    """What the dates on record come to now.

    Publicity ends by itself at the outer limit of its clause, however late it is looked at.
    """
    local = now.astimezone(OFFICE_TIME).date()
    extensions = sum(each.taken and each.event == "extend" for each in case.history)
    known: dict[str, FactValue] = {"prior_extensions": Decimal(extensions)}
    clauses = {each.clause for each in tried}
    limits = {c.unit: c.within for c in shapes.clocks if c.clause in clauses and c.within}
    for name, (path, state, unit) in COUNTED.items():
        if since := entered(case, path, state):
            passed = Decimal(_elapsed(since, local, unit))
            known[name] = min(passed, limits.get(unit) or passed)
    return known | {name: local >= day for name, day in terms(case).items()}


def entered(case: Case, path: str, state: str) -> date | None:
    """The day on which a state was reached."""
    found = (
        each.at.astimezone(OFFICE_TIME).date()
        for each in case.history
        if each.taken and each.path == path and each.target == state != each.origin
    )
    return next(found, None)


def terms(case: Case) -> dict[str, date]:
    """When probation is over, and its extension, which follows on it."""
    begun = entered(case, PROBATIONARY, "meeting_passed")
    if begun is None:
        return {}
    ends = {"probation_over": months_later(begun, PROBATION_MONTHS)}
    for each in case.history:
        months = each.measures.get("extension_months")
        if each.event == "extend" and each.taken and isinstance(months, Decimal):
            whole = int(months.to_integral_value(ROUND_CEILING))
            ends["extension_over"] = months_later(ends["probation_over"], whole)
    return ends


def _elapsed(since: date, until: date, unit: Unit) -> int:
    """Whole units between two days; the first does not count."""
    if unit is Unit.DAY:
        return (until - since).days
    months = (until.year - since.year) * 12 + until.month - since.month
    return months - (months_later(since, months) > until)


def _dated(case: Case, each: Obstacle) -> Obstacle:
    """An obstacle that time will remove tells when."""
    day = terms(case).get(each.measure or "")
    if each.measure in COUNTED and isinstance(each.region, Interval) and each.region.low:
        path, state, unit = COUNTED[each.measure]
        least, since = int(each.region.low), entered(case, path, state)
        if since:
            later = months_later(since, least), since + timedelta(days=least)
            day = later[unit is Unit.DAY]
    if day is None:
        return each
    return replace(each, until=datetime.combine(day, datetime.min.time(), OFFICE_TIME))


def _counted_votes(each: Transition, ballot: Ballot, votes: Iterable[Vote]) -> tuple[Any, Outcome]:
    """What a count comes to by the rows of the body; nothing where the text leaves it open."""
    check(ballot)
    if "recommendation_share" not in each.when.regions:
        found = outcome(for_matter(votes, "branch_meeting", each.id), ballot)
        stated = {"meeting_quorate": found.quorate, "resolution_passed": found.passed}
        return {name: value for name, value in stated.items() if value is not None}, found
    found = outcome(for_matter(votes, "recommendation_meeting", "party.activist"), ballot)
    # Of whom the half is, the text leaves open: a share counts where every reading agrees.
    of = ballot.eligible if found.passed else max(ballot.cast, 1)
    share = (Decimal(100) * ballot.in_favour / of).quantize(Decimal("0.000001"))
    return {} if found.passed is None else {"recommendation_share": share}, found
