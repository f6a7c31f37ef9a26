"""Exporting 导出: a list taken away as a file, by whoever a line lets, and on the ledger.

The file lies ready for some minutes, for the link that its answer gives.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from hashlib import sha256
from typing import Any
from uuid import UUID

from domain.approval.description import ANSWERS
from domain.approval.request import STATUSES
from domain.errors import Refused, at_fault
from domain.messages import EN, say
from domain.records.exports import Column
from domain.vocabulary import Act, Label
from policies.vocabulary import columns as called
from policies.vocabulary import institutions
from resolvers.ground import links, tokens
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.links import Link
from resolvers.ground.people import named
from resolvers.ground.sheets import Cell
from resolvers.records.acts import may
from resolvers.records.export_lists import Listing
from resolvers.records.export_sheets import Made, Said, cell, file_of, heading, name_all
from resolvers.requests.words import camel
from resolvers.running.services import Services
from resolvers.time.sweeps import SWEEPS

EXPORT, MOST, MOST_BYTES, MOST_FRESH = "export", 10_000, 20_000_000, 20
OPEN_FOR = timedelta(minutes=10)
UNREADABLE = "…"

FRESH = statement("""
  select count(*) from exports
  where institution_id = :institution and person_id = :person and expires_at > :now""")
KEEP = statement("""
  insert into exports (institution_id, id, person_id, session_id, name, media_type, sha256,
                       lines, content, expires_at)
  values (:institution, :id, :person, :session, :name, :media_type, :sha256, :lines,
          :content, :expires_at)""")
ONE = statement("""
  select e.id, e.name, e.media_type, e.sha256, e.lines, e.expires_at from exports e
  where e.institution_id = :institution and e.id = :id and e.expires_at > :now""")
OPENED = statement("""
  select e.name, e.media_type, e.content from exports e
  join sessions s on (s.institution_id, s.id) = (e.institution_id, e.session_id)
  where e.institution_id = :institution and e.id = :id and e.expires_at > :now
    and e.session_id = :session and s.revoked_at is null and s.expires_at > :now""")


@dataclass(frozen=True)
class File:
    """What lies ready: its name, how many lines it has, its digest, and the link that opens it."""

    name: str
    lines: int
    sha256: str
    link: str
    expires_at: datetime


async def export(
    context: Context,
    listing: Listing,
    filters: Mapping[str, Any],
    written_as: str,
    named: Sequence[str] = (),
) -> None:
    """Write a list into a file, of its columns those `named`, or all but the secret ones.

    Raises: Refused: another's to export, too long, or a column that it has not.
    """
    columns = chosen(listing.columns, named)
    sensitive = [each.name for each in columns if each.secret]
    facts = {"listed": listing.of, "sensitive": bool(sensitive)}
    verdict = await may(context, EXPORT, Act.EXPORT, facts)
    if not verdict.allowed:
        raise Refused("NOT_YOURS_TO_EXPORT", clause=verdict.clause, **listing.title.both)
    title = say(context.language, listing.title)
    rows = await _rows(context, listing, columns)
    lines: list[list[Cell]] = [[heading(each, context.language) for each in columns], *rows]
    money = [at for at, each in enumerate(columns) if each.unit == "yuan"]
    about = await _about(context, title, filters, len(rows))
    of = title, {title: lines}, written_as, context.now, money, about
    made = await asyncio.to_thread(file_of, *of)
    # What is not asked for is no part of the record; words that people wrote are sealed in it.
    told: dict[str, Any] = {
        "object": listing.of,
        "format": written_as,
        "lines": made.lines,
        "filters": dict(filters),
    }
    if sensitive:
        told["columns"] = sensitive
    await keep(context, "exported", made, told)


def chosen(columns: Sequence[Column], named: Sequence[str]) -> list[Column]:
    """Every column but what is secret; or those that are named, in the order of the list.

    Raises: Refused: there is no such column.
    """
    known = {camel(each.name): each for each in columns}
    for name in named:
        if name not in known:
            told = {"name": name[:50], "known": " ".join(known)}
            raise at_fault("EXPORT_COLUMN_UNKNOWN", "input", "columns", **told)
    return [each for name, each in known.items() if name in named or not (named or each.secret)]


async def _rows(context: Context, listing: Listing, columns: Sequence[Column]) -> list[list[Cell]]:
    """Every row that there is, as its cells show it."""
    names: dict[UUID, str] = {}
    said = Said(context.language, (await context.rulebook()).vocabulary, names)
    rows: list[list[Cell]] = []
    async for page in listing.pages(columns):
        if len(rows) + len(page) > MOST:
            raise Refused("EXPORT_TOO_LONG", most=MOST)
        await name_all(context, columns, page, names)
        for row in page:
            if row is None:
                rows.append([UNREADABLE, *[None] * (len(columns) - 1)])
            else:
                rows.append([cell(row.get(each.name), each, said) for each in columns])
    return rows


async def _about(
    context: Context, title: str, filters: Mapping[str, Any], lines: int
) -> tuple[str, ...]:
    """Who exported what, when, narrowed to what, and how much that was."""
    person, labels = context.viewer.person, called()
    office = institutions().get(person.institution)
    asked = [
        f"{say(context.language, labels.get(name, Label(name, name)))}={await _said(context, each)}"
        for name, each in filters.items()
        if name != "box"  # its title says which
    ]
    narrowed = "; ".join(asked) or "—"
    at = f"{context.now:%Y-%m-%d %H:%M:%S}"
    if context.language == EN:
        by = f"Exported by: {person.name} ({office.en if office else person.institution})"
        return "About", title, by, f"At: {at}", f"Narrowed to: {narrowed}", f"Lines: {lines}"
    by = f"导出人：{person.name}({office.zh if office else person.institution})"
    return "说明", title, by, f"导出时间：{at}", f"筛选条件：{narrowed}", f"行数：{lines}"


async def _said(context: Context, value: Any) -> str:
    """What a list was narrowed to, as people call it."""
    kinds, language = (await context.rulebook()).vocabulary.kinds, context.language
    match value:
        case bool():
            return say(language, ANSWERS[value])
        case UUID():
            found = await named(context, value)
            return found[1] if found else str(value)
        case Enum():
            value = value.value
    if value in kinds:
        return say(language, kinds[value].label)
    return say(language, STATUSES[value]) if value in STATUSES else str(value)


async def keep(context: Context, event: str, made: Made, told: Mapping[str, Any]) -> None:
    """Lay a file ready, and let the ledger know of it by its digest.

    Raises: Refused: it is too large, or the viewer has too many that are fresh.
    """
    person, now = context.viewer.person, context.now
    fresh = await context.value(FRESH, person=person.id, now=now)
    if fresh >= MOST_FRESH:
        raise Refused("TOO_MANY_EXPORTS", most=MOST_FRESH)
    if len(made.content) > MOST_BYTES:
        raise Refused("EXPORT_TOO_LONG", most=MOST)
    await context.rows(SWEEPS["exports"].remove, before=now, most=MOST_FRESH)
    key, digest = context.services.new_id(), sha256(made.content).hexdigest()
    await context.rows(
        KEEP,
        **vars(made),
        id=key,
        person=person.id,
        session=context.viewer.session,
        sha256=digest,
        expires_at=now + OPEN_FOR,
    )
    await context.done(event, {"export": key}, digest=digest, **told)


async def ready(context: Context, key: UUID) -> File:
    """What lies ready, and a link to it. Raises: Refused: its time is over."""
    row = await context.row(ONE, id=key, now=context.now)
    if row is None:
        raise Refused("LINK_OVER")
    viewer, until = context.viewer, row["expires_at"]
    link = Link(EXPORT, viewer.institution, key, viewer.session)
    token = links.issue(link, until, context.services.secret)
    return File(row["name"], row["lines"], row["sha256"], f"/files/exports/{token}", until)


async def opened(services: Services, token: str, bearer: str = "") -> Mapping[str, Any]:
    """The file that a link opens: its name, its type and its content.

    A browser follows a link without the `bearer` token of its session; another's opens nothing.

    Raises: Refused: the link opens nothing, or no more, or is another's; its session is over.
    """
    now = services.now()
    link = links.read(token, EXPORT, now, services.secrets)
    if bearer and tokens.session_of(bearer, services.secrets) != link.session:
        raise Refused("LINK_OVER")
    async with services.database.transaction(link.institution, read_only=True) as reading:
        of = {"institution": link.institution, "id": link.key, "session": link.session}
        row = await reading.row(OPENED, **of, now=now)
    if row is None:
        raise Refused("LINK_OVER")
    return dict(row)
