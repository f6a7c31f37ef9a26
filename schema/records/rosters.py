"""Rosters in the API: a month's turns, who is on duty, and what is done with a roster."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain import ROSTERS
from domain.records.rosters import Ground, RosterState
from resolvers.records import roster_rows as rows
from resolvers.records import rosters, settling
from schema.ground.acts import acts, replayed
from schema.ground.fields import Info, query
from schema.ground.ids import Id, global_id
from schema.ground.mirrors import enum_of, enum_of_objects
from schema.ground.rows import Words, told
from schema.office.organisation import title_of
from schema.records.actions import ALLOWED, LivingAction, of_register
from schema.rules.clauses import Clause

DOOR = "rosters"
RosterName: Any = enum_of_objects("RosterName", ROSTERS, "The rosters that an office may have.")
State: Any = enum_of(RosterState, "RosterState")
TurnGround: Any = enum_of(Ground, "TurnGround")


@strawberry.type
class RosterTurn:
    """A turn at a post, and who has it."""

    id: Annotated[strawberry.ID, "To let another take it."]
    day: Annotated[date, "Its day; it may end on the next."]
    post: Annotated[str, "The role that whoever has it bears: duty_officer."]
    title: Annotated[str, "What this office calls the post."]
    shift: Annotated[str, "Which shift, as the office's rows name it."]
    begins: Annotated[datetime, "From when."]
    ends: Annotated[datetime, "Until when."]
    person_id: Annotated[strawberry.ID | None, "Who; nobody where none may."]
    person: Annotated[str | None, "Their name."]
    excused: Annotated[bool, "They have leave from it, and nobody took it over."]
    clause: Annotated[Clause, "The clause of the shift."]


@strawberry.type
class UnwrittenLog:
    """A stretch of a turn in which nobody wrote a line of the log."""

    turn: Annotated[RosterTurn, "The turn, and whose it was."]
    since: Annotated[datetime, "From when."]
    until: Annotated[datetime, "Until when; now where it goes on."]


@strawberry.type
class TurnChange:
    """Who took over whose turn of a settled roster."""

    turn_id: Annotated[strawberry.ID, "Which turn."]
    day: Annotated[date, "Its day."]
    from_: str = strawberry.field(name="from", description="Who had it; empty where nobody.")
    to: Annotated[str, "Who has it."]
    ground: Annotated[TurnGround, "On which ground."]
    why: Annotated[str, "What was said of it."]
    by: Annotated[str, "Who noted it."]
    at: Annotated[datetime, "When."]


@strawberry.type
class Roster:
    """Who is on duty in a month."""

    name: strawberry.Private[str]
    id: Annotated[strawberry.ID, "Opaque and global."]
    month: Annotated[date, "Its first day."]
    state: Annotated[State, "Whether it stands."]
    version: Annotated[int, "Grows with every change."]
    drawn_by: Annotated[str, "Who drew it last."]
    drawn_at: Annotated[datetime, "When."]
    settled_by: Annotated[str, "Who settled it; else empty."]
    settled_at: Annotated[datetime | None, "When."]
    why: Annotated[str, "Why nobody is on duty in some turns; else empty."]
    clause: Annotated[Clause | None, "The clause it was drawn or settled by."]
    turns: Annotated[list[RosterTurn], "In the order in which they begin."]
    changes: Annotated[list[TurnChange], "Turns taken over, latest first."]
    allowed_actions: list[LivingAction] = strawberry.field(
        resolver=of_register, description=ALLOWED
    )


@strawberry.type
class RosterKept:
    """The roster is as it was told."""

    roster_id: Annotated[strawberry.ID, "The roster."]
    version: Annotated[int, "Its version now."]


Of = Annotated[RosterName, "Which roster."]
Month = Annotated[date, "The first day of the month."]
At = Annotated[datetime | None, "When; now where absent."]


async def roster(info: Info, of: Of, month: Month) -> Roster | None:
    """A month's turns: a draft for who draws or settles it, a settled roster for the office."""
    context = info.context
    row = await rosters.of_month(context, rosters.BY_NAME[of.value], month)
    if row is None:
        return None
    living = await context.rulebook()
    turns = await context.rows(rows.SLOTS, roster=row["id"])
    changes = await context.rows(rows.CHANGES, roster=row["id"])
    words = Words(living, context.language)
    return told(
        Roster,
        row,
        words,
        name=row["roster"],
        turns=[_turn(words, each) for each in turns],
        changes=[_change(each) for each in changes],
    )


async def at_a_moment(info: Info, at: At = None) -> list[RosterTurn]:
    """Who is on duty, by the settled rosters of the office."""
    context = info.context
    words = Words(await context.rulebook(), context.language)
    return [_turn(words, each) for each in await context.rows(rows.AT, at=at or context.now)]


async def unwritten_log(info: Info, of: Of, from_: date, to: date) -> list[UnwrittenLog]:
    """Where the log of settled turns between two days is blank: without a line for longer than a
    clause allows, or where none says how long, in a whole turn.
    """
    context = info.context
    words = Words(await context.rulebook(), context.language)
    found = await rosters.unwritten_log(context, rosters.BY_NAME[of.value], from_, to)
    return [
        UnwrittenLog(turn=_turn(words, turn), since=since, until=until)
        for turn, since, until in found
    ]


Version = Annotated[int, "The version that was read."]


async def draft_roster(info: Info, of: Of, month: Month) -> None:
    """Draw a month's turns, anew where they were drawn before."""
    await rosters.draft(info.context, rosters.BY_NAME[of.value], month)


async def settle_roster(
    info: Info,
    roster_id: Annotated[UUID, Id("Roster"), "The roster."],
    expected_version: Version,
    request_id: Annotated[
        UUID | None, Id("Request"), "The approved request, where the office's rules ask for one."
    ] = None,
    why: Annotated[str, "Why nobody is on duty in some turns."] = "",
) -> None:
    """Let a drawn roster stand; those on duty are told their days."""
    await settling.settle(info.context, roster_id, expected_version, request_id, why)


async def replace_on_duty(
    info: Info,
    turn_id: Annotated[UUID, Id("RosterTurn"), "The turn."],
    expected_version: Version,
    to_id: Annotated[UUID, Id("Person"), "Who takes it."],
    request_id: Annotated[
        UUID | None, Id("Request"), "The approved request to swap, where it rests on one."
    ] = None,
    why: Annotated[str, "What is to be said of it."] = "",
) -> None:
    """Let another take a turn: of a draft at will, of a settled roster on a ground."""
    await settling.replace(info.context, turn_id, expected_version, to_id, request_id, why)


async def _kept(info: Info, key: UUID) -> RosterKept:
    row = await info.context.row(rows.ONE, id=key)
    return RosterKept(roster_id=global_id("Roster", key), version=row["version"] if row else 0)


def _turn(words: Words, row: Mapping[str, Any]) -> RosterTurn:
    roles = words.living.vocabulary.roles
    return told(RosterTurn, row, words, title=title_of(row["post"], roles, words.language))


def _change(row: Mapping[str, Any]) -> TurnChange:
    turn = global_id("RosterTurn", row["slot_id"])
    return told(TurnChange, row, turn_id=turn, from_=row["from_name"] or "")


ACT: Any = {"permission": DOOR, "result": "RosterResult", "replay": replayed(_kept, "roster")}
FIELDS = (
    query(roster, DOOR),
    query(unwritten_log, DOOR),
    query(at_a_moment, DOOR, name="on_duty"),
    *acts(draft_roster, settle_roster, replace_on_duty, **ACT),
)
