"""Complaints at the service centre: registered by name, answered in the form that they came in."""

import asyncio
from base64 import b64encode
from datetime import datetime

import pytest

from domain.time.moments import OFFICE_TIME
from tests.case_office import COMPLAINT, Desk, by_event, demanded
from tests.office import problems

HERE = "service-centre"
KIND = "complaint.case"


@pytest.fixture
async def desk(api):
    return Desk(api, HERE)


@pytest.fixture
async def written(desk):
    await desk.register("complaint_clerk", KIND, **COMPLAINT)
    assert desk.case["state"] == "recorded"
    return desk


async def test_a_written_complaint_is_investigated_answered_in_writing_and_filed(written):
    desk = written
    clerk, chief = "complaint_clerk", "section_chief_2"
    await desk.goes(clerk, "explain", "explained", text="需要调查,五个工作日内答复")
    unit = (await desk.viewer(chief))["seats"][0]["unitId"]
    await desk.goes(clerk, "assign", "explained", handlerUnitId=unit)
    assert desk.case["handlerUnit"]
    await desk.goes(chief, "investigate", "investigating")
    await desk.goes(chief, "escalate", "investigating", text="涉及派出单位,请领导协调")
    await desk.goes(chief, "conclude", "investigated", text="情况属实")
    await desk.goes(clerk, "answer_in_writing", "answered", answer="已批评教育并向您致歉")
    assert (desk.case["answerForm"], desk.case["closedAt"] is not None) == ("WRITTEN", True)
    await desk.goes("archivist", "archive", "archived")
    assert desk.case["standing"] is False
    assert desk.case["next"] == []
    assert [each["event"] for each in desk.case["history"]] == [
        *("begin", "explain", "assign", "investigate", "escalate", "conclude"),
        *("answer_in_writing", "archive"),
    ]
    assert desk.case["history"][-1]["clause"]["cite"] == "投诉 8"


async def test_a_written_complaint_is_not_answered_by_word_of_mouth(written, api):
    desk = written
    await desk.goes("complaint_clerk", "explain", "explained", text="要调查")
    await desk.goes("complaint_clerk", "investigate", "investigating")
    await desk.goes("complaint_clerk", "conclude", "investigated", text="属实")
    before = await api.counts()
    refused = await desk.act("complaint_clerk", "answer_orally", answer="已当面答复")
    assert refused["clause"]["cite"] == "投诉 7"
    assert ("GUARD_NOT_MET", "complaint_form") in demanded(refused)
    assert await api.counts() == before
    assert not by_event(desk.case)["answer_orally"]["allowed"]
    assert by_event(desk.case)["answer_in_writing"]["allowed"]


async def test_on_the_spot_a_written_complaint_is_answered_in_writing_too(written):
    refused = await written.act(
        "complaint_clerk", "answer_on_spot", answer="当场说明", answerForm="ORAL"
    )
    assert ("GUARD_NOT_MET", "answerForm") in demanded(refused)
    await written.goes(
        "complaint_clerk",
        "answer_on_spot",
        "answered_on_spot",
        answer="书面说明一份",
        answerForm="WRITTEN",
    )


@pytest.mark.parametrize(
    ("form", "event"),
    [
        ("ORAL", "answer_orally"),
        ("ORAL", "answer_in_writing"),
        ("PHONE", "answer_orally"),
        ("FAX", "answer_in_writing"),
        ("ONLINE", "answer_orally"),
    ],
)
async def test_where_no_form_is_laid_down_any_will_do(desk, form, event):
    await desk.register("complaint_clerk", KIND, **{**COMPLAINT, "complaintForm": form})
    for step in ("explain", "investigate", "conclude"):
        said = {} if step == "investigate" else {"text": "说明"}
        await desk.act("complaint_clerk", step, **said)
    await desk.goes("complaint_clerk", event, "answered", answer="已答复")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"complainantName": None}, "complainantName"),
        ({"complainantName": "匿名"}, "complainantName"),
        ({"complainantName": "  "}, "complainantName"),
        ({"complainantTelephone": None}, "complainantTelephone"),
        ({"complainedOf": " "}, "complainedOf"),
    ],
)
async def test_an_anonymous_complaint_is_not_dealt_with(desk, api, given, field):
    await desk.of("complaint_clerk")
    await desk.seat("complaint_clerk")
    before = await api.counts()
    refused = await desk.submit("complaint_clerk", KIND, **{**COMPLAINT, **given})
    assert {code for _, code in problems(refused)} == {"NOT_ELIGIBLE"}
    assert refused["problems"][0]["clause"]["cite"] == "投诉 4"
    assert await api.counts() == before


async def test_a_major_complaint_comes_in_writing(desk):
    oral = {**COMPLAINT, "complaintForm": "ORAL", "major": True}
    refused = await desk.submit("complaint_clerk", KIND, **oral)
    assert refused["problems"][0]["clause"]["cite"] == "投诉 2"
    await desk.register("complaint_clerk", KIND, **{**COMPLAINT, "major": True})


async def test_whoever_is_complained_of_neither_handles_it_nor_sees_it(desk, api):
    accused = await desk.viewer("window_staff")
    given = {**COMPLAINT, "complainedOf": None, "complainedPersonId": accused["id"]}
    await desk.register("complaint_clerk", KIND, **given)
    assert (
        await (await desk.of("window_staff")).ask(desk.secret(), {"id": desk.case["id"]})
    ).codes == ["CASE_NOT_FOUND"]
    before = await api.counts()
    refused = await desk.act("complaint_clerk", "assign", handlerId=accused["id"])
    assert demanded(refused) == {("CONCERNS_HANDLER", "handlerId")}
    assert await api.counts() == before


async def test_a_section_that_is_complained_of_does_not_handle_it_itself(desk):
    unit = (await desk.viewer("section_chief"))["seats"][0]["unitId"]
    given = {**COMPLAINT, "complainedOf": None, "complainedUnitId": unit}
    await desk.register("complaint_clerk", KIND, **given)
    refused = await desk.act("complaint_clerk", "assign", handlerUnitId=unit)
    assert demanded(refused) == {("CONCERNS_HANDLER", "handlerUnitId")}
    chief = await desk.viewer("section_chief")
    refused = await desk.act("complaint_clerk", "assign", handlerId=chief["id"])
    assert demanded(refused) == {("CONCERNS_HANDLER", "handlerId")}
    seen = await (await desk.of("section_chief")).ask(desk.secret(), {"id": desk.case["id"]})
    assert seen.codes == ["CASE_NOT_FOUND"]
    other = (await desk.viewer("section_chief_2"))["seats"][0]["unitId"]
    await desk.goes("complaint_clerk", "assign", "recorded", handlerUnitId=other)


async def test_a_leader_who_is_complained_of_sees_nothing_of_it(desk):
    director = await desk.viewer("director")
    await desk.register("complaint_clerk", KIND, **{**COMPLAINT, "complainedOf": director["name"]})
    seen = await (await desk.of("director")).ask(desk.secret(), {"id": desk.case["id"]})
    assert seen.codes == ["CASE_NOT_FOUND"]
    party = await (await desk.of("party_secretary")).one(desk.secret(), {"id": desk.case["id"]})
    assert party["complainantName"] == "张三丰"


async def test_a_clerk_does_not_register_a_complaint_about_oneself(desk, api):
    clerk = await desk.viewer("complaint_clerk")
    given = {**COMPLAINT, "complainedPersonId": clerk["id"]}
    refused = await desk.submit("complaint_clerk", KIND, **given)
    assert problems(refused) == {("complainedPersonId", "CONCERNS_REGISTRAR")}
    await desk.register("office_clerk", KIND, **given)
    assert await (await desk.of("complaint_clerk")).inbox() == []
    step = await api.value("select id from steps where status = 'open'")
    step_id = b64encode(
        f"Step:{await api.value('select id from requests')}:{step}".encode()
    ).decode()
    refused = await (await desk.of("complaint_clerk")).decide(step_id)
    assert refused["code"] == "REQUEST_NOT_FOUND"


async def test_who_reads_the_complainant_is_on_record(written, api):
    entries = "select count(*) from ledger where event = 'secret_read'"
    before = await api.value(entries)
    seen = await (await written.of("director")).one(written.secret(), {"id": written.case["id"]})
    assert seen == {"complainantName": "张三丰", "complainantTelephone": "13800000000"}
    assert await api.value(entries) == before + 1
    await written.read("director")
    assert await api.value(entries) == before + 1
    told = written.taking("explain").replace("complaint { id", "complaint { complainantName id")
    given = {"caseId": written.case["id"], "text": "要调查"}
    given |= {"expectedVersion": 1, "idempotencyKey": "told"}
    kept = await (await written.of("complaint_clerk")).one(told, {"input": given})
    assert kept["complaint"]["complainantName"] == "张三丰"
    assert await api.value(entries) == before + 2
    colleague = await (await written.of("staff")).ask(written.secret(), {"id": written.case["id"]})
    assert colleague.codes == ["CASE_NOT_FOUND"]


async def test_others_than_the_registrar_do_not_read_the_telephone_off_the_request(desk):
    request = await desk.submit("office_clerk", KIND, **COMPLAINT)
    own = {each["name"] for each in request["fields"]}
    assert {"complainantName", "complainantTelephone"} <= own
    [edge] = await (await desk.of("complaint_clerk")).inbox()
    seen = {each["name"] for each in edge["node"]["fields"]}
    assert "explanation" in seen
    assert not {"complainantName", "complainantTelephone"} & seen


async def test_a_complaint_of_29_september_falls_due_after_the_national_day_holiday(desk, api):
    # Entered a day late: it counts from the day on which it came.
    api.now = datetime(2026, 9, 30, 10, tzinfo=OFFICE_TIME)
    await desk.register("complaint_clerk", KIND, **{**COMPLAINT, "receivedOn": "2026-09-29"})
    [clock] = desk.case["clocks"]
    assert clock["clause"]["cite"] == "投诉 5"
    # 30 September, then 8, 9, 10 (a working Saturday) and 12 October.
    assert clock["dueAt"] == "2026-10-12T23:59:59+08:00"
    api.now = datetime(2026, 10, 12, 9, tzinfo=OFFICE_TIME)
    assert (await desk.read("complaint_clerk"))["overdue"] is False
    await desk.goes("complaint_clerk", "explain", "explained", text="要调查")
    await desk.goes("complaint_clerk", "investigate", "investigating")
    api.now = datetime(2026, 10, 13, 9, tzinfo=OFFICE_TIME)
    assert (await desk.read("complaint_clerk"))["overdue"] is True
    await desk.goes("complaint_clerk", "explain_delay", "overdue_explained", text="派出单位未回复")
    await desk.goes("complaint_clerk", "conclude", "investigated", text="属实")
    await desk.goes("complaint_clerk", "answer_in_writing", "answered", answer="答复如下")


async def test_somebody_of_another_office_cannot_be_complained_of_by_name(desk, api):
    stranger = await Desk(api, "science-bureau").viewer("staff")
    await desk.seat("complaint_clerk")
    before = await api.counts()
    given = {**COMPLAINT, "complainedPersonId": stranger["id"], "complainedUnitId": "VW5pdDoxMjM="}
    refused = await desk.submit("complaint_clerk", KIND, **given)
    assert problems(refused) == {("complainedUnitId", "INVALID_ID")}
    del given["complainedUnitId"]
    refused = await desk.submit("complaint_clerk", KIND, **given)
    assert problems(refused) == {("complainedPersonId", "NOBODY_HERE")}
    assert await api.counts() == before


async def test_of_two_events_at_the_same_moment_one_counts_and_one_is_told(written):
    await written.of("complaint_clerk")
    both = [written.act("complaint_clerk", "explain", text="要调查", version=1) for _ in range(2)]
    answers = await asyncio.gather(*both)
    assert sorted(answer.get("code", "done") for answer in answers) == ["CASE_CHANGED", "done"]
    assert written.case["version"] == 2


async def test_what_is_beyond_this_level_is_told_to_the_leaders_but_not_to_whom_it_is_about(desk):
    director = await desk.viewer("director")
    unit = (await desk.viewer("section_chief"))["seats"][0]["unitId"]
    for about, told in ((None, 1), (director["id"], 0)):
        given = {**COMPLAINT, "complainedPersonId": about, "complainedOf": "三号窗口"}
        await desk.register("complaint_clerk", KIND, **given)
        await desk.goes("complaint_clerk", "assign", "recorded", handlerUnitId=unit)
        await desk.goes("complaint_clerk", "explain", "explained", text="要调查")
        await desk.goes("section_chief", "investigate", "investigating")
        await desk.goes("section_chief", "escalate", "investigating", text="请领导协调")
        number = desk.case["number"]
        seen = await (await desk.of("director")).one(
            "{ notices { edges { node { code sentence } } } }"
        )
        mine = [e for e in seen["edges"] if number in e["node"]["sentence"]]
        assert len(mine) == told
        deputy = await (await desk.of("deputy_in_charge")).one(
            "{ notices { edges { node { code sentence } } } }"
        )
        assert any(number in e["node"]["sentence"] for e in deputy["edges"])


LEND = """insert into delegations (institution_id, id, seat_id, lender_id, borrower_id, vacant,
    begins, ends, excepted, document, reason, lent_at)
  select a.institution_id, gen_random_uuid(), s.id, a.person_id, b.person_id, false,
    date '2026-03-01', date '2026-03-31', '{}', '代理函〔2026〕1号', '外出', now()
  from accounts a
  join appointments p on (p.institution_id, p.person_id) = (a.institution_id, a.person_id)
  join seats s on (s.institution_id, s.id) = (p.institution_id, p.seat_id)
  join accounts b on b.institution_id = a.institution_id and b.account = $2
  where a.account = $1 and s.role = 'complaint_clerk'"""


async def test_a_lent_seat_conducts_cases_and_says_so(written, api):
    await api.run(LEND, f"complaint_clerk@{HERE}", f"staff@{HERE}")
    try:
        assert (await written.read("staff"))["state"] == "recorded"
        await written.goes("staff", "explain", "explained", text="要调查")
    finally:
        await api.run("delete from delegations where document = '代理函〔2026〕1号'")
    last = written.case["history"][-1]
    assert last["particulars"]["acting_for"]["lender_name"]
    assert last["role"] == "complaint_clerk"


async def test_a_bureau_that_may_not_refuse_a_complaint_takes_it_and_tells_the_result(api):
    desk = Desk(api, "hrss-bureau")
    await desk.register("office_clerk", KIND, **COMPLAINT)
    assert desk.case["state"] == "accepted"
    await desk.goes("office_clerk", "investigate", "handled")
    await desk.goes("office_clerk", "answer", "answered", answer="已纠正", answerForm="WRITTEN")
    assert [each["event"] for each in desk.case["next"]] == ["answer"]  # to put it right
