"""Papers that come in: brought, registered by number, instructed, read in order, handled, filed."""

from tests.document_office import (
    BUREAU,
    CENTRE,
    CLERK,
    LETTER,
    OFFICER,
    SCIENCE,
    SECRET,
    Papers,
    office,
    told,
    why,
)
from tests.office import Api, problems

__all__ = ["office"]


async def test_a_paper_comes_in_is_registered_instructed_handled_and_filed(office: Api):
    papers = Papers(office, SCIENCE)
    await papers.begin("staff", **LETTER, broughtBack=True)
    assert papers.case["state"] == "arrived"
    [clock] = papers.case["clocks"]
    assert (clock["clause"]["cite"], clock["dueAt"][:10]) == ("一、1", "2026-03-04")
    assert await papers.no("staff", "hand_in") == {("NOT_YOURS_TO_DO", "一、1")}
    assert await papers.no("staff", "register") == {
        ("NO_TRANSITION", "二、5(1)"),
        ("NO_TRANSITION", "一、2"),
    }
    await office.wait(days=3)
    await office.clocks()
    assert [each["id"] for each in await papers.listed("staff", overdue=True)] == [
        papers.case["id"]
    ]
    assert "CLOCK_EXPIRED" in await told(papers, "staff")
    await papers.goes(CLERK, "hand_in", "received")
    await papers.goes(CLERK, "open_by_clerk", "opened")
    registered = await papers.goes(CLERK, "register", "registered", theirNumber="市办〔2026〕7号")
    assert registered["registerNumber"] == "收〔2026〕1号"
    assert await papers.no(CLERK, "distribute") == {("NO_TRANSITION", "二、5(1)")}
    asked = {"explanation": "请阅批", "partyMatter": False, "incomingDocumentId": papers.case["id"]}
    await papers.approved(await papers.asked("document.incoming", "staff", **asked))
    assert (await papers.read(CLERK))["state"] == "submitted"
    again = await (await papers.as_("staff")).submit("document.incoming", asked)
    assert problems(again) == {("incomingDocumentId", "NO_TRANSITION")}
    handler = await papers.person("section_chief")
    await papers.goes(CLERK, "distribute", "distributed", handlerId=handler)
    reader = await papers.person("deputy_in_charge")
    await papers.goes(CLERK, "circulate", "circulating", readerId=reader)
    assert await papers.no("staff", "read") == {("NOT_YOURS_TO_DO", "二、5(1)")}
    assert ("REQUIRED", "二、5(1)") in await papers.no("deputy_in_charge", "read")
    await papers.goes("deputy_in_charge", "read", "circulating", text="请技术股办理")
    await papers.goes(CLERK, "handle", "handling", handlerId=handler)
    assert await papers.no(CLERK, "file") == {("NO_TRANSITION", "二、5(2)-(3)")}
    await papers.goes(CLERK, "urge", "urged")
    assert "PAPER_URGED" in await told(papers, "section_chief")
    await papers.goes("section_chief", "complete", "handled", result="已报送")
    assert (await papers.goes(CLERK, "file", "filed"))["registerNumber"] == "收〔2026〕1号"


async def test_the_office_director_says_who_reads_it_in_which_order(office: Api):
    papers = Papers(office, CENTRE)
    await papers.begin(OFFICER, **LETTER)
    await papers.goes(OFFICER, "receive", "received")
    await papers.goes(OFFICER, "register", "registered")
    assert await papers.no("office_director", "propose") == {("REQUIRED", "文电处理 1")}
    roles = "director", "deputy_in_charge", "party_secretary"
    first, second, third = [await papers.person(role) for role in roles]
    names = [(await (await papers.as_(role)).one("{ viewer { name } }"))["name"] for role in roles]
    order = "、".join(names) + "依次阅"
    told = await papers.goes("office_director", "propose", "proposed", readingOrder=order)
    assert told["readingOrder"] == (await papers.read(OFFICER))["readingOrder"] == order
    in_turn = ("READ_IN_ORDER", "文电处理 1")
    assert await papers.no(OFFICER, "circulate", readerId=second) == {in_turn}
    await papers.goes(OFFICER, "circulate", "circulating", readerId=first)
    past = await papers.no("director", "read", text="阅", readerId=third)
    assert past == {("READ_IN_ORDER", "文电处理 5")}
    await papers.goes("director", "read", "circulating", text="阅", readerId=second)
    await papers.goes("deputy_in_charge", "read", "circulating", text="阅")
    unread = await papers.no(OFFICER, "finish")
    assert unread == {("GUARD_NOT_MET", "文电处理 4"), ("NOT_ALL_HAVE_READ", "文电处理 4")}
    alone = "、".join(names[:2])
    await papers.goes("office_director", "propose", "circulating", readingOrder=alone)
    await papers.goes(OFFICER, "finish", "circulated")


async def test_an_urgent_paper_is_handed_in_the_same_day_and_dealt_with_that_day(office: Api):
    papers = Papers(office, SCIENCE)
    await papers.begin("staff", **LETTER, urgency="URGENT")
    due = {each["dueAt"] for each in papers.case["clocks"]}
    assert due == {"2026-03-02T23:59:59+08:00"}
    await papers.goes(CLERK, "hand_in", "received")
    running = [each for each in papers.case["clocks"] if each["state"] == "running"]
    assert [(each["clause"]["cite"], each["dueAt"]) for each in running] == [
        ("一、3", "2026-03-02T23:59:59+08:00")
    ]
    await office.wait(days=1)
    await office.clocks()
    assert "CLOCK_EXPIRED" in await told(papers, CLERK)


async def test_a_classified_paper_is_timed_from_the_hour_at_which_it_arrived(office: Api):
    papers = Papers(office, SCIENCE)
    for urgency, due in (("URGENT", "2026-03-02"), ("NORMAL", "2026-03-07")):
        await papers.begin(CLERK, **SECRET, secrecy="SECRET", urgency=urgency)
        found = {each["clause"]["cite"]: each["dueAt"][:10] for each in papers.case["clocks"]}
        assert found["4"] == due


async def test_an_urgent_paper_is_told_by_telephone_where_the_leader_is_out(office: Api):
    papers = Papers(office, SCIENCE)
    for urgency, refused in (("NORMAL", True), ("URGENT", False)):
        await papers.begin(CLERK, **LETTER, urgency=urgency)
        await papers.goes(CLERK, "hand_in", "received")
        await papers.goes(CLERK, "register", "registered")
        director = (await (await papers.as_("director")).one("{ viewer { id } }"))["id"]
        said = {"leaderId": director, "text": "请规划科先办，我回来再阅"}
        if refused:
            found = await papers.no(CLERK, "report_by_telephone", **said)
            assert found == {("GUARD_NOT_MET", "一、3")}
            continue
        silent = await papers.no(CLERK, "report_by_telephone", leaderId=director)
        assert silent == {("REQUIRED", "一、3")}
        await papers.goes(CLERK, "report_by_telephone", "submitted", **said)
        unit = await (await papers.as_("section_chief")).one("{ viewer { seats { unitId } } }")
        await papers.goes(
            CLERK, "distribute", "distributed", handlerUnitId=unit["seats"][0]["unitId"]
        )


async def test_what_was_brought_back_is_due_two_days_after_the_day_on_which_it_came(office: Api):
    papers = Papers(office, SCIENCE)
    for urgency, due in (("NORMAL", "2026-02-28"), ("URGENT", "2026-02-26")):
        await papers.begin("staff", **LETTER | {"cameOn": "2026-02-26", "urgency": urgency})
        assert {each["dueAt"][:10] for each in papers.case["clocks"]} == {due}
    to_come = await papers.begin("staff", **LETTER | {"cameOn": "2026-03-03"})
    assert "NOT_YET_HAPPENED" in {code for code, _ in why(to_come)}


async def test_what_is_marked_for_one_person_is_opened_by_that_person_alone(office: Api):
    papers = Papers(office, SCIENCE)
    nobody = await papers.begin("staff", **LETTER, markedPersonal=True)
    assert ("REQUIRED", "") in why(nobody) or "ADDRESSEE_MISSING" in {c for c, _ in why(nobody)}
    addressee = await papers.person("section_chief")
    await papers.begin("staff", **LETTER, markedPersonal=True, addresseeId=addressee)
    await papers.goes(CLERK, "hand_in", "received")
    assert await papers.no(CLERK, "open_by_clerk") == {("GUARD_NOT_MET", "一、2")}
    assert await papers.no(CLERK, "open_by_addressee") == {("NOT_YOURS_TO_DO", "一、2")}
    await papers.goes("section_chief", "open_by_addressee", "opened_by_addressee")


async def test_the_overdue_list_of_a_circulation_names_who_has_the_paper(office: Api):
    plain, urgent = Papers(office, CENTRE), Papers(office, CENTRE)
    reader = await plain.person("deputy_in_charge")
    for papers, urgency in ((plain, "NORMAL"), (urgent, "URGENT")):
        await papers.begin("section_chief", **LETTER, urgency=urgency)
        assert await papers.no("section_chief", "receive") == {("NOT_YOURS_TO_DO", "文电处理 1")}
        assert "NO_TRANSITION" in {c for c, _ in await papers.no("section_chief", "forward")}
        await papers.goes(OFFICER, "receive", "received")
        await papers.goes(OFFICER, "register", "registered")
        asked = {"explanation": "请阅", "incomingDocumentId": papers.case["id"]}
        by = OFFICER
        await papers.approved(await papers.asked("document.incoming", by, **asked))
        assert (await papers.read(OFFICER))["state"] == "proposed"
        await papers.goes(OFFICER, "circulate", "circulating", readerId=reader)
    assert [each["registerNumber"] for each in await plain.listed(OFFICER)] == [
        "收〔2026〕2号",
        "收〔2026〕1号",
    ]
    late = []
    for _ in range(2):
        await office.wait(days=2)
        await office.clocks()
        found = await plain.listed(OFFICER, overdue=True)
        late.append({(each["registerNumber"], each["reader"] is not None) for each in found})
    assert late == [{("收〔2026〕2号", True)}, {("收〔2026〕1号", True), ("收〔2026〕2号", True)}]
    assert "CLOCK_URGED" in await told(plain, "deputy_in_charge")
    assert "CLOCK_EXPIRED" in await told(plain, OFFICER)
    held = await plain.act(OFFICER, "finish")
    assert {code for code, _ in why(held)} == {"STILL_WITH_READER"}
    await plain.goes("deputy_in_charge", "read", "circulating", text="已阅")
    await plain.goes(OFFICER, "finish", "circulated")
    assert "expired" in {each["state"] for each in plain.case["clocks"]}


async def test_a_classified_paper_goes_back_to_the_officer_between_two_leaders(office: Api):
    papers = Papers(office, CENTRE)
    await papers.begin(OFFICER, **SECRET, secrecy="SECRET")
    assert (papers.case["path"], papers.case["state"]) == ("document.classified", "received")
    await papers.goes(OFFICER, "register", "registered")
    first, second = await papers.person("director"), await papers.person("party_secretary")
    await papers.goes(OFFICER, "give", "with_leader_1", readerId=first)
    for event, given in (
        ("read", {"text": "阅", "readerId": second}),
        ("give", {"readerId": second}),
    ):
        assert "NO_TRANSITION" in {c for c, _ in await papers.no("director", event, **given)}
    assert await papers.read("party_secretary") is None
    await papers.goes("director", "return", "back_with_officer", text="阅")
    await papers.goes(OFFICER, "give", "with_leader_2", readerId=second)


async def test_a_classified_paper_that_names_a_person_is_opened_by_that_person_alone(office: Api):
    papers = Papers(office, CENTRE)
    named = {"markedPersonal": True, "addresseeId": await papers.person("section_chief")}
    await papers.begin(OFFICER, **SECRET, secrecy="SECRET", **named)
    assert await papers.no(OFFICER, "register") == {("GUARD_NOT_MET", "文电处理 6")}
    assert await papers.no(OFFICER, "open_by_addressee") == {("NOT_YOURS_TO_DO", "工作 2")}
    await papers.goes("section_chief", "open_by_addressee", "opened_by_addressee")
    await papers.goes(OFFICER, "register", "registered")


async def test_the_construction_bureau_registers_instructs_reports_and_files(office: Api):
    papers = Papers(office, BUREAU)
    await papers.begin("staff", **LETTER)
    assert await papers.no("staff", "register") == {("NOT_YOURS_TO_DO", "一")}
    done = await papers.goes("document_clerk", "register", "registered")
    assert done["registerNumber"] == "收〔2026〕1号"
    asked = {"explanation": "请阅批", "incomingDocumentId": papers.case["id"]}
    await papers.approved(await papers.asked("document.incoming", "staff", **asked))
    handler = await papers.person("section_chief")
    await papers.goes("document_clerk", "handle", "handling", handlerId=handler)
    assert await papers.no(CLERK, "file") == {("NO_TRANSITION", "五")}
    await papers.goes("section_chief", "complete", "handled", result="已报送")
    await papers.goes(CLERK, "file", "filed")
    report = Papers(office, BUREAU, "OutgoingDocument")
    await report.approved(await report.asked("document.report_up", "staff", explanation="情况汇报"))
    assert await report.no(CLERK, "file") == {("NO_TRANSITION", "五")}
    await report.goes(CLERK, "send", "sent", sentTo="市建设局")
    await report.goes(CLERK, "file", "filed")


async def test_what_is_brought_back_is_registered_and_read_before_the_section_has_it(office: Api):
    papers = Papers(office, CENTRE)
    await papers.begin("section_chief", **LETTER, broughtBack=True)
    assert await papers.no("section_chief", "forward") == {("NO_TRANSITION", "文电处理 2")}
    assert await papers.no("section_chief", "register") == {("NOT_YOURS_TO_DO", "文电处理 1")}
    await papers.goes(OFFICER, "register", "registered")
    reader, section = await papers.person("director"), await papers.person("section_chief")
    assert await papers.no(OFFICER, "forward", handlerId=section) == {
        ("NO_TRANSITION", "文电处理 2")
    }
    await papers.goes(OFFICER, "circulate", "circulating", readerId=reader)
    await papers.goes("director", "read", "circulating", text="请协调科办理", instructed=True)
    await papers.goes(OFFICER, "finish", "circulated")
    assert await papers.no(OFFICER, "file") == {("GUARD_NOT_MET", "文电处理 4")}
    await papers.goes(OFFICER, "forward", "forwarded", handlerId=section)
    await papers.goes("section_chief", "complete", "handled", result="已办")


async def test_a_classified_paper_is_the_archivists_to_handle(office: Api):
    papers = Papers(office, SCIENCE)
    await papers.begin("archivist", **SECRET, secrecy="CONFIDENTIAL")
    assert await papers.no(CLERK, "hand_in") == {("CASE_NOT_FOUND", "")}
    await papers.goes("archivist", "hand_in", "received")
    assert await papers.no("archivist", "register") == {("NO_TRANSITION", "2")}
    await papers.goes("archivist", "count", "counted")
    await papers.goes("archivist", "register", "registered")
    await papers.goes("archivist", "number", "numbered")
    reader = await papers.person("director")
    await papers.goes("archivist", "circulate", "circulating", readerId=reader)
    await papers.goes("director", "return", "returned", text="阅")
    assert (await papers.goes("archivist", "file", "filed"))["registerNumber"] == "收〔2026〕1号"


async def test_what_was_brought_in_by_mistake_is_given_up_and_a_wrong_entry_put_right(office: Api):
    papers = Papers(office, SCIENCE)
    await papers.begin("staff", **LETTER)
    assert await papers.no("section_chief", "give_up", reason="重复") == {("CASE_NOT_FOUND", "")}
    await papers.goes("staff", "give_up", "given_up", reason="重复登记")
    assert [each["state"] for each in papers.case["clocks"]] == ["cancelled"]
    await papers.begin(CLERK, **LETTER)
    await papers.goes(CLERK, "hand_in", "received")
    wrong = await papers.goes(CLERK, "register", "registered")
    right = await papers.goes(CLERK, "register", "registered", title="关于报送名单的通知")
    assert (right["title"], right["registerNumber"]) == (
        "关于报送名单的通知",
        wrong["registerNumber"],
    )
    assert await papers.no(CLERK, "give_up", reason="重复") == {("CASE_HAS_BEGUN", "")}
