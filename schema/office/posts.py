"""Vacant seats, appointments and a leaver's hand-over 离职交接 in the API."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain.errors import at_fault, invalid
from domain.office.changes import Appoint, EndAppointment, told, written
from domain.values.names import Names, canonical
from resolvers.office import appointments, loans
from resolvers.office.administering import administer
from resolvers.office.leaving import Leaving
from schema.ground.acts import act, acts
from schema.ground.fields import Info, query
from schema.ground.ids import Id, global_id, uuid_of
from schema.ground.scalars import KindCode
from schema.office.administering import ACTS, AdministrativeAct, waiting
from schema.office.delegations import Delegation, delegation_of
from schema.office.organisation import Person, Seat, person_of, seat_of
from schema.requests.kinds import CODE, RequestKind, kind_told

WAITS = "The act, where a second person has to confirm it first: nothing is changed until then."


@strawberry.type
class VacantSeat:
    """A seat that nobody holds today."""

    seat: Annotated[Seat, "The seat."]
    waiting_steps: Annotated[int, "How many open steps wait for it."]
    oldest_since: Annotated[datetime | None, "Since when the oldest waits."]
    vacant_since: Annotated[
        date | None, "The first day without a holder; null where it never had one."
    ]
    lent: Annotated[Delegation | None, "The loan that fills in today."]


@strawberry.input
class SuccessorInput:
    """Who follows in a seat."""

    seat_id: Annotated[strawberry.ID, "A seat of the leaver."]
    person_id: Annotated[strawberry.ID, "Who holds it from the day after."]


@strawberry.type
class PostChanged:
    """The seat as it is held today."""

    seat: Annotated[Seat, "With its holders today."]
    waits: Annotated[AdministrativeAct | None, WAITS]


@strawberry.type
class Succession:
    """A seat that the leaver held, and who follows."""

    seat: Annotated[Seat, "With its holders today."]
    successor: Annotated[Person | None, "Who follows; null where others hold the seat too."]


@strawberry.type
class StepHandedOver:
    """A step that named the leaver, now the successor's."""

    id: Annotated[strawberry.ID, "The step."]
    number: Annotated[str, "The number of its request."]


@strawberry.type
class PendingOfLeaver:
    """A request of the leaver's own that is not decided yet."""

    id: Annotated[strawberry.ID, "The request."]
    number: Annotated[str, "Its number."]
    kind: Annotated[RequestKind, "Its kind."]
    kind_code: Annotated[KindCode, CODE]
    status: Annotated[str, "PENDING or RETURNED."]


@strawberry.type
class HandedOver:
    """What the hand-over did."""

    person: Annotated[Person, "Who leaves."]
    last_day: Annotated[
        date, "The last day on which the account signs in; its sessions end with it."
    ]
    successions: Annotated[list[Succession], "Seat by seat."]
    steps: Annotated[list[StepHandedOver], "Steps that named the leaver."]
    ended_loans: Annotated[list[strawberry.ID], "Loans given or taken that end with the last day."]
    pending_requests: Annotated[
        list[PendingOfLeaver], "The leaver's own requests, to be withdrawn or awaited."
    ]
    waits: Annotated[AdministrativeAct | None, WAITS]


async def vacant_seats(info: Info) -> list[VacantSeat]:
    """The institution's seats without a holder today, those with the oldest work first."""
    context = info.context
    roles = (await context.rulebook()).vocabulary.roles
    return [
        VacantSeat(
            seat=seat_of(each.seat, roles, context.language),
            waiting_steps=each.steps,
            oldest_since=each.oldest,
            vacant_since=each.since,
            lent=await delegation_of(context, each.loan) if each.loan else None,
        )
        for each in await appointments.vacant_seats(context)
    ]


SeatId = Annotated[UUID, Id("Seat"), "The seat."]
Document = Annotated[str, "The document that orders it: number and name."]


async def fill_seat(
    info: Info,
    seat_id: SeatId,
    person_id: Annotated[UUID, Id("Person"), "A colleague other than the viewer."],
    document: Document,
    begins: Annotated[date | None, "The first day; today when absent."] = None,
    ends: Annotated[date | None, "The last day, if one is set."] = None,
) -> PostChanged:
    """Appoint a colleague to a seat from a day on; nobody appoints themselves."""
    key = info.context.services.new_id()
    first = begins or info.context.today
    return await _posted(info, Appoint(key, seat_id, person_id, first, ends), document)


async def end_appointment(
    info: Info,
    seat_id: SeatId,
    person_id: Annotated[UUID, Id("Person"), "Who holds it."],
    last_day: Annotated[date, "The last day; today at the earliest."],
    document: Document,
) -> PostChanged:
    """End an appointment after a last day; the last two administrators of a kind stay."""
    return await _posted(info, EndAppointment(seat_id, person_id, last_day), document)


async def hand_over(
    info: Info,
    person_id: Annotated[UUID, Id("Person"), "Who leaves."],
    last_day: Annotated[date, "The last working day; today at the earliest."],
    successors: Annotated[list[SuccessorInput], "For each seat that would stand vacant."],
    document: Document,
    steps_to_person_id: Annotated[
        UUID | None, Id("Person"), "Who takes over the steps that name the leaver in person."
    ] = None,
    reason: Annotated[str, "Why."] = "",
) -> HandedOver:
    """End a leaver's seats, loans and named turns in one act, each with a successor."""
    leaving = Leaving(
        person=person_id,
        last_day=last_day,
        document=document,
        reason=reason,
        successors=_successors(successors),
        steps_to=steps_to_person_id,
    )
    done = await administer(info.context, "hand_over", ACTS["hand_over"], told(leaving))
    return await replay_handed_over(info, done.answer)


async def replay_handed_over(info: Info, answer: Mapping[str, Any]) -> HandedOver:
    context = info.context
    roles = (await context.rulebook()).vocabulary.roles
    followed: dict[UUID, UUID | None] = {
        UUID(seat): UUID(person) if person else None for seat, person in answer["seats"].items()
    }
    seats = await appointments.seats(context, list(followed))
    wanted = {UUID(answer["leaver"]), *(person for person in followed.values() if person)}
    people = await appointments.colleagues(context, list(wanted))

    def person(id: UUID | None) -> Person | None:
        return person_of(people[id].holder) if id else None

    return HandedOver(
        person=person_of(people[UUID(answer["leaver"])].holder),
        last_day=date.fromisoformat(answer["last_day"]),
        successions=[
            Succession(
                seat=seat_of(seats[seat], roles, context.language), successor=person(successor)
            )
            for seat, successor in followed.items()
        ],
        steps=[
            StepHandedOver(
                id=global_id("Step", f"{each['request']}:{each['step']}"), number=each["number"]
            )
            for each in answer["steps"]
        ],
        ended_loans=[global_id("Delegation", each) for each in answer["loans"]],
        pending_requests=[
            PendingOfLeaver(
                id=global_id("Request", each["id"]),
                number=each["number"],
                **kind_told(each["kind"]),
                status=each["status"].upper(),
            )
            for each in answer["requests"]
        ],
        waits=await waiting(info, answer),
    )


def _successors(given: Sequence[SuccessorInput]) -> dict[UUID, UUID]:
    """By seat who follows. Raises: Refused: a seat is named twice."""
    found: dict[UUID, UUID] = {}
    for index, each in enumerate(given):
        path = ("successors", str(index))
        seat = uuid_of(each.seat_id, "Seat", *path, "seatId")
        if seat in found:
            raise at_fault("NAMED_TWICE", "input", *path, "seatId")
        found[seat] = uuid_of(each.person_id, "Person", *path, "personId")
    return found


async def _posted(info: Info, change: Any, document: str) -> PostChanged:
    if problems := appointments.undocumented(document):
        raise invalid(problems)
    given = {
        "changes": [written(change)],
        "document": canonical(Names.DOCUMENT, document),
        "answer": {"seat": str(change.seat_id)},
    }
    done = await administer(info.context, "organise", ACTS["organise"], given)
    return await _changed(info, done.answer)


async def _changed(info: Info, answer: Mapping[str, Any]) -> PostChanged:
    context, seat = info.context, UUID(answer["seat"])
    roles = (await context.rulebook()).vocabulary.roles
    found = await appointments.seat(context, seat, "seatId")
    shown = seat_of(found, roles, context.language)
    return PostChanged(seat=shown, waits=await waiting(info, answer))


POST: Any = {"permission": loans.MANAGES_POSTS, "result": "PostResult", "replay": _changed}
FIELDS = (
    query(vacant_seats, loans.MANAGES_POSTS),
    *acts(fill_seat, end_appointment, **POST),
    act(hand_over, loans.MANAGES_POSTS, replay=replay_handed_over),
)
