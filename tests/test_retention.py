"""Retention is an act: due, proposed, decided, destroyed by list; nothing that is held ever is."""

import asyncio
from datetime import datetime, timedelta
from random import Random
from typing import Any

import asyncpg
import orjson
import pytest

from domain.ledger import line
from domain.records import retention
from domain.time.moments import OFFICE_TIME
from resolvers.ground import ledger
from resolvers.records import retention_rows
from resolvers.time import sweeps
from schema.ground.ids import global_id, read_id
from tests.moving import do
from tests.office import Api, Visitor, leave, problems
from tests.records import records
from tests.sending import docx, send
from tests.test_living_acts import HRSS

CLAUSE = "interpretation/311"
DUE = """query ($first: Int, $after: String) { dueRecords(first: $first, after: $after) {
  edges { node { id of title number begunOn endedOn keptUntil period digest } }
  pageInfo { hasNextPage endCursor } } }"""
HOLD = "id of recordId reason heldBy liftedBy"
HELD = f"__typename ... on RecordsHeld {{ holds {{ {HOLD} }} }}"
LIFTED = f"__typename ... on HoldLifted {{ hold {{ {HOLD} }} }}"
REFUSED = " ... on Refusal { code problems { path code } }"
PROPOSED = "__typename ... on Administered { waits { id said state } }" + REFUSED
DIES = "select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'PgSleep'"
PAST = datetime(2037, 3, 2, 9, tzinfo=OFFICE_TIME)


class Archive:
    """The office ten years later: who appraises, and who decides."""

    def __init__(self, api: Api, clerk: Visitor, leader: Visitor) -> None:
        self.api, self.clerk, self.leader = api, clerk, leader

    async def due(self, first: int = 100) -> list[Any]:
        found: list[Any] = []
        after = None
        while True:
            page = await self.clerk.one(DUE, {"first": first, "after": after})
            found += [edge["node"] for edge in page["edges"]]
            if not page["pageInfo"]["hasNextPage"]:
                return [each for each in found if each["of"] == "leave.personal"]
            after = page["pageInfo"]["endCursor"]

    async def propose(self, *ids: str, **more: Any) -> Any:
        asked = {"records": list(ids), "clause": CLAUSE, "reason": "保管期满", **more}
        return await do(self.clerk, "proposeDestruction", PROPOSED, **asked)

    async def confirm(self, proposed: Any) -> Any:
        return await do(self.leader, "confirmAct", PROPOSED, actId=proposed["waits"]["id"])

    async def hold(self, **what: Any) -> Any:
        return await do(self.clerk, "holdRecords", HELD + REFUSED, reason="诉讼期间", **what)

    async def left(self, *ids: str) -> dict[str, int]:
        """How many rows of each table speak of these requests."""
        keys = [read_id(each)[1] for each in ids]
        told = {}
        for each in (*retention_rows.PARTS, {"table": "requests", "column": "id"}):
            if "of" not in each:
                of = (
                    f"select count(*) from {each['table']} where {each['column']} = any($1::uuid[])"
                )
                told[f"{each['table']}.{each['column']}"] = await self.api.value(of, keys)
        return told


@pytest.fixture
async def over(api: Api) -> list[str]:
    """Two requests that were decided, one with a paper and a comment, and a draft."""
    staff = await api.person(f"staff@{HRSS}")
    chief = await api.person(f"section_chief@{HRSS}")
    upload = await send(staff, "证明.docx", docx())
    form = {**leave("2026-03-09"), "attachments": [{"upload": upload["id"]}]}
    first = await staff.submit("leave.personal", form)
    await chief.act("comment", requestId=first["id"], text="家中老人病重")
    await chief.decide((await chief.turn())["id"], "REJECT", comment="另请他人照料")
    second = await staff.submit("leave.personal", leave("2026-03-10"))
    await chief.decide((await chief.turn())["id"], "REJECT", comment="不批")
    return [first["id"], second["id"]]


@pytest.fixture
async def archive(api: Api, over: list[str]) -> Archive:
    api.now = PAST
    return Archive(
        api, await api.person(f"office_clerk@{HRSS}"), await api.person(f"director@{HRSS}")
    )


async def test_a_request_is_due_the_day_after_its_period_and_not_before(
    api: Api, over: list[str]
) -> None:
    ended = await api.value("select max(coalesce(counted_until, closed_at::date)) from requests")
    last = retention.until(ended, "P10Y")
    assert last
    for day, due in ((last, 0), (last + timedelta(days=1), 1)):
        api.now = datetime.combine(day, PAST.timetz())
        clerk = await api.person(f"office_clerk@{HRSS}")
        found = {each["id"] for each in await Archive(api, clerk, clerk).due()}
        keys = {read_id(each)[1] for each in found}
        assert (read_id(over[1])[1] in keys) is bool(due)


async def test_what_is_due_is_proposed_decided_and_gone_with_files_and_words(
    api: Api, archive: Archive, over: list[str], app_url: str
) -> None:
    due = await archive.due(first=1)
    assert [read_id(each["id"])[1] for each in due] == sorted(read_id(e)[1] for e in over)
    assert {each["period"] for each in due} == {"10 年"}
    before = await archive.left(*over)
    assert before["request_words.request_id"]
    assert before["files.record_id"]
    proposed = await archive.propose(*(each["id"] for each in due))
    assert ("2 件" in proposed["waits"]["said"], await archive.left(*over)) == (True, before)
    attached = set(await api.services.files.kept.listed(HRSS))
    done = await archive.confirm(proposed)
    assert done["__typename"] == "Administered", done
    assert set((await archive.left(*over)).values()) == {0}
    job = await api.value("select payload from pgqueuer where entrypoint = $1", sweeps.LEFT)
    for _ in range(2):
        await sweeps.left(api.services, orjson.loads(job))
    gone = attached - set(await api.services.files.kept.listed(HRSS))
    assert len(gone) == before["files.record_id"]
    *_, told = await records(api, "l.event = 'records_destroyed'")
    named = {e["id"]: (e["number"], e["digest"]) for e in told["records"]}
    assert named == {read_id(e["id"])[1]: (e["number"], e["digest"]) for e in due}
    assert (told["clause"], told["content"]) == (CLAUSE, {"reason": "保管期满"})
    texts = """select count(*) from ledger l join ledger_values v using (institution_id, seq)
      where l.request = any($1) and v.value is not null and l.event <> 'texts_destroyed'"""
    assert await api.value(texts, [read_id(e)[1] for e in over]) == 0
    assert (await ledger.checked(app_url)).complaints == []
    assert await archive.due() == []
    assert problems(await archive.confirm(proposed)) == {("actId", "ACT_DECIDED")}


async def test_nobody_decides_alone_and_nobody_else_appraises(
    api: Api, archive: Archive, over: list[str]
) -> None:
    proposed = await archive.propose(*over)
    before = await archive.left(*over)
    own = await do(archive.clerk, "confirmAct", PROPOSED, actId=proposed["waits"]["id"])
    assert problems(own) == {("actId", "OWN_ACT")}
    for role in ("staff", "system_admin", "audit_admin"):
        who = await api.person(f"{role}@{HRSS}")
        refused = await do(who, "confirmAct", PROPOSED, actId=proposed["waits"]["id"])
        assert refused["code"] == "NOT_YOURS_TO_CONFIRM", role
        asked = {"records": over, "clause": CLAUSE, "reason": "满"}
        refused = await do(who, "proposeDestruction", PROPOSED, **asked)
        assert refused["code"] == "NOT_YOURS_TO_APPRAISE", role
        assert (await who.ask(DUE, {"first": 1})).codes == ["NOT_YOURS_TO_APPRAISE"]
    assert await archive.left(*over) == before


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("whole", [False, True])
async def test_what_is_held_stays_whenever_the_hold_comes_until_it_is_lifted(
    api: Api, archive: Archive, over: list[str], late: bool, whole: bool
) -> None:
    what = {"of": "leave.personal"} if whole else {"records": over[:1]}
    proposed = await archive.propose(*over) if late else None
    [held] = (await archive.hold(**what))["holds"]
    before, rows = await archive.left(*over), await api.value("select count(*) from requests")
    refused = await archive.confirm(proposed) if late else await archive.propose(*over)
    assert {code for _, code in problems(refused)} == {"RECORD_HELD"}
    assert await archive.left(*over) == before
    assert await api.value("select count(*) from requests") == rows
    assert len(await archive.due()) == (0 if whole else 1)
    lifted = await do(archive.clerk, "liftHold", LIFTED + REFUSED, holdId=held["id"], reason="结案")
    assert lifted["hold"]["liftedBy"]
    done = await archive.confirm(proposed or await archive.propose(*over))
    assert done["__typename"] == "Administered", done
    assert set((await archive.left(*over)).values()) == {0}


@pytest.mark.parametrize("wrong", ["held", "office"])
async def test_the_database_itself_destroys_nothing_that_is_held_and_not_the_office(
    api: Api, app_url: str, archive: Archive, over: list[str], wrong: str
) -> None:
    if wrong == "held":
        await archive.hold(records=over[:1])
    before = await api.counts()
    named = [{"object": "leave.personal", "id": read_id(over[0])[1]}]
    table = "appointments" if wrong == "office" else "request_words"
    parts = orjson.dumps([{"table": table, "column": "request_id"}]).decode()
    told = line("records_destroyed", api.now, HRSS, {"records": named}, ledger.new_salt)
    connection = await asyncpg.connect(app_url)
    try:
        await connection.execute(f"set guiju.institution = '{HRSS}'")
        call = "select records_destroy($1, $2, $3, '[]', $4)"
        with pytest.raises(asyncpg.RaiseError, match=r"a hold stands|not destroyed"):
            await connection.execute(call, HRSS, api.now, told.record, parts)
        await connection.execute("set guiju.destroyed_by = '1'")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute("delete from comments")
        await connection.execute("delete from requests where status <> 'draft'")
        await connection.execute("delete from files where record is not null")
    finally:
        await connection.close()
    assert await api.counts() == before


async def test_what_is_not_due_not_there_or_still_needed_keeps_the_whole_list(
    api: Api, archive: Archive, over: list[str]
) -> None:
    api.now = datetime(2026, 3, 2, 9, tzinfo=OFFICE_TIME)
    archive.clerk = await api.person(f"office_clerk@{HRSS}")
    staff = await api.person(f"staff@{HRSS}")
    running = await staff.submit("leave.personal", leave("2026-04-09"))
    api.now = PAST
    archive.clerk = await api.person(f"office_clerk@{HRSS}")
    before = await api.counts()
    for ids in ([*over, running["id"]], [global_id("Request", over[0])], ["x"]):
        refused = await archive.propose(*ids)
        assert {c for _, c in problems(refused)} <= {"RECORD_NOT_DUE", "INVALID_ID"}, ids
    refused = await archive.propose(*over, clause="no-such/一")
    assert problems(refused) == {("clause", "UNKNOWN_CLAUSE")}
    assert await api.counts() == before


async def test_a_death_in_the_middle_leaves_nothing_half_destroyed(
    api: Api, archive: Archive, over: list[str], app_url: str
) -> None:
    """Whichever statement of the act is the last that came through, all is there or nothing is."""
    proposed = await archive.propose(*over)
    before = await archive.left(*over)
    slow = """create or replace function die_here() returns trigger language plpgsql as $$
      begin perform pg_sleep(60); return null; end $$"""
    await api.run(slow)
    try:
        for table in ("steps", "comments", "request_words"):
            on = f"create trigger die_here after delete on {table} for each statement"
            await api.run(f"{on} execute function die_here()")
            confirming = asyncio.create_task(archive.confirm(proposed))
            while not (confirming.done() or await api.value(DIES)):
                await asyncio.sleep(0.01)
            await asyncio.gather(confirming, return_exceptions=True)
            await api.run(f"drop trigger die_here on {table}")
            left = await archive.left(*over)
            assert left == before or set(left.values()) == {0}
            assert (await ledger.checked(app_url)).complaints == []
    finally:
        await api.run("drop function die_here() cascade")
        api.logged.clear()
    if any((await archive.left(*over)).values()):
        await archive.confirm(proposed)
    assert set((await archive.left(*over)).values()) == {0}


async def test_of_any_list_goes_all_that_is_due_and_free_or_nothing_at_all(
    api: Api, archive: Archive
) -> None:
    """Requests of any age, held or not, in any list: what is gone was due, and nothing held it."""
    api.now = datetime(2026, 3, 2, 9, tzinfo=OFFICE_TIME)
    staff = await api.person(f"staff@{HRSS}")
    chance = Random(75)
    keys: list[str] = []
    for day in (16, 17, 18, 19, 20, 23, 24, 25):
        made = await staff.submit("leave.personal", leave(f"2026-03-{day}"))
        await staff.act("withdraw", requestId=made["id"])
        keys.append(read_id(made["id"])[1])
    api.now = PAST
    clerk, leader = [await api.person(f"{role}@{HRSS}") for role in ("office_clerk", "director")]
    archive.clerk, archive.leader = clerk, leader
    old = """update requests set closed_at = $1, counted_from = null, counted_until = null
             where id = $2"""
    for key in keys:
        ended = PAST - timedelta(days=chance.choice((3600, 3652, 3653, 3660, 5000)))
        await api.run(old, ended, key)
    there = "select id::text, (closed_at at time zone 'Asia/Shanghai')::date from requests"
    for _ in range(10):
        rows = {row[0]: row[1] for row in await api.rows(there) if row[0] in keys}
        if not rows:
            break
        held = {k for k in rows if chance.random() < 0.3}
        if held:
            await archive.hold(records=[global_id("Request", key) for key in sorted(held)])
        wanted = chance.sample(sorted(rows), k=min(len(rows), chance.randint(1, 3)))
        answer = await archive.propose(*(global_id("Request", key) for key in wanted))
        if answer["__typename"] == "Administered":
            await archive.confirm(answer)
        left = {row[0] for row in await api.rows(there)}
        fit = all(
            retention.is_due(retention.until(rows[k], "P10Y"), PAST.date()) and k not in held
            for k in wanted
        )
        assert rows.keys() - left == (set(wanted) if fit else set())
        for each in await clerk.one("{ recordHolds { id } }"):
            await do(clerk, "liftHold", LIFTED + REFUSED, holdId=each["id"], reason="完")
