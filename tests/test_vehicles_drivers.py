"""What follows for drivers: counted from the books, each consequence by its clause."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.areas.vehicles.trips import Slip, days_off
from domain.shapes.counts import Happened
from domain.shapes.proposals import proposals
from domain.time.calendar import calendar_of, national_days
from domain.time.moments import OFFICE_TIME
from policies import loading
from tests.fleet import advance as step
from tests.fleet import dispatch, fleet, person_id, record, trip, trip_of, vehicles
from tests.office import REFUSAL, Api, problems
from tests.statements import publish

__all__ = ["fleet"]

CALENDAR = calendar_of(national_days())
CONSTRUCTION, HRSS, CENTRE = "construction-bureau", "hrss-bureau", "service-centre"
DRIVER = UUID(int=9)


def line(day: str, of: str, **said: Any) -> Happened:
    return Happened(uuid4(), of, date.fromisoformat(day), said)


def moment(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T08:00").replace(tzinfo=OFFICE_TIME)


def incident(day: str, what: str, **more: bool) -> Happened:
    said = dict.fromkeys(("at_fault", "accident", "damage", "loss", "prosecuted"), False)
    return line(day, "driver.incident", what=what, **{**said, **more})


def parked(day: str, *, permitted: bool = False, off_hours: bool = True) -> Happened:
    said = {"permitted": permitted, "off_hours": off_hours}
    return line(day, "vehicle.parking_check", at_fixed_place=False, **said)


def follows(institution: str, *lines: Happened) -> list[tuple[str, str, Decimal | None, str]]:
    """The day, the type, the amount and the clause of each consequence."""
    of, since = loading.shipped(institution).shapes, date(2026, 1, 1)
    found = proposals(DRIVER, lines, of.counts, of.ladders, lambda _: {}, of.measures, since)
    return [
        (
            each.day.isoformat(),
            each.rung.type,
            each.consequence.amount,
            each.rung.clause.removeprefix("vehicles/"),
        )
        for each in found
        if not each.wanting
    ]


def test_the_third_parking_breach_is_treated_otherwise_than_the_first_two():
    assert follows(CONSTRUCTION, parked("2026-02-02", off_hours=False)) == []
    times = (parked("2025-11-03"), parked("2026-02-01"), parked("2026-02-03", permitted=True))
    assert follows(CONSTRUCTION, *times, parked("2026-03-01")) == [
        ("2026-02-01", "deduct_bonus", Decimal(30), "十(1)"),
        ("2026-03-01", "disciplinary", None, "十(1)"),
        ("2026-03-01", "deduct_bonus", None, "十(1)"),
    ], "whether the third costs a sum as well the text leaves open"
    first = follows(CONSTRUCTION, parked("2026-02-01"), parked("2026-02-02"))
    assert [each[2] for each in first] == [Decimal(30), Decimal(30)]


def test_drink_driving_is_numbered_from_the_books_and_an_accident_comes_on_top():
    times = [incident(f"2026-0{month}-01", "drink_driving") for month in (1, 2)]
    third = incident("2026-03-01", "drink_driving", accident=True)
    found = follows(CONSTRUCTION, *times, third)
    banned = [each[1] for each in found if each[3] == "liquor-ban/第三条1"]
    assert banned == ["warning", "public_criticism", "other", "other"], "its own ladder beside it"
    assert [each[:3] for each in found if each[3] == "十(4)"] == [
        ("2026-01-01", "deduct_bonus", Decimal(50)),
        ("2026-02-01", "deduct_bonus", Decimal(100)),
        ("2026-03-01", "deduct_bonus", Decimal(100)),
        ("2026-03-01", "transfer", None),
        ("2026-03-01", "other", None),
        ("2026-03-01", "transfer", None),
    ]


def test_the_share_of_an_accident_at_fault_is_open_and_without_fault_there_is_none():
    crash = incident("2026-02-01", "accident", at_fault=True, accident=True, damage=True)
    shares = [each[2] for each in follows(CONSTRUCTION, crash)]
    assert shares == [Decimal(30), Decimal(100), None]
    crash = incident("2026-02-01", "accident", accident=True, damage=True)
    assert follows(CONSTRUCTION, crash) == []


@pytest.mark.parametrize(
    ("good_months", "crashed", "expected"),
    [(12, None, 350), (11, None, None), (12, "2026-06-01", None), (12, "2026-12-31", None)],
)
def test_the_safety_bonus_wants_a_whole_good_year_without_an_accident(
    good_months, crashed, expected
):
    marks = [
        line(f"2026-{month:02}-01", "driver.appraisal", good=month <= good_months)
        for month in range(1, 13)
    ]
    crash = [incident(crashed, "accident", at_fault=True)] if crashed else []
    lines = sorted([*marks, *crash], key=lambda each: each.day)
    bonuses = [each[2] for each in follows(CONSTRUCTION, *lines) if each[1] == "bonus"]
    assert bonuses == ([Decimal(expected)] if expected else [])


def test_more_than_three_fines_of_one_month_are_borne_in_part_at_a_share_left_open():
    three = [incident(f"2026-02-0{day}", "traffic_fine") for day in (1, 2, 3)]
    march, open_share = incident("2026-03-01", "traffic_fine"), ("fine", None, "二、2")
    assert follows(HRSS, *three[:2], march) == []
    assert follows(HRSS, *three, march) == [("2026-02-03", *open_share)], "in one reading"
    four = [*three, incident("2026-02-09", "traffic_fine"), march]
    assert follows(HRSS, *four) == 2 * [("2026-02-09", *open_share)]


def test_the_service_centre_takes_two_hundred_twice_and_ends_the_contract_the_third_time():
    trips = [incident(f"2026-0{n}-01", "unauthorised_trip", at_fault=True) for n in (1, 2, 3)]
    assert [each[1:3] for each in follows(CENTRE, *trips)] == [
        ("fine", Decimal(200)), ("fine", Decimal(200)), ("fine", None), ("dismissal", None),
    ]  # fmt: skip


def test_a_trip_without_a_task_counts_as_private_use_in_the_township():
    for what in ("trip_without_task", "private_use"):
        found = follows("township-government", incident("2026-02-01", what))
        assert [each[3] for each in found] == ["五、1"]


@pytest.mark.parametrize("what", ["drink_driving", "private_use"])
def test_who_drinks_or_uses_a_car_privately_is_dealt_with_by_gravity(what):
    found = follows(HRSS, incident("2026-02-01", what))
    assert found == [("2026-02-01", "other", None, "二、3")]


def test_days_off_are_lines_and_a_holiday_on_a_weekend_is_a_holiday():
    def driven(first: str, last: str) -> list[tuple[str, bool]]:
        out, back = (moment(each) for each in (first, last))
        slip = Slip(
            section="", going_to="", purpose="", begins=out, ends=back, out_at=out, back_at=back,
            driver_id=DRIVER, driver_number=1, driver_name="冉",
        )  # fmt: skip
        return [(e.day.isoformat()[5:], e.holiday) for e in days_off(slip, uuid4(), CALENDAR)]

    assert driven("2026-03-06", "2026-03-09") == [("03-07", False), ("03-08", False)]
    assert driven("2026-10-03", "2026-10-03") == [("10-03", True)]
    assert driven("2026-10-10", "2026-10-10") == []
    days = [
        line(day, "vehicle.holiday_trip", holiday=holiday)
        for day, holiday in (("2026-01-01", True), ("2026-01-10", False), ("2026-02-17", True))
    ]
    assert sorted(follows(HRSS, *days)) == [
        ("2026-01-01", "bonus", Decimal(50), "四、2"),
        ("2026-01-10", "bonus", Decimal(20), "四、2"),
        ("2026-02-17", "bonus", Decimal(50), "四、2"),
    ]


# Through the API

CONSEQUENCES = """{ consequences { id day counted { measure value } type amount unit comesTo state
  clause { cite } } }"""


async def test_it_is_drivers_who_are_appraised(fleet: Api) -> None:
    manager = await fleet.person(f"fleet_manager@{CONSTRUCTION}")
    for role, refused in (("staff", True), ("driver", False)):
        who = await person_id(manager, f"{role}@{CONSTRUCTION}")
        line = await record(manager, "DriverAppraisal", driverId=who, month="2026-02-01", good=True)
        assert not refused or problems(line) == {("driverId", "NOT_A_DRIVER")}
        assert refused or isinstance(line, str)


async def test_a_driver_is_told_what_follows_and_the_share_is_fixed_within_the_clause(
    fleet: Api,
) -> None:
    await fleet.empty("consequence_turns")
    manager = await fleet.person(f"fleet_manager@{CONSTRUCTION}")
    driver = await fleet.person(f"driver@{CONSTRUCTION}")
    who = await person_id(manager, f"driver@{CONSTRUCTION}")
    car = (await vehicles(manager))["鲁V·A0102"]["id"]
    check = {"vehicleId": car, "driverId": who, "place": "小区门口", "atFixedPlace": False}
    for day in ("2026-02-01", "2026-02-02"):
        at = f"{day}T20:00:00+08:00"
        assert isinstance(await record(manager, "VehicleParkingCheck", checkedAt=at, **check), str)
    await record(
        manager, "DriverIncident", driverId=who, vehicleId=car, what="ACCIDENT", atFault=True,
        accident=True, damage=True, repairResidual="3000", description="追尾",
        happenedAt="2026-02-20T10:00:00+08:00",
    )  # fmt: skip
    found = await driver.one(CONSEQUENCES)
    told = sorted((each["day"], each["amount"] or "") for each in found)
    assert told == [
        ("2026-02-01", "30"), ("2026-02-02", "30"),
        ("2026-02-20", ""), ("2026-02-20", "100"), ("2026-02-20", "30"),
    ]  # fmt: skip
    assert len(await manager.one(CONSEQUENCES)) == len(found), "who keeps the lines sees it too"
    early = await manager.one(CONSEQUENCES.replace("es {", 'es(to: "2026-02-01") {', 1))
    assert [each["day"] for each in early] == ["2026-02-01"], "a month is settled by its days"
    assert await (await fleet.person(f"staff@{CONSTRUCTION}")).one(CONSEQUENCES) == []
    director = await fleet.person(f"director@{CONSTRUCTION}")
    shares = [e for e in await director.one(CONSEQUENCES) if e["unit"] == "percent"]
    least, most = sorted(shares, key=lambda each: len(each["amount"]))
    assert [each["comesTo"] for each in (least, most)] == ["900", "3000"], "of the repair left"

    async def fixed(by: Any, amount: str, rung: Any = least) -> Any:
        given = {"consequenceId": rung["id"], "amount": amount, "idempotencyKey": str(uuid4())}
        return await by.one(
            "mutation ($input: DecideConsequenceInput!) { decideConsequence(input: $input) {"
            " __typename ... on ConsequenceKept { consequence { state amount } }"
            f" ... on Refusal {{ {REFUSAL} }} }} }}",
            {"input": {**given, "outcome": "IMPOSE"}},
        )

    before = await fleet.counts()
    assert problems(await fixed(director, "29")) == {("amount", "AMOUNT_NOT_AMONG")}
    assert (await fixed(manager, "60"))["code"] == "OTHERS_DECIDE"
    assert await fleet.counts() == before
    done = (await fixed(director, "60"))["consequence"]
    assert (done["state"], done["amount"]) == ("IMPOSED", "60")
    assert (await fixed(director, "100", most))["code"] == "CONSEQUENCE_PAST_THAT"
    left = next(e for e in await director.one(CONSEQUENCES) if e["id"] == most["id"])
    assert left["state"] == "DROPPED", "of two between which the clause lets choose, one is taken"
    staff = await fleet.person(f"staff@{CONSTRUCTION}")
    assert await staff.one(CONSEQUENCES) == []


async def test_a_month_of_holiday_trips_is_told_line_by_line_and_statements_are_published(
    fleet: Api,
) -> None:
    staff = await fleet.person(f"staff@{HRSS}")
    manager = await fleet.person(f"fleet_manager@{HRSS}")
    hours = {"day": "2026-03-07", "hours": (19, 21)}
    weekend = await staff.preview("vehicle.dispatch", trip(**hours))
    assert any("双休日" in note for note in weekend["notes"]), weekend
    request = await staff.submit("vehicle.dispatch", trip("2026-03-07", (8, 18)))
    assert (await manager.agree())["status"] == "APPROVED", request
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
    found = await manager.one("{ holidayTrips { edges { node { driver day holiday } } } }")
    assert [edge["node"] for edge in found["edges"]] == [
        {"driver": "韩喜顺", "day": "2026-03-07", "holiday": False},
    ]
    driver = await fleet.person(f"driver@{HRSS}")
    [bonus] = [each for each in await driver.one(CONSEQUENCES) if each["type"] == "bonus"]
    assert (bonus["amount"], bonus["clause"]["cite"]) == ("20", "四、2")
    told = {"statement": "VEHICLE_USE", "day": "2026-03-08"}
    assert (await publish(manager, **told))["code"] == "PERIOD_NOT_OVER"
    refused = await publish(manager, **told, cadence="mileage-report")
    assert refused["code"] == "STATEMENT_UNKNOWN"
    fleet.now = fleet.now.replace(month=4, day=2)
    owed = await manager.one("{ statementsDue { cadence from to due published } }")
    [due] = [each for each in owed if each["cadence"] == "fuel-statement"]
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


@pytest.mark.parametrize(
    ("first", "left"), [("2026-01-05", ["0", "0"]), ("2025-11-05", ["50", "0"])]
)
async def test_of_the_bonus_of_one_year_no_more_than_all_is_taken(fleet: Api, first, left) -> None:
    await fleet.empty("consequence_turns")
    manager = await fleet.person(f"fleet_manager@{CONSTRUCTION}")
    of = {"driverId": await person_id(manager, f"driver@{CONSTRUCTION}"), "what": "DRINK_DRIVING"}
    of |= {"vehicleId": (await vehicles(manager))["鲁V·A0102"]["id"], "description": "酒后驾车"}
    for day in (first, "2026-02-10"):
        line = await record(manager, "DriverIncident", happenedAt=f"{day}T10:00:00+08:00", **of)
        assert isinstance(line, str)
    found = await (await fleet.person(f"driver@{CONSTRUCTION}")).one(
        "{ consequences { day amount left unit } }"
    )
    shares = sorted((e for e in found if e["unit"] == "percent"), key=lambda each: each["day"])
    assert [each["amount"] for each in shares] == ["50", "100"]
    assert [each["left"] for each in shares] == left
