"""The `when` language: comparisons of facts with constants, parsed once into intervals and sets.

`0.5 < days <= 2 and applicant_rank in section_chief|section_deputy and internal = false`
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from math import isfinite
from typing import Any, NamedTuple

from domain.conditions.regions import Interval, Region, intersection
from domain.errors import Problem, at_fault, must_be_none
from domain.values.notation import DIGITS, read_decimal
from domain.vocabulary import (
    RANK,
    TYPES_SAID,
    Fact,
    FactType,
    FactValue,
    Kind,
    Label,
    Vocabulary,
    seat_told_by,
)

WORDS = (str, bool)
KEYWORDS = frozenset({"always", "and", "in"})
RISING, FALLING = ("<", "<="), (">", ">=")
MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "="}
TOKEN = re.compile(
    r" *(?:(?P<number>-?[0-9]{1,20}(?:\.[0-9]{1,10})?)(?![\w.])"
    r"|(?P<word>[A-Za-z_][A-Za-z0-9_]*)|(?P<sign><=|>=|[<>=|])|(?P<end>\Z))"
)


class ConditionError(Exception):
    """A `when` that cannot be taken: why, and at which character, counted from 0."""

    def __init__(self, code: str, column: int, **details: Any) -> None:
        super().__init__(code, column, details)
        self.code, self.column, self.details = code, column, details


@dataclass(frozen=True)
class Condition:
    """When a rule speaks: every fact named must be stated and lie inside its region."""

    text: str
    regions: Mapping[str, Region] = field(hash=False)

    def holds(self, facts: Mapping[str, object]) -> bool:
        for name, region in self.regions.items():
            value = facts.get(name)
            # 1 equals True in Python, so a set asks for the type as well
            if type(region) is frozenset and type(value) not in WORDS:
                return False
            if value not in region:
                return False
        return True


ALWAYS = Condition("always", {})


class Token(NamedTuple):
    kind: str
    text: str
    column: int


def parse(text: str, facts: Mapping[str, Fact]) -> Condition:
    """Read a condition strictly; `facts` are those that rules of its kind may look at."""
    reader = Reader(text)
    if reader.sees("keyword", "always"):
        reader.take(("keyword",))
        reader.take(("end",))
        return ALWAYS
    regions: dict[str, Region] = {}
    while True:
        name, fact, region = comparison(reader, facts)
        known = regions.get(fact.code)
        both = region if known is None else intersection(known, region)
        if is_impossible(both, fact):
            raise ConditionError("IMPOSSIBLE", name.column, fact=fact.code)
        regions[fact.code] = both
        if reader.take(("keyword", "end"), ("and", "")).kind == "end":
            return Condition(text, regions)


def cut_points(conditions: Iterable[Condition]) -> dict[str, tuple[Decimal, ...]]:
    """Where the conditions cut each number: between two points no rule changes."""
    found: dict[str, set[Decimal]] = {}
    for condition in conditions:
        for name, region in condition.regions.items():
            if isinstance(region, Interval):
                ends = {end for end in (region.low, region.high) if end is not None}
                found.setdefault(name, set()).update(ends)
    return {name: tuple(sorted(points)) for name, points in found.items()}


class Reader:
    """The tokens of one condition, taken one by one."""

    def __init__(self, text: str) -> None:
        self.tokens: list[Token] = []
        position = 0
        while not self.tokens or self.tokens[-1].kind != "end":
            match = TOKEN.match(text, position)
            if match is None or match.lastgroup is None:
                column = position + len(text[position:]) - len(text[position:].lstrip(" "))
                raise ConditionError("WHEN_UNREADABLE", column, found=text[column : column + 20])
            kind, word = match.lastgroup, match[match.lastgroup]
            kind = "keyword" if word in KEYWORDS else kind
            self.tokens.append(Token(kind, word, match.start(match.lastgroup)))
            position = match.end()
        self.tokens.reverse()

    def sees(self, kind: str, *texts: str) -> bool:
        token = self.tokens[-1]
        return token.kind == kind and (not texts or token.text in texts)

    def take(self, kinds: tuple[str, ...], texts: tuple[str, ...] = ()) -> Token:
        token = self.tokens[-1]
        if token.kind not in kinds or (texts and token.text not in texts):
            raise ConditionError("WHEN_UNREADABLE", token.column, found=token.text)
        return self.tokens.pop()


def comparison(reader: Reader, facts: Mapping[str, Fact]) -> tuple[Token, Fact, Region]:
    """One fact compared with constants: `0.5 < days <= 2`, `days > 2`, `secrecy in none|secret`."""
    if reader.sees("number"):
        constant = reader.take(("number",))
        sign = reader.take(("sign",), tuple(MIRRORED))
        name, fact = fact_named(reader, facts)
        region: Region = compared(fact, MIRRORED[sign.text], sign, constant)
        if sign.text != "=" and reader.sees("sign"):
            second = reader.take(("sign",), RISING if sign.text in RISING else FALLING)
            constant = reader.take(("number",))
            region = intersection(region, compared(fact, second.text, second, constant))
        return name, fact, region
    name, fact = fact_named(reader, facts)
    if reader.sees("keyword", "in"):
        sign = reader.take(("keyword",))
        if fact.type is not FactType.ENUM:
            raise ConditionError("WRONG_TYPE", sign.column, expected=fact.type.value)
        values = [reader.take(("word",))]
        while reader.sees("sign", "|"):
            reader.take(("sign",))
            values.append(reader.take(("word",)))
        return name, fact, frozenset(word_of(fact, value) for value in values)
    sign = reader.take(("sign",), tuple(MIRRORED))
    return name, fact, compared(fact, sign.text, sign, reader.take(("number", "word")))


def fact_named(reader: Reader, facts: Mapping[str, Fact]) -> tuple[Token, Fact]:
    name = reader.take(("word",))
    fact = facts.get(name.text)
    if fact is None:
        raise ConditionError(
            "UNKNOWN_FACT", name.column, fact=name.text, known=" ".join(facts) or "-"
        )
    return name, fact


def compared(fact: Fact, operator: str, sign: Token, constant: Token) -> Region:
    if fact.type in (FactType.ENUM, FactType.BOOL):
        if operator != "=":
            raise ConditionError("WRONG_TYPE", sign.column, expected=fact.type.value)
        return frozenset({word_of(fact, constant)})
    number = number_of(fact, constant)
    if operator in RISING:
        return Interval(high=number, high_open=operator == "<")
    if operator in FALLING:
        return Interval(low=number, low_open=operator == ">")
    return Interval(number, number)


def word_of(fact: Fact, constant: Token) -> FactValue:
    if constant.kind != "word":
        raise ConditionError("WRONG_TYPE", constant.column, expected=fact.type.value)
    if fact.type is FactType.BOOL:
        if constant.text not in ("true", "false"):
            raise ConditionError("WRONG_TYPE", constant.column, expected="bool")
        return constant.text == "true"
    known = fact.values or {}
    if constant.text not in known:
        raise ConditionError(
            "UNKNOWN_VALUE", constant.column, value=constant.text, known=" ".join(known)
        )
    return constant.text


def number_of(fact: Fact, constant: Token) -> Decimal:
    number = Decimal(constant.text) if constant.kind == "number" else None
    if number is None or (fact.type is FactType.INT and number % 1):
        raise ConditionError("WRONG_TYPE", constant.column, expected=fact.type.value)
    if fact.minimum is not None and number < fact.minimum:
        raise ConditionError("TOO_SMALL", constant.column, minimum=fact.minimum)
    if fact.maximum is not None and number > fact.maximum:
        raise ConditionError("TOO_LARGE", constant.column, maximum=fact.maximum)
    return number


def is_impossible(region: Region, fact: Fact) -> bool:
    if isinstance(region, frozenset):
        return not region
    within = region & Interval(fact.minimum, fact.maximum)
    return region.is_empty() or within.is_empty(whole=fact.type is FactType.INT)


def read_facts(
    given: Mapping[str, Any], kind: Kind, vocabulary: Vocabulary
) -> dict[str, FactValue]:
    """Facts as a client states them in JSON, made exact; every fault at once."""
    if not isinstance(given, Mapping):
        raise at_fault("NOT_AN_OBJECT", "input", "facts")
    facts: dict[str, FactValue] = {}
    problems: list[Problem] = []
    for name, value in given.items():
        fact = vocabulary.facts.get(name)
        if fact is None:
            known = {code: vocabulary.facts[code].label for code in kind.facts}
            details = {"fact": name[:40], "known": listed(known)}
            problems.append(Problem("UNKNOWN_FACT", ("input", "facts", name), details=details))
            continue
        stated = stated_value(fact, as_ranked(value, fact, vocabulary))
        if isinstance(stated, Problem):
            problems.append(stated)
        else:
            facts[name] = stated
    must_be_none(problems)
    return facts


def as_ranked(value: object, fact: Fact, vocabulary: Vocabulary) -> object:
    """A rank that the office does not tell apart is the one that it gives to the seat so called."""
    if fact.code != RANK or not isinstance(value, str) or value in (fact.values or {}):
        return value
    seat = vocabulary.roles.get(seat_told_by(value, vocabulary.roles) or "")
    return seat.rank if seat and seat.rank else value


def listed(known: Mapping[str, Label]) -> Label:
    """What may be written, with what it means: 天数(days)、金额(amount)."""
    zh = "、".join(f"{label.zh}({code})" for code, label in known.items())
    return Label(zh or "-", ", ".join(f"{code} ({known[code].en})" for code in known) or "-")


def stated_value(fact: Fact, value: object) -> FactValue | Problem:
    def refused(code: str, **details: object) -> Problem:
        return Problem(code, ("input", "facts", fact.code), details=details)

    wrong = refused("WRONG_TYPE", expected=TYPES_SAID[fact.type])
    if fact.type is FactType.BOOL:
        return value if isinstance(value, bool) else wrong
    if fact.type is FactType.ENUM:
        known = fact.values or {}
        if not isinstance(value, str):
            return wrong
        if value not in known:
            return refused("UNKNOWN_VALUE", value=value[:40], known=listed(known))
        return value
    number = stated_number(value)
    if number is None or (fact.type is FactType.INT and number % 1):
        return wrong
    return fact.bounds.problem(number, "input", "facts", fact.code) or number


def stated_number(value: object) -> Decimal | None:
    """What was written, never what a float made of it; absurdly long figures are no numbers."""
    if isinstance(value, float) and isfinite(value):
        value = format(Decimal(repr(value)), "f")
    elif isinstance(value, int) and not isinstance(value, bool):
        value = str(value) if abs(value) < 10**DIGITS else None
    try:
        return read_decimal(value)
    except ValueError:
        return None
