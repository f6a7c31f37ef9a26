"""The ledger receives what was decided, and a changed record is found out."""

from datetime import datetime
from typing import Any

import asyncpg
import pytest

from domain.ledger import canonical, chained, line
from resolvers.ground import ledger
from schema.ground.ids import read_id
from tests.office import KEPT_BACK, Api, leave
from tests.records import records

SIGN_IN = """mutation { signIn(input: {account: "staff@hrss-bureau", password: "wrong"}) {
  __typename } }"""


async def told(api: Api, since: int) -> list[tuple[str, dict[str, Any]]]:
    found = await records(api, "l.institution_id = 'hrss-bureau' and l.seq > $1", since)
    return [(record["event"], record) for record in found]


async def head(api: Api) -> int:
    seq: int = await api.value("select max(seq) from ledger where institution_id = 'hrss-bureau'")
    return seq


async def test_every_act_is_told_with_its_person_seat_clause_and_time(api: Api) -> None:
    since = await head(api)
    staff, chief, deputy = [
        await api.person(f"{role}@hrss-bureau")
        for role in ("staff", "section_chief", "deputy_in_charge")
    ]
    request = await staff.submit("leave.personal", leave("2026-03-09"))
    await chief.decide((await chief.turn())["id"], comment="同意")
    await deputy.decide((await deputy.turn())["id"], "RETURN", comment="改期")
    await staff.act("resubmit", requestId=request["id"])
    await staff.act("withdraw", requestId=request["id"])
    await staff.act("saveDraft", kind="LEAVE_SICK", form={})
    await api.ask(SIGN_IN)
    found = await told(api, since)
    assert [event for event, _ in found] == [
        *("submitted", "decided", "decided", "resubmitted", "withdrawn", "draft_saved"),
        "sign_in_failed",
    ]
    _, decided = found[1]
    [turn] = decided["content"]["turns"]
    assert decided["name"] == "杜洁"
    assert decided["at"] == "2026-03-02T09:00:00+08:00"
    assert decided["content"]["comment"] == "同意"
    assert turn["role"] == "section_chief"
    assert turn["clauses"] == ["attendance-measures/三(二)"]
    assert turn["decision"] == "agree"
    assert turn["seat"]
    assert decided["rulebook_version"] == found[0][1]["rulebook_version"]


async def test_an_act_that_takes_two_seats_tells_both(api: Api) -> None:
    staff, deputy, mayor = [
        await api.person(f"{role}@township-government")
        for role in ("staff", "deputy_in_charge", "director")
    ]
    await staff.submit("leave.personal", leave("2026-03-09", "2026-03-12"))
    await deputy.agree()
    await mayor.agree()
    [*_, record] = await records(api, "l.institution_id = 'township-government'")
    turns = record["content"]["turns"]
    assert [turn["role"] for turn in turns] == ["director", "party_secretary"]
    assert len({turn["seat"] for turn in turns}) == 2


async def test_appointments_stand_in_every_office_s_ledger(api: Api) -> None:
    appointed = await api.rows(
        "select institution_id, count(*) from ledger where event = 'appointed' group by 1"
    )
    held = await api.rows("select institution_id, count(*) from appointments group by 1")
    assert dict(appointed) == dict(held)


async def test_a_refused_act_is_told_nowhere(api: Api) -> None:
    staff = await api.person("staff@hrss-bureau")
    since = await head(api)
    await staff.submit("leave.personal", leave("2026-03-09", explanation=""))
    assert await told(api, since) == []


async def test_what_the_rules_keep_back_leaves_a_line_and_nothing_else(api: Api) -> None:
    staff = await api.person("staff@hrss-bureau")
    since, before = await head(api), await api.counts()
    await staff.submit("leave.personal", leave("2026-03-09", leaveReason="TOURISM"))
    assert [event for event, _ in await told(api, since)] == ["not_routed"]
    after = await api.counts()
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {*KEPT_BACK}


async def test_each_of_two_that_one_call_submits_in_vain_is_on_record(api: Api) -> None:
    staff = await api.person("staff@hrss-bureau")
    since, before = await head(api), await api.counts()
    kind = "submitLeavePersonal"
    fields = " ".join(f"{each}: {kind}(input: ${each}) {{ __typename }}" for each in "ab")
    given = {
        each: {**leave(day), "leaveReason": "TOURISM", "idempotencyKey": f"in vain {each}"}
        for each, day in (("a", "2026-03-09"), ("b", "2026-03-16"))
    }
    takes = "SubmitLeavePersonalInput!"
    answer = await staff.ask(f"mutation ($a: {takes}, $b: {takes}) {{ {fields} }}", given)
    assert answer.data == {each: {"__typename": "Refusal"} for each in "ab"}
    assert [event for event, _ in await told(api, since)] == ["not_routed"] * 2
    after = await api.counts()
    assert after["requests_not_routed"] == before["requests_not_routed"] + 2


async def test_a_record_changed_behind_the_database_s_back_is_found_out(
    api: Api, app_url: str
) -> None:
    staff = await api.person("staff@science-bureau")
    await staff.submit("leave.personal", leave("2026-03-09"))
    where = """where institution_id = 'science-bureau' and seq =
               (select max(seq) from ledger where institution_id = 'science-bureau')"""
    seq, kept = (await api.rows(f"select seq, record from ledger {where}"))[0]
    await api.run("alter table ledger disable trigger ledger_stands_update")
    try:
        await api.run(f"update ledger set record = replace(record, 'pending', 'approved') {where}")
        assert await ledger.complaints(app_url) == [
            f"science-bureau, line {seq}: its record was changed."
        ]
    finally:
        await api.run(f"update ledger set record = $1 {where}", kept)
        await api.run("alter table ledger enable trigger ledger_stands_update")


@pytest.mark.parametrize(
    ("event", "at", "institution"),
    [
        ("withdrawn", "2026-03-02T09:00:00+08:00", "hrss-bureau"),
        ("decided", "2026-03-02T09:00:01+08:00", "hrss-bureau"),
        ("decided", "2026-03-02T09:00:00+08:00", "science-bureau"),
    ],
)
async def test_no_line_is_written_whose_record_says_otherwise(
    api: Api, app_url: str, event: str, at: str, institution: str
) -> None:
    before = await head(api)
    record = line(event, datetime.fromisoformat(at), institution, {}, ledger.new_salt).record
    written = datetime.fromisoformat("2026-03-02T09:00:00+08:00")
    connection = await asyncpg.connect(app_url)
    try:
        await connection.execute("set guiju.institution = 'hrss-bureau'")
        with pytest.raises(asyncpg.RaiseError, match="another institution, event or moment"):
            await connection.execute(
                "select ledger_append('hrss-bureau', $1, 'decided', $2, '[]')", written, record
            )
    finally:
        await connection.close()
    assert await head(api) == before


async def test_the_chain_of_every_institution_is_checked_also_of_those_that_ship_no_rules(
    api: Api, app_url: str
) -> None:
    office = "county-police-bureau"
    assert await ledger.complaints(app_url) == []
    whole = await api.value("select hash from ledger_heads where institution_id = $1", office)

    await api.run("update ledger_heads set hash = '' where institution_id = $1", office)

    assert any(office in said for said in await ledger.complaints(app_url))
    await api.run("update ledger_heads set hash = $2 where institution_id = $1", office, whole)


async def test_a_line_from_before_verifies_and_is_shown_beside_those_of_today(
    api: Api, app_url: str
) -> None:
    staff = await api.person("staff@hrss-bureau")
    request = await staff.submit("leave.personal", leave("2026-03-09"))
    of = read_id(request["id"])[1]
    heads = "ledger_heads where institution_id = 'hrss-bureau'"
    [(last, head)] = await api.rows(f"select seq, hash from {heads}")
    content = {"request": of, "name": "旧名", "content": {"comment": "旧话"}}
    record = canonical("commented", api.now, "hrss-bureau", content)
    await api.run(
        "insert into ledger values ('hrss-bureau', $1, $2, 'commented', $3, $4, $5)",
        *(last + 1, api.now, record, head, chained(head, record)),
    )
    await api.run(
        "update ledger_heads set seq = $1, hash = $2 where institution_id = 'hrss-bureau'",
        *(last + 1, chained(head, record)),
    )
    await staff.act("comment", requestId=request["id"], text="新话")
    asked = "query ($id: ID!) { node(id: $id) { ... on Request { history { edges { node {"
    told = await staff.one(f"{asked} comment }} }} }} }} }} }}", {"id": request["id"]})
    said = [edge["node"]["comment"] for edge in told["history"]["edges"]]
    assert said == [None, "旧话", "新话"]
    assert await ledger.complaints(app_url) == []
