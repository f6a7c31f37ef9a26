"""How cases fare by the count, in the API."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

import strawberry

from domain.records.cases import CaseKind
from resolvers.records.case_rows import Filter
from resolvers.records.case_summary import summary
from schema.ground.fields import Info, query
from schema.requests.kinds import RequestKind


@strawberry.type
class CaseCount:
    """How many cases of a kind came in one way and stand in one state."""

    kind: Annotated[RequestKind, "What they are."]
    channel: Annotated[str, "How they came."]
    state: Annotated[str, "Where they stand."]
    cases: Annotated[int, "How many."]
    standing: Annotated[int, "Of these, how many still go on."]
    closed: Annotated[int, "Of these, how many are settled."]
    overdue: Annotated[int, "Of these, how many let a deadline pass."]
    in_time: Annotated[int, "Of these, how many kept a deadline."]


def summarised(kinds: Sequence[CaseKind[Any]]) -> Any:
    """The query that counts cases of these kinds, all of which tell by which channel they came."""

    async def case_summary(
        info: Info,
        kind: RequestKind | None = None,
        from_: date | None = None,
        to: date | None = None,
    ) -> list[CaseCount]:
        asked: Any = kind
        wanted = Filter(first_day=from_, last_day=to)
        found = await summary(info.context, kinds, asked.value if asked else None, wanted)
        return [CaseCount(**{**row, "kind": RequestKind(row["kind"])}) for row in found]

    named = " and ".join(f"{each.label.en.lower()}s" for each in kinds)
    case_summary.__doc__ = f"How many {named} came in, how, where they stand, and which are late."
    field = query(case_summary, "cases")
    return strawberry.type(type("Counting", (), {"case_summary": field}))
