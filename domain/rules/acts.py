"""The registers that an office keeps, and the facts of an object that its `p` lines look at."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from domain.vocabulary import (
    BODY,
    STAGE,
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

UNSTATED: Mapping[FactType, FactValue] = {
    FactType.DECIMAL: Decimal(0),
    FactType.INT: Decimal(0),
    FactType.BOOL: False,
    FactType.ENUM: "none",
}
"""What an empty column counts as, so that no prohibition hangs on silence."""


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
    known = {name: vocabulary.facts[name] for name in thing.facts if name in vocabulary.facts}
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
    return known


def _words(code: str, label: Label, values: Mapping[str, Label]) -> Fact:
    return Fact(code, FactType.ENUM, Source.RECORDS, label, values=values)


def is_counted(thing: LivingObject) -> bool:
    """Whether its stages are the consequences that lines of a register bring up."""
    return thing.word is Word.REGISTER and Act.TAKE in thing.acts and STAGE in thing.facts


def stages_of(thing: LivingObject, paths: Iterable[tuple[str, str, Label]]) -> dict[str, Label]:
    """The events of an object's paths, each with what the office calls it."""
    return {event: label for path, event, label in paths if path in thing.paths}


def stated(
    thing: LivingObject, vocabulary: Vocabulary, facts: Mapping[str, FactValue | None]
) -> dict[str, FactValue]:
    """Every fact of an object with a value: what is not told, or empty, counts as none or 0."""
    found: dict[str, FactValue] = {}
    for name in thing.facts:
        value = facts.get(name)
        fact = vocabulary.facts.get(name)
        found[name] = UNSTATED[fact.type if fact else FactType.ENUM] if value is None else value
    return found
