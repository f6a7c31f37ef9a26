"""Kinds of request that an office has by its own rows, made of the facts that all offices know."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from domain.conditions.language import ConditionError, parse
from domain.rules.rows import Register
from domain.values.notation import HIDDEN
from domain.vocabulary import OWN, Kind, Label, Vocabulary
from policies import vocabulary as words
from policies.lines import Faults, Line, of_width, without_repeats

FILE, WIDTH = "kinds", 7
CODE = re.compile(rf"{OWN}\.[a-z][a-z0-9]*(_[a-z0-9]+)*")
LONGEST_CODE, LONGEST_LABEL, MOST_FACTS = 50, 60, 30


def widened(vocabulary: Vocabulary, lines: Iterable[Line], faults: Faults) -> Vocabulary:
    """The words of an office with its own kinds beside those that all offices have.

    None of them is called as another is: who asks for something chooses by the label.
    """
    kinds = {**vocabulary.kinds}
    labels = {each for kind in kinds.values() for each in (kind.label.zh, kind.label.en)}
    for line in without_repeats(lines, (0,), "kind", faults):
        before = len(faults.found)
        code, clause, area, zh, en, facts, precondition = line.fields
        if code in {*kinds, *vocabulary.objects}:
            faults.add(line, "kind", "KIND_TAKEN", kind=code)
        elif len(code) > LONGEST_CODE or not CODE.fullmatch(code):
            faults.add(line, "kind", "WRONG_FORMAT", expected=f"{OWN}.tea_break")
        faults.word(line, "area", area, words.areas())
        for column, label in (("zh", zh), ("en", en)):
            if not label.strip() or len(label) > LONGEST_LABEL or HIDDEN.search(label):
                faults.add(line, column, "WRONG_FORMAT", expected=f"1–{LONGEST_LABEL}")
            # Stored rows stay readable when the product comes to know a kind of that name.
            elif line.file and label in labels:
                faults.add(line, column, "LABEL_TAKEN", label=label)
        labels |= {zh, en}
        names = facts.split()
        known = [name for name in names if faults.word(line, "facts", name, vocabulary.facts)]
        if len(names) > MOST_FACTS or len({*names}) < len(names):
            faults.add(line, "facts", "WRONG_FORMAT", expected=f"≤ {MOST_FACTS}: amount people")
        try:
            parse(precondition or "always", {name: vocabulary.facts[name] for name in known})
        except ConditionError as error:
            faults.condition(line, "precondition", error)
        if len(faults.found) == before:
            kinds[code] = Kind(
                code, area, Label(zh, en), tuple(names), precondition or "always", clause
            )
    return replace(vocabulary, kinds=kinds)


def beside(vocabulary: Vocabulary, tables: Mapping[str, Iterable[Line]]) -> Vocabulary:
    """The words with the own kinds of tables that are checked elsewhere."""
    lines = of_width(tables.get(FILE, ()), WIDTH, Faults())
    return widened(vocabulary, lines, Faults())


def check(
    lines: Iterable[Line], ruled: Collection[str], register: Register, faults: Faults
) -> None:
    """Each kind stands on a clause of the register, and some rule says who decides it."""
    cited = {clause for clause, _, _ in register}
    for line in lines:
        code, clause, *_ = line.fields
        if clause not in cited:
            faults.add(line, "clause", "CLAUSE_UNKNOWN", clause=clause)
        if code not in ruled:
            faults.add(line, "kind", "KIND_WITHOUT_RULES", kind=code)
