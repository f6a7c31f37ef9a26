"""Changes of who holds a seat, listed and confirmed by another administrator, in the API."""

from datetime import date, datetime

import strawberry

from resolvers.office import loans, seat_changes
from schema.ground.fields import Info, mutation, query
from schema.ground.ids import uuid_of
from schema.office.organisation import Person, Seat, person_of, seat_of
from schema.office.posts import KEY, PostChanged, PostResult, changed, replay_post


@strawberry.type
class Holding:
    """Somebody who holds a seat, or will."""

    name: str = strawberry.field(description="Their name.")
    begins: date = strawberry.field(description="The first day.")
    ends: date | None = strawberry.field(description="The last day, if one is set.")


@strawberry.type
class SeatChange:
    """A seat whose holders an administrator changed, unseen by any other."""

    seat: Seat = strawberry.field(description="With its holders today.")
    changed_by: Person = strawberry.field(
        description="Who submits nothing of their own to the seat until it is confirmed."
    )
    changed_at: datetime = strawberry.field(description="When last.")
    holdings: list[Holding] = strawberry.field(description="From today on.")


@strawberry.input
class ConfirmSeatInput:
    """What was changed, as it was seen."""

    seat_id: strawberry.ID = strawberry.field(description="The seat.")
    changed_at: datetime = strawberry.field(description="As `seatChanges` tells it.")
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


async def list_seat_changes(info: Info) -> list[SeatChange]:
    """Who holds which seat by whose hand, as long as no other administrator has confirmed it."""
    context = info.context
    roles = (await context.rulebook(context.viewer.institution)).vocabulary.roles
    return [
        SeatChange(
            seat=seat_of(each.seat, roles, context.language),
            changed_by=person_of(each.by),
            changed_at=each.at,
            holdings=[Holding(name=a.name, begins=a.begins, ends=a.ends) for a in each.held],
        )
        for each in await seat_changes.unconfirmed(context)
    ]


async def confirm_seat(info: Info, input: ConfirmSeatInput) -> PostChanged:
    """Confirm who holds a seat, as another administrator changed it."""
    seat = uuid_of(input.seat_id, "Seat", "seatId")
    await seat_changes.confirm(info.context, seat, input.changed_at)
    return await changed(info.context, seat)


@strawberry.type
class Query:
    seat_changes = query(list_seat_changes, list[SeatChange], permission=loans.MANAGES_POSTS)


@strawberry.type
class Mutation:
    confirm_seat = mutation(
        confirm_seat, PostResult, permission=loans.MANAGES_POSTS, replay=replay_post
    )
