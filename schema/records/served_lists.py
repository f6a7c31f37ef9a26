"""Lists of the API as exports: the rows of a root field, told by the plain fields of their type."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any

import strawberry
from graphql import (
    DocumentNode,
    GraphQLEnumType,
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    execute,
    get_named_type,
    get_nullable_type,
    is_leaf_type,
    is_list_type,
    is_object_type,
    is_required_argument,
    is_union_type,
    parse,
)
from strawberry.types.base import StrawberryList, StrawberryOptional
from strawberry.types.union import StrawberryUnion

from domain.errors import Refused
from domain.messages import say
from domain.records.exports import Column
from domain.time.moments import office_local
from domain.vocabulary import Label, snake, words_of
from policies import vocabulary
from resolvers.records.export_lists import Listing, Pages
from resolvers.records.exports import MOST
from resolvers.requests.words import camel
from schema.ground.connections import WHOLE
from schema.ground.fields import Info

PAGE = 500
PAGED = frozenset({"first", "after"})
LEFT_OUT = frozenset(
    (
        *("inbox", "box_counts", "kinds", "record_forms", "sessions", "signing_keys", "channels"),
        *("open_ballots", "open_vote_steps", "rulebook_drafts", "rulebook_diff"),
    )
)
"""What lists no records: an inbox is a box of requests, and forms, keys and sessions are none."""
WITHIN = {"roster": "turns"}
"""The part whose rows are the list, where a root field tells one record."""
UNTOLD = frozenset({"allowedActions", "files"})
NAMED = {
    "Clause": "title cite",
    "Person": "name",
    "Seat": "title holders { name }",
    "Unit": "name",
    "Request": "number",
    "VehicleTrip": "number",
    "Delegation": "document",
}
"""What people call a record that a row refers to; of others the plain fields are told."""
READ: Mapping[str, Callable[[str], Any]] = {
    "Date": date.fromisoformat,
    "DateTime": datetime.fromisoformat,
    "Decimal": Decimal,
}


def names_of(query: Any) -> Iterator[tuple[str, Any]]:
    """The lists that a root type serves, each with the input that narrows it as its query does."""
    for field in query.__strawberry_definition__.fields:
        name = field.python_name
        if name in LEFT_OUT or not (name in WITHIN or _is_list(field.type)):
            continue
        given = [each for each in field.arguments if each.python_name not in PAGED]
        body: dict[str, Any] = {
            each.python_name: strawberry.field(
                description=each.description,
                name=each.graphql_name or camel(each.python_name),
                **({} if each.default is strawberry.UNSET else {"default": each.default}),
            )
            for each in given
        }
        body["__annotations__"] = {each.python_name: each.type_annotation for each in given}
        made = type(f"Exported{words_of(name)}Input", (), body)
        told = f"What {camel(name)} is narrowed to."
        yield name, strawberry.input(made, description=told) if given else bool


def _is_list(kind: Any) -> bool:
    if isinstance(kind, StrawberryUnion):
        return any(map(_is_list, kind.types))
    if isinstance(kind, StrawberryOptional):
        return _is_list(kind.of_type)
    if isinstance(kind, StrawberryList):
        each = kind.of_type
        each = each.of_type if isinstance(each, StrawberryOptional) else each
        return hasattr(each, "__strawberry_definition__")
    return getattr(kind, "__name__", "").endswith("Connection")


@dataclass(frozen=True)
class Asked:
    """How the rows of a list are asked for: the operation, where they stand, and their type."""

    name: str
    document: DocumentNode
    path: tuple[str, ...]
    node: GraphQLObjectType
    paged: bool
    whole: bool

    @property
    def columns(self) -> tuple[Column, ...]:
        """Under its own label in this list, where the usual one says something else there."""
        labels = vocabulary.columns()
        told = (snake(name) for name, each in self.node.fields.items() if _part(name, each, 0))
        return tuple(Column(each, labels.get(f"{self.name}.{each}", labels[each])) for each in told)


@cache
def asked(schema: GraphQLSchema, name: str) -> Asked:
    """The operation that reads a list."""
    assert schema.query_type  # noqa: S101  # it was built with one
    field = schema.query_type.fields[camel(name)]
    path, node, on = _rows(name, field)
    inner = " ".join(filter(None, (_part(key, each, 0) for key, each in node.fields.items())))
    for each in reversed(path):
        more = "pageInfo { hasNextPage endCursor }" if each == "edges" else ""
        inner = f"{each} {{ {inner} }} {more}"
    selected = f"... on {on} {{ {inner} }}" if on else inner
    types = ", ".join(f"${key}: {each.type}" for key, each in field.args.items())
    given = ", ".join(f"{key}: ${key}" for key in field.args)
    called = f"{camel(name)}({given})" if given else camel(name)
    of = f"query ({types})" if types else "query"
    document = parse(f"{of} {{ {called} {{ {selected} }} }}")
    paged = path[:1] == ("edges",)
    whole = not paged and "first" in field.args and field.args["first"].default_value is not None
    return Asked(name, document, (camel(name), *path), node, paged, whole)


def _rows(name: str, field: GraphQLField) -> tuple[tuple[str, ...], GraphQLObjectType, str]:
    """Where a list's rows stand, their type, and the type of a union that has them."""
    kind: Any = get_named_type(field.type)
    on = ""
    if is_union_type(kind):
        kind = next(each for each in kind.types if each.name != "Refusal")
        on = kind.name
    path: tuple[str, ...] = (WITHIN[name],) if name in WITHIN else ()
    if kind.name.endswith("Connection"):
        path = ("edges", "node")
    for each in path:
        kind = get_named_type(kind.fields[each].type)
    return path, kind, on


def _part(name: str, field: GraphQLField, depth: int) -> str:
    """How a field is selected: one that people read, by what it is called; else not at all."""
    kind: Any = get_named_type(field.type)
    if name in UNTOLD or any(map(is_required_argument, field.args.values())):
        return ""
    if is_leaf_type(kind):
        skipped = ("ID", "JSON", "Boolean") if depth else ("ID", "JSON")
        return "" if kind.name in skipped else name
    if not is_object_type(kind) or depth > 1:
        return ""
    inner = NAMED.get(kind.name) or " ".join(
        filter(None, (_part(key, each, depth + 1) for key, each in kind.fields.items()))
    )
    return f"{name} {{ {inner} }}" if inner else ""


def listing(info: Info, name: str, given: Any) -> Listing:
    """A list of the API for an export, read by its own root field and by nobody else's right."""
    schema = info.schema._schema  # noqa: SLF001
    of = asked(schema, name)
    variables = {}
    if given is not True:
        told = {each.name: getattr(given, each.name) for each in fields(given)}
        variables = {camel(key.rstrip("_")): _sent(value) for key, value in told.items()}
    pages = _pages(info, schema, of, variables)
    return Listing(name, vocabulary.shipped().lists[name], of.columns, pages)


def _sent(value: Any) -> Any:
    match value:
        case Enum():
            return value.name
        case date() | datetime():
            return value.isoformat()
    return None if value is strawberry.UNSET else value


async def _pages(
    info: Info, schema: GraphQLSchema, of: Asked, variables: Mapping[str, Any]
) -> Pages:
    after, more = None, True
    sized = {"first": PAGE} if of.paged else {"first": MOST + 1} if of.whole else {}
    while more:
        given = {**variables, **sized, **({"after": after} if of.paged else {})}
        data = await _answer(info, schema, of, given)
        for step in of.path[:1] if of.paged else of.path:
            data = data and data[step]
        nodes = [each["node"] for each in data["edges"]] if of.paged else data or []
        yield [each and _row(of.node, each, info.context.language) for each in nodes]
        more = of.paged and data["pageInfo"]["hasNextPage"]
        after = data["pageInfo"]["endCursor"] if more else None


async def _answer(info: Info, schema: GraphQLSchema, of: Asked, given: Mapping[str, Any]) -> Any:
    """What the API answers here, as whoever exports is answered there.

    Raises: Refused: as the list refuses it; NotAllowed: its own permission is another's.
    """
    token = WHOLE.set(MOST + 1)
    try:
        made: Any = execute(
            schema, of.document, context_value=info.context, variable_values=dict(given)
        )
        answer = await made if hasattr(made, "__await__") else made
    finally:
        WHOLE.reset(token)
    for error in answer.errors or ():
        if error.path is None or len(error.path) == 1:
            raise _here(of.path[0], error.original_error or error)
    return answer.data


def _here(name: str, error: Exception) -> Exception:
    """The no of a list, about what of the export's own input it was narrowed to."""
    if isinstance(error, Refused):
        found = (replace(e, path=("input", "list", name, *e.path)) for e in error.problems)
        error.problems = tuple(found)
    return error


def _row(kind: GraphQLObjectType, node: Mapping[str, Any], language: str) -> dict[str, Any]:
    return {snake(name): _value(kind.fields[name], value, language) for name, value in node.items()}


def _value(field: GraphQLField, value: Any, language: str) -> Any:
    """What stands in a cell: a number, a day or a moment as such, all else in words."""
    kind: Any = get_named_type(field.type)
    if value is None:
        return None
    if is_list_type(get_nullable_type(field.type)):
        return [each for each in (_one(kind, each, language) for each in value) if each != ""]
    return _one(kind, value, language)


def _one(kind: Any, value: Any, language: str) -> Any:
    if isinstance(kind, GraphQLEnumType):
        return label_of(kind, value)
    if is_leaf_type(kind):
        return READ[kind.name](value) if kind.name in READ else value
    parts = (_value(kind.fields[name], each, language) for name, each in value.items())
    return " ".join(filter(None, (_text(each, language) for each in parts)))


def _text(value: Any, language: str) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return f"{office_local(value):%Y-%m-%d %H:%M}"
        case Label():
            return say(language, value)
        case list():
            return "、".join(_text(each, language) for each in value)
    return str(value)


def label_of(kind: GraphQLEnumType, name: str) -> Label:
    """What people call a word of the API: as its description begins."""
    zh, *more = re.split("[:;] ", kind.values[name].description or "", maxsplit=1)
    en = "".join(more)
    return Label(zh, en.rstrip(".")) if en and not re.search(r"[a-z]", zh) else Label(name, name)
