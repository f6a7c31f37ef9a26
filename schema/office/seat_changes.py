"""Changes of who holds a seat, listed and confirmed by another administrator, in the API."""

from datetime import date, datetime
from typing import Annotated

import strawberry

from resolvers.office import loans, seat_changes
from schema.ground.acts import act
from schema.ground.fields import Info, query
from schema.office.organisation import Person, Seat, person_of, seat_of
from schema.office.posts import POST, PostChanged, SeatId, changed


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


async def list_seat_changes(info: Info) -> list[SeatChange]:
    """Who holds which seat by whose hand, as long as no other administrator has confirmed it."""
    context = info.context
    roles = (await context.rulebook()).vocabulary.roles
    return [
        SeatChange(
            seat=seat_of(each.seat, roles, context.language),
            changed_by=person_of(each.by),
            changed_at=each.at,
            holdings=[Holding(name=a.name, begins=a.begins, ends=a.ends) for a in each.held],
        )
        for each in await seat_changes.unconfirmed(context)
    ]


async def confirm_seat(
    info: Info, seat_id: SeatId, changed_at: Annotated[datetime, "As `seatChanges` tells it."]
) -> PostChanged:
    """Confirm who holds a seat, as another administrator changed it."""
    await seat_changes.confirm(info.context, seat_id, changed_at)
    return await changed(info, seat_id)


FIELDS = (
    query(list_seat_changes, list[SeatChange], permission=loans.MANAGES_POSTS, name="seat_changes"),
    act(confirm_seat, "PostResult", **POST),
)
