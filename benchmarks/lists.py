"""One client's waits by the length of the book, and what else a person opens in a day."""

from collections.abc import Mapping
from itertools import repeat

from benchmarks.books import PAGES
from benchmarks.contenders import running
from benchmarks.documents import COUNTS, INBOX, LISTS, REQUEST, VIEWER
from benchmarks.load import Load, Question, answer, load
from benchmarks.screens import ours, whole_request
from benchmarks.stage import Stage
from benchmarks.stories import READER

TIMES = 60
WARM_UP = 15
LONGEST = 12.0
"""Seconds at most for one list."""

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
    for name, (role, query) in PAGES.items():
        asked[name] = Question(query, tokens[role])
    return asked


async def waits(stage: Stage) -> dict[str, Load]:
    """How long one client waits for each, alone."""
    asked = questions(stage.tokens, await whole_request(stage))
    with (stage.directory / "lists.log").open("ab") as log:
        async with running(ours(stage), stage.server, log) as server:
            found = {}
            for name, question in asked.items():
                wire = repeat(question.wire)
                await answer(server.port, question)
                await load(server.port, wire, clients=1, seconds=LONGEST / 3, most=WARM_UP)
                found[name] = await load(server.port, wire, clients=1, seconds=LONGEST, most=TIMES)
            return found
