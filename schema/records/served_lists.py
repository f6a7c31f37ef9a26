"""Lists of the API as exports: the rows of a root field, told by the plain fields of their type."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, EnumType
from functools import cache, cached_property, partial
from typing import Any
from uuid import UUID

import strawberry
from graphql import (
    DocumentNode,
    GraphQLEnumType,
    GraphQLField,
    GraphQLID,
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

from domain import STATEMENTS
from domain.errors import Refused
from domain.messages import say
from domain.records.exports import Column
from domain.records.lines import NUMBER
from domain.time.moments import office_local
from domain.vocabulary import Label, snake
from policies import vocabulary
from resolvers.records.export_lists import Listing, Pages
from resolvers.records.export_sheets import CALLED
from resolvers.records.exports import MOST
from resolvers.requests.words import camel
from schema.ground.connections import WHOLE
from schema.ground.fields import Info
from schema.ground.ids import read_id
from schema.records.declared_columns import declared

PAGE = 500
WITHIN = {
    "roster": "turns",
    **{f"{snake(each.word)}_statement": "lines" for each in STATEMENTS if each.columns},
}
"""The part whose rows are the list, where a root field tells one record."""
UNTOLD = frozenset({"allowedActions", "files"})
CODES = frozenset(("path: String!", "state: String!", "version: Int!", "rulebookVersion: Int!"))
"""By what programs move a record on; where a case stands is told in words."""
NAMED = {
    "Clause": "title cite",
    "Person": "name",
    "Seat": "title holders { name }",
    "Unit": "name",
    "Request": "number",
    "VehicleTrip": "number",
    "Delegation": "document",
    "StatementTimes": "label number",
}
"""What people call a record that a row refers to; of others the plain fields are told."""
READ: Mapping[str, Callable[[str], Any]] = {
    "Date": date.fromisoformat,
    "DateTime": datetime.fromisoformat,
    "Decimal": Decimal,
}


@dataclass(frozen=True)
class Asked:
    """How the rows of a list are asked for: by which field, where they stand, and their type."""

    name: str
    field: GraphQLField
    path: tuple[str, ...]
    node: GraphQLObjectType
    on: str

    @property
    def paged(self) -> bool:
        return self.path[1:2] == ("edges",)

    @property
    def whole(self) -> bool:
        first = self.field.args.get("first")
        return not self.paged and first is not None and first.default_value is not None

    @cached_property
    def parts(self) -> Mapping[Column, str]:
        """Each column, a number first, and how it is selected; under its own label here, if any."""
        labels, known = vocabulary.columns(), declared().get(self.node.name)
        found = {}
        for name, each in sorted(self.node.fields.items(), key=lambda of: of[0] != NUMBER):
            column, part = (known or {}).get(name), _part(name, each, 0)
            if column is None and part and (known is None or _is_plain(name, each)):
                key = snake(name)
                column = Column(key, labels.get(f"{self.name}.{key}") or labels[key])
            if column and (part or column.refers in CALLED):
                found[replace(column, name=snake(name))] = part or name
        return found

    def reading(self, columns: Collection[Column]) -> DocumentNode:
        """The operation that reads these columns of it."""
        inner = " ".join(part for each, part in self.parts.items() if each in columns)
        for each in reversed(self.path[1:]):
            more = "pageInfo { hasNextPage endCursor }" if each == "edges" else ""
            inner = f"{each} {{ {inner} }} {more}"
        selected = f"... on {self.on} {{ {inner} }}" if self.on else inner
        args = self.field.args
        types = ", ".join(f"${key}: {each.type}" for key, each in args.items())
        given = ", ".join(f"{key}: ${key}" for key in args)
        called = f"{self.path[0]}({given})" if given else self.path[0]
        of = f"query ({types})" if types else "query"
        return parse(f"{of} {{ {called} {{ {selected} }} }}")


@cache
def asked(schema: GraphQLSchema, name: str) -> Asked:
    """The field that a list is read by."""
    assert schema.query_type  # noqa: S101  # it was built with one
    field = schema.query_type.fields[camel(name)]
    path, node, on = _rows(name, field)
    return Asked(name, field, (camel(name), *path), node, on)


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


def _is_plain(name: str, field: GraphQLField) -> bool:
    """Whether a field that every such record has is one word of it, read without further ado."""
    leaf = is_leaf_type(get_named_type(field.type)) and not field.args
    return leaf and f"{name}: {field.type}" not in CODES


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


def listing(info: Info, name: str, object: str, given: Any) -> Listing:
    """A list of the API for an export, read by its own root field and by nobody else's right."""
    of, words = asked(info.schema._schema, name), vocabulary.shipped()  # noqa: SLF001
    told = {} if given is True else _sent(given)
    variables = {"filter": told} if "filter" in of.field.args else told
    title = words.objects[object].label if object in words.objects else words.lists[name]
    return Listing(object, title, (*of.parts,), partial(_pages, info, of, variables))


def _sent(value: Any) -> Any:
    if is_dataclass(value):
        told = {each.name: getattr(value, each.name) for each in fields(value)}
        return {camel(key.rstrip("_")): _sent(each) for key, each in told.items()}
    match value:
        case Enum():
            return value.name
        case date() | datetime():
            return value.isoformat()
    return None if value is strawberry.UNSET else value


async def _pages(
    info: Info, of: Asked, variables: Mapping[str, Any], columns: Collection[Column]
) -> Pages:
    document, types = of.reading(columns), {each.name: each.type for each in columns}
    after, more = None, True
    sized = {"first": PAGE} if of.paged else {"first": MOST + 1} if of.whole else {}
    while more:
        given = {**variables, **sized, **({"after": after} if of.paged else {})}
        data = await _answer(info, of, document, given)
        for step in of.path[:1] if of.paged else of.path:
            data = data and data[step]
        nodes = [each["node"] for each in data["edges"]] if of.paged else data or []
        yield [each and _row(of.node, each, types, info.context.language) for each in nodes]
        more = of.paged and data["pageInfo"]["hasNextPage"]
        after = data["pageInfo"]["endCursor"] if more else None


async def _answer(info: Info, of: Asked, document: DocumentNode, given: Mapping[str, Any]) -> Any:
    """What the API answers here, as whoever exports is answered there.

    Raises: Refused: as the list refuses it; NotAllowed: its own permission is another's.
    """
    token = WHOLE.set(MOST + 1)
    try:
        schema: GraphQLSchema = info.schema._schema  # noqa: SLF001
        made: Any = execute(schema, document, context_value=info.context, variable_values={**given})
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
        at = ("input", "list", name)
        of = ((e, e.path[e.path[:1] == ("filter",) :]) for e in error.problems)
        found = (replace(each, path=(*at, *path)) for each, path in of)
        error.problems = tuple(found)
    return error


def _row(
    kind: GraphQLObjectType, node: Mapping[str, Any], types: Mapping[str, Any], language: str
) -> dict[str, Any]:
    return {
        snake(name): _value(kind.fields[name], value, language, types[snake(name)])
        for name, value in node.items()
    }


def _value(field: GraphQLField, value: Any, language: str, of: Any = str) -> Any:
    """What stands in a cell: a number, a day, a moment, a word `of` a form; all else in words."""
    kind: Any = get_named_type(field.type)
    if value is None:
        return None
    if is_list_type(get_nullable_type(field.type)):
        return [each for each in (_one(kind, each, language, of) for each in value) if each != ""]
    return _one(kind, value, language, of)


def _one(kind: Any, value: Any, language: str, of: Any) -> Any:
    if kind is GraphQLID:
        return UUID(read_id(value)[1])
    if isinstance(kind, GraphQLEnumType):
        return of[value] if isinstance(of, EnumType) else label_of(kind, value)
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
