"""Scalars that lose nothing: decimals as strings, moments with their offset, plain dates, JSON."""

from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, NewType

import strawberry
from strawberry.schema.types.scalar import DEFAULT_SCALAR_REGISTRY
from strawberry.types.scalar import ScalarDefinition

from domain.moments import OFFICE_TIME

JSON = NewType("JSON", object)


def given_object(given: JSON | None) -> Any:
    """What was given, to be read as an object; an empty one only where nothing was given."""
    return {} if given is None else given


def _read_decimal(value: Any) -> Decimal:
    if not isinstance(value, str):
        raise ValueError("a decimal is written as a string")  # noqa: TRY004
    try:
        number = Decimal(value)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or len(value) > 40:
        raise ValueError("not a decimal number")
    return number


def _read_moment(value: Any) -> datetime:
    moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    if moment is None or moment.tzinfo is None:
        raise ValueError("a moment is written as RFC 3339 with its offset")
    return moment


def _read_date(value: Any) -> date:
    if not isinstance(value, str) or len(value) != 10:
        raise ValueError("a date is written as YYYY-MM-DD")
    return date.fromisoformat(value)


def _scalar(name: str, description: str, serialize: Any, parse: Any) -> ScalarDefinition:
    return strawberry.scalar(
        name=name, description=description, serialize=serialize, parse_value=parse
    )


SCALARS: dict[object, ScalarDefinition] = {
    **DEFAULT_SCALAR_REGISTRY,
    Decimal: _scalar("Decimal", "An exact number, written as a string.", str, _read_decimal),
    datetime: _scalar(
        "DateTime",
        "A moment in RFC 3339 with its offset: 2026-03-02T09:00:00+08:00.",
        lambda moment: moment.astimezone(OFFICE_TIME).isoformat(),
        _read_moment,
    ),
    date: _scalar(
        "Date", "A calendar day: 2026-03-02.", lambda value: value.isoformat(), _read_date
    ),
    JSON: _scalar("JSON", "Any JSON value.", lambda value: value, lambda value: value),
}
