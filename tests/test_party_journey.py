"""Joining the party at the construction bureau, over the years, through the API."""

import asyncio
from datetime import datetime

import pytest

from domain.time.moments import OFFICE_TIME
from tests.office import problems
from tests.party_branch import (
    CLEAR,
    CLEARED,
    CONVERTED,
    LIST,
    PASSED,
    READ,
    RECOMMENDED,
    Joining,
    by_event,
    demanded,
    new,
    put_in_cell,
)

MEMBER = """update people set facts = facts || jsonb_build_object('party_member', $2::boolean)
  where id = (select person_id from accounts where account = $1)"""


@pytest.fixture
async def joining(api):
    await api.empty("party_cases", "party_cell_members")
    return Joining(api)


@pytest.fixture
async def begun(joining):
    await joining.begin(await joining.of("staff"))
    assert joining.case["state"] == "applicant"
    return joining


async def test_an_applicant_becomes_a_full_member_over_the_years(begun, api):
    await begun.to_probationary()
    await begun.branch("swear_in", "probationary", oath_taken=True)
    applicant = await begun.of("staff")
    told = await applicant.one("{ notices { edges { node { code } } } }")
    assert "PARTY_APPROVED" in {edge["node"]["code"] for edge in told["edges"]}
    early = await begun.act(applicant, "apply")
    [wait] = early["problems"]
    assert wait["code"] == "WAIT_NOT_OVER"
    assert "2028-03-10" in wait["message"], wait
    await api.wait(days=366)
    await begun.goes(applicant, "apply", "applied")
    assert begun.case["path"] == "party.full_member"
    given = {"cell_opinion_given": True}
    alone = await begun.act("party_cell_leader", "cell_opinion", measures=given)
    assert ("GUARD_NOT_MET", "in_cell") in demanded(alone)
    await put_in_cell(begun)
    await begun.goes("party_cell_leader", "cell_opinion", "cell_opinion", measures=given)
    await begun.branch("consult", "consulted", masses_consulted=True)
    await begun.branch("review", "committee_reviewed", committee_reviewed=True)
    unheard = await begun.act("branch_secretary", "pass", ballot=CONVERTED)
    assert demanded(unheard) == {("NO_TRANSITION", "event")}
    for event in ("applicant_reports", "cell_reports", "committee_reports", "discuss", "vote"):
        said = {"text": "已记录"} if event != "vote" else {}
        await begun.act("branch_secretary", event, **said)
    assert begun.case["state"] == "voted"
    # The conversion's clause states no majority of its own and does not count written opinions.
    short = await begun.act("branch_secretary", "pass", ballot=PASSED)
    assert ("WRITTEN_NOT_COUNTED", "ballot") in demanded(short)
    await begun.goes("branch_secretary", "pass", "meeting_passed", ballot=CONVERTED)
    approved = {"probation_finding": "qualified", "party_group_approved": True}
    await begun.goes("party_group", "approve", "full_member", measures=approved)
    await begun.branch("archive", "archived", papers_in_personal_file=True)
    assert not begun.case["standing"]
    assert [each["event"] for each in begun.case["history"]][:3] == ["begin", "confirm", "propose"]
    again = await begun.begin(applicant)
    assert "FULL_MEMBER_ALREADY" in {each["code"] for each in again["problems"]}


async def test_an_application_is_told_every_reason_against_it_at_once(begun, api):
    applicant = await begun.of("staff")
    before = await api.counts()
    refused = await begun.begin(applicant, application=" ", born="2008-03-03")
    assert refused["code"] == "CASE_NOT_READY"
    assert problems(refused) == {
        ("application", "REQUIRED"),
        ("born", "NOT_OF_AGE"),
        ("application", "PARTY_CASE_RUNNING"),
    }
    assert await api.counts() == before


async def test_a_recommendation_without_a_majority_makes_no_activist(begun):
    agreed = {"branch_committee_agreed": True}
    split = {"eligible": 12, "present": 10, "inFavour": 4, "against": 6}
    refused = await begun.act("branch_secretary", "confirm", measures=agreed, ballot=split)
    assert ("GUARD_NOT_MET", "recommendation_share") in demanded(refused)
    # Six of twelve entitled, but of ten who came: the text does not say of whom the half is.
    unclear = {"eligible": 12, "present": 10, "inFavour": 6, "against": 4}
    refused = await begun.act("branch_secretary", "confirm", measures=agreed, ballot=unclear)
    assert ("MAJORITY_OF_WHAT_OPEN", "ballot") in demanded(refused)
    await begun.goes("branch_secretary", "pass_over", "not_considered", ballot=split)
    assert begun.case["next"] == []


async def test_too_early_is_refused_with_the_day_from_which_it_is_allowed(begun, api):
    await begun.to_activist()
    agreed = {"branch_committee_agreed": True}
    early = await begun.act("branch_secretary", "propose", measures=agreed)
    told = {each["code"]: each for each in early["problems"]}
    assert told.keys() == {"WAIT_NOT_OVER"}
    assert "2027-03-02" in told["WAIT_NOT_OVER"]["message"]
    assert told["WAIT_NOT_OVER"]["clause"]["cite"] == "二(三)1"
    await api.wait(days=364)
    assert (await begun.act("branch_secretary", "propose", measures=agreed))["problems"]
    api.now = datetime(2027, 3, 2, 0, 0, tzinfo=OFFICE_TIME)
    await begun.branch("propose", "proposed_candidate", **agreed)


async def test_naming_mentors_does_not_start_the_year_again(begun, api):
    await begun.to_activist()
    await api.wait(days=200)
    mentors = await begun.persons("director")
    await begun.goes("branch_secretary", "assign_mentors", "activist", mentorId=mentors[0])
    await api.wait(days=165)
    await begun.branch("propose", "proposed_candidate", branch_committee_agreed=True)


async def test_mentors_who_are_not_full_members_are_refused(begun, api):
    await begun.to_activist()
    secretary, chief, own = await begun.persons("branch_secretary", "section_chief", "staff")
    stranger = await api.person("party_secretary@hrss-bureau")
    theirs = (await stranger.one("{ viewer { id } }"))["id"]
    for second, code in (
        (chief, "NOT_A_FULL_MEMBER"),
        (own, "NOT_FOR_ONESELF"),
        (theirs, "NOT_OF_THIS_OFFICE"),
    ):
        named = {"mentorId": secretary, "secondMentorId": second}
        refused = await begun.act("branch_secretary", "assign_mentors", **named)
        assert (code, "secondMentorId") in demanded(refused)
    assert begun.case["version"] == 2


async def test_publicity_of_fewer_than_seven_days_is_refused(begun, api):
    await begun.to_proposed()
    await api.wait(days=6)
    harmless = {"publicity_outcome": "no_objection"}
    refused = await begun.act("branch_secretary", "publicise", measures=harmless)
    [early] = refused["problems"]
    assert early["code"] == "WAIT_NOT_OVER"
    assert "2027-03-09" in early["message"]
    await api.wait(days=20)
    await begun.branch("publicise", "publicity_passed", **harmless)
    assert begun.case["history"][-1]["measures"]["publicity_days"] == "10"


async def test_probation_is_extended_once_and_within_its_limits(begun, api):
    await begun.to_probationary()
    finding = {"probation_finding": "partly"}
    group = {"party_group_approved": True}
    await begun.act("branch_secretary", "extend", noteOnly=True, measures=finding, ballot=CONVERTED)
    early = await begun.act("party_group", "extend", measures={**group, "extension_months": "6"})
    assert demanded(early) == {("WAIT_NOT_OVER", "event")}
    await api.wait(days=366)
    for months in (5, 13):
        asked = {**group, "extension_months": str(months)}
        refused = await begun.act("party_group", "extend", measures=asked)
        assert demanded(refused) == {("GUARD_NOT_MET", "extensionMonths")}
    await begun.goes(
        "party_group", "extend", "extended", measures={**group, "extension_months": "6"}
    )
    applicant = await begun.of("staff")
    clocks = await applicant.one("{ clocks { edges { node { action dueAt } } } }")
    due = {each["node"]["action"][:4]: each["node"]["dueAt"][:10] for each in clocks["edges"]}
    assert due["延长期满"] == "2028-09-10"
    again = await begun.act("party_group", "extend", measures={**group, "extension_months": "6"})
    assert demanded(again) == {("NO_TRANSITION", "event")}
    assert again["clause"]["cite"] == "(三)-(五)"
    early = await begun.act(applicant, "apply")
    assert "2028-09-10" in early["problems"][0]["message"], early
    await api.wait(days=190)
    await begun.goes(applicant, "apply", "applied")


async def test_probation_is_cancelled_by_the_meeting_and_the_committee_together(begun):
    await begun.to_probationary()
    both = {"probation_finding": "unqualified", "party_group_approved": True}
    alone = await begun.act("party_group", "cancel", measures=both)
    assert demanded(alone) == {("GUARD_NOT_MET", "resolution_passed")}
    await begun.act("branch_secretary", "cancel", noteOnly=True, ballot=CONVERTED)
    await begun.goes("party_group", "cancel", "cancelled", measures=both)
    assert begun.case["standing"] is False
    assert (await begun.begin(await begun.of("staff")))["state"] == "applicant"


async def test_nobody_advances_their_own_case(joining):
    director = await joining.of("director")
    await joining.api.run(MEMBER, director.account, False)
    try:
        await joining.begin(director)
        await joining.to_vetted()
        refused = await joining.act(director, "clear_family_planning", measures=CLEAR)
        assert refused["code"] == "NOT_YOURS_TO_DO"
        assert not by_event(joining.case)["clear_family_planning"]["allowed"]
        await joining.goes("party_secretary", "clear_family_planning", CLEARED, measures=CLEAR)
    finally:
        await joining.api.run(MEMBER, director.account, True)


async def test_a_stage_is_its_own_seat_s_and_each_seat_speaks_for_itself(begun):
    refused = await begun.act("director", "confirm", ballot=RECOMMENDED)
    assert refused["code"] == "NOT_YOURS_TO_DO"
    assert "支部书记" in refused["message"]
    await begun.to_vetted()
    await begun.goes("director", "clear_family_planning", CLEARED, measures=CLEAR)
    consent = {"superior_party_agreed": True}
    refused = await begun.act("branch_secretary", "accept", noteOnly=True, measures=consent)
    assert demanded(refused) == {("NOT_YOURS_TO_STATE", "superiorPartyAgreed")}
    refused = await begun.act("branch_secretary", "accept", measures=consent)
    assert refused["code"] == "NOT_YOURS_TO_DO"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"ballot": {**RECOMMENDED, "inFavour": -1}}, {("TOO_SMALL", "inFavour")}),
        ({"text": "x" * 2001}, {("TOO_LONG", "text")}),
    ],
)
async def test_bad_input_is_named_and_changes_nothing(begun, api, given, told):
    await begun.of("branch_secretary")
    before = await api.counts()
    assert told <= demanded(await begun.act("branch_secretary", "confirm", **given))
    assert await api.counts() == before


async def test_a_case_is_out_of_sight_of_colleagues_and_of_other_institutions(begun, api):
    stranger = await api.person("party_secretary@hrss-bureau")
    refused = await begun.act(stranger, "confirm", ballot=RECOMMENDED)
    assert refused["code"] == "CASE_NOT_FOUND"
    assert (await stranger.ask(READ, {"id": begun.case["id"]})).codes == ["CASE_NOT_FOUND"]
    assert (await stranger.one(LIST))["edges"] == []
    colleague = await begun.of("section_chief")
    assert (await colleague.ask(READ, {"id": begun.case["id"]})).codes == ["CASE_NOT_FOUND"]
    assert (await begun.begin(stranger))["code"] == "CASE_NOT_KEPT_HERE"


async def test_a_case_tells_what_may_follow_and_why_the_rest_may_not(begun):
    await begun.to_activist()
    follow = by_event(begun.case)
    assert follow["assign_mentors"]["allowed"]
    assert follow["assign_mentors"]["demands"] == ["mentorId"]
    assert "branchCommitteeAgreed" in follow["propose"]["demands"]
    assert [each["code"] for each in follow["propose"]["reasons"]] == ["WAIT_NOT_OVER"]
    mine = await (await begun.of("staff")).one(READ, {"id": begun.case["id"]})
    assert not any(each["allowed"] for each in mine["next"])


async def test_cases_are_listed_newest_first_in_pages(begun, api):
    older = begun.case["id"]
    await api.wait(days=1)
    await begun.begin(await begun.of("section_chief"))
    group = await begun.of("party_group")
    page = await group.one(LIST, {"first": 1})
    assert [edge["node"]["id"] for edge in page["edges"]] == [begun.case["id"]]
    assert page["pageInfo"]["hasNextPage"]
    rest = await group.one(LIST, {"first": 1, "after": page["pageInfo"]["endCursor"]})
    assert [edge["node"]["id"] for edge in rest["edges"]] == [older]
    assert (await group.one(LIST, {"state": "activist"}))["edges"] == []


async def test_an_act_counts_once_on_the_version_that_was_read_and_enters_the_ledger(begun, api):
    ledger = "select count(*) from ledger where event = 'case_advanced'"
    before, key = await api.value(ledger), new()
    given = {"measures": {"branch_committee_agreed": True}, "ballot": RECOMMENDED, "key": key}
    first = await begun.act("branch_secretary", "confirm", version=1, **given)
    again = await begun.act("branch_secretary", "confirm", version=1, **given)
    assert first == again
    stale = await begun.act("branch_secretary", "propose", version=1)
    assert stale["code"] == "CASE_CHANGED"
    assert await api.value(ledger) == before + 1


async def test_of_two_who_act_at_the_same_moment_one_wins_and_one_is_told(begun):
    given = {"measures": {"branch_committee_agreed": True}, "ballot": RECOMMENDED, "version": 1}
    await begun.of("branch_secretary")
    acts = [begun.act("branch_secretary", "confirm", **given) for _ in range(2)]
    answers = await asyncio.gather(*acts)
    assert sorted(answer.get("code", "done") for answer in answers) == [
        "CASE_CHANGED",
        "done",
    ]
    assert begun.case["version"] == 2
