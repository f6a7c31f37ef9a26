"""The verbs of a request, once for all areas: submit, resubmit, decide, withdraw.

Each reads, asks the pure engine, and keeps the outcome in one statement; who is overtaken by
another act is judged anew.
"""

from dataclasses import asdict, replace
from typing import Any, TypeVar
from uuid import UUID

from domain.approval import engine, rounds
from domain.approval.engine import Actor
from domain.approval.forms import write_form
from domain.approval.procedure import Form, Procedure
from domain.approval.recounts import is_recounted
from domain.approval.request import Decision, Request, Status, Step
from domain.errors import Refused, at_fault
from domain.rules.gaps import ESCALATED
from domain.time.moments import OFFICE_TIME
from domain.vocabulary import RoleClass
from resolvers.ground.context import Context
from resolvers.requests.acting import answered_elsewhere, changed, falls_to, keep_act
from resolvers.requests.demands import is_ahead
from resolvers.requests.drafts import own_draft
from resolvers.requests.lending import must_be_lendable
from resolvers.requests.papers import OutsideDocument, papers_before
from resolvers.requests.routing import kept_on_record, with_rules
from resolvers.requests.rows import RequestView, facts_of
from resolvers.requests.separating import (
    must_be_apart,
    must_be_ready,
    must_join_none,
    must_meet,
    must_say_why,
)
from resolvers.requests.submissions import (
    Filled,
    Judged,
    fields_below,
    judge,
    placed,
    plain_facts,
    today_for,
)

F = TypeVar("F", bound=Form)


async def submit(
    context: Context, procedure: Procedure[F], filled: Filled, draft: UUID | None = None
) -> RequestView:
    """Submit a form: it is routed by the rules of the day and pinned to their version.

    Raises: Refused: the form, the route or an overlapping absence does not allow it.
    """
    known = await own_draft(context, procedure.kind, draft) if draft else None
    if known and not filled.attachments:
        filled = replace(filled, attachments=papers_before(known))
    judged = await judge(context, procedure, filled)
    request_id = known.id if known else context.services.new_id()
    view = _submitted(context, procedure, filled, judged, request_id, known)
    number = await keep_act(context, view, "submitted", known, judged.facts, alone=True)
    return replace(view, number=number)


async def resubmit(
    context: Context, known: RequestView, procedure: Procedure[F], filled: Filled
) -> RequestView:
    """Submit a returned request again: a new round, by the rules of this day."""
    engine.resubmittable(known.request, context.viewer.person.id)
    if procedure.kind != known.request.kind:
        raise Refused("OTHER_KIND", kind=known.label)
    first_asked = known.submitted_at.astimezone(OFFICE_TIME).date() if known.submitted_at else None
    basis = replace(await today_for(context), known=known.id, first_asked=first_asked)
    filled = replace(filled, as_seat=filled.as_seat or known.seat_id)
    with fields_below("changes", procedure.form):
        judged = await judge(context, procedure, filled, basis)
    view = _submitted(context, procedure, filled, judged, known.id, known)
    await keep_act(context, view, "resubmitted", known, judged.facts, alone=True)
    return view


async def decide(
    context: Context,
    known: RequestView,
    step_id: UUID,
    decision: Decision,
    comment: str | None,
    *,
    answers: bool = True,
    target: UUID | None = None,
    document: OutsideDocument | None = None,
    body: str = "",
) -> RequestView:
    """Take a turn; it may be several, where they fall to the same person one after another.

    It `answers` the call, unless it is a part of a greater act: whoever keeps what a `body`
    resolved takes its turn in its seat.
    `target` is the earlier turn that a return goes to; an answer from outside stands on a document.
    """
    known = await with_rules(context, known)
    must_say_why(known, decision, comment)
    actor = context.viewer.actor(known.request.kind, known.facts)
    if body:
        of = {each for each, seat in known.seats.items() if seat.role == body}
        actor = replace(actor, seats=actor.seats | of)
    if target is not None and decision is Decision.RETURN:
        decided = engine.return_to(
            known.request, step_id, target, actor, comment, context.now, context.services.new_id
        )
    else:
        decided = engine.decide(
            known.request,
            step_id,
            actor,
            decision,
            comment,
            context.now,
            falls_to=falls_to(known),
            document=asdict(document) if document else None,
        )
    if step := known.request.step(step_id):
        _must_be_granted(actor, known, step)
        must_be_apart(known, actor, step)
        if not body and decision is not Decision.RETURN:
            must_meet(known, step)
        must_be_lendable(known, actor, step)
        _must_stand_on(actor, known, step, decision, document)
        if decision is Decision.AGREE:
            await must_be_ready(context, known, step)
    view = changed(context, known, decided)
    taken = [step for step in decided.steps if step not in known.request.steps and step.decided_by]
    content = {"turns": [_turn(step) for step in taken], "comment": comment}
    if document:
        content["files"] = [{"file": document.upload, "sha256": document.sha256}]
    alone = answers and document is None
    await keep_act(context, view, "decided", known, content, answers=answers, alone=alone)
    return view


def _must_stand_on(
    actor: Actor,
    known: RequestView,
    step: Step,
    decision: Decision,
    document: OutsideDocument | None,
) -> None:
    """What a body outside decides stands on its document; what another of the step does, not."""
    mine = [seat for seat in step.seats if seat in actor.seats or seat in actor.lent]
    outside = [
        RoleClass.OUTSIDE in answered_elsewhere(known, replace(step, seats=(each,)))
        for each in mine
    ]
    if document is not None and not any(outside):
        raise at_fault("NOT_AN_OUTSIDE_ANSWER", "input", "document", clause=step.clauses[0])
    if document is None and outside and all(outside) and decision is not Decision.RETURN:
        raise at_fault("OUTSIDE_DOCUMENT_MISSING", "input", "document", clause=step.clauses[0])


def _must_be_granted(actor: Actor, known: RequestView, step: Step) -> None:
    """The pinned Casbin rows still grant the turn to the seat that takes it.

    No row names a signer who was added, a confirmation, what a switch took up a level or to the
    next tier, or an extension judged like its leave.
    """
    seat = actor.seat_for(step, known.request)
    tier = any(note["code"] == ESCALATED for note in known.notes)
    unnamed = step.skipped or step.added_to or step.confirms or known.extends_id or tier
    # What was approved keeps the turns that it was approved with, however it is counted since.
    stands = known.request.status is Status.APPROVED and is_recounted(known.request)
    if seat is None or known.living is None or unnamed or stands:
        return
    roles = frozenset({known.seats[seat].role or step.role})
    institution, kind = known.request.institution, known.request.kind
    if not known.living.authority.may(roles, institution, kind, step.act, facts_of(known)):
        raise Refused("NOT_YOUR_STEP", clause=step.clauses[0])


async def withdraw(context: Context, known: RequestView) -> RequestView:
    """Take back one's own request."""
    ahead = is_ahead(known, context.now)
    withdrawn = engine.withdraw(known.request, context.viewer.person.id, ahead=ahead)
    view = changed(context, known, withdrawn)
    await keep_act(context, view, "withdrawn", known, {}, alone=True)
    return view


def _submitted(
    context: Context,
    procedure: Procedure[F],
    filled: Filled,
    judged: Judged,
    request_id: UUID,
    known: RequestView | None,
) -> RequestView:
    context.services.files.must_have_room()
    person = context.viewer.person
    facts, unit = plain_facts(judged.facts), judged.seat.unit
    with kept_on_record(context, procedure.kind, judged.living, unit, facts):
        steps = placed(context, judged, context.now)
    before = known.request.marks if known else ()
    opened = rounds.open_round(
        Request(
            id=request_id,
            institution=person.institution,
            kind=procedure.kind,
            status=Status.PENDING,
            version=known.request.version + 1 if known else 1,
            round=known.request.round + 1 if known and known.submitted_at else 1,
            applicant=person.id,
            marks=(*before, *(mark for mark in judged.marks if mark not in before)),
        ),
        steps,
        context.now,
    )
    used, seats = {seat for step in opened.steps for seat in step.seats}, judged.seats
    view = RequestView(
        request=opened,
        number=known.number if known else "",
        applicant_name=person.name,
        applicant_account=person.account,
        unit_id=judged.seat.unit_id,
        unit_name=unit,
        form=write_form(filled.form),
        attachments=tuple(each.stored for each in filled.attachments),
        facts=facts,
        notes=tuple(
            {"code": note.code, "details": dict(note.details)} for note in judged.route.notes
        ),
        claims=judged.route.claims,
        rulebook_version=judged.living.version,
        created_at=known.created_at if known else context.now,
        submitted_at=context.now,
        closed_at=context.now if opened.status is not Status.PENDING else None,
        seat_id=judged.seat.id,
        extends_id=judged.extends.request_id if judged.extends else None,
        seats={seat: seats[seat] for seat in used},
        living=judged.living,
        counted=judged.counted,
        provisional=judged.provisional,
    )
    must_join_none(view, person.id, person.name)
    return view


def _turn(step: Step) -> dict[str, Any]:
    return {
        "step": step.id,
        "role": step.role,
        "act": step.act,
        "seat": step.decided_in,
        "clauses": step.clauses,
        "decision": step.decision,
    }
