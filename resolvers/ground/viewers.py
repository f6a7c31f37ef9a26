"""Who asks: the person, the seats that they hold or borrow today, and how their office is set."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import UUID

from domain.approval.engine import Actor, Loan
from domain.office.booking import Absence
from domain.office.delegation import Lending, Limit, covers
from domain.office.organisation import Holder, Person, Seat
from resolvers.ground.connections import Judged
from resolvers.ground.keys import key_of

HELD_TODAY = "a.begins <= :today and (a.ends is null or a.ends >= :today)"

HOLDERS = f"""
  coalesce((
    select jsonb_agg(jsonb_build_object('id', h.id, 'name', h.name, 'account', h.account)
                     order by h.name_key, h.id)
    from appointments a
    join people h on (h.institution_id, h.id) = (a.institution_id, a.person_id)
    where (a.institution_id, a.seat_id) = (s.institution_id, s.id) and {HELD_TODAY}
  ), '[]')"""

SEAT = f"""
  jsonb_build_object('id', s.id, 'institution', s.institution_id, 'role', s.role,
                     'unit_id', s.unit_id, 'unit', u.name, 'holders', {HOLDERS})"""

BORROWED_NOW = f"""
  coalesce((
    select jsonb_agg(jsonb_build_object(
      'id', d.id, 'seat', d.seat_id, 'lender', d.lender_id, 'lender_name', l.name,
      'document', d.document, 'kinds', d.kinds, 'excepted', d.excepted, 'objects', d.objects,
      'fact', d.limit_fact, 'maximum', cast(d.limit_maximum as text)) order by d.lent_at, d.id)
    from delegations d
    join people l on (l.institution_id, l.id) = (d.institution_id, d.lender_id)
    where (d.institution_id, d.borrower_id) = (p.institution_id, p.id)
      and d.ended_at is null and d.begins <= :today and d.ends >= :today
      and d.vacant <> exists (
        select from appointments a
        where (a.institution_id, a.seat_id) = (d.institution_id, d.seat_id)
          and (d.vacant or a.person_id = d.lender_id) and {HELD_TODAY})
  ), '[]')"""
"""The seats lent to the person `p` today: by who holds them, or while nobody does."""


@dataclass(frozen=True)
class Epochs:
    """The day, and how often until then the offices had changed that this was read of."""

    day: date
    told: tuple[int, ...]


@dataclass(frozen=True)
class Borrowed:
    """A seat lent to the viewer today, and for what."""

    seat: UUID
    loan: Loan
    lending: Lending


@dataclass(frozen=True)
class Viewer:
    """The person who asks, and the epoch of their institution's rules.

    `nearest` (by starting unit) and `absences` are there only where the field asked for the office;
    `answer` where it gave an idempotency key that was answered before. Their session was
    `seen_at`, some minutes ago at most; it is `unproved` where no second factor opened it and the
    institution demands that of its administrators.
    """

    person: Person
    epochs: Epochs
    session: UUID
    policy_epoch: int
    nearest: Mapping[UUID, Mapping[str, Seat]]
    absences: Sequence[Absence]
    answer: Mapping[str, Any] | None
    borrowed: Sequence[Borrowed] = ()
    seen_at: datetime | None = None
    unproved: bool = False

    @property
    def institution(self) -> str:
        return self.person.institution

    @property
    def judged(self) -> Judged:
        """By which rules, and of which offices, an act of theirs is judged."""
        return Judged(self.institution, self.policy_epoch, self.epochs.told)

    @cached_property
    def seat_ids(self) -> frozenset[UUID]:
        """What work may wait for: the seats held today, and the person where a form names one."""
        return frozenset({self.person.id, *(seat.id for seat in self.person.seats)})

    def actor(self, kind: str, facts: Mapping[str, Any]) -> Actor:
        """The viewer as one who acts on a request of this kind with these facts."""
        lent = {each.seat: each.loan for each in self.borrowed if covers(each.lending, kind, facts)}
        return Actor(self.person.id, self.person.name, self.seat_ids, lent)


def read_borrowed(stored: Mapping[str, Any]) -> Borrowed:
    fact, kinds = stored["fact"], stored["kinds"]
    return Borrowed(
        seat=key_of(stored["seat"]),
        loan=Loan(
            key_of(stored["id"]),
            key_of(stored["lender"]),
            stored["lender_name"],
            stored["document"],
        ),
        lending=Lending(
            kinds=None if kinds is None else frozenset(kinds),
            excepted=frozenset(stored["excepted"]),
            limit=Limit(fact, Decimal(stored["maximum"])) if fact else None,
            objects=frozenset(stored["objects"]),
        ),
    )


def read_seat(stored: Mapping[str, Any]) -> Seat:
    return Seat(
        id=key_of(stored["id"]),
        institution=stored["institution"],
        role=stored["role"],
        unit_id=key_of(stored["unit_id"]),
        unit=stored["unit"],
        holders=tuple(
            Holder(key_of(each["id"]), each["name"], each["account"]) for each in stored["holders"]
        ),
    )
