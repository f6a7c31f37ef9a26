"""An office's rulebook with lines changed, as its administrator would change them."""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from policies import loading, vocabulary
from resolvers.ground.database import Database
from resolvers.rules.rulebooks import import_shipped
from tests.office import MONDAY, Api

Imports = Callable[..., Awaitable[Api]]


@pytest.fixture
async def imports(fleet: Api, owner_url: str, tmp_path: Path) -> AsyncIterator[Imports]:
    """Imports an office's rulebook with a file changed; what is shipped stands again after it."""
    owner = await Database.connect(owner_url, most=1)
    changed: set[str] = set()

    async def imported(office: str, folder: Path) -> bool:
        async with owner.transaction(office) as transaction:
            words = vocabulary.shipped()
            return await import_shipped(transaction, office, MONDAY, words, folder=folder)

    async def change(name: str, before: str, after: str, office: str = "hrss-bureau") -> Api:
        if not (tmp_path / office).exists():
            shutil.copytree(loading.SHIPPED / office, tmp_path / office)
        file = tmp_path / office / name
        text = file.read_text("utf-8")
        assert text.count(before) == 1
        file.write_text(text.replace(before, after), encoding="utf-8")
        assert await imported(office, tmp_path)
        changed.add(office)
        return fleet

    try:
        yield change
    finally:
        for office in changed:
            await imported(office, loading.SHIPPED)
        await owner.close()
