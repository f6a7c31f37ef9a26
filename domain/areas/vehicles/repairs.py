"""Repairs: the order of an approved repair, from the garage to the accepted bill."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index

from domain.approval.procedure import Approved, Form, asked, referring
from domain.areas.vehicles.tables import vehicles
from domain.areas.vehicles.upkeep import Repair
from domain.records.case_tables import case_table
from domain.records.cases import Begins, CaseKind, Party, Shows, Stage, plain_path
from domain.vocabulary import Label

IN_REPAIR = ("commissioned", "in_repair")
PATH = "vehicle.repair"


@dataclass(frozen=True, kw_only=True)
class RepairOrder:
    """车辆维修申请表: an approved repair on its way to the garage and back."""

    vehicle_id: UUID | None = referring("车辆", "Vehicle", "Vehicle", default=None)
    faults: str = asked("车辆故障", "Faults")
    scope: str = asked("维修范围", "Scope of the repair", default="")
    related_scope: str = asked("连带维修范围", "Related repairs", default="")
    garage: str = asked("修理厂家", "The garage that it was given to", default="")
    accepted_by: str = asked("验收人", "Who signed for it on leaving the garage", default="")


@dataclass(frozen=True, kw_only=True)
class Kept(Form):
    """A stage with what is to be kept with it."""

    text: str | None = asked("备注", "What is to be kept with it", default=None, longest=500)


@dataclass(frozen=True, kw_only=True)
class Commission(Kept):
    """委托修理: a garage, and the vehicle where the request named none."""

    garage: str = asked("修理厂家", "The garage commissioned", longest=500)
    vehicle_id: UUID | None = referring("车辆", "Vehicle", "Vehicle", default=None)


def _ordered(form: Repair, _: Approved) -> RepairOrder:
    return RepairOrder(
        vehicle_id=form.vehicle_id,
        faults=form.explanation,
        scope=form.scope,
        related_scope=form.related_scope,
    )


repair_orders = case_table(
    "vehicle_repair_orders",
    RepairOrder,
    ForeignKeyConstraint(
        ["institution_id", "vehicle_id"], ["vehicles.institution_id", "vehicles.id"]
    ),
    Index("vehicle_repair_orders_state_idx", "institution_id", "state", "since"),
    renewed=True,
)
REPAIR_ORDER = CaseKind(
    "vehicle.repair_order",
    Label("车辆维修申请表", "Repair order"),
    table=repair_orders,
    record=RepairOrder,
    begins_with=(Begins(PATH, _ordered, lambda _: (PATH,)),),
    parties=(Party("begun_by", Label("驾驶员", "the driver")),),
    walked=("report", "approve"),
    begun="garage",
    shows=(Shows("plate", Label("车号", "Plate"), vehicles.c.plate, by="vehicle_id"),),
    stages={
        "commission": Stage(Commission, needs=(("vehicle_id",),)),
        "repair": Stage(Kept),
        "accept": Stage(Kept, states={"driver_signed": True}, signs=("accepted_by",)),
        "review": Stage(Kept),
        "settle": Stage(Kept),
        "publish": Stage(Kept),
    },
    plain=plain_path(
        PATH,
        ("approved", "commission", "commissioned", "委托修理厂家", "Given to a garage"),
        ("commissioned", "repair", "in_repair", "进厂修理", "Being repaired"),
        ("in_repair", "accept", "accepted", "驾驶员验收", "Accepted by the driver"),
        ("accepted", "settle", "settled", "结算", "Settled"),
    ),
)
