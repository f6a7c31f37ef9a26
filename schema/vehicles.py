"""Official vehicles in the API."""

from domain import vehicles, vehicles_upkeep
from schema.submissions import Area

area = Area((*vehicles.PROCEDURES, *vehicles_upkeep.PROCEDURES))
Query, Mutation = area.Query, area.Mutation
