"""A selection written as one Python function: straight on where values are as expected."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from enum import Enum
from math import isfinite
from typing import Any

import graphql
from graphql.execution.collect_fields import GroupedFieldSet

from schema.completion import values
from schema.completion.fields import Field, Told, arguments, reading, told
from schema.completion.values import PLAIN, Compiled, Complete, Objects

EXPECTED: dict[Any, tuple[type, str]] = {
    graphql.GraphQLString: (str, ""),
    graphql.GraphQLID: (str, ""),
    graphql.GraphQLBoolean: (bool, ""),
    graphql.GraphQLInt: (int, " and -2147483648 <= value <= 2147483647"),
    graphql.GraphQLFloat: (float, " and isfinite(value)"),
}
"""The values of a type that stand in the answer as they are."""
SHARED = {
    **{each.__name__: each for each in (Told, arguments, told, isfinite)},
    **{name: getattr(values, name) for name in ("finished", "failed", "deferred", "unfinished")},
    **{name: getattr(values, name) for name in ("gathered", "abandoned", "leaves", "PLAIN")},
}
HEAD = """def complete(run, root, place):
    answer, later = {}, False
    try:
        pass"""
TAIL = """    except Exception:
        abandoned(run, answer)
        raise
    return gathered(run, answer) if later else answer"""
SINGLE = """complete, check = objects{number}[type(value)]
if complete is not None and (check is None or check(run, field{number}, place, value)):
    value = complete(run, value, (place, {key!r}, {parent!r}))
    if type(value) is not dict:
        value = deferred(run, field{number}, place, value)
        later = True"""
LISTED = """made = objects{number}.each(run, value, place)
if type(made) is list:
    value = made
elif made is not None:
    value = deferred(run, field{number}, place, made)
    later = True"""


def compiled(
    schema: graphql.GraphQLSchema,
    kind: graphql.GraphQLObjectType,
    grouped: GroupedFieldSet,
    below: Compiled,
) -> Complete:
    """The function that answers a selection on objects of a type: `(run, root, place)`.

    `below` compiles the selections in it, when the first object is met there.
    """
    names: dict[str, Any] = dict(SHARED)
    written = [HEAD]
    for number, (key, details) in enumerate(grouped.items()):
        definition = schema.get_field(kind, details[0].node.name.value)
        if definition is None:
            continue
        names[f"field{number}"] = field = Field(key, kind, definition, details)
        written += (f"        {line}" for line in _written(field, number, names, schema, below))
    source = "\n".join([*written, TAIL])
    exec(compile(source, f"<{kind.name} compiled>", "exec"), names)  # noqa: S102  # text of ours
    complete: Complete = names["complete"]
    return complete


def _written(
    field: Field, number: int, names: dict[str, Any], schema: Any, below: Compiled
) -> Iterator[str]:
    """The lines that read a field, complete it and put it into the answer."""
    answer = f"answer[{field.key!r}]"
    read = reading(field, number, names)
    if field.node.name.value == "__typename":
        yield f"{answer} = {field.parent.name!r}"
    elif read is None:
        yield f"{answer} = unfinished(run, field{number}, place, root)"
        yield "later = True"
    else:
        yield "try:"
        yield f"    value = {read}"
        yield from (f"    {line}" for line in _completed(field, number, names, schema, below))
        required = graphql.is_non_null_type(field.definition.type)
        yield "    else:" if required else "    elif value is not None:"
        yield f"        value = finished(run, field{number}, place, value)"
        yield "        later = True"
        yield "except Exception as error:"
        yield f"    value = failed(run, field{number}, place, error)"
        yield f"{answer} = value"


def _completed(
    field: Field, number: int, names: dict[str, Any], schema: Any, below: Compiled
) -> Iterator[str]:
    """An `if` that completes the value as long as it is as expected."""
    kind: Any = graphql.get_nullable_type(field.definition.type)
    item = graphql.get_nullable_type(kind.of_type) if graphql.is_list_type(kind) else None
    if graphql.is_list_type(item):
        yield from ("if False:", "    pass")
    elif kind in EXPECTED:
        expected, more = EXPECTED[kind]
        yield from (f"if type(value) is {expected.__name__}{more}:", "    pass")
    elif graphql.is_leaf_type(kind):
        names[f"convert{number}"], names[f"known{number}"] = _conversion(kind)
        yield f"made = convert{number}(value) if type(value) in known{number} else None"
        yield from ("if type(made) in PLAIN:", "    value = made")
    elif graphql.is_leaf_type(item):
        names[f"leaf{number}"] = _conversion(item)
        yield f"made = leaves(value, *leaf{number})"
        yield from ("if made is not None:", "    value = made")
    else:
        names[f"objects{number}"] = Objects(field, schema, below)
        written = LISTED if item else SINGLE
        parts = {"number": number, "key": field.key, "parent": field.parent.name}
        yield from written.format(**parts).splitlines()


def _conversion(kind: Any) -> tuple[Callable[[Any], Any], frozenset[type]]:
    """How leaves of some classes are converted."""
    if isinstance(kind, graphql.GraphQLEnumType):
        said = _enum_names(kind)
        return said.get, frozenset({str, *map(type, said)})  # a member may be a text as well
    known = frozenset({EXPECTED[kind][0]}) if kind in EXPECTED else PLAIN
    return kind.coerce_output_value, known


def _enum_names(kind: graphql.GraphQLEnumType) -> dict[Any, str]:
    """The name of each value that an enum knows, as its member or as plain text."""
    members = [each for each in getattr(kind, "wrapped_cls", ()) if isinstance(each, Enum)]
    plain = [each.value for each in kind.values.values() if type(each.value) is str]
    said: dict[Any, str] = {}
    for value in (*members, *plain):
        with suppress(Exception):
            said[value] = kind.coerce_output_value(value)
    return said
