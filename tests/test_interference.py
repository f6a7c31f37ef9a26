"""A marriage interfered with: what the station does; and officers who leave a household window."""

from typing import Any

import pytest

from tests.duty import enter
from tests.fleet import person_id
from tests.office import Api, problems
from tests.openness import run
from tests.small_shapes import at
from tests.test_gate import cites, take
from tests.test_household_journey import form
from tests.test_windows import OFFICER, POLICE

TABLES = ("household_interferences", "case_events", "household_officers", "household_transfers")


@pytest.fixture
async def station(api: Api) -> Api:
    await api.empty(*TABLES, "household_handovers")
    api.now = at("2026-05-13 09:00")
    return api


async def agreed(station: Api, request: Any) -> Any:
    """The request as the first seat that it waits for leaves it."""
    turn = next(each for each in request["steps"] if each["status"] == "OPEN")
    holder = await station.person(turn["waitingFor"][0]["holders"][0]["account"])
    return await holder.decide(turn["id"])


async def test_a_marriage_interfered_with_is_carried_out_noted_told_cancelled_and_filed(
    station: Api,
):
    officer, of = await station.person(f"household_officer@{POLICE}"), "HouseholdInterference"
    begun = {"openedOn": "2026-05-06", "party": "舒某", "bookHolder": "舒父"}
    case = await run(officer, f"begin{of}", of, begun)
    case = await take(officer, "fail", of, case, failedOn="2026-05-11")
    case = await take(officer, "accept", of, case, acceptedOn="2026-05-12")
    staff = await station.person(f"staff@{POLICE}")
    papers = form("结婚证", "村(居)委会证明", reason="MARRIAGE_INTERFERENCE")
    request = await staff.submit("household.split", papers)
    early = await take(officer, "carryOut", of, case, carriedOutId=request["id"])
    assert early["code"] == "CASE_NOT_READY"
    await agreed(station, request)
    case = await take(officer, "carryOut", of, case, carriedOutId=request["id"])
    assert (await take(officer, "file", of, case, filedAs="2026-1"))["code"] == "CASE_NOT_READY"
    case = await take(officer, "annotate", of, case, notedOn="2026-05-13", note="干涉婚姻自由")
    case = await take(officer, "notifyHolder", of, case, holderToldOn="2026-05-13")
    case = await take(officer, "cancelEntry", of, case, cancelledOn="2026-05-13")
    before = await station.counts()
    refused = await take(officer, "file", of, case, filedAs="2026-1", applicationFiled=True)
    assert cites(refused) == {"special-migrations/六(一)1"}
    assert await station.counts() == before
    filed = {"filedAs": "2026-1", "applicationFiled": True, "marriagePaperFiled": True}
    assert (await take(officer, "file", of, case, **filed))["state"] == "filed"


async def test_an_officer_leaves_a_window_once_the_county_consents_and_it_is_then_unmanned(
    station: Api,
):
    chief = await station.person(f"police_station_chief@{POLICE}")
    who = {"personId": await person_id(chief, f"household_officer@{POLICE}")}
    assert "lineId" in await enter(chief, "HouseholdOfficer", **{**OFFICER, **who})
    staff = await station.person(f"staff@{POLICE}")
    request = await staff.submit("personnel.rotation", {"explanation": "调任巡逻"})
    moves = {**who, "movesOn": "2026-06-01", "hallWindow": OFFICER["hallWindow"], "toPost": "巡逻"}
    before = await station.counts()
    refused = await enter(chief, "HouseholdTransfer", **moves, requestId=request["id"])
    assert (problems(refused), cites(refused)) == (
        {("requestId", "APPROVAL_NEEDED")}, {"window-work/九(一)2"},
    )  # fmt: skip
    assert await station.counts() == before
    await agreed(station, request)
    assert "lineId" in await enter(chief, "HouseholdTransfer", **moves, requestId=request["id"])
    asked = '{ officeCounts(area: "service_hall", on: "%s") { kept lacking } }'
    for day, kept in (("2026-05-31", True), ("2026-06-01", False)):
        assert await chief.one(asked % day) == [{"kept": kept, "lacking": str(int(not kept))}]
