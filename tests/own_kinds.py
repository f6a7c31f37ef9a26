"""A kind of request of an office's own, as lines of a draft: 会议茶歇, and others made of facts."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest

from tests.changed_rules import restoring
from tests.moving import ADMINISTERED, do
from tests.office import PREVIEW, REFUSAL, REQUEST, Api, Visitor

CENTRE = "service-centre"
KIND, CODE, CLAUSE = "own.tea_break", "OWN_TEA_BREAK", "interpretation/90"
DRAFT = f"__typename ... on RulebookDraft {{ id }} ... on Refusal {{ {REFUSAL} }}"
FACTS = "people amount at_meeting"
TEA = {"people": 20, "amount": "500", "atMeeting": True, "explanation": "全区窗口评议会"}


def line(file: str, **said: str) -> dict[str, Any]:
    return {"file": file, "add": said}


def rule(role: str, when: str, number: int, kind: str = KIND) -> dict[str, Any]:
    of = {"kind": kind, "act": "approve", "order": "1", "clause": CLAUSE, "effect": "allow"}
    return line("canteen", role=role, when=when, rule=f"{kind}-{number}".replace(".", "-"), **of)


def made(kind: str = KIND, zh: str = "会议茶歇", en: str = "Tea break", **more: str) -> list[Any]:
    """The clause, and the kind that stands on it."""
    cite = {"clause": CLAUSE, "title": "本机关的解释", "area": "canteen", "request_kind": kind}
    cite |= {"clause_kind": "approval", "summary": f"{zh}由谁批准"}
    words = {"clause": CLAUSE, "area": "canteen", "zh": zh, "en": en, "facts": FACTS, **more}
    return [line("clauses", **cite), line("kinds", kind=kind, **words)]


def quota(name: str, measure: str, limit: str, per: str) -> dict[str, Any]:
    of = {"subject": KIND, "clause": CLAUSE, "bound": "max", "when": "always"}
    return line("quotas", quota=name, measure=measure, limit=limit, per=per, **of)


TEA_BREAK = [
    *made(precondition="people > 0"),
    rule("office_director", "people <= 30", 1),
    rule("director", "people > 30", 2),
    line("attachments", kind=KIND, when="people > 30", documents="参会名单", clause=CLAUSE),
    quota("tea-per-head", "per_head_amount", "50", "每人"),
    quota("tea-a-month", "tea_breaks_month", "2", "每月"),
    line(
        "measures",
        measure="tea_breaks_month",
        type="int",
        source="records",
        zh="当月茶歇次数",
        en="Tea breaks in the month",
    ),
    line(
        "counts",
        measure="tea_breaks_month",
        clause=CLAUSE,
        of=KIND,
        sum="number",
        when="always",
        within="month",
        whose="person",
    ),
    line(
        "clocks",
        clock="tea-answer",
        clause=CLAUSE,
        event="茶歇申请提交",
        action="答复",
        within="1",
        unit="workday",
        direction="after",
        when="always",
        starts=f"{KIND}.submitted",
        stops=f"{KIND}.approved {KIND}.rejected",
    ),
]


async def drafted(who: Visitor, changes: list[Any]) -> Any:
    draft = await do(who, "startDraft", DRAFT)
    return await do(who, "changeDraft", DRAFT, draftId=draft["id"], changes=changes)


async def enacted(api: Api, changes: list[Any]) -> None:
    """What the office adopts is in force today."""
    admin, second = [
        await api.person(f"{name}@{CENTRE}") for name in ("policy_admin", "policy_admin_2")
    ]
    draft = await drafted(admin, changes)
    assert draft["__typename"] == "RulebookDraft", draft
    today = api.now.date().isoformat()
    document = {"issuingBody": "中心班子", "number": "政务纪〔2026〕9号", "day": today}
    given = {"draftId": draft["id"], "effectiveFrom": today, "reason": "班子会议议定", **document}
    asked = await do(admin, "submitDraft", ADMINISTERED, **given)
    assert asked["__typename"] == "Administered", asked
    done = await do(second, "confirmAct", actId=asked["waits"]["id"])
    assert done["__typename"] == "Administered", done


async def removed(api: Api, changes: list[Any]) -> None:
    """The office takes these lines back."""
    await enacted(api, [{"file": each["file"], "remove": each["add"]} for each in changes])


async def submit(who: Visitor, form: dict[str, Any], kind: str = CODE, **more: Any) -> Any:
    """The request, or the refusal."""
    answer = await who.one(
        f"mutation ($input: SubmitInput!) {{ submit(input: $input) {{ __typename"
        f" ... on Submitted {{ request {{ {REQUEST} kindCode kindLabel }} }}"
        f" ... on Refusal {{ {REFUSAL} }} }} }}",
        {"input": {"kind": kind, "form": form, "idempotencyKey": str(uuid4()), **more}},
    )
    return answer.get("request", answer)


async def preview(who: Visitor, form: dict[str, Any], kind: str = CODE, **more: Any) -> Any:
    return await who.one(
        f"query ($input: PreviewInput!) {{ preview(input: $input) {{ {PREVIEW} }} }}",
        {"input": {"kind": kind, "form": form, **more}},
    )


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
