"""What the rows must say after a crash, compared with what the clients were told."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

import asyncpg

from domain.ledger import Kept
from domain.ledger_chain import Entry, Head, verify
from schema.ground.ids import read_id

REQUESTS = "select id, number, institution_id, version from requests"
STEPS = """
select t.id, t.decision, t.status, p.account from steps t
left join people p on p.id = t.decided_by"""
NUMBERS = "select institution_id, year, last from request_numbers"
LINES = """select l.institution_id, l.seq, l.at, l.event, l.record, l.previous, l.hash, l.request,
                  array(select row(v.path, v.salt, v.value) from ledger_values v
                        where (v.institution_id, v.seq) = (l.institution_id, l.seq)) as kept
           from ledger l order by l.seq"""
HEADS = "select institution_id, seq, hash from ledger_heads"
INBOX = """
select (select count(*) from (
  (select seat, t.id from steps t, unnest(t.seats) seat where t.status = 'open'
   except select seat_id, step_id from waiting)
  union all
  (select seat_id, step_id from waiting
   except select seat, t.id from steps t, unnest(t.seats) seat where t.status = 'open')) odd)"""
OPEN = "select count(*) from waiting"
KEYS = "select idempotency_key, count(*) from answers group by 1"


async def check(superuser: asyncpg.Connection, calls: Iterable[Any]) -> str:
    """Every acknowledged act is there, once, and nothing else is. In words."""
    done = [call for call in calls if call.payload is not None]
    submitted = {_request(call): call for call in done if call.field.startswith("submit")}
    decided = {_step(call): call for call in done if call.field == "decide"}
    assert len(submitted) + len(decided) == len(done), "two calls were told of one act"

    rows = {str(row["id"]): row for row in await superuser.fetch(REQUESTS)}
    assert rows.keys() == submitted.keys(), "requests that nobody was told of, or that are lost"
    for key, call in submitted.items():
        assert rows[key]["number"] == call.payload["request"]["number"], (call, rows[key])
    wanted = sorted(
        (row["institution_id"], f"{row['year']}-{number:06}")
        for row in await superuser.fetch(NUMBERS)
        for number in range(1, row["last"] + 1)
    )
    assert sorted((row["institution_id"], row["number"]) for row in rows.values()) == wanted

    steps = {str(row["id"]): row for row in await superuser.fetch(STEPS)}
    for key, call in decided.items():
        step = steps[key]
        told = call.given["decision"].lower()
        assert (step["status"], step["decision"]) == ("done", told), (call, step)
        assert step["account"] == call.account, (call, step)

    keys = {row["idempotency_key"]: row["count"] for row in await superuser.fetch(KEYS)}
    given = {call.given["idempotencyKey"]: 1 for call in done}
    assert keys == given, "each key that was acknowledged has its answer, and no other"

    _ledger(await superuser.fetch(LINES), await superuser.fetch(HEADS), submitted, decided)
    assert await superuser.fetchval(INBOX) == 0, "the inboxes are not the open steps"
    waiting = await superuser.fetchval(OPEN)
    return f"{len(submitted)} submissions, {len(decided)} decisions, {waiting} turns wait"


def _ledger(lines: list[Any], heads: list[Any], submitted: Any, decided: Any) -> None:
    """Each chain is whole, and tells each acknowledged act once."""
    chains: dict[str, list[Entry]] = defaultdict(list)
    told: Counter[tuple[str, str]] = Counter()
    for line in lines:
        kept = tuple(Kept(tuple(each[0]), each[1], each[2]) for each in line["kept"])
        chains[line["institution_id"]].append(Entry(**{**line, "kept": kept}))
        record = json.loads(line["record"])
        if line["event"] == "submitted":
            told["submitted", record["request"]] += 1
        elif line["event"] == "decided":
            told.update(("decided", turn["step"]) for turn in record["content"]["turns"])
    for institution, chain in chains.items():
        [head] = [
            Head(row["seq"], row["hash"]) for row in heads if row["institution_id"] == institution
        ]
        assert not [*verify(institution, chain, head)], institution
    for event, acts in (("submitted", submitted), ("decided", decided)):
        assert all(told[event, each] == 1 for each in acts), f"{event} is not told once"
    assert set(told.values()) <= {1}, "an act is told twice"


def _request(call: Any) -> str:
    return read_id(call.payload["request"]["id"])[1]


def _step(call: Any) -> str:
    return read_id(call.given["stepId"])[1].partition(":")[2]
