"""Carriers of secrets: off until two record the network's grade, then numbers and no words."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from domain.approval.classified import NUMBER, grade_of, suffices
from tests.moving import do
from tests.office import Api, problems

HERE = "service-centre"
LENT = {"explanation": "机密〔2026〕14号", "secrecy": "CONFIDENTIAL", "place": "保密室"}
BROUGHT = """mutation ($input: BeginIncomingDocumentInput!) { beginIncomingDocument(input: $input) {
  __typename ... on Refusal { code problems { path code } } } }"""
DRAFT = """mutation ($input: SaveDraftInput!) { saveDraft(input: $input) {
  __typename ... on Refusal { code } } }"""


@pytest.fixture
async def ungraded(api: Api) -> AsyncIterator[Api]:
    """The service centre as it comes: of no grade."""
    await grade(api, None)
    yield api
    await grade(api, "top_secret")


async def grade(api: Api, of: str | None) -> None:
    said = "update institutions set network_grade = $1 where institution_id = $2"
    await api.run(said, of, HERE)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        *((each, True) for each in ("机密〔2026〕14号", "X-0012", "湘保发(2026)3号", "14")),
        *((each, False) for each in ("关于某工程的通知", "办理来文", "14 号文是某事的", "")),
    ],
)
def test_a_number_is_a_few_letters_and_figures(text: str, is_one: bool) -> None:
    assert bool(NUMBER.fullmatch(text)) is is_one


def test_a_network_is_for_its_grade_and_those_below() -> None:
    assert grade_of({"secrecy": "NONE"}, carriers=False) is grade_of({}, carriers=False) is None
    assert grade_of({"medium": "usb"}, carriers=True) == "secret"
    assert suffices("confidential", "secret")
    assert not suffices("confidential", "top_secret")
    assert not suffices(None, "secret")


async def test_nothing_of_a_carrier_is_kept_before_the_grade_is_recorded(ungraded: Api) -> None:
    api = ungraded
    staff, officer = [
        await api.person(f"{each}@{HERE}") for each in ("staff", "confidentiality_officer")
    ]
    before = await api.counts()
    assert (await staff.submit("classified.lend", LENT))["code"] == "NETWORK_NOT_GRADED"
    assert (await staff.preview("classified.lend", LENT))["code"] == "NETWORK_NOT_GRADED"
    given: dict[str, Any] = {"kind": "CLASSIFIED_LEND", "form": LENT, "idempotencyKey": "d"}
    saved = await staff.ask(DRAFT, {"input": given})
    assert saved.data["saveDraft"]["code"] == "NETWORK_NOT_GRADED"
    paper = {"title": "14号", "secrecy": "SECRET", "idempotencyKey": "p"}
    brought = await officer.ask(BROUGHT, {"input": paper})
    assert brought.data["beginIncomingDocument"]["code"] == "NETWORK_NOT_GRADED"
    assert await api.counts() == before


async def test_two_administrators_record_it_by_a_document_and_then_numbers_are_kept(
    ungraded: Api,
) -> None:
    api = ungraded
    first, second = [await api.person(f"{e}@{HERE}") for e in ("system_admin", "system_admin_2")]
    staff = await api.person(f"staff@{HERE}")
    shown = "__typename ... on Administered { waits { id said } } ... on Refusal { code }"
    said = {"grade": "CONFIDENTIAL", "document": "国保测〔2026〕7号"}
    untold = await do(first, "recordNetworkGrade", shown, grade="SECRET", document=" ")
    assert untold["code"] == "INVALID_INPUT"
    asked = await do(first, "recordNetworkGrade", shown, **said)
    assert asked["waits"]["said"] == "登记网络等级：机密(国保测〔2026〕7号)"
    assert await staff.one("{ networkGrade }") is None
    confirmed = await do(second, "confirmAct", shown, actId=asked["waits"]["id"])
    assert confirmed["__typename"] == "Administered", confirmed
    assert await staff.one("{ networkGrade }") == "CONFIDENTIAL"
    [line] = await api.rows(
        "select record from ledger where event = 'network_graded' and institution_id = $1", HERE
    )
    assert '"network_grade":"confidential"' in line["record"]
    assert (await staff.submit("classified.lend", LENT))["status"] == "APPROVED"
    above = await staff.submit("classified.lend", {**LENT, "secrecy": "TOP_SECRET"})
    assert above["code"] == "NETWORK_NOT_GRADED"
    told = await staff.submit("classified.lend", {**LENT, "explanation": "某工程方案"})
    assert problems(told) == {("explanation", "TELLS_OF_A_SECRET")}
    paper = {"title": "某工程方案", "secrecy": "SECRET", "idempotencyKey": "p2"}
    brought = await staff.ask(BROUGHT, {"input": paper})
    assert {e["code"] for e in brought.data["beginIncomingDocument"]["problems"]} == {
        "TELLS_OF_A_SECRET"
    }
    closed = await do(first, "recordNetworkGrade", shown, grade=None, document="国保撤〔2026〕1号")
    assert closed == {"__typename": "Administered", "waits": None}
    assert (await staff.submit("classified.lend", LENT))["code"] == "NETWORK_NOT_GRADED"
