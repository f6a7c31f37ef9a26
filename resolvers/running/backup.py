"""A backup: the database, the files, the keys and the settings, each part with its digest."""

import hashlib
import json
import os
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import asyncpg

from resolvers.running.postgres_account import Unavailable
from resolvers.running.programs import programs
from resolvers.running.settings import EXPECTED, KEYS, Settings

MANIFEST, DATABASE, FILES, SETTINGS = "manifest.json", "database.dump", "files", "settings.json"
HIDDEN = ("URL", "SECRET", "TOKEN")
CHUNK = 1 << 20
VERSION = "select current_setting('server_version_num')::int / 10000"
READS_ALL = "select rolsuper or rolbypassrls from pg_roles where rolname = current_user"
TABLES = """select count(*) from pg_class
 where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')"""


class Broken(Exception):
    """This backup, or the place where it should go, is not what it must be: sentences."""


@dataclass(frozen=True)
class Part:
    """A file of a backup, by its path in it."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a backup holds. `revision` says of which version its tables are."""

    made: str
    revision: str
    postgresql: int
    parts: tuple[Part, ...]
    keys: tuple[Part, ...]


async def take(
    settings: Settings, url: str, place: Path, keys: Path | None, now: datetime, revision: str
) -> tuple[Path, Manifest]:
    """Back up while others serve; nothing that bears the backup's name is ever half of one.

    The database first, then the files: a file is written before the row that names it, and never
    changes. `revision` is the one of the database's tables.

    Raises: Unavailable: the role may not read all, or a program of PostgreSQL's failed; Broken:
    there is such a backup already.
    """
    version = await _version(url, reading_all=True)
    tools = programs(url, version)
    name = f"guiju-{now:%Y%m%dT%H%M%S}"
    with _whole(place / name) as draft:
        with _new(draft / DATABASE) as dump:
            tools.run("pg_dump", "--format=custom", output=dump)
        _copied(settings.data_dir / FILES, draft / FILES)
        _write(draft / SETTINGS, json.dumps(_told(settings), indent=1).encode())
        kept: tuple[Part, ...] = ()
        if keys is not None:
            with _whole(keys / name) as beside:
                _write(beside / KEYS, "\n".join(settings.token_secrets()).encode())
                kept = parts(beside)
        made = now.isoformat(timespec="seconds")
        manifest = Manifest(made, revision, version, parts(draft), kept)
        _write(draft / MANIFEST, json.dumps(asdict(manifest), indent=1).encode())
    return place / name, manifest


def proven(backup: Path, keys: Path | None, known: Collection[str]) -> Manifest:
    """What a backup says that it holds, once every part of it is found to be so.

    `known` are the revisions of tables that this version can begin from.

    Raises: Broken: a part that is missing, was changed or is one too many, all of them named;
    tables of a version that this one does not know.
    """
    try:
        told = json.loads((backup / MANIFEST).read_bytes())
        found = Manifest(**{**told, **{of: _parts(told[of]) for of in ("parts", "keys")}})
    except (OSError, ValueError, TypeError, KeyError):
        raise Broken(f"{backup} is no backup: it has no {MANIFEST} that can be read.") from None
    if found.revision not in known:
        raise Broken(f"{backup} was made by another version, of revision {found.revision!r}.")
    complaints = [*_differences(backup, found.parts)]
    if keys is not None:
        complaints += _differences(keys, found.keys)
    if complaints:
        raise Broken("\n".join(complaints))
    return found


async def restore(settings: Settings, url: str, backup: Path, keys: Path | None) -> None:
    """Bring a proven backup into an empty database and a directory without files or keys.

    Raises: Broken: something is there already; Unavailable: PostgreSQL refuses the dump; then
    nothing is left of it.
    """
    files, key = settings.data_dir / FILES, settings.data_dir / KEYS
    if taken := [str(each) for each in (files, key) if each.exists()]:
        raise Broken(f"A backup goes to an empty place only: there is {' and '.join(taken)}.")
    if await _one(url, TABLES):
        raise Broken("A backup goes to an empty database only: this one has tables.")
    version = await _version(url)
    try:
        _copied(backup / FILES, files)
        if keys is not None:
            settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write(key, (keys / KEYS).read_bytes())
        programs(url, version).run(
            "pg_restore", "--exit-on-error", "--single-transaction", "--no-owner",
            "--no-privileges", str(backup / DATABASE),
        )  # fmt: skip
    except BaseException:
        shutil.rmtree(files, ignore_errors=True)
        if keys is not None:
            key.unlink(missing_ok=True)
        raise


def parts(place: Path) -> tuple[Part, ...]:
    """Every file below a directory, with its size and digest."""
    return tuple(
        Part(str(file.relative_to(place)), file.stat().st_size, _sha256(file))
        for file in sorted(place.rglob("*"))
        if file.is_file()
    )


def _differences(place: Path, told: tuple[Part, ...]) -> Iterator[str]:
    there = {part.name: part for part in parts(place) if part.name != MANIFEST}
    named = {part.name: part for part in told}
    yield from (f"{place / name} is missing." for name in named.keys() - there.keys())
    yield from (f"{place / name} does not belong to it." for name in there.keys() - named.keys())
    for name in named.keys() & there.keys():
        if named[name] != there[name]:
            yield f"{place / name} is not what was backed up."


def _parts(told: list[Mapping[str, Any]]) -> tuple[Part, ...]:
    return tuple(Part(**each) for each in told)


async def _version(url: str, *, reading_all: bool = False) -> int:
    if reading_all and not await _one(url, READS_ALL):
        raise Unavailable(
            "The role of GUIJU_BACKUP_DATABASE_URL does not see every office's rows: "
            "it needs BYPASSRLS and pg_read_all_data."
        )
    return int(await _one(url, VERSION))


async def _one(url: str, question: str) -> Any:
    connection = await asyncpg.connect(url, statement_cache_size=0)
    try:
        return await connection.fetchval(question)
    finally:
        await connection.close()


def _told(settings: Settings) -> dict[str, str]:
    """The settings by their names in the environment; addresses and secrets are not repeated."""
    fields = {str(field.alias): name for name, field in Settings.model_fields.items()}
    said = {}
    for name in EXPECTED:
        value = getattr(settings, fields[name])
        if value not in (None, ()):
            said[name] = "…" if name.endswith(HIDDEN) else str(value)
    return said


@contextmanager
def _whole(place: Path) -> Iterator[Path]:
    """A directory that gets its name once all that lies in it has reached the disk."""
    if place.exists():
        raise Broken(f"{place} is there already.")
    draft = place.with_name(f".{place.name}.{os.getpid()}")
    draft.mkdir(mode=0o700, parents=True)
    try:
        yield draft
        draft.rename(place)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _copied(source: Path, target: Path) -> None:
    """Copy what lies there; a file that is destroyed meanwhile is left out."""
    for file in source.rglob("*") if source.exists() else ():
        if file.is_file():
            copy = target / file.relative_to(source)
            copy.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                with file.open("rb") as content, _new(copy) as new:
                    shutil.copyfileobj(content, new, CHUNK)
            except FileNotFoundError:
                continue


def _write(file: Path, content: bytes) -> None:
    with _new(file) as new:
        new.write(content)


@contextmanager
def _new(file: Path) -> Iterator[Any]:
    """A file of our own that nobody else reads, on the disk when it is closed."""
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as new:
        yield new
        new.flush()
        os.fsync(new.fileno())


def _sha256(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
