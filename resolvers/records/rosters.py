"""Rosters served: who draws a month's turns, who is on duty, and what they may write then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from domain import ROSTERS
from domain.errors import Refused, at_fault
from domain.records.registers import Register
from domain.records.rosters import (
    LEFT_EARLY,
    UNWRITTEN,
    Candidate,
    Roster,
    RosterState,
    Slot,
    Why,
    barred,
    drawn,
    slots_of,
    unwritten,
)
from domain.shapes.points import months_later
from domain.shapes.rosters import Shift, shifts_of
from domain.time.moments import OFFICE_TIME, is_near
from domain.vocabulary import Act
from resolvers.ground.context import Context
from resolvers.records import roster_rows as rows
from resolvers.records.acts import roles_that_may
from resolvers.records.allowed import may_one, must
from resolvers.rules.rulebooks import LivingRulebook
from resolvers.time.clocks import Subject, happened

BY_NAME = {each.name: each for each in ROSTERS}
NOT_THEIRS = "NOT_YOURS_TO_DRAW"


@dataclass(frozen=True)
class Known:
    """What a roster's turns are judged by: its shifts, whoever takes turns, the office's lists."""

    living: LivingRulebook
    shifts: Mapping[tuple[str, str], Shift]
    people: Sequence[Candidate]

    def barred(self, person: Candidate, slot: Slot) -> Why | None:
        shift = self.shifts.get((slot.post, slot.shift))
        if shift is None:
            return Why("NOT_OF_THE_ROSTER")
        return barred(person, slot, shift, self.living.shapes.eligibility)

    def why_not(self, person: UUID, slot: Slot) -> tuple[Why, str] | None:
        """Why somebody may not have a turn, and what they are called; None where they may."""
        found = next((each for each in self.people if each.id == person), None)
        if found is None:
            return Why("NOT_OF_THE_ROSTER", slot.clause), ""
        why = self.barred(found, slot)
        return (why, found.name) if why else None


async def draft(context: Context, roster: Roster, month: date) -> None:
    """Draw a month's turns, anew where they were drawn before; what is over stays as it was.

    Raises: Refused: not the viewer's to draw, no shifts here, a month that is over or far, or
    settled.
    """
    verdict = await must(context, NOT_THEIRS, roster.name, Act.KEEP)
    if month.day != 1:
        raise at_fault("NOT_A_FIRST_DAY", "input", "month")
    if not is_near(month, context.today):
        raise at_fault("DATE_TOO_FAR", "input", "month")
    if months_later(month, 1) <= context.today:
        raise at_fault("MONTH_OVER", "input", "month")
    known = await known_of(context, roster, month)
    if not known.shifts:
        label = context.services.vocabulary.objects[roster.name].label
        raise Refused("NO_ROSTER_HERE", **label.both)
    me, key = context.viewer.person, context.services.new_id()
    row = {
        "institution_id": me.institution,
        "id": key,
        "roster": roster.name,
        "month": month,
        "state": RosterState.DRAFT.value,
        "version": 1,
        "drawn_by": me.id,
        "drawn_by_name": me.name,
        "drawn_at": context.now,
        "settled_by_name": "",
        "clause": verdict.clause,
        "why": "",
    }
    kept = await context.found(rows.DRAW, Refused("ROSTER_SETTLED"), rows=[row])
    await context.rows(rows.CLEAR, roster=kept["id"])
    calendar = await context.calendar()
    ordered = await rows.ordered_days(context, roster, month)
    slots = slots_of(known.shifts.values(), month, calendar, ordered)
    ahead = [slot for slot in slots if slot.ends > context.now]
    before = await rows.turns(context, roster, month)
    lines = [
        {
            **vars(slot),
            "institution_id": me.institution,
            "id": context.services.new_id(),
            "roster_id": kept["id"],
            "person_id": person,
        }
        for slot, person in drawn(
            ahead, known.people, before, lambda each, slot: known.barred(each, slot) is None
        )
    ]
    await context.rows(rows.FILL, rows=lines)
    turns = [{"day": each["day"], "person": each["person_id"]} for each in lines]
    told = {"of": roster.name, "month": month, "version": kept["version"]}
    told |= {"clause": verdict.clause, "turns": turns}
    await context.done("roster_drawn", {"roster": kept["id"]}, **told)


def subject_of(roster: Roster, turn: Mapping[str, Any]) -> Subject:
    """A turn as clocks know it: whoever has it is warned."""
    mine = (turn["person_id"],) if turn["person_id"] else ()
    return Subject(turn["id"], turn["institution_id"], roster.name, None, mine)


async def begin_clock(
    context: Context, roster: Roster, shift: Shift, turn: Mapping[str, Any]
) -> None:
    """Count how early whoever has a turn takes over, where a clause says so."""
    if turn["person_id"] and shift.handover_minutes and turn["begins"] > context.now:
        begins, event = turn["begins"], f"{roster.name}.settled"
        await happened(context, [event], subject_of(roster, turn), at=begins)


async def known_of(context: Context, roster: Roster, month: date) -> Known:
    living = await context.rulebook()
    shifts = shifts_of(living.shapes.rosters, roster.name)
    people = await rows.candidates(context, roster, shifts, month)
    return Known(living, {(each.post, each.name): each for each in shifts}, people)


async def roster_of(context: Context, key: UUID) -> tuple[Any, Roster]:
    missing = at_fault("ROSTER_NOT_FOUND", "input", "rosterId")
    found = await context.found(rows.HELD, missing, id=key)
    return found, BY_NAME[found["roster"]]


def must_be_current(kept: Mapping[str, Any], known: int) -> None:
    if kept["version"] != known:
        raise Refused("CHANGED_MEANWHILE", version=kept["version"])


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


async def _ate(context: Context, entry: Any) -> None:
    """Whoever has the next turn leaves for a meal no earlier than a clause lets, and is in time.

    Raises: Refused: no turn of theirs follows that day, they left too early or are back too late.
    """
    living, me = await context.rulebook(), context.viewer.person.id
    roster = next(each for each in ROSTERS if each.meal and isinstance(entry, each.meal.entry))
    day = entry.left_at.astimezone(OFFICE_TIME).date()
    span = {"since": day, "until": day + timedelta(days=1)}
    theirs = await context.rows(rows.TURNS, roster=roster.name, **span)
    mine = [e for e in theirs if e["person_id"] == me and e["begins"] > entry.left_at]
    if not mine:
        raise Refused("NOT_ON_DUTY")
    turn = min(mine, key=lambda each: each["begins"])
    shifts = {
        (each.post, each.name): each for each in shifts_of(living.shapes.rosters, roster.name)
    }
    shift = shifts[turn["post"], turn["shift"]]
    about, begins = (roster.name, LEFT_EARLY), turn["begins"].astimezone(OFFICE_TIME)
    most = (each for each in living.shapes.quotas if (each.subject, each.measure) == about)
    quota = next((each for each in most if shift.handover_minutes), None)
    since = begins - timedelta(minutes=float(quota.limit or 0) if quota else 0)
    if entry.left_at < since:
        told = {"clause": quota.clause if quota else shift.clause, "since": f"{since:%H:%M}"}
        raise at_fault("LEFT_TOO_EARLY", "input", "leftAt", **told)
    due = begins - timedelta(minutes=shift.handover_minutes)
    if entry.back_at > due:
        told = {"clause": shift.clause, "due": f"{due:%H:%M}"}
        raise at_fault("BACK_TOO_LATE", "input", "backAt", **told)


MEALS = {each.meal.name: each for each in ROSTERS if each.meal}
CHECKS = dict.fromkeys(HANDOVERS, _handed_on) | dict.fromkeys(MEALS, _ate)
"""What a roster asks of a handover, or of a meal before a turn, beside its form."""


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
