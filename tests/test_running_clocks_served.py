"""Clocks in an office: started by what happens, warned of, paused, extended and run out."""

from datetime import date
from uuid import uuid4

import orjson
import pytest

from domain.time.moments import OFFICE_TIME
from resolvers.running.worker import HANDLERS
from resolvers.time.clock_rows import DUE
from resolvers.time.clocks import Subject, entrust, happened
from tests.clock_office import (
    CENTRE,
    CLOCKS,
    acting,
    change,
    complain,
    day_of,
    moment,
    only,
    seat,
    told,
)
from tests.office import Api
from tests.small_shapes import at


async def test_a_complaint_of_the_eve_of_the_holiday_is_due_after_it_and_told_once(api: Api):
    api.now = at("2026-09-29 10:00")
    await complain(api)
    clerk = await api.person(f"complaint_clerk@{CENTRE}")
    clock = await only(clerk, mine=True)
    assert moment(clock["dueAt"]) == at("2026-10-12 23:59").replace(second=59)
    assert (clock["state"], clock["clause"]["cite"]) == ("RUNNING", "投诉 5")
    assert clock["onExpiry"] == "EXPLAIN"
    assert [each["what"] for each in clock["changes"]] == ["started"]
    await api.clocks()
    assert await told(api, "CLOCK_WARNING") == 0
    api.now = at("2026-10-10 09:00")
    await api.clocks()
    await api.clocks()
    assert await told(api, "CLOCK_WARNING") == 1
    api.now = at("2026-10-12 23:58")
    await api.clocks()
    assert (await only(clerk))["state"] == "RUNNING"
    api.now = at("2026-10-13 00:00")
    await api.clocks()
    await api.clocks()
    assert (await only(clerk))["state"] == "EXPIRED"
    assert await told(api, "CLOCK_EXPLAIN") == 1
    events = "select count(*) from ledger where event = 'clock_expired' and at = $1"
    assert await api.value(events, api.now) == 1


async def test_what_is_answered_in_time_is_done_and_says_nothing_more(api: Api):
    subject = await complain(api)
    await api.wait(days=2)
    async with acting(await api.person(f"complaint_clerk@{CENTRE}")) as context:
        await happened(context, ["complaint.case.answered_on_spot"], subject)
    await api.wait(days=30)
    await api.clocks()
    clerk = await api.person(f"complaint_clerk@{CENTRE}")
    clock = await only(clerk)
    assert (clock["state"], [each["what"] for each in clock["changes"]]) == (
        "DONE",
        ["started", "done"],
    )
    assert await told(api, "CLOCK_WARNING") == await told(api, "CLOCK_EXPLAIN") == 0


async def test_what_is_answered_too_late_stays_expired_and_says_when(api: Api):
    subject = await complain(api)
    await api.wait(days=30)
    await api.clocks()
    async with acting(await api.person(f"complaint_clerk@{CENTRE}")) as context:
        await happened(context, ["complaint.case.answered"], subject)
    clock = await only(await api.person(f"complaint_clerk@{CENTRE}"))
    assert clock["state"] == "EXPIRED"
    assert clock["doneAt"] is not None


async def test_a_withdrawn_complaint_owes_no_answer_and_a_second_start_is_the_first(api: Api):
    subject = await complain(api)
    clerk = await api.person(f"complaint_clerk@{CENTRE}")
    await api.wait(hours=3)
    async with acting(clerk) as context:
        await happened(context, ["complaint.case.recorded"], subject)
    before = await only(clerk)
    async with acting(clerk) as context:
        await happened(context, ["complaint.case.withdrawn"], subject)
    assert (await only(clerk))["state"] == "CANCELLED"
    await api.wait(days=30)
    await api.clocks()
    assert await told(api, "CLOCK_EXPLAIN") == 0
    async with acting(clerk) as context:
        await happened(context, ["complaint.case.recorded"], subject)
    again = await only(clerk, state="RUNNING")
    assert again["dueAt"] > before["dueAt"]


async def test_a_rolled_back_act_starts_no_clock_and_leaves_no_job(api: Api):
    clerk = await api.person(f"complaint_clerk@{CENTRE}")
    subject = Subject(uuid4(), CENTRE, "complaint.case", None, ())

    async def fail() -> None:
        async with acting(clerk) as context:
            await happened(context, ["complaint.case.recorded"], subject)
            raise RuntimeError("no")

    with pytest.raises(RuntimeError, match="no"):
        await fail()
    assert await api.value("select count(*) from clocks") == 0
    assert await api.value("select count(*) from pgqueuer where entrypoint = $1", DUE) == 0


async def test_an_event_that_no_row_names_costs_nothing(api: Api):
    clerk = await api.person(f"complaint_clerk@{CENTRE}")
    subject = Subject(uuid4(), CENTRE, "leave.sick", None, ())
    async with acting(clerk) as context:
        await happened(context, ["leave.sick.approved"], subject)  # the rulebook is read once
        api.statements.clear()
        await happened(context, ["leave.sick.approved", "leave.sick.submitted"], subject)
        assert api.statements == []


async def test_a_clock_that_stands_still_gives_its_working_days_back(api: Api):
    await complain(api)  # on Monday the 2nd: due on Monday the 9th
    clerk = await api.person(f"complaint_clerk@{CENTRE}")
    clock = await only(clerk)
    assert day_of(clock) == "2026-03-09"
    await api.wait(days=2)
    paused = await change(clerk, "pauseClock", clockId=clock["id"], reason="等外单位材料")
    assert paused["state"] == "PAUSED"
    refused = await change(clerk, "pauseClock", clockId=clock["id"], reason="再停")
    assert refused["code"] == "CLOCK_PAUSED"
    api.now = at("2026-03-16 09:00")
    await api.clocks()
    assert await told(api, "CLOCK_EXPLAIN") == 0
    resumed = await change(clerk, "resumeClock", clockId=clock["id"], reason="材料已到")
    # Three working days were left on the Wednesday.
    assert (resumed["state"], day_of(resumed)) == ("RUNNING", "2026-03-19")
    assert [each["what"] for each in resumed["changes"]] == ["started", "paused", "resumed"]
    api.now = at("2026-03-20 00:10")
    await api.clocks()
    assert (await only(clerk))["state"] == "EXPIRED"
    assert await told(api, "CLOCK_EXPLAIN") == 1
    events = """select array_agg(event order by seq) from ledger
                where institution_id = $1 and event like 'clock%' and at between $2 and $3"""
    said = await api.value(events, CENTRE, at("2026-03-01 00:00"), api.now)
    assert said[-3:] == ["clock_paused", "clock_resumed", "clock_expired"]


async def test_only_who_answers_for_a_clock_pauses_it_and_says_why(api: Api):
    await complain(api)
    clerk = await api.person(f"complaint_clerk@{CENTRE}")
    clock = await only(clerk)
    leader = await api.person(f"hall_leader@{CENTRE}")
    assert (await only(leader))["id"] == clock["id"]
    refused = await change(leader, "pauseClock", clockId=clock["id"], reason="停")
    assert refused["code"] == "NOT_RESPONSIBLE"
    refused = await change(clerk, "pauseClock", clockId=clock["id"], reason=" ")
    assert refused["problems"][0]["code"] == "REQUIRED"
    refused = await change(clerk, "resumeClock", clockId=clock["id"], reason="走")
    assert refused["code"] == "CLOCK_NOT_PAUSED"
    stranger = await api.person("staff@hrss-bureau")
    refused = await change(stranger, "pauseClock", clockId=clock["id"], reason="停")
    assert refused["code"] == "CLOCK_NOT_FOUND"
    assert (await stranger.one(CLOCKS))["totalCount"] == 0


async def test_a_petition_that_runs_out_urges_its_handler_and_tells_the_petition_clerk(api: Api):
    handler = await seat(api, "section_chief")
    subject = Subject(uuid4(), CENTRE, "petition.case", None, (handler,))
    async with acting(await api.person(f"petition_clerk@{CENTRE}")) as context:
        await happened(context, ["petition.case.instructed"], subject)
    await api.wait(days=10)
    await api.clocks()
    to = "select to_id from notices where code = $1"
    assert [row["to_id"] for row in await api.rows(to, "CLOCK_URGED")] == [handler]
    clerk = await seat(api, "petition_clerk")
    assert [row["to_id"] for row in await api.rows(to, "CLOCK_EXPIRED")] == [clerk]


async def test_work_that_is_handed_over_warns_who_has_it_now(api: Api):
    subject = await complain(api)
    other = await seat(api, "section_chief")
    async with acting(await api.person(f"complaint_clerk@{CENTRE}")) as context:
        handed = Subject(subject.id, CENTRE, subject.kind, None, (other,))
        await entrust(context, handed)
    await api.wait(days=10)
    await api.clocks()
    rows = await api.rows("select to_id from notices where code = 'CLOCK_EXPLAIN'")
    assert [row["to_id"] for row in rows] == [other]


async def test_a_clock_that_runs_out_escalates_to_the_next_level(api: Api):
    chief = await seat(api, "section_chief")
    await complain(api)
    await api.run("update clocks set expires = 'escalate', responsible = $1", [chief])
    await api.wait(days=10)
    await api.clocks()
    rows = await api.rows(
        "select s.role from notices n join seats s on s.id = n.to_id"
        " where n.code = 'CLOCK_ESCALATED'"
    )
    [row] = rows
    assert row["role"] in {"deputy_in_charge", "director"}
    assert await told(api, "CLOCK_EXPIRED") == 1


async def test_what_is_deemed_accepted_says_so_on_record(api: Api):
    await complain(api)
    await api.run("update clocks set expires = 'deem_accepted'")
    await api.wait(days=10)
    await api.clocks()
    clock = await only(await api.person(f"complaint_clerk@{CENTRE}"))
    assert clock["changes"][-1]["what"] == "deemed_accepted"
    assert await told(api, "CLOCK_DEEMED_ACCEPTED") == 1


async def test_a_changed_calendar_moves_what_runs_in_the_same_act(api: Api):
    api.now = at("2027-03-01 10:00")
    await complain(api)
    clerk = await api.person(f"complaint_clerk@{CENTRE}")
    clock = await only(clerk)
    assert (day_of(clock), clock["provisional"]) == ("2027-03-08", True)
    admin = await api.person(f"policy_admin@{CENTRE}")
    try:
        for name, given in (
            ("setCalendarDay", {"day": "2027-03-03", "working": False, "name": "放假"}),
            ("confirmCalendarYear", {"year": 2027}),
        ):
            words = name[0].upper() + name[1:]
            answer = await admin.one(
                f"mutation ($input: {words}Input!) {{ {name}(input: $input) {{ __typename }} }}",
                {"input": {**given, "idempotencyKey": str(uuid4())}},
            )
            assert answer["__typename"] == "CalendarChanged"
        clock = await only(clerk)
        assert (day_of(clock), clock["provisional"]) == ("2027-03-09", False)
        api.now = at("2027-03-09 00:10")
        await api.clocks()
        assert (await only(clerk))["state"] == "RUNNING"
        api.now = at("2027-03-10 00:10")
        await api.clocks()
        assert (await only(clerk))["state"] == "EXPIRED"
        assert await told(api, "CLOCK_EXPLAIN") == 1
    finally:
        own = "delete from calendar_days where institution_id = $1"
        await api.run(own, CENTRE)
        api.services.calendars._kept.clear()


async def test_a_job_that_runs_twice_takes_effect_once(api: Api):
    await complain(api)
    await api.wait(days=10)
    [row] = await api.rows("select payload from pgqueuer where entrypoint = $1", DUE)
    for _ in range(3):
        await HANDLERS[DUE](api.services, orjson.loads(row["payload"]))
    assert await told(api, "CLOCK_EXPLAIN") == 1
    changes = "select count(*) from clock_changes where what = 'expired'"
    assert await api.value(changes) == 1


async def test_what_was_changed_on_a_clock_stands(api: Api):
    await complain(api)
    with pytest.raises(Exception, match="stands"):
        await api.run("update clock_changes set what = 'paused'")
    with pytest.raises(Exception, match="stands"):
        await api.run("delete from clock_changes")
    assert date(2026, 3, 2) == api.now.astimezone(OFFICE_TIME).date()
