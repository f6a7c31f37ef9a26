"""What the viewer may do with a request right now, and the reason where not."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

from domain.approval import engine, verbs
from domain.approval.engine import Actor
from domain.approval.request import Decision, Status, Step, StepStatus
from domain.approval.rounds import PENDING
from domain.errors import Refused
from resolvers.ground.viewers import Viewer
from resolvers.requests.demands import is_ahead
from resolvers.requests.lending import must_be_lendable
from resolvers.requests.rows import RequestView
from resolvers.requests.sending import beside
from resolvers.requests.separating import must_be_apart, must_meet

PASSED_ON = ("TRANSFER", "ADD_SIGNERS", "CORRECT")
"""What may be done with a turn in hand besides taking it."""


def allowed_actions(
    viewer: Viewer, view: RequestView, now: datetime, *, leading: bool
) -> Iterator[tuple[str, Refused | None]]:
    """Each action that concerns the viewer, with the refusal that it would meet."""
    request, person = view.request, viewer.person
    actor = viewer.actor(request.kind, view.facts)
    turns = [step for step in request.steps if step.status is StepStatus.OPEN]
    mine = [step for step in turns if actor.seat_for(step, request)]
    for step in (mine or turns)[:1]:
        for decision in Decision:
            yield decision.name, _refusal(partial(_check, view, step, actor, decision))
        for verb in PASSED_ON:
            yield verb, _refusal(partial(engine.in_hand, request, step.id, actor))
    for step in request.steps:
        if step.added_to and step.status in PENDING:
            taken_back = partial(verbs.remove_signer, request, step.id, actor, now)
            yield "REMOVE_SIGNER", _refusal(taken_back)
    yield from ((verb, _refusal(judged)) for verb, judged in beside(viewer, view, leading=leading))
    if view.procedure.reports_back and request.completed_at:
        yield "CORRECT_RETURN", _refusal(lambda: engine.correct_return(request, person.id))
    if person.id != request.applicant:
        return
    if request.status is Status.DRAFT:
        yield "DISCARD", None
        return
    ahead = is_ahead(view, now)
    yield "WITHDRAW", _refusal(lambda: engine.withdraw(request, person.id, ahead=ahead))
    yield "RESUBMIT", _refusal(lambda: engine.resubmittable(request, person.id))
    if view.procedure.reports_back:
        yield "REPORT_BACK", _refusal(lambda: engine.report_back(request, person.id, now))


def _check(view: RequestView, step: Step, actor: Actor, decision: Decision) -> None:
    engine.check(view.request, step.id, actor, decision)
    if decision is not Decision.RETURN:
        must_meet(view, step)
    must_be_apart(view, actor, step)
    must_be_lendable(view, actor, step)


def _refusal(act: Callable[[], object]) -> Refused | None:
    try:
        act()
    except Refused as refused:
        return refused
    return None
