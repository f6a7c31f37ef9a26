"""What a living object says may be done with it goes through, and the rest is refused alike."""

from typing import Any
from uuid import uuid4

from tests.case_office import COMPLAINT, Desk
from tests.fleet import (
    CARD,
    advance,
    change_vehicle,
    fleet,
    garage,
    person_id,
    record,
    repair_of,
    trip,
    trip_of,
    vehicles,
)
from tests.office import REFUSAL, Api, Visitor
from tests.party_branch import Joining
from tests.sittings import called, candidates, keep, proposed, secretary_of

__all__ = ["fleet"]

HRSS = "hrss-bureau"
ACTIONS = "allowedActions { act stage allowed reason clause { regulation cite } }"
Clause = dict[str, str]


async def told(visitor: Visitor, field: str, of: str) -> dict[str, tuple[bool, Clause]]:
    """By act, or stage taken: whether it is allowed, and the clause."""
    root = await visitor.one(f"query ($id: ID!) {{ {field}(id: $id) {{ {ACTIONS} }} }}", {"id": of})
    return read(root["allowedActions"])


def read(actions: list[Any]) -> dict[str, tuple[bool, Clause]]:
    assert all(bool(each["reason"]) is not each["allowed"] for each in actions)
    return {each["stage"] or each["act"]: (each["allowed"], each["clause"]) for each in actions}


def stages_of(actions: list[Any]) -> dict[str, tuple[bool, Clause]]:
    return read([each for each in actions if each["stage"]])


async def refused_alike(api: Api, doing: Any, clause: Clause) -> None:
    """It is refused by the clause that was told, and nothing changes."""
    before = await api.counts()
    answer = await doing
    assert answer["__typename"] == "Refusal", answer
    said = answer["clause"] or next(each["clause"] for each in answer["problems"])
    assert {name: said[name] for name in clause} == clause
    assert await api.counts() == before


async def test_a_trip_goes_as_its_allowed_actions_say(fleet: Api) -> None:
    people = {
        role: await fleet.person(f"{role}@{HRSS}") for role in ("staff", "driver", "fleet_manager")
    }
    user, driver, manager = people.values()
    request = await user.submit("vehicle.dispatch", trip())
    await manager.agree()
    fleet.now = fleet.now.replace(day=5)
    car = (await vehicles(user))["鲁B·R0201"]["id"]
    given: dict[str, dict[str, Any]] = {
        "dispatch": {"vehicleId": car, "driverId": await person_id(user, f"driver@{HRSS}")},
        "leave": {"odometerOut": "1000"},
        "return": {"odometerBack": "1020"},
        "file": {},
        "hand_over": {},
    }
    walked = []
    for _ in range(6):
        slip = await trip_of(manager, request)
        stages = [e["event"] for e in slip["next"] if e["event"] in given.keys() - walked]
        if not stages:
            break
        stage = stages[0]
        if stage == "hand_over":
            for one in (user, driver):
                slip = await advance(one, slip, "note_safety", note="平安")
        able = []
        for role, visitor in people.items():
            asked = f"query ($id: ID!) {{ vehicleTrip(id: $id) {{ {ACTIONS} }} }}"
            answer = await visitor.ask(asked, {"id": slip["id"]})
            if answer.codes:
                assert (role, answer.codes) == ("driver", ["CASE_NOT_FOUND"])
                continue  # not shown to a driver who is not on it yet
            found = read(answer.data["vehicleTrip"]["allowedActions"])
            allowed, clause = found[stage]
            if allowed:
                able.append(role)
            else:
                await refused_alike(fleet, advance(visitor, slip, stage, **given[stage]), clause)
        assert able, stage
        await fleet.wait(minutes=5)
        done = await advance(people[able[0]], slip, stage, **given[stage])
        assert done.get("version", 0) > slip["version"], (stage, done)
        walked.append(stage)
    assert {"dispatch", "leave", "return"} <= {*walked}


async def test_a_repair_goes_as_its_allowed_actions_say(fleet: Api) -> None:
    people = {role: await fleet.person(f"{role}@{HRSS}") for role in ("driver", "fleet_manager")}
    driver, manager = people.values()
    car = (await vehicles(manager))["鲁B·R0202"]["id"]
    request = await driver.submit(
        "vehicle.repair", {"explanation": "换轮胎", "amount": "900", "vehicleId": car}
    )
    while request["status"] == "PENDING":
        [turn] = [step for step in request["steps"] if step["status"] == "OPEN"]
        account = turn["waitingFor"][0]["holders"][0]["account"]
        request = await (await fleet.person(account)).decide(turn["id"])
    walked = []
    while stages := [each["event"] for each in (await repair_of(manager, request))["next"]]:
        order, stage = await repair_of(manager, request), stages[0]
        more = {"garageId": await garage(manager)} if stage == "commission" else {}
        more |= {"together": True} if stage == "repair" else {}

        def step(visitor: Visitor) -> Any:
            return advance(visitor, order, stage, "VehicleRepairOrder", **more)  # noqa: B023

        able = []
        for visitor in people.values():
            allowed, clause = (await told(visitor, "vehicleRepairOrder", order["id"]))[stage]
            if allowed:
                able.append(visitor)
            else:
                await refused_alike(fleet, step(visitor), clause)
        done = await step(able[0])
        assert done.get("version", 0) > order["version"], done
        walked.append((stage, len(able)))
    assert dict(walked) == {"commission": 1, "repair": 2, "accept": 1, "settle": 1}


async def test_a_register_is_written_by_those_whom_its_allowed_actions_name(fleet: Api) -> None:
    asked = f"{{ registers {{ name {ACTIONS} }} }}"
    manager = await fleet.person(f"fleet_manager@{HRSS}")
    car = {"vehicleId": (await vehicles(manager))["鲁B·R0201"]["id"]}
    who = {"driverId": await person_id(manager, f"driver@{HRSS}")}

    def entries(day: int) -> dict[str, tuple[str, dict[str, Any]]]:
        at, ran = f"2026-02-{day:02}T08:30:00+08:00", day * 1000
        fuel = {"odometerFrom": str(ran), "odometerTo": str(ran + 400), "litres": "35.5"}
        seen = {"what": "ACCIDENT", "atFault": True, "description": "追尾", "happenedAt": at}
        return {
            "vehicle.refuelling": (
                "VehicleRefuelling",
                {**car, **fuel, "refuelledAt": at, "signedBy": "韩喜顺", "exception": "外出途中"},
            ),
            "vehicle.mileage": (
                "VehicleMileage",
                {**car, "readAt": at, "odometer": f"{ran + 500}"},
            ),
            "vehicle.parking_check": (
                "VehicleParkingCheck",
                {**car, **who, "checkedAt": at, "place": "院内", "atFixedPlace": True},
            ),
            "driver.incident": ("DriverIncident", {**who, **seen}),
        }

    seen = set()
    for day, role in enumerate(("fleet_manager", "fuel_clerk", "staff"), start=1):
        visitor = await fleet.person(f"{role}@{HRSS}")
        books = {each["name"]: each for each in await visitor.one(asked)}
        for name, (words, entry) in entries(day).items():
            allowed, clause = read(books[name]["allowedActions"])["KEEP"]
            if allowed:
                assert isinstance(await record(visitor, words, **entry), str), (role, name)
            else:
                await refused_alike(fleet, record(visitor, words, **entry), clause)
            seen.add((role, allowed))
    assert seen >= {("fleet_manager", True), ("fuel_clerk", True), ("fuel_clerk", False)}
    assert ("staff", True) not in seen


async def test_a_case_goes_as_its_allowed_actions_say(api: Api) -> None:
    desk = Desk(api, "service-centre")
    case = await desk.register("complaint_clerk", "complaint.case", **COMPLAINT)
    tried = set()
    for role in ("complaint_clerk", "director", "hall_leader", "staff"):
        visitor = await desk.of(role)
        asked = f"query ($id: ID!) {{ complaint(id: $id) {{ version {ACTIONS} }} }}"
        answer = await visitor.ask(asked, {"id": case["id"]})
        if answer.codes:
            assert answer.codes == ["CASE_NOT_FOUND"]
            continue
        desk.case = found = answer.data["complaint"] | {"id": case["id"]}
        for stage, (allowed, clause) in stages_of(found["allowedActions"]).items():
            doing = desk.act(role, stage)
            if not allowed:
                await refused_alike(api, doing, clause)
            else:
                # what is still to be filled in is asked for: the stage is the viewer's
                done = await doing
                assert done.get("code") in (None, "CASE_NOT_READY"), done
                if "state" in done:
                    break
            tried.add((role, allowed))
    assert {allowed for _, allowed in tried} == {True, False}


async def test_a_body_s_sittings_are_called_and_kept_as_their_allowed_actions_say(api: Api) -> None:
    secretary = await secretary_of(api)
    caller = await api.person("party_secretary@science-bureau")
    await proposed(api)
    [candidate] = await candidates(secretary)
    sitting = await called(secretary, "2026-03-06", {"stepId": candidate["step"]["id"]})
    await api.wait(days=4)
    people = {"secretary": secretary, "caller": caller}
    found = {}
    for name, visitor in people.items():
        asked = f"query ($id: ID!) {{ sitting(id: $id) {{ {ACTIONS} }} }}"
        found[name] = read((await visitor.one(asked, {"id": sitting["id"]}))["allowedActions"])
    assert found["secretary"]["KEEP"][0]
    assert found["caller"]["TAKE"][0]
    allowed, clause = found["caller"]["KEEP"]
    assert not allowed
    came = {"sittingId": sitting["id"], "eligible": 5, "present": 4}
    await refused_alike(api, keep(caller, "recordAttendance", **came), clause)
    kept = await keep(secretary, "recordAttendance", **came)
    assert kept["id"] == sitting["id"], kept
    assert (await called(caller, "2026-03-10")).get("code") != "NOT_YOUR_BODY"


async def test_a_round_is_conducted_by_those_whom_its_allowed_actions_name(api: Api) -> None:
    tables = ("ballots", "marks", "results", "rounds")
    await api.empty(*(f"evaluation_{name}" for name in tables))
    clerk, staff = [await api.person(f"{role}@{HRSS}") for role in ("office_clerk", "staff")]

    def conducts(visitor: Visitor, year: int) -> Any:
        return visitor.one(
            f"""mutation ($input: OpenEvaluationRoundInput!) {{
              openEvaluationRound(input: $input) {{ __typename
              ... on EvaluationKept {{ round {{ id {ACTIONS} }} }}
              ... on Refusal {{ {REFUSAL} }} }} }}""",
            {"input": {"institution": HRSS, "year": year, "idempotencyKey": str(uuid4())}},
        )

    opened = (await conducts(clerk, 2026))["round"]
    assert read(opened["allowedActions"])["KEEP"][0]
    found = await told(staff, "evaluationRound", opened["id"])
    assert not found["KEEP"][0]
    assert not found["INSPECT"][0]
    await refused_alike(api, conducts(staff, 2027), found["KEEP"][1])


async def test_a_party_case_goes_as_its_allowed_actions_say(api: Api) -> None:
    await api.empty("party_cases")
    joining = Joining(api)
    applicant = await joining.of("staff")
    case = await joining.begin(applicant)
    assert "id" in case, case
    asked = f"query ($id: ID!) {{ partyCase(id: $id) {{ version {ACTIONS} }} }}"
    outcomes = set()
    for role in ("party_group", "branch_secretary"):
        visitor = await joining.of(role)
        found = await visitor.one(asked, {"id": case["id"]})
        for stage, (allowed, clause) in stages_of(found["allowedActions"]).items():
            doing = joining.act(role, stage)
            if allowed:
                done = await doing
                assert done.get("code") != "NOT_YOURS_TO_DO", done
            else:
                await refused_alike(api, doing, clause)
            outcomes.add(allowed)
    assert outcomes == {True, False}


async def test_a_vehicle_s_card_is_kept_by_those_whom_its_allowed_actions_name(fleet: Api) -> None:
    clerk, staff = [await fleet.person(f"{role}@{HRSS}") for role in ("office_clerk", "staff")]
    listed = f"{{ vehicles {{ edges {{ node {{ id {CARD} version {ACTIONS} }} }} }} }}"
    for visitor, may in ((staff, False), (clerk, True)):
        car = (await visitor.one(listed))["edges"][0]["node"]
        allowed, clause = read(car["allowedActions"])["KEEP"]
        assert allowed is may
        if may:
            assert (await change_vehicle(visitor, car))["__typename"] != "Refusal"
        else:
            await refused_alike(fleet, change_vehicle(visitor, car), clause)
