"""How a case begins, by an approved request or an entry, with the clocks that then run."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import asyncpg

from domain import CASE_KINDS
from domain.approval.procedure import Approved, Form
from domain.approval.soundness import shape_problems
from domain.errors import Problem, Refused, at_fault
from domain.records.case_paths import beginning, entered, lacking
from domain.records.cases import Case, CaseKind, kind_of
from domain.vocabulary import STAGE, Act
from resolvers.ground.context import Context
from resolvers.ground.keeping import Overtaken, remember
from resolvers.records.acts import may
from resolvers.records.case_rows import keep_begun, record
from resolvers.records.case_turns import not_ready
from resolvers.records.registers import REFERRED
from resolvers.requests.words import camel
from resolvers.rules.rulebooks import LivingRulebook
from resolvers.time.clocks import Subject, happened

BEGIN = "begin"
"""The event by which a case begins without a request."""

Check = Callable[[Context, LivingRulebook, Any], Awaitable[list[Problem]]]
"""What an area has against a case that somebody wants to begin."""


async def begun(
    context: Context, form: Form, kind: str, approved: Approved, living: LivingRulebook | None
) -> None:
    """Begin the case that this kind of request begins, if any."""
    of = kind_of(CASE_KINDS, kind)
    made = of and living and beginning(*of, form, approved, living.shapes, living.version)
    if not (of and made):
        return
    case, event = made
    await keep_begun(context.transaction, approved.institution, of[0], case, event)
    subject = replace(subject_of(case, approved.institution), applicant=case.begun_by)
    further = [name for name, is_one in of[1].clocks.items() if is_one(case.filled)]
    events = [case.state, *further]
    await happened(context, [f"{kind}.{each}" for each in events], subject, living=living)


async def open_case(
    context: Context, kind: CaseKind[Any], form: Form, check: Check | None = None
) -> UUID:
    """Begin a case of the viewer's own, without a request.

    Raises:
        Refused: the office has no path for it, or what is filled in will not do.

    """
    viewer, entry = context.viewer, kind.entry
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
    filled = entry.fills(form) if entry else None
    made = entered(kind, filled, by, living.shapes, living.version)
    if made is None:
        raise Refused("CASE_NOT_KEPT_HERE", zh=kind.label.zh, en=kind.label.en)
    case, event = made
    clause = event["clause"]
    if missing := lacking(form, clause):
        raise not_ready(clause, shape_problems(form) + missing)
    against = shape_problems(form) + (await check(context, living, form) if check else [])
    if against:
        raise not_ready(clause, against)
    try:
        await keep_begun(context.transaction, viewer.institution, kind, case, event)
    except asyncpg.UniqueViolationError as taken:
        raise Overtaken from taken
    except asyncpg.ForeignKeyViolationError as nowhere:
        referred = REFERRED.search(nowhere.constraint_name or "")
        name = referred.group(1) if referred else "input"
        raise at_fault("NOT_FOUND_HERE", "input", camel(name)) from nowhere
    said = {"case": case.id, "of": kind.code}
    await remember(context.transaction, viewer.institution, context.answer, said, context.now)
    subject = subject_of(case, viewer.institution)
    await happened(context, [f"{kind.code}.{case.state}"], subject, living=living)
    await record(context, kind, case, event)
    return case.id


def must_begin(kind: CaseKind[Any], also: Check | None = None) -> Check:
    """A case that whoever may take the stage `begin` of it begins; `also` is asked then."""

    async def check(context: Context, living: LivingRulebook, form: Any) -> list[Problem]:
        verdict = await may(context, kind.code, Act.TAKE, {STAGE: BEGIN})
        if not verdict.allowed:
            label = kind.label
            raise Refused("NOT_A_KEEPER", clause=verdict.clause, zh=label.zh, en=label.en)
        return await also(context, living, form) if also else []

    return check


def subject_of(case: Case[Any], institution: str) -> Subject:
    """A case as that which clocks run for; whoever asked for it answers at first."""
    return Subject(case.id, institution, case.kind, case.request_id, (case.begun_by,), case.facts)
