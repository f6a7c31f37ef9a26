"""What was done of recurring duties, as rows, and the seats that the duties fall to."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from domain import CASE_KINDS, THINGS
from domain.office.organisation import Seat
from domain.records.cases import CaseKind
from domain.records.things import Thing
from domain.shapes.cadences import PERSON, Cadence, Done, Period
from domain.shapes.clock_tables import cadence_notices, cadence_records
from domain.time.moments import OFFICE_TIME
from domain.vocabulary import Act, RoleClass
from resolvers.ground.database import Transaction, statement
from resolvers.ground.derived import SKIP, derived, insertion
from resolvers.ground.reading import read_as
from resolvers.ground.viewers import HELD_TODAY, SEAT, read_seat
from resolvers.records.acts import roles_that_may
from resolvers.records.case_sql import origins
from resolvers.rules.rulebooks import LivingRulebook

Key = tuple[str, str, date, UUID | None]
"""A cadence, its clause, the first day of a period, and the unit where each owes it."""

STANDS = """d.takes_back is null and not exists (
    select from cadence_records b
    where (b.institution_id, b.takes_back) = (d.institution_id, d.id))"""
OF_THESE = statement(f"""
  select d.* from unnest(
    cast(:cadences as text[]), cast(:clauses as text[]), cast(:periods as date[])
  ) of(cadence, clause, period_first)
  join cadence_records d on (d.institution_id, d.cadence, d.clause, d.period_first)
    = (:institution, of.cadence, of.clause, of.period_first)
  where {STANDS}
  order by d.recorded_at, d.id""")
OF_PERIOD = statement(f"""
  select count(*) from cadence_records d
  where d.institution_id = :institution and d.cadence = :cadence and d.clause = :clause
    and d.period_first = :first and d.unit_id is not distinct from :unit and {STANDS}""")
SHOWN_BY = statement(f"""
  select d.* from cadence_records d
  where d.institution_id = :institution and d.shown_by = any(cast(:by as uuid[])) and {STANDS}
  order by d.recorded_at, d.id""")
SHOWN = statement(f"""
  select d.* from cadence_records d
  where d.institution_id = :institution and d.cadence = :cadence and d.clause = :clause
    and d.period_first = :first and d.shown_by is not null and {STANDS}""")
UNIT_OF = statement(f"""
  with recursive above (unit_id, depth) as (
    select cast(:unit as uuid), 0 where cast(:unit as uuid) is not null
    union all
    select s.unit_id, 0 from appointments a
    join seats s on (s.institution_id, s.id) = (a.institution_id, a.seat_id)
    where a.institution_id = :institution and a.person_id = :person and {HELD_TODAY}
      and cast(:unit as uuid) is null
    union all
    select u.parent_id, above.depth + 1 from above
    join units u on (u.institution_id, u.id) = (:institution, above.unit_id)
    where u.parent_institution_id = :institution and above.depth < 40
  )
  select a.unit_id from above a where a.unit_id = any(cast(:units as uuid[]))
  order by a.depth, a.unit_id limit 1""")
"""Of these units the nearest to a unit, or to where somebody holds a seat today: it or above."""

SERVING = statement(f"""
  select p.id, p.name, p.facts, min(a.begins) as since, array_agg(s.role) as roles from people p
  join appointments a on (a.institution_id, a.person_id) = (p.institution_id, p.id)
  join seats s on (s.institution_id, s.id) = (a.institution_id, a.seat_id)
  where p.institution_id = :institution and {HELD_TODAY}
  group by p.institution_id, p.id order by p.name_key, p.id""")
"""Everybody who serves today, with what is known of them, as what, and since when."""
UNITS = statement("select id, parent_id, name from units where institution_id = :institution")
RECORD = insertion(cadence_records)
TOLD = insertion(cadence_notices, f"{SKIP} returning cadence, clause, period_first, unit, what")
SEATS = statement(f"""
  select {SEAT} as seat
  from seats s join units u on (u.institution_id, u.id) = (s.institution_id, s.unit_id)
  where s.institution_id = :institution and s.role = any(cast(:roles as text[]))
  order by u.position, s.role, s.id""")
SINCE = statement("""
  select recorded_at from rulebook_versions
  where institution_id = :institution and version = :version""")


async def done_of(
    transaction: Transaction, institution: str, periods: Collection[tuple[str, str, date]]
) -> Mapping[Key, list[Done]]:
    """What was recorded for these periods, each by its cadence, clause and first day."""
    if not periods:
        return {}
    cadences, clauses, begins = (list(each) for each in zip(*periods, strict=True))
    of = {"cadences": cadences, "clauses": clauses, "periods": begins}
    rows = await transaction.rows(OF_THESE, institution=institution, **of)
    found: dict[Key, list[Done]] = {}
    for row in rows:
        key = row["cadence"], row["clause"], row["period_first"], row["unit_id"]
        found.setdefault(key, []).append(_done(row))
    return found


def _done(row: Mapping[str, Any]) -> Done:
    paper = (row["paper_name"], row["paper_sha256"], row["paper_id"])
    return read_as(
        Done,
        row,
        day=row["done_on"],
        name=row["person_name"],
        paper=paper if row["paper_name"] else None,
    )


def clerks(living: LivingRulebook) -> frozenset[str]:
    """Who looks after what a row gives to nobody."""
    return roles_that_may(living, "duty", Act.KEEP)


def roles_of(cadence: Cadence, living: LivingRulebook) -> frozenset[str]:
    """The roles that a duty falls to: the one that its row names, or those it stands for."""
    return _stands_for(cadence.who, living) or clerks(living)


def roles_asked(cadences: Iterable[Cadence], living: LivingRulebook) -> set[str]:
    """Every role whose seats tell to whom these fall, and for which units."""
    found = set(clerks(living))
    for each in cadences:
        found |= roles_of(each, living) | _stands_for(each.each, living) | {each.but} - {""}
    return found


def _stands_for(role: str, living: LivingRulebook) -> frozenset[str]:
    named = living.vocabulary.roles.get(role)
    if named is None:
        return frozenset()
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


@dataclass(frozen=True)
class Units:
    """The units of an institution: what is above each, what each is called, and since when it owes.

    With them the `things` in use, cases and people, for which something is owed, by their kinds.
    """

    parents: Mapping[UUID, UUID | None]
    names: Mapping[UUID | None, str]
    things: Mapping[str, Mapping[UUID, Mapping[str, Any]]]
    since: Mapping[UUID | None, date]

    def owes(self, unit: UUID | None, period: Period) -> bool:
        """Whether it was there before the period was over."""
        return unit not in self.since or self.since[unit] <= period.last


async def units_of(
    transaction: Transaction,
    institution: str,
    living: LivingRulebook,
    cadences: Iterable[Cadence],
    today: date,
) -> Units:
    rows = await transaction.rows(UNITS, institution=institution)
    names = {row["id"]: row["name"] for row in rows}
    wanted = {each.each for each in cadences}
    things: dict[str, Mapping[UUID, Mapping[str, Any]]] = {}
    since: dict[UUID | None, date] = {}
    owed: tuple[Thing | CaseKind[Any], ...] = (*THINGS, *CASE_KINDS)
    for of in owed:
        name = of.name if isinstance(of, Thing) else of.code
        if name in wanted:
            there = await transaction.rows(_owed_for(of), institution=institution)
            things[name] = {each["id"]: each for each in there}
            names |= {each["id"]: each["called"] for each in there}
            since |= {
                each["id"]: each["there_since"].astimezone(OFFICE_TIME).date() for each in there
            }
    if PERSON in wanted:
        people = await transaction.rows(SERVING, institution=institution, today=today)
        held = living.vocabulary.parts.held
        things[PERSON] = {
            each["id"]: each["facts"]
            | {fact: not {*each["roles"]}.isdisjoint(roles) for fact, roles in held.items()}
            for each in people
        }
        names |= {each["id"]: each["name"] for each in people}
        since |= {each["id"]: each["since"] for each in people}
    return Units({row["id"]: row["parent_id"] for row in rows}, names, things, since)


@derived
def _owed_for(of: Thing | CaseKind[Any]) -> str:
    """Things in use; cases under way, whose state a condition calls `<kind>_state`."""
    if isinstance(of, Thing):
        return f"""select t.*, t.{of.named_by} as called, t.entered_at as there_since
            from {of.cards} t where t.institution_id = :institution and t.state <> 'ended'
            order by called, t.id"""
    kinds = ", ".join(f"'{each}'" for each in origins(of))
    return f"""select c.*, c.state as {of.code.replace(".", "_")}_state, p.name as called,
            c.since as there_since
        from {of.table} c
        join people p on (p.institution_id, p.id) = (c.institution_id, c.begun_by)
        where c.institution_id = :institution and c.standing and c.kind in ({kinds})
        order by p.name_key, c.id"""


def shares(
    cadence: Cadence, living: LivingRulebook, seats: Mapping[str, list[Seat]], units: Units
) -> dict[UUID | None, list[Seat]]:
    """Who owes a duty, with their seats: the office, or each unit; none above another of them.

    What is owed for things is owed for each of which the row speaks; where none is, for none.
    """
    alone = cadence.for_people and cadence.who == cadence.each
    mine = [] if alone else falls_to(cadence, living, seats)
    if cadence.for_some:
        cards = units.things.get(cadence.each, {})
        return {key: mine for key, card in cards.items() if cadence.when.holds(card)}
    found: dict[UUID | None, list[Seat]] = {}
    for role in sorted(_stands_for(cadence.each, living)):
        for seat in seats.get(role, ()):
            found.setdefault(seat.unit_id, []).append(seat)
    for seat in seats.get(cadence.but, ()):
        found.pop(seat.unit_id, None)
    above = {over for unit in found for over in _above(unit, units.parents)}
    owing = {unit: theirs for unit, theirs in found.items() if unit not in above}
    if cadence.who != cadence.each:
        return dict.fromkeys(owing, mine) or {None: mine}
    return owing or {None: mine}


@dataclass(frozen=True)
class Owing:
    """Who owes each of some cadences, and the units of the institution."""

    shares: Mapping[tuple[str, str], Mapping[UUID | None, list[Seat]]]
    units: Units

    def of(self, cadence: Cadence) -> Mapping[UUID | None, list[Seat]]:
        return self.shares[cadence.id, cadence.clause]


async def owing_of(
    transaction: Transaction,
    institution: str,
    living: LivingRulebook,
    cadences: Sequence[Cadence],
    today: date,
) -> Owing:
    """Who owes these today, with the seats that they fall to."""
    roles = roles_asked(cadences, living)
    seats = await seats_by_role(transaction, institution, roles, today)
    units = await units_of(transaction, institution, living, cadences, today)
    owed = {(each.id, each.clause): shares(each, living, seats, units) for each in cadences}
    return Owing(owed, units)


def _above(unit: UUID | None, parents: Mapping[UUID, UUID | None]) -> Iterator[UUID]:
    over = parents.get(unit) if unit else None
    while over is not None:
        yield over
        over = parents.get(over)


def seat_ids(seats: Iterable[Seat]) -> list[UUID]:
    return [seat.id for seat in seats]
