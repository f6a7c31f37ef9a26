"""Trips and repair orders in the API, as cases, and the dispatcher's queue."""

from strawberry.tools import merge_types

from domain.areas.vehicles.repairs import REPAIR_ORDER
from domain.areas.vehicles.trips import QUEUE, TRIP
from resolvers.areas.vehicles.driving import REPAIRS, TRIPS
from schema.records.cases import Cases
from schema.records.queues import served_queue

TRIP_CASES = Cases(TRIP, TRIPS)
REPAIR_CASES = Cases(REPAIR_ORDER, REPAIRS)
QUEUEING = served_queue(QUEUE, TRIP_CASES, "trip")
Query = merge_types("Query", (QUEUEING, TRIP_CASES.Query, REPAIR_CASES.Query))
Mutation = merge_types("Mutation", (TRIP_CASES.Mutation, REPAIR_CASES.Mutation))
