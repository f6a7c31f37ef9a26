"""The case of a request that was approved, with the clocks that run from its first state."""

from dataclasses import replace
from typing import Any

from domain import CASE_KINDS
from domain.approval.procedure import Approved, Form
from domain.records.case_paths import beginning
from domain.records.cases import Case, kind_of
from resolvers.ground.context import Context
from resolvers.records.case_rows import keep_begun
from resolvers.rules.rulebooks import LivingRulebook
from resolvers.time.clocks import Subject, happened


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
    events = [case.state, *of[1].clocks(case.filled)]
    await happened(context, [f"{kind}.{each}" for each in events], subject, living=living)


def subject_of(case: Case[Any], institution: str) -> Subject:
    """A case as that which clocks run for; whoever asked for it answers at first."""
    return Subject(case.id, institution, case.kind, case.request_id, (case.begun_by,), case.facts)
