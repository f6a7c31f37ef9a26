"""Petitions and complaints in the API: registered on forms, as cases, and by the count."""

from strawberry.tools import merge_types

from domain.areas.petitions.cases import CASES
from domain.areas.petitions.forms import PROCEDURES
from schema.records.case_summary import summarised
from schema.records.cases import Cases
from schema.requests.submissions import Area

area = Area(PROCEDURES)
KINDS = tuple(Cases(each) for each in CASES)
COUNTING = summarised(
    CASES, "How many petitions and complaints came in, how, where they stand, and which are late."
)
Query = merge_types("Query", (area.Query, COUNTING, *(each.Query for each in KINDS)))
Mutation = merge_types("Mutation", (area.Mutation, *(each.Mutation for each in KINDS)))
