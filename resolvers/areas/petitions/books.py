"""What the first asked may do by the office's path, and whom leaders received: asked of a line."""

from collections.abc import Mapping
from typing import Any

from domain.areas.petitions.books import (
    CONTACTS,
    RECEPTIONS,
    Contact,
    Reception,
    first_asked,
    known_of,
    untold,
)
from domain.areas.petitions.cases import PETITION
from domain.errors import Problem, Refused, at_fault, invalid
from domain.shapes.paths import no_transition, passage
from domain.vocabulary import Act
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.viewers import HELD_TODAY
from resolvers.records.acts import roles_that_may
from resolvers.records.case_rows import find
from resolvers.records.case_turns import obstacle
from resolvers.records.registers import Check
from resolvers.requests.words import camel

LEADER = statement(
    f"""select p.name, array_agg(s.role) as roles
        from people p
        join appointments a on (a.institution_id, a.person_id) = (p.institution_id, p.id)
        join seats s on (s.institution_id, s.id) = (a.institution_id, a.seat_id)
        where p.institution_id = :institution and p.id = cast(:person as uuid) and {HELD_TODAY}
        group by p.name"""
)


async def _contact(context: Context, form: Contact) -> Mapping[str, Any]:
    """What the first asked did is what the office's path lets them do; where that leaves it."""
    living = await context.rulebook(context.viewer.institution)
    rows = first_asked(form, living.shapes.paths)
    if not rows:
        raise Refused("NO_FIRST_ASKED_PATH")
    clause, origin = rows[0].clause, rows[0].origin
    problems = [Problem("REQUIRED", ("input", camel(name)), clause) for name in untold(form)]
    calendar = await context.calendar()
    found = passage(rows, origin, form.event, known_of(form), calendar, now=context.now)
    if not found.tried:
        details = no_transition(rows, origin, form.event, rows)
        problems.append(Problem("NO_TRANSITION", ("input", "event"), clause, details))
    elif found.taken is None:
        told = (obstacle(each, living, context.language) for each in found.obstacles)
        problems += [
            Problem(each.code, ("input", camel(each.path[-1])), each.clause, each.details)
            for each in told
        ]
    if problems or found.taken is None:
        raise invalid(problems)
    return {"outcome": found.taken.target, "clause": found.taken.clause}


async def _reception(context: Context, form: Reception) -> Mapping[str, Any]:
    """Who received is a leader by the office's lines; a case that is named is there."""
    living = await context.rulebook(context.viewer.institution)
    leader = await context.transaction.row(
        LEADER,
        institution=context.viewer.institution,
        person=form.leader_id,
        today=context.today,
    )
    leading = roles_that_may(living, RECEPTIONS.name, Act.TAKE)
    if leader is None or leading.isdisjoint(leader["roles"]):
        raise at_fault("NOT_A_LEADER", "input", "leaderId")
    if form.case_id:
        await find(context, PETITION, form.case_id)
    return {"leader_name": leader["name"]}


CHECKS: Mapping[str, Check] = {CONTACTS.name: _contact, RECEPTIONS.name: _reception}
