"""What the measurements share: clocks, and the table that they are told in."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True)
class Figure:
    """One measurement beside its baseline. `budget` says what it must be, `met` whether it is."""

    what: str
    ours: str
    baseline: str
    ratio: str
    budget: str
    met: bool


def seconds(act: Callable[[], object], *, rounds: int = 7, times: int = 1) -> float:
    """The median time of an act, warm."""
    act()
    found = []
    for _ in range(rounds):
        start = perf_counter()
        for _ in range(times):
            act()
        found.append((perf_counter() - start) / times)
    return median(found)


def said(value: float) -> str:
    """A time in the unit that it reads best in."""
    for size, unit in ((1, "s"), (1e-3, "ms"), (1e-6, "µs")):
        if value >= size:
            return f"{value / size:.3g} {unit}"
    return f"{value / 1e-9:.3g} ns"


def show(title: str, figures: list[Figure]) -> None:
    """A table in Markdown."""
    print(f"\n## {title}\n")
    print("| measurement | ours | baseline | ratio | budget | |")
    print("|---|---|---|---|---|---|")
    for each in figures:
        verdict = "met" if each.met else "MISSED"
        cells = (each.what, each.ours, each.baseline, each.ratio, each.budget, verdict)
        print(f"| {' | '.join(cells)} |")
