"""What a clause holds the taker of a turn to: duties that nobody joins, and saying why."""

from collections.abc import Iterator
from uuid import UUID

from domain.approval.engine import Actor
from domain.approval.forms import read_form
from domain.approval.request import Decision, Step
from domain.approval.times import come
from domain.errors import Problem, Refused, at_fault
from domain.rules.switches import Switch
from domain.shapes.eligibility import reasons
from domain.shapes.separations import Separation, about, breaches
from domain.shapes.verbs import Verb, ruled
from domain.vocabulary import RoleClass
from resolvers.ground.context import Context
from resolvers.records.happened import counted_of, of_a_case
from resolvers.requests.rows import RequestView, facts_of
from resolvers.requests.written_rows import concerned


def separations_of(view: RequestView) -> tuple[Separation, ...]:
    """The rows of the pinned rulebook that speak of this kind of request."""
    if view.living is None:
        return ()
    kind = view.living.vocabulary.kinds[view.request.kind]
    return about(view.living.shapes.separations, kind.code, kind.area)


def separated(view: RequestView) -> frozenset[str]:
    """The duties that a clause keeps apart in this request."""
    return frozenset(duty for each in separations_of(view) for duty in each.duties)


def must_be_apart(view: RequestView, actor: Actor, step: Step) -> None:
    """Refuse a turn whose duty may not be joined with one that the person already did here.

    Raises: Refused: DUTIES_JOINED, with the clause; or the request complains of the person.
    """
    person = actor.person
    if concerned(view) == person:
        raise Refused("CONCERNS_YOU", clause=step.clauses[0])
    taking = actor.seat_for(step, view.request)
    must_join_none(view, person, actor.name, *_duties(view, step, taking))


def must_join_none(view: RequestView, person: UUID, name: str, *taking: str) -> None:
    """Raises: Refused: DUTIES_JOINED, also where whoever asks has signed for two by asking."""
    found = breaches(separations_of(view), {str(person): {*_duties_done(view, person), *taking}})
    joined = next((each for each in found if each.person is not None), None)
    if joined is None or view.living is None:
        return
    roles = view.living.vocabulary.roles
    named = [roles[duty].label.zh if duty in roles else duty for duty in joined.duties]
    clause, duties = joined.separation.clause, "、".join(named)
    raise Refused("DUTIES_JOINED", clause=clause, person=name, duties=duties)


def must_meet(view: RequestView, step: Step) -> None:
    """Raises: Refused: a clause has the body vote at its meeting, not by circulation."""
    kind, living = view.request.kind, view.living
    if living is None or living.vocabulary.roles[step.role].role_class is not RoleClass.BODY:
        return
    area = living.vocabulary.kinds[kind].area
    row = ruled(living.shapes.verbs, Verb.CIRCULATION, kind, area, facts_of(view))
    if row and row.denies:
        raise Refused("MEETING_ASKED", clause=row.clause)


async def must_be_ready(context: Context, view: RequestView, step: Step) -> None:
    """Hold agreement to the office's list `<kind>.<act>`, of the request and lines that name it.

    Raises: Refused: naming all that is not met.
    """
    living, of = view.living, view.request
    subject = f"{of.kind}.{step.act}"
    rows = [row for row in living.shapes.eligibility if row.subject == subject] if living else []
    if living is None or not rows:
        return
    counts = of_a_case(living, {name for row in rows for name in row.when.regions})
    ids, today = {"Request": of.id}, context.today
    # The lines are of the office that the request is of, whoever decides on it.
    await context.transaction.act_as(of.institution)
    lines = await counted_of(context.transaction, of.institution, counts, ids, today)
    await context.transaction.act_as(context.viewer.institution)
    times = dict(come(read_form(view.procedure.form, view.form), context.now))
    found = [
        Problem("REQUIREMENT_NOT_MET", ("input", "decision"), each.clause, {"label": each.label})
        for each in reasons(rows, {**facts_of(view), **lines, **times})
    ]
    if found:
        raise Refused("TURN_NOT_READY", clause=found[0].clause, problems=found, count=len(found))


def must_say_why(known: RequestView, decision: Decision, comment: str | None) -> None:
    """Raises: Refused: the office wants a reason of whoever does not agree."""
    living, kind = known.living, known.request.kind
    silent = decision is not Decision.AGREE and not (comment or "").strip()
    if silent and living and Switch.DEMANDS_REASONS in living.switched(kind):
        on = (e for e in living.switches if e.switch is Switch.DEMANDS_REASONS)
        raise at_fault("REASON_DEMANDED", "input", "comment", clause=next(on).clause)


def _duties_done(view: RequestView, person: UUID) -> Iterator[str]:
    for step in view.request.steps:
        if step.decided_by == person:
            yield from _duties(view, step, step.decided_in)


def _duties(view: RequestView, step: Step, taken_in: UUID | None) -> Iterator[str]:
    """The role that the clause names, and that of the seat which takes the turn."""
    yield step.role
    seat = view.seats.get(taken_in) if taken_in else None
    if seat and seat.role:
        yield seat.role
