"""Relay connections over keyset cursors: a cursor is the last row's key, never an offset."""

from base64 import urlsafe_b64decode
from binascii import b2a_base64
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, TypeVar

import orjson
import strawberry
from strawberry.types.nodes import SelectedField

from domain.errors import at_fault
from domain.time.moments import is_sayable

V = TypeVar("V")
MOST, USUAL = 100, 50
SELECTIONS_KEPT = 256
URL_SAFE = bytes.maketrans(b"+/", b"-_")
WHOLE: ContextVar[int] = ContextVar("whole", default=0)
"""How many rows a list may tell at once where the server reads it itself, for an export."""
KNOWN: dict[tuple[Any, ...], tuple[Any, Any]] = {}
TOTAL = "How many there are on all pages."
First = Annotated[int | None, strawberry.argument(description="How many edges, at most 100.")]
After = Annotated[str | None, strawberry.argument(description="Continue after this cursor.")]


@strawberry.type
class PageInfo:
    """Where a page of a connection lies."""

    has_next_page: Annotated[bool, "Whether more follow."]
    has_previous_page: Annotated[bool, "Whether the page began after a cursor."]
    start_cursor: Annotated[str | None, "The first edge's cursor."]
    end_cursor: Annotated[str | None, "The last edge's cursor."]


def page_info(cursors: list[str], *, more: bool, after: object) -> PageInfo:
    return PageInfo(
        has_next_page=more,
        has_previous_page=after is not None,
        start_cursor=cursors[0] if cursors else None,
        end_cursor=cursors[-1] if cursors else None,
    )


@dataclass(frozen=True)
class Cursors:
    """The cursors of one list: which list it is, and how each part of a key is read."""

    of: str
    parts: tuple[Callable[[str], Any], ...]

    def after(self, *key: Any) -> str:
        """The cursor that continues after this key."""
        told = orjson.dumps([self.of, *map(str, key)])
        return b2a_base64(told, newline=False).translate(URL_SAFE).decode()

    def read(self, given: str | None) -> Any:
        """The key in a cursor, each part of its own type; nothing where none is given.

        Raises: Refused: it is no cursor of this list, letter by letter.
        """
        if given is None:
            return None
        try:
            _, *told = orjson.loads(urlsafe_b64decode(given.encode()))
            key = tuple(read(part) for read, part in zip(self.parts, told, strict=True))
            if self.after(*key) == given:
                return key
        except (ValueError, TypeError, AttributeError):
            pass
        raise at_fault("INVALID_CURSOR", "after")


def moment(text: str) -> datetime:
    """A moment in a cursor, with its offset."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is None or not is_sayable(at.date()):
        raise ValueError(text)
    return at


def serial(text: str) -> int:
    """A running number in a cursor: no larger than the database can count."""
    if len(text) > 18:
        raise ValueError(text)
    return int(text)


def page_size(first: int | None) -> int:
    """How many edges a page has; the usual number where null is given.

    Raises: Refused: not between 1 and 100.
    """
    size = USUAL if first is None else first
    if 1 <= size <= max(MOST, WHOLE.get()):
        return size
    raise at_fault("PAGE_SIZE", "first", most=MOST)


def wants_total(info: strawberry.Info[Any, None]) -> bool:
    """Whether the operation selects `totalCount`: counting is paid for only then."""
    return wants(info, "totalCount")


def wants(info: strawberry.Info[Any, None], name: str) -> bool:
    """Whether the operation selects this of the field's answer."""
    return name in once(info, names)


def names(fields: list[Any]) -> frozenset[str]:
    """What is selected of these fields."""
    return frozenset(selected(fields))


def once(info: strawberry.Info[Any, None], read: Callable[[list[Any]], V]) -> V:
    """What is read off the selection of a field: documents come again, and it is known then."""
    nodes = info._raw_info.field_nodes  # noqa: SLF001
    key = read, *map(id, nodes)
    known = KNOWN.get(key)
    if known is None:
        if len(KNOWN) >= SELECTIONS_KEPT:
            KNOWN.clear()
        # The nodes are kept too, so that no others come to have their ids.
        known = KNOWN[key] = nodes, read(info.selected_fields)
    found: V = known[1]
    return found


def selected(fields: Iterable[Any]) -> dict[str, list[Any]]:
    """What is selected of these fields, by its name, whatever fragments it stands in."""
    found: dict[str, list[Any]] = defaultdict(list)
    waiting = [each for field in fields for each in field.selections]
    while waiting:
        each = waiting.pop()
        if isinstance(each, SelectedField):
            found[each.name].append(each)
        else:
            waiting += each.selections
    return found
