"""What was done of recurring duties, as rows, and the seats that the duties fall to."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from domain.office.organisation import Seat
from domain.shapes.cadences import Cadence
from domain.shapes.clock_tables import cadence_notices, cadence_records
from domain.shapes.duties import Done
from domain.vocabulary import Act, RoleClass
from resolvers.ground.bulk import SKIP, insertion
from resolvers.ground.database import Transaction, statement
from resolvers.ground.viewers import SEAT, read_seat
from resolvers.records.acts import roles_that_may
from resolvers.rules.rulebooks import LivingRulebook

Key = tuple[str, str, date]
"""A cadence, its clause and the first day of a period."""

RECORDS = statement(
    """select * from cadence_records
       where institution_id = :institution and period_first between :begins and :ends
       order by recorded_at, id"""
)
OF_PERIOD = statement(
    """select count(*) from cadence_records
       where institution_id = :institution and cadence = :cadence and clause = :clause
         and period_first = :first"""
)
RECORD = insertion(cadence_records)
TOLD = insertion(cadence_notices, f"{SKIP} returning cadence, clause, period_first, what")
SEATS = statement(f"""
  select {SEAT} as seat
  from seats s join units u on (u.institution_id, u.id) = (s.institution_id, s.unit_id)
  where s.institution_id = :institution and s.role = any(cast(:roles as text[]))
  order by u.position, s.role, s.id""")
SINCE = statement(
    """select recorded_at from rulebook_versions
       where institution_id = :institution and version = :version"""
)


async def done_between(
    transaction: Transaction, institution: str, begins: date, ends: date
) -> Mapping[Key, list[Done]]:
    """What was recorded for the periods that begin between two days."""
    rows = await transaction.rows(RECORDS, institution=institution, begins=begins, ends=ends)
    found: dict[Key, list[Done]] = {}
    for row in rows:
        key = row["cadence"], row["clause"], row["period_first"]
        found.setdefault(key, []).append(_done(row))
    return found


def _done(row: Mapping[str, Any]) -> Done:
    return Done(
        id=row["id"],
        day=row["done_on"],
        late=row["late"],
        person=row["person_id"],
        name=row["person_name"],
        note=row["note"],
        paper=(row["paper_name"], row["paper_sha256"]) if row["paper_name"] else None,
        recorded_at=row["recorded_at"],
    )


def clerks(living: LivingRulebook) -> frozenset[str]:
    """Who looks after what a row gives to nobody."""
    return roles_that_may(living, "duty", Act.KEEP)


def roles_of(cadence: Cadence, living: LivingRulebook) -> frozenset[str]:
    """The roles that a duty falls to: the one that its row names, or those it stands for."""
    named = living.vocabulary.roles.get(cadence.who)
    if named is None:
        return clerks(living)
    return frozenset(named.members if named.role_class is RoleClass.ANY_OF else {named.code})


async def seats_by_role(
    transaction: Transaction, institution: str, wanted: Collection[str], today: date
) -> Mapping[str, list[Seat]]:
    """The institution's seats of these roles, with who holds them today."""
    rows = await transaction.rows(SEATS, institution=institution, roles=sorted(wanted), today=today)
    found: dict[str, list[Seat]] = {}
    for row in rows:
        seat = read_seat(row["seat"])
        found.setdefault(seat.role, []).append(seat)
    return found


def falls_to(
    cadence: Cadence, living: LivingRulebook, seats: Mapping[str, list[Seat]]
) -> list[Seat]:
    """The seats that a duty falls to; the clerk's where the office has none of its roles."""

    def of(roles: Iterable[str]) -> list[Seat]:
        return [seat for role in sorted(roles) for seat in seats.get(role, ())]

    return of(roles_of(cadence, living)) or of(clerks(living))


def seat_ids(seats: Iterable[Seat]) -> list[UUID]:
    return [seat.id for seat in seats]
