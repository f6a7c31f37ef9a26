"""Papers of a record: confirmed uploads of whoever writes it, each of one record alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.errors import Problem, Refused, must_be_none
from domain.records.files import LONGEST_NAME
from resolvers.ground.context import Context
from resolvers.ground.database import Transaction, statement
from resolvers.ground.keeping import Overtaken
from resolvers.requests.papers import Attachment

FOUND = statement("""
  select id, name, size, sha256, record_id from files
  where institution_id = :institution and owner_id = :person and id = any(:ids)""")
ATTACH = statement("""
  update files f set record = :record, record_id = :of, paper = g.paper
  from jsonb_to_recordset(:papers) as g(upload uuid, paper text)
  where f.institution_id = :institution and f.id = g.upload and f.owner_id = :person
    and f.confirmed_at is not null
    and (f.record is null or (f.record, f.record_id) = (:record, :of))
  returning f.id""")
LET_GO = statement("""
  update files set record = null, record_id = null, paper = null
  where institution_id = :institution and record_id = :of""")
OF_RECORDS = statement("""
  select record_id, id, name, size, sha256, paper from files
  where institution_id = :institution and record_id = any(:ids) order by id""")


@dataclass(frozen=True)
class Wanted:
    """A paper as it was sent: which upload, as which demanded paper, and where in the input."""

    upload: UUID
    paper: str | None = None
    path: tuple[str, ...] = ()


async def found(
    context: Context, wanted: Sequence[Wanted], *, of: UUID | None = None
) -> tuple[Attachment, ...]:
    """The uploads that are to be attached; `of` is the record, where it is there already.

    Raises: Refused: naming each that is not the viewer's, not confirmed, or another record's.
    """
    if not wanted:
        return ()
    values = {"person": context.viewer.person.id, "ids": [each.upload for each in wanted]}
    rows = {row["id"]: row for row in await context.rows(FOUND, **values)}
    problems = []
    for index, each in enumerate(wanted):
        at = ("input", *each.path)
        row = rows.get(each.upload)
        if row is None:
            problems.append(Problem("UPLOAD_NOT_FOUND", (*at, "upload")))
        elif row["sha256"] is None:
            problems.append(Problem("UPLOAD_NOT_CONFIRMED", (*at, "upload")))
        elif row["record_id"] not in (None, of):
            problems.append(Problem("UPLOAD_ATTACHED", (*at, "upload")))
        if each.upload in [other.upload for other in wanted[:index]]:
            problems.append(Problem("NAMED_TWICE", (*at, "upload")))
        if each.paper is not None and not 0 < len(each.paper.strip()) <= LONGEST_NAME:
            problems.append(Problem("INVALID_PAPER_NAME", (*at, "paper")))
    must_be_none(problems)
    return tuple(_attachment(rows[each.upload], each.paper) for each in wanted)


async def attach(context: Context, papers: Sequence[Attachment], record: str, of: UUID) -> None:
    """Give papers to a record, for good, and put in the ledger which."""
    if papers:
        await give(context, papers, record, of)
        person = context.viewer.person.id
        told = {"object": record, "subject": of, "person": person, "files": named(papers)}
        await context.record("files_attached", told)


def named(papers: Sequence[Attachment]) -> list[dict[str, str | None]]:
    """Which papers, as a line of the ledger tells them."""
    return [{"file": each.upload, "sha256": each.sha256} for each in papers if each.upload]


async def give(context: Context, papers: Sequence[Attachment], record: str, of: UUID) -> None:
    """Give papers to a record, for good.

    Raises: Overtaken: another record has one of them meanwhile.
    """
    if not papers:
        return
    given = [{"upload": each.upload, "paper": each.paper} for each in papers if each.upload]
    person = context.viewer.person.id
    values = {"record": record, "of": of, "papers": given, "person": person}
    if len(await context.rows(ATTACH, **values)) < len(given):
        raise Overtaken(Refused("UPLOAD_ATTACHED"))


async def papers_of(
    _: Context, reading: Transaction, records: list[UUID]
) -> Mapping[UUID, list[Attachment]]:
    """The papers of many records."""
    told: dict[UUID, list[Attachment]] = {}
    for row in await reading.rows(OF_RECORDS, institution=reading.institution, ids=records):
        told.setdefault(row["record_id"], []).append(_attachment(row, row["paper"]))
    return told


def _attachment(row: Any, paper: str | None) -> Attachment:
    return Attachment(row["name"], row["sha256"], paper, str(row["id"]), row["size"])
