"""Trips, repairs and the dispatcher's queue as they are read in the API."""

from datetime import date, datetime
from functools import partial
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain.areas.vehicles.trips import REPAIR, TRIP, Turn
from resolvers.areas.vehicles import dispatching, slips
from resolvers.ground.listing import Listed, read_each
from schema.areas.vehicles.slips import (
    RepairOrder,
    RepairOrderConnection,
    RepairOrderEdge,
    VehicleTrip,
    VehicleTripConnection,
    VehicleTripEdge,
    order_of,
    trip_of,
)
from schema.ground.connections import Cursors, moment, office_hour, page_info, page_size
from schema.ground.edges import edges_of, in_place
from schema.ground.fields import Info, query
from schema.ground.ids import argument, global_id
from schema.requests.kinds import said
from schema.rules.clauses import Clause, clause_of

TRIPS = Cursors("vehicleTrips", (office_hour, UUID))
ORDERS = Cursors("repairOrders", (moment, UUID))


@strawberry.type
class DispatchPriority:
    """Something that puts a trip first."""

    label: str = strawberry.field(description="先急后缓.")
    clause: Clause = strawberry.field(description="The clause that says so.")


@strawberry.type
class DispatchTurn:
    """A trip that waits for a vehicle, in its place."""

    place: int = strawberry.field(description="1 is first.")
    trip: VehicleTrip = strawberry.field(description="The trip.")
    asked_at: datetime = strawberry.field(description="When it was applied for.")
    priorities: list[DispatchPriority] = strawberry.field(description="What puts it there.")
    open_against: list[strawberry.ID] = strawberry.field(
        description="Trips of which the text does not say whether they come before or after."
    )
    may_share_with: list[strawberry.ID] = strawberry.field(
        description="Trips of the same day and direction, that may ride in one vehicle."
    )


async def dispatch_queue(info: Info) -> list[DispatchTurn | None]:
    """Approved trips that wait for a vehicle, in the order that the office's clauses give.

    Null stands for one that cannot be shown, and `errors` says so; it comes last.
    """
    context = info.context
    turns, known, lost = await dispatching.dispatchers_queue(context)
    living = await context.rulebook(context.viewer.institution)

    def ids(trips: tuple[UUID, ...]) -> list[strawberry.ID]:
        return [global_id("VehicleTrip", each) for each in trips]

    def shown_turn(placed: tuple[int, Turn]) -> DispatchTurn:
        place, turn = placed
        return DispatchTurn(
            place=place,
            trip=trip_of(known[turn.trip.id], living, info),
            asked_at=turn.trip.asked_at,
            priorities=[
                DispatchPriority(
                    label=said(row.label, context.language), clause=clause_of(living, row.clause)
                )
                for row in turn.priorities
            ],
            open_against=ids(turn.open_against),
            may_share_with=ids(turn.may_share),
        )

    listed = [Listed((turn.trip.id,), (place, turn)) for place, turn in enumerate(turns, start=1)]
    return [await in_place("vehicle_trips", each, shown_turn) for each in (*listed, *lost)]


async def vehicle_trips(
    info: Info,
    state: Annotated[
        str | None, strawberry.argument(description="In this state alone: on_trip, filed …")
    ] = None,
    from_: date | None = None,
    to: date | None = None,
    first: int | None = 50,
    after: str | None = None,
) -> VehicleTripConnection:
    """Slips of trips, the latest first: one's own, or every one for the office and leaders."""
    since, size, context = TRIPS.read(after), page_size(first), info.context
    rows = await slips.trips_seen(
        context,
        slips.TRIPS_PAGE,
        **slips.after(since),
        state=state,
        first_day=datetime.combine(from_, datetime.min.time()) if from_ else None,
        last_day=to,
        size=size + 1,
    )
    living = await context.rulebook(context.viewer.institution)
    read = partial(slips.slip, context, TRIP)
    found = await read_each("vehicle_trips", rows[:size], ("begins", "id"), read)
    edges = await edges_of(
        info, VehicleTripEdge, TRIPS, found, lambda slip: trip_of(slip, living, info)
    )
    cursors, more = [edge.cursor for edge in edges], len(rows) > size
    return VehicleTripConnection(edges=edges, page_info=page_info(cursors, more=more, after=after))


async def vehicle_trip(
    info: Info,
    id: strawberry.ID,
) -> VehicleTrip | None:
    """One slip, by its id or its request's; null where there is none that the viewer may see."""
    slip = await _slip(info, id, "VehicleTrip", (slips.TRIP, slips.TRIP_OF_REQUEST), TRIP)
    return trip_of(slip, await _living(info), info) if slip else None


async def repair_order(
    info: Info,
    id: strawberry.ID,
) -> RepairOrder | None:
    """One repair, by its id or its request's; null where there is none to be seen."""
    slip = await _slip(info, id, "RepairOrder", (slips.ORDER, slips.ORDER_OF_REQUEST), REPAIR)
    return order_of(slip, await _living(info), info) if slip else None


async def repair_orders(
    info: Info, first: int | None = 50, after: str | None = None
) -> RepairOrderConnection:
    """Approved repairs, the latest first: one's own, or every one for the office and leaders."""
    since, size, context = ORDERS.read(after), page_size(first), info.context
    rows = await slips.orders_seen(context, slips.ORDERS_PAGE, **slips.after(since), size=size + 1)
    living, read = await _living(info), partial(slips.slip, context, REPAIR)
    found = await read_each("vehicle_repair_orders", rows[:size], ("since", "id"), read)
    edges = await edges_of(
        info, RepairOrderEdge, ORDERS, found, lambda slip: order_of(slip, living, info)
    )
    cursors, more = [edge.cursor for edge in edges], len(rows) > size
    return RepairOrderConnection(edges=edges, page_info=page_info(cursors, more=more, after=after))


async def _living(info: Info) -> Any:
    return await info.context.rulebook(info.context.viewer.institution)


async def _slip(
    info: Info, given: str, of: str, statements: tuple[str, str], path: str
) -> slips.Slip | None:
    """By its own id, or by that of its request."""
    named, key = argument(given, {of, "Request"}, "id")
    run, context = statements[named == "Request"], info.context
    read = slips.trips_seen if path == TRIP else slips.orders_seen
    rows = await read(context, run, id=key)
    return await slips.slip(context, path, rows[0]) if rows else None


@strawberry.type
class Query:
    dispatch_queue = query(dispatch_queue, list[DispatchTurn | None], permission="cases")
    vehicle_trips = query(vehicle_trips, VehicleTripConnection, permission="cases")
    vehicle_trip = query(vehicle_trip, VehicleTrip | None, permission="cases")
    repair_orders = query(repair_orders, RepairOrderConnection, permission="cases")
    repair_order = query(repair_order, RepairOrder | None, permission="cases")
