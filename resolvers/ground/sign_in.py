"""Signing in and out: sessions that can be revoked.

A wrong password and an unknown account cost the same time and read the same.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from domain.errors import Problem, Refused
from domain.tables import PLATFORM
from resolvers.ground import second_factors, sessions, tokens
from resolvers.ground.addresses import counted_as
from resolvers.ground.attempts import Attempt, attempted, failed, succeeded
from resolvers.ground.connections import INSTITUTION
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.hashing import NOBODYS_HASH, renewed, verified

ACCOUNT = statement("""
  select a.person_id, a.password_hash,
         array(select other.account from accounts other
               where (other.institution_id, other.person_id)
                 = (a.institution_id, a.person_id)) as accounts,
         exists (select from second_factors f
                 where (f.institution_id, f.person_id) = (a.institution_id, a.person_id)
                   and f.confirmed_at is not null) as coded
  from accounts a join people p on (p.institution_id, p.id) = (a.institution_id, a.person_id)
  where a.institution_id = :institution and a.account = :account and a.disabled_at is null
    and (p.leaves is null or p.leaves >= :today)""")
OPEN_SESSION = statement("""
  insert into sessions (institution_id, id, person_id, expires_at, begun_at, seen_at, address,
                        proved_at)
  select institution_id, :id, person_id, :expires_at, :now, :now, :address, :proved_at
  from accounts
  where institution_id = :institution and account = :account
    and password_hash = :password_hash and disabled_at is null
  for share
  returning id""")
"""Of the password that was judged: one that was changed meanwhile opens nothing."""

OPEN_BY_PROVIDER = statement("""
  insert into sessions (institution_id, id, person_id, expires_at, begun_at, seen_at, address)
  select a.institution_id, :id, a.person_id, :expires_at, :now, :now, :address
  from accounts a join people p on (p.institution_id, p.id) = (a.institution_id, a.person_id)
  where a.institution_id = :institution and a.account = :account and a.disabled_at is null
    and (p.leaves is null or p.leaves >= :today)
  returning person_id""")
RENEW = statement("""
  update accounts set password_hash = :new_hash
  where institution_id = :institution and person_id = :person and password_hash = :known""")
"""Else what a judgement costs would tell old accounts from those that nobody has."""

END_OVER = statement("""
  delete from sessions
  where institution_id = :institution and person_id = :person and expires_at <= :now""")


def institution_of(account: str) -> str:
    """The institution named after the account's @; the platform's where there is none."""
    _, at, institution = account.rpartition("@")
    return institution if at and INSTITUTION.fullmatch(institution) else PLATFORM


async def sign_in(
    context: Context, account: str, password: str, code: str | None = None
) -> sessions.Signed:
    """A session for this account; where its person has a second factor, by a code too.

    Raises: Refused: WRONG_CREDENTIALS, or TOO_MANY_ATTEMPTS after failures in a short time;
    SECOND_FACTOR_WANTED or WRONG_CODE, where the password was right.
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
        if found["coded"] and not code:
            problem = Problem("SECOND_FACTOR_WANTED", ("input", "code"))
            raise Refused("SECOND_FACTOR_WANTED", problems=[problem])
        try:
            return await _session(context, institution, attempt, found, new_hash, code or "")
        except Refused as refused:
            if refused.code == "WRONG_CODE":
                await failed(context, "second_factor_failed", institution, attempt)
            raise
    await failed(context, "sign_in_failed", institution if found else None, attempt)
    raise Refused("WRONG_CREDENTIALS")


async def sign_in_as(context: Context, institution: str, account: str) -> sessions.Signed:
    """A session for an account of the institution whose provider vouches for it.

    Raises: Refused: NO_SUCH_ACCOUNT, where there is none, or nobody signs in with it any more.
    """
    session, ends_at = context.services.new_id(), _ends_at(context)
    attempt = Attempt(account[:200], counted_as(context.address))
    async with context.services.database.transaction(institution) as transaction:
        opened = await transaction.row(
            OPEN_BY_PROVIDER,
            institution=institution,
            id=session,
            account=account,
            expires_at=ends_at,
            now=context.now,
            today=context.today,
            address=attempt.address,
        )
    if opened is None:
        await failed(context, "sign_in_failed", institution, attempt)
        raise Refused("NO_SUCH_ACCOUNT")
    return sessions.signed(
        context, tokens.Claims(institution, opened["person_id"], session), 0, ends_at
    )


def _ends_at(context: Context) -> datetime:
    return context.now + timedelta(days=context.services.session_days)


async def sign_out(context: Context) -> None:
    """Revoke the session of the token in hand."""
    await context.rows(sessions.END, ids=[context.viewer.session], now=context.now)


async def _session(
    context: Context,
    institution: str,
    attempt: Attempt,
    found: Mapping[str, Any],
    new_hash: str | None,
    code: str,
) -> sessions.Signed:
    expires_at = _ends_at(context)
    session: UUID = context.services.new_id()
    async with context.services.database.transaction(institution) as transaction:
        await transaction.rows(
            END_OVER, institution=institution, person=found["person_id"], now=context.now
        )
        if found["coded"] and not await second_factors.taken(
            context, transaction, found["person_id"], code
        ):
            raise Refused("WRONG_CODE")
        opened = await transaction.row(
            OPEN_SESSION,
            institution=institution,
            id=session,
            account=attempt.account,
            password_hash=found["password_hash"],
            expires_at=expires_at,
            now=context.now,
            address=attempt.address,
            proved_at=context.now if found["coded"] else None,
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
    return sessions.signed(context, claims, 0, expires_at)
