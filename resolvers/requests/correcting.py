"""A fact or an amount corrected by a seat that acts: the form is judged and routed anew."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from domain.approval import corrections
from domain.approval.engine import in_hand
from domain.approval.forms import form_fields, read_form, write_form
from domain.approval.procedure import Form
from domain.errors import Problem, Refused, at_fault, invalid, must_be_none
from domain.time.moments import OFFICE_TIME
from domain.vocabulary import Source, Vocabulary
from resolvers.ground.context import Context
from resolvers.ground.people import load_applicant
from resolvers.requests.acting import changed, keep_act
from resolvers.requests.lending import must_be_lendable
from resolvers.requests.papers import papers_before
from resolvers.requests.rows import RequestView, facts_of
from resolvers.requests.sending import tell
from resolvers.requests.submissions import (
    Basis,
    Filled,
    Judged,
    fields_below,
    judge,
    placed,
    plain_facts,
)
from resolvers.requests.words import camel

CORRECTABLE = frozenset({Source.FORM, Source.JUDGEMENT})


async def correct(
    context: Context, known: RequestView, step_id: UUID, changes: Mapping[str, Any], reason: str
) -> RequestView:
    """Correct facts of the form (更正, 核减) while one's turn is open; the rules route it anew.

    `changes` are by the form's stored names. The pinned rules judge, as of the day of submission.

    Raises: Refused: the turn is not the viewer's, or the corrected form has no route.
    """
    actor = context.viewer.actor(known.request.kind, known.facts)
    step = in_hand(known.request, step_id, actor)
    must_be_lendable(known, actor, step)
    if known.living is None or known.submitted_at is None:
        raise RuntimeError("a request on its way is judged by the rules that it is pinned to")
    if context.viewer.institution != known.request.institution:
        raise Refused("CORRECTED_AT_HOME", clause=step.clauses[0])
    form = _corrected(known, changes, known.living.vocabulary)
    submitted = known.submitted_at.astimezone(OFFICE_TIME).date()
    who = await load_applicant(context, known.request.institution, known.request.applicant)
    filled = Filled(form, papers_before(known), known.seat_id, named_before(known))
    basis = Basis(who, known.living, submitted, known.id, submitted)
    with fields_below("changes", type(form)):
        judged = await judge(context, known.procedure, filled, basis)
    route = placed(context, judged, context.now)
    mark = _mark(context, known, changes, reason)
    less = corrections.is_less(facts_of(known), judged.facts)
    request = corrections.rerouted(known.request, route, less=less, mark=mark, now=context.now)
    view = _as_judged(changed(context, known, request), judged, form)
    await keep_act(context, view, "corrected", known, {"step": step_id, **mark})
    to, clause = [(known.request.applicant, known.request.institution)], step.clauses[0]
    await tell(context, view, "REQUEST_CORRECTED", to, clause=clause, reason=reason)
    return view


def _corrected(known: RequestView, changes: Mapping[str, Any], vocabulary: Vocabulary) -> Form:
    facts = vocabulary.facts
    problems = [
        Problem("NOT_CORRECTABLE", ("input", "changes", camel(name)))
        for name in changes
        if name not in facts or facts[name].source not in CORRECTABLE
    ]
    must_be_none(problems)
    form = known.procedure.form
    try:
        corrected: Form = read_form(form, {**known.form, **changes})
    except Refused as refused:
        raise invalid(
            [replace(each, path=("input", "changes", *each.path)) for each in refused.problems]
        ) from None
    if corrected == read_form(form, known.form):
        raise at_fault("NOTHING_CORRECTED", "input", "changes")
    return corrected


def _as_judged(view: RequestView, judged: Judged, form: Form) -> RequestView:
    used = {seat for step in view.request.steps for seat in step.seats}
    return replace(
        view,
        form=write_form(form),
        facts=plain_facts(judged.facts),
        claims=judged.route.claims,
        notes=tuple(
            {"code": note.code, "details": dict(note.details)} for note in judged.route.notes
        ),
        counted=judged.counted,
        provisional=judged.provisional,
        seats={**view.seats, **{key: seat for key, seat in judged.seats.items() if key in used}},
    )


def _mark(
    context: Context, known: RequestView, changes: Mapping[str, Any], reason: str
) -> dict[str, Any]:
    was = {name: known.form.get(name) for name in changes}
    form = known.procedure.form
    labels = [field.label for field in form_fields(form) if field.name in changes]
    return {
        "code": "CORRECTED",
        "name": context.viewer.person.name,
        "reason": reason,
        "at": context.now.isoformat(),
        "before": was,
        "after": dict(changes),
        "fields": {
            "zh": "、".join(each.zh for each in labels),
            "en": ", ".join(each.en for each in labels),
        },
    }


def named_before(known: RequestView) -> dict[str, UUID]:
    """Whom the form named, told from the turns that people take without a seat."""
    return {
        step.role: seat
        for step in known.request.steps
        if not step.added_to
        for seat in step.seats
        if seat in known.seats and not known.seats[seat].role
    }
