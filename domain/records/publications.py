"""Publications 公布: a statement as it was told for a period, on the board until it leaves.

What is published is what was shown before: the digest of the preview tells. It stands as it was
then; a later publication of the same period takes its place, a seat withdraws it, or its time ends.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Column, Date, Index, Text, UniqueConstraint, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB

from domain.shapes.publishing import Reach
from domain.tables import ADDED, LINE, among, columns, key, moment, refers, signed, table
from domain.values.choices import Choice


class Standing(Choice):
    """Where a publication is."""

    ON_BOARD = "on_board", "公开中: on the board."
    REPLACED = "replaced", "已更新: a later one tells of the same."
    EXPIRED = "expired", "到期: its time is over."
    WITHDRAWN = "withdrawn", "撤下: taken off, for a reason."


def digest_of(content: Mapping[str, Any]) -> str:
    """What tells one publication from another, whatever it is made of."""
    plain = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def standing(*, replaced: bool, withdrawn: bool, until: datetime | None, now: datetime) -> Standing:
    """Where it is now; what was replaced or ran out left by itself."""
    if withdrawn:
        return Standing.WITHDRAWN
    if replaced:
        return Standing.REPLACED
    return Standing.EXPIRED if until is not None and until < now else Standing.ON_BOARD


publications = table(
    "publications",
    key(),
    *columns(Text, "statement", "cadence", "clause", "reach"),
    *columns(Date, "first_day", "last_day"),
    *columns(Text, "title", "said"),
    *columns(JSONB, "papers", "heads", "lines"),
    Column("digest", Text, nullable=False),
    *refers("publications", "replaces", nullable=True),
    Column("request_id", Uuid),
    moment("until", nullable=True),
    Column("role", Text, nullable=False),
    *signed(),
    CheckConstraint("first_day <= last_day", name="days"),
    among("reach", Reach),
    UniqueConstraint("institution_id", "replaces"),
    Index(
        "publications_once",
        *("institution_id", "statement", "cadence", "clause", "first_day", "last_day", "title"),
        unique=True,
        postgresql_where=text("replaces is null"),
    ),
    Index("publications_at_idx", "institution_id", "at", "id"),
    changes=ADDED,
    stands=LINE,
)
"""What was published: its columns and lines as they were then, to whom and until when."""

publication_ends = table(
    "publication_ends",
    *refers("publications", "publication_id", key=True),
    *columns(Text, "why", "role"),
    *signed(),
    CheckConstraint("btrim(why) <> ''", name="why"),
    changes=ADDED,
    stands=LINE,
)
"""What a seat took off the board, and why."""
