"""Values that are often not what was said: late, missing, wrong, failing, or errors themselves."""

import random
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum, StrEnum
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import strawberry
from graphql import GraphQLError, Undefined

AWKWARD = 0.14
CALM = "calm"
"""So begin the seeds of objects of which every value is as it ought to be."""


@strawberry.enum
class Colour(Enum):
    RED = "red"
    BLUE = 2
    GREEN = strawberry.enum_value("green")


@strawberry.enum
class Shade(StrEnum):
    LIGHT = "light"
    DARK = "dark"


class Word(str):
    __slots__ = ()


class Late:
    """What comes after some turns of the loop; no harm is done where nobody waits for it."""

    def __init__(self, give: Callable[[], Any], ticks: int) -> None:
        self.give, self.ticks = give, ticks

    def __await__(self) -> Any:
        for _ in range(self.ticks):
            yield
        return self.give()

    def __repr__(self) -> str:
        return "Late"


def failing() -> Any:
    raise RuntimeError("it failed")


async def one_by_one(values: list[Any]) -> AsyncIterator[Any]:
    for value in values:
        yield value


@strawberry.type
class Trouble:
    why: str


def leaf(name: str, chance: random.Random, how: str = "") -> Any:
    """What a field ought to give."""
    if name in LEAVES:
        return LEAVES[name](chance)
    if name in LISTS:
        of, many = LISTS[name], chance.choice((0, 1, 2, 3))
        return [leaf(of, chance, how) for _ in range(many)]
    return box(chance, how)


LEAVES: dict[str, Callable[[random.Random], Any]] = {
    "text": lambda chance: chance.choice(("", "字", "text")),
    "note": lambda chance: chance.choice((None, "note")),
    "count": lambda chance: chance.choice((0, 7, -(2**31), 2**31 - 1, 2**31)),
    "share": lambda chance: chance.random(),
    "flag": lambda chance: chance.random() < 0.5,
    "code": lambda chance: chance.choice(("a", "b")),
    "colour": lambda chance: chance.choice([*Colour, "red", 2]),
    "shade": lambda chance: chance.choice([*Shade, "dark"]),
    "at": lambda chance: datetime(2026, 3, chance.randint(1, 28), tzinfo=UTC),
    "money": lambda chance: Decimal(chance.randrange(99)) / 10,
    "blob": lambda chance: chance.choice(({"a": [1]}, [], "x", 0)),
    "even": lambda chance: chance.choice((0, 2, 2, 6, 8, 3, 4)),
}
LISTS = {
    "texts": "text", "notes": "text", "colours": "colour", "evens": "even", "counts": "count",
    "boxes": "inner", "maybes": "inner", "rows": "boxes", "pets": "pet", "creatures": "named",
    "blobs": "blob",
}  # fmt: skip
WRONG: list[Callable[[random.Random], Any]] = [
    lambda _: None,
    lambda _: None,
    lambda _: ValueError("an error as a value"),
    lambda _: GraphQLError("told", extensions={"code": "TOLD"}),
    lambda _: Undefined,
    lambda _: 2**40,
    lambda _: float("nan"),
    lambda _: Word("word"),
    lambda _: b"bytes",
    lambda _: UUID(int=7),
    lambda _: True,
    lambda _: 3.0,
    lambda _: ["a", None, 1],
    lambda _: ("a", "b"),
    lambda _: {"a": 1},
    lambda _: "text",
    lambda _: SimpleNamespace(text="loose"),
    lambda _: Trouble(why="no such type"),
    lambda _: failing(),
]


def value(name: str, seed: str) -> Any:
    """What a field gives: the same for the same seed, however often it is read."""
    if seed.startswith(CALM):
        return leaf(name, random.Random(seed), CALM)
    chance = random.Random(seed)
    right = random.Random(f"{seed} right")

    def give() -> Any:
        if chance.random() < AWKWARD:
            return chance.choice(WRONG)(chance)
        found = leaf(name, right)
        if name in LISTS and chance.random() < 0.5:
            found = [
                chance.choice(WRONG[:6])(chance) if chance.random() < AWKWARD else each
                for each in found
            ]
            return lists(found, chance)
        return found

    if chance.random() < 0.06:
        return Late(give, chance.randrange(4))
    return give()


def lists(found: list[Any], chance: random.Random) -> Any:
    """The same in another form: some items late, or all one by one."""
    how = chance.randrange(8)
    if how == 0:
        return tuple(found)
    if how == 1:
        return (each for each in found)
    if how == 2:
        return one_by_one(found)
    if how == 3:
        return [Late(lambda each=each: each, chance.randrange(3)) for each in found]
    if how == 4:
        return [Late(failing, 1) if number == 1 else each for number, each in enumerate(found)]
    return found


class Loose:
    """Answers for every name."""

    def __init__(self, seed: str) -> None:
        self.seed = seed

    def __repr__(self) -> str:
        return "Loose"

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return value(name, f"{self.seed}.{name}")


class Firm:
    """Has a property for each name."""

    def __init__(self, seed: str) -> None:
        self.seed = seed

    def __repr__(self) -> str:
        return "Firm"


for each in (*LEAVES, *LISTS, "inner", "must", "named", "pet"):
    setattr(Firm, each, property(lambda self, each=each: value(each, f"{self.seed}.{each}")))


class Behind:
    """Stands for another, whose names it knows: it looks awaited and is not."""

    def __init__(self, other: Any) -> None:
        self.other = other

    def __getattr__(self, name: str) -> Any:
        return getattr(self.other, name)

    def __repr__(self) -> str:
        return "Behind"


def box(chance: random.Random, how: str = "") -> Any:
    made = chance.choice((Firm, Firm, Loose))(f"{how}{chance.random()}")
    if not how and chance.random() < 0.1:
        return chance.choice((Behind(made), Behind(Late(lambda: made, 1))))
    return made
