"""Whatever the owner of the tables alters in the ledger is found out, with its line."""

import os
import random
from collections import Counter
from dataclasses import fields, replace
from functools import partial
from operator import attrgetter
from typing import Any

import asyncpg

from domain.ledger_chain import Entry, Head, Walk, ended, follow
from resolvers.ground import ledger
from resolvers.ground.database import Transaction
from resolvers.running import postgres
from tests.office import Api, leave, opened
from tests.tampers import TAMPERING, UNGUARDED, WALLS, Tampering
from tests.test_destroying import destroyed
from tests.value_tampers import with_another_byte

BYTES, KEPT = 1_000, ("path", "salt", "value", "destroyed")
TAMPERS = int(os.environ.get("GUIJU_TAMPERS", "200"))


async def test_whatever_the_owner_alters_is_found_with_its_line(spare: postgres.Database) -> None:
    # Whole chains are walked for each alteration: those of other tests are long by now.
    async with opened(spare) as api:
        await altered(api, spare.owner_url)


async def test_any_single_byte_of_any_line_is_found_with_its_line(spare: postgres.Database) -> None:
    async with opened(spare) as api:
        await api.empty("sessions")
        staff = await api.person("staff@hrss-bureau")
        request = await staff.submit("leave.personal", leave("2026-03-11"))
        await staff.act("withdraw", requestId=request["id"])
        destroyer = await api.person("audit_admin@hrss-bureau")
        await destroyed(destroyer, request["id"])
    office = "hrss-bureau"
    read = partial(entries_of, office=office)
    entries, head = await ledger.at_one_moment(spare.owner_url, read)
    walks = [Walk(office)]
    for entry in entries:
        after, faults = follow(walks[-1], entry)
        assert faults == []
        walks.append(after)
    assert [*ended(walks[-1], head)] == []
    chance, columns = random.Random(20261129), Counter[str]()
    for _ in range(BYTES):
        place = chance.randrange(len(entries))
        column, changed = with_a_byte_changed(entries[place], chance)
        columns[column] += 1
        first = place if changed is None else max(0, min(place, changed.seq - 1))
        rest = [each for at, each in enumerate(entries[first:], first) if at != place]
        rest = sorted([*rest, changed], key=attrgetter("seq")) if changed else rest
        walk, line, found = walks[first], entries[place].seq, False
        for each in rest:
            walk, broken = follow(walk, each)
            if found := any(e.seq == line or f"line {line} is" in e.reason for e in broken):
                break
        assert found or line in {each.seq for each in ended(walk, head)}, (column, changed)
    assert columns.keys() == {*(each.name for each in fields(Entry)), *KEPT} - {"kept"}


async def entries_of(reading: Transaction, office: str) -> tuple[list[Entry], Head]:
    await reading.act_as(office)
    rows = [ledger._entry(row) async for row in reading.each(ledger.LINES, institution=office)]
    return rows, Head(**await reading.row(ledger.HEAD, institution=office))


def with_a_byte_changed(entry: Entry, chance: random.Random) -> tuple[str, Entry | None]:
    """One column of a line or of a value beside it with a bit turned over, and which.

    A line that is then another institution's is not there.
    """
    of: Any = entry
    if entry.kept and chance.random() < 0.5:
        of = chance.choice(entry.kept)
    names = [each.name for each in fields(of) if each.name != "kept" and getattr(of, each.name)]
    name = chance.choice(names)
    value = getattr(of, name)
    if name == "path":
        changed: Any = (with_another_byte(value[0], chance), *value[1:])
    else:
        changed = with_another_byte(value, chance)
    if name == "institution_id":
        return name, None
    made = replace(of, **{name: changed})
    if of is entry:
        return name, made
    return name, replace(entry, kept=tuple(made if e is of else e for e in entry.kept))


async def altered(api: Api, owner_url: str) -> None:
    staff = await api.person("staff@hrss-bureau")
    request = await staff.submit("leave.personal", leave("2026-03-09"))
    await staff.act("withdraw", requestId=request["id"])
    await staff.submit("leave.personal", leave("2026-03-10"))
    destroyer = await api.person("audit_admin@hrss-bureau")
    assert (await destroyed(destroyer, request["id"]))["__typename"] == "TextsDestroyed"
    chains = dict(
        await api.rows("select institution_id, seq from ledger_heads where seq > 1 order by 1")
    )
    chance, done = random.Random(20261129), 0
    owner = await asyncpg.connect(owner_url)
    try:
        whole = owner.transaction()
        await whole.start()
        await owner.execute(UNGUARDED)
        await owner.execute(WALLS)
        assert (await ledger.check_all(Transaction(owner, None, ""))).complaints == []
        for number in range(TAMPERS):
            act = TAMPERING[number % len(TAMPERING)]
            once = owner.transaction()
            await once.start()
            await owner.execute(UNGUARDED.partition("alter column request drop expression;")[2])
            told = await act(Tampering(owner, chance, chains))
            await owner.execute(WALLS)
            found = (await ledger.check_all(Transaction(owner, None, ""))).complaints
            await once.rollback()
            assert any(line.startswith(told) for line in found), (act.__name__, told, found)
            done += 1
        await whole.rollback()
    finally:
        await owner.close()
    assert done == TAMPERS
