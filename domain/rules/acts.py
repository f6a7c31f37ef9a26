"""The registers that an office keeps, and the facts of an object that its `p` lines look at."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from domain.vocabulary import (
    BODY,
    LISTED,
    STAGE,
    UNSTATED,
    Act,
    Fact,
    FactType,
    FactValue,
    Label,
    LivingObject,
    RoleClass,
    Source,
    Vocabulary,
    Word,
)


@dataclass(frozen=True)
class KeptRegister:
    """That an office keeps a register by a clause, with the columns that the clause demands."""

    register: str
    clause: str
    columns: tuple[str, ...] = ()


def facts_of(
    thing: LivingObject, vocabulary: Vocabulary, stages: Mapping[str, Label]
) -> dict[str, Fact]:
    """The facts that lines of an object may look at; `stages` are those of the office's paths."""
    facts = vocabulary.facts
    known = {name: _or_empty(facts[name]) for name in thing.facts if name in facts}
    if STAGE in thing.facts:
        every = {**{each: Label(each, each) for each in thing.stages}, **stages}
        known[STAGE] = _words(STAGE, Label("环节", "Stage"), every)
    if BODY in thing.facts:
        bodies = {
            code: role.label
            for code, role in vocabulary.roles.items()
            if role.role_class is RoleClass.BODY
        }
        known[BODY] = _words(BODY, Label("会议", "Body"), bodies)
    if LISTED in thing.facts:
        lists = {code: each.label for code, each in vocabulary.objects.items()}
        known[LISTED] = _words(LISTED, Label("清单", "List"), lists | {**vocabulary.lists})
    return known


def _or_empty(fact: Fact) -> Fact:
    """A fact that may be empty: a word that is not written down is `none`."""
    if fact.type is not FactType.ENUM:
        return fact
    none = str(UNSTATED[fact.type])
    return replace(fact, values={none: Label("未填", "Empty"), **(fact.values or {})})


def looked_at(act: str, known: Mapping[str, Fact]) -> dict[str, Fact]:
    """The facts that lines of an act may look at: a record is seen at whatever stage it is."""
    return {name: fact for name, fact in known.items() if act != Act.SEE or name != STAGE}


def _words(code: str, label: Label, values: Mapping[str, Label]) -> Fact:
    return Fact(code, FactType.ENUM, Source.RECORDS, label, values=values)


def is_counted(thing: LivingObject) -> bool:
    """Whether its stages are the consequences that lines of a register bring up."""
    of = thing.word in (Word.REGISTER, Word.CHECK)
    return of and Act.TAKE in thing.acts and STAGE in thing.facts


def stages_of(thing: LivingObject, paths: Iterable[tuple[str, str, Label]]) -> dict[str, Label]:
    """The events of an object's paths, each with what the office calls it."""
    return {event: label for path, event, label in paths if path in thing.paths}


def stated(
    thing: LivingObject, vocabulary: Vocabulary, facts: Mapping[str, Any]
) -> dict[str, FactValue]:
    """Every fact of an object with a value: what is not told, or empty, counts as none or 0.

    `facts` may be the whole record: its columns are the facts that bear their names.
    """
    found: dict[str, FactValue] = {}
    for name in thing.facts:
        value = facts.get(name)
        fact = vocabulary.facts.get(name)
        if value is None or value == "":
            value = UNSTATED[fact.type if fact else FactType.ENUM]
        found[name] = value.value if isinstance(value, Enum) else value
    return found
