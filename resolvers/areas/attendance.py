"""What no word can say of attendance and leave: when one signs in, what is on file of a day."""

from collections.abc import Mapping
from typing import Any

from domain.areas.attendance.daily import DAYS, Presence
from domain.areas.attendance.signing_in import SIGN_INS
from domain.areas.leave.files import FILES
from domain.errors import at_fault
from domain.time.moments import office_local
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.records.approvals import request_of
from resolvers.records.registers import Check

ON_FILE = statement(
    """select r.kind, not exists (
         select from steps s where (s.institution_id, s.request_id) = (r.institution_id, r.id)
           and s.act = 'record' and s.status in ('open', 'waiting')) as filed
       from absences a
       join requests r on (r.institution_id, r.id) = (a.institution_id, a.request_id)
       where a.institution_id = :institution and a.person_id = :person and a.standing
         and r.status = 'approved'
         and a.period && tsrange(cast(:day as date), cast(:day as date) + 1)
       union all
       select 'leave', true from oral_leaves o
       where o.institution_id = :institution and o.person_id = :person
         and (o.state = 'papers_complete' and exists (
           select from requests p
           where (p.institution_id, p.id) = (o.institution_id, o.papers_id)
             and p.status in ('pending', 'approved')) or o.state = 'filed' and not exists (
           select from clocks c
           where (c.institution_id, c.subject_id) = (o.institution_id, o.id)
             and c.state = 'expired'))
         and cast(:day as date) between o.first_day and o.until"""
)
"""The leaves and outings of a day, and whether they are filed; but for one whose paper is late,
or was not granted.
"""


AWAY = statement(
    """select from absences a
       join requests r on (r.institution_id, r.id) = (a.institution_id, a.request_id)
       where a.institution_id = :institution and a.person_id = :person and a.standing
         and r.status = 'approved'
         and a.period && tsrange(cast(:day as date), cast(:now as timestamp))"""
)
"""The leave or outing on which somebody was that day, until now."""


BACK = statement(
    """select cast(back_at as date) from absences
       where institution_id = :institution and request_id = cast(:request as uuid)"""
)
"""On which day whoever was away is back, as they reported it."""


async def _signed_in(context: Context, _: Any) -> Mapping[str, Any]:
    now, me = office_local(context.now), context.viewer.person.id
    workday = (await context.calendar()).is_workday(now.date())
    expected = workday and not await context.rows(AWAY, person=me, day=now.date(), now=now)
    minute = now.hour * 60 + now.minute
    served = {"person_id": me, "on_day": now.date(), "sign_in_minute": minute}
    return {**served, "expected": expected}


async def _as_on_file(context: Context, entry: Any) -> None:
    """Raises: Refused: the office's file says otherwise of that day, or nobody was due at work."""
    at_work = entry.presence in (Presence.PRESENT, Presence.OUTING, Presence.LEAVE)
    if not at_work and not (await context.calendar()).is_workday(entry.on_day):
        raise at_fault("NOT_A_WORKDAY", "input", "presence")
    rows = await context.rows(ON_FILE, person=entry.person_id, day=entry.on_day)
    away = {row["kind"].partition(".")[0] for row in rows}
    if entry.presence is Presence.ABSENT and any(row["filed"] for row in rows):
        raise at_fault("AWAY_ON_FILE", "input", "presence")
    if entry.presence in (Presence.LEAVE, Presence.OUTING) and entry.presence not in away:
        raise at_fault("NOT_AWAY_ON_FILE", "input", "presence")


async def _as_reported(context: Context, entry: Any) -> None:
    """Raises: Refused: a return is filed that nobody reported, or on another day than they did."""
    if not entry.returned_on:
        return
    leave = await request_of(context, entry.request_id)
    if leave is None or leave["completed_at"] is None:
        raise at_fault("LEAVE_NOT_REPORTED_BACK", "input", "returnedOn")
    back = await context.value(BACK, request=entry.request_id)
    if back and back != entry.returned_on:
        raise at_fault("RETURN_REPORTED_OTHERWISE", "input", "returnedOn", day=back.isoformat())


CHECKS: Mapping[str, Check] = {
    SIGN_INS.name: _signed_in,
    DAYS.name: _as_on_file,
    FILES.name: _as_reported,
}
