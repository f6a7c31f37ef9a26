"""What petitions are about and which were reported up, counted and listed."""

from tests.case_office import LETTER, PETITION
from tests.test_petitions import KIND, bureau, centre, instructed

__all__ = ["bureau", "centre"]


async def test_petitions_are_counted_by_the_kind_of_problem(bureau):
    for topic, times in (("项目资金", 2), (None, 1)):
        for _ in range(times):
            await bureau.submit("office_clerk", KIND, **{**PETITION, "topic": topic})
    clerk = await bureau.of("office_clerk")
    counted = "{ caseSummary(byTopic: true, kind: PETITION_CASE) { topic cases } }"
    assert await clerk.one(counted) == [
        {"topic": "", "cases": 1},
        {"topic": "项目资金", "cases": 2},
    ]
    listed = await clerk.one(bureau.listed(), {"filter": {"topic": "项目资金"}})
    assert len(listed["edges"]) == 2
    [alike] = await clerk.one("{ caseSummary(kind: PETITION_CASE) { topic cases } }")
    assert alike == {"topic": None, "cases": 3}


async def test_what_was_not_reported_up_yet_is_listed(centre):
    first = (await instructed(centre))["number"]
    await centre.goes("petition_clerk", "report_up", "instructed", document=LETTER)
    second = (await instructed(centre))["number"]
    clerk = await centre.of("petition_clerk")
    for reported, number in ((True, first), (False, second)):
        found = await clerk.one(centre.listed(), {"filter": {"reportedUp": reported}})
        assert [edge["node"]["number"] for edge in found["edges"]] == [number]
