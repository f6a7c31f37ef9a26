"""What the figures must be: each budget beside its figure, kept or missed; a miss is only told."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from benchmarks.load import Load
from benchmarks.others import Others
from benchmarks.peers import MERCURIUS, POSTGRAPHILE
from benchmarks.reads import Measured, Results
from benchmarks.screens import FLOOR, OURS
from benchmarks.writes import Ran, Written

INBOX, REQUEST = "inbox", "request"
AS_LONG_AS = (
    *("HANDLED", "UNIT", "MINE", "text that is rare", "text that is common"),
    *("a register", "cases", "things", "a statement", "notices"),
)
BUILT_WITHIN, SIZE = 90, 200_000


@dataclass(frozen=True)
class Found:
    """Everything that one run measured."""

    results: Results
    built: Mapping[int, float]
    waits: Mapping[int, Mapping[str, Load]]
    written: Mapping[str, Written]
    beside: Mapping[str, Ran]
    others: Others
    decision: float
    miscounted: int


@dataclass(frozen=True)
class Budget:
    """What is measured, its figure, what it must be, and whether it is."""

    what: str
    figure: str
    must: str
    kept: bool


def at_least(what: str, figure: float, least: float) -> Budget:
    return Budget(what, f"{figure:.2f} ×", f"≥ {least} ×", figure >= least)


def at_most(what: str, figure: float, most: float, unit: str) -> Budget:
    shown = f"{figure:.3g}" if figure < 1000 else f"{figure:,.0f}"
    return Budget(what, f"{shown} {unit}", f"≤ {most:g} {unit}", figure <= most)


def budgets(found: Found) -> list[Budget]:
    return [
        *_side_by_side(found.results), *_lists(found.waits), *_writes(found), *_process(found),
    ]  # fmt: skip


def rate(of: Measured) -> float:
    return of.many.rate


def _side_by_side(results: Results) -> Iterator[Budget]:
    bars = ((INBOX, FLOOR, 0.7), (INBOX, MERCURIUS, 1.0), (INBOX, POSTGRAPHILE, 1.25))
    for screen, other, least in (*bars, (REQUEST, FLOOR, 0.6)):
        if results.has(other, screen):
            ratio = results.median(OURS, screen, rate) / results.median(other, screen, rate)
            yield at_least(f"{screen}, requests/s beside {other}", ratio, least)
    if results.has(FLOOR, INBOX):
        mine, floor = (results.median(each, INBOX, lambda of: of.server) for each in (OURS, FLOOR))
        yield at_most(f"{INBOX}, processor beside {FLOOR}", mine / floor, 1.7, "×")


def _lists(waits: Mapping[int, Mapping[str, Load]]) -> Iterator[Budget]:
    shortest, longest = min(waits), max(waits)
    inbox = waits[longest]["inbox"].percentile(0.5)
    for name in AS_LONG_AS:
        ratio = waits[longest][name].percentile(0.5) / inbox
        yield at_most(f"{name}, p50 beside the inbox's", ratio, 2, "×")
    if longest > shortest:
        for name in AS_LONG_AS:
            late, early = (waits[size][name].percentile(0.95) for size in (longest, shortest))
            what = f"{name}, p95 at {longest:,} beside {shortest:,}"
            yield at_most(what, late / early, 2 if longest > 1_000_000 else 1.5, "×")
    for name, each in waits[longest].items():
        if name.startswith("boxCounts"):
            yield at_most(f"{name}, p50", each.percentile(0.5) * 1000, 5, "ms")


def _writes(found: Found) -> Iterator[Budget]:
    for name in ("submit", "decide"):
        if (beside := found.beside.get(f"{name}, one statement")) and name in found.written:
            ratio = found.written[name].acts.rate / beside.rate
            yield at_least(f"{name}, beside pgbench of its one statement", ratio, 0.6)


HELD, READY = 220, 4
"""Megabytes and seconds with the declarations, types and rulebooks of all areas."""


def _process(found: Found) -> Iterator[Budget]:
    others, results = found.others, found.results
    yield at_most("one authority decision", found.decision * 1e6, 3, "µs")
    yield at_most("what an introspection delays", others.delayed * 1000, 20, "ms")
    before, after = results.memory(OURS)
    yield at_most("memory after the start", before / 1e6, HELD, "MB")
    yield at_most("memory under load", after / 1e6, HELD, "MB")
    yield at_most("ready on a prepared database", min(results.ready[OURS]), READY, "s")
    yield at_most("inbox of 20, compressed", others.inbox_of_20 / 1000, 8, "kB")
    yield at_most("one request's screen, compressed", others.one_request / 1000, 12, "kB")
    yield at_most("counts that say another number", found.miscounted, 0, "counts")
    if SIZE in found.built:
        yield at_most(f"{SIZE:,} requests built", found.built[SIZE], BUILT_WITHIN, "s")
