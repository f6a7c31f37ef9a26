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
from strawberry.schema import Schema
from strawberry.types.field import StrawberryField
from strawberry.types.fields.resolver import StrawberryResolver

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


def reading(field: Field, schema: Schema, number: int, names: dict[str, Any]) -> str | None:
    """How the field's value is read, as an expression; `None` for what graphql-core must do.

    What the expression needs is added to `names`.
    """
    declared: Any = field.definition.extensions.get(DEFINED)
    resolve: Any = field.definition.resolve
    if declared is None or getattr(resolve, "__module__", "") != WRAPPERS:
        return None
    if type(declared).get_result is not StrawberryField.get_result:
        return None
    name, read = declared.python_name, f"read{number}"
    if resolve.__name__ == "_get_basic_result":
        names[read] = schema.config.default_resolver
        usual = names[read] is getattr and name.isidentifier() and not iskeyword(name)
        return f"root.{name}" if usual else f"{read}(root, {name!r})"
    if resolve.__name__ != "_resolver":
        return None
    if _is_plain(schema, declared, field):
        names[read] = declared.base_resolver.wrapped_func
        return f"{read}({_given(declared.base_resolver, number)})"
    names[read], given = resolve, f"arguments(run, field{number})"
    if (same := constant(field)) is not None:
        given = f"same{number}"
        names[given] = same
    return f"{read}(root, told(run, field{number}, field{number}.below(place)), **{given})"


def _is_plain(schema: Schema, declared: StrawberryField, field: Field) -> bool:
    """Whether nothing stands between the field and its resolver."""
    handled = schema.schema_converter._get_field_exception_handlers(declared)  # noqa: SLF001
    between = (handled, declared.extensions, declared.arguments, field.node.arguments)
    resolver = declared.base_resolver
    usual = schema.config.info_class is Info and resolver and callable(resolver.wrapped_func)
    return bool(usual) and not any(between)


def _given(resolver: StrawberryResolver[Any], number: int) -> str:
    """What the resolver is given: strawberry looks for it by these four names."""
    taking = resolver.parent_parameter, resolver.root_parameter, resolver.info_parameter
    given = zip(taking, ("root", "root", f"Told(run, field{number}, place)"), strict=True)
    by_name = {parameter.name: value for parameter, value in given if parameter}
    own = ["root"] if resolver.self_parameter else []
    return ", ".join([*own, *(f"{name}={value}" for name, value in by_name.items())])
