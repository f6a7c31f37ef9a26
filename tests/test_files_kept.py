"""Files on the disk: memory flat, room bounded, what nobody needs swept, closed to others."""

import hashlib
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import psutil
import pytest
from obstore.store import MemoryStore

from resolvers.files.storing import InObjects, Place, Shelves
from resolvers.time import duty_jobs
from schema.ground.ids import read_id
from tests.office import Api, Visitor, leave, problems
from tests.sending import (
    begin,
    confirm,
    got,
    opened,
    pdf,
    put,
    send,
)

STAFF, CHIEF = "staff@hrss-bureau", "section_chief@hrss-bureau"
PDF = b"".join(pdf("Sick note"))
ATTACHMENTS = "query ($id: ID!) { node(id: $id) { ... on Request { attachments { upload } } } }"


async def asked_for(who: Visitor, upload: str) -> Any:
    form = {**leave("2026-03-16"), "attachments": [{"upload": upload}]}
    return await who.submit("leave.personal", form)


def key_of(upload: Any) -> UUID:
    return UUID(read_id(upload["id"])[1])


async def test_memory_stays_flat_while_two_hundred_megabytes_come_and_go(api: Api) -> None:
    asking, process = await api.person(STAFF), psutil.Process()
    padding = 200 << 20
    digest, size = hashlib.sha256(), 0
    for piece in pdf(padding=padding):
        digest.update(piece)
        size += len(piece)
    upload = await begin(asking, "档案.pdf", size)
    before, most = process.memory_info().rss, 0

    async def pieces() -> AsyncIterator[bytes]:
        nonlocal most
        for piece in pdf(padding=padding):
            most = max(most, process.memory_info().rss)
            yield piece

    assert (await put(asking, upload["url"], pieces())).status_code == 204
    kept = await confirm(asking, upload, b"", size=size, sha256=digest.hexdigest())
    assert kept["sha256"] == digest.hexdigest()
    link, came = (await opened(asking, upload["id"]))["url"], 0
    files: Shelves = api.services.files
    place = Place("hrss-bureau", key_of(upload))
    async for chunk in files.kept.read(place, 0, size):
        came += len(chunk)
        most = max(most, process.memory_info().rss)
    assert (came, link[:12]) == (size, "/files/open/")
    assert most - before < 24 << 20


async def test_a_full_disk_takes_nothing_in_and_lets_everybody_read(api: Api) -> None:
    asking = await api.person(STAFF)
    upload = await send(asking, "a.pdf", PDF)
    request = await asked_for(asking, upload["id"])
    begun = await begin(asking, "b.pdf", len(PDF))
    services = api.services
    try:
        full = replace(services.files, reserve=1 << 60)
        api.app.state.services = replace(services, files=full)
        before = await api.counts()
        assert (await begin(asking, "c.pdf", 10))["code"] == "STORAGE_FULL"
        assert (await put(asking, begun["url"], PDF)).status_code == 507
        refused = await asking.submit("leave.personal", leave("2026-03-23"))
        assert (refused["code"], refused["message"][:7]) == (
            "STORAGE_FULL",
            "存储空间已满，",
        )
        assert await api.counts() == before
        [attached] = (await asking.one(ATTACHMENTS, {"id": request["id"]}))["attachments"]
        link = await opened(asking, attached["upload"])
        assert (await got(asking, link["url"])).content == PDF
        quotas = replace(services.files, per_person=1 << 20, per_office=1 << 21)
        api.app.state.services = replace(services, files=quotas)
        mine = await begin(asking, "c.pdf", 1 << 20)
        assert problems(mine) == {("size", "QUOTA_OF_PERSON")}
        other = await api.person("staff_2@hrss-bureau")
        assert "url" in await begin(other, "c.pdf", 1 << 20)
        third = await api.person(CHIEF)
        assert problems(await begin(third, "c.pdf", 1 << 20)) == {("size", "QUOTA_OF_OFFICE")}
    finally:
        api.app.state.services = services


async def test_what_was_never_finished_or_attached_is_swept_and_the_rest_stays(api: Api) -> None:
    asking = await api.person(STAFF)
    kept, loose = [await send(asking, name, PDF) for name in ("a.pdf", "b.pdf")]
    await asked_for(asking, kept["id"])
    cut = await begin(asking, "c.pdf", len(PDF))
    await put(asking, cut["url"], PDF[:1000], 0, len(PDF))
    folder = api.app.state.settings.data_dir

    def there() -> set[str]:
        names = {path.name for path in folder.rglob("*") if path.is_file()}
        return names & {str(key_of(each)) for each in (kept, loose, cut)}

    assert len(there()) == 3
    await duty_jobs.daily(api.services, {"institution": "hrss-bureau"})
    assert len(there()) == 3
    # The disk tells its own time.
    api.now = api.now + timedelta(days=3650)
    await duty_jobs.daily(api.services, {"institution": "science-bureau"})
    assert len(there()) == 3
    await duty_jobs.daily(api.services, {"institution": "hrss-bureau"})
    assert there() == {str(key_of(kept))}
    assert await api.value("select count(*) from files") == 1


async def test_nobody_but_the_server_reads_its_folder_and_no_name_leads_to_a_file(api: Api) -> None:
    asking = await api.person(STAFF)
    await send(asking, "工资表.pdf", PDF)
    folder = api.app.state.settings.data_dir
    found = list(folder.rglob("*"))
    assert all(path.stat().st_mode & 0o077 == 0 for path in found)
    assert not any("工资" in path.name for path in found)


async def test_an_object_store_keeps_files_as_a_disk_does(tmp_path) -> None:
    kept, place = InObjects(MemoryStore()), Place("hrss-bureau", UUID(int=5))
    source = tmp_path / "a"
    source.write_bytes(PDF)
    await kept.keep(source, place)
    await kept.keep(source, place)
    assert b"".join([each async for each in kept.read(place, 10, 500)]) == PDF[10:510]
    assert list(await kept.listed("hrss-bureau")) == [place.id]
    assert not await kept.listed("science-bureau")
    await kept.remove(place)
    await kept.remove(place)
    with pytest.raises(FileNotFoundError):
        _ = [each async for each in kept.read(place, 0, 1)]
