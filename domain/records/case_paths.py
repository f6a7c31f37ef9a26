"""What cases do on their paths: how they begin, what may follow, what they are afterwards. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.approval.forms import form_fields
from domain.approval.procedure import Approved, Form
from domain.conditions.language import Condition
from domain.errors import Problem
from domain.records.case_tables import happening
from domain.records.cases import About, Begins, Case, CaseKind, Party, Rule, Stage, Turn
from domain.records.lines import stored
from domain.records.stage_forms import carried, fields_of
from domain.shapes.asking import Measures
from domain.shapes.book import Shapes
from domain.shapes.paths import Passage, Transition, passage
from domain.time.calendar import Calendar

GIVEN_UP = "given_up"


def path_of(kind: CaseKind[Any], path: str, every: Iterable[Transition]) -> tuple[Transition, ...]:
    """An office's own path, or the plain one."""
    return tuple(each for each in every if each.id == path) or kind.plain


def follow(
    kind: CaseKind[Any], case: Case[Any], every: Iterable[Transition]
) -> tuple[Transition, ...]:
    """What may follow now. A stage that leads on is taken together with the next one.

    A state that the path does not know is its first: what was approved before it had a path.
    """
    path = rows_of(kind, case, every)
    if case.state == GIVEN_UP or not path:
        return ()
    state = case.state if case.state in _states(path) else path[0].origin
    return tuple(replace(each, origin=case.state) for each in _onward(kind, path, state))


def rows_of(
    kind: CaseKind[Any], case: Case[Any], every: Iterable[Transition]
) -> tuple[Transition, ...]:
    """The rows of a case's path, and those of the next one where that begins with its state."""
    every = tuple(every)
    names = {case.path, _begun(kind, case, every)}
    own = tuple(each for each in every if each.id in names)
    known, said = _states(own), {(each.origin, each.event) for each in own}
    unwritten = (each for each in kind.unwritten if each.origin in known)
    more = (each for each in unwritten if (each.origin, each.event) not in said)
    return (*own, *more) or kind.plain


def _states(path: Iterable[Transition]) -> set[str]:
    return {name for each in path for name in (each.origin, each.target)}


def _begun(kind: CaseKind[Any], case: Case[Any], every: tuple[Transition, ...]) -> str | None:
    """The next path of a chain, if it begins in the case's state."""
    later = kind.chain[kind.chain.index(case.path) + 1 :] if case.path in kind.chain else ()
    rows = [each for each in every if each.id in later[:1]]
    return rows[0].id if rows and rows[0].origin == case.state else None


def _onward(kind: CaseKind[Any], path: tuple[Transition, ...], state: str) -> Iterable[Transition]:
    for each in path:
        if each.origin != state:
            continue
        stage = kind.stages.get(each.event)
        if stage and stage.leads_on:
            yield from _onward(kind, path, each.target)
        else:
            yield each


def walked(
    events: Iterable[str], path: tuple[Transition, ...], since: str, facts: Measures
) -> list[Transition]:
    """The transitions that these events take from a state, as far as they go and nothing denies."""
    taken: list[Transition] = []
    for event in events:
        state = taken[-1].target if taken else since
        taken += [
            each
            for each in path
            if (each.origin, each.event) == (state, event) and not _denied(each, facts)
        ][:1]
    return taken


def _denied(each: Transition, facts: Measures) -> bool:
    """Whether something that is known stands in the way."""
    known = {name: region for name, region in each.when.regions.items() if name in facts}
    return not Condition(each.when.text, known).holds(facts)


def gone_on(
    kind: CaseKind[Any], case: Case[Any], facts: Measures, every: Iterable[Transition]
) -> list[Transition]:
    """What an approved request that names a case takes it through, if it waits for that."""
    path = path_of(kind, case.path, every)
    return walked(kind.walked, path, case.state, {**case.facts, **facts}) if case.standing else []


def beginning(
    kind: CaseKind[Any], begins: Begins, form: Any, approved: Approved, shapes: Shapes, version: int
) -> tuple[Case[Any], dict[str, Any]] | None:
    """The case of an approved request, and the event of its beginning; none without a path."""
    facts = begins.told(form, approved)
    stated = {fact: stored(value) for fact, value in facts.items() if value is not None}
    filled = begins.fills(form, approved)
    known = {**approved.facts, **stated}
    walks = (begins.kind, begins.paths(form), known)
    return _begins(kind, walks, stated, filled, approved, shapes, version)


def entered(
    kind: CaseKind[Any],
    form: Form,
    by: Approved,
    shapes: Shapes,
    version: int,
    paths: tuple[str, ...],
) -> tuple[Case[Any], dict[str, Any]] | None:
    """The case that somebody begins without a request; none without a path."""
    return _begins(kind, ("", paths, None), {}, carried(form, kind.record), by, shapes, version)


def paths_of(kind: CaseKind[Any], form: Form) -> tuple[str, ...]:
    """The paths that fit a case which is entered, best first."""
    return kind.entry.paths(form) if kind.entry and kind.entry.paths else kind.chain


def _begins(
    kind: CaseKind[Any],
    walks: tuple[str, tuple[str, ...], Measures | None],
    facts: Mapping[str, Any],
    filled: Any,
    by: Approved,
    shapes: Shapes,
    version: int,
) -> tuple[Case[Any], dict[str, Any]] | None:
    """A case at the head of its path, or as far as the request that began it stands for."""
    request, paths, told = walks
    known = {each.id for each in shapes.paths}
    name = next((each for each in paths if each in known), paths[-1] if kind.plain else None)
    if name is None:
        return None
    path = path_of(kind, name, shapes.paths)
    taken = [] if told is None else walked(kind.walked, path, path[0].origin, told)
    state = taken[-1].target if taken else path[0].origin
    case = Case(
        id=by.request,
        request_id=by.request if request else None,
        number=by.number,
        kind=request,
        path=name,
        state=state,
        since=by.now,
        version=1,
        standing=True,
        rulebook_version=version,
        begun_at=by.now,
        begun_by=by.applicant,
        begun_by_name=by.applicant_name,
        facts=facts,
        filled=filled,
    )
    walked_by = (taken[-1] if taken else path[0]).clause
    steps = {"events": [each.event for each in taken]}
    told = happening("begin", path[0].origin, state, clause=walked_by, measures=facts, more=steps)
    event = {
        **told,
        "case_id": case.id,
        "version": case.version,
        "at": by.now,
        "person_id": by.applicant,
        "person_name": by.applicant_name,
    }
    return case, event


def is_about(about: About, filled: Any, person: UUID, name: str, led: Collection[UUID]) -> bool:
    """Whether a case is about a person: named, spoken of, or at the head of the unit that is."""
    if person == getattr(filled, about.person) or getattr(filled, about.unit) in led:
        return True
    return bool(name) and name in getattr(filled, about.text)


def stands_as(party: Party, case: Case[Any], person: UUID, led: Collection[UUID]) -> bool:
    """Whether a person stands in a case as this party."""
    named = column(case, party.column)
    if named is not None or not party.unit:
        return bool(named == person)
    return getattr(case.filled, party.unit) in led


def column(case: Case[Any], name: str) -> Any:
    """A column of a case, of how it began or of what is filled in."""
    return getattr(case.filled if name in fields_of(type(case.filled)) else case, name)


def stated(
    kind: CaseKind[Any],
    case: Case[Any],
    stage: Stage,
    given: Mapping[str, Any],
    names: Iterable[str],
) -> Measures:
    """What the path may ask: what the beginning stated, what is filled in, what the stage says."""
    filled = {
        name: getattr(case.filled, name)
        for name in fields_of(kind.record) & set(names)
        if getattr(case.filled, name) not in (None, "")
    }
    told = {name: value for name, value in given.items() if value not in (None, "")}
    known = {**case.facts, **filled, **stage.sets, **told, **stage.states}
    return {name: stored(value) for name, value in known.items()}


def tried(
    rows: Iterable[Transition],
    case: Case[Any],
    event: str,
    known: Measures,
    calendar: Calendar,
    now: datetime,
) -> Passage:
    """Whether the path lets an event follow now; else what is in the way and may still be met."""
    named = [each for each in rows if each.event == event]
    found = passage(named, case.state, event, known, calendar, since=case.since, now=now)
    own = {**vars(case.filled), **case.facts}  # A way barred by what the case is only misleads.
    stuck = tuple(o for o in found.obstacles if own.get(o.measure or "") not in (None, ""))
    far = {each.transition for each in stuck}
    near = tuple(each for each in found.obstacles if each.transition not in far)
    return replace(found, obstacles=near or stuck)


def filled_in(stage: Stage, filled: Any, given: Form, now: datetime) -> Any:
    """The record when a stage is taken: what it sets, when, and what it was given."""
    own = fields_of(type(filled))
    told = {
        each.name: value
        for each in fields(given)
        if each.name in own and (value := getattr(given, each.name)) is not None
    }
    return replace(filled, **{**stage.sets, **dict.fromkeys(stage.moments, now), **told})


def lacking(given: Form, clause: str | None) -> list[Problem]:
    """What the stage asks for and was not given."""
    return [
        Problem("REQUIRED", (each.name,), clause)
        for each in form_fields(type(given))
        if each.required and getattr(given, each.name) is None
    ]


def broken(kind: CaseKind[Any], stage: Stage, turn: Turn[Any], clause: str | None) -> list[Problem]:
    """What may not be empty by now and is, and the rules that do not hold."""
    empty = [
        Problem("REQUIRED", group[:1], clause)
        for group in stage.needs
        if not any(getattr(turn.after, name) for name in group)
    ]
    return empty or broken_by((*stage.rules, *kind.rules), turn, clause)


def broken_by(rules: Iterable[Rule[Any]], turn: Turn[Any], clause: str | None) -> list[Problem]:
    """The rules that do not hold."""
    return [Problem(rule.code, rule.path, clause) for rule in rules if not rule.holds(turn)]


def after(
    kind: CaseKind[Any],
    case: Case[Any],
    filled: Any,
    taken: Transition,
    every: Iterable[Transition],
    now: datetime,
) -> Case[Any]:
    """The case when an event has happened; what leads back to its own state changes no more."""
    every = tuple(every)
    # Where the next path of a chain has begun, what is left of the old one is only noted.
    noted = taken.id == case.path and _begun(kind, case, every)
    path, state = (case.path, case.state) if noted else (taken.id, taken.target)
    since = now if state != case.state else case.since
    moved = replace(
        case, version=case.version + 1, path=path, state=state, since=since, filled=filled
    )
    onward = any(each.target != each.origin for each in follow(kind, moved, every))
    return replace(moved, standing=onward)


def given_up(case: Case[Any], now: datetime) -> Case[Any]:
    """The case that will not be gone on with."""
    return replace(case, version=case.version + 1, state=GIVEN_UP, since=now, standing=False)
