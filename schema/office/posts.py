"""Vacant seats, appointments and a leaver's hand-over 离职交接 in the API."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain.errors import at_fault
from resolvers.ground.context import Context
from resolvers.office import appointments, handover, loans, posts
from resolvers.office.leaving import Leaving
from resolvers.office.posts import Post
from schema.ground.errors import Refusal
from schema.ground.fields import Info, mutation, query
from schema.ground.ids import global_id, uuid_if_given, uuid_of
from schema.office.delegations import Delegation, delegation_of
from schema.office.organisation import Person, Seat, person_of, seat_of
from schema.requests.kinds import RequestKind

KEY = "The same key is answered once."
DOCUMENT = "The document that orders it: number and name."


@strawberry.type
class VacantSeat:
    """A seat that nobody holds today."""

    seat: Seat = strawberry.field(description="The seat.")
    waiting_steps: int = strawberry.field(description="How many open steps wait for it.")
    oldest_since: datetime | None = strawberry.field(description="Since when the oldest waits.")
    vacant_since: date | None = strawberry.field(
        description="The first day without a holder; null where it never had one."
    )
    lent: Delegation | None = strawberry.field(description="The loan that fills in today.")


@strawberry.input
class FillSeatInput:
    """An appointment."""

    seat_id: strawberry.ID = strawberry.field(description="The seat.")
    person_id: strawberry.ID = strawberry.field(description="A colleague other than the viewer.")
    begins: date = strawberry.field(description="The first day; today at the earliest.")
    ends: date | None = strawberry.field(default=None, description="The last day, if one is set.")
    document: str = strawberry.field(description=DOCUMENT)
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


@strawberry.input
class EndAppointmentInput:
    """The end of an appointment."""

    seat_id: strawberry.ID = strawberry.field(description="The seat.")
    person_id: strawberry.ID = strawberry.field(description="Who holds it.")
    last_day: date = strawberry.field(description="The last day; today at the earliest.")
    document: str = strawberry.field(description=DOCUMENT)
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


@strawberry.input
class SuccessorInput:
    """Who follows in a seat."""

    seat_id: strawberry.ID = strawberry.field(description="A seat of the leaver.")
    person_id: strawberry.ID = strawberry.field(description="Who holds it from the day after.")


@strawberry.input
class HandOverInput:
    """A leaver's hand-over: refused as a whole where something is left without a successor."""

    person_id: strawberry.ID = strawberry.field(description="Who leaves.")
    last_day: date = strawberry.field(description="The last working day; today at the earliest.")
    successors: list[SuccessorInput] = strawberry.field(
        description="For each seat that would stand vacant."
    )
    steps_to_person_id: strawberry.ID | None = strawberry.field(
        default=None, description="Who takes over the steps that name the leaver in person."
    )
    document: str = strawberry.field(description=DOCUMENT)
    reason: str = strawberry.field(default="", description="Why.")
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


@strawberry.type
class PostChanged:
    """The seat as it is held today."""

    seat: Seat = strawberry.field(description="With its holders today.")


@strawberry.type
class Succession:
    """A seat that the leaver held, and who follows."""

    seat: Seat = strawberry.field(description="With its holders today.")
    successor: Person | None = strawberry.field(
        description="Who follows; null where others hold the seat too."
    )


@strawberry.type
class StepHandedOver:
    """A step that named the leaver, now the successor's."""

    id: strawberry.ID = strawberry.field(description="The step.")
    number: str = strawberry.field(description="The number of its request.")


@strawberry.type
class PendingOfLeaver:
    """A request of the leaver's own that is not decided yet."""

    id: strawberry.ID = strawberry.field(description="The request.")
    number: str = strawberry.field(description="Its number.")
    kind: RequestKind = strawberry.field(description="Its kind.")
    status: str = strawberry.field(description="PENDING or RETURNED.")


@strawberry.type
class HandedOver:
    """What the hand-over did."""

    person: Person = strawberry.field(description="Who leaves.")
    last_day: date = strawberry.field(
        description="The last day on which the account signs in; its sessions end with it."
    )
    successions: list[Succession] = strawberry.field(description="Seat by seat.")
    steps: list[StepHandedOver] = strawberry.field(description="Steps that named the leaver.")
    ended_loans: list[strawberry.ID] = strawberry.field(
        description="Loans given or taken that end with the last day."
    )
    pending_requests: list[PendingOfLeaver] = strawberry.field(
        description="The leaver's own requests, to be withdrawn or awaited."
    )


PostResult = Annotated[PostChanged | Refusal, strawberry.union("PostResult")]
HandOverResult = Annotated[HandedOver | Refusal, strawberry.union("HandOverResult")]


async def vacant_seats(info: Info) -> list[VacantSeat]:
    """The institution's seats without a holder today, those with the oldest work first."""
    context = info.context
    roles = (await context.rulebook(context.viewer.institution)).vocabulary.roles
    return [
        VacantSeat(
            seat=seat_of(each.seat, roles, context.language),
            waiting_steps=each.steps,
            oldest_since=each.oldest,
            vacant_since=each.since,
            lent=await delegation_of(context, each.loan) if each.loan else None,
        )
        for each in await posts.vacant_seats(context)
    ]


async def fill_seat(info: Info, input: FillSeatInput) -> PostChanged:
    """Appoint a colleague to a seat from a day on; nobody appoints themselves."""
    await posts.fill(info.context, _post(input), input.begins, input.ends)
    return await changed(info.context, uuid_of(input.seat_id, "Seat", "seatId"))


async def end_appointment(info: Info, input: EndAppointmentInput) -> PostChanged:
    """End an appointment after a last day; the last two policy administrators stay."""
    await posts.end(info.context, _post(input), input.last_day)
    return await changed(info.context, uuid_of(input.seat_id, "Seat", "seatId"))


async def replay_post(info: Info, answer: Any) -> PostChanged:
    return await changed(info.context, UUID(answer["seat"]))


async def hand_over(info: Info, input: HandOverInput) -> HandedOver:
    """End a leaver's seats, loans and named turns in one act, each with a successor."""
    to = input.steps_to_person_id
    leaving = Leaving(
        person=uuid_of(input.person_id, "Person", "personId"),
        last_day=input.last_day,
        document=input.document,
        reason=input.reason,
        successors=_successors(input.successors),
        steps_to=uuid_if_given(to, "Person", "stepsToPersonId"),
    )
    return await replay_handed_over(info, await handover.hand_over(info.context, leaving))


async def replay_handed_over(info: Info, answer: Mapping[str, Any]) -> HandedOver:
    context = info.context
    roles = (await context.rulebook(context.viewer.institution)).vocabulary.roles
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
                kind=RequestKind(each["kind"]),
                status=each["status"].upper(),
            )
            for each in answer["requests"]
        ],
    )


def _post(input: FillSeatInput | EndAppointmentInput) -> Post:
    return Post(
        seat=uuid_of(input.seat_id, "Seat", "seatId"),
        person=uuid_of(input.person_id, "Person", "personId"),
        document=input.document,
    )


def _successors(given: Sequence[SuccessorInput]) -> dict[UUID, UUID]:
    """By seat who follows.

    Raises:
        Refused: a seat is named twice.

    """
    found: dict[UUID, UUID] = {}
    for index, each in enumerate(given):
        path = ("successors", str(index))
        seat = uuid_of(each.seat_id, "Seat", *path, "seatId")
        if seat in found:
            raise at_fault("NAMED_TWICE", "input", *path, "seatId")
        found[seat] = uuid_of(each.person_id, "Person", *path, "personId")
    return found


async def changed(context: Context, seat: UUID) -> PostChanged:
    roles = (await context.rulebook(context.viewer.institution)).vocabulary.roles
    found = (await appointments.seats(context, [seat]))[seat]
    return PostChanged(seat=seat_of(found, roles, context.language))


@strawberry.type
class Query:
    vacant_seats = query(vacant_seats, list[VacantSeat], permission=loans.MANAGES_POSTS)


@strawberry.type
class Mutation:
    fill_seat = mutation(fill_seat, PostResult, permission=loans.MANAGES_POSTS, replay=replay_post)
    end_appointment = mutation(
        end_appointment, PostResult, permission=loans.MANAGES_POSTS, replay=replay_post
    )
    hand_over = mutation(
        hand_over, HandOverResult, permission=loans.MANAGES_POSTS, replay=replay_handed_over
    )
