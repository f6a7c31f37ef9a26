"""Seals in the API: engraving one is asked for, and is a case once it is approved."""

from strawberry.tools import merge_types

from domain.areas.seals import CASES, PROCEDURES
from schema.records.cases import Cases
from schema.requests.submissions import Area

area = Area(PROCEDURES)
KINDS = tuple(Cases(each) for each in CASES)
Query = merge_types("Query", (area.Query, *(each.Query for each in KINDS)))
Mutation = merge_types("Mutation", (area.Mutation, *(each.Mutation for each in KINDS)))
