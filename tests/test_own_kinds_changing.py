"""A kind of an office's own comes, changes and goes by drafts; what was asked for stays."""

import asyncio

from tests.moving import do
from tests.office import REFUSAL, Api, cites, problems, states
from tests.own_kinds import (
    CENTRE,
    CODE,
    DRAFT,
    KIND,
    TEA,
    TEA_BREAK,
    centre,
    drafted,
    enacted,
    made,
    plain,
    removed,
    rule,
    submit,
)
from tests.printing import page

__all__ = ["centre", "plain"]

REPLAY = f"""query ($id: ID!, $from: Date!, $to: Date!) {{
  replayDraft(draftId: $id, from: $from, to: $to) {{ __typename ... on DraftReplay {{
    requests changed byKindAndUnit {{ kind changed intoGap }} signatures {{ role more }} }}
  ... on Refusal {{ {REFUSAL} }} }} }}"""
ANALYSIS = """query ($id: ID!) { analyseDraft(draftId: $id) { __typename
  ... on DraftAnalysis { new { problem message } } ... on Refusal { code } } }"""


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


async def test_who_asks_while_the_kind_comes_is_refused_or_routed_and_nothing_between(
    plain: Api,
) -> None:
    # Two a month is what the kind allows each of them.
    clerks = [await plain.person(f"{role}@{CENTRE}") for role in ("staff", "window_staff")]
    sent = [asyncio.create_task(submit(each, TEA)) for each in clerks for _ in range(2)]
    await enacted(plain, TEA_BREAK)
    sent += [asyncio.create_task(submit(each, TEA)) for each in clerks]
    for answer in await asyncio.gather(*sent):
        if answer.get("__typename") == "Refusal":
            assert problems(answer) == {("kind", "UNKNOWN_KIND")}
        else:
            assert states(answer) == [("office_director", "APPROVE", "OPEN")]
            assert cites([answer["steps"][0]["clause"]]) == ["interpretation/90"]
    last = await submit(await plain.person(f"section_chief@{CENTRE}"), TEA)
    assert "steps" in last, problems(last)
