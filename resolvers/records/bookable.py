"""Things that a request asks for: whether the viewer may have one, and what stands in the way."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

import asyncpg

from domain import HOLDS, REGISTERS, THINGS
from domain.approval.forms import form_fields
from domain.approval.procedure import Form
from domain.errors import Problem, at_fault, invalid
from domain.office.booking import Booking, bookings, number_of
from domain.records.bookable import Bar, Bookable, Holds, Wish
from domain.records.lines import stands
from domain.records.things import Keeping, Thing
from domain.time.journeys import days_of
from domain.time.moments import Period, office_local
from domain.vocabulary import Act
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.derived import derived, insertion
from resolvers.records.acts import kept_by, may
from resolvers.records.happened import facts_of
from resolvers.records.thing_rows import one
from resolvers.records.things import card_of
from resolvers.requests.procedures import PROCEDURES
from resolvers.requests.words import camel
from resolvers.time.clocks import Subject, happened

BOOKABLE = {each.reference: each for each in THINGS if each.bookable is not None}
BOOKED = statement("""
  select exists (
    select from bookings b
    where b.institution_id = :institution and b.resource_id = :thing and b.standing
      and b.period && tsrange(:begins, :ends))""")
"""Whether a thing is held for somebody then."""

BOOK = insertion(
    bookings,
    """on conflict (institution_id, request_id) do update
       set resource_id = excluded.resource_id, resource_number = excluded.resource_number,
           period = excluded.period, standing = excluded.standing""",
)
RELEASE = statement("""
  update bookings
  set period = tsrange(lower(period), greatest(lower(period), least(upper(period), :at)))
  where institution_id = :institution and request_id = :request""")
HELD_BY = statement("""
  select r.kind, r.applicant_id, r.facts from requests r
  where r.institution_id = :institution and r.id = :request""")


@derived
def _held(holds: Holds) -> str:
    return f"""select h.number from {holds.kind.table.name} h
        where h.institution_id = :institution and h.{holds.column} = :thing
          and h.standing and h.state = any(cast(:states as text[])) limit 1"""


async def must_be_had(context: Context, kind: str, form: Form) -> None:
    """The things that a form names are the office's own, in use, and to be had when it wants them.

    Raises: Refused: one is not, with the clause where one says so.
    """
    for field in form_fields(type(form)):
        thing = BOOKABLE.get(field.refers) if field.refers else None
        key = getattr(form, field.name)
        if thing is None or key is None:
            continue
        books = PROCEDURES[kind].books
        booked = books(form) if books else None
        wish = await wished(context, thing, key, kind, field.name)
        if booked:
            people = getattr(form, "people", None)
            wish = replace(wish, people=people, period=booked.period)
            await _must_be_given(context, thing, wish, form, field.name)
        await must_be_free(context, thing, key, wish, field.name)


async def wished(context: Context, thing: Thing, key: UUID, kind: str, name: str) -> Wish:
    """A thing as it is asked for, by its card.

    Raises: Refused: there is none; another institution's is as good as none.
    """
    row = await context.row(one(thing), id=key)
    if row is None or row["state"] in (Keeping.ENDED, Keeping.LOST):
        raise invalid([Problem("THING_NOT_FOUND", ("input", camel(name)))])
    return await wish_of(context, thing, row, kind)


async def wish_of(context: Context, thing: Thing, row: Mapping[str, Any], kind: str) -> Wish:
    return Wish(card_of(thing, row), kind, None, None, await context.calendar(), context.today)


async def _must_be_given(context: Context, thing: Thing, wish: Wish, form: Form, name: str) -> None:
    """Raises: Refused: no line hands it out to the viewer, for what the form says of itself."""
    verdict = await may(context, thing.name, Act.ISSUE, {**vars(form), **vars(wish.card)})
    if not verdict.allowed:
        told = {thing.named_by: getattr(wish.card, thing.named_by)}
        at = "input", camel(name)
        problem = Problem(bookable_of(thing).withheld, at, verdict.clause, told)
        raise invalid([problem], clause=verdict.clause)


async def must_be_free(context: Context, thing: Thing, key: UUID, wish: Wish, name: str) -> None:
    """Raises: Refused: with everything that stands in the way."""
    found = await bars(context, thing, key, wish)
    if found:
        at = [replace(each, path=("input", camel(name))) for each in found]
        raise invalid(at, clause=next((each.clause for each in found if each.clause), None))


async def bars(context: Context, thing: Thing, key: UUID, wish: Wish) -> list[Problem]:
    """What stands in the way: cases that have it, and the bars that its declaration names."""
    found = []
    for each in HOLDS if wish.period else ():
        if each.code and each.thing is thing:
            number = await context.value(_held(each), thing=key, states=list(each.states))
            named = {thing.named_by: getattr(wish.card, thing.named_by), "number": number}
            found += [Problem(each.code, (), None, named)] if number is not None else []
    living = await context.rulebook()
    for bar in bookable_of(thing).bars:
        clause = kept_by(living, bar.by) if bar.by else None
        laid = (
            await _laid(context, thing, key, wish.period, bar)
            if bar.until and clause
            else frozenset()
        )
        details = None if bar.by and clause is None else bar.found(replace(wish, laid=laid))
        if details is not None:
            named = {thing.named_by: getattr(wish.card, thing.named_by)}
            found.append(Problem(bar.code, (), clause, {**named, **details}))
    return found


async def is_laid_up(context: Context, thing: Thing, key: UUID, asked: Period) -> bool:
    """Whether lines of a register by which it is barred say so of each day of that time."""
    bars = [bar for bar in bookable_of(thing).bars if bar.until]
    laid = [await _laid(context, thing, key, asked, bar) for bar in bars]
    return {*days_of(asked)} <= frozenset().union(*laid)


async def _laid(
    context: Context, thing: Thing, key: UUID, period: Period | None, bar: Bar
) -> frozenset[date]:
    """The days of a wish that lines of the register by which it is barred say of the thing."""
    days = tuple(days_of(period)) if period else ()
    if not days:
        return frozenset()
    spans = await context.rows(_spans(bar, thing), thing=key, first=days[0], last=days[-1])
    return frozenset(day for day in days for span in spans if span["first"] <= day <= span["last"])


@derived
def _spans(bar: Bar, thing: Thing) -> str:
    register = next(each for each in REGISTERS if each.name == bar.by)
    [column] = (each.name for each in register.fields if each.refers == thing.reference)
    return f"""select t.{register.day} as first, t.{bar.until} as last from {register.lines} t
        where t.institution_id = :institution and t.{column} = :thing
          and t.{register.day} <= :last and t.{bar.until} >= :first
          and {stands(register.table, "t")}"""


async def book(
    context: Context, request: UUID | None, booked: Booking, *, standing: bool, name: str
) -> None:
    """Let a request hold a thing for a time, another than before if need be.

    Raises: Refused: somebody else holds it then.
    """
    row = {
        "institution_id": context.viewer.institution,
        "request_id": request,
        "resource_id": booked.resource,
        "resource_number": number_of(booked.resource),
        "period": f"[{booked.period.begins},{booked.period.ends})",
        "standing": standing,
    }
    try:
        await context.rows(BOOK, rows=[row])
    except asyncpg.ExclusionViolationError as taken:
        raise at_fault("ALREADY_BOOKED", "input", camel(name)) from taken


async def released(context: Context, request: UUID | None, at: datetime) -> None:
    """What a request holds is free again from a moment on, and what runs from its end from then."""
    await context.rows(RELEASE, request=request, at=office_local(at))
    if request and (held := await context.row(HELD_BY, request=request)):
        institution = context.viewer.institution
        living = await context.rulebook()
        kind, facts = held["kind"], facts_of(living, held["facts"])
        named = request, institution, kind, request, (), facts
        subject = Subject(*named, applicant=held["applicant_id"])
        await happened(context, [f"{kind}.ends"], subject, at=at, instead_of=request)


def bookable_of(thing: Thing) -> Bookable:
    assert thing.bookable  # noqa: S101  # asked before
    return thing.bookable
