"""The steps of the requests of a page, and their seats: each read once for the whole page."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from enum import Enum
from types import MappingProxyType
from typing import Any
from uuid import UUID

from domain.approval.request import steps
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.viewers import SEAT

Row = Mapping[str, Any]


class Part(Enum):
    """What a list leaves out of its requests where nobody asks for it."""

    SAID = "said"
    STEPS = "steps"
    OWN_STEP = "own_step"
    SEATS = "seats"


EVERYTHING = frozenset({Part.SAID, Part.STEPS, Part.OWN_STEP, Part.SEATS})

BASE = (
    *("institution_id", "id", "number", "kind", "status", "version", "round", "applicant_id"),
    *("applicant_name", "applicant_account", "seat_id", "unit_id", "unit_name"),
    *("rulebook_version", "step_institutions", "extends_id", "created_at", "submitted_at"),
    *("closed_at", "completed_at"),
    *("counted_from", "counted_until", "provisional"),
)
SAID: Mapping[str, Any] = {
    **dict.fromkeys(("form", "facts"), MappingProxyType({})),
    **dict.fromkeys(("attachments", "notes", "claims", "marks"), ()),
}
"""What is written in a request, and what stands for it where it is left out."""

COLUMNS = ", ".join(f"t.{each.name}" for each in steps.columns)
OPEN_UNTIL = """
  case when t.status = 'open' then (
    select min(c.due_at) from clocks c
    where (c.institution_id, c.request_id) = (t.institution_id, t.request_id)
      and c.state = 'running') end as open_until"""

STEPS = statement(f"""
  select {COLUMNS}, {OPEN_UNTIL}
  from unnest(cast(:institutions as text[]), cast(:ids as uuid[]), cast(:rounds as integer[]))
    as m(institution_id, id, round)
  join steps t on (t.institution_id, t.request_id, t.round) = (m.institution_id, m.id, m.round)
  order by t.request_id, t.position""")

THESE = statement(f"""
  select {COLUMNS}, {OPEN_UNTIL}
  from unnest(cast(:institutions as text[]), cast(:ids as uuid[])) as m(institution_id, id)
  join steps t on (t.institution_id, t.id) = (m.institution_id, m.id)""")

SEATS = statement(f"""
  select s.id, {SEAT} as seat
  from seats s join units u on (u.institution_id, u.id) = (s.institution_id, s.unit_id)
  where s.institution_id = any(cast(:institutions as text[])) and s.id = any(cast(:ids as uuid[]))
  union all
  select p.id, jsonb_build_object(
    'id', p.id, 'institution', p.institution_id, 'role', '', 'holders', jsonb_build_array(
      jsonb_build_object('id', p.id, 'name', p.name, 'account', p.account)))
  from people p
  where p.institution_id = any(cast(:institutions as text[])) and p.id = any(cast(:ids as uuid[]))
""")
"""A person whom the form names takes a turn like a seat of their own, without a role."""


def columns(parts: Collection[Part]) -> tuple[str, ...]:
    return BASE + tuple(SAID) if Part.SAID in parts else BASE


async def with_parts(
    context: Context, page: Sequence[Row], parts: Collection[Part]
) -> list[dict[str, Any]]:
    """The requests of a page as they are read, with what is asked for of each."""
    rows = [{**SAID, **row} for row in page]
    turns = await _turns(context, rows, parts) if rows else {}
    seats = await _seats(context, rows, turns) if turns and Part.SEATS in parts else {}
    for row in rows:
        row["steps"] = own = turns.get(row["id"], [])
        waited_for = {seat for turn in own for seat in turn["seats"]}
        row["seats"] = [_of(row, seats[each]) for each in waited_for if each in seats]
        row["due_at"] = next((turn["open_until"] for turn in own if turn["open_until"]), None)
    return rows


async def _turns(
    context: Context, rows: Sequence[Row], parts: Collection[Part]
) -> dict[UUID, list[Row]]:
    """The steps that are asked for, by their request."""
    institutions = [row["institution_id"] for row in rows]
    known = [row["step_id"] for row in rows]
    if Part.STEPS in parts or (Part.OWN_STEP in parts and None in known):
        found = await context.transaction.rows(
            STEPS,
            institutions=institutions,
            ids=[row["id"] for row in rows],
            rounds=[row["round"] for row in rows],
        )
    elif Part.OWN_STEP in parts:
        found = await context.transaction.rows(THESE, institutions=institutions, ids=known)
    else:
        return {}
    turns: dict[UUID, list[Row]] = defaultdict(list)
    for each in found:
        turns[each["request_id"]].append(each)
    return turns


async def _seats(
    context: Context, rows: Sequence[Row], turns: Mapping[UUID, Sequence[Row]]
) -> dict[UUID, Row]:
    found = await context.transaction.rows(
        SEATS,
        institutions=sorted({each for row in rows for each in row["step_institutions"]}),
        ids=sorted({seat for own in turns.values() for turn in own for seat in turn["seats"]}),
        today=context.today,
    )
    return {row["id"]: row["seat"] for row in found}


def _of(row: Row, seat: Row) -> Row:
    """A person takes a turn in the unit that the request was made from."""
    return {"unit_id": str(row["unit_id"]), "unit": row["unit_name"], **seat}
