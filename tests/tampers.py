"""Ways in which the owner of the tables may alter the ledger, one line or a whole chain."""

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from domain.ledger import chained

GHOST = "ghost-office"
UNGUARDED = """
alter table ledger disable trigger user;
drop index ledger_about_idx;
alter table ledger drop constraint ledger_pkey;
alter table ledger_heads drop constraint ledger_heads_pkey;
alter table ledger_values disable trigger user;
alter table ledger_values drop constraint ledger_values_pkey;
alter table ledger_values drop constraint ledger_values_salt_check;
alter table ledger_values drop constraint ledger_values_value_check;
create index on ledger (institution_id, seq);
create index on ledger_values (institution_id, seq);
alter table ledger alter column request drop expression;
alter table ledger no force row level security;
alter table ledger_heads no force row level security;
alter table ledger_values no force row level security;
"""
"""The guards asleep; the indexes that go with the keys stay, or each check would be quadratic."""
WALLS = """
alter table ledger force row level security;
alter table ledger_heads force row level security;
alter table ledger_values force row level security;
"""
LINE = "institution_id = $1 and seq = $2"


@dataclass
class Tampering:
    """The owner, with a chain, one of its lines and another office's chain before them."""

    owner: Any
    chance: random.Random
    chains: dict[str, int]

    def __post_init__(self) -> None:
        self.office, self.other = self.chance.sample([*self.chains], 2)
        self.last = self.chains[self.office]
        self.seq = self.chance.randint(1, self.last)

    async def run(self, sql: str, *values: Any) -> None:
        await self.owner.execute(sql, *values)

    async def line(self, seq: int) -> Any:
        return await self.owner.fetchrow(f"select * from ledger where {LINE}", self.office, seq)

    async def change(self, column: str, value: Any, seq: int | None = None) -> None:
        await self.run(
            f"update ledger set {column} = $3 where {LINE}", self.office, seq or self.seq, value
        )

    async def changed_record(self) -> str:
        """The record of the line with one character another."""
        record: str = (await self.line(self.seq))["record"]
        at = record.index('"event":"') + self.chance.randrange(9, 12)
        return record[:at] + ("x" if record[at] != "x" else "y") + record[at + 1 :]

    async def insert(self, office: str, seq: int, line: Any) -> None:
        await self.run(
            "insert into ledger values ($1, $2, $3, $4, $5, $6, $7, $8)",
            office, seq, line["at"], line["event"], line["record"], line["previous"], line["hash"],
            line["request"],
        )  # fmt: skip


Tamper = Callable[[Tampering], Awaitable[str]]
"""Alters something; how what is told of it begins."""

TAMPERING: list[Tamper] = []


def tamper(act: Tamper) -> Tamper:
    TAMPERING.append(act)
    return act


@tamper
async def another_event(at: Tampering) -> str:
    before = (await at.line(at.seq))["event"]
    others = [
        each for each in ("submitted", "withdrawn", "decided ", "", "已批准") if each != before
    ]
    await at.change("event", at.chance.choice(others))
    return f"{at.office}, line {at.seq}:"


@tamper
async def another_moment(at: Tampering) -> str:
    moved = timedelta(microseconds=at.chance.choice([1, -1, 10**6, 86_400 * 10**6, -(10**13)]))
    await at.change("at", (await at.line(at.seq))["at"] + moved)
    return f"{at.office}, line {at.seq}:"


@tamper
async def another_request(at: Tampering) -> str:
    told = (await at.line(at.seq))["request"]
    await at.change("request", None if told else "00000000-0000-0000-0000-000000000001")
    return f"{at.office}, line {at.seq}:"


@tamper
async def another_record(at: Tampering) -> str:
    await at.change("record", await at.changed_record())
    return f"{at.office}, line {at.seq}:"


@tamper
async def another_record_with_its_event_and_a_hash_that_fits(at: Tampering) -> str:
    record = await at.changed_record()
    line = await at.line(at.seq)
    await at.change("record", record)
    await at.change("event", record.split('"event":"')[1].split('"')[0])
    await at.change("hash", chained(line["previous"], record))
    return f"{at.office}, line {min(at.seq + 1, at.last)}:"


@tamper
async def a_chain_made_anew_from_a_line_on_beside_its_old_head(at: Tampering) -> str:
    await at.change("record", await at.changed_record())
    previous = (await at.line(at.seq))["previous"]
    for seq in range(at.seq, at.last + 1):
        await at.change("previous", previous, seq)
        previous = chained(previous, (await at.line(seq))["record"])
        await at.change("hash", previous, seq)
    return f"{at.office}, line {at.last}:"


@tamper
async def another_hash(at: Tampering) -> str:
    await at.change("hash", at.chance.randbytes(32))
    return f"{at.office}, line {at.seq}:"


@tamper
async def another_line_before(at: Tampering) -> str:
    await at.change("previous", at.chance.randbytes(32))
    return f"{at.office}, line {at.seq}:"


@tamper
async def another_number(at: Tampering) -> str:
    await at.change("seq", at.seq + at.chance.choice([1, -1, at.last + 1, -at.last - 1, 10**6]))
    return f"{at.office}, line "


@tamper
async def two_lines_that_changed_places(at: Tampering) -> str:
    first, second = sorted(at.chance.sample(range(1, at.last + 1), 2))
    await at.change("seq", -1, first)
    await at.change("seq", first, second)
    await at.change("seq", second, -1)
    return f"{at.office}, line {first}:"


@tamper
async def two_lines_that_changed_their_columns(at: Tampering) -> str:
    first, second = at.chance.sample(range(1, at.last + 1), 2)
    lines = {first: await at.line(second), second: await at.line(first)}
    for seq, line in lines.items():
        await at.change("at", line["at"] + timedelta(seconds=seq), seq)
        await at.change("event", line["event"], seq)
    return f"{at.office}, line {min(first, second)}:"


@tamper
async def a_line_that_is_gone(at: Tampering) -> str:
    await at.run(f"delete from ledger where {LINE}", at.office, at.seq)
    return f"{at.office}, line {min(at.seq + 1, at.last)}:"


@tamper
async def a_line_that_is_gone_and_the_rest_counted_anew(at: Tampering) -> str:
    await at.run(f"delete from ledger where {LINE}", at.office, at.seq)
    await at.run(
        "update ledger set seq = seq - 1 where institution_id = $1 and seq > $2", at.office, at.seq
    )
    return f"{at.office}, line {at.seq}:"


@tamper
async def an_end_that_was_cut_off(at: Tampering) -> str:
    await at.run("delete from ledger where institution_id = $1 and seq >= $2", at.office, at.seq)
    return f"{at.office}, line {at.seq}:"


@tamper
async def an_end_that_was_cut_off_with_the_number_of_the_head(at: Tampering) -> str:
    await an_end_that_was_cut_off(at)
    await at.run(
        "update ledger_heads set seq = $2 where institution_id = $1", at.office, at.seq - 1
    )
    return f"{at.office}, line {at.seq - 1}:"


@tamper
async def a_beginning_that_was_cut_off(at: Tampering) -> str:
    await at.run("delete from ledger where institution_id = $1 and seq <= $2", at.office, at.seq)
    return f"{at.office}, line {at.seq + 1 if at.seq < at.last else 1}:"


@tamper
async def a_whole_chain_that_is_gone(at: Tampering) -> str:
    await at.run("delete from ledger where institution_id = $1", at.office)
    await at.run("delete from ledger_heads where institution_id = $1", at.office)
    return f"{at.office}, line 1:"


@tamper
async def lines_without_a_head(at: Tampering) -> str:
    await at.run("delete from ledger_heads where institution_id = $1", at.office)
    return f"{at.office}, line {at.last}:"


@tamper
async def another_head(at: Tampering) -> str:
    column, value = at.chance.choice([("seq", at.last + 1), ("seq", 0), ("hash", b"x")])
    await at.run(
        f"update ledger_heads set {column} = $2 where institution_id = $1", at.office, value
    )
    return f"{at.office}, line "


@tamper
async def a_line_twice_under_one_number(at: Tampering) -> str:
    await at.insert(at.office, at.seq, await at.line(at.seq))
    return f"{at.office}, line {at.seq}:"


@tamper
async def a_line_again_at_the_end(at: Tampering) -> str:
    await at.insert(at.office, at.last + 1, await at.line(at.seq))
    return f"{at.office}, line {at.last + 1}:"


@tamper
async def a_line_of_another_institution(at: Tampering) -> str:
    await at.insert(at.other, at.chains[at.other] + 1, await at.line(at.seq))
    return f"{at.other}, line {at.chains[at.other] + 1}:"


@tamper
async def a_line_that_moved_to_another_institution(at: Tampering) -> str:
    await at.run(f"update ledger set institution_id = $3 where {LINE}", at.office, at.seq, at.other)
    return f"{at.other}, line {at.seq}:"


@tamper
async def two_chains_exchanged_with_their_heads(at: Tampering) -> str:
    for table in ("ledger", "ledger_heads"):
        move = f"update {table} set institution_id = $2 where institution_id = $1"
        for before, after in ((at.office, GHOST), (at.other, at.office), (GHOST, at.other)):
            await at.run(move, before, after)
    return f"{at.office}, line 1:"


@tamper
async def a_chain_that_passes_for_another_institution_s(at: Tampering) -> str:
    for table in ("ledger", "ledger_heads"):
        await at.run(f"delete from {table} where institution_id = $1", at.other)
        await at.run(f"update {table} set institution_id = $2 where institution_id = $1",
                     at.office, at.other)  # fmt: skip
    return f"{at.other}, line 1:"


@tamper
async def a_copy_of_a_chain_for_an_institution_that_does_not_exist(at: Tampering) -> str:
    for seq in range(1, at.last + 1):
        await at.insert(GHOST, seq, await at.line(seq))
    await at.run("""insert into ledger_heads select $2, seq, hash from ledger_heads
                    where institution_id = $1""", at.office, GHOST)  # fmt: skip
    return f"{GHOST}, line 1:"


@tamper
async def a_line_alone_of_an_institution_that_does_not_exist(at: Tampering) -> str:
    name = at.chance.choice([GHOST, "*", "No such Office'; --", ""])
    await at.insert(name, 1, await at.line(at.seq))
    return f"{name}, line 1:"


@tamper
async def a_head_alone_of_an_institution_that_does_not_exist(at: Tampering) -> str:
    await at.run("insert into ledger_heads values ($1, 0, '')", GHOST)
    return f"{GHOST}, line 1:"
