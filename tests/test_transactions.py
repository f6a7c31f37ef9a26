"""A statement by itself: whose rows it sees, and what it leaves to a transaction."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

import asyncpg
import pytest

from resolvers.ground.database import Database, statement
from tests.office import Api

HRSS, POLICE = "hrss-bureau", "household-registration"
REPORT = ("research.report", {"explanation": "一季度人才工作"})
WHOSE = statement("select distinct institution_id from people")
TAKES_A_LINE = statement("""
  insert into request_numbers (institution_id, year, last) values (:institution, 1999, 1)""")
LINES = "select count(*) from request_numbers where year = 1999"


@pytest.fixture
async def one(api: Api, app_url: str) -> AsyncIterator[Database]:  # its offices
    """A database with one connection, so that whoever asks has the one that the last had."""
    database = await Database.connect(app_url, most=1)
    yield database
    await database.close()


async def seen(database: Database, institution: str) -> list[str]:
    async with database.transaction(institution) as transaction:
        return [row["institution_id"] for row in await transaction.glance(WHOSE)]


async def test_a_statement_by_itself_sees_its_own_institution(one: Database) -> None:
    for institution in (HRSS, POLICE, HRSS, HRSS):
        assert institution in await seen(one, institution)
        async with one.transaction(POLICE, read_only=True) as reading:
            assert HRSS not in [row[0] for row in await reading.rows(WHOSE)]


async def test_a_connection_that_was_interrupted_says_anew_whose_rows_it_shows(
    one: Database,
) -> None:
    for turns in range(4):
        assert HRSS not in await seen(one, POLICE)
        async with one.pool.acquire() as connection:
            speaking = asyncio.create_task(connection.speak_for(HRSS))
            for _ in range(turns):
                await asyncio.sleep(0)
            speaking.cancel()
            with suppress(asyncio.CancelledError):
                await speaking
        assert HRSS not in await seen(one, POLICE)


async def test_a_statement_that_keeps_an_act_needs_no_transaction(one: Database, api: Api) -> None:
    async with one.transaction(HRSS) as transaction:
        await transaction.keep(TAKES_A_LINE, institution=HRSS)
        assert await api.value(LINES) == 1
        with pytest.raises(RuntimeError):
            await transaction.rows(WHOSE)


async def test_where_a_transaction_has_begun_it_is_kept_with_the_whole_of_it(
    one: Database, api: Api
) -> None:
    with suppress(LookupError):
        async with one.transaction(HRSS) as transaction:
            await transaction.rows(WHOSE)
            await transaction.keep(TAKES_A_LINE, institution=HRSS)
            await transaction.rows(WHOSE)
            raise LookupError
    assert await api.value(LINES) == 0


async def test_an_act_that_stands_alone_is_two_statements_and_nothing_else(api: Api) -> None:
    staff, said = await api.person(f"staff@{HRSS}"), list[str]()
    await staff.submit(*REPORT)
    async with api.services.database.pool.acquire() as connection:
        connection.add_query_logger(lambda query: said.append(query.query))
    request = await staff.submit(*REPORT)
    assert len(said) == 2, said
    while request["status"] == "PENDING":
        [step] = [each for each in request["steps"] if each["status"] == "OPEN"]
        holder = await api.person(step["waitingFor"][0]["holders"][0]["account"])
        await holder.ask("{ viewer { name } }")
        said.clear()
        request = await holder.decide(step["id"])
        assert len(said) == 2, said


async def test_what_was_undone_is_not_said_to_be_kept(one: Database, api: Api) -> None:
    async def takes_it_twice() -> None:
        async with one.transaction(HRSS) as transaction:
            await transaction.rows(TAKES_A_LINE, institution=HRSS)
            with suppress(asyncpg.UniqueViolationError):
                await transaction.rows(TAKES_A_LINE, institution=HRSS)

    with pytest.raises(RuntimeError):
        await takes_it_twice()
    assert await api.value(LINES) == 0
