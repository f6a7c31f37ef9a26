"""Marks of a round: recorded by a person, or counted from what is on record of a section."""

from uuid import UUID

from domain.errors import Refused, at_fault, must_be_said
from domain.records.marks import read_mark, written
from domain.vocabulary import Act
from resolvers.ground.context import Context
from resolvers.records import round_rows as rows
from resolvers.records.rounds import (
    counted_now,
    kept,
    locked,
    must_be_others,
    must_be_theirs,
    section_of,
)

LONGEST_REASON = 500


async def record_mark(
    context: Context,
    round_id: UUID,
    subject: UUID,
    *,
    clause: str,
    measure: str,
    value: object,
    reason: str,
) -> None:
    """Record what was found of a section; how many points it is, the clause's rows say."""
    round_, section = await section_of(context, round_id, subject)
    await must_be_theirs(context, round_.kind, Act.KEEP)
    lines = {measure, *(each.measure for each in round_.scheme.tables.get(measure, ()))}
    if source := next((each for each in round_.sources if each.id in lines), None):
        raise Refused("MARK_HAS_SOURCE", clause=source.clause)
    mark = read_mark(
        round_.scheme.marked,
        round_.living.shapes.measures,
        round_.living.shapes.ladders,
        section.standing,
        clause=clause,
        measure=measure,
        given=value,
    )
    told = {"subject": subject, **written(mark), "reason": _reason(reason)}
    mark_id, person = context.services.new_id(), context.viewer.person
    row = {
        **written(mark),
        "institution_id": person.institution,
        "id": mark_id,
        "round_id": round_id,
        "subject_id": subject,
        "reason": told["reason"],
        "recorded_by": person.id,
        "recorded_by_name": person.name,
        "recorded_at": context.now,
    }
    await context.rows(rows.MARK, rows=[row])
    await kept(context, round_id, "evaluation_marked", {"mark": mark_id, **told})


async def count_marks(context: Context, round_id: UUID) -> None:
    """Take from the books what the office's counts say of each section, as it stands today."""
    round_ = await locked(context, round_id)
    await must_be_theirs(context, round_.kind, Act.KEEP)
    counted = await counted_now(context, round_)
    told = [
        {"subject": str(subject), "marks": [written(each) for each in marks]}
        for subject, marks in counted.items()
    ]
    await context.rows(rows.COUNTED, id=round_id, counted=told)
    await kept(context, round_id, "evaluation_counted", {"counted": told})


async def cancel_mark(context: Context, mark_id: UUID, reason: str) -> None:
    """Let a mark count no more; it stays to be seen."""
    missing = at_fault("MARK_NOT_FOUND", "input", "markId")
    round_id = (await context.found(rows.ROUND_OF_MARK, missing, id=mark_id))["round_id"]
    round_ = await locked(context, round_id)
    [(section, mark)] = [
        (section, mark)
        for section in round_.sections
        for mark in section.marks
        if mark.id == mark_id
    ]
    must_be_others(context, round_, section)
    await must_be_theirs(context, round_.kind, Act.KEEP)
    if mark.cancelled_at:
        raise at_fault("MARK_CANCELLED", "input", "markId")
    await context.rows(rows.CANCEL, id=mark_id, cancelled_at=context.now)
    content = {"mark": mark_id, "reason": _reason(reason)}
    await kept(context, round_id, "evaluation_mark_cancelled", content)


def _reason(given: str) -> str:
    reason = must_be_said(given, "reason")
    if len(reason) > LONGEST_REASON:
        raise at_fault("TOO_LONG", "input", "reason", limit=LONGEST_REASON)
    return reason
