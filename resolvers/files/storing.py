"""Where files lie: what is being uploaded on this disk, what is kept there or in an object store.

A file lies under its institution and the end of its id, never under its name, and nobody but the
server's own account reads it. What stands under a name is whole: it is written beside, forced to
the disk and then renamed.
"""

import asyncio
import errno
import fcntl
import os
import shutil
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from domain.errors import Refused

READ_AT_ONCE = 256 * 1024
FULL = (errno.ENOSPC, errno.EDQUOT)


@dataclass(frozen=True)
class Place:
    """Where a file lies: its institution and its id."""

    institution: str
    id: UUID

    @property
    def key(self) -> str:
        """Ids begin with their time: their ends spread over the folders."""
        return f"{self.institution}/{self.id.hex[-2:]}/{self.id}"


class Kept(Protocol):
    """What keeps files for good."""

    async def keep(self, source: Path, place: Place) -> None:
        """Take a file over, whole or not at all; once more is the same."""

    def read(self, place: Place, first: int, length: int) -> AsyncIterator[bytes]:
        """So many bytes from the first on. Raises: FileNotFoundError."""

    async def remove(self, place: Place) -> None:
        """It is gone, if it was there."""

    async def listed(self, institution: str) -> Mapping[UUID, float]:
        """Every file of an institution, and when it was written."""


@dataclass(frozen=True)
class OnDisk:
    """Files in a folder of this machine."""

    root: Path

    def path(self, place: Place) -> Path:
        return self.root / place.key

    async def keep(self, source: Path, place: Place) -> None:
        await asyncio.to_thread(self._keep, source, self.path(place))

    def _keep(self, source: Path, target: Path) -> None:
        make_folder(target.parent, self.root)
        beside = target.with_name(f"{target.name}.new")
        with full_is_said():
            # A copy: whoever still holds the upload open writes to nothing that is kept.
            with os.fdopen(
                os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb"
            ) as new:
                with source.open("rb") as opened:
                    shutil.copyfileobj(opened, new, READ_AT_ONCE)
                new.flush()
                os.fsync(new.fileno())
            beside.replace(target)
            force(target.parent)

    async def read(self, place: Place, first: int, length: int) -> AsyncIterator[bytes]:
        with await asyncio.to_thread(self.path(place).open, "rb") as opened:
            opened.seek(first)
            while length and (chunk := await _read(opened, min(length, READ_AT_ONCE))):
                length -= len(chunk)
                yield chunk

    async def remove(self, place: Place) -> None:
        self.path(place).unlink(missing_ok=True)

    async def listed(self, institution: str) -> Mapping[UUID, float]:
        return await asyncio.to_thread(written_in, self.root / institution)


async def _read(opened: Any, size: int) -> bytes:
    chunk: bytes = await asyncio.to_thread(opened.read, size)
    return chunk


@dataclass(frozen=True)
class InObjects:
    """Files in a store that speaks S3, or whatever else `obstore` knows."""

    store: Any

    async def keep(self, source: Path, place: Place) -> None:
        await self.store.put_async(place.key, source)

    async def read(self, place: Place, first: int, length: int) -> AsyncIterator[bytes]:
        ranged = {"range": (first, first + length)}
        found = await self.store.get_async(place.key, options=ranged)
        async for chunk in found.stream(min_chunk_size=READ_AT_ONCE):
            yield bytes(chunk)

    async def remove(self, place: Place) -> None:
        with suppress(FileNotFoundError):
            await self.store.delete_async(place.key)

    async def listed(self, institution: str) -> Mapping[UUID, float]:
        found = {}
        async for batch in self.store.list(f"{institution}/"):
            for each in batch:
                with suppress(ValueError):
                    key = UUID(each["path"].rpartition("/")[2])
                    found[key] = each["last_modified"].timestamp()
        return found


@dataclass(frozen=True)
class Shelves:
    """Where uploads lie while they come, and where files are kept.

    So many bytes of the disk stay free: below them nothing is taken in. Quotas are bytes as well.
    """

    parts: Path
    kept: Kept
    reserve: int
    per_person: int
    per_office: int

    def part(self, place: Place) -> Path:
        return self.parts / place.key

    def must_have_room(self, more: int = 0) -> None:
        """Raises: Refused: STORAGE_FULL, where so much more would leave less than the reserve."""
        there = self.parts
        while not there.exists():
            there = there.parent
        if shutil.disk_usage(there).free - more < self.reserve:
            raise Refused("STORAGE_FULL")

    def received(self, place: Place) -> int:
        """How many bytes of an upload have come."""
        try:
            return self.part(place).stat().st_size
        except FileNotFoundError:
            return 0

    @contextmanager
    def receiving(self, place: Place, first: int) -> Iterator[int]:
        """An upload open to be written on from a byte, by one connection at a time.

        Raises: Refused: another connection is at it, or so much has not come.
        """
        path = self.part(place)
        make_folder(path.parent, self.parts)
        opened = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            try:
                fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Refused("UPLOAD_IN_HAND") from None
            if os.fstat(opened).st_size < first or (first and os.fstat(opened).st_size != first):
                raise Refused("UPLOAD_OFFSET", offset=os.fstat(opened).st_size)
            os.ftruncate(opened, first)
            os.lseek(opened, first, os.SEEK_SET)
            with full_is_said():
                yield opened
                os.fsync(opened)
        finally:
            os.close(opened)

    async def sweep(self, institution: str, known: frozenset[UUID], before: float) -> int:
        """Remove what has no row and was written before a moment; how many files that were."""
        parts = OnDisk(self.parts)
        gone = 0
        for shelf, wanted in ((parts, frozenset[UUID]()), (self.kept, known)):
            for key, written in (await shelf.listed(institution)).items():
                if written < before and key not in wanted:
                    await shelf.remove(Place(institution, key))
                    gone += 1
        return gone


def opened_at(url: str | None, folder: Path, **bounds: int) -> Shelves:
    """Shelves in a folder, or with what is kept in the store that an address names.

    What is kept never changes, so that it is backed up while others write; uploads lie beside it.
    """
    kept: Kept = OnDisk(folder / "files")
    if url:
        from obstore.store import from_url

        kept = InObjects(from_url(url))
    return Shelves(folder / "uploads", kept, **bounds)


def make_folder(folder: Path, root: Path) -> None:
    """A folder below a root, each on the way closed to others and forced to the disk."""
    if folder.is_dir():
        return
    if folder != root:
        make_folder(folder.parent, root)
    else:
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with full_is_said():
        folder.mkdir(mode=0o700, exist_ok=True)
        force(folder.parent)


def force(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


@contextmanager
def full_is_said() -> Iterator[None]:
    """Raises: Refused: STORAGE_FULL, where the disk is."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise Refused("STORAGE_FULL") from error
        raise


def written_in(folder: Path) -> dict[UUID, float]:
    """The files below a folder that are called by an id, and when each was written."""
    found = {}
    for path in folder.glob("*/*"):
        with suppress(ValueError, FileNotFoundError):
            found[UUID(path.stem)] = path.stat().st_mtime
    return found
