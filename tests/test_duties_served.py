"""Recurring duties of an office: shown, recorded by whose they are, missed and reminded of once."""

from base64 import b64decode, b64encode
from typing import Any
from uuid import uuid4

import pytest

from domain.shapes.cadences import LAST_MISSED
from tests.clock_office import complain, told
from tests.office import REFUSAL, Api, Visitor
from tests.papers import file
from tests.small_shapes import at

BUREAU = "science-bureau"
DUTY = """id activity every first last due dueAt onDayOff times role unit state conditional
  mayRecord clause { cite } seats { role holders { name } }
  done { doneOn late note by { name } paper { name } recordedAt }"""
DUTIES = f"""query ($from: Date!, $to: Date!, $state: DutyState, $who: String,
    $mine: Boolean! = false, $first: Int = 100, $after: String) {{
  duties(from: $from, to: $to, state: $state, who: $who, mine: $mine, first: $first, after: $after)
  {{ __typename ... on DutyConnection {{ totalCount pageInfo {{ hasNextPage endCursor }}
       edges {{ node {{ {DUTY} }} }} }} ... on Refusal {{ {REFUSAL} }} }} }}"""


async def asked(visitor: Visitor, **wanted: Any) -> Any:
    return await visitor.one(DUTIES, {"from": "2026-03-01", "to": "2026-03-31", **wanted})


async def nodes(visitor: Visitor, **wanted: Any) -> list[Any]:
    answer = await asked(visitor, **wanted)
    assert answer["__typename"] == "DutyConnection", answer
    return [edge["node"] for edge in answer["edges"]]


async def record(visitor: Visitor, duty: Any, day: str, **more: Any) -> Any:
    given = {"dutyId": duty["id"], "doneOn": day, "idempotencyKey": str(uuid4()), **more}
    answer = await visitor.one(
        "mutation ($input: RecordDutyInput!) { recordDuty(input: $input) { __typename"
        f" ... on DutyRecorded {{ duty {{ {DUTY} }} }} ... on Refusal {{ {REFUSAL} }} }} }}",
        {"input": given},
    )
    return answer.get("duty", answer)


async def known_since(api: Api, day: str) -> None:
    """The rulebooks were recorded that day."""
    await api.run("update rulebook_versions set recorded_at = $1", at(f"{day} 09:00"))


async def test_the_clerk_sees_what_falls_to_the_clerk_and_records_it_once(api: Api):
    clerk = await api.person(f"office_clerk@{BUREAU}")
    mine = await nodes(clerk, mine=True)
    assert mine
    assert all(duty["mayRecord"] for duty in mine)
    monthly = next(duty for duty in mine if duty["every"] == "MONTH" and duty["state"] == "DUE")
    events = "select count(*) from ledger where event = 'duty_recorded' and at = $1"
    before = await api.value(events, api.now)
    kept = await record(clerk, monthly, "2026-03-02", note="已办", idempotencyKey="once")
    assert kept["state"] == "DONE"
    [said] = kept["done"]
    assert (said["doneOn"], said["late"], said["note"]) == ("2026-03-02", False, "已办")
    again = await record(clerk, monthly, "2026-03-02", note="已办", idempotencyKey="once")
    assert again == kept
    assert await api.value("select count(*) from cadence_records") == 1
    assert await api.value(events, api.now) == before + 1
    assert await nodes(clerk, mine=True, state="DONE") == [kept]


async def test_a_duty_is_recorded_by_whose_it_is_alone(api: Api):
    clerk = await api.person(f"office_clerk@{BUREAU}")
    staff = await api.person(f"staff@{BUREAU}")
    duty = next(each for each in await nodes(clerk, mine=True) if each["role"] != "staff")
    refused = await record(staff, duty, "2026-03-02")
    assert refused["code"] == "NOT_YOUR_DUTY"
    stranger = await api.person("office_clerk@hrss-bureau")
    refused = await record(stranger, duty, "2026-03-02")
    assert refused["problems"][0]["code"] == "INVALID_ID"


async def test_what_is_recorded_later_is_marked_late(api: Api):
    clerk = await api.person(f"office_clerk@{BUREAU}")
    duty = next(each for each in await nodes(clerk, mine=True) if each["every"] == "MONTH")
    early = await record(clerk, duty, "2026-02-27")
    assert early["problems"][0]["code"] == "DUTY_BEFORE_PERIOD"
    ahead = await record(clerk, duty, "2026-03-03")
    assert ahead["problems"][0]["code"] == "IN_THE_FUTURE"
    api.now = at("2026-04-08 10:00")
    missed = await nodes(clerk, mine=True, state="MISSED")
    assert duty["id"] in {each["id"] for each in missed}
    late = await record(clerk, duty, "2026-03-31")
    assert (late["state"], late["done"][0]["late"]) == ("DONE_LATE", True)


async def test_a_long_or_reversed_stretch_is_refused_and_pages_follow_each_other(api: Api):
    clerk = await api.person(f"office_clerk@{BUREAU}")
    reversed_ = await asked(clerk, to="2026-02-01")
    assert reversed_["problems"][0]["code"] == "END_BEFORE_START"
    endless = await asked(clerk, to="2027-03-31")
    assert endless["problems"][0]["code"] == "STRETCH_TOO_LONG"
    page = await asked(clerk, first=2)
    rest = await asked(clerk, after=page["pageInfo"]["endCursor"])
    ids = [edge["node"]["id"] for found in (page, rest) for edge in found["edges"]]
    assert len(ids) == len(set(ids))
    assert page["pageInfo"]["hasNextPage"] is True
    assert page["totalCount"] == rest["totalCount"]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"from": "1900-01-01"}, "DATE_TOO_FAR"),
        ({"to": "2199-12-31"}, "DATE_TOO_FAR"),
        ({"after": "eyJ4Ijp9"}, "INVALID_CURSOR"),
        ({"first": 0}, "PAGE_SIZE"),
    ],
)
async def test_a_question_that_makes_no_sense_is_refused(api: Api, given: Any, code: str):
    clerk = await api.person(f"office_clerk@{BUREAU}")
    assert (await asked(clerk, **given))["problems"][0]["code"] == code


async def test_only_a_duty_that_there_is_can_be_recorded(api: Api):
    clerk = await api.person(f"office_clerk@{BUREAU}")
    duty = next(each for each in await nodes(clerk, mine=True) if each["every"] == "MONTH")
    named = b64decode(duty["id"]).decode().split(":")
    before = await api.counts()
    for place, wrong in ((2, "no-such-duty"), (3, "2026-03-02"), (3, "9999-12-01"), (4, "a/1")):
        parts = [*named]
        parts[place] = wrong
        strange = {"id": b64encode(":".join(parts).encode()).decode()}
        assert (await record(clerk, strange, "2026-03-02"))["code"] == "DUTY_NOT_FOUND", wrong
    for strange in ("", "x", b64encode(b"Duty:science-bureau").decode()):
        assert (await record(clerk, {"id": strange}, "2026-03-02"))["__typename"] == "Refusal"
    wrong_paper = {"upload": "f"}
    refused = await record(clerk, duty, "2026-03-02", paper=wrong_paper)
    codes = {each["code"] for each in refused["problems"]}
    assert codes == {"INVALID_ID"}
    kept = await record(clerk, duty, "2026-03-02", paper=file("纪要.pdf"))
    assert kept["done"][0]["paper"] == {"name": "纪要.pdf"}
    after = await api.counts()
    assert {name for name in after if after[name] != before[name]} == {
        *("cadence_records", "files", "ledger", "ledger_values", "answers")
    }


async def test_what_is_missed_is_told_of_once_and_a_silent_year_does_not_flood(api: Api):
    before = await api.rows("select institution_id, version, recorded_at from rulebook_versions")
    try:
        await known_since(api, "2025-01-01")
        api.now = at("2026-03-02 00:20")
        await api.clocks()
        rows = await api.rows(
            "select cadence, clause, unit, count(*) from cadence_notices where what = 'missed'"
            " group by 1, 2, 3"
        )
        assert rows
        assert max(row["count"] for row in rows) <= LAST_MISSED
        told = await api.value("select count(*) from notices where code = 'DUTY_MISSED'")
        assert told >= len(rows)
        await api.run("delete from pgqueuer")
        await api.clocks()
        again = await api.value("select count(*) from notices where code = 'DUTY_MISSED'")
        assert again == told
    finally:
        for row in before:
            await api.run(
                "update rulebook_versions set recorded_at = $3"
                " where institution_id = $1 and version = $2",
                *row.values(),
            )


async def test_the_day_before_it_is_due_a_reminder_comes_unless_it_is_done(api: Api):
    before = await api.rows("select institution_id, version, recorded_at from rulebook_versions")
    clerk = await api.person(f"office_clerk@{BUREAU}")
    try:
        await known_since(api, "2026-03-01")
        monthly = [
            duty
            for duty in await nodes(clerk, mine=True, state="DUE")
            if duty["due"] == "2026-03-31" and duty["every"] == "MONTH"
        ]
        for duty in monthly[1:]:
            await record(clerk, duty, "2026-03-02")
        [left] = monthly[:1]
        for day in ("2026-03-27", "2026-03-30", "2026-03-31"):
            api.now = at(f"{day} 00:20")
            await api.clocks()
        reminded = await api.rows(
            "select n.details ->> 'activity' as activity from notices n"
            " join cadence_notices c using (institution_id)"
            " where n.code = 'DUTY_DUE' and n.institution_id = $1 and c.what = 'reminded'"
            " and n.details ->> 'due' = '2026-03-31' and n.clause = c.clause"
            " and n.to_id = (select id from seats where institution_id = $1"
            "   and role = 'office_clerk' limit 1) group by 1",
            BUREAU,
        )
        activities = {row["activity"] for row in reminded}
        assert left["activity"] in activities
        assert not activities & {duty["activity"] for duty in monthly[1:]}
    finally:
        for row in before:
            await api.run(
                "update rulebook_versions set recorded_at = $3"
                " where institution_id = $1 and version = $2",
                *row.values(),
            )


async def test_the_daily_job_waits_for_each_institution_and_calls_the_next(api: Api):
    await api.clocks()
    rows = await api.rows("select dedupe_key from pgqueuer where entrypoint = 'daily'")
    offices = await api.value("select count(*) from institutions")
    assert len(rows) == offices
    assert {row["dedupe_key"][-10:] for row in rows} == {"2026-03-03"}
    assert await api.clocks() == 0
    await api.wait(days=1)
    assert await api.clocks() == offices


async def test_the_daily_job_finds_a_clock_whose_own_job_was_lost(api: Api):
    await complain(api)
    await api.run("delete from pgqueuer")
    await api.wait(days=10)
    await api.clocks()
    assert await told(api, "CLOCK_EXPLAIN") == 1


async def test_what_a_text_wants_by_an_hour_is_due_then_and_late_after_it(api: Api):
    cleaner = await api.person("cleaner@construction-bureau")

    async def by_hour(day: str) -> dict[str, Any]:
        found = await nodes(cleaner, mine=True, **{"from": day, "to": day})
        return {each["dueAt"][11:16]: each for each in found}

    monday, saturday = await by_hour("2026-03-02"), await by_hour("2026-03-07")
    assert {hour: each["state"] for hour, each in monday.items()} == {
        "08:30": "MISSED",
        "14:30": "DUE",
        "23:59": "DUE",
    }
    assert {hour: each["state"] for hour, each in saturday.items()} == {"10:00": "UPCOMING"}
    states = [(await record(cleaner, monday[hour], "2026-03-02")) for hour in ("08:30", "14:30")]
    assert [each["state"] for each in states] == ["DONE_LATE", "DONE"]


async def test_a_day_that_falls_on_a_holiday_stands_and_says_so(api: Api):
    clerk = await api.person("office_clerk@hrss-bureau")
    for day, holiday in (("2026-08-28", False), ("2026-09-25", True)):
        found = await nodes(clerk, **{"from": day, "to": day})
        due = [each["onDayOff"] for each in found if each["clause"]["cite"] == "二㈠"]
        assert set(due) == {holiday}, "Mid-Autumn is the last Friday of September"


async def test_a_duty_of_an_hour_is_in_time_by_when_it_was_done_and_not_by_when_that_was_said(
    api: Api,
):
    gatekeeper = await api.person("gatekeeper@hrss-bureau")
    of = {"from": "2026-03-02", "to": "2026-03-03", "mine": True}
    [today, tomorrow] = [
        each for each in await nodes(gatekeeper, **of) if each["dueAt"].endswith("08:00:00+08:00")
    ]
    for when, code in (
        ("2026-03-01T07:50:00+08:00", "DUTY_ON_ANOTHER_DAY"),
        ("2026-03-02T09:30:00+08:00", "IN_THE_FUTURE"),
    ):
        refused = await record(gatekeeper, today, "2026-03-02", doneAt=when)
        assert [each["code"] for each in refused["problems"]] == [code]
    kept = await record(gatekeeper, today, "2026-03-02", doneAt="2026-03-02T07:50:00+08:00")
    assert (kept["state"], kept["done"][0]["late"]) == ("DONE", False)
    await api.wait(days=1)
    late = await record(gatekeeper, tomorrow, "2026-03-03", doneAt="2026-03-03T08:10:00+08:00")
    assert late["state"] == "DONE_LATE"
