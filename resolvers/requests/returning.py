"""The clocks of coming back: they start when the time away will end, and anew when that moves."""

from dataclasses import replace
from datetime import datetime, timedelta

from domain.approval.forms import read_form
from domain.time.moments import OFFICE_TIME
from resolvers.ground.context import Context
from resolvers.ground.keeping import Longer
from resolvers.requests.procedures import PROCEDURES
from resolvers.requests.rows import RequestView
from resolvers.time.clocks import Subject, happened


async def must_come_back(
    context: Context, view: RequestView, subject: Subject, longer: Longer | None
) -> None:
    """Start what runs from the end of an approved absence; an extension moves the first one's."""
    ends = longer.ends if longer else _ends(view)
    if ends is None:
        return
    away = longer.request if longer else view.id
    of_absence = replace(subject, id=away, request=away, responsible=(view.request.applicant,))
    # A period ends where the next would begin: its last day is the one before midnight.
    at = ends.replace(tzinfo=OFFICE_TIME) - timedelta(seconds=1)
    kind = view.request.kind
    events = [f"{kind}.extended", f"{kind}.ends"]
    await happened(context, events, of_absence, at=at, living=view.living)


def _ends(view: RequestView) -> datetime | None:
    procedure = PROCEDURES[view.request.kind]
    if procedure.occupies is None or not procedure.reports_back:
        return None
    return procedure.occupies(read_form(procedure.form, view.form)).ends
