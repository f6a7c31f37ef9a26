"""What an office has of what its clauses limit, in the API: counted, and held to the limit."""

from datetime import date
from decimal import Decimal
from typing import Annotated

import strawberry

from domain import REGISTERS
from domain.messages import say
from domain.vocabulary import words_of
from resolvers.records import office_counts
from schema.ground.fields import Info, query
from schema.ground.ids import global_id
from schema.rules.clauses import Clause, clause_of

WORDS = {each.name: each.reference.word for each in REGISTERS}


@strawberry.type
class OfficeCount:
    """What the whole office has of something, held against a limit of its clauses."""

    quota: Annotated[str, "The row that says so."]
    subject: Annotated[str, "What is limited."]
    measure: Annotated[str, "The measure that is counted."]
    label: Annotated[str, "What people call it."]
    value: Annotated[Decimal | None, "How much there is; null where there is nothing to divide by."]
    limit: Annotated[Decimal | None, "The limit, itself allowed; null where the text elides it."]
    unit: Annotated[str, "What it is counted in."]
    bound: Annotated[str, "max, min or exact."]
    kept: Annotated[bool | None, "Whether the limit is kept; null where nothing can be said."]
    lacking: Annotated[Decimal | None, "How much is missing to the least; null where none is set."]
    room: Annotated[Decimal | None, "How much more is allowed; null where no most is set."]
    since: Annotated[date | None, "The first day that counts; null where all of before counts."]
    until: Annotated[date, "The last day that counts."]
    records: Annotated[list[strawberry.ID], "What it was counted from."]
    clause: Annotated[Clause, "The clause that says so."]


def _plain(value: Decimal | None) -> Decimal | None:
    """A whole number as it is, a rate to the hundredth."""
    return value if value is None or value == value.to_integral_value() else round(value, 2)


async def _told(
    info: Info,
    area: Annotated[str, "The area whose clauses are asked, by its code."],
    on: Annotated[date | None, "On which day; today if absent."] = None,
) -> list[OfficeCount]:
    """What the office has of what clauses of an area limit, and what is missing or still free."""
    context = info.context
    living = await context.rulebook()
    known = living.shapes.measures
    return [
        OfficeCount(
            quota=each.quota.id,
            subject=each.quota.subject,
            measure=each.quota.measure,
            label=say(context.language, known[each.quota.measure].label),
            value=_plain(each.value),
            limit=each.quota.limit,
            unit=each.quota.unit,
            bound=each.quota.bound.value,
            kept=each.kept,
            lacking=_plain(each.lacking),
            room=_plain(each.room),
            since=each.first,
            until=each.last,
            records=[global_id(WORDS.get(of) or words_of(of), key) for of, key in each.records],
            clause=clause_of(living, each.quota.clause),
        )
        for each in await office_counts.told(context, area, on or context.today)
    ]


FIELDS = (query(_told, "registers", name="office_counts"),)
