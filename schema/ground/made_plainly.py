"""Types of the API are made without what nobody asks of them: comparing, showing, a signature.

There are some 1 700 of them, and Python writes, compiles and keeps each of these functions.
"""

import dataclasses
from collections.abc import Callable, Mapping
from functools import cache
from types import SimpleNamespace
from typing import Any

from strawberry.types import object_type

Makes = Callable[[], Any]


def dataclass(**how: Any) -> Callable[[type], type]:
    """As the library asks for it."""
    make = dataclasses.dataclass(repr=False, eq=False, match_args=False, init=False, **how)

    def made(of: type) -> type:
        of.__doc__ = of.__doc__ or of.__name__  # else its signature is looked into to write one
        if "__init__" not in vars(of):
            of.__init__ = filled  # type: ignore[misc]
        return make(of)

    return made


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


object_type.dataclasses = SimpleNamespace(**{**vars(dataclasses), "dataclass": dataclass})  # type: ignore[assignment,attr-defined]
