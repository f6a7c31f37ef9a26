"""The database is lost in the middle of an operation: typed, nothing half done, and repeatable."""

import os
import signal
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from resolvers.running.postgres_process import lives
from tests.office import Answer, Api, Visitor, leave
from tests.waiting import soon

SUBMIT = """mutation ($input: SubmitLeavePersonalInput!) { submitLeavePersonal(input: $input) {
  __typename ... on Submitted { request { number } } } }"""
QUERY = """{ viewer { name } boxCounts { count } requests(box: MINE) { edges { node { id } } }
  inbox { edges { node { id } } } }"""
OURS = "select pid from pg_stat_activity where application_name = 'guiju' and usename = 'guiju'"
MANY = 60


@dataclass
class Loss:
    """Every connection of the pool is lost before the statement of this number."""

    before: int
    backends: list[int]
    told: int = 0

    def __call__(self, _: str) -> None:
        self.told += 1
        if self.told == self.before:
            for each in self.backends:
                with suppress(ProcessLookupError):
                    os.kill(each, signal.SIGTERM)
            soon(lambda: not any(map(lives, self.backends)))


async def asked(api: Api, visitor: Visitor, before: int, query: str, **given: Any) -> Answer | None:
    """The answer to what loses its connections there; none where it was over before."""
    database = api.services.database
    loss = Loss(before, [row["pid"] for row in await api.rows(OURS)])
    telling, database.observe = database.observe, loss
    try:
        answer = await visitor.ask(query, given or None)
    finally:
        database.observe = telling
    api.logged.clear()
    return answer if loss.told >= before else None


def must_be_told(answer: Answer) -> None:
    assert answer.status == 503
    assert set(answer.codes) == {"STORE_UNAVAILABLE"}


async def test_before_whichever_statement_a_mutation_loses_it_all_the_repeat_is_whole(
    api: Api,
) -> None:
    staff = await api.person("staff@hrss-bureau")
    for before in range(1, MANY):
        day = f"2026-{3 + before // 20:02}-{1 + before % 20:02}"
        given = {**leave(day), "idempotencyKey": f"lost-{before}"}
        earlier = await api.counts()
        answer = await asked(api, staff, before, SUBMIT, input=given)
        if answer is None:
            break
        must_be_told(answer)
        assert await api.counts() == earlier
        told = await staff.one(SUBMIT, {"input": given})
        assert await staff.one(SUBMIT, {"input": given}) == told
    assert 2 < before < MANY
    assert await api.value("select count(*) from answers where idempotency_key like 'lost-%'") > 0


async def test_before_whichever_statement_a_query_loses_it_all_it_says_so(api: Api) -> None:
    staff = await api.person("staff@hrss-bureau")
    for before in range(1, MANY):
        answer = await asked(api, staff, before, QUERY)
        if answer is None:
            break
        must_be_told(answer)
        assert (await staff.ask(QUERY)).status == 200
    assert 2 < before < MANY
