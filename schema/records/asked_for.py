"""What a thing tells of its time: who has it, why it is not to be had, what lapses on its card."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Annotated, Any

import strawberry

from domain import HOLDS
from domain.errors import at_fault
from domain.records.things import Thing
from domain.time.moments import Period, is_near, office_local
from resolvers.records import bookable
from schema.ground.errors import Problem, problem_of
from schema.ground.fields import Info

From = Annotated[datetime | None, strawberry.argument(description="From when on; now.")]
Until = Annotated[datetime | None, strawberry.argument(description="Until when.")]


def asked_for(thing: Thing) -> Iterator[tuple[str, Any, Any]]:
    """The fields of a thing that requests ask for, or on whose card something lapses."""
    for each in HOLDS:
        if each.thing is thing:
            yield each.name, bool, strawberry.field(description=each.label)
    for name, column in thing.lapses.items():
        yield name, bool, _lapsed(column)
    if thing.bookable is None:
        return

    async def booked(
        root: Any, info: Info, from_time: From = None, until_time: Until = None
    ) -> bool:
        asked = _period(info, from_time, until_time)
        of = {"thing": root.id, "begins": asked.begins, "ends": asked.ends}
        return bool(await info.context.value(bookable.BOOKED, **of))

    async def barred(
        root: Any, info: Info, from_time: From = None, until_time: Until = None
    ) -> list[Problem]:
        context = info.context
        wish = await bookable.wish_of(context, thing, vars(root), "")
        wish = replace(wish, period=_period(info, from_time, until_time))
        living = await context.rulebook()
        return [
            problem_of(each, living, context.language)
            for each in await bookable.bars(context, thing, root.id, wish)
        ]

    async def laid(root: Any, info: Info, from_time: From = None, until_time: Until = None) -> bool:
        asked = _period(info, from_time, until_time)
        return await bookable.is_laid_up(info.context, thing, root.id, asked)

    if any(bar.until for bar in thing.bookable.bars):
        told = "Whether its register says that it is laid up for all of those days."
        yield "laid_up", bool, strawberry.field(laid, description=told)
    yield "booked", bool, strawberry.field(booked, description="Whether it is held for somebody.")
    yield "barred", list[Problem], strawberry.field(barred, description="Why it is not to be had.")


def _lapsed(column: str) -> Any:
    def lapsed(root: Any, info: Info) -> bool:
        last: date | None = getattr(root, column)
        return last is not None and last < info.context.today

    return strawberry.field(resolver=lapsed, description="Whether that day is past.")


def _period(info: Info, begins: datetime | None, ends: datetime | None) -> Period:
    """The time that is asked about, in the office's own; now where nothing is said."""
    for name, at in (("fromTime", begins), ("untilTime", ends)):
        if at and not is_near(office_local(at).date(), info.context.today):
            raise at_fault("DATE_TOO_FAR", name)
    first = office_local(begins or info.context.now)
    last = office_local(ends) if ends else first
    if last < first:
        raise at_fault("END_BEFORE_START", "untilTime")
    return Period(first, last)
