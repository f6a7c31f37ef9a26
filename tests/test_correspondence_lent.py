"""Notices, copies and circulations to a lent seat reach its substitute, as far as the loan goes."""

import pytest

from tests.correspondence import codes, copied, me, sent, told
from tests.lending import end_loan, lend, seat_of
from tests.office import Api, Visitor, leave, problems

HOME = "hrss-bureau"


@pytest.fixture
async def staff(api: Api) -> Visitor:
    return await api.person(f"staff@{HOME}")


@pytest.fixture
async def chief(api: Api) -> Visitor:
    return await api.person(f"section_chief@{HOME}")


@pytest.fixture
async def substitute(api: Api) -> Visitor:
    return await api.person(f"staff_2@{HOME}")


async def test_a_substitute_is_urged_within_the_loan_and_not_beyond_it(
    staff: Visitor, chief: Visitor, substitute: Visitor
) -> None:
    seat = await seat_of(chief, "section_chief")
    loan = await lend(chief, seat, substitute, kinds=["LEAVE_SICK"])
    sick = await staff.submit("leave.sick", leave("2026-03-16"))
    personal = await staff.submit("leave.personal", leave("2026-03-17"))
    for request in (sick, personal):
        await staff.act("urge", stepId=request["steps"][0]["id"])
    urged = [notice for notice in await told(substitute) if notice["code"] == "URGED"]
    assert [notice["request"]["number"] for notice in urged] == [sick["number"]]
    assert (await codes(chief)).count("URGED") == 2
    mine = await substitute.act("urge", stepId=sick["steps"][0]["id"])
    assert mine["code"] == "URGES_ONESELF"
    await end_loan(chief, loan["id"])
    assert "URGED" not in await codes(substitute)


async def test_what_is_sent_to_a_lent_seat_its_substitute_sees_and_acknowledges(
    api: Api, staff: Visitor, chief: Visitor, substitute: Visitor
) -> None:
    other = await api.person(f"section_chief_2@{HOME}")
    seat = await seat_of(other, "section_chief")
    sick = await staff.submit("leave.sick", leave("2026-03-16"))
    personal = await staff.submit("leave.personal", leave("2026-03-17"))
    for request in (sick, personal):
        await staff.act("circulate", requestId=request["id"], to=[seat])
    loan = await lend(other, seat, substitute, kinds=["LEAVE_SICK"])
    assert await copied(substitute) == [sick["number"]]
    assert await sent(substitute, personal["id"]) is None
    [circulation] = (await sent(substitute, sick["id"]))["circulations"]
    await substitute.act("acknowledge", circulationId=circulation["id"])
    [circulation] = (await sent(other, sick["id"]))["circulations"]
    name = (await substitute.one("{ viewer { name } }"))["name"]
    assert circulation["readers"][0]["readBy"]["name"] == name
    to = [await me(chief)]
    assert (await substitute.act("copy", requestId=sick["id"], to=to))["code"] == (
        "NOT_YOURS_TO_SEND"
    )
    await end_loan(other, loan["id"])
    assert await sent(substitute, sick["id"]) is None


async def test_a_substitute_through_a_loan_may_be_mentioned(
    staff: Visitor, chief: Visitor, substitute: Visitor
) -> None:
    sick = await staff.submit("leave.sick", leave("2026-03-16"))
    given = {"requestId": sick["id"], "text": "请看", "mentions": [await me(substitute)]}
    refusal = await staff.act("comment", **given)
    assert problems(refusal) == {("mentions.0", "MENTIONED_OUT_OF_SIGHT")}
    await lend(chief, await seat_of(chief, "section_chief"), substitute)
    await staff.act("comment", **given)
    assert "MENTIONED" in await codes(substitute)
