"""Measures: the facts that an institution's own clauses look at, beside those of the vocabulary."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from domain.vocabulary import Fact, FactType, Label
from policies import vocabulary as words
from policies.lines import Faults, Line

NUMBERS = (FactType.DECIMAL, FactType.INT)


def measures_of(
    lines: Iterable[Line], facts: Mapping[str, Fact], faults: Faults
) -> Mapping[str, Fact]:
    """The facts that everybody has, and the measures that an institution adds."""
    own: dict[str, Fact] = {}
    for line in lines:
        *fields, values = line.fields
        code, stated = fields[0], values_of(line, values, faults)
        if code in facts:
            faults.add(line, "measure", "KNOWN_FACT", fact=code)
        declared = replace(line, fields=tuple(fields))
        fact = words.fact_of(declared, {code: stated} if stated else {}, faults)
        if fact.type in NUMBERS and fact.minimum is None:
            fact = replace(fact, minimum=Decimal(0))  # nothing is counted or measured below zero
        own[code] = fact
    return {**facts, **own}


def values_of(line: Line, text: str, faults: Faults) -> dict[str, Label]:
    """`code:中文:English|code:…`."""
    found: dict[str, Label] = {}
    for each in filter(None, text.split("|")):
        code, *label = each.split(":")
        if len(label) != 2 or not code.strip():
            faults.add(line, "values", "WRONG_FORMAT", expected="code:中文:English|…")
        else:
            found[code.strip()] = Label(label[0].strip(), label[1].strip())
    return found
