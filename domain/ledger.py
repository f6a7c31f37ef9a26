"""The ledger: the hash-chained record of every decision, override, appointment and failure.

`hash = sha256(previous hash ‖ record)`, the record being canonical JSON in UTF-8. Only the
database function `ledger_append` writes it; update, delete and truncate are refused there.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, Computed, Index, LargeBinary, Text, text

from domain.tables import OURS, PLATFORM, moment, table

CHAINS = f"for select to current_user using ({OURS} = '{PLATFORM}')"
"""The owner alone, and for the platform: whoever verifies every chain."""

ledger = table(
    "ledger",
    Column("seq", BigInteger, primary_key=True),
    moment("at"),
    Column("event", Text, nullable=False),
    Column("record", Text, nullable=False),
    Column("previous", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("request", Text, Computed("(record::jsonb) ->> 'request'", persisted=True)),
    Index(
        "ledger_request_idx",
        *("institution_id", "request", "seq"),
        postgresql_where=text("request is not null"),
    ),
    stands="ledger_stands",
    walls={"chains": CHAINS},
)
"""`request` is read off the record by the database, so that a request's history is found."""

ledger_heads = table(
    "ledger_heads",
    Column("seq", BigInteger, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    walls={"chains": CHAINS},
)


@dataclass(frozen=True)
class Entry:
    """One stored line of an institution's chain, counted from 1: every column that it has."""

    institution_id: str
    seq: int
    at: datetime
    event: str
    record: str
    previous: bytes
    hash: bytes
    request: str | None


@dataclass(frozen=True)
class Head:
    """What the database says that the last line of a chain is."""

    seq: int
    hash: bytes


@dataclass(frozen=True)
class Broken:
    """A line that does not continue its chain, and why."""

    seq: int
    reason: str


def canonical(event: str, at: datetime, institution: str, content: Mapping[str, Any]) -> str:
    """The record as it is hashed: JSON with sorted keys and no spaces."""
    record = {**content, "event": event, "at": at, "institution": institution}
    return json.dumps(
        record, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain
    )


def chained(previous: bytes, record: str) -> bytes:
    return hashlib.sha256(previous + record.encode()).digest()


def verify(institution: str, entries: Iterable[Entry], head: Head | None) -> Iterator[Broken]:
    """Walk a chain from its beginning, and name each line that cannot stand where it stands.

    Its place says a line's number and its record the rest, so no column can be changed alone.
    Without the head, a tail that was cut off would not show.
    """
    last, expected = b"", 1
    for entry in entries:
        if fault := _fault(institution, entry, last, expected):
            yield Broken(entry.seq, fault)
        last, expected = entry.hash, entry.seq + 1
    if head is None and expected > 1:
        yield Broken(expected - 1, "no head says that it is the last")
    elif head is not None and head.seq != expected - 1:
        yield Broken(expected, f"the head says that line {head.seq} is the last")
    elif head is not None and head.hash != last:
        yield Broken(head.seq, "its hash is not the one that the head says")


def _fault(institution: str, entry: Entry, last: bytes, expected: int) -> str | None:
    if entry.seq < expected:
        return "it stands there twice"
    if entry.seq > expected:
        return f"line {expected} is missing"
    if entry.previous != last:
        return "it does not follow the line before"
    if chained(entry.previous, entry.record) != entry.hash:
        return "its record was changed"
    stored = {"institution": institution, "event": entry.event, "request": entry.request}
    said = _said(entry.record)
    wrong = [name for name, value in stored.items() if said.get(name) != value]
    if _moment(said.get("at")) != entry.at:
        wrong.append("at")
    return f"its record says otherwise of {', '.join(wrong)}" if wrong else None


def _said(record: str) -> Mapping[str, Any]:
    try:
        said = json.loads(record)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _moment(text: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(text))
    except ValueError:
        return None


def _plain(value: Any) -> Any:
    match value:
        case datetime() | date():
            return value.isoformat()
        case Enum():
            return value.value
        case UUID() | Decimal():
            return str(value)
    raise TypeError(f"a record holds no {type(value).__name__}")
