"""People whom a form names: the handler, the witness, the introducer.

Such a role has no seat; the person takes the turn. Who handles or asks is the applicant, unless
somebody else is named.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from domain import ROSTERS
from domain.errors import Problem, must_be_none
from domain.office.organisation import Holder, Person, Seat
from domain.rules.routes import Route
from domain.vocabulary import RoleClass
from resolvers.ground.context import Context
from resolvers.ground.people import these
from resolvers.records import roster_rows
from resolvers.records.acts import titles
from resolvers.records.chairing import others_chair
from resolvers.rules.rulebooks import LivingRulebook


async def named_on_form(
    context: Context,
    applicant: Person,
    living: LivingRulebook,
    found: Route,
    seat: Seat,
    named: Mapping[str, UUID],
    form: Any = None,
) -> dict[str, Seat]:
    """By role, the turn of the person named: as it were a seat of one's own.

    Raises: Refused: somebody unknown is named, or nobody where the applicant cannot be meant; or
    who does not chair the sitting that the form is about.
    """
    roles, parts = living.vocabulary.roles, living.vocabulary.parts
    people = await these(context, set(named.values()))
    problems = [
        Problem("NOT_A_COLLEAGUE", ("input", "named"), details={"role": role})
        for role, person in named.items()
        if person not in people
    ]
    turns: dict[str, Seat] = {}
    for step in found.steps:
        for role in step.roles:
            if role not in roles or roles[role].role_class is not RoleClass.FORM:
                continue
            if role in named and named[role] in people:
                turns[role] = _turn(people[named[role]], role, seat)
            elif role in parts.own:
                own = Holder(applicant.id, applicant.name, applicant.account)
                turns[role] = _turn(own, role, seat)
            elif role not in named:
                label = roles[role].label
                details = {"named": role, "zh": label.zh, "en": label.en}
                problems.append(Problem("NAME_NEEDED", ("input", "named"), step.clause, details))
    clauses = {role: step.clause for step in found.steps for role in step.roles}
    problems += _one_for_two(turns, applicant, parts.vouching, clauses)
    sitting = getattr(form, "sitting_id", None)
    problems += await _not_chairing(context, living, sitting, turns, clauses) if sitting else ()
    must_be_none(problems)
    return turns


async def _not_chairing(
    context: Context,
    living: LivingRulebook,
    sitting: UUID,
    turns: Mapping[str, Seat],
    clauses: Mapping[str, str],
) -> list[Problem]:
    """Who decides about a sitting chairs it."""
    problems = []
    for role, turn in turns.items():
        if chairs := await others_chair(context, sitting, turn.id):
            told = titles(living, chairs)
            problems.append(Problem("NOT_IN_THE_CHAIR", ("input", "named"), clauses[role], told))
    return problems


async def on_duty_then(context: Context, kind: str, form: Any, seat: Seat) -> dict[str, Seat]:
    """By post, whoever bears it by the settled roster on the day that a form asks to be free."""
    turns: dict[str, Seat] = {}
    for roster in ROSTERS:
        swapped, night = roster.swapped_by
        day = getattr(form, night, None) if kind == swapped else None
        if day is None:
            continue
        span = {"since": day, "until": day + timedelta(days=1)}
        rows = await context.rows(roster_rows.TURNS, roster=roster.name, **span)
        people = await these(context, {row["person_id"] for row in rows})
        for row in rows:
            if row["person_id"] in people:
                turns.setdefault(row["post"], _turn(people[row["person_id"]], row["post"], seat))
    return turns


def _one_for_two(
    turns: Mapping[str, Seat],
    applicant: Person,
    vouching: Collection[str],
    clauses: Mapping[str, str],
) -> Iterator[Problem]:
    """Who vouches for a matter is another than whose it is, and takes no second turn in it."""
    for role in turns.keys() & vouching:
        if turns[role].id == applicant.id:
            yield Problem("NOT_TO_ONESELF", ("input", "named"), clauses[role])
        elif any(turns[role].id == turn.id for other, turn in turns.items() if other != role):
            yield Problem("NAMED_TWICE", ("input", "named"), clauses[role])


def _turn(person: Holder, role: str, seat: Seat) -> Seat:
    return Seat(person.id, seat.institution, role, seat.unit_id, seat.unit, (person,))
