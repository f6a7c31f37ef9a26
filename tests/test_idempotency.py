"""A call that is repeated on a bad network is answered alike and done once."""

import asyncio
from typing import Any

from tests.office import Api, Visitor, leave, problems

KEY = "0f1c"


async def staff_and_chief(api: Api) -> tuple[Visitor, Visitor]:
    return await api.person("staff@hrss-bureau"), await api.person("section_chief@hrss-bureau")


async def test_a_repeated_submission_is_answered_alike_and_kept_once(api: Api) -> None:
    staff, _ = await staff_and_chief(api)
    form = leave("2026-03-09")
    first = await staff.submit("leave.personal", form, key=KEY)
    before = await api.counts()
    assert await staff.submit("leave.personal", form, key=KEY) == first
    assert await api.counts() == before


async def test_twenty_twins_at_once_make_one_request(api: Api) -> None:
    staff, _ = await staff_and_chief(api)
    form = leave("2026-03-09")
    answers = await asyncio.gather(
        *(staff.submit("leave.personal", form, key=KEY) for _ in range(20))
    )
    assert {answer.get("id") for answer in answers} == {answers[0]["id"]}
    assert await api.value("select count(*) from requests") == 1
    assert await api.value("select count(*) from answers") == 1
    assert await api.value("select last from request_numbers") == 1


async def test_a_key_that_was_used_for_another_call_is_refused(api: Api) -> None:
    staff, _ = await staff_and_chief(api)
    await staff.submit("leave.personal", leave("2026-03-09"), key=KEY)
    before = await api.counts()
    other_form = await staff.submit("leave.personal", leave("2026-03-10"), key=KEY)
    other_kind = await staff.submit("leave.sick", leave("2026-03-10"), key=KEY)
    other_act = await staff.act("saveDraft", key=KEY, kind="LEAVE_SICK", form={})
    for refusal in (other_form, other_kind, other_act):
        assert refusal["code"] == "KEY_REUSED"
        assert problems(refusal) == {("idempotencyKey", "KEY_REUSED")}
    assert await api.counts() == before


async def test_two_calls_of_one_key_at_once_with_other_bodies_have_one_winner(api: Api) -> None:
    staff, _ = await staff_and_chief(api)
    answers = await asyncio.gather(
        *(
            staff.submit("leave.personal", leave(f"2026-03-{day}"), key=KEY)
            for day in (10, 11, 12, 13)
        )
    )
    assert sorted(answer.get("code", "") for answer in answers) == ["", *["KEY_REUSED"] * 3]


async def test_a_refusal_stores_nothing_so_that_a_mended_call_may_use_the_key(api: Api) -> None:
    staff, _ = await staff_and_chief(api)
    refused = await staff.submit("leave.personal", leave("2026-03-08"), key=KEY)
    assert refused["code"] == "INVALID_INPUT"
    mended = await staff.submit("leave.personal", leave("2026-03-09"), key=KEY)
    assert mended["status"] == "PENDING"


async def test_keys_are_each_person_s_own(api: Api) -> None:
    one, other = await api.person("staff@hrss-bureau"), await api.person("staff_2@hrss-bureau")
    requests = [
        await person.submit("leave.personal", leave("2026-03-09"), key=KEY)
        for person in (one, other)
    ]
    assert requests[0]["id"] != requests[1]["id"]


async def test_a_repeated_decision_is_answered_as_the_first_was(api: Api) -> None:
    staff, chief = await staff_and_chief(api)
    await staff.submit("leave.personal", leave("2026-03-09"))
    step = (await chief.turn())["id"]
    first = await chief.decide(step, key=KEY, comment="同意")
    assert await chief.decide(step, key=KEY, comment="同意") == first
    assert (await chief.decide(step, key="another", comment="同意"))["code"] == "STEP_NOT_OPEN"
    assert (await chief.decide(step, key=KEY, comment="不同意"))["code"] == "KEY_REUSED"


async def test_every_other_act_is_repeated_without_harm(api: Api) -> None:
    staff, chief = await staff_and_chief(api)
    draft: dict[str, Any] = {"kind": "LEAVE_PERSONAL", "form": {"explanation": "家事"}}
    saved = [await staff.act("saveDraft", key="draft", **draft) for _ in range(2)]
    assert saved[0]["id"] == saved[1]["id"]
    request = await staff.submit("leave.personal", leave("2026-03-09", draftId=saved[0]["id"]))
    await chief.decide((await chief.turn())["id"], "RETURN")
    again = [await staff.act("resubmit", key="again", requestId=request["id"]) for _ in range(2)]
    assert again[0] == again[1]
    gone = [await staff.act("withdraw", key="gone", requestId=request["id"]) for _ in range(2)]
    assert gone[0] == gone[1]
    annual = await staff.submit("leave.annual", leave("2026-03-16"))
    back = [
        await staff.act(
            "reportBack",
            key="back",
            requestId=annual["id"],
            returned={"date": "2026-03-17", "half": "MORNING"},
        )
        for _ in range(2)
    ]
    assert back[0] == back[1]


async def test_a_draft_is_discarded_once_however_often_it_is_asked(api: Api) -> None:
    staff, _ = await staff_and_chief(api)
    draft = await staff.act("saveDraft", kind="LEAVE_SICK", form={})
    discard = """mutation ($input: DiscardDraftInput!) { discardDraft(input: $input) {
                   __typename ... on Discarded { draftId } ... on Refusal { code } } }"""
    given = {"input": {"draftId": draft["id"], "idempotencyKey": KEY}}
    answers = [await staff.one(discard, given) for _ in range(2)]
    assert answers[0] == answers[1] == {"__typename": "Discarded", "draftId": draft["id"]}
