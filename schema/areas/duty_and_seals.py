"""Cases of duty and of seals in the API: events on duty, seals that are engraved."""

from strawberry.tools import merge_types

from domain.areas import duty, seals
from schema.records.cases import Cases

KINDS = tuple(Cases(each) for each in (*duty.CASES, *seals.CASES))
Query = merge_types("Query", tuple(each.Query for each in KINDS))
Mutation = merge_types("Mutation", tuple(each.Mutation for each in KINDS))
