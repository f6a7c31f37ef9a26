"""Changing one's own password: judged while no connection is held, then kept if nothing changed."""

import hmac
import json
from dataclasses import dataclass
from typing import Any

from domain.errors import Refused
from domain.office.passwords import must_be_strong
from resolvers.ground.attempts import Attempt, attempted, failed, succeeded
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.hashing import hashed, verified
from resolvers.ground.keeping import Overtaken
from resolvers.ground.sessions import END_ALL

PERMISSION = "password.change"

OWN_ACCOUNTS = statement("""
  select account, password_hash from accounts
  where institution_id = :institution and person_id = :person order by account""")
HELD = statement("""
  select password_hash from accounts
  where institution_id = :institution and person_id = :person order by account for update""")
SET_HASH = statement("""
  update accounts set password_hash = :password_hash
  where institution_id = :institution and person_id = :person""")


@dataclass(frozen=True)
class Change:
    """A change that was judged and found right: what was stored then, and what shall be."""

    attempt: Attempt
    accounts: list[str]
    known: str
    password_hash: str


async def judged(context: Context, current: str, replacement: str, key: str) -> Change | None:
    """The change, if the current password is right; None where this call was answered before.

    Raises: Refused: WEAK_PASSWORD, WRONG_CREDENTIALS, or TOO_MANY_ATTEMPTS after failures.
    """
    async with context.write(PERMISSION, idempotency_key=key):
        viewer = context.viewer
        found = await context.transaction.rows(OWN_ACCOUNTS, **_who(context))
    if viewer.answer:
        return None
    if not found:
        raise Refused("WRONG_CREDENTIALS")
    accounts, known = [row["account"] for row in found], found[0]["password_hash"]
    must_be_strong(replacement, [*accounts, viewer.person.name])
    async with attempted(context, viewer.person.account or accounts[0]) as attempt:
        right = await verified(known, current)
        password_hash = await hashed(replacement) if right else ""
    if not right:
        await failed(context, "password_change_failed", viewer.institution, attempt)
        raise Refused("WRONG_CREDENTIALS")
    return Change(attempt, accounts, known, password_hash)


async def change(context: Context, made: Change) -> None:
    """Keep a change that was judged; every other session of the person ends.

    Raises: Overtaken: the password was changed meanwhile.
    """
    viewer, transaction = context.viewer, context.transaction
    held = await transaction.row(HELD, **_who(context))
    if held is None or held["password_hash"] != made.known:
        raise Overtaken(Refused("WRONG_CREDENTIALS"))
    await transaction.rows(SET_HASH, **_who(context), password_hash=made.password_hash)
    await transaction.rows(END_ALL, **_who(context), but=viewer.session, now=context.now)
    await succeeded(context, transaction, made.attempt, made.accounts)
    await context.done("password_changed", {})


def sealed(context: Context, *passwords: str) -> str:
    """What tells a repeated call from another one, and helps nobody to guess what it held."""
    said = json.dumps(passwords).encode()
    return hmac.new(context.services.secret, said, "sha256").hexdigest()


def _who(context: Context) -> dict[str, Any]:
    return {"institution": context.viewer.institution, "person": context.viewer.person.id}
