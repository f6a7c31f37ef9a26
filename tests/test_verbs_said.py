"""Consent by telephone, answers from outside, papers afterwards, and many turns at once."""

import pytest

from domain.time.moments import OFFICE_TIME
from tests.office import DOCUMENT, PAPER, Api, Visitor, leave, problems, states
from tests.papers import papers, sum_of
from tests.verbs import person, step

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


async def test_a_telephone_serves_in_the_cases_alone_that_a_clause_names(api: Api) -> None:
    clerk, staff, director = [
        await api.person(f"{role}@science-bureau") for role in ("office_clerk", "staff", "director")
    ]
    told = {"explanation": "合同", "sealType": "ADMINISTRATIVE", "sealMatter": "CONTRACT"}
    by = {"personId": await person(director)}
    for special, answer in ((False, "Refusal"), (True, "Request")):
        facts = {**told, "major": False, "specialCase": special}
        request = await staff.submit("seal.use", facts)
        said = await clerk.act("recordConsent", stepId=step(request, "director"), **by)
        assert said["__typename"] == answer, said
        if not special:
            assert (said["code"], said["clause"]["cite"]) == ("NOT_BY_TELEPHONE", "2")


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


# ---- what a body outside answers ----


async def test_an_answer_from_outside_stands_on_its_document(api: Api) -> None:
    window = await api.person("window_staff@service-centre")
    form = {**leave("2026-03-09"), "attachments": papers("单位证明或请假条")}
    request = await window.submit("leave.personal", form)
    clerk = await api.person("home_unit@service-centre")
    mine = step(request, "home_unit")
    before = await api.counts()
    assert problems(await clerk.decide(mine)) == {("document", "OUTSIDE_DOCUMENT_MISSING")}
    for wrong, path in (
        ({"number": " "}, "document.number"),
        ({"dated": "2026-03-03"}, "document.dated"),
        ({"scan": {"upload": "x"}}, "document.scan.upload"),
    ):
        refusal = await clerk.decide(mine, document={**DOCUMENT, **wrong})
        assert {field for field, _ in problems(refusal)} == {path}
    assert await api.counts() == before
    answered = await clerk.decide(mine, document=DOCUMENT)
    assert answered["steps"][0]["status"] == "DONE"
    query = """query ($id: ID!) { node(id: $id) { ... on Request {
      steps { document { number dated name sha256 } } } } }"""
    shown = await window.one(query, {"id": request["id"]})
    name = f"{PAPER['paper']}.pdf"
    scan = {"name": name, "sha256": sum_of(name)}
    told = {"number": DOCUMENT["number"], "dated": DOCUMENT["dated"], **scan}
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
    form = {**leave("2026-02-26"), "attachments": papers("单位证明或请假条")}
    refusal = await window.submit("leave.personal", form)
    assert refusal["clause"]["cite"] == "窗口 7"


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
