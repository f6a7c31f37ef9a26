"""What an office knows of whom a line is about, on the day of the line."""

from collections.abc import Mapping, Sequence
from typing import Any

from domain.records.registers import Register
from domain.records.rules import day_of
from domain.shapes.counts import Whose, measured
from domain.shapes.eligibility import Requirement
from domain.vocabulary import FactValue
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.records.happened import happened
from resolvers.rules.rulebooks import LivingRulebook

OF_WHOM = statement(
    "select facts from people where institution_id = :institution and id = cast(:whom as uuid)"
)
AWAY = "away_on_file"
AWAY_ALL_DAY = statement(
    """select coalesce(range_agg(a.period) @> tsrange(
         cast(:day as date) + time '08:00', cast(:day as date) + time '18:00'), false)
       from absences a
       join requests r on (r.institution_id, r.id) = (a.institution_id, a.request_id)
       where a.institution_id = :institution and a.person_id = cast(:whom as uuid) and a.standing
         and r.status = 'approved' and not exists (
           select from steps s where (s.institution_id, s.request_id) = (r.institution_id, r.id)
             and s.act = 'record' and s.status in ('open', 'waiting'))"""
)
"""Whether leave or outings, approved and filed, take all of somebody's working day."""


async def known_on_its_day(
    context: Context,
    living: LivingRulebook,
    register: Register,
    values: Mapping[str, Any],
    rows: Sequence[Requirement],
) -> dict[str, FactValue]:
    """What is kept of the person, and what of the measures of these is counted that day."""
    names = {name for row in rows for name in row.when.regions}
    whom = values.get(register.about) if rows else None
    if not whom:
        return {}
    found: dict[str, FactValue] = {**(await context.value(OF_WHOM, whom=whom) or {})}
    day = day_of(values[register.day]) if register.day else context.today
    counts = [e for e in living.shapes.counts if e.id in names and e.whose is Whose.PERSON]
    if counts:
        lines = await happened(context, living, counts, Whose.PERSON, whom, day, day)
        found |= {name: each.value for name, each in measured(counts, lines, day).items()}
    if AWAY in names:
        found[AWAY] = await context.value(AWAY_ALL_DAY, whom=whom, day=day)
    return found
