"""The ledger: the hash-chained record of every decision, override, appointment and failure.

`hash = sha256(previous hash ‖ record)`, the record being canonical JSON in UTF-8. Only the
database function `ledger_append` writes it; update, delete and truncate are refused there.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, Computed, Index, LargeBinary, Text, text

from domain.records import moment, table

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
)
"""`request` is read off the record by the database, so that a request's history is found."""

ledger_heads = table(
    "ledger_heads",
    Column("seq", BigInteger, nullable=False),
    Column("hash", LargeBinary, nullable=False),
)


@dataclass(frozen=True)
class Entry:
    """One stored line of an institution's chain, counted from 1."""

    seq: int
    record: str
    previous: bytes
    hash: bytes


@dataclass(frozen=True)
class Broken:
    """The first line that does not continue the chain, and why."""

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


def verify(entries: Iterable[Entry], head: tuple[int, bytes] | None = None) -> Broken | None:
    """Walk a chain from its beginning; None when every line continues the one before.

    `head` is the number and hash that the last line must have: with it a tail cut off shows too.
    """
    last, expected = b"", 1
    for entry in entries:
        if entry.seq != expected:
            return Broken(entry.seq, f"line {expected} is missing")
        if entry.previous != last:
            return Broken(entry.seq, "it does not follow the line before")
        if chained(entry.previous, entry.record) != entry.hash:
            return Broken(entry.seq, "its record was changed")
        last, expected = entry.hash, expected + 1
    if head is not None and head != (expected - 1, last):
        return Broken(expected, f"the head says that line {head[0]} is the last")
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
