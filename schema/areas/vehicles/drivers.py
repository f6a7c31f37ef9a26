"""What follows for drivers, in the API: counted from the books, each with its clause."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

import strawberry

from domain.areas.vehicles.drivers import Following
from resolvers.areas.vehicles import drivers
from resolvers.rules.rulebooks import LivingRulebook
from schema.ground.fields import Info, query
from schema.ground.ids import argument
from schema.ground.scalars import JSON
from schema.requests.kinds import said
from schema.rules.clauses import Clause, clause_of

Month = Annotated[date, strawberry.argument(description="Any day of the month.")]


@strawberry.type
class HolidayTrip:
    """节假日司机出车登记: a day off on which a driver drove on duty."""

    driver: str = strawberry.field(description="驾驶人.")
    day: date = strawberry.field(description="出车日期.")
    holiday: bool = strawberry.field(description="A statutory holiday, rather than a weekend.")
    amount: Decimal | None = strawberry.field(description="补助金额; null where no clause gives.")
    clause: Clause | None = strawberry.field(description="The clause that gives it.")


@strawberry.type
class DriverConsequence:
    """What a clause makes of something that is on record."""

    day: date = strawberry.field(description="The day of the occasion, the last where several.")
    occasion: str = strawberry.field(description="parking, drink_driving, holiday_trip_days …")
    measures: JSON = strawberry.field(description="What was counted.")
    label: str = strawberry.field(description="What follows, in words.")
    type: str = strawberry.field(description="fine, deduct_bonus, bonus, transfer …")
    amount: Decimal | None = strawberry.field(description="How much; null where it is open.")
    unit: str = strawberry.field(description="yuan, percent …")
    of: str = strawberry.field(description="What a percentage is of.")
    cost: Decimal | None = strawberry.field(description="The money that a share comes to.")
    choice: bool = strawberry.field(description="One of several between which nobody chose yet.")
    clause: Clause = strawberry.field(description="The clause that says so.")


async def holiday_trips(info: Info, month: Month) -> list[HolidayTrip]:
    """The days off on which drivers drove on duty in a month: one's own, or all for the office."""
    living = await _living(info)
    return [
        HolidayTrip(
            **{**line, "clause": clause_of(living, line["clause"]) if line["clause"] else None}
        )
        for line in await drivers.holiday_trips(info.context, month)
    ]


async def driver_consequences(
    info: Info,
    driver: Annotated[strawberry.ID, strawberry.argument(description="The driver, or leader.")],
    from_: date,
    to: date,
) -> list[DriverConsequence]:
    """What the clauses make of what is on record of somebody in some days; nothing is stored."""
    person = argument(driver, {"Person"}, "driver")[1]
    found = await drivers.consequences(info.context, person, from_, to)
    living = await _living(info)
    return [_consequence(each, living, info.context.language) for each in found]


async def _living(info: Info) -> LivingRulebook:
    return await info.context.rulebook(info.context.viewer.institution)


def _consequence(each: Following, living: LivingRulebook, language: str) -> DriverConsequence:
    rung = each.consequence.rung
    chosen = each.occasion.incident is not None and each.occasion.incident.share is not None
    return DriverConsequence(
        day=each.occasion.day,
        occasion=each.occasion.what,
        measures=JSON(
            {
                name: value if isinstance(value, bool) else str(value)
                for name, value in each.occasion.measures.items()
                if name in rung.when.regions
            }
        ),
        label=said(rung.label, language),
        type=rung.type,
        amount=each.consequence.amount,
        unit=rung.unit,
        of=rung.of,
        cost=each.cost,
        choice=bool(rung.choice) and not chosen,
        clause=clause_of(living, rung.clause),
    )


READ: Any = {"permission": "registers"}


@strawberry.type
class Query:
    holiday_trips = query(holiday_trips, list[HolidayTrip], **READ)
    driver_consequences = query(driver_consequences, list[DriverConsequence], **READ)
