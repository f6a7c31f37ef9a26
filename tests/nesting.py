"""JSON that is nested, so many levels deep."""

from typing import Any


def nested(levels: int) -> Any:
    """An object in an object, and a text in the last."""
    value: Any = "x"
    for _ in range(levels):
        value = {"a": value}
    return value
