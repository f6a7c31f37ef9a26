"""Signing in and out: argon2, a session that can be revoked, and failures that are throttled.

A wrong password and an unknown account cost the same time and read the same.
"""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from domain.errors import Refused
from domain.records import PLATFORM
from resolvers import ledger, tokens
from resolvers.context import Context
from resolvers.database import INSTITUTION, Transaction, statement

HASHER = PasswordHasher()
NOBODYS_HASH = HASHER.hash("nobody signs in with this")
FAILURES_TAKEN = 5
FORGOTTEN_AFTER = timedelta(minutes=15)
SHORTEST_PASSWORD, LONGEST_PASSWORD = 8, 256

# Verifying is slow on purpose: a few at a time bound the guesses that race the count.
_verifying = asyncio.Semaphore(4)

ACCOUNT = statement(
    """select a.person_id, a.password_hash
       from accounts a join people p on (p.institution_id, p.id) = (a.institution_id, a.person_id)
       where a.institution_id = :institution and a.account = :account
         and (p.leaves is null or p.leaves >= :today)"""
)
FAILURES = statement(
    """select count(*), min(at) from sign_in_failures
       where institution_id = :institution and account = :account and at > :since"""
)
FAILED = statement(
    """insert into sign_in_failures (institution_id, id, account, address, at)
       values (:institution, :id, :account, :address, :at)"""
)
FORGET = statement(
    """delete from sign_in_failures
       where institution_id = :institution and (account = :account or at <= :since)"""
)
OPEN_SESSION = statement(
    """insert into sessions (institution_id, id, person_id, expires_at)
       values (:institution, :id, :person, :expires_at)"""
)
REVOKE = statement(
    """update sessions set revoked_at = :now
       where institution_id = :institution and id = :session and revoked_at is null"""
)
REVOKE_OTHERS = statement(
    """update sessions set revoked_at = :now
       where institution_id = :institution and person_id = :person and id <> :session
         and revoked_at is null"""
)
OWN_HASH = statement(
    """select account, password_hash from accounts
       where institution_id = :institution and person_id = :person order by account limit 1"""
)
SET_HASH = statement(
    """update accounts set password_hash = :password_hash
       where institution_id = :institution and person_id = :person"""
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
    async with database.transaction(institution, read_only=True) as transaction:
        await _must_not_be_throttled(context, transaction, institution, account)
        found = await transaction.row(
            ACCOUNT, institution=institution, account=account, today=context.today
        )
    right = await _verified(found["password_hash"] if found else NOBODYS_HASH, password)
    async with database.transaction(institution) as transaction:
        if found and right:
            await _must_not_be_throttled(context, transaction, institution, account)
            return await _open_session(context, transaction, institution, account, found)
        await transaction.rows(
            FAILED,
            institution=institution,
            id=context.services.new_id(),
            account=account[:200],
            address=context.address,
            at=context.now,
        )
        content = {"account": account[:200], "address": context.address}
        await ledger.append(transaction, institution, "sign_in_failed", context.now, content)
    raise Refused("WRONG_CREDENTIALS")


async def sign_out(context: Context) -> None:
    """Revoke the session of the token in hand."""
    viewer = context.viewer
    await context.transaction.rows(
        REVOKE, institution=viewer.institution, session=viewer.session, now=context.now
    )


async def change_password(context: Context, current: str, replacement: str) -> None:
    """Change one's own password; every other session of the person ends.

    A call repeated after its success finds the new password in force, and has nothing to do.

    Raises:
        Refused: the current password is wrong, or the new one is too short or too long.

    """
    viewer, transaction = context.viewer, context.transaction
    who: dict[str, Any] = {"institution": viewer.institution, "person": viewer.person.id}
    if not SHORTEST_PASSWORD <= len(replacement) <= LONGEST_PASSWORD:
        raise Refused("WEAK_PASSWORD", shortest=SHORTEST_PASSWORD, longest=LONGEST_PASSWORD)
    stored = await transaction.row(OWN_HASH, **who)
    if not stored or not await _verified(stored["password_hash"], current):
        if stored and await _verified(stored["password_hash"], replacement):
            return
        raise Refused("WRONG_CREDENTIALS")
    password_hash = await hashed(replacement)
    await transaction.rows(SET_HASH, **who, password_hash=password_hash)
    await transaction.rows(REVOKE_OTHERS, **who, session=viewer.session, now=context.now)
    content = {"person": viewer.person.id}
    await ledger.append(transaction, viewer.institution, "password_changed", context.now, content)


async def hashed(password: str) -> str:
    return await asyncio.to_thread(HASHER.hash, password)


async def _verified(password_hash: str, password: str) -> bool:
    def verify() -> bool:
        try:
            return HASHER.verify(password_hash, password)
        except (VerificationError, InvalidHashError):
            return False

    async with _verifying:
        return await asyncio.to_thread(verify)


async def _must_not_be_throttled(
    context: Context, transaction: Transaction, institution: str, account: str
) -> None:
    failed = await transaction.row(
        FAILURES,
        institution=institution,
        account=account[:200],
        since=context.now - FORGOTTEN_AFTER,
    )
    if failed and failed[0] >= FAILURES_TAKEN:
        left = failed[1] + FORGOTTEN_AFTER - context.now
        raise Refused("TOO_MANY_ATTEMPTS", minutes=max(1, -(-int(left.total_seconds()) // 60)))


async def _open_session(
    context: Context,
    transaction: Transaction,
    institution: str,
    account: str,
    found: Mapping[str, Any],
) -> str:
    session: UUID = context.services.new_id()
    expires_at = context.now + timedelta(hours=context.services.token_hours)
    await transaction.rows(
        FORGET, institution=institution, account=account, since=context.now - FORGOTTEN_AFTER
    )
    await transaction.rows(
        OPEN_SESSION,
        institution=institution,
        id=session,
        person=found["person_id"],
        expires_at=expires_at,
    )
    claims = tokens.Claims(institution, found["person_id"], session)
    return tokens.issue(claims, expires_at, context.services.secret)
