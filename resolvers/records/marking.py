"""Marks of a round: recorded by a person, or filled by the Check or Occurrence that found it."""

from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from domain.errors import Refused, at_fault
from domain.records.marks import read_mark
from domain.records.rounds import RoundKind
from domain.shapes.asking import looked_at
from domain.vocabulary import Act
from resolvers.ground.context import Context
from resolvers.records import round_rows as rows
from resolvers.records.round_rows import Round, Section
from resolvers.records.rounds import (
    changed,
    kept,
    locked,
    must_be_others,
    must_be_theirs,
    section_of,
)

LONGEST_REASON = 500


@dataclass(frozen=True)
class Found:
    """What a clause counts and how much of it was found; by which object and line, if by one."""

    clause: str
    measure: str
    value: object
    reason: str
    source: str | None = None
    source_id: UUID | None = None


async def record_mark(
    context: Context,
    round_id: UUID,
    unit: UUID,
    *,
    clause: str,
    measure: str,
    value: object,
    reason: str,
) -> Round:
    """Record what was found of a section; how many points it is, the clause's rows say."""
    round_, section = await section_of(context, round_id, unit)
    await must_be_theirs(context, round_.kind, Act.KEEP)
    if measure in round_.kind.sources:
        source = round_.living.vocabulary.objects[round_.kind.sources[measure]]
        raise Refused("MARK_HAS_SOURCE", zh=source.label.zh, en=source.label.en)
    found = Found(clause, measure, value, _reason(reason))
    told = await _marked(context, round_, section, found)
    return await kept(context, round_id, "evaluation_marked", told)


async def fill(
    context: Context,
    kind: RoundKind,
    unit: UUID,
    source: tuple[str, UUID],
    *,
    measure: str,
    value: object,
    reason: str,
) -> list[UUID]:
    """Mark a section in every open round of the year that counts what a source found; which ones.

    `source` is the object, a Check or an Occurrence, and its line, which fills a round once.
    """
    if kind.sources.get(measure) != source[0]:
        raise LookupError(f"{source[0]} is not where the marks of {measure} come from")
    institution, year = context.viewer.institution, context.today.year
    open_ = await context.transaction.rows(
        rows.OPEN_AT,
        institution=institution,
        kind=kind.code,
        year=year,
        measure=measure,
        line=source[1],
    )
    filled = []
    for row in open_:
        round_ = await locked(context, row["id"])
        known = round_.living.shapes.measures
        counting = [each for each in round_.scheme.items if measure in looked_at([each], known)]
        for section in round_.sections if counting else ():
            if section.unit == unit:
                found = Found(counting[0].clause, measure, value, reason, *source)
                told = await _marked(context, round_, section, found)
                await changed(context, round_.id, "evaluation_marked", told)
                filled.append(round_.id)
    return filled


async def _marked(
    context: Context, round_: Round, section: Section, found: Found
) -> dict[str, Any]:
    """Write the mark; what the ledger says of it."""
    mark = read_mark(
        round_.scheme.items,
        round_.living.shapes.measures,
        round_.living.shapes.ladders,
        section.standing,
        clause=found.clause,
        measure=found.measure,
        given=found.value,
    )
    said = mark.value if isinstance(mark.value, bool | str) else format(mark.value, "f")
    told = {**asdict(found), "unit": section.unit, "value": said}
    mark_id, person = context.services.new_id(), context.viewer.person
    await context.transaction.rows(
        rows.MARK,
        institution=person.institution,
        id=mark_id,
        round=round_.id,
        person=person.id,
        name=person.name,
        at=context.now,
        **told,
    )
    return {"mark": mark_id, **told}


async def cancel_mark(context: Context, mark_id: UUID, reason: str) -> Round:
    """Let a mark count no more; it stays to be seen."""
    institution = context.viewer.institution
    round_id = await context.transaction.value(
        rows.ROUND_OF_MARK, institution=institution, id=mark_id
    )
    if round_id is None:
        raise at_fault("MARK_NOT_FOUND", "input", "markId")
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
    await context.transaction.rows(rows.CANCEL, institution=institution, id=mark_id, at=context.now)
    content = {"mark": mark_id, "reason": _reason(reason)}
    return await kept(context, round_id, "evaluation_mark_cancelled", content)


def _reason(given: str) -> str:
    reason = given.strip()
    if not reason:
        raise at_fault("REQUIRED", "input", "reason")
    if len(reason) > LONGEST_REASON:
        raise at_fault("TOO_LONG", "input", "reason", limit=LONGEST_REASON)
    return reason
