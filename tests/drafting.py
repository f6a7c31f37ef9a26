"""Drafts of a rulebook in tests: begun, changed, judged, submitted and agreed to."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.changed_rules import restoring
from tests.moving import ADMINISTERED, do
from tests.office import REFUSAL, Api, Visitor

CENTRE = "service-centre"
DRAFT = f"""__typename ... on RulebookDraft {{ id base version digest
  changes {{ file added line }} }} ... on Refusal {{ {REFUSAL} }}"""
FINDING = "severity problem message clauses"
ANALYSIS = f"""query ($id: ID!) {{ analyseDraft(draftId: $id) {{ __typename
  ... on DraftAnalysis {{ new {{ {FINDING} }} gone {{ {FINDING} }} closedSilently {{ {FINDING} }}
    overtaken {{ law differs }} examples {{ example expected found holds }} examplesChanged }}
  ... on Refusal {{ {REFUSAL} }} }} }}"""
MINUTES = {"issuingBody": "中心班子", "number": "政务纪〔2026〕3号"}
KIND = "expenditure.general"
CITE = {
    "clause": "interpretation/99",
    "title": "本机关的解释",
    "clause_kind": "interpretation",
    "area": "finance",
    "request_kind": KIND,
    "summary": "超过 500 元、不足 1000 元的,由主管财经副职批准",
}
ROW = {
    "role": "finance_deputy",
    "kind": KIND,
    "act": "approve",
    "when": "500 < amount < 1000",
    "rule": "expenditure-general-9",
    "order": "1",
    "clause": "interpretation/99",
    "effect": "allow",
}
INTERPRETED = [
    {"file": "clauses", "add": CITE},
    {"file": "clauses", "add": {**CITE, "clause_kind": "approval"}},
    {"file": "finance", "add": ROW},
]
SPENT = {"amount": "800", "explanation": "更换窗口叫号屏"}


@pytest.fixture
async def centre(api: Api) -> AsyncIterator[Api]:
    """The service centre, whose rules are as they were after each test."""
    restore = await restoring(api)
    yield api
    await restore([CENTRE])


async def administrators(api: Api) -> list[Visitor]:
    return [await api.person(f"{name}@{CENTRE}") for name in ("policy_admin", "policy_admin_2")]


async def drafted(who: Visitor, changes: list[Any], **given: Any) -> Any:
    draft = await do(who, "startDraft", DRAFT, **given)
    return await do(who, "changeDraft", DRAFT, draftId=draft["id"], changes=changes)


async def submitted(who: Visitor, draft: Any, **given: Any) -> Any:
    today = who.api.now.date().isoformat()
    days = {"day": today, "effectiveFrom": today}
    return await do(
        who, "submitDraft", ADMINISTERED, draftId=draft["id"], **{**MINUTES, **days, **given}
    )


async def enacted(api: Api, changes: list[Any], **given: Any) -> Any:
    """A draft in force, asked for by one administrator and agreed to by another."""
    admin, second = await administrators(api)
    draft = await drafted(admin, changes)
    asked = await submitted(admin, draft, **given)
    assert asked["__typename"] == "Administered", asked
    done = await do(second, "confirmAct", ADMINISTERED, actId=asked["waits"]["id"])
    assert done["__typename"] == "Administered", done
    return draft
