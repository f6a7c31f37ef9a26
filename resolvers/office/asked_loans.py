"""A loan of a seat as it is asked for, and kept while it waits for a second person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.errors import Problem
from domain.office.changes import made, told

LONGEST_DOCUMENT, LONGEST_REASON = 200, 1000


@dataclass(frozen=True)
class Asked:
    """A loan as it is asked for. No `kinds` are all; `objects` are named beside them."""

    id: UUID
    seat: UUID
    borrower: UUID
    begins: date
    ends: date
    document: str
    reason: str = ""
    kinds: Sequence[str] | None = None
    objects: Sequence[str] = ()
    limit: tuple[str, Decimal] | None = None

    def as_json(self) -> dict[str, Any]:
        """How it is kept until a second person confirms it."""
        limit = [self.limit[0], str(self.limit[1])] if self.limit else None
        return {**told(self), "limit": limit}

    @classmethod
    def read(cls, said: Mapping[str, Any]) -> "Asked":
        """What was kept so."""
        limit = said["limit"]
        kept: Asked = made(cls, {**said, "limit": (limit[0], Decimal(limit[1])) if limit else None})
        return kept


def unnamed(asked: Asked) -> list[Problem]:
    problems = []
    for field, text, limit in (
        ("document", asked.document, LONGEST_DOCUMENT),
        ("reason", asked.reason, LONGEST_REASON),
    ):
        if field == "document" and not text.strip():
            problems.append(Problem("REQUIRED", ("input", field)))
        if len(text.strip()) > limit:
            problems.append(Problem("TOO_LONG", ("input", field), details={"limit": limit}))
    return problems
