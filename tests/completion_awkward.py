"""A schema whose values are often not what it says: late, missing, wrong, failing, or errors."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum, StrEnum
from types import SimpleNamespace
from typing import Annotated, Any, Generic, NewType, Optional, TypeVar
from uuid import UUID

import strawberry
from graphql import GraphQLError, Undefined
from strawberry.extensions import FieldExtension
from strawberry.schema.config import StrawberryConfig
from strawberry.schema.types.scalar import DEFAULT_SCALAR_REGISTRY

from schema.completion.executor import compiling

JSON = strawberry.scalars.JSON
Even = NewType("Even", int)
AWKWARD = 0.09
CALM = "calm"
"""So begin the seeds of objects of which every value is as it ought to be."""


class Refused(Exception):
    """An expected no."""


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


def only_even(value: Any) -> Any:
    if value % 2:
        raise ValueError(f"{value} is odd")
    return None if value == 4 else value


SCALARS: Any = {
    **DEFAULT_SCALAR_REGISTRY,
    Even: strawberry.scalar(name="Even", serialize=only_even, parse_value=int),
}


# What objects hold


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
    return thing(chance) if name in ("named", "pet") else box(chance, how)


LEAVES: dict[str, Callable[[random.Random], Any]] = {
    "text": lambda chance: chance.choice(("", "字", "text")),
    "note": lambda chance: chance.choice((None, "note")),
    "count": lambda chance: chance.randrange(9),
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
            found = [chance.choice(WRONG[:6])(chance) if chance.random() < AWKWARD else each for each in found]
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


def box(chance: random.Random, how: str = "") -> Any:
    return chance.choice((Firm, Firm, Loose))(f"{how}{chance.random()}")


def thing(chance: random.Random) -> Any:
    """Something with a name: a cat, a dog, a fish, a pair …, or what is none of them."""
    seed = str(chance.random())
    cast = SimpleNamespace(name="cast", lives=chance.choice((9, "many", None)))
    return chance.choice(
        (
            lambda: Cat(name="Tom", lives=chance.choice((9, None))),
            lambda: Cat(name="Tim", lives=Late(lambda: 7, 2)),
            lambda: Kitten(name="Kit", lives=1),
            lambda: SimpleNamespace(name="Rex", barks=True, seed=seed),
            lambda: SimpleNamespace(name="Nemo", deep=3),
            lambda: strawberry.cast(Cat, cast),
            lambda: Pair[int](name="two", first=1, second=2),
            lambda: Cat(name=None, lives=2),
            lambda: Loose(seed),
        )
    )()


# The types


@strawberry.interface
class Named:
    name: str

    @strawberry.field
    def loud(root: Any, info: strawberry.Info) -> str | None:  # noqa: N805
        noted(info)
        return root.name.upper()


@strawberry.type
class Cat(Named):
    lives: int


class Kitten(Cat):
    """A class that strawberry was never told of."""


@strawberry.type
class Dog(Named):
    barks: bool

    @classmethod
    def is_type_of(cls, value: Any, info: Any) -> bool:
        assert info.path.key
        return hasattr(value, "barks")


@strawberry.type
class Fish(Named):
    deep: int

    @classmethod
    async def is_type_of(cls, value: Any, _: Any) -> bool:
        await asyncio.sleep(0)
        return hasattr(value, "deep")


T = TypeVar("T")


@strawberry.type
class Pair(Named, Generic[T]):
    first: T
    second: T


Pet = Annotated[Cat | Dog | Pair[int], strawberry.union("Pet")]
Guarded = Annotated[Optional["Box"] | Trouble, strawberry.union("Guarded")]


@strawberry.input
class Order:
    amount: int = 1
    note: str | None = None
    colours: list[Colour] | None = None
    more: Optional["Order"] = None


def noted(info: strawberry.Info, **given: Any) -> str:
    """Every call is noted, with all that a resolver is told of it."""
    told = (
        *(info.field_name, info.python_name, info.path.as_list(), str(info._raw_info.parent_type)),
        *(len(info._raw_info.field_nodes), info.variable_values, sorted(given.items(), key=str)),
        [getattr(each, "name", "…") for each in info.selected_fields],
    )
    info.context["calls"].append(repr(told))
    return repr(told)


class Shouts(FieldExtension):
    def resolve(self, next_: Any, source: Any, info: Any, **given: Any) -> Any:
        return f"{next_(source, info, **given)}!"


@strawberry.type
class Box:
    text: str
    note: str | None = strawberry.field(name="note", default=None)
    count: int
    size: int | None = strawberry.field(default=None)
    share: float | None
    flag: bool
    code: strawberry.ID
    colour: Colour
    shade: Shade | None
    at: datetime | None
    money: Decimal | None
    blob: JSON | None
    even: Even | None
    texts: list[str]
    notes: list[str | None] | None
    counts: list[int] | None
    colours: list[Colour] | None
    evens: list[Even | None] | None
    blobs: list[JSON] | None
    inner: Optional["Box"]
    must: "Box"
    boxes: list["Box"]
    maybes: list[Optional["Box"]] | None
    rows: list[list["Box"] | None] | None
    named: Named | None
    pet: Pet | None
    pets: list[Pet]
    creatures: list[Named | None] | None

    @strawberry.field
    def told(root: Any, info: strawberry.Info, times: int = 2, of: Order | None = None) -> str:  # noqa: N805
        return noted(info, times=times, of=of) * times

    @strawberry.field
    def eaten(root: Any, info: strawberry.Info, what: JSON, colours: list[Colour] | None = None) -> str:  # noqa: N805
        said = noted(info, what=repr(what), colours=colours)
        if isinstance(what, dict):
            what.clear()
        return said

    @strawberry.field(extensions=[Shouts()])
    def shouted(root: Any, word: str = "hey") -> str:  # noqa: N805
        return word

    @strawberry.field
    def own(self) -> str:
        return type(self).__name__

    @strawberry.field
    def seen(parent: strawberry.Parent[Any], info: strawberry.Info) -> "Box":  # noqa: N805
        noted(info)
        return parent

    @strawberry.field
    async def slow(root: Any, info: strawberry.Info, ticks: int = 1) -> "Box":  # noqa: N805
        noted(info, ticks=ticks)
        return await Late(lambda: value("must", f"{root.seed}.slow"), ticks)

    @strawberry.field
    async def slower(root: Any, ticks: int | None = 3) -> Optional["Box"]:  # noqa: N805
        return await Late(lambda: value("inner", f"{root.seed}.slower"), ticks)

    @strawberry.field
    def guarded(root: Any, info: strawberry.Info, fails: bool = False) -> Guarded:  # noqa: N805
        noted(info)
        if fails:
            raise Refused("no")
        return Trouble(why="a trouble of its own")


def first(info: strawberry.Info) -> Any:
    seed = info.context["seed"]
    return box(random.Random(seed), CALM if seed == CALM else "")


@strawberry.type
class Query:
    @strawberry.field
    def at_once(self, info: strawberry.Info) -> Box | None:
        noted(info)
        return first(info)

    @strawberry.field
    async def later(self, info: strawberry.Info, of: Order | None = None) -> list[Box] | None:
        noted(info, of=of)
        chance = random.Random(info.context["seed"])
        return [box(chance) for _ in range(3)]

    @strawberry.field
    async def creature(self, info: strawberry.Info) -> Named | None:
        return thing(random.Random(info.context["seed"]))


@strawberry.type
class Mutation:
    @strawberry.mutation
    async def put(self, info: strawberry.Info, of: Order) -> Box:
        noted(info, of=of)
        await asyncio.sleep(0)
        return first(info)

    @strawberry.mutation
    def refuse(self, info: strawberry.Info, fails: bool) -> Guarded:
        noted(info)
        if fails:
            raise Refused("no")
        return Trouble(why="none")


class Handler(strawberry.ExceptionHandler[Refused, Trouble]):
    def handle(self, exception: Refused, *, field: Any, info: Any) -> Trouble | None:
        return Trouble(why=str(exception))


SCHEMA = strawberry.Schema(
    query=Query,
    mutation=Mutation,
    types=[Dog, Fish],
    exception_handlers=[Handler()],
    execution_context_class=compiling(lambda context: context["compiled"]),
    config=StrawberryConfig(scalar_map=SCALARS),
)
