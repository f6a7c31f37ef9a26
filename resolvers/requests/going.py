"""Who asks to go: for how long, what hangs on them meanwhile, and what a clause lets nobody leave.

It is told to who decides before they decide; an approval that a clause bars is refused.
"""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from domain.approval.forms import read_form
from domain.approval.request import Status
from domain.errors import Refused
from domain.office.delegation import Span
from domain.time.moments import Period
from resolvers.ground.context import Context
from resolvers.office.depending import before_going
from resolvers.office.hanging import LEAVING, Hangs, still_hanging, still_has
from resolvers.requests.procedures import procedure_of
from resolvers.requests.rows import RequestView
from resolvers.rules.rulebooks import LivingRulebook

LOOKED_AHEAD = timedelta(days=31)
"""Of kinds that move people no form says for how long."""


def away(living: LivingRulebook, kind: str, form: Any, today: date) -> Span | None:
    """The days on which somebody who asks for this would not be there; None where they would."""
    occupies = procedure_of(kind, living).occupies
    if occupies is not None:
        period: Period = occupies(form)
        return Span(period.begins.date(), period.ends.date())
    kinds = living.vocabulary.kinds
    moves = kinds[kind].area == kinds[LEAVING].area
    return Span(today, today + LOOKED_AHEAD) if moves else None


async def hangs_on(
    context: Context, living: LivingRulebook, kind: str, form: Any, person: UUID
) -> list[Hangs] | None:
    """What hangs on who asks for this, or None where they stay or it is not the viewer's to see."""
    span = away(living, kind, form, context.today)
    return await before_going(context, living, kind, person, span) if span else None


async def hangs_on_applicant(context: Context, view: RequestView) -> list[Hangs] | None:
    if view.living is None or view.request.institution != context.viewer.institution:
        return None
    form = read_form(view.procedure.form, view.form)
    return await hangs_on(context, view.living, view.request.kind, form, view.applicant)


async def must_leave_nothing(
    context: Context, view: RequestView, known: RequestView | None
) -> None:
    """Refuse an approval while its applicant has what a clause lets nobody leave with.

    Raises: Refused: NOT_HANDED_OVER, with everything that is still to be handed over.
    """
    before = known.request.status if known else None
    if view.request.status is not Status.APPROVED or before is Status.APPROVED:
        return
    if view.living is None or view.request.institution != context.viewer.institution:
        return
    kind, person = view.request.kind, view.request.applicant
    found = await still_hanging(context, view.living, person, kind)
    if found:
        raise Refused(
            "NOT_HANDED_OVER",
            clause=found[0].clause,
            problems=[still_has(each, view.applicant_name) for each in found],
            count=len(found),
        )
