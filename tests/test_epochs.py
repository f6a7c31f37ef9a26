"""Answers tell by which rules they were judged, never by older ones than the client has seen."""

import asyncio
from typing import Any

import asyncpg
import pytest

from tests.office import Api, Visitor, leave

ME = "{ viewer { name } }"
RAISE = """update institutions set policy_epoch = policy_epoch + 1
           where institution_id = 'hrss-bureau' returning policy_epoch"""


async def answered(who: Visitor, **headers: str) -> Any:
    given = {"authorization": f"Bearer {who.token}", **headers}
    return await who.api.client.post("/graphql", json={"query": ME}, headers=given)


async def test_an_answer_tells_how_often_the_rules_have_changed(api: Api) -> None:
    staff = await api.person("staff@hrss-bureau")
    before = (await answered(staff)).json()["extensions"]["epoch"]
    [row] = await api.rows(RAISE)
    assert row[0] == before + 1
    assert (await answered(staff)).json()["extensions"] == {"epoch": before + 1}


async def test_rules_older_than_the_client_has_seen_answer_nothing(api: Api) -> None:
    staff = await api.person("staff@hrss-bureau")
    epoch = (await answered(staff)).json()["extensions"]["epoch"]
    assert (await answered(staff, **{"x-guiju-epoch": str(epoch)})).json()["data"]["viewer"]
    waiting = asyncio.create_task(answered(staff, **{"x-guiju-epoch": str(epoch + 1)}))
    await asyncio.sleep(0.2)
    assert not waiting.done()
    await api.rows(RAISE)
    assert (await waiting).json()["extensions"] == {"epoch": epoch + 1}
    [error] = (await answered(staff, **{"x-guiju-epoch": "999999999"})).json()["errors"]
    assert error["extensions"]["code"] == "OLDER_THAN_SEEN"


@pytest.mark.parametrize("header", ["-1", "1.5", "0x1", "1" * 10, "epoch"])
async def test_what_is_no_epoch_is_refused_before_anything_is_read(api: Api, header: str) -> None:
    staff = await api.person("staff@hrss-bureau")
    answer = await answered(staff, **{"x-guiju-epoch": header})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["extensions"]["code"] == "NOT_AN_EPOCH"


@pytest.mark.parametrize("what", ["policy_epoch", "organisation_epoch"])
async def test_what_waited_for_the_chain_while_rules_or_office_changed_is_judged_anew(
    api: Api, owner_url: str, what: str
) -> None:
    staff = await api.person("staff@hrss-bureau")
    kept: list[str] = []
    owner = await asyncpg.connect(owner_url)
    change = owner.transaction()
    await change.start()
    await owner.execute("select set_config('guiju.institution', 'hrss-bureau', true)")
    await owner.execute("select ledger_hold('hrss-bureau')")
    observed = api.services.database.observe
    api.services.database.observe = lambda sql: kept.append(sql) if "judged_still" in sql else None
    try:
        asking = asyncio.create_task(staff.submit("leave.personal", leave("2026-03-09")))
        while not kept:
            await asyncio.sleep(0.01)
        await owner.execute(
            f"update institutions set {what} = {what} + 1 where institution_id = 'hrss-bureau'"
        )
        await change.commit()
        assert (await asking)["number"]
    finally:
        api.services.database.observe = observed
        await owner.close()
    assert len(kept) == 2, "the first was ended when it held the chain"
