"""Leave in the API."""

from domain.areas.leave import hours, leave
from schema.requests.submissions import Area

area = Area((*leave.PROCEDURES, *hours.PROCEDURES))
Query, Mutation = area.Query, area.Mutation
