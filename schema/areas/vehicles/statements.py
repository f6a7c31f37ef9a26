"""Statements on vehicles in the API: counted from the books, with the columns of the forms."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain.shapes.cadences import period_at
from domain.time.moments import office_local
from resolvers.areas.vehicles import statements
from resolvers.rules.rulebooks import LivingRulebook
from schema.ground.errors import Refusal
from schema.ground.fields import Info, mutation, query
from schema.ground.ids import global_id
from schema.ground.scalars import JSON
from schema.rules.clauses import Clause, clause_of


@strawberry.type
class VehicleUse:
    """What a vehicle was driven, and what it took, in some days."""

    vehicle_id: strawberry.ID = strawberry.field(description="The vehicle.")
    plate: str = strawberry.field(description="车牌号.")
    drivers: list[str] = strawberry.field(description="司机姓名: who drove it.")
    from_: date = strawberry.field(name="from", description="起止时间: the first day.")
    to: date = strawberry.field(description="The last day.")
    trips: int = strawberry.field(description="How many trips.")
    distance: Decimal = strawberry.field(description="公里数, by its odometer.")
    litres: Decimal = strawberry.field(description="用油量.")
    fuel_cost: Decimal = strawberry.field(description="What the fuel cost.")
    refuellings: int = strawberry.field(description="How often it was refuelled.")
    in_cash: int = strawberry.field(description="How often that was paid in cash.")
    repair_cost: Decimal = strawberry.field(description="维修费.")
    repairs: int = strawberry.field(description="How many repairs.")


@strawberry.type
class RepairStatementLine:
    """A repair that was paid for, with the vehicle's total."""

    name: str = strawberry.field(description="姓名.")
    plate: str = strawberry.field(description="车号.")
    repaired_on: date = strawberry.field(description="维修日期.")
    content: str = strawberry.field(description="内容.")
    amount: Decimal = strawberry.field(description="金额.")
    total: Decimal = strawberry.field(description="合计 of the vehicle.")


@strawberry.type
class ParkingStatementLine:
    """A check of where a vehicle stood."""

    plate: str = strawberry.field(description="车牌号.")
    driver: str = strawberry.field(description="驾驶员; empty where nobody was named.")
    day: date = strawberry.field(description="The day.")
    place: str = strawberry.field(description="Where it stood.")
    at_fixed_place: bool = strawberry.field(description="Whether that is its fixed place.")
    permitted: bool = strawberry.field(description="Whether it was permitted to stand there.")


@strawberry.type
class HireStatementLine:
    """A hired car, with the total of the days asked about."""

    number: str = strawberry.field(description="The request's number.")
    hired_on: date = strawberry.field(description="The day.")
    zone: str = strawberry.field(description="urban, hexi, hedong, elsewhere.")
    section: str = strawberry.field(description="The section.")
    user_name: str = strawberry.field(description="Who used it.")
    purpose: str = strawberry.field(description="What for.")
    amount: Decimal = strawberry.field(description="What it cost.")
    total: Decimal = strawberry.field(description="合计.")


@strawberry.type
class VehicleStatementDue:
    """A statement that a clause asks to be published, and its latest period that is over."""

    statement: str = strawberry.field(description="To publish it: mileage-report …")
    activity: str = strawberry.field(description="What is published.")
    every: str = strawberry.field(description="month, quarter, half_year, year.")
    from_: date = strawberry.field(name="from", description="The first day of that period.")
    to: date = strawberry.field(description="Its last day.")
    published: bool = strawberry.field(description="Whether it was published.")
    clause: Clause = strawberry.field(description="The clause that asks for it.")


@strawberry.type
class VehiclePublication:
    """A statement as it was published."""

    id: strawberry.ID = strawberry.field(description="Opaque and global.")
    statement: str = strawberry.field(description="mileage-report …")
    from_: date = strawberry.field(name="from", description="The first day.")
    to: date = strawberry.field(description="The last day.")
    content: JSON = strawberry.field(description="Its lines, as they were then.")
    published_by: str = strawberry.field(description="Who published it.")
    published_at: datetime = strawberry.field(description="When.")
    clause: Clause = strawberry.field(description="The clause that asks for it.")


@strawberry.type
class StatementPublished:
    """It is published."""

    publication: VehiclePublication = strawberry.field(description="As it stands.")


PublishResult = Annotated[StatementPublished | Refusal, strawberry.union("PublishResult")]


@strawberry.input
class PublishVehicleStatementInput:
    """Which statement, for which period."""

    statement: str = strawberry.field(description="mileage-report …: see `vehicleStatementsDue`.")
    day: date = strawberry.field(description="Any day of the period.")
    idempotency_key: strawberry.ID = strawberry.field(description="The same key is answered once.")


async def vehicle_use(
    info: Info, from_: date | None = None, to: date | None = None
) -> list[VehicleUse]:
    """What each vehicle was driven, its fuel, costs and repairs; of days, or the month before."""
    first, last = _days(info, from_, to)
    rows = await statements.rows_of(info.context, "use", first, last)
    return [
        VehicleUse(
            vehicle_id=global_id("Vehicle", row["id"]),
            from_=first,
            to=last,
            **{name: value for name, value in row.items() if name not in ("id", "model")},
        )
        for row in rows
    ]


async def repair_statement(
    info: Info, from_: date | None = None, to: date | None = None
) -> list[RepairStatementLine]:
    """What was repaired in some days, and what it came to."""
    rows = await statements.rows_of(info.context, "repairs", *_days(info, from_, to))
    return [RepairStatementLine(**row) for row in rows]


async def parking_statement(
    info: Info, from_: date | None = None, to: date | None = None
) -> list[ParkingStatementLine]:
    """The checks of parking in some days, to be told at the monthly appraisal."""
    rows = await statements.rows_of(info.context, "parking", *_days(info, from_, to))
    return [ParkingStatementLine(**row) for row in rows]


async def hire_statement(
    info: Info, from_: date | None = None, to: date | None = None
) -> list[HireStatementLine]:
    """The cars hired in some days, to be settled together."""
    rows = await statements.hires_seen(info.context, *_days(info, from_, to))
    return [HireStatementLine(**row) for row in rows]


async def vehicle_statements_due(info: Info) -> list[VehicleStatementDue]:
    """The statements that clauses ask for, each with its latest period that is over."""
    context, living = info.context, await _living(info)
    known = {(row["statement"], row["first_day"]) for row in await _published(info)}
    found = []
    for each in await statements.asked_for(context):
        now = period_at(each.cadence, context.today)
        before = period_at(each.cadence, now.first.fromordinal(now.first.toordinal() - 1))  # type: ignore[union-attr]
        if before:
            found.append(
                VehicleStatementDue(
                    statement=each.cadence.id,
                    activity=each.cadence.activity,
                    every=each.cadence.every.value,
                    from_=before.first,
                    to=before.last,
                    published=(each.cadence.id, before.first) in known,
                    clause=clause_of(living, each.cadence.clause),
                )
            )
    return found


async def vehicle_publications(info: Info) -> list[VehiclePublication]:
    """What was published, the latest period first."""
    living = await _living(info)
    return [_publication(row, living) for row in await _published(info)]


async def publish_vehicle_statement(
    info: Info, input: PublishVehicleStatementInput
) -> StatementPublished:
    """Publish a statement for a period that is over, as the books tell it now."""
    return await _kept(info, await statements.publish(info.context, input.statement, input.day))


async def _kept(info: Info, publication: UUID) -> StatementPublished:
    [row] = await _published(info, publication)
    return StatementPublished(publication=_publication(row, await _living(info)))


async def replay(info: Info, answer: Any) -> StatementPublished:
    return await _kept(info, UUID(answer["publication"]))


async def _published(info: Info, publication: UUID | None = None) -> Any:
    return await statements.publications(info.context, publication)


async def _living(info: Info) -> LivingRulebook:
    return await info.context.rulebook(info.context.viewer.institution)


def _days(info: Info, first: date | None, last: date | None) -> tuple[date, date]:
    usual = statements.usual(office_local(info.context.now).date())
    return first or last or usual[0], last or first or usual[1]


def _publication(row: Any, living: LivingRulebook) -> VehiclePublication:
    return VehiclePublication(
        id=global_id("VehiclePublication", row["id"]),
        statement=row["statement"],
        from_=row["first_day"],
        to=row["last_day"],
        content=JSON(row["content"]),
        published_by=row["recorded_by_name"],
        published_at=row["recorded_at"],
        clause=clause_of(living, row["clause"]),
    )


READ: Any = {"permission": "statements"}


@strawberry.type
class Query:
    vehicle_use = query(vehicle_use, list[VehicleUse], **READ)
    repair_statement = query(repair_statement, list[RepairStatementLine], **READ)
    parking_statement = query(parking_statement, list[ParkingStatementLine], **READ)
    hire_statement = query(hire_statement, list[HireStatementLine], **READ)
    vehicle_statements_due = query(vehicle_statements_due, list[VehicleStatementDue], **READ)
    vehicle_publications = query(vehicle_publications, list[VehiclePublication], **READ)


@strawberry.type
class Mutation:
    publish_vehicle_statement = mutation(
        publish_vehicle_statement, PublishResult, permission="statements", replay=replay
    )
