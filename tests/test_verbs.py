"""What may be done with a turn besides taking it, through the API."""

from typing import Any

import pytest

from domain.moments import OFFICE_TIME
from tests.office import DOCUMENT, PAPER, Api, Visitor, leave, problems, states

LONG = ("2026-03-09", "2026-03-13")
MANY = """mutation ($input: DecideManyInput!) { decideMany(input: $input) { __typename
  ... on DecidedMany { taken items { stepId request { status } refusal { code } } }
  ... on Refusal { code problems { path code } } } }"""


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


async def long_leave(staff: Visitor) -> Any:
    """Three levels and the clerk: chief, deputy, director, record."""
    return await staff.submit("leave.personal", leave(*LONG))


async def seat(visitor: Visitor, role: str) -> str:
    seats = (await visitor.one("{ viewer { seats { id role } } }"))["seats"]
    return str(next(each["id"] for each in seats if each["role"] == role))


async def person(visitor: Visitor) -> str:
    return str((await visitor.one("{ viewer { id } }"))["id"])


def step(request: Any, role: str, status: str = "OPEN") -> str:
    found = [s for s in request["steps"] if (s["role"], s["status"]) == (role, status)]
    return str(found[-1]["id"])


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
    passed = await admin.act("reassign", **given, key="once")
    assert passed == await admin.act("reassign", **given, key="once")
    assert len(await other.inbox()) == 1
    bare = await admin.act("cancel", requestId=request["id"], reason="")
    assert problems(bare) == {("reason", "REQUIRED")}
    ended = await admin.act("cancel", requestId=request["id"], reason="重复申请")
    assert ended["status"] == "WITHDRAWN"
    assert await other.inbox() == []
    marks = await staff.one(
        "query ($id: ID!) { node(id: $id) { ... on Request { marks } } }", {"id": request["id"]}
    )
    assert [mark.split(":")[1] for mark in marks["marks"]] == ["科长空缺", "重复申请"]
    again = await admin.act("cancel", requestId=request["id"], reason="再来")
    assert again["code"] == "REQUEST_ENDED"


# ---- consent by telephone ----


async def test_consent_by_telephone_goes_on_at_once_and_is_confirmed_in_writing(
    api: Api, chief: Visitor, deputy: Visitor, staff: Visitor
) -> None:
    clerk = await api.person("office_clerk@hrss-bureau")
    request = await staff.submit("leave.sick", leave("2026-03-09", "2026-03-10"))
    given = {"stepId": step(request, "section_chief"), "personId": await person(chief)}
    went_on = await clerk.act("recordConsent", **given, comment="电话同意")
    assert states(went_on)[0] == ("section_chief", "ENDORSE", "DONE")
    assert step(went_on, "deputy_in_charge")
    assert went_on["steps"][0]["decidedBy"]["name"] == "杜洁"
    [confirmation] = await chief.inbox()
    assert confirmation["step"]["act"] == "SIGN"
    due = await api.value("select due_at from steps where confirms is not null")
    assert due.astimezone(OFFICE_TIME).date().isoformat() == "2026-03-05"
    confirmed = await chief.agree()
    assert [s for s in states(confirmed) if s[1] == "SIGN"] == [("section_chief", "SIGN", "DONE")]


async def test_who_denies_having_consented_sends_the_request_back(
    api: Api, chief: Visitor, staff: Visitor
) -> None:
    clerk = await api.person("office_clerk@hrss-bureau")
    request = await staff.submit("leave.sick", leave("2026-03-09", "2026-03-10"))
    given = {"stepId": step(request, "section_chief"), "personId": await person(chief)}
    await clerk.act("recordConsent", **given)
    denied = await chief.decide((await chief.turn())["id"], "RETURN", comment="没有说过")
    assert denied["status"] == "RETURNED"


async def test_consent_is_recorded_of_who_holds_the_turn_and_by_another(
    api: Api, chief: Visitor, deputy: Visitor, staff: Visitor
) -> None:
    clerk = await api.person("office_clerk@hrss-bureau")
    request = await staff.submit("leave.sick", leave("2026-03-09", "2026-03-10"))
    mine = step(request, "section_chief")
    before = await api.counts()
    wrong = await clerk.act("recordConsent", stepId=mine, personId=await person(deputy))
    assert problems(wrong) == {("personId", "NOT_THEIR_STEP")}
    late = await clerk.act(
        "recordConsent",
        stepId=mine,
        personId=await person(chief),
        saidAt="2026-03-03T09:00:00+08:00",
    )
    assert problems(late) == {("saidAt", "NOT_SAID_THEN")}
    assert await api.counts() == before


# ---- corrected ----


async def spending(api: Api, amount: str) -> Any:
    applicant = await api.person("staff@hrss-bureau")
    form = {"explanation": "会议费", "amount": amount, "attachments": [PAPER]}
    return await applicant.submit("expenditure.general", form)


async def test_an_amount_cut_on_the_same_route_keeps_the_turns_as_they_are(api: Api) -> None:
    request = await spending(api, "9000")
    finance = await api.person("finance_deputy@hrss-bureau")
    mine = step(request, "finance_deputy")
    before = await api.counts()
    nothing = await finance.act("correct", stepId=mine, changes={"amount": "9000"}, reason="核减")
    assert problems(nothing) == {("changes", "NOTHING_CORRECTED")}
    other = await finance.act("correct", stepId=mine, changes={"explanation": "x"}, reason="核减")
    assert problems(other) == {("changes.explanation", "NOT_CORRECTABLE")}
    unread = await finance.act("correct", stepId=mine, changes={"amount": "many"}, reason="核减")
    assert {path for path, _ in problems(unread)} == {"changes.amount"}
    assert await api.counts() == before
    cut = await finance.act("correct", stepId=mine, changes={"amount": "8000"}, reason="超标")
    assert step(cut, "finance_deputy") == mine
    shown = {each["name"]: each["value"] for each in cut["fields"]}
    assert shown["amount"] == "8000"
    assert (await api.value("select facts ->> 'amount' from requests")) == "8000"
    assert (await finance.agree())["status"] == "APPROVED"


async def test_a_correction_upwards_takes_the_route_of_what_is_asked_now(api: Api) -> None:
    request = await spending(api, "9000")
    finance = await api.person("finance_deputy@hrss-bureau")
    mine = step(request, "finance_deputy")
    more = await finance.act("correct", stepId=mine, changes={"amount": "12000"}, reason="漏报")
    assert states(more) == [
        ("finance_deputy", "APPROVE", "CANCELLED"),
        ("party_group", "VOTE", "OPEN"),
        ("finance_deputy", "APPROVE", "WAITING"),
    ]
    assert (await finance.decide(mine))["code"] == "STEP_NOT_OPEN"
    group = await api.person("party_group@hrss-bureau")
    await group.agree()
    assert (await finance.agree())["status"] == "APPROVED"


async def test_a_correction_into_a_gap_of_the_rules_changes_nothing(api: Api) -> None:
    applicant = await api.person("staff@service-centre")
    request = await applicant.submit(
        "expenditure.general",
        {"explanation": "印刷费", "amount": "400", "attachments": [PAPER] * 3},
    )
    mine = step(request, "finance_deputy")
    finance = await api.person("finance_deputy@service-centre")
    before = await api.counts()
    gap = await finance.act("correct", stepId=mine, changes={"amount": "600"}, reason="漏报")
    assert gap["code"] == "GAP"
    own = await applicant.act("correct", stepId=mine, changes={"amount": "1"}, reason="自改")
    assert own["code"] in {"NOT_YOUR_STEP", "OWN_REQUEST"}
    assert await api.counts() == before
    assert await api.value("select facts ->> 'amount' from requests") == "400"


# ---- many at once ----


async def test_many_turns_are_each_judged_by_themselves(api: Api, chief: Visitor) -> None:
    steps = []
    for name in ("staff", "staff_2"):
        visitor = await api.person(f"{name}@hrss-bureau")
        request = await visitor.submit("leave.personal", leave("2026-03-09"))
        steps.append(request["steps"][0]["id"])
    mine = [step for step in steps if step in {e["step"]["id"] for e in await chief.inbox()}]
    items = [{"stepId": each, "decision": "AGREE"} for each in [*steps, "U3RlcDp4"]]
    given = {"input": {"items": items, "idempotencyKey": "many"}}
    answer = await chief.one(MANY, given)
    assert answer["taken"] == len(mine) > 0
    assert [item["refusal"] is None for item in answer["items"]] == [
        *(each in mine for each in steps),
        False,
    ]
    assert await chief.one(MANY, given) == answer
    twice = {"input": {"items": [items[0], items[0]], "idempotencyKey": "twice"}}
    assert problems(await chief.one(MANY, twice)) == {("items", "NAMED_TWICE")}
    none = {"input": {"items": [], "idempotencyKey": "none"}}
    assert problems(await chief.one(MANY, none)) == {("items", "TOO_MANY_AT_ONCE")}


# ---- what a body outside answers ----


async def test_an_answer_from_outside_stands_on_its_document(api: Api) -> None:
    window = await api.person("window_staff@service-centre")
    form = {**leave("2026-03-09"), "attachments": [PAPER]}
    request = await window.submit("leave.personal", form)
    clerk = await api.person("home_unit@service-centre")
    mine = step(request, "home_unit")
    before = await api.counts()
    assert problems(await clerk.decide(mine)) == {("document", "OUTSIDE_DOCUMENT_MISSING")}
    for wrong, path in (
        ({"number": " "}, "document.number"),
        ({"dated": "2026-03-03"}, "document.dated"),
        ({"scan": {**PAPER, "sha256": "x"}}, "document.scan.sha256"),
    ):
        refusal = await clerk.decide(mine, document={**DOCUMENT, **wrong})
        assert {field for field, _ in problems(refusal)} == {path}
    assert await api.counts() == before
    answered = await clerk.decide(mine, document=DOCUMENT)
    assert answered["steps"][0]["status"] == "DONE"
    query = """query ($id: ID!) { node(id: $id) { ... on Request {
      steps { document { number dated name sha256 } } } } }"""
    shown = await window.one(query, {"id": request["id"]})
    told = {"number": DOCUMENT["number"], "dated": DOCUMENT["dated"], **PAPER}
    assert shown["steps"][0]["document"] == told
    leader = await api.person("hall_leader@service-centre")
    refusal = await leader.decide((await leader.turn())["id"], document=DOCUMENT)
    assert problems(refusal) == {("document", "NOT_AN_OUTSIDE_ANSWER")}


# ---- after the fact ----


async def test_what_has_begun_is_asked_for_only_where_a_clause_allows_so(
    api: Api, staff: Visitor
) -> None:
    before = await api.counts()
    late = await staff.submit("leave.annual", leave("2026-02-26"))
    assert problems(late) == {("begins", "AFTER_THE_FACT_NOT_ALLOWED")}
    assert await api.counts() == before
    sick = await staff.submit("leave.sick", leave("2026-02-26"))
    assert sick["status"] == "PENDING"
    marks = await staff.one(
        "query ($id: ID!) { node(id: $id) { ... on Request { marks } } }", {"id": sick["id"]}
    )
    assert marks["marks"] == ["事后补办"]
    window = await api.person("window_staff@service-centre")
    form = {**leave("2026-02-26"), "attachments": [PAPER]}
    refusal = await window.submit("leave.personal", form)
    assert refusal["clause"]["cite"] == "窗口 7"


async def test_consent_that_nobody_confirms_is_escalated_once_its_clock_has_run_out(
    api: Api, chief: Visitor, deputy: Visitor, staff: Visitor
) -> None:
    clerk = await api.person("office_clerk@hrss-bureau")
    request = await staff.submit("leave.sick", leave("2026-03-09", "2026-03-10"))
    given = {"stepId": step(request, "section_chief"), "personId": await person(chief)}
    await clerk.act("recordConsent", **given)
    [clock] = await api.rows("select state, due_at from clocks")
    assert clock["due_at"].astimezone(OFFICE_TIME).date().isoformat() == "2026-03-05"
    await api.wait(days=4)
    await api.clocks()
    await api.clocks()
    codes = [row["code"] for row in await api.rows("select code from notices order by at")]
    assert codes.count("CLOCK_ESCALATED") == 1
    assert await api.value("select state from clocks") == "expired"


async def test_confirmed_consent_and_a_request_taken_back_stop_the_clock(
    api: Api, chief: Visitor, staff: Visitor
) -> None:
    clerk = await api.person("office_clerk@hrss-bureau")
    for confirmed in (True, False):
        request = await staff.submit(
            "leave.sick", leave("2026-03-09" if confirmed else "2026-03-16")
        )
        given = {"stepId": step(request, "section_chief"), "personId": await person(chief)}
        await clerk.act("recordConsent", **given)
        if confirmed:
            await chief.agree()
        else:
            await staff.act("withdraw", requestId=request["id"])
    states_of = await api.rows("select state from clocks order by started_at, id")
    assert [row["state"] for row in states_of] == ["done", "cancelled"]
