"""The meeting of a branch that admits a member: its steps, who came, and how it is voted."""

from tests.party_branch import PASSED, demanded
from tests.test_party_journey import begun, joining

__all__ = ["begun", "joining"]


async def test_a_branch_meeting_without_majority_or_quorum_passes_nothing(begun):
    await begun.to_form_completed()
    too_few = {"eligible": 9, "present": 4, "inFavour": 0}
    opened = await begun.act("branch_secretary", "candidate_reports", text="汇报", ballot=too_few)
    assert ("GUARD_NOT_MET", "meeting_quorate") in demanded(opened)
    early = await begun.act("branch_secretary", "pass", ballot=PASSED)
    assert demanded(early) == {("NO_TRANSITION", "event")}
    here = {"eligible": 9, "present": 6, "inFavour": 0}
    await begun.notes("candidate_reports", ballot=here)
    for event in ("introducers_speak", "committee_reports", "discuss", "candidate_answers"):
        await begun.notes(event)
    two = {"candidates_at_meeting": 2, "voted_one_by_one": False}
    together = await begun.act("branch_secretary", "vote", measures=two)
    assert ("GUARD_NOT_MET", "votedOneByOne") in demanded(together)
    await begun.branch("vote", "voted", **two | {"voted_one_by_one": True})
    half = {"eligible": 8, "present": 6, "inFavour": 4, "against": 2}
    refused = await begun.act("branch_secretary", "pass", ballot=half)
    assert demanded(refused) == {
        ("GUARD_NOT_MET", "resolution_passed"),
        ("MAJORITY_MISSED", "ballot"),
    }
    few = {"eligible": 9, "present": 4, "inFavour": 4}
    few |= {"writtenInFavour": 5, "writtenAt": PASSED["writtenAt"]}
    refused = await begun.act("branch_secretary", "pass", ballot=few)
    assert ("GUARD_NOT_MET", "meeting_quorate") in demanded(refused)
    wrong = {"eligible": 9, "present": 6, "inFavour": 7}
    refused = await begun.act("branch_secretary", "pass", ballot=wrong)
    assert demanded(refused) == {("TOO_LARGE", "inFavour")}
    # A written opinion counts that came in before the meeting, and it says when.
    for written, code in ((None, "REQUIRED"), (begun.api.now.isoformat(), "WRITTEN_OPINION_LATE")):
        refused = await begun.act(
            "branch_secretary", "pass", ballot=PASSED | {"writtenAt": written}
        )
        assert demanded(refused) == {(code, "writtenAt")}
    await begun.goes("branch_secretary", "reject", "meeting_rejected", ballot=half)


async def test_probation_is_announced_noted_and_talked_over_and_reminded_of_when_it_is_over(begun):
    await begun.to_probationary()
    clocks = "{ clocks { edges { node { action dueAt } } } }"
    applicant = await begun.of("staff")
    due = [each["node"] for each in (await applicant.one(clocks))["edges"]]
    passed = begun.api.now.date()
    over = passed.replace(year=passed.year + 1).isoformat()
    assert [each["dueAt"][:10] for each in due if "转正" in each["action"]] == [over]
    await begun.notes("announce")
    await begun.notes("note_probation")
    found = {"problem_found": True}
    silent = await begun.act("branch_secretary", "note_probation", text="问题", measures=found)
    assert ("GUARD_NOT_MET", "problemTalked") in demanded(silent)
    await begun.notes("note_probation", measures=found | {"problem_talked": True})
    assert begun.case["state"] == "probationary"


async def test_a_mentor_writes_in_the_book_what_they_saw_and_the_branch_is_told(begun):
    await begun.to_activist()
    [mentor] = await begun.persons("director")
    refused = await begun.act("director", "reflect", text="思想稳定")
    assert refused["code"] in {"NOT_YOURS_TO_DO", "CASE_NOT_FOUND"}
    await begun.goes("branch_secretary", "assign_mentors", "activist", mentorId=mentor)
    await begun.goes("director", "reflect", "activist", text="思想稳定，工作主动")
    assert begun.case["history"][-1]["comment"] == "思想稳定，工作主动"
    told = await (await begun.of("branch_secretary")).one("{ notices { edges { node { code } } } }")
    assert "MENTOR_REFLECTED" in {edge["node"]["code"] for edge in told["edges"]}


async def test_what_the_masses_say_during_publicity_is_noted_and_verified(begun):
    await begun.to_proposed()
    silent = await begun.act("branch_secretary", "hear")
    assert ("REQUIRED", "text") in demanded(silent)
    for event in ("hear", "verify"):
        await begun.goes("branch_secretary", event, "proposed_candidate", text="反映其常迟到")
    await begun.api.wait(days=8)
    harmless = {"publicity_outcome": "objection_harmless"}
    await begun.branch("publicise", "publicity_passed", **harmless)
    assert begun.case["history"][-1]["measures"]["publicity_days"] == "8"


async def test_whoever_is_not_qualified_after_the_extension_loses_the_status(begun):
    await begun.to_probationary()
    branch = await begun.of("branch_secretary")
    ask = """query ($input: PathPreviewInput!) { pathPreview(input: $input) {
      ... on PathPreview { to } ... on Refusal { code } } }"""
    found = {"probation_finding": "unqualified", "resolution_passed": True}
    for approved in (True, False):
        given = {
            "institution": "construction-bureau", "path": "party.full_member",
            "from": "extended", "attempt": "cancel",
            "measures": found | {"party_group_approved": approved},
        }  # fmt: skip
        told = await branch.one(ask, {"input": given})
        assert (told == {"to": "cancelled"}) is approved, told
