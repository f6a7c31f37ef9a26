from uuid import uuid4

from tests.office import REFUSAL, Api, problems
from tests.sittings import MEASURES, begun, keep, secretary_of

TASK = "id task item responsible dueOn overdue report doneBy"


async def act(visitor, name, key=None, **given):
    words = name[0].upper() + name[1:]
    answer = await visitor.one(
        f"mutation ($input: {words}Input!) {{ {name}(input: $input) {{ __typename"
        f" ... on SittingTaskKept {{ task {{ {TASK} }} }} ... on Refusal {{ {REFUSAL} }} }} }}",
        {"input": {**given, "idempotencyKey": key or str(uuid4())}},
    )
    return answer.get("task", answer)


async def listed(visitor, **asked):
    told = "".join(f", {name}: {value}" for name, value in asked.items()).lstrip(", ")
    return await visitor.one(f"{{ sittingTasks{f'({told})' if told else ''} {{ {TASK} }} }}")


async def test_a_resolution_says_who_does_what_by_when_and_what_is_late_is_listed(api: Api):
    secretary = await secretary_of(api)
    _, item = await begun(api, secretary)
    director = await api.person("director@science-bureau")
    who = await director.one("{ viewer { id name } }")
    asked = {"itemId": item, "task": "制定分工方案", "responsibleId": who["id"]}
    early = await act(secretary, "assignSittingTask", **asked, dueOn="2026-03-20")
    assert early["code"] == "NOTHING_RESOLVED"
    await keep(secretary, "recordVote", itemId=item, inFavour=4, measures=MEASURES)
    key = str(uuid4())
    task = await act(secretary, "assignSittingTask", key, **asked, dueOn="2026-03-20")
    assert (task["responsible"], task["overdue"], task["report"]) == (who["name"], False, None)
    assert await act(secretary, "assignSittingTask", key, **asked, dueOn="2026-03-20") == task
    assert await listed(director) == [task]
    assert await listed(secretary) == []
    assert await listed(secretary, body='"party_group"', overdue="true") == []
    await api.wait(days=30)
    [late] = await listed(secretary, body='"party_group"', overdue="true")
    assert (late["id"], late["overdue"]) == (task["id"], True)

    done = {"taskId": task["id"], "report": "方案已印发"}
    finished = await act(director, "finishSittingTask", **done)
    assert (finished["report"], finished["doneBy"]) == ("方案已印发", who["name"])
    assert (await act(secretary, "finishSittingTask", **done))["code"] == "TASK_DONE"
    assert await listed(director, overdue="true") == []
    told = await api.rows(
        "select event from ledger where institution_id = 'science-bureau' and event like 'task%'"
        " order by seq desc limit 2"
    )
    assert [row["event"] for row in told] == ["task_done", "task_assigned"]


async def test_whoever_has_a_task_is_told_so_and_urged_when_it_is_late(api: Api):
    await api.empty("notices", "clocks")
    secretary = await secretary_of(api)
    _, item = await begun(api, secretary)
    await keep(secretary, "recordVote", itemId=item, inFavour=4, measures=MEASURES)
    director = await api.person("director@science-bureau")
    office = await api.person("office_director@science-bureau")
    who = (await director.one("{ viewer { id } }"))["id"]
    asked = {"itemId": item, "task": "督办", "responsibleId": who, "dueOn": "2026-03-20"}
    await act(secretary, "assignSittingTask", **asked)

    async def told(visitor) -> list[str]:
        seen = await visitor.one("{ notices { edges { node { code } } } }")
        return [edge["node"]["code"] for edge in seen["edges"]]

    assert await told(director) == ["TASK_ASSIGNED"]
    await api.wait(days=30)
    await api.clocks()
    assert "CLOCK_URGED" in await told(director)
    assert "CLOCK_EXPIRED" in await told(office)
    [task] = await listed(director)
    await act(director, "finishSittingTask", taskId=task["id"], report="已落实")
    for visitor in (secretary, await api.person("party_secretary@science-bureau")):
        assert "TASK_REPORTED" in await told(visitor), "the meeting and who presides over it"


async def test_who_neither_keeps_nor_has_the_task_does_nothing_with_it(api: Api):
    secretary = await secretary_of(api)
    _, item = await begun(api, secretary)
    await keep(secretary, "recordVote", itemId=item, inFavour=4, measures=MEASURES)
    director = await api.person("director@science-bureau")
    staff = await api.person("staff@science-bureau")
    stranger = await api.person("director@hrss-bureau")
    who = (await director.one("{ viewer { id } }"))["id"]
    asked = {"itemId": item, "task": "督办", "responsibleId": who, "dueOn": "2026-03-20"}
    task = await act(secretary, "assignSittingTask", **asked)
    before = await api.counts()
    assert (await act(staff, "assignSittingTask", **asked))["code"] == "NOT_YOUR_BODY"
    assert (await act(stranger, "assignSittingTask", **asked))["code"] == "SITTING_NOT_FOUND"
    done = {"taskId": task["id"], "report": "已办"}
    assert (await act(staff, "finishSittingTask", **done))["code"] == "NOT_YOUR_BODY"
    assert problems(await act(stranger, "finishSittingTask", **done)) == {
        ("taskId", "TASK_NOT_FOUND")
    }
    for wrong, problem in (
        ({"task": " "}, ("task", "REQUIRED")),
        ({"dueOn": "2026-03-01"}, ("dueOn", "IN_THE_PAST")),
        ({"responsibleId": (await stranger.one("{ viewer { id } }"))["id"]},
         ("responsibleId", "UNKNOWN_MEMBER")),
    ):  # fmt: skip
        assert problems(await act(secretary, "assignSittingTask", **{**asked, **wrong})) == {
            problem
        }
    assert await api.counts() == before
    refused = await staff.ask('{ sittingTasks(body: "party_group") { id } }')
    assert refused.codes == ["NOT_YOUR_BODY"]


async def test_what_the_joint_meeting_resolved_is_left_to_a_deputy_in_charge(api: Api):
    keeper, now = await secretary_of(api), api.now.isoformat()
    agenda = [{"title": "年度考核工作"}]
    called = await keep(keeper, "callSitting", body="joint_meeting", beginsAt=now, agenda=agenda)
    item = called["items"][0]["id"]
    await keep(keeper, "recordAttendance", sittingId=called["id"], eligible=9, present=8)
    found = {"finding": "PASSED", "reason": "意见一致", "measures": {"opinions_divided": False}}
    await keep(keeper, "recordVote", itemId=item, inFavour=8, **found)
    asked = {"itemId": item, "task": "组织实施", "dueOn": str(api.now.date())}
    people = {
        each: (await (await api.person(f"{each}@science-bureau")).one("{ viewer { id } }"))["id"]
        for each in ("office_director", "deputy_in_charge")
    }
    refused = await act(
        keeper, "assignSittingTask", **asked, responsibleId=people["office_director"]
    )
    assert problems(refused) == {("responsibleId", "NOT_TO_CARRY_OUT")}
    task = await act(keeper, "assignSittingTask", **asked, responsibleId=people["deputy_in_charge"])
    assert task["task"] == "组织实施"
