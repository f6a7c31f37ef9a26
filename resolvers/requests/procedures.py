"""Every kind of request with its procedure: as its area declares it, or the least that all have."""

from collections.abc import Mapping
from enum import Enum
from functools import lru_cache
from typing import Any

import domain
from domain.approval.forms import form_fields, read_form
from domain.approval.minimal import Enums, minimal_procedure, of_kind
from domain.approval.procedure import Procedure, Summary, referring
from domain.vocabulary import Kind, Label, is_own, words_of
from policies import vocabulary
from resolvers.rules.rulebooks import LivingRulebook


def _declared_enums() -> Enums:
    """The enums that areas declare for facts."""
    facts = vocabulary.shipped().facts
    return {
        field.name: field.type
        for procedure in domain.PROCEDURES.values()
        for field in form_fields(procedure.form)
        if field.name in facts and issubclass(field.type, Enum)
    }


ENUMS = _declared_enums()
"""By fact, the enum of its values that forms use."""


def _named(kind: str) -> dict[str, Any]:
    """What a least form may name: what its area says, the request that it settles, a case."""
    named = {name: field for of, name, field in domain.NAMED if of == kind}
    if kind in domain.SETTLING:
        label = ("所依据的已批准申请", "The approved request")
        named["settles"] = referring(*label, "Request", default=None)
    for case in domain.CASE_KINDS:
        for begins in case.begins_with:
            if begins.goes_on and begins.kind == kind:
                label = (case.label.zh, case.label.en)
                named[begins.goes_on] = referring(*label, words_of(case.code), default=None)
            if begins.kind == kind:
                for name in filter(None, (begins.alone, *begins.asks)):
                    named[name] = case.record.__dataclass_fields__[name]
    return named


def _minimal() -> dict[str, Procedure[Any]]:
    words = vocabulary.shipped()
    return {
        kind.code: minimal_procedure(kind, words, ENUMS, _named(kind.code))
        for kind in words.kinds.values()
        if kind.code not in domain.PROCEDURES and kind.code not in domain.SERVED_OTHERWISE
    }


MINIMAL = _minimal()
PROCEDURES: dict[str, Procedure[Any]] = {**domain.PROCEDURES, **MINIMAL}


def procedure_of(kind: str, living: LivingRulebook | None) -> Procedure[Any]:
    """The procedure of a kind of request, by the rules that it is asked for or judged by.

    Raises: LookupError: neither the product nor these rules know the kind.
    """
    if not is_own(kind):
        return PROCEDURES[kind]
    if living is None:
        raise LookupError(kind)
    return _of_own(living.vocabulary.kinds[kind])


@lru_cache(maxsize=1000)
def _of_own(kind: Kind) -> Procedure[Any]:
    """Offices and versions that say the same of a kind share its form."""
    return minimal_procedure(kind, vocabulary.shipped(), ENUMS)


def summary_of(
    kind: str, living: LivingRulebook | None, form: Mapping[str, Any], facts: Mapping[str, Any]
) -> Summary:
    """What is kept with a request to be listed by."""
    procedure = procedure_of(kind, living)
    filled = read_form(procedure.form, form)
    if procedure.summary:
        return procedure.summary(filled, facts)
    period = procedure.spans(filled) if procedure.spans else None
    return of_kind(label_of(kind, living), procedure.about(filled), period)


def label_of(kind: str, living: LivingRulebook | None) -> Label:
    """What people call a kind of request."""
    words = living.vocabulary if living else vocabulary.shipped()
    return words.kinds[kind].label
