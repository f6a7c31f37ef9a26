"""Lending a seat and ending a loan: checked under the institution's lock, told and recorded."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from domain.errors import Problem, Refused, at_fault, invalid
from domain.office.delegation import Delegation, Lending, Limit, Span, circle, clash, wrong_with
from domain.office.notices import Notice
from domain.office.organisation import Seat
from domain.office.posts import Appointment, first_day_missing
from domain.shapes.verbs import Verb, forbidden
from domain.values.names import Names, canonical
from domain.vocabulary import FactType
from resolvers.ground.context import Context
from resolvers.ground.notices import announce
from resolvers.office import appointments, loans
from resolvers.office.administering import APART
from resolvers.office.appointments import Colleague
from resolvers.office.loans import Asked, LoanView, unnamed
from resolvers.office.outcomes import Outcome, Said, sentence
from resolvers.office.own_matters import must_be_anothers
from resolvers.requests.lending import not_to_be_lent
from resolvers.rules.rulebooks import LivingRulebook

NUMBERS = (FactType.DECIMAL, FactType.INT)


async def lend(context: Context, given: Mapping[str, Any], by: UUID) -> Outcome:
    """Lend a seat that whoever asks holds, or a vacant one where they manage posts.

    A vacant one takes a second person.

    Raises: Refused: with everything that stands against it; nothing is stored.
    """
    asked = Asked.read(given)
    seat = await appointments.seat(context, asked.seat, "seatId")
    borrower = await appointments.colleague(context, asked.borrower, "toPersonId")
    if problems := [*wrong_with(asked.begins, asked.ends, context.today), *unnamed(asked)]:
        raise invalid(problems)
    span = Span(asked.begins, asked.ends)
    held = await appointments.of_seats(context, [seat.id])
    vacant = _lent_as_vacant(context, seat, span, held, by)
    _must_be_another(by, borrower, span, held)
    await _must_be_apart(context, seat, borrower, span)
    if vacant:
        await must_be_anothers(context, [seat.id], by, "seatId")
    loan = Delegation(
        id=asked.id,
        seat=seat.id,
        lender=by,
        borrower=borrower.id,
        span=span,
        lending=await _lending(context, seat, asked),
        vacant=vacant,
        document=canonical(Names.DOCUMENT, asked.document),
        reason=asked.reason.strip(),
        lent_at=context.now,
    )
    _must_not_collide(loan, borrower, await loans.standing(context, span))
    await context.rows(loans.STORE, rows=[loans.loan_row(seat.institution, loan)])
    view = await loans.find_loan(context, loan.id, loan.lender)
    await _tell(context, view, ("SEAT_LENT_TO_YOU", borrower.id), ("SEAT_LENT", loan.lender))
    await _record(context, "seat_lent", loan.id, _content(loan), by)
    return Outcome(_said(await context.rulebook(), view), vacant, {"delegation": str(loan.id)})


async def end(context: Context, given: Mapping[str, Any], by: UUID) -> Outcome:
    """End a loan early; it stops counting at once. Another's loan takes a second person.

    Raises: Refused: it has ended, or is another's to end.
    """
    loan = UUID(given["loan"])
    found = await loans.find_loan(context, loan, by)
    others = by != found.lender.id
    if by == context.viewer.person.id and others and not loans.manages_posts(context):
        raise Refused("NOT_YOUR_LOAN")
    if found.state(context.today) == "ended":
        raise Refused("LOAN_OVER")
    if others:
        await must_be_anothers(context, [found.seat.id], by, "delegationId")
    await stop(context, found)
    await _record(context, "loan_ended", loan, {"seat": found.seat.id}, by)
    said = _said(await context.rulebook(), found, "SAID_LOAN_ENDED")
    return Outcome(said, others, {"delegation": str(loan)})


async def stop(context: Context, loan: LoanView, last_day: date | None = None) -> None:
    """End a loan now, or after a last day that is still to come; both sides are told."""
    today = context.today
    if last_day is not None and last_day >= max(today, loan.delegation.span.begins):
        await context.rows(loans.SHORTEN, id=loan.delegation.id, last_day=last_day)
    else:
        await context.rows(
            loans.END, id=loan.delegation.id, now=context.now, person=context.viewer.person.id
        )
    told = (("LOAN_ENDED", loan.borrower.id), ("LOAN_ENDED", loan.lender.id))
    await _tell(context, loan, *told)


def _lent_as_vacant(
    context: Context, seat: Seat, span: Span, held: Sequence[Appointment], me: UUID
) -> bool:
    """Whether the seat is lent because nobody holds it; else whoever asks must hold it.

    Raises: Refused: the seat is not theirs to lend on these days.
    """
    own = [each for each in held if each.person == me]
    missing = first_day_missing(own, me, span)
    if missing is None:
        return False
    if any(each.holds_on(span.begins) for each in own):
        raise at_fault("LOAN_OUTLASTS_POST", "input", "ends", until=_day_before(missing))
    if coming := [each.begins for each in own if each.begins > span.begins]:
        raise at_fault("POST_NOT_BEGUN", "input", "begins", begins=min(coming))
    if me == context.viewer.person.id:
        if any(each.seat == seat.id for each in context.viewer.borrowed):
            raise at_fault("BORROWED_SEAT", "input", "seatId")
        if not loans.manages_posts(context):
            raise at_fault("NOT_YOUR_SEAT", "input", "seatId")
    if any(each.touches(span) for each in held):
        raise at_fault("SEAT_IS_HELD", "input", "seatId")
    return True


def _day_before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)


def _must_be_another(
    me: UUID, borrower: Colleague, span: Span, held: Sequence[Appointment]
) -> None:
    if borrower.id == me:
        raise at_fault("LENT_TO_ONESELF", "input", "toPersonId")
    borrower.must_stay_until(span.ends, "toPersonId")
    if any(each.person == borrower.id and each.touches(span) for each in held):
        raise at_fault("HOLDS_IT_ALREADY", "input", "toPersonId", name=borrower.name)


async def _must_be_apart(context: Context, seat: Seat, borrower: Colleague, span: Span) -> None:
    """Raises: Refused: the borrower is an administrator of another kind then."""
    if seat.role not in APART:
        return
    held = [e.seat for e in await appointments.of_person(context, borrower.id) if e.touches(span)]
    roles = {each.role for each in (await appointments.seats(context, held)).values()}
    lent = await loans.standing(context, span)
    roles |= {each.seat.role for each in lent if each.borrower.id == borrower.id}
    if others := roles & APART - {seat.role}:
        details = {"name": borrower.name, "role": seat.role, "instead_of": min(others)}
        raise at_fault("ADMINISTRATORS_APART", "input", "toPersonId", **details)


async def _lending(context: Context, seat: Seat, asked: Asked) -> Lending:
    """What is lent: the kinds that are named, or all but those that a clause keeps.

    Raises: Refused: NOT_TO_BE_LENT with the clause, an empty list, or a limit that fits nothing.
    """
    living = await context.rulebook()
    kept = await not_to_be_lent(context, seat.role)
    objects = _objects(living, asked.objects)
    if asked.kinds is None:
        return Lending(None, frozenset(kept), _limit(living, asked), objects)
    if not asked.kinds and not objects:
        raise at_fault("NO_KINDS_LENT", "input", "kinds")
    problems = [
        Problem(
            "NOT_TO_BE_LENT",
            ("input", "kinds"),
            kept[kind].clause,
            {"kind": living.vocabulary.kinds[kind].label},
        )
        for kind in asked.kinds
        if kind in kept
    ]
    if problems:
        raise invalid(problems, clause=problems[0].clause)
    return Lending(frozenset(asked.kinds), frozenset(), _limit(living, asked), objects)


def _objects(living: LivingRulebook, named: Sequence[str]) -> frozenset[str]:
    """The objects that are named, unless there is none or a clause keeps it with its holder."""
    known, rows = living.vocabulary.objects, living.shapes.verbs
    for code in named:
        if code not in known:
            raise at_fault("UNKNOWN_OBJECT", "input", "objects", object=code[:63])
        row = forbidden(rows, Verb.DELEGATION, code, known[code].area)
        if row is not None:
            label = known[code].label
            raise at_fault("NOT_TO_BE_LENT", "input", "objects", clause=row.clause, kind=label)
    return frozenset(named)


def _limit(living: LivingRulebook, asked: Asked) -> Limit | None:
    if asked.limit is None:
        return None
    fact, maximum = asked.limit
    known = living.vocabulary.facts.get(fact)
    if known is None or known.type not in NUMBERS:
        raise at_fault("LIMIT_NOT_NUMERIC", "input", "limit", "fact")
    if problem := known.bounds.problem(maximum, "input", "limit", "maximum"):
        raise invalid([problem])
    for kind in asked.kinds or ():
        if fact not in living.vocabulary.kinds[kind].facts:
            label = living.vocabulary.kinds[kind].label
            raise at_fault("LIMIT_NOT_OF_KIND", "input", "limit", "fact", kind=label)
    return Limit(fact, maximum)


def _must_not_collide(loan: Delegation, borrower: Colleague, known: Sequence[LoanView]) -> None:
    others = [each.delegation for each in known]
    if other := clash(loan, others):
        raise at_fault("LOAN_OVERLAPS", "input", "seatId", document=other.document)
    if circle(loan, others):
        raise at_fault("LOAN_CIRCLE", "input", "toPersonId", name=borrower.name)


async def _tell(context: Context, loan: LoanView, *told: tuple[str, UUID]) -> None:
    delegation = loan.delegation
    details = {
        "role": loan.seat.role,
        "unit": loan.seat.unit,
        "lender": loan.lender.name,
        "borrower": loan.borrower.name,
        "begins": delegation.span.begins.isoformat(),
        "ends": delegation.span.ends.isoformat(),
        "document": delegation.document,
    }
    institution = loan.seat.institution
    notices = [Notice(code, to, institution, details, subject=delegation.id) for code, to in told]
    await announce(context, *notices)


async def _record(
    context: Context, event: str, loan: UUID, content: Mapping[str, Any], by: UUID
) -> None:
    me = context.viewer.person
    who = {"person": me.id, "name": me.name, "asked_by": by}
    await context.record(event, {"delegation": loan, **content, **who})


def _said(living: LivingRulebook, loan: LoanView, code: str = "SAID_SEAT_LENT") -> Said:
    span = loan.delegation.span
    details = {"role": loan.seat.role, "unit": loan.seat.unit, "whom": loan.borrower.name}
    return sentence(
        living, code, {**details, "begins": span.begins.isoformat(), "ends": span.ends.isoformat()}
    )


def _content(loan: Delegation) -> dict[str, Any]:
    row = loans.loan_row("", loan)
    kept = ("seat_id", "borrower_id", "vacant", "begins", "ends", "kinds", "excepted", "objects")
    more = ("limit_fact", "limit_maximum", "document", "reason")
    return {name: row[name] for name in (*kept, *more)}
