"""What the API says of its types, fields and values: docstrings, and the vocabulary's own labels.

A field says its type and what it means, as a parameter does: `title: Annotated[str, "Its title."]`.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Any

from graphql import GraphQLEnumType, GraphQLSchema, GraphQLUnionType

from domain.vocabulary import Label
from policies import vocabulary
from resolvers.requests.procedures import ENUMS

ROOTS = {"Query": "Reads.", "Mutation": "Acts.", "Subscription": "Tells."}
"""Short, for generated clients repeat them with the arguments of every field."""


def describe(schema: GraphQLSchema) -> None:
    """Give every type and value of the schema its description, where it has none yet."""
    for kind in schema.type_map.values():
        for each in getattr(kind, "fields", {}).values():
            each.description = each.description or _said_of(each)
        definition = kind.extensions.get("strawberry-definition")
        if isinstance(kind, GraphQLEnumType):
            _describe_values(kind, getattr(definition, "wrapped_cls", None))
        elif isinstance(kind, GraphQLUnionType):
            kind.description = kind.description or " or ".join(each.name for each in kind.types)
        elif not kind.description:
            said = getattr(getattr(definition, "origin", None), "__doc__", None)
            kind.description = ROOTS.get(kind.name) or said


def _said_of(field: Any) -> str | None:
    declared = getattr(field.extensions.get("strawberry-definition"), "type_annotation", None)
    told = getattr(getattr(declared, "raw_annotation", None), "__metadata__", ())
    return next((each for each in told if isinstance(each, str)), None)


def _describe_values(kind: GraphQLEnumType, made_from: type[Enum] | None) -> None:
    labels: Mapping[str, Label] = {}
    for fact, enum in ENUMS.items():
        if enum is made_from:
            labels = vocabulary.shipped().facts[fact].values or {}
    for name, value in kind.values.items():
        label = labels.get(str(getattr(value.value, "value", value.value)))
        said = f"{label.zh}; {label.en}" if label else ""
        own = made_from[name] if made_from and name in made_from.__members__ else None
        value.description = value.description or said or getattr(own, "says", "") or None
