"""How a case begins, by an approved request or an entry, with the clocks that then run.

One that was under way before it came in is put where it stands, with the number it has, by whoever
may take the stage that it has reached.
"""

import re
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

from domain.approval.procedure import Approved, Form
from domain.approval.soundness import shape_problems
from domain.errors import Problem, Refused, invalid
from domain.records.case_paths import after, beginning, broken_by, entered, lacking, paths_of
from domain.records.cases import Case, CaseKind, Entry, Turn
from domain.records.lines import stored
from domain.records.numbering import numbered_in
from domain.records.stage_forms import fields_of
from domain.shapes.eligibility import reasons
from domain.shapes.numbers import NUMBER, YEAR, series_of
from domain.shapes.paths import Transition, way_to
from domain.sheets import plain as in_short
from domain.vocabulary import STAGE, Act
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.derived import derived
from resolvers.ground.keeping import alone
from resolvers.records.acts import may, titles
from resolvers.records.case_bars import unmet
from resolvers.records.case_going_on import BEGUN_BY, go_on, numbered, walked_through
from resolvers.records.case_looks import not_ready
from resolvers.records.case_notices import counted_from, subject_of, whose_turn
from resolvers.records.case_rows import columns_of, keep_begun, record
from resolvers.records.classified import must_be_graded
from resolvers.records.demanded import unkept
from resolvers.records.roster_rows import posts_borne
from resolvers.requests.needs import unfilled
from resolvers.rules.rulebooks import LivingRulebook
from resolvers.time.clocks import happened

COUNTED = statement("""
  insert into line_numbers as counted (institution_id, register, series, year, last)
  values (:institution, :register, :series, :year, :number)
  on conflict (institution_id, register, series, year)
  do update set last = greatest(counted.last, :number)""")


def way(names: Iterable[str], living: LivingRulebook, stage: str) -> list[Transition]:
    """The stages that lead to the one that people call so, on the first path that has it.

    Raises: Refused: none has it.
    """
    every = living.shapes.paths
    paths = [path for e in names if (path := tuple(each for each in every if each.id == e))]
    wanted = in_short(stage)

    def is_it(each: Transition) -> bool:
        said = (each.event, each.target, each.label.zh, each.label.en)
        return wanted in map(in_short, said)

    for path in paths:
        if walk := way_to(path, is_it):
            return walk
    known = dict.fromkeys(each.label.zh for path in paths for each in path)
    told = {"value": stage, "known": "、".join(known)}
    raise invalid([Problem("NO_SUCH_STAGE", ("stage",), None, told)])


async def put(
    context: Context,
    kind: CaseKind[Any],
    case: Case[Any],
    walk: list[Transition],
    living: LivingRulebook,
) -> Case[Any]:
    """The case where these stages have led it, with what they left and was not said.

    Raises: Refused: the last of them is another's to take, or its number is not written as here.
    """
    facts = {**columns_of(case), STAGE: walk[-1].event}
    verdict = await may(context, kind.code, Act.TAKE, facts)
    if not verdict.allowed:
        clause = verdict.clause or walk[-1].clause
        raise Refused("NOT_YOURS_TO_DO", clause=clause, **titles(living, verdict.whose))
    events = [each.event for each in walk]
    left = {name for each in events if each in kind.stages for name in kind.stages[each].moments}
    empty = {name for name in left if getattr(case.filled, name) is None}
    case = replace(case, filled=replace(case.filled, **dict.fromkeys(empty, context.now)))
    if number := getattr(case.filled, numbered_in(kind) or "", ""):
        await _counted(context, kind, case, living, number)
    case = await numbered(context, kind, case, events, living)
    for each in walk:
        case = after(kind, case, case.filled, each, living.shapes.paths, context.now)
    return replace(case, version=1)


async def _counted(
    context: Context, kind: CaseKind[Any], case: Case[Any], living: LivingRulebook, number: str
) -> None:
    """The numbers of its series go on behind one that is written as the office writes them."""
    value = stored(getattr(case.filled, kind.series)) if kind.series else ""
    series = series_of(living.shapes.numbers, kind.code, str(value or ""), context.today.year)
    pattern = re.escape(series.pattern).replace(re.escape(YEAR), "(?P<year>[0-9]{4})")
    found = re.fullmatch(pattern.replace(re.escape(NUMBER), "0*(?P<number>[0-9]{1,9})"), number)
    if found:
        told = {"register": series.of, "series": series.value, "number": int(found["number"])}
        year = int(found.groupdict().get("year") or series.year) if series.year else 0
        await context.rows(COUNTED, **told, year=year)


BEGIN = "begin"
"""The event by which a case begins without a request."""

Check = Callable[[Context, LivingRulebook, Any], Awaitable[list[Problem]]]
"""What an area has against a case that somebody wants to begin."""


async def begun(
    context: Context, form: Form, asked: str, approved: Approved, living: LivingRulebook | None
) -> None:
    """Begin the case that this kind of request begins, if any, or take the one it names along."""
    of = next(iter(BEGUN_BY.get(asked, ())), None)
    if of is None or living is None:
        return
    if of[1].goes_on and (named := getattr(form, of[1].goes_on)):
        await go_on(context, of[0], named, approved)
        return
    made = beginning(*of, form, approved, living.shapes, living.version)
    if made is None:
        return
    case, event = made
    events = event["particulars"]["events"]
    case = await walked_through(context, of[0], case, events, living)
    await keep_begun(context.transaction, approved.institution, of[0], case, event)
    subject = replace(subject_of(of[0], case, approved.institution), applicant=case.begun_by)
    further = [name for name, is_one in of[1].clocks.items() if is_one(case.filled)]
    for name in (case.state, *further):
        at = counted_from(case, of[1].since.get(name, ""))
        await happened(context, [f"{asked}.{name}"], subject, at=at, living=living)


async def open_case(
    context: Context, kind: CaseKind[Any], form: Form, check: Check | None = None, stage: str = ""
) -> UUID:
    """Begin a case of the viewer's own, without a request; or put it at a stage that it reached.

    Raises: Refused: the office has no path for it, it is another's to begin, or what is filled in
    will not do.
    """
    viewer, entry = context.viewer, kind.entry
    living = await context.rulebook()
    by = Approved(
        request=context.services.new_id(),
        number="",
        institution=viewer.institution,
        applicant=viewer.person.id,
        applicant_name=viewer.person.name,
        unit=None,
        unit_name="",
        facts={},
        now=context.now,
        new_id=context.services.new_id,
    )
    of_kind = (row.clause for row in living.shapes.paths if row.id in kind.chain)
    if missing := lacking(form, next(of_kind, None)):
        raise not_ready(missing[0].clause, shape_problems(form) + missing)
    paths, walk = paths_of(kind, form), []
    if stage or not entry:
        names = paths if entry else living.vocabulary.objects[kind.code].paths
        walk = way(names, living, stage)
        paths = (walk[0].id,)
    made = entered(kind, form, by, living.shapes, living.version, paths)
    if made is None:
        raise Refused("CASE_NOT_KEPT_HERE", **kind.label.both)
    case, event = made
    if walk:
        case = await put(context, kind, case, walk, living)
        taken = {"events": [each.event for each in walk]}
        event |= {"target": case.state, "clause": walk[-1].clause, "particulars": taken}
    clause, asked_when = event["clause"], entry.asked_when if entry else {}
    if entry and entry.kept:
        await _must_keep(context, kind, case.filled)
    if entry and entry.once:
        await _must_be_once(context, kind, entry, case.filled, clause)
    not_asked = {name for name, when in asked_when.items() if not getattr(form, when)}
    # What is brought in from before says more than a beginning is asked for.
    not_asked |= fields_of(type(form)) - (fields_of(entry.form) if entry else frozenset())
    against = [*shape_problems(form), *unfilled(living, kind.code, form, not_asked)]
    against += await unkept(context, entry.rules, form) if entry else []
    against += await check(context, living, form) if check else []
    against += [] if against else _unfit(context, living, kind, case.filled)
    against += broken_by(kind.rules, Turn(case.filled, case.filled, context.now), clause)
    if against:
        raise not_ready(clause, against)
    await must_be_graded(context, living.vocabulary.objects[kind.code], case.filled)
    with alone():
        await keep_begun(context.transaction, viewer.institution, kind, case, event)
    said = {"case": case.id, "of": kind.code}
    await context.remember(said)
    subject = subject_of(kind, case, viewer.institution)
    if entry and entry.kept:
        subject = replace(subject, responsible=await whose_turn(context, living, kind, case))
    at = counted_from(case, entry.since) if entry else None
    await happened(context, [f"{kind.code}.{case.state}"], subject, at=at, living=living)
    await record(context, kind, case, event)
    return case.id


async def _must_be_once(
    context: Context, kind: CaseKind[Any], entry: Entry, filled: Any, clause: str
) -> None:
    """Raises: Refused: there is a case of the same; two at once are judged in turn."""
    same = {name: stored(getattr(filled, name)) for name in entry.once}
    institution = context.viewer.institution
    await context.one_at_a_time(f"{institution}:{kind.code}:{sorted(map(str, same.items()))}")
    if await context.row(_the_same(kind.table.name, entry.once), **same):
        raise Refused("BEGUN_ALREADY", clause=clause, **kind.label.both)


@derived
def _the_same(cases: str, once: tuple[str, ...]) -> str:
    same = " and ".join(f"{name} is not distinct from :{name}" for name in once)
    return f"select id from {cases} where institution_id = :institution and {same} limit 1"


async def _must_keep(context: Context, kind: CaseKind[Any], filled: Any) -> None:
    """Raises: Refused: no line lets the viewer keep such a case, with the clause that says so."""
    posts = await posts_borne(context, kind.code, getattr(filled, kind.day, None))
    verdict = await may(context, kind.code, Act.KEEP, vars(filled), posts)
    if not verdict.allowed:
        raise Refused("NOT_A_KEEPER", clause=verdict.clause, **kind.label.both)


def _unfit(
    context: Context, living: LivingRulebook, kind: CaseKind[Any], filled: Any
) -> list[Problem]:
    """What the office's list of what, or who, may begin one has against it: `<kind>.begin`."""
    entry, me = kind.entry, context.viewer.person
    subject = (entry.fit_for if entry else "") or f"{kind.code}.begin"
    rows = [row for row in living.shapes.eligibility if row.subject == subject]
    own = {name: stored(value) for name, value in vars(filled).items() if value not in (None, "")}
    known = own if entry and entry.kept else {**me.facts, **own}
    asked = fields_of(entry.form) if entry else ()
    return [unmet(each, asked) for each in reasons(rows, known)]
