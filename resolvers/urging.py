"""Urging 催办: whoever waits for a step tells its seats so, and not too often."""

from uuid import UUID

import asyncpg

from domain.approval.request import Step
from domain.correspondence import must_wait, urgeable, urgings
from domain.errors import Refused
from resolvers.bulk import insertion
from resolvers.context import Context
from resolvers.database import statement
from resolvers.keeping import Overtaken
from resolvers.oversight import UNITS_BELOW, leads, whose
from resolvers.request_rows import RequestView
from resolvers.sending import acting, record, tell

URGED_TODAY = statement(
    """select at from urgings
       where institution_id = :institution and step_id = :step and day = :day"""
)
URGE = insertion(urgings)
LED = statement(
    f"select r.id from requests r where r.institution_id = :institution and r.id = :id"
    f" and r.unit_id in ({UNITS_BELOW})"
)


async def urge(context: Context, view: RequestView, step_id: UUID) -> None:
    """Tell each seat that an open step waits for that somebody waits for it.

    Raises:
        Refused: the step is not open or not the viewer's to urge, or was urged too often.
        Overtaken: somebody else urged it at the same moment.

    """
    person, owner = context.viewer.person, view.request.institution
    step = await _urgeable(context, view, step_id)
    rows = await context.transaction.rows_of(
        owner, URGED_TODAY, institution=owner, step=step.id, day=context.today
    )
    urged = [row["at"].astimezone(context.now.tzinfo) for row in rows]
    must_wait(urged, context.now, step.clauses[0])
    urging = {
        "institution_id": owner,
        "step_id": step.id,
        "day": context.today.isoformat(),
        "nth": len(urged) + 1,
        "request_id": view.id,
        "by_id": person.id,
        "by_name": person.name,
        "at": context.now.isoformat(),
    }
    try:
        await context.transaction.rows_of(owner, URGE, rows=[urging])
    except asyncpg.UniqueViolationError as taken:
        raise Overtaken from taken
    seats = [(seat, view.seats[seat].institution) for seat in step.seats if seat in view.seats]
    await tell(context, view, "URGED", seats, clause=step.clauses[0], subject=step.id)
    content = {"step": step.id, "seats": step.seats, "nth": len(urged) + 1}
    await record(context, view, "urged", content, step.clauses)


async def _urgeable(context: Context, view: RequestView, step_id: UUID) -> Step:
    """The step, if the viewer may urge it; a unit's leaders lead those beneath it too."""
    actor = acting(context.viewer, view)
    try:
        return urgeable(view.request, step_id, actor, leads=leads(context.viewer, view))
    except Refused as refused:
        led = refused.code == "NOT_YOURS_TO_URGE" and await context.transaction.row(
            LED, id=view.id, **whose(context)
        )
        if not led:
            raise
    return urgeable(view.request, step_id, actor, leads=True)
