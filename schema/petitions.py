"""Petitions and complaints in the API: registered on their forms."""

from domain import petitions
from schema.submissions import Area

area = Area(petitions.PROCEDURES)
Query, Mutation = area.Query, area.Mutation
