"""A list survives a row that cannot be shown: the row says so, and the log says which."""

from typing import Any

import pytest

from domain.messages import EN, ZH
from policies.messages import MESSAGES
from schema.ground.ids import global_id
from tests.case_office import COMPLAINT
from tests.fleet import fleet, record, trip, vehicles
from tests.lending import id_of
from tests.office import INBOX, REQUEST, Api, Visitor, leave

__all__ = ["fleet"]

SAID = MESSAGES["ROW_UNREADABLE"].say(ZH, {})
MEAL = {"explanation": "接待来宾", "amount": "200", "people": 4}
TYPED = (
    "form { __typename ... on LeaveSickForm { begins { date } } ... on Refusal { code message } }"
)
BOX = f"{{ edges {{ cursor unreadable node {{ {REQUEST} marks {TYPED} }} }} }}"


async def broken(api: Api, sql: str, *values: Any) -> None:
    """A row changed by the owner of the database, whom no rule of the tables holds back."""
    await api.run("set session_replication_role = replica")
    await api.run(sql, *values)
    await api.run("set session_replication_role = origin")


def logged(api: Api) -> set[str]:
    """The tables of which a row was told to the log, each line without a word of what it holds."""
    lines = [line for line in api.logged if line["event"] == "row_unreadable"]
    assert len(lines) == len(api.logged), api.logged
    for line in lines:
        assert line.keys() == {"event", "log_level", "table", "row", "why", "at"}
        assert "接待" not in str(line)
    api.logged.clear()
    return {line["table"] for line in lines}


async def two(api: Api) -> tuple[Visitor, Visitor, str]:
    """Two requests wait for one chief; the first is about to be broken."""
    staff = await api.person("staff@hrss-bureau")
    first = await staff.submit("leave.sick", leave("2026-03-09"))
    await api.wait(minutes=1)
    await staff.submit("leave.sick", leave("2026-03-11"))
    return staff, await api.person("section_chief@hrss-bureau"), first["number"]


FORM = (
    "update requests set summary_zh = null, summary_en = null,"
    " form = jsonb_set(form, '{begins}', '\"1e30\"') where number = $1"
)
OF_IT = "request_id = (select id from requests where number = $1)"
BREAKS = [
    FORM,
    "update requests set form = '{\"old\": 1}' where number = $1",
    "update requests set form = '[]' where number = $1",
    'update requests set facts = facts || \'{"days": "many"}\' where number = $1',
    "update requests set facts = facts || '{\"days\": null}' where number = $1",
    'update requests set marks = \'[{"code": "GONE"}]\' where number = $1',
    "update requests set attachments = '[{\"file\": 1}]' where number = $1",
    "update requests set rulebook_version = 99 where number = $1",
]


@pytest.mark.parametrize("sql", BREAKS)
async def test_a_request_that_cannot_be_shown_whole_is_listed_with_the_rest(
    api: Api, sql: str
) -> None:
    staff, chief, number = await two(api)
    await broken(api, sql, number)
    lists = ((chief, "inbox"), (chief, "requests(box: UNIT)"), (staff, "requests(box: MINE)"))
    for visitor, each in lists:
        found = (await visitor.one(f"{{ {each} {BOX} }}"))["edges"]
        nodes = {edge["node"]["number"]: edge["node"] for edge in found}
        assert len(nodes) == 2
        node = nodes.pop(number)
        assert (node["kind"], node["status"]) == ("LEAVE_SICK", "PENDING")
        assert SAID in str(node) or "attachments" in sql
        lost = {"__typename": "Refusal", "code": "ROW_UNREADABLE", "message": SAID}
        assert node["form"] == lost or "set form" not in sql
        [other] = nodes.values()
        assert SAID not in str(other)
        assert other["summary"].startswith("病假 1 天")
        assert other["form"] == {"__typename": "LeaveSickForm", "begins": {"date": "2026-03-11"}}
    assert logged(api) == {"requests"}


async def test_it_is_said_in_the_language_of_the_reader(api: Api) -> None:
    staff, _, number = await two(api)
    await broken(api, FORM, number)
    staff.language = "en"
    [_, first] = (await staff.one(f"{{ requests(box: MINE) {BOX} }}"))["edges"]
    assert first["node"]["summary"] == MESSAGES["ROW_UNREADABLE"].say(EN, {})
    assert logged(api) == {"requests"}


async def test_a_request_of_which_parts_cannot_be_read_says_so_on_its_edge(api: Api) -> None:
    staff, chief, number = await two(api)
    await broken(api, f"update steps set decision = 'perhaps' where {OF_IT}", number)
    for visitor, each in ((chief, "inbox"), (staff, "requests(box: MINE)")):
        found = (await visitor.one(f"{{ {each} {BOX} }}"))["edges"]
        told = {edge["node"]["number"]: edge["unreadable"] for edge in found}
        assert told.pop(number) == SAID
        assert list(told.values()) == [None]
    assert logged(api) == {"requests"}


async def test_a_request_of_a_kind_that_nobody_knows_any_more_hides_no_other(api: Api) -> None:
    staff, _, number = await two(api)
    await broken(api, "update requests set kind = 'leave.ufo' where number = $1", number)
    lost = await api.value("select id from requests where number = $1", number)
    asked = "{ requests(box: MINE, first: %s) { unreadable edges { node { number } } pageInfo"
    asked += " { hasNextPage endCursor } } }"
    found = await staff.one(asked % 50)
    assert found["unreadable"] == [global_id("Request", lost)]
    assert [edge["node"]["number"] != number for edge in found["edges"]] == [True]
    assert (await staff.one(asked % 1))["pageInfo"]["hasNextPage"]
    assert logged(api) == {"requests"}
    refused = await staff.act("withdraw", requestId=global_id("Request", lost))
    assert refused["code"] == "ROW_UNREADABLE"
    await broken(api, "delete from requests where number = $1", number)


async def test_a_step_that_cannot_be_read_blanks_no_inbox(api: Api) -> None:
    _, chief, number = await two(api)
    await broken(
        api,
        f"update steps set act = 'bless' where {OF_IT}",
        number,
    )
    found = (await chief.one(INBOX))["edges"]
    assert [edge["node"]["steps"] != [] for edge in found] == [False, True]
    assert logged(api) == {"requests", "steps"}


async def test_an_act_on_what_cannot_be_read_is_refused_and_changes_nothing(api: Api) -> None:
    _, chief, number = await two(api)
    await broken(
        api, 'update requests set facts = facts || \'{"days": "x"}\' where number = $1', number
    )
    step = (await chief.inbox())[0]["step"]["id"]
    before = await api.counts()
    assert (await chief.decide(step))["code"] == "ROW_UNREADABLE"
    assert await api.counts() == before
    logged(api)


async def listed(visitor: Visitor, query: str) -> list[tuple[bool, str | None]]:
    edges = (await visitor.one(query))["edges"]
    return [(edge["node"] is None, edge["unreadable"]) for edge in edges]


EACH_ONE = [(True, SAID), (False, None)]


async def test_history_notices_and_comments_survive(api: Api) -> None:
    staff, chief, number = await two(api)
    request = (await staff.one("{ requests(box: MINE) { edges { node { id number } } } }"))["edges"]
    [of] = [edge["node"]["id"] for edge in request if edge["node"]["number"] == number]
    for text in ("一", "二"):
        await staff.act("comment", requestId=of, text=text, mentions=[await id_of(chief)])
        await api.wait(minutes=1)
    oldest = "(select min(at) from comments)"
    await broken(api, f"update comments set mentions = '[1]' where at = {oldest}")
    found = await staff.one(
        "query ($id: ID!) { node(id: $id) { ... on Request {"
        " comments { edges { unreadable node { text } } }"
        " history { edges { unreadable node { event } } } } } }",
        {"id": of},
    )
    assert [edge["unreadable"] for edge in found["comments"]["edges"]] == [SAID, None]
    assert [edge["unreadable"] for edge in found["history"]["edges"]] == [None] * 3
    assert logged(api) == {"CommentEdge"}
    await broken(api, "update notices set code = 'GONE' where at = (select max(at) from notices)")
    assert await listed(chief, "{ notices { edges { unreadable node { sentence } } } }") == EACH_ONE
    assert logged(api) == {"NoticeEdge"}


async def test_a_line_of_the_ledger_that_was_tampered_with_hides_no_other(api: Api) -> None:
    staff, _, number = await two(api)
    of = await api.value("select id from requests where number = $1", number)
    line = "update ledger set record = $2 where event = 'submitted' and request = $1"
    record = await api.value("select record from ledger where request = $1", str(of))
    await broken(api, line, str(of), f'{{"request": "{of}", "content": [], "person": 7}}')
    found = await staff.one(
        "query ($id: ID!) { node(id: $id) { ... on Request {"
        " history { edges { unreadable node { event } } } } } }",
        {"id": global_id("Request", of)},
    )
    assert found["history"]["edges"] == [{"unreadable": SAID, "node": None}]
    await broken(api, line, str(of), record)
    assert logged(api) == {"ledger"}


async def test_cases_and_their_clocks_survive(api: Api) -> None:
    await broken(api, "delete from cases")
    clerk = await api.person("office_clerk@service-centre")
    for _ in range(2):
        await clerk.submit("complaint.case", COMPLAINT)
        await api.wait(minutes=1)
    newest = "where begun_at = (select max(begun_at) from cases)"
    await broken(api, f"update cases set facts = '7' {newest}")
    query = "{ complaints { edges { unreadable node { number next { event } } } } }"
    assert await listed(clerk, query) == EACH_ONE
    assert logged(api) == {"cases"}
    await broken(api, "update clocks set rulebook_version = 99")
    found = await listed(clerk, "{ clocks { edges { unreadable node { id } } } }")
    assert set(found) <= {(True, SAID)}
    api.logged.clear()
    await broken(api, "delete from cases")


async def test_registers_survive(fleet: Api) -> None:
    keeper = await fleet.person("fleet_manager@hrss-bureau")
    driver = (await keeper.one('{ people(text: "driver@hrss-bureau", first: 1) { id } }'))[0]["id"]
    for at in ("2026-03-01T08:00:00+08:00", "2026-03-01T09:00:00+08:00"):
        entry = {"driverId": driver, "happenedAt": at, "what": "ACCIDENT", "description": "追尾"}
        await record(keeper, "DriverIncident", **entry)
        await fleet.wait(minutes=1)
    held = "driver_incidents_what_check"
    says = await fleet.value(
        "select pg_get_constraintdef(oid) from pg_constraint where conname = $1", held
    )
    await fleet.run(f"alter table driver_incidents drop constraint {held}")
    await broken(
        fleet,
        "update driver_incidents set what = 'ufo' where recorded_at ="
        " (select max(recorded_at) from driver_incidents)",
    )
    await fleet.run(f"alter table driver_incidents add constraint {held} {says} not valid")
    query = "{ driverIncidents { edges { unreadable node { what fine } } } }"
    assert await listed(keeper, query) == EACH_ONE
    assert logged(fleet) == {"driver_incidents"}
    await broken(fleet, "update driver_incidents set what = 'accident' where what = 'ufo'")
    await fleet.run(f"alter table driver_incidents validate constraint {held}")


async def test_slips_of_trips_survive(fleet: Api) -> None:
    staff = await fleet.person("staff@hrss-bureau")
    manager = await fleet.person("fleet_manager@hrss-bureau")
    for day in ("2026-03-05", "2026-03-06"):
        request = await staff.submit("vehicle.dispatch", trip(day, urgency="URGENT"))
        while request["status"] == "PENDING":
            turn = next(each for each in request["steps"] if each["status"] == "OPEN")
            request = await (await fleet.person(f"{turn['role']}@hrss-bureau")).decide(turn["id"])
    await broken(
        fleet,
        "update vehicle_trips set facts = '7' where begins ="
        " (select max(begins) from vehicle_trips)",
    )
    query = "{ vehicleTrips { edges { unreadable node { state } } } }"
    assert await listed(manager, query) == EACH_ONE
    queue = await manager.ask("{ dispatchQueue { place trip { number } } }")
    assert [turn and turn["place"] for turn in queue.body["data"]["dispatchQueue"]] == [1, None]
    assert queue.codes == ["ROW_UNREADABLE"]
    assert len(await vehicles(manager)) > 1
    assert logged(fleet) == {"vehicle_trips"}
