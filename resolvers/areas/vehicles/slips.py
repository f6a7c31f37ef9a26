"""Slips of trips and orders of repairs as they are kept: read, listed, and moved on a version."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from domain.approval.engine import Loan
from domain.areas.vehicles.tables import vehicle_repair_orders, vehicle_trips
from domain.areas.vehicles.trips import ORDER as ORDER_OF
from domain.areas.vehicles.trips import REPAIR, SLIP, path_of, state_of
from domain.areas.vehicles.trips import TRIP as TRIP_KIND
from domain.errors import Refused, at_fault
from domain.shapes.paths import Transition
from domain.vocabulary import STAGE, Act
from resolvers.ground import ledger
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.keeping import remember
from resolvers.records.acts import Verdict, may, titles
from resolvers.records.sight import SEEN, Record, rows_seen

TRIP_SLIPS = Record(SLIP, vehicle_trips, "t", unit="r.unit_id", kind=TRIP_KIND)
REPAIR_ORDERS = Record(ORDER_OF, vehicle_repair_orders, "o", unit="r.unit_id", kind=REPAIR)

HISTORY = """
  coalesce((
    select jsonb_agg(to_jsonb(e) order by e.version) from vehicle_events e
    where (e.institution_id, e.subject_id) = ({0}.institution_id, {0}.id)), '[]') as history"""

APPROVED_BY = """
  (select s.decided_by_name from steps s
   where (s.institution_id, s.request_id) = (t.institution_id, t.request_id)
     and s.act = 'approve' and s.status = 'done'
   order by s.round desc, s.position desc limit 1) as approved_by"""

TRIPS = f"""
  select t.*, lower(t.period) as begins, upper(t.period) as ends,
         v.plate, r.unit_id, r.submitted_at as asked_at, r.status as request_status,
         {APPROVED_BY}, {HISTORY.format("t")},
         exists (select from appointments a
                 join seats s on (s.institution_id, s.id) = (a.institution_id, a.seat_id)
                 where (a.institution_id, a.person_id) = (t.institution_id, t.user_id)
                   and s.role = any(cast(:main_leaders as text[]))
                   and a.begins <= :today and (a.ends is null or a.ends >= :today)) as main_leader
  from vehicle_trips t
  left join vehicles v on (v.institution_id, v.id) = (t.institution_id, t.vehicle_id)
  left join requests r on (r.institution_id, r.id) = (t.institution_id, t.request_id)
  where t.institution_id = :institution and {SEEN}"""
TRIP = f"{TRIPS} and t.id = :id"
TRIP_OF_REQUEST = f"{TRIPS} and t.request_id = :id"
TRIPS_PAGE = f"""{TRIPS}
        and (cast(:state as text) is null or t.state = :state)
        and (cast(:first_day as date) is null or upper(t.period) > :first_day)
        and (cast(:last_day as date) is null or lower(t.period) < cast(:last_day as date) + 1)
        and (cast(:after_at as timestamp) is null
             or (lower(t.period), t.id) < (:after_at, cast(:after_id as uuid)))
      order by lower(t.period) desc, t.id desc limit :size"""
EVERY_TRIP = TRIPS.replace(SEEN, "true")
ANY_TRIP = statement(f"{EVERY_TRIP} and t.id = :id")
WAITING = statement(
    f"""{EVERY_TRIP} and t.standing and t.out_at is null and r.status = 'approved'
        and t.driver_id is null
        and (t.kind <> 'vehicle.lend' or not exists (
          select from vehicle_events e
          where (e.institution_id, e.subject_id) = (t.institution_id, t.id)
            and e.event = 'dispatch' and e.at >= t.since))
      order by t.since limit :size"""
)
MOVE_TRIP = statement(
    """update vehicle_trips as t
       set (vehicle_id, driver_id, driver_number, driver_name, shares_id, state, since, version,
            standing, out_at, back_at, odometer_out, odometer_back, safety_driver, safety_user,
            remarks, period)
         = (select g.vehicle_id, g.driver_id, g.driver_number, g.driver_name, g.shares_id, g.state,
                   g.since, g.version, g.standing, g.out_at, g.back_at, g.odometer_out,
                   g.odometer_back, g.safety_driver, g.safety_user, g.remarks, g.period
            from jsonb_populate_record(cast(null as vehicle_trips), :row) g)
       where t.institution_id = :institution and t.id = :id and t.version = :known
       returning t.version"""
)
ORDERS = f"""
  select o.*, v.plate, r.unit_id, {HISTORY.format("o")}
  from vehicle_repair_orders o
  left join requests r on (r.institution_id, r.id) = (o.institution_id, o.request_id)
  left join vehicles v on (v.institution_id, v.id) = (o.institution_id, o.vehicle_id)
  where o.institution_id = :institution and {SEEN}"""
ORDER = f"{ORDERS} and o.id = :id"
ORDER_OF_REQUEST = f"{ORDERS} and o.request_id = :id"
ORDERS_PAGE = f"""{ORDERS}
        and (cast(:after_at as timestamptz) is null
             or (o.since, o.id) < (:after_at, cast(:after_id as uuid)))
      order by o.since desc, o.id desc limit :size"""
MOVE_ORDER = statement(
    """update vehicle_repair_orders as o
       set (vehicle_id, garage, accepted_by, state, since, version)
         = (select g.vehicle_id, g.garage, g.accepted_by, g.state, g.since, g.version
            from jsonb_populate_record(cast(null as vehicle_repair_orders), :row) g)
       where o.institution_id = :institution and o.id = :id and o.version = :known
       returning o.version"""
)
EVENT = statement(
    """insert into vehicle_events
       select e.* from jsonb_populate_record(cast(null as vehicle_events), :event) e"""
)


@dataclass(frozen=True)
class Slip:
    """A trip or an order with the path that it is on."""

    row: Mapping[str, Any]
    path: tuple[Transition, ...]

    @property
    def id(self) -> UUID:
        return self.row["id"]  # type: ignore[no-any-return]

    @property
    def state(self) -> str:
        return state_of(self.path, self.row["state"])


async def must_take(context: Context, before: Slip, thing: str, event: str) -> Verdict:
    """In which seat the viewer takes a stage.

    Raises:
        Refused: the stage is another's.

    """
    row = before.row
    living = await context.rulebook(context.viewer.institution)
    bears = living.vocabulary.objects[thing].bears
    verdict = await may(
        context,
        thing,
        Act.TAKE,
        {**row, **row.get("facts", {}), STAGE: event},
        {role: row[column] for role, column in bears.items()},
        lent_for=row.get("kind", REPAIR),
        unit=row["unit_id"],
    )
    if not verdict.allowed:
        stage = next((e for e in before.path if e.event == event), None)
        clause = verdict.clause or (stage.clause if stage else None) or None
        raise Refused("NOT_YOUR_TRIP_STAGE", clause=clause, **titles(living, verdict.whose))
    return verdict


def acting_for(loan: Loan | None) -> dict[str, Any]:
    """What is noted of an act in a lent seat."""
    return {"acting_for": {"lender": loan.lender_name, "document": loan.document}} if loan else {}


async def trips_seen(context: Context, text: str, **values: Any) -> list[Any]:
    """The trips of a statement that the viewer may see."""
    return await rows_seen(context, TRIP_SLIPS, text, **every_trip(context), **values)


async def orders_seen(context: Context, text: str, **values: Any) -> list[Any]:
    """The repairs of a statement that the viewer may see."""
    return await rows_seen(context, REPAIR_ORDERS, text, **values)


def every_trip(context: Context) -> dict[str, Any]:
    """For a statement of trips: whose, and the roles of the highest level, which come first."""
    roles = context.services.vocabulary.roles.values()
    highest = max(role.level for role in roles)
    leaders = [role.code for role in roles if role.level == highest]
    institution = context.viewer.institution
    return {"institution": institution, "main_leaders": leaders, "today": context.today}


async def slip(context: Context, path: str, row: Any) -> Slip:
    living = await context.rulebook(context.viewer.institution)
    return Slip(dict(row), path_of(living.shapes.paths, path))


def must_be_known(known: int, expected: int) -> None:
    """Raises: Refused: somebody acted since it was read."""
    if known != expected:
        raise Refused("CHANGED_MEANWHILE", version=known)


@dataclass(frozen=True)
class Move:
    """What happens to a slip: the event, from where to where, and what is noted of it."""

    event: str
    origin: str
    target: str
    clause: str
    particulars: Mapping[str, Any]


async def keep_move(
    context: Context, moving: Any, before: Slip, changes: Mapping[str, Any], move: Move, told: str
) -> None:
    """Write the slip, what happened to it, the answer and the ledger, or nothing.

    Raises:
        Refused: it was changed meanwhile, or its driver drives another trip then.

    """
    person, transaction = context.viewer.person, context.transaction
    version = before.row["version"] + 1
    row = {**before.row, **changes, "version": version}
    row.pop("history", None)
    if "period" in row:
        row["period"] = f"[{row['begins'].isoformat()},{row['ends'].isoformat()})"
    since = before.row["since"] if move.origin == move.target else context.now
    row |= {"state": move.target, "since": since}
    try:
        kept = await transaction.row(
            moving,
            row=row,
            institution=person.institution,
            id=before.id,
            known=before.row["version"],
        )
    except asyncpg.ExclusionViolationError as engaged:
        name = row.get("driver_name") or ""
        raise at_fault("DRIVER_ENGAGED", "input", "driverId", name=name) from engaged
    if kept is None:
        raise Refused("CHANGED_MEANWHILE", version=version)
    event = {
        "institution_id": person.institution,
        "subject_id": before.id,
        "version": version,
        "event": move.event,
        "origin": move.origin,
        "target": move.target,
        "clause": move.clause,
        "particulars": dict(move.particulars),
        "person_id": person.id,
        "person_name": person.name,
        "at": context.now,
    }
    await transaction.rows(EVENT, event=event)
    said = {"slip": before.id}
    await remember(transaction, person.institution, context.answer, said, context.now)
    await ledger.append(transaction, person.institution, told, context.now, event)


def after(page: tuple[datetime, UUID] | None) -> dict[str, Any]:
    return {"after_at": page[0] if page else None, "after_id": page[1] if page else None}


async def trip_to_change(context: Context, trip_id: UUID, expected: int) -> Slip:
    """A trip that the viewer may see, as it was when it was read, and not over.

    Raises:
        Refused: there is none, it has changed, or its request no longer stands.

    """
    found = await trips_seen(context, TRIP, id=trip_id)
    if not found:
        raise Refused("TRIP_NOT_FOUND")
    [row] = found
    must_be_known(row["version"], expected)
    if row["request_status"] not in (None, "approved"):
        raise Refused("TRIP_IS_OVER")
    return await slip(context, TRIP_KIND, row)
