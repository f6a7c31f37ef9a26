"""What else an office keeps, as long as its book of requests: a register, cases, notices."""

from typing import Any

from sqlalchemy import Table

from benchmarks.asking import Desk
from domain.records.case_tables import case_events
from domain.tables import metadata

KEEPER, LEADER, CLERK = "fleet_manager", "duty_leader", "office_clerk"
FEWER = 10
"""A line of the register, a case and a request with notices for every so many requests."""

MILEAGE = """mutation ($input: RecordVehicleMileageInput!) { recordVehicleMileage(input: $input) {
  __typename ... on Refusal { code message problems { path message } } } }"""
EVENT = """mutation ($input: BeginDutyEventInput!) { beginDutyEvent(input: $input) {
  __typename ... on Refusal { code message problems { path message } } } }"""
VEHICLES = "{ vehicles(first: 50) { edges { node { id } } } }"
PAGES = {
    "a register": (
        KEEPER,
        """{ vehicleMileages(first: 50) { pageInfo { hasNextPage } edges { node {
          id readAt odometer stands recordedBy allowedActions { act allowed } } } } }""",
    ),
    "cases": (
        LEADER,
        """{ dutyEvents(first: 50) { pageInfo { hasNextPage } edges { node {
          id number state since overdue content next { label }
          allowedActions { act allowed } } } } }""",
    ),
    "things": (
        KEEPER,
        """{ vehicles(first: 50) { edges { node {
          id state keeper holder overdue allowedActions { act allowed } } } } }""",
    ),
    "a statement": (
        CLERK,
        """{ attendanceMonthStatement(from: "2026-02-01", to: "2026-02-28") {
          from to running lines { name } } }""",
    ),
    "notices": (
        "guo.xiaoyan",
        """{ notices(first: 50) { edges { node {
          id sentence at by { name } readAt request { id number summary } } } } }""",
    ),
}


async def kept_once(desk: Desk) -> None:
    """A reading for each vehicle, and an emergency, as people enter them."""
    vehicles = await desk.one(KEEPER, VEHICLES)
    for place, edge in enumerate(vehicles["edges"]):
        given = {
            "vehicleId": edge["node"]["id"],
            "readAt": f"2026-03-0{1 + place % 2}T08:00:00+08:00",
        }
        given |= {"odometer": str(52_000 + place), "idempotencyKey": desk.key()}
        await desk.one(KEEPER, MILEAGE, {"input": given})
    given = {"eventKind": "EMERGENCY", "at": "2026-03-02T08:30:00+08:00", "place": "办事大厅"}
    given |= {"content": "群众突发疾病", "idempotencyKey": desk.key()}
    await desk.one(LEADER, EVENT, {"input": given})


AGAIN = "cast(md5({} || '/' || b.n) as uuid)"


def again(of: Table, key: str, each: int, moments: tuple[str, ...], **said: str) -> str:
    """Each row so many times over, ever earlier in three years."""
    ago = f"b.n * interval '1095 days' / {each}"
    anew = {
        **{name: f"t.{name} - {ago}" for name in moments},
        key: AGAIN.format(f"t.{key}"),
        **said,
    }
    names = ", ".join(column.name for column in of.columns)
    values = ", ".join(anew.get(column.name, f"t.{column.name}") for column in of.columns)
    rows = f"{of.name} t cross join generate_series(1, {each}) b(n)"
    return f"insert into {of.name} ({names}) select {values} from {rows}"


async def keep_over(owner: Any, size: int) -> None:
    """As many lines and cases as such a book of requests stands beside."""
    mileages, events = (metadata.tables[name] for name in ("vehicle_mileages", "duty_events"))
    readings = await owner.fetchval("select count(*) from vehicle_mileages")
    each = max(1, size // FEWER // max(1, readings))
    await owner.execute(again(mileages, "id", each, ("read_at", "recorded_at")))
    entered = await owner.fetchval("select count(*) from duty_events")
    each = max(1, size // FEWER // max(1, entered))
    number = "t.number || '-' || b.n"
    await owner.execute(again(case_events, "case_id", each, ("at",)))
    moments = ("since", "begun_at", "at")
    await owner.execute(again(events, "id", each, moments, number=number))
    await owner.execute("analyze vehicle_mileages, duty_events, case_events")
