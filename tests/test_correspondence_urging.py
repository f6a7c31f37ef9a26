"""Urging a step, and what may be done with a request beside deciding it."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from schema.ground.ids import global_id, read_id
from tests.correspondence import COUNTY, HOME, STATION, at_the_county, me, told
from tests.office import PAPER, Api, Visitor, leave
from tests.papers import papers

ACTIONS = """query ($id: ID!) { node(id: $id) { ... on Request { allowedActions {
  action allowed refusal { code } } } } }"""


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


async def actions(visitor: Visitor, request_id: str) -> dict[str, str | None]:
    found = await visitor.one(ACTIONS, {"id": request_id})
    return {each["action"]: (each["refusal"] or {}).get("code") for each in found["allowedActions"]}


async def test_urging_tells_the_seats_that_a_step_waits_for(
    api: Api, staff: Visitor, chief: Visitor, request_: Any
) -> None:
    step = request_["steps"][0]
    assert (await staff.act("urge", stepId=step["id"]))["number"] == request_["number"]
    [notice] = await told(chief)
    assert (notice["code"], notice["seat"]["role"]) == ("URGED", "section_chief")
    assert notice["clause"]["cite"] == step["clause"]["cite"]
    assert notice["request"]["number"] == request_["number"]
    assert "郭晓燕" in notice["sentence"]
    assert await told(staff) == []


async def test_urging_every_second_is_refused_with_when_it_may_be_done_again(
    api: Api, staff: Visitor, chief: Visitor, request_: Any
) -> None:
    step = request_["steps"][0]["id"]
    taken, refusals = 0, set()
    for minute in range(0, 600, 20):
        api.now = api.now.replace(hour=9 + minute // 60, minute=minute % 60)
        before = await api.counts()
        answer = await staff.act("urge", stepId=step)
        if "code" in answer:
            refusals.add((answer["code"], answer["message"][-25:]))
            assert answer["clause"]["cite"] == request_["steps"][0]["clause"]["cite"]
            assert await api.counts() == before
        else:
            taken += 1
    assert taken == 3
    assert {code for code, _ in refusals} == {"URGED_ALREADY", "URGED_ENOUGH"}
    assert any("2026-03-02 10:00" in message for _, message in refusals)
    assert any("2026-03-03 00:00" in message for _, message in refusals)
    assert len(await told(chief)) == 3
    await api.wait(days=1)
    assert "code" not in await staff.act("urge", stepId=step)


async def test_of_those_who_urge_at_one_moment_one_is_taken(
    api: Api, staff: Visitor, chief: Visitor, request_: Any
) -> None:
    step = request_["steps"][0]["id"]
    answers = await asyncio.gather(*(staff.act("urge", stepId=step) for _ in range(5)))
    assert [each.get("code") for each in answers].count("URGED_ALREADY") == 4
    assert len(await told(chief)) == 1


async def test_urging_is_answered_alike_when_it_is_repeated(
    api: Api, staff: Visitor, chief: Visitor, request_: Any
) -> None:
    step = request_["steps"][0]["id"]
    first = await staff.act("urge", stepId=step, key="once")
    before = await api.counts()
    assert await staff.act("urge", stepId=step, key="once") == first
    assert await api.counts() == before


async def test_a_step_is_urged_by_who_waits_for_it_alone(
    api: Api, staff: Visitor, chief: Visitor, request_: Any
) -> None:
    deputy, other, stranger = [
        await api.person(f"{who}")
        for who in (f"deputy_in_charge@{HOME}", f"staff_2@{HOME}", "staff@science-bureau")
    ]
    await staff.act("copy", requestId=request_["id"], to=[await me(other)])
    first, second, *_ = request_["steps"]
    draft = await staff.act("saveDraft", kind="LEAVE_SICK", form={})
    before = await api.counts()

    async def code(visitor: Visitor, step: str) -> str:
        return str((await visitor.act("urge", stepId=step)).get("code"))

    assert await code(chief, first["id"]) == "URGES_ONESELF"
    assert await code(staff, second["id"]) == "STEP_NOT_OPEN"
    assert await code(other, first["id"]) == "NOT_YOURS_TO_URGE"
    assert await code(stranger, first["id"]) == "REQUEST_NOT_FOUND"
    assert await code(staff, "nonsense") == "INVALID_INPUT"
    request_uuid = read_id(request_["id"])[1]
    assert await code(staff, global_id("Step", f"{request_uuid}:{uuid4()}")) == "STEP_NOT_FOUND"
    missing = global_id("Step", f"{uuid4()}:{uuid4()}")
    assert await code(staff, missing) == "REQUEST_NOT_FOUND"
    draft_uuid = read_id(draft["id"])[1]
    assert await code(staff, global_id("Step", f"{draft_uuid}:{uuid4()}")) == "STEP_NOT_FOUND"
    assert await api.counts() == before
    assert await code(deputy, first["id"]) == "None", "the deputy leads the section"
    await chief.decide(first["id"])
    assert await code(chief, second["id"]) == "None", "who has decided waits too"
    await staff.act("withdraw", requestId=request_["id"])
    assert await code(staff, second["id"]) == "REQUEST_ENDED"


async def test_whoever_leads_a_hall_leads_its_windows(api: Api) -> None:
    window, leader, other = [
        await api.person(f"{role}@service-centre")
        for role in ("window_staff", "hall_leader", "section_chief")
    ]
    made = await window.submit(
        "leave.personal", leave("2026-03-16", attachments=papers("单位证明或请假条"))
    )
    step = next(each for each in made["steps"] if each["status"] == "OPEN")
    holders = [holder["name"] for seat in step["waitingFor"] for holder in seat["holders"]]
    assert (await leader.one("{ viewer { name } }"))["name"] not in holders
    assert (await other.act("urge", stepId=step["id"]))["code"] == "REQUEST_NOT_FOUND"
    assert (await actions(leader, made["id"]))["URGE"] is None
    assert (await leader.act("urge", stepId=step["id"]))["number"] == made["number"]


async def test_a_superior_s_seat_is_urged_in_its_own_institution(api: Api) -> None:
    applicant = await api.person(f"staff_2@{STATION}")
    request = await at_the_county(api, applicant)
    county = await api.person(f"county_bureau_deputy@{COUNTY}")
    step = (await county.turn())["id"]
    await applicant.act("urge", stepId=step)
    [notice] = await told(county)
    assert notice["request"]["number"] == request["number"]
    assert notice["clause"]["cite"]


async def test_what_may_be_done_beside_deciding_is_told_with_the_refusal(
    api: Api, staff: Visitor, chief: Visitor, request_: Any
) -> None:
    other = await api.person(f"staff_2@{HOME}")
    await staff.act("copy", requestId=request_["id"], to=[await me(other)])

    async def beside(visitor: Visitor) -> dict[str, str | None]:
        found = await actions(visitor, request_["id"])
        return {verb: found[verb] for verb in ("URGE", "COPY", "CIRCULATE", "COMMENT")}

    free = dict.fromkeys(("URGE", "COPY", "CIRCULATE", "COMMENT"))
    assert await beside(staff) == free
    assert await beside(chief) == {**free, "URGE": "URGES_ONESELF"}
    assert await beside(other) == {
        "URGE": "NOT_YOURS_TO_URGE",
        "COPY": "NOT_YOURS_TO_SEND",
        "CIRCULATE": "NOT_YOURS_TO_SEND",
        "COMMENT": None,
    }
    await staff.act("withdraw", requestId=request_["id"])
    assert await beside(staff) == {**free, "URGE": "REQUEST_ENDED"}
    draft = await staff.act("saveDraft", kind="LEAVE_SICK", form={})
    assert await actions(staff, draft["id"]) == {"DISCARD": None}
