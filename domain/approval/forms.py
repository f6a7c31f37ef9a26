"""Forms to plain JSON and back, guided by their annotations, with every problem at its field.

JSON holds enums by name, decimals and ids as text, times with their offset: as the API writes them.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType
from typing import Any, TypeVar, get_args, get_type_hints
from uuid import UUID

from domain.approval.procedure import Form, Reference
from domain.errors import Problem, must_be_none
from domain.time.moments import Moment
from domain.values.bounds import Bounds
from domain.values.names import Names, canonical
from domain.values.notation import HIDDEN, read_day, read_decimal, read_moment
from domain.vocabulary import Label

LONGEST_TEXT = 200
"""For texts whose form says nothing else."""

F = TypeVar("F", bound=Form)
V = TypeVar("V")


@dataclass(frozen=True)
class Field:
    """One field of a form. `optional` takes null; `required` has no default; `worded` is an enum's.

    Whether it is worded is told beforehand: it is asked of each column of each row.
    """

    name: str
    type: type
    optional: bool
    required: bool
    label: Label
    longest: int
    bounds: Bounds | None
    names: Names | None
    refers: Reference | None = None
    confidential: bool = False
    served: bool = False
    worded: bool = False

    @property
    def is_number(self) -> bool:
        return self.type in (int, Decimal)


def form_fields(form_type: type) -> tuple[Field, ...]:
    """The fields of a form, or of a value inside one, in order."""
    return _fields(form_type)


@cache
def _fields(form_type: type) -> tuple[Field, ...]:
    hints, listed = get_type_hints(form_type), []
    for each in fields(form_type):
        alternatives = get_args(hints[each.name])
        optional = NoneType in alternatives
        plain = next(kind for kind in alternatives if kind is not NoneType) if optional else None
        listed.append(
            Field(
                name=each.name,
                type=plain or hints[each.name],
                optional=optional,
                required=each.default is MISSING,
                label=Label(each.metadata.get("zh", ""), each.metadata.get("en", "")),
                longest=each.metadata.get("longest") or LONGEST_TEXT,
                bounds=each.metadata.get("bounds"),
                names=each.metadata.get("names"),
                refers=each.metadata.get("refers"),
                confidential=each.metadata.get("confidential", False),
                served=each.metadata.get("served", False),
                worded=hasattr(plain or hints[each.name], "__members__"),
            )
        )
    return tuple(listed)


def write_form(form: Form) -> dict[str, Any]:
    """The form as JSON."""
    return {field.name: plain(getattr(form, field.name)) for field in form_fields(type(form))}


def confidential(form_type: type) -> frozenset[str]:
    """The fields that only the applicant reads off a request."""
    return frozenset(f.name for f in fields(form_type) if f.metadata.get("confidential"))


def without_secrets(form: F) -> F:
    """The form as others than its applicant read it."""
    return replace(form, **dict.fromkeys(confidential(type(form))))


def plain(value: Any) -> Any:
    """One value of a form as JSON."""
    match value:
        case Enum():
            return value.name
        case date():
            return value.isoformat()
        case Decimal():
            return format(value, "f")
        case UUID():
            return str(value)
        case _ if is_dataclass(value):
            return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
        case _:
            return value


def read_form(form_type: type[F], stored: Any) -> F:
    """The form that JSON holds.

    Raises: Refused: with a problem for each field that is missing, unknown or not readable.
    """
    return built(form_type, _read(form_type, stored, whole=True))


def built(form_type: type[V], values: Mapping[str, Any]) -> V:
    """The form, or the value inside one, of these values, each name in it written its one way."""
    return form_type(**{**values, **_named(form_type, values)})


def _named(form_type: type, values: Mapping[str, Any]) -> dict[str, str]:
    return {
        field.name: canonical(field.names, text)
        for field in form_fields(form_type)
        if field.names and isinstance(text := values.get(field.name), str)
    }


def partial_form(form_type: type[Form], given: Any) -> dict[str, Any]:
    """A form that is still being filled in, as JSON: any of its fields, each one readable.

    Raises: Refused: with a problem for each field that is unknown or not readable.
    """
    values = _read(form_type, given, whole=False)
    values |= _named(form_type, values)
    texts = (field for field in form_fields(form_type) if isinstance(values.get(field.name), str))
    must_be_none(problem for field in texts for problem in text_problems(values[field.name], field))
    return {name: plain(value) for name, value in values.items() if value is not None}


def _read(form_type: type, given: Any, *, whole: bool) -> dict[str, Any]:
    problems: list[Problem] = []
    values = _values(form_type, given, (), problems, whole=whole)
    must_be_none(problems)
    return values


def _values(
    form_type: type, given: Any, path: tuple[str, ...], problems: list[Problem], *, whole: bool
) -> dict[str, Any]:
    if not isinstance(given, Mapping):
        problems.append(Problem("NOT_AN_OBJECT", path))
        return {}
    known = {field.name: field for field in form_fields(form_type)}
    problems += [
        Problem("UNKNOWN_FIELD", (*path, str(name)[:LONGEST_TEXT]))
        for name in given
        if name not in known
    ]
    values: dict[str, Any] = {}
    for name, field in known.items():
        value, at = given.get(name), (*path, name)
        if value is None:
            if name in given and field.optional:
                values[name] = None
            elif field.required and whole:
                problems.append(Problem("REQUIRED", at))
        elif is_dataclass(field.type):
            before = len(problems)
            inner = _values(field.type, value, at, problems, whole=True)
            if len(problems) == before:
                values[name] = field.type(**inner)
        else:
            try:
                values[name] = _reader(field.type)(value)
            except (ValueError, TypeError, KeyError):
                problems.append(Problem("WRONG_TYPE", at, details={"expected": _notation(field)}))
    return values


def _reader(kind: type) -> Callable[[Any], Any]:
    return kind.__members__.__getitem__ if issubclass(kind, Enum) else READERS[kind]


def _whole_number(value: Any) -> int:
    if type(value) is not int or abs(value) >= 2**31:
        raise ValueError
    return value


def _exactly(kind: type) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if type(value) is not kind:
            raise TypeError
        return value

    return read


def _id(value: Any) -> UUID:
    if not isinstance(value, str) or not ID.fullmatch(value):
        raise ValueError
    return UUID(value)


HEX = "[0-9a-fA-F]"
ID = re.compile(f"{HEX}{{8}}(-{HEX}{{4}}){{3}}-{HEX}{{12}}")
READERS: Mapping[type, Callable[[Any], Any]] = {
    str: _exactly(str),
    bool: _exactly(bool),
    int: _whole_number,
    Decimal: read_decimal,
    date: read_day,
    datetime: read_moment,
    UUID: _id,
}
NOTATIONS: Mapping[type, tuple[str, str]] = {
    str: ("text", "text"),
    bool: ("boolean", "true | false"),
    int: ("integer", "1"),
    Decimal: ("decimal", '"1.5"'),
    date: ("date", "2026-03-01"),
    datetime: ("datetime", "2026-03-01T09:00:00+08:00"),
    UUID: ("id", "id"),
    Moment: ("moment", '{"date": "2026-03-01", "half": "MORNING"}'),
}
"""What a field is called in a description, and how its values are written."""


def _notation(field: Field) -> str:
    if issubclass(field.type, Enum):
        return " | ".join(field.type.__members__)
    return NOTATIONS[field.type][1]


def text_problems(text: str, field: Field) -> list[Problem]:
    """What is wrong with a text: too long, or not of characters that are seen as they are."""
    if len(text) > field.longest:
        return [Problem("TOO_LONG", (field.name,), details={"limit": field.longest})]
    if HIDDEN.search(text):
        return [Problem("UNREADABLE_CHARACTERS", (field.name,))]
    return []
