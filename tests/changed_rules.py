"""An office's rulebook with lines changed, as its administrator would change them."""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from pathlib import Path

import pytest

from domain.tables import metadata
from policies import loading, vocabulary
from policies.drafting import files_of, source_of
from resolvers.ground.database import Database
from resolvers.rules.rulebook_rows import read_version, store_version
from resolvers.rules.rulebooks import LAST, NEXT_EPOCH, import_shipped
from tests.office import MONDAY, Api

Imports = Callable[..., Awaitable[Api]]
OF_VERSIONS = [
    name
    for name, table in metadata.tables.items()
    if name.startswith("rulebook_") and "version" in table.columns
]
OWN = "interpretation/90"
NEWEST = "select institution_id, max(version) from rulebook_versions group by 1"


@pytest.fixture
async def imports(fleet: Api, owner_url: str, tmp_path: Path) -> AsyncIterator[Imports]:
    """Imports an office's rulebook with a file changed; what is shipped stands again after it."""
    owner = await Database.connect(owner_url, most=1)
    restore = await restoring(fleet)
    changed: set[str] = set()

    async def change(name: str, before: str, after: str, office: str = "hrss-bureau") -> Api:
        if not (tmp_path / office).exists():
            shutil.copytree(loading.SHIPPED / office, tmp_path / office)
        file = tmp_path / office / name
        text = file.read_text("utf-8")
        assert text.count(before) == 1
        file.write_text(text.replace(before, after), encoding="utf-8")
        changed.add(office)
        async with owner.transaction(office) as transaction:
            words = vocabulary.shipped()
            assert await import_shipped(transaction, office, MONDAY, words, folder=tmp_path)
        return fleet

    try:
        yield change
    finally:
        await owner.close()
        await restore(changed)


Switches = Callable[..., Awaitable[None]]


@pytest.fixture
async def switched(api: Api, owner_url: str) -> AsyncIterator[Switches]:
    """Turns a switch of an office on, by an interpretation of its own; off again after the test."""
    owner = await Database.connect(owner_url, most=1)
    restore, changed = await restoring(api), set[str]()
    first = dict(await api.rows(NEWEST))

    async def turn(office: str, switch: str = "", of: str = "") -> None:
        """On; without a switch, the rules are what they were at first."""
        changed.add(office)
        async with owner.transaction(office) as transaction:
            last = await transaction.value(LAST, institution=office)
            source = await read_version(transaction, office, first[office])
            if switch:
                files = files_of(source, vocabulary.shipped())
                cite = (OWN, "本机关设定", "interpretation", "personnel", "", "", "", "", "试行")
                files |= {"clauses": (*files["clauses"], cite), "switches": ((switch, OWN, of),)}
                source = source_of(office, files)
            on = {"effective_from": MONDAY.date(), "at": MONDAY}
            await store_version(transaction, source, last + 1, reason="adopted", **on)
            await transaction.rows(NEXT_EPOCH, institution=office)

    try:
        yield turn
    finally:
        await owner.close()
        await restore(changed)


async def restoring(api: Api) -> Callable[[Iterable[str]], Awaitable[None]]:
    """What makes offices' rulebooks what they are now, whatever was stored meanwhile."""
    newest = dict(await api.rows(NEWEST))

    async def restore(offices: Iterable[str]) -> None:
        for office in offices:
            # Kept for the whole run, they would be counted by every test that counts all rows.
            since = f"where institution_id = '{office}' and version > {newest[office]}"
            deletes = "; ".join(f"delete from {name} {since}" for name in OF_VERSIONS)
            held = "set session_replication_role = "
            await api.run(f"{held} replica; {deletes}; {held} origin")
            await api.run(
                "update institutions set policy_epoch = policy_epoch + 1 where institution_id = $1",
                office,
            )

    return restore
