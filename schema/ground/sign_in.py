"""Signing in and out in the API, and the sessions that come of it."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain.errors import must_be_short
from resolvers.ground import passwords, sessions
from resolvers.ground import sign_in as signing
from resolvers.ground.sessions import Signed
from schema.ground.acts import act, acts, counted, result_of, within
from schema.ground.fields import PUBLIC, Info, mutation, query, written
from schema.ground.ids import Id
from schema.ground.rows import told
from schema.office.organisation import Person, viewer_person

LONGEST = 256


@strawberry.input
class SignInInput:
    """An account and its password."""

    account: Annotated[str, "staff@hrss-bureau"]
    password: Annotated[str, "Its password."]
    code: Annotated[
        str | None, "Of the second factor, where there is one: six digits, or a recovery code."
    ] = None


@strawberry.type
class SignedIn:
    """A session has begun."""

    token: Annotated[str, "Send it as Authorization: Bearer …"]
    expires_at: Annotated[datetime, "When the token is too old: it is TOKEN_EXPIRED then."]
    refresh_token: Annotated[
        str, "`refreshSession` takes it once, and gives the next one with the next token."
    ]
    session_ends_at: Annotated[
        datetime, "When the session is over, however often it was refreshed."
    ]
    viewer: Annotated[Person, "Who signed in."]


@strawberry.type
class SignedOut:
    """The session is over."""

    account: Annotated[str, "Whose it was."]


@strawberry.input
class ChangePasswordInput:
    """One's own password."""

    current: Annotated[str, "The password now."]
    replacement: Annotated[str, "The password from now on."]
    idempotency_key: Annotated[strawberry.ID, "The same key is answered once."]


@strawberry.type
class PasswordChanged:
    """Every other session of the person is over."""

    account: Annotated[str, "Whose it was."]


async def sign_in(info: Info, input: SignInInput) -> SignedIn:
    """A token for an account and its password."""
    for name in ("account", "password", "code"):
        must_be_short(getattr(input, name) or "", "input", name, longest=LONGEST)
    given = input.account, input.password, input.code
    return await signed_in(info, await signing.sign_in(info.context, *given))


async def signed_in(info: Info, signed: Signed) -> SignedIn:
    """What a session is told with, and who has it."""
    context = info.context
    context.token = signed.token
    # Not by `read`: its transaction would stay while the next field judges a password.
    async with context.write("viewer.read"):
        return SignedIn(
            token=signed.token,
            expires_at=signed.expires_at,
            refresh_token=signed.refresh,
            session_ends_at=signed.ends_at,
            viewer=await viewer_person(info),
        )


async def sign_out(info: Info) -> SignedOut:
    """End this session; its token counts no more."""
    await signing.sign_out(info.context)
    return SignedOut(account=info.context.viewer.person.account)


async def change_password(info: Info, input: ChangePasswordInput) -> PasswordChanged:
    """Change one's own password; every other session ends."""
    context, key = info.context, str(input.idempotency_key)
    judged = await passwords.judged(context, input.current, input.replacement, key)

    async def act() -> PasswordChanged:
        if judged:
            await passwords.change(context, judged)
        return await _changed(info, None)

    changed: PasswordChanged = await written(
        info, act, passwords.PERMISSION, replay=_changed, idempotency_key=key,
        asked=[info.field_name, passwords.sealed(context, input.current, input.replacement)],
    )  # fmt: skip
    return changed


async def _changed(info: Info, _: Any) -> PasswordChanged:
    return PasswordChanged(account=info.context.viewer.person.account)


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


async def refresh_session(info: Info, input: RefreshSessionInput) -> SignedIn:
    """The next token of a session, for the refresh that came with the last one.

    A refresh that was spent before ends the session: somebody else may have it.
    """
    return await signed_in(info, await sessions.refresh(info.context, input.refresh_token))


async def every(
    info: Info, account: Annotated[str | None, "Whose; the viewer's own when absent."] = None
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


OWN = "sessions.end"
ENDED = within(counted, "SessionsEnded", "Sessions are over at once.", count="How many.")
FIELDS = (
    query(every, OWN, name="sessions"),
    mutation(refresh_session, PUBLIC, result_of(refresh_session)),
    *acts(end_session, end_other_sessions, permission=OWN, replay=ENDED),
    mutation(sign_in, PUBLIC, result_of(sign_in)),
    act(
        sign_out,
        "sessions.end",
        told="Ends the session of the token that it comes with.",
        replay=None,
    ),
    mutation(change_password, passwords.PERMISSION, result_of(change_password), each=True),
)
