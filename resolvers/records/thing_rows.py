"""Things read: the statements derived of their cards, a page by name, and one of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from typing import Any
from uuid import UUID

from domain import HOLDS, THINGS
from domain.records.lines import read_row
from domain.records.registers import Register
from domain.records.things import Keeping, Move, Thing, Whereabouts, moved, thing_moves
from domain.tables import ROW_BY_ROW
from resolvers.ground.context import Context
from resolvers.ground.database import Statement, statement
from resolvers.ground.derived import derived, insertion
from resolvers.ground.listing import Found, Slice
from resolvers.records.pages import Listing, listed, own

MOVED = insertion(thing_moves)
MOVES = statement("""
  select * from thing_moves where institution_id = :institution and thing_id = :id
  order by version desc limit 200""")
"""What was done with a thing, the latest first."""

LENT_BY = statement("""
  select request_id from thing_moves
  where institution_id = :institution and thing_id = :id and move = 'lent'
  order by version desc limit 1""")
"""The approved request by which a thing was lent last."""
UNTIL = statement("""
  select move, to_id, due_on from thing_moves
  where institution_id = :institution and thing_id = :id and at <= :at order by version""")


@cache
def entering(thing: Thing) -> Statement:
    return insertion(thing.table)


@derived
def changing(thing: Thing) -> str:
    """The row as it is now, unless somebody changed it since it was read."""
    changed = thing.changing
    names, values = ", ".join(changed), ", ".join(f"g.{name}" for name in changed)
    return f"""update {thing.cards} t set ({names}) = ({values})
        from jsonb_populate_record(cast(null as {thing.cards}), :row) g
        where t.institution_id = :institution and t.id = g.id and t.version = :known
        returning t.version"""


def _selected(thing: Thing) -> str:
    people = "".join(
        f", (select p.name from people p where (p.institution_id, p.id)"
        f" = (t.institution_id, t.{each}_id)) as {each}_name"
        for each in ("keeper", "holder", "offered")
    )
    held = "".join(
        f""", exists (select from {each.kind.table.name} h
              where (h.institution_id, h.{each.column}) = (t.institution_id, t.id)
                and h.standing and h.state in {(*each.states, "")}
              {ROW_BY_ROW}) as {each.name}"""
        for each in HOLDS
        if each.thing is thing
    )
    return f"select t.*{people}{held} from {thing.cards} t where t.institution_id = :institution"


@derived
def one(thing: Thing) -> str:
    return f"{_selected(thing)} and t.id = :id"


@derived
def same(thing: Thing, column: str) -> str:
    """Another of these in use that bears the same."""
    return f"""select t.id from {thing.cards} t
        where t.institution_id = :institution and t.{column} = :value
          and t.state <> 'ended' and t.id <> :id limit 1"""


@cache
def listing(thing: Thing) -> Listing:
    """The office's by name."""
    narrowed = {
        "state": "t.state = :state",
        "holder": "coalesce(t.holder_id, t.keeper_id) = :holder",
        "today": "t.due_on < :today",
    }
    order = {thing.named_by: f"t.{thing.named_by}", "id": "t.id"}
    return Listing(thing.cards, _selected(thing), order, narrowed)


@dataclass(frozen=True)
class Wanted:
    """Which things are asked for."""

    state: Keeping | None = None
    holder: UUID | None = None
    overdue: bool = False


async def things(
    context: Context, thing: Thing, wanted: Wanted, page: Slice
) -> Found[Mapping[str, Any]]:
    """The office's things of a kind, by name."""
    given = {
        "state": wanted.state and wanted.state.value,
        "holder": wanted.holder,
        "today": context.today if wanted.overdue else None,
    }
    read = partial(read_row, thing.fields)
    return await listed(partial(own, context), listing(thing), given, page, read)


async def borne_by(
    context: Context, register: Register, line: Mapping[str, Any]
) -> dict[str, UUID | None]:
    """The roles that those bear on a line who have the things that it names."""
    found: dict[str, UUID | None] = {}
    for thing in THINGS:
        bears = context.services.vocabulary.objects[thing.name].bears
        for column in register.naming(thing.reference.word) if bears else ():
            card = await context.row(one(thing), id=line[column]) if line.get(column) else None
            found |= {role: card[name] for role, name in bears.items()} if card else {}
    return found


async def where_was(context: Context, key: UUID, at: datetime) -> Whereabouts:
    """Where a thing was at a moment; with the office before anything was done with it."""
    found = Whereabouts(Keeping.KEPT)
    for row in await context.rows(UNTIL, id=key, at=at):
        if (move := Move(row["move"])) is not Move.ENTERED:
            found = moved(found, move, row["to_id"], row["due_on"])
    return found


async def thing_of(context: Context, thing: Thing, key: UUID) -> Mapping[str, Any] | None:
    """One thing as it is now."""
    row = await context.row(one(thing), id=key)
    return read_row(thing.fields, row) if row else None
