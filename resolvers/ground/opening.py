"""The statement that opens a field: whether the session stands, and what moves from act to act.

What the office says of the person is known beforehand; the epochs that it tells say whether that
still holds. A token counts only while its session stands, so signing out takes effect at once.
"""

import asyncio
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypedDict, Unpack
from uuid import UUID

from domain.errors import Refused
from domain.office.booking import Absence
from domain.time.moments import Period
from resolvers.ground.database import Statement, Transaction, statement
from resolvers.ground.keys import key_of
from resolvers.ground.known_people import EPOCHS, Known, KnownPeople
from resolvers.ground.tokens import Claims
from resolvers.ground.viewers import Epochs, Viewer

OPENINGS_KEPT = 128
ATTEMPTS = 10
"""How often the office may have changed while one statement was on its way to the next."""

CATCHES_UP, CATCHES_UP_EVERY = 10, 0.1
"""How often, and after how many seconds, a database is asked again that is behind its client."""

SESSION = """
  join sessions t on t.institution_id = i.institution_id and t.id = :session
    and t.person_id = :person and t.revoked_at is null and t.expires_at > :now"""

ENTERED = """,
  t.seen_at, i.second_factor and t.proved_at is null as unproved"""

ANSWER = """,
  (select jsonb_build_object('hash', encode(w.request_hash, 'hex'), 'answer', w.answer)
   from answers w
   where w.institution_id = i.institution_id and w.person_id = :person
     and w.idempotency_key = :idempotency_key) as answer"""

AWAY = """,
  array(
    select b.person_id from absences b
    where b.institution_id = i.institution_id and b.standing
      and b.person_id = any(array(select unnest(cast(cast(:holders as text) as uuid[]))))
      and b.period @> cast(:local_now as timestamp)) as away"""

ABSENCES = """,
  coalesce((
    select jsonb_agg(jsonb_build_object(
      'request_id', b.request_id, 'kind', b.kind, 'begins', lower(b.period),
      'ends', upper(b.period), 'days', cast(b.days as text),
      'running', r.status = 'approved' and r.completed_at is null) order by b.period)
    from absences b
    join requests r on (r.institution_id, r.id) = (b.institution_id, b.request_id)
    where b.institution_id = i.institution_id and b.person_id = :person and b.standing
      and not isempty(b.period)), '[]') as absences"""

AS_IT_IS = statement(
    "select from institutions where institution_id = :institution for no key update"
)
"""Waits for who changes the rules or the office, and has others wait with such changes."""


@dataclass(frozen=True)
class Beside:
    """A row that a field reads with its viewer: of what, by which select, for whom."""

    of: Hashable
    select: str
    values: Callable[[Known], Mapping[str, Any]]


class Wanted(TypedDict, total=False):
    """What a field begins with besides its viewer.

    With the `office` go the viewer's `absences`, unless they do not matter; with the key of a call
    what it was answered before.
    """

    office: bool
    absences: bool
    idempotency_key: str | None
    beside: Beside | None


@lru_cache(OPENINGS_KEPT)
def opening(
    *, session: bool, office: bool, absences: bool, answer: bool, beside: str = ""
) -> Statement:
    """The statement that a field begins with, with those of its parts that it needs."""
    parts = (
        (session, ENTERED),
        (answer, ANSWER),
        (office, AWAY),
        (absences, ABSENCES),
        (beside, ", beside.*"),
    )
    more = "".join(part for wanted, part in parts if wanted)
    lateral = f" left join lateral ({beside}) beside on true" if beside else ""
    return statement(
        f"select {EPOCHS} as epochs, i.policy_epoch{more}"
        f" from institutions i {SESSION if session else ''}{lateral}"
        " where i.institution_id = :institution"
    )


async def load_viewer(
    transaction: Transaction,
    people: KnownPeople,
    claims: Claims,
    now: datetime,
    *,
    seen: int = 0,
    **wanted: Unpack[Wanted],
) -> tuple[Viewer, Mapping[str, Any]] | None:
    """The viewer whose session this is, with what was read; None when it is over or revoked.

    A database whose rules are older
    than those that the client has `seen` is asked again for a second.

    Raises: Refused: OLDER_THAN_SEEN.
    """
    office, beside = wanted.get("office", False), wanted.get("beside")
    key = wanted.get("idempotency_key")
    run = opening(
        session=True,
        office=office,
        absences=office and wanted.get("absences", True),
        answer=key is not None,
        beside=beside.select if beside else "",
    )

    def values(known: Known) -> Mapping[str, Any]:
        named = {"session": claims.session, "now": now, "idempotency_key": key}
        return {**named, **(beside.values(known) if beside else {})}

    epoch, who = 0, (claims.institution, claims.person)
    for _ in range(CATCHES_UP):
        found = await _opened(transaction, people, run, *who, now, values, office=office)
        if found is None or found[0].has_left:
            return None
        epoch = found[1]["policy_epoch"]
        if epoch >= seen:
            return _viewer(*found, claims.session), found[1]
        await asyncio.sleep(CATCHES_UP_EVERY)
    raise Refused("OLDER_THAN_SEEN", epoch=epoch, seen=seen)


async def anybody(
    transaction: Transaction, people: KnownPeople, institution: str, person: UUID, now: datetime
) -> Viewer | None:
    """Somebody as if they asked themselves, with seats, office and absences."""
    run = opening(session=False, office=True, absences=True, answer=False)
    found = await _opened(
        transaction, people, run, institution, person, now, lambda _: {}, office=True
    )
    return _viewer(*found, person) if found else None


async def _opened(
    transaction: Transaction,
    people: KnownPeople,
    run: Statement,
    institution: str,
    person: UUID,
    now: datetime,
    values: Callable[[Known], Mapping[str, Any]],
    *,
    office: bool,
) -> tuple[Known, Mapping[str, Any]] | None:
    """Somebody as they are known, and what the statement says of them at the same epochs."""
    day, old = now.date(), None
    for _ in range(ATTEMPTS):
        known = await people.of(transaction, institution, person, day, office=office, but=old)
        if known is None:
            return None
        given = {
            **values(known),
            "institution": institution,
            "person": person,
            "holders": known.holders if office else "{}",
            "local_now": now.replace(tzinfo=None),
        }
        rows = await transaction.glance(run, **given)
        if not rows:
            return None
        row = rows[0]
        if Epochs(day, tuple(row["epochs"])) == known.epochs:
            return known, row
        old = known
    raise Refused("OVERTAKEN")


def _viewer(known: Known, row: Mapping[str, Any], session: UUID) -> Viewer:
    return Viewer(
        person=known.person,
        epochs=known.epochs,
        session=session,
        policy_epoch=row["policy_epoch"],
        nearest=known.nearest_with(row.get("away", ())),
        absences=tuple(_absence(each) for each in row.get("absences", ())),
        answer=row.get("answer"),
        seen_at=row.get("seen_at"),
        unproved=row.get("unproved", False),
        borrowed=known.borrowed,
    )


def _absence(stored: Mapping[str, Any]) -> Absence:
    begins, ends = (datetime.fromisoformat(stored[name]) for name in ("begins", "ends"))
    return Absence(
        request_id=key_of(stored["request_id"]),
        kind=stored["kind"],
        period=Period(begins, ends),
        days=Decimal(stored["days"]),
        running=stored["running"],
    )
