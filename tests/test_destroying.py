"""Texts of the ledger are destroyed by a clause, the chain stays whole, and everybody sees why."""

from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from domain.ledger import line
from resolvers.ground import ledger
from schema.ground.ids import global_id, read_id
from tests.fleet import fleet
from tests.office import REFUSAL, Api, Visitor, leave
from tests.records import records
from tests.test_living_acts import HRSS, REFUELLING, refuelled

__all__ = ["fleet"]

CLAUSE = "attendance-measures/三(二)"
DESTROY = f"""mutation ($input: DestroyTextsInput!) {{ destroyTexts(input: $input) {{ __typename
  ... on TextsDestroyed {{ values lines byClause {{ cite regulation }} }}
  ... on Refusal {{ {REFUSAL} }} }} }}"""
HISTORY = """query ($id: ID!) { node(id: $id) { ... on Request { history { edges { node {
  event comment details by { name } turns { seat { role } }
  destroyed { position clause { regulation cite } } } } } } } }"""
KEPT = "select count(*) from ledger_values where destroyed is null and seq > 0"


async def destroyed(visitor: Visitor, of_: str, **given: Any) -> Any:
    asked = {"of": of_, "clause": CLAUSE, "reason": "保存期满", "idempotencyKey": str(uuid4())}
    return await visitor.one(DESTROY, {"input": {**asked, **given}})


@pytest.fixture
async def archivist(api: Api) -> Visitor:
    """Whoever may destroy texts."""
    return await api.person(f"audit_admin@{HRSS}")


@pytest.fixture
async def staff(api: Api) -> Visitor:
    return await api.person(f"staff@{HRSS}")


@pytest.fixture
async def over(api: Api, staff: Visitor) -> str:
    """A request that was rejected with a word, and commented."""
    chief = await api.person(f"section_chief@{HRSS}")
    request = await staff.submit("leave.personal", leave("2026-03-09"))
    await chief.act("comment", requestId=request["id"], text="家中老人病重")
    await chief.decide((await chief.turn())["id"], "REJECT", comment="另请他人照料")
    return str(request["id"])


async def test_destroyed_texts_are_gone_and_the_history_says_by_which_clause(
    api: Api, app_url: str, archivist: Visitor, staff: Visitor, over: str
) -> None:
    def said(found: Any) -> list[Any]:
        return [edge["node"] for edge in found["history"]["edges"]]

    before = said(await staff.one(HISTORY, {"id": over}))
    assert [each["comment"] for each in before] == [None, "家中老人病重", "另请他人照料"]
    assert [each["destroyed"] for each in before] == [None] * 3
    told = await ledger.checked(app_url)
    done = await destroyed(archivist, over)
    assert done["__typename"] == "TextsDestroyed"
    assert done["lines"] == 3
    assert done["byClause"] == {"regulation": "attendance-measures", "cite": "三(二)"}

    *after, last = said(await staff.one(HISTORY, {"id": over}))
    assert [each["comment"] for each in after] == [None] * 3
    assert [each["details"].get("comment") for each in after] == [None] * 3
    assert {each["destroyed"]["clause"]["cite"] for each in after} == {"三(二)"}
    assert [each["by"]["name"] for each in after] == [each["by"]["name"] for each in before]
    assert [each["turns"] for each in after] == [each["turns"] for each in before]
    assert (last["event"], last["comment"], last["destroyed"]) == (
        *("texts_destroyed", "保存期满"),
        None,
    )
    rows = await api.rows(
        "select v.value from ledger_values v join ledger l using (institution_id, seq)"
        " where l.request = $1 and l.event <> 'texts_destroyed'",
        read_id(over)[1],
    )
    assert {row["value"] for row in rows} == {None}
    checked = await ledger.checked(app_url)
    assert checked.complaints == []
    gone = checked.destroyed[HRSS, CLAUSE] - told.destroyed.get((HRSS, CLAUSE), 0)
    assert gone == done["values"] == len(rows)


async def test_the_ledger_says_what_was_destroyed_by_whom_and_by_which_clause(
    api: Api, archivist: Visitor, over: str
) -> None:
    await destroyed(archivist, over)
    [*_, told] = await records(api, "l.event = 'texts_destroyed'")
    assert (told["request"], told["clause"]) == (read_id(over)[1], CLAUSE)
    assert (told["role"], told["content"]) == ("audit_admin", {"reason": "保存期满"})
    assert len(told["lines"]) == 3
    assert told["seat"]
    assert told["name"]


async def test_a_repeated_call_destroys_once_and_there_is_nothing_left_for_another(
    api: Api, archivist: Visitor, over: str
) -> None:
    first = await destroyed(archivist, over, idempotencyKey="once")
    before = await api.counts()
    assert await destroyed(archivist, over, idempotencyKey="once") == first
    assert (await destroyed(archivist, over))["problems"][0]["code"] == "NO_TEXTS"
    assert await api.counts() == before


async def test_texts_of_a_line_of_a_register_are_destroyed_and_the_line_stays(
    fleet: Api, app_url: str
) -> None:
    clerk = await fleet.person(f"fuel_clerk@{HRSS}")
    archivist = await fleet.person(f"audit_admin@{HRSS}")
    entered = await refuelled(clerk)
    rows = "select count(*) from vehicle_refuellings"
    before = await fleet.value(rows)
    done = await destroyed(archivist, entered)
    assert (done["__typename"], done["lines"]) == ("TextsDestroyed", 1)
    [*_, record] = await records(
        fleet, "l.event = 'register_entered' and l.institution_id = 'hrss-bureau'"
    )
    assert (record["register"], record["line"]["recorded_by_name"]) == (REFUELLING, None)
    assert record["line"]["litres"]
    assert await fleet.value(rows) == before
    assert (await ledger.checked(app_url)).complaints == []


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"clause": "attendance-measures/九十九"}, "UNKNOWN_CLAUSE"),
        ({"clause": ""}, "UNKNOWN_CLAUSE"),
        ({"reason": " "}, "REQUIRED"),
        ({"of": "x"}, "INVALID_ID"),
        ({"of": global_id("Request", uuid4())}, "NO_TEXTS"),
    ],
)
async def test_what_no_clause_asks_for_destroys_nothing(
    api: Api, archivist: Visitor, over: str, given: dict[str, Any], code: str
) -> None:
    before = await api.counts(), await api.value(KEPT)
    refusal = await destroyed(archivist, over, **given)
    assert [each["code"] for each in refusal["problems"]] == [code]
    assert (await api.counts(), await api.value(KEPT)) == before


async def test_the_texts_of_what_still_runs_stay(
    api: Api, archivist: Visitor, staff: Visitor
) -> None:
    running = await staff.submit("leave.personal", leave("2026-03-09"))
    before = await api.counts(), await api.value(KEPT)
    refusal = await destroyed(archivist, running["id"])
    assert [each["code"] for each in refusal["problems"]] == ["TEXTS_IN_USE"]
    assert (await api.counts(), await api.value(KEPT)) == before


SEATED = """insert into appointments (institution_id, id, seat_id, person_id, begins)
  select s.institution_id, $2, s.id, a.person_id, '2026-01-01' from seats s
  join accounts a on a.institution_id = s.institution_id
  where a.account = $1 and s.role = 'audit_admin'"""


@pytest.mark.parametrize("role", ["staff", "section_chief"])
async def test_who_asked_or_decided_destroys_no_texts_of_it(api: Api, over: str, role: str) -> None:
    appointment = uuid4()
    await api.run(SEATED, f"{role}@{HRSS}", appointment)
    try:
        visitor = await api.person(f"{role}@{HRSS}")
        before = await api.counts(), await api.value(KEPT)
        refusal = await destroyed(visitor, over)
        assert [each["code"] for each in refusal["problems"]] == ["TOOK_PART"]
        after = await api.counts(), await api.value(KEPT)
        assert after == before
    finally:
        await api.run("delete from appointments where id = $1", appointment)


async def test_nobody_but_the_audit_administrator_destroys(
    api: Api, staff: Visitor, over: str
) -> None:
    admin, elsewhere = [
        await api.person(account)
        for account in (f"policy_admin@{HRSS}", "audit_admin@science-bureau")
    ]
    before = await api.counts(), await api.value(KEPT)
    for visitor in (staff, admin):
        asked = {"of": over, "clause": CLAUSE, "reason": "x", "idempotencyKey": "k"}
        assert (await visitor.ask(DESTROY, {"input": asked})).codes == ["NOT_ALLOWED"]
    clause = await api.value(
        "select clause from rulebook_clauses where institution_id = 'science-bureau' limit 1"
    )
    refusal = await destroyed(elsewhere, over, clause=clause)
    assert [each["code"] for each in refusal["problems"]] == ["NO_TEXTS"]
    assert (await api.counts(), await api.value(KEPT)) == before


@pytest.mark.parametrize("wrong", ["clause", "line", "values", "another"])
async def test_the_database_itself_destroys_by_no_line_that_says_otherwise(
    api: Api, app_url: str, over: str, wrong: str
) -> None:
    request = read_id(over)[1]
    of = "l.institution_id = 'hrss-bureau' and l.request = $1"
    rows = await api.rows(
        f"""select l.seq as line, count(*) as values from ledger l
            join ledger_values v using (institution_id, seq) where {of} group by 1""",
        request,
    )
    lines = [dict(row) for row in rows]
    content = {"request": request, "clause": CLAUSE, "lines": lines}
    if wrong == "clause":
        content["clause"] = "no-such/一"
    elif wrong == "line":
        lines[0]["line"] = 1
    elif wrong == "values":
        lines[0]["values"] += 1
    else:
        content["request"] = str(uuid4())
    before = await api.counts(), await api.value(KEPT)
    told = line("texts_destroyed", api.now, "hrss-bureau", content, ledger.new_salt)
    connection = await asyncpg.connect(app_url)
    try:
        await connection.execute("set guiju.institution = 'hrss-bureau'")
        with pytest.raises(asyncpg.RaiseError, match=r"no clause|not those of one"):
            await connection.execute(
                "select ledger_destroy('hrss-bureau', $1, $2, '[]')", api.now, told.record
            )
    finally:
        await connection.close()
    assert (await api.counts(), await api.value(KEPT)) == before
