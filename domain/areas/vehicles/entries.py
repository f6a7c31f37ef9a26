"""What is entered in the registers on vehicles and drivers, labelled as the clauses' forms are."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from domain.approval.procedure import Form, asked, referring
from domain.values.bounds import LITRES, MONEY, ODOMETER, PERCENT


class IncidentKind(StrEnum):
    """司机事件; what happened with a driver or a vehicle."""

    TRAFFIC_FINE = "traffic_fine"
    ACCIDENT = "accident"
    DRINK_DRIVING = "drink_driving"
    REFUSED_DUTY = "refused_duty"
    UNAUTHORISED_TRIP = "unauthorised_trip"
    UNAUTHORISED_LENDING = "unauthorised_lending"
    UNAUTHORISED_PARKING = "unauthorised_parking"
    TRIP_WITHOUT_TASK = "trip_without_task"
    LEADER_DROVE = "leader_drove"
    WEAK_MANAGEMENT = "weak_management"


@dataclass(frozen=True, kw_only=True)
class Refuelling(Form):
    """车辆加油登记; a refuelling."""

    vehicle_id: UUID = referring("车牌号", "Vehicle", "Vehicle")
    odometer_from: Decimal = asked("起公里数", "Odometer from", bounds=ODOMETER)
    odometer_to: Decimal = asked("止公里数", "Odometer to", bounds=ODOMETER)
    refuelled_at: datetime = asked("加油时间", "Time of refuelling")
    litres: Decimal = asked("加油数量", "Litres", bounds=LITRES)
    signed_by: str = asked("加油人签字", "Signed by", longest=50)
    amount: Decimal | None = asked("金额", "Amount", default=None, bounds=MONEY)
    station: str = asked("加油站", "Station", default="")
    cash: bool = asked("现金加油", "Paid in cash", default=False)
    cash_reason: str = asked("现金加油原因", "Why in cash", default="")


@dataclass(frozen=True, kw_only=True)
class RepairLine(Form):
    """车辆维修情况登记; a repair that was paid for."""

    name: str = asked("姓名", "Name", longest=50)
    vehicle_id: UUID = referring("车号", "Vehicle", "Vehicle")
    repaired_on: date = asked("维修日期", "Day of the repair")
    content: str = asked("内容", "What was done", longest=2000)
    amount: Decimal = asked("金额", "Amount", bounds=MONEY)
    request_id: UUID | None = referring(
        "已批准的维修申请", "The approved request", "Request", default=None
    )


@dataclass(frozen=True, kw_only=True)
class Mileage(Form):
    """行驶里程; an odometer that was read."""

    vehicle_id: UUID = referring("车牌号", "Vehicle", "Vehicle")
    read_at: datetime = asked("抄表时间", "Time of reading")
    odometer: Decimal = asked("公里数", "Odometer", bounds=ODOMETER)


@dataclass(frozen=True, kw_only=True)
class ParkingCheck(Form):
    """定点停车抽查; a check of where a vehicle stands outside working hours."""

    vehicle_id: UUID = referring("车牌号", "Vehicle", "Vehicle")
    driver_id: UUID | None = referring("驾驶员", "Driver", "Person", default=None)
    checked_at: datetime = asked("抽查时间", "Time of the check")
    place: str = asked("停放地点", "Where it stood")
    at_fixed_place: bool = asked("在指定地点", "At its fixed place")
    permitted: bool = asked("经批准在外停放", "Permitted to stand elsewhere", default=False)
    remarks: str = asked("备注", "Remarks", default="", longest=500)


@dataclass(frozen=True, kw_only=True)
class Sealing(Form):
    """节假日封存; a vehicle that is sealed, its keys with the office."""

    vehicle_id: UUID = referring("车牌号", "Vehicle", "Vehicle")
    first_day: date = asked("封存首日", "First day")
    last_day: date = asked("封存末日", "Last day")
    keys_with: str = asked("钥匙保管人", "Who keeps the keys", longest=50)


@dataclass(frozen=True, kw_only=True)
class Incident(Form):
    """司机事件登记; something that a clause holds a driver, or another, responsible for."""

    driver_id: UUID = referring("当事人", "Who it concerns", "Person")
    vehicle_id: UUID | None = referring("车牌号", "Vehicle", "Vehicle", default=None)
    happened_at: datetime = asked("发生时间", "When it happened")
    what: IncidentKind = asked("事由", "What happened")
    at_fault: bool = asked("负有责任", "At fault", default=False)
    accident: bool = asked("发生事故", "Led to an accident", default=False)
    damage: bool = asked("车辆损坏或丢失", "Damage to or loss of the vehicle", default=False)
    loss: bool = asked("造成损失或不良后果", "Caused loss or bad consequences", default=False)
    prosecuted: bool = asked("被追究法律责任", "Pursued at law", default=False)
    fine: Decimal | None = asked("罚款", "Fine", default=None, bounds=MONEY)
    repair_residual: Decimal | None = asked(
        "保险赔付后的维修余额", "Repair cost left after insurance", default=None, bounds=MONEY
    )
    description: str = asked("情况说明", "Description", longest=2000)


@dataclass(frozen=True, kw_only=True)
class Liability(Form):
    """责任认定; the share of an accident's cost that a driver bears, as somebody fixed it."""

    incident_id: UUID = referring("事件", "Incident", "DriverIncident")
    share: Decimal = asked("承担比例(%)", "Share in percent", bounds=PERCENT)
    reason: str = asked("认定理由", "Why", longest=500)


@dataclass(frozen=True, kw_only=True)
class Appraisal(Form):
    """驾驶员月度考核; a driver's appraisal of a month."""

    driver_id: UUID = referring("驾驶员", "Driver", "Person")
    month: date = asked("月份(首日)", "The month, by its first day")
    good: bool = asked("表现好", "Good work")
    remarks: str = asked("考核意见", "Opinion", default="", longest=500)
