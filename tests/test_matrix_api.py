"""What is wrong with an office's rules, in the API: for those who may change them."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from policies import loading
from policies.check import errors
from tests.office import CLAUSE, MONDAY, Api, Visitor, cites

FOUND = f"severity problem kind region example message clauses {{ {CLAUSE} }}"
ASK = f"""query ($institution: String!, $kind: RequestKind, $on: Date, $regulation: String) {{
  matrixFindings(institution: $institution, kind: $kind, on: $on, regulation: $regulation)
  {{ {FOUND} }} }}"""
PREVIEW = """query ($input: RoutePreviewInput!) { routePreview(input: $input) { __typename
  ... on RoutePreview { finding } ... on Refusal { code } } }"""
CENTRE = {"institution": "service-centre", "kind": "EXPENDITURE_GENERAL"}


@pytest.fixture
async def admin(api: Api) -> Visitor:
    return await api.person("policy_admin@service-centre")


@pytest.fixture
async def platform(api: Api) -> Visitor:
    return await api.person("platform_admin")


async def test_an_administrator_is_told_each_hole_with_its_smallest_case_and_clauses(admin):
    gap, overlap, own = await admin.one(ASK, CENTRE)
    assert (gap["severity"], gap["problem"], gap["kind"]) == ("ERROR", "GAP", CENTRE["kind"])
    assert (gap["region"], gap["example"]) == ("500 < amount < 1000", {"amount": "500.01"})
    assert gap["message"].startswith("超过 500 元、不足 1000 元：没有规定谁批准")
    assert cites(gap["clauses"]) == ["finance/三"]
    assert (overlap["problem"], overlap["region"]) == ("OVERLAP", "amount = 2000")
    assert (own["severity"], own["problem"]) == ("WARNING", "SELF_APPROVAL")


async def test_a_finding_is_said_in_the_viewers_language(admin):
    admin.language = "en"
    [gap, *_] = await admin.one(ASK, CENTRE)
    assert gap["message"].startswith("over 500 yuan, under 1000 yuan: no clause says who approves")


async def test_the_platforms_administrator_reads_every_institution(platform):
    for institution in loading.institutions():
        found = await platform.one(ASK, {"institution": institution})
        errors_told = [each for each in found if each["severity"] == "ERROR"]
        listed = errors(institution, MONDAY.date())
        of_rules = [line[3] for line in listed if line[1] != "rows"]
        assert [each["region"] for each in errors_told] == of_rules
        told = await platform.one(
            "query ($i: String!) { ruleFindings(institution: $i) { severity rows } }",
            {"i": institution},
        )
        ids = [" / ".join(each["rows"]) for each in told if each["severity"] == "ERROR"]
        assert ids == [line[3] for line in listed if line[1] == "rows"]


async def test_a_replaced_regulation_is_analysed_by_itself(platform):
    asked = {"institution": "hrss-bureau", "kind": "LEAVE_SICK"}
    found = await platform.one(ASK, {**asked, "regulation": "staff-management"})
    twice = [each["region"] for each in found if each["problem"] == "OVERLAP"]
    assert twice == ["days = 1 and applicant_rank in section_deputy|section_chief"]
    assert not [each for each in await platform.one(ASK, asked) if each["severity"] == "ERROR"]


async def test_every_error_of_an_institution_is_what_the_preview_says_of_its_example(admin):
    found = await admin.one(ASK, {"institution": "service-centre"})
    shown = [each for each in found if each["severity"] == "ERROR"]
    assert len(shown) > 10
    for each in shown:
        case = {"institution": "service-centre", "kind": each["kind"], "facts": each["example"]}
        preview = await admin.one(PREVIEW, {"input": case})
        assert preview["finding"] == each["problem"]


@pytest.fixture
async def without_finance_deputy(api: Api) -> AsyncIterator[None]:
    """The demo's deputy for finance has left, from yesterday on."""
    where = """from seats s where (a.institution_id, a.seat_id) = (s.institution_id, s.id)
               and s.institution_id = 'service-centre' and s.role = 'finance_deputy'"""
    left = MONDAY.date() - timedelta(days=1)
    await api.run(f"update appointments a set ends = $1 {where}", left)
    yield
    await api.run(f"update appointments a set ends = null {where}")


async def test_a_seat_without_a_holder_is_told_as_vacant(admin, without_finance_deputy):
    vacant = [e for e in await admin.one(ASK, CENTRE) if e["problem"] == "VACANT_SEAT"]
    assert [(each["severity"], each["region"]) for each in vacant] == [("WARNING", "amount <= 500")]
    assert "主管财经副职" in vacant[0]["message"]


async def test_the_demo_offices_have_no_vacant_seat(platform):
    for institution in loading.institutions():
        found = await platform.one(ASK, {"institution": institution})
        assert [each for each in found if each["problem"] == "VACANT_SEAT"] == []


@pytest.mark.parametrize(
    ("account", "institution", "code"),
    [
        ("staff@service-centre", "service-centre", "NOT_ALLOWED"),
        ("director@service-centre", "service-centre", "NOT_ALLOWED"),
        ("policy_admin@hrss-bureau", "service-centre", "OTHER_INSTITUTION"),
        ("platform_admin", "no-such-office", "UNKNOWN_INSTITUTION"),
    ],
)
async def test_nobody_else_is_told(api, account, institution, code):
    visitor = await api.person(account)
    assert (await visitor.ask(ASK, {**CENTRE, "institution": institution})).codes == [code]


async def test_an_unknown_regulation_is_refused(admin):
    assert (await admin.ask(ASK, {**CENTRE, "regulation": "nothing"})).codes == ["INVALID_INPUT"]


async def test_a_line_of_the_page_tells_all_that_the_api_tells(admin):
    [gap, *_] = await admin.one(ASK, CENTRE)
    [line, *_] = [each for each in errors("service-centre") if each[3] == gap["region"]]
    assert line[1:4] == ("expenditure.general", gap["problem"], gap["region"])
