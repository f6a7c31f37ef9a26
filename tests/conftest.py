"""What tests share: a database of their own, migrated once, and one event loop."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import asyncpg
import hypothesis
import pytest

from migrations.upgrade import migrate
from resolvers import demo
from resolvers.running import memory, postgres
from resolvers.running.settings import CHECKOUT
from tests.databases import SPARE, copied, replaced
from tests.lending import posts_restored
from tests.office import Api, Visitor, emptied, opened

SEED = os.environ.get("GUIJU_SEED")
# The same examples each time, so that a change answers for what it broke; others for each seed.
hypothesis.settings.register_profile(
    "guiju",
    deadline=None, print_blob=True, database=None, derandomize=SEED is None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)  # fmt: skip
hypothesis.settings.load_profile("guiju")
hypothesis.core.global_force_seed = SEED and int(SEED)

for number in (signal.SIGINT, signal.SIGHUP):
    # A server of a test inherits what nohup, or a shell behind a job, ignores: it must hear all.
    if signal.getsignal(number) is signal.SIG_IGN:
        signal.signal(number, signal.SIG_DFL)

# A run starts many processes and reads many tests: what is compiled once stays compiled.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

memory.begin()


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: who waits for a process leaves them to the others."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_finish() -> None:
    # What hypothesis draws depends on the code that is loaded: on all of it, whatever ran before.
    for name in ("domain", "policies", "resolvers", "schema"):
        for each in walk_packages([str(CHECKOUT / name)], f"{name}."):
            import_module(each.name)
    import_module("migrations.walls")
    memory.settle()


HASTY = {
    **dict.fromkeys(("fsync", "synchronous_commit", "full_page_writes"), "off"),
    "max_parallel_workers_per_gather": "0",
}
"""A test's database need not survive a power cut, nor start processes to count what a test asks."""


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


MISCOUNTED = """
with counted(institution_id, list, subject_id, kind, status, number) as (
  select institution_id, 'mine', applicant_id, kind, status, count(*)
  from requests group by 1, 3, 4, 5
  union all
  select institution_id, 'unit', unit_id, kind, status, count(*)
  from requests where status <> 'draft' and unit_id is not null group by 1, 3, 4, 5
  union all
  select p.institution_id, 'handled', p.id, r.kind, r.status, count(distinct r.id)
  from steps s
  join requests r on (r.institution_id, r.id) = (s.institution_id, s.request_id)
  join people p on p.id = s.decided_by
  where r.applicant_id <> p.id and r.concerns_id is distinct from p.id group by 1, 3, 4, 5
), kept as (
  select institution_id, list, subject_id, kind, status, sum(number) as number
  from request_counts group by 1, 2, 3, 4, 5 having sum(number) <> 0)
(table counted except all table kept) union all (table kept except all table counted)"""
"""Lists of requests whose kept number is not how many there are."""


@pytest.fixture
def data_dir() -> Iterator[Path]:
    yield from _data_dir()


@pytest.fixture(scope="session")
def made() -> Iterator[Path]:
    """A data directory with every table in it, which nobody uses: to copy it is cheap."""
    for directory in _data_dir():
        with postgres.running(directory, **HASTY) as database:
            asyncio.run(migrate(database.owner_url, postgres.APP))
        yield directory


@pytest.fixture
def prepared(made: Path) -> Iterator[Path]:
    """A data directory of one's own, where everything was begun and stopped before."""
    yield from _copies(made)


@pytest.fixture(scope="session")
def database(made: Path) -> Iterator[postgres.Database]:
    """The embedded database with every table, for the whole run."""
    for directory in _copies(made):
        with postgres.running(directory, **HASTY) as database:
            yield database


@pytest.fixture(scope="session")
def owner_url(database: postgres.Database) -> str:
    return database.owner_url


@pytest.fixture(scope="session")
def app_url(database: postgres.Database) -> str:
    return database.app_url


def _copies(made: Path) -> Iterator[Path]:
    for directory in _data_dir():
        # Owners and modes too: for root the files are another user's.
        subprocess.run(["cp", "-a", made / "postgres", directory], check=True)
        yield directory


def _data_dir() -> Iterator[Path]:
    directory = Path(tempfile.mkdtemp(prefix="guiju-test-"))
    # For root the database is another user's, who must be able to pass.
    directory.chmod(0o711)
    yield directory
    # What was killed in it may be writing its last.
    shutil.rmtree(directory, ignore_errors=True)


async def graded(database: postgres.Database) -> None:
    """As if each office had recorded its network's grade: carriers of secrets are off without."""
    address = database.owner_url.replace(postgres.OWNER, "postgres")
    connection = await asyncpg.connect(address)
    await connection.execute("update institutions set network_grade = 'top_secret'")
    await connection.close()


@pytest.fixture(scope="session")
def demo_offices(database: postgres.Database) -> postgres.Database:
    """The database with the demo offices in it."""
    asyncio.run(demo.load(database.owner_url))
    asyncio.run(graded(database))
    asyncio.run(copied(database, SPARE))
    return database


@pytest.fixture(scope="session")
def spare(demo_offices: postgres.Database) -> postgres.Database:
    """The demo offices once more, in a database that no other test writes to."""
    return replaced(demo_offices, SPARE)


@pytest.fixture(scope="session")
async def started(demo_offices: postgres.Database) -> AsyncIterator[Api]:
    async with opened(demo_offices) as api:
        memory.settle()
        yield api


@pytest.fixture
async def api(started: Api) -> AsyncIterator[Api]:
    """The API of the demo offices on a Monday morning, before anybody has asked for anything."""
    await emptied(started)
    yield started
    assert started.unexpected == [], "nothing unexpected happened"
    miscounted = [] if started.tampered else await started.rows(MISCOUNTED)
    assert miscounted == [], "what is counted is how many there are"


@pytest.fixture
async def unharmed(api: Api) -> AsyncIterator[Visitor]:
    """Somebody of the staff whose bad input leaves every table as it was."""
    visitor = await api.person("staff@hrss-bureau")
    before = await api.counts()
    yield visitor
    assert await api.counts() == before


@pytest.fixture
async def posts(api: Api) -> AsyncIterator[Api]:
    async with posts_restored(api):
        yield api


@pytest.fixture
async def admin(posts: Api) -> Visitor:
    return await posts.person("system_admin@hrss-bureau")
