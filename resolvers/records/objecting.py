"""Objections to what was imposed: who reviews them, the time to object, the time to review."""

from collections.abc import Mapping
from typing import Any

from domain.errors import Refused
from domain.records.consequences import CONSEQUENCE, Stand, Turn
from domain.shapes.events import concerned
from domain.shapes.running import State
from domain.vocabulary import STAGE, Act
from resolvers.ground.context import Context
from resolvers.records.acts import roles_that_may, speaking
from resolvers.records.check_rows import SEATS_OF
from resolvers.rules.rulebooks import LivingRulebook
from resolvers.time import clock_rows
from resolvers.time.clock_rows import read_kept
from resolvers.time.clocks import Subject, happened
from resolvers.time.duty_rows import seat_ids, seats_by_role


def decided_by(living: LivingRulebook, of: str, trigger: str, stands: Stand) -> Act:
    """An objection is reviewed by whom a line lets confirm it, or else by who decides."""
    reviews = speaking(living, of, Act.CONFIRM, {STAGE: trigger})
    return Act.CONFIRM if stands is Stand.OBJECTED and reviews else Act.TAKE


async def must_be_in_time(context: Context, told: Mapping[str, Any]) -> None:
    """Raises: Refused: the time that a clause gives to object is over."""
    rows = await context.rows(clock_rows.OF_SUBJECT, subject=told["proposal_id"])
    for kept in await read_kept(context.services.rulebooks, rows):
        running = kept.running
        over = running.state is State.EXPIRED or running.due_at < context.now
        if concerned(running.clock.stops, [_event(told, Turn.OBJECTED)]) and over:
            due = f"{running.due_at:%Y-%m-%d}"
            raise Refused("OBJECTION_TOO_LATE", clause=running.clock.clause, due=due)


async def set_clocks(
    context: Context, living: LivingRulebook, of: str, told: Mapping[str, Any], turn: Turn
) -> None:
    """Start and stop what a turn concerns; whom it is about may object, reviewers must answer."""
    institution = context.viewer.institution
    if turn is Turn.OBJECTED:
        act = decided_by(living, of, told["trigger"], Stand.OBJECTED)
        roles = roles_that_may(living, of, act, {STAGE: told["trigger"]})
        found = await seats_by_role(context.transaction, institution, roles, context.today)
        responsible = seat_ids(seat for seats in found.values() for seat in seats)
    elif told["answers"] or told["person_id"]:
        responsible = told["answers"] or [told["person_id"]]
    else:
        responsible = [row["id"] for row in await context.rows(SEATS_OF, unit=told["unit_id"])]
    subject = Subject(
        told["proposal_id"],
        institution,
        CONSEQUENCE,
        None,
        tuple(sorted(responsible)),
        applicant=told["person_id"],
    )
    await happened(context, [_event(told, turn)], subject)


def _event(told: Mapping[str, Any], turn: Turn) -> str:
    return f"{CONSEQUENCE}.{told['trigger']}.{turn}"
