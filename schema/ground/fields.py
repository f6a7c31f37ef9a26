"""Root fields, each declared with the permission that opens it.

A query field reads in the operation's one transaction. A mutation field is a transaction of its
own: kept when it succeeds, gone without a trace when it is refused, and answered alike when it is
repeated with the same idempotency key.
"""

import hashlib
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from inspect import getdoc
from typing import Any, Unpack

import strawberry
from graphql import OperationType
from strawberry.extensions import FieldExtension
from strawberry.extensions.field_extension import AsyncExtensionResolver

from domain.errors import Problem, Refused, at_fault
from resolvers.ground.context import Context
from resolvers.ground.keeping import Answer, Overtaken
from resolvers.ground.opening import Beside, Wanted
from resolvers.requests.words import camel
from schema.ground.clean import LONGEST_TEXT, must_be_clean
from schema.ground.descriptions import ids_of, told
from schema.ground.ids import Id

Info = strawberry.Info[Context, None]
Replay = Callable[[Info, Any], Awaitable[Any]]
Reading = Callable[[Info, Any], Beside | None]
PUBLIC, ATTEMPTS = "public", 5


def query(
    resolver: Callable[..., Any],
    permission: str,
    returns: Any = None,
    *,
    name: str = "",
    **how: Any,
) -> Any:
    """A root query, opened as `Reads` says; it returns what its function does unless said."""
    returns = resolver.__annotations__["return"] if returns is None else returns
    reads = Reads(permission, **how, ids=ids_of(resolver))
    return _field(resolver, returns, reads, "Query", name)


def mutation(
    resolver: Callable[..., Any], permission: str, returns: Any, *, name: str = "", **how: Any
) -> Any:
    """A root mutation, run as `Writes` says."""
    return _field(resolver, returns, Writes(permission, **how), "Mutation", name)


def _field(
    resolver: Callable[..., Any], returns: Any, extension: "Reads | Writes", root: str, name: str
) -> Any:
    return strawberry.field(
        resolver=told(resolver),
        graphql_type=returns,
        description=getdoc(resolver),
        metadata={
            "permission": extension.permission,
            "root": root,
            "name": name or resolver.__name__,
        },
        extensions=[extension],
    )


def root_of(part: Any, root: str) -> Any:
    """What a module has for a root: a type of its `FIELDS`, or the type that it made itself."""
    of = (each for each in getattr(part, "FIELDS", ()) if each.metadata["root"] == root)
    named = {each.metadata["name"]: each for each in of}
    return strawberry.type(type(root, (), named)) if named else getattr(part, root, None)


@dataclass(eq=False)
class Reads(FieldExtension):
    """Opens a query field to those whose seats have its permission.

    It has the `office` if it needs who sits above, and `beside` what is read with the viewer.
    """

    permission: str
    office: bool = False
    longest: int = LONGEST_TEXT
    beside: Reading | None = None
    ids: Mapping[str, Id] = field(default_factory=dict)

    async def resolve_async(
        self, next_: AsyncExtensionResolver, source: Any, info: Info, **kwargs: Any
    ) -> Any:
        must_be_clean(kwargs, self.longest)
        must_be_in_order(kwargs)
        beside = self.beside and self.beside(info, kwargs)
        await info.context.read(self.permission, office=self.office, beside=beside)
        try:
            ids = {
                name: each.read(kwargs[name], name)
                for name, each in self.ids.items()
                if name in kwargs
            }
            return await next_(source, info, **kwargs | ids)
        except Refused as refused:
            raise naming(refused, kwargs) from None


@dataclass(eq=False)
class Writes(FieldExtension):
    """Runs a mutation field in its own transaction, once for each idempotency key.

    `replay` answers a call that was answered before, from what was stored, and the first one where
    the act itself returns nothing. `longest` bounds each text that it is given. With `each`, the
    field has several acts `written`, each a transaction of its own. What is `unkept` of the input
    does not count for the key. `beside` says what of the input is read in one statement with the
    viewer; with the `office` go the viewer's `absences`, unless they do not matter.
    """

    permission: str
    replay: Replay | None = None
    office: bool = False
    absences: bool = True
    longest: int = LONGEST_TEXT
    each: bool = False
    unkept: tuple[str, ...] = ()
    beside: Reading | None = None

    async def resolve_async(
        self, next_: AsyncExtensionResolver, source: Any, info: Info, **kwargs: Any
    ) -> Any:
        must_be_clean(kwargs, self.longest)
        if self.each or self.permission == PUBLIC:
            if self.each:
                info.context.claims()
            return await next_(source, info, **kwargs)

        async def act() -> Any:
            return await next_(source, info, **kwargs)

        key = getattr(kwargs.get("input"), "idempotency_key", None)
        asked = [info.field_name, plain(kwargs)]
        for name in self.unkept:
            del asked[1]["input"][name]
        return await written(
            info,
            act,
            self.permission,
            replay=self.replay,
            asked=asked,
            idempotency_key=key,
            office=self.office,
            absences=self.absences,
            beside=self.beside(info, kwargs["input"]) if self.beside else None,
        )


async def written(
    info: Info,
    act: Callable[[], Awaitable[Any]],
    permission: str,
    *,
    replay: Replay | None,
    asked: Any,
    **wanted: Unpack[Wanted],
) -> Any:
    """Carry an act out in a transaction of its own; who is overtaken is judged anew."""
    refusal: Refused | None = None
    info.context.overtaken = False
    for _ in range(ATTEMPTS):
        try:
            async with info.context.write(permission, **wanted):
                key = wanted.get("idempotency_key")
                return await _answered(info, act, replay, key, asked)
        except Overtaken as overtaken:
            if refusal:
                raise refusal from overtaken
            refusal, info.context.overtaken = overtaken.refusal, True
    raise Refused("OVERTAKEN")


async def _answered(
    info: Info,
    act: Callable[[], Awaitable[Any]],
    replay: Replay | None,
    key: str | None,
    asked: Any,
) -> Any:
    context = info.context
    if key is None or replay is None:
        return await act()
    request_hash = hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).digest()
    if stored := context.viewer.answer:
        if stored["hash"] != request_hash.hex():
            problem = Problem("KEY_REUSED", ("input", "idempotencyKey"))
            raise Refused("KEY_REUSED", problems=[problem])
        return await replay(info, stored["answer"])
    context.answer, context.said = Answer(context.viewer.person.id, key, request_hash), None
    told = await act()
    return await replay(info, context.said) if told is None else told


def is_after_write(info: Info) -> bool:
    """Whether this belongs to the answer of a mutation, whose transaction is over."""
    return info.operation.operation is OperationType.MUTATION


def plain(value: Any) -> Any:
    """An argument as JSON-able data, so that equal calls have equal hashes."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    match value:
        case dict():
            return {str(name): plain(each) for name, each in value.items()}
        case list() | tuple():
            return [plain(each) for each in value]
        case None | bool() | int() | float() | str():
            return value
        case _ if value is strawberry.UNSET:
            return None
    return str(value)


SPEAKS_OF = {
    **dict.fromkeys(("OTHER_INSTITUTION", "UNKNOWN_INSTITUTION"), "institution"),
    "UNKNOWN_AREA": "area",
    **dict.fromkeys(("NOT_A_BODY", "NOT_YOUR_BODY"), "body"),
    **dict.fromkeys(("CLAUSE_NOT_IN_FORCE", "NOTHING_TO_COMPUTE", "NOTHING_SPEAKS"), "clause"),
    "UNKNOWN_REGULATION": "regulation",
}
"""The argument of a query that a code without a place is about; what is not found is its `id`."""


def naming(refused: Refused, arguments: dict[str, Any]) -> Refused:
    """The refusal of a query, which always tells the argument at fault."""
    sought = "id" in arguments and refused.code.endswith("_NOT_FOUND")
    name = "id" if sought else SPEAKS_OF.get(refused.code)
    if name and not refused.problems:
        path = (name,) if name in arguments else ("input", name)
        refused.problems = (Problem(refused.code, path, refused.clause, refused.details),)
    return refused


STRETCHES = (("from_", "to"), ("from_time", "until_time"), ("begins", "ends"))
"""The arguments that bound a stretch of time, and what a list is narrowed to."""


def must_be_in_order(arguments: dict[str, Any]) -> None:
    """Raises: Refused where a stretch of time ends before it begins, naming its end."""
    narrowed = arguments.get("filter")
    for where, path in ((arguments, ()), (vars(narrowed) if narrowed else {}, ("filter",))):
        for begins, ends in STRETCHES:
            first, last = where.get(begins), where.get(ends)
            if first and last and last < first:
                raise at_fault("END_BEFORE_START", *path, camel(ends))
