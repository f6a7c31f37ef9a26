"""Which series of numbers a declaration has: one of its own, and one for each value of a column."""

from enum import Enum
from typing import Any

from domain.approval.forms import form_fields
from domain.records.cases import CaseKind
from domain.records.registers import Register


def series_codes(declared: Register | CaseKind[Any]) -> tuple[str, ...]:
    """The codes that rows may give a pattern to; only a column of words divides them."""
    if isinstance(declared, Register):
        of, record, numbered = declared.name, declared.entry, declared.numbered
    else:
        of, record = declared.code, declared.record
        numbered = bool(numbered_in(declared))
    kinds = [each.type for each in form_fields(record) if each.name == declared.series]
    values = [each.value for kind in kinds if issubclass(kind, Enum) for each in kind]
    return (of, *(f"{of}.{value}" for value in values)) if numbered else ()


def numbered_in(kind: CaseKind[Any]) -> str:
    """The column of the number that a stage gives a case, if any does."""
    return next((each.numbers for each in kind.stages.values() if each.numbers), "")
