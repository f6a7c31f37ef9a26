"""Everything that was done with a request, read off its institution's ledger."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

import orjson

from domain.office.organisation import Seat
from resolvers.ground import ledger
from resolvers.ground.context import Context
from resolvers.ground.database import Transaction, statement
from resolvers.ground.ledger import Destruction
from resolvers.ground.listing import UNREADABLE, Listed, Slice, read_each, readable
from resolvers.requests.acting import SUBMITTED
from resolvers.requests.request_rows import Page, RequestRow
from resolvers.requests.routing import rules_for
from resolvers.requests.sending import ABOVE, WHO, Who, who
from resolvers.requests.telling import Untold

HISTORIES = statement(f"""
  select l.request, l.seq, l.at, l.event, {ledger.READ}
  from unnest(cast(:ids as text[])) q(id) cross join lateral (
    select * from ledger l
    where l.institution_id = :institution and l.request = q.id
      and l.seq > :after
    order by l.seq limit :size) l
  order by l.seq""")
NAMED = statement(f"""
  select c.to_id, {WHO}
  from unnest(cast(:ids as uuid[])) c(to_id)
  left join people p on p.institution_id = {ABOVE} and p.id = c.to_id
  left join seats s on s.institution_id = {ABOVE} and s.id = c.to_id
  left join units u on (u.institution_id, u.id) = (s.institution_id, s.unit_id)""")

REACHING = ("to", "signers", "mentions")
"""Where a record names the people and seats that an act reached."""


@dataclass(frozen=True)
class Turn:
    """A step that an act took, as it was recorded then."""

    step: UUID | None
    role: str
    act: str
    seat: Seat | None
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
    to: tuple[Who, ...]
    comment: str | None
    content: Mapping[str, Any]
    destroyed: Destruction | None


@dataclass(frozen=True)
class Lines:
    """A page of what is kept of one request."""

    institution: str
    request: UUID
    page: Slice


async def histories(
    context: Context, reading: Transaction, wanted: list[Lines]
) -> Mapping[Lines, list[Listed[Past]]]:
    """The lines about each of these requests, in order, one more than asked for if there is."""
    alike: dict[tuple[str, Slice], list[Lines]] = defaultdict(list)
    for each in wanted:
        alike[each.institution, each.page].append(each)
    found: dict[Lines, list[Listed[Past]]] = {each: [] for each in wanted}
    for (institution, page), lines in alike.items():
        by_request = {str(each.request): each for each in lines}
        [after] = page.after or (0,)
        rows = await reading.rows_of(
            institution,
            HISTORIES,
            institution=institution,
            ids=list(by_request),
            size=page.size + 1,
            after=after,
        )
        read = await read_each("ledger", rows, ("seq",), lambda row: [*_named(ledger.read(row)[0])])
        ids = {each for named in readable(read) for each in named}
        names = (
            {
                row["to_id"]: who(row)
                for row in await reading.rows_of(
                    institution,
                    NAMED,
                    institution=institution,
                    ids=sorted(ids),
                    today=context.today,
                )
            }
            if ids
            else {}
        )
        acts = await read_each("ledger", rows, ("seq",), partial(_past, names))
        for row, act in zip(rows, acts, strict=True):
            found[by_request[row["request"]]].append(act)
    return found


async def told_past(
    context: Context, row: Mapping[str, Any]
) -> tuple[RequestRow, list[Listed[Past]]]:
    """The request and the lines that stand in its row, where they need no name of today.

    Raises: Untold: one does, or cannot be read, or they are another institution's.
    """
    try:
        living = await rules_for(context, row["institution_id"], row["rulebook_version"])
    except UNREADABLE as error:
        raise Untold from error
    lines = orjson.loads(row["past"])
    for each in lines:
        each["at"] = datetime.fromisoformat(each["at"])
    found = await read_each("ledger", lines, ("seq",), partial(_past, {}))
    whole = all(each.item and (each.item.by is None or each.item.by[1]) for each in found)
    if not whole or row["institution_id"] != context.viewer.institution:
        raise Untold
    return RequestRow(row, living, (), Page({})), found


def _named(record: Mapping[str, Any]) -> Iterator[UUID]:
    """Everybody whom a record names by id alone."""
    content = record.get("content") or {}
    if (person := _id(record.get("person"))) and not record.get("name"):
        yield person
    yield from _reached(content)
    for turn in content.get("turns") or ():
        if seat := _id(turn.get("seat")):
            yield seat


def _reached(content: Mapping[str, Any]) -> Iterator[UUID]:
    for name in REACHING:
        given = content.get(name) or ()
        ids = map(_id, [given] if isinstance(given, str) else given)
        yield from (each for each in ids if each)


def _past(names: Mapping[UUID, Who], row: Mapping[str, Any]) -> Past:
    record, destroyed = ledger.read(row)
    content = record.get("content") or {}
    person = record.get("person")
    # Of a form what is called so is a fact of the case, and a code.
    of = () if row["event"] in SUBMITTED else ("comment", "reason")
    said = [content.get(each) for each in of]
    return Past(
        seq=row["seq"],
        event=row["event"],
        at=row["at"],
        by=(UUID(person), _name(record, names)) if person else None,
        status=record.get("status"),
        round=record.get("round"),
        clauses=tuple(record.get("clauses") or ()),
        turns=tuple(_turn(each, names) for each in content.get("turns") or ()),
        to=tuple(names[each] for each in _reached(content) if each in names),
        comment=next((each for each in said if isinstance(each, str) and each), None),
        content=content,
        destroyed=destroyed,
    )


def _name(record: Mapping[str, Any], names: Mapping[UUID, Who]) -> str:
    """Who acted, as they were called then; where that is destroyed, as they are called now."""
    now = names.get(UUID(record["person"]))
    return str(record.get("name") or (now.person.name if now and now.person else ""))


def _turn(turn: Mapping[str, Any], names: Mapping[UUID, Who]) -> Turn:
    seat = _id(turn.get("seat"))
    return Turn(
        step=_id(turn.get("step")),
        role=str(turn.get("role") or ""),
        act=str(turn.get("act") or ""),
        seat=names[seat].seat if seat and seat in names else None,
        decision=str(turn.get("decision") or ""),
        clauses=tuple(turn.get("clauses") or ()),
    )


def _id(value: object) -> UUID | None:
    """The id that stands there; none where something else does."""
    try:
        return UUID(str(value))
    except ValueError:
        return None
