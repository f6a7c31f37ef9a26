"""Outings in the API."""

from domain.areas.attendance import outings
from schema.requests.submissions import Area

area = Area(outings.PROCEDURES)
Query, Mutation = area.Query, area.Mutation
