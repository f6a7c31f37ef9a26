"""Seats lent for a time 代理, in the API: lent, ended, listed."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

import strawberry

from resolvers.ground.context import Context
from resolvers.office import delegations, loans
from resolvers.office.delegations import Asked
from resolvers.office.loans import LoanBox, LoanView
from schema.ground.connections import Cursors, PageInfo, moment, page_info, page_size, wants_total
from schema.ground.edges import edges_of, unreadable_field
from schema.ground.errors import Refusal
from schema.ground.fields import Info, mutation, query
from schema.ground.ids import argument, global_id, uuid_of
from schema.ground.mirrors import enum_from
from schema.office.organisation import Person, Seat, person_of, seat_of
from schema.requests.kinds import RequestKind

CURSORS = Cursors("delegations", (moment, UUID))
KEY = "The same key is answered once."
DelegationBox: Any = enum_from(
    "DelegationBox",
    {
        "LENT": strawberry.enum_value("lent", description="Lent by the viewer."),
        "BORROWED": strawberry.enum_value("borrowed", description="Lent to the viewer."),
        "ALL": strawberry.enum_value("all", description="Of the whole institution."),
    },
    "Whose loans.",
)
DelegationState: Any = enum_from(
    "DelegationState",
    {
        "PLANNED": strawberry.enum_value("planned", description="Its first day is to come."),
        "RUNNING": strawberry.enum_value("running", description="It counts today."),
        "ENDED": strawberry.enum_value(
            "ended", description="Its last day is over, or it was ended."
        ),
    },
    "Whether a loan counts.",
)


@strawberry.type
class DelegationLimit:
    """Up to how much a loan covers."""

    fact: str = strawberry.field(description="The fact that is limited: amount, days.")
    maximum: Decimal = strawberry.field(description="The most that is covered, itself included.")


@strawberry.type
class Delegation:
    """A seat lent to another person for a time, by a document. It lends turns, no permissions."""

    id: strawberry.ID = strawberry.field(description="Opaque; `endLoan` takes it.")
    seat: Seat = strawberry.field(description="The seat that is lent.")
    lender: Person = strawberry.field(
        description="Who lent it; for a vacant seat the administrator."
    )
    borrower: Person = strawberry.field(description="Who acts in it.")
    vacant: bool = strawberry.field(description="Whether it was lent because nobody held it.")
    begins: date = strawberry.field(description="The first day.")
    ends: date = strawberry.field(description="The last day.")
    kinds: list[RequestKind] | None = strawberry.field(
        description="The kinds that are lent; null is all but those excepted."
    )
    objects: list[str] = strawberry.field(
        description="What else is lent by name: vehicle.refuelling, petition …, with its secrets."
    )
    excepted: list[RequestKind] = strawberry.field(
        description="Kinds that a clause keeps with the holder of the seat."
    )
    limit: DelegationLimit | None = strawberry.field(description="Up to how much.")
    document: str = strawberry.field(description="By which it was ordered.")
    reason: str = strawberry.field(description="Why.")
    state: DelegationState = strawberry.field(description="Whether it counts today.")
    lent_at: datetime = strawberry.field(description="When it was entered.")
    ended_at: datetime | None = strawberry.field(description="When it was ended early.")
    ended_by: Person | None = strawberry.field(description="Who ended it early.")


@strawberry.type
class DelegationEdge:
    """A loan in a page."""

    cursor: str = strawberry.field(description="Continue after it.")
    node: Delegation | None = strawberry.field(description="The loan.")
    unreadable: str | None = unreadable_field()


@strawberry.type
class DelegationConnection:
    """A page of loans, the newest first."""

    edges: list[DelegationEdge] = strawberry.field(description="The page.")
    page_info: PageInfo = strawberry.field(description="Where it lies.")
    total_count: int = strawberry.field(description="How many there are on all pages.")


@strawberry.input
class DelegationLimitInput:
    """Up to how much a loan covers; a request that does not state the fact is not covered."""

    fact: str = strawberry.field(description="A numeric fact: amount, days.")
    maximum: Decimal = strawberry.field(description="The most that is covered, itself included.")


@strawberry.input
class LendSeatInput:
    """A seat to lend: one's own, or a vacant one for who manages posts."""

    seat_id: strawberry.ID = strawberry.field(description="The seat.")
    to_person_id: strawberry.ID = strawberry.field(description="A colleague who does not hold it.")
    begins: date = strawberry.field(description="The first day; today at the earliest.")
    ends: date = strawberry.field(description="The last day; a year later at most.")
    kinds: list[RequestKind] | None = strawberry.field(
        default=None, description="For these kinds alone; all when absent, none when empty."
    )
    objects: list[str] | None = strawberry.field(
        default=None,
        description="For these as well, by their codes; what is secret of one is lent only so.",
    )
    limit: DelegationLimitInput | None = strawberry.field(
        default=None, description="Up to how much; without bounds when absent."
    )
    document: str = strawberry.field(description="The document that orders it: number and name.")
    reason: str = strawberry.field(default="", description="Why.")
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


@strawberry.input
class EndLoanInput:
    """A loan to end before its last day."""

    delegation_id: strawberry.ID = strawberry.field(description="The loan.")
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


@strawberry.type
class Lent:
    """The loan as it stands."""

    delegation: Delegation = strawberry.field(description="The loan.")


DelegationsResult = Annotated[DelegationConnection | Refusal, strawberry.union("DelegationsResult")]
LendResult = Annotated[Lent | Refusal, strawberry.union("LendResult")]


async def all_delegations(
    info: Info,
    box: DelegationBox | None = None,
    active: bool | None = None,
    seat: strawberry.ID | None = None,
    first: int | None = 50,
    after: str | None = None,
) -> DelegationConnection:
    """Loans of seats, the newest first: those that the viewer lent, when no box is named."""
    context = info.context
    chosen = LoanBox(box.value) if box else LoanBox.LENT
    asked = (chosen, argument(seat, {"Seat"}, "seat")[1] if seat is not None else None, active)
    found, more = await loans.page(context, *asked, page_size(first), CURSORS.read(after))
    edges = await edges_of(
        info, DelegationEdge, CURSORS, found, lambda loan: delegation_of(context, loan)
    )
    return DelegationConnection(
        edges=edges,
        page_info=page_info([edge.cursor for edge in edges], more=more, after=after),
        total_count=await loans.count(context, *asked) if wants_total(info) else 0,
    )


async def lend_seat(info: Info, input: LendSeatInput) -> Lent:
    """Lend a seat for a time; what already waits for it is the borrower's to decide at once."""
    asked = Asked(
        seat=uuid_of(input.seat_id, "Seat", "seatId"),
        borrower=uuid_of(input.to_person_id, "Person", "toPersonId"),
        begins=input.begins,
        ends=input.ends,
        document=input.document,
        reason=input.reason,
        kinds=None if input.kinds is None else [kind.value for kind in input.kinds],
        objects=input.objects or (),
        limit=(input.limit.fact, input.limit.maximum) if input.limit else None,
    )
    return await _lent(info, await delegations.lend(info.context, asked))


async def end_loan(info: Info, input: EndLoanInput) -> Lent:
    """End a loan early; from now on the borrower decides nothing in the seat."""
    loan = uuid_of(input.delegation_id, "Delegation", "delegationId")
    return await _lent(info, await delegations.end(info.context, loan))


async def replay_lent(info: Info, answer: Any) -> Lent:
    return await _lent(info, await loans.find_loan(info.context, UUID(answer["delegation"])))


async def _lent(info: Info, loan: LoanView) -> Lent:
    return Lent(delegation=await delegation_of(info.context, loan))


async def delegation_of(context: Context, loan: LoanView) -> Delegation:
    living = await context.rulebook(context.viewer.institution)
    kept, lending = loan.delegation, loan.delegation.lending
    kinds = living.vocabulary.kinds
    limit = lending.limit
    return Delegation(
        id=global_id("Delegation", kept.id),
        seat=seat_of(loan.seat, living.vocabulary.roles, context.language),
        lender=person_of(loan.lender),
        borrower=person_of(loan.borrower),
        vacant=kept.vacant,
        begins=kept.span.begins,
        ends=kept.span.ends,
        kinds=None if lending.kinds is None else _kinds(lending.kinds, kinds),
        objects=sorted(lending.objects),
        excepted=_kinds(lending.excepted, kinds),
        limit=DelegationLimit(fact=limit.fact, maximum=limit.maximum) if limit else None,
        document=kept.document,
        reason=kept.reason,
        state=DelegationState(loan.state(context.today)),
        lent_at=kept.lent_at,  # type: ignore[arg-type]
        ended_at=kept.ended_at,
        ended_by=person_of(loan.ended_by) if loan.ended_by else None,
    )


def _kinds(codes: frozenset[str], known: Any) -> list[Any]:
    """In the order of the vocabulary."""
    return [RequestKind(kind) for kind in known if kind in codes]


@strawberry.type
class Query:
    delegations = query(all_delegations, DelegationsResult, permission="delegations.read")


@strawberry.type
class Mutation:
    lend_seat = mutation(lend_seat, LendResult, permission="delegations.lend", replay=replay_lent)
    end_loan = mutation(end_loan, LendResult, permission="delegations.lend", replay=replay_lent)
