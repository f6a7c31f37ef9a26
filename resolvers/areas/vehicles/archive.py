"""The archive of vehicles: entered once, changed with a line in the ledger, shown as they stand."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import asyncpg

from domain.approval.procedure import Form, asked
from domain.approval.soundness import shape_problems
from domain.areas.vehicles.repairs import IN_REPAIR
from domain.errors import Refused, at_fault, invalid
from domain.time.moments import Period, is_near
from domain.values.bounds import between
from domain.values.names import Names, canonical
from domain.vocabulary import Act
from resolvers.areas.vehicles.admission import ARCHIVE, sealed_by, sealed_on
from resolvers.ground import ledger
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.keeping import remember
from resolvers.records.acts import may
from resolvers.requests.words import camel

POOLS = ("leaders", "office")
SEATS = between(1, 100)

VEHICLES = f"""
  select v.*,
         exists (select from vehicle_repair_orders o
                 where (o.institution_id, o.vehicle_id) = (v.institution_id, v.id)
                   and o.state in {IN_REPAIR}) as in_repair,
         exists (select from vehicle_trips t
                 where (t.institution_id, t.vehicle_id) = (v.institution_id, v.id)
                   and t.out_at is not null and t.back_at is null and t.standing) as out,
         exists (select from bookings b
                 where (b.institution_id, b.resource_id) = (v.institution_id, v.id)
                   and b.standing and b.period && tsrange(
                     cast(:begins as timestamp), cast(:ends as timestamp))) as booked
  from vehicles v
  where v.institution_id = :institution and (cast(:id as uuid) is null or v.id = :id)"""
ALL = statement(f"{VEHICLES} order by v.retired_on is not null, v.plate")
ENTER = statement(
    """insert into vehicles
         (institution_id, id, plate, model, purchased_on, engine_number, frame_number, passengers,
          pool, parking_place, insured_until, retired_on, version, entered_at)
       values (:institution, :id, :plate, :model, :purchased_on, :engine_number, :frame_number,
               :passengers, :pool, :parking_place, :insured_until, null, 1, :now)"""
)
PLATES = statement("select plate from vehicles where institution_id = :institution")
CHANGE = statement(
    """update vehicles
       set pool = :pool, parking_place = :parking_place, insured_until = :insured_until,
           retired_on = :retired_on, version = version + 1
       where institution_id = :institution and id = :id and version = :known
       returning version"""
)


@dataclass(frozen=True, kw_only=True)
class NewVehicle(Form):
    """What the archive asks of a vehicle."""

    plate: str = asked("牌照号", "Plate", names=Names.PLATE)
    model: str = asked("车型", "Model")
    engine_number: str = asked("发动机号", "Engine number", names=Names.SERIAL)
    frame_number: str = asked("车架号", "Frame number", names=Names.SERIAL)
    passengers: int = asked("载客数", "Passengers", bounds=SEATS)
    pool: str = asked("调度", "Pool")
    parking_place: str = asked("停放地点", "Place of parking")
    purchased_on: date | None = asked("购置时间", "Purchased on", default=None)
    insured_until: date | None = asked("保险到期", "Insured until", default=None)


@dataclass(frozen=True, kw_only=True)
class Changed(Form):
    """What of a vehicle may change."""

    pool: str = asked("调度", "Pool")
    parking_place: str = asked("停放地点", "Place of parking")
    insured_until: date | None = asked("保险到期", "Insured until", default=None)
    retired_on: date | None = asked("停用", "Retired on", default=None)


@dataclass(frozen=True)
class Standing:
    """A vehicle as it stands, and on which day asked about it is sealed."""

    row: Mapping[str, Any]
    sealed: bool
    sealed_by: str | None


async def vehicles(
    context: Context, vehicle: UUID | None = None, begins: Any = None, ends: Any = None
) -> list[Standing]:
    """The office's vehicles; `begins` and `ends`, office-local, ask whether each is free then."""
    now = context.now.replace(tzinfo=None)
    period = Period(begins or now, ends or begins or now)
    for name, at in (("fromTime", begins), ("untilTime", ends)):
        if at and not is_near(at.date(), context.today):
            raise at_fault("DATE_TOO_FAR", name)
    if period.ends < period.begins:
        raise at_fault("END_BEFORE_START", "untilTime")
    rows = await context.transaction.rows(
        ALL,
        institution=context.viewer.institution,
        id=vehicle,
        begins=period.begins,
        ends=period.ends,
    )
    living, calendar = await context.rulebook(context.viewer.institution), await context.calendar()
    clause = sealed_by(living)
    return [
        Standing(dict(row), bool(clause and sealed_on(row, period, calendar)), clause)
        for row in rows
    ]


async def enter(context: Context, given: NewVehicle) -> UUID:
    """Enter a vehicle into the archive.

    Raises:
        Refused: something is missing, or the plate is there already.

    """
    await _must_keep(context, given.pool)
    _must_be_sound(given)
    await _must_be_free(context, given.plate)
    institution, vehicle_id = context.viewer.institution, context.services.new_id()
    values = {field.name: getattr(given, field.name) for field in fields(given)}
    try:
        await context.transaction.rows(
            ENTER, institution=institution, id=vehicle_id, now=context.now, **values
        )
    except asyncpg.UniqueViolationError as taken:
        raise at_fault("PLATE_TAKEN", "input", "plate") from taken
    await _keep(context, vehicle_id, "vehicle_entered", values)
    return vehicle_id


async def change(context: Context, vehicle: UUID, expected: int, given: Changed) -> UUID:
    """Change where a vehicle belongs, stands or is insured until, or retire it."""
    known = await vehicles(context, vehicle)
    if not known:
        raise at_fault("VEHICLE_NOT_FOUND", "input", "vehicleId")
    await _must_keep(context, known[0].row["pool"])
    must_be_known(known[0].row["version"], expected)
    _must_be_sound(given)
    values = {field.name: getattr(given, field.name) for field in fields(given)}
    row = await context.transaction.row(
        CHANGE, institution=context.viewer.institution, id=vehicle, known=expected, **values
    )
    must_be_known(row["version"] - 1 if row else expected + 1, expected)
    await _keep(context, vehicle, "vehicle_changed", values)
    return vehicle


async def _must_keep(context: Context, pool: str) -> None:
    keeper = await may(context, ARCHIVE, Act.KEEP, {"pool": pool})
    if not keeper.allowed:
        label = context.services.vocabulary.objects[ARCHIVE].label
        raise Refused("NOT_A_KEEPER", clause=keeper.clause, zh=label.zh, en=label.en)


def _must_be_sound(given: NewVehicle | Changed) -> None:
    problems = shape_problems(given)
    if problems:
        raise invalid([replace(each, path=("input", *map(camel, each.path))) for each in problems])


async def _must_be_free(context: Context, plate: str) -> None:
    """A plate that an older line of the archive writes otherwise is taken as well."""
    institution = context.viewer.institution
    known = await context.transaction.rows(PLATES, institution=institution)
    if plate in {canonical(Names.PLATE, row["plate"]) for row in known}:
        raise at_fault("PLATE_TAKEN", "input", "plate")


async def _keep(context: Context, vehicle: UUID, event: str, values: Mapping[str, Any]) -> None:
    institution, person = context.viewer.institution, context.viewer.person
    said = {"vehicle": vehicle}
    await remember(context.transaction, institution, context.answer, said, context.now)
    content = {"vehicle": vehicle, "person": person.id, "name": person.name, **values}
    await ledger.append(context.transaction, institution, event, context.now, content)


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


def must_be_known(known: int, expected: int) -> None:
    """Raises: Refused: somebody changed it since it was read."""
    if known != expected:
        raise Refused("CHANGED_MEANWHILE", version=known)
