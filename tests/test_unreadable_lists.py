"""Lists of typed columns survive a row that cannot be shown, plain lists and lists in rows too."""

from typing import Any

from schema.ground.ids import read_id
from tests.correspondence import me
from tests.fleet import fleet, record
from tests.office import Api, Visitor, leave
from tests.sittings import called, never_met, proposed, secretary_of
from tests.test_case_registers import CALL, CONTACT, CONTACTS, RECEPTION, RECEPTIONS, desk, enter
from tests.test_duties_served import DUTIES, nodes
from tests.test_duties_served import record as record_duty
from tests.test_unreadable_rows import SAID, broken, logged

__all__ = ["desk", "fleet"]

NEVER = "'infinity'"
"""A moment that the store takes and no office can say."""


async def asked(visitor: Visitor, query: str, **given: Any) -> tuple[list[Any], list[Any]]:
    """The rows of the only list, and the place of each that `errors` says cannot be shown."""
    answer = (await visitor.ask(query, given)).body
    [found] = answer["data"].values()
    rows = found["edges"] if isinstance(found, dict) else found
    errors = answer.get("errors", ())
    for error in errors:
        assert (error["message"], error["extensions"]["code"]) == (SAID, "ROW_UNREADABLE")
    return rows, [error["path"] for error in errors]


async def test_lines_of_callers_and_visitors_survive(desk: Any) -> None:
    clerk = await desk.of("office_clerk")
    leader = await me(await desk.of("director"))
    visit = {
        "leaderId": leader,
        "receivedOn": "2026-03-02",
        "visitorName": "王先生",
        "matter": "占道",
    }
    for number in range(2):
        await enter(desk, "office_clerk", CONTACT, CALL, key=f"call{number}")
        done = await enter(
            desk, "office_clerk", RECEPTION,
            {**visit, "visitorTelephone": "13700000000", "outcome": "转办"}, key=f"visit{number}",
        )  # fmt: skip
        assert done["__typename"] == "LineEntered", done
        await desk.api.wait(minutes=1)
    for table, query in (("contacts", CONTACTS), ("receptions", RECEPTIONS)):
        told = query.replace("edges { node { id", "edges { unreadable node { recordedAt id")
        newest = f"where recorded_at = (select max(recorded_at) from {table})"
        await broken(desk.api, f"update {table} set recorded_at = {NEVER} {newest}")
        rows, places = await asked(clerk, told)
        assert sorted(row["node"] is None for row in rows) == [False, True]
        [place] = places
        assert rows[place[2]]["node"] is None
        assert logged(desk.api) == {table}
        await broken(desk.api, f"delete from {table}")


async def test_sittings_and_open_votes_survive(api: Api) -> None:
    secretary = await secretary_of(api)
    for day in ("2026-03-06", "2026-03-07"):
        await proposed(api)
        await called(secretary, day, {"title": "学习"})
        await api.wait(minutes=1)
    latest = "where begins_at = (select max(begins_at) from sittings)"
    await broken(api, f"update sittings set noticed_at = {NEVER} {latest}")
    sittings = '{ sittings(body: "party_group") { number noticedAt } }'
    rows, [place] = await asked(secretary, sittings)
    assert [row is None for row in rows] == [True, False]
    assert place == ["sittings", 0, "noticedAt"]
    votes = '{ openVoteSteps(body: "party_group") { step { id } request { number } } }'
    for sql in (
        "update steps set decision = 'perhaps'",
        "update requests set attachments = '7'",
        "update requests set kind = 'decision.ufo'",
    ):
        of = "request_id" if "steps" in sql else "id"
        await broken(api, f"{sql} where {of} = (select min(id::text)::uuid from requests)")
        rows, [place] = await asked(secretary, votes)
        assert [row is None for row in rows] == [True, False]
        assert place == ["openVoteSteps", 0]
    assert logged(api) == {"sittings", "requests", "steps"}
    await broken(api, "delete from requests where kind = 'decision.ufo'")
    await never_met(api)


async def test_copies_and_circulations_blank_no_box(api: Api) -> None:
    staff = await api.person("staff@hrss-bureau")
    sent = await staff.submit("leave.sick", leave("2026-03-09"))
    await staff.submit("leave.sick", leave("2026-03-11"))
    for account in ("office_clerk@hrss-bureau", "section_chief_2@hrss-bureau"):
        to = [await me(await api.person(account))]
        await staff.act("copy", requestId=sent["id"], to=to)
        await staff.act("circulate", requestId=sent["id"], to=to)
        await api.wait(minutes=1)
    for table, part in (
        ("copies", "to { person { name } }"),
        ("circulations", "readers { readAt }"),
    ):
        query = (
            f"{{ requests(box: MINE) {{ edges {{ node {{ number {table} {{ at {part} }} }} }} }} }}"
        )
        first = f"at = (select min(at) from {table})"
        await broken(api, f"update {table} set at = {NEVER} where {first}")
        rows, [place] = await asked(staff, query)
        held = {row["node"]["number"]: row["node"][table] for row in rows}
        assert [each is None for each in held[sent["number"]]] == [False, True]
        assert len(rows) == 2
        assert place[-3:] == [table, 1, "at"]
    assert logged(api) == {"requests"}


async def test_duties_survive(api: Api) -> None:
    clerk = await api.person("office_clerk@science-bureau")
    duty = next(
        each
        for each in await nodes(clerk, mine=True)
        if each["every"] == "MONTH" and each["state"] == "DUE"
    )
    await record_duty(clerk, duty, "2026-03-02")
    await broken(api, f"update cadence_records set recorded_at = {NEVER}")
    span = {"from": "2026-03-01", "to": "2026-03-31", "mine": True}
    rows, [place] = await asked(clerk, DUTIES, **span)
    assert [row["node"] is None for row in rows].count(True) == 1 < len(rows)
    assert rows[place[2]]["node"] is None
    assert logged(api) == {"duties"}


async def test_registers_tell_which_moment_cannot_be_said(fleet: Api) -> None:
    keeper = await fleet.person("fleet_manager@hrss-bureau")
    driver = await me(await fleet.person("driver@hrss-bureau"))
    for at in ("2026-03-01T08:00:00+08:00", "2026-03-01T09:00:00+08:00"):
        entry = {"driverId": driver, "happenedAt": at, "what": "ACCIDENT", "description": "追尾"}
        await record(keeper, "DriverIncident", **entry)
        await fleet.wait(minutes=1)
    latest = "happened_at = (select max(happened_at) from driver_incidents)"
    await broken(fleet, f"update driver_incidents set happened_at = {NEVER} where {latest}")
    rows, [place] = await asked(keeper, "{ driverIncidents { edges { node { happenedAt } } } }")
    assert [row["node"] is None for row in rows] == [True, False]
    assert place == ["driverIncidents", "edges", 0, "node", "happenedAt"]
    assert logged(fleet) == {"driverIncidents"}


async def test_a_record_of_another_shape_hides_no_other_history(api: Api) -> None:
    staff = await api.person("staff@hrss-bureau")
    first = await staff.submit("leave.sick", leave("2026-03-09"))
    await staff.submit("leave.sick", leave("2026-03-11"))
    of = read_id(first["id"])[1]
    record = await api.value("select record from ledger where request = $1", of)
    query = "{ requests(box: MINE) { edges { node { number history {"
    query += " edges { unreadable node { event } } } } } } }"
    changed = "update ledger set record = $2 where event = 'submitted' and request = $1"
    for content in ("[1]", '"word"', "7", '{"turns": ["x"]}', '{"turns": 7}'):
        await broken(api, changed, of, f'{{"request": "{of}", "content": {content}}}')
        rows, _ = await asked(staff, query)
        told = {row["node"]["number"]: row["node"]["history"]["edges"] for row in rows}
        assert told.pop(first["number"]) == [{"unreadable": SAID, "node": None}]
        [[other]] = told.values()
        assert other["node"]["event"] == "submitted"
        assert logged(api) == {"ledger"}
    await broken(api, changed, of, record)
