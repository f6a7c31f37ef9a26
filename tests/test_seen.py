"""What a `see` line says of a record's columns decides in lists and one by one alike."""

from base64 import b64decode
from typing import Any
from uuid import uuid4

from policies import loading
from schema.ground.ids import global_id
from tests.case_office import COMPLAINT, READ, Desk
from tests.changed_rules import Imports, imports
from tests.fleet import fleet, person_id, record, repair_of, trip, trip_of
from tests.office import REFUSAL, Api, Visitor, problems

__all__ = ["fleet", "imports"]

HRSS = "hrss-bureau"
INCIDENTS = "{ driverIncidents { edges { node { description } } pageInfo { hasNextPage } } }"
OF_DEPUTIES = f"p, deputy_in_charge, {HRSS}, driver.incident, see, {{}}, driver-incident-10"
STRIKE = f"""mutation ($input: StrikeOutLineInput!) {{ strikeOutLine(input: $input) {{
  __typename ... on Refusal {{ {REFUSAL} }} }} }}"""


async def incidents(visitor: Visitor) -> list[str]:
    edges = (await visitor.one(INCIDENTS))["edges"]
    return sorted(each["node"]["description"] for each in edges)


async def entered(keeper: Visitor, description: str, **more: Any) -> Any:
    driver = await person_id(keeper, f"driver@{HRSS}")
    given = {"driverId": driver, "what": "ACCIDENT", "atFault": True, "description": description}
    at = {"happenedAt": "2026-03-01T08:30:00+08:00"}
    line = await record(keeper, "DriverIncident", **given, **at, **more)
    assert isinstance(line, str), line
    return line


async def test_a_condition_on_a_column_narrows_the_list_and_whoever_it_names_sees_theirs(
    fleet: Api, imports: Imports
) -> None:
    await imports(
        "vehicles.csv", OF_DEPUTIES.format("always"), OF_DEPUTIES.format("accident = true")
    )
    people = ("discipline_head", "deputy_in_charge", "director", "staff", "driver", "driver_2")
    keeper, deputy, director, staff, driver, other = [
        await fleet.person(f"{role}@{HRSS}") for role in people
    ]
    await entered(keeper, "撞上护栏", accident=True)
    await entered(keeper, "酒后驾车", accident=False)
    assert await incidents(keeper) == await incidents(director) == ["撞上护栏", "酒后驾车"]
    assert await incidents(deputy) == ["撞上护栏"]
    assert await incidents(driver) == ["撞上护栏", "酒后驾车"]
    assert await incidents(staff) == await incidents(other) == []


async def test_what_is_not_seen_is_answered_as_what_is_not_there(
    fleet: Api, imports: Imports
) -> None:
    keep = f"p, discipline_head, {HRSS}, driver.incident, keep, always, driver-incident-4, 1,"
    deny = f"p, discipline_head, {HRSS}, driver.incident, see, accident = true, driver-incident-12"
    [line] = [each for each in shipped_lines() if each.startswith(keep)]
    await imports("vehicles.csv", line, f"{line}\n{deny}, 1, interpretation/3, deny")
    keeper, director = [await fleet.person(f"{e}@{HRSS}") for e in ("discipline_head", "director")]
    hidden, shown = [await entered(keeper, f"事故{n}", accident=n == 1) for n in (1, 2)]
    assert await incidents(keeper) == ["事故2"]
    assert await incidents(director) == ["事故1", "事故2"]
    absent = await keeper_id(fleet, hidden)
    before = await fleet.counts()
    answers = [await strike(keeper, each) for each in (hidden, absent)]
    assert problems(answers[0]) == problems(answers[1]) == {("lineId", "LINE_NOT_FOUND")}
    assert await fleet.counts() == before
    assert "code" not in await strike(keeper, shown)


async def strike(visitor: Visitor, line: str) -> Any:
    given = {"lineId": line, "reason": "误记", "idempotencyKey": str(uuid4())}
    return await visitor.one(STRIKE, {"input": given})


async def keeper_id(fleet: Api, like: str) -> str:
    """The id of a line that was never written, of the kind of this one."""
    kind = b64decode(like + "=" * (-len(like) % 4)).decode().partition(":")[0]
    return global_id(kind, uuid4())


def shipped_lines() -> list[str]:
    return (loading.SHIPPED / HRSS / "vehicles.csv").read_text("utf-8").splitlines()


async def test_trips_are_seen_as_their_columns_admit_and_repairs_by_lines_of_their_own(
    fleet: Api, imports: Imports
) -> None:
    line = f"p, director, {HRSS}, vehicle.trip, see, always, vehicle-trip-10"
    await imports("vehicles.csv", line, line.replace("always", "people > 2"))
    roles = ("staff", "director", "fleet_manager", "driver")
    user, director, manager, driver = [await fleet.person(f"{role}@{HRSS}") for role in roles]
    asked = []
    for people, hours in ((1, (9, 10)), (3, (14, 15))):
        asked.append(await user.submit("vehicle.dispatch", trip(people=people, hours=hours)))
        await manager.agree()
    few, many = asked
    listed = "{ vehicleTrips { edges { node { number } } } }"
    both = {few["number"], many["number"]}
    for visitor, numbers in ((manager, both), (director, {many["number"]}), (driver, set())):
        edges = (await visitor.one(listed))["edges"]
        assert {each["node"]["number"] for each in edges} == numbers
    assert not await is_shown(director, "vehicleTrip", few)
    assert (await trip_of(director, many))["number"] == many["number"]
    request = await driver.submit("vehicle.repair", {"explanation": "换轮胎", "amount": "900"})
    while request["status"] == "PENDING":
        [turn] = [step for step in request["steps"] if step["status"] == "OPEN"]
        account = turn["waitingFor"][0]["holders"][0]["account"]
        request = await (await fleet.person(account)).decide(turn["id"])
    assert not await is_shown(user, "vehicleRepairOrder", request)
    assert (await repair_of(director, request))["number"] == request["number"]


async def is_shown(visitor: Visitor, field: str, of: Any) -> bool:
    """Whether there is such a case for the viewer."""
    answer = await visitor.ask(
        f"query ($id: ID!) {{ {field}(id: $id) {{ id }} }}", {"id": of["id"]}
    )
    assert answer.codes in ([], ["CASE_NOT_FOUND"])
    return answer.codes == []


async def test_a_complaint_is_counted_and_shown_to_whom_its_columns_admit(
    api: Api, imports: Imports
) -> None:
    [whole] = [
        each
        for each in (loading.SHIPPED / HRSS / "petitions.csv").read_text("utf-8").splitlines()
        if each.startswith(f"p, discipline_head, {HRSS}, complaint, see, always,")
    ]
    desk = Desk(api, HRSS)
    case = await desk.register("office_clerk", "complaint.case", **COMPLAINT)
    head = await api.person(f"discipline_head@{HRSS}")
    counted, read = "{ caseSummary { cases } }", READ % "complaint"
    standing = whole
    for channel, seen in (("letter", True), ("fax", False)):
        narrowed = whole.replace("always", f"channel = {channel}")
        await imports("petitions.csv", standing, narrowed)
        standing = narrowed
        edges = (await head.one(desk.listed(), {}))["edges"]
        assert (case["id"] in [each["node"]["id"] for each in edges]) is seen
        assert bool(await head.one(counted)) is seen
        answer = await head.ask(read, {"id": case["id"]})
        assert (answer.codes == []) is seen
    absent = await head.ask(read, {"id": global_id("Complaint", uuid4())})
    assert absent.codes == answer.codes == ["CASE_NOT_FOUND"]
