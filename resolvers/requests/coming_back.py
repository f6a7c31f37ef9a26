"""Back from leave 销假: since when somebody is at work again, and what was said wrong of it."""

from datetime import datetime

from domain import PROCEDURES
from domain.approval import engine
from domain.approval.forms import read_form
from domain.errors import Refused, must_be_said
from domain.time.moments import Period, office_local
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.keeping import Back
from resolvers.ground.notices import announce
from resolvers.requests.acting import changed, keep_act
from resolvers.requests.moving_clocks import days_until, told_back
from resolvers.requests.rows import RequestView

EXTENDED = statement("""
  select r.kind, r.form, r.facts->>'days' as days from requests r
  where r.institution_id = :institution and r.extends_id = cast(:id as uuid)
    and r.status = 'approved'
  order by r.closed_at desc limit 1""")
LONGEST = 2000


async def report_back(
    context: Context, known: RequestView, returned: datetime | None
) -> RequestView:
    """Report back from a leave (销假); an earlier return cuts the absence short.

    Before it begins that gives it up: it counts for nothing, and who decided on it is told.
    `returned` is office-local time without a zone: the first half-day at work again.
    """
    away = _away(known)
    back = engine.report_back(known.request, context.viewer.person.id, context.now)
    ends = (each.period.ends for each in context.viewer.absences if each.request_id == known.id)
    local = returned or office_local(context.now)
    _must_fit(context, away, returned, *ends)
    view = changed(context, known, back)
    content = {"returned": local}
    taken = Back(local, await days_until(context, view, local))
    applicant = known.request.applicant
    told = told_back(
        view, "LEAVE_GIVEN_UP" if local <= away.begins else "LEAVE_OVER", local, applicant
    )
    await keep_act(context, view, "reported_back", known, content, back=taken, alone=not told)
    await announce(context, *told)
    return view


async def correct_return(
    context: Context, known: RequestView, returned: datetime, reason: str
) -> RequestView:
    """Say rightly since when somebody is back: by themselves, or by who decided on their leave.

    The absence is as long as that makes it; what was said before stays in the ledger. Whoever
    decided on the leave is told, and so is whose leave it was.
    """
    away, me = _away(known), context.viewer.person.id
    why = must_be_said(reason, "reason", LONGEST)
    anew = engine.correct_return(known.request, me)
    longer = await context.row(EXTENDED, id=known.id)
    ends, days = away.ends, str(known.facts["days"])
    if longer:
        ends, days = (
            read_form(PROCEDURES[longer["kind"]].form, longer["form"]).ends.ends,
            longer["days"],
        )
    _must_fit(context, away, returned, ends)
    view = changed(context, known, anew)
    content = {"returned": returned, "reason": why}
    days = days if returned >= ends else await days_until(context, view, returned)
    taken = Back(returned, days, ends)
    told = told_back(view, "RETURN_CORRECTED", returned, me)
    await keep_act(context, view, "return_corrected", known, content, back=taken)
    await announce(context, *told)
    return view


def _away(known: RequestView) -> Period:
    procedure = known.procedure
    if not procedure.reports_back or procedure.occupies is None:
        raise Refused("NOTHING_TO_REPORT_BACK")
    return procedure.occupies(read_form(procedure.form, known.form))


def _must_fit(context: Context, away: Period, returned: datetime | None, *ends: datetime) -> None:
    """A return that is told lies neither before the leave nor ahead."""
    if returned and returned < away.begins:
        raise Refused("RETURNED_BEFORE_LEAVE")
    if returned and returned > max(office_local(context.now), *ends, away.ends):
        raise Refused("NOT_BACK_YET")
