"""A request on paper 审批单: what was asked, who decided in which seat, and room for the rest."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest

from tests.case_office import COMPLAINT, Desk
from tests.lending import lend, seat_of
from tests.office import DOCUMENT, Api, Visitor, leave
from tests.papers import FILE, demanded
from tests.printing import PRINT, page
from tests.verbs import long_leave, person, step

NASTY = "<script>alert(1)</script> & \"quoted\" 'too'"


class Read(HTMLParser):
    """The elements of a page, and its text line by line."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[str] = []
        self.said: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]

    def handle_data(self, data: str) -> None:
        self.said += [data.strip()] if data.strip() else []


async def read(visitor: Visitor, request: Any) -> Read:
    return Read(await page(visitor, request["id"]))


@pytest.fixture
async def staff(api: Api) -> Visitor:
    return await api.person("staff@hrss-bureau")


async def test_a_form_says_who_agreed_in_which_seat_by_which_clause_and_leaves_room(
    api: Api, staff: Visitor
):
    request = await long_leave(staff)
    chief = await api.person("section_chief@hrss-bureau")
    await chief.decide(step(request, "section_chief"), comment="注意安全")
    form = await read(staff, request)
    told = form.said
    assert told[-1] == "郭晓燕 打印于 2026年3月2日 09:00"
    for line in ("X区人力社保局 事假审批单", f"编号: {request['number']}", "状态: 办理中", "5 天"):
        assert line in told, told
    at = told.index("注意安全")
    assert told[at - 3 : at + 5] == [
        *("科长", "审核", "同意", "注意安全", "杜洁", "就业促进科 科长", "2026年3月2日 09:00"),
        "考勤管理辦法(試行) 三(二)",
    ]
    assert sum(each.startswith("签字:") for each in told) == 3
    number = await api.value("select max(seq) from ledger where institution_id = 'hrss-bureau'")
    assert any(each.startswith(f"台账第 {number - 1} 号，摘要 ") for each in told)
    assert "适用规则第" in "".join(told)


async def test_a_page_runs_and_loads_nothing_and_shows_texts_as_they_are(api: Api, staff: Visitor):
    request = await staff.submit("leave.personal", leave("2026-03-09", explanation=NASTY))
    file = await staff.one(PRINT, {"input": {"requestId": request["id"], "idempotencyKey": "p"}})
    got = await api.client.get(file["link"])
    form = Read(got.text)
    assert NASTY in form.said
    assert not {"script", "img", "link", "iframe", "a", "form"} & set(form.tags)
    assert not {"style", "src", "href"} & {*form.attributes}
    assert not any(each.startswith("on") for each in form.attributes)
    policy = got.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert re.search(r"sandbox", policy)
    assert got.headers["content-type"] == "text/html; charset=utf-8"
    record = await api.value(
        "select record from ledger where event = 'printed'"
        " and institution_id = 'hrss-bureau' order by seq desc limit 1"
    )
    assert '"event":"printed"' in record
    assert file["sha256"] in record


async def test_english_readers_get_it_in_english(api: Api, staff: Visitor):
    request = await long_leave(staff)
    staff.language = "en"
    said = (await read(staff, request)).said
    assert "District Human Resources and Social Security Bureau: Personal leave, approval form" in (
        said
    )
    assert "5 days" in said
    assert "State: on its way" in said


async def test_money_is_written_in_figures_and_in_capitals(api: Api, staff: Visitor):
    request = await staff.submit(
        "reimbursement.general",
        {
            "explanation": "办公用品",
            "amount": "1234.5",
            "expenseType": "GENERAL",
            "attachments": demanded("hrss-bureau", "reimbursement.general"),
        },
    )
    assert request["__typename"] == "Request", request
    said = (await read(staff, request)).said
    assert "1,234.50 元" in said
    assert "人民币壹仟贰佰叁拾肆元伍角整" in said
    assert "单据: 单据.pdf" in said


async def test_rounds_telephone_consent_and_overrides_stand_on_it(api: Api, staff: Visitor):
    clerk = await api.person("office_clerk@hrss-bureau")
    chief = await api.person("section_chief@hrss-bureau")
    admin = await api.person("policy_admin@hrss-bureau")
    request = await staff.submit("leave.sick", leave("2026-03-09", "2026-03-10"))
    back = await chief.decide(step(request, "section_chief"), "RETURN", comment="补充说明")
    again = await staff.act("resubmit", requestId=back["id"])
    assert again["status"] == "PENDING", again
    mine = step(again, "section_chief")
    await clerk.act(
        "recordConsent", stepId=mine, personId=await person(chief), comment="电话里同意"
    )
    await admin.act("cancel", requestId=request["id"], reason="重复申请")
    said = (await read(staff, request)).said
    text = "\n".join(said)
    for line in ("补充说明", "重新提交 (第 2 次提交)", "电话里同意", "书面确认电话同意"):
        assert line in said, (line, text)
    assert re.search(r"电话同意，2026年3月2日 09:00，由 .+ 记录", text)
    assert "重复申请" in text
    assert "状态: 已撤回" in said


async def test_papers_are_named_with_their_digest_and_lead_to_the_request_where_it_is_shown(
    api: Api,
):
    window = await api.person("window_staff@service-centre")
    given = demanded("service-centre", "leave.personal")
    form = {**leave("2026-03-09"), "attachments": given}
    request = await window.submit("leave.personal", form)
    [paper] = request["attachments"]
    said = (await read(window, request)).said
    named = said.index(f"{given[0]['paper']}: {paper['name']}")
    assert said[named + 1] == f"SHA-256 {paper['sha256']}"
    known = api.services
    outside = replace(known.outside, link="https://oa.example/requests/{id}")
    api.app.state.services = replace(known, outside=outside)
    try:
        linked = await page(window, request["id"])
    finally:
        api.app.state.services = known
    assert f'<a href="https://oa.example/requests/{request["id"]}">{paper["name"]}</a>' in linked


async def test_a_lent_seat_is_named_with_its_document(posts: Api):
    staff = await posts.person("staff@hrss-bureau")
    chief = await posts.person("section_chief@hrss-bureau")
    other = await posts.person("section_chief_2@hrss-bureau")
    await lend(chief, await seat_of(chief, "section_chief"), other)
    request = await long_leave(staff)
    await other.decide(step(request, "section_chief"))
    assert "代杜洁(人社党组〔2026〕3号)" in (await read(staff, request)).said


async def test_the_answer_of_a_body_outside_stands_with_its_document(api: Api):
    window = await api.person("window_staff@service-centre")
    given = demanded("service-centre", "leave.personal")
    form = {**leave("2026-03-09"), "attachments": given}
    request = await window.submit("leave.personal", form)
    assert request["__typename"] == "Request", request
    clerk = await api.person("home_unit@service-centre")
    await clerk.decide(step(request, "home_unit"), document=DOCUMENT)
    said = (await read(window, request)).said
    name = DOCUMENT["scan"]["upload"].removeprefix(FILE)
    assert f"答复文件：函〔2026〕1号，2026年3月1日，{name}" in said


async def test_what_is_confidential_only_its_applicant_prints(api: Api):
    desk = Desk(api, "service-centre")
    request = await desk.submit("office_clerk", "complaint.case", **COMPLAINT)
    step_of = next(each for each in request["steps"] if each["waitingFor"])
    reader = await api.person(f"{step_of['role']}@service-centre")
    assert "张三丰" in await page(await desk.of("office_clerk"), request["id"])
    others = await page(reader, request["id"])
    assert "办证窗口" in others
    assert "张三丰" not in others


async def test_who_may_not_see_a_request_prints_nothing(api: Api, staff: Visitor):
    request = await long_leave(staff)
    stranger = await api.person("staff@science-bureau")
    before = await api.counts()
    given = {"requestId": request["id"], "idempotencyKey": "p"}
    refused = await stranger.one(PRINT, {"input": given})
    assert refused["code"] == "REQUEST_NOT_FOUND"
    assert await api.counts() == before


async def test_a_case_is_told_in_words_and_no_code_stands_for_what_was_said(api: Api):
    asking = await api.person("staff@household-registration")
    form = {"explanation": "迁往地要求出具", "reason": "DESTINATION_INSISTS"}
    request = await asking.submit("household.certificate", form)
    told = (await read(asking, request)).said
    assert "迁入地坚持要求" in told
    assert "destination_insists" not in " ".join(told)
