"""Drivers: what follows for one from the books, the register of holiday trips, entries checked."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.areas.vehicles.books import PARKING_CHECKS, Mileage, Refuelling
from domain.areas.vehicles.drivers import (
    Books,
    Driven,
    Following,
    Incident,
    days_off_driven,
    following,
    share_bounds,
)
from domain.areas.vehicles.incidents import APPRAISALS, INCIDENTS, LIABILITIES, Liability
from domain.areas.vehicles.trips import PATH
from domain.errors import Refused, at_fault
from domain.records.lines import stands
from domain.shapes.ladders import what_follows
from domain.time.moments import office_local
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.people import named
from resolvers.records.registers import Check
from resolvers.records.sight import Record, sight_of

LONGEST = 731
OF_ALL = Record(INCIDENTS.name, INCIDENTS.table, "i", kind=PATH)

OF_DRIVER = statement(f"""
  select i.*, (
    select l.share from driver_liabilities l
    where (l.institution_id, l.incident_id) = (i.institution_id, i.id)
      and {stands(LIABILITIES.table, "l")}) as share
  from driver_incidents i
  where i.institution_id = :institution and i.driver_id = :driver
    and {stands(INCIDENTS.table, "i")}
  order by i.happened_at, i.id
""")
INCIDENT = statement(f"""
  select i.* from driver_incidents i
  where i.institution_id = :institution and i.id = :id
    and {stands(INCIDENTS.table, "i")}
""")
BREACHES = statement(f"""
  select c.checked_at from vehicle_parking_checks c
  where c.institution_id = :institution and c.driver_id = :driver
    and not c.at_fixed_place and not c.permitted and {stands(PARKING_CHECKS.table, "c")}
  order by c.checked_at, c.id
""")
DRIVEN = statement("""
  select t.kind, t.driver_id, t.driver_name, t.out_at, t.back_at from vehicle_trips t
  where t.institution_id = :institution and t.driver_id is not null
    and (cast(:driver as uuid) is null or t.driver_id = :driver)
    and t.out_at < cast(:last as date) + 2 and t.back_at >= cast(:first as date) - 1
  order by t.out_at, t.id
""")
APPRAISED = statement(f"""
  select a.month, a.good from driver_appraisals a
  where a.institution_id = :institution and a.driver_id = :driver
    and {stands(APPRAISALS.table, "a")}
  order by a.month
""")


async def books_of(context: Context, driver: UUID, first: date, last: date) -> Books:
    """What is on record of a driver: incidents from the beginning, trips of some days."""
    given = {"institution": context.viewer.institution, "driver": driver}
    days, run = {"first": first, "last": last}, context.transaction.rows
    incidents = [
        Incident(
            row["id"],
            row["what"],
            row["happened_at"],
            row["at_fault"],
            row["accident"],
            row["damage"],
            row["loss"],
            row["prosecuted"],
            row["repair_residual"],
            row["share"],
        )
        for row in await run(OF_DRIVER, **given)
    ]
    return Books(
        incidents=incidents,
        breaches=[office_local(row["checked_at"]).date() for row in await run(BREACHES, **given)],
        trips=[_driven(row) for row in await run(DRIVEN, **given, **days)],
        appraisals={row["month"]: row["good"] for row in await run(APPRAISED, **given)},
    )


def _driven(row: Mapping[str, Any]) -> Driven:
    return Driven(
        row["kind"], office_local(row["out_at"]).date(), office_local(row["back_at"]).date()
    )


async def sees_all(context: Context) -> bool:
    """Whether the viewer may see what is on record of every driver."""
    return (await sight_of(context, OF_ALL)).said is True


async def consequences(
    context: Context, driver: UUID, first: date, last: date
) -> tuple[Following, ...]:
    """What the office's ladders make of a driver's days; one's own, or any for who may see all.

    Raises:
        Refused: another's, no such person, or more than two years.

    """
    if driver != context.viewer.person.id and not await sees_all(context):
        raise Refused("NOT_YOUR_RECORD")
    if await named(context, driver) is None:
        raise at_fault("NOT_A_DRIVER", "driver")
    if last - first > timedelta(days=LONGEST):
        raise at_fault("TOO_LONG_A_PERIOD", "to", days=LONGEST)
    living = await context.rulebook(context.viewer.institution)
    calendar = await context.calendar()
    books = await books_of(context, driver, first, last)
    return following(books, living.shapes.ladders, calendar, first, last)


async def holiday_trips(context: Context, month: date) -> list[Mapping[str, Any]]:
    """The days off on which drivers drove on duty in a month, and what each day gives them."""
    first = month.replace(day=1)
    last = first.replace(day=monthrange(first.year, first.month)[1])
    living, calendar = await context.rulebook(context.viewer.institution), await context.calendar()
    rows = await context.transaction.rows(
        DRIVEN, institution=context.viewer.institution, driver=None, first=first, last=last
    )
    by_driver: dict[tuple[UUID, str], list[Driven]] = {}
    for row in rows:
        by_driver.setdefault((row["driver_id"], row["driver_name"]), []).append(_driven(row))
    lines = []
    for (driver, name), trips in by_driver.items():
        if driver != context.viewer.person.id and not await sees_all(context):
            continue
        for day, holiday in days_off_driven(trips, calendar, first, last).items():
            measure = "holiday_trip_days" if holiday else "weekend_trip_days"
            found = what_follows(living.shapes.ladders, {measure: Decimal(1)})
            amounts = [each.amount for each in found if each.amount is not None]
            clauses = [each.rung.clause for each in found]
            lines.append(
                {
                    "driver": name,
                    "day": day,
                    "holiday": holiday,
                    "amount": sum(amounts, Decimal(0)) if amounts else None,
                    "clause": clauses[0] if clauses else None,
                }
            )
    return sorted(lines, key=lambda line: (line["driver"], line["day"]))


ODOMETER = statement(
    """select max(read.odometer) from (
         select m.odometer from vehicle_mileages m
         where m.institution_id = :institution and m.vehicle_id = :vehicle
           and m.read_at <= :at and not m.void
           and not exists (select from vehicle_mileages l
                           where l.institution_id = m.institution_id and l.corrects = m.id)
         union all
         select f.odometer_to from vehicle_refuellings f
         where f.institution_id = :institution and f.vehicle_id = :vehicle
           and f.refuelled_at <= :at and not f.void
           and not exists (select from vehicle_refuellings l
                           where l.institution_id = f.institution_id and l.corrects = f.id)) read"""
)


async def odometer_at(context: Context, vehicle: UUID, at: Any) -> Decimal | None:
    """What a vehicle's odometer last showed, by the books."""
    found: Decimal | None = await context.transaction.value(
        ODOMETER, institution=context.viewer.institution, vehicle=vehicle, at=at
    )
    return found


async def _refuelling(context: Context, entry: Refuelling) -> None:
    """The odometer runs on from what the books last show."""
    last = await odometer_at(context, entry.vehicle_id, entry.refuelled_at)
    if last is not None and entry.odometer_to < last:
        raise at_fault("ODOMETER_RUNS_BACK", "input", "odometerTo")


async def _mileage(context: Context, entry: Mileage) -> None:
    last = await odometer_at(context, entry.vehicle_id, entry.read_at)
    if last is not None and entry.odometer < last:
        raise at_fault("ODOMETER_RUNS_BACK", "input", "odometer")


async def _liability(context: Context, entry: Liability) -> None:
    """The share lies between what the clause leaves to choose, for an accident at fault."""
    institution = context.viewer.institution
    incident = await context.transaction.row(
        INCIDENT, institution=institution, id=entry.incident_id
    )
    if incident is None or incident["what"] != "accident" or not incident["at_fault"]:
        raise at_fault("NOT_AN_ACCIDENT_AT_FAULT", "input", "incidentId")
    if incident["driver_id"] == context.viewer.person.id:
        raise Refused("OWN_RECORD")
    living = await context.rulebook(institution)
    bounds = share_bounds(living.shapes.ladders)
    if bounds and not bounds[0].amount <= entry.share <= bounds[1].amount:  # type: ignore[operator]
        least, most = bounds[0].amount, bounds[1].amount
        raise at_fault(
            "SHARE_OUT_OF_BOUNDS",
            "input",
            "share",
            clause=bounds[0].clause,
            least=least,
            most=most,
        )


CHECKS: Mapping[str, Check] = {
    "vehicle.refuelling": _refuelling,
    "vehicle.mileage": _mileage,
    "driver.liability": _liability,
}
"""What is asked of an entry beside its form."""
