"""Finance in the API: plans are requests; audits and accounting files are cases."""

from strawberry.tools import merge_types

from domain.areas.finance import CASES, PROCEDURES
from resolvers.areas.finance import BEGINS
from schema.records.cases import Cases
from schema.requests.submissions import Area

area = Area(PROCEDURES)
KINDS = tuple(Cases(each, check=BEGINS.get(each.code)) for each in CASES)
Query = merge_types("Query", (area.Query, *(each.Query for each in KINDS)))
Mutation = merge_types("Mutation", (area.Mutation, *(each.Mutation for each in KINDS)))
