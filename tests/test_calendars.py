"""Calendars as they are served: national rows, an office's own, and how soon a change shows."""

from collections.abc import AsyncIterator
from datetime import date

import pytest

from domain.tables import NATIONAL
from domain.time.calendar import calendar_days
from resolvers.ground.database import Database, statement
from resolvers.ground.derived import insertion
from resolvers.time.calendars import LASTS, Calendars, seed_national

NATIONAL_DAY = date(2024, 10, 1)
MOVED_DAY = date(2024, 9, 29)
FAIR = date(2024, 4, 18)
FAR_HOLIDAY = date(2049, 10, 1)

ADD_DAYS = insertion(calendar_days)
ROWS = statement("select day, working, name, state from calendar_days order by day")
DOUBT = statement(
    """update calendar_days set state = :state, name = :name
       where institution_id = '*' and day = :day"""
)


@pytest.fixture
async def owner(owner_url: str) -> AsyncIterator[Database]:
    database = await Database.connect(owner_url, most=1)
    async with database.transaction(NATIONAL) as transaction:
        await seed_national(transaction)
    yield database
    await database.close()


async def test_seeding_the_national_calendar_again_changes_nothing(owner: Database) -> None:
    async with owner.transaction(NATIONAL) as transaction:
        before = await transaction.rows(ROWS)
        await seed_national(transaction)
        assert await transaction.rows(ROWS) == before
        assert len(before) > 500


async def test_an_announcement_replaces_what_was_provisional_and_nothing_else(
    owner: Database,
) -> None:
    async with owner.transaction(NATIONAL) as transaction:
        await transaction.rows(DOUBT, day=NATIONAL_DAY, state="provisional", name="?")
        await transaction.rows(DOUBT, day=FAR_HOLIDAY, state="announced", name="确认")
        await seed_national(transaction)
        found = {row["day"]: row for row in await transaction.rows(ROWS)}
        assert (found[NATIONAL_DAY]["state"], found[NATIONAL_DAY]["name"]) == (
            "announced",
            "国庆节",
        )
        assert (found[FAR_HOLIDAY]["state"], found[FAR_HOLIDAY]["name"]) == ("announced", "确认")
        await transaction.rows(DOUBT, day=FAR_HOLIDAY, state="provisional", name="国庆节")


async def test_an_office_counts_by_the_national_calendar_and_its_own_days(
    owner: Database,
) -> None:
    row = {"institution_id": "test-fair", "day": FAIR, "working": False}
    async with owner.transaction("test-fair") as transaction:
        await transaction.rows(ADD_DAYS, rows=[row | {"name": "集市", "state": "announced"}])
        calendar = await Calendars().load(transaction, "test-fair")
    assert not calendar.is_workday(FAIR)
    assert not calendar.is_workday(NATIONAL_DAY)
    assert calendar.is_workday(MOVED_DAY)
    async with owner.transaction("test-elsewhere") as transaction:
        assert (await Calendars().load(transaction, "test-elsewhere")).is_workday(FAIR)


async def test_a_changed_calendar_shows_within_a_second(owner: Database) -> None:
    now = 0.0
    calendars = Calendars(clock=lambda: now)
    row = {"institution_id": "test-later", "day": FAIR, "working": False}
    async with owner.transaction("test-later") as transaction:
        assert (await calendars.load(transaction, "test-later")).is_workday(FAIR)
        await transaction.rows(ADD_DAYS, rows=[row | {"name": "集市", "state": "announced"}])
        now = LASTS - 0.01
        assert (await calendars.load(transaction, "test-later")).is_workday(FAIR)
        now = LASTS
        assert not (await calendars.load(transaction, "test-later")).is_workday(FAIR)
    assert LASTS <= 1
