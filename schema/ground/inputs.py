"""Inputs as they are built for every call, by a plan that is worked out once for each type."""

from collections.abc import Mapping
from dataclasses import MISSING
from functools import cache
from typing import Any

from graphql import GraphQLInputObjectType
from strawberry.schema import BaseSchema
from strawberry.types.arguments import InputContext
from strawberry.types.base import (
    StrawberryContainer,
    StrawberryMaybe,
    StrawberryOptional,
    has_object_definition,
)
from strawberry.types.lazy_type import LazyType
from strawberry.types.unset import UNSET


def build_swiftly(schema: BaseSchema) -> None:
    """Let every input of a schema be built by its plan."""
    for served in schema._schema.type_map.values():  # type: ignore[attr-defined]  # noqa: SLF001
        if isinstance(served, GraphQLInputObjectType):
            definition = served.extensions["strawberry-definition"]
            if not any(isinstance(each.type, StrawberryMaybe) for each in definition.fields):
                definition.from_input = built


def built(type_: type, value: Mapping[str, Any], context: InputContext) -> Any:
    """An input of what came; what is left out has its default, or None."""
    blank, every = _plan(type_, context.config.name_converter)
    given: dict[str, Any] = dict(blank)
    for name, python_name, kind in every:
        if name in value:
            each = value[name]
            plain = kind is None or each is None or each is UNSET
            given[python_name] = each if plain else context.convert(each, kind, name)
    return type_(**given)


@cache
def _plan(type_: Any, names: Any) -> tuple[dict[str, None], tuple[tuple[str, str, Any], ...]]:
    """What is None unless it is given; and the fields, with the types of those that hold others."""
    definition = type_.__strawberry_definition__
    blank: dict[str, None] = {}
    every = []
    for field in definition.fields:
        if field.default_value is MISSING and field.default_factory is MISSING:
            blank[field.python_name] = None
        kind = field.resolve_type(type_definition=definition)
        while isinstance(kind, StrawberryOptional):
            kind = kind.of_type
        nests = isinstance(kind, StrawberryContainer | LazyType) or has_object_definition(kind)
        every.append((names.from_field(field), field.python_name, kind if nests else None))
    return blank, tuple(every)
