"""A leaver's hand-over 离职交接: every seat, loan and named turn to somebody else, in one act."""

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from domain.approval.handover import handed_over, named_on
from domain.approval.verbs import Handed
from domain.errors import Refused, invalid
from domain.office.delegation import Span
from domain.office.notices import Notice
from domain.office.organisation import Seat
from domain.time.moments import OFFICE_TIME
from domain.values.names import Names, canonical
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.notices import announce
from resolvers.office import appointments, delegations, loans, posts
from resolvers.office.delegations import recorded
from resolvers.office.leaving import Behind, Leaving, lacking, left_behind
from resolvers.office.loans import LoanView
from resolvers.office.own_matters import reasons_against
from resolvers.requests.acting import keep_act
from resolvers.requests.pinned import with_rules
from resolvers.requests.rows import RequestView

OWN = statement(
    """select id, number, kind, status from requests
       where institution_id = :institution and applicant_id = :person
         and status in ('pending', 'returned') order by created_at, id"""
)
LEAVES = statement(
    """with leaver as (
         update people set leaves = :last_day
         where institution_id = :institution and id = :person returning institution_id, id)
       update sessions t set expires_at = least(t.expires_at, :until)
       from leaver where (t.institution_id, t.person_id) = (leaver.institution_id, leaver.id)"""
)


async def hand_over(context: Context, leaving: Leaving) -> dict[str, Any]:
    """Carry out the hand-over; what was done, as it is kept for a repeated call.

    The account signs in until the end of the last day, and its sessions end with it.

    Raises:
        Refused: NOT_HANDED_OVER with everything that would be left without a successor.

    """
    await appointments.alone(context)
    problems = [
        *posts.undocumented(leaving.document),
        *posts.wrong_days(leaving.last_day, None, context.today, "lastDay"),
    ]
    if problems:
        raise invalid(problems)
    behind = await left_behind(context, leaving)
    problems = [
        *lacking(context, leaving, behind),
        *await reasons_against(context, await _changing(context, leaving, behind), "personId"),
    ]
    if problems:
        raise Refused("NOT_HANDED_OVER", problems=problems, count=len(problems))
    who: dict[str, Any] = {"institution": context.viewer.institution, "person": leaving.person}
    done = {
        "leaver": str(leaving.person),
        "last_day": leaving.last_day.isoformat(),
        "seats": await _seats_pass(context, leaving, behind),
        "loans": await _loans_end(context, leaving),
        "steps": await _turns_pass(context, leaving, behind),
        "requests": [
            {name: str(value) for name, value in row.items()}
            for row in await context.rows(OWN, **who)
        ],
    }
    until = datetime.combine(leaving.day_after, time(), OFFICE_TIME)
    await context.rows(LEAVES, **who, last_day=leaving.last_day, until=until)
    await _tell(context, leaving, behind, done)
    content = {
        "document": canonical(Names.DOCUMENT, leaving.document),
        "reason": leaving.reason.strip(),
        "steps_to": leaving.steps_to,
    }
    await recorded(context, "handed_over", done, content)
    return done


async def _seats_pass(context: Context, leaving: Leaving, behind: Behind) -> dict[str, str | None]:
    """End the leaver's appointments and begin the successors'; by seat who follows."""
    await posts.cut(context, behind.ending, leaving.last_day)
    followed: dict[str, str | None] = {}
    for seat in dict.fromkeys(each.seat for each in behind.ending):
        successor = leaving.successors.get(seat)
        followed[str(seat)] = str(successor) if successor else None
        if successor and successor not in behind.holders(seat, leaving.day_after):
            person = behind.people[successor]
            await posts.appoint(context, behind.seats[seat], person, leaving.day_after, None)
    return followed


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
        await keep_act(context, view, "handed_over", known, None, content)
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
