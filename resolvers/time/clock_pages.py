"""Clocks as people see them: what they answer for, asked for or are told of; leaders see all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from domain.errors import Refused
from domain.office.organisation import Seat
from domain.tables import ROW_BY_ROW
from policies.permissions import allows
from resolvers.ground.batches import on_requests
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.derived import derived
from resolvers.ground.listing import EARLIEST_KEY, Found, Listed, Slice, read_each
from resolvers.ground.viewers import SEAT, read_seat
from resolvers.requests.oversight import MAY_SEE, whose
from resolvers.rules.rulebooks import LivingRulebook

OVERSEES = "clocks.extend"
"""Who may grant more time sees every clock of the office."""

CLOCK = f"""
  c.*,
  coalesce((
    select jsonb_agg({SEAT} order by u.position, s.id)
    from seats s join units u on (u.institution_id, u.id) = (s.institution_id, s.unit_id)
    where s.institution_id = c.institution_id and s.id = any(c.responsible)
  ), '[]') || coalesce((
    select jsonb_agg(jsonb_build_object(
      'id', p.id, 'institution', p.institution_id, 'role', '', 'unit_id', p.id, 'unit', '',
      'holders', jsonb_build_array(
        jsonb_build_object('id', p.id, 'name', p.name, 'account', p.account)))
      order by p.name_key, p.id)
    from people p
    where p.institution_id = c.institution_id and p.id = any(c.responsible)
  ), '[]') as seats,
  coalesce((
    select jsonb_agg(to_jsonb(h) order by h.at, h.id) from clock_changes h
    where (h.institution_id, h.clock_id) = (c.institution_id, c.id)
  ), '[]') as changes"""

IN_SIGHT = f"""(
  cast(:oversees as boolean) or c.applicant_id = :person
  or c.responsible && cast(:turns as uuid[])
  or split_part(c.expires, ' ', 2) = any(cast(:roles as text[]))
  or exists (
    select from requests r
    where (r.institution_id, r.id) = (c.institution_id, c.request_id) and {MAY_SEE}
    {ROW_BY_ROW}))"""

NARROWED = {
    "state": "c.state = :state",
    "mine": "c.responsible && cast(:turns as uuid[])",
    "subject": "c.subject_id = :subject",
}


@derived
def page_of(narrowed: frozenset[str]) -> str:
    return f"""
      select {CLOCK} from clocks c
      where {_wanted(narrowed)} and (c.due_at, c.id) > (:after_at, :after_id)
      order by c.due_at, c.id limit :size"""


@derived
def count_of(narrowed: frozenset[str]) -> str:
    return f"select count(*) from clocks c where {_wanted(narrowed)}"


def _wanted(narrowed: frozenset[str]) -> str:
    said = (NARROWED[each] for each in sorted(narrowed))
    return " and ".join(("c.institution_id = :institution", IN_SIGHT, *said))


ONE = statement(
    f"select {CLOCK} from clocks c where c.institution_id = :institution and c.id = :id"
    f" and {IN_SIGHT}"
)
OF_REQUESTS = statement(f"""
  select {CLOCK} from clocks c
  where c.institution_id = :institution and c.request_id = any(cast(:ids as uuid[]))
  order by c.due_at, c.id""")


@dataclass(frozen=True)
class Shown:
    """A clock's row with its seats and history, and the rules that it was started by."""

    row: Mapping[str, Any]
    seats: tuple[Seat, ...]
    living: LivingRulebook

    @property
    def id(self) -> UUID:
        found: UUID = self.row["id"]
        return found


@dataclass(frozen=True)
class Filter:
    """What a page of clocks is narrowed to."""

    state: str | None = None
    mine: bool = False
    subject: UUID | None = None

    @property
    def narrowed(self) -> frozenset[str]:
        return frozenset(each for each in NARROWED if getattr(self, each))


async def clocks(context: Context, wanted: Filter, page: Slice) -> Found[Shown]:
    """One page of clocks, what is due first coming first."""
    asked = _asked(context, wanted) | page.values(EARLIEST_KEY)
    rows = await context.rows(page_of(wanted.narrowed), **asked)
    return await page.read("clocks", rows, ("due_at", "id"), partial(_read, context))


async def count(context: Context, wanted: Filter) -> int:
    return int(await context.value(count_of(wanted.narrowed), **_asked(context, wanted)))


async def one(context: Context, clock_id: UUID) -> Shown:
    """A clock in sight of the viewer. Raises: Refused: there is none."""
    rows = await context.rows(ONE, **_viewer(context), id=clock_id)
    if not rows:
        raise Refused("CLOCK_NOT_FOUND")
    return await _read(context, rows[0])


async def _shown(
    context: Context, rows: Sequence[Mapping[str, Any]], key: tuple[str, ...]
) -> list[Listed[Shown]]:
    return await read_each("clocks", rows, key, partial(_read, context))


async def _read(context: Context, row: Mapping[str, Any]) -> Shown:
    rulebooks = context.services.rulebooks
    return Shown(
        row=row,
        seats=tuple(read_seat(seat) for seat in row["seats"]),
        living=await rulebooks.version(row["institution_id"], row["rulebook_version"]),
    )


def _asked(context: Context, wanted: Filter) -> dict[str, Any]:
    return {**_viewer(context), **vars(wanted)}


def _viewer(context: Context) -> dict[str, Any]:
    roles = context.viewer.person.roles
    return {**whose(context), "roles": sorted(roles), "oversees": allows(roles, OVERSEES)}


of_requests = on_requests(OF_REQUESTS, "clocks", "request_id", "id", read=_read)
"""The clocks of each of these requests."""
