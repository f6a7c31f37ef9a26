"""Publishing served: a preview, what it becomes, and how it leaves the board.

What is published is what the preview of the same input showed: its digest is asked for. What the
stages of a case hang there and take down nobody publishes by hand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from domain.approval.forms import LONGEST_TEXT
from domain.errors import Problem, Refused, at_fault, invalid, must_be_said, must_be_short
from domain.records.publications import Standing, digest_of
from domain.records.statements import Statement
from domain.shapes.cadences import Cadence, Period, period_at
from domain.shapes.clocks import later
from domain.shapes.points import end_of
from domain.shapes.publishing import Publishing, duty_of, may_be_told
from domain.vocabulary import Act
from resolvers.files.attaching import give
from resolvers.ground.context import Context
from resolvers.ground.keeping import alone
from resolvers.records import publication_rows as rows
from resolvers.records.acts import may
from resolvers.records.allowed import must, refusal
from resolvers.records.publication_rows import asked_for, period_of, publishing_of
from resolvers.records.statements import BY_NAME, LONGEST, all_lines
from resolvers.requests.papers import Attachment
from resolvers.rules.rulebooks import LivingRulebook
from resolvers.time.clocks import Subject, happened
from resolvers.time.duties_done import Shown, done_in


@dataclass(frozen=True)
class Wanted:
    """What is to be published: of which cadence or of which days, and what is said with it."""

    statement: Statement
    cadence: str
    day: date
    last: date | None = None
    title: str = ""
    said: str = ""
    papers: Sequence[Attachment] = ()
    request: UUID | None = None


@dataclass(frozen=True)
class Preview:
    """What would be published, to the letter."""

    content: Mapping[str, Any]
    publishing: Publishing
    cadence: Cadence | None
    period: Period

    @property
    def digest(self) -> str:
        return digest_of(self.content)


async def preview(context: Context, wanted: Wanted) -> Preview:
    """What would be published now.

    Raises: Refused: not the viewer's to publish, no clause asks for it, its period is not over, or
    something to be said with it is missing.
    """
    statement, living = wanted.statement, await context.rulebook()
    await must_publish(context, statement)
    cadence = asked_for(living, statement, wanted.cadence)
    publishing = publishing_of(living, statement, cadence)
    period = period_of(cadence, wanted.day, wanted.last, context.today)
    if (period.last - period.first).days > LONGEST:
        raise at_fault("TOO_LONG_A_PERIOD", "input", "last", days=LONGEST)
    if not may_be_told(statement.written, cadence, period, context.today):
        raise Refused("PERIOD_NOT_OVER", clause=publishing.clause)
    _must_be_said(wanted)
    await _must_be_approved(context, living, wanted, publishing, period.first)
    lines = await all_lines(context, statement, period.first, period.last)
    return _shown(wanted, publishing, cadence, period, lines)


def _shown(
    wanted: Wanted,
    publishing: Publishing,
    cadence: Cadence | None,
    period: Period,
    lines: Sequence[Mapping[str, Any]] = (),
) -> Preview:
    content = {
        "statement": wanted.statement.name,
        "cadence": cadence.id if cadence else "",
        "clause": publishing.clause,
        "reach": publishing.reach.value,
        "first_day": period.first.isoformat(),
        "last_day": period.last.isoformat(),
        "title": wanted.title.strip(),
        "said": wanted.said.strip(),
        "papers": [each.stored for each in wanted.papers],
        "heads": wanted.statement.heads,
        "lines": wanted.statement.lines(lines),
    }
    return Preview(content, publishing, cadence, period)


def _must_be_said(wanted: Wanted) -> None:
    """What is written by hand has a title and a text."""
    must_be_short(wanted.title, "input", "title", longest=LONGEST_TEXT)
    for name in ("title", "said") if wanted.statement.written else ():
        must_be_said(getattr(wanted, name), "text" if name == "said" else name)


async def must_publish(context: Context, statement: Statement) -> None:
    """Raises: Refused: the lines let others publish it, or the stages of a case do."""
    if statement.hung_by:
        verdict = await may(context, statement.name, Act.PUBLISH)
        raise refusal(context, "HUNG_BY_A_CASE", statement.hung_by, verdict)
    await must(context, "NOT_YOURS_TO_PUBLISH", statement.name, Act.PUBLISH)


async def _must_be_approved(
    context: Context, living: LivingRulebook, wanted: Wanted, publishing: Publishing, first: date
) -> None:
    """Where a clause wants it approved, a request that was stands behind this alone."""
    kind = publishing.approved_by
    if not kind:
        return
    row = wanted.request and await context.row(
        rows.REQUEST, id=wanted.request, title=wanted.title.strip(), first=first
    )
    if not row or row["kind"] != kind or not row["stands"]:
        label = living.vocabulary.kinds[kind].label
        told = label.both
        raise invalid(
            [Problem("NEEDS_APPROVAL_FIRST", ("input", "requestId"), publishing.clause, told)]
        )


async def publish(context: Context, wanted: Wanted, digest: str) -> None:
    """Put it on the board, in the place of what was published of the same period.

    Raises: Refused: as in a preview, something else than was shown, or published so already.
    """
    shown, me = await preview(context, wanted), context.viewer.person
    institution, before = me.institution, await _latest(context, shown)
    if before and not before["withdrawn"] and before["digest"] == shown.digest:
        raise Refused("PUBLISHED_ALREADY", clause=shown.publishing.clause)
    if digest != shown.digest:
        raise Refused("PREVIEW_CHANGED", clause=shown.publishing.clause)
    cadence = shown.cadence
    owed = duty_of(wanted.statement.written, cadence, shown.period) if cadence else None
    until = await _lasts(context, shown.publishing)
    replaces = before["id"] if before else None
    key = await _put_up(context, wanted, shown, owed, until, replaces, answered=True)
    for subject in filter(None, (key, wanted.request)):
        about = Subject(subject, institution, wanted.statement.name, wanted.request, (me.id,))
        await happened(context, [f"{wanted.statement.name}.published"], about)


async def _latest(context: Context, shown: Preview) -> Any:
    """What was last on the board of the same name and period; two at once are judged in turn."""
    named = {name: shown.content[name] for name in ("statement", "cadence", "clause", "title")}
    named |= {"first": shown.period.first, "last": shown.period.last}
    await context.one_at_a_time(f"{context.viewer.institution}:{sorted(named.items())}")
    return await context.row(rows.LATEST, **named)


async def _lasts(context: Context, publishing: Publishing) -> datetime | None:
    """Until when it stays by its clause, if that says so."""
    lasts = publishing.lasts
    return later(context.now, lasts.count, lasts.unit, await context.calendar()) if lasts else None


async def _put_up(
    context: Context,
    wanted: Wanted,
    shown: Preview,
    owed: Period | None,
    until: datetime | None,
    replaces: UUID | None,
    *,
    answered: bool,
) -> UUID:
    """Write it on the board; what a cadence wants of its period is done."""
    me, key = context.viewer.person, context.services.new_id()
    row = {
        **shown.content,
        **_signed(context),
        "id": key,
        "digest": shown.digest,
        "replaces": replaces,
        "request_id": wanted.request,
        "until": until,
    }
    with alone(Refused("PUBLISHED_ALREADY", clause=shown.publishing.clause)):
        await context.rows(rows.PUBLISH, rows=[row])
    await give(context, wanted.papers, wanted.statement.name, key)
    if shown.cadence and owed and owed.opens <= context.today:
        living, told_by = await context.rulebook(), Shown(me.id, me.name, key)
        await done_in(context, living, shown.cadence, owed, context.today, told_by)
    if answered:
        await context.remember({"publication": key})
    without = {name: value for name, value in row.items() if name not in ("heads", "lines")}
    await context.record("statement_published", without)
    return key


async def hang(
    context: Context, wanted: Wanted, until: date | None = None, replaces: UUID | None = None
) -> UUID:
    """Put what a stage of a case says on the board by the office's clause, until a day if named.

    Raises: Refused: no clause wants it there, or the same hangs there already.
    """
    living, today = await context.rulebook(), context.today
    cadence = asked_for(living, wanted.statement, "")
    publishing = publishing_of(living, wanted.statement, cadence)
    shown = _shown(wanted, publishing, cadence, period_of(None, today, None, today))
    owed = period_at(cadence, today) if cadence else None
    ends = end_of(until, context.now) if until else await _lasts(context, publishing)
    before = await _latest(context, shown)
    replaces = replaces or (before["id"] if before and before["withdrawn"] else None)
    return await _put_up(context, wanted, shown, owed, ends, replaces, answered=False)


async def take_down(context: Context, publication: UUID, why: str) -> None:
    """Take off the board what a stage hung there; what left it by itself stays as it is."""
    row = await context.row(rows.ONE, id=publication)
    if row is not None and rows.standing_of(row, context.now) is Standing.ON_BOARD:
        await _take_off(context, publication, why.strip(), answered=False)


async def _take_off(context: Context, publication: UUID, why: str, *, answered: bool) -> None:
    end = {**_signed(context), "publication_id": publication, "why": why}
    await context.rows(rows.WITHDRAW, rows=[end])
    if answered:
        await context.remember({"publication": publication})
    await context.record("statement_withdrawn", end)


def _signed(context: Context) -> dict[str, Any]:
    """Who does it, in which role, and when."""
    return {**context.signed, "role": context.transaction.acted.get("role", "")}


async def withdraw(context: Context, publication: UUID, why: str) -> None:
    """Take something off the board; it stays to be seen by those who publish it.

    Raises: Refused: not the viewer's, no such publication, not on the board, or no reason given.
    """
    institution, me = context.viewer.institution, context.viewer.person
    missing = at_fault("PUBLICATION_NOT_FOUND", "input", "publicationId")
    row = await context.found(rows.ONE, missing, id=publication)
    if row["statement"] not in BY_NAME:
        raise missing
    await must_publish(context, BY_NAME[row["statement"]])
    because = must_be_said(why, "reason")
    await context.one_at_a_time(f"{institution}:{publication}")
    row = await context.found(rows.ONE, missing, id=publication)
    if rows.standing_of(row, context.now) is not Standing.ON_BOARD:
        raise Refused("NOT_ON_BOARD")
    await _take_off(context, publication, because, answered=True)
    about = Subject(publication, institution, row["statement"], row["request_id"], (me.id,))
    await happened(context, [f"{row['statement']}.withdrawn"], about)
