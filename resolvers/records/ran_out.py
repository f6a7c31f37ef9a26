"""Clocks that ran out, as lines of whoever owed what they waited for."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from domain import CASE_KINDS
from domain.shapes.counts import Happened
from domain.shapes.recorded import CLOCK, DONE, HALF, Recorded
from domain.tables import local_day
from resolvers.ground.context import Context
from resolvers.ground.database import statement

ASKED_FOR = [each.code for each in CASE_KINDS if any(one.applicant for one in each.draws)]
"""Cases of whoever asks for what they draw on, though another keeps them."""

RAN_OUT = statement(f"""
  select c.id, c.clock, p.id as person_id, cast(on_day as date) as at_day,
    c.done_at is not null as done, coalesce(c.days and on_day = cast(c.back as date), false) as half
  from (
    select c.*, greatest(c.due_at, c.started_at) as since, c.clock = any(:in_a_row) as days,
      coalesce(a.back_at, c.done_at at time zone 'Asia/Shanghai') as back
    from clocks c
    left join absences a on (a.institution_id, a.request_id) = (c.institution_id, c.request_id)
    where c.institution_id = :institution and c.clock = any(:clocks) and c.state = 'expired') c
  left join requests r on (r.institution_id, r.id) = (c.institution_id, c.request_id)
  join people p on p.institution_id = c.institution_id
    and (p.id = case when r.id is not null then r.applicant_id
                  when c.subject_kind = any(:asked_for) then c.applicant_id end
      or r.id is null and not c.subject_kind = any(:asked_for) and p.id = any(c.responsible))
  cross join lateral generate_series(
    cast({local_day("c.since")} as timestamp),
    case when not c.days then {local_day("c.since")}
      when c.back is not null then cast(c.back - interval '12 hours' as date)
      else greatest({local_day("c.since")}, cast(:today as date) - 1) end,
    interval '1 day') on_day
  where c.since <= :now and (c.done_at is null or c.done_at > c.since)
    and (cast(:subject as uuid) is null or p.id = :subject)
    and on_day between :first and :last
    and not exists (
      select from clocks o
      where (o.institution_id, o.subject_id, o.clock, o.clause)
          = (c.institution_id, c.subject_id, c.clock, c.clause)
        and o.started_at > c.started_at and o.state <> 'cancelled')
    and not (c.days and exists (
      select from absences a
      where (a.institution_id, a.person_id) = (c.institution_id, p.id) and a.standing
        and a.period && tsrange(on_day, on_day + interval '1 day')))
  order by at_day, c.id""")
"""Of whom clocks ran out: on which day, or on which days until it was done.

What was to be done before something counts from when that came. Who is back from leave is back when
they said, from noon on for half of that day. A clock that runs anew for the same takes it back, as
an extension does; on a day of leave or of an outing nothing was owed.
"""


async def ran_out(
    context: Context, rows: Sequence[Recorded], of_time: Mapping[str, Any]
) -> list[tuple[UUID, Happened]]:
    """The days on which clocks ran out, or were over, as lines of the people who owed it."""
    of = [each for each in rows if each.of.startswith(CLOCK)]
    if not of:
        return []
    days = {each.of.removeprefix(CLOCK) for each in of if each.in_a_row}
    clocks = {each.of.removeprefix(CLOCK) for each in of}
    asked = {**of_time, "clocks": [*clocks], "in_a_row": [*days], "today": context.today}
    asked["asked_for"] = ASKED_FOR
    calendar, found = await context.calendar(), []
    for row in await context.rows(RAN_OUT, **asked, now=context.now):
        told = {DONE: row["done"], HALF: row["half"]}
        line = Happened(row["id"], CLOCK + row["clock"], row["at_day"], told)
        if row["clock"] not in days or calendar.is_workday(line.day):
            found.append((row["person_id"], line))
    return found
