"""Appending to an institution's ledger, and checking a chain from its beginning."""

import secrets
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any, TypeVar

import asyncpg
import orjson

from domain.ledger import SALT_BYTES, Kept, Line, Salts, SignedHead, line, opened
from domain.ledger_chain import Broken, Entry, Head, Walk, ended, follow
from domain.tables import PLATFORM
from resolvers.ground.database import Transaction, statement

T = TypeVar("T")

STILL_SO = """judged_still(
  cast(:institution as text), cast(:policy as integer), cast(:offices as bigint[]))"""
"""Ends what was judged by rules or by an office that are no longer so, once the chain is held."""

APPEND = statement(f"""
  select ledger_append(:institution, cast(:at as timestamptz), told ->> 'event',
                       told ->> 'record', told -> 'kept'), {STILL_SO}
  from (select told from jsonb_array_elements(:lines) with ordinality
         as each (told, place) order by place) as in_order""")
MOST_AT_ONCE = 1_000
READ = """
  l.record, (
    select coalesce(jsonb_agg(jsonb_build_object(
      'path', v.path, 'value', v.value, 'destroyed', v.destroyed,
      'clause', cast(d.record as jsonb) ->> 'clause', 'at', d.at)), '[]')
    from ledger_values v
    left join ledger d on (d.institution_id, d.seq) = (v.institution_id, v.destroyed)
    where (v.institution_id, v.seq) = (l.institution_id, l.seq)) as kept"""
"""A line `l` of the ledger as `read` takes it: its record, and what lies beside it."""
HOLD = statement("select ledger_hold(cast(:institution as text))")
CHAINS = statement("select institution_id from ledger_chains() order by institution_id")
INSTITUTIONS = statement("select institution_id from institutions order by institution_id")
APPOINTED = statement("select from appointments where institution_id = :institution limit 1")
HEAD = statement("select seq, hash from ledger_heads where institution_id = :institution")
LINES = statement("""
  select l.institution_id, l.seq, l.at, l.event, l.record, l.previous, l.hash, l.request,
         cast(v.kept as text) as kept
  from ledger l cross join lateral (
    select jsonb_agg(jsonb_build_object('path', v.path, 'salt', encode(v.salt, 'hex'),
                                        'value', v.value, 'destroyed', v.destroyed)) as kept
    from ledger_values v where (v.institution_id, v.seq) = (l.institution_id, l.seq)) v
  where l.institution_id = :institution order by l.seq""")
STRAY = statement("""
  select distinct v.seq from ledger_values v
  where v.institution_id = :institution and not exists (
    select from ledger l where (l.institution_id, l.seq) = (v.institution_id, v.seq))
  order by v.seq""")


def new_salt() -> bytes:
    return secrets.token_bytes(SALT_BYTES)


async def append(
    transaction: Transaction,
    institution: str,
    event: str,
    at: datetime,
    content: Mapping[str, Any],
    salts: Salts = new_salt,
) -> None:
    """Add one record, with the seat acted in; it takes the chain's lock, so call it last."""
    await append_all(transaction, institution, at, [(event, content)], salts)


def judged_by(transaction: Transaction, institution: str) -> dict[str, Any]:
    """The epochs that an act in this chain must still find; none where another office judged."""
    judged = transaction.judged
    if judged is None or judged.institution != institution:
        return {"policy": None, "offices": None}
    return {"policy": judged.policy, "offices": judged.offices}


async def append_all(
    transaction: Transaction,
    institution: str,
    at: datetime,
    events: Iterable[tuple[str, Mapping[str, Any]]],
    salts: Salts = new_salt,
) -> None:
    """Add several records in their order, in statements that end in time."""
    lines = []
    for event, content in events:
        added = line(event, at, institution, {**transaction.acted, **content}, salts)
        lines.append({"event": event, "record": added.record, "kept": kept_rows(added)})
    for first in range(0, len(lines), MOST_AT_ONCE):
        some = lines[first : first + MOST_AT_ONCE]
        of = {"institution": institution, "at": at, "lines": some}
        await transaction.rows(APPEND, **of, **judged_by(transaction, institution))


def kept_rows(of: Line) -> list[dict[str, Any]]:
    """What lies beside a line, as `ledger_append` takes it."""
    return [
        {"path": each.path, "salt": (each.salt or b"").hex(), "value": each.value}
        for each in of.kept
    ]


@dataclass(frozen=True)
class Destruction:
    """That the texts of a line are destroyed: the line that says so, its clause, and when."""

    seq: int
    clause: str
    at: datetime


def read(row: Mapping[str, Any]) -> tuple[Mapping[str, Any], Destruction | None]:
    """A record with its texts, as `READ` selects them, and by what some of them are destroyed."""
    record, kept = orjson.loads(row["record"]), row["kept"]
    gone = next((each for each in kept if each["destroyed"]), None)
    values = {
        tuple(each["path"]): orjson.loads(each["value"]) for each in kept if not each["destroyed"]
    }
    told = gone and Destruction(
        gone["destroyed"], gone["clause"], datetime.fromisoformat(gone["at"])
    )
    return opened(record, values), told


async def hold(transaction: Transaction, institution: str) -> None:
    """Take the institution's chain lock before rows that others lock after it."""
    await transaction.rows(HOLD, institution=institution)


@dataclass(frozen=True)
class Checked:
    """What is wrong with the chains of a database, and how many values are destroyed.

    `destroyed` counts them by institution and clause; `unproven` are the first and the last line of
    each chain that no signed head covers, where heads were given.
    """

    complaints: list[str] = field(default_factory=list)
    destroyed: dict[tuple[str, str], int] = field(default_factory=dict)
    unproven: dict[str, tuple[int, int]] = field(default_factory=dict)


async def at_one_moment(url: str, act: Callable[[Transaction], Awaitable[T]]) -> T:
    """What is read of this database as it is at one moment, whoever serves it meanwhile."""
    connection = await asyncpg.connect(url)
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            return await act(Transaction(connection, None, ""))
    finally:
        await connection.close()


async def checked(url: str) -> Checked:
    """The chains of this database, all of them as they are at one moment."""
    return await at_one_moment(url, check_all)


async def complaints(url: str) -> list[str]:
    """What is wrong with the chains of this database."""
    return (await checked(url)).complaints


async def check_all(transaction: Transaction, heads: Iterable[SignedHead] = ()) -> Checked:
    """Every line that is broken or not as signed, and every chain too many or too few."""
    signed: dict[str, dict[int, frozenset[str]]] = {}
    for head in heads:
        of = signed.setdefault(head.institution, {})
        of[head.line] = of.get(head.line, frozenset()) | {head.digest}
    await transaction.act_as(PLATFORM)
    served = [row["institution_id"] for row in await transaction.rows(INSTITUTIONS)]
    chains = [row["institution_id"] for row in await transaction.rows(CHAINS)]
    strays = dict.fromkeys((*chains, *signed))
    found = [f"{each}, line 1: no such institution." for each in strays if each not in served]
    destroyed: dict[tuple[str, str], int] = {}
    unproven = {}
    for institution in served:
        broken, walk = await check(transaction, institution, signed.get(institution, {}))
        if walk.unproven:
            unproven[institution] = walk.unproven
        found += [f"{institution}, line {each.seq}: {each.reason}." for each in broken]
        for clause, number in walk.destroyed.items():
            destroyed[institution, clause] = number
        if walk.expected == 1 and await transaction.rows(APPOINTED, institution=institution):
            found.append(f"{institution}, line 1: its whole chain is missing.")
    return Checked(found, destroyed, unproven)


async def check(
    transaction: Transaction,
    institution: str,
    signed: Mapping[int, frozenset[str]] = MappingProxyType({}),
) -> tuple[list[Broken], Walk]:
    """The broken lines of an institution's chain, and how it was followed to its end."""
    await transaction.act_as(institution)
    walk, broken = Walk(institution, signed=signed), []
    async for row in transaction.each(LINES, institution=institution):
        walk, faults = follow(walk, _entry(row))
        broken += faults
    head = await transaction.row(HEAD, institution=institution)
    broken += ended(walk, Head(**head) if head else None)
    for row in await transaction.rows(STRAY, institution=institution):
        broken.append(Broken(row["seq"], "values are kept of a line that is not there"))
    return broken, walk


def _entry(row: asyncpg.Record) -> Entry:
    kept = (_kept(each) for each in orjson.loads(row["kept"] or "[]"))
    return Entry(**{**row, "kept": tuple(kept)})


def _kept(row: Mapping[str, Any]) -> Kept:
    salt = None if row["salt"] is None else bytes.fromhex(row["salt"])
    return Kept(tuple(row["path"]), salt, row["value"], row["destroyed"])
