"""Whom a line of the office names agrees to a draft: a seat, or a body at a sitting."""

from datetime import timedelta

from tests.drafting import (
    CENTRE,
    CITE,
    INTERPRETED,
    MINUTES,
    administrators,
    centre,
    drafted,
    enacted,
    submitted,
)
from tests.moving import do
from tests.office import Api, problems
from tests.sittings import keep

__all__ = ["centre"]


async def test_a_line_names_who_agrees_and_none_may_leave_nobody_to(centre: Api) -> None:
    admin, second, director = [
        await centre.person(f"{name}@{CENTRE}")
        for name in ("policy_admin", "policy_admin_2", "director")
    ]
    cite = {**CITE, "clause": "interpretation/98", "area": "personnel", "request_kind": ""}
    line = {
        "role": "director",
        "kind": "rulebook",
        "act": "approve",
        "when": "always",
        "rule": "rulebook-1",
        "order": "1",
        "clause": cite["clause"],
        "effect": "allow",
    }
    ruled = [{"file": "clauses", "add": cite}, {"file": "personnel", "add": line}]
    nobody = [ruled[0], {"file": "personnel", "add": {**line, "role": "vice_mayor"}}]
    refused = await submitted(admin, await drafted(admin, nobody), reason="x")
    assert refused["code"] == "NOBODY_CONFIRMS"
    asked = await submitted(admin, await drafted(admin, ruled), reason="x")
    await do(second, "confirmAct", actId=asked["waits"]["id"])
    asked = await submitted(admin, await drafted(admin, INTERPRETED))
    refused = await do(second, "confirmAct", actId=asked["waits"]["id"])
    assert refused["code"] == "NOT_YOURS_TO_CONFIRM"
    done = await do(director, "confirmAct", actId=asked["waits"]["id"])
    assert done["__typename"] == "Administered", done


async def test_a_body_that_a_line_names_resolves_on_a_draft_at_a_sitting(centre: Api) -> None:
    admin, second = await administrators(centre)
    secretary = await centre.person(f"party_group@{CENTRE}")
    cite = {**CITE, "clause": "interpretation/98", "area": "personnel", "request_kind": ""}
    line = {
        "role": "party_group",
        "kind": "rulebook",
        "act": "approve",
        "when": "always",
        "rule": "rulebook-1",
        "order": "1",
        "clause": cite["clause"],
        "effect": "allow",
    }
    await enacted(centre, [{"file": "clauses", "add": cite}, {"file": "personnel", "add": line}])
    draft = await drafted(admin, INTERPRETED)
    for finding, state in (("FAILED", "DECLINED"), ("PASSED", "CONFIRMED")):
        later = (centre.now + timedelta(days=5)).date().isoformat()
        asked = (await submitted(admin, draft, effectiveFrom=later))["waits"]["id"]
        assert (await do(second, "confirmAct", actId=asked))["code"] == "NOT_YOURS_TO_CONFIRM"
        assert (await do(secretary, "confirmAct", actId=asked))["code"] == "ACT_BY_VOTE"
        matters = [{"actId": asked}]
        begins = (centre.now + timedelta(days=4)).isoformat()
        given = {"body": "party_group", "beginsAt": begins}
        sitting = await keep(secretary, "callSitting", **given, agenda=matters)
        assert "items" in sitting, sitting
        assert "政务纪〔2026〕3号" in sitting["items"][0]["title"]
        await centre.wait(days=4, hours=1)
        came = {"sittingId": sitting["id"], "eligible": 5, "present": 5}
        await keep(secretary, "recordAttendance", **came)
        votes = {"inFavour": 5} if state == "CONFIRMED" else {"inFavour": 0, "against": 5}
        vote = {"itemId": sitting["items"][0]["id"], **votes}
        told = await keep(secretary, "recordVote", **vote)
        if "items" not in told:
            # The text states no majority: of some counts the chair has to find.
            assert problems(told) == {("finding", "FINDING_ASKED")}
            told = await keep(secretary, "recordVote", **vote, finding=finding, reason="多数反对")
        assert "items" in told, told["problems"]
        assert told["items"][0]["outcome"] == finding, told
        acts = await secretary.one("{ administrativeActs(first: 1) { id state } }")
        assert acts == [{"id": asked, "state": state}]
    version = await admin.one(f'{{ rulebook(on: "{later}") {{ document {{ number }} }} }}')
    assert version["document"]["number"] == MINUTES["number"]
