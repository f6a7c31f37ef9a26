"""Where people find requests: inbox and boxes, pages, filters, nodes and what they may do."""

import re
from datetime import timedelta
from typing import Any

import pytest

from schema.ground.nodes import FINDERS
from schema.root import schema
from tests.office import SIX_DAYS, Api, Visitor, cites, leave

PAGE = """query ($box: RequestBox!, $first: Int, $after: String, $kind: RequestKind,
    $status: RequestStatus, $text: String, $from: Date, $to: Date) {
  requests(box: $box, first: $first, after: $after, kind: $kind, status: $status, text: $text,
           from: $from, to: $to) {
    totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { cursor node { id number kind status } step { id } } } }"""
COUNTS = "{ boxCounts { box count } }"
ACTIONS = """query ($id: ID!) { node(id: $id) { ... on Request { allowedActions {
  action allowed refusal { code message } } } } }"""


async def box(visitor: Visitor, name: str, **given: Any) -> Any:
    return await visitor.one(PAGE, {"box": name, **given})


async def numbers(visitor: Visitor, name: str, **given: Any) -> list[str]:
    found = await box(visitor, name, **given)
    return [edge["node"]["number"][-1] for edge in found["edges"]]


@pytest.fixture
async def staff(api: Api) -> Visitor:
    return await api.person("staff@hrss-bureau")


@pytest.fixture
async def week(api: Api, staff: Visitor) -> list[Any]:
    """Six requests of one person, made on six days."""
    made = []
    for number, day in enumerate(SIX_DAYS):
        kind = "leave.sick" if number == 5 else "leave.personal"
        made.append(await staff.submit(kind, leave(day, explanation=f"第{number}件:探望")))
        api.now += timedelta(days=1)
    return made


async def test_pages_follow_each_other_without_a_gap_or_a_repeat(
    staff: Visitor, week: list[Any]
) -> None:
    seen: list[str] = []
    after = None
    for number in range(3):
        page = await box(staff, "MINE", first=2, after=after)
        info = page["pageInfo"]
        seen += [edge["node"]["id"] for edge in page["edges"]]
        after = info["endCursor"]
        assert page["totalCount"] == 6
        assert info["startCursor"] == page["edges"][0]["cursor"]
        assert (info["hasPreviousPage"], info["hasNextPage"]) == (number > 0, number < 2)
    assert seen == [request["id"] for request in reversed(week)]
    beyond = await box(staff, "MINE", first=2, after=after)
    assert beyond["edges"] == []


async def test_the_inbox_is_oldest_first_and_pages_stay_true_while_it_empties(
    api: Api, week: list[Any]
) -> None:
    chief = await api.person("section_chief@hrss-bureau")
    first = await box(chief, "TO_DECIDE", first=3)
    assert [edge["node"]["number"][-1] for edge in first["edges"]] == ["1", "2", "3"]
    for edge in first["edges"]:
        await chief.decide(edge["step"]["id"])
    assert await numbers(chief, "TO_DECIDE", first=3, after=first["pageInfo"]["endCursor"]) == [
        "4",
        "5",
        "6",
    ]
    assert await numbers(chief, "TO_DECIDE") == ["4", "5", "6"]
    assert sorted(await numbers(chief, "HANDLED")) == ["1", "2", "3"]


async def test_filters_narrow_a_box(staff: Visitor, week: list[Any]) -> None:
    await staff.act("withdraw", requestId=week[2]["id"])
    assert await numbers(staff, "MINE", kind="LEAVE_SICK") == ["6"]
    assert await numbers(staff, "MINE", status="WITHDRAWN") == ["3"]
    assert await numbers(staff, "MINE", text="第4件") == ["5"]
    assert await numbers(staff, "MINE", text=week[1]["number"]) == ["2"]
    assert await numbers(staff, "MINE", text="郭晓燕", kind="LEAVE_SICK") == ["6"]
    assert await numbers(staff, "MINE", text="没有这样的事") == []
    made = {"from": "2026-03-03", "to": "2026-03-04"}
    assert await numbers(staff, "MINE", **made) == ["3", "2"]


async def test_each_box_counts_what_it_holds(api: Api, staff: Visitor, week: list[Any]) -> None:
    chief, deputy = [
        await api.person(f"{role}@hrss-bureau") for role in ("section_chief", "deputy_in_charge")
    ]
    await chief.decide(week[0]["steps"][0]["id"])
    await staff.act("saveDraft", kind="LEAVE_SICK", form={})

    async def counts(visitor: Visitor) -> dict[str, int]:
        return {each["box"]: each["count"] for each in await visitor.one(COUNTS)}

    assert await counts(staff) == {"MINE": 7, "TO_DECIDE": 0, "HANDLED": 0, "COPIED": 0, "UNIT": 0}
    assert await counts(chief) == {"MINE": 0, "TO_DECIDE": 5, "HANDLED": 1, "COPIED": 0, "UNIT": 6}
    for visitor in (staff, chief, deputy):
        for name, number in (await counts(visitor)).items():
            assert (await box(visitor, name))["totalCount"] == number


async def test_a_unit_s_requests_are_seen_from_above_and_not_from_beside(
    api: Api, staff: Visitor, week: list[Any]
) -> None:
    seen_by = {
        "section_chief": 6,
        "deputy_in_charge": 6,
        "director": 6,
        "section_chief_2": 0,
        "deputy_in_charge_2": 0,
        "staff_2": 0,
        "office_clerk": 0,
        "finance_deputy": 0,
        "office_director": 0,
    }
    for role, number in seen_by.items():
        visitor = await api.person(f"{role}@hrss-bureau")
        assert (await box(visitor, "UNIT"))["totalCount"] == number, role
    stranger = await api.person("director@science-bureau")
    assert (await box(stranger, "UNIT"))["totalCount"] == 0


async def test_a_request_is_shown_to_those_whom_it_concerns_alone(
    api: Api, staff: Visitor, week: list[Any]
) -> None:
    concerned = ("staff", "section_chief", "deputy_in_charge", "director", "office_clerk")
    others = (
        "staff_2",
        "section_chief_2",
        "policy_admin",
        "system_admin",
        "audit_admin",
        "cashier",
        "deputy_in_charge_2",
        "finance_deputy",
    )
    for role in (*concerned, *others):
        visitor = await api.person(f"{role}@hrss-bureau")
        query = "query ($id: ID!) { node(id: $id) { id } }"
        found = await visitor.one(query, {"id": week[0]["id"]})
        assert (found is not None) == (role in concerned), role


async def test_whatever_has_an_id_of_its_own_is_found_by_it_at_home_alone(api: Api) -> None:
    kinds = re.findall(r"^type (\w+) implements Node", schema.as_str(), re.MULTILINE)
    assert {*kinds} == {*FINDERS, "Request", "Clause", "Person"}
    staff, stranger = [
        await api.person(f"staff@{each}") for each in ("hrss-bureau", "service-centre")
    ]
    car = (await staff.one("{ vehicles(first: 1) { edges { node { id } } } }"))["edges"][0]["node"]
    text = (await staff.one('{ regulations(institution: "hrss-bureau") { id } }'))[0]
    query = "query ($id: ID!) { node(id: $id) { id } }"
    assert [await staff.one(query, of) for of in (car, text)] == [car, text]
    assert await stranger.one(query, car) is None


async def test_what_one_may_do_is_told_with_the_reason_where_not(
    api: Api, staff: Visitor, week: list[Any]
) -> None:
    chief = await api.person("section_chief@hrss-bureau")

    async def allowed(visitor: Visitor) -> dict[str, str | None]:
        found = await visitor.one(ACTIONS, {"id": week[0]["id"]})
        for each in found["allowedActions"]:
            assert each["allowed"] == (each["refusal"] is None)
        return {
            each["action"]: each["refusal"] and each["refusal"]["code"]
            for each in found["allowedActions"]
        }

    taken = ("AGREE", "REJECT", "RETURN", "TRANSFER", "ADD_SIGNERS", "CORRECT")
    theirs = await allowed(chief)
    assert {name: theirs[name] for name in taken} == dict.fromkeys(taken)
    assert "WITHDRAW" not in theirs
    mine = await allowed(staff)
    assert {name: mine[name] for name in taken} == dict.fromkeys(taken, "NOT_YOUR_STEP")
    assert mine["WITHDRAW"] is None
    assert (mine["RESUBMIT"], mine["REPORT_BACK"]) == ("NOT_RETURNED", "NOT_APPROVED")
    await chief.decide(week[0]["steps"][0]["id"], "RETURN")
    mine = await allowed(staff)
    assert (mine["WITHDRAW"], mine["RESUBMIT"]) == (None, None)


async def test_everything_with_an_id_is_found_by_it(
    api: Api, staff: Visitor, week: list[Any]
) -> None:
    query = """query ($id: ID!) { node(id: $id) { __typename id
      ... on Request { number form {
        ... on LeavePersonalForm { begins { date half } explanation } } }
      ... on Person { name } ... on Clause { cite institution enforcedBy } } }"""
    request = await staff.one(query, {"id": week[0]["id"]})
    assert request["__typename"] == "Request"
    assert request["form"]["begins"] == {"date": SIX_DAYS[0], "half": "MORNING"}
    clauses = await staff.one(
        '{ clauses(institution: "hrss-bureau", area: "leave") { edges { node { id cite } } } }'
    )
    for edge in clauses["edges"]:
        found = await staff.one(query, {"id": edge["node"]["id"]})
        assert (found["id"], found["cite"]) == (edge["node"]["id"], edge["node"]["cite"])
    person = await staff.one("{ viewer { id name } }")
    assert (await staff.one(query, {"id": person["id"]}))["name"] == person["name"]
    stranger = await api.person("staff@science-bureau")
    assert await stranger.one(query, {"id": person["id"]}) is None


async def test_kinds_tell_a_client_how_to_build_their_forms(staff: Visitor) -> None:
    kinds = await staff.one('{ kinds(institution: "hrss-bureau") { kind label area fields } }')
    known = {each["kind"]: each for each in kinds}
    assert known["LEAVE_SICK"]["label"] == "病假"
    assert known["LEAVE_SICK"]["area"] == "leave"
    fields = {each["name"]: each for each in known["LEAVE_PERSONAL"]["fields"]}
    assert list(fields)[:3] == ["begins", "ends", "explanation"]
    assert fields["explanation"]["longest"] == 2000
    reason = [option["value"] for option in fields["leaveReason"]["options"]]
    assert reason == ["SELF_REQUIRED", "TOURISM", "NON_NEAR_RELATIVE_CEREMONY"]


async def test_clauses_are_paged_and_narrowed(staff: Visitor) -> None:
    query = """query ($after: String, $kind: RequestKind) {
      clauses(institution: "hrss-bureau", requestKind: $kind, first: 40, after: $after) {
        totalCount pageInfo { hasNextPage endCursor } edges { node { regulation cite } } } }"""
    seen: list[str] = []
    after, more = None, True
    while more:
        page = await staff.one(query, {"after": after})
        seen += cites([edge["node"] for edge in page["edges"]])
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
    assert len(seen) == len(set(seen)) == page["totalCount"]
    sick = await staff.one(query, {"kind": "LEAVE_SICK"})
    assert "attendance-measures/三(一)" in cites([edge["node"] for edge in sick["edges"]])
    assert 0 < sick["totalCount"] < len(seen)


async def test_people_read_their_own_language(api: Api, week: list[Any]) -> None:
    staff = await api.person("staff@hrss-bureau")
    staff.language = "en-GB,en;q=0.9,zh;q=0.8"
    refusal = await staff.submit("leave.personal", leave(SIX_DAYS[0]))
    assert refusal["message"].startswith("You are already on leave or out at that time")
    previewed = await staff.preview("leave.sick", leave("2026-04-20"))
    assert previewed["steps"][0]["title"] == "Section chief"
    request = await staff.submit("leave.sick", leave("2026-04-20"))
    assert request["summary"] == "Sick leave, 1 day, 20 April"
    staff.language = "fr, zh-CN;q=0.5, en;q=0.1"
    refusal = await staff.submit("leave.personal", leave(SIX_DAYS[0]))
    assert refusal["message"].startswith("这段时间您已请假或外出")
