"""The round of the premises before a turn of duty is taken over."""

import pytest

from tests.duty import POINTS, SAFE, cleared, enter, found, person_of, settled, shown
from tests.office import Api, problems

HERE = "construction-bureau"


@pytest.fixture
async def office(api: Api) -> Api:
    return await cleared(api)


async def test_the_round_before_a_turn_is_whole_and_what_is_found_is_dealt_with(office: Api):
    clerk, _ = await settled(office, HERE)
    roster = await shown(clerk)
    night = found(roster, "2026-04-13", "workday_night")
    noon = found(roster, "2026-04-14", "workday_noon")
    outgoing = await person_of(office, night)
    office.now = office.now.replace(month=4, day=14, hour=8, minute=5)
    given = {"at": "2026-04-14T07:55:00+08:00", "toId": noon["personId"], **SAFE}
    before = await office.counts()
    for point in POINTS:
        partial = await enter(outgoing, "DutyHandover", **{**given, point: None})
        assert problems(partial) == {(point, "REQUIRED")}
        amiss = await enter(outgoing, "DutyHandover", **{**given, point: False})
        assert {each["code"] for each in amiss["problems"]} == {"NOT_ELIGIBLE"}
        assert [each["clause"]["cite"] for each in amiss["problems"]] == ["二(三)"]
    assert await office.counts() == before
    seen_to = {"appliancesOff": False, "dealtWith": True, "safetyRound": "三〇五空调开着，已关"}
    line = await enter(outgoing, "DutyHandover", **{**given, **seen_to})
    assert line["__typename"] == "LineEntered", line
