"""Whether what is filled in keeps to what the form's fields show, wherever it comes in."""

import unicodedata
from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Any

from domain.approval.forms import Field, form_fields, text_problems
from domain.approval.procedure import Form
from domain.errors import Problem
from domain.values.bounds import Bounds
from domain.values.names import miswritten
from domain.vocabulary import Fact

NO_FACTS: Mapping[str, Fact] = MappingProxyType({})


def shape_problems(form: Form, facts: Mapping[str, Fact] = NO_FACTS) -> list[Problem]:
    """What is wrong with the values of a form, each by itself.

    `facts` are those of the institution's vocabulary, which bound the fields that bear their names;
    an entry of a register states none.
    """
    return [
        problem
        for field in form_fields(type(form))
        for problem in _problems(getattr(form, field.name), field, facts.get(field.name))
    ]


def bounds_of(field: Field, fact: Fact | None) -> Bounds:
    """What a number keeps to: as its form declares, or as the fact whose name it bears."""
    return field.bounds or (fact.bounds if fact else Bounds())


def unit_of(field: Field, fact: Fact | None) -> str:
    """What a number counts, said as its bounds are; nothing of what is no number."""
    if not field.is_number:
        return ""
    return field.bounds.unit if field.bounds else fact.unit if fact else ""


def options_of(field: Field, fact: Fact | None) -> list[Enum]:
    """What may be chosen: the values that the institution knows."""
    known = fact.values if fact and fact.values else None
    return [each for each in field.type if known is None or each.value in known]  # type: ignore[attr-defined]


def _problems(value: Any, field: Field, fact: Fact | None) -> list[Problem]:
    path = (field.name,)
    match value:
        case str() if field.type is str:
            blank = field.required and not any(map(_is_visible, value[: field.longest]))
            missing = [Problem("REQUIRED", path)] if blank else []
            return [*missing, *text_problems(value, field), *_miswritten(value, field)]
        case Enum():
            known = options_of(field, fact)
            if value not in known:
                details = {"value": value.name, "known": " ".join(each.name for each in known)}
                return [Problem("UNKNOWN_VALUE", path, details=details)]
        case _ if field.is_number and value is not None:
            found = bounds_of(field, fact).problem(value, *path)
            return [found] if found else []
    return []


def _miswritten(text: str, field: Field) -> list[Problem]:
    example = miswritten(field.names, text) if field.names and text else None
    return [Problem("MISWRITTEN", (field.name,), details={"example": example})] if example else []


def _is_visible(character: str) -> bool:
    return unicodedata.category(character)[0] not in "CZ"
