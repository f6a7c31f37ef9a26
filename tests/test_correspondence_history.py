"""The history of a request, as the ledger of its institution has it."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from resolvers.requests.history import HISTORIES
from tests.correspondence import COUNTY, HOME, STATION, at_the_county, me
from tests.office import PAPER, SIX_DAYS, Api, Visitor, cites, leave

COMMENTS = """query ($id: ID!, $first: Int, $after: String) { node(id: $id) { ... on Request {
  comments(first: $first, after: $after) { edges { node { text } } } } } }"""
HISTORY = """query ($id: ID!, $first: Int, $after: String) { node(id: $id) { ... on Request {
  history(first: $first, after: $after) { pageInfo { hasNextPage endCursor }
    edges { node { position event sentence at by { name } status round comment details
      to { person { name } seat { role } }
      clauses { cite regulation } turns { title act decision seat { role unit }
      clauses { cite regulation } } } } } } } }"""


@pytest.fixture
async def staff(api: Api) -> Visitor:
    return await api.person(f"staff@{HOME}")


@pytest.fixture
async def chief(api: Api) -> Visitor:
    return await api.person(f"section_chief@{HOME}")


@pytest.fixture
async def request_(staff: Visitor) -> Any:
    """Three days of sick leave: section chief, deputy, director, clerk."""
    form = leave("2026-03-16", "2026-03-18", attachments=[PAPER])
    return await staff.submit("leave.sick", form)


async def history(visitor: Visitor, request_id: str, **more: Any) -> Any:
    return (await visitor.one(HISTORY, {"id": request_id, **more}))["history"]


async def test_the_history_tells_every_act_as_the_ledger_has_it(
    api: Api, staff: Visitor, chief: Visitor, request_: Any
) -> None:
    request_id = request_["id"]
    await staff.act("urge", stepId=request_["steps"][0]["id"])
    await chief.decide(request_["steps"][0]["id"], "RETURN", comment="请补材料")
    again = await staff.act("resubmit", requestId=request_id)
    await chief.decide(again["steps"][0]["id"], comment="同意")
    await chief.act("comment", requestId=request_id, text="保重")
    other = await api.person(f"staff_2@{HOME}")
    await chief.act("circulate", requestId=request_id, to=[await me(other)])
    found = await history(staff, request_id)
    lines = [edge["node"] for edge in found["edges"]]
    assert [line["event"] for line in lines] == [
        *("submitted", "urged", "decided", "resubmitted", "decided", "commented", "circulated")
    ]
    assert [line["round"] for line in lines] == [1, 1, 1, 2, 2, 2, 2]
    assert [line["status"] for line in lines][2:4] == ["RETURNED", "PENDING"]
    assert [line["sentence"] for line in lines][:2] == ["提交", "催办"]
    returned, agreed = lines[2], lines[4]
    assert (returned["comment"], returned["by"]["name"]) == ("请补材料", "杜洁")
    [turn] = agreed["turns"]
    assert (turn["act"], turn["decision"]) == ("ENDORSE", "AGREE")
    assert turn["seat"]["role"] == "section_chief"
    assert cites(turn["clauses"]) == ["attendance-measures/三(一)"]
    assert lines[5]["comment"] == "保重"
    assert [line["sentence"] for line in lines][2:5] == ["退回", "重新提交", "同意"]
    [reached] = lines[6]["to"]
    assert reached["person"]["name"]
    assert returned["turns"][0]["seat"]["role"] == "section_chief", "of an earlier round too"
    positions = [line["position"] for line in lines]
    assert positions == sorted(positions)
    seen, after = [], None
    for _ in lines:
        page = await history(staff, request_id, first=1, after=after)
        after = page["pageInfo"]["endCursor"]
        seen += [edge["node"]["position"] for edge in page["edges"]]
    assert seen == positions
    assert page["pageInfo"]["hasNextPage"] is False
    for bad in ({"first": 0}, {"first": 101}, {"after": "nonsense"}):
        answer = await staff.ask(HISTORY, {"id": request_id, **bad})
        assert answer.codes == ["INVALID_INPUT"]


async def test_who_does_not_see_a_request_reads_no_history_of_it(
    api: Api, staff: Visitor, request_: Any
) -> None:
    for account in (f"staff_2@{HOME}", "staff@science-bureau"):
        visitor = await api.person(account)
        assert await visitor.one(HISTORY, {"id": request_["id"]}) is None


async def test_the_answer_of_an_act_shows_what_it_added(
    api: Api, staff: Visitor, request_: Any
) -> None:
    answer = await staff.one(
        """mutation ($input: CommentInput!) { comment(input: $input) { ... on Decided { request {
          comments { edges { node { text } } } copies { at } circulations { id }
          history { edges { node { event } } } } } } }""",
        {"input": {"requestId": request_["id"], "text": "好", "idempotencyKey": str(uuid4())}},
    )
    request = answer["request"]
    assert [edge["node"]["text"] for edge in request["comments"]["edges"]] == ["好"]
    events = [edge["node"]["event"] for edge in request["history"]["edges"]]
    assert events == ["submitted", "commented"]


async def test_histories_and_comments_of_a_page_are_read_together(api: Api, staff: Visitor) -> None:
    query = """{ requests(box: MINE) { edges { node { comments { edges { node { text } } }
      history { edges { node { event } } } } } } }"""
    ran = []
    for day in SIX_DAYS:
        made = await staff.submit("leave.personal", leave(day))
        await staff.act("comment", requestId=made["id"], text="好")
        await staff.one(query)
        api.statements.clear()
        await staff.one(query)
        ran.append(len(api.statements))
    assert set(ran) == {6}, "viewer, page, steps, seats, comments, histories"


async def test_a_history_is_found_by_its_index_behind_the_wall(
    api: Api, staff: Visitor, app_url: str
) -> None:
    for day in SIX_DAYS[:3]:
        await staff.submit("leave.personal", leave(day))
    pool = api.services.database.pool
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute(f"set local guiju.institution = '{HOME}'")
        await connection.execute("set local enable_seqscan = off")
        given = {"ids": [str(UUID(int=1))], "institution": HOME, "after": 0, "size": 51}
        values = [given[name] for name in HISTORIES.names]
        plan = await connection.fetch(f"explain {HISTORIES.sql}", *values)
    said = "\n".join(row[0] for row in plan)
    index = said[said.index("ledger_request_idx") :]
    assert "request = q.id" in index.replace("(", "").split("Filter")[0]


async def test_the_history_of_a_station_s_request_is_one_for_it_and_its_superior(
    api: Api,
) -> None:
    applicant = await api.person(f"staff_2@{STATION}")
    request = await at_the_county(api, applicant)
    county = await api.person(f"county_bureau_deputy@{COUNTY}")
    await applicant.act("urge", stepId=(await county.turn())["id"])
    await county.act("comment", requestId=request["id"], text="已收到")
    for visitor in (applicant, county):
        found = await visitor.one(COMMENTS, {"id": request["id"]})
        [edge] = found["comments"]["edges"]
        assert edge["node"]["text"] == "已收到"
        lines = (await history(visitor, request["id"]))["edges"]
        assert [each["node"]["event"] for each in lines] == [
            *("submitted", "decided", "decided", "urged", "commented")
        ]
