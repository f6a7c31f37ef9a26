"""Conducting a round of evaluation: opened, marked by clause, rated by the panels, closed.

Every act locks its round, is held against the rows that the round was opened under, and is a
line of the ledger. Nobody marks or rates the section that they belong to.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from domain.approval.request import STATUSES, Status
from domain.errors import Problem, Refused, at_fault
from domain.records.marks import Mark, counted_marks, eligible
from domain.records.rounds import CLOSED, RoundKind, in_conditions, last_day, own_units, round_of
from domain.shapes.count_words import Whose
from domain.shapes.counts import measured
from domain.shapes.rounds import Round as Row
from domain.values.bounds import must_lie
from domain.vocabulary import Act
from resolvers.ground.context import Context
from resolvers.records import round_rows as rows
from resolvers.records.allowed import must_be_theirs
from resolvers.records.approvals import request_of
from resolvers.records.happened import happened
from resolvers.records.proposing import Subject, retold
from resolvers.records.round_rows import Round, Section
from resolvers.rules.rulebooks import LivingRulebook
from resolvers.time.clocks import Subject as Of
from resolvers.time.clocks import happened as happens


async def open_round(
    context: Context, kind: RoundKind, institution: str, name: str | None, year: int, period: int
) -> None:
    """Begin a round for every section, or everybody, of the viewer's own institution.

    Raises: Refused: another institution's, no row to evaluate by, a year far off or a period that
    the row has not, or already open.
    """
    must_be_own(context, institution)
    living = await context.rulebook(institution)
    row = round_of(living.shapes.rounds, kind, name)
    await must_be_theirs(context, kind.code, Act.KEEP)
    must_lie(period, 1, row.times or 1, "input", "period")
    must_lie(year, context.today.year - 1, context.today.year + 1, "input", "year")
    round_id = context.services.new_id()
    subjects = await _evaluated(context, living, row)
    sections = await context.transaction.rows(
        rows.OPEN,
        institution=institution,
        people=row.whose is Whose.PERSON,
        ids=[each["id"] for each in subjects],
        names=[each["name"] for each in subjects],
        id=round_id,
        kind=kind.code,
        scheme=row.id,
        year=year,
        period=period,
        version=living.version,
        person=context.viewer.person.id,
        at=context.now,
    )
    if not sections:
        await context.must_be_first()
        raise at_fault("ROUND_EXISTS", "input", "year", year=year)
    content = {
        "row": row.id,
        "year": year,
        "period": period,
        "sections": [str(row["subject_id"]) for row in sections],
    }
    await kept(context, round_id, "evaluation_opened", content)


async def _evaluated(context: Context, living: LivingRulebook, row: Row) -> list[Any]:
    """The sections of the office, or those who hold a seat, whom the clause's list lets in."""
    if row.whose is Whose.UNIT:
        return list(await context.rows(rows.UNITS))
    found = []
    for each in await context.rows(rows.PEOPLE, today=context.today):
        rank = living.rank(frozenset(each["roles"]))
        known = {**each["facts"], "employment": each["employment"], "applicant_rank": rank}
        if eligible(living.shapes.eligibility, row.scope, known):
            found.append(each)
    return found


def must_be_own(context: Context, institution: str) -> None:
    """Raises: Refused, where it is another's than the viewer's."""
    if institution != context.viewer.institution:
        raise Refused("OTHER_INSTITUTION", institution=institution[:63])


async def close_round(context: Context, round_id: UUID, request_id: UUID | None) -> None:
    """Make the results final, as the body resolved that fixes them where the row names a request.

    Raises: Refused: results are incomplete, or the request is not one that approved these results.
    """
    round_ = await locked(context, round_id)
    await must_be_theirs(context, round_.kind.code, Act.KEEP)
    missing = [
        Problem("MEASURE_NOT_STATED", ("input", "roundId", each.name), details={"measure": name})
        for each in round_.sections
        for name in each.result.unstated
    ]
    if missing:
        raise Refused("EVALUATION_INCOMPLETE", problems=missing)
    now = await counted_now(context, round_)
    if any(_told(now[each.subject]) != _told(each.counted) for each in round_.sections):
        raise Refused("COUNT_ANEW")
    await _must_be_fixed(context, round_, request_id)
    me = context.viewer.person
    results = [
        {
            "subject": str(each.subject),
            "total": None if each.result.total is None else str(each.result.total),
            "place": each.result.place,
            "tier": each.result.tier,
        }
        for each in round_.sections
    ]
    await context.rows(
        rows.CLOSE, id=round_id, results=results, resolution=request_id, at=context.now
    )
    content = {"resolution": request_id, "results": results}
    await kept(context, round_id, "evaluation_closed", content)
    of = Of(round_id, me.institution, round_.kind.code, None, (me.id,), applicant=me.id)
    await happens(context, [f"{round_.kind.code}.{in_conditions(round_.row.id)}.{CLOSED}"], of)
    await retold(context, (Subject(round_.row.whose, each.subject) for each in round_.sections))


async def _must_be_fixed(context: Context, round_: Round, request_id: UUID | None) -> None:
    """Raises: Refused, where the request is not one that approved these very results."""
    kind = round_.row.fixed_by
    if not kind and request_id is None:
        return
    if kind and request_id is None:
        raise at_fault("REQUIRED", "input", "requestId")
    found = await request_of(context, request_id)
    if found is None:
        raise at_fault("REQUEST_NOT_FOUND", "input", "requestId")
    if found["kind"] != kind or found["used"]:
        raise at_fault("NOT_THIS_RESULT", "input", "requestId")
    if found["status"] != Status.APPROVED:
        raise at_fault("NOT_APPROVED", "input", "requestId", status=STATUSES[found["status"]])
    if found["submitted_at"] < round_.changed_at:
        raise at_fault("RESULT_CHANGED_SINCE", "input", "requestId")


def _told(counted: Iterable[Mark]) -> set[Mark]:
    """What counts make a difference: where the books say nothing, nobody need count."""
    return {each for each in counted if each.value}


async def counted_now(context: Context, round_: Round) -> dict[UUID, tuple[Mark, ...]]:
    """By section or person, what the office's counts come to today, or on the round's last day."""
    counts, known = round_.sources, round_.living.shapes.measures
    day = min(context.today, last_day(round_.row.times or 1, round_.year, round_.period))
    found = {}
    for each in round_.sections:
        lines = await happened(
            context, round_.living, counts, round_.row.whose, each.subject, since=day, last=day
        )
        found[each.subject] = counted_marks(round_.scheme, measured(counts, lines, day), known)
    return found


async def locked(context: Context, round_id: UUID) -> Round:
    """The round, which nobody else changes until this act is over."""
    missing = at_fault("ROUND_NOT_FOUND", "input", "roundId")
    row = await context.found(rows.ALONE, missing, id=round_id)
    await context.must_be_first()
    if not row["open"]:
        raise Refused("ROUND_CLOSED")
    [found] = await rows.rounds_of(context, round_id)
    return found


async def section_of(context: Context, round_id: UUID, subject: UUID) -> tuple[Round, Section]:
    round_ = await locked(context, round_id)
    section = next((each for each in round_.sections if each.subject == subject), None)
    if section is None:
        raise at_fault("UNKNOWN_UNIT", "input", "unitId")
    must_be_others(context, round_, section)
    return round_, section


def must_be_others(context: Context, round_: Round, section: Section) -> None:
    own = own_units(context.viewer.person, round_.row.above)
    if section.subject in {context.viewer.person.id, *own}:
        raise Refused("OWN_EVALUATION", unit=section.name)


async def kept(context: Context, round_id: UUID, event: str, content: Mapping[str, Any]) -> None:
    """Note that a round is not as it was; its answer is stored and its line written."""
    await context.rows(rows.CHANGED, id=round_id, changed_at=context.now)
    await context.remember({"round": round_id})
    told = {"round": round_id, "by": context.viewer.person.id, **content}
    await context.record(event, told)
