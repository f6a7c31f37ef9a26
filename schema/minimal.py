"""Kinds whose area is not built yet in the API: each with its least form."""

from resolvers.procedures import MINIMAL
from schema.submissions import Area

area = Area(tuple(MINIMAL.values()))
Query, Mutation = area.Query, area.Mutation
