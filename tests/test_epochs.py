"""Answers tell by which rules they were judged, never by older ones than the client has seen."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import asyncpg
import pytest

from tests.moving import do
from tests.office import Api, Visitor, leave
from tests.waiting import until

Act = Callable[[Visitor], Awaitable[Any]]
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


async def goes(who: Visitor) -> Any:
    return await who.submit("leave.personal", leave("2026-03-09"))


async def organises(who: Visitor) -> Any:
    [root] = [e for e in await who.one("{ units { id parentId } }") if e["parentId"] is None]
    return await do(who, "addUnit", name="临时股", parentId=root["id"])


HERE = "where institution_id = 'hrss-bureau'"
RULES = f"update institutions set policy_epoch = policy_epoch + 1 {HERE}"
OFFICE = f"update institutions set organisation_epoch = organisation_epoch + 1 {HERE}"
HOLDS = "select ledger_hold('hrss-bureau')"
WAITING = """select count(*) from pg_stat_activity
             where datname = current_database() and wait_event_type = 'Lock'"""


@pytest.mark.parametrize(
    ("role", "act", "held", "then"),
    [
        ("staff", goes, HOLDS, RULES),
        ("staff", goes, HOLDS, OFFICE),
        # Who changes the office waits for its row before the chain.
        ("system_admin", organises, RULES, HOLDS),
    ],
)
async def test_what_waited_while_rules_or_office_changed_is_judged_anew(
    posts: Api, owner_url: str, role: str, act: Act, held: str, then: str
) -> None:
    who = await posts.person(f"{role}@hrss-bureau")
    kept: list[str] = []
    owner = await asyncpg.connect(owner_url)
    change = owner.transaction()
    await change.start()
    await owner.execute("select set_config('guiju.institution', 'hrss-bureau', true)")
    await owner.execute(held)
    observed = posts.services.database.observe
    posts.services.database.observe = lambda sql: (
        kept.append(sql) if "judged_still" in sql else None
    )
    try:
        asking = asyncio.create_task(act(who))
        await until(lambda: posts.value(WAITING))
        await owner.execute(then)
        await change.commit()
        told = await asking
        assert told["__typename"] != "Refusal", told
    finally:
        posts.services.database.observe = observed
        await owner.close()
        await posts.run("delete from units where name = '临时股'")
    assert len(kept) == 2, "the first was ended when it held the chain"


async def test_a_page_of_the_server_asks_for_no_epoch(api: Api) -> None:
    for path in ("/welcome/hrss-bureau.x", "/healthz", "/oidc/hrss-bureau/start"):
        answer = await api.client.get(path, headers={"x-guiju-epoch": "epoch"})
        assert answer.status_code in (200, 404), path
