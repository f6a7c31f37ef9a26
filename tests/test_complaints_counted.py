"""A complaint costs points once it was found true, and nobody states that in its place."""

from tests.case_office import COMPLAINT, Desk
from tests.office import Api
from tests.test_evaluation_journey import act
from tests.test_evaluation_people import opened

HERE, CLERK = "hrss-bureau", "office_clerk"
COUNTED = """query ($id: ID!) { evaluationRound(id: $id) { sections {
  unitId counted { measure value } components { label points } } } }"""


async def points(desk: Desk, round_id: str, subject: str) -> dict[str, str]:
    clerk = await desk.of(CLERK)
    await act(clerk, "countEvaluationMarks", roundId=round_id)
    told = (await clerk.one(COUNTED, {"id": round_id}))["sections"]
    [mine] = [each for each in told if each["unitId"] == subject]
    return {each["label"]: each["points"] for each in mine["components"]}


async def test_only_a_complaint_found_true_costs_its_three_points_and_no_rater_says_so(api: Api):
    desk = Desk(api, HERE)
    who = (await desk.viewer("staff"))["id"]
    clerk = await desk.of(CLERK)
    round_ = await opened(clerk, "staff-performance", HERE)
    stated = await act(
        *(clerk, "recordEvaluationMark"),
        roundId=round_["id"],
        unitId=who,
        clause="performance/三㈡2⑵",
        measure="complaints_upheld",
        value="1",
        reason="有人投诉",
    )
    assert (stated["code"], stated["clause"]["cite"]) == ("MARK_HAS_SOURCE", "三㈡2⑵")
    for upheld, cost in ((False, None), (True, "-3")):
        await desk.register(CLERK, "complaint.case", **COMPLAINT, complainedPersonId=who)
        assert (await points(desk, round_["id"], who)).get("投诉查实") is None, "not looked into"
        await desk.goes(CLERK, "investigate", "handled", upheld=upheld)
        assert (await points(desk, round_["id"], who)).get("投诉查实") == cost
