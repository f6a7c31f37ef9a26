"""Trips and repairs moved along their paths, each stage by those whose it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.approval.engine import Loan
from domain.areas.vehicles.trips import ENDS_OF_TRIP, ORDER, REPAIR, SLIP, following, taken
from domain.errors import Refused, at_fault
from domain.time.moments import office_local
from domain.values.bounds import ODOMETER
from domain.vocabulary import STAGE, Act
from resolvers.areas.vehicles.admission import found
from resolvers.areas.vehicles.slips import (
    MOVE_ORDER,
    MOVE_TRIP,
    Move,
    Slip,
    acting_for,
    keep_move,
    must_be_known,
    must_take,
    orders_seen,
    slip,
    trip_to_change,
)
from resolvers.areas.vehicles.slips import ORDER as ONE_ORDER
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.records.acts import acted, judged, titles
from resolvers.requests.demands import must_hold
from resolvers.time.clocks import Subject, happened

OF_DISPATCHING = frozenset({"rank", "dispatch"})
"""Stages that `dispatch` takes, with a vehicle and a driver."""
LONGEST_NOTE = 500
SHORTEST = timedelta(minutes=1)
"""Of a trip that was over before it was to begin: a time of no length has no beginning."""

OUT = statement(
    """select exists (
         select from vehicle_trips t
         where t.institution_id = :institution and t.vehicle_id = :vehicle and t.id <> :id
           and t.id is distinct from :shares and t.shares_id is distinct from :id
           and t.out_at is not null and t.back_at is null and t.standing)"""
)
RELEASE = statement(
    """update bookings
       set period = tsrange(lower(period), greatest(lower(period), least(upper(period), :back)))
       where institution_id = :institution and request_id = :request"""
)
READ = statement(
    """insert into vehicle_mileages
         (institution_id, id, vehicle_id, read_at, odometer, trip_id, void, why,
          recorded_by, recorded_by_name, recorded_at)
       values (:institution, :id, :vehicle, :read_at, cast(cast(:odometer as text) as numeric),
               :trip, false, '', :person, :name, :now)"""
)


@dataclass(frozen=True)
class TripAct:
    """A stage of a trip, with what is filled in on the slip."""

    event: str
    out_at: datetime | None = None
    back_at: datetime | None = None
    odometer_out: Decimal | None = None
    odometer_back: Decimal | None = None
    remarks: str | None = None


@dataclass(frozen=True)
class RepairAct:
    """A stage of a repair."""

    event: str
    vehicle: UUID | None = None
    garage: str | None = None
    note: str | None = None


async def advance_trip(context: Context, trip_id: UUID, expected: int, act: TripAct) -> UUID:
    """Take a trip a stage further: it leaves, comes back, is handed over, filed or logged.

    Raises:
        Refused: not the viewer's stage, not the next one, or something is not filled in.

    """
    before = await trip_to_change(context, trip_id, expected)
    row, institution = before.row, context.viewer.institution
    if act.event in OF_DISPATCHING:
        raise Refused("TRIP_NOT_DISPATCHED")
    loan = await _must_take(context, before, SLIP, act.event)
    stage = taken(before.path, before.state, act.event, {}, await context.calendar(), context.now)
    changes = _filled_in(context, row, act)
    if act.event == "leave":
        held = {"vehicle": row["vehicle_id"], "id": trip_id, "shares": row["shares_id"]}
        if await context.transaction.value(OUT, institution=institution, **held):
            raise Refused("VEHICLE_IS_OUT", plate=row["plate"])
    if act.event == "hand_over" and not (row["safety_driver"] and row["safety_user"]):
        raise Refused("SAFETY_NOT_NOTED", clause=stage.clause or None)
    if act.event in ENDS_OF_TRIP:
        await _came_back(context, before, changes)
    over = not following(before.path, stage.target)
    changes["standing"] = not over and act.event not in ENDS_OF_TRIP
    told = {name: value for name, value in changes.items() if name != "standing"}
    told |= acting_for(loan)
    move = Move(act.event, before.state, stage.target, stage.clause, told)
    await keep_move(context, MOVE_TRIP, before, changes, move, "trip_advanced")
    return trip_id


async def note_safety(context: Context, trip_id: UUID, expected: int, note: str) -> UUID:
    """Note on the slip how safe the trip was, as its driver or its user."""
    before = await trip_to_change(context, trip_id, expected)
    row, me = before.row, context.viewer.person.id
    if not note.strip():
        raise at_fault("REQUIRED", "input", "note")
    if row["out_at"] is None:
        raise Refused("TRIP_NOT_DISPATCHED")
    living = await context.rulebook(context.viewer.institution)
    bears, stage = living.vocabulary.objects[SLIP].bears, {STAGE: "note_safety"}
    mine = [
        f"safety_{column.removesuffix('_id')}"
        for role, column in bears.items()
        if row[column] == me
        and acted(context, judged(living, SLIP, Act.TAKE, stage, (), {role})).allowed
    ]
    if not mine:
        whose_it_is = judged(living, SLIP, Act.TAKE, stage, ()).whose
        raise Refused("NOT_YOUR_TRIP_STAGE", **titles(living, whose_it_is))
    changes = dict.fromkeys(mine, _short(note, "note"))
    move = Move("note_safety", before.state, before.state, before.path[0].clause, changes)
    await keep_move(context, MOVE_TRIP, before, changes, move, "trip_safety_noted")
    return trip_id


async def advance_repair(context: Context, order_id: UUID, expected: int, act: RepairAct) -> UUID:
    """Take a repair a stage further: commissioned, repaired, accepted by the driver, settled."""
    seen = await orders_seen(context, ONE_ORDER, id=order_id)
    if not seen:
        raise Refused("REPAIR_ORDER_NOT_FOUND")
    [row] = seen
    must_be_known(row["version"], expected)
    before = await slip(context, REPAIR, row)
    person = context.viewer.person
    loan = await _must_take(context, before, ORDER, act.event)
    measures = {"driver_signed": act.event == "accept" and person.id == row["driver_id"]}
    calendar = await context.calendar()
    stage = taken(before.path, before.state, act.event, measures, calendar, context.now)
    changes: dict[str, Any] = {}
    if act.vehicle:
        await found(context, act.vehicle)
        changes["vehicle_id"] = act.vehicle
    if act.event == "commission":
        if not (changes.get("vehicle_id") or row["vehicle_id"]):
            raise at_fault("REQUIRED", "input", "vehicleId")
        if not (act.garage or "").strip():
            raise at_fault("REQUIRED", "input", "garage")
        changes["garage"] = _short(act.garage or "", "garage")
    if act.event == "accept":
        changes["accepted_by"] = person.name
    note = _short(act.note or "", "note")
    told = {**changes, "note": note, **acting_for(loan)}
    move = Move(act.event, before.state, stage.target, stage.clause, told)
    subject = Subject(order_id, person.institution, REPAIR, row["request_id"], (row["driver_id"],))
    await happened(context, [f"{REPAIR}.{stage.target}"], subject)
    await keep_move(context, MOVE_ORDER, before, changes, move, "repair_advanced")
    return order_id


async def _must_take(context: Context, before: Slip, thing: str, event: str) -> Loan | None:
    """Under which loan the viewer takes a stage; none where it is no next one at all."""
    if not any(each.event == event for each in following(before.path, before.state)):
        return None
    return (await must_take(context, before, thing, event)).loan


def _filled_in(context: Context, row: Mapping[str, Any], act: TripAct) -> dict[str, Any]:
    """What the stage fills in; leaving and coming back happen now where no time is told."""
    if act.event in ("leave", "log") and not row["driver_id"] and row["kind"] != "vehicle.lend":
        raise Refused("TRIP_NOT_DISPATCHED")
    changes: dict[str, Any] = {}
    if act.event in ("leave", "log"):
        changes["out_at"] = act.out_at or (context.now if act.event == "leave" else None)
        changes["odometer_out"] = act.odometer_out
    if act.event in ENDS_OF_TRIP:
        changes["back_at"] = act.back_at or (context.now if act.event == "return" else None)
        changes["odometer_back"] = act.odometer_back
    if act.remarks:
        changes["remarks"] = _short(act.remarks, "remarks")
    for name, field in (("out_at", "leftAt"), ("back_at", "returnedAt")):
        if name in changes and changes[name] is None:
            raise at_fault("REQUIRED", "input", field)
        if name in changes and changes[name] > context.now:
            raise at_fault("NOT_YET_HAPPENED", "input", field)
    out, back = changes.get("out_at") or row["out_at"], changes.get("back_at")
    if out and back and back < out:
        raise at_fault("BACK_BEFORE_OUT", "input", "returnedAt")
    _read_odometers(row, changes)
    return changes


def _read_odometers(row: Mapping[str, Any], changes: dict[str, Any]) -> None:
    """What the odometer showed lies within its bounds, and runs on."""
    fields = {"odometer_out": "odometerOut", "odometer_back": "odometerBack"}
    must_hold(
        problem
        for name, field in fields.items()
        if (shown := changes.get(name)) is not None
        and (problem := ODOMETER.problem(shown, "input", field))
    )
    stored = row["odometer_out"]
    if stored is not None and ODOMETER.problem(stored):
        changes.setdefault("odometer_out", None)  # noted before odometers had bounds
    before, now = changes.get("odometer_out", stored), changes.get("odometer_back")
    if before is not None and now is not None and now < before:
        raise at_fault("ODOMETER_RUNS_BACK", "input", "odometerBack")


async def _came_back(context: Context, before: Slip, changes: dict[str, Any]) -> None:
    """The vehicle is free again from when it came back, and what its odometer showed is read."""
    row, person = before.row, context.viewer.person
    back = office_local(changes["back_at"])
    changes["ends"] = max(row["begins"] + SHORTEST, min(row["ends"], back))
    institution = person.institution
    await context.transaction.rows(
        RELEASE, institution=institution, request=row["request_id"], back=back
    )
    read = (
        (row["out_at"] or changes.get("out_at"), changes.get("odometer_out", row["odometer_out"])),
        (changes["back_at"], changes.get("odometer_back")),
    )
    for read_at, odometer in read:
        if odometer is not None and row["vehicle_id"]:
            await context.transaction.rows(
                READ,
                institution=institution,
                id=context.services.new_id(),
                vehicle=row["vehicle_id"],
                read_at=read_at,
                odometer=str(odometer),
                trip=before.id,
                person=person.id,
                name=person.name,
                now=context.now,
            )


def _short(text: str, field: str) -> str:
    if len(text) > LONGEST_NOTE:
        raise at_fault("TOO_LONG", "input", field, limit=LONGEST_NOTE)
    return text.strip()
