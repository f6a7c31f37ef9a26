"""Joining the party: who is a member, what a vote came to, and who states what alone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import asyncpg

from domain.areas.party import counting
from domain.areas.party.counting import BALLOTED, ELIGIBLE, Event
from domain.areas.party.joining import NAMED, PARTY_CASE, Application
from domain.errors import Problem, Refused
from domain.shapes.eligibility import reasons
from domain.shapes.votes import Outcome
from domain.vocabulary import STAGE, Act
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.viewers import HELD_TODAY
from resolvers.office.seat_changes import must_have_left_seats_alone
from resolvers.records.acts import judged, roles_that_may, seats_of, titles
from resolvers.records.case_rows import CaseView, exact
from resolvers.records.case_turns import Look, Looked, not_ready, unmet
from resolvers.rules.rulebooks import LivingRulebook

STATEMENT, MEMBER = "party.statement", "party.member"
CARRIED = {"MAJORITY_MET", "QUORUM_MET", "QUORUM_OPEN"}
"""What is said of a count that need not be told to whom it does not carry."""
MEMBERS = statement(
    f"""select p.id, p.name,
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
       from people p where p.institution_id = :institution and p.id = any(cast(:ids as uuid[]))"""
)


async def applied(context: Context, living: LivingRulebook, form: Application) -> list[Problem]:
    """What is against an application: age, membership and what the clauses ask."""
    person, today = context.viewer.person, context.today
    known = (await _members(context, [person.id]))[person.id]
    wrong = (
        ("NOT_OF_AGE", "born", not counting.is_of_age(form.born, today)),
        ("PARTY_CASE_RUNNING", "application", known["standing"]),
        ("FULL_MEMBER_ALREADY", "application", known["full_member"]),
    )
    details = {"age": counting.OF_AGE}
    against = [Problem(code, (name,), details=details) for code, name, found in wrong if found]
    rows = [row for row in living.shapes.eligibility if row.subject == counting.BEGINNING]
    against += [unmet(each, context.language) for each in reasons(rows, person.facts)]
    if not against:
        await must_have_left_seats_alone(context, living, PARTY_CASE.code)
    return against


async def looked(context: Context, view: CaseView, look: Look) -> Looked:
    """What is counted, what a vote and who is named come to, and what is against a stage."""
    shapes, language = view.living.shapes, context.language
    history = [_event(each, view.living) for each in view.entries]
    known: dict[str, Any] = counting.counted(history, look.named, shapes, context.now)
    days = counting.days(history, look.named)
    if look.given is None:
        return Looked(known, days=days)
    given, clause = vars(look.given), look.named[0].clause
    against = await _others_to_state(context, view, given, clause)
    said: dict[str, Any] = {}
    remarks: list[Problem] = []
    if given.get("ballot"):
        try:
            said, vote = counting.balloted(look.named[0], given["ballot"], view.living.rulebook)
            remarks = list(_remarks(vote))
        except Refused as refused:
            against += [replace(each, path=("ballot", *each.path)) for each in refused.problems]
    for name, columns in NAMED.items():
        if people := [(each, given[each]) for each in columns if given.get(each)]:
            found = await _members(context, [person for _, person in people])
            against += _unfit(view, people, found, clause)
            said |= {name: Decimal(len({person for _, person in people}))}
            said[f"{name}_full_members"] = all(each["full_member"] for each in found.values())
    if look.note and given.get("ballot") and not set(BALLOTED) & said.keys():
        against += remarks
    if against:
        raise not_ready(clause, against)
    if not look.note:
        ever = {name: value for each in history for name, value in each.measures.items()}
        rows = [r for r in shapes.eligibility if r.subject == ELIGIBLE.get(look.event, "-")]
        told = {**ever, **look.known, **known, **said}
        against += [unmet(each, language) for each in reasons(rows, told)]
    return Looked(known | said, frozenset(said), tuple(against), tuple(remarks), days)


async def _members(context: Context, people: Sequence[UUID]) -> dict[UUID, asyncpg.Record]:
    """Those of these people who belong to the institution: name, membership, a running case."""
    living = await context.rulebook(context.viewer.institution)
    rows = await context.transaction.rows(
        MEMBERS,
        institution=context.viewer.institution,
        ids=list(people),
        today=context.today,
        held_by_members=sorted(roles_that_may(living, MEMBER, Act.CONFIRM)),
    )
    return {row["id"]: row for row in rows}


async def _others_to_state(
    context: Context, view: CaseView, given: Mapping[str, Any], clause: str
) -> list[Problem]:
    """What one seat alone states, and the viewer's is another."""
    stages = view.taking.vocabulary.objects[STATEMENT].stages
    seats = await seats_of(context, view.kind.code, {})
    verdicts = {
        name: judged(view.taking, STATEMENT, Act.KEEP, {STAGE: name}, seats)
        for name in stages
        if given.get(name) is not None
    }
    return [
        Problem("NOT_YOURS_TO_STATE", (name,), clause, titles(view.taking, verdict.whose))
        for name, verdict in verdicts.items()
        if not verdict.allowed
    ]


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


def _remarks(vote: Outcome) -> Iterator[Problem]:
    clause = vote.votes[0].clause if vote.votes else None
    for each in vote.remarks:
        if each.code not in CARRIED:
            yield Problem(each.code, ("ballot",), clause, each.details)


def _event(entry: Mapping[str, Any], living: LivingRulebook) -> Event:
    measures = {name: exact(living, name, value) for name, value in entry["measures"].items()}
    at = datetime.fromisoformat(entry["at"])
    of = entry["event"], entry["origin"], entry["target"]
    return Event(*of, at, measures, entry["taken"])
