"""What is measured once: bytes on the wire, what an introspection delays, memory and the start."""

import asyncio
from dataclasses import dataclass
from time import perf_counter

from graphql import get_introspection_query

from benchmarks.contenders import running
from benchmarks.documents import SCREEN, SCREEN_OF_20, VIEWER
from benchmarks.load import Line, Question, answer, refused
from benchmarks.screens import ours, whole_request
from benchmarks.stage import Stage
from benchmarks.stories import READER

TIMES = 3


@dataclass(frozen=True)
class Others:
    """Bytes of two answers as they are sent, and the longest that somebody else waited, seconds."""

    inbox_of_20: int
    one_request: int
    undisturbed: float
    delayed: float
    introspection: float


async def others(stage: Stage) -> Others:
    token = stage.tokens[READER]
    request = {"id": await whole_request(stage)}
    with (stage.directory / "others.log").open("ab") as log:
        async with running(ours(stage), stage.server, log) as server:
            small = Question(SCREEN_OF_20, token, encoding="gzip")
            screen = Question(SCREEN, token, request, encoding="gzip")
            sizes = [len(await answer(server.port, each)) for each in (small, screen)]
            # What others do on the machine delays everybody as well: the quietest time counts.
            alone = min([await delays(server.port, token, 0) for _ in range(TIMES)])
            asked = [await delays(server.port, token, each + 1) for each in range(TIMES)]
    delayed, took = min(each[0] for each in asked), max(each[1] for each in asked)
    return Others(sizes[0], sizes[1], alone[0], delayed, took)


async def delays(port: int, token: str, place: int) -> tuple[float, float]:
    """The longest that one client waited while another read the schema, by a new document.

    With 0, nobody reads it.
    """
    line, reading = await Line.to(port), await Line.to(port)
    viewer = Question(VIEWER, token).wire
    await line.ask(viewer)
    document = f"# asked for the {place}. time\n{get_introspection_query()}"
    over = asyncio.Event()
    longest = took = 0.0

    async def ask_all_along() -> None:
        nonlocal longest
        while not over.is_set():
            begun = perf_counter()
            await line.ask(viewer)
            longest = max(longest, perf_counter() - begun)

    asks = asyncio.create_task(ask_all_along())
    await asyncio.sleep(0.3)
    if place:
        begun = perf_counter()
        if refused(*await reading.ask(Question(document, token).wire)):
            raise RuntimeError("the schema is not told")
        took = perf_counter() - begun
    await asyncio.sleep(0.3)
    over.set()
    await asks
    await line.close()
    await reading.close()
    return longest, took
