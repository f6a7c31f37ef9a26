"""Bodies meeting in tests: how their secretary calls, counts and closes a sitting."""

from typing import Any
from uuid import uuid4

from tests.office import REFUSAL, Api, Visitor, states

CLAUSE = "regulation cite"
SITTING = f"""id kind number body title noticeDue notice
  noticeClause {{ {CLAUSE} }} eligible present chairedBy
  members {{ name attended excused sitsIn }} due {{ id name sitsIn }}
  particulars {{ ... on StudySession {{ topic lecturer hours }} }} minutes closedBy
  items {{ id title matter requestId carried revote withdrawn ballot heard {{ name inWriting }}
           outcome foundByChair reason explanation secretBallot {{ open voters voted inFavour }}
           clauses {{ {CLAUSE} }} }}"""
TABLES = (
    *("sittings", "sitting_items", "sitting_attendance"),
    *("sitting_ballots", "sitting_voters", "sitting_tasks"),
)
MEASURES = {"wide_split": False}


async def keep(visitor: Visitor, name: str, key: str | None = None, **given: Any) -> Any:
    """A mutation of a sitting: the sitting as it left it, or the refusal."""
    words = name[0].upper() + name[1:]
    answer = await visitor.one(
        f"mutation ($input: {words}Input!) {{ {name}(input: $input) {{ __typename"
        f" ... on SittingKept {{ sitting {{ {SITTING} }} }} ... on Refusal {{ {REFUSAL} }} }} }}",
        {"input": {**given, "idempotencyKey": key or str(uuid4())}},
    )
    return answer.get("sitting", answer)


async def candidates(visitor: Visitor, body: str = "party_group") -> list[Any]:
    asked = """query ($body: String!) { openVoteSteps(body: $body) {
      step { id act clause { cite } } request { number } sitting } }"""
    return list(await visitor.one(asked, {"body": body}))


async def sittings(visitor: Visitor, body: str = "party_group") -> Any:
    asked = f"query ($body: String!) {{ sittings(body: $body) {{ {SITTING} }} }}"
    return await visitor.ask(asked, {"body": body})


async def proposed(api: Api) -> Any:
    applicant = await api.person("staff@science-bureau")
    form = {"explanation": "党风廉政建设责任分工", "topic": "PARTY_INTEGRITY", "major": True}
    request = await applicant.submit("decision.major", form)
    assert states(request) == [("party_group", "VOTE", "OPEN")]
    return request


async def never_met(api: Api) -> None:
    await api.empty(*TABLES)


async def secretary_of(api: Api) -> Visitor:
    """The secretary of the party group, which has never met."""
    await never_met(api)
    return await api.person("party_group@science-bureau")


async def called(secretary: Visitor, begins: str, *agenda: Any) -> Any:
    return await keep(
        secretary,
        "callSitting",
        body="party_group",
        beginsAt=f"{begins}T09:00:00+08:00",
        agenda=list(agenda),
    )


async def begun(api: Api, secretary: Visitor, **attendance: Any) -> Any:
    request = await proposed(api)
    [candidate] = await candidates(secretary)
    sitting = await called(secretary, "2026-03-06", {"stepId": candidate["step"]["id"]})
    await api.wait(days=4)
    came = attendance or {"eligible": 5, "present": 4}
    await keep(secretary, "recordAttendance", sittingId=sitting["id"], **came)
    return request, sitting["items"][0]["id"]


async def at_a_meeting(keeper: Visitor, body: str, step: str, present: int, of: int) -> Any:
    """A body meets at once on a request's step, and all who came agree."""
    now = keeper.api.now.isoformat()
    agenda = [{"stepId": step}]
    called = await keep(keeper, "callSitting", body=body, beginsAt=now, agenda=agenda)
    assert "id" in called, called
    came = {"sittingId": called["id"], "eligible": of, "present": present}
    await keep(keeper, "recordAttendance", **came)
    said = {"inFavour": present, "finding": "PASSED", "reason": "到会成员一致同意"}
    said |= {"itemId": called["items"][0]["id"]}
    done = await keep(keeper, "recordVote", **said)
    if done.get("code") != "MEMBERS_ASKED":
        return done
    chief = await keeper.api.person(f"section_chief@{keeper.account.partition('@')[2]}")
    explains = (await chief.one("{ viewer { id } }"))["id"]
    due = [each["id"] for each in called["due"] if not each["sitsIn"]]
    members = [{"personId": each, "attended": True} for each in due]
    members += [{"personId": explains, "attended": True, "sitsIn": True}]
    await keep(keeper, "recordAttendance", sittingId=called["id"], members=members)
    heard = [{"personId": each, "said": "同意"} for each in (*due, explains)]
    agreed = {"itemId": said["itemId"], "inFavour": len(due), "heard": heard}
    return await keep(keeper, "recordVote", **agreed)
