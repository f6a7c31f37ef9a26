"""What hangs on somebody who goes, moves or leaves: told before it is approved."""

from typing import Any

import pytest

from schema.ground.ids import read_id
from tests.lending import HANDED, asked, id_of, lend, seat_of
from tests.moving import do
from tests.office import Api, Visitor, leave
from tests.test_importing import at, text
from tests.test_posts_journey import ORDER
from tests.test_seals import add

HANGS = """query ($person: ID!, $from: Date!, $to: Date!) {
  whatHangsOn(person: $person, from: $from, to: $to) { __typename
    ... on WhatHangs { withoutSubstitute items { what name day stepsIn covered clause { cite } } }
    ... on Refusal { code } } }"""


async def hangs(who: Visitor, on: Visitor) -> Any:
    days = {"from": "2026-03-02", "to": "2026-03-31"}
    return await who.one(HANGS, {"person": await id_of(on), **days})


def named(told: Any, what: str) -> list[Any]:
    return [each for each in told["items"] if each["what"] == what]


async def test_a_chief_s_seat_and_what_waits_for_it_have_no_substitute_until_it_is_lent(
    posts: Api, admin: Visitor
) -> None:
    chief = await posts.person("section_chief@hrss-bureau")
    staff = await posts.person("staff@hrss-bureau")
    deputy = await posts.person("section_deputy@hrss-bureau")
    request = await staff.submit("leave.sick", leave("2026-03-16", "2026-03-17"))
    told = await hangs(chief, chief)
    assert [each["name"] for each in named(told, "TURN")] == [request["number"]]
    seats = {each["name"]: each for each in named(told, "SEAT")}
    [mine] = [each for name, each in seats.items() if name.startswith("科长")]
    assert mine["covered"] is False
    await lend(chief, await seat_of(chief, "section_chief"), deputy)
    after = await hangs(admin, chief)
    [covered] = [e for e in named(after, "SEAT") if e["name"] == mine["name"]]
    assert (covered["covered"], covered["stepsIn"]) == (True, ["郑传文"])
    assert named(after, "TURN")[0]["covered"] is True
    assert named(await hangs(deputy, deputy), "LOAN")[0]["name"] == mine["name"]


async def test_who_decides_on_a_leave_sees_what_hangs_on_the_applicant_and_others_do_not(
    api: Api,
) -> None:
    staff = await api.person("staff@hrss-bureau")
    chief = await api.person("section_chief@hrss-bureau")
    colleague = await api.person("staff_2@hrss-bureau")
    assert (await hangs(chief, staff))["code"] == "NOT_YOURS_TO_SEE"
    await staff.submit("leave.sick", leave("2026-03-16", "2026-03-17"))
    assert (await hangs(chief, staff))["__typename"] == "WhatHangs"
    assert (await hangs(colleague, staff))["code"] == "NOT_YOURS_TO_SEE"


async def test_a_seal_hangs_on_its_keeper_until_it_is_given_back(api: Api) -> None:
    office = "science-bureau"
    key = await seal_at(api, office, "seal_keeper")
    name = await api.value("select name from seals where id = $1", key)
    chief = await api.person(f"section_chief@{office}")
    given = """update seals set state = $1, keeper_id = (
                 select person_id from accounts where account = $2)
               where institution_id = $3 and id = $4"""
    await api.run(given, "issued", chief.account, office, key)
    things = named(await hangs(chief, chief), "THING")
    assert [each["name"].endswith(name) for each in things] == [True]
    await api.run(given, "kept", None, office, key)
    assert named(await hangs(chief, chief), "THING") == []


@pytest.mark.parametrize("to", ["2026-02-01", "2030-01-01"])
async def test_days_that_cannot_be_are_refused(api: Api, to: str) -> None:
    staff = await api.person("staff@hrss-bureau")
    given = {"person": await id_of(staff), "from": "2026-03-02", "to": to}
    assert (await staff.one(HANGS, given))["__typename"] == "Refusal"


async def test_a_leaver_waits_for_a_second_person(posts: Api, admin: Visitor) -> None:
    chief = await posts.person("section_chief@hrss-bureau")
    deputy = await posts.person("section_deputy@hrss-bureau")
    seats = (await chief.one("{ viewer { seats { id } } }"))["seats"]
    follows = [{"seatId": e["id"], "personId": await id_of(deputy)} for e in seats]
    given = {"personId": await id_of(chief), "lastDay": "2026-03-02", "document": ORDER}
    told = await asked(admin, "handOver", HANDED, **given, successors=follows)
    assert told["waits"]["state"] == "PENDING"
    assert await posts.value("select count(*) from people where leaves is not null") == 0


CENTRE = "service-centre"
BY_LEAVE = "hangs { items { what name clause { regulation cite } } }"
PREVIEW = f"""query ($input: PreviewInput!) {{ preview(input: $input) {{ __typename
  ... on RoutePreview {{ finding {BY_LEAVE} }} ... on Refusal {{ code }} }} }}"""
OF_REQUEST = f"query ($id: ID!) {{ node(id: $id) {{ ... on Request {{ status {BY_LEAVE} }} }} }}"


def given_to(table: str) -> str:
    """The statement that gives a thing into somebody's keeping, or back to the office."""
    return f"""update {table} set state = $1, keeper_id = (
                 select person_id from accounts where account = $2)
               where institution_id = $3 and id = $4"""


async def seal_at(api: Api, office: str, keeper: str) -> Any:
    """A seal of the office, which has one more if another test took them all."""
    at = "select id from seals where institution_id = $1 limit 1"
    if not await api.rows(at, office):
        added = await add(await api.person(f"{keeper}@{office}"))
        assert added["__typename"] != "Refusal", added
    [[seal]] = await api.rows(at, office)
    return seal


def barred(told: Any) -> list[tuple[str, str]]:
    return [(e["what"], e["clause"]["cite"]) for e in told["items"] if e["clause"]]


async def test_who_keeps_a_seal_is_not_given_leave_before_it_is_handed_over(api: Api) -> None:
    clerk = await api.person(f"confidentiality_officer@{CENTRE}")
    seal = await seal_at(api, CENTRE, "office_clerk")
    given = given_to("seals")
    await api.run(given, "issued", clerk.account, CENTRE, seal)
    form = leave("2026-03-16")
    asked = {"kind": "LEAVE_PERSONAL", "form": form}
    told = await clerk.one(PREVIEW, {"input": asked})
    assert told["__typename"] == "RoutePreview", told
    assert barred(told["hangs"]) == [("THING", "印鉴管理 3")]
    request = await clerk.submit("leave.personal", form)
    deciders: list[Visitor] = []
    while True:
        waits = (await clerk.one(WAITING, {"id": request["id"]}))["steps"]
        holders = [e["account"] for s in waits if s["status"] == "OPEN" for e in _who(s)]
        decider = await api.person(holders[0])
        deciders.append(decider)
        before = await api.counts()
        seen = await decider.one(OF_REQUEST, {"id": request["id"]})
        assert barred(seen["hangs"]) == [("THING", "印鉴管理 3")]
        decided = await decider.decide((await decider.turn())["id"])
        if decided["__typename"] == "Refusal":
            break
    assert decided["code"] == "NOT_HANDED_OVER"
    assert decided["clause"]["cite"] == "印鉴管理 3"
    assert [each["code"] for each in decided["problems"]] == ["STILL_HOLDS"]
    assert await api.counts() == before
    colleague = await api.person(f"staff@{CENTRE}")
    hidden = await colleague.one(OF_REQUEST, {"id": request["id"]})
    assert hidden is None or hidden["hangs"] is None
    await api.run(given, "kept", None, CENTRE, seal)
    again = await deciders[-1].decide((await deciders[-1].turn())["id"])
    assert again["__typename"] != "Refusal"
    assert (await clerk.one(OF_REQUEST, {"id": request["id"]}))["hangs"]["items"] is not None


WAITING = """query ($id: ID!) { node(id: $id) { ... on Request { steps {
  status waitingFor { holders { account } } } } } }"""


def _who(step: Any) -> list[Any]:
    return [holder for seat in step["waitingFor"] for holder in seat["holders"]]


async def test_an_office_whose_text_asks_for_no_hand_over_gives_leave_all_the_same(
    api: Api,
) -> None:
    chief = await api.person("section_chief@science-bureau")
    seal = await seal_at(api, "science-bureau", "seal_keeper")
    given = given_to("seals")
    await api.run(given, "issued", chief.account, "science-bureau", seal)
    asked = {"kind": "LEAVE_PERSONAL", "form": leave("2026-03-16")}
    told = await chief.one(PREVIEW, {"input": asked})
    assert "THING" in {each["what"] for each in told["hangs"]["items"]}
    assert barred(told["hangs"]) == []
    await api.run(given, "kept", None, "science-bureau", seal)


async def test_nobody_leaves_the_office_with_a_thing_that_a_clause_has_handed_over(
    posts: Api,
) -> None:
    office = "construction-bureau"
    system, staff = [await posts.person(f"{role}@{office}") for role in ("system_admin", "staff")]
    [[car]] = await posts.rows("select id from vehicles where institution_id = $1 limit 1", office)
    given = given_to("vehicles")
    asked_for: dict[str, Any] = {"personId": await id_of(staff), "successors": []}
    asked_for |= {"lastDay": "2026-03-02", "document": ORDER}
    shown = "__typename ... on Refusal { code problems { code clause { cite } } }"
    await posts.run(given, "issued", staff.account, office, car)
    told = await do(system, "handOver", shown, **asked_for)
    assert ("STILL_HOLDS", "五") in {
        (e["code"], e["clause"] and e["clause"]["cite"]) for e in told["problems"]
    }
    await posts.run(given, "kept", None, office, car)
    told = await do(system, "handOver", shown, **asked_for)
    assert "STILL_HOLDS" not in {each["code"] for each in told.get("problems", ())}


ENDED = """__typename ... on PostChanged { waits { id } }
  ... on Refusal { problems { path code clause { cite } } }"""
WAITS = """{ administrativeActs(state: PENDING) { id
  hangs { name hangs { items { what name clause { cite } } } } } }"""


async def test_what_hangs_on_who_is_moved_is_told_to_the_second_person_and_a_clause_bars_it(
    posts: Api,
) -> None:
    office = "construction-bureau"
    await posts.empty("administrative_acts")
    system, second = [
        await posts.person(f"{role}@{office}") for role in ("system_admin", "system_admin_2")
    ]
    chief = await posts.person(f"section_chief@{office}")
    seats = (await chief.one("{ viewer { seats { id role } } }"))["seats"]
    [seat] = [each["id"] for each in seats if each["role"] == "section_chief"]
    [[car]] = await posts.rows("select id from vehicles where institution_id = $1 limit 1", office)
    given = {"personId": await id_of(chief), "lastDay": "2026-03-02", "document": ORDER}
    asked_for = await do(system, "endAppointment", ENDED, seatId=seat, **given)
    assert asked_for["__typename"] == "PostChanged", asked_for
    hold = given_to("vehicles")
    await posts.run(hold, "issued", chief.account, office, car)
    [told] = [e for e in await second.one(WAITS) if e["id"] == asked_for["waits"]["id"]]
    [moved] = told["hangs"]
    assert {"SEAT", "THING"} <= {each["what"] for each in moved["hangs"]["items"]}
    before = await posts.counts()
    others = [each["id"] for each in seats if each["id"] != seat]
    for other in others:
        await posts.run("delete from appointments where seat_id = $1", read_id(other)[1])
    before = await posts.counts()
    refused = await do(second, "confirmAct", REFUSED, actId=asked_for["waits"]["id"])
    assert ("STILL_HOLDS", "五") in {
        (each["code"], each["clause"]["cite"]) for each in refused["problems"]
    }
    assert await posts.counts() == before
    await posts.run(hold, "kept", None, office, car)
    done = await do(second, "confirmAct", REFUSED, actId=asked_for["waits"]["id"])
    assert done["__typename"] == "Administered", done


REFUSED = "__typename ... on Refusal { problems { code clause { cite } } }"


async def test_a_file_that_ends_an_appointment_is_told_what_keeps_its_holder_back(
    posts: Api,
) -> None:
    office = "construction-bureau"
    system, staff = [await posts.person(f"{role}@{office}") for role in ("system_admin", "staff")]
    asked_for = "query ($p: ID!) { seats(person: $p) { title unit { name } } }"
    [held] = await system.one(asked_for, {"p": await id_of(staff)})
    [[car]] = await posts.rows("select id from vehicles where institution_id = $1 limit 1", office)
    line = ["", staff.account, held["unit"]["name"], held["title"], "2026-03-02"]
    line[0] = (await staff.one("{ viewer { name } }"))["name"]
    file = text([["姓名", "账号", "单位", "职务", "最后一日"], line])
    assert await at(system, file) == set()
    await posts.run(given_to("vehicles"), "issued", staff.account, office, car)
    assert await at(system, file) == {("任职.A2", "STILL_HOLDS")}
    await posts.run(given_to("vehicles"), "kept", None, office, car)
