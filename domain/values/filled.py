"""Types of which there are hundreds are made as a dataclass is, without a function for each."""

import dataclasses
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

Makes = Callable[[], Any]


def filled(self: Any, **values: Any) -> None:
    """Make one of any such type: each field as given, or else by its default.

    Raises: TypeError: a field that it needs is not given, or one that it does not have.
    """
    kind: Callable[..., Any] = type(self)
    needed, defaults, makes = asked_of(kind)
    if not needed <= values.keys() or not values.keys() <= needed | defaults.keys() | makes.keys():
        raise TypeError(f"{kind} of {sorted(values)}, which needs {sorted(needed)}")
    made = {name: make() for name, make in makes.items() if name not in values}
    self.__dict__.update(defaults, **made, **values)


@cache
def asked_of(kind: Any) -> tuple[frozenset[str], Mapping[str, Any], Mapping[str, Makes]]:
    """What a type needs, what its other fields are by default, and what makes their defaults."""
    every = [each for each in dataclasses.fields(kind) if each.init]
    makes = {
        each.name: each.default_factory
        for each in every
        if each.default_factory is not dataclasses.MISSING
    }
    defaults = {
        each.name: each.default for each in every if each.default is not dataclasses.MISSING
    }
    return frozenset(each.name for each in every) - {*makes, *defaults}, defaults, makes
