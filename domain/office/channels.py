"""Channels by which people are told outside the product: the office's own gateway, or mail.

What is told is that something waits, never what it says: number, kind and a link.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

from sqlalchemy import Column, ForeignKeyConstraint, Index, Integer, Text, Uuid, text

from domain.tables import OURS, PLATFORM, SWEPT, among, columns, key, moment, refers, table

TURN = "YOUR_TURN"
"""The code of a message about a turn; the others are those of notices."""

GIVEN_UP_AFTER = timedelta(days=3)
LONGEST_WAIT = timedelta(seconds=60)
"""Between two tries, so that a gateway that is back gets what waits within a minute."""

WORTH_ANOTHER_TRY = frozenset({408, 425, 429})


class Way(StrEnum):
    """How a channel leads to people."""

    WEBHOOK = "webhook"
    MAIL = "mail"


class Outcome(StrEnum):
    """What became of a message that was sent."""

    DELIVERED = "delivered"
    TRY_AGAIN = "try again"
    DEAD = "dead"


channels = table(
    "channels",
    key(),
    Column("way", Text, nullable=False),
    *columns(Text, "url", "sealed_secret", "trouble", nullable=True),
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("by_id", Uuid, nullable=False),
    Column("by_name", Text, nullable=False),
    moment("at"),
    moment("seen_until"),
    moment("next_at"),
    moment("closed_at", nullable=True),
    among("way", Way),
    changes=("insert", "update (seen_until, next_at, failures, trouble, closed_at)"),
    walls={"worker": f"for select using ({OURS} = '{PLATFORM}')"},
)

deliveries = table(
    "deliveries",
    *refers("channels", "channel_id", key=True),
    *(key("about_id"), key("to_id")),
    Column("code", Text, nullable=False),
    Column("request_institution_id", Text),
    Column("request_id", Uuid),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("why", Text),
    moment("at"),
    moment("delivered_at", nullable=True),
    moment("dead_at", nullable=True),
    Index(
        "deliveries_due_idx", "institution_id", "channel_id", "at",
        postgresql_where=text("delivered_at is null and dead_at is null"),
    ),
    Index("deliveries_at_idx", "institution_id", "at", postgresql_using="brin"),
    changes=(*SWEPT, "update (tries, why, delivered_at, dead_at)"),
)  # fmt: skip

mail_addresses = table(
    "mail_addresses",
    key("person_id"),
    Column("address", Text, nullable=False),
    moment("at"),
    ForeignKeyConstraint(["institution_id", "person_id"], ["people.institution_id", "people.id"]),
    changes=("insert", "update (address, at)", "delete"),
)


@dataclass(frozen=True)
class Message:
    """That something waits for somebody. `to` are accounts; `id` is the same at each try."""

    id: str
    institution: str
    code: str
    at: str
    to: tuple[str, ...]
    number: str | None = None
    kind: str | None = None
    link: str | None = None


def body(message: Message) -> bytes:
    """The message as JSON."""
    return json.dumps(asdict(message), ensure_ascii=False).encode()


def signature(secret: bytes, message: str, sent: int, said: bytes) -> str:
    """As the Standard Webhooks have it, of the message's id, the second that it is sent, and it."""
    signed = hmac.new(secret, f"{message}.{sent}.".encode() + said, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(signed).decode()}"


def outcome(status: int) -> Outcome:
    """What a gateway's answer means; whoever refuses a message would refuse it again."""
    if 200 <= status < 300:
        return Outcome.DELIVERED
    if 400 <= status < 500 and status not in WORTH_ANOTHER_TRY:
        return Outcome.DEAD
    return Outcome.TRY_AGAIN


def next_try(failures: int, now: datetime) -> datetime:
    """When a channel that failed so often in a row is tried again."""
    return now + min(timedelta(seconds=2 ** min(failures, 10)), LONGEST_WAIT)


def is_within(
    address: IPv4Address | IPv6Address, inner: Iterable[IPv4Network | IPv6Network]
) -> bool:
    """Whether a gateway may be at an address: anywhere public, or where the operator says."""
    return (address.is_global and not address.is_multicast) or any(address in one for one in inner)
