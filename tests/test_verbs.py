"""A turn returned to an earlier one, handed on or shared, and an administrator's override."""

from typing import Any

import pytest

from tests.moving import do
from tests.office import Api, Visitor, leave, problems, states
from tests.verbs import long_leave, person, seat, step


@pytest.fixture
async def staff(api: Api) -> Visitor:
    return await api.person("staff@hrss-bureau")


@pytest.fixture
async def chief(api: Api) -> Visitor:
    return await api.person("section_chief@hrss-bureau")


@pytest.fixture
async def deputy(api: Api) -> Visitor:
    return await api.person("deputy_in_charge@hrss-bureau")


@pytest.fixture
async def director(api: Api) -> Visitor:
    return await api.person("director@hrss-bureau")


@pytest.fixture
async def admin(api: Api) -> Visitor:
    return await api.person("policy_admin@hrss-bureau")


# ---- back to an earlier turn ----


async def test_a_return_to_an_earlier_turn_asks_every_turn_from_there_on_again(
    api: Api, staff: Visitor, chief: Visitor, deputy: Visitor, director: Visitor
) -> None:
    request = await long_leave(staff)
    await chief.agree()
    request = await deputy.agree()
    first = request["steps"][0]["id"]
    turn = await director.turn()
    request = await director.decide(turn["id"], "RETURN", returnTo=first, comment="科长再核")
    assert request["status"] == "PENDING"
    assert states(request) == [
        ("section_chief", "ENDORSE", "DONE"),
        ("deputy_in_charge", "ENDORSE", "DONE"),
        ("director", "APPROVE", "DONE"),
        ("section_chief", "ENDORSE", "OPEN"),
        ("deputy_in_charge", "ENDORSE", "WAITING"),
        ("director", "APPROVE", "WAITING"),
        ("office_clerk", "RECORD", "WAITING"),
    ]
    for visitor in (chief, deputy, director):
        request = await visitor.agree()
    assert request["status"] == "APPROVED"
    rounds = await api.rows("select distinct round from steps")
    assert [row["round"] for row in rounds] == [1]


async def test_nobody_returns_to_a_step_that_never_was_or_is_still_to_come(
    api: Api, staff: Visitor, chief: Visitor, deputy: Visitor
) -> None:
    request = await long_leave(staff)
    other = await staff.submit("leave.annual", leave("2026-04-01"))
    await chief.decide(step(request, "section_chief"))
    turn = step(await deputy_s(deputy, request), "deputy_in_charge")
    before = await api.counts()
    director_s, unknown = request["steps"][2]["id"], request["id"]
    for target in (turn, director_s, other["steps"][0]["id"] if other["steps"] else turn):
        refusal = await deputy.decide(turn, "RETURN", returnTo=target)
        assert refusal["__typename"] == "Refusal"
        assert "NOT_RETURNABLE_TO" in {refusal["code"], *(p["code"] for p in refusal["problems"])}
    agreed = await deputy.decide(turn, "AGREE", returnTo=request["steps"][0]["id"])
    assert problems(agreed) == {("returnTo", "ONLY_A_RETURN_GOES_BACK")}
    assert await api.counts() == before
    returned = await deputy.decide(turn, "RETURN", returnTo=unknown)
    assert returned["status"] == "RETURNED"


async def deputy_s(deputy: Visitor, request: Any) -> Any:
    [mine] = [edge for edge in await deputy.inbox() if edge["node"]["id"] == request["id"]]
    return mine["node"]


# ---- handed on ----


async def test_a_turn_that_decides_goes_only_to_a_seat_that_the_rules_give_it_too(
    api: Api, staff: Visitor, chief: Visitor
) -> None:
    request = await long_leave(staff)
    mine = step(request, "section_chief")
    colleague = await api.person("staff_2@hrss-bureau")
    clerk = await api.person("office_clerk@hrss-bureau")
    other = await api.person("section_chief_2@hrss-bureau")
    before = await api.counts()
    for to in (await person(colleague), await seat(clerk, "office_clerk")):
        refusal = await chief.act("transfer", stepId=mine, to=to, reason="出差")
        assert refusal["code"] == "NOT_ENTITLED"
    own = await chief.act(
        "transfer", stepId=mine, to=await seat(chief, "section_chief"), reason="出差"
    )
    assert own["code"] == "ALREADY_WITH_THEM"
    silent = await chief.act(
        "transfer", stepId=mine, to=await seat(other, "section_chief"), reason=" "
    )
    assert problems(silent) == {("reason", "REQUIRED")}
    assert await api.counts() == before
    passed = await chief.act(
        "transfer", stepId=mine, to=await seat(other, "section_chief"), reason="出差"
    )
    assert passed["steps"][0]["waitingFor"][0]["holders"] != []
    assert await chief.inbox() == []
    assert (await chief.decide(mine))["code"] == "NOT_YOUR_STEP"
    decided = await other.agree()
    assert decided["steps"][0]["status"] == "DONE"


async def test_a_seat_of_another_institution_is_none_of_this_office(
    api: Api, staff: Visitor, chief: Visitor
) -> None:
    request = await long_leave(staff)
    mine = step(request, "section_chief")
    stranger = await api.person("section_chief@science-bureau")
    theirs, them = await seat(stranger, "section_chief"), await person(stranger)
    before = await api.counts()
    refused = await chief.act("transfer", stepId=mine, to=theirs, reason="出差")
    assert problems(refused) == {("to", "NOT_OF_THIS_OFFICE")}
    for signers in ([theirs], [them], [await person(chief), them]):
        refused = await chief.act("addSigners", stepId=mine, signers=signers, when="BEFORE")
        assert ("signers", "NOT_OF_THIS_OFFICE") in problems(refused)
    assert await api.counts() == before


# ---- others sign ----


async def test_approval_waits_for_all_who_were_asked_to_sign_before_the_turn(
    api: Api, staff: Visitor, chief: Visitor
) -> None:
    request = await long_leave(staff)
    mine = step(request, "section_chief")
    first = await api.person("section_chief_2@hrss-bureau")
    second = await api.person("staff_2@hrss-bureau")
    asked = await chief.act(
        "addSigners",
        stepId=mine,
        signers=[await seat(first, "section_chief"), await person(second)],
        when="BEFORE",
        reason="请会签",
    )
    assert states(asked)[:3] == [
        ("cosigner", "SIGN", "OPEN"),
        ("cosigner", "SIGN", "OPEN"),
        ("section_chief", "ENDORSE", "WAITING"),
    ]
    assert (await chief.decide(mine))["code"] == "STEP_NOT_OPEN"
    await first.agree()
    refusal = await second.decide((await second.turn())["id"], "REJECT")
    assert refusal["code"] == "DECISION_NOT_TAKEN"
    signed = await second.agree()
    assert states(signed)[2] == ("section_chief", "ENDORSE", "OPEN")
    assert (await chief.agree())["steps"][3]["status"] == "OPEN"


async def test_of_those_asked_in_turn_each_signs_after_the_one_before_and_any_one_may_do(
    api: Api, staff: Visitor, chief: Visitor
) -> None:
    request = await long_leave(staff)
    mine = step(request, "section_chief")
    first = await api.person("section_chief_2@hrss-bureau")
    second = await api.person("staff_2@hrss-bureau")
    signers = [await person(first), await person(second)]
    await chief.act("addSigners", stepId=mine, signers=signers, when="AFTER", together="IN_ORDER")
    await chief.agree()
    assert await second.inbox() == []
    after = await first.agree()
    assert [s for s in states(after) if s[0] == "cosigner"] == [
        ("cosigner", "SIGN", "DONE"),
        ("cosigner", "SIGN", "OPEN"),
    ]
    await second.agree()
    deputy = await api.person("deputy_in_charge@hrss-bureau")
    turn = (await deputy.turn())["id"]
    await deputy.act("addSigners", stepId=turn, signers=signers, when="BEFORE", together="ANY")
    assert len(await first.inbox()) == len(await second.inbox()) == 1
    await second.agree()
    assert await first.inbox() == []
    assert (await deputy.turn())["id"] == turn


async def test_a_signature_asked_for_is_taken_back_but_no_turn_of_a_clause(
    api: Api, staff: Visitor, chief: Visitor, deputy: Visitor
) -> None:
    request = await long_leave(staff)
    mine = step(request, "section_chief")
    other = await api.person("section_chief_2@hrss-bureau")
    asked = await chief.act("addSigners", stepId=mine, signers=[await person(other)], when="BEFORE")
    added = step(asked, "cosigner")
    assert (await deputy.act("removeSigner", stepId=added))["code"] in {
        "NOT_YOUR_STEP",
        "REQUEST_NOT_FOUND",
    }
    rule = await chief.act("removeSigner", stepId=mine)
    assert rule["code"] == "ASKED_BY_A_CLAUSE"
    back = await chief.act("removeSigner", stepId=added)
    assert step(back, "section_chief") == mine
    assert await other.inbox() == []
    assert (await other.decide(added))["code"] in {"REQUEST_NOT_FOUND", "STEP_NOT_OPEN"}


# ---- an administrator's override ----


async def test_an_administrator_reassigns_and_cancels_but_never_decides(
    api: Api, staff: Visitor, chief: Visitor, admin: Visitor
) -> None:
    request = await long_leave(staff)
    mine = step(request, "section_chief")
    other = await api.person("section_chief_2@hrss-bureau")
    assert (await admin.decide(mine))["code"] == "REQUEST_NOT_FOUND"
    given = {"stepId": mine, "to": await seat(other, "section_chief"), "reason": "科长空缺"}
    query = "mutation ($input: ReassignInput!) { reassign(input: $input) { __typename } }"
    answer = await chief.ask(query, {"input": {**given, "idempotencyKey": "k"}})
    assert answer.codes == ["NOT_ALLOWED"]
    waits = "... on Decided { request { version } waits { id said } }"
    asked = await do(admin, "reassign", waits, **given)
    assert asked["waits"]["said"].startswith(f"把申请 {request['number']} 的一步交给“科长”")
    assert await other.inbox() == [], "nobody changes alone who decides"
    second = await api.person("system_admin@hrss-bureau")
    assert (await do(second, "confirmAct", actId=asked["waits"]["id"]))["waits"] is None
    assert len(await other.inbox()) == 1
    bare = await admin.act("cancel", requestId=request["id"], reason="")
    assert problems(bare) == {("reason", "REQUIRED")}
    ended = await admin.act("cancel", requestId=request["id"], reason="重复申请")
    assert ended["status"] == "WITHDRAWN"
    assert await other.inbox() == []
    marks = await staff.one(
        "query ($id: ID!) { node(id: $id) { ... on Request { marks } } }", {"id": request["id"]}
    )
    assert [mark.split("：")[1] for mark in marks["marks"]] == ["科长空缺", "重复申请"]
    again = await admin.act("cancel", requestId=request["id"], reason="再来")
    assert again["code"] == "REQUEST_ENDED"


async def test_no_administrator_chooses_who_decides_on_their_own_request(
    api: Api, admin: Visitor
) -> None:
    own = await seat(admin, "staff")
    request = await admin.submit("leave.personal", leave("2026-03-09", asSeat=own))
    other = await api.person("section_chief_2@hrss-bureau")
    mine = next(each["id"] for each in request["steps"] if each["status"] == "OPEN")
    before = await api.counts()
    given = {"stepId": mine, "to": await seat(other, "section_chief"), "reason": "熟人"}
    assert (await admin.act("reassign", **given))["code"] == "OWN_REQUEST"
    assert await api.counts() == before
