"""Uploads: begun with a name and a size, looked through when they are whole, and then kept."""

import asyncio
import hashlib
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID

import asyncpg

from domain.errors import Problem, at_fault, must_be_none
from domain.records.files import KINDS, MEGABYTE, ending_of, name_problem
from resolvers.files.looking import Look, cleaned_of, look
from resolvers.files.storing import Place
from resolvers.ground.context import Context
from resolvers.ground.database import statement

BEGIN = statement("""
  insert into files (institution_id, id, owner_id, name, size, begun_at)
  values (:institution, :id, :person, :name, :size, :now)""")
HAD = statement("""
  select coalesce(sum(size), 0) as office,
    coalesce(sum(size) filter (where owner_id = :person), 0) as person
  from files where institution_id = :institution""")
MINE = statement("""
  select * from files where institution_id = :institution and id = :id
    and owner_id = :person for update""")
CONFIRM = statement("""
  update files set sha256 = :sha256, received = :received, confirmed_at = :now
  where institution_id = :institution and id = :id""")
FORGET = statement(
    "delete from files where institution_id = :institution and id = :id and confirmed_at is null"
)
SHA256 = re.compile(r"[0-9a-f]{64}")


async def begin(context: Context, name: str, size: int) -> None:
    """Announce a file; its bytes come afterwards, to its own address.

    Raises: Refused: its name, kind or size will not do, a quota is used up, or the disk is full.
    """
    problems = []
    if code := name_problem(name):
        problems.append(Problem(code, ("input", "name")))
    kind = KINDS.get(ending_of(name))
    if size <= 0:
        problems.append(Problem("FILE_EMPTY", ("input", "size")))
    elif kind and size > kind.most:
        told = {"limit": kind.most // MEGABYTE}
        problems.append(Problem("FILE_TOO_LARGE", ("input", "size"), details=told))
    must_be_none(problems)
    shelves, me = context.services.files, context.viewer.person
    shelves.must_have_room(size)
    await context.one_at_a_time(f"{me.institution}:files")
    had = await context.row(HAD, person=me.id)
    for code, whose, most in (
        ("QUOTA_OF_PERSON", "person", shelves.per_person),
        ("QUOTA_OF_OFFICE", "office", shelves.per_office),
    ):
        if had and had[whose] + size > most:
            raise at_fault(code, "input", "size", limit=most // MEGABYTE)
    key = context.services.new_id()
    await context.rows(BEGIN, id=key, person=me.id, name=name, size=size, now=context.now)
    await context.remember({"upload": key})


async def mine(context: Context, upload: UUID, *path: str) -> asyncpg.Record:
    """An upload of the viewer's own. Raises: Refused: there is none."""
    missing = at_fault("UPLOAD_NOT_FOUND", *(path or ("input", "uploadId")))
    return await context.found(MINE, missing, id=upload, person=context.viewer.person.id)


def place_of(row: asyncpg.Record) -> Place:
    return Place(row["institution_id"], row["id"])


def must_be_the_same(row: asyncpg.Record, size: int, sha256: str) -> None:
    """Raises: Refused: something else is confirmed than was announced, or was before."""
    if not SHA256.fullmatch(sha256):
        raise at_fault("INVALID_SHA256", "input", "sha256")
    if size != row["size"]:
        raise at_fault("UPLOAD_SIZE_DIFFERS", "input", "size", size=row["size"])
    if row["received"] not in (None, sha256):
        raise at_fault("UPLOAD_DIGEST_DIFFERS", "input", "sha256")


@asynccontextmanager
async def looked_through(
    context: Context, row: asyncpg.Record, sha256: str
) -> AsyncIterator[str | None]:
    """The SHA-256 of what is now kept of an upload; nothing where it is kept already.

    No connection to the database is held meanwhile. What came is removed once its row says so; of
    what will not do nothing remains.

    Raises: Refused: it is not whole, has another sum, or is no file that is taken.
    """
    shelves, place = context.services.files, place_of(row)
    if row["confirmed_at"]:
        yield None
        return
    received = shelves.received(place)
    if received != row["size"]:
        told = {"received": received, "size": row["size"]}
        raise at_fault("UPLOAD_INCOMPLETE", "input", "uploadId", **told)
    part = shelves.part(place)
    with shelves.receiving(place, received):
        async with context.services.looking.turn(str(row["owner_id"]), known=True):
            found = await look(part, ending_of(row["name"]))
        if found.sha256 and found.sha256 != sha256:
            _remove(cleaned_of(part))
            raise at_fault("UPLOAD_DIGEST_DIFFERS", "input", "sha256")
        if found.code:
            await _forget(context, place, part)
            raise at_fault(found.code, "input", "uploadId")
        await shelves.kept.keep(found.cleaned or part, place)
        yield await _sum_of(found)
        _remove(part, cleaned_of(part))


async def _sum_of(found: Look) -> str:
    if found.cleaned is None:
        return found.sha256

    def summed(path: Path) -> str:
        with path.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()

    return await asyncio.to_thread(summed, found.cleaned)


async def _forget(context: Context, place: Place, part: Path) -> None:
    """Nothing remains of what will not do, neither its content nor its name."""
    _remove(part, cleaned_of(part))
    async with context.services.database.transaction(place.institution) as transaction:
        await transaction.rows(FORGET, institution=place.institution, id=place.id)


def _remove(*paths: Path) -> None:
    for each in paths:
        each.unlink(missing_ok=True)


async def confirm(context: Context, upload: UUID, size: int, sha256: str, kept: str | None) -> None:
    """Put on record that an upload is kept; once more is the same.

    Raises: Refused: there is none, or it was confirmed as something else.
    """
    row = await mine(context, upload)
    must_be_the_same(row, size, sha256)
    if row["confirmed_at"] is None and kept:
        await context.rows(CONFIRM, id=upload, sha256=kept, received=sha256, now=context.now)
    await context.remember({"upload": upload})
    if kept:
        person = context.viewer.person.id
        told = {"file": upload, "person": person, "size": size, "sha256": kept}
        await context.record("file_confirmed", told)
