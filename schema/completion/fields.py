"""One field of a selection: how it is answered, and what its resolver is told."""

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import Enum
from functools import cached_property
from keyword import iskeyword
from typing import Any
from uuid import UUID

import graphql
from graphql.execution import Executor
from graphql.execution.collect_fields import FieldDetailsList
from graphql.pyutils import Path
from strawberry import Info

from schema.ground.called_plainly import Called, ReadOff

Place = tuple["Place | None", str | int, str | None]
"""Where a value stands in the answer: a `Path` that is made one only when somebody asks."""
IMMUTABLE = (str, int, float, bool, type(None), date, time, Decimal, UUID, Enum)
DEFINED = "strawberry-definition"
WRAPPERS = "strawberry.schema.schema_converter"


@dataclass(frozen=True, eq=False, slots=True)
class Field:
    """A field of a selection, with every place of the document that asks for it."""

    key: str
    parent: graphql.GraphQLObjectType
    definition: graphql.GraphQLField
    details: FieldDetailsList

    @property
    def node(self) -> graphql.FieldNode:
        return self.details[0].node

    def below(self, above: Place | None) -> Place:
        return above, self.key, self.parent.name


def path_of(place: Place | Path | None) -> Any:
    """The `Path` of a place."""
    if place is None or isinstance(place, Path):
        return place
    return Path(path_of(place[0]), place[1], place[2])


def told(run: Executor[Any], field: Field, place: Place) -> graphql.GraphQLResolveInfo[Any]:
    """What graphql-core tells a resolver of its call."""
    nodes = [each.node for each in field.details]
    return run.build_resolve_info(field.definition, nodes, field.parent, path_of(place))


class Told(Info[Any, Any]):
    """What strawberry tells it; all but the context is made when it is asked for."""

    context: Any = None

    def __init__(self, run: Executor[Any], field: Field, above: Place | None) -> None:
        self._run, self._of, self._above = run, field, above
        self.context = run.context_value

    @cached_property
    def _raw_info(self) -> graphql.GraphQLResolveInfo[Any]:  # type: ignore[override]
        return told(self._run, self._of, self._of.below(self._above))

    @cached_property
    def _field(self) -> Any:  # type: ignore[override]
        return self._of.definition.extensions[DEFINED]


def arguments(run: Any, field: Field) -> dict[str, Any]:
    """The arguments of a field in this execution."""
    return graphql.get_argument_values(
        field.definition, field.node, run.variable_values, None, run.hide_suggestions
    )


def constant(field: Field) -> dict[str, Any] | None:
    """Its arguments where they are the same in every execution."""
    if any(_varies(each.value) for each in field.node.arguments or ()):
        return None
    given = graphql.get_argument_values(field.definition, field.node)
    # What a resolver might change is made for each call.
    return given if all(isinstance(value, IMMUTABLE) for value in given.values()) else None


def _varies(node: graphql.Node) -> bool:
    below = [*getattr(node, "values", ()), *(each.value for each in getattr(node, "fields", ()))]
    return isinstance(node, graphql.VariableNode) or any(map(_varies, below))


def reading(field: Field, number: int, names: dict[str, Any]) -> str | None:
    """How the field's value is read, as an expression; `None` for what graphql-core must do.

    What the expression needs is added to `names`.
    """
    resolve: Any = field.definition.resolve
    read = f"read{number}"
    if isinstance(resolve, ReadOff):
        names[read], name = resolve.read, resolve.name
        usual = resolve.read is getattr and name.isidentifier() and not iskeyword(name)
        return f"root.{name}" if usual else f"{read}(root, {name!r})"
    if isinstance(resolve, Called) and resolve.info is Info and not field.node.arguments:
        names[read] = resolve.function
        return f"{read}({_given(resolve, number)})"
    if getattr(resolve, "__module__", "") != WRAPPERS or resolve.__name__ != "_resolver":
        return None
    names[read], given = resolve, f"arguments(run, field{number})"
    if (same := constant(field)) is not None:
        given = f"same{number}"
        names[given] = same
    return f"{read}(root, told(run, field{number}, field{number}.below(place)), **{given})"


def _given(called: Called, number: int) -> str:
    """What the function is given, as the library would by these names."""
    given = [f"{name}=root" for name in called.names]
    if called.told:
        given.append(f"{called.told}=Told(run, field{number}, place)")
    return ", ".join(["root", *given] if called.own else given)
