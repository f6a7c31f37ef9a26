"""Printing: drafts that a section proofs, and jobs that the office gives to somebody and enters."""

from datetime import timedelta
from typing import Any

from schema.ground.ids import global_id
from tests.document_office import ALSO, BUREAU, Papers, office
from tests.office import Api, leave
from tests.papers import demanded
from tests.statements import publish

__all__ = ["office"]
ALSO |= {"PrintWork": "title copies", "PrintDraft": "title"}
DIRECTOR, STAFF = "office_director", "staff"


async def test_an_approved_job_is_given_to_somebody_who_enters_what_was_done(office: Api):
    jobs = Papers(office, BUREAU, "PrintWork")
    asked = await (await jobs.as_(STAFF)).submit("print.job", {"explanation": "防汛通知 40 份"})
    assert asked["__typename"] == "Request", asked
    assert await jobs.listed(DIRECTOR) == []
    await (await jobs.as_("director")).agree()
    [jobs.case] = await jobs.listed(DIRECTOR)
    assert (jobs.case["title"], jobs.case["state"]) == ("防汛通知 40 份", "approved")
    to = {"operatorId": await jobs.person("office_clerk"), "urgent": True}
    assert await jobs.no(STAFF, "assign", **to) == {("NOT_YOURS_TO_DO", "一")}
    done = {"printClass": "COPY", "copies": 40, "pages": 3}
    assert ("NO_TRANSITION", "一") in await jobs.no("office_clerk", "finish", **done)
    await jobs.goes(DIRECTOR, "assign", "assigned", **to)
    clerk = await jobs.as_("office_clerk")
    told = await clerk.one("{ notices(first: 1) { edges { node { sentence } } } }")
    assert "防汛通知 40 份" in told["edges"][0]["node"]["sentence"]
    await jobs.goes("office_clerk", "finish", "finished", **done)
    urgent = await jobs.listed("office_clerk", urgent=True, printClass="COPY")
    assert [each["copies"] for each in urgent] == [40]
    day = office.now.date().isoformat()
    office.now += timedelta(days=1)
    told = await publish(clerk, statement="PRINT_MONTH", day=day, last=day)
    assert {"name": "建设科", "jobs": 1, "copies": 40, "pages": 3} in told["content"]


async def test_what_matters_is_given_to_a_named_person_by_the_office_director_or_a_leader(
    office: Api,
):
    deputy = "office_deputy_director"
    weighty = ({"major": True}, "director"), ({"secrecy": "SECRET"}, "director")
    for number, (told, by) in enumerate([({"major": False}, deputy), *weighty], 1):
        jobs, title = Papers(office, BUREAU, "PrintWork"), f"秘密〔2026〕{number}号"
        await (await jobs.as_(STAFF)).submit("print.job", {"explanation": title, **told})
        await (await jobs.as_("director")).agree()
        listed = await jobs.listed(DIRECTOR)
        jobs.case = next(each for each in listed if each["title"] == title)
        to = {"operatorId": await jobs.person("office_clerk")}
        if by != deputy:
            assert await jobs.no(deputy, "assign", **to) == {("CASE_NOT_FOUND", "")}
        await jobs.goes(by, "assign", "assigned", **to)


async def test_a_draft_is_proofed_sent_and_final_once_it_is_approved(office: Api):
    drafts = Papers(office, BUREAU, "PrintDraft")
    await drafts.as_(STAFF)
    unit = await office.value(
        "select id from units where institution_id = $1 and name = '建设科'", BUREAU
    )
    section = {"unitId": global_id("Unit", unit)}
    await drafts.begin(STAFF, title="关于开展安全检查的通知", **section)
    assert ("NO_TRANSITION", "一") in await drafts.no(STAFF, "finalise")
    assert ("REQUIRED", "一") in await drafts.no(STAFF, "proof")
    await drafts.goes(STAFF, "proof", "proofed", proof="清样一份，已校对")
    kind = "leave.personal"
    away = await (await drafts.as_(STAFF)).submit(
        kind, leave("2026-03-09", "2026-03-09", attachments=demanded(BUREAU, kind))
    )
    wrong = await drafts.no(STAFF, "send", approvalId=away["id"])
    assert {code for code, _ in wrong} == {"APPROVED_FOR_ANOTHER_KIND", "GUARD_NOT_MET"}
    form: dict[str, Any] = {"explanation": "发文", "attachments": demanded(BUREAU, "print.job")}
    others = await (await drafts.as_("office_clerk")).submit("print.job", form)
    elsewhere = await drafts.no(STAFF, "send", approvalId=others["id"])
    assert elsewhere == {("APPROVED_FOR_ANOTHER_KIND", "一")}, "another section's"
    sent = await (await drafts.as_(STAFF)).submit("print.job", form)
    await drafts.goes(STAFF, "send", "sent_for_approval", approvalId=sent["id"])
    assert await drafts.no(STAFF, "finalise") == {("GUARD_NOT_MET", "一")}
    first = drafts.case
    await drafts.begin(STAFF, title="关于另一件事的通知", **section)
    await drafts.goes(STAFF, "proof", "proofed", proof="清样一份")
    spent = await drafts.no(STAFF, "send", approvalId=sent["id"])
    assert spent == {("APPROVAL_OF_ANOTHER", "一")}, "one approval is of one draft"
    drafts.case = first
    await (await drafts.as_("director")).decide(sent["steps"][0]["id"])
    await drafts.goes(STAFF, "finalise", "final")
