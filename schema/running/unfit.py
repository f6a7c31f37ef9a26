"""What a value of a document or a variable lacks, or has too much of, told by its place."""

from collections.abc import Iterator
from typing import Any

from graphql import (
    GraphQLError,
    ListValueNode,
    NullValueNode,
    ObjectValueNode,
    Undefined,
    get_nullable_type,
    is_enum_type,
    is_input_object_type,
    is_list_type,
    is_required_input_field,
)

from domain.errors import Problem, Refused

WRITTEN = {"Date": "2026-03-02", "DateTime": "2026-03-02T09:00:00+08:00", "Decimal": '"12.50"'}
"""How the scalars are written whose type alone does not say so."""


def explained(
    error: GraphQLError, path: list[str | int], kind: Any, value: Any, where: tuple[str, ...]
) -> Iterator[Problem]:
    """What a value at a path lacks or has too much of; `kind` and `value` are the whole's."""
    for key in path:
        if isinstance(key, int):
            kind, value = get_nullable_type(kind).of_type, _at(value, key)
        else:
            kind, value = _single(kind).fields[key].type, _at(value, key)
    at, plain = (*where, *map(str, path)), _single(kind)
    if value is None or value is Undefined or isinstance(value, NullValueNode):
        yield Problem("REQUIRED", at)
    elif not is_input_object_type(plain):
        yield _wrong(error, plain, at)
    elif (names := _fields(value)) is None:
        yield Problem("NOT_AN_OBJECT", at)
    else:
        for name, asked in plain.fields.items():
            if name not in names and is_required_input_field(asked):
                yield Problem("REQUIRED", (*at, name))
        for name in names - plain.fields.keys():
            yield Problem("UNKNOWN_FIELD", (*at, name))
        if plain.is_one_of and len(names) != 1:
            yield Problem("ONE_ALONE", at)


def _single(kind: Any) -> Any:
    """What a list is of, for one value stands for a list of one."""
    plain = get_nullable_type(kind)
    return _single(plain.of_type) if is_list_type(plain) else plain


def _wrong(error: GraphQLError, kind: Any, at: tuple[str, ...]) -> Problem:
    """A scalar says itself what it wants; of the others their type says enough."""
    if isinstance(error.original_error, Refused):
        refused = error.original_error
        return Problem(refused.code, at, None, refused.details)
    if kind.name in WRITTEN:
        return Problem("WRONG_FORMAT", at, None, {"expected": WRITTEN[kind.name]})
    code = "UNKNOWN_ENUM_VALUE" if is_enum_type(kind) else "WRONG_TYPE"
    return Problem(code, at, None, {"expected": kind.name})


def _at(value: Any, key: str | int) -> Any:
    match value:
        case ObjectValueNode():
            return next(each.value for each in value.fields if each.name.value == key)
        case ListValueNode():
            return value.values[int(key)]
        case dict() | list():
            return value[key]  # type: ignore[index]
    return value


def _fields(value: Any) -> set[str] | None:
    if isinstance(value, ObjectValueNode):
        return {each.name.value for each in value.fields}
    return set(value) if isinstance(value, dict) else None
