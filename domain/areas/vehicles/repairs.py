"""Repairs: the order of an approved repair, from the garage to the accepted bill."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index

from domain.approval.procedure import Reference, asked, referring
from domain.areas.vehicles.fleet import PLATED, VEHICLE, VEHICLES
from domain.records.bookable import Holds
from domain.records.case_tables import case_table
from domain.records.cases import Begins, CaseKind, Party, Stage, plain_path
from domain.records.stage_effects import Had, Use
from domain.records.stage_forms import carried, fill
from domain.vocabulary import Label

PATH, SUPPLIER = "vehicle.repair", Reference("Supplier", "suppliers")


@dataclass(frozen=True, kw_only=True)
class RepairOrder:
    """车辆维修申请表: an approved repair on its way to the garage and back."""

    vehicle_id: UUID | None = referring("车辆", "Vehicle", VEHICLE, default=None)
    faults: str = asked("车辆故障", "Faults")
    scope: str = asked("维修范围", "Scope of the repair", default="")
    related_scope: str = asked("连带维修范围", "Related repairs", default="")
    garage_id: UUID | None = referring("定点厂家", "Which", SUPPLIER, default=None)
    garage: str = asked("修理厂家", "The garage commissioned", default="", longest=500)
    designated: bool = asked("在定点厂家维修", "A designated garage", default=False)
    commissioned_at: datetime | None = asked("委托时间", "Commissioned at", default=None)
    together: bool = asked("车辆管理人员与司机同去", "Keeper and driver go together", default=False)
    accepted_by: str = asked("验收人", "Who signed for it on leaving the garage", default="")


TEXT = ("text", str | None, asked("备注", "What is to be kept with it", default=None, longest=500))
REASON = ("text", str, asked("为何送该厂家维修", "Why that garage", longest=500))
GIVEN: Any = {"needs": (("vehicle_id",),), "moments": ("commissioned_at",), "uses": Use.HAS}
KEPT = fill(RepairOrder, also=(TEXT,))
repair_orders = case_table(
    "vehicle_repair_orders",
    RepairOrder,
    Index("vehicle_repair_orders_state_idx", "institution_id", "state", "since"),
    renewed=True,
)
REPAIR_ORDER = CaseKind(
    "vehicle.repair_order",
    Label("车辆维修申请表", "Repair order"),
    table=repair_orders,
    record=RepairOrder,
    begins_with=(
        Begins(
            PATH,
            lambda form, _: carried(form, RepairOrder, faults=form.explanation),
            lambda _: (PATH,),
            asks=("scope", "related_scope"),
        ),
    ),
    parties=(Party("begun_by", Label("驾驶员", "the driver")),),
    walked=("report", "approve"),
    begun="commissioned_at",
    has=Had(VEHICLES, "vehicle_id"),
    shows=(PLATED,),
    stages={
        "commission": Stage(
            fill(RepairOrder, "vehicle_id", "garage", required=("garage_id",), also=(TEXT,)),
            sets={"designated": True},
            states={"designated": True},
            **GIVEN,
        ),
        "commission_elsewhere": Stage(
            fill(RepairOrder, "vehicle_id", required=("garage",), also=(REASON,)), **GIVEN
        ),
        "repair": Stage(fill(RepairOrder, "together", also=(TEXT,))),
        "accept": Stage(KEPT, states={"driver_signed": True}, signs=("accepted_by",)),
        **dict.fromkeys(("review", "settle", "publish"), Stage(KEPT)),
    },
    plain=plain_path(
        PATH,
        ("approved", "commission", "commissioned", "委托修理厂家", "Given to a garage"),
        ("approved", "commission_elsewhere", "commissioned", "送其他厂家", "Given to another"),
        ("commissioned", "repair", "in_repair", "进厂修理", "Being repaired"),
        ("in_repair", "accept", "accepted", "驾驶员验收", "Accepted by the driver"),
        ("accepted", "settle", "settled", "结算", "Settled"),
    ),
)
HOLDS = Holds(
    "in_repair",
    "Whether it is given to a garage.",
    REPAIR_ORDER,
    "vehicle_id",
    VEHICLES,
    ("commissioned", "in_repair"),
    code="VEHICLE_IN_REPAIR",
)
