"""Scalars that lose nothing: decimals as strings, moments with their offset, plain dates, JSON."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, NewType

import strawberry
from strawberry.schema.types.scalar import DEFAULT_SCALAR_REGISTRY
from strawberry.types.scalar import ScalarDefinition

from domain.errors import Refused
from domain.time.moments import EARLIEST, LATEST, OFFICE_TIME, is_sayable, office_local
from domain.values.notation import DIGITS, PLACES, read_day, read_decimal, read_moment
from resolvers.ground.listing import UNREADABLE

JSON = NewType("JSON", object)
KindCode = NewType("KindCode", str)


def given_object(given: JSON | None) -> Any:
    """What was given, to be read as an object; an empty one only where nothing was given."""
    return {} if given is None else given


def _read_decimal(value: Any) -> Decimal:
    try:
        return read_decimal(value)
    except ValueError:
        raise ValueError(f'a decimal is written "1.5": {DIGITS} digits, {PLACES} places') from None


def _read_moment(value: Any) -> datetime:
    try:
        moment = read_moment(value)
    except ValueError:
        raise ValueError("a moment is written as RFC 3339 with its offset") from None
    # The first says whether it can be told in office time at all.
    _must_be_sayable(moment.date())
    _must_be_sayable(office_local(moment).date())
    return moment


def _read_date(value: Any) -> date:
    try:
        day = read_day(value)
    except ValueError:
        raise ValueError("a date is written as YYYY-MM-DD") from None
    _must_be_sayable(day)
    return day


def _read_code(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("a kind is written LEAVE_SICK")
    return value


def _must_be_sayable(day: date) -> None:
    if not is_sayable(day):
        raise Refused("OUT_OF_TIME", first=EARLIEST, last=LATEST)


def _scalar(name: str, description: str, serialize: Any, parse: Any) -> ScalarDefinition:
    def said(value: Any) -> Any:
        try:
            return serialize(value)
        except UNREADABLE as error:
            raise Refused("ROW_UNREADABLE") from error

    return strawberry.scalar(name=name, description=description, serialize=said, parse_value=parse)


SCALARS: dict[object, ScalarDefinition] = {
    **DEFAULT_SCALAR_REGISTRY,
    Decimal: _scalar(
        "Decimal",
        "An exact number, written as a string in plain digits: -1.5. At most"
        f" {DIGITS} digits before the point and {PLACES} behind it.",
        lambda number: format(number, "f"),
        _read_decimal,
    ),
    datetime: _scalar(
        "DateTime",
        "A moment in RFC 3339 with its offset: 2026-03-02T09:00:00+08:00; "
        f"from {EARLIEST} to {LATEST}.",
        lambda moment: moment.astimezone(OFFICE_TIME).isoformat(),
        _read_moment,
    ),
    date: _scalar(
        "Date",
        f"A calendar day: 2026-03-02; from {EARLIEST} to {LATEST}.",
        lambda value: value.isoformat(),
        _read_date,
    ),
    KindCode: _scalar(
        "KindCode",
        "A kind of request as `kinds` names it, with quotes or without: LEAVE_SICK. An office may "
        "have kinds of its own.",
        str,
        _read_code,
    ),
    JSON: _scalar("JSON", "Any JSON value.", lambda value: value, lambda value: value),
}
