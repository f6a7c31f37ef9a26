"""A recurring duty noted as done, by who says so or by what shows it, and taken back again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from domain.records.files import DUTY
from domain.shapes.cadences import Cadence, Period, due_at, is_late, period_on
from resolvers.files.attaching import give
from resolvers.ground import ledger
from resolvers.ground.context import Context
from resolvers.requests.papers import Attachment
from resolvers.rules.rulebooks import LivingRulebook
from resolvers.time import duty_rows

KEY = ("institution_id", "id", "recorded_at")


@dataclass(frozen=True)
class Shown:
    """What shows a duty done: whose work it is, `by` which record it is seen, and of which unit.

    Without a unit it is that of a seat of theirs; the viewer's institution, where none is named.
    `of` are the records that it refers to: what is owed for one of them is done for that one. `at`
    is the hour, where the record tells one.
    """

    person: UUID
    name: str
    by: UUID | None = None
    unit: UUID | None = None
    institution: str = ""
    of: tuple[UUID, ...] = ()
    at: datetime | None = None


async def fulfil(
    context: Context, living: LivingRulebook, cadences: Iterable[Cadence], day: date, shown: Shown
) -> None:
    """What a day's work shows done of these; once where a period asks for no more.

    A cadence of a day of the week is done on that day alone, any other within its period. The day
    of the work tells whether it is late, whenever its line is entered.
    """
    institution = shown.institution or context.viewer.institution
    calendar = await context.services.calendars.load(context.transaction, institution)
    for row in cadences:
        period = period_on(row, day, calendar)
        if period is None or not period.opens <= day <= context.today:
            continue
        if not row.is_of_its_day or day == period.due:
            await done_in(context, living, row, period, day, shown, since=day)


async def done_in(
    context: Context,
    living: LivingRulebook,
    row: Cadence,
    period: Period,
    day: date,
    shown: Shown,
    *,
    since: date | None = None,
) -> None:
    """One period's duty is done, by what a day's work shows; once where it asks for no more.

    What each unit owes is done by the unit whose it is alone. It was said today, or `since` then.
    """
    institution = shown.institution or context.viewer.institution
    owing: Iterable[UUID | None] = (None,)
    if row.each:
        asked = context.transaction, institution, living, [row]
        owing = (await duty_rows.owing_of(*asked, context.today)).of(row)
    unit = None
    if row.for_some:
        of = (*(shown.of or (shown.person,)), shown.by)
        unit = next((each for each in of if each in owing), None)
        if unit is None:
            return
    elif None not in owing:
        whose = shown.person if row.who == row.each else None
        named = {"unit": shown.unit, "person": whose, "today": context.today}
        unit = await context.value(
            duty_rows.UNIT_OF, institution=institution, units=sorted(owing), **named
        )
        if unit is None:
            return
    key = row.id, row.clause, period.first, unit
    await context.one_at_a_time(f"{institution}:{key}")
    found = dict(zip(("cadence", "clause", "first", "unit"), key, strict=True))
    done = await context.value(duty_rows.OF_PERIOD, institution=institution, **found)
    if done < (row.times or 1):
        late = is_late(row, period, day, done, since or context.today)
        late = late or bool(shown.at and shown.at > due_at(row, period, context.now))
        await note(
            context, row, period, day, late=late, shown=replace(shown, unit=unit), at=shown.at
        )


async def note(
    context: Context,
    row: Cadence,
    period: Period,
    done_on: date,
    *,
    late: bool,
    shown: Shown,
    told: str = "",
    paper: Attachment | None = None,
    at: datetime | None = None,
) -> None:
    """Write it down, and in the ledger."""
    institution = shown.institution or context.viewer.institution
    content = {
        "cadence": row.id,
        "clause": row.clause,
        "period_first": period.first,
        "period_last": period.last,
        "unit_id": shown.unit,
        "done_on": done_on,
        "done_at": at,
        "late": late,
        "person_id": shown.person,
        "person_name": shown.name,
        "note": told,
        "paper_name": paper.name if paper else None,
        "paper_sha256": paper.sha256 if paper else None,
        "paper_id": paper.upload if paper else None,
        "shown_by": shown.by,
    }
    key = await _write(context, institution, "duty_recorded", content)
    if paper:
        await give(context, (paper,), DUTY, key)


async def take_back(context: Context, institution: str, done: Mapping[str, Any]) -> None:
    """What showed a duty done is no more: it is not done by that."""
    said = {each: value for each, value in done.items() if each not in KEY}
    content = {**said, "takes_back": done["id"]}
    await _write(context, institution, "duty_taken_back", content)


async def _write(
    context: Context, institution: str, event: str, content: Mapping[str, Any]
) -> UUID:
    kept = {
        "institution_id": institution,
        "id": context.services.new_id(),
        "recorded_at": context.now,
        **content,
    }
    key: UUID = kept["id"]
    await context.rows(duty_rows.RECORD, rows=[kept])
    await ledger.append(context.transaction, institution, event, context.now, content)
    return key
