"""Slips of trips and orders of repairs in the API."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import strawberry

from domain.areas.vehicles.trips import following
from domain.time.moments import OFFICE_TIME
from resolvers.areas.vehicles.slips import Slip
from resolvers.rules.rulebooks import LivingRulebook
from schema.areas.vehicles.actions import of_repair, of_trip
from schema.ground.connections import PageInfo
from schema.ground.edges import unreadable_field
from schema.ground.fields import Info
from schema.ground.ids import global_id
from schema.ground.nodes import Node
from schema.ground.scalars import JSON
from schema.records.actions import ALLOWED, LivingAction
from schema.requests.kinds import RequestKind, said
from schema.rules.clauses import Clause, clause_of


@strawberry.type
class VehicleEvent:
    """Something that happened to a trip or a repair."""

    event: str = strawberry.field(description="dispatch, leave, return, hand_over …")
    from_: str = strawberry.field(name="from", description="The state before.")
    to: str = strawberry.field(description="The state after.")
    at: datetime = strawberry.field(description="When it was recorded.")
    by: str = strawberry.field(description="Who did it.")
    particulars: JSON = strawberry.field(description="What was filled in.")
    clause: Clause | None = strawberry.field(description="The clause that asks for it.")


@strawberry.type
class NextStage:
    """A stage that may follow."""

    event: str = strawberry.field(description="To take it.")
    to: str = strawberry.field(description="The state that it leads to.")
    label: str = strawberry.field(description="What the office calls it.")


@strawberry.type
class VehicleTrip(Node):
    """派车单: the slip of an approved trip."""

    id: strawberry.ID = strawberry.field(description="Opaque and global.")
    request_id: strawberry.ID = strawberry.field(description="The request that was approved.")
    number: str = strawberry.field(description="Its number.")
    kind: RequestKind = strawberry.field(description="What was asked for.")
    state: str = strawberry.field(description="approved, dispatched, on_trip, filed …")
    version: int = strawberry.field(description="Grows with every act on it.")
    section: str = strawberry.field(description="用车科室.")
    user: str = strawberry.field(description="用车人.")
    going_to: str = strawberry.field(description="用车地点.")
    purpose: str = strawberry.field(description="用车事由.")
    people: int | None = strawberry.field(description="How many ride.")
    begins: datetime = strawberry.field(description="From when it is wanted.")
    ends: datetime = strawberry.field(description="Until when, or when it came back earlier.")
    vehicle_id: strawberry.ID | None = strawberry.field(description="The vehicle.")
    plate: str | None = strawberry.field(description="车牌号.")
    driver_id: strawberry.ID | None = strawberry.field(description="The driver.")
    driver: str | None = strawberry.field(description="The driver's name.")
    shares_trip_id: strawberry.ID | None = strawberry.field(
        description="The trip whose vehicle it rides in."
    )
    left_at: datetime | None = strawberry.field(description="出车时间, as the user filled it in.")
    returned_at: datetime | None = strawberry.field(description="回局时间, likewise.")
    odometer_out: Decimal | None = strawberry.field(description="On leaving.")
    odometer_back: Decimal | None = strawberry.field(description="On coming back.")
    approved_by: str | None = strawberry.field(description="批准人.")
    safety_by_driver: str | None = strawberry.field(description="安全情况, by the driver.")
    safety_by_user: str | None = strawberry.field(description="安全情况, by the user.")
    remarks: str = strawberry.field(description="备注.")
    history: list[VehicleEvent] = strawberry.field(description="What happened, in order.")
    next: list[NextStage] = strawberry.field(description="What may follow.")
    slip: strawberry.Private[Slip]
    allowed_actions: list[LivingAction] = strawberry.field(resolver=of_trip, description=ALLOWED)


@strawberry.type
class VehicleTripEdge:
    """A trip in a page."""

    cursor: str = strawberry.field(description="Continue after it.")
    node: VehicleTrip | None = strawberry.field(description="The trip.")
    unreadable: str | None = unreadable_field()


@strawberry.type
class VehicleTripConnection:
    """A page of trips."""

    edges: list[VehicleTripEdge] = strawberry.field(description="The page.")
    page_info: PageInfo = strawberry.field(description="Where it lies.")


@strawberry.type
class RepairOrder(Node):
    """车辆维修申请表: an approved repair on its way to the garage and back."""

    id: strawberry.ID = strawberry.field(description="Opaque and global.")
    request_id: strawberry.ID = strawberry.field(description="The request that was approved.")
    number: str = strawberry.field(description="Its number.")
    state: str = strawberry.field(description="approved, commissioned, in_repair …")
    version: int = strawberry.field(description="Grows with every act on it.")
    vehicle_id: strawberry.ID | None = strawberry.field(description="The vehicle.")
    plate: str | None = strawberry.field(description="车号.")
    driver: str = strawberry.field(description="The driver who proposed it.")
    faults: str = strawberry.field(description="车辆故障.")
    scope: str = strawberry.field(description="维修范围.")
    related_scope: str = strawberry.field(description="连带维修范围.")
    garage: str = strawberry.field(description="The garage that it was given to.")
    accepted_by: str = strawberry.field(description="Who signed for it on leaving the garage.")
    history: list[VehicleEvent] = strawberry.field(description="What happened, in order.")
    next: list[NextStage] = strawberry.field(description="What may follow.")
    slip: strawberry.Private[Slip]
    allowed_actions: list[LivingAction] = strawberry.field(resolver=of_repair, description=ALLOWED)


@strawberry.type
class RepairOrderEdge:
    """A repair in a page."""

    cursor: str = strawberry.field(description="Continue after it.")
    node: RepairOrder | None = strawberry.field(description="The repair.")
    unreadable: str | None = unreadable_field()


@strawberry.type
class RepairOrderConnection:
    """A page of repairs."""

    edges: list[RepairOrderEdge] = strawberry.field(description="The page.")
    page_info: PageInfo = strawberry.field(description="Where it lies.")


def trip_of(slip: Slip, living: LivingRulebook, info: Info) -> VehicleTrip:
    row = slip.row
    return VehicleTrip(
        id=global_id("VehicleTrip", slip.id),
        request_id=global_id("Request", row["request_id"]),
        number=row["number"],
        kind=RequestKind(row["kind"]),
        state=slip.state,
        version=row["version"],
        section=row["section"],
        user=row["user_name"],
        going_to=row["going_to"],
        purpose=row["purpose"],
        people=row["people"],
        begins=row["begins"].replace(tzinfo=OFFICE_TIME),
        ends=row["ends"].replace(tzinfo=OFFICE_TIME),
        vehicle_id=_id("Vehicle", row["vehicle_id"]),
        plate=row["plate"],
        driver_id=_id("Person", row["driver_id"]),
        driver=row["driver_name"],
        shares_trip_id=_id("VehicleTrip", row["shares_id"]),
        left_at=row["out_at"],
        returned_at=row["back_at"],
        odometer_out=row["odometer_out"],
        odometer_back=row["odometer_back"],
        approved_by=row["approved_by"],
        safety_by_driver=row["safety_driver"],
        safety_by_user=row["safety_user"],
        remarks=row["remarks"],
        history=_history(row, living),
        next=_next(slip, info),
        slip=slip,
    )


def order_of(slip: Slip, living: LivingRulebook, info: Info) -> RepairOrder:
    row = slip.row
    same = ("number", "version", "plate", "faults", "scope", "related_scope", "garage")
    return RepairOrder(
        id=global_id("RepairOrder", slip.id),
        request_id=global_id("Request", row["request_id"]),
        state=slip.state,
        vehicle_id=_id("Vehicle", row["vehicle_id"]),
        driver=row["driver_name"],
        accepted_by=row["accepted_by"],
        history=_history(row, living),
        next=_next(slip, info),
        slip=slip,
        **{name: row[name] for name in same},
    )


def _id(of: str, key: UUID | None) -> strawberry.ID | None:
    return global_id(of, key) if key else None


def _history(row: Any, living: LivingRulebook) -> list[VehicleEvent]:
    return [
        VehicleEvent(
            event=each["event"],
            from_=each["origin"],
            to=each["target"],
            at=datetime.fromisoformat(each["at"]),
            by=each["person_name"],
            particulars=JSON(each["particulars"]),
            clause=clause_of(living, each["clause"]) if each["clause"] else None,
        )
        for each in row["history"]
    ]


def _next(slip: Slip, info: Info) -> list[NextStage]:
    return [
        NextStage(event=each.event, to=each.target, label=said(each.label, info.context.language))
        for each in following(slip.path, slip.state)
    ]
