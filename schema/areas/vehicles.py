"""Official vehicles in the API: what is asked for, trips and repairs, the dispatcher's queue."""

from strawberry.tools import merge_types

from domain.areas.vehicles import upkeep, use
from domain.areas.vehicles.repairs import REPAIR_ORDER
from domain.areas.vehicles.trips import QUEUE, TRIP
from schema.records.cases import Cases
from schema.records.queues import served_queue
from schema.requests.submissions import Area

area = Area((*use.PROCEDURES, *upkeep.PROCEDURES))
trips, repairs = Cases(TRIP), Cases(REPAIR_ORDER)
queueing = served_queue(QUEUE, trips, "trip")
Query = merge_types("Query", (area.Query, queueing, trips.Query, repairs.Query))
Mutation = merge_types("Mutation", (area.Mutation, trips.Mutation, repairs.Mutation))
