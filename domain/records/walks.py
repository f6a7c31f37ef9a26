"""Lines that are a step on an office's path: what was done, and where that leads."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from domain.shapes.paths import Transition


@dataclass(frozen=True)
class Walks:
    """That what the column `event` tells is done as the office's path lets it from its beginning.

    `outcome` and `clause` are the columns of where it led, and by which clause. Of the `paths` that
    fit an entry the first that the office has holds; without any it is refused with the code
    `pathless`. What a line fills in the path may ask by its name, or by that which `measures` gives
    with the column; what it `needs` may not be empty then. All that ever fit are `among` these.
    """

    event: str
    outcome: str
    clause: str
    paths: Callable[[Any], tuple[str, ...]]
    needs: Callable[[Any], Iterable[str]]
    pathless: str
    among: tuple[str, ...]
    measures: Mapping[str, str] = field(default_factory=dict)

    def rows(self, entry: Any, every: Iterable[Transition]) -> tuple[Transition, ...]:
        """The office's path for an entry; none where it has none of those that fit."""
        known, fitting = tuple(every), self.paths(entry)
        of = ([each for each in known if each.id == name] for name in fitting)
        return tuple(next((rows for rows in of if rows), ()))
