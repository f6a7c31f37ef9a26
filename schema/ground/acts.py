"""Acts in the API: a mutation is declared by a function, and its input is what the function takes.

Each parameter says its type and what it means: `reason: Annotated[str, "Why."]`. One that is an id
says of what, and the function is handed the key: `item_id: Annotated[UUID, Id("Item"), "Which."]`.
"""

from collections.abc import Awaitable, Callable, Iterator
from inspect import Parameter, getdoc, signature
from types import NoneType
from typing import Annotated, Any, get_args, get_type_hints
from uuid import UUID

import strawberry

from domain.vocabulary import words_of
from resolvers.requests.words import camel
from schema.ground.errors import Refusal
from schema.ground.fields import Info, Replay, mutation, query
from schema.ground.ids import Id
from schema.ground.mirrors import Part, shaped

KEY = "idempotency_key", strawberry.ID, "The same key is answered once."


def parameters(does: Callable[..., Any]) -> Iterator[tuple[Part, Id | None]]:
    """What a function takes of its input, each as a field and of what it is an id, if it is one."""
    hints, stated = get_type_hints(does, include_extras=True), signature(does).parameters
    for name, kind in hints.items():
        if name not in ("info", "return"):
            plain, *said = get_args(kind)
            of = next((each for each in said if isinstance(each, Id)), None)
            if of:
                plain = strawberry.ID | None if NoneType in get_args(plain) else strawberry.ID
            default: Any = stated[name].default
            given = {} if default is Parameter.empty else {"default": default}
            given = {"default_factory": list} if default == () else given
            told = {"description": said[-1], "name": camel(name.rstrip("_"))}
            yield (name, plain, strawberry.field(**told, **given)), of


def input_of(does: Callable[..., Any], name: str = "", told: str = "") -> Any:
    """The input type of a function: a field for each parameter, then the key of the call."""
    shape = (part for part, _ in parameters(does))
    named = name or f"{words_of(does.__name__)}Input"
    return shaped(named, keyed(*shape), told or getdoc(does) or "", is_input=True)


def answer_of(does: Callable[..., Any], replay: Replay | None = None) -> Any:
    """What a function answers with; one that returns nothing as a call that comes again."""
    returns = get_type_hints(does)["return"]
    return get_type_hints(replay)["return"] if replay and returns is NoneType else returns


def result_of(does: Callable[..., Any], name: str = "", replay: Replay | None = None) -> Any:
    """What a function answers with, or the refusal of it: <Function>Result unless it is named."""
    either: Any = answer_of(does, replay) | Refusal
    return Annotated[either, strawberry.union(name or f"{words_of(does.__name__)}Result")]


def ask(does: Callable[..., Awaitable[Any]], permission: str, result: str = "", **more: Any) -> Any:
    """The query that a function is, with the name of its result, which may be a refusal."""
    return query(does, permission, result_of(does, result), **more)


def act(
    does: Callable[..., Awaitable[Any]],
    permission: str,
    result: str = "",
    *,
    replay: Replay | None,
    given: Any = None,
    told: str = "",
    **more: Any,
) -> Any:
    """The mutation that a function is, with the name of its result.

    `given` is its input where several functions share one, `told` what is said of an own one.
    """
    every = {name: of for (name, *_), of in parameters(does)}
    returns = result_of(does, result, replay)

    async def resolve(info: Info, input: Any) -> Any:
        said = {name: getattr(input, name) for name in every}
        keys = {name: of.read(said[name], "input", name) for name, of in every.items() if of}
        return await does(info, **said | keys)

    resolve.__annotations__["input"] = given or input_of(does, told=told)
    resolve.__doc__ = does.__doc__
    more.setdefault("name", does.__name__)
    return mutation(resolve, permission, returns, replay=replay, **more)


def acts(*does: Callable[..., Awaitable[Any]], **how: Any) -> tuple[Any, ...]:
    """The mutations that several functions are, which have a permission and a result in common."""
    return tuple(act(each, **how) for each in does)


def replayed(show: Callable[[Info, UUID], Awaitable[Any]], name: str) -> Replay:
    """Answers a call by showing what it is about, by the key that it remembered."""

    async def replay(info: Info, answer: Any) -> Any:
        return await show(info, UUID(answer[name]))

    replay.__annotations__["return"] = get_type_hints(show)["return"]
    return replay


def within(show: Replay, name: str, says: str, **field: str) -> Replay:
    """Shows what `show` does as the one field of a type of this name; the field says what it is."""
    [(of, told)] = field.items()
    kind = get_type_hints(show)["return"]
    made = shaped(name, [(of, kind, strawberry.field(description=told))], says)

    async def shown(info: Info, answer: Any) -> Any:
        return made(**{of: await show(info, answer)})

    shown.__annotations__["return"] = made
    return shown


async def counted(_: Info, answer: Any) -> int:
    """How many an act was of, as it remembered."""
    return int(answer["count"])


def optional(name: str, kind: Any, told: str) -> Part:
    """A field that may be left out."""
    return name, kind | None, strawberry.field(default=None, description=told)


def keyed(*more: Part) -> tuple[Part, ...]:
    """What the input of a form takes beside its fields: these, then the key of the call."""
    name, kind, told = KEY
    return *more, (name, kind, strawberry.field(description=told))


Reason = Annotated[str, "Why."]
