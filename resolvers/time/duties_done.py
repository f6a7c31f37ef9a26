"""A recurring duty noted as done: by who says so, or because a register or statement shows it."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from domain.shapes.cadences import Cadence, Period, period_on
from domain.shapes.duties import is_late
from resolvers.ground import ledger
from resolvers.ground.context import Context
from resolvers.ground.locks import one_at_a_time
from resolvers.requests.papers import Attachment
from resolvers.time import duty_rows


async def fulfil(
    context: Context,
    cadences: Iterable[Cadence],
    day: date,
    person: UUID,
    name: str,
    institution: str = "",
) -> None:
    """What a day's work shows done of these; once where a period asks for no more.

    A cadence of a day of the week is done on that day alone, any other within its period. It is in
    the viewer's institution, where no other is named.
    """
    institution = institution or context.viewer.institution
    calendar = await context.services.calendars.load(context.transaction, institution)
    for row in cadences:
        period = period_on(row, day, calendar)
        if period is None or not period.opens <= day <= context.today:
            continue
        if not row.is_of_its_day or day == period.due:
            await done_in(context, row, period, day, person, name, institution)


async def done_in(
    context: Context,
    row: Cadence,
    period: Period,
    day: date,
    person: UUID,
    name: str,
    institution: str = "",
) -> None:
    """One period's duty is done, by what a day's work shows; once where it asks for no more."""
    institution = institution or context.viewer.institution
    named = {"cadence": row.id, "clause": row.clause}
    of = f"{institution}:{(row.id, row.clause, period.first)}"
    await one_at_a_time(context.transaction, of)
    found = {"institution": institution, **named, "first": period.first}
    done = await context.value(duty_rows.OF_PERIOD, **found)
    if done < (row.times or 1):
        late = is_late(row, period, day, done, context.today)
        of_it = context, row, period, day
        await note(*of_it, late=late, person=person, name=name, institution=institution)


async def note(
    context: Context,
    row: Cadence,
    period: Period,
    done_on: date,
    *,
    late: bool,
    person: UUID,
    name: str,
    told: str = "",
    paper: Attachment | None = None,
    institution: str = "",
) -> None:
    """Write it down, and in the ledger."""
    institution = institution or context.viewer.institution
    content = {
        "cadence": row.id,
        "clause": row.clause,
        "period_first": period.first,
        "period_last": period.last,
        "done_on": done_on,
        "late": late,
        "person_id": person,
        "person_name": name,
        "note": told,
        "paper_name": paper.name if paper else None,
        "paper_sha256": paper.sha256 if paper else None,
    }
    kept = {
        "institution_id": institution,
        "id": context.services.new_id(),
        "recorded_at": context.now,
        **content,
    }
    await context.rows(duty_rows.RECORD, rows=[kept])
    await ledger.append(context.transaction, institution, "duty_recorded", context.now, content)
