"""What no word can say of supervisors: how long a term lasts, and whose is over."""

from collections.abc import Mapping
from datetime import date, datetime, time
from operator import attrgetter
from typing import Any

from domain.areas.supervisors.roll import APPOINTMENTS, CHANGES, SERVES, TERM, Supervisor
from domain.areas.supervisors.work import ACTIVITIES, SHEETS
from domain.errors import at_fault
from domain.records.lines import stands
from domain.shapes.clocks import term
from domain.time.moments import OFFICE_TIME
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.records.registers import Check

BEGUN = f"{APPOINTMENTS.name}.recorded"
_APPOINTED = f"""select exists (select from {APPOINTMENTS.lines} t
  where t.institution_id = :institution and t.id = :appointment
    and t.appointed_on <= :last and {stands(APPOINTMENTS.table, "t")} and"""
IN_OFFICE = statement(f"{_APPOINTED} {SERVES})")
IN_TERM = statement(f"{_APPOINTED} {TERM})")
"""Who was let go is so once: a correction names them anew."""


async def _for_a_term(context: Context, entry: Supervisor) -> Mapping[str, Any]:
    """The last day of the term that the office's clock gives, if one does; whether by a letter."""
    clocks, calendar = (await context.rulebook()).shapes.clocks, await context.calendar()
    terms = [each for each in clocks if BEGUN in each.starts and not each.is_open]
    since = datetime.combine(entry.appointed_on, time(), OFFICE_TIME)
    days: list[date] = [term(each, since, calendar).due.date() for each in terms]
    return {
        "serves_until": min(days, default=None),
        "letter_issued": bool(entry.certificate.strip()),
    }


def _on(day: str, asked: Any = IN_OFFICE) -> Check:
    """That the supervisor whom a line names serves on its day."""
    on = attrgetter(day)

    async def serves(context: Context, entry: Any) -> None:
        """Raises: Refused: their term was over, has not begun, or they were let go."""
        of = {"appointment": entry.appointment_id, "last": on(entry)}
        if not await context.value(asked, **of):
            clocks = (await context.rulebook()).shapes.clocks
            clause = next((each.clause for each in clocks if BEGUN in each.starts), None)
            raise at_fault("SUPERVISOR_NOT_IN_OFFICE", "input", "appointmentId", clause=clause)

    return serves


CHECKS: Mapping[str, Check] = {
    APPOINTMENTS.name: _for_a_term,
    CHANGES.name: _on(CHANGES.day, IN_TERM),
    ACTIVITIES.name: _on(ACTIVITIES.day),
    SHEETS.name: _on(SHEETS.day),
}
