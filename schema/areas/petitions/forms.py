"""Petitions and complaints in the API: registered on their forms."""

from domain.areas.petitions import cases
from schema.requests.submissions import Area

area = Area(cases.PROCEDURES)
Query, Mutation = area.Query, area.Mutation
