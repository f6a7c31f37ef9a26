"""Cases of joining the party as they are kept: found, listed, written with what happened."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

import asyncpg

from domain.areas.party.joining import MEMBER, THING, Case, Event
from domain.areas.party.tables import path_cases
from domain.errors import Refused
from domain.vocabulary import Act, FactType, FactValue
from resolvers.ground import ledger
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.keeping import Overtaken, remember
from resolvers.ground.listing import Listed, read_each
from resolvers.ground.viewers import HELD_TODAY
from resolvers.records.acts import Acting, roles_that_may, seats_of, taking
from resolvers.records.sight import SEEN, Record, rows_seen
from resolvers.rules.rulebooks import LivingRulebook

RECORD = Record(THING, path_cases, "c")
CASES = f"""
  select c.*, p.name, p.account,
         (select jsonb_agg(to_jsonb(e) order by e.version) from path_events e
          where (e.institution_id, e.case_id) = (c.institution_id, c.id)) as history
  from path_cases c
  join people p on (p.institution_id, p.id) = (c.institution_id, c.person_id)
  where c.institution_id = :institution and {SEEN}"""
ONE = f"{CASES} and c.id = :id"
PAGE = f"""{CASES} and (cast(:state as text) is null or c.state = :state)
        and (cast(:after_at as timestamptz) is null
             or (c.begun_at, c.id) < (:after_at, cast(:after_id as uuid)))
      order by c.begun_at desc, c.id desc limit :size"""
MEMBERS = statement(
    f"""select p.id, p.name,
              coalesce(cast(p.facts ->> 'party_member' as boolean), false) or exists (
                select from path_cases c
                where (c.institution_id, c.person_id) = (p.institution_id, p.id)
                  and c.path = 'party.full_member' and c.state in ('full_member', 'archived')
              ) or exists (
                select from appointments a
                join seats s on (s.institution_id, s.id) = (a.institution_id, a.seat_id)
                where (a.institution_id, a.person_id) = (p.institution_id, p.id)
                  and s.role = any(cast(:held_by_members as text[])) and {HELD_TODAY}
              ) as full_member,
              exists (select from path_cases c
                      where (c.institution_id, c.person_id) = (p.institution_id, p.id)
                        and c.standing) as standing
       from people p where p.institution_id = :institution and p.id = any(cast(:ids as uuid[]))"""
)
KEEP = statement(
    """with kept as (
         insert into path_cases as c
         select (jsonb_populate_record(cast(null as path_cases), :case)).*
         on conflict (institution_id, id) do update
         set path = excluded.path, state = excluded.state, since = excluded.since,
             version = excluded.version, standing = excluded.standing
         where c.version = excluded.version - 1
         returning c.id
       )
       insert into path_events
       select e.* from kept, jsonb_populate_record(cast(null as path_events), :event) e
       returning version"""
)


@dataclass(frozen=True)
class CaseView:
    """A case with its rules, whose it is, and what happened to it as it was written down.

    `taking` is the version that says whose each stage is, `seats` are those of the viewer.
    """

    case: Case
    name: str
    account: str
    rulebook_version: int
    version: int
    standing: bool
    begun_at: datetime
    entries: Sequence[Mapping[str, Any]]
    living: LivingRulebook
    taking: LivingRulebook
    seats: Sequence[Acting]


@dataclass(frozen=True)
class Happened:
    """One act as it is written down; not `taken`, a seat has only put its part on record."""

    event: str
    path: str
    origin: str
    target: str
    clause: str
    role: str
    seat_id: UUID | None = None
    measures: Mapping[str, Any] = field(default_factory=dict)
    particulars: Mapping[str, Any] = field(default_factory=dict)
    comment: str = ""
    taken: bool = True


async def find(context: Context, case: UUID) -> CaseView:
    """Raises: Refused, where there is none that the viewer may see."""
    rows = await rows_seen(context, RECORD, ONE, id=case)
    if not rows:
        raise Refused("PARTY_CASE_NOT_FOUND")
    return await _view(context, rows[0])


async def page(
    context: Context, state: str | None, size: int, after: tuple[datetime, UUID] | None
) -> tuple[list[Listed[CaseView]], bool]:
    """The newest cases first, and whether more follow."""
    rows = await rows_seen(
        context,
        RECORD,
        PAGE,
        state=state,
        size=size + 1,
        after_at=after[0] if after else None,
        after_id=after[1] if after else None,
    )
    found = await read_each("party_cases", rows[:size], ("begun_at", "id"), partial(_view, context))
    return found, len(rows) > size


async def members(context: Context, people: Sequence[UUID]) -> dict[UUID, asyncpg.Record]:
    """Those of these people who belong to the institution: name, membership, a running case."""
    institution = context.viewer.institution
    living = await context.rulebook(institution)
    rows = await context.transaction.rows(
        MEMBERS,
        institution=institution,
        ids=list(people),
        today=context.today,
        held_by_members=sorted(roles_that_may(living, MEMBER, Act.CONFIRM)),
    )
    return {row["id"]: row for row in rows}


async def keep(context: Context, view: CaseView, happened: Happened, kind: str) -> None:
    """Write the case as it is now and what happened, unless somebody came first.

    Raises:
        Overtaken: the case is not as it was read, or the person has another one.

    """
    case, viewer = view.case, context.viewer
    institution = viewer.institution
    row = {
        "institution_id": institution,
        "id": case.id,
        "person_id": case.person,
        "path": case.path,
        "state": case.state,
        "since": case.since,
        "rulebook_version": view.rulebook_version,
        "version": view.version,
        "standing": view.standing,
        "begun_at": view.begun_at,
    }
    event = asdict(happened) | {
        "institution_id": institution,
        "case_id": case.id,
        "version": view.version,
        "at": context.now,
        "person_id": viewer.person.id,
        "person_name": viewer.person.name,
    }
    try:
        kept = await context.transaction.row(KEEP, case=row, event=event)
    except asyncpg.UniqueViolationError as taken:
        raise Overtaken from taken
    if kept is None:
        raise Overtaken
    said = {"case": case.id}
    await remember(context.transaction, institution, context.answer, said, context.now)
    content = {"case": case.id, "of": case.person, "state": case.state, **event}
    del content["institution_id"], content["at"]
    await ledger.append(context.transaction, institution, kind, context.now, content)


async def _view(context: Context, row: asyncpg.Record) -> CaseView:
    rulebooks = context.services.rulebooks
    living = await rulebooks.version(row["institution_id"], row["rulebook_version"])
    history = tuple(_event(each, living) for each in row["history"])
    return CaseView(
        Case(row["id"], row["person_id"], row["path"], row["state"], row["since"], history),
        row["name"],
        row["account"],
        row["rulebook_version"],
        row["version"],
        row["standing"],
        row["begun_at"],
        row["history"],
        living,
        await taking(context, living, THING),
        await seats_of(context, THING, {}),
    )


def _event(entry: Mapping[str, Any], living: LivingRulebook) -> Event:
    return Event(
        entry["path"],
        entry["event"],
        entry["origin"],
        entry["target"],
        datetime.fromisoformat(entry["at"]),
        {name: _read(living, name, value) for name, value in entry["measures"].items()},
        entry["taken"],
    )


def _read(living: LivingRulebook, name: str, value: str | bool) -> FactValue:
    number = living.shapes.measures[name].type in (FactType.DECIMAL, FactType.INT)
    return Decimal(str(value)) if number else value
