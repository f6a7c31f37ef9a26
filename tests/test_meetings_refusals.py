from asyncio import gather
from typing import Any
from uuid import uuid4

from tests.office import Api, Visitor, cites, problems
from tests.sittings import (
    MEASURES,
    begun,
    called,
    candidates,
    keep,
    never_met,
    secretary_of,
    sittings,
)


async def test_more_votes_than_voters_are_refused_and_nothing_is_kept(api: Api) -> None:
    secretary = await secretary_of(api)
    _, item = await begun(api, secretary)
    before = await api.counts()
    for votes, expected in (
        ({"inFavour": 3, "against": 2}, ("inFavour", "MORE_VOTES_THAN_VOTERS")),
        ({"inFavour": 5}, ("inFavour", "TOO_LARGE")),
        ({"inFavour": -1}, ("inFavour", "TOO_SMALL")),
        ({"inFavour": 4, "writtenInFavour": 2}, ("writtenInFavour", "TOO_LARGE")),
        ({"inFavour": 4, "measures": {}}, ("measures.wide_split", "MEASURE_NOT_STATED")),
        ({"inFavour": 4, "measures": {"mood": 1}}, ("measures.mood", "UNKNOWN_MEASURE")),
    ):
        given = {"measures": MEASURES, **votes}
        refusal = await keep(secretary, "recordVote", itemId=item, **given)
        assert expected in problems(refusal), votes
    assert await api.counts() == before


async def test_a_lost_vote_rejects_the_request(api: Api) -> None:
    secretary = await secretary_of(api)
    _, item = await begun(api, secretary)
    await keep(secretary, "recordVote", itemId=item, inFavour=1, against=3, measures=MEASURES)
    assert await api.value("select status from requests") == "rejected"
    again = await keep(secretary, "recordVote", itemId=item, inFavour=4, measures=MEASURES)
    assert again["code"] == "ITEM_RESOLVED"


async def test_a_vote_that_was_decided_without_the_sitting_is_not_decided_again(api: Api) -> None:
    secretary = await secretary_of(api)
    _, item = await begun(api, secretary)
    await secretary.agree()
    late = await keep(secretary, "recordVote", itemId=item, inFavour=4, measures=MEASURES)
    assert late["code"] == "STEP_NOT_OPEN"
    assert await api.value("select outcome from sitting_items") is None


async def test_a_member_has_no_vote_on_their_own_request(api: Api) -> None:
    secretary = await secretary_of(api)
    _, item = await begun(api, secretary)
    sitting = (await sittings(secretary)).data["sittings"][0]
    ids = [
        (await (await api.person(f"{role}@science-bureau")).one("{ viewer { id } }"))["id"]
        for role in ("staff", "director", "party_secretary")
    ]
    members = [{"personId": each, "attended": True} for each in ids]
    came = await keep(secretary, "recordAttendance", sittingId=sitting["id"], members=members)
    assert (came["eligible"], came["present"], len(came["members"])) == (3, 3, 3)
    most = await keep(secretary, "recordVote", itemId=item, inFavour=3, measures=MEASURES)
    assert problems(most) == {("inFavour", "TOO_LARGE")}
    kept = await keep(secretary, "recordVote", itemId=item, inFavour=2, measures=MEASURES)
    assert (kept["items"][0]["outcome"], kept["items"][0]["ballot"]["present"]) == ("PASSED", 2)
    assert "申请人是成员" in kept["items"][0]["explanation"]


async def test_without_quorum_nothing_is_resolved(api: Api) -> None:
    await secretary_of(api)
    committee = await api.person("branch_committee@construction-bureau")
    sitting = await keep(
        committee,
        "callSitting",
        body="branch_committee",
        beginsAt="2026-03-02T09:00:00+08:00",
        agenda=[{"title": "向支部大会提交的初步意见"}],
    )
    assert (sitting["noticeDue"], sitting["notice"]) == (None, "条文没有写明会前通知的时限")
    [item] = sitting["items"]
    few = {"sittingId": sitting["id"], "eligible": 6, "present": 3}
    await keep(committee, "recordAttendance", **few)
    said = {"finding": "PASSED", "reason": "到会委员一致同意"}
    refusal = await keep(committee, "recordVote", itemId=item["id"], inFavour=3, **said)
    assert refusal["code"] == "NO_QUORUM"
    assert cites([refusal["clause"]]) == ["three-meetings-one-class/二"]
    await keep(committee, "recordAttendance", **{**few, "present": 4})
    unsaid = await keep(committee, "recordVote", itemId=item["id"], inFavour=4)
    assert problems(unsaid) == {("finding", "FINDING_ASKED")}
    found = await keep(committee, "recordVote", itemId=item["id"], inFavour=4, **said)
    [kept] = found["items"]
    assert (kept["outcome"], kept["foundByChair"]) == ("PASSED", True)
    assert kept["reason"] == "到会委员一致同意"
    after = await keep(committee, "recordAttendance", **few)
    assert after["code"] == "ATTENDANCE_STANDS"


async def test_a_sitting_is_its_institution_s_and_its_secretary_s_alone(api: Api) -> None:
    secretary = await secretary_of(api)
    _, item = await begun(api, secretary)
    sitting = (await sittings(secretary)).data["sittings"][0]
    elsewhere = await api.person("party_group@hrss-bureau")
    for name, given in {
        "recordVote": {"itemId": item, "inFavour": 4},
        "recordAttendance": {"sittingId": sitting["id"], "eligible": 5, "present": 5},
        "closeMinutes": {"sittingId": sitting["id"], "minutes": "散会"},
    }.items():
        assert (await keep(elsewhere, name, **given))["code"] == "SITTING_NOT_FOUND"
        for account in ("staff", "party_secretary"):
            visitor = await api.person(f"{account}@science-bureau")
            assert (await keep(visitor, name, **given))["code"] == "NOT_YOUR_BODY"
    assert (await sittings(elsewhere)).data["sittings"] == []
    asked = "query ($id: ID!) { sitting(id: $id) { number } }"
    assert (await elsewhere.ask(asked, {"id": sitting["id"]})).codes == ["SITTING_NOT_FOUND"]
    chair = await api.person("party_secretary@science-bureau")
    assert (await chair.one(asked, {"id": sitting["id"]}))["number"] == "2026-01"
    kept = (await sittings(secretary)).data["sittings"][0]
    assert kept == sitting


async def test_an_agenda_is_of_open_votes_and_matters_of_its_own(api: Api) -> None:
    secretary = await secretary_of(api)
    await begun(api, secretary)
    [candidate] = await candidates(secretary)
    for agenda, path, code in (
        ([{"stepId": candidate["step"]["id"]}], "agenda.0.stepId", "STEP_ON_AGENDA"),
        ([{"title": "某事"}, {"stepId": "bm9uZQ=="}], "agenda.1.stepId", "STEP_NOT_WAITING"),
        ([{"stepId": ""}], "agenda.0.stepId", "STEP_NOT_WAITING"),
        ([{"title": " "}], "agenda.0", "STEP_OR_TITLE"),
        ([{"title": "某" * 201}], "agenda.0.title", "TOO_LONG"),
        ([{"title": "某事", "matter": "nothing"}], "agenda.0.matter", "UNKNOWN_MATTER"),
        ([], "agenda", "EMPTY_AGENDA"),
    ):
        assert problems(await called(secretary, "2026-03-20", *agenda)) == {(path, code)}
    no_body = await keep(
        secretary, "callSitting", body="staff", beginsAt="2026-03-20T09:00:00+08:00", agenda=[]
    )
    assert problems(no_body) == {("body", "NOT_A_BODY")}
    far = await called(secretary, "2199-12-31", {"title": "某事"})
    assert problems(far) == {("beginsAt", "DATE_TOO_FAR")}


async def test_a_matter_comes_to_the_directors_meeting_by_an_approved_request(
    api: Api,
) -> None:
    await never_met(api)
    office = "hrss-bureau"
    keeper = await api.person(f"director_meeting@{office}")
    chief = await api.person(f"section_chief@{office}")
    asked = await chief.submit("meeting.agenda_item", {"explanation": "培训基地方案"})
    meet = {"body": "director_meeting", "beginsAt": "2026-03-02T09:00:00+08:00"}
    before = await api.counts()
    for agenda in ({"title": "培训基地方案"}, {"requestId": asked["id"]}):
        refused = await keep(keeper, "callSitting", **meet, agenda=[agenda])
        assert problems(refused) == {("agenda.0.requestId", "NOT_BROUGHT_IN")}
        assert cites([each["clause"] for each in refused["problems"]]) == ["meetings/一"]
    assert await api.counts() == before
    for role in ("office_clerk", "office_director"):
        await (await api.person(f"{role}@{office}")).agree()
    sitting = await keep(keeper, "callSitting", **meet, agenda=[{"requestId": asked["id"]}])
    again = await keep(keeper, "callSitting", **meet, agenda=[{"requestId": asked["id"]}])
    assert problems(again) == {("agenda.0.requestId", "BROUGHT_IN_BEFORE")}
    await keep(keeper, "recordAttendance", sittingId=sitting["id"], eligible=5, present=5)
    told = await keep(keeper, "recordVote", itemId=sitting["items"][0]["id"], inFavour=5)
    assert told["items"][0]["outcome"] == "PASSED"


async def test_attendance_is_two_numbers_or_members_of_the_office_once_each(api: Api) -> None:
    secretary = await secretary_of(api)
    await begun(api, secretary)
    sitting = (await sittings(secretary)).data["sittings"][0]
    me = {"personId": (await secretary.one("{ viewer { id } }"))["id"], "attended": True}
    outsider = await api.person("director@hrss-bureau")
    other = {"personId": (await outsider.one("{ viewer { id } }"))["id"], "attended": True}
    keeper = await api.person("office_director@science-bureau")
    sits_in = {"personId": (await keeper.one("{ viewer { id } }"))["id"], "attended": True}
    for given, expected in (
        ({}, ("eligible", "COUNT_OR_MEMBERS")),
        ({"eligible": 5}, ("eligible", "COUNT_OR_MEMBERS")),
        ({"eligible": 5, "members": [me]}, ("eligible", "COUNT_OR_MEMBERS")),
        ({"members": [me, me]}, ("members", "NAMED_TWICE")),
        ({"members": [me, other]}, ("members", "UNKNOWN_MEMBER")),
        ({"members": [me, sits_in]}, ("members", "SITS_IN")),
        ({"eligible": 0, "present": 0}, ("eligible", "TOO_SMALL")),
        ({"eligible": 5, "present": 6}, ("present", "TOO_LARGE")),
        ({"eligible": 5, "present": -1}, ("present", "TOO_SMALL")),
    ):
        refusal = await keep(secretary, "recordAttendance", sittingId=sitting["id"], **given)
        assert problems(refusal) == {expected}, given


async def test_twins_of_one_call_are_answered_alike_and_two_calls_get_two_numbers(api: Api) -> None:
    secretary = await secretary_of(api)
    _, item = await begun(api, secretary)
    given = {"itemId": item, "inFavour": 4, "measures": MEASURES}
    key = str(uuid4())
    first, second = await gather(*(keep(secretary, "recordVote", key, **given) for _ in range(2)))
    assert first == second
    assert first["items"][0]["outcome"] == "PASSED"
    both = await gather(*(called(secretary, "2026-03-20", {"title": each}) for each in "甲乙"))
    assert {each["number"] for each in both} == {"2026-02", "2026-03"}


async def test_whom_no_matter_concerns_has_no_seat_unless_they_were_asked(api: Api) -> None:
    office = "service-centre"
    await never_met(api)
    clerk, chief = (
        await api.person(f"office_clerk@{office}"),
        await api.person(f"section_chief@{office}"),
    )
    who = (await chief.one("{ viewer { id } }"))["id"]
    member = {"personId": await _id(await api.person(f"party_group@{office}")), "attended": True}
    meet = {"body": "party_group", "beginsAt": api.now.isoformat()}
    given = {**meet, "agenda": [{"title": "年度工作"}]}
    sitting = await keep(clerk, "callSitting", **given)
    assert who not in {each["id"] for each in sitting["due"]}
    asked = {"sittingId": sitting["id"], "members": [member, {"personId": who, "attended": True}]}
    before = await api.counts()
    refused = await keep(clerk, "recordAttendance", **asked)
    assert problems(refused) == {("members", "NOT_CONCERNED")}
    assert cites([refused["problems"][0]["clause"]]) == ["meetings/二、三、五（党组）"]
    assert await api.counts() == before
    asked["members"][1]["sitsIn"] = True
    came = await keep(clerk, "recordAttendance", **asked)
    assert (came["eligible"], [each["sitsIn"] for each in came["members"]].count(True)) == (1, 1)
    invited = await keep(clerk, "callSitting", **given, invited=[who])
    assert (who, True) in {(each["id"], each["sitsIn"]) for each in invited["due"]}
    told = await chief.one("{ notices { edges { node { code sentence } } } }")
    [notice] = [each["node"] for each in told["edges"] if each["node"]["code"] == "SITTING_CALLED"]
    assert "中心党组" in notice["sentence"]


async def test_who_is_below_a_deputy_section_head_only_sits_in_at_the_bureau_meeting(
    api: Api,
) -> None:
    await never_met(api)
    keeper = await api.person("party_group@hrss-bureau")
    agenda, now = [{"title": "总结上季度工作"}], api.now.isoformat()
    meet = {"body": "bureau_meeting", "beginsAt": now, "agenda": agenda}
    sitting = await keep(keeper, "callSitting", **meet)
    who = {
        each: await _id(await api.person(f"{each}@hrss-bureau")) for each in ("director", "staff")
    }
    came = {each: {"personId": key, "attended": True} for each, key in who.items()}
    asked = {"sittingId": sitting["id"], "members": [*came.values()]}
    refused = await keep(keeper, "recordAttendance", **asked)
    assert problems(refused) == {("members", "NOT_CONCERNED")}
    assert cites([refused["problems"][0]["clause"]]) == ["meetings/三"]
    came["staff"]["sitsIn"] = True
    assert (await keep(keeper, "recordAttendance", **asked))["eligible"] == 1


async def _id(visitor: Visitor) -> str:
    return str((await visitor.one("{ viewer { id } }"))["id"])


async def test_to_a_meeting_that_each_section_has_are_due_those_of_the_section(api: Api) -> None:
    office = "hrss-bureau"
    await never_met(api)
    chief = await api.person(f"section_chief@{office}")
    meet = {"body": "section_meeting", "beginsAt": api.now.isoformat()}
    sitting = await keep(chief, "callSitting", **meet, agenda=[{"title": "下月工作"}])
    own = """select p.name from people p join appointments a on a.person_id = p.id
             join seats s on s.id = a.seat_id where s.institution_id = $1 and s.unit_id in (
               select s.unit_id from seats s join appointments a on a.seat_id = s.id
               join accounts c on c.person_id = a.person_id
               where c.account = $2 and s.institution_id = $1 and s.role = 'section_chief')"""
    of_unit = {row["name"] for row in await api.rows(own, office, chief.account)}
    assert {each["name"] for each in await _due(chief, sitting)} == of_unit


async def _due(visitor: Visitor, sitting: Any) -> list[Any]:
    asked = "query ($id: ID!) { sitting(id: $id) { due { name } } }"
    return list((await visitor.one(asked, {"id": sitting["id"]}))["due"])
