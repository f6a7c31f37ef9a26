"""Administrative acts: done at once, or kept until a second person confirms them.

An act is judged when it is asked for as if it were done, and judged anew when it is done. Founders'
acts always wait for the other founder; others do where they change who decides.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from domain.errors import Refused, at_fault
from domain.office.administration import CONFIRMED, DECLINED, PENDING, administrative_acts
from domain.office.notices import Notice
from domain.vocabulary import Act, RoleClass
from policies import vocabulary
from policies.permissions import ROLES_BY_PERMISSION
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.derived import insertion
from resolvers.ground.notices import announce
from resolvers.office import appointments
from resolvers.office.outcomes import Does
from resolvers.records.acts import roles_that_may, titles

OBJECT = "organisation"
AREA = vocabulary.shipped().objects[OBJECT].area
APART = ROLES_BY_PERMISSION["administrators.apart"]
FOUNDERS = ROLES_BY_PERMISSION["institutions.found"]
SECOND = dict.fromkeys(("adopt", "enact"), "rulebooks.second") | {"destroy": "retention.second"}
RULED = {"enact": ("rulebook", Act.APPROVE), "destroy": ("retention", Act.CONFIRM)}
"""By which permission or line one is a second person to an act, if not as to all others."""

FOUNDING = statement("select founding from institutions where institution_id = :institution")
HELD = statement("""
  select s.role, a.person_id from appointments a
  join seats s on (s.institution_id, s.id) = (a.institution_id, a.seat_id)
  join people p on (p.institution_id, p.id) = (a.institution_id, a.person_id)
  where a.institution_id = :institution and s.role = any(cast(:roles as text[]))
    and a.begins <= :today and (a.ends is null or a.ends >= :today)
    and (p.leaves is null or p.leaves >= :today)""")
PROPOSE = insertion(administrative_acts)
FIND = statement("""
  select * from administrative_acts
  where institution_id = :institution and id = :id for update""")
SEE = statement(
    "select * from administrative_acts where institution_id = :institution and id = :id"
)
LIST = statement("""
  select * from administrative_acts
  where institution_id = :institution
    and (cast(:state as text) is null or state = :state)
    and (cast(:only as text[]) is null or act = any(cast(:only as text[])))
  order by at desc, id desc limit :most""")
DECIDE = statement("""
  update administrative_acts
  set state = :state, decided_by = :person, decided_by_name = :name, decided_at = :now,
      why = :why
  where institution_id = :institution and id = any(cast(:ids as uuid[]))""")
OF_FOUNDERS = statement("""
  select id from administrative_acts
  where institution_id = :institution and state = 'pending'
    and by_id = any(cast(:people as uuid[]))""")
RESIGN = statement("""
  delete from appointments a using seats s
  where a.institution_id = :institution and s.role = any(cast(:roles as text[]))
    and (s.institution_id, s.id) = (a.institution_id, a.seat_id) and a.begins >= :today""")
RETIRE = statement("""
  update appointments a set ends = :yesterday from seats s
  where a.institution_id = :institution and s.role = any(cast(:roles as text[]))
    and (s.institution_id, s.id) = (a.institution_id, a.seat_id)
    and (a.ends is null or a.ends > :yesterday)""")
FOUNDED = statement("update institutions set founding = false where institution_id = :institution")


Ready = Callable[[Context, Mapping[str, Any]], Awaitable[None]]
"""What is worked out of an act before it holds what others wait for."""


@dataclass(frozen=True)
class Done:
    """What came of an act; it waits for a second person where `waits` names its place."""

    answer: Mapping[str, Any]
    told: str = ""
    waits: UUID | None = None


async def administer(context: Context, act: str, does: Does, given: Mapping[str, Any]) -> Done:
    """Do an act, or have it wait; it is judged either way.

    Raises: Refused: as the act says; nothing is kept.
    """
    await appointments.alone(context)
    await context.must_be_first()
    me, founder = context.viewer.person, await is_founder(context)
    await context.transaction.mark()
    outcome = await does(context, given, me.id)
    if not outcome.weighty and not founder:
        await settle(context)
        await context.remember({**outcome.answer})
        return Done(outcome.answer, outcome.told)
    await context.transaction.mark(undo=True)
    id_ = context.services.new_id()
    row = {
        "institution_id": me.institution,
        "id": id_,
        "act": act,
        "given": {**given},
        "said": outcome.said,
        "by_id": me.id,
        "by_name": me.name,
        "at": context.now,
        "state": PENDING,
    }
    await context.rows(PROPOSE, rows=[row])
    details = {"name": me.name, "said": outcome.said}
    for person in await holders(context, await confirming(context, act)):
        if person != me.id:
            await announce(context, Notice("ACT_WAITS", person, me.institution, details))
    answer = {**outcome.answer, "waits": str(id_)}
    await context.remember(answer)
    content = {"act_id": id_, "code": act, "person": me.id, "name": me.name, "said": outcome.said}
    await context.record("act_asked_for", content)
    return Done(answer, waits=id_)


async def is_founder(context: Context) -> bool:
    """Whether the viewer acts as a founder of an office that is still founded."""
    founder = context.viewer.person.roles & FOUNDERS
    return bool(founder and await context.value(FOUNDING))


async def confirming(context: Context, act: str = "organise") -> frozenset[str]:
    """The roles that are a second person to an act: by the office's rules, or else by permission.

    While the office is founded, founders are that to each other.
    """
    living = await context.rulebook()
    default = ROLES_BY_PERMISSION[SECOND.get(act, "administration.second")]
    ruled = roles_that_may(living, *RULED.get(act, (OBJECT, Act.CONFIRM))) or default
    return ruled | FOUNDERS if await context.value(FOUNDING) else ruled


async def confirm(
    context: Context, id_: UUID, acts: Mapping[str, Does], ready: Mapping[str, Ready]
) -> Done:
    """Do what another asked for; what takes long of it is got ready before others have to wait.

    Raises: Refused: it is not the viewer's to confirm, has been decided, or cannot be done any
    more.
    """
    asked = await context.row(SEE, id=id_)
    if asked and asked["act"] in ready and asked["state"] == PENDING:
        await _must_be_another_s(context, asked)
        await ready[asked["act"]](context, asked["given"])
    found = await _pending(context, id_)
    outcome = await acts[found["act"]](context, found["given"], found["by_id"])
    await mark_decided(context, found, CONFIRMED, "ACT_CONFIRMED")
    await settle(context)
    await context.remember({"act": str(id_)})
    return Done(outcome.answer, outcome.told)


async def decline(context: Context, id_: UUID, why: str) -> None:
    """Let what was asked for rest; who asked may do so too.

    Raises: Refused: it is not the viewer's to decline, or has been decided.
    """
    found = await _pending(context, id_, own=True)
    await mark_decided(context, found, DECLINED, "ACT_DECLINED", why.strip())
    await context.remember({"act": str(id_)})


async def acts(context: Context, state: str | None, most: int) -> list[Mapping[str, Any]]:
    """What was asked for, the latest first; who confirms some acts alone is told of these."""
    only = await must_see(context, *SECOND)
    return list(await context.rows(LIST, state=state, most=most, only=only))


async def must_see(context: Context, *acts: str) -> list[str] | None:
    """Which of these acts are the viewer's to see who confirms no others; None where all are.

    Raises: Refused: NOT_YOURS_TO_CONFIRM, where the viewer neither asks nor confirms.
    """
    asking = ROLES_BY_PERMISSION["posts.manage"] | ROLES_BY_PERMISSION["rulebooks.adopt"]
    every = await confirming(context) | asking
    if context.viewer.person.roles & every:
        return None
    only = [e for e in acts if context.viewer.person.roles & await confirming(context, e)]
    if not only:
        await _must_confirm(context, every)
    return only


async def one(context: Context, id_: UUID) -> Mapping[str, Any]:
    return await context.found(FIND, at_fault("ACT_NOT_FOUND", "input", "actId"), id=id_)


async def _pending(context: Context, id_: UUID, *, own: bool = False) -> Mapping[str, Any]:
    """An act that the viewer may decide on."""
    await appointments.alone(context)
    await context.must_be_first()
    found = await one(context, id_)
    if found["state"] != PENDING:
        raise at_fault("ACT_DECIDED", "input", "actId")
    if not own or found["by_id"] != context.viewer.person.id:
        await _must_be_another_s(context, found)
    return found


async def _must_be_another_s(context: Context, found: Mapping[str, Any]) -> None:
    """Raises: Refused: the viewer asked for it, or is no second person to it."""
    if found["by_id"] == context.viewer.person.id:
        raise at_fault("OWN_ACT", "input", "actId")
    roles = await confirming(context, found["act"])
    await _must_confirm(context, roles)
    context.must_be_proved(roles)
    known = (await context.rulebook()).vocabulary.roles
    mine = context.viewer.person.roles & roles
    if all(role in known and known[role].role_class is RoleClass.BODY for role in mine):
        raise Refused("ACT_BY_VOTE", **titles(await context.rulebook(), sorted(mine)))


async def _must_confirm(context: Context, roles: Collection[str]) -> None:
    if context.viewer.person.roles.isdisjoint(roles):
        raise Refused("NOT_YOURS_TO_CONFIRM", **titles(await context.rulebook(), sorted(roles)))


async def mark_decided(
    context: Context, found: Mapping[str, Any], state: str, code: str, why: str = ""
) -> None:
    me = context.viewer.person
    decided = {"person": me.id, "name": me.name, "now": context.now, "why": why}
    await context.rows(DECIDE, state=state, ids=[found["id"]], **decided)
    if found["by_id"] != me.id:
        details = {"name": me.name, "said": found["said"]}
        await announce(context, Notice(code, found["by_id"], me.institution, details))
    content = {"act_id": found["id"], "code": found["act"], "asked_by": found["by_id"]}
    event = f"act_{state}"
    await context.record(event, {**content, "person": me.id, "name": me.name, "reason": why})


async def holders(context: Context, roles: Collection[str]) -> set[UUID]:
    rows = await context.rows(HELD, roles=sorted(roles), today=context.today)
    return {row["person_id"] for row in rows}


async def settle(context: Context) -> None:
    """End the founding once there is an administrator of each kind, and a second person to each.

    Raises: Refused: NOBODY_CONFIRMS.
    """
    if not await context.value(FOUNDING):
        return
    rows = await context.rows(HELD, roles=sorted(APART), today=context.today)
    if {row["role"] for row in rows} != APART:
        return
    managing = ROLES_BY_PERMISSION["posts.manage"] - FOUNDERS
    seconds = await holders(context, (await confirming(context)) - FOUNDERS)
    if any(not seconds - {r["person_id"]} for r in rows if r["role"] in managing):
        raise Refused("NOBODY_CONFIRMS")
    me, founders = context.viewer.person, await holders(context, FOUNDERS)
    of = {"roles": sorted(FOUNDERS), "today": context.today}
    await context.rows(RESIGN, **of)
    await context.rows(RETIRE, **of, yesterday=context.today - timedelta(days=1))
    await context.rows(FOUNDED)
    open_acts = [row["id"] for row in await context.rows(OF_FOUNDERS, people=sorted(founders))]
    decided = {"person": me.id, "name": me.name, "now": context.now, "why": ""}
    await context.rows(DECIDE, state=DECLINED, ids=open_acts, **decided)
    told = [Notice("FOUNDING_OVER", each, me.institution, {}) for each in sorted(founders)]
    await announce(context, *told)
    await context.record("founding_ended", {"person": me.id, "founders": sorted(founders)})
