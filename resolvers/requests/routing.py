"""The rules that a request is routed by."""

from datetime import date

from domain.office.absence import Absence
from domain.rules.rows import Rule
from resolvers.rules.rulebooks import LivingRulebook


def rules_of(
    living: LivingRulebook, kind: str, on: date, extends: Absence | None
) -> tuple[Rule, ...]:
    """The kind's own rules; an extension that no clause regulates is judged like its leave."""
    own = living.rulebook.rules_for(kind, on)
    if own or extends is None:
        return own
    return living.rulebook.rules_for(extends.kind, on)
