"""What an operator with every table, column and log line learns of who voted how: nothing.

Two votes are held that differ in who voted how alone. If all that they leave behind is the same,
row by row, in the order of writing, nothing that is left can tell them apart.
"""

import json
import logging
import re
from itertools import count
from random import Random
from typing import Any

import pytest

from domain.tables import metadata
from tests.ballots import cast, met, voters_of
from tests.databases import RUNNING_TABLES, SAID_TABLES, WORKING_TABLES, with_those
from tests.office import Api, emptied
from tests.sittings import TABLES, keep

SEALED = re.compile(r"eyJ[\w-]+\.\.[\w-]{16}\.[\w-]{16}\.[\w-]{22}")
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
DIGEST = re.compile(r"[0-9a-f]{64}")
HASHES = ("previous", "hash", "request_hash", "salt")
IN_FAVOUR, AGAINST, ABSTAINED = "IN_FAVOUR", "AGAINST", "ABSTAINED"
FRESH = (*WORKING_TABLES, *SAID_TABLES, *RUNNING_TABLES, *TABLES)
NINE = [IN_FAVOUR] * 5 + [AGAINST] * 3 + [ABSTAINED]


async def since(api: Api, transaction: int) -> list[tuple[int, str, str, dict[str, Any]]]:
    """Every row written since: the transaction that wrote it, its table, place and columns."""
    found = []
    for table in sorted(metadata.tables):
        rows = await api.rows(
            f"select cast(cast(xmin as text) as bigint) as wrote, cast(ctid as text) as place,"
            f" to_jsonb(t) as row from {table} t where cast(cast(xmin as text) as bigint) >= $1",
            transaction,
        )
        found += [(r["wrote"], table, r["place"], json.loads(r["row"])) for r in rows]
    return sorted(found, key=lambda row: (*row[:3], json.dumps(row[3], sort_keys=True)))


def told(rows: list[tuple[int, str, str, dict[str, Any]]], known: set[str]) -> list[str]:
    """The rows as they compare between two votes: what is random by its first appearance alone."""
    names: dict[str, str] = {}
    numbers = count()
    writers = {wrote: rank for rank, wrote in enumerate(sorted({row[0] for row in rows}))}
    lines = []
    first = min((row["seq"] for _, table, _, row in rows if table == "ledger"), default=0)
    for wrote, table, _, row in rows:
        for name in HASHES:
            row.pop(name, None)
        if "seq" in row:
            row["seq"] -= first
        text = DIGEST.sub("digest", SEALED.sub("sealed", json.dumps(row, sort_keys=True)))
        text = UUID.sub(
            lambda id_: (
                id_[0] if id_[0] in known else names.setdefault(id_[0], f"#{next(numbers)}")
            ),
            text,
        )
        lines.append(f"{writers[wrote]} {table} {text}")
    return lines


async def held(api: Api, choices: list[str]) -> tuple[list[list[str]], list[list[str]]]:
    """What lies in the database after each vote of nine, and after the count; and the answers."""
    # A row's place tells when it was written only where nothing was deleted.
    role = "set session_replication_role = "
    await api.run(f"{role} replica; truncate {', '.join(with_those(FRESH))}; {role} origin")
    await emptied(api)
    standing = await api.rows("select id from people union select id from seats")
    known = {str(row["id"]) for row in standing}
    voters = await voters_of(api, 9)
    keeper, item = await met(api, voters)
    await keep(keeper, "openBallot", "open", itemId=item)
    begun = int(await api.value("select cast(pg_current_xact_id() as text)"))
    dumps, answers = [], []
    for number, (voter, choice) in enumerate(zip(voters, choices, strict=True)):
        answers.append(await cast(voter, item, choice, f"vote-{number}"))
        await api.wait(minutes=1)
        dumps.append(told(await since(api, begun), known))
    await keep(keeper, "closeBallot", "close", itemId=item)
    dumps.append(told(await since(api, begun), known))
    return dumps, answers


@pytest.mark.parametrize("seed", range(3))
async def test_two_votes_that_come_to_the_same_leave_the_same_behind_whoever_voted_how(
    api: Api, caplog: pytest.LogCaptureFixture, seed: int
):
    caplog.set_level(logging.DEBUG)
    one = await held(api, NINE)
    other = await held(api, Random(seed).sample(NINE, 9))
    assert one == other
    assert len({len(dump) for dump in one[0]}) > 1
    said = " ".join([*(record.getMessage() for record in caplog.records), *map(str, api.logged)])
    assert not re.search(f"(?i){IN_FAVOUR}|{AGAINST}|{ABSTAINED}", said)


async def test_until_it_is_closed_not_even_the_sum_can_be_told(api: Api):
    one, _ = await held(api, [IN_FAVOUR] * 9)
    other, _ = await held(api, [AGAINST] * 9)
    assert one[:9] == other[:9]
    assert one[9] != other[9]


async def test_no_row_that_a_vote_wrote_says_how_it_was_cast(api: Api):
    dumps, _ = await held(api, NINE)
    wrote = "\n".join(dumps[8])
    assert '"ballot_cast"' in wrote
    assert not re.search(f"(?i){IN_FAVOUR}|{AGAINST}|{ABSTAINED}", wrote)
    [counted] = [line for line in dumps[9] if " sitting_items " in line]
    assert '"secret_count": {"abstained": 1, "against": 3, "in_favour": 5}' in counted
    voters = [line for line in dumps[9] if " sitting_voters " in line]
    assert len(voters) == 9
    assert len({line.split()[0] for line in voters}) == 1, "all are written anew by the count"
    assert not any(" sitting_ballots " in line for line in dumps[9])


async def test_equal_sums_are_sealed_differently(api: Api):
    voters = await voters_of(api, 3)
    seals = set()
    for _ in range(3):
        keeper, item = await met(api, voters)
        await keep(keeper, "openBallot", itemId=item)
        seals.add(await api.value("select sealed from sitting_ballots"))
    assert len(seals) == 3
    assert {len(each) for each in seals} == {97}
