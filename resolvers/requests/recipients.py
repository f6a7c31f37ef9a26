"""To whom a turn may go besides the seat that the rules name: seats and people of one's office."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from domain.approval.request import Step
from domain.approval.rounds import PENDING
from domain.errors import Problem, Refused, must_be_none
from domain.office.organisation import Seat, asked_already
from domain.rules.rows import DECIDING
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.people import these
from resolvers.ground.viewers import SEAT, read_seat
from resolvers.requests.acting import answered_elsewhere
from resolvers.requests.rows import RequestView, facts_of
from resolvers.requests.sending import people_behind
from resolvers.requests.written_rows import concerned

SEATS = statement(f"""
  select {SEAT} as seat
  from seats s join units u on (u.institution_id, u.id) = (s.institution_id, s.unit_id)
  where s.institution_id = :institution and s.id = any(cast(:ids as uuid[]))""")


async def recipients(
    context: Context, view: RequestView, ids: Iterable[UUID], field: str
) -> tuple[Seat, ...]:
    """Seats of the viewer's office, and people as it were in seats of their own, in their order.

    Raises: Refused: one is unknown here, nobody holds it, or the applicant alone does, or whom the
    request complains of.
    """
    wanted = tuple(dict.fromkeys(ids))
    rows = await context.rows(SEATS, ids=wanted, today=context.today)
    found = {seat.id: seat for seat in (read_seat(row["seat"]) for row in rows)}
    if context.viewer.institution == view.request.institution:
        for person in (await these(context, set(wanted) - found.keys())).values():
            own = (view.request.institution, "", view.unit_id or view.id, view.unit_name)
            found[person.id] = Seat(person.id, *own, (person,))
    problems = []
    for each in wanted:
        path = ("input", field)
        holders = {holder.id for holder in found[each].holders} if each in found else set()
        if each not in found:
            problems.append(Problem("NOT_OF_THIS_OFFICE", path))
        elif not holders:
            problems.append(Problem("NOBODY_THERE", path))
        elif holders == {view.request.applicant}:
            problems.append(Problem("OWN_REQUEST", path))
        elif holders <= {view.request.applicant, concerned(view)}:
            problems.append(Problem("CONCERNS_THEM", path))
    must_be_none(problems)
    return tuple(found[each] for each in wanted)


async def must_ask_others(
    context: Context, view: RequestView, step: Step, asked: Mapping[tuple[str, ...], UUID]
) -> None:
    """Refuse to ask the viewer, or anybody twice, by whichever seat or name they are meant.

    `asked` names, by its path, each who is to be asked.

    Raises: Refused: naming each who is oneself, has this turn or a signature in hand already, or is
    asked under two names.
    """
    me = context.viewer.person.id
    turns = [step, *(e for e in view.request.steps if e.added_to and e.status in PENDING)]
    everybody = {*asked.values(), *(seat for turn in turns for seat in turn.seats)}
    behind = {seat.id: frozenset(h.id for h in seat.holders) for seat in view.seats.values()}
    behind |= await people_behind(context, view, everybody, everybody)
    with_them = [{person for seat in turn.seats for person in behind[seat]} for turn in turns]
    again = asked_already([behind[each] for each in asked.values()])
    problems = []
    for index, (path, each) in enumerate(asked.items()):
        people = behind[each]
        if people == {me} and each not in step.seats:
            problems.append(Problem("NOT_TO_ONESELF", path))
        elif index in again or any(people <= taken for taken in with_them):
            problems.append(Problem("ALREADY_WITH_THEM", path))
    if problems:
        raise Refused(problems[0].code, clause=step.clauses[0], problems=problems)


def must_be_entitled(view: RequestView, step: Step, seat: Seat) -> None:
    """A turn that decides passes only to a seat to which the rules give the same act here.

    Raises: Refused: they do not; or the turn is a body's or an outside answer.
    """
    if view.living is None:
        raise RuntimeError("a request is judged by the rules that it is pinned to")
    if step.act == "vote" or answered_elsewhere(view, step):
        raise Refused("NOT_HANDED_ON", clause=step.clauses[0])
    if step.act not in DECIDING:
        return
    held = {view.seats[each].role or step.role for each in step.seats if each in view.seats}
    kind, facts = view.request.kind, facts_of(view)
    may = view.living.authority.may
    if not seat.role or not (
        seat.role in held
        or may(frozenset({seat.role}), view.request.institution, kind, step.act, facts)
    ):
        raise Refused("NOT_ENTITLED", clause=step.clauses[0])
