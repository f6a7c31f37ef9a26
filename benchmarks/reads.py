"""Screens under load: every contender alone, in turn, over and over, once their answers agree."""

import statistics
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any

import orjson

from benchmarks.contenders import Contender, NotThere, Running, Used, running
from benchmarks.load import Load, Question, answer, load
from benchmarks.stage import Stage

CLIENTS = 8
AS_IT_IS: tuple[Callable[[Any], Any], Callable[[Any], Any]] = (lambda same: same,) * 2
WARM_UP = 1.5


@dataclass(frozen=True)
class Screen:
    """What is asked of whom; where another schema answers, `told` makes both answers alike."""

    name: str
    questions: Mapping[str, Question]
    told: Mapping[str, tuple[Callable[[Any], Any], Callable[[Any], Any]]] = field(
        default_factory=dict
    )


@dataclass(frozen=True)
class Measured:
    """One contender's answers to one screen in one round."""

    many: Load
    alone: Load
    used: Used

    @property
    def server(self) -> float:
        """Processor seconds of the server for one answer."""
        return self.used.server / len(self.many.took)

    @property
    def database(self) -> float:
        return self.used.database / len(self.many.took)


@dataclass
class Results:
    """All rounds by contender and screen, how each started, and where answers differ."""

    measured: dict[tuple[str, str], list[Measured]] = field(
        default_factory=lambda: defaultdict(list)
    )
    ready: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    resident: dict[str, list[tuple[float, float]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    differ: dict[tuple[str, str], str] = field(default_factory=dict)

    def median(self, name: str, screen: str, of: Callable[[Measured], float]) -> float:
        return statistics.median(of(each) for each in self.measured[name, screen])

    def memory(self, name: str) -> tuple[float, float]:
        """Bytes after the start and after the load, in the middle of the rounds."""
        before, after = zip(*self.resident[name], strict=True)
        return statistics.median(before), statistics.median(after)

    def has(self, name: str, screen: str) -> bool:
        return bool(self.measured.get((name, screen)))


async def rounds(
    stage: Stage,
    contenders: list[Contender],
    screens: list[Screen],
    *,
    number: int,
    seconds: float,
) -> Results:
    """So many rounds; the first contender's answers are what the others must say."""
    results = Results()
    expected: dict[str, Any] = {}
    for turn in range(number):
        # The order turns round, so that nobody is always measured on a warm machine.
        for contender in contenders if turn % 2 == 0 else contenders[::-1]:
            asked = [each for each in screens if contender.name in each.questions]
            try:
                await one_turn(stage, contenders[0], contender, asked, results, expected, seconds)
            except (NotThere, RuntimeError) as missing:
                if contender is contenders[0]:
                    raise
                for screen in asked:
                    results.differ[contender.name, screen.name] = str(missing)
    return results


async def one_turn(
    stage: Stage,
    ours: Contender,
    contender: Contender,
    asked: list[Screen],
    results: Results,
    expected: dict[str, Any],
    seconds: float,
) -> None:
    """A contender started alone: its answers are compared, then timed, and it is stopped."""
    name = contender.name
    with (stage.directory / f"{name}.log").open("ab") as log:
        async with running(contender, stage.server, log) as server:
            results.ready[name].append(server.ready)
            before = server.resident
            for screen in asked:
                said = orjson.loads(await answer(server.port, screen.questions[name]))
                said.pop("extensions", None)  # by which rules, which only this server tells
                mine, theirs = screen.told.get(name, AS_IT_IS)
                if contender is ours:
                    expected[screen.name] = said
                if found := difference(mine(expected[screen.name]), theirs(said)):
                    results.differ[name, screen.name] = found
            for screen in asked:
                if (name, screen.name) not in results.differ:
                    taken = await measure(server, screen.questions[name], seconds)
                    results.measured[name, screen.name].append(taken)
            results.resident[name].append((before, server.resident))


async def measure(server: Running, question: Question, seconds: float) -> Measured:
    wire = repeat(question.wire)
    await load(server.port, wire, clients=CLIENTS, seconds=WARM_UP)
    before = server.used()
    many = await load(server.port, wire, clients=CLIENTS, seconds=seconds)
    used = server.used() - before
    alone = await load(server.port, wire, clients=1, seconds=seconds / 2)
    if many.failed or alone.failed:
        raise RuntimeError(f"{server.contender.name} refused {many.failed + alone.failed} times")
    return Measured(many, alone, used)


def difference(ours: Any, theirs: Any, path: str = "") -> str:
    """Where two answers first say different things; nothing where they agree."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for name in [*ours, *(theirs.keys() - ours.keys())]:
            if found := difference(ours.get(name), theirs.get(name), f"{path}.{name}"):
                return found
        return ""
    if isinstance(ours, list) and isinstance(theirs, list):
        if len(ours) != len(theirs):
            return f"{path}: {len(ours)} against {len(theirs)}"
        for place, (one, other) in enumerate(zip(ours, theirs, strict=True)):
            if found := difference(one, other, f"{path}[{place}]"):
                return found
        return ""
    return "" if ours == theirs else f"{path}: {ours!r} against {theirs!r}"
