"""Who is on duty: what they may write in the books of their roster, and who is next."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from domain import ROSTERS
from domain.errors import Refused, at_fault
from domain.records.registers import Register
from domain.records.rosters import UNWRITTEN, Roster, RosterState, unwritten
from domain.vocabulary import Act
from resolvers.ground.context import Context
from resolvers.records import roster_rows as rows
from resolvers.records.acts import roles_that_may
from resolvers.records.allowed import may_one, must
from resolvers.records.rosters import subject_of
from resolvers.time.clocks import happened

HANDOVERS = {each.handover.name: each for each in ROSTERS}


async def unwritten_log(
    context: Context, roster: Roster, first: date, last: date
) -> list[tuple[Mapping[str, Any], datetime, datetime]]:
    """The turns between two days with each stretch that the log leaves blank, until now.

    Raises: Refused: neither the log nor the roster is the viewer's to look after, or no such days.
    """
    if not await may_one(context, roster.log.name, (Act.SEE, Act.KEEP)):
        await must(context, "NOT_YOURS_TO_SETTLE", roster.name, Act.CONFIRM)
    if last < first:
        raise at_fault("END_BEFORE_START", "to")
    living = await context.rulebook()
    about = roster.name, UNWRITTEN
    most = (each.limit for each in living.shapes.quotas if (each.subject, each.measure) == about)
    longest, posts = next(most, None), sorted(roles_that_may(living, roster.log.name, Act.KEEP))
    asked = {"roster": roster.name, "first": first, "last": last, "posts": posts}
    return [
        (turn, *stretch)
        for turn in await context.rows(rows.logged(roster), **asked, now=context.now)
        for stretch in unwritten(
            turn["begins"], min(turn["ends"], context.now), turn["lines"], longest
        )
    ]


async def _handed_on(context: Context, entry: Any) -> None:
    """Whoever is on duty hands over to whoever is next at the same post.

    Raises: Refused: the viewer is not on duty, or it is handed to somebody else.
    """
    for roster in ROSTERS:
        if isinstance(entry, roster.handover.entry):
            await _must_be_next(context, roster, entry)


CHECKS = dict.fromkeys(HANDOVERS, _handed_on)
"""What a roster asks of a handover beside its form."""


async def _must_be_next(context: Context, roster: Roster, entry: Any) -> None:
    me = context.viewer.person.id
    at = getattr(entry, roster.handover.day)
    borne = await context.rows(rows.BORNE, roster=roster.name, at=at)
    mine = [turn for turn in borne if turn["person_id"] == me]
    if not mine:
        raise Refused("NOT_ON_DUTY")
    to = roster.handover.signed_by
    following = [each for turn in mine for each in await _next(context, roster, turn)]
    if getattr(entry, to) not in {each["person_id"] for each in following}:
        raise at_fault("NOT_NEXT_ON_DUTY", "input", "toId", clause=mine[0]["clause"])


async def taken_over(context: Context, register: Register, line: Mapping[str, Any]) -> None:
    """A handover is signed for: the clock of the turn that begins is stopped."""
    roster = HANDOVERS.get(register.name)
    if roster is None:
        return
    by, at = line["recorded_by"], line[register.day]
    for turn in await context.rows(rows.BORNE, roster=roster.name, at=at):
        if turn["person_id"] == by:
            for each in await _next(context, roster, turn):
                if each["person_id"] == line[register.signed_by]:
                    subject = subject_of(roster, each)
                    await happened(context, [f"{roster.name}.taken_over"], subject)


async def of_month(context: Context, roster: Roster, month: Any) -> Mapping[str, Any] | None:
    """The roster of a month: once settled for the office, before for who draws or settles it."""
    found: Mapping[str, Any] | None = await context.row(
        rows.OF_MONTH, roster=roster.name, month=month
    )
    if found is None or found["state"] == RosterState.SETTLED:
        return found
    sees = await may_one(context, roster.name, (Act.KEEP, Act.CONFIRM))
    return found if sees else None


async def _next(
    context: Context, roster: Roster, turn: Mapping[str, Any]
) -> list[Mapping[str, Any]]:
    of = {"roster": roster.name, "post": turn["post"], "after": turn["ends"]}
    return await context.rows(rows.NEXT, **of)
