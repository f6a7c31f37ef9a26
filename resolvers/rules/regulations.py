"""Regulations of an office: named by its register, uploaded, decided by, and acknowledged.

A text is never changed: each upload is a version of its own, and its digest stands in the ledger.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from domain.accounting import EVERYBODY, Accounted, binding, concerned, concerns
from domain.errors import Refused, at_fault, must_be_said
from domain.office.organisation import Holder
from domain.rules.rows import INTERPRETATION, regulation_of, unique
from domain.rules.tables import regulation_acknowledgements
from policies import accounting
from resolvers.ground.context import Context
from resolvers.ground.database import Transaction, statement
from resolvers.ground.derived import SKIP, insertion
from resolvers.ground.keeping import alone
from resolvers.ground.viewers import HELD_TODAY
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

    Raises: Refused: another institution's, an unknown regulation, no text or too much of it;
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
    kept = text.replace("\r\n", "\n").replace("\r", "\n")
    return must_be_said(kept, "text", LONGEST_REGULATION)


async def decided(context: Context, reading: Transaction, clauses: list[str]) -> Mapping[str, int]:
    """How many requests of the viewer's institution each clause decided, where any."""
    institution = context.viewer.institution
    rows = await reading.rows(DECIDED, institution=institution, clauses=clauses)
    return {row["clause"]: row["requests"] for row in rows}


DONE = statement("""
  select regulation, version from regulation_acknowledgements
  where institution_id = :institution and person_id = :person""")
KEEP = insertion(regulation_acknowledgements, f"{SKIP} returning version")
MISSING = f"""
  from people p
  where p.institution_id = :institution and (p.leaves is null or p.leaves >= :today)
    and exists (
      select from appointments a
      join seats s on (s.institution_id, s.id) = (a.institution_id, a.seat_id)
      where (a.institution_id, a.person_id) = (p.institution_id, p.id) and {HELD_TODAY}
        and (:everybody or s.role = any(cast(:roles as text[]))))
    and not exists (
      select from regulation_acknowledgements k
      where (k.institution_id, k.person_id) = (p.institution_id, p.id)
        and k.regulation = :regulation and k.version = :version)"""
COUNT = statement(f"select count(*) {MISSING}")
PAGE = statement(f"""
  select p.id, p.name, p.account, p.name_key {MISSING}
  and (cast(:after_id as uuid) is null or (p.name_key, p.id) > (:after_name, :after_id))
  order by p.name_key, p.id limit :size""")


@dataclass(frozen=True)
class Owed:
    """A regulation in the version that stands, with its clauses that somebody acknowledges.

    The version is that of the newest text that was uploaded, and 0 before there is one.
    """

    regulation: Regulation
    version: int
    clauses: tuple[str, ...]


async def to_acknowledge(context: Context) -> list[Owed]:
    """What concerns the viewer, in the order of the register, and is not acknowledged yet."""
    viewer = context.viewer
    living = await context.rulebook()
    rows = await context.rows(DONE, person=viewer.person.id)
    done = {(row["regulation"], row["version"]) for row in rows}
    return [each for each in await _owed(context, living) if _name(each) not in done]


async def acknowledge(context: Context, regulation: str, version: int) -> None:
    """Keep that the viewer has read what binds them; once more changes nothing.

    Raises: Refused: no such regulation, nothing in it concerns the viewer, or another version
    stands.
    """
    viewer = context.viewer
    living = await context.rulebook()
    known(living, regulation, "input", "regulation")
    owed = {each.regulation.id: each for each in await _owed(context, living)}.get(regulation)
    if owed is None:
        raise Refused("CONCERNS_OTHERS")
    if owed.version != version:
        raise at_fault("ANOTHER_VERSION", "input", "version", version=owed.version)
    kept = {
        "institution_id": viewer.institution,
        "regulation": regulation,
        "version": version,
        "person_id": viewer.person.id,
        "person_name": viewer.person.name,
        "at": context.now,
    }
    new = await context.rows(KEEP, rows=[kept])
    said = {"regulation": regulation, "version": version}
    await context.remember(said)
    if new:
        content = {**said, "person_id": str(viewer.person.id), "clauses": list(owed.clauses)}
        await context.record("regulation_acknowledged", content)


@dataclass(frozen=True)
class Missing:
    """Some of those whom it concerns and who have not acknowledged it, by the key of their name."""

    version: int
    people: Sequence[tuple[Holder, str]]
    total: int


async def not_acknowledged(
    context: Context, regulation: str, size: int, after: tuple[str, UUID] | None, *, counted: bool
) -> Missing:
    """Raises: Refused, where the viewer's office has no such regulation."""
    institution = context.viewer.institution
    living = await context.rulebook()
    known(living, regulation, "regulation")
    uploads = await latest(context, institution)
    version = uploads[regulation]["version"] if regulation in uploads else 0
    lines = _binding(context, living).get(regulation, ())
    if not lines:
        return Missing(version, (), 0)
    asked = {
        "institution": institution,
        "today": context.today,
        "everybody": any(EVERYBODY in each.concerns for each in lines),
        "roles": sorted({r for e in lines for r in concerned(e, living.vocabulary.roles)}),
        "regulation": regulation,
        "version": version,
    }
    name, last = after or ("", None)
    rows = await context.rows(PAGE, **asked, size=size, after_name=name, after_id=last)
    total = await context.value(COUNT, **asked) if counted else 0
    people = [(Holder(row["id"], row["name"], row["account"]), row["name_key"]) for row in rows]
    return Missing(version, people, total)


async def _owed(context: Context, living: LivingRulebook) -> list[Owed]:
    """Each regulation that concerns the viewer, acknowledged or not."""
    uploads = await latest(context, context.viewer.institution)
    held, roles = context.viewer.person.roles, living.vocabulary.roles
    known, found = of_register(living), []
    for regulation, lines in _binding(context, living).items():
        mine = [each for each in lines if concerns(each, held, roles)]
        version = uploads[regulation]["version"] if regulation in uploads else 0
        if mine:
            found.append(Owed(known[regulation], version, unique(each.clause for each in mine)))
    return found


def _binding(context: Context, living: LivingRulebook) -> dict[str, tuple[Accounted, ...]]:
    register = living.rulebook.register.values()
    in_force = {(e.clause, e.clause_kind) for e in register if e.in_force(context.today)}
    return dict(binding(accounting.shipped(living.rulebook.institution), in_force))


def _name(each: Owed) -> tuple[str, int]:
    return each.regulation.id, each.version
