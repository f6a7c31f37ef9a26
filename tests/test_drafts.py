"""Rules are changed by a draft: judged, adopted by a document, agreed to by another, taken back."""

import asyncio
from datetime import timedelta
from threading import Event
from typing import Any
from uuid import uuid4

import pytest

from resolvers.ground.aside import aside, waiting
from schema.ground.ids import global_id
from tests.drafting import (
    ANALYSIS,
    CENTRE,
    CITE,
    DRAFT,
    INTERPRETED,
    KIND,
    MINUTES,
    ROW,
    SPENT,
    administrators,
    centre,
    drafted,
    submitted,
)
from tests.moving import do
from tests.office import REFUSAL, Api, problems
from tests.papers import file
from tests.waiting import PATIENCE

__all__ = ["centre"]

REPLAY = f"""query ($id: ID!, $from: Date!, $to: Date!) {{
  replayDraft(draftId: $id, from: $from, to: $to) {{ __typename ... on DraftReplay {{
    requests keptBack changed digest
    byKindAndUnit {{ kind changed outOfGap intoGap }} signatures {{ role more }} }}
  ... on Refusal {{ {REFUSAL} }} }} }}"""

EXPLAIN = """query ($id: ID!) { explain(requestId: $id) { __typename ... on Explanation { steps {
  step { clause { interpretation summary } } rules { when clauses { interpretation } } } } } }"""


async def test_a_law_that_says_otherwise_than_live_rules_is_answered_by_an_interpretation(
    centre: Api,
) -> None:
    admin = await centre.person(f"policy_admin@{CENTRE}")
    law = {
        "clause": "finance/三",
        "law": "某条例",
        "article": "第三条",
        "sure": "certain",
        "differs_zh": "金额不同",
        "differs_en": "Other sums",
    }
    draft = await drafted(admin, [{"file": "law", "add": law}])
    told = await admin.one(ANALYSIS, {"id": draft["id"]})
    assert told["overtaken"] == [{"law": "某条例", "differs": "金额不同"}]
    refused = await submitted(admin, draft)
    assert problems(refused) == {("draftId", "LAW_UNANSWERED")}
    answered = {**law, "interpretation": CITE["clause"]}
    changes = [{"file": "law", "remove": law, "add": answered}, {"file": "clauses", "add": CITE}]
    draft = await do(admin, "changeDraft", DRAFT, draftId=draft["id"], changes=changes)
    assert (await submitted(admin, draft))["waits"]


async def test_a_gap_is_closed_by_an_interpretation_and_comes_back_with_a_rollback(
    centre: Api,
) -> None:
    admin, second = [
        await centre.person(f"{name}@{CENTRE}") for name in ("policy_admin", "policy_admin_2")
    ]
    clerk = await centre.person(f"staff@{CENTRE}")
    refused = await clerk.submit(KIND, SPENT)
    assert refused["code"] == "GAP", refused
    gaps = f'{{ matrixFindings(institution: "{CENTRE}") {{ problem region }} }}'
    gap = {"problem": "GAP", "region": "500 < amount < 1000"}
    assert gap in await admin.one(gaps)

    draft = await drafted(admin, INTERPRETED)
    assert [(e["file"], e["added"]) for e in draft["changes"]] == [
        *(("finance", True), ("clauses", True), ("clauses", True)),
    ]
    told = await admin.one(ANALYSIS, {"id": draft["id"]})
    assert (told["new"], told["closedSilently"]) == ([], [])
    assert [each["problem"] for each in told["gone"]] == ["GAP"]
    period = {"from": centre.now.date().isoformat(), "to": centre.now.date().isoformat()}
    replay = await admin.one(REPLAY, {"id": draft["id"], **period})
    assert (replay["requests"], replay["keptBack"]) == (1, 1), "what the gap refused is replayed"
    moved = {"kind": KIND, "changed": 1, "outOfGap": 1, "intoGap": 0}
    assert replay["byKindAndUnit"] == [moved]
    minutes = file("班子会议纪要.pdf")
    asked = await submitted(admin, draft, attachment=minutes)
    waits = asked["waits"]["id"]
    assert problems(await do(admin, "confirmAct", actId=waits)) == {("actId", "OWN_ACT")}
    assert gap in await admin.one(gaps)
    both = await asyncio.gather(*(do(second, "confirmAct", actId=waits) for _ in range(2)))
    assert sorted(each["__typename"] for each in both) == ["Administered", "Refusal"]

    routed = await clerk.submit(KIND, SPENT)
    [step] = routed["steps"]
    assert (step["role"], step["clause"]["regulation"]) == ("finance_deputy", "interpretation")
    [why] = (await clerk.one(EXPLAIN, {"id": routed["id"]}))["steps"]
    assert why["step"]["clause"] == {"interpretation": True, "summary": CITE["summary"]}
    assert why["rules"] == [{"when": ROW["when"], "clauses": [{"interpretation": True}]}]
    version = await admin.one(
        """{ rulebook { number document { number issuingBody agreedBy file { name upload } }
             files { name } } }"""
    )
    kept = version["document"]["file"]
    assert kept["name"] == "班子会议纪要.pdf"
    shown = "__typename ... on AttachmentOpened { name }"
    opened = await do(clerk, "openAttachment", shown, uploadId=kept["upload"])
    assert opened["name"] == kept["name"]
    assert version["document"]["number"] == MINUTES["number"]
    deputy = await centre.person(f"finance_deputy@{CENTRE}")
    assert "AUTHORITY_CHANGED" in str(await deputy.one("{ notices { edges { node { code } } } }"))
    lines = await centre.rows("select record from ledger where record like '%rulebook_enacted%'")
    assert lines
    assert "更换" not in str(lines)

    back = await do(admin, "startDraft", DRAFT, like=draft["base"])
    assert {each["added"] for each in back["changes"]} == {False}
    replay = await admin.one(REPLAY, {"id": back["id"], **period})
    assert replay["byKindAndUnit"] == [{**moved, "changed": 2, "outOfGap": 0, "intoGap": 2}]
    assert replay["signatures"] == [{"role": "finance_deputy", "more": -2}]
    assert problems(await submitted(admin, back)) == {("reason", "NEW_WARNING")}
    asked = await submitted(admin, back, reason="解释撤回,待班子另定")
    await do(second, "confirmAct", actId=asked["waits"]["id"])
    assert gap in await admin.one(gaps)
    assert (await clerk.submit(KIND, SPENT))["code"] == "GAP"
    [pinned] = await centre.rows("select rulebook_version from requests")
    mine = "{ requests(box: MINE) { edges { node { id steps { clause { regulation title } } } } } }"
    assert "本机关的解释" in str(await clerk.one(mine)), "it is explained by what it is pinned to"
    assert pinned["rulebook_version"] == version["number"]
    both = f"{{ rulebookDiff(a: {back['base']}, b: {draft['base']}) {{ file added }} }}"
    assert {(e["file"], e["added"]) for e in await admin.one(both)} == {
        *(("finance", False), ("clauses", False)),
    }


async def test_lines_are_checked_as_those_of_files_are_and_kept_as_a_whole_or_not(
    centre: Api,
) -> None:
    admin = await centre.person(f"policy_admin@{CENTRE}")
    draft = await do(admin, "startDraft", DRAFT)
    before = await centre.counts()
    wrong = [
        *INTERPRETED,
        {
            "file": "finance",
            "add": {**ROW, "when": "500 < amont", "rule": "general-10"},
        },
        {"file": "finance", "add": {**ROW, "role": "emperor", "rule": "general-11"}},
        {"file": "clauses", "add": {**CITE, "clause": "interpretation/90", "summary": ""}},
    ]
    refused = await do(admin, "changeDraft", DRAFT, draftId=draft["id"], changes=wrong)
    said = [each["message"] for each in refused["problems"]]
    assert len(said) == 3, said
    assert sum(each.startswith("finance.csv 第") for each in said) == 2, said
    for change, column in (
        ({"file": "emperors", "add": ROW}, "emperors"),
        ({"file": "finance", "remove": ROW}, "没有这样一行"),
        ({"file": "finance", "add": {**ROW, "colour": "red"}}, "colour"),
        ({"file": "finance", "add": "p, anybody"}, "应为一组名称和值"),
    ):
        refused = await do(admin, "changeDraft", DRAFT, draftId=draft["id"], changes=[change])
        assert column in str(refused["problems"]), refused
    many = "".join(f"p, x, y, {n}\n" for n in range(20_000))
    files = [{"name": "finance.csv", "text": many}]
    refused = await do(admin, "changeDraft", DRAFT, draftId=draft["id"], files=files)
    assert ("changes", "TOO_MANY_LINES") in problems(refused)
    assert await centre.counts() == before
    clerk = await centre.person(f"staff@{CENTRE}")
    given = '{idempotencyKey: "1"}'
    answer = await clerk.ask(f"mutation {{ startDraft(input: {given}) {{ __typename }} }}")
    assert answer.codes == ["NOT_ALLOWED"]


async def test_a_file_as_a_version_tells_it_changes_nothing(centre: Api) -> None:
    admin = await centre.person(f"policy_admin@{CENTRE}")
    told = (await admin.one("{ rulebook { files { name text } } }"))["files"]
    draft = await do(admin, "startDraft", DRAFT)
    same = await do(admin, "changeDraft", DRAFT, draftId=draft["id"], files=told)
    assert (same["changes"], same["digest"]) == ([], draft["digest"])
    refused = await submitted(admin, same)
    assert problems(refused) == {("draftId", "NOTHING_CHANGED")}
    replay = await admin.one(REPLAY, {"id": draft["id"], "from": "2026-01-01", "to": "2026-12-31"})
    assert (replay["changed"], replay["signatures"]) == (0, [])


@pytest.mark.parametrize(
    ("changes", "given", "found"),
    [
        (INTERPRETED, {"effectiveFrom": "2020-01-01"}, {("effectiveFrom", "IN_THE_PAST")}),
        (INTERPRETED, {"issuingBody": " "}, {("issuingBody", "REQUIRED")}),
        (
            [{"file": "finance", "add": {**ROW, "clause": "finance/三"}}],
            {},
            {("draftId", "GAP_CLOSED_SILENTLY")},
        ),
        (
            [*INTERPRETED, {"file": "finance", "add": {**ROW, "role": "director", "rule": "e-1"}}],
            {},
            {("draftId", "NEW_ERROR")},
        ),
    ],
)
async def test_what_does_not_stand_is_refused_and_leaves_the_rules_as_they_are(
    centre: Api, changes: list[Any], given: dict[str, Any], found: set[tuple[str, str]]
) -> None:
    admin = await centre.person(f"policy_admin@{CENTRE}")
    draft = await drafted(admin, changes)
    before = await centre.counts()
    assert found <= problems(refused := await submitted(admin, draft, **given)), refused
    assert await centre.counts() == before


async def test_nobody_changes_a_draft_that_waits_and_an_outdated_one_is_refused(
    centre: Api,
) -> None:
    admin, second = [
        await centre.person(f"{name}@{CENTRE}") for name in ("policy_admin", "policy_admin_2")
    ]
    late = await drafted(second, INTERPRETED)
    draft = await drafted(admin, INTERPRETED)
    tomorrow = (centre.now.date() + timedelta(days=1)).isoformat()
    asked = await submitted(admin, draft, effectiveFrom=tomorrow)
    refused = await do(admin, "changeDraft", DRAFT, draftId=draft["id"], changes=[])
    assert problems(refused) == {("draftId", "DRAFT_WAITS")}
    await do(second, "confirmAct", actId=asked["waits"]["id"])
    assert problems(await submitted(second, late)) == {("draftId", "BASE_OUTDATED")}
    [today, next_day] = [
        await admin.one(f'{{ rulebook(on: "{day}") {{ effectiveFrom document {{ number }} }} }}')
        for day in (centre.now.date().isoformat(), tomorrow)
    ]
    assert (today["document"], next_day["effectiveFrom"]) == (None, tomorrow)
    early = await drafted(second, [{"file": "finance", "remove": {**ROW, "institution": CENTRE}}])
    refused = await submitted(second, early, reason="x")
    assert problems(refused) == {("effectiveFrom", "BASE_NOT_YET_IN_FORCE")}


async def test_nobody_waits_for_a_draft_that_is_looked_at(centre: Api) -> None:
    admin, _ = await administrators(centre)
    system = await centre.person(f"system_admin@{CENTRE}")
    draft = await drafted(admin, INTERPRETED)
    over = Event()
    blocking = asyncio.create_task(aside(lambda: over.wait(PATIENCE), PATIENCE))
    asking = asyncio.create_task(submitted(admin, draft))
    try:
        while not waiting and not asking.done():
            await asyncio.sleep(0.01)
        async with asyncio.timeout(60):
            # It holds what every administrative act holds, and finds nothing.
            unknown = global_id("AdministrativeAct", uuid4())
            done = await do(system, "declineAct", actId=unknown)
    finally:
        over.set()
    assert problems(done) == {("actId", "ACT_NOT_FOUND")}
    await blocking
    assert (await asking)["waits"]["id"]
