"""Clocks started and stopped by what happens, in the transaction in which it happens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from domain.vocabulary import FactValue
from resolvers.context import Context
from resolvers.rulebooks import LivingRulebook


@dataclass(frozen=True)
class Subject:
    """What a clock runs for: a request, a case, a sitting.

    `responsible` are the seats or persons who are warned; `applicant` is told of an extension.
    """

    id: UUID
    institution: str
    kind: str
    request: UUID | None
    responsible: tuple[UUID, ...]
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    applicant: UUID | None = None


async def happened(
    context: Context,
    events: Sequence[str],
    subject: Subject,
    *,
    at: datetime | None = None,
    living: LivingRulebook | None = None,
) -> None:
    """Stop and start the clocks that these events concern.

    `at` is when it happens, where that is not now; `living` the rulebook that the subject is
    pinned to, today's where there is none. Costs nothing where no row speaks of the events.
    """
