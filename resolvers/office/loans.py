"""Loans of seats: as they are asked for, and as rows, read with their seat and people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from domain.errors import Problem, Refused
from domain.office.changes import made, told
from domain.office.delegation import Delegation, Lending, Limit, Span, delegations
from domain.office.organisation import Holder, Seat
from policies.permissions import ROLES_BY_PERMISSION, allows
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.derived import insertion
from resolvers.ground.listing import LATEST_KEY, Found, Slice
from resolvers.ground.reading import read_as
from resolvers.ground.viewers import SEAT, read_seat

MANAGES_POSTS = "posts.manage"

_LOANS = f"""
  select d.*, {SEAT} as seat, l.name as lender_name, l.account as lender_account,
         b.name as borrower_name, b.account as borrower_account,
         e.name as ended_by_name, e.account as ended_by_account
  from delegations d
  join seats s on (s.institution_id, s.id) = (d.institution_id, d.seat_id)
  join units u on (u.institution_id, u.id) = (s.institution_id, s.unit_id)
  join people l on (l.institution_id, l.id) = (d.institution_id, d.lender_id)
  join people b on (b.institution_id, b.id) = (d.institution_id, d.borrower_id)
  left join people e on (e.institution_id, e.id) = (d.institution_id, d.ended_by)
  where d.institution_id = :institution"""

STANDING = statement(
    _LOANS + " and d.ended_at is null and d.ends >= :begins and d.begins <= :ends"
    " order by d.begins, d.id"
)
ONE = statement(_LOANS + " and d.id = :id")
STORE = insertion(delegations)
END = statement("""
  update delegations set ended_at = :now, ended_by = :person
  where institution_id = :institution and id = :id and ended_at is null""")
SHORTEN = statement("""
  update delegations set ends = :last_day
  where institution_id = :institution and id = :id and ended_at is null""")


class LoanBox(Enum):
    """Which loans: those that one gave, those that one was given, or all of the institution."""

    LENT = "lent"
    BORROWED = "borrowed"
    ALL = "all"


_NARROWED = """
  and (cast(:seat as uuid) is null or d.seat_id = :seat)
  and (cast(:active as boolean) is null or cast(:active as boolean)
       = (d.ended_at is null and d.begins <= :today and d.ends >= :today))"""
_PAGE = """
  and (d.lent_at, d.id) < (:after_at, :after_id)
  order by d.lent_at desc, d.id desc limit :size"""
_WHOSE = {
    LoanBox.LENT: " and d.lender_id = :person",
    LoanBox.BORROWED: " and d.borrower_id = :person",
    LoanBox.ALL: "",
}
PAGES = {box: statement(_LOANS + whose + _NARROWED + _PAGE) for box, whose in _WHOSE.items()}
COUNTS = {
    box: statement(
        "select count(*) from delegations d where d.institution_id = :institution"
        + whose
        + _NARROWED
    )
    for box, whose in _WHOSE.items()
}


@dataclass(frozen=True)
class LoanView:
    """A loan as a screen shows it."""

    delegation: Delegation
    seat: Seat
    lender: Holder
    borrower: Holder
    ended_by: Holder | None

    def state(self, today: date) -> str:
        """planned, running or ended."""
        if self.delegation.ended_at is not None or self.delegation.span.ends < today:
            return "ended"
        return "planned" if today < self.delegation.span.begins else "running"


def manages_posts(context: Context) -> bool:
    """Raises: Refused: SECOND_FACTOR_NEEDED, where it is owed and nothing proved the session."""
    may = allows(context.viewer.person.roles, MANAGES_POSTS)
    if may:
        context.must_be_proved(ROLES_BY_PERMISSION[MANAGES_POSTS])
    return may


async def standing(context: Context, span: Span) -> list[LoanView]:
    """The loans of the institution that have not been ended and touch a stretch of days."""
    rows = await context.rows(STANDING, begins=span.begins, ends=span.ends, today=context.today)
    return [read_loan(row) for row in rows]


async def find_loan(context: Context, id: UUID, asked_by: UUID | None = None) -> LoanView:
    """A loan that concerns the viewer: given, taken, or any for who manages posts.

    Whoever confirms what another asked for sees any.

    Raises: Refused: there is none.
    """
    row = await context.row(ONE, id=id, today=context.today)
    if row is not None:
        me, found = context.viewer.person.id, read_loan(row)
        confirms = asked_by not in (None, me)
        if confirms or me in (found.lender.id, found.borrower.id) or manages_posts(context):
            return found
    raise Refused("DELEGATION_NOT_FOUND")


async def loans(
    context: Context, box: LoanBox, seat: UUID | None, active: bool | None, page: Slice
) -> Found[LoanView]:
    """One page of loans, the newest first.

    Raises: Refused: all are asked for by somebody who does not manage posts.
    """
    _must_see(context, box)
    asked = _asked(context, seat, active) | page.values(LATEST_KEY)
    rows = await context.rows(PAGES[box], **asked)
    return await page.read("delegations", rows, ("lent_at", "id"), read_loan)


async def count(context: Context, box: LoanBox, seat: UUID | None, active: bool | None) -> int:
    _must_see(context, box)
    found: int = await context.value(COUNTS[box], **_asked(context, seat, active))
    return found


def _must_see(context: Context, box: LoanBox) -> None:
    if box is LoanBox.ALL and not manages_posts(context):
        raise Refused("NOT_THE_ADMINISTRATOR")


def _asked(context: Context, seat: UUID | None, active: bool | None) -> dict[str, Any]:
    return {
        "institution": context.viewer.institution,
        "person": context.viewer.person.id,
        "seat": seat,
        "active": active,
        "today": context.today,
    }


def read_loan(row: Mapping[str, Any]) -> LoanView:
    fact, kinds = row["limit_fact"], row["kinds"]
    return LoanView(
        delegation=read_as(
            Delegation,
            row,
            seat=row["seat_id"],
            span=Span(row["begins"], row["ends"]),
            lending=Lending(
                kinds=None if kinds is None else frozenset(kinds),
                excepted=frozenset(row["excepted"]),
                limit=Limit(fact, row["limit_maximum"]) if fact else None,
                objects=frozenset(row["objects"]),
            ),
        ),
        seat=read_seat(row["seat"]),
        lender=Holder(row["lender_id"], row["lender_name"], row["lender_account"]),
        borrower=Holder(row["borrower_id"], row["borrower_name"], row["borrower_account"]),
        ended_by=Holder(row["ended_by"], row["ended_by_name"], row["ended_by_account"])
        if row["ended_by"]
        else None,
    )


def loan_row(institution: str, loan: Delegation) -> dict[str, Any]:
    """The loan as `jsonb_populate_recordset` takes it."""
    lending = loan.lending
    return {
        "institution_id": institution,
        "id": loan.id,
        "seat_id": loan.seat,
        "lender_id": loan.lender,
        "borrower_id": loan.borrower,
        "vacant": loan.vacant,
        "begins": loan.span.begins,
        "ends": loan.span.ends,
        "kinds": None if lending.kinds is None else sorted(lending.kinds),
        "excepted": sorted(lending.excepted),
        "objects": sorted(lending.objects),
        "limit_fact": lending.limit.fact if lending.limit else None,
        "limit_maximum": str(lending.limit.maximum) if lending.limit else None,
        "document": loan.document,
        "reason": loan.reason,
        "lent_at": loan.lent_at,
    }


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
