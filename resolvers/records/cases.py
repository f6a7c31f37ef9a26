"""A stage of a case taken: what it asks for, what it leaves behind, and who hears of it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from types import MappingProxyType
from typing import Any
from uuid import UUID

from domain.approval.forms import plain as as_json
from domain.approval.procedure import Form
from domain.approval.soundness import shape_problems
from domain.errors import Refused
from domain.records.case_counts import terms
from domain.records.case_paths import after, broken, filled_in, lacking, stated, tried
from domain.records.case_tables import happening
from domain.records.cases import Case, CaseKind, Paper, Stage, Turn
from domain.records.stage_forms import fields_of
from domain.records.stage_rules import days_of_notice
from domain.shapes.paths import Transition
from domain.shapes.points import end_of
from domain.time.moments import OFFICE_TIME
from domain.vocabulary import FactValue
from resolvers.files.attaching import Wanted, give
from resolvers.files.attaching import found as attached
from resolvers.ground.context import Context
from resolvers.records.case_bars import barred_by_clauses, known_of_whom
from resolvers.records.case_going_on import numbered, signatures
from resolvers.records.case_looks import Look, Looks, history_of, look_at, not_ready
from resolvers.records.case_notices import (
    counted_from,
    is_kept,
    standing_as,
    subject_of,
    tell,
    whose_turn,
)
from resolvers.records.case_rows import CaseView, find, keep, record, seats_in
from resolvers.records.case_turns import (
    acting_in,
    counted,
    dated,
    not_following,
    obstacle,
    on_record,
)
from resolvers.records.having import brought_about, writing
from resolvers.records.verdicts import Acting
from resolvers.requests.papers import Attachment
from resolvers.requests.words import camel
from resolvers.time.clocks import entrust, happened

NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Taking:
    """A stage that is being taken, for what an area must look up or write beside the case."""

    view: CaseView
    given: Form
    filled: Any
    seats: Sequence[Acting]
    clause: str | None


Effect = Callable[[Context, Taking], Awaitable[Mapping[str, Any]]]
"""What a stage brings about that no declaration can say; it returns columns that it fills in."""


@dataclass(frozen=True)
class Said:
    """A stage as it was sent. `note`: its part is only put on record, another seat takes it."""

    case: UUID
    version: int
    event: str
    given: Form
    note: bool = False


async def take(
    context: Context,
    kind: CaseKind[Any],
    said: Said,
    effect: Effect | None = None,
    looks: Looks | None = None,
) -> UUID:
    """Take a stage of a case, or put one's part of it on record.

    Raises: Refused: the case has changed, the stage is another's, the path does not let it follow,
    or something that it asks for is missing: each reason with its clause.
    """
    view = await to_change(context, kind, said.case, said.version)
    case, living, stage = view.case, view.living, kind.stages[said.event]
    given, papers = await with_papers(context, said.given, case.id)
    rows = view.may_follow
    named = tuple(each for each in rows if each.event == said.event)
    if not named:
        raise not_following(view, said.event, rows)
    seats, clause = await seats_in(context, view), named[0].clause or None
    acting = acting_in(context, view, named[0], seats, note=said.note)
    known = stated(kind, case, stage, vars(given), living.shapes.measures)
    lines = await counted(context, view, named) | days_of_notice(stage, given, context.today)
    known = {**on_record(view, said.event), **known, **lines}
    look = Look(said.event, rows, known, given, said.note)
    looked = await look_at(context, view, look, looks)
    known = {**await known_of_whom(context, view, said.event, known), **known, **looked.known}
    found = tried(rows, case, said.event, known, await context.calendar(), context.now)
    against = (
        shape_problems(given) + ([] if said.note else lacking(given, clause)) + [*looked.against]
    )
    asked = fields_of(type(given))
    told = {name for each in named for name in each.when.regions} & known.keys()
    if said.note:
        told &= looked.said | {name for name, value in vars(given).items() if value is not None}
    elif found.taken is None:
        barred = [dated(each, looked) for each in found.obstacles]
        against += [obstacle(each, living, asked) for each in barred]
        against += looked.remarks
    if not said.note:
        against += barred_by_clauses(view, said.event, known, asked)
    if against:
        nearest = found.taken or next((each.transition for each in found.obstacles), named[0])
        raise not_ready(nearest.clause, against)
    measures = {name: _plain(known[name]) for name in told}
    if said.note or found.taken is None:
        noted = replace(named[0], target=case.state)
        now = replace(case, version=case.version + 1)
        line = {**line_of(noted, acting, given, measures), "taken": False}
        await give(context, papers, kind.code, case.id)
        await keep(context, view, now, line)
        await record(context, kind, now, line)
        return case.id
    signed = signatures(context, kind, stage)
    filled = replace(filled_in(stage, case.filled, given, context.now), **signed)
    changed = await brought_about(context, view, stage, given, filled, clause)
    taking = Taking(view, given, replace(filled, **changed), seats, clause)
    changed |= await effect(context, taking) if effect else {}
    filled = replace(filled, **changed)
    if stage.numbers:
        as_filled = replace(case, filled=filled)
        filled = (await numbered(context, kind, as_filled, [said.event], living)).filled
        changed = {**changed, stage.numbers: getattr(filled, stage.numbers)}
    if against := broken(kind, stage, Turn(case.filled, filled, context.now, case.kind), clause):
        raise not_ready(clause, against)
    await writing(context, view, stage, filled)
    await give(context, papers, kind.code, case.id)
    now = after(kind, case, filled, found.taken, living.shapes.paths, context.now)
    shown = {name: value for name, value in changed.items() if name not in kind.hidden}
    line = line_of(found.taken, acting, given, measures, shown)
    await keep(context, view, now, line)
    await _set_clocks(context, view, now, line, stage)
    await tell(context, view, now, stage.tells, found.taken.clause)
    await record(context, kind, now, line)
    return case.id


async def to_change(context: Context, kind: CaseKind[Any], case_id: UUID, version: int) -> CaseView:
    """Raises: Refused: there is none, it has changed, or its request no longer stands."""
    view = await find(context, kind, case_id)
    if view.case.version != version:
        raise Refused("CASE_CHANGED", version=view.case.version)
    if view.over:
        raise Refused("CASE_IS_OVER")
    return view


async def _set_clocks(
    context: Context, view: CaseView, now: Case[Any], line: Mapping[str, Any], stage: Stage
) -> None:
    """Stop and start what the new state concerns; a new party answers for it from now on."""
    before = view.case
    reached = now.state if now.state != before.state else line["event"]
    subject = subject_of(view.kind, now, context.viewer.institution)
    if kept := is_kept(view.kind):
        turn = await whose_turn(context, view.taking, view.kind, now)
        subject = replace(subject, responsible=turn)
    at = counted_from(now, stage.since)
    said = [*view.entries, {**line, "at": context.now.isoformat()}] if view.kind.counts else []
    over = max(terms(view.kind.counts, history_of(view, said)).values(), default=at and at.date())
    until = end_of(over, context.now.astimezone(OFFICE_TIME)) if over else None
    named = context, [f"{view.asked_for}.{reached}"], subject
    await happened(*named, at=at, living=view.living, until=until)
    for term, column in stage.terms.items():
        if day := getattr(now.filled, column):
            ends = end_of(day, context.now.astimezone(OFFICE_TIME))
            of = f"{view.asked_for}.{term}"
            await happened(context, [of], subject, at=at, living=view.living, until=ends)
    if kept:
        await entrust(context, subject)
    parties = [each for each in view.kind.parties if _assigns(stage, each.column)]
    # Whoever a stage gives it to answers; where it is given back, whoever else stands in it.
    for party in (*parties, *view.kind.parties) if parties else ():
        if handling := await standing_as(context, view, now, party):
            await entrust(context, replace(subject, responsible=tuple(sorted(handling))))
            return


def _assigns(stage: Stage, name: str) -> bool:
    """Whether a stage says who stands in a column."""
    return name in (*stage.signs, *stage.sets) or name in fields_of(stage.fills)


async def with_papers(
    context: Context, given: Form, case: UUID
) -> tuple[Form, tuple[Attachment, ...]]:
    """What was filled in, each paper with its name, and the papers to be attached."""
    papers: tuple[Attachment, ...] = ()
    for each in fields(given):
        paper = getattr(given, each.name)
        if isinstance(paper, Paper):
            wanted = Wanted(paper.upload, each.metadata["zh"], (camel(each.name),))
            [there] = found = await attached(context, [wanted], of=case)
            told = {each.name: replace(paper, name=there.name)}
            given, papers = replace(given, **told), (*papers, *found)
    return given, papers


def line_of(
    taken: Transition,
    acting: tuple[str, Acting | None],
    given: Form | None,
    measures: Mapping[str, Any],
    changed: Mapping[str, Any] = NOTHING,
) -> dict[str, Any]:
    role, seat = acting
    told = {each.name: getattr(given, each.name) for each in fields(given)} if given else {}
    comment = told.pop("text", None) or ""
    told |= changed
    particulars = {name: as_json(value) for name, value in told.items() if value not in (None, "")}
    if seat and seat.loan:
        particulars["acting_for"] = {
            "delegation": str(seat.loan.delegation),
            "lender_name": seat.loan.lender_name,
            "document": seat.loan.document,
        }
    return happening(
        *(taken.event, taken.origin, taken.target),
        clause=taken.clause,
        measures=measures,
        more=particulars,
        comment=comment,
        role=role,
        seat=seat.seat if seat else None,
    )


def _plain(value: FactValue) -> str | bool:
    return value if isinstance(value, bool | str) else str(value)
