"""What is not lent, and that nobody decides on their own request through a loan or several."""

from typing import Any

import pytest

from tests.lending import appointed, end_loan, id_of, lend, loans, seat_of
from tests.office import Api, Visitor, cites, leave, problems, states
from tests.papers import papers
from tests.surveys import surveyed

SICK = leave("2026-03-16", "2026-03-17")
NOWHERE = "U2VhdDowMDAwMDAwMC0wMDAwLTAwMDAtMDAwMC0wMDAwMDAwMDAwMDA="
ABOVE, HOME = "county-police-bureau", "household-registration"
BIRTH_DATE = {
    "explanation": "出生证所载日期与户口簿不一致",
    "hasWorkUnit": False,
    "attachments": papers("出生证或出生医学证明", "户口簿", "身份证"),
}


@pytest.fixture
async def deputy(api: Api) -> Visitor:
    return await api.person("deputy_in_charge@hrss-bureau")


@pytest.fixture
async def substitute(api: Api) -> Visitor:
    return await api.person("office_director@hrss-bureau")


@pytest.fixture
async def chief(api: Api) -> Visitor:
    return await api.person("section_chief@hrss-bureau")


async def seat(deputy: Visitor) -> str:
    return await seat_of(deputy, "deputy_in_charge", "就业促进科")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"begins": "2026-03-01"}, ("begins", "IN_THE_PAST")),
        ({"begins": "2031-01-01", "ends": "2031-01-02"}, ("begins", "DATE_TOO_FAR")),
        ({"ends": "2026-03-01"}, ("ends", "END_BEFORE_START")),
        ({"ends": "2027-03-02"}, ("ends", "LOAN_TOO_LONG")),
        ({"document": "  "}, ("document", "REQUIRED")),
        ({"document": "号" * 201}, ("document", "TOO_LONG")),
        ({"reason": "因" * 1001}, ("reason", "TOO_LONG")),
        ({"kinds": []}, ("kinds", "NO_KINDS_LENT")),
        ({"limit": {"fact": "nothing", "maximum": "1"}}, ("limit.fact", "LIMIT_NOT_NUMERIC")),
        ({"limit": {"fact": "urgency", "maximum": "1"}}, ("limit.fact", "LIMIT_NOT_NUMERIC")),
        ({"limit": {"fact": "amount", "maximum": "-1"}}, ("limit.maximum", "TOO_SMALL")),
        (
            {"limit": {"fact": "amount", "maximum": "1"}, "kinds": ["LEAVE_SICK"]},
            ("limit.fact", "LIMIT_NOT_OF_KIND"),
        ),
        ({"seatId": NOWHERE}, ("seatId", "SEAT_NOT_FOUND")),
        ({"seatId": "nonsense"}, ("seatId", "INVALID_ID")),
        ({"toPersonId": NOWHERE}, ("toPersonId", "INVALID_ID")),
    ],
)
async def test_a_loan_that_cannot_stand_is_refused_and_leaves_nothing(
    api: Api, deputy: Visitor, substitute: Visitor, given: Any, expected: tuple[str, str]
) -> None:
    own = await seat(deputy)
    before = await api.counts()
    assert problems(await lend(deputy, own, substitute, **given)) == {expected}
    assert await api.counts() == before


async def test_a_seat_is_lent_to_a_colleague_who_does_not_hold_it(
    posts: Api, deputy: Visitor, substitute: Visitor
) -> None:
    elsewhere = await posts.person("staff@science-bureau")
    own = await seat(deputy)
    await appointed(posts, "staff_2@hrss-bureau", "deputy_in_charge@hrss-bureau")
    joint = await posts.person("staff_2@hrss-bureau")
    await posts.run(
        "update people set leaves = date '2026-03-20' where id = (select person_id from accounts"
        " where account = 'office_director@hrss-bureau')"
    )
    before = await posts.counts()
    for to, code in (
        (deputy, "LENT_TO_ONESELF"),
        (elsewhere, "NOT_OF_THIS_OFFICE"),
        (substitute, "HAS_LEFT"),
    ):
        assert problems(await lend(deputy, own, to)) == {("toPersonId", code)}
    held = [each["id"] for each in (await joint.one("{ viewer { seats { id role } } }"))["seats"]]
    [shared] = set(held) & set(await all_seats(deputy))
    assert problems(await lend(deputy, shared, joint)) == {("toPersonId", "HOLDS_IT_ALREADY")}
    assert await posts.counts() == before


async def all_seats(visitor: Visitor) -> list[str]:
    return [s["id"] for s in (await visitor.one("{ viewer { seats { id } } }"))["seats"]]


async def test_nobody_lends_a_seat_of_another(
    api: Api, deputy: Visitor, substitute: Visitor, chief: Visitor
) -> None:
    own = await seat(deputy)
    admin = await api.person("system_admin@hrss-bureau")
    elsewhere = await api.person("deputy_in_charge@science-bureau")
    before = await api.counts()
    refused = await lend(chief, own, substitute)
    assert problems(refused) == {("seatId", "NOT_YOUR_SEAT")}
    assert problems(await lend(admin, own, substitute)) == {("seatId", "SEAT_IS_HELD")}
    assert problems(await lend(elsewhere, own, elsewhere)) == {("seatId", "SEAT_NOT_FOUND")}
    assert await api.counts() == before


async def test_a_borrowed_seat_is_not_lent_further(
    api: Api, deputy: Visitor, substitute: Visitor, chief: Visitor
) -> None:
    own = await seat(deputy)
    await lend(deputy, own, substitute)
    before = await api.counts()
    refused = await lend(substitute, own, chief)
    assert problems(refused) == {("seatId", "BORROWED_SEAT")}
    assert await api.counts() == before


async def test_a_seat_is_lent_only_while_it_is_held(
    posts: Api, deputy: Visitor, substitute: Visitor
) -> None:
    own = await seat(deputy)
    of_theirs = (
        "update appointments set {} where person_id = (select person_id from accounts"
        " where account = 'deputy_in_charge@hrss-bureau')"
    )
    await posts.run(of_theirs.format("ends = date '2026-03-20'"))
    before = await posts.counts()
    refused = await lend(deputy, own, substitute)
    assert problems(refused) == {("ends", "LOAN_OUTLASTS_POST")}
    assert "2026-03-20" in refused["problems"][0]["message"]
    assert (await lend(deputy, own, substitute, ends="2026-03-20"))["state"] == "RUNNING"
    await end_loan(deputy, (await loans(deputy))[0]["id"])
    await posts.run(of_theirs.format("begins = date '2026-03-05'"))
    refused = await lend(deputy, own, substitute, ends="2026-03-10")
    assert problems(refused) == {("begins", "POST_NOT_BEGUN")}
    later = await lend(deputy, own, substitute, begins="2026-03-05", ends="2026-03-10")
    assert later["state"] == "PLANNED"
    assert before["requests"] == 0


async def test_a_seat_is_not_lent_twice_for_the_same_requests(
    api: Api, deputy: Visitor, substitute: Visitor, chief: Visitor
) -> None:
    own = await seat(deputy)
    await lend(deputy, own, substitute, kinds=["LEAVE_SICK", "LEAVE_ANNUAL"])
    before = await api.counts()
    for more in ({}, {"kinds": ["LEAVE_SICK"]}, {"begins": "2026-03-31", "ends": "2026-04-09"}):
        assert problems(await lend(deputy, own, chief, **more)) == {("seatId", "LOAN_OVERLAPS")}
    assert await api.counts() == before
    assert (await lend(deputy, own, chief, kinds=["LEAVE_PERSONAL"]))["state"] == "RUNNING"
    after = await lend(deputy, own, chief, begins="2026-04-01", ends="2026-04-09")
    assert after["state"] == "PLANNED"


async def test_no_seat_is_lent_in_a_circle(
    api: Api, deputy: Visitor, substitute: Visitor, chief: Visitor
) -> None:
    await lend(deputy, await seat(deputy), substitute, ends="2026-03-10")
    directors = await seat_of(substitute, "office_director")
    chiefs = await seat_of(chief, "section_chief")
    refused = await lend(substitute, directors, deputy, begins="2026-03-10")
    assert problems(refused) == {("toPersonId", "LOAN_CIRCLE")}
    await lend(substitute, directors, chief)
    before = await api.counts()
    assert problems(await lend(chief, chiefs, deputy)) == {("toPersonId", "LOAN_CIRCLE")}
    assert await api.counts() == before
    assert (await lend(chief, chiefs, deputy, begins="2026-03-11"))["state"] == "PLANNED"


async def test_who_borrowed_a_seat_does_not_decide_on_their_own_request(
    api: Api, deputy: Visitor, chief: Visitor
) -> None:
    submitted = await chief.submit("leave.sick", SICK)
    own, above = submitted["steps"][:2]
    assert (own["status"], above["status"]) == ("SKIPPED", "OPEN")
    await lend(deputy, await seat(deputy), chief)
    assert await chief.inbox() == []
    before = await api.counts()
    assert (await chief.decide(above["id"]))["code"] == "OWN_REQUEST"
    assert await api.counts() == before
    assert len(await deputy.inbox()) == 1


@pytest.fixture
async def lent_by_the_applicant(posts: Api, chief: Visitor, substitute: Visitor) -> Any:
    """A chief's own leave waits for the other holder of the chief's seat, which is lent."""
    await appointed(posts, "section_deputy@hrss-bureau", "section_chief@hrss-bureau")
    submitted = await chief.submit("leave.sick", SICK)
    assert states(submitted)[0] == ("section_chief", "ENDORSE", "OPEN")
    await lend(chief, await seat_of(chief, "section_chief"), substitute)
    return submitted


async def test_the_borrower_does_not_decide_on_the_lender_s_own_request(
    posts: Api, substitute: Visitor, lent_by_the_applicant: Any
) -> None:
    step = lent_by_the_applicant["steps"][0]["id"]
    assert await substitute.inbox() == []
    before = await posts.counts()
    assert (await substitute.decide(step))["code"] == "OWN_REQUEST"
    assert await posts.counts() == before
    joint = await posts.person("section_deputy@hrss-bureau")
    assert (await joint.decide(step))["steps"][0]["status"] == "DONE"


async def test_no_chain_over_two_seats_leads_back_to_one_s_own_request(
    posts: Api, deputy: Visitor, chief: Visitor, substitute: Visitor, lent_by_the_applicant: Any
) -> None:
    own, above = lent_by_the_applicant["steps"][:2]
    await lend(deputy, await seat(deputy), chief)
    joint = await posts.person("section_deputy@hrss-bureau")
    await joint.decide(own["id"])
    assert await substitute.inbox() == await chief.inbox() == []
    before = await posts.counts()
    assert (await chief.decide(above["id"]))["code"] == "OWN_REQUEST"
    assert (await substitute.decide(above["id"]))["code"] == "NOT_YOUR_STEP"
    assert await posts.counts() == before
    assert len(await deputy.inbox()) == 1


async def test_a_clause_keeps_the_power_to_approve_with_its_holder(api: Api) -> None:
    deputy = await api.person(f"county_bureau_deputy@{HOME}")
    colleague = await api.person(f"section_chief_2@{HOME}")
    own = await seat_of(deputy, "county_bureau_deputy")
    before = await api.counts()
    refused = await lend(deputy, own, colleague, kinds=["LEAVE_SICK", "HOUSEHOLD_RENAME"])
    assert problems(refused) == {("kinds", "NOT_TO_BE_LENT")}
    assert cites([refused["clause"]]) == ["responsibility/二(二)"]
    assert cites([each["clause"] for each in refused["problems"]]) == ["responsibility/二(二)"]
    assert await api.counts() == before
    loan = await lend(deputy, own, colleague)
    assert loan["kinds"] is None
    assert "HOUSEHOLD_RENAME" in loan["excepted"]


async def test_a_loan_for_all_does_not_cover_what_a_clause_keeps(api: Api) -> None:
    applicant = await api.person(f"staff_2@{HOME}")
    county = await api.person(f"county_bureau_deputy@{ABOVE}")
    colleague = await api.person(f"county_household_section@{ABOVE}")
    request = await applicant.submit("household.birth_date", BIRTH_DATE)
    await surveyed(api, request["id"])
    for role in ("area_officer_2", "police_station_chief_2"):
        request = await (await api.person(f"{role}@{HOME}")).agree()
    loan = await lend(county, await seat_of(county, "county_bureau_deputy"), colleague)
    assert "HOUSEHOLD_BIRTH_DATE" in loan["excepted"]
    assert await colleague.inbox() == []
    before = await api.counts()
    refused = await colleague.decide(request["steps"][2]["id"])
    assert refused["code"] == "NOT_TO_BE_LENT"
    assert cites([refused["clause"]]) == ["responsibility/二(二)"]
    assert await api.counts() == before
    assert (await county.agree())["status"] == "APPROVED"


async def test_the_substitute_keeper_records_a_seal_that_only_the_director_may_approve(
    api: Api,
) -> None:
    """A clause that demands the director's own signature keeps the decision, not the record."""
    director = await api.person("director@service-centre")
    keeper = await api.person("seal_keeper@service-centre")
    colleague = await api.person("staff_2@service-centre")
    kinds = ["SEAL_LEGAL_REP"]
    refused = await lend(director, await seat_of(director, "director"), colleague, kinds=kinds)
    assert cites([refused["clause"]]) == ["seals/印鉴管理 5"]
    lent = await lend(keeper, await seat_of(keeper, "seal_keeper"), colleague, kinds=kinds)
    assert lent["state"] == "RUNNING"


async def test_a_malformed_loan_to_end_is_refused(api: Api, deputy: Visitor) -> None:
    me = await id_of(deputy)
    before = await api.counts()
    assert problems(await end_loan(deputy, me)) == {("delegationId", "INVALID_ID")}
    unknown = "RGVsZWdhdGlvbjowMDAwMDAwMC0wMDAwLTAwMDAtMDAwMC0wMDAwMDAwMDAwMDA="
    assert (await end_loan(deputy, unknown))["code"] == "DELEGATION_NOT_FOUND"
    assert await api.counts() == before
