"""Files that are lent until they are back, by a day where one was agreed."""

from tests.office import Api
from tests.papers import papers
from tests.small_shapes import at
from tests.test_archives import CENTRE, agreed, archives, catalogue
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
