"""Forms of stages, made of the columns of a record, and records made of forms."""

from collections.abc import Callable, Collection
from dataclasses import field, fields
from functools import cache
from typing import Any, TypeVar, get_type_hints

from domain.approval.procedure import Form, asked, formed

R = TypeVar("R")


class NothingAsked(Form):
    """Nothing is filled in."""


class GivingUp(Form):
    """What is said when a case is given up."""

    reason: str = asked("理由", "Why", longest=500)


def fill(
    record: type, *names: str, required: tuple[str, ...] = (), also: Collection[Any] = ()
) -> type[Form]:
    """The form of a stage that fills in these columns of a record, each labelled as there.

    `required` are further ones that it cannot do without; `also` is only noted with the event.
    """
    hints, of = get_type_hints(record), {each.name: each for each in fields(record)}
    shape: list[Any] = [
        (name, hints[name] | None, field(default=None, metadata=of[name].metadata))
        for name in names
    ]
    shape += [(name, hints[name], field(metadata=of[name].metadata)) for name in required]
    shape += also
    return formed(f"{record.__name__}Filled", shape, "What the stage fills in.")


def carried(form: Form, record: type[R], **more: Any) -> R:
    """The record that a form begins: columns of the same name as they were said, and these."""
    own = fields_of(record) & fields_of(type(form))
    said = {name: value for name in own if (value := getattr(form, name)) is not None}
    return record(**{**said, **more})


fields_of: Callable[[type], frozenset[str]] = cache(
    lambda form: frozenset(each.name for each in fields(form))
)
"""The names of a dataclass's fields."""
