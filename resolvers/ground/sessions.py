"""Sessions: prolonged by a refresh that counts once, listed, and ended from anywhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from domain.errors import NotSignedIn, Refused, at_fault
from policies.permissions import ROLES_BY_PERMISSION
from resolvers.ground import ledger, tokens
from resolvers.ground.context import Context
from resolvers.ground.database import statement

MANAGE = "sessions.manage"
LEEWAY = timedelta(minutes=1)
"""How long a refresh that was spent is answered alike: a bad network repeats calls."""

HOLD = statement("""
  select t.expires_at, t.refreshes, t.refreshed_at
  from sessions t join people p on (p.institution_id, p.id) = (t.institution_id, t.person_id)
  where t.institution_id = :institution and t.id = :session and t.person_id = :person
    and t.revoked_at is null and t.expires_at > :now
    and (p.leaves is null or p.leaves >= :today)
  for update of t""")
REFRESH = statement("""
  update sessions set refreshes = refreshes + 1, refreshed_at = :now, seen_at = :now
  where institution_id = :institution and id = :session""")
OPEN = statement("""
  select t.id, t.begun_at, t.seen_at, t.expires_at, t.address, t.proved_at, a.account
  from sessions t join people a on (a.institution_id, a.id) = (t.institution_id, t.person_id)
  where t.institution_id = :institution and t.person_id = :person
    and t.revoked_at is null and t.expires_at > :now
  order by t.begun_at desc, t.id desc""")
WHOSE = statement("""
  select person_id from sessions
  where institution_id = :institution and id = :session and revoked_at is null
    and expires_at > :now""")
OF_ACCOUNT = statement(
    "select person_id from accounts where institution_id = :institution and account = :account"
)
END = statement("""
  update sessions set revoked_at = :now
  where institution_id = :institution and id = any(cast(:ids as uuid[]))
    and revoked_at is null""")
END_ALL = statement("""
  update sessions set revoked_at = :now
  where institution_id = :institution and person_id = :person and revoked_at is null
    and id is distinct from cast(:but as uuid)""")


@dataclass(frozen=True)
class Signed:
    """A token and until when it counts; the refresh that gives the next one, and until when."""

    token: str
    expires_at: datetime
    refresh: str
    ends_at: datetime


def signed(context: Context, claims: tokens.Claims, number: int, ends_at: datetime) -> Signed:
    services = context.services
    # Tokens count in whole seconds.
    until = min(context.now + timedelta(hours=services.token_hours), ends_at).replace(microsecond=0)
    token = tokens.issue(claims, until, services.secret)
    return Signed(token, until, tokens.issue_refresh(claims, number, services.secret), ends_at)


async def refresh(context: Context, text: str) -> Signed:
    """The session's next token. A refresh counts once: whoever brings a spent one ends the session.

    Raises: Refused: SESSION_OVER.
    """
    try:
        claims, number = tokens.read_refresh(text, context.services.secrets)
    except NotSignedIn:
        raise Refused("SESSION_OVER") from None
    who = {"institution": claims.institution, "session": claims.session}
    async with context.services.database.transaction(claims.institution) as transaction:
        held = await transaction.row(
            HOLD, **who, person=claims.person, now=context.now, today=context.today
        )
        if held and number == held["refreshes"]:
            await transaction.rows(REFRESH, **who, now=context.now)
            return signed(context, claims, number + 1, held["expires_at"])
        repeated = held and number + 1 == held["refreshes"]
        if held and repeated and context.now - held["refreshed_at"] <= LEEWAY:
            return signed(context, claims, number + 1, held["expires_at"])
        if held:
            ids = [claims.session]
            await transaction.rows(END, institution=claims.institution, ids=ids, now=context.now)
            content = {"whom": claims.person, "session": claims.session}
            await ledger.append(
                transaction, claims.institution, "refresh_spent_twice", context.now, content
            )
    raise Refused("SESSION_OVER")


async def every(context: Context, account: str | None) -> list[Mapping[str, Any]]:
    """The open sessions, the latest first: one's own, or those of an account of the institution.

    Raises: Refused: there is no such account; NotAllowed: it is another's, and the viewer's seats
    do not open those.
    """
    person = context.viewer.person.id
    if account is not None:
        found: UUID | None = await context.value(OF_ACCOUNT, account=account.strip())
        if found != person:
            await context.must_open(MANAGE)
        if found is None:
            raise at_fault("ACCOUNT_NOT_FOUND", "account")
        person = found
    return list(await context.rows(OPEN, person=person, now=context.now))


async def end(context: Context, session: UUID) -> None:
    """End one's own session, or as an administrator anybody's of the institution.

    Raises: Refused: SESSION_NOT_FOUND.
    """
    whose: UUID | None = await context.value(WHOSE, session=session, now=context.now)
    me = context.viewer.person
    if whose is None or (whose != me.id and me.roles.isdisjoint(ROLES_BY_PERMISSION[MANAGE])):
        raise at_fault("SESSION_NOT_FOUND", "input", "sessionId")
    if whose != me.id:
        context.must_be_proved(ROLES_BY_PERMISSION[MANAGE])
    await _end(context, whose, [session])


async def end_others(context: Context) -> None:
    """End every session of the viewer's but this one."""
    me = context.viewer
    found = await context.rows(OPEN, person=me.person.id, now=context.now)
    ids = [row["id"] for row in found if row["id"] != me.session]
    await _end(context, me.person.id, ids)


async def _end(context: Context, whose: UUID, ids: list[UUID]) -> None:
    await context.rows(END, ids=ids, now=context.now)
    await context.remember({"count": len(ids)})
    me = context.viewer.person
    content = {"person": me.id, "name": me.name, "whom": whose, "sessions": ids}
    await context.record("sessions_ended", content)
