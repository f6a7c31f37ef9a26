"""What an office knows of whom a line is about, on the day of the line."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.records.consequences import LEADS, Stand, Turn
from domain.records.lines import stands
from domain.records.occurrences import OCCURRENCES
from domain.records.registers import Register
from domain.records.rules import day_of
from domain.shapes.asking import Measures
from domain.shapes.count_words import Whose, Within
from domain.shapes.counts import measured, period_of
from domain.shapes.eligibility import Requirement
from domain.vocabulary import RANK, WHAT, FactValue
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.opening import anybody
from resolvers.records.concerned import laid_on
from resolvers.records.happened import happened
from resolvers.rules.rulebooks import LivingRulebook

IMPOSED = {
    "imposed_this_year": None,
    "imposed_in_section_this_year": 0,
    "imposed_in_charge_this_year": 1,
}
"""Whether a consequence of an article stands against somebody, or against whom they are over.

By the level of the office's ladder on which they are over them.
"""
STANDING = [turn for turn in Turn if LEADS[turn][1] in (Stand.IMPOSED, Stand.OBJECTED)]
AGAINST = statement("""
  select distinct unnest(case when answers = '{}' then array[person_id] else answers end) as whom
  from (
    select distinct on (t.proposal_id) t.* from consequence_turns t
    where t.institution_id = :institution and extract(year from t.day) = :year
      and starts_with(t.clause, :article) and t.person_id is not null
    order by t.proposal_id, t.number desc) latest
  where turn = any(:turns)""")
SECTION_PEOPLE = "section_people"
SERVING = statement("""
  select a.person_id, a.begins, a.ends from seats s
  join appointments a on (a.institution_id, a.seat_id) = (s.institution_id, s.id)
  where s.institution_id = :institution and s.unit_id = :unit""")
"""Who holds a seat of a unit, and who held one: its chief is one of its people."""
ENTERED = statement(f"""
  select distinct person_id as whom, what from occurrences t
  where institution_id = :institution and extract(year from happened_on) = :year
    and person_id is not null and {stands(OCCURRENCES.table, "t")}""")
"""What is on record of whom: where the text names nobody who decides, a count says what does."""
AWAY = "away_on_file"
AWAY_THEN = "away_at_check"
_AWAY = """from absences a
       join requests r on (r.institution_id, r.id) = (a.institution_id, a.request_id)
       where a.institution_id = :institution and a.person_id = cast(:whom as uuid) and a.standing
         and r.status = 'approved' and not exists (
           select from steps s where (s.institution_id, s.request_id) = (r.institution_id, r.id)
             and s.act = 'record' and s.status in ('open', 'waiting'))"""
AWAY_ALL_DAY = statement(
    f"""select coalesce(range_agg(a.period) @> tsrange(
         cast(:day as date) + time '08:00', cast(:day as date) + time '18:00'), false) {_AWAY}"""
)
"""Whether leave or outings, approved and filed, take all of somebody's working day."""
AWAY_WHEN_CHECKED = statement(
    f"""select coalesce(bool_or(a.period && case when cast(:at as timestamptz) is null
         then tsrange(cast(:day as date), cast(:day as date) + 1)
         else tsrange(cast(:at as timestamptz) at time zone 'Asia/Shanghai',
                      cast(:at as timestamptz) at time zone 'Asia/Shanghai', '[]') end), false)
       {_AWAY}"""
)
"""Whether such a leave or outing was going on at an hour; without one, at any of the day."""


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
    found = await _kept_of(context, living, whom)
    day = day_of(values[register.day]) if register.day in values else context.today
    counts = [e for e in living.shapes.counts if e.id in names and e.whose is Whose.PERSON]
    if counts:
        lines = await happened(context, living, counts, Whose.PERSON, whom, day, day)
        found |= {name: each.value for name, each in measured(counts, lines, day).items()}
    for row in rows:
        for name in row.when.regions.keys() & IMPOSED.keys():
            found[name] = await _imposed(context, living, IMPOSED[name], row.clause, whom, day)
    if AWAY in names:
        found[AWAY] = await context.value(AWAY_ALL_DAY, whom=whom, day=day)
    if AWAY_THEN in names:
        at = values.get("checked_at")
        found[AWAY_THEN] = await context.value(AWAY_WHEN_CHECKED, whom=whom, day=day, at=at)
    return found


async def known_of(
    context: Context, living: LivingRulebook, whose: Whose, whom: UUID
) -> Callable[[date], Measures]:
    """What is known of a person or a section beside what is counted, and of the month, by day."""
    calendar, known, served = await context.calendar(), {}, []
    if whose is Whose.PERSON:
        known = await _kept_of(context, living, whom)
    elif any(each.per == SECTION_PEOPLE for each in living.shapes.ladders):
        served = await context.rows(SERVING, unit=whom)

    def on(day: date) -> Measures:
        workdays = calendar.workdays_between(*period_of(Within.MONTH, day))
        found = {**known, "workdays_in_month": Decimal(workdays)}
        if served:
            then = (e for e in served if e["begins"] <= day <= (e["ends"] or day))
            found[SECTION_PEOPLE] = Decimal(len({each["person_id"] for each in then}))
        return found

    return on


async def _kept_of(context: Context, living: LivingRulebook, whom: Any) -> dict[str, FactValue]:
    """What the sheet of people says of somebody, and their rank; nothing of who is not there."""
    people, of = context.services.people, (context.viewer.institution, UUID(str(whom)))
    found = await anybody(context.transaction, people, *of, context.now)
    if found is None:
        return {}
    person = found.person
    rank = living.rank(person.roles)
    return {**person.facts, RANK: rank, "employment": person.employment}


async def _imposed(
    context: Context, living: LivingRulebook, level: int | None, clause: str, whom: Any, day: date
) -> bool:
    article = f"{clause.rpartition('、')[0]}、"
    of = {"year": day.year, "article": article, "turns": STANDING}
    people = {row["whom"] for row in await context.rows(AGAINST, **of)}
    said = [e.when for e in living.shapes.counts if e.id in IMPOSED and e.clause == clause]
    for row in await context.rows(ENTERED, year=day.year) if said else ():
        people |= {row["whom"]} if any(each.holds({WHAT: row["what"]}) for each in said) else set()
    if level is None:
        return UUID(str(whom)) in people
    role = living.vocabulary.parts.ladder[level]
    for each in people:
        if UUID(str(whom)) in await laid_on(context, living, Whose.PERSON, each, role, day):
            return True
    return False
