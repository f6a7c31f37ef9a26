"""The ledger: the hash-chained record of every decision, override, appointment and failure.

`hash = sha256(previous hash ‖ record)`, the record being canonical JSON in UTF-8. It proves and
does not keep: in place of every text and personal value stands `sha256(salt ‖ value)`. Salt and
value lie beside it in `ledger_values`, where they can be destroyed while the chain stays whole.
Only the database functions `ledger_append` and `ledger_destroy` write; the rest is refused there.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    Column,
    Computed,
    Date,
    Index,
    LargeBinary,
    Text,
    text,
)

from domain.tables import ADDED, LINE, OURS, PERSONAL, PLATFORM, columns, moment, table

CHAINS = f"for select to current_user using ({OURS} = '{PLATFORM}')"
"""The owner alone, and for the platform: whoever verifies every chain."""

ledger = table(
    "ledger",
    Column("seq", BigInteger, primary_key=True),
    moment("at"),
    *columns(Text, "event", "record"),
    *columns(LargeBinary, "previous", "hash"),
    Column("request", Text, Computed("(record::jsonb) ->> 'request'", persisted=True)),
    Index(
        "ledger_request_idx",
        *("institution_id", "request", "seq"),
        postgresql_where=text("request is not null"),
    ),
    Index("ledger_about_idx", "institution_id", text("ledger_about(record)"), "seq"),
    Index("ledger_at_idx", "institution_id", "at", postgresql_using="brin"),
    stands="ledger_stands",
    walls={"chains": CHAINS},
)
"""`request` is read off the record by the database, so that a request's history is found; so is, by
`ledger_about`, the request, case or register line whose texts may one day be destroyed."""

ledger_heads = table(
    "ledger_heads",
    Column("seq", BigInteger, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    walls={"chains": CHAINS},
)

ledger_values = table(
    "ledger_values",
    Column("seq", BigInteger, primary_key=True),
    Column("path", ARRAY(Text), primary_key=True),
    Column("salt", LargeBinary),
    Column("value", Text),
    Column("destroyed", BigInteger),
    CheckConstraint("(salt is null) = (destroyed is not null)", name="salt"),
    CheckConstraint("(value is null) = (destroyed is not null)", name="value"),
    stands="ledger_values_stand",
    walls={"chains": CHAINS},
)
"""What stands behind the digests of a line, each value as JSON; `destroyed` is the line that says
by which clause value and salt are gone."""

ALGORITHM = "sha256"
"""Named in every line whose texts are sealed; lines from before name none and hold them openly."""

SEALED, SALT_BYTES = "sealed", 32
DESTROYED = "texts_destroyed"

WORDS = frozenset(
    (
        *("event", "institution", "institution_id", "request", "kind", "kinds", "excepted"),
        *("status", "role", "act", "decision", "clause", "clauses", "notice_clause", "origin"),
        *("target", "state", "path", "row", "cadence", "register", "regulation", "code", "body"),
        *("panel", "object", "stage", "columns", "measure", "limit_fact", "limit_maximum", "pool"),
        *("sha256", "paper_sha256", "digest", "network_grade", "at", "said_at", "last_day"),
        *("total", "ratings"),
    )
)
"""The keys whose strings are codes, ids, digests and dates: every other string is sealed."""

CODE = re.compile(r"[A-Za-z0-9_.:*+-]{0,100}|[a-z0-9-]{1,60}/.{1,60}")
"""How a code looks, or a clause: what looks otherwise is sealed under whatever key."""

ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,60}")
"""How the name of something looks; under names beside these and ids a mapping is sealed whole."""

PLAIN = (UUID, Enum, int, date, Decimal)
NAMES_KEPT = 4_096

Salts = Callable[[], bytes]
Path = tuple[str, ...]


@dataclass(frozen=True)
class Kept:
    """What stands behind one digest of a line: value and salt, or the line that destroyed them."""

    path: Path
    salt: bytes | None
    value: str | None
    destroyed: int | None = None


@dataclass(frozen=True)
class Line:
    """A record as it enters the chain, and what is kept beside it."""

    record: str
    kept: tuple[Kept, ...]


def line(
    event: str, at: datetime, institution: str, content: Mapping[str, Any], salts: Salts
) -> Line:
    """The line of an event: its record without texts, and each of them under a salt of its own."""
    sealed, kept = seal(content, salts)
    named = {**sealed, "algorithm": ALGORITHM}
    return Line(canonical(event, at, institution, named), kept)


def seal(content: Mapping[str, Any], salts: Salts) -> tuple[dict[str, Any], tuple[Kept, ...]]:
    """The content with digests for its texts and personal values, and what stands behind them.

    Ids, numbers, dates and words of a vocabulary stand openly, strings only under a key of `WORDS`.
    """
    kept: list[Kept] = []

    def sealed(value: Any, path: Path) -> dict[str, str]:
        each = Kept(path, salts(), plain_json(value))
        kept.append(each)
        return {SEALED: digest_of(each)}

    def walk(value: Any, key: str, path: Path) -> Any:
        if value is None or value == "":
            return value
        if isinstance(value, str) and not isinstance(value, Enum):
            return value if _is_open(value, key) else sealed(value, path)
        if key in PERSONAL:
            return sealed(value, path)
        if isinstance(value, PLAIN):
            return value
        if isinstance(value, Mapping):
            named = {_name(name): each for name, each in value.items()}
            if not all(map(_is_name, named)):
                return sealed(named, path)
            return {name: walk(each, name, (*path, name)) for name, each in named.items()}
        if isinstance(value, list | tuple):
            return [walk(each, key, (*path, str(place))) for place, each in enumerate(value)]
        return value

    return {name: walk(each, name, (name,)) for name, each in content.items()}, tuple(kept)


@lru_cache(NAMES_KEPT)
def _is_name(key: str) -> bool:
    return bool(KEY.fullmatch(key) or ID.fullmatch(key))


def _is_open(value: str, key: str) -> bool:
    if key in PERSONAL:
        return False
    return bool(ID.fullmatch(value) or (key in WORDS and CODE.fullmatch(value)))


def _name(key: Any) -> str:
    return str(key.value if isinstance(key, Enum) else key)


def digest_of(kept: Kept) -> str:
    """`sha256(salt ‖ value)`, in hexadecimal."""
    return hashlib.sha256((kept.salt or b"") + (kept.value or "").encode()).hexdigest()


def seals(record: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Where a record holds a digest instead of a value, and which."""
    if isinstance(record, Mapping):
        told = record.get(SEALED)
        if isinstance(told, str):
            yield path, told
            return
        for name, each in record.items():
            yield from seals(each, (*path, name))
    elif isinstance(record, list):
        for place, each in enumerate(record):
            yield from seals(each, (*path, str(place)))


def opened(record: Any, values: Mapping[Path, Any]) -> Any:
    """The record with its values where their digests stand; `None` where they are destroyed."""
    return _opened(record, values, ()) if "algorithm" in record else record


def _opened(record: Any, values: Mapping[Path, Any], path: Path) -> Any:
    if isinstance(record, dict):
        if isinstance(record.get(SEALED), str):
            return values.get(path)
        return {name: _opened(each, values, (*path, name)) for name, each in record.items()}
    if isinstance(record, list):
        return [_opened(each, values, (*path, str(place))) for place, each in enumerate(record)]
    return record


def canonical(event: str, at: datetime, institution: str, content: Mapping[str, Any]) -> str:
    """The record as it is hashed: JSON with sorted keys and no spaces."""
    return plain_json({**content, "event": event, "at": at, "institution": institution})


def chained(previous: bytes, record: str) -> bytes:
    return hashlib.sha256(previous + record.encode()).digest()


def plain_json(value: Any) -> str:
    """Sorted keys, no spaces, every character as it is. Raises: TypeError: no record holds this."""
    return orjson.dumps(value, default=_plain, option=FORM).decode()


FORM = orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS | orjson.OPT_PASSTHROUGH_DATACLASS


def _plain(value: Any) -> str:
    if isinstance(value, UUID | Decimal):  # the driver's UUID is a subclass
        return str(value)
    raise TypeError(f"a record holds no {type(value).__name__}")


signing_keys = table(
    "signing_keys",
    Column("id", Text, primary_key=True),
    *columns(Text, "public", "sealed"),
    moment("at"),
    changes=ADDED,
    stands=LINE,
)
"""`id` is the thumbprint of the `public` key, which is a JWK; `sealed` is the private one."""

signed_heads = table(
    "signed_heads",
    Column("day", Date, primary_key=True),
    Column("line", BigInteger, nullable=False),
    *columns(Text, "digest", "signature"),
    changes=ADDED,
    stands=LINE,
)


@dataclass(frozen=True)
class SignedHead:
    """That a day began with this line as the last of a chain; its digest in hexadecimal."""

    institution: str
    day: date
    line: int
    digest: str
    signature: str = ""

    @property
    def signed(self) -> bytes:
        """What the signature signs."""
        return plain_json({**asdict(self), "signature": ""}).encode()

    @property
    def written(self) -> Mapping[str, Any]:
        return {**asdict(self), "day": self.day.isoformat()}


def read_head(said: Mapping[str, Any]) -> SignedHead:
    """Raises: TypeError or ValueError where it is no head."""
    return SignedHead(**{**said, "day": date.fromisoformat(said["day"])})
