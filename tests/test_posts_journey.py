"""Vacant seats and appointments, as the policy administrator sees and changes them."""

from typing import Any

import pytest

from tests.lending import POST, change, id_of, lend, loans, seat_of
from tests.office import Api, Visitor, leave, problems, states

SICK = leave("2026-03-16", "2026-03-17")
ORDER = "人社任〔2026〕5号"
VACANT = """{ vacantSeats { waitingSteps oldestSince vacantSince
  seat { id role unit holders { name } } lent { borrower { name } document } } }"""


@pytest.fixture
async def chief(posts: Api) -> Visitor:
    return await posts.person("section_chief@hrss-bureau")


@pytest.fixture
async def deputy(posts: Api) -> Visitor:
    """The deputy section chief, who follows."""
    return await posts.person("section_deputy@hrss-bureau")


async def vacant(admin: Visitor) -> dict[str, Any]:
    """The vacant seats by their ids."""
    return {each["seat"]["id"]: each for each in await admin.one(VACANT)}


async def fill(admin: Visitor, seat: str, person: Visitor, **more: Any) -> Any:
    given = {"seatId": seat, "personId": await id_of(person), "document": ORDER}
    return await change(admin, "fillSeat", POST, **given | {"begins": "2026-03-02"} | more)


async def end(admin: Visitor, seat: str, person: Visitor, **more: Any) -> Any:
    given = {"seatId": seat, "personId": await id_of(person), "document": ORDER}
    return await change(admin, "endAppointment", POST, **given | {"lastDay": "2026-03-02"} | more)


async def test_a_vacant_seat_is_listed_lent_and_filled(
    posts: Api, admin: Visitor, chief: Visitor, deputy: Visitor
) -> None:
    staff = await posts.person("staff@hrss-bureau")
    seat = await seat_of(chief, "section_chief")
    submitted = await staff.submit("leave.sick", SICK)
    ended = await end(admin, seat, chief)
    assert ended["__typename"] == "PostChanged"
    assert seat not in await vacant(admin), "today is still held"
    assert len(await chief.inbox()) == 1

    await posts.wait(days=1)
    assert await chief.inbox() == []
    found = (await vacant(admin))[seat]
    assert (found["waitingSteps"], found["vacantSince"]) == (1, "2026-03-03")
    assert found["oldestSince"] == submitted["submittedAt"]
    assert found["lent"] is None

    loan = await lend(admin, seat, deputy, begins="2026-03-03")
    assert loan["vacant"] is True
    assert (await vacant(admin))[seat]["lent"]["borrower"] == {"name": "郑传文"}
    assert len(await deputy.inbox()) == 1

    filled = await fill(admin, seat, deputy, begins="2026-03-05")
    assert filled["seat"]["holders"] == []
    [cut] = await loans(admin)
    assert (cut["ends"], cut["state"]) == ("2026-03-04", "RUNNING")
    await posts.wait(days=2)
    assert seat not in await vacant(admin)
    [edge] = await deputy.inbox()
    decided = await deputy.decide(edge["step"]["id"])
    assert states(decided)[0] == ("section_chief", "ENDORSE", "DONE")
    codes = {
        edge["node"]["code"]
        for edge in (await deputy.one("{ notices { edges { node { code } } } }"))["edges"]
    }
    assert {"SEAT_FILLED", "SEAT_LENT_TO_YOU", "LOAN_ENDED"} <= codes


async def test_a_loan_of_a_vacant_seat_says_who_lent_it(
    posts: Api, admin: Visitor, chief: Visitor, deputy: Visitor
) -> None:
    staff = await posts.person("staff@hrss-bureau")
    seat = await seat_of(chief, "section_chief")
    await staff.submit("leave.sick", SICK)
    await end(admin, seat, chief)
    await posts.wait(days=1)
    before = await posts.counts()
    assert problems(await lend(admin, seat, admin, begins="2026-03-03")) == {
        ("toPersonId", "LENT_TO_ONESELF")
    }
    assert problems(await lend(staff, seat, deputy, begins="2026-03-03")) == {
        ("seatId", "NOT_YOUR_SEAT")
    }
    assert await posts.counts() == before
    await lend(admin, seat, deputy, begins="2026-03-03")
    decided = await deputy.agree()
    shown = await staff.one(
        f'{{ node(id: "{decided["id"]}") {{ ... on Request'
        " { steps { actingFor { person { name } } } } } }"
    )
    assert shown["steps"][0]["actingFor"] == {"person": {"name": "潘锦程"}}


async def test_an_administrator_s_own_request_is_not_decided_in_the_seat_that_they_lent(
    posts: Api, admin: Visitor, chief: Visitor, deputy: Visitor
) -> None:
    seat = await seat_of(chief, "section_chief")
    await end(admin, seat, chief)
    await posts.wait(days=1)
    await lend(admin, seat, deputy, begins="2026-03-03")
    as_staff = {"asSeat": await seat_of(admin, "staff")}
    own = await admin.submit("leave.sick", SICK | as_staff)
    assert own["steps"][0]["waitingFor"][0]["id"] == seat
    assert await deputy.inbox() == []
    before = await posts.counts()
    assert (await deputy.decide(own["steps"][0]["id"]))["code"] == "OWN_REQUEST"
    assert await posts.counts() == before


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"begins": "2026-03-01"}, ("begins", "IN_THE_PAST")),
        ({"begins": "2036-03-01"}, ("begins", "DATE_TOO_FAR")),
        ({"ends": "2026-03-01"}, ("ends", "END_BEFORE_START")),
        ({"document": ""}, ("document", "REQUIRED")),
        ({"document": "号" * 201}, ("document", "TOO_LONG")),
        ({"personId": "UGVyc29uOjAwMDAwMDAwLTAwMDAtMDAwMC0wMDAwLTAwMDAwMDAwMDAwMA=="},
         ("personId", "NOT_OF_THIS_OFFICE")),
        ({"seatId": "nonsense"}, ("seatId", "INVALID_ID")),
    ],
)  # fmt: skip
async def test_an_appointment_that_cannot_stand_is_refused_and_leaves_nothing(
    posts: Api, admin: Visitor, chief: Visitor, deputy: Visitor, given: Any, expected: Any
) -> None:
    seat = await seat_of(chief, "section_chief")
    before = await posts.counts()
    assert problems(await fill(admin, seat, deputy, **given)) == {expected}
    assert await posts.counts() == before


async def test_nobody_appoints_themselves_or_whoever_holds_the_seat_or_has_left(
    posts: Api, admin: Visitor, chief: Visitor, deputy: Visitor
) -> None:
    seat = await seat_of(chief, "section_chief")
    await posts.run(
        "update people set leaves = date '2026-03-31' where id = (select person_id from accounts"
        " where account = 'section_deputy@hrss-bureau')"
    )
    before = await posts.counts()
    for person, code in (
        (admin, "OWN_APPOINTMENT"),
        (chief, "HOLDS_IT_ALREADY"),
        (deputy, "HAS_LEFT"),
    ):
        assert problems(await fill(admin, seat, person)) == {("personId", code)}
    for asking in (chief, deputy):
        answer = await asking.ask(
            "mutation ($input: FillSeatInput!) { fillSeat(input: $input) { __typename } }",
            {
                "input": {
                    "seatId": seat,
                    "personId": await id_of(deputy),
                    "begins": "2026-03-02",
                    "document": ORDER,
                    "idempotencyKey": "mine",
                }
            },
        )
        assert answer.codes == ["NOT_ALLOWED"]
    assert await posts.counts() == before


async def test_an_appointment_that_is_not_there_does_not_end(
    posts: Api, admin: Visitor, chief: Visitor, deputy: Visitor
) -> None:
    seat = await seat_of(chief, "section_chief")
    before = await posts.counts()
    assert problems(await end(admin, seat, deputy)) == {("personId", "APPOINTMENT_NOT_FOUND")}
    assert problems(await end(admin, seat, chief, lastDay="2026-03-01")) == {
        ("lastDay", "IN_THE_PAST")
    }
    assert await posts.counts() == before


async def test_an_appointment_that_has_not_begun_is_taken_back(
    posts: Api, admin: Visitor, chief: Visitor, deputy: Visitor
) -> None:
    seat = await seat_of(chief, "section_chief")
    before = await posts.value("select count(*) from appointments")
    await fill(admin, seat, deputy, begins="2026-03-20")
    assert await posts.value("select count(*) from appointments") == before + 1
    await end(admin, seat, deputy)
    assert await posts.value("select count(*) from appointments") == before


async def test_the_last_two_administrators_stay(posts: Api, admin: Visitor) -> None:
    second = await posts.person("system_admin_2@hrss-bureau")
    third = await posts.person("staff@hrss-bureau")
    seat = await seat_of(admin, "system_admin")
    before = await posts.counts()
    for person in (admin, second):
        assert problems(await end(admin, seat, person)) == {("personId", "LAST_ADMINISTRATORS")}
    assert await posts.counts() == before
    await fill(admin, seat, third)
    assert (await end(admin, seat, second))["__typename"] == "PostChanged"
    assert problems(await end(admin, seat, third)) == {("personId", "LAST_ADMINISTRATORS")}


async def test_a_loan_ends_with_the_lender_s_appointment(
    posts: Api, admin: Visitor, chief: Visitor, deputy: Visitor
) -> None:
    seat = await seat_of(chief, "section_chief")
    await lend(chief, seat, deputy, ends="2026-03-31")
    await lend(chief, seat, deputy, begins="2026-04-01", ends="2026-04-02")
    await end(admin, seat, chief, lastDay="2026-03-06")
    later, running = await loans(chief)
    assert (running["state"], running["ends"]) == ("RUNNING", "2026-03-06")
    assert later["state"] == "ENDED"


async def test_a_repeated_call_appoints_once(
    posts: Api, admin: Visitor, chief: Visitor, deputy: Visitor
) -> None:
    seat = await seat_of(chief, "section_chief")
    first = await fill(admin, seat, deputy, key="appoint-once")
    again = await fill(admin, seat, deputy, key="appoint-once")
    assert first == again
    assert len(first["seat"]["holders"]) == 2
