"""A start reads what it needs, once, and leaves nothing for the first who asks to wait for."""

import asyncio
import gc
import subprocess
import sys

import asyncpg
from alembic.script import ScriptDirectory

from migrations.standing import heads
from migrations.upgrade import _config
from resolvers.running import memory, postgres
from resolvers.running.services import read_ahead
from resolvers.running.settings import CHECKOUT, Settings
from schema.app import create, settled
from schema.requests.requests import Request
from tests.office import SERVED, Api, opened

LOADS_LATE = ("sqlalchemy", "alembic", "strawberry", "uvicorn", "domain")
HASHES = """
import threading
from pathlib import Path
from resolvers.running import memory
memory.begin()
from resolvers.ground.hashing import HASHER

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096

before = resident()
for _ in range(5):
    several = [threading.Thread(target=HASHER.hash, args=("x",)) for _ in range(3)]
    for each in several:
        each.start()
    for each in several:
        each.join()
print(resident() - before)
"""


def python(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_the_database_is_started_before_the_code_that_serves_is_read() -> None:
    loaded = python("import schema.__main__, sys; print(*sys.modules)").split()
    assert "resolvers.running.postgres" in loaded
    assert [each for each in LOADS_LATE if each in loaded] == []


def test_serving_reads_no_library_that_few_need() -> None:
    loaded = python("import schema.app, sys; print(*sys.modules)").split()
    assert {"openpyxl", "pypdf", "exifread", "authlib", "obstore", "httpx", "rich"} & {
        *loaded
    } == set()


def test_the_newest_revision_is_what_alembic_says() -> None:
    assert heads() == set(ScriptDirectory.from_config(_config()).get_heads())


async def test_rights_are_granted_anew_where_nothing_is_to_be_migrated(
    owner_url: str, app_url: str
) -> None:
    from migrations.standing import bring_up_to_date

    owner = await asyncpg.connect(owner_url)
    app = await asyncpg.connect(app_url)
    try:
        await owner.execute(f"revoke select on sessions from {postgres.APP}")
        await asyncio.gather(*(bring_up_to_date(owner_url, postgres.APP) for _ in range(4)))
        await app.execute("set guiju.institution = 'hrss-bureau'; select from sessions limit 1")
    finally:
        await owner.close()
        await app.close()


async def test_the_first_question_finds_its_rulebook_read(
    demo_offices: postgres.Database, api: Api
) -> None:
    async with opened(demo_offices) as fresh:
        await read_ahead(fresh.services)
        read = [each for each in fresh.statements if "rulebook_rows" in each]
        assert read, "they were read before"
        del fresh.statements[:]
        for account in ("staff@hrss-bureau", "staff@science-bureau"):
            visitor = await fresh.person(account)
            assert (await visitor.preview("leave.sick", SICK))["__typename"] == "RoutePreview"
        assert [each for each in fresh.statements if "rulebook_rows" in each] == []


SICK = {
    "begins": {"date": "2026-03-09", "half": "MORNING"},
    "ends": {"date": "2026-03-09", "half": "AFTERNOON"},
    "explanation": "家中有事",
}


async def test_what_a_start_has_made_is_not_searched_for_garbage(
    demo_offices: postgres.Database,
) -> None:
    app = create(Settings(database_url=demo_offices.app_url, **SERVED))
    said: list[str] = []

    async def told(message: object) -> None:
        said.append(message["type"])  # type: ignore[index]

    heard = asyncio.Queue[dict[str, str]]()
    await heard.put({"type": "lifespan.startup"})
    memory.begin()
    assert not gc.isenabled()
    running = asyncio.create_task(settled(app)({"type": "lifespan"}, heard.get, told))
    while not said and not running.done():
        await asyncio.sleep(0.01)
    assert said == ["lifespan.startup.complete"]
    assert gc.isenabled()
    assert gc.get_freeze_count() > 100_000
    await heard.put({"type": "lifespan.shutdown"})
    await running


def test_of_passwords_that_were_judged_no_memory_stays() -> None:
    assert int(python(HASHES)) < 8_000_000


def test_types_of_the_api_are_made_without_what_nobody_asks_of_them() -> None:
    assert Request.__eq__ is object.__eq__
    assert Request.__repr__ is object.__repr__
