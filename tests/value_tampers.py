"""Ways in which the owner of the tables may alter single bytes, and values beside them."""

import random
from datetime import datetime, timedelta
from typing import Any

from tests.tampers import GHOST, LINE, Tampering, tamper

GONE = "value = null, salt = null, destroyed = $4"
DESTROYED = "destroyed is not null"
KNOWN = "hrss-bureau"
"""An office that has lines of several values, and destroyed ones."""


def with_another_byte(value: Any, chance: random.Random) -> Any:
    """A value of a column with one bit of its bytes turned over; a text stays one."""
    match value:
        case int():
            return value ^ 1 << chance.randrange(40)
        case datetime():
            return value + timedelta(microseconds=(1 << chance.randrange(40)))
        case str():
            try:
                changed = with_another_byte(value.encode(), chance).decode()
            except UnicodeDecodeError:
                changed = "\0"
            return with_another_byte(value, chance) if "\0" in changed else changed
    changed = bytearray(value)
    changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(7)
    return bytes(changed)


@tamper
async def another_byte(at: Tampering) -> str:
    line = await at.line(at.seq)
    columns = [each for each in ("event", "record", "previous", "hash", "request") if line[each]]
    column = at.chance.choice(columns)
    await at.change(column, with_another_byte(line[column], at.chance))
    return f"{at.office}, line {at.seq}:"


async def chosen(at: Tampering, where: str = "destroyed is null") -> Any:
    """One of the values of the chain, with its line."""
    found = await at.owner.fetch(
        f"select * from ledger_values where institution_id = $1 and {where} order by seq, path",
        at.office,
    )
    value = at.chance.choice(found)
    at.seq = value["seq"]
    return value


async def put(at: Tampering, sql: str, path: list[str], *given: Any) -> str:
    await at.run(
        f"update ledger_values set {sql} where {LINE} and path = $3",
        *(at.office, at.seq, path, *given),
    )
    return f"{at.office}, line {at.seq}:"


@tamper
async def another_value(at: Tampering) -> str:
    value = await chosen(at)
    other = at.chance.choice([f"{value['value']} ", '""', '"别人"', ""])
    return await put(at, "value = $4", value["path"], other)


@tamper
async def another_salt(at: Tampering) -> str:
    value = await chosen(at)
    other = at.chance.choice([b"", value["salt"][1:], at.chance.randbytes(32)])
    return await put(at, "salt = $4", value["path"], other)


@tamper
async def two_values_of_a_line_exchanged_with_their_salts(at: Tampering) -> str:
    at.office = KNOWN
    twice = f"""select seq from ledger_values where institution_id = '{KNOWN}'
                group by seq having count(*) > 1"""
    one = await chosen(at, f"destroyed is null and seq in ({twice})")
    path = await at.owner.fetchval(
        f"select path from ledger_values where {LINE} and path <> $3 order by path limit 1",
        *(at.office, at.seq, one["path"]),
    )
    await put(at, "path = '{x}'", path)
    await put(at, "path = $4", one["path"], path)
    return await put(at, "path = $4", ["x"], one["path"])


@tamper
async def a_value_that_is_gone(at: Tampering) -> str:
    value = await chosen(at)
    await at.run(f"delete from ledger_values where {LINE} and path = $3",
                 at.office, at.seq, value["path"])  # fmt: skip
    return f"{at.office}, line {at.seq}:"


@tamper
async def all_values_of_a_line_that_are_gone(at: Tampering) -> str:
    await chosen(at)
    await at.run(f"delete from ledger_values where {LINE}", at.office, at.seq)
    return f"{at.office}, line {at.seq}:"


@tamper
async def a_value_destroyed_by_a_line_that_destroys_nothing(at: Tampering) -> str:
    value = await chosen(at)
    later = at.chance.choice([at.last + 5, *range(at.seq + 1, at.last + 1)])
    told = await put(at, GONE, value["path"], later)
    return told if later > at.last else f"{at.office}, line {later}:"


@tamper
async def a_value_destroyed_by_a_line_before_it(at: Tampering) -> str:
    value = await chosen(at)
    return await put(at, GONE, value["path"], at.chance.choice([at.seq, at.seq - 1, 0, -1]))


@tamper
async def a_value_destroyed_and_still_there(at: Tampering) -> str:
    value = await chosen(at)
    return await put(at, "destroyed = $4", value["path"], at.last)


@tamper
async def a_value_too_many(at: Tampering) -> str:
    value = await chosen(at)
    path = at.chance.choice([[*value["path"], "more"], ["never"], []])
    await at.run("insert into ledger_values values ($1, $2, $3, $4, $5)",
                 at.office, at.seq, path, value["salt"], value["value"])  # fmt: skip
    return f"{at.office}, line {at.seq}:"


@tamper
async def a_value_kept_twice(at: Tampering) -> str:
    value = await chosen(at)
    await at.run("insert into ledger_values values ($1, $2, $3, $4, $5)",
                 at.office, at.seq, value["path"], value["salt"], value["value"])  # fmt: skip
    return f"{at.office}, line {at.seq}:"


@tamper
async def a_value_of_a_line_that_is_not_there(at: Tampering) -> str:
    await chosen(at)
    seq = at.chance.choice([0, -1, at.last + 1])
    await at.run(f"update ledger_values set seq = $3 where {LINE}", at.office, at.seq, seq)
    return f"{at.office}, line {seq}:"


@tamper
async def a_value_of_an_institution_that_does_not_exist(at: Tampering) -> str:
    await at.run("insert into ledger_values values ($1, 1, '{x}', '', '')", GHOST)
    return f"{GHOST}, line 1:"


@tamper
async def a_destroyed_value_made_up_again(at: Tampering) -> str:
    at.office = KNOWN
    value = await chosen(at, DESTROYED)
    await put(at, "value = '\"x\"', salt = $4, destroyed = null", value["path"], b"x" * 32)
    return f"{at.office}, line {at.seq}:"


@tamper
async def the_row_of_a_destroyed_value_that_is_gone(at: Tampering) -> str:
    at.office = KNOWN
    value = await chosen(at, DESTROYED)
    await at.run(f"delete from ledger_values where {LINE} and path = $3",
                 at.office, at.seq, value["path"])  # fmt: skip
    return f"{at.office}, line {at.seq}:"


@tamper
async def one_value_more_destroyed_than_its_line_says(at: Tampering) -> str:
    at.office = KNOWN
    by = (await chosen(at, DESTROYED))["destroyed"]
    value = await chosen(at, f"destroyed is null and seq < {by}")
    await put(at, GONE, value["path"], by)
    return f"{at.office}, line {by}:"
