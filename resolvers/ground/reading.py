"""Rows, and what JSON keeps of rows, as the dataclasses of them: each field by its type."""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints
from uuid import UUID

from resolvers.ground.keys import key_of

T = TypeVar("T")
Reader = Callable[[Any], Any]
OF_TEXT: Mapping[Any, Reader] = {UUID: key_of, Decimal: Decimal, datetime: datetime.fromisoformat}


def read_as(kind: type[T], stored: Any, /, **more: Any) -> T:
    """A dataclass from what is stored of it; `more` are fields that stand there otherwise.

    A field that is an id may stand in the column `<field>_id`.
    """
    for name, named, read in _readers(kind):  # type: ignore[arg-type]
        if name not in more:
            value = stored[name] if name in stored else stored[named]
            more[name] = read(value) if read else value
    return kind(**more)


@cache
def _readers(kind: Any) -> tuple[tuple[str, str, Reader | None], ...]:
    hints = get_type_hints(kind)
    return tuple((each.name, f"{each.name}_id", _reader(hints[each.name])) for each in fields(kind))


def _reader(hint: Any) -> Reader | None:
    """How a stored value is read as its type: what JSON has no word for is a text there.

    None where it stands there as it is.
    """
    if get_origin(hint) is tuple:
        each_of = _reader(get_args(hint)[0])
        return lambda value: tuple(map(each_of, value or ()) if each_of else value or ())
    plain = next((each for each in get_args(hint) if each is not NoneType), hint)
    if not isinstance(plain, type):
        return None
    if is_dataclass(plain):
        return lambda value: value if value is None else read_as(plain, value)
    made: Any = OF_TEXT.get(plain) or (plain if issubclass(plain, Enum) else None)
    if made is None:
        return None
    return lambda value: made(value) if isinstance(value, str) else value
