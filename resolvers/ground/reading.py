"""Rows, and what JSON keeps of rows, as the dataclasses of them: each field by its type."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints
from uuid import UUID

T = TypeVar("T")


def read_as(kind: type[T], stored: Any, **more: Any) -> T:
    """A dataclass from what is stored of it; `more` are fields that stand there otherwise."""
    hints = _hints(kind)  # type: ignore[arg-type]
    own = {each.name for each in fields(kind)} - more.keys()  # type: ignore[arg-type]
    return kind(**{name: value_as(hints[name], stored[name]) for name in own}, **more)


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)


def value_as(hint: Any, value: Any) -> Any:
    """A stored value as its type: what JSON has no word for is a text there."""
    if get_origin(hint) is tuple:
        return tuple(value_as(get_args(hint)[0], each) for each in value or ())
    plain = next((each for each in get_args(hint) if each is not NoneType), hint)
    if value is None or not isinstance(plain, type):
        return value
    if isinstance(value, str) and plain is datetime:
        return datetime.fromisoformat(value)
    if isinstance(value, str) and (plain in (UUID, Decimal) or issubclass(plain, Enum)):
        return plain(value)
    return read_as(plain, value) if is_dataclass(plain) else value
