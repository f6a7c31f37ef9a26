"""A submission and a decision read once and write once, as the driver of the database hears it."""

import asyncio
from typing import Any

import pytest

from resolvers.ground import ledger
from resolvers.ground.keep_statement import DECIDE, SUBMIT
from tests.correspondence import BIRTH_DATE
from tests.office import Api, Visitor, leave
from tests.papers import demanded

POLICE = "household-registration"
WARM = "{ viewer { name } }"
OWN = ("begin", "commit", "rollback")
"""What a transaction says of itself."""

REPORT = ("hrss-bureau", "research.report", {"explanation": "一季度人才工作"})
WITH_CLOCKS = (POLICE, "household.birth_date", BIRTH_DATE)
OUTING = ("hrss-bureau", "leave.sick", leave("2026-03-16", "2026-03-18"))
KINDS = (REPORT, WITH_CLOCKS)


@pytest.fixture(autouse=True)
async def no_second_passes(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    """A calendar is read anew every second, which is not what is counted here."""
    monkeypatch.setattr(api.services.calendars, "_clock", lambda: 0.0)


@pytest.fixture
async def heard(api: Api) -> list[str]:
    """Every statement that the driver sends, but for those that open and end a transaction."""
    said: list[str] = []

    def hear(query: Any) -> None:
        if not query.query.startswith(OWN):
            said.append(query.query)

    async with api.services.database.pool.acquire() as connection:
        # The pool gives out first what came back last, and one act needs no second connection.
        connection.add_query_logger(hear)
    return said


async def submitted(visitor: Visitor, of: tuple[str, str, dict[str, Any]]) -> Any:
    institution, kind, form = of
    request = await visitor.submit(kind, {**form, "attachments": demanded(institution, kind)})
    assert "steps" in request, request
    return request


def papers_cost(of: tuple[str, str, dict[str, Any]]) -> int:
    """Papers are looked up once, and given to the request once."""
    return 2 if demanded(*of[:2]) else 0


async def takers(api: Api, request: Any) -> tuple[Visitor, str]:
    """Somebody whose turn it is, and the step."""
    [step, *_] = [each for each in request["steps"] if each["status"] == "OPEN"]
    account = step["waitingFor"][0]["holders"][0]["account"]
    return await api.person(account), step["id"]


async def test_leave_is_kept_with_its_absence_and_its_clocks(api: Api, heard: list[str]) -> None:
    staff = await api.person("staff@hrss-bureau")
    await submitted(staff, OUTING)
    await api.empty("absences")
    heard.clear()
    request = await submitted(staff, OUTING)
    assert len(heard) == 2 + papers_cost(OUTING), heard
    chief, step = await takers(api, request)
    await chief.ask(WARM)
    heard.clear()
    assert (await chief.decide(step))["status"] == "PENDING"
    assert len(heard) == 2, heard


@pytest.mark.parametrize("of", KINDS, ids=lambda each: each[1])
async def test_an_act_reads_once_and_writes_once(
    api: Api, heard: list[str], of: tuple[str, str, dict[str, Any]]
) -> None:
    staff = await api.person(f"staff@{of[0]}")
    await submitted(staff, of)
    heard.clear()
    request = await submitted(staff, of)
    assert len(heard) == 2 + papers_cost(of), heard
    while request["status"] == "PENDING":
        chief, step = await takers(api, request)
        [turn] = [each for each in request["steps"] if each["id"] == step]
        if not chief.account.endswith(of[0]) or (of is WITH_CLOCKS and turn["act"] == "APPROVE"):
            break  # whoever decides elsewhere is answered at home as well; a survey is looked for
        await chief.ask(WARM)
        heard.clear()
        request = await chief.decide(step)
        assert len(heard) == 2, heard


async def test_a_plain_act_runs_the_statement_that_bears_its_name(
    api: Api, heard: list[str]
) -> None:
    staff = await api.person("staff@hrss-bureau")
    request = await submitted(staff, REPORT)
    assert heard[-1] == SUBMIT.sql
    chief, step = await takers(api, request)
    await chief.decide(step)
    assert heard[-1] == DECIDE.sql


async def test_what_an_act_is_answered_the_second_time_takes_one_statement(
    api: Api, heard: list[str]
) -> None:
    staff = await api.person("staff@hrss-bureau")
    request = await submitted(staff, REPORT)
    chief, step = await takers(api, request)
    first = await chief.decide(step, key="once")
    heard.clear()
    assert await chief.decide(step, key="once") == first
    assert len(heard) == 1, heard


async def test_an_administrator_and_their_colleagues_submit_without_waiting_in_a_circle(
    api: Api,
) -> None:
    admin, staff = [await api.person(f"{role}@hrss-bureau") for role in ("policy_admin", "staff")]
    own = await admin.one("{ viewer { seats { id } } }")
    form = {"explanation": "情况", "asSeat": own["seats"][0]["id"]}
    both = [each for _ in range(8) for each in ((admin, form), (staff, REPORT[2]))]
    answers = await asyncio.gather(*(who.submit(REPORT[1], given) for who, given in both))
    assert {each.get("code", "kept") for each in answers} == {"kept"}
    assert len({each["number"] for each in answers}) == len(both)


async def test_a_clock_that_moves_while_an_act_waits_is_stopped_as_it_then_stands(
    api: Api,
) -> None:
    request = await submitted(await api.person(f"staff@{POLICE}"), WITH_CLOCKS)
    running = "select count(*) from clocks where ended_at is null"
    assert await api.value(running) > 0
    chief, step = await takers(api, request)
    await chief.ask(WARM)
    warned = "update clocks set warned_at = $1 where ended_at is null"
    async with api.services.database.transaction(POLICE) as transaction:
        await ledger.hold(transaction, POLICE)
        deciding = asyncio.create_task(chief.decide(step, "REJECT", comment="材料不齐"))
        done, _ = await asyncio.wait({deciding}, timeout=0.5)
        assert not done
        await api.run(warned, api.now)
    assert (await deciding)["status"] == "REJECTED"
    assert await api.value(running) == 0
    assert await api.value("select bool_and(warned_at = $1) from clocks", api.now)
