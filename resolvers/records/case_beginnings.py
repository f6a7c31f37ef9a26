"""How a case begins, by an approved request or an entry, with the clocks that then run."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

from domain import CASE_KINDS
from domain.approval.procedure import Approved, Circumstances, Form
from domain.approval.soundness import shape_problems
from domain.errors import Problem, Refused
from domain.records.case_paths import beginning, entered, lacking, paths_of, unkept
from domain.records.cases import CaseKind, Turn
from domain.records.stage_forms import fields_of, plain
from domain.shapes.eligibility import reasons
from domain.vocabulary import Act
from resolvers.ground.context import Context
from resolvers.ground.keeping import alone
from resolvers.records.acts import may
from resolvers.records.case_going_on import go_on, walked_through
from resolvers.records.case_looks import not_ready
from resolvers.records.case_notices import counted_from, subject_of, whose_turn
from resolvers.records.case_rows import keep_begun, record
from resolvers.records.case_turns import unmet
from resolvers.records.case_under_way import put, way
from resolvers.records.classified import must_be_graded
from resolvers.records.on_duty import posts_borne
from resolvers.rules.rulebooks import LivingRulebook
from resolvers.time.clocks import happened

BEGIN = "begin"
"""The event by which a case begins without a request."""

Check = Callable[[Context, LivingRulebook, Any], Awaitable[list[Problem]]]
"""What an area has against a case that somebody wants to begin."""


async def begun(
    context: Context, form: Form, asked: str, approved: Approved, living: LivingRulebook | None
) -> None:
    """Begin the case that this kind of request begins, if any, or take the one it names along."""
    of = next(
        ((kind, each) for kind in CASE_KINDS for each in kind.begins_with if each.kind == asked),
        None,
    )
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

    Raises:
        Refused: the office has no path for it, it is another's to begin, or what is filled in will
            not do.

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
    if missing := lacking(form, _clause(kind, living)):
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
    clause = event["clause"]
    if entry and entry.kept:
        await _must_keep(context, kind, case.filled)
    against = [*shape_problems(form), *_demanded(living, kind, form)]
    against += await _broken(context, kind, form)
    against += await check(context, living, form) if check else []
    against += [] if against else _unfit(context, living, kind, case.filled)
    against += unkept(kind.rules, Turn(case.filled, case.filled, context.now), clause)
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


def _clause(kind: CaseKind[Any], living: LivingRulebook) -> str | None:
    """By which clause the office's path for such a case begins."""
    of_kind = (row.clause for row in living.shapes.paths if row.id in kind.chain)
    return next(of_kind, None)


async def _must_keep(context: Context, kind: CaseKind[Any], filled: Any) -> None:
    """Raises: Refused: no line lets the viewer keep such a case, with the clause that says so."""
    posts = await posts_borne(context, kind.code, getattr(filled, kind.day, None))
    verdict = await may(context, kind.code, Act.KEEP, vars(filled), posts)
    if not verdict.allowed:
        raise Refused("NOT_A_KEEPER", clause=verdict.clause, **kind.label.both)


def _demanded(living: LivingRulebook, kind: CaseKind[Any], form: Form) -> Iterator[Problem]:
    """The columns that a clause of the office demands of a beginning and that are empty."""
    asked_when = kind.entry.asked_when if kind.entry else {}
    own = fields_of(kind.entry.form) if kind.entry else frozenset()
    for kept in living.registers:
        for name in kept.columns if kept.register == kind.code else ():
            is_asked = name not in asked_when or getattr(form, asked_when[name])
            if is_asked and name in own and getattr(form, name) in (None, ""):
                yield Problem("REQUIRED", (name,), kept.clause)


async def _broken(context: Context, kind: CaseKind[Any], form: Form) -> list[Problem]:
    """The rules of a beginning that do not hold."""
    known = Circumstances(context.now, await context.calendar(), rank="", employment="")
    rules = kind.entry.rules if kind.entry else ()
    return [
        Problem(each.code, each.path, each.clause, each.details)
        for each in rules
        if not each.holds(form, known)
    ]


def _unfit(
    context: Context, living: LivingRulebook, kind: CaseKind[Any], filled: Any
) -> list[Problem]:
    """What the office's list of what, or who, may begin one has against it: `<kind>.begin`."""
    entry, me = kind.entry, context.viewer.person
    subject = (entry.fit_for if entry else "") or f"{kind.code}.begin"
    rows = [row for row in living.shapes.eligibility if row.subject == subject]
    own = {name: plain(value) for name, value in vars(filled).items() if value not in (None, "")}
    known = own if entry and entry.kept else {**me.facts, **own}
    return [unmet(each) for each in reasons(rows, known)]
