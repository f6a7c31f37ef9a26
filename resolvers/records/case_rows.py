"""Cases as they are kept: who may see which, found, listed, written with what happened."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

import asyncpg

from domain import CASES
from domain.errors import Refused
from domain.records.cases import HANDLER, LEADS_A_UNIT, Case, cases, is_handled_by
from domain.vocabulary import FactType, FactValue
from resolvers.ground import ledger
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.keeping import Overtaken, remember
from resolvers.ground.listing import Listed, read_each
from resolvers.records.acts import Acting, seats_of, taking
from resolvers.records.sight import SEEN, Record, seen, sight_of
from resolvers.rules.rulebooks import LivingRulebook

LEADS_MORE = 5
"""From this level of a role on its holders lead several units, and stand above each of them."""

LED = """(c.handler_id is null and c.handler_unit_id is not null
         and c.handler_unit_id = any(cast(:led as uuid[])))"""
RECORDS = tuple(
    Record(
        conduct.thing,
        cases,
        "c",
        also=LED,
        unit="c.handler_unit_id",
        among=f"c.kind = '{kind}'",
        kind=kind,
    )
    for kind, conduct in CASES.items()
)
MAY_SEE = f"""
  {SEEN}
  and c.complained_person_id is distinct from :person
  and not coalesce(c.complained_unit_id = any(cast(:headed as uuid[])), false)
  and position(cast(:name as text) in c.complained_of) = 0"""
"""Who may by lines, and who handles it; whoever is complained of sees nothing of it."""

CLOCKS = """
  coalesce((
    select jsonb_agg(to_jsonb(k) order by k.started_at, k.id) from clocks k
    where (k.institution_id, k.request_id) = (c.institution_id, c.id)), '[]')"""
OVERDUE = """exists (
    select from clocks k where (k.institution_id, k.request_id) = (c.institution_id, c.id)
      and (k.state = 'expired' or k.due_at < :now and k.state = 'running'))"""
SELECT = f"""
  select c.*, r.rulebook_version, {CLOCKS} as clocks, {OVERDUE} as overdue,
         (select jsonb_agg(to_jsonb(e) order by e.version) from case_events e
          where (e.institution_id, e.case_id) = (c.institution_id, c.id)) as history
  from cases c
  join requests r on (r.institution_id, r.id) = (c.institution_id, c.id)
  where c.institution_id = :institution and {MAY_SEE}"""
ONE = f"{SELECT} and c.id = :id"
MATCHES = f"""
  (cast(:kind as text) is null or c.kind = :kind)
  and (cast(:number as text) is null or c.number = :number)
  and (cast(:state as text) is null or c.state = :state)
  and (cast(:channel as text) is null or c.channel = :channel)
  and (cast(:standing as boolean) is null or c.standing = :standing)
  and (cast(:overdue as boolean) is null or {OVERDUE} = :overdue)
  and (cast(:first_day as date) is null or c.received_on >= :first_day)
  and (cast(:last_day as date) is null or c.received_on <= :last_day)"""
PAGE = f"""{SELECT} and {MATCHES}
        and (cast(:after_at as timestamptz) is null
             or (c.begun_at, c.id) < (:after_at, cast(:after_id as uuid)))
      order by c.begun_at desc, c.id desc limit :size"""
SUMMARY = f"""select c.kind, c.channel, c.state, count(*) as cases,
               count(*) filter (where c.standing) as standing,
               count(*) filter (where c.closed_at is not null) as closed,
               count(*) filter (where {OVERDUE}) as overdue,
               count(*) filter (where exists (
                 select from clocks k
                 where (k.institution_id, k.request_id) = (c.institution_id, c.id)
                   and k.state = 'done')) as in_time
        from cases c
        join requests r on (r.institution_id, r.id) = (c.institution_id, c.id)
        where c.institution_id = :institution and {MAY_SEE} and {MATCHES}
        group by c.kind, c.channel, c.state order by c.kind, c.channel, c.state"""
_CHANGES = ", ".join(f"{each.name} = g.{each.name}" for each in fields(Case) if each.name != "id")
KEEP = statement(
    f"""with kept as (
          update cases c set {_CHANGES}
          from jsonb_populate_record(cast(null as cases), :case) g
          where (c.institution_id, c.id) = (g.institution_id, g.id) and c.version = g.version - 1
          returning c.id
        )
        insert into case_events
        select e.* from kept, jsonb_populate_record(cast(null as case_events), :event) e
        returning version"""
)
NAMES = [each.name for each in fields(Case)]


@dataclass(frozen=True)
class Filter:
    """What a list of cases is narrowed to."""

    kind: str | None = None
    number: str | None = None
    state: str | None = None
    channel: str | None = None
    standing: bool | None = None
    overdue: bool | None = None
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True)
class CaseView:
    """A case with its rules, its clocks, and what happened to it as it was written down.

    `taking` is the version that says whose each stage is.
    """

    case: Case
    living: LivingRulebook
    taking: LivingRulebook
    overdue: bool
    clocks: Sequence[Mapping[str, Any]]
    entries: Sequence[Mapping[str, Any]]

    @property
    def known(self) -> dict[str, FactValue]:
        """What the form and earlier events stated."""
        return {name: self._exact(name, value) for name, value in self.case.facts.items()}

    def _exact(self, name: str, value: Any) -> FactValue:
        fact = self.living.shapes.measures.get(name)
        number = fact is not None and fact.type in (FactType.DECIMAL, FactType.INT)
        return Decimal(str(value)) if number else value


def units_led(context: Context, seats: Sequence[Acting]) -> tuple[list[UUID], list[UUID]]:
    """The units that somebody acts for, and of these the ones that are their own section."""
    roles = context.services.vocabulary.roles
    levels = [(roles[each.role].level, each.unit) for each in seats if each.role in roles]
    led = [unit for level, unit in levels if level >= LEADS_A_UNIT]
    return led, [unit for level, unit in levels if LEADS_A_UNIT <= level < LEADS_MORE]


async def _seen(context: Context, text: str, **values: Any) -> list[asyncpg.Record]:
    """The cases of a statement that the viewer may see; each kind may be lent on its own."""
    person = context.viewer.person
    seats: dict[UUID, Acting] = {}
    for kind in CASES:
        seats |= {each.seat: each for each in await seats_of(context, kind, {})}
    led, headed = units_led(context, tuple(seats.values()))
    found = await sight_of(context, *RECORDS)
    return await context.transaction.rows(
        found.within(text),
        **found.values,
        **values,
        institution=person.institution,
        name=person.name,
        led=led,
        headed=headed,
        now=context.now,
    )


async def find(context: Context, case: UUID) -> CaseView:
    """Raises: Refused, where there is none that the viewer may see."""
    rows = await _seen(context, ONE, id=case)
    if not rows:
        raise Refused("CASE_NOT_FOUND")
    return await _view(context, rows[0])


async def tells_secrets(context: Context, view: CaseView, *, after_write: bool) -> bool:
    """Whether the viewer is told who complains: in a lent seat where the loan names the object."""
    case, thing = view.case, CASES[view.case.kind].thing
    seats = await seats_of(context, thing, view.known, kind=case.kind, after_write=after_write)
    if all(seat.tells_secrets for seat in seats):
        return True
    told = [seat for seat in seats if seat.tells_secrets]
    led, _ = units_led(context, told)
    borne = {HANDLER} if is_handled_by(case, context.viewer.person.id, led) else ()
    living, unit = await context.rulebook(context.viewer.institution), case.handler_unit_id
    return seen(living, thing, vars(case), told, borne, unit=unit).allowed


async def page(
    context: Context, wanted: Filter, size: int, after: tuple[datetime, UUID] | None
) -> tuple[list[Listed[CaseView]], bool]:
    """The newest cases first, and whether more follow."""
    rows = await _seen(
        context,
        PAGE,
        size=size + 1,
        after_at=after[0] if after else None,
        after_id=after[1] if after else None,
        **asdict(wanted),
    )
    found = await read_each("cases", rows[:size], ("begun_at", "id"), partial(_view, context))
    return found, len(rows) > size


async def summary(context: Context, wanted: Filter) -> list[asyncpg.Record]:
    """How many cases there are by kind, channel and state, and how they kept their clocks."""
    return await _seen(context, SUMMARY, **asdict(wanted))


async def keep(context: Context, case: Case, event: Mapping[str, Any]) -> None:
    """Write the case as it is now and what happened, unless somebody came first.

    Raises:
        Overtaken: the case is not as it was read.

    """
    viewer, transaction = context.viewer, context.transaction
    line = {
        **event,
        "institution_id": viewer.institution,
        "case_id": case.id,
        "version": case.version,
        "at": context.now,
        "person_id": viewer.person.id,
        "person_name": viewer.person.name,
    }
    row = {"institution_id": viewer.institution, **asdict(case)}
    if await transaction.row(KEEP, case=row, event=line) is None:
        raise Overtaken
    said = {"case": case.id}
    await remember(transaction, viewer.institution, context.answer, said, context.now)


async def record(context: Context, case: Case, event: Mapping[str, Any]) -> None:
    """Let the ledger know; it takes the chain's lock, so this comes last."""
    person = context.viewer.person
    content = {
        **event,
        "case": case.id,
        "kind": case.kind,
        "version": case.version,
        "state": case.state,
        "person": person.id,
        "name": person.name,
    }
    institution = person.institution
    await ledger.append(context.transaction, institution, "case_advanced", context.now, content)


async def _view(context: Context, row: asyncpg.Record) -> CaseView:
    rulebooks = context.services.rulebooks
    living = await rulebooks.version(row["institution_id"], row["rulebook_version"])
    case = Case(**{name: row[name] for name in NAMES})
    whose = await taking(context, living, CASES[case.kind].thing)
    return CaseView(case, living, whose, row["overdue"], row["clocks"], row["history"])
