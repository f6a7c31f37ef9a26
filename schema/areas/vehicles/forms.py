"""Official vehicles in the API: what is asked for, trips and repairs."""

from strawberry.tools import merge_types

from domain.areas.vehicles import upkeep, use
from schema.areas.vehicles import trips
from schema.requests.submissions import Area

area = Area((*use.PROCEDURES, *upkeep.PROCEDURES))
Query = merge_types("Query", (area.Query, trips.Query))
Mutation = merge_types("Mutation", (area.Mutation, trips.Mutation))
