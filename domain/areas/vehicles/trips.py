"""Trips: the slip of an approved trip, dispatched in the office's order, driven, and filed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index

from domain.approval.procedure import Approved, asked, referring
from domain.areas.vehicles.books import HOLIDAY_TRIPS, MILEAGES, RUNS_BACK, HolidayTrip, Mileage
from domain.areas.vehicles.fleet import PLATED, VEHICLE, VEHICLES
from domain.areas.vehicles.use import KINDS, Lending
from domain.areas.vehicles.use import Use as Wanted
from domain.records import cases
from domain.records.bookable import Holds
from domain.records.case_tables import case_table, one_at_a_time, unseen
from domain.records.queues import Queue
from domain.records.registers import PERSON, Serving
from domain.records.stage_effects import Had, Together, Use, Writes
from domain.records.stage_forms import carried, fill
from domain.records.stage_rules import not_ahead, rising
from domain.time.calendar import Calendar
from domain.time.journeys import Destination, between, days_of
from domain.time.moments import office_local
from domain.values.bounds import ODOMETER
from domain.vocabulary import Act, Label

PATH, LEND = "vehicle.dispatch", "vehicle.lend"
OFFICIAL = frozenset({"vehicle.dispatch", "vehicle.off_hours"})
RANKED_BY = ("destination", "urgency", "special_case", "family_planning", "applicant_rank")
"""What decides whose turn it is first."""


@dataclass(frozen=True, kw_only=True)
class Slip:
    """派车单: the slip of an approved trip, and all that is filled in on it."""

    section: str = asked("用车科室", "Section")
    going_to: str = asked("用车地点", "Place")
    purpose: str = asked("用车事由", "Purpose")
    people: int | None = asked("人数", "How many ride", default=None)
    begins: datetime = asked("开始", "From when it is wanted")
    ends: datetime = asked("结束", "Until when, or when it came back earlier")
    vehicle_id: UUID | None = referring("车辆", "Vehicle", VEHICLE, default=None)
    driver_id: UUID | None = referring("驾驶员", "Driver", PERSON, default=None)
    driver_number: int | None = unseen(None)
    driver_name: str | None = asked("驾驶员姓名", "The driver's name", default=None)
    shares_id: UUID | None = referring(
        "合乘", "The trip whose vehicle it rides in", "VehicleTrip", default=None
    )
    place_in_queue: int | None = asked("派车次序", "Its place when it was dispatched", default=None)
    out_at: datetime | None = asked("出车时间", "When it left", default=None)
    back_at: datetime | None = asked("回局时间", "When it came back", default=None)
    odometer_out: Decimal | None = asked(
        "出车公里数", "Odometer on leaving", default=None, bounds=ODOMETER
    )
    odometer_back: Decimal | None = asked(
        "回局公里数", "Odometer on return", default=None, bounds=ODOMETER
    )
    safety_driver: str | None = asked("驾驶员注明安全情况", "Safety, by the driver", default=None)
    safety_user: str | None = asked("用车人注明安全情况", "Safety, by the user", default=None)
    remarks: str = asked("备注", "Remarks", default="", longest=500)


NOTE = ("note", str, asked("安全情况", "How safe the trip was, each their own", longest=500))


def _slip(form: Wanted, approved: Approved) -> Slip:
    lent_to = form.borrower if isinstance(form, Lending) else ""
    of = {"section": approved.unit_name, "purpose": form.explanation, "remarks": lent_to}
    return carried(form, Slip, **of)


def readings(slip: Slip, trip: UUID) -> Iterator[Mileage]:
    """The odometer as the slip has it, on leaving and on return."""
    for at, shown in ((slip.out_at, slip.odometer_out), (slip.back_at, slip.odometer_back)):
        if slip.vehicle_id and at and shown is not None and not ODOMETER.problem(shown):
            yield Mileage(vehicle_id=slip.vehicle_id, read_at=at, odometer=shown, trip_id=trip)


def days_off(slip: Slip, trip: UUID, calendar: Calendar) -> Iterator[HolidayTrip]:
    """The days off on which the driver drove. A holiday on a weekend counts as the holiday."""
    out, back = slip.out_at, slip.back_at
    if not (slip.driver_id and slip.driver_name and out and back):
        return
    driver: dict[str, Any] = {"driver_id": slip.driver_id, "driver": slip.driver_name}
    for day in days_of(between(out, back)):
        if not calendar.is_workday(day):
            yield HolidayTrip(day=day, holiday=calendar.is_holiday(day), trip_id=trip, **driver)


def _on_its_days(turn: cases.Turn[Slip]) -> bool:
    """It leaves on a day that it was approved for, not before and not after."""
    slip = turn.after
    first, out, last = (
        office_local(at).date() for at in (slip.begins, slip.out_at or slip.begins, slip.ends)
    )
    return first <= out <= last


ON_ITS_DAYS = cases.Rule[Slip]("TRIP_ON_ANOTHER_DAY", ("out_at",), _on_its_days)


def may_share(one: cases.Case[Slip], other: cases.Case[Slip]) -> bool:
    """Same day, same direction: to the same place, or both beyond the area and equally far."""
    mine, theirs = one.filled, other.filled
    same_day = office_local(mine.begins).date() == office_local(theirs.begins).date()
    same_place = bool(mine.going_to) and mine.going_to.strip() == theirs.going_to.strip()
    near, far = (Destination.IN_AREA, "", None), one.facts.get("destination")
    equally_far = far == other.facts.get("destination") and far not in near
    return one.id != other.id and same_day and (same_place or equally_far)


trips = case_table(
    "vehicle_trips",
    Slip,
    CheckConstraint("back_at is null or out_at <= back_at", name="back_after_out"),
    CheckConstraint("odometer_back is null or odometer_out <= odometer_back", name="distance"),
    CheckConstraint("(driver_id is null) = (driver_number is null)", name="driver_whole"),
    one_at_a_time(
        "vehicle_trips_driven_one_at_a_time",
        number="driver_number",
        times=("begins", "ends"),
        unless=("back_at", "shares_id"),
    ),
    Index("vehicle_trips_state_idx", "institution_id", "state", "since"),
    Index("vehicle_trips_driver_idx", "institution_id", "driver_id", "out_at"),
    counted_by="out_at",
    renewed=True,
)
SHARED = Together(
    "shares_id",
    ("vehicle_id", "driver_id", "driver_number", "driver_name"),
    may_share,
    "MAY_NOT_SHARE",
)
CAR = Had(
    VEHICLES,
    "vehicle_id",
    times=("begins", "ends"),
    people="people",
    out="out_at",
    back="back_at",
    is_out="VEHICLE_IS_OUT",
    together=SHARED,
)
DRIVER = Serving(
    name="driver_name",
    number="driver_number",
    act=Act.CONFIRM,
    unfit="NOT_A_DRIVER",
    times=("begins", "ends"),
    away="DRIVER_AWAY",
    engaged="DRIVER_ENGAGED",
)
WRITTEN = (
    Writes(MILEAGES, lambda case, _: readings(case.filled, case.id), always=True),
    Writes(
        HOLIDAY_TRIPS,
        lambda case, calendar: days_off(case.filled, case.id, calendar),
        kinds=OFFICIAL,
    ),
)
TRIP = cases.CaseKind(
    "vehicle.trip",
    Label("派车单", "Slip of a trip"),
    table=trips,
    record=Slip,
    begins_with=tuple(
        cases.Begins(kind, _slip, lambda _: (PATH,), RANKED_BY) for kind in KINDS.values()
    ),
    parties=(
        cases.Party("begun_by", Label("用车人", "the user")),
        cases.Party("driver_id", Label("驾驶员", "the driver"), serving=DRIVER),
    ),
    walked=("approve",),
    begun="out_at",
    day="begins",
    has=CAR,
    shows=(PLATED,),
    stages={
        "rank": cases.Stage(leads_on=True),
        "dispatch": cases.Stage(
            fill(Slip, "vehicle_id", "driver_id", "shares_id"),
            uses=Use.HAS,
            rules=(
                cases.Rule(
                    "DRIVER_NEEDED",
                    ("driver_id",),
                    lambda turn: turn.after.driver_id is not None or turn.kind == LEND,
                ),
            ),
            tells=cases.Tells(
                "VEHICLE_ASSIGNED",
                ("begun_by", "driver_id"),
                details={"plate": "plate", "driver": "driver_name", "begins": "begins"},
            ),
        ),
        "leave": cases.Stage(
            fill(Slip, "out_at", "odometer_out"),
            needs=(("vehicle_id",),),
            moments=("out_at",),
            since="ends",
            rules=(ON_ITS_DAYS,),
            uses=Use.TAKES_OUT,
        ),
        "return": cases.Stage(
            fill(Slip, "back_at", "odometer_back", "remarks"),
            moments=("back_at",),
            uses=Use.BRINGS_BACK,
            writes=WRITTEN,
        ),
        "note_safety": cases.Stage(
            fill(Slip, also=(NOTE,)), own={"driver_id": "safety_driver", "begun_by": "safety_user"}
        ),
        "hand_over": cases.Stage(needs=(("safety_driver",), ("safety_user",))),
        "file": cases.Stage(),
        "log": cases.Stage(
            fill(
                Slip, *("odometer_out", "odometer_back", "remarks"), required=("out_at", "back_at")
            ),
            needs=(("vehicle_id",),),
            rules=(ON_ITS_DAYS,),
            uses=Use.BRINGS_BACK,
            writes=WRITTEN,
        ),
    },
    rules=(
        *(cases.Rule("NOT_YET_HAPPENED", (at,), not_ahead(at)) for at in ("out_at", "back_at")),
        cases.Rule("BACK_BEFORE_OUT", ("back_at",), rising("out_at", "back_at")),
        cases.Rule(RUNS_BACK, ("odometer_back",), rising("odometer_out", "odometer_back")),
    ),
    plain=cases.plain_path(
        PATH,
        ("approved", "dispatch", "dispatched", "派车", "Dispatched"),
        ("dispatched", "dispatch", "dispatched", "改派", "Dispatched anew"),
        ("dispatched", "leave", "on_trip", "出车", "Out"),
        ("on_trip", "return", "returned", "回局", "Back"),
        ("returned", "note_safety", "returned", "注明安全情况", "The safety is noted"),
        ("returned", "file", "filed", "派车单留存", "The slip is filed"),
    ),
    # Earlier paths did not write down dispatching, nor the notes on safety.
    unwritten=cases.plain_path(
        PATH,
        ("approved", "dispatch", "approved", "派车", "Dispatched"),
        ("dispatched", "dispatch", "dispatched", "改派", "Dispatched anew"),
        ("returned", "note_safety", "returned", "注明安全情况", "The safety is noted"),
        ("logged", "note_safety", "logged", "注明安全情况", "The safety is noted"),
    ),
)
HOLDS = Holds("out", "Whether it is on a trip.", TRIP, "vehicle_id", VEHICLES, ("on_trip",))
QUEUE = Queue("dispatch_queue", "Dispatch", TRIP, "dispatch", PATH, may_share, "place_in_queue")
