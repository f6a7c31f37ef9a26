"""Second factors (TOTP, RFC 6238): set up, confirmed by a first code, proved, and codes to recover.

A code counts once, and none after a later one; what fails is throttled as passwords are.
"""

import hmac
import secrets
import unicodedata
from base64 import b32encode
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from typing import Any
from uuid import UUID

import pyotp

from domain.errors import Refused
from policies.permissions import ROLES_BY_PERMISSION
from resolvers.ground.attempts import Attempt, attempted, failed, succeeded
from resolvers.ground.context import Context
from resolvers.ground.database import Transaction, statement
from resolvers.ground.sealing import Unreadable, opened, sealed

PERMISSION = "second_factor.keep"
STEP = 30
"""Seconds that a code stands for; the one before and the one after count too."""
RECOVERY_CODES = 10

MINE = """
       select f.sealed_secret, f.confirmed_at, f.last_step,
              (select count(*) from recovery_codes r
               where (r.institution_id, r.person_id) = (f.institution_id, f.person_id)
                 and r.spent_at is null) as codes_left
       from second_factors f where f.institution_id = :institution and f.person_id = :person"""
SHOW = statement(MINE)
HOLD = statement(f"{MINE} for update of f")
DEMANDED = statement("select second_factor from institutions where institution_id = :institution")
BEGIN = statement("""
  insert into second_factors (institution_id, person_id, sealed_secret, at)
  values (:institution, :person, :sealed_secret, :now)
  on conflict (institution_id, person_id) do update
  set sealed_secret = excluded.sealed_secret, at = excluded.at, last_step = null
  where second_factors.confirmed_at is null
  returning person_id""")
COUNT = statement("""
  update second_factors
  set last_step = :step, sealed_secret = :sealed_secret,
      confirmed_at = coalesce(confirmed_at, cast(:now as timestamptz))
  where institution_id = :institution and person_id = :person""")
SPEND = statement("""
  update recovery_codes set spent_at = :now
  where institution_id = :institution and person_id = :person and digest = :digest
    and spent_at is null returning digest""")
FORGET_CODES = statement(
    "delete from recovery_codes where institution_id = :institution and person_id = :person"
)
FORGET = statement(
    "delete from second_factors where institution_id = :institution and person_id = :person"
)
ADD_CODES = statement("""
  insert into recovery_codes (institution_id, person_id, digest)
  select :institution, :person, unnest(cast(:digests as bytea[]))""")
PROVED = statement(
    "update sessions set proved_at = :now where institution_id = :institution and id = :session"
)
OWN_ACCOUNTS = statement(
    "select account from accounts where institution_id = :institution and person_id = :person"
)


async def mine(context: Context) -> tuple[Mapping[str, Any] | None, bool]:
    """The viewer's second factor, and whether their office demands one of their seats."""
    owed = not context.viewer.person.roles.isdisjoint(ROLES_BY_PERMISSION["second_factor.owed"])
    found = await context.row(SHOW, person=context.viewer.person.id)
    return found, owed and bool(await context.value(DEMANDED))


async def begin(context: Context) -> tuple[str, str]:
    """A new secret and its `otpauth` address, told once; it counts from its first code on.

    Raises: Refused: SECOND_FACTOR_STANDS.
    """
    me, secret = context.viewer.person, pyotp.random_base32()
    kept = sealed(context.services.secrets, _name(me.id), secret.encode())
    if not await context.rows(BEGIN, person=me.id, sealed_secret=kept, now=context.now):
        raise Refused("SECOND_FACTOR_STANDS")
    await context.done("second_factor_begun", {})
    return secret, pyotp.TOTP(secret).provisioning_uri(name=me.account, issuer_name="Guiju")


async def reserved(context: Context, key: str) -> Attempt | None:
    """An attempt at a code, on record before it is judged; None where the call was answered before.

    Raises: Refused: TOO_MANY_ATTEMPTS.
    """
    async with context.write(PERMISSION, idempotency_key=key):
        viewer = context.viewer
    if viewer.answer:
        return None
    async with attempted(context, viewer.person.account) as attempt:
        return attempt


async def prove(context: Context, code: str, attempt: Attempt, *, first: bool = False) -> None:
    """Take a code for this session; a `first` one confirms the secret.

    Raises: Refused: WRONG_CODE.
    """
    me = context.viewer
    if not await taken(context, context.transaction, me.person.id, code, first=first):
        raise Refused("WRONG_CODE")
    await context.rows(PROVED, session=me.session, now=context.now)
    accounts = [row["account"] for row in await context.rows(OWN_ACCOUNTS, person=me.person.id)]
    await succeeded(context, context.transaction, attempt, accounts)


async def missed(context: Context, attempt: Attempt) -> None:
    """Put on the ledger that a code was wrong."""
    await failed(context, "second_factor_failed", context.viewer.institution, attempt)


async def new_codes(context: Context) -> list[str]:
    """Recovery codes in place of those before, told once."""
    codes = [b32encode(secrets.token_bytes(10)).decode() for _ in range(RECOVERY_CODES)]
    person, digests = context.viewer.person.id, [_digest(each) for each in codes]
    await context.rows(FORGET_CODES, person=person)
    await context.rows(ADD_CODES, person=person, digests=digests)
    return ["-".join(each[at : at + 4] for at in range(0, 16, 4)) for each in codes]


async def forget(context: Context, person: UUID) -> None:
    """There is no second factor any more."""
    await context.rows(FORGET_CODES, person=person)
    await context.rows(FORGET, person=person)


async def taken(
    context: Context, transaction: Transaction, person: UUID, code: str, *, first: bool = False
) -> bool:
    """Whether a code counts, which it does once; only codes recover where a key was forgotten."""
    who = {"institution": transaction.institution, "person": person}
    found = await transaction.row(HOLD, **who)
    if found is None or first != (found["confirmed_at"] is None):
        return False
    given = "".join(unicodedata.normalize("NFKC", code).replace("-", "").split()).upper()
    secret = _secret(context, person, found)
    step = secret and _step(context, secret, found["last_step"], given)
    if secret and step:
        # Keys are forgotten some rotations later: what is used is sealed by the newest.
        kept = sealed(context.services.secrets, _name(person), secret.encode())
        await transaction.rows(COUNT, **who, step=step, sealed_secret=kept, now=context.now)
        return True
    return not first and bool(
        await transaction.rows(SPEND, **who, digest=_digest(given), now=context.now)
    )


def _secret(context: Context, person: UUID, found: Mapping[str, Any]) -> str | None:
    with suppress(Unreadable):
        return opened(context.services.secrets, _name(person), found["sealed_secret"]).decode()
    return None


def _step(context: Context, secret: str, last: int | None, given: str) -> int | None:
    """The step that a code stands for, if it may still count."""
    totp, now = pyotp.TOTP(secret), int(context.now.timestamp()) // STEP
    for step in (now - 1, now, now + 1):
        same = hmac.compare_digest(totp.generate_otp(step).encode(), given.encode())
        if same and (last is None or step > last):
            return step
    return None


def _name(person: UUID) -> bytes:
    return b"second factor " + person.bytes


def _digest(code: str) -> bytes:
    return sha256(code.encode()).digest()
