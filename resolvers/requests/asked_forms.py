"""A kind's form as one office asks it: the fields its rules read, its papers and who is named."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import Enum
from typing import Any

from domain.approval.description import FieldDescription, described
from domain.approval.forms import form_fields
from domain.approval.forms import plain as written
from domain.approval.procedure import Form, Procedure
from domain.conditions.joining import ordered
from domain.conditions.language import ALWAYS, Condition
from domain.conditions.regions import Interval, Region
from domain.rules.phrases import condition_said
from domain.rules.rows import unique
from domain.shapes.derivations import raw_of
from domain.values.choices import Choice
from domain.vocabulary import Label, RoleClass
from resolvers.records.acts import clauses_of
from resolvers.requests.balances import looked_at
from resolvers.requests.counted import counted_here
from resolvers.requests.needs import demands_of, fields_telling, needs_of
from resolvers.requests.procedures import ENUMS, PROCEDURES
from resolvers.rules.rulebooks import LivingRulebook

PROLONGED = "leave_id"
"""The field that names the absence which a form prolongs."""


class Compares(Choice):
    """How a fact is compared."""

    IN = "in", "One of the values."
    AT_LEAST = "at_least", "That much or more."
    MORE_THAN = "more_than", "More than that."
    AT_MOST = "at_most", "That much or less."
    LESS_THAN = "less_than", "Less than that."


@dataclass(frozen=True)
class Comparison:
    """A fact compared with values, and the fields of the form that tell it; none if they do not."""

    name: str
    label: Label
    told_by: tuple[str, ...]
    compares: Compares
    values: tuple[Any, ...]


@dataclass(frozen=True)
class AskedField:
    """A field as this office asks it.

    `clauses` read it, and so may need it; `counted_by` is the clause by which the office knows it
    itself. It is asked for where all of `shown_when` hold.
    """

    field: FieldDescription
    required: bool
    default: Any = None
    clauses: tuple[str, ...] = ()
    shown_when: tuple[Comparison, ...] = ()
    counted_by: str | None = None


@dataclass(frozen=True)
class AskedPaper:
    """A paper that a clause demands where its condition holds."""

    name: str
    clause: str
    when: tuple[Comparison, ...]
    said: Label


@dataclass(frozen=True)
class AskedPerson:
    """Somebody whom the form has to name; who is `own` is the applicant where nobody is named."""

    role: str
    label: Label
    own: bool
    another: bool
    clauses: tuple[str, ...]
    when: tuple[Comparison, ...]
    said: Label


@dataclass(frozen=True)
class AskedForm:
    """Everything that a client must know to fill in a kind of request in one office."""

    fields: tuple[AskedField, ...]
    papers: tuple[AskedPaper, ...] = ()
    people: tuple[AskedPerson, ...] = ()
    regulated: bool = False
    clauses: tuple[str, ...] = ()


def asked_form(living: LivingRulebook, procedure: Procedure[Any], on: date) -> AskedForm:
    """The form of a kind; what no rule of the office speaks of is asked as it is declared."""
    return living.once("form", procedure.kind, lambda: _asked(living, procedure, on))


def _asked(living: LivingRulebook, procedure: Procedure[Any], on: date) -> AskedForm:
    kind, form = procedure.kind, procedure.form
    rules = living.rulebook.rules_for(kind, on)
    if not rules:
        fields = tuple(declared(described(form, living.vocabulary, kind), form))
        return AskedForm(fields, regulated=_as_what_it_prolongs(living, form, on))
    return AskedForm(
        fields=tuple(_fields(living, procedure, on)),
        papers=tuple(
            AskedPaper(name, each.clause, *_condition(living, form, each.when))
            for each in living.rulebook.documents_for(kind, on)
            for name in each.documents
        ),
        people=tuple(_people(living, kind, form, on)),
        regulated=True,
        clauses=unique(clause for rule in rules for clause in rule.clauses),
    )


def _as_what_it_prolongs(living: LivingRulebook, form: type[Form], on: date) -> bool:
    """Whether a form prolongs an absence of a kind that the office regulates, and is judged so."""
    kinds = [kind for kind, each in PROCEDURES.items() if each.occupies]
    prolongs = PROLONGED in {each.name for each in form_fields(form)}
    return prolongs and any(living.rulebook.rules_for(kind, on) for kind in kinds)


def declared(every: Sequence[FieldDescription], form: type) -> Iterator[AskedField]:
    """The fields of a form or an entry as they are declared, whatever an office makes of them."""
    defaults = {each.name: each.default for each in fields(form)}
    for each in every:
        default = None if each.required else written(defaults[each.name])
        yield AskedField(each, each.required, None if default == "" else default)


def _fields(living: LivingRulebook, procedure: Procedure[Any], on: date) -> Iterator[AskedField]:
    kind, form = procedure.kind, procedure.form
    needs, beside = needs_of(living, kind, form, on), read_beside(living, procedure, on)
    read = _read(living, kind, form, on)
    known = counted_here(living, kind)
    for account in looked_at(living, kind, kind):
        known |= dict.fromkeys(account.gives, clauses_of(living, account.name)[0])
    earlier: list[str] = []
    for each in declared(described(form, living.vocabulary, kind), form):
        name = each.field.name
        if name in known:
            yield replace(each, counted_by=known[name])
            continue
        need, also = needs.get(name), beside.get(name, ())
        regions = need.regions if need and not also and not need.always else {}
        shown = {fact: region for fact, region in regions.items() if fact in earlier}
        yield replace(
            each,
            required=each.required or bool(need and need.always),
            clauses=unique([*read.get(name, need.clauses if need else ()), *also]),
            shown_when=tuple(_compared(living, form, shown)),
        )
        earlier.append(name)


def _read(
    living: LivingRulebook, kind: str, form: type[Form], on: date
) -> Mapping[str, tuple[str, ...]]:
    """The fields that rules and demands of papers read, each with the clauses."""
    demands = demands_of(living, kind, living.rulebook.rules_for(kind, on), on)
    return {
        field: clauses
        for name in living.vocabulary.kinds[kind].facts
        if (clauses := demands.clauses_at(name, demands.all))
        for field in fields_telling(form, living.vocabulary.facts[name])
    }


def read_beside(
    living: LivingRulebook, procedure: Procedure[Any], on: date
) -> Mapping[str, tuple[str, ...]]:
    """The fields that prohibitions, eligibility, limits and accounts read, with their clauses."""
    kind, shapes = procedure.kind, living.shapes
    read = [
        (name, clause)
        for rule in living.rulebook.rules_for(kind, on)
        if rule.denies
        for name in rule.when.regions
        for clause in rule.clauses
    ]
    read += [
        (name, row.clause)
        for row in shapes.eligibility
        if row.subject == kind
        for name in row.when.regions
    ]
    read += [
        (name, quota.clause)
        for quota in shapes.quotas
        if quota.of == kind and quota.limit is not None
        for name in raw_of((*quota.when.regions, quota.measure), {}, shapes.measures)
    ]
    read += [
        (flow.column, clauses_of(living, account.name)[0])
        for account in looked_at(living, kind, kind)
        if (flow := account.debit(kind)) and not flow.beyond
    ]
    found: dict[str, list[str]] = {}
    for name, clause in read:
        found.setdefault(procedure.told_by.get(name, name), []).append(clause)
    return {name: unique(clauses) for name, clauses in found.items()}


def _people(living: LivingRulebook, kind: str, form: type[Form], on: date) -> Iterator[AskedPerson]:
    """The roles that a form fills, with the case where one rule alone asks for it."""
    roles, parts = living.vocabulary.roles, living.vocabulary.parts
    asking: dict[str, list[Any]] = {}
    for rule in living.rulebook.rules_for(kind, on):
        for role in {role for step in rule.steps for role in step.roles}:
            if role in roles and roles[role].role_class is RoleClass.FORM:
                asking.setdefault(role, []).append(rule)
    for role, rules in asking.items():
        when = rules[0].when if len(rules) == 1 else ALWAYS
        yield AskedPerson(
            role,
            roles[role].label,
            role in parts.own,
            role in parts.vouching,
            unique(clause for rule in rules for clause in rule.clauses),
            *_condition(living, form, when),
        )


def _condition(
    living: LivingRulebook, form: type[Form], when: Condition
) -> tuple[tuple[Comparison, ...], Label]:
    compared = tuple(_compared(living, form, when.regions))
    return compared, condition_said(when, living.vocabulary)


def _compared(
    living: LivingRulebook, form: type[Form], regions: Mapping[str, Region]
) -> Iterator[Comparison]:
    enums = {**ENUMS, **{f.name: f.type for f in form_fields(form) if issubclass(f.type, Enum)}}
    for name, region in regions.items():
        fact = living.vocabulary.facts[name]
        told = fields_telling(form, fact)
        if isinstance(region, Interval):
            for compares, value in _ends(region):
                yield Comparison(name, fact.label, told, compares, (format(value, "f"),))
            continue
        values = ordered(region, fact) if fact.values else [*region]
        said = tuple(enums[name](each).name if name in enums else each for each in values)
        yield Comparison(name, fact.label, told, Compares.IN, said)


def _ends(region: Interval) -> Iterator[tuple[Compares, Any]]:
    if region.low is not None:
        yield (Compares.MORE_THAN if region.low_open else Compares.AT_LEAST), region.low
    if region.high is not None:
        yield (Compares.LESS_THAN if region.high_open else Compares.AT_MOST), region.high
