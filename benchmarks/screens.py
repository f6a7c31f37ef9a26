"""The screens that are measured side by side, and the two contenders that are our own."""

import sys
from base64 import b64encode

from benchmarks import peers
from benchmarks.asking import SECRET
from benchmarks.contenders import Contender
from benchmarks.documents import INBOX, REQUEST
from benchmarks.load import Question
from benchmarks.reads import Screen
from benchmarks.stage import Stage, value
from benchmarks.stories import READER

OURS, FLOOR = "Guiju", "floor"
WHOLE = """
  select l.request from ledger l
  where l.event = 'decided' and exists (
    select from steps t where cast(t.request_id as text) = l.request and t.decided_by = (
      select person_id from accounts where account = '{reader}'))
  group by l.request order by count(*) desc, l.request limit 1"""
"""A request that took many turns, one of them by the reader."""


def ours(stage: Stage) -> Contender:
    """This server as it is shipped."""
    surroundings = {
        "GUIJU_DATABASE_URL": stage.database.app_url,
        "GUIJU_TOKEN_SECRET": SECRET,
        "DATA_DIR": str(stage.directory),
    }
    alive = Question("{ __typename }", stage.tokens[READER])
    return Contender(OURS, (sys.executable, "-m", "schema", "serve"), surroundings, alive)


def floor(stage: Stage) -> Contender:
    surroundings = {
        "DATABASE_URL": stage.database.app_url,
        "WORDS": str(stage.directory / "words.json"),
    }
    alive = Question(INBOX, stage.tokens[READER])
    return Contender(FLOOR, (sys.executable, "-m", "benchmarks.floor"), surroundings, alive)


async def whole_request(stage: Stage) -> str:
    """The global id of a request with a long way behind it."""
    key = await value(stage, WHOLE.format(reader=f"{READER}@hrss-bureau"))
    return b64encode(f"Request:{key}".encode()).decode()


async def screens(stage: Stage) -> list[Screen]:
    token = stage.tokens[READER]
    inbox = Question(INBOX, token)
    whole = Question(REQUEST, token, {"id": await whole_request(stage)})
    return [
        Screen(
            "inbox",
            {
                OURS: inbox, FLOOR: inbox, peers.MERCURIUS: inbox,
                peers.POSTGRAPHILE: Question(peers.DOCUMENTS[peers.POSTGRAPHILE], token),
            },
            {peers.POSTGRAPHILE: (peers.of_screen, peers.of_tables)},
        ),
        Screen("request", {OURS: whole, FLOOR: whole}),
    ]  # fmt: skip
