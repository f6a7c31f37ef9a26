"""Who is asked to a meeting reads of it, may be let off it, and its open minutes are told of."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from domain.time.moments import OFFICE_TIME
from schema.ground.ids import global_id
from tests.duty import enter
from tests.office import Api, Visitor, problems
from tests.sittings import keep, never_met

HERE = "science-bureau"
TOLD = "{ notices { edges { node { code } } } }"


async def told(visitor: Visitor) -> set[str]:
    return {each["node"]["code"] for each in (await visitor.one(TOLD))["edges"]}


async def listed(visitor: Visitor, asked: str) -> list[Any]:
    return list(await visitor.one(f"{{ {asked} {{ id minutes members {{ excused }} }} }}"))


async def test_a_meeting_is_read_by_those_called_to_it_who_may_be_let_off_and_is_minuted(api: Api):
    await never_met(api)
    await api.empty("notices")
    roles = ("director", "office_director", "team_member", "staff")
    director, clerk, member, staff = [await api.person(f"{each}@{HERE}") for each in roles]
    given = {"body": "joint_meeting", "beginsAt": "2026-03-06T09:00:00+08:00"}
    sitting = await keep(director, "callSitting", **given, agenda=[{"title": "年度计划"}])
    for visitor, mine in ((member, [sitting["id"]]), (staff, []), (director, [sitting["id"]])):
        assert [each["id"] for each in await listed(visitor, "mySittings")] == mine
    one = f'sitting(id: "{sitting["id"]}")'
    assert (await member.one(f"{{ {one} {{ items {{ title }} }} }}"))["items"] == [
        {"title": "年度计划"}
    ]
    assert (await staff.ask(f"{{ {one} {{ id }} }}")).codes == ["NOT_YOUR_BODY"]

    chair = {"role": "meeting_chair", "personId": await me(director)}
    form = {"explanation": "出差", "named": [chair]}
    none = await member.submit("meeting.absence", {**form, "sittingId": await me(staff)})
    assert none["code"] == "INVALID_INPUT", none
    for name, word, code in (
        ("sittingId", "Sitting", "SITTING_NOT_FOUND"),
        ("outsideId", "MeetingOutside", "NOT_FOUND_HERE"),
    ):
        gone = await member.submit("meeting.absence", {**form, name: global_id(word, uuid4())})
        assert problems(gone) == {(name, code)}
    other = {"named": [{**chair, "personId": await me(clerk)}], "sittingId": sitting["id"]}
    assert problems(await member.submit("meeting.absence", {**form, **other})) == {
        ("named", "NOT_IN_THE_CHAIR")
    }
    asked = await member.submit("meeting.absence", {**form, "sittingId": sitting["id"]})
    assert asked["status"] == "PENDING", asked
    await director.agree()

    unminuted = 'sittings(body: "joint_meeting", unminuted: true)'
    assert await listed(clerk, unminuted) == []
    await api.wait(days=4)
    assert [each["id"] for each in await listed(clerk, unminuted)] == [sitting["id"]]
    assert "MINUTES_TO_CLOSE" not in await told(clerk)
    members = [
        {"personId": await me(director), "attended": True},
        {"personId": await me(member), "attended": False},
    ]
    held = await keep(clerk, "recordAttendance", sittingId=sitting["id"], members=members)
    assert [each["excused"] for each in held["members"] if not each["attended"]] == [True]
    assert "MINUTES_TO_CLOSE" in await told(clerk)
    await keep(clerk, "closeMinutes", sittingId=sitting["id"], minutes="研究年度计划")
    assert await listed(clerk, unminuted) == []
    assert [each["minutes"] for each in await listed(member, "mySittings")] == ["研究年度计划"]


async def me(visitor: Visitor) -> str:
    return str((await visitor.one("{ viewer { id } }"))["id"])


async def test_who_is_due_at_many_meetings_is_asked_at_once(api: Api):
    await never_met(api)
    director = await api.person(f"director@{HERE}")
    for day in ("06", "13"):
        given = {"body": "joint_meeting", "beginsAt": f"2026-03-{day}T09:00:00+08:00"}
        await keep(director, "callSitting", **given, agenda=[{"title": "年度计划"}])
    [later, first] = await director.one('{ sittings(body: "joint_meeting") { due { name } } }')
    assert later == first != {"due": []}


async def test_whoever_goes_instead_to_a_meeting_is_named_when_it_is_asked(api: Api):
    staff = await api.person(f"staff@{HERE}")
    asked = {"explanation": "原参会人出差", "urgency": "NORMAL"}
    stranger = await me(await api.person("staff@hrss-bureau"))
    refused = await staff.submit("meeting.substitute", {**asked, "substituteId": stranger})
    assert problems(refused) == {("substituteId", "NOBODY_HERE")}
    instead = await me(await api.person(f"section_chief@{HERE}"))
    sent = await staff.submit("meeting.substitute", {**asked, "substituteId": instead})
    assert sent["status"] == "PENDING", sent


async def test_a_sitting_that_is_called_off_is_told_and_its_matters_wait_for_the_next(api: Api):
    await never_met(api)
    await api.empty("notices", "cadence_records")
    director = await api.person(f"director@{HERE}")
    member, staff = [await api.person(f"{role}@{HERE}") for role in ("team_member", "staff")]
    given = {"body": "joint_meeting", "beginsAt": "2026-03-06T09:00:00+08:00"}
    sitting = await keep(director, "callSitting", **given, agenda=[{"title": "年度计划"}])
    which = {"sittingId": sitting["id"], "reason": "局长出差，改期召开"}
    before = await api.counts()
    assert (await keep(staff, "callOffSitting", **which))["code"] == "NOT_YOUR_BODY"
    assert problems(await keep(director, "callOffSitting", **{**which, "reason": " "})) == {
        ("reason", "REQUIRED")
    }
    assert await api.counts() == before
    off = await keep(director, "callOffSitting", **which)
    assert [each["outcome"] for each in off["items"]] == ["DEFERRED"]
    assert "SITTING_CALLED_OFF" in await told(member)
    assert (await keep(director, "callOffSitting", **which))["code"] == "MINUTES_CLOSED"
    [mine] = await member.one("{ mySittings { calledOff minutes } }")
    assert mine == {"calledOff": True, "minutes": "局长出差，改期召开"}
    later = {**given, "beginsAt": "2026-03-07T09:00:00+08:00"}
    again = await keep(director, "callSitting", **later, agenda=[])
    assert [each["carried"] for each in again["items"]] == [True]
    await api.wait(days=6)
    late = await keep(director, "callOffSitting", sittingId=again["id"], reason="改期")
    assert late["code"] == "SITTING_BEGUN"
    assert await api.value("select count(*) from cadence_records") == 0, "it was not held"


async def test_what_a_meeting_said_is_let_out_by_who_chairs_it(api: Api):
    await never_met(api)
    await api.empty("meeting_releases")
    roles = ("director", "party_secretary", "office_director", "staff")
    director, secretary, clerk, staff = [await api.person(f"{each}@{HERE}") for each in roles]
    given = {"body": "party_group", "beginsAt": "2026-03-06T09:00:00+08:00"}
    sitting = await keep(clerk, "callSitting", **given, agenda=[{"title": "年度计划"}])
    told = {"sittingId": sitting["id"], "releasedOn": "2026-03-02"}
    release = {**told, "contents": "年度计划要点", "audience": "各股室"}
    assert (await enter(staff, "MeetingRelease", **release))["code"] == "NOT_A_KEEPER"
    chairless = await enter(director, "MeetingRelease", **release)
    assert problems(chairless) == {("sittingId", "NOT_IN_THE_CHAIR")}
    gone = {**release, "sittingId": global_id("Sitting", uuid4())}
    assert problems(await enter(secretary, "MeetingRelease", **gone)) == {
        ("sittingId", "SITTING_NOT_FOUND")
    }
    assert (await enter(secretary, "MeetingRelease", **release))["lineId"]
    asked = "{ meetingReleases { edges { node { audience } } } }"
    seen = [len((await who.one(asked))["edges"]) for who in (clerk, staff)]
    assert seen == [1, 0]


async def test_a_matter_whose_papers_were_late_is_not_put_on_the_agenda(api: Api):
    await never_met(api)
    secretary = await api.person(f"party_secretary@{HERE}")
    api.now = datetime(2026, 5, 20, 10, tzinfo=OFFICE_TIME)
    given = {"body": "party_group", "beginsAt": "2026-05-21T09:00:00+08:00"}
    given["noticedAt"] = "2026-05-18T10:00:00+08:00"
    listed = [
        {"title": f"议题{day}", "papersSentAt": f"2026-05-{day}T09:00:00+08:00"}
        for day in (18, 19, 20)
    ]
    before = await api.counts()
    late = await keep(secretary, "callSitting", **given, agenda=listed)
    assert problems(late) == {("agenda.2.papersSentAt", "NOTICE_TOO_LATE")}
    assert [each["clause"]["cite"] for each in late["problems"]] == ["3(3)"]
    assert await api.counts() == before
    assert "id" in await keep(secretary, "callSitting", **given, agenda=listed[:2])


async def test_who_chaired_a_meeting_is_put_down_and_is_whom_the_clause_has_chair_it(api: Api):
    await never_met(api)
    roles = ("director", "office_director", "team_member", "party_secretary")
    director, clerk, member, secretary = [await api.person(f"{each}@{HERE}") for each in roles]
    given = {"body": "joint_meeting", "beginsAt": api.now.isoformat()}
    called = await keep(director, "callSitting", **given, agenda=[{"title": "年度计划"}])
    which = {"sittingId": called["id"]}
    came = [{"personId": await me(each), "attended": True} for each in (director, member)]
    stranger = await me(await api.person("staff@hrss-bureau"))
    before = await api.counts()
    for chair, code in ((member, "NOT_IN_THE_CHAIR"), (secretary, "CHAIR_NOT_THERE")):
        said = {**which, "members": came, "chairedById": await me(chair)}
        assert problems(await keep(clerk, "recordAttendance", **said)) == {("chairedById", code)}
    unknown = await keep(
        clerk, "recordAttendance", **which, eligible=7, present=5, chairedById=stranger
    )
    assert problems(unknown) == {("chairedById", "UNKNOWN_MEMBER")}
    assert await api.counts() == before
    said = {**which, "members": came, "chairedById": await me(director)}
    held = await keep(clerk, "recordAttendance", **said)
    assert held["chairedBy"] == (await director.one("{ viewer { name } }"))["name"]
    entry = {**which, "releasedOn": "2026-03-02", "contents": "年度计划", "audience": "各股室"}
    by_another = await enter(secretary, "MeetingRelease", **entry)
    assert problems(by_another) >= {("sittingId", "NOT_IN_THE_CHAIR")}, by_another
