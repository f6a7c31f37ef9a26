"""Files that are lent until they are back, and papers of a job owed until they are handed over."""

from tests.duty import enter
from tests.fleet import person_id
from tests.office import Api, problems
from tests.openness import run
from tests.papers import papers
from tests.small_shapes import at
from tests.test_archives import CENTRE, SCIENCE, agreed, archives, catalogue
from tests.test_gate import seen, take

__all__ = ["archives"]


async def test_a_file_may_be_lent_until_it_is_back_where_no_day_was_agreed(archives: Api):
    keeper = await archives.person(f"archivist@{CENTRE}")
    volume = await catalogue(keeper)
    form = {"explanation": "核对", "internal": True, "attachments": papers("借据")}
    case = await agreed(archives, CENTRE, ("office_director",), "archive.lend_out", form)
    lent = await take(keeper, "lend", "ArchiveReading", case, volumeId=volume)
    assert (lent["state"], lent["clocks"]) == ("lent", [])
    archives.now = at("2026-09-01 10:00")
    await archives.clocks()
    told = "{ archiveReadings { edges { node { state dueOn overdue standing } } } }"
    [shown] = await seen(keeper, told)
    assert shown == {"state": "lent", "dueOn": None, "overdue": False, "standing": True}
    back = await take(keeper, "return", "ArchiveReading", lent)
    assert back["state"] == "returned"


async def test_the_papers_of_a_job_that_ended_are_owed_at_once_until_a_list_hands_them_over(
    archives: Api,
):
    await archives.empty("archive_occasions", "clocks")
    chief, staff = [
        await archives.person(f"{role}@{CENTRE}") for role in ("section_chief", "staff")
    ]
    unit = (await chief.one("{ viewer { seats { unitId } } }"))["seats"][0]["unitId"]
    job = {"title": "大厅改造", "endedOn": "2026-05-11", "unitId": unit}
    before, of = await archives.counts(), "ArchiveOccasion"
    assert (await run(staff, "beginArchiveOccasion", of, job))["code"] == "NOT_A_KEEPER"
    assert await archives.counts() == before
    case = await run(chief, "beginArchiveOccasion", of, job)
    await archives.clocks()
    listed = "{ archiveOccasions { edges { node { title state standing clocks { state } } } } }"
    [owed] = await seen(chief, listed)
    assert (owed["standing"], owed["clocks"]) == (True, [{"state": "expired"}])
    case = await take(chief, "sort", of, case)
    unlisted = await take(chief, "handOver", of, case)
    assert problems(unlisted) == {("transferId", "REQUIRED")}
    given = {"transferredOn": "2026-05-12", "filesYear": 2026, "unitId": unit, "pieces": 9}
    given["handedById"] = await person_id(chief, chief.account)
    given["toId"] = await person_id(chief, f"office_director@{CENTRE}")
    line = await enter(chief, "ArchiveTransfer", **given, items="成套资料")
    done = await take(chief, "handOver", of, case, transferId=line["lineId"])
    assert done["state"] == "handed_over", done


async def test_what_an_activity_left_is_listed_without_a_day_where_the_text_gives_none(
    archives: Api,
):
    await archives.empty("archive_occasions", "clocks")
    keeper = await archives.person(f"archivist@{SCIENCE}")
    week = {"title": "科技周", "endedOn": "2026-03-20"}
    week["leaderId"] = await person_id(keeper, f"deputy_in_charge@{SCIENCE}")
    await run(keeper, "beginArchiveOccasion", "ArchiveOccasion", week)
    [owed] = await seen(
        keeper, "{ archiveOccasions { edges { node { title clocks { state } } } } }"
    )
    assert owed == {"title": "科技周", "clocks": []}
