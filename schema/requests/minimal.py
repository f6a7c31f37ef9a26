"""Kinds whose area is not built yet in the API: each with its least form."""

from resolvers.requests.procedures import MINIMAL
from schema.requests.submissions import Area

area = Area(tuple(MINIMAL.values()))
Query, Mutation = area.Query, area.Mutation
