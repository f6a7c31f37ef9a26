"""Attendance of a sitting: how many were due and came, or who by name."""

from collections.abc import Mapping
from dataclasses import asdict
from uuid import UUID

from domain import SITTINGS
from domain.errors import Refused, at_fault
from domain.records.sittings import Came, events_of
from domain.shapes.votes import MOST_VOTERS
from resolvers.ground.context import Context
from resolvers.ground.people import these
from resolvers.records import sitting_rows as rows
from resolvers.records.bodies import held, record
from resolvers.records.sitting_rows import Sitting
from resolvers.time.clocks import Subject, happened


async def attend(
    context: Context,
    sitting_id: UUID,
    counts: tuple[int | None, int | None],
    members: Mapping[UUID, Came],
) -> UUID:
    """Record who came: how many were due and present, or the members one by one."""
    sitting = await held(context, rows.LOCK, sitting_id)
    if any(item.ballot or item.voters for item in sitting.items):
        raise Refused("ATTENDANCE_STANDS")
    by_name = bool(members) and counts == (None, None)
    everybody = next(kind.everybody for kind in SITTINGS if kind.code == sitting.kind)
    if everybody and not by_name:
        raise at_fault("MEMBERS_ASKED", "members")
    names = {each.id: each.name for each in (await these(context, members)).values()}
    if members.keys() - names.keys():
        raise at_fault("UNKNOWN_MEMBER", "members")
    if everybody:
        today = context.today
        due = await context.rows(rows.EVERYBODY, today=today)
        names = {row["id"]: row["name"] for row in due} | names
    attended = sum(each.attended for each in members.values())
    eligible, present = (len(names), attended) if by_name else counts
    if eligible is None or present is None or (members and not by_name):
        raise at_fault("COUNT_OR_MEMBERS", "eligible")
    _must_be_possible(eligible, present)
    absent = Came(attended=False)
    came = [
        {"person_id": each, "name": name, **asdict(members.get(each, absent))}
        for each, name in names.items()
    ]
    await context.rows(
        rows.ATTEND,
        id=sitting_id,
        people=list(names),
        members=came,
        eligible=eligible,
        present=present,
    )
    if sitting.eligible is None:
        await was_held(context, sitting)
    said = {"eligible": eligible, "present": present, "members": came}
    await record(context, "sitting_attended", sitting_id, said)
    return sitting_id


async def was_held(context: Context, sitting: Sitting) -> None:
    """It has met: who came is on record, or its minutes are closed without that."""
    me = context.viewer.person
    of = Subject(sitting.id, me.institution, sitting.kind, None, (me.id,), applicant=me.id)
    matters = [item.matter for item in sitting.items]
    events = events_of(sitting.kind, sitting.body, matters, "held")
    await happened(context, events, of, at=sitting.begins_at)


def _must_be_possible(eligible: int, present: int) -> None:
    if eligible < 1:
        raise at_fault("TOO_SMALL", "eligible", minimum=1)
    if eligible > MOST_VOTERS:
        raise at_fault("TOO_LARGE", "eligible", maximum=MOST_VOTERS)
    if present < 0:
        raise at_fault("TOO_SMALL", "present", minimum=0)
    if present > eligible:
        raise at_fault("TOO_LARGE", "present", maximum=eligible)
