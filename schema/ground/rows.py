"""Rows as the API shows them: what a type asks for under the name that the row has it by."""

from dataclasses import fields
from types import SimpleNamespace
from typing import Any, TypeVar

T = TypeVar("T")


def told(kind: type[T], row: Any, /, **more: Any) -> T:
    """A value of a type: what is said of it, and each other field as the row has it.

    Of who did something the row has the id and the name; where it has `<field>_name`, that is told.
    """
    held = SimpleNamespace(**row) if hasattr(row, "keys") else row
    for each in fields(kind):  # type: ignore[arg-type]
        if each.init and each.name not in more:
            name = f"{each.name}_name" if hasattr(held, f"{each.name}_name") else each.name
            more[each.name] = getattr(held, name)
    return kind(**more)
