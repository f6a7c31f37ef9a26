"""Windows without anybody: the days of a roster that are open, and household windows unmanned."""

from tests.duty import enter, sign
from tests.fleet import person_id
from tests.office import Api
from tests.test_windows import DAY, HALL, OFFICER, POLICE, books

__all__ = ["books"]


async def test_the_working_days_on_which_nobody_is_at_a_window_are_told(books: Api):
    chief, clerk = [
        await books.person(f"{each}@{HALL}") for each in ("section_chief", "office_clerk")
    ]
    who = await person_id(clerk, f"staff@{HALL}")
    seats = (await chief.one("{ viewer { seats { role unitId } } }"))["seats"]
    [unit] = [each["unitId"] for each in seats if each["role"] == "section_chief"]
    shift = {"unitId": unit, "hallWindow": "2号", "personId": who}
    for day, post in (("03-03", "FRONT"), ("03-05", "STANDBY"), ("03-06", "FRONT")):
        assert "lineId" in await enter(
            chief, "HallShift", **shift, day=f"2026-{day}", hallPost=post
        )
    [line] = (
        await clerk.one(
            '{ hallWindowsStatement(from: "2026-03-03", to: "2026-03-08")'
            " { lines { hallWindow shifts empty noFront } } }"
        )
    )["lines"]
    assert line == {
        "hallWindow": "2号", "shifts": 3, "empty": ["2026-03-04"],
        "noFront": ["2026-03-04", "2026-03-05"],
    }  # fmt: skip


async def test_a_household_window_without_an_officer_is_told(books: Api):
    chief = await books.person(f"police_station_chief@{POLICE}")
    officer, second = [await books.person(f"household_officer{n}@{POLICE}") for n in ("", "_2")]
    next_one = await person_id(chief, second.account)
    had = '{ officeCounts(area: "service_hall") { value kept lacking clause { cite } } }'
    none = {"value": "0", "kept": False, "lacking": "1", "clause": {"cite": "九(一)1"}}
    assert await chief.one(had) == [none]
    who = {"personId": await person_id(chief, officer.account)}
    assert "lineId" in await enter(chief, "HouseholdOfficer", **OFFICER, **who)
    assert (await chief.one(had))[0]["kept"]
    given = {"onDay": DAY, "hallWindow": "城东所", "content": "印章、档案", "toId": next_one}
    line = await enter(officer, "HouseholdHandover", **given)
    assert (await chief.one(had))[0]["kept"], "until the next one signs"
    await sign(second, line["lineId"])
    assert await chief.one(had) == [none]
