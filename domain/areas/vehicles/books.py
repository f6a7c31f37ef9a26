"""The registers on vehicles: fuel, repairs, mileage, parking, sealing, hire."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from domain.approval.procedure import asked, referring
from domain.areas.vehicles.fleet import VEHICLE
from domain.records.registers import PERSON, Draw, Entry, Reading, Register
from domain.records.rules import around, ordered, with_reason
from domain.values.bounds import LITRES, MONEY, ODOMETER


class Refuelling(Entry):
    """车辆加油登记; a refuelling."""

    vehicle_id: UUID = referring("车牌号", "Vehicle", VEHICLE)
    odometer_from: Decimal = asked("起公里数", "Odometer from", bounds=ODOMETER)
    odometer_to: Decimal = asked("止公里数", "Odometer to", bounds=ODOMETER)
    refuelled_at: datetime = asked("加油时间", "Time of refuelling")
    litres: Decimal = asked("加油数量", "Litres", bounds=LITRES)
    signed_by: str = asked("加油人签字", "Signed by", longest=50)
    amount: Decimal | None = asked("金额", "Amount", default=None, bounds=MONEY)
    station: str = asked("加油站", "Station", default="")
    cash: bool = asked("现金加油", "Paid in cash", default=False)
    cash_reason: str = asked("现金加油原因", "Why in cash", default="")
    request_id: UUID | None = referring("事先的申请", "The request", "Request", default=None)
    over_fuel_quota: bool | None = asked("超出当月定额", "Beyond quota", default=None, served=True)
    exception: str = asked("特殊情况", "Why not as is laid down", default="", longest=200)


class RepairLine(Entry):
    """车辆维修情况登记; a repair that was paid for."""

    name: str = asked("姓名", "Name", longest=50)
    vehicle_id: UUID = referring("车号", "Vehicle", VEHICLE)
    repaired_on: date = asked("维修日期", "Day of the repair")
    content: str = asked("内容", "What was done", longest=2000)
    amount: Decimal = asked("金额", "Amount", bounds=MONEY)
    request_id: UUID | None = referring("维修申请", "The request", "Request", default=None)
    exception: str = asked("特殊情况", "Why nobody was asked before", default="", longest=200)


class Mileage(Entry):
    """行驶里程; an odometer that was read."""

    vehicle_id: UUID = referring("车牌号", "Vehicle", VEHICLE)
    read_at: datetime = asked("抄表时间", "Time of reading")
    odometer: Decimal = asked("公里数", "Odometer", bounds=ODOMETER)
    trip_id: UUID | None = referring("派车单", "The trip", "VehicleTrip", default=None, served=True)


class ParkingCheck(Entry):
    """定点停车抽查; a check of where a vehicle stands outside working hours."""

    vehicle_id: UUID = referring("车牌号", "Vehicle", VEHICLE)
    driver_id: UUID | None = referring("驾驶员", "Driver", PERSON, default=None)
    checked_at: datetime = asked("抽查时间", "Time of the check")
    place: str = asked("停放地点", "Where it stood")
    at_fixed_place: bool = asked("在指定地点", "At its fixed place")
    permitted: bool = asked("经批准在外停放", "Permitted to stand elsewhere", default=False)
    remarks: str = asked("备注", "Remarks", default="", longest=500)


class Sealing(Entry):
    """节假日封存; a vehicle that is sealed, its keys with the office."""

    vehicle_id: UUID = referring("车牌号", "Vehicle", VEHICLE)
    first_day: date = asked("封存首日", "First day")
    last_day: date = asked("封存末日", "Last day")
    keys_with: str = asked("钥匙保管人", "Who keeps the keys", longest=50)
    keys_at_office: bool = asked("钥匙由办公室统一保管", "The office has them", default=False)


class HiredCar(Entry):
    """租车登记; a car that was hired for a trip, as its approved request has it."""

    request_id: UUID = referring("租车申请", "The request", "Request", served=True)
    number: str = asked("编号", "The request's number", served=True)
    hired_on: date = asked("用车日期", "Day of the trip", served=True)
    zone: str = asked("租车区域", "Zone", served=True)
    amount: Decimal = asked("金额", "Amount", bounds=MONEY, served=True)
    section: str = asked("用车科室", "Section", served=True)
    user_name: str = asked("用车人", "Who used it", served=True)
    purpose: str = asked("事由", "What for", longest=2000, served=True)


class HolidayTrip(Entry):
    """节假日司机出车登记; a day off on which a driver drove on duty, as the slip has it."""

    driver_id: UUID = referring("驾驶员", "Driver", PERSON, served=True)
    driver: str = asked("驾驶人", "The driver's name", served=True)
    day: date = asked("出车日期", "The day", served=True)
    holiday: bool = asked("法定节假日", "A holiday, rather than a weekend", served=True)
    trip_id: UUID = referring("派车单", "The trip", "VehicleTrip", served=True)


RUNS_BACK = "ODOMETER_RUNS_BACK"
REFUELLINGS = Register(
    "vehicle.refuelling",
    Refuelling,
    day="refuelled_at",
    asked_when={"cash_reason": "cash"},
    reading=Reading("odometer", "vehicle_id", "odometer_to", RUNS_BACK),
    exception="exception",
    draws=(Draw("request_id", ("vehicle.refuel", "vehicle.fuel_over_quota"), beforehand=True),),
    rules=(
        ordered("odometer_from", "odometer_to", code=RUNS_BACK),
        with_reason("cash", "cash_reason", "CASH_WITHOUT_REASON"),
    ),
)
REPAIRS = Register(
    "vehicle.repair_line",
    RepairLine,
    table_name="vehicle_repairs",
    day="repaired_on",
    exception="exception",
    draws=(Draw("request_id", ("vehicle.repair",), beforehand=True),),
)
MILEAGES = Register(
    "vehicle.mileage",
    Mileage,
    day="read_at",
    reading=Reading("odometer", "vehicle_id", "odometer", RUNS_BACK),
)
PARKING_CHECKS = Register(
    "vehicle.parking_check", ParkingCheck, day="checked_at", about="driver_id", by_others=True
)
SEALINGS = Register(
    "vehicle.sealing",
    Sealing,
    day="first_day",
    past=False,
    rules=(around("last_day"), ordered("first_day", "last_day")),
)
HIRES = Register(
    "vehicle.hire_line", HiredCar, table_name="vehicle_hires", day="hired_on", past=False
)
HOLIDAY_TRIPS = Register(
    "vehicle.holiday_trip",
    HolidayTrip,
    day="day",
    past=False,
    about="driver_id",
    once=("driver_id", "day"),
    word="HolidayTrip",
)
REGISTERS = (REFUELLINGS, REPAIRS, MILEAGES, PARKING_CHECKS, SEALINGS, HIRES, HOLIDAY_TRIPS)
