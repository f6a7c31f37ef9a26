"""Outings in the API."""

from domain import attendance
from schema.submissions import Area

area = Area(attendance.PROCEDURES)
Query, Mutation = area.Query, area.Mutation
