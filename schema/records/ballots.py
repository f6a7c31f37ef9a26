"""Secret ballots and what resolutions leave to be done, in the API."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain import SITTINGS
from domain.records import ballots as words
from resolvers.records import ballots, followups
from schema.ground.acts import Reason, act, acts, replayed, within
from schema.ground.edges import in_place
from schema.ground.fields import Info, query
from schema.ground.ids import Id, global_id
from schema.ground.mirrors import enum_of
from schema.ground.rows import told
from schema.records.sitting_acts import ITEM, keeps

enum_of(words.Choice, "BallotChoice")


@strawberry.type
class OpenBallot:
    """A secret ballot that is open to the viewer."""

    id: Annotated[strawberry.ID, "The item; `castBallot` takes it."]
    title: Annotated[str, "What is voted on."]
    body: Annotated[str, "The role code of the body."]
    sitting: Annotated[str, "The number of its sitting."]
    voted: Annotated[bool, "Whether the viewer has voted."]


@strawberry.type
class BallotCast:
    """The vote is in the sum, and nothing says how it was cast."""

    ballot: Annotated[OpenBallot | None, "The ballot; null in a repeated answer once it is closed."]


@strawberry.type
class SittingTask:
    """What a resolution left to be done."""

    id: Annotated[strawberry.ID, "`finishSittingTask` takes it."]
    task: Annotated[str, "What is to be done."]
    item: Annotated[str, "What was resolved."]
    body: Annotated[str, "The role code of the body."]
    sitting: Annotated[str, "The number of its sitting."]
    responsible: Annotated[str, "Who sees to it."]
    due_on: Annotated[date, "Until when."]
    overdue: Annotated[bool, "Whether the day is over and it is not done."]
    assigned_by: Annotated[str, "Who assigned it."]
    assigned_at: Annotated[datetime, "When."]
    report: Annotated[str | None, "What came of it; null before."]
    done_by: Annotated[str | None, "Who said so."]
    done_at: Annotated[datetime | None, "When it was done."]


async def open_ballots(info: Info) -> list[OpenBallot]:
    """The secret ballots that are open to the viewer."""
    return [_ballot(each) for each in await ballots.mine(info.context)]


async def sitting_tasks(
    info: Info,
    body: Annotated[str | None, "Of this body; the viewer's own if absent."] = None,
    overdue: Annotated[bool, "Those that are overdue alone."] = False,
) -> list[SittingTask | None]:
    """What resolutions left to be done, what is open first; null for one not to be shown."""
    found = await followups.tasks(info.context, SITTINGS[0].code, body, overdue=overdue)
    return [await in_place("tasks", each, partial(_task, info)) for each in found]


Item = Annotated[UUID, Id("SittingItem"), ITEM]


async def open_ballot(info: Info, item_id: Item) -> None:
    """Open a secret ballot to those who came; the count is told when it is closed."""
    await ballots.open_ballot(info.context, item_id)


async def cast_ballot(
    info: Info, item_id: Item, choice: Annotated[words.Choice, "Kept nowhere but in the sum."]
) -> BallotCast:
    """Cast one's vote; for no choice is kept, a repeated key is answered alike whatever it says."""
    return BallotCast(ballot=_ballot(await ballots.cast_ballot(info.context, item_id, choice)))


async def close_ballot(info: Info, item_id: Item) -> None:
    """Close a secret ballot; `recordVote` then takes its count."""
    await ballots.close_ballot(info.context, item_id)


async def call_off_ballot(info: Info, item_id: Item, reason: Reason) -> None:
    """End a secret ballot uncounted; another may be opened."""
    await ballots.call_off_ballot(info.context, item_id, reason)


async def assign_sitting_task(
    info: Info,
    item_id: Item,
    task: Annotated[str, "What is to be done."],
    responsible_id: Annotated[UUID, Id("Person"), "Who sees to it."],
    due_on: Annotated[date, "Until when."],
) -> None:
    """Leave something to somebody, as an item that was carried demands."""
    await followups.assign(info.context, item_id, task, responsible_id, due_on)


async def finish_sitting_task(
    info: Info,
    task_id: Annotated[UUID, Id("SittingTask"), "The task."],
    report: Annotated[str, "What came of it."],
) -> None:
    """Say that a task is done, as who was to do it or as who keeps the body's sittings."""
    await followups.finish(info.context, task_id, report)


async def report_sitting_task_delay(
    info: Info,
    task_id: Annotated[UUID, Id("SittingTask"), "The task."],
    report: Annotated[str, "Why, and until when it will be done."],
) -> None:
    """Report beforehand that a task will not be done in time: it stays to be done."""
    await followups.delay(info.context, task_id, report)


async def _kept(info: Info, task_id: UUID) -> SittingTask:
    return _task(info, await followups.task_of(info.context, task_id))


async def replay_cast(info: Info, answer: Any) -> BallotCast:
    found = await ballots.mine(info.context)
    ballot = next((each for each in found if each["id"] == UUID(answer["item"])), None)
    return BallotCast(ballot=_ballot(ballot) if ballot else None)


def _ballot(ballot: Mapping[str, Any]) -> OpenBallot:
    key = global_id("SittingItem", ballot["id"])
    return told(OpenBallot, ballot, id=key, sitting=ballot["number"])


def _task(info: Info, task: Mapping[str, Any]) -> SittingTask:
    late = task["done_at"] is None and task["due_on"] < info.context.today
    return told(SittingTask, task, item=task["title"], sitting=task["number"], overdue=late)


KEPT = within(
    _kept, "SittingTaskKept", "The task as the act left it.", task="With its report, once done."
)
FOLLOWED: Any = {
    "permission": "sittings",
    "result": "SittingTaskResult",
    "replay": replayed(KEPT, "task"),
}
FIELDS = (
    query(open_ballots, "sittings"),
    query(sitting_tasks, "sittings"),
    keeps(open_ballot),
    act(cast_ballot, "sittings", "BallotResult", replay=replay_cast, unkept=("choice",)),
    keeps(close_ballot),
    keeps(call_off_ballot),
    *acts(assign_sitting_task, finish_sitting_task, **FOLLOWED),
    act(report_sitting_task_delay, **FOLLOWED),
)
