"""Attempts at passwords: reserved before they are judged, so that parallel guesses pass no limit.

They are the platform's rows, whatever institution an account names: nobody belongs to an office
before signing in, and one address may try the accounts of many.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta

from domain.errors import Refused
from domain.tables import PLATFORM
from resolvers.ground import ledger
from resolvers.ground.addresses import counted_as
from resolvers.ground.context import Context
from resolvers.ground.database import Transaction, statement

FORGOTTEN_AFTER = timedelta(minutes=15)
MOST_FROM_ONE_ADDRESS = 5
"""Failures at one account from one address."""

MOST_BY_STRANGERS = 20
"""Failures at one account; binds those addresses alone that never signed in to it."""

MOST_OF_AN_ADDRESS = 30
"""Failures of one address at all accounts; binds it for those alone that it never signed in to."""

ADDRESSES_KEPT = 20
UNKNOWN_AFTER = timedelta(days=180)
SWEPT_AT_ONCE = 100

TAKE_TURNS = statement("""
  select pg_advisory_xact_lock(1, hashtext(:account)),
         pg_advisory_xact_lock(2, hashtext(:address))""")
"""Always the account before the address: nobody waits in a circle."""

COUNTED = statement("""
  select count(*) filter (where account = :account and address = :address) as of_both,
         min(at) filter (where account = :account and address = :address) as since_both,
         count(*) filter (where account = :account) as of_account,
         min(at) filter (where account = :account) as since_account,
         count(*) filter (where address = :address) as of_address,
         min(at) filter (where address = :address) as since_address,
         exists (select from sign_in_addresses k
                 where k.institution_id = :platform
                   and (k.account, k.address) = (:account, :address)) as known
  from sign_in_attempts
  where institution_id = :platform and at > :since
    and (account = :account or address = :address)""")
RESERVE = statement("""
  insert into sign_in_attempts (institution_id, id, account, address, at)
  values (:platform, :id, :account, :address, :at)""")
SWEEP = statement("""
  delete from sign_in_attempts where (institution_id, id) in (
    select institution_id, id from sign_in_attempts
    where institution_id = :platform and at <= :since
    order by at, id limit :most for update skip locked)""")
FORGIVE = statement("""
  delete from sign_in_attempts
  where institution_id = :platform and account = :account and address = :address""")
KNOW = statement("""
  insert into sign_in_addresses (institution_id, account, address, at)
  select :platform, account, :address, :at
  from unnest(cast(:accounts as text[])) as account order by account
  on conflict (institution_id, account, address) do update set at = excluded.at""")
UNKNOW = statement("""
  delete from sign_in_addresses k
  where institution_id = :platform and account = any(cast(:accounts as text[]))
    and (at <= :since or :most <= (
      select count(*) from sign_in_addresses later
      where (later.institution_id, later.account) = (k.institution_id, k.account)
        and (later.at, later.address) > (k.at, k.address)))""")
UNHURRIED = statement("select set_config('synchronous_commit', 'off', true)")


@dataclass(frozen=True)
class Attempt:
    """Somebody's try at the password of an account, from an address."""

    account: str
    address: str


class _Unknown(Exception):
    """There is no such account: nothing of it is kept."""


@asynccontextmanager
async def attempted(context: Context, account: str) -> AsyncIterator[Attempt]:
    """Hold one of the few places where passwords are judged, with the attempt on record.

    Who is throttled is told so before anything is judged: the right password reads like a wrong
    one. An account that an address signed in to before waits in a line of its own.

    Raises: Refused: TOO_MANY_ATTEMPTS.
    """
    attempt = Attempt(account[:200], counted_as(context.address)[:200])
    database = context.services.database
    async with database.transaction(PLATFORM, read_only=True) as transaction:
        known = await _must_not_be_throttled(context, transaction, attempt)
    line = f"{attempt.address} {attempt.account}" if known else attempt.address
    async with context.services.judging.turn(line, known=known):
        async with database.transaction(PLATFORM) as transaction:
            await transaction.rows(TAKE_TURNS, account=attempt.account, address=attempt.address)
            await _must_not_be_throttled(context, transaction, attempt)
            await transaction.rows(RESERVE, id=context.services.new_id(), **_row(context, attempt))
            since = context.now - FORGOTTEN_AFTER
            await transaction.rows(SWEEP, platform=PLATFORM, since=since, most=SWEPT_AT_ONCE)
        yield attempt


async def succeeded(
    context: Context, transaction: Transaction, attempt: Attempt, accounts: list[str]
) -> None:
    """The address is known for the person's accounts; what failed there before is forgiven."""
    home = transaction.institution
    row = {**_row(context, attempt), "accounts": accounts}
    await transaction.act_as(PLATFORM)
    await transaction.rows(FORGIVE, **row)
    await transaction.rows(KNOW, **row)
    since = context.now - UNKNOWN_AFTER
    await transaction.rows(UNKNOW, **row, since=since, most=ADDRESSES_KEPT)
    await transaction.act_as(home)


async def failed(context: Context, event: str, institution: str | None, attempt: Attempt) -> None:
    """Put a failure into the ledger of the account's institution; none where there is no account.

    Then the same is done and undone, so that time does not tell.
    """
    content = {"account": attempt.account, "address": context.address}
    home = institution or PLATFORM
    with suppress(_Unknown):
        async with context.services.database.transaction(home) as transaction:
            await transaction.rows(UNHURRIED)
            await ledger.append(transaction, home, event, context.now, content)
            if institution is None:
                raise _Unknown


async def _must_not_be_throttled(
    context: Context, transaction: Transaction, attempt: Attempt
) -> bool:
    """Whether the address signed in to the account before."""
    since = context.now - FORGOTTEN_AFTER
    found = await transaction.row(COUNTED, since=since, **_row(context, attempt))
    if found is None:
        return False
    known: bool = found["known"]
    limits = {"both": MOST_FROM_ONE_ADDRESS}
    if not known:
        limits |= {"account": MOST_BY_STRANGERS, "address": MOST_OF_AN_ADDRESS}
    reached = [found[f"since_{of}"] for of, most in limits.items() if found[f"of_{of}"] >= most]
    if reached:
        left = max(reached) + FORGOTTEN_AFTER - context.now
        raise Refused("TOO_MANY_ATTEMPTS", minutes=max(1, -(-int(left.total_seconds()) // 60)))
    return known


def _row(context: Context, attempt: Attempt) -> dict[str, object]:
    return {
        "platform": PLATFORM,
        "account": attempt.account,
        "address": attempt.address,
        "at": context.now,
    }
