"""A selection written as one Python function: straight on where values are as expected."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from math import isfinite
from typing import Any
from uuid import UUID

from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLFloat,
    GraphQLID,
    GraphQLInt,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLString,
    get_nullable_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
)
from graphql.execution.collect_fields import GroupedFieldSet, FieldDetailsList

from schema.completion import values
from schema.completion.fields import Field, Told, arguments, reading, told
from schema.completion.values import Compiled, Complete, Objects

PLAIN = frozenset({str, int, float, bool, date, datetime, time, Decimal, UUID, dict, list, tuple})
"""What is neither awaited nor an error, whoever gives it."""
EXPECTED = {
    GraphQLString: "type(value) is str",
    GraphQLID: "type(value) is str",
    GraphQLBoolean: "type(value) is bool",
    GraphQLInt: "type(value) is int and -2147483648 <= value <= 2147483647",
    GraphQLFloat: "type(value) is float and isfinite(value)",
}
"""The values of a type that stand in the answer as they are."""
ALIKE = {
    GraphQLString: str,
    GraphQLID: str,
    GraphQLBoolean: bool,
    GraphQLInt: int,
    GraphQLFloat: float,
}
SHARED = {
    **{each.__name__: each for each in (Told, arguments, told, isfinite)},
    **{
        each.__name__: each
        for each in (
            *(values.finished, values.failed, values.deferred, values.unfinished),
            *(values.gathered, values.abandoned, values.leaves),
        )
    },
    "PLAIN": PLAIN,
}


class Unknown(Exception):
    """The selection asks for a field that the type does not have."""


def compiled(
    schema: GraphQLSchema,
    kind: GraphQLObjectType,
    grouped: GroupedFieldSet,
    below: Compiled,
    *,
    hide_suggestions: bool,
) -> Complete:
    """The function that answers a selection on objects of a type: `(run, root, place)`.

    `below` compiles the selections in it, when the first object is met there.

    Raises:
        Unknown: the type lacks a field.

    """
    names: dict[str, Any] = dict(SHARED)
    written: list[str] = []
    for number, (key, details) in enumerate(grouped.items()):
        definition = schema.get_field(kind, details[0].node.name.value)
        if definition is None:
            raise Unknown
        if details[0].node.name.value == "__typename":
            written += [f"answer[{key!r}] = {kind.name!r}"]
            continue
        names[f"field{number}"] = field = Field(key, kind, definition, details)
        written += _written(field, number, names, schema, below, hide_suggestions=hide_suggestions)
    source = "\n".join([HEAD, *(f"        {line}" for line in written), TAIL])
    exec(compile(source, f"<{kind.name} compiled>", "exec"), names)  # noqa: S102  # text of ours
    complete: Complete = names["complete"]
    return complete


HEAD = """def complete(run, root, place):
    answer, later = {}, False
    try:
        pass"""
TAIL = """    except Exception:
        abandoned(run, answer)
        raise
    return gathered(run, answer) if later else answer"""


def _written(
    field: Field,
    number: int,
    names: dict[str, Any],
    schema: Any,
    below: Compiled,
    *,
    hide_suggestions: bool,
) -> list[str]:
    """The lines that read a field, complete it and put it into the answer."""
    read = reading(
        field, schema._strawberry_schema, number, names, hide_suggestions=hide_suggestions
    )
    if read is None:
        return [
            f"answer[{field.key!r}] = unfinished(run, field{number}, place, root)",
            "later = True",
        ]
    kind = field.definition.type
    otherwise = "else" if is_non_null_type(kind) else "elif value is not None"
    return [
        "try:",
        f"    value = {read}",
        *(f"    {line}" for line in _completed(field, number, names, schema, below)),
        f"    {otherwise}:",
        f"        value = finished(run, field{number}, place, value)",
        "        later = True",
        "except Exception as error:",
        f"    value = failed(run, field{number}, place, error)",
        f"answer[{field.key!r}] = value",
    ]


def _completed(
    field: Field, number: int, names: dict[str, Any], schema: Any, below: Compiled
) -> Iterator[str]:
    """An `if` that completes the value as long as it is as expected."""
    kind = get_nullable_type(field.definition.type)
    item = get_nullable_type(kind.of_type) if is_list_type(kind) else None
    if is_list_type(item):
        yield from ("if False:", "    pass")
    elif is_leaf_type(kind):
        yield from _leaf(kind, number, names)
    elif is_leaf_type(item):
        convert, known, made = _conversion(item)
        names[f"leaf{number}"] = convert, known, made
        yield f"if (made := leaves(value, *leaf{number})) is not None:"
        yield "    value = made"
    else:
        names[f"objects{number}"] = Objects(field, schema, below)
        yield from (
            (LISTED if item else SINGLE)
            .format(number=number, here=f"(place, {field.key!r}, {field.parent.name!r})")
            .splitlines()
        )


SINGLE = """complete, check = objects{number}[type(value)]
if complete is not None and (check is None or check(run, field{number}, place, value)):
    value = complete(run, value, {here})
    if type(value) is not dict:
        value = deferred(run, field{number}, place, value)
        later = True"""
LISTED = """made = objects{number}.each(run, value, place)
if type(made) is list:
    value = made
elif made is not None:
    value = deferred(run, field{number}, place, made)
    later = True"""


def _leaf(kind: Any, number: int, names: dict[str, Any]) -> Iterator[str]:
    if kind in EXPECTED:
        yield f"if {EXPECTED[kind]}:"
        yield "    pass"
        return
    names[f"convert{number}"], names[f"known{number}"], made = _conversion(kind)
    yield f"made = convert{number}(value) if type(value) in known{number} else None"
    yield "if type(made) in PLAIN:"
    yield "    value = made"


def _conversion(kind: Any) -> tuple[Callable[[Any], Any], frozenset[type], frozenset[type]]:
    """How leaves of some classes are converted, and to what."""
    if isinstance(kind, GraphQLEnumType):
        said = _enum_names(kind)
        return said.get, frozenset(map(type, said)), PLAIN
    known = frozenset({ALIKE[kind]}) if kind in ALIKE else PLAIN
    return kind.coerce_output_value, known, PLAIN


def _enum_names(kind: GraphQLEnumType) -> dict[Any, str]:
    """The name of each value that an enum knows, as its member or as plain text."""
    members = [each for each in getattr(kind, "wrapped_cls", ()) if isinstance(each, Enum)]
    plain = [each.value for each in kind.values.values() if type(each.value) is str]
    said: dict[Any, str] = {}
    for value in (*members, *plain):
        with suppress(Exception):
            said[value] = kind.coerce_output_value(value)
    return said
