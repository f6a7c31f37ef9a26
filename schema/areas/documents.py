"""Papers in the API, as cases: those that came in, go out, are lent, are printed outside."""

from strawberry.tools import merge_types

from domain.areas.documents import CASES
from schema.records.cases import Cases

KINDS = tuple(Cases(each) for each in CASES)
Query = merge_types("Query", tuple(each.Query for each in KINDS))
Mutation = merge_types("Mutation", tuple(each.Mutation for each in KINDS))
