"""What the clauses of an office want among its things or in its books, and is not there."""

from collections.abc import Mapping
from typing import Any

from domain.records.lines import stands
from domain.records.registers import Register
from domain.records.things import Thing
from domain.rules.rows import ALLOW, ANY
from domain.vocabulary import Act
from resolvers.ground.context import Context
from resolvers.ground.derived import derived
from resolvers.ground.viewers import HELD_TODAY
from resolvers.records.acts import clauses_of, kept_by, may, rows_of


@derived
def _there(thing: Thing) -> str:
    """The words that things in use bear, and whether one of each is shown."""
    assert thing.wanted  # noqa: S101  # asked of such things alone
    table, by, hangs = thing.wanted.shown
    return f"""select t.{thing.wanted.column} as word, bool_or(exists (
            select from {table} c where c.institution_id = t.institution_id
              and c.{by} = t.id and {hangs})) as shown
        from {thing.cards} t where t.institution_id = :institution and t.state <> 'ended'
        group by t.{thing.wanted.column}"""


async def lacking(context: Context, thing: Thing) -> list[Mapping[str, Any]]:
    """Each word that is wanted and not shown, whether one bears it, and by which clause."""
    assert thing.wanted  # noqa: S101  # asked of such things alone
    living, column = await context.rulebook(), thing.wanted.column
    asked, first = clauses_of(living, thing.name), kept_by(living, thing.name)
    clauses: dict[str, str | None] = {}
    for row in rows_of(living, thing.name, Act.KEEP):
        named = row.when.regions.get(column)
        if row.effect == ALLOW and isinstance(named, frozenset):
            by = row.clause if row.clause in asked else first
            clauses |= dict.fromkeys(map(str, named), by)
    there = {
        row["word"]: row["shown"] for row in await context.rows(_there(thing), today=context.today)
    }
    kind: Any = next(each.type for each in thing.fields if each.name == column)
    return [
        {"word": each, "entered": each.value in there, "clause": clauses[each.value]}
        for each in kind
        if each.value in clauses and each.value != thing.wanted.rest
        if not there.get(each.value)
    ]


@derived
def _units_without(register: Register) -> str:
    """The lowest units with a seat of which no line stands."""
    return f"""select u.id, u.name, u.parent_id as parent, u.begins, u.ends from units u
        where u.institution_id = :institution and (u.ends is null or u.ends >= :today)
          and exists (select from seats s
            where (s.institution_id, s.unit_id) = (u.institution_id, u.id))
          and not exists (select from units below
            where (below.parent_institution_id, below.parent_id) = (u.institution_id, u.id))
          and not exists (select from {register.lines} t
            where (t.institution_id, t.{register.of_unit}) = (u.institution_id, u.id)
              and {stands(register.table, "t")})
        order by u.position, u.id"""


@derived
def _without(register: Register) -> str:
    """Whoever serves, of whom the fact is true, if it is one's alone, and no line stands."""
    of = f"cast(p.facts ->> '{register.owed_by}' as boolean)" if register.owed_by != ANY else "true"
    return f"""select p.id, p.name, p.account from people p
        where p.institution_id = :institution and {of}
          and exists (select from appointments a
            where (a.institution_id, a.person_id) = (p.institution_id, p.id) and {HELD_TODAY})
          and not exists (select from {register.lines} t
            where (t.institution_id, t.{register.about}) = (p.institution_id, p.id)
              and {stands(register.table, "t")})
        order by p.name_key, p.id"""


async def without(context: Context, register: Register) -> list[Mapping[str, Any]]:
    """Who, or which unit, has no line in a book that wants one; nobody to whom it is closed."""
    acts = (Act.KEEP, Act.SEE)
    if not any([(await may(context, register.name, each)).allowed for each in acts]):
        return []
    wanted = _without(register) if register.about else _units_without(register)
    return [dict(row) for row in await context.rows(wanted, today=context.today)]
