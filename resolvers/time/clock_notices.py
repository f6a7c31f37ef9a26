"""Who is told of a clock: those who answer for it, the level above them, and the applicant."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from domain.office.notices import Notice
from domain.time.moments import OFFICE_TIME
from domain.vocabulary import Role, RoleClass, Vocabulary
from resolvers.ground.database import Transaction, statement
from resolvers.ground.viewers import HELD_TODAY
from resolvers.time.clock_rows import Kept

KIN = """any(array(
    select superior_id from institution_superiors where institution_id = :institution
    union all
    select institution_id from institution_superiors where superior_id = :institution
  ) || cast(:institution as text))"""

WHERE = statement(f"""
  select id, institution_id from seats
  where institution_id = {KIN} and id = any(cast(:ids as uuid[]))
  union all
  select id, institution_id from people
  where institution_id = {KIN} and id = any(cast(:ids as uuid[]))""")

ABOVE = statement(f"""
  with recursive own(institution_id, unit_id, role) as (
    select s.institution_id, s.unit_id, s.role from seats s
    where s.institution_id = {KIN} and (s.id = any(cast(:ids as uuid[])) or exists (
      select from appointments a
      where (a.institution_id, a.seat_id) = (s.institution_id, s.id)
        and a.person_id = any(cast(:ids as uuid[])) and {HELD_TODAY}))
  ), chain(institution_id, id, role, depth) as (
    select o.institution_id, o.unit_id, o.role, 0 from own o
    union all
    select u.parent_institution_id, u.parent_id, c.role, c.depth + 1
    from chain c join units u on (u.institution_id, u.id) = (c.institution_id, c.id)
    where u.parent_id is not null and c.depth < 40
  )
  select s.institution_id, s.id, s.role, c.role as below from chain c
  join seats s on (s.institution_id, s.unit_id) = (c.institution_id, c.id)
  where s.role = any(cast(:ladder as text[]))
  order by c.depth, s.id""")

OF_ROLE = statement(
    "select id, institution_id from seats where institution_id = :institution and role = :role"
)

Addressee = tuple[UUID, str]
"""A seat or a person, and the institution that it belongs to."""


async def responsible(transaction: Transaction, kept: Kept) -> list[Addressee]:
    return await whereabouts(transaction, kept.institution, kept.responsible)


async def whereabouts(
    transaction: Transaction, institution: str, ids: Sequence[UUID]
) -> list[Addressee]:
    """Which institution each of these seats and persons belongs to."""
    if not ids:
        return []
    found = await transaction.rows(WHERE, institution=institution, ids=sorted(ids))
    return [(row["id"], row["institution_id"]) for row in found]


async def next_level(
    transaction: Transaction, kept: Kept, vocabulary: Vocabulary, today: Any
) -> list[Addressee]:
    """The nearest seat of the first level above those who answer for a clock."""
    found = await transaction.rows(
        ABOVE,
        institution=kept.institution,
        ids=sorted(kept.responsible),
        ladder=list(vocabulary.parts.ladder),
        today=today,
    )
    held = max((_level(vocabulary, row["below"]) for row in found), default=0)
    for role in vocabulary.parts.ladder:
        seat = next((row for row in found if row["role"] == role), None)
        if seat is not None and _is_above(vocabulary.roles[role], held):
            return [(seat["id"], seat["institution_id"])]
    return []


async def of_role(transaction: Transaction, kept: Kept, role: str) -> list[Addressee]:
    """The seats of a role that a row wants to be told."""
    if not role:
        return []
    rows = await transaction.rows(OF_ROLE, institution=kept.institution, role=role)
    return [(row["id"], row["institution_id"]) for row in rows]


def notices(code: str, kept: Kept, to: Iterable[Addressee], **details: Any) -> list[Notice]:
    """The same line for each of them."""
    running = kept.running
    said = {
        "action": running.clock.action,
        "due": f"{running.due_at.astimezone(OFFICE_TIME):%Y-%m-%d %H:%M}",
        **details,
    }
    return [
        Notice(
            code=code,
            to=each,
            institution=institution,
            details=said,
            request=kept.request,
            request_institution=kept.institution if kept.request else None,
            clause=running.clock.clause,
            subject=kept.id,
        )
        for each, institution in dict.fromkeys(to)
    ]


def _level(vocabulary: Vocabulary, role: str) -> int:
    known = vocabulary.roles.get(role)
    return known.level if known else 0


def _is_above(role: Role, held: int) -> bool:
    return role.role_class is RoleClass.OUTSIDE or role.level > held
