"""Clocks touched by several at one moment, or by a worker that dies: each takes effect once."""

import asyncio
from contextlib import suppress

from domain.time.calendar import calendar_of, national_days
from resolvers.ground import ledger
from resolvers.time.clock_jobs import end
from resolvers.time.clock_rows import recount
from resolvers.time.clocks import happened
from tests.clock_office import CENTRE, acting, change, complain, only, told
from tests.office import Api


async def about(api: Api) -> dict[str, str]:
    return {"institution": CENTRE, "clock": str(await api.value("select id from clocks"))}


async def test_what_is_answered_while_its_clock_runs_out_is_answered(api: Api):
    subject = await complain(api)
    clerk = await api.person(f"complaint_clerk@{CENTRE}")
    clock = await about(api)
    await api.wait(days=10)
    async with acting(clerk) as context:
        # A decision is on record already, in this very transaction.
        await ledger.append(context.transaction, CENTRE, "decided", context.now, {})
        job = asyncio.create_task(end(api.services, clock))
        done, _ = await asyncio.wait({job}, timeout=0.3)
        assert not done
        async with asyncio.timeout(60):
            await happened(context, ["complaint.case.answered"], subject)
    await job
    assert (await only(clerk))["state"] == "DONE"
    assert await told(api, "CLOCK_EXPLAIN") == 0


async def test_a_calendar_is_changed_while_clocks_run_out(api: Api):
    for _ in range(5):
        await complain(api)
    await api.wait(days=10)
    clocks = [
        {"institution": CENTRE, "clock": str(row["id"])}
        for row in await api.rows("select id from clocks")
    ]
    calendar = calendar_of(national_days())

    async def changed() -> None:
        async with api.services.database.transaction(CENTRE) as transaction:
            await ledger.hold(transaction, CENTRE)
            await recount(transaction, api.services, CENTRE, calendar, api.now)
            await ledger.append(transaction, CENTRE, "calendar_changed", api.now, {})

    async with asyncio.timeout(60):
        await asyncio.gather(changed(), *(end(api.services, each) for each in clocks), changed())
    assert await told(api, "CLOCK_EXPLAIN") == 5


async def test_of_a_pause_and_the_last_moment_one_comes_first(api: Api):
    await complain(api)
    clerk = await api.person(f"complaint_clerk@{CENTRE}")
    clock = await only(clerk)
    other = await about(api)
    given = {"clockId": clock["id"], "reason": "等材料"}
    paused, again, _ = await asyncio.gather(
        change(clerk, "pauseClock", **given),
        change(clerk, "pauseClock", **given),
        end(api.services, other),
    )
    answers = sorted(each.get("state", each.get("code")) for each in (paused, again))
    assert answers == ["CLOCK_PAUSED", "PAUSED"]
    assert [each["what"] for each in (await only(clerk))["changes"]] == ["started", "paused"]


class Died(Exception):
    """The worker is gone, at this very statement."""


async def test_whatever_the_statement_a_worker_dies_at_a_clock_runs_out_whole_or_not(api: Api):
    await complain(api)
    clock = await about(api)
    await api.wait(days=10)
    database, deaths = api.services.database, 0
    telling = database.observe
    while await api.value("select state from clocks") == "running":
        left = deaths

        def die(_: str) -> None:
            nonlocal left
            if left == 0:
                raise Died
            left -= 1

        database.observe = die
        with suppress(Died):
            await end(api.services, clock)
        database.observe = telling
        deaths += 1
        assert deaths < 30
        if await api.value("select state from clocks") == "running":
            assert await told(api, "CLOCK_EXPLAIN") == 0
            assert await api.value("select count(*) from clock_changes where what = 'expired'") == 0
    assert deaths > 5
    assert await told(api, "CLOCK_EXPLAIN") == 1
    await api.clocks()
    assert await told(api, "CLOCK_EXPLAIN") == 1
