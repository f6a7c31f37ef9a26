"""What no text of an argument may hold: what nobody could take, and what bears a secrecy mark."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from domain.errors import Problem, must_be_none
from domain.values.notation import HIDDEN
from resolvers.files.marks import bears_mark
from resolvers.requests.words import camel

LONGEST_TEXT, LONGEST_KEY, DEEPEST = 20_000, 200, 20


def must_be_clean(arguments: dict[str, Any], longest: int = LONGEST_TEXT) -> None:
    """No text may hold what the database or a reader could not take, or be classified.

    Raises: Refused: naming every field at fault.
    """
    named = {camel(name): value for name, value in arguments.items()}
    problems: list[Problem] = []
    _look(named, (), longest, problems.append)
    key = getattr(arguments.get("input"), "idempotency_key", "given")
    if not isinstance(key, str) or not key.strip() or len(key) > LONGEST_KEY:
        details = {"limit": LONGEST_KEY}
        problems.append(Problem("INVALID_KEY", ("input", "idempotencyKey"), details=details))
    must_be_none(problems)


def _look(
    value: Any, path: tuple[str, ...], longest: int, found: Callable[[Problem], None]
) -> None:
    if isinstance(value, str):
        if len(value) > longest:
            found(Problem("TOO_LONG", path, details={"limit": longest}))
        elif hidden := HIDDEN.search(value):
            kept = hidden[0] != "\0" and not "\ud800" <= hidden[0] <= "\udfff"
            found(Problem("UNREADABLE_CHARACTERS" if kept else "UNREADABLE_TEXT", path))
        elif bears_mark(value):
            found(Problem("SECRECY_MARK", path))
        return
    if len(path) > DEEPEST:
        found(Problem("TOO_DEEP", path, details={"limit": DEEPEST}))
        return
    for name, each in _inside(value):
        if isinstance(value, dict):
            _look(name, path, longest, found)
        if each is not None:
            _look(each, (*path, name), longest, found)


@cache
def _names(kind: Any) -> tuple[tuple[str, str], ...]:
    return tuple((camel(field.name), field.name) for field in fields(kind))


def _inside(value: Any) -> list[tuple[str, Any]]:
    """What a value holds, by the names that lead there."""
    if is_dataclass(value) and not isinstance(value, type):
        return [(name, getattr(value, field)) for name, field in _names(type(value))]
    if isinstance(value, dict):
        return [(str(name), each) for name, each in value.items()]
    if isinstance(value, list | tuple):
        return [(str(index), each) for index, each in enumerate(value)]
    return []
