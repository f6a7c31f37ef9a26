"""Official vehicles in the API: what is asked for, the archive and trips."""

from strawberry.tools import merge_types

from domain.areas.vehicles import upkeep, use
from schema.areas.vehicles import archive, drivers, trips
from schema.requests.submissions import Area

area = Area((*use.PROCEDURES, *upkeep.PROCEDURES))
Query = merge_types("Query", (area.Query, archive.Query, trips.Query, drivers.Query))
Mutation = merge_types("Mutation", (area.Mutation, archive.Mutation, trips.Mutation))
