"""Papers come in, are registered, read and filed; go out signed, numbered, sealed and filed."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest

from tests.document_office import PAPER, SIGNED_IN, Papers, why
from tests.office import REFUSAL, Api, problems
from tests.registers import marks

SCIENCE, CENTRE, BUREAU = "science-bureau", "service-centre", "construction-bureau"
LINE = f"__typename ... on LineEntered {{ lineId }} ... on Refusal {{ {REFUSAL} }}"
LETTER = {"title": "关于报送材料的通知", "sender": "市政府办公室", "copies": 1}


@pytest.fixture
async def office(api: Api) -> Api:
    SIGNED_IN.clear()
    await api.run("set session_replication_role = replica")
    await api.run(
        "truncate line_numbers, document_office_checks, document_deputy_checks, check_marks,"
        " seals, thing_moves, seal_uses"
    )
    await api.run("set session_replication_role = origin")
    return api


async def told(papers: Papers, role: str) -> list[str]:
    seen = await (await papers.as_(role)).one("{ notices { edges { node { code } } } }")
    return [edge["node"]["code"] for edge in seen["edges"]]


async def test_a_paper_comes_in_is_registered_instructed_handled_and_filed(office: Api):
    papers = Papers(office, SCIENCE)
    await papers.begin("staff", **LETTER, broughtBack=True)
    assert papers.case["state"] == "arrived"
    [clock] = papers.case["clocks"]
    assert (clock["clause"]["cite"], clock["dueAt"][:10]) == ("一、1", "2026-03-04")
    before = await office.counts()
    assert why(await papers.act("staff", "hand_in")) == {("NOT_YOURS_TO_DO", "一、1")}
    assert why(await papers.act("staff", "register")) == {
        ("NO_TRANSITION", "二、5(1)"),
        ("NO_TRANSITION", "一、2"),
    }
    assert await office.counts() == before
    await office.wait(days=3)
    await office.clocks()
    assert [each["id"] for each in await papers.listed("staff", overdue=True)] == [
        papers.case["id"]
    ]
    assert "CLOCK_EXPIRED" in await told(papers, "staff")
    await papers.goes("office_clerk", "hand_in", "received")
    await papers.goes("office_clerk", "open_by_clerk", "opened")
    registered = await papers.goes(
        "office_clerk", "register", "registered", theirNumber="市办〔2026〕7号"
    )
    assert registered["registerNumber"] == "收〔2026〕1号"
    assert why(await papers.act("office_clerk", "distribute")) == {("NO_TRANSITION", "二、5(1)")}
    asked = {"explanation": "请阅批", "partyMatter": False, "incomingDocumentId": papers.case["id"]}
    await papers.approved(await papers.asked("document.incoming", "staff", **asked))
    assert (await papers.read("office_clerk"))["state"] == "submitted"
    again = await (await papers.as_("staff")).submit("document.incoming", asked)
    assert problems(again) == {("incomingDocumentId", "NO_TRANSITION")}
    handler = await papers.person("section_chief")
    await papers.goes("office_clerk", "distribute", "distributed", handlerId=handler)
    reader = await papers.person("deputy_in_charge")
    await papers.goes("office_clerk", "circulate", "circulating", readerId=reader)
    assert why(await papers.act("staff", "read")) == {("NOT_YOURS_TO_DO", "二、5(1)")}
    assert ("REQUIRED", "二、5(1)") in why(await papers.act("deputy_in_charge", "read"))
    await papers.goes("deputy_in_charge", "read", "circulating", text="请技术股办理")
    await papers.goes("office_clerk", "handle", "handling", handlerId=handler)
    assert why(await papers.act("office_clerk", "file")) == {("NO_TRANSITION", "二、5(2)-(3)")}
    await papers.goes("office_clerk", "urge", "urged")
    assert "PAPER_URGED" in await told(papers, "section_chief")
    await papers.goes("section_chief", "complete", "handled", result="已报送")
    assert (await papers.goes("office_clerk", "file", "filed"))["registerNumber"] == "收〔2026〕1号"


async def test_an_urgent_paper_is_handed_in_the_same_day_and_dealt_with_that_day(office: Api):
    papers = Papers(office, SCIENCE)
    await papers.begin("staff", **LETTER, urgency="URGENT")
    due = {each["dueAt"] for each in papers.case["clocks"]}
    assert due == {"2026-03-02T23:59:59+08:00", "2026-03-04T23:59:59+08:00"}
    await papers.goes("office_clerk", "hand_in", "received")
    running = [each for each in papers.case["clocks"] if each["state"] == "running"]
    assert [(each["clause"]["cite"], each["dueAt"]) for each in running] == [
        ("一、3", "2026-03-02T23:59:59+08:00")
    ]
    await office.wait(days=1)
    await office.clocks()
    assert "CLOCK_EXPIRED" in await told(papers, "office_clerk")


async def test_what_is_marked_for_one_person_is_opened_by_that_person_alone(office: Api):
    papers = Papers(office, SCIENCE)
    nobody = await papers.begin("staff", **LETTER, markedPersonal=True)
    assert ("REQUIRED", "") in why(nobody) or "ADDRESSEE_MISSING" in {c for c, _ in why(nobody)}
    addressee = await papers.person("section_chief")
    await papers.begin("staff", **LETTER, markedPersonal=True, addresseeId=addressee)
    await papers.goes("office_clerk", "hand_in", "received")
    assert why(await papers.act("office_clerk", "open_by_clerk")) == {("GUARD_NOT_MET", "一、2")}
    assert why(await papers.act("office_clerk", "open_by_addressee")) == {
        ("NOT_YOURS_TO_DO", "一、2")
    }
    await papers.goes("section_chief", "open_by_addressee", "opened_by_addressee")


async def test_the_overdue_list_of_a_circulation_names_who_has_the_paper(office: Api):
    plain, urgent = Papers(office, CENTRE), Papers(office, CENTRE)
    reader = await plain.person("deputy_in_charge")
    for papers, urgency in ((plain, "NORMAL"), (urgent, "URGENT")):
        await papers.begin("section_chief", **LETTER, urgency=urgency)
        assert why(await papers.act("section_chief", "receive")) == {
            ("NOT_YOURS_TO_DO", "文电处理 1")
        }
        assert "NO_TRANSITION" in {c for c, _ in why(await papers.act("section_chief", "forward"))}
        await papers.goes("confidentiality_officer", "receive", "received")
        await papers.goes("confidentiality_officer", "register", "registered")
        asked = {"explanation": "请阅", "incomingDocumentId": papers.case["id"]}
        by = "confidentiality_officer"
        await papers.approved(await papers.asked("document.incoming", by, **asked))
        assert (await papers.read("confidentiality_officer"))["state"] == "proposed"
        await papers.goes("confidentiality_officer", "circulate", "circulating", readerId=reader)
    assert [each["registerNumber"] for each in await plain.listed("confidentiality_officer")] == [
        "收〔2026〕2号",
        "收〔2026〕1号",
    ]
    late = []
    for _ in range(2):
        await office.wait(days=2)
        await office.clocks()
        found = await plain.listed("confidentiality_officer", overdue=True)
        late.append({(each["registerNumber"], each["reader"] is not None) for each in found})
    assert late == [{("收〔2026〕2号", True)}, {("收〔2026〕1号", True), ("收〔2026〕2号", True)}]
    assert "CLOCK_URGED" in await told(plain, "deputy_in_charge")
    assert "CLOCK_EXPIRED" in await told(plain, "confidentiality_officer")
    held = await plain.act("confidentiality_officer", "finish")
    assert {code for code, _ in why(held)} == {"STILL_WITH_READER"}
    await plain.goes("deputy_in_charge", "read", "circulating", text="已阅")
    await plain.goes("confidentiality_officer", "finish", "circulated")
    assert "expired" in {each["state"] for each in plain.case["clocks"]}


async def test_a_classified_paper_goes_back_to_the_officer_between_two_leaders(office: Api):
    papers = Papers(office, CENTRE)
    await papers.begin("confidentiality_officer", **LETTER, secrecy="SECRET")
    assert (papers.case["path"], papers.case["state"]) == ("document.classified", "received")
    await papers.goes("confidentiality_officer", "register", "registered")
    first, second = await papers.person("director"), await papers.person("party_secretary")
    await papers.goes("confidentiality_officer", "give", "with_leader_1", readerId=first)
    for event, given in (
        ("read", {"text": "阅", "readerId": second}),
        ("give", {"readerId": second}),
    ):
        before = await office.counts()
        assert "NO_TRANSITION" in {c for c, _ in why(await papers.act("director", event, **given))}
        assert await office.counts() == before
    assert await papers.read("party_secretary") is None
    await papers.goes("director", "return", "back_with_officer", text="阅")
    await papers.goes("confidentiality_officer", "give", "with_leader_2", readerId=second)


DRAFT = {"explanation": "关于开展检查的通知", "normative": False, "major": False}


async def checked(papers: Papers, request: str, what: str, role: str, *, kept: bool) -> object:
    """A sheet of a draft, all of its points alike."""
    keeper, of = await papers.as_(role), f"Document{what.capitalize()}Check"
    unit = await keeper.one("{ viewer { seats { unitId } } }")
    sheet = {
        "requestId": request, "unitId": unit["seats"][0]["unitId"], "checkedOn": "2026-03-02",
        "marks": marks(papers.institution, f"document.{what}_check", kept=kept),
        "idempotencyKey": str(uuid4()),
    }  # fmt: skip
    return await keeper.one(
        f"mutation ($input: Record{of}Input!) {{ record{of}(input: $input) {{ {LINE} }} }}",
        {"input": sheet},
    )


async def sealed(papers: Papers, role: str, request: str) -> None:
    keeper = await papers.as_(role)
    card = {"name": f"行政公章 {uuid4().hex[:6]}", "kind": "OFFICE", "idempotencyKey": str(uuid4())}
    adds = await papers.as_("seal_keeper" if papers.institution == SCIENCE else "office_clerk")
    added = await adds.one(
        "mutation ($input: AddSealInput!) { addSeal(input: $input) {"
        " ... on ThingKept { thingId } } }",
        {"input": card},
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
    await checked(papers, request["id"], "office", "office_clerk", kept=True)
    assert (await checked(papers, request["id"], "office", "staff", kept=True))[
        "code"
    ] == "NOT_A_KEEPER"
    await papers.approved(request)
    assert (await papers.read("office_clerk"))["state"] == "signed"
    late = await checked(papers, request["id"], "deputy", "deputy_in_charge", kept=True)
    assert problems(late) == {("requestId", "DRAFT_NOT_ON_ITS_WAY")}
    await papers.goes("office_clerk", "check_for_issue", "checked")
    before = await office.counts()
    assert why(await papers.act("office_clerk", "register")) == {("GUARD_NOT_MET", "二、4(2)")}
    assert await office.counts() == before


async def ready(office: Api, **more: object) -> Papers:
    """A paper of the bureau, checked by both and signed."""
    papers = Papers(office, SCIENCE, "OutgoingDocument")
    papers.request = await papers.asked(
        "document.outgoing", "staff", **{**DRAFT, "docOrigin": "BUREAU", **more}
    )
    for what, role in (("office", "office_clerk"), ("deputy", "deputy_in_charge")):
        assert (await checked(papers, papers.request["id"], what, role, kept=True))[
            "__typename"
        ] == "LineEntered"
    await papers.approved(papers.request)
    return papers


async def test_a_signed_paper_is_changed_only_by_being_signed_again_and_keeps_its_number(
    office: Api,
):
    papers = await ready(office)
    await papers.goes("office_clerk", "check_for_issue", "checked")
    done = await papers.goes("office_clerk", "register", "registered")
    assert done["documentNumber"] == "X科发〔2026〕1号"
    await papers.goes("staff", "alter", "altered", text="改动第二条", document=PAPER)
    assert why(await papers.act("office_clerk", "print", printed=3)) == {
        ("NO_TRANSITION", "二、5(1)")
    }
    assert why(await papers.act("director", "sign")) == {("NO_TRANSITION", "二、4（签发）")}
    deputy = (await papers.read("director"))["id"]
    assert deputy == papers.case["id"]
    await papers.goes("deputy_in_charge", "recheck", "rechecked")
    assert why(await papers.act("party_secretary", "sign")) == {
        ("NOT_YOURS_TO_DO", "二、4（签发）")
    }
    await papers.goes("director", "sign", "signed")
    await papers.goes("office_clerk", "check_for_issue", "checked")
    done = await papers.goes("office_clerk", "register", "registered")
    assert done["documentNumber"] == "X科发〔2026〕1号"
    await papers.goes("office_clerk", "print", "printed", printed=3)
    assert why(await papers.act("office_clerk", "seal")) == {("GUARD_NOT_MET", "二、4(3)")}
    await sealed(papers, "office_clerk", papers.request["id"])
    await papers.goes("office_clerk", "seal", "sealed")
    await papers.goes("office_clerk", "distribute", "distributed", sentTo="各股室")
    short = {"originalDraftsKept": 1, "formalCopiesKept": 1}
    assert why(await papers.act("office_clerk", "file", **short)) == {("GUARD_NOT_MET", "二、4(3)")}
    await papers.goes("office_clerk", "file", "filed", originalDraftsKept=1, formalCopiesKept=2)


async def test_of_two_numbered_at_once_neither_shares_nor_skips_a_number(office: Api):
    both = [await ready(office), await ready(office)]
    for papers in both:
        await papers.goes("office_clerk", "check_for_issue", "checked")
    await asyncio.gather(*(papers.act("office_clerk", "register") for papers in both))
    numbers = {papers.case["documentNumber"] for papers in both}
    assert numbers == {"X科发〔2026〕1号", "X科发〔2026〕2号"}
    party = Papers(office, SCIENCE, "OutgoingDocument")
    assert party.case is None
    office.now += timedelta(days=365)
    late = await ready(office)
    await late.goes("office_clerk", "check_for_issue", "checked")
    done = await late.goes("office_clerk", "register", "registered")
    assert done["documentNumber"] == "X科发〔2027〕1号"


async def test_the_centre_countersigns_and_the_drafter_reads_the_proof(office: Api):
    papers = Papers(office, CENTRE, "OutgoingDocument")
    request = await papers.asked(
        "document.outgoing",
        "staff",
        explanation="工作通报",
        cosign=False,
        changedAfterSignature=False,
    )
    await papers.approved(request)
    await papers.goes("office_clerk", "number", "numbered")
    assert papers.case["documentNumber"] == "X政服发〔2026〕1号"
    await papers.goes("office_clerk", "print", "printed", printed=10)
    assert why(await papers.act("office_clerk", "proofread")) == {("NOT_YOURS_TO_DO", "文电处理 8")}
    await papers.goes("staff", "proofread", "proofread")
    await papers.goes("office_clerk", "copy", "copied")
    await sealed(papers, "seal_keeper", request["id"])
    await papers.goes("seal_keeper", "seal", "sealed")
    await papers.goes("staff", "distribute", "distributed", sentTo="各窗口")


async def test_a_paper_lent_is_back_in_two_days_or_its_borrower_is_reminded(office: Api):
    papers = Papers(office, CENTRE, "DocumentLoan")
    day = {"date": "2026-03-02", "half": "MORNING"}
    asked = {"explanation": "市政发〔2026〕3号", "secrecy": "NONE", "begins": day, "ends": day}
    await papers.approved(await papers.asked("document.borrow", "staff", **asked))
    [clock] = (await papers.read("staff"))["clocks"]
    assert (clock["clause"]["cite"], clock["dueAt"]) == ("文电处理 7", "2026-03-04T23:59:59+08:00")
    assert why(await papers.act("staff", "return")) == {("NOT_YOURS_TO_DO", "文电处理 7")}
    await office.wait(days=3)
    await office.clocks()
    assert len(await papers.listed("confidentiality_officer", overdue=True)) == 1
    assert "CLOCK_URGED" in await told(papers, "staff")
    await papers.goes("confidentiality_officer", "return", "returned")


async def test_printing_outside_is_for_special_cases_and_ends_with_the_file_deleted(office: Api):
    papers = Papers(office, CENTRE, "OutsidePrinting")
    await papers.begin("staff", paper="宣传册", why="设备故障", special=False)
    refused = await papers.act("staff", "print_outside", printer="街口文印店")
    assert why(refused) == {("GUARD_NOT_MET", "文电处理 9")}
    await papers.begin("staff", paper="宣传册", why="设备故障", special=True)
    await papers.goes("staff", "print_outside", "printed_outside", printer="街口文印店")
    assert why(await papers.act("staff", "delete")) == {("NO_TRANSITION", "文电处理 9")}
    await papers.goes("staff", "sign", "proofreader_signed")
    await papers.goes("staff", "bring_back", "media_returned")
    await papers.goes("staff", "delete", "deleted")


async def test_the_construction_bureau_registers_instructs_reports_and_files(office: Api):
    papers = Papers(office, BUREAU)
    await papers.begin("staff", **LETTER)
    assert why(await papers.act("staff", "register")) == {("NOT_YOURS_TO_DO", "一")}
    done = await papers.goes("document_clerk", "register", "registered")
    assert done["registerNumber"] == "收〔2026〕1号"
    asked = {"explanation": "请阅批", "incomingDocumentId": papers.case["id"]}
    await papers.approved(await papers.asked("document.incoming", "staff", **asked))
    handler = await papers.person("section_chief")
    await papers.goes("document_clerk", "handle", "handled", handlerId=handler)
    await papers.goes("office_clerk", "file", "filed")
    report = Papers(office, BUREAU, "OutgoingDocument")
    await report.approved(await report.asked("document.report_up", "staff", explanation="情况汇报"))
    assert why(await report.act("office_clerk", "file")) == {("NO_TRANSITION", "五")}
    await report.goes("office_clerk", "send", "sent", sentTo="市建设局")
    await report.goes("office_clerk", "file", "filed")
