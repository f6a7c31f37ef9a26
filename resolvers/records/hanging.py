"""What the stages of a case hang on the board and take down: nobody publishes that by hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from domain.errors import Refused
from domain.records.publications import Standing, digest_of
from domain.records.statements import Statement
from domain.shapes.cadences import period_at
from domain.shapes.clocks import later
from domain.shapes.points import end_of
from resolvers.ground.context import Context
from resolvers.ground.keeping import alone
from resolvers.records import publication_rows as rows
from resolvers.records.publication_rows import asked_for, publishing_of
from resolvers.time.duties_done import Shown, done_in


@dataclass(frozen=True)
class Told:
    """What hangs: its title and text, until when if that is said, in whose place."""

    title: str
    said: str
    until: date | None = None
    replaces: UUID | None = None


async def hang(context: Context, statement: Statement, told: Told) -> UUID:
    """Put it on the board by the office's clause; what a cadence wants of its period is done.

    Raises:
        Refused: no clause wants it there, or the same hangs there already.

    """
    living, me = await context.rulebook(), context.viewer.person
    cadence = asked_for(living, statement, "")
    publishing, today = publishing_of(living, statement, cadence), context.today
    until = end_of(told.until, context.now) if told.until else None
    if until is None and (lasts := publishing.lasts):
        until = later(context.now, lasts.count, lasts.unit, await context.calendar())
    content: Mapping[str, Any] = {
        "statement": statement.name,
        "cadence": cadence.id if cadence else "",
        "clause": publishing.clause,
        "reach": publishing.reach.value,
        "first_day": today.isoformat(),
        "last_day": today.isoformat(),
        "title": told.title.strip(),
        "said": told.said.strip(),
        "papers": [],
        "heads": statement.heads,
        "lines": [],
    }
    row = {
        **content,
        **_signed(context),
        "id": context.services.new_id(),
        "digest": digest_of(content),
        "replaces": told.replaces,
        "request_id": None,
        "until": until,
    }
    with alone(Refused("PUBLISHED_ALREADY", clause=publishing.clause)):
        await context.rows(rows.PUBLISH, rows=[row])
    owed = period_at(cadence, today) if cadence else None
    if cadence and owed and owed.opens <= today:
        await done_in(context, living, cadence, owed, today, Shown(me.id, me.name, row["id"]))
    await context.record("statement_published", row)
    key: UUID = row["id"]
    return key


async def take_down(context: Context, publication: UUID, why: str) -> None:
    """Take it off the board; what left it by itself stays as it is."""
    row = await context.row(rows.ONE, id=publication)
    if row is None or rows.standing_of(row, context.now) is not Standing.ON_BOARD:
        return
    end = {**_signed(context), "publication_id": publication, "why": why.strip()}
    await context.rows(rows.WITHDRAW, rows=[end])
    await context.record("statement_withdrawn", end)


def _signed(context: Context) -> dict[str, Any]:
    """Who does it, in which role, and when."""
    return {**context.signed, "role": (context.transaction.acted or {}).get("role", "")}
