"""Running clocks in the API: what is due, who answers for it, and what people do with one."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain.office.organisation import Holder
from domain.shapes import clocks as shapes
from domain.shapes import running
from resolvers.ground.batches import batched
from resolvers.requests.request_rows import ShownRequest
from resolvers.time import clock_acts, clock_pages
from resolvers.time.clock_pages import Filter, Shown
from schema.ground.acts import act, acts, replayed, within
from schema.ground.connections import TOTAL, Cursors, moment, wants_total
from schema.ground.edges import pages, shown
from schema.ground.fields import Info, is_after_write, query
from schema.ground.ids import Id, global_id
from schema.ground.mirrors import enum_of
from schema.ground.rows import Words, told
from schema.office.organisation import Person, Seat, person_of, seat_of
from schema.rules.clauses import Clause

SUBJECTS = frozenset({"Request", "Case", "Subject"})
ClockState: Any = enum_of(running.State, "ClockState")
OnExpiry: Any = enum_of(shapes.OnExpiry)


@strawberry.type
class ClockChange:
    """Something that happened to a clock."""

    what: Annotated[str, "started, warned, paused, resumed, extension_asked, extended, expired …"]
    at: Annotated[datetime, "When."]
    by: Annotated[Person | None, "Who did it; null for the clockwork."]
    approved_by: Annotated[Person | None, "Who approved it."]
    reason: Annotated[str | None, "What was said with it."]
    due_at: Annotated[datetime, "When the clock was due after it."]


@strawberry.type
class ExtensionAsked:
    """More time that was asked for and waits for its answer."""

    by: Annotated[Person, "Who asks."]
    at: Annotated[datetime, "When it was asked."]
    until: Annotated[date | None, "Until the end of this day."]
    count: Annotated[int | None, "Or by so many of the clock's units."]
    reason: Annotated[str, "Why."]


@strawberry.type
class Clock:
    """A deadline that runs, or has run: by which clause, for what, and until when."""

    id: Annotated[strawberry.ID, "Opaque; `pauseClock` takes it."]
    clause: Annotated[Clause, "The clause that sets it."]
    action: Annotated[str, "What is owed, in the office's words."]
    subject_kind: Annotated[str, "What it runs for: complaint.case …"]
    subject_id: Annotated[strawberry.ID, "The request or case it runs for."]
    request_id: Annotated[strawberry.ID | None, "The request, if it is one."]
    responsible: Annotated[list[Seat], "Who answers for it and is warned."]
    state: Annotated[ClockState, "How it stands."]
    started_at: Annotated[datetime, "When it was started."]
    due_at: Annotated[datetime, "When it is due, counted to the second."]
    not_before: Annotated[datetime | None, "Not to be done earlier."]
    provisional: Annotated[bool, "Whether holidays that are not announced yet may move it."]
    warn_at: Annotated[datetime | None, "When those responsible are warned."]
    warned_at: Annotated[datetime | None, "When they were."]
    paused_at: Annotated[datetime | None, "Since when it stands still."]
    extended_until: Annotated[datetime | None, "Until when it was extended."]
    ended_at: Annotated[datetime | None, "When it ended."]
    done_at: Annotated[datetime | None, "When what it owes was done; of an expired one, belatedly."]
    on_expiry: Annotated[OnExpiry | None, "What running out brings about."]
    consequence: Annotated[str, "What the clause says of that."]
    extension_asked: Annotated[ExtensionAsked | None, "More time asked for."]
    changes: Annotated[list[ClockChange], "Its history, oldest first."]


PAGES = pages(
    "Clock",
    Clock,
    Cursors("clocks", (moment, UUID)),
    ("A clock in a page.", "The clock.", "A page of clocks, what is due first coming first."),
    total_count=TOTAL,
)


async def clocks(
    info: Info,
    state: Annotated[ClockState | None, "In this state alone."] = None,
    mine: Annotated[bool, "Those alone that the viewer answers for."] = False,
    subject: Annotated[
        tuple[str, UUID] | None, Id(*SUBJECTS), "Of this request or case alone."
    ] = None,
    first: int | None = 50,
    after: str | None = None,
) -> Any:
    """Clocks in sight: one's own, those of requests that one may see, and those whose end one is
    told of; leaders see them all.
    """
    wanted = Filter(
        state=running.State(state).value if state else None,
        mine=mine,
        subject=subject[1] if subject else None,
    )
    page = PAGES.page(first, after)
    found = await clock_pages.clocks(info.context, wanted, page)
    total = await clock_pages.count(info.context, wanted) if wants_total(info) else 0
    return await PAGES.told(info, page, found, partial(clock_of, info=info), total_count=total)


async def clocks_of(root: ShownRequest, info: Info) -> list[Clock | None]:
    """The clocks of a request; null for one that cannot be shown."""
    key = root.institution, root.id
    found = await batched(
        info.context, clock_pages.of_requests, key, after_write=is_after_write(info)
    )
    return [
        await shown("clocks", each, lambda clock: clock_of(clock, info)) for each in found or ()
    ]


def clock_of(kept: Shown, info: Info) -> Clock:
    row, language = kept.row, info.context.language
    roles = kept.living.vocabulary.roles
    brings, asked = row["expires"].partition(" ")[0], row["asked"]
    return told(
        Clock,
        row,
        Words(kept.living, language),
        subject_id=global_id("Request" if row["request_id"] else "Subject", row["subject_id"]),
        responsible=[seat_of(seat, roles, language) for seat in kept.seats],
        on_expiry=shapes.OnExpiry(brings) if brings else None,
        consequence=row["expiry"],
        extension_asked=_asked(asked) if asked else None,
        changes=[_change(each) for each in row["changes"]],
    )


def _asked(asked: Mapping[str, Any]) -> ExtensionAsked:
    until = date.fromisoformat(asked["until"]) if asked["until"] else None
    return told(ExtensionAsked, asked, by=_person(asked["by"], asked["name"]), until=until)


def _change(stored: Mapping[str, Any]) -> ClockChange:
    return told(
        ClockChange,
        stored,
        by=_person(stored["person_id"], stored["person_name"]),
        approved_by=_person(stored["approved_by"], stored["approved_by_name"]),
    )


def _person(key: str | None, name: str | None) -> Person | None:
    return person_of(Holder(UUID(key), name or "", "")) if key else None


ClockId = Annotated[UUID, Id("Clock"), "The clock."]
Said = Annotated[str, "Why; it stays on record."]


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


async def _now(info: Info, clock_id: UUID) -> Clock:
    return clock_of(await clock_pages.one(info.context, clock_id), info)


CHANGED = within(_now, "ClockChanged", "The clock as it stands now.", clock="The clock.")
ACT: Any = {
    "permission": "clocks.act",
    "result": "ClockResult",
    "replay": replayed(CHANGED, "clock"),
}


FIELDS = (
    query(clocks, "clocks.read", PAGES.connection),
    *acts(pause_clock, resume_clock, ask_extension, **ACT),
    act(decide_extension, **{**ACT, "permission": "clocks.extend"}),
)
