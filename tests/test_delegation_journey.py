"""The deputy is away and lends the seat: what waits passes on, and every decision says for whom."""

from datetime import timedelta
from typing import Any

import pytest

from tests.lending import ACTING, LENT, change, end_loan, id_of, lend, loans, recorded, seat_of
from tests.office import INBOX, Api, Visitor, leave, states
from tests.records import records

SICK = leave("2026-03-16", "2026-03-17")
DOCUMENT = "人社党组〔2026〕3号"
NOTICES = "{ notices { edges { node { code sentence by { name } } } } }"


@pytest.fixture
async def staff(api: Api) -> Visitor:
    return await api.person("staff@hrss-bureau")


@pytest.fixture
async def deputy(api: Api) -> Visitor:
    return await api.person("deputy_in_charge@hrss-bureau")


@pytest.fixture
async def substitute(api: Api) -> Visitor:
    return await api.person("office_director@hrss-bureau")


@pytest.fixture
async def waiting(api: Api, staff: Visitor) -> Any:
    """A sick leave that waits for the deputy."""
    submitted = await staff.submit("leave.sick", SICK)
    await (await api.person("section_chief@hrss-bureau")).agree()
    return submitted


async def lent(deputy: Visitor, substitute: Visitor, **more: Any) -> Any:
    seat = await seat_of(deputy, "deputy_in_charge", "就业促进科")
    return await lend(deputy, seat, substitute, **more)


async def acting(visitor: Visitor, request: str) -> list[dict[str, Any]]:
    node = await visitor.one(
        f'{{ node(id: "{request}") {{ ... on Request {{ steps {{ {ACTING} }} }} }} }}'
    )
    return list(node["steps"])


async def test_the_deputy_is_away_and_lends_the_seat(
    staff: Visitor, deputy: Visitor, substitute: Visitor, waiting: Any
) -> None:
    assert len(await deputy.inbox()) == 1
    assert await substitute.inbox() == []

    loan = await lent(deputy, substitute, reason="赴省学习")
    assert (loan["state"], loan["document"]) == ("RUNNING", DOCUMENT)

    [edge] = await substitute.inbox()
    assert edge["node"]["id"] == waiting["id"]
    assert edge["step"]["id"] == waiting["steps"][1]["id"]
    actions = {each["action"]: each["allowed"] for each in edge["node"]["allowedActions"]}
    assert actions["AGREE"] is True
    counted = await substitute.one("{ boxCounts { box count } }")
    assert {"box": "TO_DECIDE", "count": 1} in counted
    assert len(await deputy.inbox()) == 1, "the holder may still decide"

    decided = await substitute.agree()
    assert states(decided)[1][2] == "DONE"
    assert await substitute.inbox() == await deputy.inbox() == []

    shown = await acting(staff, waiting["id"])
    assert shown[1]["decidedBy"] == {"name": "何涛"}
    assert shown[1]["onBehalfOf"] == {"role": "deputy_in_charge", "unit": "就业促进科"}
    assert shown[1]["actingFor"] == {
        "person": {"name": "程喜顺"},
        "document": DOCUMENT,
        "delegation": loan["id"],
    }
    assert shown[0]["actingFor"] is None


async def test_the_inbox_takes_no_further_statement_for_a_lent_seat(
    api: Api, deputy: Visitor, substitute: Visitor, waiting: Any
) -> None:
    await lent(deputy, substitute)
    await substitute.ask(INBOX)
    api.services.calendars._clock = lambda: 0.0
    await substitute.ask(INBOX)
    api.statements.clear()
    [edge] = await substitute.inbox()
    assert edge["node"]["id"] == waiting["id"]
    assert len(api.statements) == 4, "viewer, page, steps, seats"


async def test_a_loan_counts_from_its_first_day_to_the_end_of_its_last(
    api: Api, deputy: Visitor, substitute: Visitor, waiting: Any
) -> None:
    step = waiting["steps"][1]["id"]
    planned = await lent(deputy, substitute, begins="2026-03-04", ends="2026-03-05")
    assert planned["state"] == "PLANNED"
    assert (await substitute.decide(step))["code"] == "REQUEST_NOT_FOUND"

    await api.wait(days=2)
    assert [each["state"] for each in await loans(deputy)] == ["RUNNING"]
    assert len(await substitute.inbox()) == 1

    api.now = api.now.replace(hour=23, minute=59) + timedelta(days=1)
    assert len(await substitute.inbox()) == 1
    await api.wait(minutes=1)
    assert await substitute.inbox() == []
    assert (await substitute.decide(step))["code"] == "REQUEST_NOT_FOUND"
    assert [each["state"] for each in await loans(deputy)] == ["ENDED"]
    assert len(await deputy.inbox()) == 1, "what was not decided waits for the seat as before"


async def test_a_loan_that_is_ended_early_counts_no_longer(
    api: Api, deputy: Visitor, substitute: Visitor, waiting: Any
) -> None:
    loan = await lent(deputy, substitute)
    before = await recorded(api, "loan_ended")
    ended = await end_loan(deputy, loan["id"])
    assert (ended["state"], ended["endedBy"]) == ("ENDED", {"name": "程喜顺"})
    assert ended["endedAt"]
    assert await substitute.inbox() == []
    refused = await substitute.decide(waiting["steps"][1]["id"])
    assert refused["code"] == "REQUEST_NOT_FOUND"
    assert (await end_loan(deputy, loan["id"]))["code"] == "LOAN_OVER"
    assert await recorded(api, "loan_ended") == before + 1
    assert (await lent(deputy, substitute))["state"] == "RUNNING", "the seat is free to lend again"


async def test_an_administrator_ends_a_loan_and_the_borrower_does_not(
    api: Api, deputy: Visitor, substitute: Visitor
) -> None:
    loan = await lent(deputy, substitute)
    assert (await end_loan(substitute, loan["id"]))["code"] == "NOT_YOUR_LOAN"
    stranger = await api.person("staff_2@hrss-bureau")
    assert (await end_loan(stranger, loan["id"]))["code"] == "DELEGATION_NOT_FOUND"
    admin = await api.person("system_admin@hrss-bureau")
    assert (await end_loan(admin, loan["id"]))["state"] == "ENDED"


async def test_a_loan_covers_only_its_kinds(
    deputy: Visitor, substitute: Visitor, waiting: Any
) -> None:
    step = waiting["steps"][1]["id"]
    personal = await lent(deputy, substitute, kinds=["LEAVE_PERSONAL"])
    assert personal["kinds"] == ["LEAVE_PERSONAL"]
    assert await substitute.inbox() == []
    assert (await substitute.decide(step))["code"] == "REQUEST_NOT_FOUND"

    await lent(deputy, substitute, kinds=["LEAVE_SICK"])
    assert (await substitute.decide(step))["status"] == "APPROVED"


@pytest.mark.parametrize(("maximum", "covered"), [("1.5", False), ("2", True), ("2.5", True)])
async def test_a_loan_covers_up_to_its_limit(
    deputy: Visitor, substitute: Visitor, waiting: Any, maximum: str, covered: bool
) -> None:
    limit = {"fact": "days", "maximum": maximum}
    loan = await lent(deputy, substitute, limit=limit, kinds=["LEAVE_SICK"])
    assert loan["limit"] == limit
    assert len(await substitute.inbox()) == covered
    answer = await substitute.decide(waiting["steps"][1]["id"])
    assert answer.get("code", "taken") == ("taken" if covered else "REQUEST_NOT_FOUND")


async def test_a_request_that_does_not_state_what_is_limited_is_not_covered(
    deputy: Visitor, substitute: Visitor, waiting: Any
) -> None:
    assert waiting["status"] == "PENDING"
    await lent(deputy, substitute, limit={"fact": "amount", "maximum": "5000"})
    assert await substitute.inbox() == []


async def test_both_are_told_and_the_ledger_keeps_the_document(
    api: Api, deputy: Visitor, substitute: Visitor
) -> None:
    await lent(deputy, substitute)
    for visitor, code in ((deputy, "SEAT_LENT"), (substitute, "SEAT_LENT_TO_YOU")):
        [edge] = (await visitor.one(NOTICES))["edges"]
        assert edge["node"]["code"] == code
        assert DOCUMENT in edge["node"]["sentence"]
        assert edge["node"]["by"] == {"name": "程喜顺"}
    [*_, record] = await records(api, "l.institution_id = 'hrss-bureau'")
    assert (record["event"], record["document"]) == ("seat_lent", DOCUMENT)


async def test_lending_lends_turns_and_no_permissions(api: Api, staff: Visitor) -> None:
    admin = await api.person("system_admin@hrss-bureau")
    await lend(admin, await seat_of(admin, "system_admin"), staff)
    answer = await staff.ask("{ vacantSeats { waitingSteps } }")
    assert answer.codes == ["NOT_ALLOWED"]
    given = {"seatId": await seat_of(admin, "staff"), "personId": await id_of(staff)}
    filled = await staff.ask(
        "mutation ($input: FillSeatInput!) { fillSeat(input: $input) { __typename } }",
        {"input": {**given, "begins": "2026-03-02", "document": "x", "idempotencyKey": "k"}},
    )
    assert filled.codes == ["NOT_ALLOWED"]


async def test_a_loan_ends_when_the_lender_no_longer_holds_the_seat(
    api: Api, deputy: Visitor, substitute: Visitor, waiting: Any
) -> None:
    await lent(deputy, substitute)
    assert len(await substitute.inbox()) == 1
    held = await api.rows("select * from appointments")
    await api.run(
        "update appointments set ends = date '2026-03-01' where person_id = (select person_id"
        " from accounts where account = 'deputy_in_charge@hrss-bureau')"
    )
    assert await substitute.inbox() == []
    refused = await substitute.decide(waiting["steps"][1]["id"])
    assert refused["code"] == "REQUEST_NOT_FOUND"
    await api.empty("appointments")
    await api.superuser.copy_records_to_table("appointments", records=[tuple(r) for r in held])


async def test_the_sentence_of_a_loan_is_said_in_both_languages(
    deputy: Visitor, substitute: Visitor
) -> None:
    seat = await seat_of(deputy, "deputy_in_charge", "就业促进科")
    given = {"document": "No. 3", "begins": "2026-03-02", "ends": "2026-03-03"}
    to = await id_of(substitute)
    deputy.language = "en"
    assert (await change(deputy, "lendSeat", LENT, seatId=seat, toPersonId=to, **given))[
        "__typename"
    ] == "Lent"
    [edge] = (await deputy.one(NOTICES))["edges"]
    assert edge["node"]["sentence"].startswith("Deputy")
