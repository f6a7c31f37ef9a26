"""What a page of requests shows of each: read once for the whole page, and only if asked for."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from enum import Enum
from functools import lru_cache
from itertools import chain
from typing import Any
from uuid import UUID

from domain.approval.request import Step
from domain.office.organisation import Holder, Seat
from resolvers.ground.context import Context
from resolvers.ground.database import Statement, Transaction, statement
from resolvers.ground.listing import Listed, noted, read_each
from resolvers.ground.viewers import HELD_TODAY
from resolvers.requests.procedures import procedure_of
from resolvers.requests.request_rows import STATUSES, Page, RequestRow, Row, StepRow
from resolvers.requests.routing import rules_for
from resolvers.rules.rulebooks import LivingRulebook


class Part(Enum):
    """What a list leaves out of its requests where nobody asks for it."""

    SUMMARY = "summary"
    SAID = "said"
    REST = "rest"
    STEPS = "steps"
    OWN_STEP = "own_step"
    TAKEN = "taken"
    PARTICULARS = "particulars"
    DUE = "due"
    SEATS = "seats"


Parts = frozenset[Part]
EVERYTHING = frozenset(Part)

BASE = (
    *("institution_id", "id", "number", "kind", "status", "version", "round", "applicant_id"),
    *("applicant_name", "applicant_account", "unit_id", "unit_name", "rulebook_version"),
    *("submitted_at", "completed_at", "provisional"),
)
UNSAID = "case when r.summary_zh is null then r.{name} end as unsaid_{name}"
OF_REQUEST: Mapping[Part, tuple[str, ...]] = {
    Part.SUMMARY: (
        *("r.summary_zh", "r.summary_en"),
        *(UNSAID.format(name=name) for name in ("form", "facts")),
    ),
    Part.SAID: ("r.form", "r.facts", "r.attachments", "r.marks"),
    Part.REST: (
        *("r.seat_id", "r.extends_id", "r.notes", "r.claims", "r.created_at", "r.closed_at"),
        *("r.counted_from", "r.counted_until"),
    ),
}

STEP = (
    *("place", "role", "act", "clauses", "seats", "status", "opened_at", "due_at"),
    "step_institutions",
)
OPEN_UNTIL = """
  case when t.status = 'open' then (
    select min(c.due_at) from clocks c
    where (c.institution_id, c.request_id) = (t.institution_id, t.request_id)
      and c.state = 'running') end as step_open_until"""
OF_STEP: Mapping[Part, tuple[str, ...]] = {
    Part.TAKEN: (
        *("decision", "decided_by", "decided_by_name", "decided_in", "decided_at", "comment"),
        *("alternatives", "added_to", "repeats", "confirms"),
    ),
    Part.PARTICULARS: ("skipped", "particulars"),
}

SEATS = statement(f"""
  select s.id, s.institution_id, s.role, s.unit_id, u.name as unit,
         h.id as holder_id, h.name as holder, h.account, h.name_key
  from seats s join units u on (u.institution_id, u.id) = (s.institution_id, s.unit_id)
  left join appointments a
    on (a.institution_id, a.seat_id) = (s.institution_id, s.id) and {HELD_TODAY}
  left join people h on (h.institution_id, h.id) = (a.institution_id, a.person_id)
  where s.institution_id = any(cast(:institutions as text[])) and s.id = any(cast(:ids as uuid[]))
  union all
  select p.id, p.institution_id, '', p.id, '', p.id, p.name, p.account, p.name_key
  from people p
  where p.institution_id = any(cast(:institutions as text[])) and p.id = any(cast(:ids as uuid[]))
  order by name_key, holder_id""")
"""A person whom the form names takes a turn like a seat of their own, without a role."""


@lru_cache
def columns(parts: Parts) -> tuple[str, ...]:
    """What is read of the request `r`."""
    more = chain.from_iterable(OF_REQUEST[each] for each in OF_REQUEST if each in parts)
    return (*(f"r.{name}" for name in BASE), *more)


@lru_cache
def step_columns(parts: Parts) -> tuple[str, ...]:
    """What is read of the step `t`, but for its id."""
    names = chain(STEP, *(OF_STEP[each] for each in OF_STEP if each in parts))
    told = (f"t.{name} as step_{name}" for name in names)
    return (*told, OPEN_UNTIL) if Part.DUE in parts else tuple(told)


@lru_cache
def steps_of(told: tuple[str, ...]) -> Statement:
    text = f"""
      select t.request_id, t.id as step_id, {", ".join(told)}
      from unnest(cast(:institutions as text[]), cast(:ids as uuid[]), cast(:rounds as integer[]))
        as m(institution_id, id, round)
      join steps t on (t.institution_id, t.request_id, t.round) = (m.institution_id, m.id, m.round)
      order by t.request_id, t.position"""
    return replace(statement(text), record=StepRow)


async def told(
    context: Context,
    page: Sequence[Row],
    parts: Parts,
    key: tuple[str, ...] = ("id",),
    reading: Transaction | None = None,
) -> list[Listed[RequestRow]]:
    """The requests of a page, each with what can be read of what is asked for."""
    transaction = reading or context.transaction
    turns = await _turns(transaction, page, parts) if page else {}
    seated = turns and Part.SEATS in parts
    own = [step for each in turns.values() for step in each] if seated else ()
    beside = {each for step in own for each in step.institutions}
    ids = {seat for step in own for seat in step.seats}
    of_page = Page(await seats_of(context, transaction, beside, ids) if seated else {})
    rulebooks = await _rulebooks(context, page)

    def shown(row: Row) -> RequestRow:
        living = rulebooks.get((row["institution_id"], row["rulebook_version"]))
        _ = procedure_of(row["kind"], living), STATUSES[row["status"]]
        own = RequestRow(row, living, turns.get(row["id"], ()), of_page)
        if Part.REST in parts:
            own.readable = False
            with noted("requests", own.id):
                own.readable = own.whole() is not None
        return own

    return await read_each("requests", page, key, shown)


async def _rulebooks(
    context: Context, page: Sequence[Row]
) -> dict[tuple[str, int | None], LivingRulebook]:
    """Those that the requests of a page are pinned to."""
    found: dict[tuple[str, int | None], LivingRulebook] = {}
    for row in page:
        pinned = row["institution_id"], row["rulebook_version"]
        if pinned not in found:
            with noted("requests", row["id"]):
                found[pinned] = await rules_for(context, *pinned)
    return found


async def _turns(
    transaction: Transaction, page: Sequence[Any], parts: Parts
) -> dict[UUID, list[StepRow]]:
    """The steps that are asked for, by their request; a viewer's own may stand in the page."""
    turns: dict[UUID, list[StepRow]] = defaultdict(list)
    if Part.STEPS in parts:
        found: Sequence[Any] = await transaction.rows(
            steps_of(step_columns(parts)),
            institutions=[row["institution_id"] for row in page],
            ids=[row["id"] for row in page],
            rounds=[row["round"] for row in page],
        )
        for each in found:
            turns[each["request_id"]].append(each)
    elif Part.OWN_STEP in parts:
        for each in page:
            turns[each["id"]].append(each)
    return turns


async def seats_of(
    context: Context, transaction: Transaction, institutions: Collection[str], ids: Collection[UUID]
) -> dict[UUID, Seat]:
    """These seats, each with who holds it today."""
    found = await transaction.glance(
        SEATS, institutions=sorted(institutions), ids=sorted(ids), today=context.today
    )
    holders: dict[UUID, list[Row]] = defaultdict(list)
    for each in found:
        holders[each["id"]].append(each)
    return {key: _seat(rows) for key, rows in holders.items()}


async def seats_known(
    context: Context, row: Mapping[str, Any], steps: tuple[Step, ...]
) -> dict[UUID, Seat]:
    """The seats that a round falls to: one's own office's are known while it does not change."""
    who, known = context.viewer, context.services.people.seats
    ids = {seat for step in steps for seat in step.seats}
    at_home = row["step_institutions"] == [who.institution]
    kept = {each: known.get((who.institution, each)) for each in ids if at_home}
    seats = {each: told[1] for each, told in kept.items() if told and told[0] == who.epochs}
    if missing := ids - seats.keys():
        read = await seats_of(context, context.transaction, row["step_institutions"], missing)
        for each, seat in read.items():
            if at_home:
                known.put((who.institution, each), (who.epochs, seat))
        seats |= read
    unit = {"unit_id": row["unit_id"], "unit": row["unit_name"]}
    # A person whom the form names sits, for this request, where it was made.
    return {each: seat if seat.role else replace(seat, **unit) for each, seat in seats.items()}


def _seat(rows: Sequence[Row]) -> Seat:
    of = rows[0]
    held = (Holder(e["holder_id"], e["holder"], e["account"]) for e in rows if e["holder_id"])
    return Seat(of["id"], of["institution_id"], of["role"], of["unit_id"], of["unit"], tuple(held))
