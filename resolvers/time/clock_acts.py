"""What people do with a running clock: pause it, let it go on, ask for more time, grant it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.errors import Refused, at_fault, must_be_said
from domain.shapes.points import end_of
from domain.shapes.running import Longer, Running, Until, extend, must_go_on, pause, resume
from domain.time.moments import OFFICE_TIME, is_near
from resolvers.ground import ledger
from resolvers.ground.context import Context
from resolvers.ground.notices import announce
from resolvers.time import clock_notices as told
from resolvers.time.clock_rows import ONE_ALONE, Change, Kept, Who, keep, now_running, read_kept


async def alone(context: Context, clock_id: UUID) -> Kept:
    """A clock of the viewer's institution, which nobody else changes meanwhile.

    Raises: Refused: there is none.
    """
    await ledger.hold(context.transaction, context.viewer.institution)
    rows = await context.rows(ONE_ALONE, id=clock_id)
    if not rows:
        raise Refused("CLOCK_NOT_FOUND")
    [kept] = await read_kept(context.services.rulebooks, rows)
    return kept


async def stand_still(context: Context, clock_id: UUID, reason: str) -> None:
    """Pause a clock that one answers for.

    Raises: Refused: it is not the viewer's, or it does not run.
    """
    kept = await _own(context, clock_id, reason)
    await _keep(context, kept, pause(kept.running, context.now), "paused", reason)


async def go_on(context: Context, clock_id: UUID, reason: str) -> None:
    """Let a clock that one answers for run on, with the time given back.

    Raises: Refused: it is not the viewer's, or it does not stand still.
    """
    kept = await _own(context, clock_id, reason)
    running = resume(kept.running, context.now, await context.calendar())
    await _keep(context, kept, running, "resumed", reason)


async def ask(
    context: Context, clock_id: UUID, until: date | None, count: int | None, reason: str
) -> None:
    """Ask for more time; the next level is told.

    Raises: Refused: it is not the viewer's clock, it has ended, an answer is owed already, or no
    such extension could be granted.
    """
    kept = await _own(context, clock_id, reason)
    must_go_on(kept.running, context.now)
    if kept.asked:
        raise Refused("EXTENSION_ASKED")
    if (until is None) == (count is None):
        raise at_fault("UNTIL_OR_COUNT", "input", "until")
    if until and not is_near(until, context.today):
        raise at_fault("DATE_TOO_FAR", "input", "until")
    asked = {
        "by": str(context.viewer.person.id),
        "name": context.viewer.person.name,
        "at": context.now.isoformat(),
        "until": until.isoformat() if until else None,
        "count": count,
        "reason": reason,
    }
    kept = replace(kept, asked=asked)
    await _extended(context, kept)
    to = await told.next_level(
        context.transaction, kept, context.services.vocabulary, context.today
    )
    said = {"name": context.viewer.person.name, "reason": reason}
    lines = told.notices("CLOCK_EXTENSION_ASKED", kept, to, **said)
    await announce(context, *lines)
    await _keep(context, kept, kept.running, "extension_asked", reason)


async def answer(context: Context, clock_id: UUID, *, agree: bool, reason: str) -> None:
    """Grant more time or refuse it; who asked, who answers and the applicant are told.

    Raises: Refused: nothing was asked, it was asked by or for the viewer, or the clock has ended.
    """
    must_be_said(reason, "reason")
    kept, viewer = await alone(context, clock_id), context.viewer
    must_go_on(kept.running, context.now)
    if kept.asked is None:
        raise Refused("NO_EXTENSION_ASKED")
    asker = UUID(kept.asked["by"])
    if viewer.person.id in {asker, kept.applicant}:
        raise Refused("OWN_EXTENSION")
    to = await told.whereabouts(
        context.transaction,
        kept.institution,
        [each for each in (asker, *kept.responsible, kept.applicant) if each],
    )
    by = asker, kept.asked["name"]
    running = await _extended(context, kept) if agree else kept.running
    kept = replace(kept, running=running, asked=None)
    code = "CLOCK_EXTENDED" if agree else "CLOCK_EXTENSION_REFUSED"
    lines = told.notices(code, kept, to, reason=reason)
    await announce(context, *lines)
    what = "extended" if agree else "extension_refused"
    await _keep(context, kept, running, what, reason, by=by)


async def _extended(context: Context, kept: Kept) -> Running:
    """The clock as it would be if what was asked were granted."""
    asked = kept.asked or {}
    longer: Longer | Until
    if asked["until"]:
        longer = Until(end_of(date.fromisoformat(asked["until"]), context.now))
    else:
        longer = Longer(Decimal(asked["count"]))
    return extend(kept.running, longer, context.now, await context.calendar())


async def _own(context: Context, clock_id: UUID, reason: str) -> Kept:
    must_be_said(reason, "reason")
    kept = await alone(context, clock_id)
    actor = context.viewer.actor(kept.subject_kind, {})
    if not (actor.seats | set(actor.lent)) & set(kept.responsible):
        raise Refused("NOT_RESPONSIBLE", clause=kept.running.clock.clause)
    return kept


async def _keep(
    context: Context, kept: Kept, running: Running, what: str, reason: str, *, by: Who | None = None
) -> None:
    person, now = context.viewer.person, context.now
    viewer: Who = person.id, person.name
    change = Change(what, by or viewer, reason.strip(), *([viewer] if by else []))
    await keep(context.transaction, context.services, [(now_running(kept, running), change)], now)
    await context.done(
        f"clock_{what}",
        {"clock": kept.id},
        row=running.clock.id,
        clause=running.clock.clause,
        subject=kept.subject,
        due_at=running.due_at.astimezone(OFFICE_TIME),
        name=person.name,
        reason=reason.strip(),
    )
