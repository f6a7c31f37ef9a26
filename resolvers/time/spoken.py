"""What a rulebook's rows say of what happens, found once for the same events."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.shapes.cadences import Cadence
from domain.shapes.clocks import Clock, concerned, ends, starting
from domain.shapes.house_clocks import HOUSE
from resolvers.rules.rulebooks import LivingRulebook

MOST = 4_000
"""Of how many happenings a rulebook keeps what it says."""


@dataclass(frozen=True)
class Spoken:
    """Whether a clock may stop, which may start, and what recurs is shown done."""

    stops: bool
    starts: tuple[Clock, ...]
    shows: tuple[Cadence, ...]


def spoken(living: LivingRulebook, events: Sequence[str]) -> Spoken:
    """What was started on an earlier day is stopped by rows replaced since, too."""
    key, kept = tuple(events), living.kept.setdefault("spoken", {})
    if key not in kept:
        if len(kept) >= MOST:
            kept.clear()
        kept[key] = Spoken(
            any(concerned(row.stops, key) or ends(row, key) for row in clocks_of(living)),
            starting(living.shapes.clocks, key),
            tuple(row for row in living.shapes.cadences if concerned(row.shown_by, key)),
        )
    found: Spoken = kept[key]
    return found


def clocks_of(living: LivingRulebook) -> tuple[Clock, ...]:
    """The rows of every day, and those of the house."""
    return (*living.rulebook.shapes.clocks, *(house("") for house in HOUSE.values()))
