"""Joining the party: a case is begun by its applicant and taken on by the seats of each stage."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.areas.party import joining
from domain.areas.party.joining import Case, Judgement
from domain.errors import Problem, Refused
from domain.messages import EN
from domain.rules.phrases import region_said
from domain.shapes.asking import read_measures
from domain.shapes.eligibility import reasons
from domain.shapes.paths import Obstacle, Transition, no_transition
from domain.shapes.votes import Ballot, check
from domain.time.calendar import Calendar
from domain.vocabulary import FactValue, Label
from resolvers.areas.party.cases import CaseView, Happened, find, keep, members
from resolvers.areas.party.seats import seat_for, stating, taken_by, titled
from resolvers.ground.context import Context
from resolvers.office.seat_changes import must_have_left_seats_alone
from resolvers.records.acts import seats_of
from resolvers.rules.rulebooks import LivingRulebook

CARRIED = {"MAJORITY_MET", "QUORUM_MET", "QUORUM_OPEN"}
"""What is said of a count that need not be told to whom it does not carry."""


@dataclass(frozen=True)
class Asked:
    """An act on a case, as it was sent."""

    event: str
    measures: Mapping[str, Any] = field(default_factory=dict)
    ballot: Ballot | None = None
    people: tuple[UUID, ...] = ()
    comment: str = ""


@dataclass(frozen=True)
class Next:
    """An event that may follow: whose it is, what is in the way, what is still to be stated."""

    transition: Transition
    role: str
    reasons: tuple[Problem, ...]
    demands: tuple[Problem, ...]


async def begin(context: Context, application: str, born: date) -> UUID:
    """Take an application: age, membership and what the clauses ask are told all at once."""
    viewer = context.viewer
    living = await context.rulebook(viewer.institution)
    transitions = joining.transitions_of(living.shapes)
    state = joining.first(joining.CANDIDATE, transitions)
    if state is None:
        raise Refused("NO_PARTY_PATH")
    known = (await members(context, [viewer.person.id]))[viewer.person.id]
    wrong = (
        ("REQUIRED", "application", not application.strip()),
        ("NOT_OF_AGE", "born", not joining.is_of_age(born, context.today)),
        ("PARTY_CASE_RUNNING", "application", known["standing"]),
        ("FULL_MEMBER_ALREADY", "application", known["full_member"]),
    )
    age = {"age": joining.OF_AGE}
    against = [Problem(code, (name,), details=age) for code, name, found in wrong if found]
    rows = [row for row in living.shapes.eligibility if row.subject == joining.BEGINNING]
    against += [_unmet(each, context.language) for each in reasons(rows, viewer.person.facts)]
    clause = transitions[0].clause
    if against:
        count = len(against)
        raise Refused("APPLICATION_NOT_TAKEN", clause=clause, problems=against, count=count)
    await must_have_left_seats_alone(context, living, joining.THING)
    case = Case(context.services.new_id(), viewer.person.id, joining.CANDIDATE, state, context.now)
    happened = Happened("begin", joining.CANDIDATE, "", state, clause, joining.APPLICANT)
    particulars = {"application": application.strip(), "born": born}
    new = CaseView(
        case,
        viewer.person.name,
        viewer.person.account,
        living.version,
        1,
        True,
        context.now,
        (),
        living,
        living,
        await seats_of(context, joining.THING, {}),
    )
    await keep(context, new, replace(happened, particulars=particulars), "party_case_begun")
    return case.id


async def act(context: Context, case_id: UUID, version: int, asked: Asked, *, note: bool) -> UUID:
    """Take a case a stage further, or put on record what one's seat has to say of it.

    Raises:
        Refused: not the version that was read, not one's turn, or each unmet condition by clause.

    """
    view = await find(context, case_id)
    if view.version != version:
        raise Refused("PARTY_CASE_CHANGED", version=view.version)
    case, living = view.case, view.living
    every = joining.transitions_of(living.shapes)
    follow = joining.following(case.path, case.state, every)
    tried = tuple(each for each in follow if each.event == asked.event)
    if not tried:
        raise _no_transition(case.state, asked.event, follow, every)
    role, seat = seat_for(context, view, tried[0], note=note)
    said, particulars = await _stated(context, view, tried, asked)
    calendar = await context.calendar()
    found = joining.judged(
        case, asked.event, said, asked.ballot, living.shapes, calendar, context.now
    )
    balloted = asked.ballot and set(joining.BALLOTED) & found.measures.keys()
    if note and asked.ballot and not balloted:
        raise _refused(tried[0].clause, _remarks(found))
    if not note and found.taken is None:
        raise _refused(tried[0].clause, problems(found, living, context.language))
    taken = found.taken if found.taken and not note else tried[0]
    path, state = (case.path, case.state) if note else joining.after(case, taken, every)
    named = {name for each in tried for name in each.when.regions}
    own = named & (said.keys() | set(joining.BALLOTED if balloted else ())) if note else named
    happened = Happened(
        asked.event,
        taken.id,
        case.state,
        case.state if note else taken.target,
        taken.clause,
        role,
        seat,
        {name: _plain(value) for name, value in found.measures.items() if name in own},
        particulars,
        asked.comment,
        taken=not note,
    )
    since = case.since if state == case.state else context.now
    now = replace(
        view,
        case=replace(case, path=path, state=state, since=since),
        version=view.version + 1,
        standing=bool(joining.following(path, state, every)),
    )
    await keep(context, now, happened, "party_case_noted" if note else "party_case_advanced")
    return case.id


def next_events(context: Context, view: CaseView, calendar: Calendar) -> list[Next]:
    """What may follow now: what is already against it for this viewer, what is to be stated."""
    case, living = view.case, view.living
    every = joining.transitions_of(living.shapes)
    follow = joining.following(case.path, case.state, every)
    found = []
    for each in {each.event: each for each in reversed(follow)}.values():
        judged = joining.judged(case, each.event, {}, None, living.shapes, calendar, context.now)
        told = [(o, _obstacle(o, living, context.language)) for o in judged.obstacles]
        servers = joining.SERVERS - {*joining.BALLOTED, *joining.NAMED, *joining.NAMED.values()}
        against = [p for o, p in told if o.until or o.measure in servers]
        try:
            seat_for(context, view, each, note=False)
        except Refused as refused:
            details = refused.details
            against.append(Problem(refused.code, (), each.clause, details))
        demands = [problem for _, problem in told if problem not in against]
        found.append(Next(each, taken_by(view, each), tuple(against), tuple(demands)))
    return found[::-1]


async def _stated(
    context: Context, view: CaseView, tried: Sequence[Transition], asked: Asked
) -> tuple[dict[str, FactValue], dict[str, Any]]:
    """What the seat says, if it is asked and its own to say, and the particulars to be kept."""
    clause, named = tried[0].clause, {name for each in tried for name in each.when.regions}
    counts = [name for name in joining.NAMED if name in named]
    said = read_measures(asked.measures, view.living.shapes.measures, tried)
    people = await members(context, asked.people)
    found = list(_misstated(view, tried, asked))
    if asked.people and not counts:
        found.append(Problem("NOT_ASKED_HERE", ("people",), clause))
    elif counts:
        found += _unfit_people(view, asked.people, people, clause)
    if found:
        raise _refused(clause, found)
    if taken_by(view, tried[0]) == joining.APPLICANT and "written_application" in named:
        said["written_application"] = True
    for name in counts:
        said[name] = Decimal(len(set(asked.people)))
        said[joining.NAMED[name]] = all(person["full_member"] for person in people.values())
    names = [person["name"] for person in people.values()]
    told = {"ballot": asked.ballot and asdict(asked.ballot), "people": names}
    return said, {name: value for name, value in told.items() if value}


def _misstated(view: CaseView, tried: Sequence[Transition], asked: Asked) -> Iterator[Problem]:
    """What the stage does not ask for, or another than the viewer is to say."""
    clause, named = tried[0].clause, {name for each in tried for name in each.when.regions}
    given = {name: ("measures", name) for name in asked.measures}
    for name, path in {**given, **({"ballot": ("ballot",)} if asked.ballot else {})}.items():
        by = stating(view, name)
        asks = joining.asks_a_vote(tried) if name == "ballot" else name in named
        if name in joining.SERVERS:
            yield Problem("SERVER_COUNTS", path, clause)
        elif not asks:
            yield Problem("NOT_ASKED_HERE", path, clause)
        elif by and not by.allowed:
            yield Problem("NOT_YOURS_TO_STATE", path, clause, titled(view, by))
    if asked.ballot:
        try:
            check(asked.ballot)
        except Refused as refused:
            yield from (replace(each, path=("ballot", *each.path)) for each in refused.problems)


def _unfit_people(
    view: CaseView, asked: Iterable[UUID], people: Mapping[UUID, Any], clause: str
) -> Iterator[Problem]:
    for position, person in enumerate(asked):
        path = ("people", str(position))
        if person not in people:
            yield Problem("NOT_OF_THIS_OFFICE", path)
        elif person == view.case.person:
            yield Problem("NOT_FOR_ONESELF", path, clause)
        elif not people[person]["full_member"]:
            yield Problem("NOT_A_FULL_MEMBER", path, clause, {"name": people[person]["name"]})


def problems(found: Judgement, living: LivingRulebook, language: str) -> list[Problem]:
    """Everything that is in the way, each with its clause."""
    told = [_obstacle(each, living, language) for each in found.obstacles]
    told += [_unmet(reason, language) for reason in found.unfit]
    return told + (
        _remarks(found) if any(o.measure in joining.BALLOTED for o in found.obstacles) else []
    )


def _obstacle(each: Obstacle, living: LivingRulebook, language: str) -> Problem:
    clause, measure = each.transition.clause, each.measure
    if each.until:
        until = each.until.date().isoformat()
        return Problem("WAIT_NOT_OVER", ("event",), clause, {"until": until})
    label = region_said(each.region, living.shapes.measures[measure])  # type: ignore[arg-type, index]
    details = {"region": _said(label, language)}
    return Problem("GUARD_NOT_MET", ("measures", measure or ""), clause, details)


def _unmet(reason: Any, language: str) -> Problem:
    code = "EXCLUDED" if reason.excludes else "REQUIREMENT_NOT_MET"
    labels = " / ".join(_said(row.label, language) for row in reason.rows)
    return Problem(code, ("measures",), reason.rows[0].clause, {"label": labels})


def _remarks(found: Judgement) -> list[Problem]:
    vote = found.vote
    clause = vote.votes[0].clause if vote and vote.votes else None
    remarks = [each for each in vote.remarks if each.code not in CARRIED] if vote else []
    return [Problem(each.code, ("ballot",), clause, each.details) for each in remarks]


def _no_transition(
    state: str, event: str, follow: Iterable[Transition], every: Iterable[Transition]
) -> Refused:
    """The clauses that know the event are cited, though it does not follow on this state."""
    every = tuple(every)
    details = no_transition(every, state, event, follow)
    clauses = dict.fromkeys(each.clause for each in every if each.event == event)
    found = [Problem("NO_TRANSITION", ("event",), one, details) for one in clauses or (None,)]
    return _refused(next(iter(clauses), None), found)


def _refused(clause: str | None, found: Sequence[Problem]) -> Refused:
    return Refused("STAGE_NOT_OPEN", clause=clause, problems=found, count=len(found))


def _said(label: Label, language: str) -> str:
    return label.en if language == EN else label.zh


def _plain(value: FactValue) -> str | bool:
    return value if isinstance(value, bool | str) else str(value)
