"""A duty whose book is kept needs nobody to say that it was done."""

from typing import Any

import pytest

from tests.fleet import record
from tests.office import Api, problems
from tests.small_shapes import at
from tests.test_duties_of_units import states

CLEARED = {"checkedOn": "2026-03-20", "registered": 31, "found": 31}
YEAR_END = {
    "doneOn": "2026-03-20",
    "superiorAsked": True,
    "sentBack": 2,
    "filed": 5,
    "destroyed": 8,
}


@pytest.mark.parametrize(
    ("keeper", "word", "entry", "activity"),
    [
        ("office_clerk@construction-bureau", "DocumentClearing", CLEARED, "清查来文"),
        ("confidentiality_officer@service-centre", "ClassifiedYearEnd", YEAR_END, "上年密件"),
    ],
)
async def test_the_book_shows_the_duty_of_its_period_done(
    api: Api, keeper: str, word: str, entry: dict[str, Any], activity: str
) -> None:
    await api.empty("document_clearings", "classified_year_ends")
    who = await api.person(keeper)
    staff = await api.person(f"staff@{keeper.partition('@')[2]}")
    api.now = at("2026-03-21 10:00")
    assert set((await states(who, activity, "2026-03-31")).values()) == {"DUE"}
    assert (await record(staff, word, **entry))["code"] == "NOT_A_KEEPER"
    assert isinstance(await record(who, word, **entry), str)
    assert set((await states(who, activity, "2026-03-31")).values()) == {"DONE"}


async def test_a_paper_that_is_missing_when_what_came_in_is_cleared_is_named(api: Api) -> None:
    clerk = await api.person("office_clerk@construction-bureau")
    before = await api.counts()
    short = await record(
        clerk, "DocumentClearing", **{**CLEARED, "checkedOn": "2026-03-01", "found": 30}
    )
    assert problems(short) == {("missing", "REQUIRED")}
    assert await api.counts() == before
