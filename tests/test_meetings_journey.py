from collections import Counter
from uuid import uuid4

from resolvers.ground import ledger
from tests.office import Api, cites, problems
from tests.sittings import called, candidates, keep, proposed, secretary_of, sittings

PAPERS_CLAUSE = "party-group-rules/3(3)"


async def test_a_divided_item_is_put_off_and_the_next_sitting_decides_the_request(api: Api) -> None:
    secretary = await secretary_of(api)
    request, before = await proposed(api), await events(api)
    [candidate] = await candidates(secretary)
    assert candidate["request"]["number"] == request["number"]
    assert (candidate["step"]["act"], candidate["sitting"]) == ("VOTE", None)

    item = {"stepId": candidate["step"]["id"]}
    late = await called(secretary, "2026-03-03", item)
    assert problems(late) == {("noticedAt", "NOTICE_TOO_LATE")}
    assert cites([late["clause"]]) == [PAPERS_CLAUSE]

    first = await called(secretary, "2026-03-06", item, {"title": "通报一季度党建工作"})
    assert (first["number"], first["title"]) == ("2026-01", "局党组")
    assert first["noticeDue"] == "2026-03-04T23:59:59+08:00"
    assert cites([first["noticeClause"]]) == [PAPERS_CLAUSE]
    [clock] = await api.rows("select state, due_at, clause from clocks")
    assert (clock["state"], clock["clause"]) == ("done", PAPERS_CLAUSE)
    assert clock["due_at"].isoformat() == "2026-03-04T15:59:59+00:00"
    assert [each["matter"] for each in first["items"]] == ["decision.major", ""]
    assert [each["sitting"] for each in await candidates(secretary)] == ["2026-01"]

    early = await keep(secretary, "recordAttendance", sittingId=first["id"], eligible=5, present=5)
    assert early["code"] == "SITTING_NOT_BEGUN"
    await api.wait(days=4)
    [major, report] = (each["id"] for each in first["items"])
    unready = await keep(secretary, "recordVote", itemId=major, inFavour=3)
    assert unready["code"] == "ATTENDANCE_MISSING"
    await keep(secretary, "recordAttendance", sittingId=first["id"], eligible=5, present=5)
    measures = {"wide_split": True, "emergency": False}
    votes = {"inFavour": 3, "against": 2, "measures": measures}
    divided = await keep(secretary, "recordVote", itemId=major, **votes)
    assert [each["outcome"] for each in divided["items"]] == ["DEFERRED", None]
    assert cites(divided["items"][0]["clauses"]) == ["party-group-rules/3(5)"]
    assert [each["request"]["number"] for each in await candidates(secretary)]
    closed = await keep(
        secretary, "closeMinutes", sittingId=first["id"], minutes="分歧较大，暂缓。"
    )
    assert [each["outcome"] for each in closed["items"]] == ["DEFERRED", "DEFERRED"]

    second = await called(secretary, "2026-03-13")
    again, heard = second["items"]
    assert (again["carried"], again["revote"], heard["revote"]) == (True, True, False)
    assert again["requestId"] == request["id"]
    await api.wait(days=7)
    await keep(secretary, "recordAttendance", sittingId=second["id"], eligible=5, present=4)
    key = str(uuid4())
    resolved = await keep(
        secretary, "recordVote", key, itemId=again["id"], inFavour=3, against=1, measures={}
    )
    assert resolved["items"][0]["outcome"] == "PASSED"
    assert resolved["items"][0]["foundByChair"] is False
    repeated = await keep(
        secretary, "recordVote", key, itemId=again["id"], inFavour=3, against=1, measures={}
    )
    assert repeated == resolved

    applicant = await api.person("staff@science-bureau")
    asked = """query ($id: ID!) { node(id: $id) { ... on Request { status
      steps { decision comment decidedBy { name } onBehalfOf { role } } } } }"""
    seen = await applicant.one(asked, {"id": request["id"]})
    assert seen["status"] == "APPROVED"
    [step] = seen["steps"]
    assert (step["decision"], step["onBehalfOf"]["role"]) == ("AGREE", "party_group")
    assert step["comment"] == "局党组2026-02号会议决议：赞成 3，反对 1，弃权 0，书面赞成 0"
    assert (await sittings(applicant)).codes == ["NOT_YOUR_BODY"]
    assert await candidates(secretary) == []

    lost = await keep(secretary, "recordVote", itemId=heard["id"], inFavour=1, against=3,
                      measures={"major": False})  # fmt: skip
    assert lost["items"][1]["outcome"] == "FAILED"
    minutes = "到会4人,通过一项,否决一项。"
    await keep(secretary, "closeMinutes", sittingId=second["id"], minutes=minutes)
    for name, given in {
        "recordVote": {"itemId": heard["id"], "inFavour": 4},
        "recordAttendance": {"sittingId": second["id"], "eligible": 5, "present": 5},
        "closeMinutes": {"sittingId": second["id"], "minutes": "改"},
    }.items():
        assert (await keep(secretary, name, **given))["code"] == "MINUTES_CLOSED"
    listed = (await sittings(secretary)).data["sittings"]
    assert [(each["number"], each["minutes"]) for each in listed] == [
        ("2026-02", minutes),
        ("2026-01", "分歧较大，暂缓。"),
    ]
    assert report != heard["id"]
    assert await events(api) - before == Counter(
        sitting_called=2,
        sitting_attended=2,
        sitting_resolved=3,
        sitting_closed=2,
        decided=1,
        duty_recorded=1,
    )
    async with api.services.database.transaction("science-bureau", read_only=True) as reading:
        assert (await ledger.check(reading, "science-bureau"))[0] == []


async def events(api: Api, office: str = "science-bureau") -> Counter[str]:
    told = await api.rows("select event from ledger where institution_id = $1", office)
    return Counter(row["event"] for row in told)
