"""The registers on drivers: what happened with them, their appraisals."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from domain.approval.procedure import asked, referring
from domain.areas.vehicles.fleet import VEHICLE
from domain.records.registers import PERSON, Entry, Register, Serving
from domain.records.rules import first_of_month
from domain.values.bounds import MONEY, between
from domain.values.choices import Choice
from domain.vocabulary import Act


class IncidentKind(Choice):
    """司机事件; what happened with a driver or a vehicle."""

    TRAFFIC_FINE = "traffic_fine", "违章罚款: a traffic fine."
    ACCIDENT = "accident", "事故: an accident."
    DRINK_DRIVING = "drink_driving", "酒后驾车: driving after drinking."
    REFUSED_DUTY = "refused_duty", "不服从安排: a refusal to serve."
    UNAUTHORISED_TRIP = "unauthorised_trip", "擅自出车: a trip that nobody arranged."
    UNAUTHORISED_LENDING = ("unauthorised_lending", "擅自出借: a vehicle lent without leave.")
    UNAUTHORISED_PARKING = "unauthorised_parking", "私自在外停车: left elsewhere without leave."
    PRIVATE_USE = "private_use", "公车私用: a vehicle used privately, as for a wedding."
    TRIP_WITHOUT_TASK = "trip_without_task", "无工作任务出车: a trip without a task."
    LEADER_DROVE = "leader_drove", "领导自己驾车: a leader drove."
    WEAK_MANAGEMENT = "weak_management", "管理不力: a problem through weak management."


class Incident(Entry):
    """司机事件登记; something that a clause holds a driver, or another, responsible for."""

    driver_id: UUID = referring("当事人", "Who it concerns", PERSON)
    vehicle_id: UUID | None = referring("车牌号", "Vehicle", VEHICLE, default=None)
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


INCIDENTS = Register(
    "driver.incident", Incident, day="happened_at", about="driver_id", by_others=True
)


class Appraisal(Entry):
    """驾驶员月度考核; a driver's appraisal of a month."""

    driver_id: UUID = referring("驾驶员", "Driver", PERSON)
    month: date = asked("月份(首日)", "The month, by its first day")
    good: bool = asked("表现好", "Good work")
    remarks: str = asked("考核意见", "Opinion", default="", longest=500)


APPRAISALS = Register(
    "driver.appraisal",
    Appraisal,
    day="month",
    about="driver_id",
    by_others=True,
    once=("driver_id", "month"),
    rules=(first_of_month("month"),),
    serving={"driver_id": Serving(act=Act.TAKE, unfit="NOT_A_DRIVER")},
)


class Letter(Entry):
    """驾驶员目标管理责任书; a driver's letter of responsibility, which they sign themselves."""

    driver_id: UUID = referring("驾驶员", "Driver", PERSON)
    year: int = asked("年度", "Year", bounds=between(1950, 2200))
    targets: str = asked("目标和责任", "Targets and responsibilities", longest=4000)


LETTERS = Register(
    "driver.letter",
    Letter,
    about="driver_id",
    by_others=True,
    once=("driver_id", "year"),
    signed_by="driver_id",
    serving=APPRAISALS.serving,
)
REGISTERS = (INCIDENTS, APPRAISALS, LETTERS)
