"""Rosters served: who may draw a month's turns, and how they are drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from domain import ROSTERS
from domain.errors import Refused, at_fault
from domain.records.rosters import (
    Candidate,
    Roster,
    RosterState,
    Slot,
    Why,
    barred,
    drawn,
    slots_of,
)
from domain.shapes.points import months_later
from domain.shapes.rosters import Shift, shifts_of
from domain.time.moments import is_near
from domain.vocabulary import Act
from resolvers.ground.context import Context
from resolvers.records import roster_rows as rows
from resolvers.records.allowed import must
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
    told = {"roster": kept["id"], "of": roster.name, "month": month, "version": kept["version"]}
    await note(context, "roster_drawn", {**told, "clause": verdict.clause, "turns": turns})


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


async def note(context: Context, event: str, content: Mapping[str, Any]) -> None:
    said = {"roster": content["roster"]}
    await context.remember(said)
    told = {"person": context.viewer.person.id, **content}
    await context.record(event, told)
