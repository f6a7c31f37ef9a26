"""Seats lent for a time 代理, in the API: lent, ended, listed."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain.vocabulary import code_of
from resolvers.ground.context import Context
from resolvers.office import administering, loans
from resolvers.office.loans import Asked, LoanBox, LoanView
from schema.ground.acts import acts
from schema.ground.connections import TOTAL, Cursors, moment, wants_total
from schema.ground.edges import pages
from schema.ground.errors import Refusal
from schema.ground.fields import Info, query
from schema.ground.ids import Id
from schema.ground.mirrors import enum_from
from schema.ground.rows import told
from schema.ground.scalars import KindCode
from schema.office.administering import ACTS, AdministrativeAct, waiting
from schema.office.organisation import Person, Seat, person_of, seat_of
from schema.requests.kinds import RequestKind, kind_asked, kind_named, kind_told

DelegationBox: Any = enum_from(
    "DelegationBox",
    {
        "LENT": ("lent", "Lent by the viewer."),
        "BORROWED": ("borrowed", "Lent to the viewer."),
        "ALL": ("all", "Of the whole institution."),
    },
    "Whose loans.",
)
DelegationState: Any = enum_from(
    "DelegationState",
    {
        "PLANNED": ("planned", "未开始: its first day is to come."),
        "RUNNING": ("running", "代理中: it counts today."),
        "ENDED": ("ended", "已结束: its last day is over, or it was ended."),
    },
    "Whether a loan counts.",
)


@strawberry.type
class DelegationLimit:
    """Up to how much a loan covers."""

    fact: Annotated[str, "The fact that is limited: amount, days."]
    maximum: Annotated[Decimal, "The most that is covered, itself included."]


@strawberry.type
class Delegation:
    """A seat lent to another person for a time, by a document. It lends turns, no permissions."""

    id: Annotated[strawberry.ID, "Opaque; `endLoan` takes it."]
    seat: Annotated[Seat, "The seat that is lent."]
    lender: Annotated[Person, "Who lent it; for a vacant seat the administrator."]
    borrower: Annotated[Person, "Who acts in it."]
    vacant: Annotated[bool, "Whether it was lent because nobody held it."]
    begins: Annotated[date, "The first day."]
    ends: Annotated[date, "The last day."]
    kinds: Annotated[
        list[RequestKind] | None, "The kinds that are lent; null is all but those excepted."
    ]
    kind_codes: Annotated[
        list[KindCode] | None, "The same by their codes, which tell the office's own apart."
    ]
    objects: Annotated[
        list[str], "What else is lent by name: vehicle.refuelling, petition …, with its secrets."
    ]
    excepted: Annotated[list[RequestKind], "Kinds that a clause keeps with the holder of the seat."]
    excepted_codes: Annotated[list[KindCode], "The same by their codes."]
    limit: Annotated[DelegationLimit | None, "Up to how much."]
    document: Annotated[str, "By which it was ordered."]
    reason: Annotated[str, "Why."]
    state: Annotated[DelegationState, "Whether it counts today."]
    lent_at: Annotated[datetime, "When it was entered."]
    ended_at: Annotated[datetime | None, "When it was ended early."]
    ended_by: Annotated[Person | None, "Who ended it early."]


PAGES = pages(
    "Delegation",
    Delegation,
    Cursors("delegations", (moment, UUID)),
    ("A loan in a page.", "The loan.", "A page of loans, the newest first."),
    total_count=TOTAL,
)


@strawberry.input
class DelegationLimitInput:
    """Up to how much a loan covers; a request that does not state the fact is not covered."""

    fact: Annotated[str, "A numeric fact: amount, days."]
    maximum: Annotated[Decimal, "The most that is covered, itself included."]


@strawberry.type
class Lent:
    """The loan as it stands."""

    delegation: Annotated[
        Delegation | None, "The loan; null where a second person has to agree before there is one."
    ]
    waits: Annotated[
        AdministrativeAct | None, "The act, where a second person has to confirm it first."
    ]


PAGE: Any = PAGES.connection | Refusal
DelegationsResult = Annotated[PAGE, strawberry.union("DelegationsResult")]


async def all_delegations(
    info: Info,
    box: DelegationBox | None = None,
    active: bool | None = None,
    seat: Annotated[UUID | None, Id("Seat")] = None,
    first: int | None = 50,
    after: str | None = None,
) -> Any:
    """Loans of seats, the newest first: those that the viewer lent, when no box is named."""
    context = info.context
    chosen = LoanBox(box.value) if box else LoanBox.LENT
    asked, page = (chosen, seat, active), PAGES.page(first, after)
    found = await loans.loans(context, *asked, page)
    total = await loans.count(context, *asked) if wants_total(info) else 0
    return await PAGES.told(info, page, found, partial(delegation_of, context), total_count=total)


async def lend_seat(
    info: Info,
    seat_id: Annotated[UUID, Id("Seat"), "The seat."],
    to_person_id: Annotated[UUID, Id("Person"), "A colleague who does not hold it."],
    begins: Annotated[date, "The first day; today at the earliest."],
    ends: Annotated[date, "The last day; a year later at most."],
    document: Annotated[str, "The document that orders it: number and name."],
    kinds: Annotated[
        list[RequestKind] | None, "For these kinds alone; all when absent, none when empty."
    ] = None,
    objects: Annotated[
        list[str] | None,
        "For these as well, by their codes; what is secret of one is lent only so.",
    ] = None,
    limit: Annotated[
        DelegationLimitInput | None, "Up to how much; without bounds when absent."
    ] = None,
    reason: Annotated[str, "Why."] = "",
    kind_codes: Annotated[
        list[KindCode] | None, "For these as well, by their codes: the office's own."
    ] = None,
) -> Lent:
    """Lend a seat for a time; what already waits for it is the borrower's to decide at once."""
    asked = Asked(
        id=info.context.services.new_id(),
        seat=seat_id,
        borrower=to_person_id,
        begins=begins,
        ends=ends,
        document=document,
        reason=reason,
        kinds=await _asked(info, kinds, kind_codes),
        objects=objects or (),
        limit=(limit.fact, limit.maximum) if limit else None,
    )
    return await _administered(info, "lend", asked.as_json())


async def _asked(
    info: Info, kinds: list[Any] | None, codes: list[KindCode] | None
) -> list[str] | None:
    """The kinds that are to be lent; none where all are.

    Raises: Refused: one is unknown, or OWN does not say which.
    """
    if kinds is None and codes is None:
        return None
    words = (await info.context.rulebook()).vocabulary
    named = [kind_named(words, each, "input", "kindCodes") for each in codes or ()]
    kinds = [each for each in kinds or () if not (named and each is RequestKind.OWN)]
    return [*named, *(kind_asked(words, each, None, "input") for each in kinds)]


async def end_loan(
    info: Info, delegation_id: Annotated[UUID, Id("Delegation"), "The loan."]
) -> Lent:
    """End a loan early; from now on the borrower decides nothing in the seat."""
    return await _administered(info, "end_loan", {"loan": str(delegation_id)})


async def _administered(info: Info, name: str, given: Mapping[str, Any]) -> Lent:
    done = await administering.administer(info.context, name, ACTS[name], given)
    return await _lent(info, done.answer)


async def _lent(info: Info, answer: Mapping[str, Any]) -> Lent:
    """The loan, or what waits until there is one."""
    waits, loan = await waiting(info, answer), None
    # The end of a loan waits beside the loan; a loan that waits is none yet.
    if waits is None or info.field_name == "endLoan":
        found = await loans.find_loan(info.context, UUID(answer["delegation"]))
        loan = await delegation_of(info.context, found)
    return Lent(delegation=loan, waits=waits)


async def delegation_of(context: Context, loan: LoanView) -> Delegation:
    living = await context.rulebook()
    kept, lending = loan.delegation, loan.delegation.lending
    kinds = living.vocabulary.kinds
    limit = lending.limit
    return told(
        Delegation,
        kept,
        seat=seat_of(loan.seat, living.vocabulary.roles, context.language),
        lender=person_of(loan.lender),
        borrower=person_of(loan.borrower),
        begins=kept.span.begins,
        ends=kept.span.ends,
        kinds=None if lending.kinds is None else _kinds(lending.kinds, kinds),
        objects=sorted(lending.objects),
        kind_codes=None if lending.kinds is None else _codes(lending.kinds),
        excepted=_kinds(lending.excepted, kinds),
        excepted_codes=_codes(lending.excepted),
        limit=DelegationLimit(fact=limit.fact, maximum=limit.maximum) if limit else None,
        state=DelegationState(loan.state(context.today)),
        ended_by=person_of(loan.ended_by) if loan.ended_by else None,
    )


def _kinds(codes: frozenset[str], known: Any) -> list[Any]:
    """In the order of the vocabulary."""
    return [*dict.fromkeys(kind_told(kind)["kind"] for kind in known if kind in codes)]


def _codes(kinds: frozenset[str]) -> list[KindCode]:
    return sorted(KindCode(code_of(kind)) for kind in kinds)


LEND: Any = {"permission": "delegations.lend", "result": "LendResult", "replay": _lent}
FIELDS = (
    query(all_delegations, "delegations.read", DelegationsResult, name="delegations"),
    *acts(lend_seat, end_loan, **LEND),
)
