"""How much work something is, whatever else the machine does: the calls that it takes."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Any


@dataclass
class Effort:
    """The calls of this thread, of Python and of C, while it was looked at."""

    calls: int = 0

    def seen(self, _frame: FrameType, event: str, _argument: Any) -> None:
        self.calls += event in ("call", "c_call")


@contextmanager
def effort() -> Iterator[Effort]:
    found, before = Effort(), sys.getprofile()
    sys.setprofile(found.seen)
    try:
        yield found
    finally:
        sys.setprofile(before)
