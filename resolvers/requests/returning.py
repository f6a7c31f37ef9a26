"""The clocks of coming back, and of what was had for a time: they start when that will end."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from domain.approval.counting import derive
from domain.approval.forms import read_form
from domain.approval.procedure import Circumstances
from domain.approval.request import Status
from domain.office.notices import Notice
from domain.time.moments import OFFICE_TIME, Period, half_day_of, last_half_day_of
from resolvers.ground.context import Context
from resolvers.ground.keeping import Longer
from resolvers.requests.rows import RequestView
from resolvers.time.clocks import Subject


def coming_back(
    context: Context, view: RequestView, subject: Subject
) -> Iterator[tuple[list[str], Subject, datetime]]:
    """What runs to and from an approved absence; an extension moves the first one's end."""
    kind, absent, longer = view.request.kind, _absent(view), longer_for(view)
    leaves = absent.begins.replace(tzinfo=OFFICE_TIME) if absent else context.now
    if leaves > context.now and not longer:
        yield [f"{kind}.leaves"], subject, leaves
    ends = longer.ends if longer else absent.ends if absent else None
    if ends is None:
        return
    away = longer.request if longer else view.id
    of_absence = replace(subject, id=away, request=away, responsible=(view.request.applicant,))
    # A period ends where the next would begin: its last day is the one before midnight.
    at = ends.replace(tzinfo=OFFICE_TIME) - timedelta(seconds=1)
    yield [*([f"{kind}.extended"] if longer else []), f"{kind}.ends"], of_absence, at


def longer_for(view: RequestView) -> Longer | None:
    """What an approved extension makes of the leave that it extends."""
    if view.extends_id is None or view.request.status is not Status.APPROVED:
        return None
    ends = read_form(view.procedure.form, view.form).ends
    return Longer(view.extends_id, ends.ends, str(view.facts["days"]))


def held_until(
    view: RequestView, subject: Subject
) -> Iterator[tuple[list[str], Subject, datetime]]:
    """What runs from the end of the time for which the request has something."""
    procedure = view.procedure
    booked = procedure.books(read_form(procedure.form, view.form)) if procedure.books else None
    if booked:
        # Who made use of it need not be who is to do what follows.
        of_it = replace(subject, responsible=())
        yield [f"{view.request.kind}.ends"], of_it, booked.period.ends.replace(tzinfo=OFFICE_TIME)


async def days_until(context: Context, view: RequestView, back: datetime) -> str:
    """How long an absence has been, in the days of its kind, for who is at work again then.

    The half-day of the return is worked.
    """
    procedure = view.procedure
    form, ends = read_form(procedure.form, view.form), half_day_of(back).begins
    if procedure.occupies is None or ends <= (away := procedure.occupies(form)).begins:
        return "0"
    shorter = replace(form, ends=last_half_day_of(Period(away.begins, ends)))
    known = Circumstances(context.now, await context.calendar(), rank="", employment="")
    return str(derive(procedure, shorter, known).facts["days"])


def given_up(view: RequestView) -> tuple[Notice, ...]:
    """Who decided on an absence is told that it is given up before it begins."""
    here, said = view.request.institution, {**view.label.both, "number": view.number}
    to = {step.decided_by for step in view.request.steps} - {None, view.request.applicant}
    return tuple(
        Notice("LEAVE_GIVEN_UP", each, here, said, request=view.id, request_institution=here)
        for each in sorted(filter(None, to))
    )


def _absent(view: RequestView) -> Period | None:
    procedure = view.procedure
    if procedure.occupies is None or not procedure.reports_back:
        return None
    return procedure.occupies(read_form(procedure.form, view.form))
