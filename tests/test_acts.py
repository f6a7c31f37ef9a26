"""The acts on a request: return and resubmit, withdraw, reject, report back, extend, drafts."""

import pytest

from policies.authority import Authority
from tests.office import Api, Visitor, half_day, leave, problems, states
from tests.papers import demanded

MINE = "{ requests(box: MINE) { edges { node { id status number } } } }"


@pytest.fixture
async def staff(api: Api) -> Visitor:
    return await api.person("staff@hrss-bureau")


@pytest.fixture
async def chief(api: Api) -> Visitor:
    return await api.person("section_chief@hrss-bureau")


@pytest.fixture
async def deputy(api: Api) -> Visitor:
    return await api.person("deputy_in_charge@hrss-bureau")


@pytest.fixture
async def director(api: Api) -> Visitor:
    return await api.person("director@hrss-bureau")


async def test_what_is_returned_goes_through_a_new_round_and_the_old_one_stays(
    api: Api, staff: Visitor, chief: Visitor, deputy: Visitor
) -> None:
    first = await staff.submit("leave.personal", leave("2026-03-09", "2026-03-10"))
    await chief.agree()
    step = (await deputy.turn())["id"]
    returned = await deputy.decide(step, "RETURN", comment="写明去向")
    assert returned["status"] == "RETURNED"
    assert states(returned) == [
        ("section_chief", "ENDORSE", "DONE"),
        ("deputy_in_charge", "APPROVE", "DONE"),
        ("office_clerk", "RECORD", "CANCELLED"),
    ]
    changes = {"explanation": "回乡探望父母", "ends": half_day("2026-03-11", "AFTERNOON")}
    again = await staff.act("resubmit", requestId=first["id"], changes=changes)
    assert (again["id"], again["number"]) == (first["id"], first["number"])
    assert again["summary"] == "事假 3 天，3月9日至3月11日"
    assert states(again) == [
        ("section_chief", "ENDORSE", "OPEN"),
        ("deputy_in_charge", "ENDORSE", "WAITING"),
        ("director", "APPROVE", "WAITING"),
        ("office_clerk", "RECORD", "WAITING"),
    ]
    rounds = await api.rows(
        "select round, role, status, comment from steps order by round, position"
    )
    assert [tuple(row) for row in rounds[:3]] == [
        (1, "section_chief", "done", None),
        (1, "deputy_in_charge", "done", "写明去向"),
        (1, "office_clerk", "cancelled", None),
    ]
    assert {row["round"] for row in rounds[3:]} == {2}
    assert (await deputy.decide(step))["code"] == "STEP_NOT_FOUND"
    assert (await chief.agree())["status"] == "PENDING"


async def test_only_what_was_returned_is_submitted_again_and_only_by_its_applicant(
    api: Api, staff: Visitor, chief: Visitor
) -> None:
    request = await staff.submit("leave.personal", leave("2026-03-09"))
    assert (await staff.act("resubmit", requestId=request["id"]))["code"] == "NOT_RETURNED"
    await chief.decide((await chief.turn())["id"], "RETURN")
    assert (await chief.act("resubmit", requestId=request["id"]))["code"] == "NOT_YOUR_REQUEST"


async def test_changes_that_the_form_does_not_know_are_named(
    staff: Visitor, chief: Visitor
) -> None:
    request = await staff.submit("leave.personal", leave("2026-03-09"))
    await chief.decide((await chief.turn())["id"], "RETURN")
    refusal = await staff.act(
        "resubmit", requestId=request["id"], changes={"reason": "旅游", "explanation": 5}
    )
    assert problems(refusal) == {
        ("changes.reason", "UNKNOWN_FIELD"),
        ("changes.explanation", "WRONG_TYPE"),
    }


async def test_a_rejected_request_ends_and_its_days_are_free_again(
    staff: Visitor, chief: Visitor
) -> None:
    form = leave("2026-03-09")
    await staff.submit("leave.personal", form)
    assert (await staff.submit("leave.personal", form))["code"] == "ABSENCE_OVERLAPS"
    rejected = await chief.decide((await chief.turn())["id"], "REJECT", comment="人手不足")
    assert (rejected["status"], rejected["steps"][0]["comment"]) == ("REJECTED", "人手不足")
    assert {step["status"] for step in rejected["steps"][1:]} == {"CANCELLED"}
    assert (await staff.submit("leave.personal", form))["status"] == "PENDING"


async def test_a_withdrawn_request_leaves_every_inbox_and_frees_its_days(
    staff: Visitor, chief: Visitor
) -> None:
    request = await staff.submit("leave.personal", leave("2026-03-09"))
    assert (await chief.act("withdraw", requestId=request["id"]))["code"] == "NOT_YOUR_REQUEST"
    withdrawn = await staff.act("withdraw", requestId=request["id"])
    assert withdrawn["status"] == "WITHDRAWN"
    assert await chief.inbox() == []
    assert (await chief.decide(request["steps"][0]["id"]))["code"] == "STEP_NOT_OPEN"
    assert (await staff.act("withdraw", requestId=request["id"]))["code"] == "REQUEST_ENDED"
    assert (await staff.submit("leave.personal", leave("2026-03-09")))["status"] == "PENDING"


async def test_an_approved_request_is_not_withdrawn(staff: Visitor) -> None:
    request = await staff.submit("leave.annual", leave("2026-03-09"))
    assert (await staff.act("withdraw", requestId=request["id"]))["code"] == "REQUEST_ENDED"


async def test_reporting_back_early_frees_the_days_that_are_left(api: Api, staff: Visitor) -> None:
    request = await staff.submit("leave.annual", leave("2026-03-09", "2026-03-13"))
    await api.wait(days=9)
    back = await staff.act(
        "reportBack", requestId=request["id"], returned=half_day("2026-03-11", "AFTERNOON")
    )
    assert back["completedAt"] is not None
    afternoon = {**leave("2026-03-11"), "begins": half_day("2026-03-11", "AFTERNOON")}
    assert (await staff.submit("leave.annual", leave("2026-03-11")))["code"] == "ABSENCE_OVERLAPS"
    assert (await staff.submit("leave.annual", afternoon))["status"] == "APPROVED"
    twice = await staff.act("reportBack", requestId=request["id"])
    assert twice["code"] == "ALREADY_REPORTED_BACK"


async def test_nobody_reports_back_before_the_leave_or_from_one_not_approved(
    staff: Visitor,
) -> None:
    approved = await staff.submit("leave.annual", leave("2026-03-09"))
    early = await staff.act("reportBack", requestId=approved["id"], returned=half_day("2026-03-06"))
    assert early["code"] == "RETURNED_BEFORE_LEAVE"
    pending = await staff.submit("leave.personal", leave("2026-03-16"))
    assert (await staff.act("reportBack", requestId=pending["id"]))["code"] == "NOT_APPROVED"


async def test_an_extension_is_judged_on_the_whole_length_and_prolongs_the_leave(
    staff: Visitor, chief: Visitor, deputy: Visitor, director: Visitor
) -> None:
    request = await staff.submit("leave.personal", leave("2026-03-09"))
    later = {
        "leaveId": request["id"],
        "ends": half_day("2026-03-11", "AFTERNOON"),
        "explanation": "病情反复",
    }
    too_early = await staff.submit("leave.extension", later)
    assert problems(too_early) == {("leaveId", "NO_LEAVE_TO_EXTEND")}
    await chief.agree()
    await deputy.agree()
    extension = await staff.submit("leave.extension", later)
    assert extension["summary"] == "续假至3月11日下午，共 3 天"
    assert states(extension)[:3] == [
        ("section_chief", "ENDORSE", "OPEN"),
        ("deputy_in_charge", "ENDORSE", "WAITING"),
        ("director", "APPROVE", "WAITING"),
    ]
    for actor in (chief, deputy, director):
        prolonged = await actor.agree()
    assert prolonged["status"] == "APPROVED"
    next_day = await staff.submit("leave.personal", leave("2026-03-11"))
    assert next_day["code"] == "ABSENCE_OVERLAPS"
    assert (await staff.submit("leave.personal", leave("2026-03-12")))["status"] == "PENDING"


async def test_an_extension_of_sick_leave_wants_the_paper_of_so_long_a_leave(
    staff: Visitor, chief: Visitor, deputy: Visitor
) -> None:
    request = await staff.submit("leave.sick", leave("2026-03-09", "2026-03-10"))
    await chief.agree()
    await deputy.agree()
    end = {"leaveId": request["id"], "explanation": "病情反复"}
    longer = {**end, "ends": half_day("2026-03-11", "AFTERNOON")}
    refusal = await staff.submit("leave.extension", longer)
    assert problems(refusal) == {("attachments", "DOCUMENT_MISSING")}
    papers = demanded("hrss-bureau", "leave.sick")
    with_paper = await staff.submit("leave.extension", {**longer, "attachments": papers})
    assert with_paper["status"] == "PENDING"


async def test_an_extension_that_runs_into_another_leave_is_refused(staff: Visitor) -> None:
    first = await staff.submit("leave.annual", leave("2026-03-09"))
    await staff.submit("leave.annual", leave("2026-03-11"))
    extension = await staff.submit(
        "leave.extension",
        {
            "leaveId": first["id"],
            "ends": half_day("2026-03-12", "AFTERNOON"),
            "explanation": "再休几天",
        },
    )
    assert extension["code"] == "ABSENCE_OVERLAPS"


async def test_a_draft_is_its_owner_s_alone_until_it_is_submitted_or_discarded(
    api: Api, staff: Visitor, chief: Visitor
) -> None:
    half_filled = {"explanation": "想请几天假", "begins": half_day("2026-03-09")}
    draft = await staff.act("saveDraft", kind="LEAVE_PERSONAL", form=half_filled)
    assert (draft["status"], draft["number"]) == ("DRAFT", "")
    other = await chief.one("query ($id: ID!) { node(id: $id) { id } }", {"id": draft["id"]})
    assert other is None
    changed = await staff.act("saveDraft", kind="LEAVE_PERSONAL", form={}, draftId=draft["id"])
    assert changed["id"] == draft["id"]
    submitted = await staff.submit("leave.personal", leave("2026-03-09", draftId=draft["id"]))
    assert (submitted["id"], submitted["status"]) == (draft["id"], "PENDING")
    assert submitted["number"] == "2026-000001"
    again = await staff.submit("leave.personal", leave("2026-03-16", draftId=draft["id"]))
    assert again["code"] == "NOT_A_DRAFT"


async def test_a_discarded_draft_is_gone(staff: Visitor, chief: Visitor) -> None:
    draft = await staff.act("saveDraft", kind="LEAVE_SICK", form={})
    discard = """mutation ($input: DiscardDraftInput!) { discardDraft(input: $input) {
                   __typename ... on Refusal { code } } }"""
    given = {"input": {"draftId": draft["id"], "idempotencyKey": "one"}}
    assert (await chief.one(discard, given))["code"] == "REQUEST_NOT_FOUND"
    assert (await staff.one(discard, given))["__typename"] == "Discarded"
    assert (await staff.one(MINE))["edges"] == []


async def test_a_draft_of_another_kind_is_not_submitted_as_this_one(staff: Visitor) -> None:
    draft = await staff.act("saveDraft", kind="LEAVE_SICK", form={})
    refusal = await staff.submit("leave.personal", leave("2026-03-09", draftId=draft["id"]))
    assert refusal["code"] == "OTHER_KIND"


async def test_a_version_that_has_passed_is_refused(staff: Visitor, chief: Visitor) -> None:
    request = await staff.submit("leave.personal", leave("2026-03-09"))
    step = request["steps"][0]["id"]
    stale = await chief.decide(step, expectedVersion=request["version"] + 1)
    assert stale["code"] == "VERSION_CHANGED"
    taken = await chief.decide(step, expectedVersion=request["version"])
    assert taken["version"] > request["version"]


async def test_a_turn_that_the_pinned_rows_do_not_grant_is_refused(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    staff = await api.person("staff@hrss-bureau")
    chief = await api.person("section_chief@hrss-bureau")
    await staff.submit("leave.sick", leave("2026-03-09"))
    step = (await chief.turn())["id"]
    before = await api.counts()

    monkeypatch.setattr(Authority, "may", lambda *_: False)

    assert (await chief.decide(step))["code"] == "NOT_YOUR_STEP"
    assert await api.counts() == before
    monkeypatch.undo()
    assert (await chief.decide(step))["status"] == "PENDING"


async def test_who_is_back_before_the_leave_began_may_ask_again(api: Api, staff: Visitor) -> None:
    request = await staff.submit("leave.annual", leave("2026-03-09", "2026-03-10"))
    back = await staff.act("reportBack", requestId=request["id"])
    assert back["completedAt"] is not None
    again = await staff.submit("leave.annual", leave("2026-03-09", "2026-03-10"))
    assert again["status"] == "APPROVED"
