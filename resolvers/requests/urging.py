"""Urging 催办: whoever waits for a step tells its seats so, and not too often."""

from collections.abc import Mapping
from uuid import UUID

import asyncpg

from domain.approval.correspondence import any_urgeable, must_wait, urgeable, urgings
from domain.approval.request import Step
from domain.errors import Refused
from resolvers.ground.batches import batched
from resolvers.ground.context import Context
from resolvers.ground.database import Transaction, statement
from resolvers.ground.derived import insertion
from resolvers.ground.keeping import Overtaken
from resolvers.ground.viewers import Viewer
from resolvers.requests.oversight import UNITS_BELOW, leads, whose
from resolvers.requests.rows import RequestView
from resolvers.requests.sending import acting, record, tell

URGED_TODAY = statement("""
  select at from urgings
  where institution_id = :institution and step_id = :step and day = :day""")
URGE = insertion(urgings)
LED = statement(
    f"select r.id from requests r"
    f" where r.institution_id = :institution and r.id = any(cast(:ids as uuid[]))"
    f" and r.unit_id in ({UNITS_BELOW})"
)


async def urge(context: Context, view: RequestView, step_id: UUID) -> None:
    """Tell each seat that an open step waits for that somebody waits for it.

    Raises: Refused: the step is not open or not the viewer's to urge, or was urged too often;
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
        other = refused.code != "NOT_YOURS_TO_URGE"
        if other or not await _led(context, context.transaction, [view.id]):
            raise
    return urgeable(view.request, step_id, actor, leads=True)


async def leading(context: Context, view: RequestView, *, after_write: bool) -> bool:
    """Whether the viewer leads the unit or one above it; looked up only where that decides."""
    viewer = context.viewer
    if leads(viewer, view):
        return True
    eyes = whose(context)
    if not (eyes["led"] or eyes["headed"]) or not _turns_on_leading(viewer, view):
        return False
    return bool(await batched(context, _led, view.id, after_write=after_write))


def _turns_on_leading(viewer: Viewer, view: RequestView) -> bool:
    try:
        actor = viewer.actor(view.request.kind, view.facts)
        any_urgeable(view.request, actor, leads=False)
    except Refused as refused:
        return refused.code == "NOT_YOURS_TO_URGE"
    return False


async def _led(context: Context, reading: Transaction, ids: list[UUID]) -> Mapping[UUID, bool]:
    rows = await reading.rows(LED, ids=ids, **whose(context))
    return {row["id"]: True for row in rows}
