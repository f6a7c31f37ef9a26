"""A case as that which clocks run for: since when, and who answers while it is whose turn."""

from datetime import datetime, time
from typing import Any
from uuid import UUID

from domain.records.case_paths import column, follow
from domain.records.cases import Case, CaseKind
from domain.time.moments import OFFICE_TIME
from domain.vocabulary import STAGE, Act
from resolvers.ground.context import Context
from resolvers.records.acts import roles_that_may
from resolvers.records.case_rows import columns_of
from resolvers.rules.rulebooks import LivingRulebook
from resolvers.time.clocks import Subject
from resolvers.time.duty_rows import seat_ids, seats_by_role


def subject_of(kind: CaseKind[Any], case: Case[Any], institution: str) -> Subject:
    """A case with what its record tells; whoever asked for it answers at first."""
    told = {name: each for name, each in columns_of(case).items() if each not in (None, "")}
    facts, of = {**told, **case.facts}, case.kind or kind.code
    named = case.id, institution, of, case.request_id, (case.begun_by,), facts
    return Subject(*named, goes_on=case.standing)


def is_kept(kind: CaseKind[Any]) -> bool:
    """Whether the office keeps such cases, so that it answers, not who asked."""
    return kind.entry is not None and kind.entry.kept


async def whose_turn(
    context: Context, living: LivingRulebook, kind: CaseKind[Any], case: Case[Any]
) -> tuple[UUID, ...]:
    """The seats that may take it on from here by the office's lines."""
    facts, roles = {**columns_of(case), **case.facts}, set[str]()
    for row in follow(kind, case, living.shapes.paths):
        roles |= roles_that_may(living, kind.code, Act.TAKE, {**facts, STAGE: row.event})
    institution = living.rulebook.institution
    found = await seats_by_role(context.transaction, institution, roles, context.today)
    return tuple(sorted(seat_ids(seat for seats in found.values() for seat in seats)))


def counted_from(case: Case[Any], since: str) -> datetime | None:
    """The moment in a column, or the beginning of its day; without one now."""
    at = column(case, since) if since else None
    if at is None or isinstance(at, datetime):
        return at
    return datetime.combine(at, time(), OFFICE_TIME)
