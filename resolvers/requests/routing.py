"""The route that facts are given: by the rules of a day, as the office's switches have it."""

from collections.abc import Mapping
from datetime import date

from domain.office.absence import Absence
from domain.rules.gaps import escalated
from domain.rules.routes import Finding, Route, route, stricter
from domain.rules.rows import Rule
from domain.vocabulary import FactValue
from resolvers.ground.viewers import Viewer
from resolvers.rules.rulebooks import LivingRulebook


def rules_of(
    living: LivingRulebook, kind: str, on: date, extends: Absence | None
) -> tuple[Rule, ...]:
    """The kind's own rules; an extension that no clause regulates is judged like its leave."""
    own = living.rulebook.rules_for(kind, on)
    if own or extends is None:
        return own
    return living.rulebook.rules_for(extends.kind, on)


def switched(who: Viewer, rules: tuple[Rule, ...], facts: Mapping[str, FactValue]) -> Route:
    """The route of these facts, as the office's switches have it."""
    found = route(rules, facts)
    if found.finding is Finding.GAP and who.escalates_gaps:
        return escalated(rules, facts) or found
    if found.finding is Finding.OVERLAP and who.takes_stricter:
        return stricter(found) or found
    return found
