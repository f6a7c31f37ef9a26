"""Accounts: invited by a one-time link, reset by another, disabled, enabled, unlocked."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain.errors import at_fault
from domain.office.posts import LEAST_ADMINISTRATORS
from domain.tables import PLATFORM
from policies.permissions import ROLES_BY_PERMISSION
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.one_time_links import issue
from resolvers.ground.second_factors import forget
from resolvers.ground.sessions import END_ALL
from resolvers.office.administering import APART
from resolvers.office.organising import weighty
from resolvers.office.outcomes import Outcome, sentence

OWING = ROLES_BY_PERMISSION["second_factor.owed"]
FIND = statement("""
  select a.account, a.person_id, p.name,
         array(select s.role from appointments h
               join seats s on (s.institution_id, s.id) = (h.institution_id, h.seat_id)
               where (h.institution_id, h.person_id) = (a.institution_id, a.person_id)
                 and (h.ends is null or h.ends >= :today)) as roles
  from accounts a join people p on (p.institution_id, p.id) = (a.institution_id, a.person_id)
  where a.institution_id = :institution and a.account = :account""")
ABLE = statement("""
  update accounts set disabled_at = :at
  where institution_id = :institution and account = :account""")
ABLE_BESIDE = statement("""
  select count(distinct h.person_id) from appointments h
  join seats s on (s.institution_id, s.id) = (h.institution_id, h.seat_id)
  join accounts a on (a.institution_id, a.person_id) = (h.institution_id, h.person_id)
  where h.institution_id = :institution and s.role = :role and a.disabled_at is null
    and h.person_id <> :but and h.begins <= :today and (h.ends is null or h.ends >= :today)""")
DEMAND = statement(
    "update institutions set second_factor = :demanded where institution_id = :institution"
)
FORGIVE = statement("""
  delete from sign_in_attempts where institution_id = :platform and account = :account""")


async def invite(context: Context, given: Mapping[str, Any], by: UUID) -> Outcome:
    """Make a one-time link to set the password; whoever does it is told, and nobody else.

    It needs a second person where whoever signs in so may decide on requests.
    """
    found = await account(context, given["account"])
    link = await issue(
        context.transaction, context.viewer.institution, found["account"], context.now
    )
    living = await context.rulebook()
    await _record(context, "account_invited", found, by)
    said = sentence(living, "SAID_INVITED", {"account": found["account"]})
    heavy = not weighty(living).isdisjoint(found["roles"])
    return Outcome(said, heavy, {"account": found["account"]}, link)


async def disable(context: Context, given: Mapping[str, Any], by: UUID) -> Outcome:
    """Nobody signs in with it from now on, and the sessions of its person end.

    An administrator's account is disabled by two, and never one of the last two of a kind.
    """
    found = await account(context, given["account"])
    for role in sorted(APART.intersection(found["roles"])):
        beside = {"but": found["person_id"], "today": context.today}
        if await context.value(ABLE_BESIDE, role=role, **beside) < LEAST_ADMINISTRATORS:
            least = LEAST_ADMINISTRATORS
            raise at_fault("LAST_ADMINISTRATORS", "input", "account", role=role, least=least)
    await context.rows(ABLE, account=found["account"], at=context.now)
    await context.rows(END_ALL, person=found["person_id"], but=None, now=context.now)
    await _record(context, "account_disabled", found, by)
    said = sentence(await context.rulebook(), "SAID_DISABLED", {"account": found["account"]})
    return Outcome(said, not APART.isdisjoint(found["roles"]), {"account": found["account"]})


async def enable(context: Context, given: Mapping[str, Any], by: UUID) -> Outcome:
    """It is signed in with again, by the password that it had."""
    found, living = await account(context, given["account"]), await context.rulebook()
    await context.rows(ABLE, account=found["account"], at=None)
    await _record(context, "account_enabled", found, by)
    said = sentence(living, "SAID_ENABLED", {"account": found["account"]})
    heavy = not weighty(living).isdisjoint(found["roles"])
    return Outcome(said, heavy, {"account": found["account"]})


async def clear_factor(context: Context, given: Mapping[str, Any], by: UUID) -> Outcome:
    """Forget the second factor of an account's person, whose device is lost.

    An administrator's is forgotten by two.
    """
    found = await account(context, given["account"])
    await forget(context, found["person_id"])
    await context.rows(END_ALL, person=found["person_id"], but=None, now=context.now)
    await _record(context, "second_factor_cleared", found, by)
    said = sentence(await context.rulebook(), "SAID_CLEARED", {"account": found["account"]})
    return Outcome(said, not OWING.isdisjoint(found["roles"]), {"account": found["account"]})


async def demand_factor(context: Context, given: Mapping[str, Any], by: UUID) -> Outcome:
    """Whether administrative acts are refused without a second factor; two must leave it open."""
    demanded: bool = given["demanded"]
    await context.rows(DEMAND, demanded=demanded)
    me = context.viewer.person
    content = {"demanded": demanded, "person": me.id, "name": me.name, "asked_by": by}
    await context.record("second_factor_demanded", content)
    code = "SAID_FACTOR_DEMANDED" if demanded else "SAID_FACTOR_LEFT_OPEN"
    return Outcome(sentence(await context.rulebook(), code, {}), not demanded)


async def unlock(context: Context, name: str) -> None:
    """Forget the failures at an account, so that it may be tried again at once."""
    found = await account(context, name)
    await context.transaction.rows_of(
        PLATFORM, FORGIVE, platform=PLATFORM, account=found["account"]
    )
    await context.remember({"account": found["account"]})
    await _record(context, "account_unlocked", found, context.viewer.person.id)


async def account(context: Context, name: str) -> Mapping[str, Any]:
    """Raises: Refused where the institution has no such account."""
    missing = at_fault("ACCOUNT_NOT_FOUND", "input", "account")
    return await context.found(FIND, missing, account=name.strip(), today=context.today)


async def _record(context: Context, event: str, found: Mapping[str, Any], by: UUID) -> None:
    me = context.viewer.person
    who = {"person": me.id, "name": me.name, "asked_by": by}
    await context.record(event, {"whom": found["person_id"], "account": found["account"], **who})
