"""What recurs by a clause of its own beside the meeting of a body, and what it has to arrange."""

from typing import Any

import pytest

from tests.office import Api, Visitor
from tests.sittings import TABLES, keep

DUE = """{ duties(from: "2026-03-31", to: "2026-03-31", first: 100) { ... on DutyConnection {
  edges { node { activity state unit } } } } }"""


async def states_of(visitor: Visitor, *activities: str) -> dict[str, set[str]]:
    edges = (await visitor.one(DUE))["edges"]
    found = [edge["node"] for edge in edges]
    return {of: {e["state"] for e in found if e["activity"] == of} for of in activities}


async def met(keeper: Visitor, body: str, *agenda: dict[str, Any]) -> None:
    """A sitting on that agenda, of which the minutes are closed."""
    at = keeper.api.now.isoformat()
    called = await keep(keeper, "callSitting", body=body, beginsAt=at, noticedAt=at, agenda=agenda)
    await keep(keeper, "closeMinutes", sittingId=called["id"], minutes="已记录")


CLASS, MEETING = "党课", "支部党员大会"
MEETS, PLANS = "科务会", "安排好下月工作"


@pytest.fixture(autouse=True)
async def never_met(api: Api) -> None:
    await api.empty(*TABLES)


async def test_a_lecture_of_the_quarter_is_not_the_quarter_s_meeting_of_the_branch_too(api: Api):
    branch = await api.person("branch_meeting@construction-bureau")
    await met(branch, "branch_meeting", {"title": "党课", "matter": "party_class"})
    found = await states_of(branch, CLASS, MEETING)
    assert (found[CLASS], "DONE" in found[MEETING]) == ({"DONE"}, False)
    lecture = {"title": "党课", "matter": "party_class"}
    await met(branch, "branch_meeting", lecture, {"title": "支部工作报告"})
    assert (await states_of(branch, MEETING))[MEETING] == {"DONE"}


async def test_a_section_meeting_that_arranges_nothing_for_the_next_month_still_owes_that(api: Api):
    chief = await api.person("section_chief@hrss-bureau")
    await met(chief, "section_meeting", {"title": "总结本科成绩"})
    found = await states_of(chief, MEETS, PLANS)
    assert ("DONE" in found[MEETS], "DONE" in found[PLANS]) == (True, False)
    await met(chief, "section_meeting", {"title": "安排四月工作", "matter": "next_plan"})
    assert "DONE" in (await states_of(chief, PLANS))[PLANS]
