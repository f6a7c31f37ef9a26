"""The office: institutions, their units, people, seats and dated appointments.

Authority belongs to seats, never to people. A unit may sit under another institution's unit,
so references that may leave the institution are ids without a foreign key.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import (
    TIMESTAMP,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Identity,
    Index,
    Integer,
    Text,
    UniqueConstraint,
    Uuid,
    func,
)
from sqlalchemy.dialects.postgresql import JSONB

from domain.tables import KIN, OURS, PLATFORM, TOLD, among, columns, key, moment, refers, table
from domain.vocabulary import FactValue, Parts, Vocabulary

institutions = table(
    "institutions",
    *columns(Text, "name", "name_en"),
    Column("policy_epoch", Integer, nullable=False, server_default="0"),
    Column("organisation_epoch", BigInteger, nullable=False, server_default="0"),
    Column("founding", Boolean, nullable=False, server_default="false"),
    Column("second_factor", Boolean, nullable=False, server_default="false"),
    Column("network_grade", Text),
    among("network_grade", ("secret", "confidential", "top_secret")),
    changes=("insert", "update (policy_epoch, founding, second_factor, network_grade)"),
    walls={"kin": KIN, "platform": f"for select using ({OURS} = '{PLATFORM}')"},
)

institution_superiors = table(
    "institution_superiors",
    Column("superior_id", Text, primary_key=True),
    tells=TOLD,
    walls={"below": f"for select using (superior_id = {OURS})"},
)

units = table(
    "units",
    key(),
    Column("name", Text, nullable=False),
    Column("parent_institution_id", Text),
    Column("parent_id", Uuid),
    Column("position", Integer, nullable=False, server_default="0"),
    *columns(Date, "begins", "ends", nullable=True),
    CheckConstraint("(parent_id is null) = (parent_institution_id is null)", name="parent_whole"),
    CheckConstraint("parent_id <> id", name="parent_other"),
    Index(None, "institution_id", "parent_id"),
    changes=("insert", "update (name, parent_id, parent_institution_id, ends)"),
    tells=TOLD,
    walls={"kin": KIN},
)

people = table(
    "people",
    key(),
    Column("number", BigInteger, Identity(always=True), nullable=False),
    *columns(Text, "name", "name_key"),
    Column("account", Text, nullable=False, server_default=""),
    Column("employment", Text, nullable=False, server_default="formal"),
    Column("facts", JSONB, nullable=False, server_default="{}"),
    Column("leaves", Date),
    UniqueConstraint("institution_id", "number"),
    Index(None, "institution_id", "name_key"),
    changes=("insert", "update (name, name_key, employment, facts, leaves)"),
    tells=TOLD,
    walls={"kin": KIN},
)

seats = table(
    "seats",
    key(),
    Column("role", Text, nullable=False),
    *refers("units", "unit_id"),
    Column("ends", Date),
    UniqueConstraint("institution_id", "unit_id", "role"),
    changes=("insert", "update (ends)"),
    tells=TOLD,
    walls={"kin": KIN},
)

appointments = table(
    "appointments",
    key(),
    *refers("seats", "seat_id"),
    *refers("people", "person_id"),
    Column("begins", Date, nullable=False),
    Column("ends", Date),
    CheckConstraint("ends is null or ends >= begins", name="ends_after_it_begins"),
    UniqueConstraint("institution_id", "seat_id", "person_id", "begins"),
    Index(None, "institution_id", "person_id"),
    changes=("insert", "update (ends)", "delete"),
    tells=TOLD,
    walls={"kin": KIN},
)

accounts = table(
    "accounts",
    Column("account", Text, primary_key=True),
    *refers("people", "person_id"),
    Column("password_hash", Text, nullable=False),
    moment("disabled_at", nullable=True),
    Index(None, "institution_id", "person_id"),
    changes=("insert", "update (password_hash, disabled_at)"),
)

sessions = table(
    "sessions",
    key(),
    *refers("people", "person_id"),
    moment("expires_at"),
    moment("revoked_at", nullable=True),
    *(
        Column(name, TIMESTAMP(timezone=True), nullable=False, server_default=func.now())
        for name in ("begun_at", "seen_at")
    ),
    Column("address", Text, nullable=False, server_default=""),
    Column("refreshes", Integer, nullable=False, server_default="0"),
    moment("refreshed_at", nullable=True),
    moment("proved_at", nullable=True),
    Index(None, "institution_id", "person_id"),
    changes=(
        "insert",
        "update (expires_at, revoked_at, seen_at, refreshes, refreshed_at, proved_at)",
        "delete",
    ),
)
"""From where it was begun, when it was last seen, which refresh counts, when a code proved it."""

sign_in_attempts = table(
    "sign_in_attempts",
    key(),
    *columns(Text, "account", "address"),
    moment("at"),
    Index(None, "institution_id", "account", "at"),
    Index(None, "institution_id", "address", "at"),
    Index(None, "institution_id", "at"),
    changes=("insert", "update (at)", "delete"),
)
"""The platform's: at the gate nobody belongs to an office yet."""

sign_in_addresses = table(
    "sign_in_addresses",
    Column("account", Text, primary_key=True),
    Column("address", Text, primary_key=True),
    moment("at"),
    changes=("insert", "update (at)", "delete"),
)
"""Where an account was last signed in from, and when; the platform's too."""

LEADS_A_UNIT = 3
"""From this level of a role on its holders act for their unit: a deputy section chief."""
LEADS_MORE = 5
"""From this level of a role on its holders lead several units, and stand above each of them."""


@dataclass(frozen=True)
class Holder:
    """A person as others see them: the name to sign in with, and whether on leave or out now."""

    id: UUID
    name: str
    account: str
    away: bool = False


@dataclass(frozen=True)
class Seat:
    """A role at the unit that it serves, with the people who hold it today."""

    id: UUID
    institution: str
    role: str
    unit_id: UUID
    unit: str
    holders: tuple[Holder, ...] = ()


@dataclass(frozen=True)
class Person:
    """Someone signed in or applying, with the seats held today."""

    id: UUID
    institution: str
    name: str
    account: str
    number: int
    employment: str
    seats: tuple[Seat, ...]
    facts: Mapping[str, FactValue]

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(seat.role for seat in self.seats)


def asked_already(asked: Sequence[frozenset[UUID]]) -> frozenset[int]:
    """Which of those who are asked together ask only people whom another of them asks too."""
    again: set[int] = set()
    for index, people in reversed(list(enumerate(asked))):
        others = (other for at, other in enumerate(asked) if at != index and at not in again)
        if people and any(people <= other for other in others):
            again.add(index)
    return frozenset(again)


def presence(
    nearest: Mapping[str, Seat], absences: Mapping[str, Sequence[str]]
) -> dict[str, FactValue]:
    """The facts that tell who is away: a seat is absent when it has holders and all are.

    Of one role a fact says whether it is; of two, which of them is, `none` or `both`.
    """

    def is_away(role: str) -> bool:
        seat = nearest.get(role)
        return seat is not None and bool(seat.holders) and all(h.away for h in seat.holders)

    told: dict[str, FactValue] = {}
    for fact, roles in absences.items():
        away = [role for role in roles if is_away(role)]
        several = "both" if len(away) == 2 else "".join(away) or "none"
        told[fact] = several if len(roles) > 1 else bool(away)
    return told


def seats_told(
    roles: frozenset[str], nearest: Mapping[str, Seat], parts: Parts
) -> dict[str, FactValue]:
    """What seats tell of an applicant: who is away, and whether they hold one themselves."""
    held = {fact: not roles.isdisjoint(of) for fact, of in parts.held.items()}
    return {**presence(nearest, parts.absences), **held}


def rank_of(roles: frozenset[str], vocabulary: Vocabulary) -> str:
    """The applicant_rank of the highest of these roles, of equals the first; else staff."""
    ranked = [role for code, role in vocabulary.roles.items() if code in roles and role.rank]
    highest = max(ranked, key=lambda role: role.level, default=None)
    return (highest.rank if highest else None) or "staff"
