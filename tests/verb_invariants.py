"""What holds of every request whatever is done to it, read from the database alone."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from domain.ledger import chained
from domain.rules.rows import DECIDING
from domain.time.moments import OFFICE_TIME
from schema.ground.ids import read_id
from tests.office import KEPT_BACK
from tests.verb_approvals import nothing_lacks
from tests.verb_office import Office
from tests.verb_snapshot import Row, Snapshot

LINES = """
select l.institution_id, l.seq, l.record, l.previous, l.hash from ledger l
join jsonb_to_recordset($1) as known(institution text, seq bigint)
  on l.institution_id = known.institution and l.seq > known.seq
order by l.institution_id, l.seq"""
HELD = """
select 1 from appointments where seat_id = $1 and person_id = $2
  and begins <= $3 and (ends is null or ends >= $3)"""
BESIDE = {"account_posted", "consequence_told", "not_routed"}
"""What an act does to an account, what follows of it, what no rule let pass: lines of their own."""

PENDING = {"open", "waiting"}
ENDED = {"rejected", "withdrawn", "returned"}


async def acknowledged(office: Office, before: Snapshot, told: Collection[int] | None) -> list[str]:
    """An act took effect: its lines continue the ledgers. Their records."""
    after = office.now
    known = [
        {"institution": name, "seq": before.lines(name)}
        for name, head in after.heads.items()
        if before.heads.get(name) != head
    ]
    rows = await office.api.rows(LINES, known)
    last = {name: bytes.fromhex(digest) for name, (_, digest) in before.heads.items()}
    for institution, _, record, previous, digest in rows:
        assert previous == last.get(institution, b""), "a line of the ledger follows another"
        assert digest == chained(previous, record), "a line of the ledger was changed"
        last[institution] = digest
    ends = {name: bytes.fromhex(digest) for name, (_, digest) in after.heads.items()}
    assert last == ends, "the ledger ends elsewhere than its head says"
    if told is not None:
        own = [row for row in rows if json.loads(row["record"])["event"] not in BESIDE]
        assert len(own) in told, f"{len(own)} lines in the ledger, not {told}"
    return [row["record"] for row in rows]


async def kept_back(office: Office, before: Snapshot) -> Snapshot:
    """What was there before, with the line that tells of what the rules kept back since."""
    for line in await acknowledged(office, before, None):
        assert json.loads(line)["event"] == "not_routed"
    grown = {name: office.now.counts[name] for name in KEPT_BACK}
    return replace(before, heads=office.now.heads, counts={**before.counts, **grown})


def unchanged(before: Snapshot, after: Snapshot, why: str) -> None:
    """What was refused, or never came to its commit, left nothing behind."""
    for name in (field.name for field in fields(Snapshot)):
        was, is_now = getattr(before, name), getattr(after, name)
        assert was == is_now, f"{name} changed though {why}: {_difference(was, is_now)}"


def _difference(was: Any, is_now: Any) -> Any:
    if isinstance(was, Mapping):
        keys = was.keys() | is_now.keys()
        return {
            key: (was.get(key), is_now.get(key)) for key in keys if was.get(key) != is_now.get(key)
        }
    return was, is_now


async def holds(office: Office, before: Snapshot) -> None:
    """Everything that holds at any time, after one act or several at once."""
    after = office.now
    nothing_is_lost(before, after)
    a_decided_step_never_changes(before, after)
    versions_grow(before, after)
    the_inbox_is_the_open_steps(office, after)
    numbers_follow_one_another(after)
    away_as_long_as_it_stands(after)
    new = [
        step
        for step in after.steps.values()
        if step["status"] == "done" and before.steps.get(step["id"], {}).get("status") != "done"
    ]
    for step in new:
        await decided_by_somebody_who_may(office, after.request_of(step), step)
    rounds = _rounds(after)
    for request in after.requests.values():
        if request != before.requests.get(request["id"]):
            waits_as_its_state_says(request, rounds.get(request["id"], []))
            if request["status"] == "approved":
                await nothing_lacks(office, request, rounds.get(request["id"], []))


def _rounds(snapshot: Snapshot) -> dict[str, list[Row]]:
    rounds: dict[str, list[Row]] = {}
    for step in snapshot.turns:
        rounds.setdefault(step["request_id"], []).append(step)
    return rounds


def nothing_is_lost(before: Snapshot, after: Snapshot) -> None:
    for key in before.requests.keys() - after.requests.keys():
        assert before.requests[key]["status"] == "draft", f"request {key} is lost"
    for key, request in after.requests.items():
        was = before.requests.get(key)
        if was is None:
            continue
        same = ("applicant_id", "kind", "created_at")
        assert [was[name] for name in same] == [request[name] for name in same]
        marks = len(was["marks"])
        assert request["marks"][:marks] == was["marks"], "a mark stays for ever"
        denied = any(mark["code"] == "CONSENT_DENIED" for mark in request["marks"][marks:])
        if was["status"] == "approved" and denied:
            assert request["status"] == "returned", "approved by a word that nobody gave"
        elif was["status"] in {"rejected", "withdrawn", "approved"}:
            assert request["status"] == was["status"], f"{was['status']} was not the end"
    assert before.steps.keys() <= after.steps.keys(), "a step is lost"


def a_decided_step_never_changes(before: Snapshot, after: Snapshot) -> None:
    for key, step in before.steps.items():
        if step["status"] == "done":
            assert after.steps[key] == step, f"changed: {_difference(step, after.steps[key])}"


def versions_grow(before: Snapshot, after: Snapshot) -> None:
    """No request changes, nor any of its steps, but with its version."""
    touched = {
        step["request_id"] for key, step in after.steps.items() if before.steps.get(key) != step
    }
    for key, request in after.requests.items():
        was = before.requests.get(key)
        if was is None:
            assert request["version"] == 1
        elif was != request or key in touched:
            assert request["version"] > was["version"], f"{was} became {request}"


def the_inbox_is_the_open_steps(office: Office, after: Snapshot) -> None:
    keys = ("seat_id", "step_id", "request_institution_id", "request_id", "opened_at")
    kept = Counter(
        (row["institution_id"], *(row[key] for key in keys), row["applicant_id"])
        for row in after.waiting
    )
    wanted = Counter(
        (
            office.home[UUID(seat)], seat, step["id"], step["institution_id"],
            step["request_id"], step["opened_at"], after.request_of(step)["applicant_id"],
        )
        for step in after.steps.values()
        if step["status"] == "open"
        for seat in step["seats"]
    )  # fmt: skip
    assert kept == wanted, f"too many {kept - wanted}, too few {wanted - kept}"


def numbers_follow_one_another(after: Snapshot) -> None:
    given = sorted(
        (row["institution_id"], row["number"]) for row in after.requests.values() if row["number"]
    )
    wanted = sorted(
        (row["institution_id"], f"{row['year']}-{number:06}")
        for row in after.numbers
        for number in range(1, row["last"] + 1)
    )
    assert given == wanted


def away_as_long_as_it_stands(after: Snapshot) -> None:
    for absence in after.absences:
        request = after.requests[absence["request_id"]]
        assert absence["standing"] is (request["status"] in {"pending", "approved"}), absence


def waits_as_its_state_says(request: Row, steps: Sequence[Row]) -> None:
    states = {step["status"] for step in steps if not step["confirms"]}
    match request["status"]:
        case "pending":
            assert "open" in states, f"{request['number']} waits for nobody"
        case "approved":
            assert "waiting" not in states
        case "draft":
            assert not steps
        case _:
            left = {step["status"] for step in steps}
            assert not left & PENDING, f"{request['number']} has ended and still waits"


async def decided_by_somebody_who_may(office: Office, request: Row, step: Row) -> None:
    """Not the applicant, also not through somebody else's hands; and from a seat of the step."""
    said = step["particulars"]
    person, seat, own = step["decided_by"], step["decided_in"], request["applicant_id"]
    assert seat in step["seats"], "decided in a seat that it did not wait for"
    if step["act"] in DECIDING:
        assert person != own, "the applicant decided on the own request"
    if person == own:
        return
    for hands in ("acting_for", "by_telephone"):
        assert own not in _texts(said.get(hands)), "the applicant's own hands"
    if seat == person:
        return
    today = datetime.fromisoformat(step["decided_at"]).astimezone(OFFICE_TIME).date()
    holder = person
    if loan := said.get("acting_for"):
        lent = next(each for each in office.now.loans if each["id"] == loan["delegation"])
        assert (lent["seat_id"], lent["borrower_id"]) == (seat, person), "lent to somebody else"
        assert date.fromisoformat(lent["begins"]) <= today <= date.fromisoformat(lent["ends"])
        assert lent["lender_id"] != own, "the applicant decided through a loan"
        holder = None if lent["vacant"] else lent["lender_id"]
    if holder:
        held = await office.api.value(HELD, UUID(seat), UUID(holder), today)
        assert held, f"{step['decided_by_name']} does not hold the seat"


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, Mapping):
        return [text for each in value.values() for text in _texts(each)]
    return [value] if isinstance(value, str) else []


def one_winner(before: Snapshot, after: Snapshot, answers: Sequence[Any]) -> None:
    """Of acts at one moment each that was acknowledged took its own version."""
    for key, request in after.requests.items():
        was = before.requests.get(key)
        won = [answer for answer in answers if _request_of(answer) == key]
        grown = request["version"] - (was["version"] if was else 0)
        assert grown >= len(won), f"{len(won)} acts won, the version grew by {grown}"


def _request_of(answer: Any) -> str | None:
    payload = answer.payload or {}
    request = None if payload.get("waits") else payload.get("request")
    return read_id(request["id"])[1] if request else None


def mentions(records: Sequence[str], answer: Any) -> None:
    """The ledger's line names the request that the act was about."""
    request = _request_of(answer)
    if request and records:
        assert any(request in json.dumps(json.loads(record)) for record in records)
