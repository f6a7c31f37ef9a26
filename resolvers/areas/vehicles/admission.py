"""Whether a vehicle that is wished may be had, and whether a repair was approved beforehand."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from domain.approval.procedure import Form
from domain.areas.vehicles.drivers import is_holiday
from domain.areas.vehicles.repairs import IN_REPAIR
from domain.areas.vehicles.upkeep import PROCEDURES as UPKEEP
from domain.areas.vehicles.use import PROCEDURES, Use
from domain.errors import at_fault
from domain.time.calendar import Calendar
from domain.time.journeys import between, last_day
from domain.time.moments import Period
from domain.vocabulary import Act, FactValue
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.records.acts import clauses_of, may
from resolvers.rules.rulebooks import LivingRulebook

OPENS_A_SEAL = frozenset({"vehicle.off_hours"})
LEADERS = "leaders"
ARCHIVE, SEALING = "vehicle.archive", "vehicle.sealing"

VEHICLE = statement(
    """select v.*,
              (select o.number from vehicle_repair_orders o
               where (o.institution_id, o.vehicle_id) = (v.institution_id, v.id)
                 and o.state = any(cast(:in_repair as text[])) limit 1) as repair
       from vehicles v where v.institution_id = :institution and v.id = :id"""
)
APPROVED_REPAIR = statement(
    """select exists (
         select from requests r
         where r.institution_id = :institution and r.id = :id
           and r.kind = 'vehicle.repair' and r.status = 'approved')"""
)


async def must_be_had(context: Context, kind: str, form: Form) -> Mapping[str, FactValue]:
    """The vehicle that a form names is the office's own, and to be had then.

    Raises:
        Refused: it is not, with the clause where one says so.

    """
    vehicle_id: UUID | None = getattr(form, "vehicle_id", None)
    if vehicle_id is None:
        return {}
    vehicle = await found(context, vehicle_id)
    if isinstance(form, Use):
        people = getattr(form, "people", None)
        await _must_be_given_to(context, vehicle, form)
        period = between(form.begins, form.ends)
        await must_be_free(context, vehicle, kind, period, people)
    return {}


async def _must_be_given_to(context: Context, vehicle: Mapping[str, Any], form: Use) -> None:
    """Raises: Refused: it is kept for leaders, and this is neither a leader nor a special case."""
    stated = {"pool": vehicle["pool"], "special_case": bool(getattr(form, "special_case", None))}
    verdict = await may(context, ARCHIVE, Act.ISSUE, stated)
    if not verdict.allowed:
        at = {"clause": verdict.clause, "plate": vehicle["plate"]}
        raise at_fault("VEHICLE_OF_LEADERS", "input", "vehicleId", **at)


async def found(context: Context, vehicle_id: UUID, *path: str) -> Mapping[str, Any]:
    """A vehicle of the viewer's office that is still in use.

    Raises:
        Refused: there is none; another institution's is as good as none.

    """
    row = await context.transaction.row(
        VEHICLE,
        institution=context.viewer.institution,
        id=vehicle_id,
        in_repair=list(IN_REPAIR),
    )
    if row is None:
        raise at_fault("VEHICLE_NOT_FOUND", *(path or ("input", "vehicleId")))
    if row["retired_on"] and row["retired_on"] <= context.today:
        raise at_fault("VEHICLE_RETIRED", "input", "vehicleId", plate=row["plate"])
    return dict(row)


async def must_be_free(
    context: Context, vehicle: Mapping[str, Any], kind: str, period: Period, people: int | None
) -> None:
    """Raises: Refused: it is being repaired, sealed on these days, or too small."""
    plate = vehicle["plate"]
    if vehicle["repair"]:
        number = vehicle["repair"]
        raise at_fault("VEHICLE_IN_REPAIR", "input", "vehicleId", plate=plate, number=number)
    clause = sealed_by(await context.rulebook(context.viewer.institution))
    day = sealed_on(vehicle, period, await context.calendar()) if clause else None
    if day and kind not in OPENS_A_SEAL:
        raise at_fault("VEHICLE_SEALED", "input", "vehicleId", clause=clause, plate=plate, day=day)
    if people and people > vehicle["passengers"]:
        most = vehicle["passengers"]
        raise at_fault("VEHICLE_TOO_SMALL", "input", "vehicleId", plate=plate, most=most)


def sealed_by(living: LivingRulebook) -> str | None:
    """The clause by which an office seals its vehicles on holidays."""
    return next(iter(clauses_of(living, SEALING)), None)


def sealed_on(vehicle: Mapping[str, Any], period: Period, calendar: Calendar) -> date | None:
    """The first holiday of a period on which a vehicle that the office dispatches is sealed."""
    if vehicle["pool"] == LEADERS:
        return None
    first, last = period.begins.date().toordinal(), last_day(period).toordinal()
    days = map(date.fromordinal, range(first, last + 1))
    return next((day for day in days if is_holiday(day, calendar)), None)


async def approved_beforehand(context: Context, _: str, form: Form) -> Mapping[str, FactValue]:
    """Whether the bill of a repair rests on a request that was approved."""
    settles: UUID | None = getattr(form, "settles", None)
    institution = context.viewer.institution
    if settles is None:
        return {"approved_beforehand": False}
    known = await context.transaction.value(APPROVED_REPAIR, institution=institution, id=settles)
    if not known:
        raise at_fault("NO_APPROVED_REPAIR", "input", "settles")
    return {"approved_beforehand": True}


ADMISSIONS = {
    **{procedure.kind: must_be_had for procedure in (*PROCEDURES, *UPKEEP)},
    "reimbursement.general": approved_beforehand,
}
