"""What copies, circulations, urging and comments share: whom they reach, how they are recorded."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.approval.correspondence import any_urgeable, may_comment, may_send
from domain.approval.engine import Actor
from domain.approval.request import Status
from domain.errors import Problem, Refused, must_be_none
from domain.office.notices import Notice
from domain.office.organisation import Holder, Seat
from resolvers.ground import ledger
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.notices import announce
from resolvers.ground.viewers import HELD_TODAY, SEAT, Viewer, read_seat
from resolvers.requests.rows import RequestView
from resolvers.requests.written_rows import concerned

ABOVE = """any(array(
    select s.superior_id from institution_superiors s where s.institution_id = :institution
  ) || cast(:institution as text))"""
"""The institutions whose people may have sent a request on: its own and those above."""

WHO = f"""
  case when p.id is not null
    then jsonb_build_object('id', p.id, 'name', p.name, 'account', p.account) end as person,
  case when s.id is not null then {SEAT} end as seat"""
WHO_JOINED = """
  left join people p on (p.institution_id, p.id) = (c.institution_id, c.to_id)
  left join seats s on (s.institution_id, s.id) = (c.institution_id, c.to_id)
  left join units u on (u.institution_id, u.id) = (s.institution_id, s.unit_id)"""
"""The person or the seat that `c` was sent to."""


@dataclass(frozen=True)
class To:
    """One whom something is sent to: a person, or a seat and so whoever holds it."""

    id: UUID
    of: str


@dataclass(frozen=True)
class Who:
    """A recipient as it is shown: either a person or a seat."""

    person: Holder | None
    seat: Seat | None


def who(row: Mapping[str, Any]) -> Who:
    person, seat = row["person"], row["seat"]
    return Who(
        Holder(UUID(person["id"]), person["name"], person["account"]) if person else None,
        read_seat(seat) if seat else None,
    )


def acting(viewer: Viewer, view: RequestView) -> Actor:
    """The viewer as one who acts on this request.

    Raises: Refused: the request complains of the viewer, who has no part in its handling.
    """
    if concerned(view) == viewer.person.id:
        raise Refused("CONCERNS_YOU")
    return viewer.actor(view.request.kind, view.facts)


def beside(
    viewer: Viewer, view: RequestView, *, leading: bool
) -> Iterator[tuple[str, Callable[[], object]]]:
    """What may be done beside deciding, each with its judgement; how often is judged when done."""
    request = view.request
    if request.status is Status.DRAFT:
        return
    yield "URGE", lambda: any_urgeable(request, acting(viewer, view), leads=leading)
    for verb in ("COPY", "CIRCULATE"):
        yield verb, lambda: may_send(request, acting(viewer, view))
    yield "COMMENT", lambda: may_comment(request)


def is_mine(actor: Actor, to: UUID, view: RequestView) -> bool:
    """Whether what was sent there reaches this person, through a lent seat too."""
    loan = actor.lent.get(to)
    return to in actor.seats or (loan is not None and loan.lender != view.request.applicant)


async def must_reach(
    context: Context, view: RequestView, to: Sequence[To], field: str
) -> list[frozenset[UUID]]:
    """Who stands behind each whom something is sent to: people and seats of one's institution.

    Raises: Refused: naming each who is unknown, of another institution, complained of, or oneself.
    """
    known = await people_behind(
        context,
        view,
        [each.id for each in to if each.of == "Person"],
        [each.id for each in to if each.of == "Seat"],
    )
    about = concerned(view)
    problems = []
    for index, each in enumerate(to):
        path = ("input", field, str(index))
        if each.id not in known:
            problems.append(Problem("UNKNOWN_RECIPIENT", path))
        elif about in known[each.id]:
            problems.append(Problem("CONCERNS_THEM", path))
        elif known[each.id] == {context.viewer.person.id}:
            problems.append(Problem("SENT_TO_ONESELF", path))
    must_be_none(problems)
    return [known[each.id] for each in to]


async def tell(
    context: Context,
    view: RequestView,
    code: str,
    to: Iterable[tuple[UUID, str]],
    *,
    clause: str | None = None,
    subject: UUID | None = None,
    **details: Any,
) -> None:
    """Tell seats or people, each with the institution, what the viewer did with the request.

    It says who did so and the request's number; the `details` besides, or what it asks for.
    """
    kind = {"zh": view.label.zh, "en": view.label.en}
    said = {"name": context.viewer.person.name, "number": view.number, **(details or kind)}
    at_home = view.request.institution
    more: Any = {"request_institution": at_home, "clause": clause, "subject": subject}
    notices = [Notice(code, each, of, said, request=view.id, **more) for each, of in to]
    await announce(context, *notices)


async def record(
    context: Context,
    view: RequestView,
    event: str,
    content: Mapping[str, Any],
    clauses: Sequence[str] = (),
    *,
    changed: bool = True,
) -> None:
    """Keep the answer at home, and the act in the ledger of the request's own institution.

    What changed nothing is answered and leaves no line.
    """
    viewer, transaction = context.viewer, context.transaction
    await context.remember({"request": str(view.id)})
    if not changed:
        return
    whole = line_about(context, view, clauses, content)
    await transaction.act_as(view.request.institution)
    await ledger.append(transaction, view.request.institution, event, context.now, whole)
    await transaction.act_as(viewer.institution)


def line_about(
    context: Context, view: RequestView, clauses: Sequence[str], content: Mapping[str, Any]
) -> dict[str, Any]:
    """What the ledger says of an act of the viewer's on a request."""
    return {
        "request": view.id,
        "kind": view.request.kind,
        "status": view.request.status,
        "round": view.request.round,
        "person": context.viewer.person.id,
        "name": context.viewer.person.name,
        "clauses": clauses,
        "content": dict(content),
    }


BORROWERS = f"""
  select d.borrower_id from delegations d
  where (d.institution_id, d.seat_id) = (s.institution_id, s.id)
    and d.ended_at is null and d.begins <= :today and d.ends >= :today
    and d.lender_id is distinct from cast(:applicant as uuid)
    and (d.kinds is null or cast(:kind as text) = any(d.kinds))
    and (d.limit_fact is null
         or cast(cast(:facts as jsonb) ->> d.limit_fact as numeric) <= d.limit_maximum)
    and d.vacant <> exists (
      select from appointments a
      where (a.institution_id, a.seat_id) = (d.institution_id, d.seat_id)
        and (d.vacant or a.person_id = d.lender_id) and {HELD_TODAY})"""
"""To whom the seat `s` is lent for this request, as the viewer's own loans are read."""

PEOPLE = statement(f"""
  select p.id, array[p.id] as people from people p
  where p.institution_id = :institution and p.id = any(cast(:people as uuid[]))
    and (p.leaves is null or p.leaves >= :today)
  union all
  select s.id, array(
    select a.person_id from appointments a
    where (a.institution_id, a.seat_id) = (s.institution_id, s.id) and {HELD_TODAY}
    union {BORROWERS})
  from seats s
  where s.institution_id = :institution and s.id = any(cast(:seats as uuid[]))""")


async def people_behind(
    context: Context, view: RequestView, people: Collection[UUID], seats: Collection[UUID]
) -> dict[UUID, frozenset[UUID]]:
    """Who stands behind each of these in a request: holders, and whoever a seat is lent to.

    What the viewer's institution does not know is left out.
    """
    rows = await context.rows(
        PEOPLE,
        people=sorted(people),
        seats=sorted(seats),
        today=context.today,
        applicant=view.request.applicant,
        kind=view.request.kind,
        facts=dict(view.facts),
    )
    return {row["id"]: frozenset(row["people"]) for row in rows}
