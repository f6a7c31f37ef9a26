"""Petitions and complaints in the API: registered on forms, as cases, and by the count."""

from datetime import date
from typing import Any

import strawberry
from strawberry.tools import merge_types

from domain.areas.petitions.cases import COMPLAINT, PETITION
from domain.areas.petitions.forms import PROCEDURES
from resolvers.areas.petitions.people import EFFECTS
from resolvers.areas.petitions.summary import summary
from resolvers.records.case_rows import Filter
from schema.ground.fields import Info, query
from schema.records.cases import Cases
from schema.requests.kinds import RequestKind
from schema.requests.submissions import Area

KINDS = tuple(Cases(each, EFFECTS) for each in (PETITION, COMPLAINT))


@strawberry.type
class CaseCount:
    """How many cases of a kind came in one way and stand in one state."""

    kind: RequestKind = strawberry.field(description="What they are.")
    channel: str = strawberry.field(description="How they came.")
    state: str = strawberry.field(description="Where they stand.")
    cases: int = strawberry.field(description="How many.")
    standing: int = strawberry.field(description="Of these, how many still go on.")
    closed: int = strawberry.field(description="Of these, how many are settled.")
    overdue: int = strawberry.field(description="Of these, how many let a deadline pass.")
    in_time: int = strawberry.field(description="Of these, how many kept a deadline.")


async def case_summary(
    info: Info, kind: RequestKind | None = None, from_: date | None = None, to: date | None = None
) -> list[CaseCount]:
    """How many petitions and complaints came in, how, where they stand, and which are late."""
    asked: Any = kind
    narrowed = Filter(first_day=from_, last_day=to)
    found = await summary(info.context, asked.value if asked else None, narrowed)
    return [CaseCount(**{**row, "kind": RequestKind(row["kind"])}) for row in found]


@strawberry.type
class Counting:
    case_summary = query(case_summary, list[CaseCount], permission="cases")


area = Area(PROCEDURES)
Query = merge_types("Query", (area.Query, Counting, *(each.Query for each in KINDS)))
Mutation = merge_types("Mutation", (area.Mutation, *(each.Mutation for each in KINDS)))
