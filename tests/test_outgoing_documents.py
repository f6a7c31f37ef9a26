"""Papers that go out: checked, signed, numbered, sealed, filed; those lent and printed outside."""

from uuid import uuid4

from tests.document_office import (
    CENTRE,
    CLERK,
    LETTER,
    LINE,
    OFFICER,
    PAPER,
    SCIENCE,
    Papers,
    checked,
    office,
    passed,
    told,
    why,
)
from tests.driving import add
from tests.office import Api, problems
from tests.papers import file

__all__ = ["office"]
DRAFT = {"explanation": "关于开展检查的通知", "normative": False, "major": False}


async def sealed(papers: Papers, role: str, request: str) -> None:
    keeper = await papers.as_(role)
    adds = await papers.as_("seal_keeper" if papers.institution == SCIENCE else CLERK)
    added = await add(
        adds, "Seal", name=f"行政公章 {uuid4().hex[:6]}", kind="OFFICE", engravedOn="2019-05-06"
    )
    use = {
        "usedAt": "2026-03-02T08:00:00+08:00", "sealId": added["thingId"], "paper": "通知",
        "prints": 3, "requestId": request, "copyFiled": True, "idempotencyKey": str(uuid4()),
    }  # fmt: skip
    done = await keeper.one(
        f"mutation ($input: RecordSealUseInput!) {{ recordSealUse(input: $input) {{ {LINE} }} }}",
        {"input": use},
    )
    assert done["__typename"] == "LineEntered", done


async def test_a_paper_goes_out_checked_signed_numbered_sealed_and_filed_whole(office: Api):
    papers = Papers(office, SCIENCE, "OutgoingDocument")
    request = await papers.asked("document.outgoing", "staff", docOrigin="PARTY_GROUP", **DRAFT)
    clerk, deputy = await papers.as_(CLERK), await papers.as_("deputy_in_charge")
    await checked(clerk, request["id"], "office", kept=True)
    others = await checked(await papers.as_("staff"), request["id"], "office", kept=True)
    assert others["code"] == "NOT_A_KEEPER"
    for holder in (clerk, deputy):
        await holder.agree()
    signer = await papers.as_("party_secretary")
    before = await office.counts()
    unchecked = await signer.agree()
    assert unchecked["code"] == "TURN_NOT_READY"
    assert why(unchecked) == {("REQUIREMENT_NOT_MET", "二、4(2)")}
    assert await office.counts() == before
    failed = await checked(deputy, request["id"], "deputy", kept=False)
    assert why(await signer.agree()) == {("REQUIREMENT_NOT_MET", "二、4(2)")}
    await checked(deputy, request["id"], "deputy", kept=True, corrects=failed["lineId"])
    await signer.agree()
    papers.case = {"id": request["id"]}
    assert (await papers.read(CLERK))["state"] == "signed"
    late = await checked(deputy, request["id"], "deputy", kept=True)
    assert problems(late) == {("requestId", "DRAFT_NOT_ON_ITS_WAY")}


async def ready(office: Api, **more: object) -> Papers:
    """A paper of the bureau, checked by both and signed."""
    papers = Papers(office, SCIENCE, "OutgoingDocument")
    papers.request = await papers.asked(
        "document.outgoing", "staff", **{**DRAFT, "docOrigin": "BUREAU", **more}
    )
    await passed(office, papers.request["id"])
    await papers.approved(papers.request)
    return papers


async def test_a_signed_paper_is_changed_only_by_being_signed_again_and_keeps_its_number(
    office: Api,
):
    papers = await ready(office)
    await papers.goes(CLERK, "check_for_issue", "checked")
    done = await papers.goes(CLERK, "register", "registered")
    assert done["documentNumber"] == "X科发〔2026〕1号"
    await papers.goes("staff", "alter", "altered", text="改动第二条", document=PAPER)
    assert await papers.no(CLERK, "print", printed=3) == {("NO_TRANSITION", "二、5(1)")}
    assert await papers.no("director", "sign") == {("NO_TRANSITION", "二、4（签发）")}
    await papers.goes("deputy_in_charge", "recheck", "rechecked")
    assert await papers.no("party_secretary", "sign") == {("NOT_YOURS_TO_DO", "二、4（签发）")}
    await papers.goes("director", "sign", "signed")
    await papers.goes(CLERK, "check_for_issue", "checked")
    done = await papers.goes(CLERK, "register", "registered")
    assert done["documentNumber"] == "X科发〔2026〕1号"
    await papers.goes(CLERK, "print", "printed", printed=3, document=PAPER)
    assert await papers.no(CLERK, "seal", document=PAPER) == {("GUARD_NOT_MET", "二、4(3)")}
    await sealed(papers, CLERK, papers.request["id"])
    await papers.goes(CLERK, "seal", "sealed", document=PAPER)
    await papers.goes(CLERK, "distribute", "distributed", sentTo="各股室", document=PAPER)
    short = {"originalDraftsKept": 1, "formalCopiesKept": 1}
    assert await papers.no(CLERK, "file", **short) == {("GUARD_NOT_MET", "二、4(3)")}
    await papers.goes(CLERK, "file", "filed", originalDraftsKept=1, formalCopiesKept=2)


async def test_the_director_signs_again_what_was_changed_and_the_drafter_reads_the_proof(
    office: Api,
):
    papers = Papers(office, CENTRE, "OutgoingDocument")
    form = {"explanation": "工作通报", "cosign": False}
    request = await papers.asked("document.outgoing", "staff", **form)
    await papers.approved(request)
    await papers.goes(CLERK, "number", "numbered")
    assert papers.case["documentNumber"] == "X政服发〔2026〕1号"
    await papers.goes(CLERK, "print", "printed", printed=10)
    assert await papers.no(CLERK, "proofread") == {("NOT_YOURS_TO_DO", "文电处理 8")}
    await papers.goes("staff", "proofread", "proofread")
    await papers.goes(CLERK, "copy", "copied")
    await papers.goes("staff", "alter", "altered", text="改正数字", document=PAPER)
    assert await papers.no(CLERK, "seal") == {("NO_TRANSITION", "文电处理 8")}
    assert await papers.no("section_chief", "sign") == {("NOT_YOURS_TO_DO", "文电处理 8")}
    await papers.goes("director", "sign", "signed")
    await papers.goes(CLERK, "number", "numbered")
    await papers.goes(CLERK, "print", "printed", printed=10, document=PAPER)
    await papers.goes("staff", "proofread", "proofread")
    await papers.goes(CLERK, "copy", "copied")
    assert papers.case["documentNumber"] == "X政服发〔2026〕1号"
    await sealed(papers, "seal_keeper", request["id"])
    await papers.goes("seal_keeper", "seal", "sealed", document=PAPER)
    await papers.goes("staff", "distribute", "distributed", sentTo="各窗口", document=PAPER)


async def test_what_is_printed_sealed_and_sent_is_the_text_that_was_signed(office: Api):
    papers = Papers(office, CENTRE, "OutgoingDocument")
    form = {"explanation": "工作通报", "cosign": False}
    request = await papers.asked("document.outgoing", "staff", attachments=[PAPER], **form)
    await papers.approved(request)
    await papers.goes(CLERK, "number", "numbered")
    another = {("CHANGED_AFTER_SIGNATURE", "文电处理 8")}
    changed = file("改过的文稿.pdf")
    assert await papers.no(CLERK, "print", printed=10) == {("REQUIRED", "文电处理 8")}
    assert await papers.no(CLERK, "print", printed=10, document=changed) == another
    await papers.goes(CLERK, "print", "printed", printed=10, document=PAPER)
    await papers.goes("staff", "alter", "altered", text="改正数字", document=changed)
    await papers.goes("director", "sign", "signed")
    await papers.goes(CLERK, "number", "numbered")
    assert await papers.no(CLERK, "print", printed=10, document=PAPER) == another
    await papers.goes(CLERK, "print", "printed", printed=10, document=changed)
    await papers.goes("staff", "proofread", "proofread")
    await papers.goes(CLERK, "copy", "copied")
    await sealed(papers, "seal_keeper", request["id"])
    assert await papers.no("seal_keeper", "seal", document=PAPER) == another
    await papers.goes("seal_keeper", "seal", "sealed", document=changed)
    assert await papers.no("staff", "distribute", sentTo="各窗口", document=PAPER) == another
    await papers.goes("staff", "distribute", "distributed", sentTo="各窗口", document=changed)


async def test_that_a_paper_was_changed_after_its_signature_is_known_and_never_stated(office: Api):
    papers = Papers(office, CENTRE, "OutgoingDocument")
    staff, form = await papers.as_("staff"), {"explanation": "工作通报", "cosign": False}
    for changed in (True, False):
        before = await office.counts()
        stated = await staff.submit("document.outgoing", {**form, "changedAfterSignature": changed})
        assert problems(stated) == {("changedAfterSignature", "COUNTED_BY_OFFICE")}
        assert why(stated) == {("COUNTED_BY_OFFICE", "文电处理 8")}
        assert await office.counts() == before
    await papers.approved(await papers.asked("document.outgoing", "staff", **form))
    again = {**form, "outgoingDocumentId": (await papers.read("staff"))["id"]}
    unchanged = await staff.submit("document.outgoing", again)
    assert problems(unchanged) == {("outgoingDocumentId", "NO_TRANSITION")}
    await papers.goes("staff", "alter", "altered", text="改正数字", document=PAPER)
    anew = await papers.asked("document.outgoing", "staff", **again)
    assert [each["role"] for each in anew["steps"]] == ["director"]
    await papers.approved(anew)
    now = await papers.read("staff")
    director = (await (await papers.as_("director")).one("{ viewer { name } }"))["name"]
    assert (now["state"], now["signedAnewBy"]) == ("signed", director)


async def test_a_paper_lent_is_back_in_two_days_or_its_borrower_is_reminded(office: Api):
    papers = Papers(office, CENTRE, "DocumentLoan")
    day = {"date": "2026-03-02", "half": "MORNING"}
    asked = {"explanation": "市政发〔2026〕3号", "secrecy": "NONE", "begins": day, "ends": day}
    await papers.approved(await papers.asked("document.borrow", "staff", **asked))
    assert (await papers.read("staff"))["clocks"] == []
    await (await papers.as_(OFFICER)).agree()
    [clock] = (await papers.read("staff"))["clocks"]
    assert (clock["clause"]["cite"], clock["dueAt"]) == ("文电处理 7", "2026-03-04T23:59:59+08:00")
    assert await papers.no("staff", "return") == {("NOT_YOURS_TO_DO", "文电处理 7")}
    await office.wait(days=3)
    await office.clocks()
    assert len(await papers.listed(OFFICER, overdue=True)) == 1
    assert "CLOCK_URGED" in await told(papers, "staff")
    await papers.goes(OFFICER, "return", "returned")


async def test_a_paper_that_one_has_out_is_lent_to_nobody_else(office: Api):
    came = Papers(office, CENTRE)
    await came.begin(OFFICER, **LETTER)
    day = {"date": "2026-03-02", "half": "MORNING"}
    asked = {"explanation": "工作需要", "secrecy": "NONE", "begins": day, "ends": day}
    asked["incomingDocumentId"] = came.case["id"]
    loan = Papers(office, CENTRE, "DocumentLoan")
    await loan.approved(await loan.asked("document.borrow", "staff", **asked))
    chief = await loan.as_("section_chief")
    before = await office.counts()
    second = await chief.submit("document.borrow", asked)
    assert problems(second) == {("incomingDocumentId", "OUT_ALREADY")}
    assert second["clause"]["cite"] == "文电处理 7"
    assert await office.counts() == before
    await loan.read("staff")
    await loan.goes(OFFICER, "return", "returned")
    assert "id" in await chief.submit("document.borrow", asked)


async def test_printing_outside_is_for_special_cases_and_ends_with_the_file_deleted(office: Api):
    papers = Papers(office, CENTRE, "OutsidePrinting")
    await papers.begin("staff", paper="宣传册", why="设备故障", special=False)
    refused = await papers.no("staff", "print_outside", printer="街口文印店")
    assert refused == {("GUARD_NOT_MET", "文电处理 9")}
    await papers.begin("staff", paper="宣传册", why="设备故障", special=True)
    await papers.goes("staff", "print_outside", "printed_outside", printer="街口文印店")
    assert await papers.no("staff", "delete") == {("NO_TRANSITION", "文电处理 9")}
    await papers.goes("staff", "sign", "proofreader_signed")
    await papers.goes("staff", "bring_back", "media_returned")
    await papers.goes("staff", "delete", "deleted")
