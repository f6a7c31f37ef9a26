"""Leave in the API."""

from domain import leave, leave_hours
from schema.submissions import Area

area = Area((*leave.PROCEDURES, *leave_hours.PROCEDURES))
Query, Mutation = area.Query, area.Mutation
