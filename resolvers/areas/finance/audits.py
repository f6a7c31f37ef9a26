"""What no word says of audits: whose they may be, and who audits."""

from collections.abc import Mapping
from uuid import UUID

from domain.areas.finance.audits import (
    AUDITS,
    DELEGATED,
    AuditBegun,
    AuditorOrigin,
    DelegatedAccountant,
)
from domain.errors import Problem, at_fault
from domain.shapes.eligibility import reasons
from resolvers.ground.context import Context
from resolvers.records.acts import kept_by
from resolvers.records.registers import Check
from resolvers.rules.rulebooks import LivingRulebook
from resolvers.time.duty_rows import owing_of


async def _is_not_audited(context: Context, living: LivingRulebook, unit: UUID) -> bool:
    """Whether it is a section of the office itself: audits are owed of the units below it."""
    shown = f"{AUDITS.code}.audited"
    rows = [row for row in living.shapes.cadences if row.each and shown in row.shown_by]
    office = context.viewer.institution
    owing = await owing_of(context.transaction, office, living, rows, context.today)
    here = bool(rows) and unit in owing.units.names
    return here and not any(unit in owing.of(row) for row in rows)


async def _delegated(context: Context, form: DelegatedAccountant) -> None:
    """Accountants are sent to the units below the bureau alone."""
    living = await context.rulebook()
    if await _is_not_audited(context, living, form.to_unit_id):
        clause = kept_by(living, DELEGATED.name)
        raise at_fault("NOT_A_SUBORDINATE_UNIT", "input", "toUnitId", clause=clause)


async def _audited(context: Context, living: LivingRulebook, form: AuditBegun) -> list[Problem]:
    """Auditors come from where the office's rows say, hired ones where they are needed."""
    rows = [each for each in living.shapes.eligibility if each.subject == AUDITS.code]
    known = {
        "from_finance_department": form.origin is AuditorOrigin.FINANCE_DEPARTMENT,
        "hired_professional": form.origin is AuditorOrigin.HIRED,
        "outside_auditor_needed": bool(form.hired_because.strip()),
    }
    found = [each.against(("hired_because",)) for each in reasons(rows, known)]
    if await _is_not_audited(context, living, form.unit_id):
        clause = kept_by(living, AUDITS.code)
        found.append(Problem("NOT_A_SUBORDINATE_UNIT", ("unit_id",), clause))
    return found


BEGINS = {AUDITS.code: _audited}
CHECKS: Mapping[str, Check] = {DELEGATED.name: _delegated}
