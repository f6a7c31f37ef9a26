"""Consent that was given by telephone: recorded by a clerk, confirmed in writing by who gave it."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from domain.approval import verbs
from domain.approval.engine import Actor, open_step
from domain.approval.request import Step
from domain.errors import Refused, at_fault
from domain.office.organisation import Holder, Seat
from domain.shapes.clocks import term
from domain.shapes.house_clocks import confirmation
from domain.shapes.verbs import Verb, ruled, speaking_of
from resolvers.ground.context import Context
from resolvers.requests.acting import answered_elsewhere, changed, keep_act
from resolvers.requests.moving_clocks import subject_of
from resolvers.requests.rows import RequestView, facts_of
from resolvers.requests.sending import tell
from resolvers.requests.separating import must_be_apart
from resolvers.time.clocks import begin


async def record_consent(
    context: Context,
    known: RequestView,
    step_id: UUID,
    person: UUID,
    said_at: datetime | None,
    comment: str | None,
) -> RequestView:
    """Record that the holder of an open turn agreed by telephone.

    Raises: Refused: a clause forbids it here, the person does not hold the turn, or the time is
    wrong.
    """
    step = open_step(known.request, step_id)
    if step.act == "vote" or answered_elsewhere(known, step):
        raise Refused("NOT_BY_TELEPHONE", clause=step.clauses[0])
    clause = _allowed_by(known)
    seat, holder = _held(known, step, person)
    must_be_apart(known, Actor(holder.id, holder.name, frozenset({seat.id})), step)
    at = said_at or context.now
    if at > context.now or (step.opened_at and at < step.opened_at):
        raise at_fault("NOT_SAID_THEN", "input", "saidAt")
    viewer = context.viewer
    clock = confirmation(clause or step.clauses[0])
    due = term(clock, context.now, await context.calendar()).due
    said = {
        "seat": seat.id,
        "said_at": at.isoformat(),
        "recorded_by": viewer.person.id,
        "name": viewer.person.name,
        "comment": comment,
        "clause": clause,
    }
    recorder = viewer.actor(known.request.kind, known.facts)
    confirming = context.services.new_id()
    request = verbs.consent_by_telephone(
        known.request, step_id, holder, recorder, said, due, context.now, confirming
    )
    view = changed(context, known, request)
    content = {"step": step_id, "person": person, **said}
    await keep_act(context, view, "consent_recorded", known, content)
    if view.living:
        subject = replace(subject_of(view), id=confirming, responsible=(seat.id,))
        await begin(context, [clock], subject, view.living)
    to, rests_on = [(holder.id, seat.institution)], clause or step.clauses[0]
    by = due.date().isoformat()
    await tell(context, view, "CONFIRM_YOUR_CONSENT", to, clause=rests_on, due=by)
    return view


def _allowed_by(known: RequestView) -> str | None:
    """The clause that allows it, None where no clause speaks. Raises: Refused: one forbids it."""
    if known.living is None:
        raise RuntimeError("a request is judged by the rules that it is pinned to")
    kind, living = known.request.kind, known.living
    area = living.vocabulary.kinds[kind].area
    row = ruled(living.shapes.verbs, Verb.ORAL_CONSENT, kind, area, facts_of(known))
    if row is not None and not row.denies:
        return row.clause
    # What lets it in some cases lets it in these alone.
    spoken = speaking_of(living.shapes.verbs, Verb.ORAL_CONSENT, kind, area)
    if against := row or next((each for each in spoken if not each.denies), None):
        raise Refused("NOT_BY_TELEPHONE", clause=against.clause)
    return None


def _held(known: RequestView, step: Step, person: UUID) -> tuple[Seat, Holder]:
    for each in step.seats:
        seat = known.seats[each]
        for holder in seat.holders:
            if holder.id == person:
                return replace(seat, role=seat.role or step.role), holder
    raise at_fault("NOT_THEIR_STEP", "input", "personId", clause=step.clauses[0])
