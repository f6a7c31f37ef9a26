"""What a round is made of: marks recorded or counted, ballots cast in person or entered."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from domain.errors import Refused, at_fault, invalid, must_be_said
from domain.records.marks import read_mark, read_ratings, written
from domain.shapes.quotas import beyond, is_kept
from domain.shapes.scores import Item
from domain.values.bounds import must_lie
from domain.vocabulary import Act
from resolvers.ground.context import Context
from resolvers.records import round_rows as rows
from resolvers.records.allowed import must_be_theirs
from resolvers.records.round_rows import PANEL, Round, Section
from resolvers.records.rounds import counted_now, kept, locked, must_be_others, section_of

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
    await must_be_theirs(context, round_.kind.code, Act.KEEP)
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
    why = must_be_said(reason, "reason", LONGEST_REASON)
    told = {"subject": subject, **written(mark), "reason": why}
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
    await must_be_theirs(context, round_.kind.code, Act.KEEP)
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
    await must_be_theirs(context, round_.kind.code, Act.KEEP)
    if mark.cancelled_at:
        raise at_fault("MARK_CANCELLED", "input", "markId")
    await context.rows(rows.CANCEL, id=mark_id, cancelled_at=context.now)
    content = {"mark": mark_id, "reason": must_be_said(reason, "reason", LONGEST_REASON)}
    await kept(context, round_id, "evaluation_mark_cancelled", content)


MOST_BALLOTS = 1000


async def rate(
    context: Context,
    round_id: UUID,
    subject: UUID,
    panel: str | None,
    line: str | None,
    rating: Decimal,
) -> None:
    """Cast one's own ballot for a panel, once for each section; for the only one if none is named.

    Raises: Refused: one's own section, no panel of theirs, off the scale, or cast before.
    """
    round_, section = await section_of(context, round_id, subject)
    if panel is None:
        named = round_.cast_in_person
        panel = named[0] if len(named) == 1 else ""
    item = _panel(round_, panel)
    await must_be_theirs(context, round_.kind.code, Act.INSPECT, {PANEL: panel} if panel else {})
    rater = context.viewer.person.id
    await _rated(context, round_, section, item, _lines(round_, line), [rating], rater)


async def enter_ratings(
    context: Context,
    round_id: UUID,
    subject: UUID,
    panel: str,
    line: str | None,
    ratings: Sequence[Decimal],
) -> None:
    """Enter the ballots of a panel without accounts; who cast them is not kept."""
    if not ratings:
        raise at_fault("REQUIRED", "input", "ratings")
    must_lie(len(ratings), None, MOST_BALLOTS, "input", "ratings")
    round_, section = await section_of(context, round_id, subject)
    if panel in round_.cast_in_person:
        raise at_fault("CAST_IN_PERSON", "input", "panel")
    await must_be_theirs(context, round_.kind.code, Act.KEEP)
    item, on = _panel(round_, panel), _lines(round_, line)
    cast = max(len(section.ratings.get((panel, each), ())) for each in on) + len(ratings)
    for quota in round_.living.shapes.quotas:
        measures = {quota.measure: Decimal(cast)}
        if quota.subject == panel and quota.limit and is_kept(quota, measures) is False:
            raise invalid([beyond(quota, measures, ("input", "ratings"))])
    await _rated(context, round_, section, item, on, ratings, None)


async def _rated(
    context: Context,
    round_: Round,
    section: Section,
    panel: Item,
    lines: Sequence[str],
    ratings: Sequence[Decimal],
    rater: UUID | None,
) -> None:
    name = "rating" if rater else "ratings"
    measured = {each.measure: each for each in round_.scheme.sheet}
    for line in lines:
        of = measured.get(line, panel)
        read = read_ratings(of, round_.living.shapes.measures, ratings, name)
        cast = await context.rows(
            rows.RATE,
            round=round_.id,
            subject=section.subject,
            panel=panel.measure,
            line=line,
            rater=rater,
            ids=[context.services.new_id() for _ in read],
            ratings=list(read),
        )
        if not cast:
            raise Refused("ALREADY_RATED")
    content = {
        "subject": section.subject,
        "panel": panel.measure,
        "lines": [*lines],
        "ratings": sorted(map(str, ratings)),
    }
    await kept(context, round_.id, "evaluation_rated", content)


def _lines(round_: Round, line: str | None) -> Sequence[str]:
    """The line that is rated; all of them alike where none is named.

    Raises: Refused: there is no such line.
    """
    known = round_.scheme.lines
    if line and line not in known:
        told = {"measure": line[:40], "known": " ".join(filter(None, known))}
        raise at_fault("UNKNOWN_MEASURE", "input", "line", **told)
    return (line,) if line else known


def _panel(round_: Round, panel: str) -> Item:
    known = {each.measure: each for each in round_.scheme.panels}
    if panel not in known:
        raise at_fault("UNKNOWN_PANEL", "input", "panel", panel=panel[:40], known=" ".join(known))
    return known[panel]
