"""Study: whose turn it was to lecture, and in which quarter somebody did."""

from schema.ground.ids import global_id
from tests.case_examples import demo_person
from tests.duty import enter
from tests.office import Api
from tests.sheets import strike_out
from tests.small_shapes import at
from tests.test_duties_served import nodes

CENTRE = "service-centre"


async def test_a_lecture_that_is_entered_is_the_quarters_and_a_paper_is_none(api: Api):
    await api.empty("occurrences", "cadence_records")
    clerk = await api.person(f"office_clerk@{CENTRE}")
    who = global_id("Person", demo_person(f"staff@{CENTRE}"))

    async def told() -> list[str]:
        owed = await nodes(clerk, **{"from": "2026-06-30", "to": "2026-06-30"})
        return [each["state"] for each in owed if "轮值" in each["activity"]]

    api.now = at("2026-05-12 17:00")
    said = {"personId": who, "happenedOn": "2026-05-12"}
    assert (await enter(clerk, "Occurrence", **said, what="paper_published"))["lineId"]
    assert await told() == ["DUE"]
    line = await enter(clerk, "Occurrence", **said, what="lecture_given")
    assert await told() == ["DONE"]
    await strike_out(clerk, line["lineId"])
    assert await told() == ["DUE"], "a published paper shows no lecture"
