"""How a case begins, by an approved request or an entry, with the clocks that then run."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import asyncpg

from domain import CASE_KINDS
from domain.approval.procedure import Approved, Form
from domain.approval.soundness import shape_problems
from domain.errors import Problem, Refused
from domain.records.case_paths import beginning, entered, lacking, unkept
from domain.records.cases import Case, CaseKind, Turn
from resolvers.ground.context import Context
from resolvers.ground.keeping import Overtaken, remember
from resolvers.records.case_going_on import go_on, walked_through
from resolvers.records.case_rows import columns_of, keep_begun, record
from resolvers.records.case_turns import not_ready
from resolvers.rules.rulebooks import LivingRulebook
from resolvers.time.clocks import Subject, happened

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
    subject = replace(subject_of(case, approved.institution), applicant=case.begun_by)
    further = [name for name, is_one in of[1].clocks.items() if is_one(case.filled)]
    reached = [case.state, *further]
    await happened(context, [f"{asked}.{each}" for each in reached], subject, living=living)


async def open_case(
    context: Context, kind: CaseKind[Any], form: Form, check: Check | None = None
) -> UUID:
    """Begin a case of the viewer's own, without a request.

    Raises:
        Refused: the office has no path for it, or what is filled in will not do.

    """
    viewer = context.viewer
    living = await context.rulebook(viewer.institution)
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
    made = entered(kind, form, by, living.shapes, living.version)
    if made is None:
        raise Refused("CASE_NOT_KEPT_HERE", zh=kind.label.zh, en=kind.label.en)
    case, event = made
    clause = event["clause"]
    if missing := lacking(form, clause):
        raise not_ready(clause, shape_problems(form) + missing)
    against = shape_problems(form) + (await check(context, living, form) if check else [])
    against += unkept(kind.rules, Turn(case.filled, case.filled, context.now), clause)
    if against:
        raise not_ready(clause, against)
    try:
        await keep_begun(context.transaction, viewer.institution, kind, case, event)
    except asyncpg.UniqueViolationError as taken:
        raise Overtaken from taken
    said = {"case": case.id, "of": kind.code}
    await remember(context.transaction, viewer.institution, context.answer, said, context.now)
    subject = subject_of(case, viewer.institution)
    await happened(context, [f"{kind.code}.{case.state}"], subject, living=living)
    await record(context, kind, case, event)
    return case.id


def subject_of(case: Case[Any], institution: str) -> Subject:
    """A case as that which clocks run for; whoever asked for it answers at first."""
    facts = {**columns_of(case), **case.facts}
    return Subject(case.id, institution, case.kind, case.request_id, (case.begun_by,), facts)
