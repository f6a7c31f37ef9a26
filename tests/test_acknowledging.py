"""Text that binds conduct is shown, acknowledged once a version, listed, and blocks nothing."""

from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.accounting import EVERYBODY, Accounted, Outcome, binding, concerns
from policies import accounting, vocabulary
from tests.office import REFUSAL, Api, Visitor, leave, problems

TO_DO = """{ toAcknowledge { regulation title version clauses { regulation cite
  accounts { outcome concerns } } } }"""
DO = f"""mutation ($input: AcknowledgeRegulationInput!) {{ acknowledgeRegulation(input: $input) {{
  __typename ... on RegulationAcknowledged {{ regulation version left {{ regulation version }} }}
  ... on Refusal {{ {REFUSAL} }} }} }}"""
WHO_NOT = """query ($regulation: String!, $first: Int, $after: String) {
  notAcknowledged(regulation: $regulation, first: $first, after: $after) {
    version totalCount pageInfo { hasNextPage endCursor } edges { node { id name account } } } }"""
UPLOAD = f"""mutation ($input: UploadRegulationInput!) {{ uploadRegulation(input: $input) {{
  __typename ... on Refusal {{ {REFUSAL} }} }} }}"""
KEPT = "select count(*) from regulation_acknowledgements"
LINES = "select count(*) from ledger where event = 'regulation_acknowledged'"
HYGIENE, DRIVERS, OFFICE = "hygiene", "vehicles", "hrss-bureau"


@pytest.fixture
async def office(api: Api) -> Api:
    await api.empty("regulation_acknowledgements", "regulation_texts")
    return api


async def acknowledged(
    visitor: Visitor, regulation: str = HYGIENE, version: int = 0, key: str = ""
) -> Any:
    given = {"regulation": regulation, "version": version, "idempotencyKey": key or str(uuid4())}
    return await visitor.one(DO, {"input": given})


async def owed(visitor: Visitor) -> dict[str, Any]:
    return {each["regulation"]: each for each in await visitor.one(TO_DO)}


async def test_everybody_is_shown_what_concerns_everybody_and_drivers_what_concerns_them(office):
    staff = await owed(await office.person(f"staff@{OFFICE}"))
    driver = await owed(await office.person(f"driver@{OFFICE}"))
    assert HYGIENE in staff
    assert HYGIENE in driver
    assert DRIVERS in driver
    assert {each["cite"] for each in driver[DRIVERS]["clauses"]} >= {"二、1", "二、4"}
    of_staff = {each["cite"] for each in staff.get(DRIVERS, {"clauses": []})["clauses"]}
    assert "二、4" not in of_staff
    for regulation in staff.values():
        for clause in regulation["clauses"]:
            assert "ACKNOWLEDGED" in {each["outcome"] for each in clause["accounts"]}


async def test_what_is_acknowledged_is_owed_no_more_and_stands_in_the_ledger(office):
    staff = await office.person(f"staff@{OFFICE}")
    lines = await office.value(LINES)
    answer = await acknowledged(staff)
    assert (answer["regulation"], answer["version"]) == (HYGIENE, 0)
    assert HYGIENE not in {each["regulation"] for each in answer["left"]}
    assert HYGIENE not in await owed(staff)
    assert HYGIENE in await owed(await office.person(f"staff_2@{OFFICE}"))
    assert await office.value(LINES) == lines + 1


async def test_acknowledging_again_with_or_without_the_key_changes_nothing(office):
    staff = await office.person(f"staff@{OFFICE}")
    key = str(uuid4())
    lines = await office.value(LINES)
    first = await acknowledged(staff, key=key)
    assert await acknowledged(staff, key=key) == first
    assert await acknowledged(staff) == first
    assert await office.value(KEPT) == 1
    assert await office.value(LINES) == lines + 1


async def test_a_new_version_is_acknowledged_anew(office):
    staff = await office.person(f"staff@{OFFICE}")
    await acknowledged(staff)
    administrator = await office.person(f"policy_admin@{OFFICE}")
    text = {"institution": OFFICE, "regulation": HYGIENE, "text": "一、保持清洁。"}
    await administrator.one(UPLOAD, {"input": {**text, "idempotencyKey": str(uuid4())}})
    assert (await owed(staff))[HYGIENE]["version"] == 1
    stale = await acknowledged(staff, version=0)
    assert problems(stale) == {("version", "ANOTHER_VERSION")}
    assert await office.value(KEPT) == 1
    assert (await acknowledged(staff, version=1))["version"] == 1
    assert HYGIENE not in await owed(staff)
    assert await office.value(KEPT) == 2


@pytest.mark.parametrize(
    ("regulation", "version", "code"),
    [
        ("no-such", 0, "UNKNOWN_REGULATION"),
        ("duty-leader", 0, "CONCERNS_OTHERS"),
        (HYGIENE, 7, "ANOTHER_VERSION"),
        (HYGIENE, -1, "ANOTHER_VERSION"),
    ],
)
async def test_what_cannot_be_acknowledged_is_refused_and_nothing_is_kept(
    office: Api, regulation: str, version: int, code: str
) -> None:
    staff = await office.person(f"staff@{OFFICE}")
    lines = await office.value("select count(*) from ledger")
    refused = await acknowledged(staff, regulation, version)
    assert refused["__typename"] == "Refusal"
    assert code in {refused["code"], *(each["code"] for each in refused["problems"])}
    assert await office.value(KEPT) == 0
    assert await office.value("select count(*) from ledger") == lines


async def test_who_has_not_acknowledged_is_listed_for_the_office_alone(office):
    clerk = await office.person(f"office_clerk@{OFFICE}")
    staff = await office.person(f"staff@{OFFICE}")
    before = await clerk.one(WHO_NOT, {"regulation": HYGIENE, "first": 100})
    await acknowledged(staff)
    after = await clerk.one(WHO_NOT, {"regulation": HYGIENE, "first": 100})
    assert after["totalCount"] == before["totalCount"] - 1 > 2
    accounts = [edge["node"]["account"] for edge in after["edges"]]
    assert staff.account not in accounts
    page, paged = None, []
    while page is None or page["pageInfo"]["hasNextPage"]:
        begins = page["pageInfo"]["endCursor"] if page else None
        asked = {"regulation": HYGIENE, "first": 3, "after": begins}
        page = await clerk.one(WHO_NOT, asked)
        paged += [edge["node"]["account"] for edge in page["edges"]]
    assert paged[:100] == accounts
    told = await staff.ask(WHO_NOT, {"regulation": HYGIENE})
    assert told.codes == ["NOT_ALLOWED"]


async def test_only_those_whom_it_concerns_are_listed(office):
    administrator = await office.person(f"policy_admin@{OFFICE}")
    found = await administrator.one(WHO_NOT, {"regulation": "duty-leader", "first": 100})
    held = await office.rows(
        "select distinct p.account from people p join appointments a"
        " on (a.institution_id, a.person_id) = (p.institution_id, p.id)"
        " join seats s on (s.institution_id, s.id) = (a.institution_id, a.seat_id)"
        f" where s.role = 'duty_leader' and p.institution_id = '{OFFICE}'"
    )
    assert {e["node"]["account"] for e in found["edges"]} == {row["account"] for row in held}


async def test_nothing_waits_for_an_acknowledgement(office):
    staff = await office.person(f"staff@{OFFICE}")
    assert await owed(staff)
    assert "status" in await staff.submit("leave.sick", leave("2026-03-16"))


def test_every_binding_regulation_names_roles_that_there_are():
    roles = vocabulary.shipped().roles
    for institution in ("hrss-bureau", "construction-bureau"):
        lines = accounting.shipped(institution)
        in_force = {(each.clause, each.clause_kind) for each in lines}
        bound = binding(lines, in_force)
        assert bound
        assert binding(lines, ()) == {}
        for each in (line for of_it in bound.values() for line in of_it):
            assert each.outcome is Outcome.ACKNOWLEDGED
            assert EVERYBODY in each.concerns or any(concerns(each, {r}, roles) for r in roles)


@given(st.sets(st.sampled_from(["driver", "staff", "director"])), st.booleans())
def test_a_clause_concerns_who_holds_one_of_its_roles(held, everybody):
    named = (EVERYBODY,) if everybody else ("driver", "director")
    line = Accounted("a/一", "duty", 1, Outcome.ACKNOWLEDGED, concerns=named)
    expected = everybody or bool(held & {"driver", "director"})
    assert concerns(line, held, vocabulary.shipped().roles) is expected
