"""A schema with everything awkward, whose values are often not what it says."""

import asyncio
import random
from datetime import datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Annotated, Any, Generic, NewType, Optional, TypeVar

import strawberry
from strawberry import Info, Parent
from strawberry.extensions import FieldExtension
from strawberry.schema.config import StrawberryConfig
from strawberry.schema.types.scalar import DEFAULT_SCALAR_REGISTRY

from schema.completion.executor import compiling
from tests.completion_values import CALM, LEAVES, Colour, Late, Loose, Shade, Trouble, box, value

JSON = strawberry.scalars.JSON
Even = NewType("Even", int)


class Refused(Exception):
    """An expected no."""


def only_even(value: Any) -> Any:
    if value % 2:
        raise ValueError(f"{value} is odd")
    return None if value == 4 else value


SCALARS: Any = {
    **DEFAULT_SCALAR_REGISTRY,
    Even: strawberry.scalar(name="Even", serialize=only_even, parse_value=int),
}


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
            lambda: strawberry.cast(Dog, Cat(name="no dog", lives=1)),
            lambda: strawberry.cast(Named, Cat(name="a cat all the same", lives=1)),
            lambda: Pair[int](name="two", first=1, second=2),
            lambda: Cat(name=None, lives=2),
            lambda: Loose(seed),
        )
    )()


LEAVES |= {"named": thing, "pet": thing}


# The types


@strawberry.interface
class Named:
    name: str

    @strawberry.field
    def loud(root: Any, info: Info) -> str | None:  # noqa: N805
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

    def __repr__(self) -> str:
        return f"Order({vars(self)})"


def noted(info: Info, **given: Any) -> str:
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
    def told(root: Any, info: Info, times: int = 2, of: Order | None = None) -> str:  # noqa: N805
        return noted(info, times=times, of=of) * times

    @strawberry.field
    def eaten(
        root: Any,  # noqa: N805
        info: Info,
        what: JSON,
        colours: list[Colour] | None = None,
    ) -> str:
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
    def seen(parent: Parent[Any], info: Info) -> "Box":  # noqa: N805
        noted(info)
        return parent

    @strawberry.field
    async def slow(root: Any, info: Info, ticks: int = 1) -> "Box":  # noqa: N805
        noted(info, ticks=ticks)
        return await Late(lambda: value("must", f"{root.seed}.slow"), ticks)

    @strawberry.field
    async def slower(root: Any, ticks: int | None = 3) -> Optional["Box"]:  # noqa: N805
        return await Late(lambda: value("inner", f"{root.seed}.slower"), ticks)

    @strawberry.field
    def guarded(root: Any, info: Info, fails: bool = False) -> Guarded:  # noqa: N805
        noted(info)
        if fails:
            raise Refused("no")
        own = Trouble(why="a trouble of its own")
        return strawberry.cast(Box, own) if root.seed[-1] in "13579" else own


def first(info: Info) -> Any:
    seed = info.context["seed"]
    return box(random.Random(seed), CALM if seed == CALM else "")


@strawberry.type
class Query:
    @strawberry.field
    def at_once(self, info: Info) -> Box | None:
        noted(info)
        return first(info)

    @strawberry.field
    async def later(self, info: Info, of: Order | None = None) -> list[Box] | None:
        noted(info, of=of)
        chance = random.Random(info.context["seed"])
        return [box(chance) for _ in range(3)]

    @strawberry.field
    async def creature(self, info: Info) -> Named | None:
        return thing(random.Random(info.context["seed"]))


@strawberry.type
class Mutation:
    @strawberry.mutation
    async def put(self, info: Info, of: Order) -> Box:
        noted(info, of=of)
        await asyncio.sleep(0)
        return first(info)

    @strawberry.mutation
    def refuse(self, info: Info, fails: bool) -> Guarded:
        noted(info)
        if fails:
            raise Refused("no")
        return Trouble(why="none")


class Handler(strawberry.ExceptionHandler[Refused, Trouble]):
    def handle(self, exception: Refused, **_: Any) -> Trouble | None:
        return Trouble(why=str(exception))


SCHEMA = strawberry.Schema(
    query=Query,
    mutation=Mutation,
    types=[Dog, Fish],
    exception_handlers=[Handler()],
    execution_context_class=compiling(lambda context: context["compiled"]),
    config=StrawberryConfig(scalar_map=SCALARS),
)
