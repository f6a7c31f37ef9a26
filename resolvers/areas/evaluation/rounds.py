"""Conducting a round of evaluation: opened, marked by clause, rated by the panels, closed.

Every act locks its round, is held against the rows that the round was opened under, and is a
line of the ledger. Nobody marks or rates the section that they belong to.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.approval.request import STATUSES, Status
from domain.areas.evaluation.scores import (
    CAST_IN_PERSON,
    own_units,
    read_mark,
    read_ratings,
    scheme_of,
)
from domain.errors import Problem, Refused, at_fault
from domain.shapes.scores import Item
from domain.vocabulary import Act
from resolvers.areas.evaluation import rows
from resolvers.areas.evaluation.rows import Round, Section
from resolvers.ground import ledger
from resolvers.ground.context import Context
from resolvers.ground.keeping import remember
from resolvers.records.acts import may, titles

RESULT = "evaluation.result"
LONGEST_REASON = 500
MOST_BALLOTS = 1000


async def open_round(context: Context, institution: str, year: int) -> Round:
    """Begin a year's round for every section of the viewer's own institution.

    Raises:
        Refused: another institution's, no rows to evaluate by, a year far off or already open.

    """
    must_be_own(context, institution)
    living = await context.rulebook(institution)
    scheme_of(living.shapes.scores)
    await _must_be_theirs(context, Act.KEEP)
    least, most = context.today.year - 1, context.today.year + 1
    if not least <= year <= most:
        code, limit = ("TOO_SMALL", least) if year < least else ("TOO_LARGE", most)
        raise at_fault(code, "input", "year", minimum=limit, maximum=limit)
    round_id = context.services.new_id()
    sections = await context.transaction.rows(
        rows.OPEN,
        institution=institution,
        id=round_id,
        year=year,
        version=living.version,
        person=context.viewer.person.id,
        at=context.now,
    )
    if not sections:
        raise at_fault("ROUND_EXISTS", "input", "year", year=year)
    content = {"year": year, "sections": [str(row["unit_id"]) for row in sections]}
    return await _kept(context, round_id, "evaluation_opened", content)


def must_be_own(context: Context, institution: str) -> None:
    """Raises: Refused, where it is another's than the viewer's."""
    if institution != context.viewer.institution:
        raise Refused("OTHER_INSTITUTION", institution=institution[:63])


async def _must_be_theirs(context: Context, act: Act) -> None:
    """Raises: Refused, where no line lets the viewer conduct a round, or rate in one."""
    verdict = await may(context, "evaluation.round", act)
    if not verdict.allowed:
        living = await context.rulebook(context.viewer.institution)
        raise Refused("NOT_YOURS_TO_DO", clause=verdict.clause, **titles(living, verdict.whose))


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
    round_, section = await _section(context, round_id, unit)
    await _must_be_theirs(context, Act.KEEP)
    living = round_.living
    reason = _reason(reason)
    mark = read_mark(
        round_.scheme,
        living.shapes.measures,
        living.shapes.ladders,
        section.standing,
        clause=clause,
        measure=measure,
        given=value,
    )
    said = mark.value if isinstance(mark.value, bool | str) else format(mark.value, "f")
    told = {"unit": unit, "clause": clause, "measure": measure, "value": said, "reason": reason}
    mark_id = context.services.new_id()
    person = context.viewer.person
    await context.transaction.rows(
        rows.MARK,
        institution=person.institution,
        id=mark_id,
        round=round_id,
        person=person.id,
        name=person.name,
        at=context.now,
        **told,
    )
    return await _kept(context, round_id, "evaluation_marked", {"mark": mark_id, **told})


async def cancel_mark(context: Context, mark_id: UUID, reason: str) -> Round:
    """Let a mark count no more; it stays to be seen."""
    institution = context.viewer.institution
    round_id = await context.transaction.value(
        rows.ROUND_OF_MARK, institution=institution, id=mark_id
    )
    if round_id is None:
        raise at_fault("MARK_NOT_FOUND", "input", "markId")
    round_ = await _locked(context, round_id)
    [(section, mark)] = [
        (section, mark)
        for section in round_.sections
        for mark in section.marks
        if mark.id == mark_id
    ]
    _must_be_others(context, section)
    await _must_be_theirs(context, Act.KEEP)
    if mark.cancelled_at:
        raise at_fault("MARK_CANCELLED", "input", "markId")
    await context.transaction.rows(rows.CANCEL, institution=institution, id=mark_id, at=context.now)
    content = {"mark": mark_id, "reason": _reason(reason)}
    return await _kept(context, round_id, "evaluation_mark_cancelled", content)


async def rate(context: Context, round_id: UUID, unit: UUID, rating: Decimal) -> Round:
    """Cast one's own ballot in the review by leaders and chiefs, once for each section."""
    return await _rated(context, round_id, unit, CAST_IN_PERSON, [rating], in_person=True)


async def enter_ratings(
    context: Context, round_id: UUID, unit: UUID, panel: str, ratings: Sequence[Decimal]
) -> Round:
    """Enter the ballots of a panel without accounts; who cast them is not kept."""
    if panel == CAST_IN_PERSON:
        raise at_fault("CAST_IN_PERSON", "input", "panel")
    if not ratings:
        raise at_fault("REQUIRED", "input", "ratings")
    if len(ratings) > MOST_BALLOTS:
        raise at_fault("TOO_LARGE", "input", "ratings", maximum=MOST_BALLOTS)
    return await _rated(context, round_id, unit, panel, ratings, in_person=False)


async def _rated(
    context: Context,
    round_id: UUID,
    unit: UUID,
    panel: str,
    ratings: Sequence[Decimal],
    *,
    in_person: bool,
) -> Round:
    round_, _ = await _section(context, round_id, unit)
    await _must_be_theirs(context, Act.INSPECT if in_person else Act.KEEP)
    name = "rating" if in_person else "ratings"
    known = round_.living.shapes.measures
    read = read_ratings(_panel(round_, panel), known, ratings, name)
    rater = context.viewer.person.id if in_person else None
    cast = await context.transaction.rows(
        rows.RATE,
        institution=context.viewer.institution,
        round=round_id,
        unit=unit,
        panel=panel,
        rater=rater,
        ids=[context.services.new_id() for _ in read],
        ratings=list(read),
    )
    if not cast:
        raise Refused("ALREADY_RATED")
    content = {"unit": unit, "panel": panel, "ratings": sorted(map(str, read))}
    return await _kept(context, round_id, "evaluation_rated", content)


async def close_round(context: Context, round_id: UUID, request_id: UUID) -> Round:
    """Make the results final, as the body that fixes them resolved on a request of its own.

    Raises:
        Refused: results are incomplete, or the request is not one that approved these results.

    """
    round_ = await _locked(context, round_id)
    await _must_be_theirs(context, Act.KEEP)
    missing = [
        Problem("MEASURE_NOT_STATED", ("input", "roundId", each.name), details={"measure": name})
        for each in round_.sections
        for name in each.result.unstated
    ]
    if missing:
        raise Refused("EVALUATION_INCOMPLETE", problems=missing)
    institution = context.viewer.institution
    found = await context.transaction.row(rows.RESOLUTION, institution=institution, id=request_id)
    if found is None:
        raise at_fault("REQUEST_NOT_FOUND", "input", "requestId")
    if found["kind"] != RESULT or found["used"]:
        raise at_fault("NOT_THIS_RESULT", "input", "requestId")
    if found["status"] != Status.APPROVED:
        raise at_fault("NOT_APPROVED", "input", "requestId", status=STATUSES[found["status"]])
    if found["submitted_at"] < round_.changed_at:
        raise at_fault("RESULT_CHANGED_SINCE", "input", "requestId")
    results = [
        {
            "unit": str(each.unit),
            "total": str(each.result.total),
            "place": each.result.place,
            "tier": each.result.tier,
        }
        for each in round_.sections
    ]
    await context.transaction.rows(
        rows.CLOSE,
        institution=institution,
        id=round_id,
        results=results,
        resolution=request_id,
        at=context.now,
    )
    content = {"resolution": request_id, "results": results}
    return await _kept(context, round_id, "evaluation_closed", content)


async def _locked(context: Context, round_id: UUID) -> Round:
    """The round, which nobody else changes until this act is over."""
    institution = context.viewer.institution
    is_open = await context.transaction.value(rows.ALONE, institution=institution, id=round_id)
    if is_open is None:
        raise at_fault("ROUND_NOT_FOUND", "input", "roundId")
    if not is_open:
        raise Refused("ROUND_CLOSED")
    [found] = await rows.rounds_of(context, round_id)
    return found


async def _section(context: Context, round_id: UUID, unit: UUID) -> tuple[Round, Section]:
    round_ = await _locked(context, round_id)
    section = next((each for each in round_.sections if each.unit == unit), None)
    if section is None:
        raise at_fault("UNKNOWN_UNIT", "input", "unitId")
    _must_be_others(context, section)
    return round_, section


def _must_be_others(context: Context, section: Section) -> None:
    if section.unit in own_units(context.viewer.person):
        raise Refused("OWN_EVALUATION", unit=section.name)


def _panel(round_: Round, panel: str) -> Item:
    known = {each.measure: each for each in round_.scheme.panels}
    if panel not in known:
        raise at_fault("UNKNOWN_PANEL", "input", "panel", panel=panel[:40], known=" ".join(known))
    return known[panel]


def _reason(given: str) -> str:
    reason = given.strip()
    if not reason:
        raise at_fault("REQUIRED", "input", "reason")
    if len(reason) > LONGEST_REASON:
        raise at_fault("TOO_LONG", "input", "reason", limit=LONGEST_REASON)
    return reason


async def _kept(context: Context, round_id: UUID, event: str, content: Mapping[str, Any]) -> Round:
    """The round as the act left it, its answer stored and its line written."""
    institution, transaction = context.viewer.institution, context.transaction
    await transaction.rows(rows.CHANGED, institution=institution, id=round_id, at=context.now)
    [round_] = await rows.rounds_of(context, round_id)
    await remember(transaction, institution, context.answer, {"round": round_id}, context.now)
    told = {"round": round_id, "by": context.viewer.person.id, **content}
    await ledger.append(transaction, institution, event, context.now, told)
    return round_
