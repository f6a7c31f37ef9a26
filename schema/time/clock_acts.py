"""What people do with a running clock, in the API: pause it, resume it, ask for more time."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

import strawberry

from resolvers.time import clock_acts, clock_pages
from schema.ground.acts import act, replayed
from schema.ground.fields import Info
from schema.ground.ids import Id
from schema.time.clocks import Clock, clock_of

ClockId = Annotated[UUID, Id("Clock"), "The clock."]
Said = Annotated[str, "Why; it stays on record."]


@strawberry.type
class ClockChanged:
    """The clock as it stands now."""

    clock: Annotated[Clock, "The clock."]


async def pause_clock(info: Info, clock_id: ClockId, reason: Said) -> None:
    """Let a clock that one answers for stand still."""
    await clock_acts.stand_still(info.context, clock_id, reason)


async def resume_clock(info: Info, clock_id: ClockId, reason: Said) -> None:
    """Let a clock that one answers for run on."""
    await clock_acts.go_on(info.context, clock_id, reason)


async def ask_extension(
    info: Info,
    clock_id: ClockId,
    reason: Said,
    until: Annotated[date | None, "Until the end of this day."] = None,
    count: Annotated[int | None, "So many units more."] = None,
) -> None:
    """Ask the next level for more time."""
    await clock_acts.ask(info.context, clock_id, until, count, reason)


async def decide_extension(
    info: Info, clock_id: ClockId, agree: Annotated[bool, "Whether it is granted."], reason: Said
) -> None:
    """Grant more time or refuse it, to another person; the applicant is told."""
    await clock_acts.answer(info.context, clock_id, agree=agree, reason=reason)


async def _changed(info: Info, clock_id: UUID) -> ClockChanged:
    return ClockChanged(clock=clock_of(await clock_pages.one(info.context, clock_id), info))


ACT: Any = {"permission": "clocks.act", "replay": replayed(_changed, "clock")}
FIELDS = (
    act(pause_clock, result="ClockResult", **ACT),
    act(resume_clock, result="ClockResult", **ACT),
    act(ask_extension, result="ClockResult", **ACT),
    act(decide_extension, result="ClockResult", **{**ACT, "permission": "clocks.extend"}),
)
