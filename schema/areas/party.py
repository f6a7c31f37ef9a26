"""Joining the party in the API, as cases."""

from domain.areas.party.joining import PARTY_CASE
from resolvers.areas.party import applied, named
from schema.records.cases import Cases

CASES = Cases(PARTY_CASE, looks=named, check=applied)
Query, Mutation = CASES.Query, CASES.Mutation
