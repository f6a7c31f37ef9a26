"""The books of petitions and complaints: their lines, who reads them, and the counts of cases."""

import pytest

from tests.case_office import COMPLAINT, PETITION, Desk, demanded
from tests.office import REFUSAL, day

HERE = "service-centre"
ENTERED = f"__typename ... on LineEntered {{ lineId }} ... on Refusal {{ {REFUSAL} }}"
CONTACT = (
    f"mutation ($input: RecordContactInput!) {{ recordContact(input: $input) {{ {ENTERED} }} }}"
)
RECEPTION = (
    f"mutation ($input: RecordReceptionInput!) {{ recordReception(input: $input) {{ {ENTERED} }} }}"
)
CONTACTS = """query ($from: Date, $to: Date, $first: Int, $after: String) {
  contacts(from: $from, to: $to, first: $first, after: $after) {
    edges { node { id stands outcome clause callerName callerTelephone content passedTo } }
    pageInfo { hasNextPage endCursor } } }"""
RECEPTIONS = """query ($from: Date, $to: Date) { receptions(from: $from, to: $to) {
  edges { node { id
    receivedOn leaderName visitorName visitorTelephone matter outcome stands } } } }"""
REGISTER = """query ($filter: %sFilterInput) { %s(filter: $filter, first: 50) {
  edges { node { number receivedOn channel subject complainedOf complainantName
    complainantTelephone forwardedTo handlerUnit handlerName state answer begunBy } } } }"""
SUMMARY = """query ($kind: RequestKind, $from: Date, $to: Date) {
  caseSummary(kind: $kind, from: $from, to: $to) {
    kind channel state cases standing closed overdue inTime } }"""
IN_WRITING = {"answerForm": "WRITTEN"}
CALL = {
    "byTelephone": True,
    "purpose": "REPORT",
    "content": "举报有人占道经营",
    "callerName": "赵先生",
    "callerTelephone": "13700000000",
    "event": "transfer",
    "passedTo": "办公室",
}
VISIT = {
    "byTelephone": False,
    "purpose": "ERRAND",
    "content": "办理社保转移",
    "askedScope": "OWN",
    "handledAtOnce": True,
    "event": "handle",
}


@pytest.fixture
async def desk(api):
    await api.empty("contacts", "receptions", "cadence_records")
    return Desk(api, HERE)


async def enter(desk, role, mutation, given, key="k", **more):
    number = await desk.api.value("select count(*) from answers")
    given = {**given, **more, "idempotencyKey": f"{key}{number}"}
    return await (await desk.of(role)).one(mutation, {"input": given})


async def test_a_call_that_reports_is_registered_and_passed_on(desk):
    done = await enter(desk, "staff", CONTACT, CALL)
    assert done["__typename"] == "LineEntered", done
    [edge] = (await (await desk.of("office_clerk")).one(CONTACTS))["edges"]
    line = edge["node"]
    assert (line["outcome"], line["clause"]) == ("transferred", "first-asked/首问 6")
    assert (line["callerName"], line["passedTo"]) == ("赵先生", "办公室")


@pytest.mark.parametrize(
    ("given", "outcome", "clause"),
    [
        (VISIT, "handled", "首问 3"),
        ({**VISIT, "handledAtOnce": False, "event": "explain"}, "explained", "首问 3"),
        (
            {**VISIT, "askedScope": "OTHER", "event": "direct", "passedTo": "税务窗口"},
            "directed",
            "首问 3",
        ),
        (
            {**VISIT, "askedScope": "UNCLEAR", "event": "refer", "passedTo": "办公室"},
            "referred",
            "首问 4",
        ),
        ({**VISIT, "askedScope": "OUTSIDE", "event": "explain"}, "explained", "首问 5"),
        (
            {**CALL, "purpose": "ENQUIRY", "askedScope": "OWN", "event": "answer"},
            "answered",
            "首问 6",
        ),
        (
            {**CALL, "purpose": "ENQUIRY", "askedScope": "OTHER", "event": "direct"},
            "directed",
            "首问 6",
        ),
    ],
)
async def test_the_first_asked_serves_as_the_clause_says(desk, given, outcome, clause):
    done = await enter(desk, "staff", CONTACT, given)
    assert done["__typename"] == "LineEntered", done
    [edge] = (await (await desk.of("staff")).one(CONTACTS))["edges"]
    assert (edge["node"]["outcome"], edge["node"]["clause"]) == (outcome, f"first-asked/{clause}")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({**CALL, "callerName": ""}, {("REQUIRED", "callerName")}),
        ({**CALL, "passedTo": " "}, {("REQUIRED", "passedTo")}),
        (
            {**CALL, "event": "answer"},
            {("GUARD_NOT_MET", "call_purpose"), ("GUARD_NOT_MET", "asked_scope")},
        ),
        ({**VISIT, "handledAtOnce": False}, {("GUARD_NOT_MET", "handled_at_once")}),
        ({**VISIT, "event": "ignore"}, {("NO_TRANSITION", "event")}),
        ({**VISIT, "content": ""}, {("REQUIRED", "content")}),
    ],
)
async def test_what_the_clause_does_not_allow_is_not_written_down(desk, api, given, told):
    await desk.of("staff")
    before = await api.counts()
    refused = await enter(desk, "staff", CONTACT, given)
    assert {(c, camel_less(f)) for c, f in demanded(refused)} == {
        (c, camel_less(f)) for c, f in told
    }
    assert await api.counts() == before


def camel_less(name):
    return name.replace("_", "").lower()


async def test_a_line_stands_and_is_corrected_by_a_later_one(desk, api):
    first = await enter(desk, "staff", CONTACT, CALL)
    await enter(desk, "staff", CONTACT, CALL, corrects=first["lineId"], passedTo="督查科")
    edges = (await (await desk.of("office_clerk")).one(CONTACTS))["edges"]
    assert sorted((e["node"]["stands"], e["node"]["passedTo"]) for e in edges) == [
        (False, "办公室"),
        (True, "督查科"),
    ]
    again = await enter(desk, "staff", CONTACT, CALL, corrects=first["lineId"])
    assert again["code"] == "CORRECTED_ALREADY"
    with pytest.raises(Exception, match="stand"):
        await api.run("update contacts set content = ''")


async def test_colleagues_read_only_what_they_wrote_and_clerks_leave_a_trace(desk, api):
    await enter(desk, "staff", CONTACT, CALL)
    for role in ("staff_2", "policy_admin", "system_admin", "audit_admin"):
        assert (await (await desk.of(role)).one(CONTACTS))["edges"] == [], role
    read = "select count(*) from ledger where event = 'secret_read'"
    before = await api.value(read)
    await (await desk.of("office_clerk")).one(CONTACTS)
    assert await api.value(read) == before + 1


async def test_the_leader_s_day_is_done_when_somebody_is_received_on_a_monday(desk, api):
    leader = await desk.viewer("director")
    case = await desk.register("office_clerk", "petition.case", **{**PETITION, "inScope": False})
    given = {
        "caseId": case["id"],
        "receivedOn": "2026-03-02",
        "leaderId": leader["id"],
        "visitorName": "钱大爷",
        "visitorTelephone": "13600000000",
        "matter": "社保断缴",
        "outcome": "转社保窗口",
    }
    for visitor in ("钱大爷", "孙大娘"):
        done = await enter(desk, "petition_clerk", RECEPTION, given, visitorName=visitor)
        assert done["__typename"] == "LineEntered", done
    [record] = await api.rows("select * from cadence_records")
    assert (record["cadence"], record["clause"]) == ("leaders-day", "petitions/8")
    assert (record["done_on"], record["person_name"]) == (day("2026-03-02"), leader["name"])
    edges = (await (await desk.of("director")).one(RECEPTIONS))["edges"]
    assert {edge["node"]["visitorName"] for edge in edges} == {"钱大爷", "孙大娘"}
    assert edges[0]["node"]["leaderName"] == leader["name"]
    await api.wait(days=2)
    await enter(desk, "petition_clerk", RECEPTION, given, receivedOn="2026-03-04")
    assert await api.value("select count(*) from cadence_records") == 1


async def test_only_a_leader_receives_and_not_tomorrow(desk, api):
    staff = await desk.viewer("staff")
    given = {
        "receivedOn": "2026-03-03",
        "leaderId": staff["id"],
        "visitorName": "钱大爷",
        "matter": "社保断缴",
    }
    await desk.of("petition_clerk")
    before = await api.counts()
    refused = await enter(desk, "petition_clerk", RECEPTION, given)
    assert demanded(refused) == {("NOT_A_LEADER", "leaderId"), ("RECEIVED_LATER", "receivedOn")}
    refused = await enter(desk, "staff", RECEPTION, given)
    assert refused["code"] == "NOT_A_KEEPER"
    assert await api.counts() == before


async def test_the_registers_have_the_columns_that_the_clauses_name(desk, api):
    await desk.register("complaint_clerk", "complaint.case", **COMPLAINT)
    await desk.goes(
        "complaint_clerk",
        "answer_on_spot",
        "answered_on_spot",
        answer="已说明",
        answerForm="WRITTEN",
    )
    await desk.register("office_clerk", "petition.case", **{**PETITION, "inScope": False})
    clerk = await desk.of("complaint_clerk")
    [edge] = (await clerk.one(REGISTER % ("Complaint", "complaints")))["edges"]
    line = edge["node"]
    assert (line["subject"], line["complainedOf"]) == ("窗口人员态度生硬", "办证窗口")
    assert (line["complainantName"], line["complainantTelephone"]) == ("张三丰", "13800000000")
    assert line["answer"] == "已说明"
    [edge] = (await clerk.one(REGISTER % ("Petition", "petitions")))["edges"]
    assert (edge["node"]["channel"], edge["node"]["state"]) == ("LETTER", "registered")
    wanted = {"filter": {"from": "2026-03-03"}}
    assert (await clerk.one(REGISTER % ("Petition", "petitions"), wanted))["edges"] == []


async def test_cases_are_counted_by_how_they_came_where_they_stand_and_what_is_late(desk, api):
    for _ in range(2):
        await desk.register("complaint_clerk", "complaint.case", **COMPLAINT)
    await desk.goes(
        "complaint_clerk",
        "answer_on_spot",
        "answered_on_spot",
        answer="已说明",
        answerForm="WRITTEN",
    )
    await api.wait(days=10)
    clerk = await desk.of("complaint_clerk")
    counted = await clerk.one(SUMMARY, {"kind": "COMPLAINT_CASE", "from": "2026-03-01"})
    assert [tuple(each.values())[1:] for each in counted] == [
        ("letter", "answered_on_spot", 1, 1, 1, 0, 1),
        ("letter", "recorded", 1, 1, 0, 1, 0),
    ]
    assert await (await desk.of("staff")).one(SUMMARY) == []
    wrong = await clerk.ask(SUMMARY, {"from": "2026-03-02", "to": "2026-03-01"})
    assert wrong.codes == ["INVALID_INPUT"]
