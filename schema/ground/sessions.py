"""Sessions in the API: refreshed, listed and ended."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import strawberry

from resolvers.ground import sessions
from schema.ground.acts import act, result_of
from schema.ground.fields import PUBLIC, Info, mutation, query
from schema.ground.ids import Id
from schema.ground.rows import told
from schema.ground.sign_in import SignedIn, signed_in


@strawberry.input
class RefreshSessionInput:
    """The refresh that came with the last token."""

    refresh_token: Annotated[str, "It counts once."]


@strawberry.type
class Session:
    """A session that is open."""

    id: Annotated[strawberry.ID, "Opaque; `endSession` takes it."]
    account: Annotated[str, "Whose it is."]
    begun_at: Annotated[datetime, "When it began."]
    address: Annotated[str, "From where it began; empty where not known."]
    seen_at: Annotated[datetime, "When it was last used, to a quarter hour."]
    ends_at: Annotated[datetime, "When it is over."]
    second_factor: Annotated[bool, "Whether a second factor proved it."]
    current: Annotated[bool, "Whether it is the one that asks."]


@strawberry.type
class SessionsEnded:
    """Sessions are over at once."""

    count: Annotated[int, "How many."]


async def refresh_session(info: Info, input: RefreshSessionInput) -> SignedIn:
    """The next token of a session, for the refresh that came with the last one.

    A refresh that was spent before ends the session: somebody else may have it.
    """
    return await signed_in(info, await sessions.refresh(info.context, input.refresh_token))


async def every(
    info: Info,
    account: Annotated[str | None, "Whose; the viewer's own when absent."] = None,
) -> list[Session]:
    """Open sessions, the latest first: the viewer's, or another's for a system administrator."""
    return [
        told(
            Session,
            row,
            ends_at=row["expires_at"],
            second_factor=row["proved_at"] is not None,
            current=row["id"] == info.context.viewer.session,
        )
        for row in await sessions.every(info.context, account)
    ]


async def end_session(info: Info, session_id: Annotated[UUID, Id("Session"), "Which."]) -> None:
    """End a session: one's own, or anybody's of the institution as its system administrator."""
    await sessions.end(info.context, session_id)


async def end_other_sessions(info: Info) -> None:
    """End every session of the viewer's but this one."""
    await sessions.end_others(info.context)


async def _ended(info: Info, answer: Any) -> SessionsEnded:  # noqa: ARG001
    return SessionsEnded(count=answer["count"])


OWN = "sessions.end"
FIELDS = (
    query(every, OWN, name="sessions"),
    mutation(refresh_session, PUBLIC, result_of(refresh_session)),
    act(end_session, OWN, replay=_ended),
    act(end_other_sessions, OWN, replay=_ended),
)
