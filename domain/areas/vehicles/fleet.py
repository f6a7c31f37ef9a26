"""The fleet: a card for each vehicle, and when it is not to be had."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from domain.approval.procedure import asked
from domain.records.bookable import Bar, Bookable, Wish, ended, too_small
from domain.records.cases import Shows
from domain.records.things import Card, Thing
from domain.time.journeys import days_of
from domain.values.bounds import LITRES, between
from domain.values.choices import Choice
from domain.values.names import Names
from domain.vocabulary import Label


class VehiclePool(Choice):
    """固定用车 or 统一调度; whose vehicle it is."""

    LEADERS = "leaders", "固定用车: kept for leaders."
    OFFICE = "office", "统一调度: dispatched by the office."


class Vehicle(Card):
    """车辆管理档案; a vehicle of the office."""

    plate: str = asked("牌照号", "Plate", names=Names.PLATE)
    model: str = asked("车型", "Model")
    engine_number: str = asked("发动机号", "Engine number", names=Names.SERIAL)
    frame_number: str = asked("车架号", "Frame number", names=Names.SERIAL)
    passengers: int = asked("载客数", "Seats for passengers", bounds=between(1, 100, unit="person"))
    pool: VehiclePool = asked("调度", "Kept for leaders, or dispatched")
    parking_place: str = asked("停放地点", "Its fixed place of parking")
    purchased_on: date | None = asked("购置时间", "Purchased on", default=None)
    insured_until: date | None = asked("保险到期", "The last day of its insurance", default=None)
    fuel_quota: Decimal | None = asked(
        "每月用油定额", "Litres a month", default=None, bounds=LITRES
    )
    retired_on: date | None = asked("停用", "From when it is no longer in use", default=None)


def _sealed(wish: Wish) -> Mapping[str, Any] | None:
    """Sealed on holidays, and while its keys are laid up; asked for outside hours it is opened."""
    if wish.card.pool is VehiclePool.LEADERS or wish.kind == "vehicle.off_hours":
        return None
    days = days_of(wish.period) if wish.period else ()
    day = next((e for e in days if wish.calendar.is_holiday(e) or e in wish.laid), None)
    return {"day": day} if day else None


VEHICLES = Thing(
    "vehicle.archive",
    Vehicle,
    cards="vehicles",
    named_by="plate",
    unique=("plate",),
    fixed=("plate", "model", "engine_number", "frame_number", "passengers", "purchased_on"),
    lapses={"insurance_lapsed": "insured_until"},
    cleared=("items_handed_over",),
    bookable=Bookable(
        withheld="VEHICLE_OF_LEADERS",
        bars=(
            ended("VEHICLE_RETIRED", "retired_on"),
            Bar("VEHICLE_SEALED", _sealed, by="vehicle.sealing", until="last_day"),
            too_small("VEHICLE_TOO_SMALL", "passengers"),
        ),
    ),
    word="Vehicle",
)
VEHICLE = VEHICLES.reference
PLATED = Shows("plate", Label("车牌号", "Plate"), VEHICLES.table.c.plate, by="vehicle_id")
THINGS = (VEHICLES,)
