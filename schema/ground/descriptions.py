"""What the API says of its types, fields and values: docstrings, and the vocabulary's own labels.

A field says its type and what it means, as a parameter of an act or
an argument of a root field does: `title: Annotated[str, "Its title."]`.
"""

from collections.abc import Callable, Mapping
from enum import Enum
from types import NoneType
from typing import Annotated, Any, get_args

import strawberry
from graphql import GraphQLEnumType, GraphQLSchema, GraphQLUnionType
from strawberry.types.arguments import StrawberryArgumentAnnotation

from domain.vocabulary import Label
from policies import vocabulary
from resolvers.requests.procedures import ENUMS
from schema.ground.ids import Id

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


ARGUMENTS: dict[str, tuple[str | None, str]] = {
    "input": (None, "What is asked for."),
    "first": (None, "How many edges, at most 100."),
    "unread_only": (None, "What the viewer has not read alone."),
    "after": (None, "Continue after this cursor."),
    "from_": ("from", "On this day or later."),
    "to": (None, "On this day or earlier."),
    "naming": (None, "Naming this alone: a person, a unit, a thing, a case or another line."),
    "on": (None, "As the rules stand that day; today when absent."),
    "institution": (None, "The institution's code."),
    "id": (None, "A global id."),
    "box": (None, "The box."),
    "kind": (None, "Of this kind alone."),
    "status": (None, "In this state alone."),
    "text": (None, "Words in the number, the names or the form."),
    "area": (None, "Of this area alone."),
    "clause_kind": (None, "Of this kind of clause alone: approval, deadline …"),
    "outcome": (None, "With an entry of which this becomes."),
    "clause": (None, "<regulation id>/<cite>"),
    "measures": (None, 'By the names that the row declares: {"late": 3}'),
    "shape": (None, "Of this shape alone: clocks, ladders, votes …"),
    "start": (None, "When the clock starts."),
    "only": (None, "One row of the clause alone, by its id."),
    "begins": (None, "The first day, which counts."),
    "ends": (None, "The last day, which counts."),
    "day": (None, "The day to count from, which does not count."),
    "count": (None, "How many working days; backwards when negative."),
    "active": (None, "Only what counts today, or only what does not; both when absent."),
    "seat": (None, "Of this seat alone."),
    "request_kind": (None, "Of this kind of request alone."),
}
"""The arguments of root fields, said once unless a function says otherwise: name and meaning."""


def told(resolver: Callable[..., Any]) -> Callable[..., Any]:
    """The resolver with arguments as the API has them: what each means, ids as they travel."""
    hints = resolver.__annotations__
    for name, hint in hints.items():
        kind, *said = get_args(hint) if hasattr(hint, "__metadata__") else (hint,)
        api_name, usual = ARGUMENTS.get(name, (None, ""))
        meaning = next((each for each in said if isinstance(each, str)), usual)
        if not meaning or any(isinstance(each, StrawberryArgumentAnnotation) for each in said):
            continue
        if any(isinstance(each, Id) for each in said):
            kind = strawberry.ID | None if NoneType in get_args(kind) else strawberry.ID
        argument = strawberry.argument(name=api_name, description=meaning)
        hints[name] = Annotated[kind, argument]
    return resolver


def ids_of(resolver: Callable[..., Any]) -> Mapping[str, Id]:
    """Of what each argument is an id that is one."""
    hints = resolver.__annotations__.items()
    said = ((name, each) for name, hint in hints for each in getattr(hint, "__metadata__", ()))
    return {name: each for name, each in said if isinstance(each, Id)}
