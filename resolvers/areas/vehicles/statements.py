"""Statements on vehicles: counted from the books by the database, and published for a period."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import asyncpg

from domain.areas.vehicles import books
from domain.errors import Refused, at_fault
from domain.records.lines import stands
from domain.shapes.cadences import Cadence, Every, Period, period_at
from domain.vocabulary import Act
from resolvers.ground import ledger
from resolvers.ground.context import Context
from resolvers.ground.database import Statement, statement
from resolvers.ground.keeping import remember
from resolvers.records.acts import may
from resolvers.records.sight import SEEN, Record, rows_seen
from resolvers.time.duties_done import fulfil

LONGEST = 731

REFUELLED = stands(books.REFUELLINGS.table, "f")
READ = stands(books.MILEAGES.table, "m")
REPAIRED = stands(books.REPAIRS.table, "p")
CHECKED = stands(books.PARKING_CHECKS.table, "c")
HIRE_LINES = Record(books.HIRES.name, books.HIRES.table, "h", named=("recorded_by",))
HIRED = stands(books.HIRES.table, "h")
DAY = "cast({0} at time zone 'Asia/Shanghai' as date)"
IN_DAYS = "between :first and :last"

USE = statement(f"""
  with readings as (
    select m.vehicle_id, {DAY.format("m.read_at")} as day, m.odometer as low, m.odometer as high
    from vehicle_mileages m where m.institution_id = :institution and {READ}
    union all
    select f.vehicle_id, {DAY.format("f.refuelled_at")}, f.odometer_from, f.odometer_to
    from vehicle_refuellings f where f.institution_id = :institution and {REFUELLED}
  ), driven as (
    select r.vehicle_id,
           max(r.high) filter (where r.day {IN_DAYS})
             - coalesce(max(r.high) filter (where r.day < :first),
                        min(r.low) filter (where r.day {IN_DAYS})) as distance
    from readings r group by r.vehicle_id
  ), fuelled as (
    select f.vehicle_id, sum(f.litres) as litres, sum(f.amount) as fuel_cost,
           count(*) as refuellings, count(*) filter (where f.cash) as in_cash
    from vehicle_refuellings f
    where f.institution_id = :institution and {REFUELLED}
      and {DAY.format("f.refuelled_at")} {IN_DAYS}
    group by f.vehicle_id
  ), repaired as (
    select p.vehicle_id, sum(p.amount) as repair_cost, count(*) as repairs
    from vehicle_repairs p
    where p.institution_id = :institution and {REPAIRED} and p.repaired_on {IN_DAYS}
    group by p.vehicle_id
  ), drivers as (
    select t.vehicle_id, array_agg(distinct t.driver_name order by t.driver_name) as names,
           count(*) as trips
    from vehicle_trips t
    where t.institution_id = :institution and t.driver_name is not null
      and {DAY.format("t.out_at")} {IN_DAYS}
    group by t.vehicle_id
  )
  select v.id, v.plate, v.model, coalesce(d.names, '{{}}') as drivers,
         coalesce(d.trips, 0) as trips,
         coalesce(n.distance, 0) as distance, coalesce(f.litres, 0) as litres,
         coalesce(f.fuel_cost, 0) as fuel_cost, coalesce(f.refuellings, 0) as refuellings,
         coalesce(f.in_cash, 0) as in_cash, coalesce(p.repair_cost, 0) as repair_cost,
         coalesce(p.repairs, 0) as repairs
  from vehicles v
  left join driven n on n.vehicle_id = v.id
  left join fuelled f on f.vehicle_id = v.id
  left join repaired p on p.vehicle_id = v.id
  left join drivers d on d.vehicle_id = v.id
  where v.institution_id = :institution
    and (v.retired_on is null or v.retired_on >= :first or d.trips > 0)
  order by v.plate
""")
REPAIRS = statement(f"""
  select p.name, v.plate, p.repaired_on, p.content, p.amount,
         sum(p.amount) over (partition by p.vehicle_id) as total
  from vehicle_repairs p
  join vehicles v on (v.institution_id, v.id) = (p.institution_id, p.vehicle_id)
  where p.institution_id = :institution and {REPAIRED} and p.repaired_on {IN_DAYS}
  order by v.plate, p.repaired_on, p.id
""")
PARKING = statement(f"""
  select v.plate, coalesce(d.name, '') as driver, {DAY.format("c.checked_at")} as day, c.place,
         c.at_fixed_place, c.permitted
  from vehicle_parking_checks c
  join vehicles v on (v.institution_id, v.id) = (c.institution_id, c.vehicle_id)
  left join people d on (d.institution_id, d.id) = (c.institution_id, c.driver_id)
  where c.institution_id = :institution and {CHECKED} and {DAY.format("c.checked_at")} {IN_DAYS}
  order by c.checked_at, c.id
""")
HIRES = f"""
  select h.number, h.hired_on, h.zone, h.section, h.user_name, h.purpose, h.amount,
         sum(h.amount) over () as total
  from vehicle_hires h
  where h.institution_id = :institution and {HIRED} and h.hired_on {IN_DAYS} and {SEEN}
  order by h.hired_on, h.number
"""
PUBLISH = statement(
    """insert into vehicle_publications
         (institution_id, id, statement, first_day, last_day, clause, content, void, why,
          recorded_by, recorded_by_name, recorded_at)
       values (:institution, :id, :statement, :first, :last, :clause, :content, false, '',
               :person, :name, :now)"""
)
PUBLISHED = statement(
    """select p.* from vehicle_publications p
       where p.institution_id = :institution and (cast(:id as uuid) is null or p.id = :id)
         and (cast(:statement as text) is null or p.statement = :statement)
         and (cast(:first as date) is null or p.first_day = :first)
       order by p.first_day desc, p.id desc limit 100"""
)

STATEMENTS: Mapping[str, Statement] = {
    "use": USE,
    "repairs": REPAIRS,
    "parking": PARKING,
    "hires": statement(HIRES.replace(SEEN, "true")),
}
CADENCES: Mapping[str, str] = {
    "mileage-report": "use",
    "repair-report": "repairs",
    "parking-report": "parking",
    "fuel-statement": "use",
    "repair-costs": "repairs",
    "fuel-use": "use",
    "hire-bills": "hires",
}
"""By the cadence that asks for it, what is published."""


@dataclass(frozen=True)
class Due:
    """A statement that a cadence asks for."""

    cadence: Cadence
    statement: str


async def rows_of(context: Context, name: str, first: date, last: date) -> list[Mapping[str, Any]]:
    """The lines of a statement for some days.

    Raises:
        Refused: more than two years.

    """
    _must_be_short(first, last)
    rows = await context.transaction.rows(
        STATEMENTS[name], institution=context.viewer.institution, first=first, last=last
    )
    return [dict(row) for row in rows]


async def hires_seen(context: Context, first: date, last: date) -> list[Mapping[str, Any]]:
    """The cars hired in some days, as far as the viewer sees the register of them."""
    _must_be_short(first, last)
    rows = await rows_seen(context, HIRE_LINES, HIRES, first=first, last=last)
    return [dict(row) for row in rows]


def _must_be_short(first: date, last: date) -> None:
    if (last - first).days > LONGEST:
        raise at_fault("TOO_LONG_A_PERIOD", "to", days=LONGEST)


async def asked_for(context: Context) -> Sequence[Due]:
    """The statements that the office's cadences ask for."""
    living = await context.rulebook(context.viewer.institution)
    return [
        Due(each, CADENCES[each.id])
        for each in living.shapes.cadences
        if each.id in CADENCES and each.every is not Every.EVENT
    ]


async def publish(context: Context, cadence: str, day: date) -> UUID:
    """Publish what a cadence asks for, for the period in which a day lies, once it is over.

    Raises:
        Refused: no clause asks for it, the period runs still, or it is published already.

    """
    publisher = await may(context, "vehicle.publication", Act.PUBLISH)
    if not publisher.allowed:
        label = context.services.vocabulary.objects["vehicle.publication"].label
        raise Refused("NOT_A_KEEPER", clause=publisher.clause, zh=label.zh, en=label.en)
    due = next((each for each in await asked_for(context) if each.cadence.id == cadence), None)
    period = period_at(due.cadence, day) if due else None
    if due is None or period is None:
        raise Refused("STATEMENT_UNKNOWN")
    clause = due.cadence.clause
    if not _ends(due.cadence, period, context.today):
        raise Refused("PERIOD_NOT_OVER", clause=clause)
    person, transaction = context.viewer.person, context.transaction
    told = {"statement": cadence, "first": period.first}
    if await transaction.row(PUBLISHED, institution=person.institution, id=None, **told):
        raise Refused("PUBLISHED_ALREADY", clause=clause)
    rows = await rows_of(context, due.statement, period.first, period.last)
    publication = context.services.new_id()
    try:
        await transaction.rows(
            PUBLISH,
            institution=person.institution,
            id=publication,
            last=period.last,
            clause=clause,
            content=rows,
            person=person.id,
            name=person.name,
            now=context.now,
            **told,
        )
    except asyncpg.UniqueViolationError as twice:
        raise Refused("PUBLISHED_ALREADY", clause=clause) from twice
    await fulfil(context, (due.cadence,), context.today, person.id, person.name)
    said = {"publication": publication}
    await remember(transaction, person.institution, context.answer, said, context.now)
    content = {**said, **told, "last": period.last, "clause": clause, "person": person.id}
    await ledger.append(
        transaction, person.institution, "vehicle_statement_published", context.now, content
    )
    return publication


def _ends(cadence: Cadence, period: Period, today: date) -> bool:
    """Whether a period is over; a year is told at its end 年底, in its last month."""
    in_its_last_month = cadence.every is Every.YEAR and period.last.replace(day=1) <= today
    return period.last < today or in_its_last_month


async def publications(
    context: Context, publication: UUID | None = None
) -> list[Mapping[str, Any]]:
    """What was published, the latest period first."""
    rows = await context.transaction.rows(
        PUBLISHED,
        institution=context.viewer.institution,
        id=publication,
        statement=None,
        first=None,
    )
    return [dict(row) for row in rows]


def usual(today: date) -> tuple[date, date]:
    """The month before, where no days are given."""
    last = today.replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last
