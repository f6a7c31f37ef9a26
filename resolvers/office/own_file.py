"""One's own file: every row that is held on the viewer, table by table, and who looked at it.

What a row says of others is not shown here: whoever may see the record itself reads it there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import ARRAY
from sqlalchemy.dialects import postgresql

from domain.errors import at_fault
from policies.personal import ACCOUNT, PersonalTable, personal_tables
from resolvers.ground import ledger
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.derived import derived
from resolvers.ground.listing import Found, Listed, Slice

DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]
OF_A_ROW = ("id", "request_id", "record_id")
"""The columns by whose ids the ledger tells of looks at a row."""

LOOKS = statement(f"""
  select k.record_id, l.event, l.at, {ledger.READ}
  from ledger_looks k
  join ledger l on (l.institution_id, l.seq) = (k.institution_id, k.seq)
  where k.institution_id = :institution and k.record_id = any(cast(:ids as uuid[]))
  order by k.record_id, k.seq desc limit :most""")
MOST_LOOKS = 1_000


@dataclass(frozen=True)
class Look:
    """That somebody looked at a row: what the ledger calls it, when, and who, unless destroyed."""

    event: str
    at: datetime
    name: str | None


@dataclass(frozen=True)
class Row:
    """A row that is held on somebody: its table, its key as JSON, the columns that lead to them.

    `values` are the columns that are shown by name, `ids` those of the record that it belongs to.
    """

    of: PersonalTable
    key: str
    led_by: tuple[str, ...]
    values: Mapping[str, Any]
    ids: Mapping[str, Any]
    at: datetime | None
    looks: tuple[Look, ...] = ()


@derived
def _page(name: str) -> str:
    """What a table holds on `:person`, in the order of its key, after `:after`."""
    of = personal_tables()[name]
    keys = [f"t.{each.name}" for each in of.key]
    types = [each.type.compile(dialect=DIALECT).split(" COLLATE ")[0] for each in of.key]
    after = ", ".join(
        f"cast(cast(:after as jsonb) ->> {place} as {kind})" for place, kind in enumerate(types)
    )
    shown = ", ".join(f"'{each.name}', t.{each.name}" for each in of.columns if each.shown)
    ids = [each for each in (*OF_A_ROW, "number") if each in of.table.columns]
    told = ", ".join(f"'{each}', t.{each}" for each in ids)
    led = ", ".join(f"'{each}', {_leads(of, each)}" for each in of.people)
    at = f"t.{of.moment}" if of.moment else "cast(null as timestamptz)"
    return f"""select cast(jsonb_build_array({", ".join(keys)}) as text) as key,
               jsonb_build_object({shown}) as shown, jsonb_build_object({told}) as ids,
               jsonb_build_object({led}) as led, {at} as at
        from {name} t
        where t.institution_id = :institution
          and ({" or ".join(_leads(of, each) for each in of.people)})
          and (cast(:only as jsonb) is null
               or jsonb_build_array({", ".join(keys)}) = cast(:only as jsonb))
          and (cast(:after as jsonb) is null
               or ({", ".join(keys)}) > ({after}))
        order by {", ".join(keys)} limit :most"""


@derived
def _holding() -> str:
    """Which tables hold anything on `:person`, in one statement instead of one for each."""
    asked = (
        f"""select '{name}' as name where exists (
              select from {name} t where t.institution_id = :institution
                and ({" or ".join(_leads(of, each) for each in of.people)}))"""
        for name, of in personal_tables().items()
    )
    return " union all ".join(asked)


def _leads(of: PersonalTable, column: str) -> str:
    """Whether a column names the person."""
    if column == ACCOUNT:
        return (
            f"t.{column} in (select a.account from accounts a"
            " where a.institution_id = t.institution_id and a.person_id = cast(:person as uuid))"
        )
    if isinstance(of.table.columns[column].type, ARRAY):
        return f"cast(:person as uuid) = any(t.{column})"
    return f"(t.{column} is not null and t.{column} = cast(:person as uuid))"


async def held(context: Context, table: str | None, page: Slice) -> Found[Row]:
    """Some of what is held on the viewer, of one table alone if it is named.

    Raises: Refused: nothing of that name is held on people.
    """
    if table is not None and table not in personal_tables():
        raise at_fault("NOT_HELD", "of")
    found: list[Row] = []
    person = context.viewer.person.id
    holding = [] if table else await context.rows(_holding(), person=person)
    for name in [table] if table else sorted(row["name"] for row in holding):
        if len(found) > page.size:
            break
        if page.after is None or name >= page.after[0]:
            key = page.after[1] if page.after and name == page.after[0] else None
            found += await _rows(context, name, after=key, most=page.size + 1 - len(found))
    looked = await _looked(context, found[: page.size])
    return [Listed((each.of.name, each.key), each) for each in looked], len(found) > page.size


async def row_of(context: Context, table: str, key: str) -> Row:
    """A row that is held on the viewer. Raises: Refused: NOT_HELD."""
    if table in personal_tables():
        for row in await _rows(context, table, only=key, most=1):
            return row
    raise at_fault("NOT_HELD", "input", "lineId")


async def _rows(
    context: Context, name: str, most: int, after: str | None = None, only: str | None = None
) -> list[Row]:
    keys = {"after": _json(after), "only": _json(only)}
    of, person = personal_tables()[name], context.viewer.person.id
    return [
        Row(
            of,
            row["key"],
            tuple(each for each in of.people if row["led"][each]),
            row["shown"],
            row["ids"],
            row["at"],
        )
        for row in await context.rows(_page(name), person=person, most=most, **keys)
    ]


def _json(key: str | None) -> Any:
    return None if key is None else orjson.loads(key)


async def _looked(context: Context, rows: list[Row]) -> list[Row]:
    """The rows with who looked at each of which the viewer is more than the writer."""
    of = [set(_ids(row)) for row in rows]
    wanted = sorted(set().union(*of))
    if not wanted:
        return rows
    looks: dict[str, list[Look]] = {}
    for line in await context.rows(LOOKS, ids=wanted, most=MOST_LOOKS):
        record, _ = ledger.read(line)
        if record.get("person") != str(context.viewer.person.id):
            told = Look(line["event"], line["at"], record.get("name"))
            looks.setdefault(str(line["record_id"]), []).append(told)
    found = ([look for key in keys for look in looks.get(key, ())] for keys in of)
    latest = (sorted(every, key=lambda it: it.at, reverse=True) for every in found)
    return [replace(row, looks=tuple(every)) for row, every in zip(rows, latest, strict=True)]


def _ids(row: Row) -> Iterable[str]:
    if set(row.led_by) & set(row.of.about):
        yield from (str(row.ids[name]) for name in OF_A_ROW if row.ids.get(name))
