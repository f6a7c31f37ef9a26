"""Upon whom a consequence is laid: whoever it is counted of, or who answers with or for them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from domain.records.cases import LEADS_A_UNIT
from domain.shapes.counts import Whose
from domain.vocabulary import Role
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.rules.rulebooks import LivingRulebook

HELD = "a.begins <= :day and (a.ends is null or a.ends >= :day)"
OVER = statement(
    f"""with recursive up (unit_id, depth) as (
          select cast(:unit as uuid), 0 where cast(:unit as uuid) is not null
          union
          select s.unit_id, 0 from appointments a
          join seats s on (s.institution_id, s.id) = (a.institution_id, a.seat_id)
          where a.institution_id = :institution and a.person_id = cast(:person as uuid) and {HELD}
          union
          select u.parent_id, up.depth + 1 from up
          join units u on (u.institution_id, u.id) = (:institution, up.unit_id)
          where u.parent_institution_id = :institution and up.depth < 40
        ), held as (
          select a.person_id, n.depth
          from (select unit_id, max(depth) as depth from up group by unit_id) n
          join seats s on (s.institution_id, s.unit_id) = (:institution, n.unit_id)
          join appointments a on (a.institution_id, a.seat_id) = (s.institution_id, s.id)
          where s.role = any(cast(:roles as text[])) and {HELD}
        )
        select distinct person_id from held
        where depth = (select min(depth) from held) order by person_id"""
)
"""Who held one of these roles on a day, nearest to a unit or to where somebody serves; of their
units one that lies above another of them is the farther.
"""
WITH = statement(
    """select distinct l.person_id from roster_slots mine
       join rosters r on (r.institution_id, r.id) = (mine.institution_id, mine.roster_id)
       join roster_slots l on l.institution_id = mine.institution_id
         and l.begins < mine.ends and mine.begins < l.ends
       join rosters x on (x.institution_id, x.id) = (l.institution_id, l.roster_id)
       where mine.institution_id = :institution and mine.person_id = :person and mine.day = :day
         and r.state = 'settled' and x.state = 'settled' and x.roster = r.roster
         and l.post = :post and l.person_id is not null order by l.person_id"""
)
"""Who stood at a post of the roster while somebody had a turn of a day."""


def leads(role: Role | None) -> bool:
    return role is not None and role.level >= LEADS_A_UNIT


async def laid_on(
    context: Context, living: LivingRulebook, whose: Whose, of: UUID, role: str, day: date
) -> Sequence[UUID]:
    """Who answers where a clause names a role that is not theirs whom the lines are about.

    A post of a roster is whoever's it was during that turn; what leads a unit is the nearest's.
    Nobody where it is their own, or where nobody held it.
    """
    rows: Sequence[Mapping[str, Any]] = ()
    if whose is Whose.PERSON and role in {each.post for each in living.shapes.rosters}:
        rows = await context.rows(WITH, person=of, day=day, post=role)
    else:
        known = living.vocabulary.roles
        members = known[role].members if role in known and whose is Whose.PERSON else ()
        roles = [each for each in members or (role,) if leads(known.get(each))]
        told = {"person": None, "unit": None, whose.value: of}
        if roles:
            rows = await context.rows(OVER, roles=roles, day=day, **told)
    found = [row["person_id"] for row in rows]
    return () if of in found else found
