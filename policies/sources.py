"""What counts are made from: registers with their columns, kinds of request, other measures."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import Enum
from typing import Any

from domain import CASE_KINDS, CHECKS, REGISTERS, ROUNDS, SITTINGS, THINGS
from domain.approval.forms import Field, form_fields
from domain.records.cases import CaseKind
from domain.records.registers import Register
from domain.records.rounds import RESULTS, in_conditions
from domain.records.things import Thing
from domain.shapes.recorded import CLOCK, DONE
from domain.vocabulary import BODY, Fact, FactType, Kind, Label, Role, Source
from policies.lines import Line

OF_COLUMNS: Mapping[type, FactType] = {bool: FactType.BOOL, int: FactType.INT}
BY_NAME: Mapping[str, Register | Thing] = {
    **{each.name: each for each in REGISTERS},
    **{each.name: each for each in THINGS},
}

OF_THEIR_TIME = ("off_hours",)
"""What a condition may ask of when a line happened."""
GIVES = {each.name: each.gives for each in CHECKS}


def sources_of(
    kinds: Mapping[str, Kind],
    facts: Mapping[str, Fact],
    words: Iterable[Line],
    rounds: Iterable[Line] = (),
) -> dict[str, dict[str, Fact]]:
    """By what is counted from, what a condition may look at; words and rounds are the office's."""
    said: dict[str, dict[str, Label]] = {}
    for line in words:
        code, _, register, *label = line.fields
        said.setdefault(register, {})[code] = Label(*label)
    found = {name: columns_of(each, said.get(name, {})) for name, each in BY_NAME.items()}
    for name in (each.name for each in REGISTERS if each.is_timed):
        found[name] |= {each: facts[each] for each in OF_THEIR_TIME if each in facts}
    found |= {each.code: columns_of(each, {}) for each in CASE_KINDS if each.about}
    named = {in_conditions(line.fields[0]): Label(*line.fields[-2:]) for line in rounds}
    for each in ROUNDS:
        found[each.code] = {one.code: one for one in RESULTS}
        found[each.code]["round"] = replace(found[each.code]["round"], values=named)
    for kind, of in kinds.items():
        found[kind] = {name: facts[name] for name in of.facts if name in facts}
    return found


def sittings_of(roles: Mapping[str, Role]) -> dict[str, dict[str, Fact]]:
    """What a condition may look at of a sitting that somebody missed: which body's it was."""
    bodies = {code: role.label for code, role in roles.items()}
    body = Fact(BODY, FactType.ENUM, Source.RECORDS, Label("会议", "Body"), values=bodies)
    return {each.code: {BODY: body} for each in SITTINGS}


def clocks_of(clocks: Iterable[str]) -> dict[str, dict[str, Fact]]:
    """What a condition may look at of a clock that ran out: whether it was done too late."""
    done = Fact(DONE, FactType.BOOL, Source.RECORDS, Label("逾期后已办", "Done since"))
    return {f"{CLOCK}{each}": {DONE: done} for each in clocks}


def columns_of_object(code: str) -> frozenset[str]:
    """The columns that lines of a declared object may look at."""
    return frozenset(columns_of(BY_NAME[code], {})) if code in BY_NAME else frozenset()


def columns_of(
    register: Register | Thing | CaseKind[Any], words: Mapping[str, Label]
) -> dict[str, Fact]:
    """The columns of a declaration as facts; in the column of the office's words, those."""
    worded = register.words if isinstance(register, Register) else ""
    of: Any = register
    is_case = isinstance(register, CaseKind)
    columns: tuple[Field, ...] = form_fields(of.record) if is_case else of.fields
    found = {}
    for each in columns:
        values: Mapping[str, Label] | None = None
        if each.name == worded:
            kind, values = FactType.ENUM, words
        elif issubclass(each.type, Enum):
            kind = FactType.ENUM
            values = {one.value: Label(one.value, one.value) for one in each.type}
        elif each.is_number or each.type is bool:
            kind = OF_COLUMNS.get(each.type, FactType.DECIMAL)
        else:
            continue
        found[each.name] = Fact(each.name, kind, Source.RECORDS, each.label, values=values)
    return {**found, **({} if is_case else GIVES.get(of.name, {}))}
