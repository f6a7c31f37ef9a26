"""Trips and repair orders in the API, as cases, and the dispatcher's queue."""

from datetime import datetime
from typing import Any
from uuid import UUID

import strawberry
from strawberry.tools import merge_types

from domain.areas.vehicles.queue import Turn
from domain.areas.vehicles.repairs import REPAIR_ORDER
from domain.areas.vehicles.trips import TRIP
from resolvers.areas.vehicles import dispatching
from resolvers.areas.vehicles.driving import REPAIRS, TRIPS
from resolvers.ground.listing import Listed
from schema.ground.edges import in_place
from schema.ground.fields import Info, query
from schema.ground.ids import global_id
from schema.records.cases import Cases
from schema.requests.kinds import said
from schema.rules.clauses import Clause, clause_of

TRIP_CASES = Cases(TRIP, TRIPS)
REPAIR_CASES = Cases(REPAIR_ORDER, REPAIRS)
Trip: Any = TRIP_CASES.type


@strawberry.type
class DispatchPriority:
    """Something that puts a trip first."""

    label: str = strawberry.field(description="先急后缓.")
    clause: Clause = strawberry.field(description="The clause that says so.")


@strawberry.type
class DispatchTurn:
    """A trip that waits for a vehicle, in its place."""

    place: int = strawberry.field(description="1 is first.")
    trip: Trip = strawberry.field(description="The trip.")
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
        return [global_id(TRIP_CASES.words, each) for each in trips]

    async def shown_turn(placed: tuple[int, Turn]) -> DispatchTurn:
        place, turn = placed
        return DispatchTurn(
            place=place,
            trip=await TRIP_CASES.shown(info, known[turn.trip.id]),
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


@strawberry.type
class Queueing:
    dispatch_queue = query(dispatch_queue, list[DispatchTurn | None], permission="cases")


Query = merge_types("Query", (Queueing, TRIP_CASES.Query, REPAIR_CASES.Query))
Mutation = merge_types("Mutation", (TRIP_CASES.Mutation, REPAIR_CASES.Mutation))
