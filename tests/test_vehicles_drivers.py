"""What follows for drivers: counted from the books, each consequence by its clause."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from domain.areas.vehicles.drivers import Books, Driven, Incident, days_off_driven, following
from domain.time.calendar import calendar_of, national_days
from domain.time.moments import OFFICE_TIME
from policies import loading
from tests.fleet import advance as step
from tests.fleet import dispatch, fleet, person_id, record, trip, trip_of, vehicles
from tests.office import Api, problems
from tests.statements import publish

__all__ = ["fleet"]

CALENDAR = calendar_of(national_days())
YEAR = date(2026, 1, 1), date(2026, 12, 31)
CONSTRUCTION, HRSS = "construction-bureau", "hrss-bureau"


def incident(day: str, what: str, **more: Any) -> Incident:
    at = datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=OFFICE_TIME)
    said = dict.fromkeys(("at_fault", "accident", "damage", "loss", "prosecuted"), False)
    return Incident(uuid4(), what, at, **{**said, **more})


def follows(
    institution: str, books: Books, first: date = YEAR[0], last: date = YEAR[1]
) -> list[tuple[str, str, Decimal | None, str]]:
    """The day, the type, the amount and the clause of each consequence."""
    rungs = loading.shipped(institution).shapes.ladders
    return [
        (
            each.occasion.day.isoformat(),
            each.consequence.rung.type,
            each.consequence.amount,
            each.consequence.rung.clause.removeprefix("vehicles/"),
        )
        for each in following(books, rungs, CALENDAR, first, last)
    ]


def test_the_third_parking_breach_is_treated_otherwise_than_the_first_two():
    books = Books(breaches=[date(2025, 11, 3), date(2026, 2, 1), date(2026, 3, 1)])
    assert follows(CONSTRUCTION, books) == [
        ("2026-02-01", "deduct_bonus", Decimal(30), "十(1)"),
        ("2026-03-01", "disciplinary", None, "十(1)"),
    ]


def test_drink_driving_is_numbered_from_the_books_and_an_accident_comes_on_top():
    times = [incident(f"2026-0{month}-01", "drink_driving") for month in (1, 2)]
    third = incident("2026-03-01", "drink_driving", accident=True)
    found = follows(CONSTRUCTION, Books(incidents=[*times, third]))
    assert [each[:3] for each in found] == [
        ("2026-01-01", "deduct_bonus", Decimal(50)),
        ("2026-02-01", "deduct_bonus", Decimal(100)),
        ("2026-03-01", "deduct_bonus", Decimal(100)),
        ("2026-03-01", "transfer", None),
        ("2026-03-01", "other", None),
        ("2026-03-01", "transfer", None),
    ]


def test_the_share_of_an_accident_stays_open_until_somebody_fixes_it():
    crash = {"at_fault": True, "accident": True, "damage": True}
    open_ = incident("2026-02-01", "accident", **crash, repair_residual=Decimal(2000))
    assert [each[2] for each in follows(CONSTRUCTION, Books(incidents=[open_]))] == [
        Decimal(30), Decimal(100), None,
    ]  # fmt: skip
    fixed = incident(
        "2026-02-01", "accident", **crash, repair_residual=Decimal(2000), share=Decimal(45)
    )
    rungs = loading.shipped(CONSTRUCTION).shapes.ladders
    found = following(Books(incidents=[fixed]), rungs, CALENDAR, *YEAR)
    assert [(each.consequence.amount, each.cost) for each in found] == [
        (Decimal(45), Decimal("900.00")), (None, None),
    ]  # fmt: skip


def test_an_accident_without_fault_leads_to_nothing():
    crash = incident("2026-02-01", "accident", accident=True, damage=True)
    assert follows(CONSTRUCTION, Books(incidents=[crash])) == []


@pytest.mark.parametrize(
    ("good_months", "crashed", "expected"), [(12, False, 350), (11, False, None), (12, True, None)]
)
def test_the_safety_bonus_wants_a_whole_good_year_without_an_accident(
    good_months, crashed, expected
):
    marks = {date(2026, month, 1): month <= good_months for month in range(1, 13)}
    crash = [incident("2026-06-01", "accident", at_fault=True, accident=True)] if crashed else []
    found = follows(CONSTRUCTION, Books(incidents=crash, appraisals=marks))
    bonuses = [amount for _, type_, amount, _ in found if type_ == "bonus"]
    assert bonuses == ([Decimal(expected)] if expected else [])


def test_more_than_three_fines_of_one_month_are_borne_in_part_at_a_share_left_open():
    three = [incident(f"2026-02-0{day}", "traffic_fine") for day in (1, 2, 3)]
    march = incident("2026-03-01", "traffic_fine")
    assert follows(HRSS, Books(incidents=[*three, march])) == []
    four = [*three, incident("2026-02-09", "traffic_fine"), march]
    assert follows(HRSS, Books(incidents=four)) == [("2026-02-09", "fine", None, "二、2")]


def test_the_service_centre_takes_two_hundred_twice_and_ends_the_contract_the_third_time():
    trips = [incident(f"2026-0{month}-01", "unauthorised_trip") for month in (1, 2, 3)]
    found = follows("service-centre", Books(incidents=trips))
    assert [each[1:3] for each in found] == [
        ("fine", Decimal(200)), ("fine", Decimal(200)), ("fine", None), ("dismissal", None),
    ]  # fmt: skip


def test_a_trip_without_a_task_counts_as_private_use_in_the_township():
    found = follows(
        "township-government", Books(incidents=[incident("2026-02-01", "trip_without_task")])
    )
    assert [each[3] for each in found] == ["五、1"]


def test_days_off_are_counted_once_and_a_holiday_on_a_weekend_is_a_holiday():
    def driven(first: str, last: str, kind: str = "vehicle.dispatch") -> Driven:
        return Driven(kind, date.fromisoformat(first), date.fromisoformat(last))

    trips = [
        driven("2026-03-06", "2026-03-09"),
        driven("2026-03-07", "2026-03-07", "vehicle.off_hours"),
        driven("2026-10-03", "2026-10-03"),
        driven("2026-10-10", "2026-10-10"),
        driven("2026-03-14", "2026-03-14", "vehicle.private_use"),
    ]
    found = days_off_driven(trips, CALENDAR, *YEAR)
    assert {day.isoformat(): holiday for day, holiday in found.items()} == {
        "2026-03-07": False, "2026-03-08": False, "2026-10-03": True,
    }  # fmt: skip
    assert follows(HRSS, Books(trips=trips)) == [
        ("2026-03-08", "bonus", Decimal(40), "四、2"),
        ("2026-10-03", "bonus", Decimal(50), "四、2"),
    ]


# Through the API

CONSEQUENCES = """query ($driver: ID!) {
  driverConsequences(driver: $driver, from: "2026-01-01", to: "2026-12-31") {
    day occasion measures type amount unit cost choice clause { cite } } }"""


async def test_a_driver_is_told_what_follows_from_the_books_and_by_which_clause(
    fleet: Api,
) -> None:
    manager = await fleet.person(f"fleet_manager@{CONSTRUCTION}")
    driver = await fleet.person(f"driver@{CONSTRUCTION}")
    who = await person_id(manager, f"driver@{CONSTRUCTION}")
    car = (await vehicles(manager))["鲁V·A0102"]["id"]
    check = {"vehicleId": car, "driverId": who, "place": "小区门口", "atFixedPlace": False}
    for day in ("2026-02-01", "2026-02-02"):
        at = f"{day}T20:00:00+08:00"
        assert isinstance(await record(manager, "VehicleParkingCheck", checkedAt=at, **check), str)
    permitted = {**check, "permitted": True, "checkedAt": "2026-02-03T20:00:00+08:00"}
    await record(manager, "VehicleParkingCheck", **permitted)
    crash = await record(
        manager, "DriverIncident", driverId=who, vehicleId=car, what="ACCIDENT", atFault=True,
        accident=True, damage=True, repairResidual="3000", description="追尾",
        happenedAt="2026-02-20T10:00:00+08:00",
    )  # fmt: skip
    director = await fleet.person(f"director@{CONSTRUCTION}")
    beyond = await record(
        director, "DriverLiability", incidentId=crash, share="29", reason="主要责任"
    )
    assert problems(beyond) == {("share", "SHARE_OUT_OF_BOUNDS")}
    assert (await record(
        manager, "DriverLiability", incidentId=crash, share="60", reason="主要责任"
    ))["code"] == "NOT_A_KEEPER"  # fmt: skip
    fixed = await record(
        director, "DriverLiability", incidentId=crash, share="60", reason="主要责任"
    )
    assert isinstance(fixed, str)
    found = await driver.one(CONSEQUENCES, {"driver": who})
    assert [(each["day"], each["amount"], each["cost"]) for each in found] == [
        ("2026-02-01", "30", None),
        ("2026-02-02", "30", None),
        ("2026-02-20", "60", "1800.00"),
        ("2026-02-20", None, None),
    ]
    assert found[1]["measures"] == {"parking_breach_number": "2"}
    assert not found[2]["choice"]
    staff = await fleet.person(f"staff@{CONSTRUCTION}")
    assert (await staff.ask(CONSEQUENCES, {"driver": who})).codes == ["NOT_YOUR_RECORD"]


async def test_a_month_of_holiday_trips_is_told_line_by_line_and_statements_are_published(
    fleet: Api,
) -> None:
    staff = await fleet.person(f"staff@{HRSS}")
    manager = await fleet.person(f"fleet_manager@{HRSS}")
    director = await fleet.person(f"director@{HRSS}")
    hours = {"day": "2026-03-07", "hours": (19, 21)}
    weekend = await staff.preview("vehicle.dispatch", trip(**hours))
    assert any("雙休日" in note for note in weekend["notes"]), weekend
    request = await staff.submit("vehicle.off_hours", trip("2026-03-06", (17, 20)))
    assert (await director.agree())["status"] == "APPROVED", request
    slip = await trip_of(staff, request)
    slip = await dispatch(
        manager,
        slip,
        vehicleId=(await vehicles(staff))["鲁B·R0201"]["id"],
        driverId=await person_id(staff, f"driver@{HRSS}"),
    )
    fleet.now = fleet.now.replace(day=8)
    slip = await step(staff, slip, "leave", outAt="2026-03-07T08:00:00+08:00")
    slip = await step(staff, slip, "return", backAt="2026-03-07T18:00:00+08:00")
    assert slip["state"] == "returned", slip
    rows = await manager.one(
        '{ holidayTrips(month: "2026-03-20") { driver day holiday amount clause { cite } } }'
    )
    assert rows == [
        {"driver": "韩喜顺", "day": "2026-03-07", "holiday": False, "amount": "20",
         "clause": {"cite": "四、2"}},
    ]  # fmt: skip
    assert await manager.one('{ holidayTrips(month: "2199-12-31") { day } }') == []
    told = {"statement": "VEHICLE_USE", "day": "2026-03-08"}
    assert (await publish(manager, **told))["code"] == "PERIOD_NOT_OVER"
    refused = await publish(manager, **told, cadence="mileage-report")
    assert refused["code"] == "STATEMENT_UNKNOWN"
    fleet.now = fleet.now.replace(month=4, day=2)
    [due] = await manager.one("{ statementsDue { cadence from to due published } }")
    assert due == {"cadence": "fuel-statement", "from": "2026-01-01", "to": "2026-03-31",
                   "due": "2026-06-30", "published": False}  # fmt: skip
    done = await publish(manager, **told)
    assert (done["from"], done["to"], done["publishedBy"]) == ("2026-01-01", "2026-03-31", "钟少华")
    assert [line["plate"] for line in done["content"]] == ["鲁B·R0201", "鲁B·R0202"]
    assert (await publish(manager, **told))["code"] == "PUBLISHED_ALREADY"
    recorded = await fleet.value(
        "select period_first from cadence_records where cadence = 'fuel-statement'"
    )
    assert recorded == date(2026, 4, 1)
    await fleet.run("delete from cadence_records where cadence = 'fuel-statement'")
