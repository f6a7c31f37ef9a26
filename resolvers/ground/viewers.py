"""Who asks: one statement tells the person, the seats held today and, for a submission, the office.

A token counts only while its session stands, so signing out takes effect at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.approval.engine import Actor, Loan
from domain.office.absence import Absence
from domain.office.delegation import Lending, Limit, covers
from domain.office.organisation import Holder, Person, Seat
from domain.time.moments import Period
from resolvers.ground.database import Transaction, statement

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

AWAY = """
  exists (
    select from absences b
    where (b.institution_id, b.person_id) = (h.institution_id, h.id) and b.standing
      and b.period @> cast(:local_now as timestamp))"""

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

_VIEWER = f"""
  select p.id, p.institution_id, p.name, p.account, p.number, p.employment, p.facts,
         i.policy_epoch, i.escalates_gaps, i.takes_stricter,
         coalesce((
           select jsonb_agg({SEAT.replace(HOLDERS, "'[]'::jsonb")}
                            order by u.position, s.role, s.id)
           from appointments a
           join seats s on (s.institution_id, s.id) = (a.institution_id, a.seat_id)
           join units u on (u.institution_id, u.id) = (s.institution_id, s.unit_id)
           where (a.institution_id, a.person_id) = (p.institution_id, p.id) and {HELD_TODAY}
         ), '[]') as seats,
         {BORROWED_NOW} as borrowed
         {{more}}
  from people p
  join institutions i on i.institution_id = p.institution_id
  where p.institution_id = :institution and """

_SIGNED_IN = """
  (p.leaves is null or p.leaves >= :today) and p.id = (
    select t.person_id from sessions t
    where t.institution_id = :institution and t.id = :session
      and t.revoked_at is null and t.expires_at > :now)"""

SEAT_NOW = SEAT.replace("h.account)", f"h.account, 'away', {AWAY})")

_OFFICE = f""",
         (with recursive chain(start, institution_id, id, depth) as (
            select distinct s.unit_id, s.institution_id, s.unit_id, 0
            from appointments a
            join seats s on (s.institution_id, s.id) = (a.institution_id, a.seat_id)
            where (a.institution_id, a.person_id) = (p.institution_id, p.id) and {HELD_TODAY}
            union all
            select c.start, u.parent_institution_id, u.parent_id, c.depth + 1
            from chain c join units u on (u.institution_id, u.id) = (c.institution_id, c.id)
            where u.parent_id is not null and c.depth < 40
          )
          select coalesce(
            jsonb_agg(jsonb_build_object('start', nearest.start, 'seat', nearest.seat)), '[]')
          from (
            select distinct on (c.start, s.role) c.start, {SEAT_NOW} as seat
            from chain c
            join seats s on (s.institution_id, s.unit_id) = (c.institution_id, c.id)
            join units u on (u.institution_id, u.id) = (s.institution_id, s.unit_id)
            order by c.start, s.role, c.depth
          ) nearest) as nearest,
         coalesce((
           select jsonb_agg(jsonb_build_object(
             'request_id', b.request_id, 'kind', b.kind, 'begins', lower(b.period),
             'ends', upper(b.period), 'days', cast(b.days as text),
             'running', r.status = 'approved' and r.completed_at is null) order by b.period)
           from absences b
           join requests r on (r.institution_id, r.id) = (b.institution_id, b.request_id)
           where (b.institution_id, b.person_id) = (p.institution_id, p.id) and b.standing
             and not isempty(b.period)
         ), '[]') as absences,
         array(
           select c.seat_id from seat_changes c
           where (c.institution_id, c.person_id) = (p.institution_id, p.id)) as changed"""

_ANSWER = """,
         (select jsonb_build_object('hash', encode(w.request_hash, 'hex'), 'answer', w.answer)
          from answers w
          where w.institution_id = p.institution_id and w.person_id = p.id
            and w.idempotency_key = :idempotency_key) as answer"""

VIEWER = statement(_VIEWER.format(more="") + _SIGNED_IN)
VIEWER_WHO_ACTS = statement(_VIEWER.format(more=_ANSWER) + _SIGNED_IN)
VIEWER_WITH_OFFICE = statement(_VIEWER.format(more=_OFFICE) + _SIGNED_IN)
VIEWER_WHO_SUBMITS = statement(_VIEWER.format(more=_OFFICE + _ANSWER) + _SIGNED_IN)
PERSON_WITH_OFFICE = statement(_VIEWER.format(more=_OFFICE) + "p.id = :person")


@dataclass(frozen=True)
class Borrowed:
    """A seat lent to the viewer today, and for what."""

    seat: UUID
    loan: Loan
    lending: Lending


@dataclass(frozen=True)
class Viewer:
    """The person who asks, and how their institution is set.

    `nearest` (by starting unit), `absences` and the seats `changed` by the viewer, unconfirmed, are
    there only where the field asked for the office; `answer` where it gave an idempotency key that
    was answered before.
    """

    person: Person
    session: UUID
    policy_epoch: int
    escalates_gaps: bool
    takes_stricter: bool
    nearest: Mapping[UUID, Mapping[str, Seat]]
    absences: Sequence[Absence]
    answer: Mapping[str, Any] | None
    borrowed: Sequence[Borrowed] = ()
    changed: frozenset[UUID] = frozenset()

    @property
    def institution(self) -> str:
        return self.person.institution

    @property
    def seat_ids(self) -> frozenset[UUID]:
        """What work may wait for: the seats held today, and the person where a form names one."""
        return frozenset({self.person.id, *(seat.id for seat in self.person.seats)})

    def actor(self, kind: str, facts: Mapping[str, Any]) -> Actor:
        """The viewer as one who acts on a request of this kind with these facts."""
        lent = {each.seat: each.loan for each in self.borrowed if covers(each.lending, kind, facts)}
        return Actor(self.person.id, self.person.name, self.seat_ids, lent)


async def load_viewer(
    transaction: Transaction,
    *,
    institution: str,
    session: UUID,
    now: datetime,
    office: bool = False,
    idempotency_key: str | None = None,
) -> Viewer | None:
    """The viewer whose session this is; None when it is over, revoked or not there."""
    variants = {
        (False, False): VIEWER,
        (False, True): VIEWER_WHO_ACTS,
        (True, False): VIEWER_WITH_OFFICE,
        (True, True): VIEWER_WHO_SUBMITS,
    }
    row = await transaction.row(
        variants[office, idempotency_key is not None],
        institution=institution,
        session=session,
        now=now,
        today=now.date(),
        local_now=now.replace(tzinfo=None),
        idempotency_key=idempotency_key,
    )
    return _viewer(dict(row), session) if row else None


async def load_applicant(
    transaction: Transaction, institution: str, person: UUID, now: datetime
) -> Viewer:
    """Somebody whose request is judged anew while another acts: with seats, office and absences."""
    row = await transaction.row(
        PERSON_WITH_OFFICE,
        institution=institution,
        person=person,
        today=now.date(),
        local_now=now.replace(tzinfo=None),
    )
    if row is None:
        raise LookupError(f"{institution} has no person {person}")
    return _viewer(dict(row), person)


def _viewer(row: Mapping[str, Any], session: UUID) -> Viewer:
    nearest: dict[UUID, dict[str, Seat]] = {}
    for each in row.get("nearest", ()):
        seat = read_seat(each["seat"])
        nearest.setdefault(UUID(each["start"]), {})[seat.role] = seat
    person = Person(
        id=row["id"],
        institution=row["institution_id"],
        name=row["name"],
        account=row["account"],
        number=row["number"],
        employment=row["employment"],
        seats=tuple(read_seat(seat) for seat in row["seats"]),
        facts=row["facts"],
    )
    return Viewer(
        person=person,
        session=session,
        policy_epoch=row["policy_epoch"],
        escalates_gaps=row["escalates_gaps"],
        takes_stricter=row["takes_stricter"],
        nearest=nearest,
        absences=tuple(_absence(each) for each in row.get("absences", ())),
        answer=row.get("answer"),
        borrowed=tuple(_borrowed(each) for each in row["borrowed"]),
        changed=frozenset(row.get("changed", ())),
    )


def _borrowed(stored: Mapping[str, Any]) -> Borrowed:
    fact, kinds = stored["fact"], stored["kinds"]
    return Borrowed(
        seat=UUID(stored["seat"]),
        loan=Loan(
            UUID(stored["id"]), UUID(stored["lender"]), stored["lender_name"], stored["document"]
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
        id=UUID(stored["id"]),
        institution=stored["institution"],
        role=stored["role"],
        unit_id=UUID(stored["unit_id"]),
        unit=stored["unit"],
        holders=tuple(
            Holder(UUID(each["id"]), each["name"], each["account"], each.get("away", False))
            for each in stored["holders"]
        ),
    )


def _absence(stored: Mapping[str, Any]) -> Absence:
    begins, ends = (datetime.fromisoformat(stored[name]) for name in ("begins", "ends"))
    return Absence(
        request_id=UUID(stored["request_id"]),
        kind=stored["kind"],
        period=Period(begins, ends),
        days=Decimal(stored["days"]),
        running=stored["running"],
    )
