"""The shipped words: kinds, objects, roles, facts; and what an institution calls its own."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import time
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from domain.conditions.language import ConditionError, parse
from domain.shapes.points import point_of
from domain.vocabulary import (
    BODY,
    LISTED,
    RANK,
    STAGE,
    WHAT,
    Act,
    Fact,
    FactType,
    Kind,
    Label,
    LivingObject,
    Role,
    RoleClass,
    Source,
    Vocabulary,
    Word,
)
from policies.lines import Faults, Line, read_table, without_repeats
from policies.parts import PARTS, parts_of
from policies.sources import columns_of_object

SHIPPED = Path(__file__).parent / "vocabulary"
AREAS = ("area", "zh", "en")
KINDS = ("kind", "area", "zh", "en", "facts", "precondition")
ROLES = ("role", "class", "zh", "en", "members", "rank", "level")
FACTS = ("fact", "type", "source", "unit", "minimum", "maximum", "grid", "zh", "en")
VALUES = ("fact", "value", "zh", "en")
INSTITUTIONS = ("institution", "zh", "en")
RETIRED = ("object", "instead")
OBJECTS = ("object", "word", "area", "acts", "facts", "bears", "paths", "stages", "zh", "en")
LOCAL = ("word", "code", "zh", "en", "values")
Choice = TypeVar("Choice", bound=StrEnum)


@cache
def shipped() -> Vocabulary:
    return read_vocabulary(SHIPPED)


@cache
def areas() -> Mapping[str, Label]:
    return labels(SHIPPED / "areas.csv", AREAS)


@cache
def families() -> Mapping[str, Label]:
    return labels(SHIPPED / "families.csv", ("family", "zh", "en"))


@cache
def shapes() -> Mapping[str, Label]:
    """What each shape of computing rows is called."""
    return labels(SHIPPED / "shapes.csv", ("shape", "zh", "en"))


@cache
def columns() -> Mapping[str, Label]:
    """What each column of a computing row is called."""
    return labels(SHIPPED / "columns.csv", ("column", "zh", "en"))


@cache
def institutions() -> Mapping[str, Label]:
    """Every institution that the product knows, in the order of its list."""
    return labels(SHIPPED / "institutions.csv", INSTITUTIONS)


def read_vocabulary(folder: Path) -> Vocabulary:
    """All words of a folder; every fault in them at once."""
    faults = Faults()
    values: dict[str, dict[str, Label]] = {}
    for line in table(folder / "values.csv", VALUES, faults, key=2):
        code, value, zh, en = line.fields
        values.setdefault(code, {})[value] = Label(zh, en)
    fact_lines = table(folder / "facts.csv", FACTS, faults)
    facts = {line.fields[0]: fact_of(line, values, faults) for line in fact_lines}
    ranks = values.get(RANK, {})
    role_lines = table(folder / "roles.csv", ROLES, faults)
    roles = {line.fields[0]: role_of(line, ranks, faults) for line in role_lines}
    for line in role_lines:
        check_members(line, roles, faults)
    known_areas = {line.fields[0] for line in table(folder / "areas.csv", AREAS, faults)}
    kinds = {}
    for line in table(folder / "kinds.csv", KINDS, faults):
        kinds[line.fields[0]] = kind_of(line, known_areas, facts, faults)
    objects = {}
    for line in table(folder / "objects.csv", OBJECTS, faults):
        if line.fields[0] in kinds:
            faults.add(line, "object", "KIND_AND_OBJECT", word=line.fields[0])
        objects[line.fields[0]] = object_of(line, known_areas, roles, facts, faults)
    lines = table(folder / "parts.csv", PARTS, faults, key=len(PARTS))
    parts = parts_of(lines, roles, facts, known_areas, faults)
    faults.raise_any()
    lists = labels(folder / "lists.csv", ("list", "zh", "en"))
    rest: Any = {"lists": lists, "carriers": words(folder / "carriers.csv", ("area",))}
    return Vocabulary(kinds, roles, facts, objects=objects, parts=parts, **rest)


@cache
def retired() -> frozenset[str]:
    """Objects, or acts on one, that no file may name any more and older versions still do."""
    return words(SHIPPED / "retired.csv", RETIRED)


@cache
def personal_papers() -> frozenset[str]:
    """Demanded papers that tell of health, identity or accounts."""
    return words(SHIPPED / "papers.csv", ("paper", "about"))


def words(path: Path, columns: tuple[str, ...]) -> frozenset[str]:
    """The first column of a table."""
    return frozenset(fields[0] for fields in of_table(path, columns))


def labels(path: Path, columns: tuple[str, str, str]) -> Mapping[str, Label]:
    return {code: Label(zh, en) for code, zh, en in of_table(path, columns)}


def of_table(path: Path, columns: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The fields of each line; every fault of theirs at once."""
    faults = Faults()
    lines = table(path, columns, faults)
    faults.raise_any()
    return [line.fields for line in lines]


def table(
    path: Path, columns: tuple[str, ...], faults: Faults, *, key: int = 1
) -> tuple[Line, ...]:
    lines = read_table(path, columns, faults)
    return without_repeats(lines, tuple(range(key)), columns[key - 1], faults)


def fact_of(line: Line, values: Mapping[str, Mapping[str, Label]], faults: Faults) -> Fact:
    code, of_type, source, unit, minimum, maximum, grid, zh, en = line.fields
    own = values.get(code)
    fact = Fact(
        code,
        choice(line, "type", FactType, of_type, faults) or FactType.BOOL,
        choice(line, "source", Source, source, faults) or Source.FORM,
        Label(zh, en),
        unit,
        number(line, "minimum", minimum, faults),
        number(line, "maximum", maximum, faults),
        number(line, "grid", grid, faults),
        own,
    )
    if (fact.type is FactType.ENUM) != (own is not None):
        faults.add(line, "type", "WRONG_FORMAT", expected="enum ⇔ values.csv")
    return fact


def role_of(line: Line, ranks: Mapping[str, Label], faults: Faults) -> Role:
    code, role_class, zh, en, members, rank, level = line.fields
    if rank:
        faults.word(line, "rank", rank, ranks)
    if level and not level.isdecimal():
        faults.add(line, "level", "WRONG_FORMAT", expected="0, 1, 2 …")
    chosen = choice(line, "class", RoleClass, role_class, faults) or RoleClass.SEAT
    if (chosen is RoleClass.ANY_OF) != bool(members):
        faults.add(line, "members", "WRONG_FORMAT", expected="any_of ⇔ members")
    height = int(level) if level.isdecimal() else 0
    return Role(code, chosen, Label(zh, en), tuple(members.split()), rank or None, height)


def check_members(line: Line, roles: Mapping[str, Role], faults: Faults) -> None:
    """Members are known, and none leads back to the role itself."""
    code = line.fields[0]
    seen: set[str] = set()
    ahead = [
        member for member in roles[code].members if faults.word(line, "members", member, roles)
    ]
    while ahead:
        member = ahead.pop()
        if member == code:
            faults.add(line, "members", "CYCLE", role=code)
            return
        if member not in seen and member in roles:
            seen.add(member)
            ahead.extend(roles[member].members)


def kind_of(line: Line, known_areas: set[str], facts: Mapping[str, Fact], faults: Faults) -> Kind:
    code, area, zh, en, looked_at, precondition = line.fields
    faults.word(line, "area", area, known_areas)
    names = [name for name in looked_at.split() if faults.word(line, "facts", name, facts)]
    try:
        parse(precondition, {name: facts[name] for name in names})
    except ConditionError as error:
        faults.condition(line, "precondition", error)
    return Kind(code, area, Label(zh, en), tuple(names), precondition)


def object_of(
    line: Line,
    known_areas: set[str],
    roles: Mapping[str, Role],
    facts: Mapping[str, Fact],
    faults: Faults,
) -> LivingObject:
    code, word, area, acts, looked_at, bears, paths, stages, zh, en = line.fields
    faults.word(line, "area", area, known_areas)
    duties: dict[str, tuple[tuple[str, ...], ...]] = {}
    borne: dict[str, str] = {}
    for each in bears.split():
        duty, _, columns = each.partition("=")
        if columns:
            duties[duty] = (*duties.get(duty, ()), tuple(columns.split("|")))
        else:
            role, _, borne[role] = each.partition(":")
    for role in borne:
        faults.word(line, "bears", role, roles)
    if not all(borne.values()):
        faults.add(line, "bears", "WRONG_FORMAT", expected="driver:driver_id")
    known = {*facts, STAGE, BODY, WHAT, LISTED, *columns_of_object(code)}
    names = [name for name in looked_at.split() if faults.word(line, "facts", name, known)]
    chosen = [choice(line, "acts", Act, act, faults) for act in acts.split()]
    if (paths or stages) and STAGE not in names:
        names.append(STAGE)
    return LivingObject(
        code,
        choice(line, "word", Word, word, faults) or Word.REGISTER,
        area,
        Label(zh, en),
        tuple(act for act in chosen if act),
        tuple(names),
        borne,
        tuple(paths.split()),
        tuple(stages.split()),
        duties,
    )


def choice(
    line: Line, column: str, choices: type[Choice], word: str, faults: Faults
) -> Choice | None:
    """The member of an enumeration that a word names."""
    known = {each.value: each for each in choices}
    return known[word] if faults.word(line, column, word, known) else None


def narrowed(vocabulary: Vocabulary, local: Iterable[Line], faults: Faults) -> Vocabulary:
    """The words of one institution: its titles, the values it uses, the ranks its roles give."""
    lines = without_repeats(local, (0, 1), "code", faults)
    roles, facts = dict(vocabulary.roles), dict(vocabulary.facts)
    for line in lines:
        word, code, _, _, values = line.fields
        if word == "fact" and faults.word(line, "code", code, facts):
            known = facts[code].values or {}
            kept = [
                value for value in values.split("|") if faults.word(line, "values", value, known)
            ]
            facts[code] = replace(facts[code], values={value: known[value] for value in kept})
    ranks = facts[RANK].values or {} if RANK in facts else {}
    closes = None
    for line in lines:
        word, code, zh, en, values = line.fields
        if word == "role" and faults.word(line, "code", code, roles):
            roles[code] = replace(roles[code], label=Label(zh, en))
        elif word == "rank" and faults.word(line, "code", code, roles):
            if faults.word(line, "values", values, ranks):
                roles[code] = replace(roles[code], rank=values)
        elif word == "hours" and faults.word(line, "code", code, ("closes",)):
            closes = hour(line, "values", values, faults)
        elif word not in ("role", "rank", "fact", "hours"):
            faults.word(line, "word", word, ("role", "rank", "fact", "hours"))
    return replace(vocabulary, roles=roles, facts=facts, closes=closes)


def hour(line: Line, column: str, text: str, faults: Faults) -> time | None:
    """A time of day as a clause writes it: 17:00."""
    point = point_of(f"time {text}")
    if point is None:
        faults.add(line, column, "WRONG_FORMAT", expected="17:00")
    return point.at if point else None


def number(line: Line, column: str, text: str, faults: Faults) -> Decimal | None:
    if not text:
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        faults.add(line, column, "WRONG_FORMAT", expected="1.5")
        return None
