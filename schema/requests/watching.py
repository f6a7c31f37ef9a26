"""The inbox as it changes, over server-sent events."""

from collections.abc import AsyncGenerator
from typing import Annotated

import strawberry

from resolvers.requests.inbox_changes import Inbox, changes
from schema.ground.fields import Info
from schema.ground.ids import global_id

PERMISSION = "requests.read"
After = Annotated[str | None, strawberry.argument(description="The cursor that was told last.")]


@strawberry.type
class InboxChange:
    """What waits for the viewer now: a client shows what is new of it, and drops what is gone."""

    cursor: Annotated[str, "Says which turns these are: `after` this, only another inbox is told."]
    steps: Annotated[
        list[strawberry.ID], "The open turns that wait for the viewer, oldest first: 500 at most."
    ]


async def inbox_changed(info: Info, after: After = None) -> AsyncGenerator[InboxChange, None]:
    """The viewer's inbox, at once unless it is as `after` says, and within seconds of changes."""
    async for inbox in changes(info.context, PERMISSION, after):
        yield _shown(inbox)


def _shown(inbox: Inbox) -> InboxChange:
    steps = [global_id("Step", f"{request}:{step}") for request, step in inbox.steps]
    return InboxChange(cursor=inbox.cursor, steps=steps)


@strawberry.type
class Subscription:
    inbox_changed = strawberry.subscription(
        resolver=inbox_changed,
        description=inbox_changed.__doc__,
        metadata={"permission": PERMISSION},
    )
