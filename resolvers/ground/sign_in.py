"""Signing in and out: sessions that can be revoked.

A wrong password and an unknown account cost the same time and read the same.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from domain.errors import Refused
from domain.tables import PLATFORM
from resolvers.ground import tokens
from resolvers.ground.attempts import Attempt, attempted, failed, succeeded
from resolvers.ground.connections import INSTITUTION
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.hashing import NOBODYS_HASH, renewed, verified

ACCOUNT = statement(
    """select a.person_id, a.password_hash,
              array(select other.account from accounts other
                    where (other.institution_id, other.person_id)
                      = (a.institution_id, a.person_id)) as accounts
       from accounts a join people p on (p.institution_id, p.id) = (a.institution_id, a.person_id)
       where a.institution_id = :institution and a.account = :account and a.disabled_at is null
         and (p.leaves is null or p.leaves >= :today)"""
)
OPEN_SESSION = statement(
    """insert into sessions (institution_id, id, person_id, expires_at)
       select institution_id, :id, person_id, :expires_at from accounts
       where institution_id = :institution and account = :account
         and password_hash = :password_hash and disabled_at is null
       for share
       returning id"""
)
"""Of the password that was judged: one that was changed meanwhile opens nothing."""

RENEW = statement(
    """update accounts set password_hash = :new_hash
       where institution_id = :institution and person_id = :person and password_hash = :known"""
)
"""Else what a judgement costs would tell old accounts from those that nobody has."""

END_OVER = statement(
    """delete from sessions
       where institution_id = :institution and person_id = :person and expires_at <= :now"""
)
REVOKE = statement(
    """update sessions set revoked_at = :now
       where institution_id = :institution and id = :session and revoked_at is null"""
)


def institution_of(account: str) -> str:
    """The institution named after the account's @; the platform's where there is none."""
    _, at, institution = account.rpartition("@")
    return institution if at and INSTITUTION.fullmatch(institution) else PLATFORM


async def sign_in(context: Context, account: str, password: str) -> str:
    """A token for this account.

    Raises:
        Refused: WRONG_CREDENTIALS, or TOO_MANY_ATTEMPTS after failures in a short time.

    """
    institution = institution_of(account)
    database = context.services.database
    async with attempted(context, account) as attempt:
        async with database.transaction(institution, read_only=True) as transaction:
            found = await transaction.row(
                ACCOUNT, institution=institution, account=account, today=context.today
            )
        right = await verified(found["password_hash"] if found else NOBODYS_HASH, password)
        new_hash = await renewed(found["password_hash"], password) if found and right else None
    if found and right:
        return await _session(context, institution, attempt, found, new_hash)
    await failed(context, "sign_in_failed", institution if found else None, attempt)
    raise Refused("WRONG_CREDENTIALS")


async def sign_out(context: Context) -> None:
    """Revoke the session of the token in hand."""
    viewer = context.viewer
    await context.transaction.rows(
        REVOKE, institution=viewer.institution, session=viewer.session, now=context.now
    )


async def _session(
    context: Context,
    institution: str,
    attempt: Attempt,
    found: Mapping[str, Any],
    new_hash: str | None,
) -> str:
    expires_at = context.now + timedelta(hours=context.services.token_hours)
    session: UUID = context.services.new_id()
    async with context.services.database.transaction(institution) as transaction:
        await transaction.rows(
            END_OVER, institution=institution, person=found["person_id"], now=context.now
        )
        opened = await transaction.row(
            OPEN_SESSION,
            institution=institution,
            id=session,
            account=attempt.account,
            password_hash=found["password_hash"],
            expires_at=expires_at,
        )
        if opened is None:
            raise Refused("WRONG_CREDENTIALS")
        if new_hash:
            await transaction.rows(
                RENEW,
                institution=institution,
                person=found["person_id"],
                known=found["password_hash"],
                new_hash=new_hash,
            )
        await succeeded(context, transaction, attempt, found["accounts"])
    claims = tokens.Claims(institution, found["person_id"], session)
    return tokens.issue(claims, expires_at, context.services.secret)
