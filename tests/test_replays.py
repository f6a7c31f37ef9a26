"""A draft is replayed on stored requests as a job: watched, ended, and the same every time."""

import asyncio
import json
from typing import Any

from resolvers.running.worker import run_due
from tests.drafting import (
    CITE,
    DRAFT,
    INTERPRETED,
    KIND,
    SPENT,
    administrators,
    centre,
    drafted,
    enacted,
)
from tests.moving import do
from tests.office import REFUSAL, Api, Visitor, problems

__all__ = ["centre"]

RESULT = """requests changed digest
  byKindAndUnit { kind unit changed intoGap outOfGap gaps } signatures { role more byUnit { more } }
  authority { role of act gained lost } cases { of state cases today number }"""
JOB = f"""__typename ... on ReplayJob {{ id state done total stale problem result {{ {RESULT} }} }}
  ... on Refusal {{ {REFUSAL} }}"""
MANY = """set session_replication_role = replica;
  insert into requests select (jsonb_populate_record(r, jsonb_build_object(
    'id', gen_random_uuid(), 'number', 'M' || n) || '{said}')).*
  from requests r, generate_series(1, {many}) n where r.id = '{id}';
  set session_replication_role = origin"""


async def begun(who: Visitor, draft: Any, **given: Any) -> Any:
    today = who.api.now.date().isoformat()
    period = {"from": today, "to": today, **given}
    return await do(who, "startReplay", JOB, draftId=draft["id"], **period)


async def looked_at(who: Visitor, job: Any) -> Any:
    query = f"query ($id: ID!) {{ replayJob(replayId: $id) {{ {JOB} }} }}"
    return await who.one(query, {"id": job["id"]})


async def many_more(api: Api, many: int, **said: Any) -> None:
    """As many requests as this beside the one that there is, alike but for what is said."""
    [one] = await api.rows("select id from requests")
    await api.run(MANY.format(many=many, id=one["id"], said=json.dumps(said)))


async def test_a_job_tells_what_would_change_and_the_same_each_time(centre: Api) -> None:
    admin, _ = await administrators(centre)
    clerk = await centre.person("staff@service-centre")
    back = await enacted(centre, INTERPRETED)
    await clerk.submit(KIND, SPENT)
    gone = await do(admin, "startDraft", DRAFT, like=back["base"])
    same = await drafted(admin, [])
    told = []
    for draft in (gone, gone, same):
        job = await begun(admin, draft)
        assert (job["state"], job["result"]) == ("WAITING", None)
        await run_due(centre.services)
        told.append(await looked_at(admin, job))
    first, second, equal = told
    assert first["result"] == second["result"]
    assert (first["state"], first["done"], first["total"], first["stale"]) == ("DONE", 1, 1, False)
    [changed] = first["result"]["byKindAndUnit"]
    assert (changed["kind"], changed["changed"], changed["intoGap"]) == (KIND, 1, 1)
    assert len(changed["gaps"]) == 1
    [signed] = first["result"]["signatures"]
    assert (signed["role"], signed["more"]) == ("finance_deputy", -1)
    assert first["result"]["authority"] == [
        {"role": "finance_deputy", "of": KIND, "act": "approve", "gained": 0, "lost": 1}
    ]
    nothing = equal["result"]
    assert (nothing["requests"], nothing["changed"], nothing["signatures"]) == (1, 0, [])
    assert (nothing["authority"], nothing["cases"]) == ([], [])


async def test_a_draft_that_changes_meanwhile_is_not_replayed_or_leaves_a_stale_result(
    centre: Api,
) -> None:
    admin, _ = await administrators(centre)
    draft = await drafted(admin, INTERPRETED)
    job = await begun(admin, draft)
    cite = {**CITE, "clause": "interpretation/96"}
    more = [{"file": "clauses", "add": cite}]
    await do(admin, "changeDraft", DRAFT, draftId=draft["id"], changes=more)
    await run_due(centre.services)
    told = await looked_at(admin, job)
    assert (told["state"], told["stale"], told["result"]) == ("FAILED", True, None)
    assert "草案已有改动" in told["problem"]
    job = await begun(admin, draft)
    await run_due(centre.services)
    back = [{"file": "clauses", "remove": cite}]
    await do(admin, "changeDraft", DRAFT, draftId=draft["id"], changes=back)
    told = await looked_at(admin, job)
    assert (told["state"], told["stale"]) == ("DONE", True)


async def test_a_job_is_ended_where_it_is_and_another_waits_for_no_second_one(
    centre: Api,
) -> None:
    admin, second = await administrators(centre)
    await enacted(centre, INTERPRETED)
    await (await centre.person("staff@service-centre")).submit(KIND, SPENT)
    await many_more(centre, 8_000)
    draft = await drafted(admin, [{"file": "finance", "add": _also()}])
    job = await begun(admin, draft)
    assert (await begun(second, draft))["code"] == "REPLAY_GOES_ON"
    running = asyncio.create_task(run_due(centre.services))
    while not (told := await looked_at(admin, job))["done"]:
        await asyncio.sleep(0)
    assert told["state"] == "RUNNING"
    ended = await do(second, "cancelReplay", JOB, replayId=job["id"])
    assert ended["state"] == "CANCELLED"
    await running
    told = await looked_at(admin, job)
    assert (told["state"], told["result"]) == ("CANCELLED", None)
    assert 0 < told["done"] <= told["total"] == 8_001
    again = await do(second, "cancelReplay", JOB, replayId=job["id"])
    assert problems(again) == {("replayId", "REPLAY_ENDED")}
    assert (await begun(second, draft))["state"] == "WAITING"


async def test_a_job_that_meets_a_bug_fails_at_once_and_leaves_the_way_free(centre: Api) -> None:
    admin, _ = await administrators(centre)
    await enacted(centre, INTERPRETED)
    await (await centre.person("staff@service-centre")).submit(KIND, SPENT)
    await many_more(centre, 1, facts={"amount": "many"})
    draft = await drafted(admin, [{"file": "finance", "add": _also()}])
    job = await begun(admin, draft)
    await run_due(centre.services)
    told = await looked_at(admin, job)
    assert (told["state"], told["result"]) == ("FAILED", None)
    assert "系统出错" in told["problem"]
    assert (await begun(admin, draft))["state"] == "WAITING"
    assert [each["replay"] for each in centre.unexpected] == [told["problem"][-37:-1]]
    centre.logged.clear()


def _also() -> dict[str, str]:
    own = dict(INTERPRETED[2]["add"])  # type: ignore[call-overload]
    return {**own, "order": "2", "role": "director"}


async def test_a_period_that_is_none_and_strangers_are_refused(centre: Api) -> None:
    admin, _ = await administrators(centre)
    draft = await drafted(admin, INTERPRETED)
    wrong = {"from": "2026-02-02", "to": "2026-02-01"}
    assert problems(await begun(admin, draft, **wrong)) == {("to", "REPLAY_ENDS_FIRST")}
    long = {"from": "2020-01-01", "to": "2026-01-01"}
    assert problems(await begun(admin, draft, **long)) == {("to", "REPLAY_TOO_LONG")}
    job = await begun(admin, draft)
    other = await centre.person("policy_admin@hrss-bureau")
    assert problems(await do(other, "cancelReplay", JOB, replayId=job["id"])) == {
        ("replayId", "REPLAY_NOT_FOUND")
    }
