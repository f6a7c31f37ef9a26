"""Secret ballots and what resolutions leave to be done, in the API."""

from datetime import date, datetime
from functools import partial
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain import SITTINGS
from domain.records import ballots as words
from resolvers.records import ballots, followups
from schema.ground.edges import in_place
from schema.ground.errors import Refusal
from schema.ground.fields import Info, mutation, query
from schema.ground.ids import global_id, uuid_of
from schema.records.sitting_acts import ITEM, KEY, SittingKept, keeps, kept

BallotChoice: Any = strawberry.enum(
    words.Choice, name="BallotChoice", description="How one votes; nothing keeps who did."
)


@strawberry.type
class OpenBallot:
    """A secret ballot that is open to the viewer."""

    id: strawberry.ID = strawberry.field(description="The item; `castBallot` takes it.")
    title: str = strawberry.field(description="What is voted on.")
    body: str = strawberry.field(description="The role code of the body.")
    sitting: str = strawberry.field(description="The number of its sitting.")
    voted: bool = strawberry.field(description="Whether the viewer has voted.")


@strawberry.type
class BallotCast:
    """The vote is in the sum, and nothing says how it was cast."""

    ballot: OpenBallot | None = strawberry.field(
        description="The ballot; null in a repeated answer once it is closed."
    )


@strawberry.type
class SittingTask:
    """What a resolution left to be done."""

    id: strawberry.ID = strawberry.field(description="`finishSittingTask` takes it.")
    task: str = strawberry.field(description="What is to be done.")
    item: str = strawberry.field(description="What was resolved.")
    body: str = strawberry.field(description="The role code of the body.")
    sitting: str = strawberry.field(description="The number of its sitting.")
    responsible: str = strawberry.field(description="Who sees to it.")
    due_on: date = strawberry.field(description="Until when.")
    overdue: bool = strawberry.field(description="Whether the day is over and it is not done.")
    assigned_by: str = strawberry.field(description="Who assigned it.")
    assigned_at: datetime = strawberry.field(description="When.")
    report: str | None = strawberry.field(description="What came of it; null before.")
    done_by: str | None = strawberry.field(description="Who said so.")
    done_at: datetime | None = strawberry.field(description="When it was done.")


@strawberry.type
class SittingTaskKept:
    """The task as the act left it."""

    task: SittingTask = strawberry.field(description="With its report, once done.")


BallotResult = Annotated[BallotCast | Refusal, strawberry.union("BallotResult")]
SittingTaskResult = Annotated[SittingTaskKept | Refusal, strawberry.union("SittingTaskResult")]


@strawberry.input
class OpenBallotInput:
    """A secret ballot to open to those recorded as come."""

    item_id: strawberry.ID = strawberry.field(description=ITEM)
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


@strawberry.input
class CastBallotInput:
    """One's own vote."""

    item_id: strawberry.ID = strawberry.field(description=ITEM)
    choice: BallotChoice = strawberry.field(description="Kept nowhere but in the sum.")
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


@strawberry.input
class CloseBallotInput:
    """The end of a secret ballot."""

    item_id: strawberry.ID = strawberry.field(description=ITEM)
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


@strawberry.input
class CallOffBallotInput:
    """A secret ballot that is not to be counted."""

    item_id: strawberry.ID = strawberry.field(description=ITEM)
    reason: str = strawberry.field(description="Why.")
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


@strawberry.input
class AssignSittingTaskInput:
    """What is to be done after an item was carried."""

    item_id: strawberry.ID = strawberry.field(description=ITEM)
    task: str = strawberry.field(description="What is to be done.")
    responsible_id: strawberry.ID = strawberry.field(description="Who sees to it.")
    due_on: date = strawberry.field(description="Until when.")
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


@strawberry.input
class FinishSittingTaskInput:
    """That it is done."""

    task_id: strawberry.ID = strawberry.field(description="The task.")
    report: str = strawberry.field(description="What came of it.")
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


async def open_ballots(info: Info) -> list[OpenBallot]:
    """The secret ballots that are open to the viewer."""
    return [_ballot(each) for each in await ballots.mine(info.context)]


async def sitting_tasks(
    info: Info,
    body: Annotated[
        str | None, strawberry.argument(description="Of this body; the viewer's own if absent.")
    ] = None,
    overdue: Annotated[
        bool, strawberry.argument(description="Those that are overdue alone.")
    ] = False,
) -> list[SittingTask | None]:
    """What resolutions left to be done, what is open first; null for one not to be shown."""
    found = await followups.tasks(info.context, SITTINGS[0].code, body, overdue=overdue)
    return [await in_place("tasks", each, partial(_task, info)) for each in found]


async def open_ballot(info: Info, input: OpenBallotInput) -> SittingKept:
    """Open a secret ballot to those who came; the count is told when it is closed."""
    item = uuid_of(input.item_id, "SittingItem", "itemId")
    return await kept(info, await ballots.open_ballot(info.context, item))


async def cast_ballot(info: Info, input: CastBallotInput) -> BallotCast:
    """Cast one's vote; for no choice is kept, a repeated key is answered alike whatever it says."""
    item = uuid_of(input.item_id, "SittingItem", "itemId")
    return BallotCast(ballot=_ballot(await ballots.cast_ballot(info.context, item, input.choice)))


async def close_ballot(info: Info, input: CloseBallotInput) -> SittingKept:
    """Close a secret ballot; `recordVote` then takes its count."""
    item = uuid_of(input.item_id, "SittingItem", "itemId")
    return await kept(info, await ballots.close_ballot(info.context, item))


async def call_off_ballot(info: Info, input: CallOffBallotInput) -> SittingKept:
    """End a secret ballot uncounted; another may be opened."""
    item = uuid_of(input.item_id, "SittingItem", "itemId")
    return await kept(info, await ballots.call_off_ballot(info.context, item, input.reason))


async def assign_sitting_task(info: Info, input: AssignSittingTaskInput) -> SittingTaskKept:
    """Leave something to somebody, as an item that was carried demands."""
    item = uuid_of(input.item_id, "SittingItem", "itemId")
    who = uuid_of(input.responsible_id, "Person", "responsibleId")
    task = await followups.assign(info.context, item, input.task, who, input.due_on)
    return SittingTaskKept(task=_task(info, task))


async def finish_sitting_task(info: Info, input: FinishSittingTaskInput) -> SittingTaskKept:
    """Say that a task is done, as who was to do it or as who keeps the body's sittings."""
    task = uuid_of(input.task_id, "SittingTask", "taskId")
    return SittingTaskKept(
        task=_task(info, await followups.finish(info.context, task, input.report))
    )


async def replay_cast(info: Info, answer: Any) -> BallotCast:
    found = await ballots.mine(info.context)
    ballot = next((each for each in found if each.id == UUID(answer["item"])), None)
    return BallotCast(ballot=_ballot(ballot) if ballot else None)


async def replay_task(info: Info, answer: Any) -> SittingTaskKept:
    return SittingTaskKept(
        task=_task(info, await followups.task_of(info.context, UUID(answer["task"])))
    )


def _ballot(ballot: ballots.OpenBallot) -> OpenBallot:
    return OpenBallot(
        id=global_id("SittingItem", ballot.id),
        title=ballot.title,
        body=ballot.body,
        sitting=ballot.number,
        voted=ballot.voted,
    )


def _task(info: Info, task: followups.Task) -> SittingTask:
    return SittingTask(
        id=global_id("SittingTask", task.id),
        task=task.task,
        item=task.title,
        body=task.body,
        sitting=task.number,
        responsible=task.responsible_name,
        due_on=task.due_on,
        overdue=task.is_overdue(info.context.today),
        assigned_by=task.assigned_by_name,
        assigned_at=task.assigned_at,
        report=task.report,
        done_by=task.done_by_name,
        done_at=task.done_at,
    )


def _follows(act: Any) -> Any:
    return mutation(act, SittingTaskResult, permission="sittings", replay=replay_task)


@strawberry.type
class Query:
    open_ballots = query(open_ballots, list[OpenBallot], permission="sittings")
    sitting_tasks = query(sitting_tasks, list[SittingTask | None], permission="sittings")


@strawberry.type
class Mutation:
    open_ballot = keeps(open_ballot)
    cast_ballot = mutation(
        cast_ballot,
        BallotResult,
        permission="sittings",
        replay=replay_cast,
        unkept=("choice",),
    )
    close_ballot = keeps(close_ballot)
    call_off_ballot = keeps(call_off_ballot)
    assign_sitting_task = _follows(assign_sitting_task)
    finish_sitting_task = _follows(finish_sitting_task)
