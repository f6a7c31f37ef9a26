"""The route that facts are given: by the rules of a day, as the office's switches have it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date

from domain.errors import Refused
from domain.office.absence import Absence
from domain.rules.gaps import escalated
from domain.rules.routes import Finding, Route, route, stricter
from domain.rules.rows import Rule, unique
from domain.vocabulary import FactValue
from resolvers.ground.context import Context
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


@contextmanager
def kept_on_record(context: Context, kind: str, living: LivingRulebook) -> Iterator[None]:
    """What is submitted and given to nobody is on record, though its own transaction is undone."""
    try:
        yield
    except Refused as refused:
        cited = (refused.clause, *(each.clause for each in refused.problems))
        context.on_record["not_routed"] = {
            "kind": kind,
            "code": refused.code,
            "clauses": unique(each for each in cited if each),
            "rulebook_version": living.version,
        }
        raise


def switched(who: Viewer, rules: tuple[Rule, ...], facts: Mapping[str, FactValue]) -> Route:
    """The route of these facts, as the office's switches have it."""
    found = route(rules, facts)
    if found.finding is Finding.GAP and who.escalates_gaps:
        return escalated(rules, facts) or found
    if found.finding is Finding.OVERLAP and who.takes_stricter:
        return stricter(found) or found
    return found
