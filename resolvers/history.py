"""Everything that was done with a request, read off its institution's ledger."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from resolvers.context import Context
from resolvers.database import Transaction, statement

HISTORIES = statement("""
  select l.request, l.seq, l.at, l.event, l.record
  from unnest(cast(:ids as text[])) q(id) cross join lateral (
    select l.request, l.seq, l.at, l.event, l.record from ledger l
    where l.institution_id = :institution and l.request = q.id
      and l.seq > :after
    order by l.seq limit :size) l
  order by l.seq""")


@dataclass(frozen=True)
class Turn:
    """A step that an act took, as it was recorded then."""

    step: UUID | None
    role: str
    act: str
    seat: UUID | None
    decision: str
    clauses: tuple[str, ...]


@dataclass(frozen=True)
class Past:
    """One line of the ledger about a request."""

    seq: int
    event: str
    at: datetime
    by: tuple[UUID, str] | None
    status: str | None
    round: int | None
    clauses: tuple[str, ...]
    turns: tuple[Turn, ...]
    comment: str | None
    content: Mapping[str, Any]


@dataclass(frozen=True)
class Lines:
    """A page of one request's history: how many lines, after which."""

    institution: str
    request: UUID
    size: int
    after: int


async def histories(
    context: Context,  # noqa: ARG001
    reading: Transaction,
    wanted: list[Lines],
) -> Mapping[Lines, list[Past]]:
    """The lines about each of these requests, in order, one more than asked for if there is."""
    alike: dict[tuple[str, int, int], list[Lines]] = defaultdict(list)
    for each in wanted:
        alike[each.institution, each.size, each.after].append(each)
    found: dict[Lines, list[Past]] = {each: [] for each in wanted}
    for (institution, size, after), lines in alike.items():
        by_request = {str(each.request): each for each in lines}
        for row in await reading.rows_of(
            institution,
            HISTORIES,
            institution=institution,
            ids=list(by_request),
            size=size + 1,
            after=after,
        ):
            found[by_request[row["request"]]].append(_past(row))
    return found


def _past(row: Mapping[str, Any]) -> Past:
    record = orjson.loads(row["record"])
    content = record.get("content") or {}
    person = record.get("person")
    return Past(
        seq=row["seq"],
        event=row["event"],
        at=row["at"],
        by=(UUID(person), str(record.get("name") or "")) if person else None,
        status=record.get("status"),
        round=record.get("round"),
        clauses=tuple(record.get("clauses") or ()),
        turns=tuple(_turn(each) for each in content.get("turns") or ()),
        comment=content.get("comment") if isinstance(content.get("comment"), str) else None,
        content=content,
    )


def _turn(turn: Mapping[str, Any]) -> Turn:
    return Turn(
        step=_id(turn.get("step")),
        role=str(turn.get("role") or ""),
        act=str(turn.get("act") or ""),
        seat=_id(turn.get("seat")),
        decision=str(turn.get("decision") or ""),
        clauses=tuple(turn.get("clauses") or ()),
    )


def _id(value: str | None) -> UUID | None:
    return UUID(value) if value else None
