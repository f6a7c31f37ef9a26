"""Clocks beside the requests that they run for: on the request, on its open step, in sight."""

from base64 import b64decode
from uuid import UUID, uuid4

from resolvers.time.clocks import Subject, happened
from tests.clock_office import CENTRE, acting, change, complain, only, seat
from tests.office import Api, leave
from tests.small_shapes import at

SHOWN = """query ($id: ID!) { node(id: $id) { ... on Request {
  clocks { id state dueAt action responsible { role } } steps { status dueAt } } } }"""
SEEN = "{ clocks { totalCount edges { node { id } } } }"


async def test_a_request_shows_its_clocks_and_its_open_step_the_first_that_is_due(api: Api):
    staff = await api.person(f"staff@{CENTRE}")
    request = await staff.submit("leave.personal", leave("2026-03-16"))
    assert request["__typename"] != "Refusal", request
    key = UUID(b64decode(request["id"]).decode().partition(":")[2])
    clerk = await api.person(f"complaint_clerk@{CENTRE}")
    whose = (await seat(api, "complaint_clerk"),)
    for name in ("complaint.case.recorded", "petition.case.instructed"):
        kind = name.rpartition(".")[0]
        async with acting(clerk) as context:
            await happened(context, [name], Subject(uuid4(), CENTRE, kind, key, whose))
        await api.wait(days=1)
    shown = await staff.one(SHOWN, {"id": request["id"]})
    first, second = shown["clocks"]
    assert first["dueAt"] < second["dueAt"]
    due = {step["status"]: step["dueAt"] for step in shown["steps"]}
    assert due["OPEN"] == first["dueAt"]
    assert due.get("WAITING") is None
    # What stands still presses nobody: the next one does.
    paused = await change(clerk, "pauseClock", clockId=first["id"], reason="等材料")
    assert paused["state"] == "PAUSED", paused
    shown = await staff.one(SHOWN, {"id": request["id"]})
    due = {step["status"]: step["dueAt"] for step in shown["steps"]}
    assert due["OPEN"] == second["dueAt"]
    inbox = await staff.one("{ requests(box: MINE) { edges { node { clocks { state } } } } }")
    [edge] = inbox["edges"]
    assert [clock["state"] for clock in edge["node"]["clocks"]] == ["PAUSED", "RUNNING"]


async def test_clocks_are_in_sight_of_those_whom_they_concern(api: Api):
    person = await api.value(
        "select person_id from accounts where account = $1 and institution_id = $2",
        *(f"staff@{CENTRE}", CENTRE),
    )
    for applicant in (person, None):
        await complain(api, applicant=applicant)
    staff = await api.person(f"staff@{CENTRE}")
    assert (await staff.one(SEEN))["totalCount"] == 1
    clerk = await api.person(f"complaint_clerk@{CENTRE}")
    assert (await clerk.one(SEEN))["totalCount"] == 2
    director = await api.person(f"director@{CENTRE}")
    assert (await director.one(SEEN))["totalCount"] == 2
    canteen = await api.person(f"office_clerk@{CENTRE}")
    assert (await canteen.one(SEEN))["totalCount"] == 0


async def test_pages_of_clocks_follow_each_other_in_the_order_that_they_are_due(api: Api):
    for day in ("2026-03-04", "2026-03-02", "2026-03-03"):
        api.now = at(f"{day} 09:00")
        await complain(api)
    clerk = await api.person(f"complaint_clerk@{CENTRE}")
    page = """query ($after: String) { clocks(first: 2, after: $after) {
      pageInfo { hasNextPage endCursor } edges { node { dueAt } } } }"""
    first = await clerk.one(page)
    assert first["pageInfo"]["hasNextPage"] is True
    rest = await clerk.one(page, {"after": first["pageInfo"]["endCursor"]})
    assert rest["pageInfo"]["hasNextPage"] is False
    due = [edge["node"]["dueAt"] for found in (first, rest) for edge in found["edges"]]
    assert len(due) == 3
    assert due == sorted(due)


async def test_an_inbox_costs_no_more_statements_for_its_clocks(api: Api):
    staff = await api.person(f"staff@{CENTRE}")
    for day in ("2026-03-16", "2026-03-17", "2026-03-18"):
        await staff.submit("leave.personal", leave(day))
    await staff.one("{ requests(box: MINE) { edges { node { id } } } }")
    api.statements.clear()
    await staff.one("{ requests(box: MINE) { edges { node { clocks { id } } } } }")
    assert sum("clock_changes" in sql for sql in api.statements) == 1


async def test_the_clock_of_another_office_is_out_of_reach(api: Api):
    await complain(api)
    clock = await only(await api.person(f"complaint_clerk@{CENTRE}"))
    stranger = await api.person("director@hrss-bureau")
    given = {"clockId": clock["id"], "agree": True, "reason": "行"}
    refused = await change(stranger, "decideExtension", **given)
    assert refused["code"] == "CLOCK_NOT_FOUND"
