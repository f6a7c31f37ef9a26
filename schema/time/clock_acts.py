"""What people do with a running clock, in the API: pause it, resume it, ask for more time."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

import strawberry

from resolvers.time import clock_acts, clock_pages
from schema.ground.errors import Refusal
from schema.ground.fields import Info, mutation
from schema.ground.ids import uuid_of
from schema.time.clocks import Clock, clock_of

KEY = "The same key is answered once."
REASON = "Why; it stays on record."
CLOCK = "The clock."


@strawberry.input
class PauseClockInput:
    """A clock that is to stand still until it is resumed."""

    clock_id: strawberry.ID = strawberry.field(description=CLOCK)
    reason: str = strawberry.field(description=REASON)
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


@strawberry.input
class ResumeClockInput:
    """A clock that is to run on, with the time given back that it stood still."""

    clock_id: strawberry.ID = strawberry.field(description=CLOCK)
    reason: str = strawberry.field(description=REASON)
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


@strawberry.input
class AskExtensionInput:
    """More time: until the end of a day, or by so many of the clock's own units."""

    clock_id: strawberry.ID = strawberry.field(description=CLOCK)
    until: date | None = strawberry.field(default=None, description="Until the end of this day.")
    count: int | None = strawberry.field(default=None, description="So many units more.")
    reason: str = strawberry.field(description=REASON)
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


@strawberry.input
class DecideExtensionInput:
    """The answer to who asked for more time."""

    clock_id: strawberry.ID = strawberry.field(description=CLOCK)
    agree: bool = strawberry.field(description="Whether it is granted.")
    reason: str = strawberry.field(description=REASON)
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


@strawberry.type
class ClockChanged:
    """The clock as it stands now."""

    clock: Clock = strawberry.field(description=CLOCK)


ClockResult = Annotated[ClockChanged | Refusal, strawberry.union("ClockResult")]


async def pause_clock(info: Info, input: PauseClockInput) -> ClockChanged:
    """Let a clock that one answers for stand still."""
    kept = await clock_acts.stand_still(info.context, _clock(input.clock_id), input.reason)
    return await _changed(info, kept)


async def resume_clock(info: Info, input: ResumeClockInput) -> ClockChanged:
    """Let a clock that one answers for run on."""
    kept = await clock_acts.go_on(info.context, _clock(input.clock_id), input.reason)
    return await _changed(info, kept)


async def ask_extension(info: Info, input: AskExtensionInput) -> ClockChanged:
    """Ask the next level for more time."""
    kept = await clock_acts.ask(
        info.context, _clock(input.clock_id), input.until, input.count, input.reason
    )
    return await _changed(info, kept)


async def decide_extension(info: Info, input: DecideExtensionInput) -> ClockChanged:
    """Grant more time or refuse it, to another person; the applicant is told."""
    kept = await clock_acts.answer(
        info.context, _clock(input.clock_id), agree=input.agree, reason=input.reason
    )
    return await _changed(info, kept)


async def replayed(info: Info, answer: Any) -> ClockChanged:
    return await _changed(info, UUID(answer["clock"]))


async def _changed(info: Info, clock_id: UUID) -> ClockChanged:
    return ClockChanged(clock=clock_of(await clock_pages.one(info.context, clock_id), info))


def _clock(given: str) -> UUID:
    return uuid_of(given, "Clock", "clockId")


@strawberry.type
class Mutation:
    pause_clock = mutation(pause_clock, ClockResult, permission="clocks.act", replay=replayed)
    resume_clock = mutation(resume_clock, ClockResult, permission="clocks.act", replay=replayed)
    ask_extension = mutation(ask_extension, ClockResult, permission="clocks.act", replay=replayed)
    decide_extension = mutation(
        decide_extension, ClockResult, permission="clocks.extend", replay=replayed
    )
