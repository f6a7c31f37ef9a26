"""Sittings 会议: a body meets on notice and resolves its agenda, as its clauses say."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.approval.procedure import Form
from domain.errors import Refused, at_fault
from domain.rules.rows import regulation_of, unique
from domain.shapes.asking import Measures, not_stated, unstated
from domain.shapes.clocks import Clock, Direction, term
from domain.shapes.paths import Transition, passage
from domain.shapes.votes import Ballot, Remark, Voice, Voicing, Vote, check, outcome
from domain.time.calendar import Calendar
from domain.values.choices import Choice

RESOLVE, POSTPONE = "resolve", "postpone"
"""What a body's `item` path calls a resolution, and putting a divided item off."""
DECIDE, DIVIDED = "decide", "find_divided"
"""The same of a body that does not vote: it agrees, or stays divided and somebody decides."""
TASK_EVENTS = ("task.assigned", "task.reported", "task.delayed")
"""What happens to a task that a resolution leaves; it is assigned on the day that it is due."""


class Outcome(Choice):
    """What became of an item."""

    PASSED = "passed", "通过: carried; a request's step is agreed to."
    FAILED = "failed", "未通过: lost; a request's step is rejected."
    DEFERRED = "deferred", "暂缓: put off; it comes before the next sitting."


@dataclass(frozen=True)
class SittingKind:
    """A kind of sitting 会议, by its code in `objects.csv`; who calls and keeps one, rows say.

    `entry` is what is stated when it is called, beside place and time. One that `deliberates` has
    an agenda that it votes on. To one of `everybody` the whole office is due: who is not named as
    come was absent. `brought_by` is the kind of request by which a matter comes on the agenda of a
    body whose row names that kind as its matter; of `excused_by`, one that lets somebody stay away.
    `told` is what those due are told.
    """

    code: str
    entry: type[Form] | None = None
    deliberates: bool = True
    everybody: bool = False
    brought_by: str = ""
    excused_by: str = ""
    told: str = "SITTING_CALLED"


@dataclass(frozen=True)
class Came:
    """Whether somebody who was due came; who did not may have asked beforehand.

    Who only `sits_in` 列席 is not counted and has no vote.
    """

    attended: bool
    excused: bool = False
    sits_in: bool = False


@dataclass(frozen=True)
class Notice:
    """Until when a sitting had to be announced, and the clause that says so."""

    due: datetime
    clause: str


@dataclass(frozen=True)
class Finding:
    """What the chair found where the text states no majority, with a sentence that says why."""

    outcome: Outcome
    reason: str


@dataclass(frozen=True)
class Resolution:
    """What became of an item; `by_chair` where no count could tell."""

    outcome: Outcome
    by_chair: bool
    clauses: tuple[str, ...]
    remarks: tuple[Remark, ...]


def events_of(kind: str, body: str, matters: Iterable[str], what: str) -> list[str]:
    """What happens to a sitting, for clocks: to one of this body, and to one on these matters."""
    return [f"{kind}.{body}.{what}", *unique(f"{kind}.{body}.{m}.{what}" for m in matters if m)]


def rows_for(votes: Iterable[Vote], body: str, matter: str) -> tuple[Vote, ...]:
    """The rows of a body that speak of a matter, its own first; none where the text is silent."""
    of_body = [vote for vote in votes if vote.body == body]
    own = [vote for vote in of_body if vote.matter and vote.matter == matter]
    return (*own, *(vote for vote in of_body if not vote.matter))


def voices_of(
    voices: Iterable[Voice], effect: Voicing, body: str, matter: str | None = None
) -> tuple[Voice, ...]:
    """Who comes to a body, or is heard there on a matter; None: on any."""
    of_body = (each for each in voices if (each.body, each.effect) == (body, effect))
    return tuple(each for each in of_body if matter is None or each.matter in ("", matter))


def secrecy_of(votes: Iterable[Vote]) -> Vote | None:
    """The row that says whether the votes on a matter are secret; None where the text is silent."""
    return next((vote for vote in votes if vote.secret is not None), None)


def notice_for(
    votes: Iterable[Vote], clocks: Iterable[Clock], begins: datetime, calendar: Calendar
) -> Notice | None:
    """The earliest notice that the regulations of these rows demand; None where they give none."""
    regulations = {regulation_of(vote.clause) for vote in votes if vote.notice}
    demanded = [
        Notice(term(clock, begins, calendar).due, clock.clause)
        for clock in clocks
        if clock.direction is Direction.BEFORE
        and regulation_of(clock.clause) in regulations
        and clock.when.holds({})
        and not clock.is_open
    ]
    return min(demanded, key=lambda notice: notice.due, default=None)


def must_be_in_time(notice: Notice | None, noticed: datetime, now: datetime, *where: str) -> None:
    """Raises: Refused where the papers were not sent yet, or later than the clause demands."""
    if noticed > now:
        raise at_fault("IN_THE_FUTURE", *where)
    if notice and noticed > notice.due:
        due = f"{notice.due:%Y-%m-%d %H:%M}"
        raise at_fault("NOTICE_TOO_LATE", *where, clause=notice.clause, due=due)


def without(ballot: Ballot, attended: Collection[bool]) -> Ballot:
    """A count without members who have no say in it: whether each of them came."""
    return replace(
        ballot,
        eligible=ballot.eligible - len(attended),
        present=ballot.present - sum(attended),
    )


def resolve(
    votes: Sequence[Vote],
    item_path: Sequence[Transition],
    ballot: Ballot,
    measures: Measures,
    finding: Finding | None,
    calendar: Calendar,
    now: datetime,
    *,
    revote: bool,
) -> Resolution:
    """What a count makes of an item; a divided one is put off once where the clause says so.

    Where the clause lets the chair put off or veto what is before the body, no count is asked.

    Raises: Refused: impossible figures, no quorum, a measure that the path wants and nobody stated,
    or a finding of the chair that is missing or not asked for.
    """
    check(ballot)
    if finding and finding.reason.strip() and (power := _power_of_chair(item_path, finding)):
        return Resolution(finding.outcome, True, (power.clause,), ())
    counted = outcome(votes, ballot)
    cited = unique(vote.clause for vote in counted.votes)
    if counted.quorate is False:
        raise Refused("NO_QUORUM", clause=cited[0], present=ballot.present, of=ballot.eligible)
    way = _way(item_path, measures, calendar, now, revote=revote)
    if way and way.event == POSTPONE:
        remark = Remark("DIVIDED_ITEM_DEFERRED", {})
        return Resolution(Outcome.DEFERRED, False, (way.clause,), (*counted.remarks, remark))
    cited = unique((*cited, way.clause)) if way else cited
    if way and way.event == DIVIDED:
        # No count settles what opinions stay divided on: somebody decides, or it is studied again.
        remarks = (*counted.remarks, Remark("DIVIDED_ITEM_DECIDED", {}))
        counted = replace(counted, passed=None, remarks=remarks)
    if counted.passed is not None:
        if finding:
            raise at_fault("FINDING_NOT_ASKED", "finding", clause=cited[0])
        ended = Outcome.PASSED if counted.passed else Outcome.FAILED
        return Resolution(ended, False, cited, counted.remarks)
    if finding is None or not finding.reason.strip():
        raise at_fault("FINDING_ASKED", "finding" if finding is None else "reason")
    return Resolution(finding.outcome, True, cited, counted.remarks)


def _power_of_chair(item_path: Sequence[Transition], finding: Finding) -> Transition | None:
    """What the path of the body's items lets its chair do alone, before they are discussed."""
    event = {Outcome.DEFERRED: "defer", Outcome.FAILED: "veto"}.get(finding.outcome)
    return next((each for each in item_path if each.event == event), None)


def _way(
    item_path: Sequence[Transition],
    measures: Measures,
    calendar: Calendar,
    now: datetime,
    *,
    revote: bool,
) -> Transition | None:
    """The transition that the item takes; None for a body without such a path.

    A body votes on it, or discusses it until it is decided or found divided.
    """
    events = {each.event for each in item_path}
    if POSTPONE in events:
        origin, ways = "revoted" if revote else "voted", (RESOLVE, POSTPONE)
    elif DIVIDED in events:
        origin, ways = "discussed", (DECIDE, DIVIDED)
    else:
        return None
    tried: tuple[Transition, ...] = ()
    for event in ways:
        found = passage(item_path, origin, event, measures, calendar, now=now)
        if found.taken:
            return found.taken
        tried += found.tried
    raise not_stated(unstated(tried, measures))
