"""A member whom a matter concerns withdraws from it: not counted, not asked, and refused a vote."""

from typing import Any

from schema.ground.ids import read_id
from tests.ballots import OPEN, cast
from tests.office import Api, Visitor, problems
from tests.sittings import keep, never_met

HERE = "science-bureau"
AGREED = {"opinions_divided": False}
DUE = ("director", "party_secretary", "team_member", "deputy_in_charge", "discipline_head")


async def called(secretary: Visitor, agenda: Any) -> Any:
    return await keep(
        secretary,
        "callSitting",
        body="joint_meeting",
        beginsAt="2026-03-02T08:30:00+08:00",
        noticedAt="2026-03-02T08:00:00+08:00",
        agenda=agenda,
    )


async def met(api: Api, *, by_name: bool = True) -> Any:
    """A joint meeting with one matter of its own and five members, all of whom came."""
    await never_met(api)
    secretary = await api.person(f"office_director@{HERE}")
    people = [await api.person(f"{role}@{HERE}") for role in DUE]
    ids = [(await each.one("{ viewer { id } }"))["id"] for each in people]
    sitting = await called(secretary, [{"title": "干部任用"}])
    named = {"members": [{"personId": each, "attended": True} for each in ids]}
    came = named if by_name else {"eligible": 5, "present": 5}
    await keep(secretary, "recordAttendance", sittingId=sitting["id"], **came)
    return secretary, people, ids, sitting["items"][0]["id"]


async def test_whoever_withdraws_is_not_counted_and_their_vote_is_not_taken(api: Api):
    secretary, _, ids, item = await met(api)
    out = {"itemId": item, "people": [ids[3]], "reason": "涉及其亲属"}
    stranger = await api.person(f"staff@{HERE}")
    outsider = (await stranger.one("{ viewer { id } }"))["id"]
    before = await api.counts()
    assert (await keep(stranger, "withdrawFromItem", **out))["code"] == "NOT_YOUR_BODY"
    unnamed = await keep(secretary, "withdrawFromItem", **{**out, "people": [outsider]})
    assert problems(unnamed) == {("people", "UNKNOWN_MEMBER")}
    silent = await keep(secretary, "withdrawFromItem", **{**out, "reason": " "})
    assert problems(silent) == {("reason", "REQUIRED")}
    assert await api.counts() == before
    kept = await keep(secretary, "withdrawFromItem", **out)
    assert len(kept["items"][0]["withdrawn"]) == 1
    found = {"finding": "PASSED", "reason": "其余成员一致同意"}
    all_five = await keep(secretary, "recordVote", itemId=item, inFavour=5, **found)
    assert problems(all_five) == {("inFavour", "TOO_LARGE")}
    done = await keep(secretary, "recordVote", itemId=item, inFavour=4, measures=AGREED)
    [passed] = done["items"]
    assert (passed["outcome"], passed["ballot"]["eligible"]) == ("PASSED", 4)
    assert kept["items"][0]["withdrawn"][0] in passed["explanation"]
    told = await api.rows("select to_id::text from notices where code = 'ITEM_PASSED'")
    assert len(told) == len(DUE), "all who came are told what was decided"
    late = await keep(secretary, "withdrawFromItem", **{**out, "people": []})
    assert late["code"] == "ITEM_RESOLVED"
    line = await api.value("select cast(l as text) from ledger l where event = 'sitting_withdrawn'")
    assert "joint-meeting/八" in line
    assert "亲属" not in line


async def test_whoever_withdraws_is_not_asked_in_a_secret_ballot_and_is_told_why(api: Api):
    secretary, people, ids, item = await met(api)
    out = {"itemId": item, "people": [ids[3]], "reason": "涉及本人"}
    await keep(secretary, "withdrawFromItem", **out)
    opened = await keep(secretary, "openBallot", itemId=item)
    assert opened["items"][0]["secretBallot"]["voters"] == 4
    assert await people[3].one(OPEN) == []
    before = await api.counts()
    refused = await cast(people[3], item, "IN_FAVOUR")
    assert (refused["code"], refused["clause"]["cite"]) == ("WITHDRAWN_FROM_ITEM", "八")
    assert await api.counts() == before
    assert [each["voted"] for each in await people[0].one(OPEN)] == [False]
    later = await keep(secretary, "withdrawFromItem", **{**out, "people": []})
    assert later["code"] == "BALLOT_OPEN"


async def test_who_came_is_told_by_name_before_anybody_withdraws(api: Api):
    secretary, _, ids, item = await met(api, by_name=False)
    refused = await keep(secretary, "withdrawFromItem", itemId=item, people=ids[:1], reason="回避")
    assert refused["code"] == "MEMBERS_ASKED"


async def test_whoever_withdrew_is_still_out_when_the_matter_is_put_off_to_the_next_sitting(
    api: Api,
):
    secretary, _, ids, item = await met(api)
    out = {"itemId": item, "people": [ids[3]], "reason": "涉及其亲属"}
    first = await keep(secretary, "withdrawFromItem", **out)
    await keep(secretary, "closeMinutes", sittingId=first["id"], minutes="时间不足，下次再议")
    again = await called(secretary, [])
    came = {"members": [{"personId": each, "attended": True} for each in ids]}
    there = await keep(secretary, "recordAttendance", sittingId=again["id"], **came)
    assert there["items"][0]["withdrawn"] == first["items"][0]["withdrawn"]
    again_up = {"itemId": there["items"][0]["id"], "measures": AGREED}
    done = await keep(secretary, "recordVote", **again_up, inFavour=4)
    assert done["items"][0]["ballot"]["eligible"] == 4


async def test_whoever_came_is_told_as_well_that_an_item_was_not_carried(api: Api):
    secretary, _, ids, item = await met(api)
    done = await keep(secretary, "recordVote", itemId=item, inFavour=0, measures=AGREED)
    assert done["items"][0]["outcome"] == "FAILED"
    told = await api.rows("select to_id::text from notices where code = 'ITEM_FAILED'")
    assert {each["to_id"] for each in told} == {read_id(each)[1] for each in ids}
