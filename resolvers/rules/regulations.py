"""Regulations of an office: what its register names, the texts that it uploaded, what they decided.

A text is never changed: each upload is a version of its own, and its digest stands in the ledger.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from domain.errors import Refused, at_fault
from domain.rules.rows import INTERPRETATION, regulation_of, unique
from resolvers.ground.context import Context
from resolvers.ground.database import Transaction, statement
from resolvers.ground.keeping import alone
from resolvers.rules.rulebooks import LivingRulebook

LONGEST_REGULATION = 400_000

LATEST = statement("""
  select distinct on (regulation) regulation, version, uploaded_at, uploaded_by_name,
         digest, length(text) as characters
  from regulation_texts where institution_id = :institution
  order by regulation, version desc""")
TEXT = statement("""
  select regulation, version, uploaded_at, uploaded_by_name, digest,
         length(text) as characters, text
  from regulation_texts
  where institution_id = :institution and regulation = :regulation
    and (cast(:version as integer) is null or version = :version)
  order by version desc limit 1""")
UPLOAD = statement("""
  insert into regulation_texts
    (institution_id, regulation, version, text, digest,
     uploaded_by, uploaded_by_name, uploaded_at)
  select :institution, :regulation, 1 + coalesce(max(version), 0), :text, :digest,
         :person, :name, :at
  from regulation_texts
  where institution_id = :institution and regulation = :regulation
  returning version""")
DECIDED = statement("""
  select c.clause, count(*) as requests
  from requests r cross join unnest(r.claims) as c(clause)
  where r.institution_id = :institution and r.status in ('approved', 'rejected')
    and c.clause = any(cast(:clauses as text[]))
  group by c.clause""")


@dataclass(frozen=True)
class Regulation:
    """A regulation as the register knows it: `clauses` are its cites, each named once."""

    id: str
    title: str
    areas: tuple[str, ...]
    clauses: tuple[str, ...]


def of_register(living: LivingRulebook) -> dict[str, Regulation]:
    """The regulations in the order of the register."""
    lines: dict[str, list[Any]] = {}
    for line in living.rulebook.register.values():
        if line.clause_kind != INTERPRETATION:
            lines.setdefault(regulation_of(line.clause), []).append(line)
    return {
        code: Regulation(
            code,
            of_it[0].title,
            unique(line.area for line in of_it),
            unique(line.clause for line in of_it),
        )
        for code, of_it in lines.items()
    }


def known(living: LivingRulebook, regulation: str, *path: str) -> Regulation:
    """Raises: Refused, where the register names no such regulation."""
    found = of_register(living).get(regulation)
    if found is None:
        raise at_fault("UNKNOWN_REGULATION", *path)
    return found


async def latest(context: Context, institution: str) -> dict[str, Mapping[str, Any]]:
    """The newest upload of each regulation of an institution."""
    rows = await context.transaction.rows(LATEST, institution=institution)
    return {row["regulation"]: row for row in rows}


async def text_of(
    context: Context, institution: str, regulation: str, version: int | None = None
) -> Mapping[str, Any] | None:
    """The upload of a version, or the newest, with its text; None where nothing was uploaded."""
    of = {"institution": institution, "regulation": regulation, "version": version}
    return await context.transaction.row(TEXT, **of)


async def upload(context: Context, institution: str, regulation: str, text: str) -> None:
    """Keep a regulation's full text as its newest version.

    Raises:
        Refused: another institution's, an unknown regulation, no text or too much of it.
        Overtaken: somebody else uploaded it at the same moment.

    """
    viewer = context.viewer
    if institution != viewer.institution:
        raise Refused("OTHER_INSTITUTION", institution=institution[:63])
    known(await context.rulebook(institution), regulation, "input", "regulation")
    text = tidy(text)
    digest = sha256(text.encode()).digest()
    who = {"person": viewer.person.id, "name": viewer.person.name, "at": context.now}
    with alone():
        version = await context.value(
            UPLOAD, regulation=regulation, text=text, digest=digest, **who
        )
    await context.remember({"regulation": regulation, "version": version})
    content = {
        "regulation": regulation,
        "version": version,
        "sha256": digest.hex(),
        "characters": len(text),
        "by": str(viewer.person.id),
    }
    await context.record("regulation_uploaded", content)


def tidy(text: str) -> str:
    """The text as it is kept. Raises: Refused: it is empty or too long."""
    kept = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not kept:
        raise at_fault("REQUIRED", "input", "text")
    if len(kept) > LONGEST_REGULATION:
        raise at_fault("TOO_LONG", "input", "text", limit=LONGEST_REGULATION)
    return kept


async def decided(context: Context, reading: Transaction, clauses: list[str]) -> Mapping[str, int]:
    """How many requests of the viewer's institution each clause decided, where any."""
    institution = context.viewer.institution
    rows = await reading.rows(DECIDED, institution=institution, clauses=clauses)
    return {row["clause"]: row["requests"] for row in rows}
