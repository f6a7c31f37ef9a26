"""Files handed over by list and signed for by the office, and what follows where they are not."""

from typing import Any

from schema.ground.ids import global_id
from tests.case_examples import demo_person
from tests.document_office import ALSO, SIGNED_IN, Papers, office
from tests.duty import enter, sign
from tests.lending import name_of
from tests.office import Api, cites
from tests.small_shapes import at
from tests.supplies import leave_office
from tests.test_duties_served import nodes

__all__ = ["office"]
HERE, DIRECTOR = "service-centre", "office_director"
ALSO |= {"EvaluationOutcome": "year result toldOn"}


async def the(api: Api, table: str, name: str, office: str = HERE) -> str:
    asked = f"select id from {table} where institution_id = $1 and name = $2"
    return global_id({"people": "Person"}.get(table, "Unit"), await api.value(asked, office, name))


async def test_no_clerk_is_graded_qualified_without_a_list_that_the_office_signed_for(office: Api):
    await office.empty("archive_transfers", "evaluation_outcomes")
    SIGNED_IN.clear()
    clerk, archivist = await the(office, "people", "金启明"), await the(office, "people", "丁美玲")
    papers = Papers(office, HERE, "EvaluationOutcome")
    await papers.begin(DIRECTOR, year=2026, personId=clerk)

    async def refused(**given: Any) -> Any:
        before = await office.counts()
        answer = await papers.act(DIRECTOR, "assess", **given)
        assert await office.counts() == before
        return [(each["code"], *cites([each["clause"]])) for each in answer["problems"]]

    barred = [("EXCLUDED", "archives/档案管理 9")]
    assert await refused(yearGrade="QUALIFIED") == barred
    chief = await office.person(f"section_chief@{HERE}")
    unit = await the(office, "units", "业务协调科")
    line = await enter(
        chief, "ArchiveTransfer", transferredOn="2026-02-27", filesYear=2025, unitId=unit,
        handedById=clerk, items="2025年文书档案12卷，软盘1张", pieces=13, toId=archivist,
    )  # fmt: skip
    assert line["__typename"] == "LineEntered", line
    assert await refused(yearGrade="EXCELLENT") == barred, "nobody has signed for it yet"
    stranger = await office.person(f"staff@{HERE}")
    assert (await sign(stranger, line["lineId"]))["__typename"] == "Refusal"
    assert (await sign(await office.person(f"archivist@{HERE}"), line["lineId"]))[
        "__typename"
    ] == "LineEntered"
    year = {"from": "2026-03-31", "to": "2026-03-31"}
    found = {each["unit"]: each["state"] for each in await nodes(chief, **year, mine=True)
             if "造册移交" in each["activity"]}  # fmt: skip
    assert "DONE" in found.values(), found
    await papers.goes(DIRECTOR, "assess", "graded", yearGrade="QUALIFIED")


async def test_who_is_no_designated_clerk_or_is_graded_below_needs_no_list(office: Api):
    await office.empty("archive_transfers", "evaluation_outcomes")
    SIGNED_IN.clear()
    for name, grade in (("金启明", "BASICALLY_QUALIFIED"), ("邱军", "EXCELLENT")):
        papers = Papers(office, HERE, "EvaluationOutcome")
        await papers.begin(DIRECTOR, year=2026, personId=await the(office, "people", name))
        await papers.goes(DIRECTOR, "assess", "graded", yearGrade=grade)


async def test_nobody_leaves_a_post_without_a_signed_list_of_all_their_papers(posts: Api):
    await posts.empty("archive_transfers")
    holds = ("personId", "STILL_HOLDS")
    account = f"staff@{HERE}"
    assert holds in await leave_office(posts, HERE, account)
    at_window = await leave_office(posts, HERE, f"window_staff@{HERE}")
    assert holds not in at_window, "sent by a bureau, not of the centre's own"
    asked = "select p.id from people p join accounts a on a.person_id = p.id where a.account = $1"
    whom = global_id("Person", await posts.value(asked, account))
    archivist = await the(posts, "people", "丁美玲")
    chief = await posts.person(f"section_chief@{HERE}")
    given = {
        "transferredOn": "2026-03-02", "filesYear": 2026, "handedById": whom, "pieces": 9,
        "unitId": await the(posts, "units", "业务协调科"), "items": "全部档案", "toId": archivist,
    }  # fmt: skip
    keeper = await posts.person(f"archivist@{HERE}")
    for leaving, left in ((False, True), (True, False)):
        line = await enter(chief, "ArchiveTransfer", **given, onLeaving=leaving)
        assert line["__typename"] == "LineEntered", line
        assert holds in await leave_office(posts, HERE, account), "nobody has signed for it yet"
        await sign(keeper, line["lineId"])
        assert (holds in await leave_office(posts, HERE, account)) is left


async def test_each_deputy_owes_the_archivist_the_papers_of_the_month(api: Api):
    await api.empty("archive_transfers", "cadence_records", "line_signatures")
    ours = "science-bureau"
    deputy, other, keeper = [
        await api.person(f"{each}@{ours}")
        for each in ("deputy_in_charge", "deputy_in_charge_2", "archivist")
    ]
    api.now = at("2026-03-30 10:00")
    who = [global_id("Person", demo_person(each.account)) for each in (deputy, keeper)]
    unit = await the(api, "units", "科技股", ours)
    line = await enter(
        deputy, "ArchiveTransfer", transferredOn="2026-03-30", filesYear=2026, unitId=unit,
        handedById=who[0], items="三月文件", pieces=3, toId=who[1],
    )  # fmt: skip
    await sign(keeper, line["lineId"])
    api.now = at("2026-04-01 10:00")
    told = await nodes(keeper, **{"from": "2026-03-31", "to": "2026-03-31"})
    found = {each["unit"]: each["state"] for each in told if "副局长" in each["activity"]}
    assert found[await name_of(deputy)] == "DONE"
    assert found[await name_of(other)] == "MISSED"
