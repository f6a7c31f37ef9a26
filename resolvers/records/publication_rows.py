"""Publications read: the board, what is due to be on it, and the rows of both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from domain.errors import Refused, at_fault
from domain.records.publications import Standing, publication_ends, publications, standing
from domain.records.statements import Statement
from domain.shapes.cadences import Cadence, Period, period_at
from domain.shapes.publishing import Publishing, duty_of, latest_told
from domain.time.moments import is_near
from domain.vocabulary import Act
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.derived import insertion
from resolvers.ground.listing import LATEST_KEY, Found, Slice
from resolvers.records.acts import may
from resolvers.records.statements import BY_NAME, sees
from resolvers.rules.rulebooks import LivingRulebook

PUBLISH = insertion(publications)
WITHDRAW = insertion(publication_ends)
SHOWN = """select p.*, e.why, e.by_name as withdrawn_by, e.at as withdrawn_at,
         e.publication_id is not null as withdrawn, exists (select from publications later
           where later.institution_id = p.institution_id and later.replaces = p.id
             and later.replaces is not null) as replaced
  from publications p
  left join publication_ends e on (e.institution_id, e.publication_id) = (p.institution_id, p.id)
  where p.institution_id = :institution"""
ONE = statement(f"{SHOWN} and p.id = :id")
OF_PERIOD = """p.statement = :statement and p.cadence = :cadence and p.clause = :clause
  and p.first_day = :first and p.last_day = :last"""
LATEST = statement(f"""
  select * from ({SHOWN} and {OF_PERIOD} and p.title = :title) every
  where not every.replaced""")
"""The last of one period; withdrawn or not, the next takes its place."""
STANDS = statement(f"""
  select * from ({SHOWN} and {OF_PERIOD}) every
  where not every.replaced and not every.withdrawn order by every.at desc, every.id desc
  limit 1""")
PAGE = statement(f"""
  select * from ({SHOWN}
    and (cast(:statements as text[]) is null
         or p.statement = any(cast(:statements as text[])))
    and (not cast(:everybody as boolean) or p.reach = 'everybody')
    and (p.at, p.id) < (:after_at, :after_id)
  ) every
  where (cast(:past as boolean)
         or not (every.replaced or every.withdrawn or coalesce(every.until < :now, false)))
    and (every.reach <> 'named' or every.statement = any(cast(:seen as text[])))
    and (not cast(:past as boolean) or every.statement = any(cast(:mine as text[])))
  order by every.at desc, every.id desc limit :size""")
SIGNED = """r.status = 'approved' and not exists (select from steps s
         where (s.institution_id, s.request_id) = (r.institution_id, r.id)
           and s.act = 'sign' and s.status in ('waiting', 'open'))"""
"""What was approved is published once those have signed whose signature is no decision."""
REQUEST = statement(f"""
  select r.kind, {SIGNED} and not exists (select from publications p
    where p.institution_id = r.institution_id and p.request_id = r.id
      and (p.title, p.first_day) <> (:title, :first)) as stands
  from requests r where r.institution_id = :institution and r.id = :id""")
"""An approved request, which stands behind one publication and those that take its place."""


def standing_of(row: Mapping[str, Any], now: datetime) -> Standing:
    """Where a publication is now."""
    return standing(
        replaced=row["replaced"], withdrawn=row["withdrawn"], until=row["until"], now=now
    )


@dataclass(frozen=True)
class Due:
    """A statement that a cadence wants published: of its last period, and by which day."""

    statement: Statement
    cadence: Cadence
    publishing: Publishing
    period: Period
    by: date
    published: Any = None


def publishing_of(
    living: LivingRulebook, statement: Statement, cadence: Cadence | None
) -> Publishing:
    """By which clause it is published: the cadence's own, or the first.

    Raises: Refused: no clause of the office wants it published.
    """
    every = [each for each in living.shapes.publications if each.id == statement.name]
    own = [each for each in every if cadence and each.clause == cadence.clause]
    for each in own or every:
        return each
    raise Refused("STATEMENT_UNKNOWN")


def asked_for(living: LivingRulebook, statement: Statement, named: str) -> Cadence | None:
    """The cadence by its name, or the one that wants the statement where there is but one.

    Raises: Refused: no such cadence wants it.
    """
    every = [each for each in living.shapes.cadences if each.done == statement.name]
    if named:
        every = [each for each in every if each.id == named]
        if not every:
            raise Refused("STATEMENT_UNKNOWN")
    return every[0] if len(every) == 1 else None


def period_of(cadence: Cadence | None, day: date, last: date | None, today: date) -> Period:
    """The period of a cadence that a day lies in; else the days that are given.

    Raises: Refused: a day is far away, or the last is before the first.
    """
    for each, name in ((day, "day"), (last or day, "last")):
        if not is_near(each, today):
            raise at_fault("DATE_TOO_FAR", "input", name)
    found = period_at(cadence, day) if cadence else None
    if found is None and last is not None and last < day:
        raise at_fault("END_BEFORE_START", "input", "last")
    return found or Period(day, last or day, last or day, day)


async def due(context: Context) -> Sequence[Due]:
    """What the office's cadences want published, each of the last period that may be told."""
    living = await context.rulebook()
    found = []
    for row in living.shapes.cadences:
        statement = BY_NAME.get(row.done)
        if statement is None:
            continue
        period = latest_told(statement.written, row, context.today)
        owed = duty_of(statement.written, row, period) if period else None
        if period and owed:
            published = await context.row(
                STANDS,
                statement=statement.name,
                cadence=row.id,
                clause=row.clause,
                first=period.first,
                last=period.last,
            )
            of = publishing_of(living, statement, row)
            found.append(Due(statement, row, of, period, owed.due, published))
    return sorted(found, key=lambda each: (each.by, each.cadence.id))


async def rulebook_of(context: Context, institution: str | None) -> LivingRulebook:
    """The rules by which an institution publishes, the viewer's own or another's.

    Raises: Refused: UNKNOWN_INSTITUTION.
    """
    if institution in (None, context.viewer.institution):
        return await context.rulebook()
    return await context.services.rulebooks.load(institution or "", context.today)


async def published(
    context: Context, institution: str | None, statement: str | None, *, past: bool, page: Slice
) -> Found[Any]:
    """What is on a board, the latest first; of another institution what everybody may read."""
    home = context.viewer.institution
    of = institution or home
    ours = of == home
    wanted = {
        "institution": of,
        "statements": [statement] if statement else None,
        "everybody": not ours,
        "past": past and ours,
        "now": context.now,
        "seen": [each.name for each in BY_NAME.values() if ours and await sees(context, each)],
        "mine": await _mine(context) if past and ours else [],
    }
    rows = await context.transaction.rows_of(of, PAGE, **wanted, **page.values(LATEST_KEY))
    return await page.read("publications", rows, ("at", "id"), dict)


async def _mine(context: Context) -> list[str]:
    asked = {name: await may(context, name, Act.PUBLISH) for name in BY_NAME}
    return [name for name, verdict in asked.items() if verdict.allowed]


async def one(context: Context, key: UUID) -> Mapping[str, Any]:
    """A publication by its key, for who has just published or withdrawn it."""
    row = await context.row(ONE, id=key)
    assert row is not None  # noqa: S101  # it stands
    return dict(row)
