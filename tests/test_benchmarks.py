"""The benches measure like with like: the floor says what the server says, of what it may see."""

from typing import Any

import asyncpg
import pytest

from benchmarks import floor, words
from benchmarks.asking import OFFICE
from benchmarks.book import MISCOUNTED
from benchmarks.documents import INBOX, REQUEST
from benchmarks.reads import difference
from tests.lending import lend, seat_of
from tests.office import SIX_DAYS, Api, leave


@pytest.fixture
async def connection(api: Api) -> Any:
    """As the serving role, with nothing of the server's own but its words."""
    opened = await asyncpg.connect(api.app.state.settings.database_url)
    await floor.prepare(opened)
    floor.WORDS.update({**words.words(), "secret": api.services.secret.decode()})
    yield opened
    await opened.close()


async def test_the_floor_answers_as_the_server_does(api: Api, connection: Any) -> None:
    staff, other, chief, lender = [
        await api.person(f"{role}@{OFFICE}")
        for role in ("staff", "staff_2", "section_chief", "section_chief_2")
    ]
    await lend(lender, await seat_of(lender, "section_chief"), chief)
    for day in SIX_DAYS[:2]:
        await staff.submit("leave.personal", leave(day))
        await other.submit("computer.repair", {"explanation": "主机无法启动", "outsideHelp": True})
        await other.submit("leave.personal", leave(day))
    done = await staff.submit("leave.sick", leave(SIX_DAYS[2]))
    await chief.decide((await chief.inbox())[0]["step"]["id"])
    for document, screen, given in (
        (INBOX, floor.inbox, {}),
        (REQUEST, floor.one, {"id": done["id"]}),
    ):
        said = (await chief.ask(document, given)).data
        async with connection.transaction():
            await connection.execute(f"set local guiju.institution = '{OFFICE}'")
            viewer = await floor.signed_in(connection, floor.claims(chief.token), api.now)
            assert difference(said, await screen(connection, viewer, given)) == ""
    assert len((await chief.ask(INBOX)).data["inbox"]["edges"]) == 4
    assert await api.value(MISCOUNTED) == 0
