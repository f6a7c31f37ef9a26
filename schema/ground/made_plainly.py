"""Types of the API are made without what nobody asks of them: comparing, showing, a signature.

There are some 2 000 of them, and Python writes, compiles and keeps each of these functions.
"""

import dataclasses
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from strawberry.types import object_type

from domain.values.filled import filled


def dataclass(**how: Any) -> Callable[[type], type]:
    """As the library asks for it."""
    make = dataclasses.dataclass(repr=False, eq=False, match_args=False, init=False, **how)

    def made(of: type) -> type:
        of.__doc__ = of.__doc__ or of.__name__  # else its signature is looked into to write one
        if "__init__" not in vars(of):
            of.__init__ = filled  # type: ignore[misc]
        return make(of)

    return made


object_type.dataclasses = SimpleNamespace(**{**vars(dataclasses), "dataclass": dataclass})  # type: ignore[assignment,attr-defined]
