"""What the office counts of an applicant, told by the server and never by the form."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from domain import CASE_KINDS
from domain.approval.procedure import Form
from domain.errors import Problem
from domain.records.rosters import measures_on
from domain.shapes.count_words import Sum, Whose
from domain.shapes.counts import Count, Happened, measured
from domain.vocabulary import FactValue, Source
from resolvers.ground.context import Context
from resolvers.ground.viewers import Viewer
from resolvers.records.happened import happened
from resolvers.requests.needs import facts_of_interest
from resolvers.requests.words import camel
from resolvers.rules.rulebooks import LivingRulebook, once_for_each

THIS_ONE = UUID(int=0)
"""The request in hand is the last of those that are counted."""


TOLD_BY_CASE = {
    each.kind: ((each.tells, each.goes_on),)
    for kind in CASE_KINDS
    for each in kind.begins_with
    if each.tells
}
"""Of a kind of request, the fact that the case which its field names tells, and that field."""


@once_for_each
def counts_for(living: LivingRulebook, kind: str) -> tuple[Count, ...]:
    """The counts that rules on a kind look at, and those that these are counted from."""
    every = [each for each in living.shapes.counts if each.whose is Whose.PERSON]
    derived = (living.shapes.measures.get(name) for name in facts_of_interest(living, kind))
    raw = {n for each in derived if each and each.derived for n in each.derived.raw}
    wanted = {*facts_of_interest(living, kind), *raw}
    while more := {e.of for e in every if e.id in wanted and e.sum is Sum.EVERY} - wanted:
        wanted |= more
    return tuple(each for each in every if each.id in wanted)


async def counted(
    context: Context,
    living: LivingRulebook,
    who: Viewer,
    kind: str,
    facts: Mapping[str, FactValue],
    day: date,
) -> dict[str, FactValue]:
    """The measures of the applicant on a day, with the request in hand."""
    counts = counts_for(living, kind)
    if not counts:
        return {}
    of = who.person.id, day, day
    lines = await happened(context, living, counts, Whose.PERSON, *of, asked=True)
    this = Happened(THIS_ONE, kind, day, facts)
    return {name: each.value for name, each in measured(counts, [*lines, this], day, this).items()}


def known_of(facts: Mapping[str, FactValue], form: Form, day: date) -> dict[str, FactValue]:
    """What the office knows of an applicant that day; what a form asks is of whom it tells."""
    return {name: v for name, v in measures_on(facts, day).items() if not hasattr(form, name)}


def counted_here(living: LivingRulebook, kind: str) -> dict[str, str | None]:
    """What the office knows by itself, each with the clause that looks at it."""
    found: dict[str, str | None] = {each.id: each.clause for each in counts_for(living, kind)}
    for fact, _ in TOLD_BY_CASE.get(kind, ()):
        rows = living.rulebook.rows_by_kind.get(kind, ())
        found[fact] = next((row.clause for row in rows if fact in row.when.regions), None)
    return found


def stated_though_counted(living: LivingRulebook, kind: str, form: Form) -> Iterator[Problem]:
    """What a form states that the office counts itself; what stands blank is not stated."""
    for name, clause in counted_here(living, kind).items():
        given = getattr(form, name, None)
        if given is not None and given != getattr(type(form), name, None):
            yield Problem("COUNTED_BY_OFFICE", ("input", camel(name)), clause)


def stated_by(living: LivingRulebook, form: Form) -> dict[str, FactValue]:
    """Fields that bear a fact's name state it: what the form or the applicant says."""
    stated: dict[str, FactValue] = {}
    for each in fields(form):
        fact = living.vocabulary.facts.get(each.name)
        value: Any = getattr(form, each.name)
        if fact and value is not None and fact.source in {Source.FORM, Source.JUDGEMENT}:
            stated[each.name] = _exact(value)
    return stated


def _exact(value: Any) -> FactValue:
    if isinstance(value, Enum):
        return str(value.value)
    return value if isinstance(value, bool | str) else Decimal(value)
