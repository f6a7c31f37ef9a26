"""What the beginning of a case sets going: the clocks that run from its first state."""

from collections.abc import Sequence

from domain.approval.procedure import Record
from domain.records.cases import cases
from resolvers.ground.context import Context
from resolvers.rules.rulebooks import LivingRulebook
from resolvers.time.clocks import Subject, happened

FROM_SUPERIOR = "assigned_by_superior"
"""What happens to a case that a superior wants to hear of again."""


async def begun(
    context: Context, institution: str, records: Sequence[Record], living: LivingRulebook | None
) -> None:
    """Start the clocks of each case among these records."""
    for case in (record.row for record in records if record.table == cases.name):
        events = [case["state"], *([FROM_SUPERIOR] if case["superior"] else ())]
        subject = Subject(
            case["id"],
            institution,
            case["kind"],
            case["id"],
            (case["registered_by"],),
            case["facts"],
            case["registered_by"],
        )
        await happened(
            context, [f"{case['kind']}.{each}" for each in events], subject, living=living
        )
