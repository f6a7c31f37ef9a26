"""One-time links: a secret that is told once, kept as its digest, and spent by a new password."""

from datetime import timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any

from domain.errors import at_fault
from domain.office.passwords import must_be_strong
from resolvers.ground import ledger
from resolvers.ground.connections import INSTITUTION
from resolvers.ground.context import Context
from resolvers.ground.database import Transaction, statement
from resolvers.ground.hashing import hashed

LASTS = timedelta(days=7)

ISSUE = statement("""
  with void as (
    delete from sign_in_links
    where institution_id = :institution and account = :account
      and (spent_at is null or expires_at <= :at))
  insert into sign_in_links (institution_id, digest, account, person_id, expires_at, at)
  select institution_id, :digest, account, person_id, :expires_at, :at from accounts
  where institution_id = :institution and account = :account""")
"""A new link of an account makes those before it void."""

FIND = statement("""
  select l.account, l.expires_at, l.spent_at, l.person_id, p.name
  from sign_in_links l
  join accounts a on (a.institution_id, a.account) = (l.institution_id, l.account)
  join people p on (p.institution_id, p.id) = (l.institution_id, l.person_id)
  where l.institution_id = :institution and l.digest = :digest and a.disabled_at is null
    and (p.leaves is null or p.leaves >= :today)""")
SPEND = statement("""
  with spent as (
    update sign_in_links set spent_at = :now
    where institution_id = :institution and digest = :digest and spent_at is null
      and expires_at > :now
    returning institution_id, person_id),
  ended as (
    update sessions t set revoked_at = :now from spent
    where (t.institution_id, t.person_id) = (spent.institution_id, spent.person_id)
      and t.revoked_at is null)
  update accounts a set password_hash = :password_hash from spent
  where (a.institution_id, a.person_id) = (spent.institution_id, spent.person_id)
  returning a.account""")
"""A person has one password, whatever their accounts; every session of theirs ends."""


async def issue(transaction: Transaction, institution: str, account: str, at: Any) -> str:
    """A link's secret, which is kept nowhere."""
    secret = token_urlsafe(24)
    await transaction.rows(
        ISSUE,
        institution=institution,
        account=account,
        digest=_digest(secret),
        expires_at=at + LASTS,
        at=at,
    )
    return f"{institution}.{secret}"


async def spend(context: Context, link: str, password: str) -> str:
    """Set the password of the account that the link is for, which is told; it does so once.

    Raises: Refused: LINK_UNKNOWN, LINK_SPENT or LINK_EXPIRED, or WEAK_PASSWORD.
    """
    institution, _, secret = link.strip().partition(".")
    if not secret or not INSTITUTION.fullmatch(institution):
        raise at_fault("LINK_UNKNOWN", "input", "link")
    who = {"institution": institution, "digest": _digest(secret)}
    database = context.services.database
    async with database.transaction(institution, read_only=True) as transaction:
        found = await transaction.row(FIND, **who, today=context.today)
    if found is None:
        raise at_fault("LINK_UNKNOWN", "input", "link")
    if found["spent_at"] is not None:
        raise at_fault("LINK_SPENT", "input", "link")
    if found["expires_at"] <= context.now:
        day = found["expires_at"].astimezone(context.now.tzinfo).date()
        raise at_fault("LINK_EXPIRED", "input", "link", day=day)
    must_be_strong(password, [found["account"], found["name"]], "password")
    async with context.services.judging.turn(context.address, known=False):
        password_hash = await hashed(password)
    async with database.transaction(institution) as transaction:
        if not await transaction.rows(SPEND, **who, now=context.now, password_hash=password_hash):
            raise at_fault("LINK_SPENT", "input", "link")
        content = {"person": found["person_id"]}
        await ledger.append(transaction, institution, "link_spent", context.now, content)
    return str(found["account"])


def _digest(secret: str) -> bytes:
    return sha256(secret.encode()).digest()
