"""One client's waits by the length of the book, and what else a person opens in a day."""

from collections.abc import Mapping
from contextlib import AsyncExitStack
from datetime import date, timedelta
from itertools import repeat

from benchmarks.asking import OFFICE
from benchmarks.books import PAGES
from benchmarks.contenders import running
from benchmarks.documents import COUNTS, INBOX, LISTS, PREVIEW, REQUEST, ROUTE, VIEWER
from benchmarks.load import Load, Question, answer, load
from benchmarks.screens import ours, whole_request
from benchmarks.stage import Stage
from benchmarks.stories import READER, leave

TIMES, TURNS = 160, 4
WARM_UP = 15
LONGEST = 12.0
"""Seconds at most for one list of one length."""

WHO = {
    "HANDLED": "director", "UNIT": "director", "MINE": "guo.xiaoyan", "COPIED": READER,
    "text that is rare": "director", "text that is common": "director",
}  # fmt: skip


def questions(tokens: Mapping[str, str], request: str) -> dict[str, Question]:
    reader = tokens[READER]
    asked = {"inbox": Question(INBOX, reader)}
    for name, query in LISTS.items():
        asked[name] = Question(query, tokens[WHO[name]])
    for role in ("director", "section_chief", "guo.xiaoyan"):
        asked[f"boxCounts of {role}"] = Question(COUNTS, tokens[role])
    asked["one request"] = Question(REQUEST, reader, {"id": request})
    asked["viewer"] = Question(VIEWER, reader)
    route = {"institution": OFFICE, "kind": "LEAVE_PERSONAL", "facts": {"days": "5"}}
    asked["a route of facts"] = Question(ROUTE, reader, {"input": route})
    filled = {"kind": "LEAVE_PERSONAL", "form": {**leave(next_monday()), "explanation": "回乡探望"}}
    asked["a form's preview"] = Question(PREVIEW, tokens["guo.xiaoyan"], {"input": filled})
    for name, (role, query) in PAGES.items():
        asked[name] = Question(query, tokens[role])
    return asked


def next_monday() -> date:
    """A day of the next week, on which nobody is away yet."""
    today = date.today()  # noqa: DTZ011
    return today + timedelta(7 - today.weekday())


async def waits(stages: list[Stage]) -> dict[int, dict[str, Load]]:
    """How long one client waits for each, alone, at every length of the book.

    The lengths take turns within each list, so that what else the machine does falls on all alike.
    """
    async with AsyncExitStack() as stack:
        asked, servers = {}, {}
        for stage in stages:
            size = stage.place.size
            log = stack.enter_context((stage.directory / "lists.log").open("ab"))
            servers[size] = await stack.enter_async_context(running(ours(stage), stage.server, log))
            asked[size] = questions(stage.tokens, await whole_request(stage))
        found: dict[int, dict[str, Load]] = {size: {} for size in servers}
        for name in asked[min(asked)]:
            for size, server in servers.items():
                await answer(server.port, asked[size][name])
                await _some(server.port, asked[size][name], WARM_UP)
            taken: dict[int, list[Load]] = {size: [] for size in servers}
            for _ in range(TURNS):
                for size, server in servers.items():
                    some = await _some(server.port, asked[size][name], TIMES // TURNS)
                    taken[size].append(some)
            for size, parts in taken.items():
                found[size][name] = Load(
                    tuple(took for part in parts for took in part.took),
                    sum(part.seconds for part in parts),
                )
        return found


async def _some(port: int, question: Question, number: int) -> Load:
    wires = repeat(question.wire)
    return await load(port, wires, clients=1, seconds=LONGEST / TURNS, most=number)
