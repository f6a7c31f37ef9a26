"""Meetings that others hold: the office names who goes, who reports what was decided there."""

from tests.document_office import ALSO, SCIENCE, Papers, office
from tests.office import Api
from tests.test_decisions import told as codes_of

__all__ = ["office"]
ALSO |= {"MeetingOutside": "title outcome"}
CLERK, STAFF = "office_clerk", "staff"
NOTICE = {
    "beginsAt": "2026-03-05T09:00:00+08:00",
    "heldBy": "市工信局",
    "title": "全市工业运行调度会",
    "place": "市政府二楼",
}


async def test_whoever_goes_prepares_reports_and_coordinates_before_it_is_carried_out(office: Api):
    papers = Papers(office, SCIENCE, "MeetingOutside")
    await papers.as_(STAFF)
    before = await office.counts()
    assert (await papers.begin(STAFF, **NOTICE))["code"] == "NOT_A_KEEPER"
    assert await office.counts() == before
    await papers.begin(CLERK, **NOTICE)
    goes = {"attendeeId": await papers.person(STAFF)}
    assert ("REQUIRED", "2(1)") in await papers.no(CLERK, "assign")
    instead = {"attendeeId": await papers.person("section_chief")}
    await papers.goes(CLERK, "assign", "assigned", **instead)
    itself = await papers.no("section_chief", "assign", **goes)
    assert itself == {("NOT_YOURS_TO_DO", "2(1)")}, "nobody sends another in their place"
    await papers.goes(CLERK, "assign", "assigned", **goes)
    reader = await papers.as_(STAFF)
    told = await reader.one("{ notices(first: 1) { edges { node { sentence } } } }")
    assert NOTICE["title"] in told["edges"][0]["node"]["sentence"]
    ready = {"preparation": "汇报材料已经领导审定"}
    assert await papers.no("section_chief", "prepare", **ready) == {("CASE_NOT_FOUND", "")}
    await papers.goes(STAFF, "prepare", "prepared", **ready)
    assert ("NOT_YET_HAPPENED", "2(1)") in await papers.no(STAFF, "attend")
    await office.wait(days=4)
    await papers.goes(STAFF, "attend", "attended")
    assert "MEETING_REPORTED" not in await codes_of(papers, "director")
    decided = {"report": "各县上报企业名单", "otherSectionsConcerned": True}
    await papers.goes(STAFF, "report", "reported", **decided)
    assert "MEETING_REPORTED" in await codes_of(papers, "director")
    early = await papers.no(STAFF, "carry_out", outcome="已上报")
    assert early == {("GUARD_NOT_MET", "2(1)")}
    await papers.goes(STAFF, "coordinate", "coordinated", coordination="由企业股提供名单")
    await papers.goes(STAFF, "carry_out", "carried_out", outcome="已上报")
