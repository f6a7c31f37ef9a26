"""A roster settled, and a turn of it taken over by another on a ground."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from domain.errors import Problem, Refused, at_fault, must_be_none
from domain.office.notices import Notice
from domain.records.rosters import Ground, Roster, RosterState, Slot
from domain.shapes.points import months_later
from domain.vocabulary import Act
from resolvers.ground.context import Context
from resolvers.ground.keeping import alone, changed_since
from resolvers.ground.notices import announce
from resolvers.ground.people import named
from resolvers.records import roster_rows as rows
from resolvers.records.allowed import must
from resolvers.records.approvals import approved_request, asked_by, request_of
from resolvers.records.roster_rows import slot_of
from resolvers.records.rosters import (
    NOT_THEIRS,
    Known,
    begin_clock,
    known_of,
    must_be_current,
    roster_of,
    subject_of,
)
from resolvers.rules.rulebooks import LivingRulebook
from resolvers.time.clocks import entrust


async def settle(
    context: Context, key: UUID, known_version: int, request: UUID | None, why: str
) -> None:
    """Let a roster stand: those on duty are told, and the clocks of its turns begin.

    Raises: Refused: not the viewer's to settle, not a draft, changed since it was read, without the
    approval that the office's rules ask for, with somebody who may not be on duty, or with a hole
    that is not told why.
    """
    kept, roster = await roster_of(context, key)
    verdict = await must(context, "NOT_YOURS_TO_SETTLE", roster.name, Act.CONFIRM)
    if kept["state"] != RosterState.DRAFT:
        raise Refused("ROSTER_SETTLED")
    must_be_current(kept, known_version)
    if months_later(kept["month"], 1) <= context.today:
        raise Refused("MONTH_OVER")
    known = await known_of(context, roster, kept["month"])
    turns = await context.rows(rows.SLOTS, roster=key)
    must_be_none(_problems(known, turns, why))
    clause = await _approved(context, roster, known.living, kept, request) or verdict.clause
    me = context.viewer.person
    given = {"request": request, "clause": clause, "why": why.strip(), "known": known_version}
    who = {"person": me.id, "name": me.name, "at": context.now}
    with alone(_not_approved()):
        await context.found(rows.SETTLE, changed_since(known_version), id=key, **given, **who)
    await _tell(context, kept["month"], turns)
    for turn in turns:
        await begin_clock(context, roster, known.shifts[turn["post"], turn["shift"]], turn)
    told = {"of": roster.name, "version": known_version + 1, "request": request}
    told |= {"clause": clause, "why": why.strip()}
    await context.done("roster_settled", {"roster": key}, **told)


def _problems(known: Known, turns: Sequence[Mapping[str, Any]], why: str) -> list[Problem]:
    """Whoever is on it may be on duty that day; where nobody is, it is said why."""
    found = []
    for turn in turns:
        slot, day = slot_of(turn), turn["day"].isoformat()
        if turn["person_id"] is None:
            if not why.strip():
                path = ("input", "why")
                found.append(Problem("ROSTER_HOLE", path, slot.clause, {"day": day}))
        elif against := known.why_not(turn["person_id"], slot):
            name = {"name": f"{day} {turn['person_name']}"}
            found.append(Problem(against[0].code, ("input", "rosterId"), against[0].clause, name))
    return found


async def _approved(
    context: Context,
    roster: Roster,
    living: LivingRulebook,
    kept: Mapping[str, Any],
    request: UUID | None,
) -> str | None:
    """The clause by which a decision stands behind the roster, where the office's rules ask it."""
    clause = asked_by(living, (roster.approved_by,), context.today)
    if clause is None:
        if request is not None:
            raise at_fault("NOT_FOUND_HERE", "input", "requestId")
        return None
    row = await approved_request(context, request, roster.approved_by)
    if row["used"] or row["submitted_at"] < kept["drawn_at"]:
        raise _not_approved()
    return clause


def _not_approved() -> Refused:
    return at_fault("APPROVAL_OF_ANOTHER_ROSTER", "input", "requestId")


async def _tell(context: Context, month: date, turns: Sequence[Mapping[str, Any]]) -> None:
    """Each of those on duty is told the days, once."""
    days: dict[UUID, list[str]] = {}
    for turn in turns:
        if turn["person_id"]:
            days.setdefault(turn["person_id"], []).append(str(turn["day"].day))
    named = f"{month:%Y-%m}"
    notices = [
        Notice(
            "ON_DUTY",
            person,
            context.viewer.institution,
            {"month": named, "days": ", ".join(dict.fromkeys(theirs))},
        )
        for person, theirs in days.items()
    ]
    await announce(context, *notices)


async def replace(
    context: Context, slot: UUID, known_version: int, to: UUID, request: UUID | None, why: str
) -> None:
    """Let another take a turn: of a draft as the drawer likes, of a settled roster on a ground.

    Raises: Refused: not the viewer's to draw, no such turn, one that is over, somebody who may not
    take it or has another then, or no ground.
    """
    missing = at_fault("ROSTER_NOT_FOUND", "input", "turnId")
    row = await context.found(rows.SLOT, missing, id=slot)
    kept, roster = await roster_of(context, row["roster_id"])
    verdict = await must(context, NOT_THEIRS, roster.name, Act.KEEP)
    must_be_current(kept, known_version)
    # Read again now that nobody else can change it; drawn anew meanwhile, it is there no more.
    row = await context.found(rows.SLOT, missing, id=slot)
    turn = slot_of(row)
    if turn.ends <= context.now:
        raise Refused("TURN_OVER")
    known = await known_of(context, roster, kept["month"])
    await _must_be_free(context, known, kept["id"], slot, turn, to)
    settled = kept["state"] == RosterState.SETTLED
    ground = await _ground(context, roster, known, kept, row, request) if settled else None
    institution = context.viewer.institution
    since = changed_since(known_version)
    await context.found(rows.MOVE_ON, since, id=kept["id"], known=known_version)
    await context.rows(rows.REPLACE, id=slot, person_id=to)
    if ground:
        line = {
            **context.signed,
            "id": context.services.new_id(),
            "slot_id": slot,
            "from_id": row["person_id"],
            "to_id": to,
            "ground": ground.value,
            "request_id": request,
            "why": why.strip(),
        }
        await context.rows(rows.CHANGED, rows=[line])
        day = {"day": turn.day.isoformat()}
        notices = [Notice("ON_DUTY_FOR_ANOTHER", to, institution, day, subject=slot)]
        if row["person_id"]:
            notices.append(Notice("OFF_DUTY", row["person_id"], institution, day, subject=slot))
        await announce(context, *notices)
        taken = {**row, "person_id": to}
        if ground is Ground.VACANT:
            await begin_clock(context, roster, known.shifts[turn.post, turn.shift], taken)
        else:
            await entrust(context, subject_of(roster, taken))
    told = {"slot": slot, "from": row["person_id"], "to": to, "why": why}
    said = {"ground": ground.value if ground else "", "request": request, "clause": verdict.clause}
    await context.done("turn_taken_over", {"roster": kept["id"]}, **told, **said)


async def _must_be_free(
    context: Context, known: Known, roster: UUID, slot: UUID, turn: Slot, to: UUID
) -> None:
    against = known.why_not(to, turn)
    if against:
        why, name = against
        who = None if name else await named(context, to)
        name = who[1] if who else name
        raise at_fault(why.code, "input", "toId", clause=why.clause, name=name)
    others = await context.rows(rows.SLOTS, roster=roster)
    if any(
        each["person_id"] == to and (each["id"] == slot or slot_of(each).meets(turn))
        for each in others
    ):
        name = next(each.name for each in known.people if each.id == to)
        raise at_fault("ON_DUTY_ALREADY", "input", "toId", name=name)


async def _ground(
    context: Context,
    roster: Roster,
    known: Known,
    kept: Mapping[str, Any],
    row: Mapping[str, Any],
    request: UUID | None,
) -> Ground:
    """Why whoever is on duty is not: a roster or swap that was approved, or they cannot be."""
    if request is not None:
        asked = await request_of(context, request)
        if asked and asked["kind"] == roster.approved_by:
            again = await approved_request(context, request, roster.approved_by)
            if again["used"] or again["submitted_at"] < kept["settled_at"]:
                raise _not_approved()
            return Ground.APPROVED_ANEW
        kind, day = roster.swapped_by
        found = await approved_request(context, request, kind)
        fits = found["applicant_id"] == row["person_id"]
        if not fits or found["used"] or found["form"].get(day) != row["day"].isoformat():
            raise at_fault("APPROVAL_OF_ANOTHER", "input", "requestId")
        return Ground.SWAPPED
    if row["person_id"] is None:
        return Ground.VACANT
    if known.why_not(row["person_id"], slot_of(row)) is None:
        raise Refused("NO_GROUND_TO_REPLACE")
    return Ground.UNABLE
