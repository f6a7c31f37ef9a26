"""A turn taken over by another: of a draft at will, of a settled roster on a ground."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain.errors import Refused, at_fault
from domain.office.notices import Notice
from domain.records.rosters import Ground, Roster, RosterState, Slot
from domain.vocabulary import Act
from resolvers.ground.context import Context
from resolvers.ground.keeping import Overtaken
from resolvers.ground.notices import announce
from resolvers.records import roster_rows as rows
from resolvers.records.approvals import request_of
from resolvers.records.roster_rows import slot_of
from resolvers.records.rosters import (
    Known,
    begin_clock,
    known_of,
    must_be_allowed,
    must_be_current,
    note,
    roster_of,
    subject_of,
)
from resolvers.time.clocks import entrust


async def replace(
    context: Context, slot: UUID, known_version: int, to: UUID, request: UUID | None, why: str
) -> UUID:
    """Let another take a turn: of a draft as the drawer likes, of a settled roster on a ground.

    Raises:
        Refused: not the viewer's to draw, no such turn, one that is over, somebody who may not
            take it or has another then, or no ground.

    """
    row = await context.row(rows.SLOT, id=slot)
    if row is None:
        raise at_fault("ROSTER_NOT_FOUND", "input", "turnId")
    kept, roster = await roster_of(context, row["roster_id"])
    verdict = await must_be_allowed(context, roster, Act.KEEP)
    must_be_current(kept, known_version)
    # Read again now that nobody else can change it; drawn anew meanwhile, it is there no more.
    row = await context.row(rows.SLOT, id=slot)
    if row is None:
        raise at_fault("ROSTER_NOT_FOUND", "input", "turnId")
    turn = slot_of(row)
    if turn.ends <= context.now:
        raise Refused("TURN_OVER")
    known = await known_of(context, roster, kept["month"])
    await _must_be_free(context, known, kept["id"], slot, turn, to)
    settled = kept["state"] == RosterState.SETTLED
    ground = await _ground(context, roster, known, row, request) if settled else None
    institution = context.viewer.institution
    moved = await context.row(rows.MOVE_ON, id=kept["id"], known=known_version)
    if moved is None:
        raise Overtaken(Refused("CHANGED_MEANWHILE", version=known_version + 1))
    await context.rows(rows.REPLACE, id=slot, person=to)
    if ground:
        line = {
            **context.signed,
            "id": context.services.new_id(),
            "slot_id": slot,
            "from_id": row["person_id"],
            "to_id": to,
            "ground": ground.value,
            "request_id": request if ground is Ground.SWAPPED else None,
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
    told = {"roster": kept["id"], "slot": slot, "from": row["person_id"], "to": to, "why": why}
    said = {"ground": ground.value if ground else "", "request": request, "clause": verdict.clause}
    await note(context, "turn_taken_over", {**told, **said})
    return UUID(str(kept["id"]))


async def _must_be_free(
    context: Context, known: Known, roster: UUID, slot: UUID, turn: Slot, to: UUID
) -> None:
    against = known.why_not(to, turn)
    if against:
        why, name = against
        raise at_fault(why.code, "input", "toId", clause=why.clause, name=name)
    others = await rows.of_roster(context, roster)
    if any(
        each["person_id"] == to and (each["id"] == slot or slot_of(each).meets(turn))
        for each in others
    ):
        name = next(each.name for each in known.people if each.id == to)
        raise at_fault("ON_DUTY_ALREADY", "input", "toId", name=name)


async def _ground(
    context: Context, roster: Roster, known: Known, row: Mapping[str, Any], request: UUID | None
) -> Ground:
    """Why whoever is on duty is not: an approved swap of that day, or they cannot be."""
    if request is not None:
        kind, day = roster.swapped_by
        found = await request_of(context, request)
        if found is None or (found["kind"], found["status"]) != (kind, "approved"):
            raise at_fault("APPROVAL_NEEDED", "input", "requestId")
        fits = found["applicant_id"] == row["person_id"]
        if not fits or found["used"] or found["form"].get(day) != row["day"].isoformat():
            raise at_fault("APPROVAL_OF_ANOTHER", "input", "requestId")
        return Ground.SWAPPED
    if row["person_id"] is None:
        return Ground.VACANT
    if known.why_not(row["person_id"], slot_of(row)) is None:
        raise Refused("NO_GROUND_TO_REPLACE")
    return Ground.UNABLE
