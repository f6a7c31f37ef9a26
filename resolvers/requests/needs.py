"""What an office needs to know of a case: which fields, by which clauses, and why no rule fits.

What the form leaves out and no other source knows is asked for where its value could change the
route or the papers.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any

from domain import CASE_KINDS
from domain.approval.forms import form_fields
from domain.approval.minimal import STATED
from domain.approval.procedure import Form, Procedure
from domain.conditions.regions import Region
from domain.errors import Problem, Refused
from domain.rules.needed import Demands, needed, where_needed
from domain.rules.phrases import admitted_said
from domain.rules.rows import Rule
from domain.vocabulary import Fact, FactValue, Label, Source
from policies.vocabulary import institutions
from resolvers.requests.words import camel
from resolvers.rules.rulebooks import LivingRulebook, once_for_each

Facts = Mapping[str, FactValue]
SPAN = ("begins", "ends", "departs", "returns")
"""The fields that durations are counted from."""


DURATIONS = frozenset({"days", "hours"})
"""What a request is long, which concerns every reader."""


@dataclass(frozen=True)
class Need:
    """That a field is needed in every case of a kind, or in some, and by which clauses.

    `regions` are those of other facts outside of which it is not.
    """

    always: bool
    clauses: tuple[str, ...]
    regions: Mapping[str, Region] = field(default_factory=dict)


def must_be_regulated(living: LivingRulebook, kind: Label, rules: Collection[Any] | bool) -> None:
    """Raises: Refused: KIND_NOT_REGULATED: the office has no rule for what is called so."""
    if not rules:
        code = living.rulebook.institution
        label = institutions().get(code, Label(code, code))
        raise Refused("KIND_NOT_REGULATED", institution=label, kind=kind)


@once_for_each
def needs_of(living: LivingRulebook, kind: str, form: type[Form], on: date) -> Mapping[str, Need]:
    """The fields of a form that the office's rules may need, though the form does not insist."""
    demands = demands_of(living, kind, living.rulebook.rules_for(kind, on), on)
    within = living.within(kind)
    open_ = telling(living, kind, form)
    found = {
        told: Need(where.always, demands.clauses_at(name, demands.all), where.regions)
        for name, where in where_needed(demands, open_, within).items()
        for told in open_[name]
    }
    return found | {
        name: Need(True, (clause,)) for name, clause in _of_record(living, kind).items()
    }


@once_for_each
def facts_of_interest(living: LivingRulebook, kind: str) -> frozenset[str]:
    """The facts that some clause on a kind looks at; others say nothing to those who decide."""
    shapes = living.shapes
    quotas = [row for row in shapes.quotas if row.of == kind]
    whens = (
        *(row.when for row in living.rulebook.rows_by_kind.get(kind, ())),
        *(each.when for each in living.documents if each.kind == kind),
        *(row.when for row in shapes.eligibility if row.subject.partition(":")[0] == kind),
        *(row.when for row in quotas),
    )
    looked_at = frozenset(name for when in whens for name in when.regions)
    return looked_at.union(row.measure for row in quotas)


def lacking(
    living: LivingRulebook, kind: str, form: Form, facts: Facts, rules: Sequence[Rule], on: date
) -> Iterator[Problem]:
    """Each field that was left out and matters, with the clauses that look at it."""
    open_ = telling(living, rules[0].kind, type(form))
    missing = [name for name in open_ if name not in facts]
    for name, clauses in needed(demands_of(living, kind, rules, on), facts, missing).items():
        for told in open_[name]:
            yield asked_for(type(form), told, clauses)
    for name, clause in _of_record(living, kind).items():
        if _is_empty(getattr(form, name)):
            yield asked_for(type(form), name, [clause])


@once_for_each
def _of_record(living: LivingRulebook, kind: str) -> Mapping[str, str]:
    """What a request asks for that begins a case, where a clause demands it of the record."""
    asked = {
        case.code: {name for each in case.begins_with if each.kind == kind for name in each.asks}
        for case in CASE_KINDS
    }
    return {
        name: kept.clause
        for kept in living.registers
        for name in kept.columns
        if name in asked.get(kept.register, ())
    }


def _is_empty(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def asked_for(form: type[Form], name: str, clauses: Sequence[str]) -> Problem:
    """A field that was left out, and the clauses that look at it."""
    [label] = [each.label for each in form_fields(form) if each.name == name]
    said = {"zh": label.zh, "en": label.en}
    return Problem("NEEDED_BY_RULES", ("input", camel(name)), clauses[0], said, tuple(clauses[1:]))


def beyond_kind(
    living: LivingRulebook, procedure: Procedure[Any], facts: Facts
) -> Iterator[Problem]:
    """What is beyond what the kind itself admits, whatever the rules look at."""
    kind = living.vocabulary.kinds[procedure.kind]
    for name, region in living.within(procedure.kind).items():
        fact = living.vocabulary.facts[name]
        if name in facts and facts[name] not in region:
            said = admitted_said(region, fact)
            details = {"zh": said.zh, "en": said.en, "kind": kind.label}
            path = path_to(procedure, living, name)
            yield Problem("NOT_OF_THIS_KIND", path, details=details)


def out_of_bounds(
    living: LivingRulebook, procedure: Procedure[Any], facts: Facts
) -> Iterator[Problem]:
    """A number that the kind does not admit, also where a rule takes any."""
    numbers = {name: value for name, value in facts.items() if isinstance(value, Decimal)}
    return beyond_kind(living, procedure, numbers)


def why_no_rule(
    living: LivingRulebook, procedure: Procedure[Any], facts: Facts, rules: Sequence[Rule]
) -> Iterator[Problem]:
    """What puts a case beside every rule though the rules have no hole there.

    It is no case of the kind; or the office has not recorded what its rules look at.
    """
    yield from beyond_kind(living, procedure, facts)
    kind = living.vocabulary.kinds[rules[0].kind]
    unknown = [name for name in kind.facts if name not in facts]
    demands = Demands(rules, (), living.vocabulary.facts)
    for name, clauses in needed(demands, facts, unknown).items():
        label = living.vocabulary.facts[name].label
        said_label = {"zh": label.zh, "en": label.en}
        yield Problem("NOT_ON_RECORD", ("input",), clauses[0], said_label, clauses[1:])


def demands_of(living: LivingRulebook, kind: str, rules: Sequence[Rule], on: date) -> Demands:
    """What the office makes of a kind, its prohibitions apart: they speak of what is stated.

    Nobody has to deny each ground on which a clause would forbid it.
    """
    allowing = [rule for rule in rules if not rule.denies]
    return Demands(allowing, living.rulebook.documents_for(kind, on), living.vocabulary.facts)


def telling(living: LivingRulebook, kind: str, form: type[Form]) -> Mapping[str, tuple[str, ...]]:
    """The facts that a form may leave out, each with the fields that tell it."""
    return living.once("telling", (kind, form), lambda: _telling(living, kind, form))


def _telling(living: LivingRulebook, kind: str, form: type[Form]) -> Mapping[str, tuple[str, ...]]:
    blank = {each.name for each in fields(form) if each.default is None}
    found = {
        name: tuple(f for f in fields_telling(form, living.vocabulary.facts[name]) if f in blank)
        for name in living.vocabulary.kinds[kind].facts
    }
    return {name: told for name, told in found.items() if told}


def fields_telling(form: type[Form], fact: Fact) -> tuple[str, ...]:
    """The fields of a form that tell a fact: the one that bears its name, or a span of time."""
    names = {each.name for each in fields(form)}
    if fact.code in names and fact.source in STATED:
        return (fact.code,)
    return tuple(each for each in SPAN if each in names) if fact.source is Source.CALENDAR else ()


def path_to(procedure: Procedure[Any], living: LivingRulebook, name: str) -> tuple[str, ...]:
    """Where the form tells a fact or a measure; the input itself where it does not."""
    if name in procedure.told_by:
        return ("input", camel(procedure.told_by[name]))
    measure = living.vocabulary.facts.get(name) or living.shapes.measures.get(name)
    told = fields_telling(procedure.form, measure) if measure else ()
    return ("input", *map(camel, told[:1]))


def cited(living: LivingRulebook, clause: str) -> str:
    """A clause as people name it: the regulation's title and the article."""
    _, _, cite = clause.partition("/")
    line = next(iter(living.rulebook.lines_by_clause.get(clause, ())), None)
    return f"{line.title} {cite}" if line else cite


def unfilled(
    living: LivingRulebook, code: str, form: Form, but: Collection[str] = ()
) -> Iterator[Problem]:
    """The columns of a record that a clause of the office demands and that are empty."""
    own = {each.name for each in form_fields(type(form)) if not each.served} - {*but}
    for kept in living.registers:
        for name in kept.columns if kept.register == code else ():
            if name in own and _is_empty(getattr(form, name)):
                yield Problem("REQUIRED", (name,), kept.clause)
