"""A lent seat acts on objects as its loan says, and the ledger names the seat of every act."""

from typing import Any
from uuid import uuid4

from tests.case_office import COMPLAINT, Desk
from tests.changed_rules import Imports, imports
from tests.fleet import (
    change_vehicle,
    dispatch,
    fleet,
    person_id,
    record,
    trip,
    trip_of,
    vehicles,
)
from tests.lending import end_loan, lend, seat_of
from tests.office import Api, Visitor, cites, problems
from tests.records import records
from tests.sittings import called, candidates, proposed, secretary_of

__all__ = ["fleet", "imports"]

HRSS = "hrss-bureau"
REFUELLING, MILEAGE = "vehicle.refuelling", "vehicle.mileage"
MINE = "{ whatMayI { object act seats { role } } }"
AT = "2026-03-02T08:30:00+08:00"


async def refuelled(visitor: Visitor, at: int = 1000) -> Any:
    car = (await vehicles(visitor))["鲁B·R0201"]["id"]
    read = {"odometerFrom": str(at), "odometerTo": str(at + 400), "refuelledAt": AT}
    return await record(
        visitor,
        "VehicleRefuelling",
        vehicleId=car,
        litres="35.5",
        signedBy="韩喜顺",
        exception="外出途中",
        **read,
    )


async def read_off(visitor: Visitor) -> Any:
    car = (await vehicles(visitor))["鲁B·R0202"]["id"]
    return await record(visitor, "VehicleMileage", vehicleId=car, readAt=AT, odometer="900")


async def two(fleet: Api) -> tuple[Visitor, Visitor, str]:
    clerk, staff = [await fleet.person(f"{role}@{HRSS}") for role in ("fuel_clerk", "staff")]
    return clerk, staff, await seat_of(clerk, "fuel_clerk")


async def test_what_one_may_names_the_seats_that_are_lent(fleet: Api) -> None:
    clerk, staff, seat = await two(fleet)
    assert not [each for each in await staff.one(MINE) if each["object"] == REFUELLING]
    await lend(clerk, seat, staff)
    [line] = [each for each in await staff.one(MINE) if each["object"] == REFUELLING]
    assert [each["role"] for each in line["seats"]] == ["fuel_clerk"]


async def test_a_loan_that_names_an_object_and_no_kind_lends_that_object_alone(fleet: Api) -> None:
    clerk, staff, seat = await two(fleet)
    loan = await lend(clerk, seat, staff, kinds=[], objects=[REFUELLING])
    assert "code" not in loan, loan
    assert isinstance(await refuelled(staff), str)
    before = await fleet.counts()
    assert (await read_off(staff))["code"] == "NOT_A_KEEPER"
    assert await fleet.counts() == before
    assert {each["object"] for each in await staff.one(MINE) if each["seats"]} >= {REFUELLING}
    await end_loan(clerk, loan["id"])
    assert (await refuelled(staff, 2000))["code"] == "NOT_A_KEEPER"


async def test_a_loan_of_nothing_or_of_what_is_no_object_is_refused(fleet: Api) -> None:
    clerk, staff, seat = await two(fleet)
    before = await fleet.counts()
    nothing = await lend(clerk, seat, staff, kinds=[], objects=[])
    assert problems(nothing) == {("kinds", "NO_KINDS_LENT")}
    moon = await lend(clerk, seat, staff, objects=["moon"])
    assert problems(moon) == {("objects", "UNKNOWN_OBJECT")}
    assert await fleet.counts() == before


async def test_what_a_clause_keeps_with_the_holder_no_loan_covers(
    fleet: Api, imports: Imports
) -> None:
    rows = "after_the_fact,finance/三、1,reception.meal,always,deny"
    kept = f"delegation,finance/三、1,{REFUELLING},always,deny"
    await imports("verbs.csv", rows, f"{rows}\n{kept}")
    clerk, staff, seat = await two(fleet)
    refused = await lend(clerk, seat, staff, objects=[REFUELLING])
    assert problems(refused) == {("objects", "NOT_TO_BE_LENT")}
    assert cites([refused["clause"]]) == ["finance/三、1"]
    assert "code" not in await lend(clerk, seat, staff)
    assert (await refuelled(staff))["code"] == "NOT_A_KEEPER"
    assert isinstance(await read_off(staff), str)


async def test_what_is_secret_of_an_object_is_told_in_a_lent_seat_whose_loan_names_it(
    api: Api,
) -> None:
    desk = Desk(api, HRSS)
    case = await desk.register("office_clerk", "complaint.case", **COMPLAINT)
    clerk, staff = await desk.of("office_clerk"), await desk.of("staff")
    seat = await seat_of(clerk, "office_clerk")

    async def told() -> tuple[str, str]:
        [found] = (await staff.ask(desk.secret(), {"id": case["id"]})).data.values()
        return found["complainantName"], found["complainantTelephone"]

    reads = "select count(*) from ledger where event = 'secret_read'"
    before = await api.value(reads)
    loan = await lend(clerk, seat, staff)
    assert "code" not in loan, loan
    assert await told() == ("", "")
    assert await api.value(reads) == before
    await end_loan(clerk, loan["id"])
    await lend(clerk, seat, staff, objects=["complaint"])
    assert await told() == (COMPLAINT["complainantName"], COMPLAINT["complainantTelephone"])
    assert await api.value(reads) == before + 1


async def last(api: Api, event: str, office: str = HRSS) -> dict[str, Any]:
    [*_, told] = await records(api, "l.event = $1 and l.institution_id = $2", event, office)
    return told


async def test_the_ledger_names_the_seat_in_which_a_card_is_kept_and_a_trip_dispatched(
    fleet: Api,
) -> None:
    manager, staff = [await fleet.person(f"{e}@{HRSS}") for e in ("fleet_manager", "staff")]
    seat = await seat_of(manager, "fleet_manager")
    request = await staff.submit("vehicle.dispatch", trip())
    await manager.agree()
    borrower = await fleet.person(f"gatekeeper@{HRSS}")
    loan = await lend(manager, seat, borrower)
    car = (await vehicles(borrower))["鲁B·R0201"]
    slip = await dispatch(
        borrower,
        await trip_of(borrower, request),
        vehicleId=car["id"],
        driverId=await person_id(borrower, f"driver@{HRSS}"),
    )
    assert slip["driverName"], slip
    assert (await change_vehicle(borrower, car, parkingPlace="院外"))["version"]
    for event in ("case_advanced", "thing_moved"):
        told = await last(fleet, event)
        assert told["role"] == "fleet_manager", event
        assert told["lender_name"] == loan["lender"]["name"]
        assert told["seat"]


async def test_the_ledger_names_the_seat_that_calls_a_sitting_and_opens_a_round(api: Api) -> None:
    secretary = await secretary_of(api)
    await proposed(api)
    [candidate] = await candidates(secretary)
    await called(secretary, "2026-03-06", {"stepId": candidate["step"]["id"]})
    told = await last(api, "sitting_called", "science-bureau")
    assert (told["role"], bool(told["seat"])) == ("party_group", True)
    tables = ("ballots", "marks", "results", "rounds")
    await api.empty(*(f"evaluation_{name}" for name in tables))
    clerk = await api.person(f"office_clerk@{HRSS}")
    opened = await clerk.one(
        "mutation ($input: OpenEvaluationRoundInput!) { openEvaluationRound(input: $input)"
        " { __typename } }",
        {"input": {"institution": HRSS, "year": 2026, "idempotencyKey": str(uuid4())}},
    )
    assert opened["__typename"] == "EvaluationKept"
    assert (await last(api, "evaluation_opened"))["role"] == "office_clerk"
