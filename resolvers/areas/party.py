"""Joining the party: who is a full member, of those who apply and of those whom a stage names."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

import asyncpg

from domain.areas.party.joining import NAMED, PARTY_CASE, Application
from domain.errors import Problem
from domain.vocabulary import Act
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.viewers import HELD_TODAY
from resolvers.records.acts import roles_that_may
from resolvers.records.case_looks import Look, Looked
from resolvers.records.case_rows import CaseView
from resolvers.rules.rulebooks import LivingRulebook

MEMBER = "party.member"
MEMBERS = statement(f"""
  select p.id, p.name,
         coalesce(cast(p.facts ->> 'party_member' as boolean), false) or exists (
           select from party_cases c
           where (c.institution_id, c.begun_by) = (p.institution_id, p.id)
             and c.path = 'party.full_member' and c.state in ('full_member', 'archived')
         ) or exists (
           select from appointments a
           join seats s on (s.institution_id, s.id) = (a.institution_id, a.seat_id)
           where (a.institution_id, a.person_id) = (p.institution_id, p.id)
             and s.role = any(cast(:held_by_members as text[])) and {HELD_TODAY}
         ) as full_member,
         exists (select from party_cases c
                 where (c.institution_id, c.begun_by) = (p.institution_id, p.id)
                   and c.standing) as standing
  from people p where p.institution_id = :institution and p.id = any(cast(:ids as uuid[]))""")


async def applied(context: Context, _: LivingRulebook, __: Application) -> list[Problem]:
    """Nobody applies who is a member, or whose case is under way."""
    me = context.viewer.person.id
    known = (await _members(context, [me]))[me]
    against = {"PARTY_CASE_RUNNING": known["standing"], "FULL_MEMBER_ALREADY": known["full_member"]}
    return [Problem(code, ("application",)) for code, found in against.items() if found]


async def named(context: Context, view: CaseView, look: Look) -> Looked:
    """How many full members a stage names, and who of them will not do."""
    said, against = dict[str, Any](), list[Problem]()
    for name, columns in NAMED.items():
        given = [(each, getattr(look.given, each, None)) for each in columns]
        people = [(column, person) for column, person in given if person]
        found = await _members(context, [person for _, person in people]) if people else {}
        against += _unfit(view, people, found, look.named[0].clause)
        if people:
            said[name] = Decimal(len({person for _, person in people}))
            said[f"{name}_full_members"] = all(each["full_member"] for each in found.values())
    return Looked(said, frozenset(said), tuple(against))


BEGINS = {PARTY_CASE.code: applied}
LOOKS = {PARTY_CASE.code: named}


async def _members(context: Context, people: Sequence[UUID]) -> dict[UUID, asyncpg.Record]:
    """Those of these people who belong to the institution: name, membership, a running case."""
    roles = sorted(roles_that_may(await context.rulebook(), MEMBER, Act.CONFIRM))
    given = {"ids": [*people], "today": context.today, "held_by_members": roles}
    return {row["id"]: row for row in await context.rows(MEMBERS, **given)}


def _unfit(
    view: CaseView, people: Sequence[tuple[str, UUID]], found: Mapping[UUID, Any], clause: str
) -> Iterator[Problem]:
    for column, person in people:
        if person not in found:
            yield Problem("NOT_OF_THIS_OFFICE", (column,))
        elif person == view.case.begun_by:
            yield Problem("NOT_FOR_ONESELF", (column,), clause)
        elif not found[person]["full_member"]:
            yield Problem("NOT_A_FULL_MEMBER", (column,), clause, {"name": found[person]["name"]})
