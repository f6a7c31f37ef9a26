"""An office makes a plain kind of request by rows alone, and it is like any other."""

import asyncio
import random
from collections.abc import AsyncIterator
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.approval.forms import form_fields, read_form, write_form
from domain.approval.minimal import STATED, minimal_procedure
from domain.approval.soundness import shape_problems
from domain.vocabulary import Fact, FactType, Kind, Label
from policies import loading, vocabulary
from policies.drafting import Change, changed, files_of, source_of
from policies.lines import Faults, RulebookError
from resolvers.requests.procedures import ENUMS
from tests.changed_rules import restoring
from tests.lending import LENT, change, id_of, seat_of
from tests.moving import do
from tests.office import REFUSAL, Api, cites, problems, states
from tests.own_kinds import (
    CENTRE,
    CODE,
    DRAFT,
    KIND,
    TEA,
    TEA_BREAK,
    drafted,
    enacted,
    line,
    made,
    preview,
    removed,
    rule,
    submit,
)
from tests.papers import papers
from tests.printing import page
from tests.test_explaining import EXPLAIN, WHY_NOT
from tests.test_exports import export, rows

KNOWN = vocabulary.shipped().facts
OFFERED = """{ kinds(kindCode: OWN_TEA_BREAK) { kind kindCode label area help regulated
  formFields { name type label required neededBy { cite } options { value } minimum maximum }
  papers { name clause { cite } } example { form papers lacks } } }"""
MINE = f"""{{ requests(box: MINE, kindCode: {CODE}) {{ totalCount edges {{ node {{ id number kind
  kindCode kindLabel summary status form {{ __typename ... on PlainForm {{
    fields {{ name label display value }} }} }} }} }} }} }}"""
REPLAY = f"""query ($id: ID!, $from: Date!, $to: Date!) {{
  replayDraft(draftId: $id, from: $from, to: $to) {{ __typename ... on DraftReplay {{
    requests changed byKindAndUnit {{ kind changed intoGap }} signatures {{ role more }} }}
  ... on Refusal {{ {REFUSAL} }} }} }}"""
CLOCKS = "{ clocks { action state } }"
ANALYSIS = """query ($id: ID!) { analyseDraft(draftId: $id) { __typename
  ... on DraftAnalysis { new { problem message } } ... on Refusal { code } } }"""


@pytest.fixture
async def centre(api: Api) -> AsyncIterator[Api]:
    """The service centre with its own kind, until the test is over."""
    restore = await restoring(api)
    await enacted(api, TEA_BREAK)
    yield api
    await restore([CENTRE])


@pytest.fixture
async def plain(api: Api) -> AsyncIterator[Api]:
    """The service centre, whose rules are as they were after each test."""
    restore = await restoring(api)
    yield api
    await restore([CENTRE])


async def test_a_kind_of_rows_alone_is_offered_asked_for_decided_printed_and_exported(
    centre: Api,
) -> None:
    clerk = await centre.person(f"staff@{CENTRE}")
    [offered] = await clerk.one(OFFERED)
    assert (offered["kind"], offered["kindCode"], offered["label"]) == ("OWN", CODE, "会议茶歇")
    assert (offered["area"], offered["regulated"]) == ("canteen", True)
    asked = {each["name"]: each for each in offered["formFields"]}
    assert list(asked) == ["explanation", "people", "amount", "atMeeting"]
    assert (asked["people"]["type"], asked["people"]["required"]) == ("INTEGER", True)
    assert asked["amount"]["neededBy"] == [{"cite": "90"}]
    assert [each["name"] for each in offered["papers"]] == ["参会名单"]
    example = offered["example"]
    assert (await preview(clerk, example["form"]))["finding"] == "ROUTED", example

    request = await submit(clerk, TEA)
    assert (request["kind"], request["kindCode"], request["kindLabel"]) == ("OWN", CODE, "会议茶歇")
    assert states(request) == [("office_director", "APPROVE", "OPEN")]
    for _ in range(3):  # what comes often is told by the database as text, and tells the same
        found = await clerk.one(MINE)
    [edge] = found["edges"]
    node = edge["node"]
    assert (node["summary"], node["kindCode"]) == ("会议茶歇:全区窗口评议会", CODE), node
    values = {each["name"]: each["display"] for each in node["form"]["fields"]}
    assert values == {
        "explanation": "全区窗口评议会",
        "people": "20 人",
        "amount": "500.00 元",
        "atMeeting": "是",
    }, values
    for box, more in (("MINE", 'text: "窗口评议"'), ("MINE", "kind: OWN, kindCode: OWN_TEA_BREAK")):
        found = await clerk.one(f"{{ requests(box: {box}, {more}) {{ totalCount }} }}")
        assert found["totalCount"] == 1, more

    chief = await centre.person(f"office_director@{CENTRE}")
    turn = await chief.turn()
    limits = "{ whatCanIApprove(kindCode: OWN_TEA_BREAK) { kind kindCode limits region } }"
    assert [each["region"] for each in await chief.one(limits)] == ["people <= 30"]
    decided = await chief.decide(turn["id"])
    assert decided["status"] == "APPROVED"
    paper = await page(clerk, request["id"])
    assert "会议茶歇" in paper
    assert "500.00 元" in paper
    told = await clerk.one(EXPLAIN, {"id": request["id"]})
    [step] = told["steps"]
    assert cites_rule(step) == "own-tea_break-1"
    given = {"box": "MINE", "kindCode": CODE}
    sheet = await rows(centre, await export(clerk, "requests", given=given, format="CSV"))
    assert "会议茶歇" in str(sheet)
    assert "500" in str(sheet), sheet


def cites_rule(step: Any) -> str:
    [found] = step["rules"]
    return str(found["rule"])


async def test_its_papers_limits_and_problems_are_told_at_the_field(centre: Api) -> None:
    clerk = await centre.person(f"staff@{CENTRE}")
    many = {**TEA, "people": 40}
    refused = await submit(clerk, many)
    assert "DOCUMENT_MISSING" in str(refused), refused
    routed = await submit(clerk, many, attachments=papers("参会名单"))
    assert states(routed) == [("director", "APPROVE", "OPEN")]
    before = await centre.counts()
    for form, fault in (
        ({**TEA, "amount": "1600"}, ("form.amount", "ABOVE_QUOTA")),
        ({**TEA, "people": "many"}, ("form.people", "WRONG_TYPE")),
        ({**TEA, "people": -1}, ("form.people", "TOO_SMALL")),
        ({**TEA, "sweets": True}, ("form.sweets", "UNKNOWN_FIELD")),
        ({"people": 3}, ("form.explanation", "REQUIRED")),
        ({"explanation": "座谈"}, ("form.people", "NEEDED_BY_RULES")),
    ):
        refused = await submit(clerk, form)
        assert fault in problems(refused), refused
    assert await centre.counts() == before
    why = {"institution": CENTRE, "kind": "OWN", "kindCode": CODE, "facts": {"people": "31"}}
    told = await clerk.one(WHY_NOT, {"input": why})
    assert told["finding"] == "ROUTED", told
    wrong = await clerk.one(WHY_NOT, {"input": {**why, "kindCode": "OWN_SWEETS"}})
    assert problems(wrong) == {("kindCode", "UNKNOWN_KIND")}
    wrong = await clerk.one(WHY_NOT, {"input": {**why, "kind": "LEAVE_SICK"}})
    assert problems(wrong) == {("kindCode", "OTHER_KIND")}
    del why["kindCode"]
    assert problems(await clerk.one(WHY_NOT, {"input": why})) == {("kindCode", "REQUIRED")}


async def test_rows_that_name_it_count_it_limit_it_and_give_it_a_deadline(centre: Api) -> None:
    clerk, chief = [
        await centre.person(f"{name}@{CENTRE}") for name in ("staff", "office_director")
    ]
    for _ in range(2):
        request = await submit(clerk, TEA)
        of = f'{{ node(id: "{request["id"]}") {{ ... on Request {{ clocks {{ action state }} }} }} }}'
        assert (await clerk.one(of))["clocks"] == [{"action": "答复", "state": "RUNNING"}]
        await chief.decide((await chief.turn())["id"])
        assert (await clerk.one(of))["clocks"][0]["state"] == "DONE"
    refused = await submit(clerk, TEA)
    assert [each["code"] for each in refused["problems"]] == ["ABOVE_QUOTA"], refused


async def test_no_other_office_knows_it(centre: Api) -> None:
    stranger = await centre.person("staff@hrss-bureau")
    assert problems(await submit(stranger, TEA)) == {("kind", "UNKNOWN_KIND")}
    answer = await stranger.ask("{ kinds(kindCode: OWN_TEA_BREAK) { label } }")
    assert answer.codes == ["INVALID_INPUT"]
    every = await stranger.one("{ kinds { kind kindCode } }")
    assert "OWN" not in {each["kind"] for each in every}


async def test_what_was_asked_for_before_the_kind_went_is_read_and_decided_by_its_version(
    centre: Api,
) -> None:
    clerk = await centre.person(f"staff@{CENTRE}")
    request = await submit(clerk, TEA)
    returned = await submit(clerk, {**TEA, "explanation": "第二场"})
    chief = await centre.person(f"office_director@{CENTRE}")
    step = returned["steps"][0]["id"]
    await chief.decide(step, "RETURN", comment="写明会议")
    saved = {"kind": "OWN", "kindCode": CODE, "form": {"people": 5}}
    draft = await clerk.act("saveDraft", **saved)
    assert draft["status"] == "DRAFT", draft
    await removed(centre, TEA_BREAK)

    assert await clerk.one("{ kinds(regulated: true) { kindCode } }")
    assert problems(await submit(clerk, TEA)) == {("kind", "UNKNOWN_KIND")}
    found = await clerk.one(
        "{ requests(box: MINE) { unreadable edges { node { kind kindLabel"
        " summary unreadable: number status form { __typename } } } } }"
    )
    assert found["unreadable"] == []
    assert {each["node"]["kindLabel"] for each in found["edges"]} == {"会议茶歇"}
    turn = await chief.turn()
    decided = await chief.decide(turn["id"])
    assert (decided["status"], decided["id"]) == ("APPROVED", request["id"])
    assert "会议茶歇" in await page(clerk, request["id"])
    refused = await clerk.act("resubmit", requestId=returned["id"])
    assert refused["code"] == "KIND_NOT_REGULATED", refused
    gone = "mutation ($input: DiscardDraftInput!) { discardDraft(input: $input) { __typename } }"
    given = {"draftId": draft["id"], "idempotencyKey": "gone"}
    assert (await clerk.one(gone, {"input": given}))["__typename"] == "Discarded"


async def test_a_returned_one_is_asked_for_again_as_the_kind_is_now(centre: Api) -> None:
    clerk = await centre.person(f"staff@{CENTRE}")
    chief = await centre.person(f"office_director@{CENTRE}")
    request = await submit(clerk, TEA)
    await chief.decide(request["steps"][0]["id"], "RETURN", comment="写明会议")
    kind = TEA_BREAK[1]["add"]
    shorter = {"file": "kinds", "remove": kind, "add": {**kind, "facts": "people amount"}}
    await enacted(centre, [shorter])
    asked = f'{{ node(id: "{request["id"]}") {{ ... on Request {{ fields {{ name }} }} }} }}'
    assert {"name": "atMeeting"} in (await clerk.one(asked))["fields"]
    given = {"requestId": request["id"], "changes": {"atMeeting": True}}
    assert problems(await clerk.act("resubmit", **given)) == {
        ("changes.atMeeting", "UNKNOWN_FIELD")
    }
    again = await clerk.act("resubmit", requestId=request["id"], changes={"people": 12})
    assert states(again) == [("office_director", "APPROVE", "OPEN")]
    assert {"name": "atMeeting"} not in (await clerk.one(asked))["fields"]


async def test_a_draft_of_it_is_judged_replayed_and_tells_a_gap(centre: Api) -> None:
    clerk = await centre.person(f"staff@{CENTRE}")
    await submit(clerk, TEA)
    admin = await centre.person(f"policy_admin@{CENTRE}")
    smaller = [
        {"file": "canteen", "remove": rule("office_director", "people <= 30", 1)["add"]},
        rule("office_director", "people <= 10", 1),
    ]
    draft = await drafted(admin, smaller)
    told = await admin.one(ANALYSIS, {"id": draft["id"]})
    assert [each["problem"] for each in told["new"]] == ["GAP"], told
    day = centre.now.date().isoformat()
    replay = await admin.one(REPLAY, {"id": draft["id"], "from": day, "to": day})
    assert replay["byKindAndUnit"] == [{"kind": KIND, "changed": 1, "intoGap": 1}], replay
    gaps = f'{{ matrixFindings(institution: "{CENTRE}", kindCode: {CODE}) {{ problem kindCode }} }}'
    assert await admin.one(gaps) == []
    where = f'institution: "{CENTRE}", area: "canteen"'
    table = await admin.one(f"{{ approvalMatrix({where}) {{ rows {{ kindCode }} }} }}")
    assert {"kindCode": CODE} in table["rows"]


async def test_a_seat_is_lent_for_it_alone(centre: Api) -> None:
    clerk, chief, other = [
        await centre.person(f"{name}@{CENTRE}")
        for name in ("staff", "office_director", "office_clerk")
    ]
    given = {
        "seatId": await seat_of(chief, "office_director"),
        "toPersonId": await id_of(other),
        "begins": "2026-03-02",
        "ends": "2026-03-20",
        "document": "政务办〔2026〕1号",
    }
    refused = await change(chief, "lendSeat", LENT, kinds=["OWN"], **given)
    assert problems(refused) == {("kindCode", "REQUIRED")}
    told = LENT.replace("excepted", "kindCodes excepted")
    lent = await change(chief, "lendSeat", told, kinds=[], kindCodes=[CODE], **given)
    assert lent["delegation"]["kinds"] == ["OWN"], lent
    assert lent["delegation"]["kindCodes"] == [CODE]
    await submit(clerk, TEA)
    assert (await other.decide((await other.turn())["id"]))["status"] == "APPROVED"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (made(facts="people sweets"), "sweets"),
        (made(facts="people people"), "facts"),
        (made(kind="leave.sick"), "leave.sick"),
        (made(kind="own.Tea Break"), "own.tea_break"),
        (made(zh="病假"), "病假"),
        (made(en=" "), "en"),
        (made(area="sweets"), "sweets"),
        (made(clause="sweets/1"), "sweets/1"),
        (made(precondition="people > many"), "precondition"),
        (made(), "No rule says who decides"),
        (
            [
                *made(),
                line("canteen", **{**rule("*", "always", 1)["add"], "act": "*", "effect": "deny"}),
            ],
            "No rule says who decides",
        ),
    ],
)
def test_what_makes_no_kind_is_refused_with_its_row_and_reason(
    changes: list[Any], said: str
) -> None:
    [*told] = faults_of(changes)
    assert any(each.startswith("kinds.csv:") and said in each for each in told), told


def faults_of(changes: list[Any]) -> list[str]:
    """What is wrong with the centre's rulebook with these lines."""
    words, faults = vocabulary.shipped(), Faults()
    files = files_of(loading.read_source(loading.SHIPPED / CENTRE, faults), words)
    added = [Change(each["file"], added=each["add"]) for each in changes]
    with pytest.raises(RulebookError) as refused:
        loading.load(source_of(CENTRE, changed(CENTRE, files, added, faults)), words, faults)
    return [*map(str, refused.value.faults)]


async def test_a_line_that_makes_no_kind_is_told_to_who_drafts_it_and_nothing_is_kept(
    plain: Api,
) -> None:
    admin = await plain.person(f"policy_admin@{CENTRE}")
    draft = await do(admin, "startDraft", DRAFT)
    before = await plain.counts()
    wrong = [*made(facts="people sweets"), *made(kind="leave.sick", zh="病假")]
    refused = await do(admin, "changeDraft", DRAFT, draftId=draft["id"], changes=wrong)
    said = "".join(each["message"] for each in refused["problems"])
    for told in ("kinds.csv 第", "sweets", "leave.sick", "病假", "没有一行规则"):
        assert told in said, refused
    assert await plain.counts() == before


@given(chosen=st.lists(st.sampled_from(sorted(KNOWN)), unique=True, max_size=8))
def test_a_kind_of_any_facts_has_a_form_that_is_written_and_read_back(chosen: list[str]) -> None:
    kind = Kind(KIND, "canteen", Label("会议茶歇", "Tea break"), tuple(chosen))
    form = minimal_procedure(kind, vocabulary.shipped(), ENUMS).form
    stated = {each for each in chosen if KNOWN[each].source in STATED}
    spans = {"begins", "ends"} if {"days", "hours", "months", "on_holiday"} & {*chosen} else set()
    fields = {each.name: each for each in form_fields(form)}
    assert fields.keys() == {"explanation", *spans, *stated}
    filled = form(explanation="座谈会", **{name: value_of(KNOWN[name]) for name in stated})
    assert read_form(form, write_form(filled)) == filled
    assert shape_problems(filled, KNOWN) == []


def value_of(fact: Fact) -> Any:
    if fact.type is FactType.ENUM:
        return next(iter(ENUMS[fact.code]))
    if fact.type is FactType.BOOL:
        return True
    least = fact.minimum or 0
    return int(least) if fact.type is FactType.INT else Decimal(least)


async def test_kinds_of_any_facts_are_offered_with_an_example_that_is_accepted(plain: Api) -> None:
    chance = random.Random(7)
    stated = sorted(name for name, fact in KNOWN.items() if fact.source in STATED)
    of = {f"own.kind_{n}": chance.sample(stated, n) for n in range(8)}
    changes = []
    for number, (kind, facts) in enumerate(of.items()):
        cite, words = made(kind, f"自设申请{number}", f"Own kind {number}", facts=" ".join(facts))
        changes += [cite, words, rule("office_director", "always", 1, kind)]
    await enacted(plain, changes)
    clerk = await plain.person(f"staff@{CENTRE}")
    every = await clerk.one(
        "{ kinds(regulated: true) { kind kindCode formFields { name } example { form } } }"
    )
    own = {each["kindCode"]: each for each in every if each["kind"] == "OWN"}
    assert len(own) == len(of)
    for kind, facts in of.items():
        told = own[kind.upper().replace(".", "_")]
        named = [each["name"] for each in told["formFields"]]
        assert len(named) == 1 + len(facts), told
        request = await submit(clerk, told["example"]["form"], told["kindCode"])
        assert states(request) == [("office_director", "APPROVE", "OPEN")], request


async def test_who_asks_while_the_kind_comes_is_refused_or_routed_and_nothing_between(
    plain: Api,
) -> None:
    clerk = await plain.person(f"staff@{CENTRE}")
    sent = [asyncio.create_task(submit(clerk, TEA)) for _ in range(3)]
    await enacted(plain, TEA_BREAK)
    sent += [asyncio.create_task(submit(clerk, TEA)) for _ in range(3)]
    for answer in await asyncio.gather(*sent):
        if answer.get("__typename") == "Refusal":
            assert problems(answer) == {("kind", "UNKNOWN_KIND")}
        else:
            assert states(answer) == [("office_director", "APPROVE", "OPEN")]
            assert cites([answer["steps"][0]["clause"]]) == ["interpretation/90"]
    assert "steps" in await submit(clerk, TEA)
