"""Whoever moves or leaves unasked: what hangs on them, and what a clause lets nobody go with."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from domain.office.changes import EndAppointment
from domain.office.delegation import Span
from domain.office.planning import Fault
from domain.office.posts import ONE_DAY
from domain.office.roll import Office
from resolvers.ground.context import Context
from resolvers.office.appointments import colleagues
from resolvers.office.depending import before_going
from resolvers.office.hanging import LEAVING, Hangs, still_hanging, still_has
from resolvers.rules.rulebooks import LivingRulebook

LOOKED_AHEAD = timedelta(days=30)
MOST = 20
"""People of one act of whom it is told."""


async def kept_back(context: Context, office: Office, changes: Sequence[Any]) -> list[Fault]:
    """What a clause lets nobody end an appointment with: `office` is as it would be then.

    Who keeps a seat moves, who keeps none leaves.
    """
    found, living = [], await context.rulebook()
    for at, each in enumerate(changes):
        if isinstance(each, EndAppointment):
            name = office.people[each.person_id].name
            subjects = _moves(living) if _stays(office, each) else [LEAVING]
            hanging = await still_hanging(context, living, each.person_id, *subjects)
            told = {(e.clause, e.name): still_has(e, name, "person_id") for e in hanging}
            found += [Fault(at, problem) for problem in told.values()]
    return found


def _stays(office: Office, ended: EndAppointment) -> bool:
    return any(
        each.person == ended.person_id and (each.ends is None or each.ends > ended.last_day)
        for each in office.appointments.values()
    )


def _moves(living: LivingRulebook) -> list[str]:
    """The kinds of request by which people move, of which the office's rows speak."""
    kinds, spoken = living.vocabulary.kinds, (e.subject for e in living.shapes.eligibility)
    area = kinds[LEAVING].area
    return [
        each
        for each in dict.fromkeys(spoken)
        if each != LEAVING and each in kinds and kinds[each].area == area
    ]


async def hanging_on_those(
    context: Context, act: str, given: Mapping[str, Any]
) -> list[tuple[str, list[Hangs]]]:
    """By name what hangs on each whom an act moves, for thirty days; nothing not to be seen."""
    living, told = await context.rulebook(), []
    goes = dict(_going(act, given))
    for person, day in [*goes.items()][:MOST]:
        span = Span(day + ONE_DAY, day + LOOKED_AHEAD)
        found = await before_going(context, living, LEAVING, person, span)
        if found:
            told.append((person, found))
    names = await colleagues(context, [person for person, _ in told])
    return [(names[person].name, found) for person, found in told]


def _going(act: str, given: Mapping[str, Any]) -> Iterator[tuple[UUID, date]]:
    """Whom an act moves, and their last day before that."""
    if act == "hand_over":
        yield UUID(given["person"]), date.fromisoformat(given["last_day"])
    changes: Iterable[Mapping[str, Any]] = given.get("changes", ()) if act == "organise" else ()
    for each in changes:
        if each["event"] == "appointment_ended":
            yield UUID(each["person_id"]), date.fromisoformat(each["last_day"])
        elif each["event"] == "seat_filled":
            yield UUID(each["person_id"]), date.fromisoformat(each["begins"]) - ONE_DAY
