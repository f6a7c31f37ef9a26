"""Openness in the API: applications, matters and opinions as cases, publishing as a request."""

from strawberry.tools import merge_types

from domain.areas.openness.applications import APPLICATION
from domain.areas.openness.matters import MATTER, PROCEDURES, SUGGESTION
from resolvers.areas.openness import EFFECTS, of_application, of_matter
from schema.records.cases import Cases
from schema.requests.submissions import Area

KINDS = (
    Cases(APPLICATION, looks=of_application),
    Cases(MATTER, EFFECTS, looks=of_matter),
    Cases(SUGGESTION),
)
area = Area(PROCEDURES)
Query = merge_types("Query", (area.Query, *(each.Query for each in KINDS)))
Mutation = merge_types("Mutation", (area.Mutation, *(each.Mutation for each in KINDS)))
