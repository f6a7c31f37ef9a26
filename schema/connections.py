"""Relay connections over keyset cursors: a cursor is the last row's key, never an offset."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from typing import Any

import orjson
import strawberry

from domain.errors import Refused, at_fault

MOST, USUAL = 100, 50


@strawberry.type
class PageInfo:
    """Where a page of a connection lies."""

    has_next_page: bool = strawberry.field(description="Whether more follow.")
    has_previous_page: bool = strawberry.field(description="Whether the page began after a cursor.")
    start_cursor: str | None = strawberry.field(description="The first edge's cursor.")
    end_cursor: str | None = strawberry.field(description="The last edge's cursor.")


def page_info(cursors: list[str], *, more: bool, after: str | None) -> PageInfo:
    return PageInfo(
        has_next_page=more,
        has_previous_page=after is not None,
        start_cursor=cursors[0] if cursors else None,
        end_cursor=cursors[-1] if cursors else None,
    )


def cursor(*key: Any) -> str:
    return urlsafe_b64encode(orjson.dumps([str(part) for part in key])).decode()


def read_cursor(given: str | None, width: int) -> list[str] | None:
    """The key in a cursor.

    Raises:
        Refused: it is none of ours.

    """
    if given is None:
        return None
    try:
        key = orjson.loads(urlsafe_b64decode(given.encode()))
        if isinstance(key, list) and len(key) == width and all(isinstance(k, str) for k in key):
            return key
    except (ValueError, NotBase64):
        pass
    raise invalid_cursor()


def invalid_cursor() -> Refused:
    return at_fault("INVALID_CURSOR", "after")


def page_size(first: int | None) -> int:
    """How many edges a page has; the usual number where null is given.

    Raises:
        Refused: not between 1 and 100.

    """
    size = USUAL if first is None else first
    if 1 <= size <= MOST:
        return size
    raise at_fault("PAGE_SIZE", "first", most=MOST)


def wants_total(info: strawberry.Info[Any, None]) -> bool:
    """Whether the operation selects `totalCount`: counting is paid for only then."""
    return wants(info, "totalCount")


def wants(info: strawberry.Info[Any, None], name: str) -> bool:
    """Whether the operation selects this of the field's answer."""
    return any(_selects(field, name) for field in info.selected_fields)


def _selects(field: Any, name: str) -> bool:
    return any(
        getattr(each, "name", None) == name
        or (type(each).__name__ != "SelectedField" and _selects(each, name))
        for each in field.selections
    )
