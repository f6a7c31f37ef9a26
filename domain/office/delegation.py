"""Lending a seat 代理: for a time, by a named document, never further and never in a circle."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Boolean, CheckConstraint, Column, Date, Index, Numeric, Text, Uuid

from domain.errors import Problem
from domain.tables import TOLD, columns, key, moment, refers, table
from domain.time.moments import is_near

LONGEST_LOAN_YEARS = 1

delegations = table(
    "delegations",
    key(),
    *refers("seats", "seat_id"),
    *refers("people", "lender_id", "borrower_id"),
    Column("vacant", Boolean, nullable=False),
    *columns(Date, "begins", "ends"),
    Column("kinds", ARRAY(Text)),
    Column("excepted", ARRAY(Text), nullable=False),
    Column("objects", ARRAY(Text), nullable=False, server_default="{}"),
    Column("limit_fact", Text),
    Column("limit_maximum", Numeric),
    *columns(Text, "document", "reason"),
    moment("lent_at"),
    moment("ended_at", nullable=True),
    Column("ended_by", Uuid),
    CheckConstraint("ends >= begins", name="ends_after_it_begins"),
    CheckConstraint("lender_id <> borrower_id", name="to_another"),
    CheckConstraint(
        "kinds is null or cardinality(kinds) > 0 or cardinality(objects) > 0", name="some_kinds"
    ),
    CheckConstraint("(limit_fact is null) = (limit_maximum is null)", name="limit_whole"),
    CheckConstraint("(ended_at is null) = (ended_by is null)", name="ended_whole"),
    CheckConstraint("btrim(document) <> ''", name="by_a_document"),
    Index("delegations_borrowed_idx", "institution_id", "borrower_id", "ends"),
    Index("delegations_lent_idx", "institution_id", "lender_id", "ends"),
    Index("delegations_seat_idx", "institution_id", "seat_id", "ends"),
    Index("delegations_newest_idx", "institution_id", "lent_at", "id"),
    changes=("insert", "update (ended_at, ended_by, ends)"),
    tells=TOLD,
)


@dataclass(frozen=True)
class Span:
    """Days from one to another, both included."""

    begins: date
    ends: date

    def common(self, other: "Span") -> "Span | None":
        begins, ends = max(self.begins, other.begins), min(self.ends, other.ends)
        return Span(begins, ends) if begins <= ends else None


@dataclass(frozen=True)
class Limit:
    """Up to how much of a numeric fact a loan covers; the maximum itself is covered."""

    fact: str
    maximum: Decimal


@dataclass(frozen=True)
class Lending:
    """What a loan covers. No `kinds` are all but those `excepted`, which a clause forbids.

    `objects` are named beside the kinds: what is secret of an object is lent by its name alone.
    """

    kinds: frozenset[str] | None = None
    excepted: frozenset[str] = frozenset()
    limit: Limit | None = None
    objects: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Delegation:
    """A seat lent. The lender of a vacant seat is the administrator who lent it."""

    id: UUID
    seat: UUID
    lender: UUID
    borrower: UUID
    span: Span
    lending: Lending = Lending()
    vacant: bool = False
    document: str = ""
    reason: str = ""
    lent_at: datetime | None = None
    ended_at: datetime | None = None

    def in_force(self, on: date) -> bool:
        return self.ended_at is None and self.span.begins <= on <= self.span.ends


def covers(lending: Lending, kind: str, facts: Mapping[str, Any]) -> bool:
    """Whether a request of this kind, or an object, with these facts is among what was lent.

    A limit on a fact that the request does not state does not cover it. What a clause excepts
    is refused with the clause when it is decided.
    """
    if lending.kinds is not None and kind not in lending.kinds | lending.objects:
        return False
    if lending.limit is None:
        return True
    stated = facts.get(lending.limit.fact)
    return stated is not None and Decimal(str(stated)) <= lending.limit.maximum


def anniversary(day: date) -> date:
    """The last day of a loan of a whole year that begins on this day."""
    try:
        return day.replace(year=day.year + LONGEST_LOAN_YEARS) - timedelta(days=1)
    except ValueError:  # the 29th of February
        return date(day.year + LONGEST_LOAN_YEARS, 2, 28)


def wrong_with(begins: date, ends: date, today: date) -> list[Problem]:
    """What is wrong with the days of a loan."""
    if begins < today:
        return [Problem("IN_THE_PAST", ("input", "begins"), details={"today": today})]
    if not is_near(begins, today):
        return [Problem("DATE_TOO_FAR", ("input", "begins"))]
    if ends < begins:
        return [Problem("END_BEFORE_START", ("input", "ends"))]
    if ends > (latest := anniversary(begins)):
        return [Problem("LOAN_TOO_LONG", ("input", "ends"), details={"latest": latest})]
    return []


def clash(new: Delegation, loans: Iterable[Delegation]) -> Delegation | None:
    """A loan that goes on of the same seat, on a common day, for a common kind or object."""
    for other in loans:
        same = other.seat == new.seat and other.ended_at is None
        if same and other.span.common(new.span) and _share(new.lending, other.lending):
            return other
    return None


def _share(one: Lending, other: Lending) -> bool:
    if one.kinds is None or other.kinds is None:
        return True
    return bool(one.kinds & other.kinds or one.objects & other.objects)


def circle(new: Delegation, loans: Iterable[Delegation]) -> tuple[Delegation, ...]:
    """The loans by which, on one common day, the borrower's authority returns to the lender."""
    lent: dict[UUID, list[Delegation]] = {}
    for each in loans:
        if each.ended_at is None:
            lent.setdefault(each.lender, []).append(each)
    return _returning(new.borrower, new.lender, new.span, lent, frozenset())


def _returning(
    start: UUID,
    goal: UUID,
    span: Span,
    lent: Mapping[UUID, list[Delegation]],
    passed: frozenset[UUID],
) -> tuple[Delegation, ...]:
    for each in lent.get(start, ()):
        common = each.span.common(span)
        if common is None or each.borrower in passed:
            continue
        if each.borrower == goal:
            return (each,)
        further = _returning(each.borrower, goal, common, lent, passed | {start})
        if further:
            return (each, *further)
    return ()
