"""A leaver's hand-over 离职交接: every seat, loan and named turn to somebody else, in one act."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from domain.approval.verbs import Handed, handed_over, named_on
from domain.errors import Problem, Refused, must_be_none
from domain.office.changes import Appoint, EndAppointment, made
from domain.office.delegation import Span
from domain.office.notices import Notice
from domain.office.organisation import Seat
from domain.time.moments import OFFICE_TIME
from domain.values.names import Names, canonical
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.notices import announce
from resolvers.office import appointments, delegations, loans
from resolvers.office.leaving import SUCCESSORS, Behind, Leaving, lacking, left_behind
from resolvers.office.loans import LoanView
from resolvers.office.organising import carry_out, is_weighty, judge
from resolvers.office.outcomes import Outcome, sentence
from resolvers.office.own_matters import reasons_against
from resolvers.requests.acting import keep_act
from resolvers.requests.routing import with_rules
from resolvers.requests.rows import RequestView

OWN = statement("""
  select id, number, kind, status from requests
  where institution_id = :institution and applicant_id = :person
    and status in ('pending', 'returned') order by created_at, id""")
LEAVES = statement("""
  with leaver as (
    update people set leaves = :last_day
    where institution_id = :institution and id = :person returning institution_id, id)
  update sessions t set expires_at = least(t.expires_at, :until)
  from leaver where (t.institution_id, t.person_id) = (leaver.institution_id, leaver.id)""")


async def hand_over(context: Context, given: Mapping[str, Any], by: UUID) -> Outcome:
    """Carry out the hand-over; what was done is its answer.

    The account signs in until the end of the last day, and its sessions end with it.

    Raises: Refused: NOT_HANDED_OVER with everything that would be left without a successor.
    """
    leaving: Leaving = made(Leaving, given)
    undocumented = appointments.undocumented(leaving.document)
    days = appointments.wrong_days(leaving.last_day, None, context.today, "lastDay")
    must_be_none([*undocumented, *days])
    behind = await left_behind(context, leaving)
    judged = await judge(context, _changes(context, leaving, behind), by)
    problems = [*lacking(context, leaving, behind)]
    told = {each.code for each in problems}
    problems += [
        Problem(fault.problem.code, SUCCESSORS, fault.problem.clause, fault.problem.details)
        for fault in judged.plan.faults
        if fault.problem.code not in told
    ]
    changing = await _changing(context, leaving, behind)
    problems += await reasons_against(context, changing, by, "personId")
    if problems:
        raise Refused("NOT_HANDED_OVER", problems=problems, count=len(problems))
    who: dict[str, Any] = {"institution": context.viewer.institution, "person": leaving.person}
    ended = await _loans_end(context, leaving)
    await carry_out(context, judged)
    done = {
        "leaver": str(leaving.person),
        "last_day": leaving.last_day.isoformat(),
        "seats": _followed(leaving, behind),
        "loans": ended,
        "steps": await _turns_pass(context, leaving, behind),
        "requests": [
            {name: str(value) for name, value in row.items()}
            for row in await context.rows(OWN, **who)
        ],
    }
    until = datetime.combine(leaving.day_after, time(), OFFICE_TIME)
    await context.rows(LEAVES, **who, last_day=leaving.last_day, until=until)
    await _tell(context, leaving, behind, done)
    me = context.viewer.person
    content = {
        "document": canonical(Names.DOCUMENT, leaving.document),
        "reason": leaving.reason.strip(),
        "steps_to": leaving.steps_to,
        "asked_by": by,
    }
    await context.record("handed_over", {**done, **content, "person": me.id, "name": me.name})
    details = {"whom": behind.leaver.name, "last_day": leaving.last_day.isoformat()}
    said = sentence(behind.living, "SAID_HANDED_OVER", details)
    return Outcome(said, is_weighty(judged) or bool(behind.naming), done)


def _changes(context: Context, leaving: Leaving, behind: Behind) -> list[Any]:
    """The leaver's appointments end, and the successors' begin."""
    changes: list[Any] = []
    for seat in dict.fromkeys(each.seat for each in behind.ending):
        changes.append(EndAppointment(seat, leaving.person, leaving.last_day))
        successor = leaving.successors.get(seat)
        there = behind.holders(seat, leaving.day_after)
        if successor and successor in behind.people and successor not in there:
            id_ = context.services.new_id()
            changes.append(Appoint(id_, seat, successor, leaving.day_after))
    return changes


def _followed(leaving: Leaving, behind: Behind) -> dict[str, str | None]:
    """By seat who follows."""
    seats = dict.fromkeys(each.seat for each in behind.ending)
    return {
        str(seat): str(leaving.successors[seat]) if seat in leaving.successors else None
        for seat in seats
    }


async def _changing(context: Context, leaving: Leaving, behind: Behind) -> set[UUID]:
    """The seats that change hands, and the leaver, whom turns may name."""
    lent = {loan.seat.id for loan in await _loans_of(context, leaving)}
    return {leaving.person, *(each.seat for each in behind.ending), *lent}


async def _loans_of(context: Context, leaving: Leaving) -> list[LoanView]:
    """What the leaver lent or borrowed beyond the last day; a vacant seat stays lent."""
    return [
        loan
        for loan in await loans.standing(context, Span(leaving.day_after, date.max))
        if loan.borrower.id == leaving.person
        or (loan.lender.id == leaving.person and not loan.delegation.vacant)
    ]


async def _loans_end(context: Context, leaving: Leaving) -> list[str]:
    ended = await _loans_of(context, leaving)
    for loan in ended:
        await delegations.stop(context, loan, leaving.last_day)
    return [str(loan.delegation.id) for loan in ended]


async def _turns_pass(context: Context, leaving: Leaving, behind: Behind) -> list[dict[str, str]]:
    """Give the turns that name the leaver to the successor; which, by their requests."""
    if leaving.steps_to is None:
        return []
    me, to = context.viewer.person, behind.people[leaving.steps_to]
    handed = Handed(me.id, me.name, leaving.reason.strip(), context.now)
    passed = []
    for known in behind.naming:
        request = handed_over(known.request, leaving.person, to.id, handed)
        own = (known.request.institution, "", known.unit_id or known.id, known.unit_name)
        turn = Seat(to.id, *own, (to.holder,))
        view: RequestView = replace(
            await with_rules(context, known), request=request, seats={**known.seats, to.id: turn}
        )
        content = {"from": leaving.person, "to": to.id}
        await keep_act(context, view, "handed_over", known, content, answers=False)
        passed += [
            {"request": str(known.id), "number": known.number, "step": str(step.id)}
            for step in named_on(known.request, leaving.person)
        ]
    return passed


async def _tell(context: Context, leaving: Leaving, behind: Behind, done: dict[str, Any]) -> None:
    me, day = context.viewer.person, leaving.last_day.isoformat()
    told = [Notice("HAND_OVER_DONE", leaving.person, me.institution, {"day": day})]
    if leaving.steps_to is not None and done["steps"]:
        details = {"leaver": behind.leaver.name, "day": day, "count": len(done["steps"])}
        told.append(Notice("WORK_HANDED_OVER", leaving.steps_to, me.institution, details))
    await announce(context, *told)
