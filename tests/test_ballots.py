from asyncio import gather
from dataclasses import replace
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Refused
from domain.records.ballots import Choice, Tally, must_be_cast_rightly, read, written
from domain.records.sittings import rows_for, secrecy_of
from policies import loading
from tests.ballots import OFFICE, OPEN, cast, met, voters_of
from tests.office import Api, cites, problems
from tests.sittings import keep

VOTES = loading.shipped(OFFICE).shapes.votes


@given(st.lists(st.sampled_from(Choice)))
def test_a_sum_is_as_long_whatever_it_comes_to_and_tells_no_order(choices):
    tally = Tally()
    for each in choices:
        tally = tally.plus(each)
    again = Tally()
    for each in sorted(choices):
        again = again.plus(each)
    assert written(tally) == written(again)
    assert len(written(tally)) == len(written(Tally()))
    assert read(written(tally)) == tally
    assert tally.cast == len(choices)


def test_a_row_says_which_votes_are_secret_and_the_others_may_be():
    secret = secrecy_of(rows_for(VOTES, "recommendation_meeting", "party.activist"))
    assert secret is not None
    assert (secret.secret, secret.clause) == (True, "party-activists/一")
    assert secrecy_of(rows_for(VOTES, "branch_meeting", "party.probationary")) is None
    must_be_cast_rightly(None, None, Tally(5), on_paper=False)
    must_be_cast_rightly(secret, None, Tally(5), on_paper=True)
    must_be_cast_rightly(secret, Tally(5), Tally(5), on_paper=False)
    for counted, code in ((None, "VOTE_IS_SECRET"), (Tally(4, 1), "NOT_AS_COUNTED")):
        with pytest.raises(Refused) as refused:
            must_be_cast_rightly(secret, counted, Tally(5), on_paper=False)
        assert refused.value.code == code


async def test_a_vote_that_has_to_be_secret_is_not_taken_by_hand(api: Api):
    voters = await voters_of(api, 4)
    keeper, item = await met(api, voters)
    before = await api.counts()
    openly = await keep(keeper, "recordVote", itemId=item, inFavour=4)
    assert (openly["code"], cites([openly["clause"]])) == ("VOTE_IS_SECRET", ["party-activists/一"])
    assert await api.counts() == before
    papers = await keep(keeper, "recordVote", itemId=item, inFavour=4, onPaper=True)
    assert papers["items"][0]["outcome"] == "PASSED"


async def test_a_secret_ballot_is_counted_when_it_is_closed_and_not_before(api: Api):
    voters = await voters_of(api, 5)
    keeper, item = await met(api, voters)
    opened = await keep(keeper, "openBallot", itemId=item)
    shown = {"open": True, "voters": 5, "voted": 0, "inFavour": None}
    assert opened["items"][0]["secretBallot"] == shown
    [ballot] = await voters[0].one(OPEN)
    assert (ballot["id"], ballot["voted"]) == (item, False)
    assert await keeper.one(OPEN) == []

    choices = ("IN_FAVOUR", "AGAINST", "IN_FAVOUR", "ABSTAINED")
    for voter, choice in zip(voters[:4], choices, strict=True):
        assert (await cast(voter, item, choice))["voted"]
    for name, asking, code in (
        ("recordVote", {"itemId": item, "inFavour": 2}, "BALLOT_OPEN"),
        ("openBallot", {"itemId": item}, "BALLOT_OPEN"),
        ("closeMinutes", {"sittingId": opened["id"], "minutes": "散会"}, "BALLOT_OPEN"),
        ("recordAttendance", {"sittingId": opened["id"], "eligible": 9, "present": 9},
         "ATTENDANCE_STANDS"),
    ):  # fmt: skip
        assert (await keep(keeper, name, **asking))["code"] == code, name
    [going_on] = await voters[0].one(OPEN)
    assert going_on["voted"]

    closed = await keep(keeper, "closeBallot", itemId=item)
    told = {"open": False, "voters": 5, "voted": 4, "inFavour": 2}
    assert closed["items"][0]["secretBallot"] == told
    assert closed["items"][0]["outcome"] is None
    assert await voters[0].one(OPEN) == []
    late = await cast(voters[4], item, "AGAINST")
    assert problems(late) == {("itemId", "BALLOT_NOT_FOUND")}
    wrong = await keep(keeper, "recordVote", itemId=item, inFavour=3, against=1)
    assert wrong["code"] == "NOT_AS_COUNTED"
    counted = {"inFavour": 2, "against": 1, "abstained": 1}
    asked = await keep(keeper, "recordVote", itemId=item, **counted)
    assert problems(asked) == {("finding", "FINDING_ASKED")}
    found = {"finding": "FAILED", "reason": "未过半数"}
    done = await keep(keeper, "recordVote", itemId=item, **counted, **found)
    assert done["items"][0]["outcome"] == "FAILED"
    assert (await keep(keeper, "openBallot", itemId=item))["code"] == "ITEM_RESOLVED"


async def test_a_vote_is_cast_once_and_a_repeated_key_is_answered_alike_whatever_it_says(api: Api):
    voters = await voters_of(api, 4)
    keeper, item = await met(api, voters)
    await keep(keeper, "openBallot", itemId=item)
    key = str(uuid4())
    first, twin = await gather(*(cast(voters[0], item, "IN_FAVOUR", key) for _ in range(2)))
    assert first == twin == await cast(voters[0], item, "AGAINST", key)
    assert (await cast(voters[0], item, "AGAINST"))["code"] == "VOTED_ALREADY"
    both = await gather(*(cast(voters[1], item, "AGAINST") for _ in range(2)))
    assert sorted(each.get("code", "") for each in both) == ["", "VOTED_ALREADY"]
    await cast(voters[2], item, "AGAINST")
    closed = await keep(keeper, "closeBallot", itemId=item)
    assert (closed["items"][0]["secretBallot"]["inFavour"]) == 1
    assert closed["items"][0]["secretBallot"]["voted"] == 3


async def test_votes_at_one_moment_are_all_in_the_sum(api: Api):
    voters = await voters_of(api, 9)
    keeper, item = await met(api, voters)
    await keep(keeper, "openBallot", itemId=item)
    await gather(*(cast(each, item, "IN_FAVOUR") for each in voters))
    closed = await keep(keeper, "closeBallot", itemId=item)
    assert closed["items"][0]["secretBallot"]["inFavour"] == 9


async def test_so_few_that_the_count_would_tell_are_not_counted(api: Api):
    voters = await voters_of(api, 4)
    keeper, item = await met(api, voters)
    assert (await keep(keeper, "closeBallot", itemId=item))["code"] == "BALLOT_NOT_OPEN"
    await keep(keeper, "openBallot", itemId=item)
    await cast(voters[0], item, "AGAINST")
    await cast(voters[1], item, "AGAINST")
    before = await api.counts()
    assert (await keep(keeper, "closeBallot", itemId=item))["code"] == "TOO_FEW_TO_BE_SECRET"
    unsaid = await keep(keeper, "callOffBallot", itemId=item, reason=" ")
    assert problems(unsaid) == {("reason", "REQUIRED")}
    assert await api.counts() == before
    off = await keep(keeper, "callOffBallot", itemId=item, reason="人数不足")
    assert off["items"][0]["secretBallot"] is None
    again = await keep(keeper, "openBallot", itemId=item)
    assert again["items"][0]["secretBallot"]["voted"] == 0


async def test_two_who_came_hold_no_secret_ballot(api: Api):
    keeper, item = await met(api, await voters_of(api, 2))
    assert (await keep(keeper, "openBallot", itemId=item))["code"] == "TOO_FEW_TO_BE_SECRET"


async def test_only_who_came_votes_and_only_the_keeper_opens_and_closes(api: Api):
    *voters, outsider = await voters_of(api, 5)
    keeper, item = await met(api, voters)
    stranger = await api.person("party_group@hrss-bureau")
    before = await api.counts()
    for name, more in (
        ("openBallot", {}),
        ("closeBallot", {}),
        ("callOffBallot", {"reason": "-"}),
    ):
        asked = {"itemId": item, **more}
        assert (await keep(outsider, name, **asked))["code"] == "NOT_YOUR_BODY", name
        assert (await keep(stranger, name, **asked))["code"] == "SITTING_NOT_FOUND", name
    assert await api.counts() == before
    await keep(keeper, "openBallot", itemId=item)
    before = await api.counts()
    for visitor in (outsider, stranger):
        refused = await cast(visitor, item, "IN_FAVOUR")
        assert problems(refused) == {("itemId", "BALLOT_NOT_FOUND")}
        assert await visitor.one(OPEN) == []
    assert await api.counts() == before


async def test_a_sum_sealed_with_a_former_secret_is_counted_on(
    api: Api, monkeypatch: pytest.MonkeyPatch
):
    voters = await voters_of(api, 3)
    keeper, item = await met(api, voters)
    await keep(keeper, "openBallot", itemId=item)
    services = api.services
    turned = replace(services, secret=b"turned" * 8, former_secrets=(services.secret,))
    monkeypatch.setitem(api.app.state._state, "services", turned)
    for voter in voters:
        await cast(voter, item, "IN_FAVOUR")
    counted = await keep(keeper, "closeBallot", itemId=item)
    assert counted["items"][0]["secretBallot"]["inFavour"] == 3


async def test_a_sum_sealed_with_another_secret_is_called_off(api: Api):
    voters = await voters_of(api, 3)
    keeper, item = await met(api, voters)
    await keep(keeper, "openBallot", itemId=item)
    await api.run("update sitting_ballots set sealed = 'eyJhbGciOiJkaXIifQ....'")
    assert (await cast(voters[0], item, "AGAINST"))["code"] == "BALLOT_UNREADABLE"
    off = await keep(keeper, "callOffBallot", itemId=item, reason="密钥已更换")
    assert off["items"][0]["secretBallot"] is None
