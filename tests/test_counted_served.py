"""Clauses that count are served: entered by their keepers, told, decided by whom the text names."""

from typing import Any
from uuid import uuid4

import pytest

from tests.fleet import person_id
from tests.office import REFUSAL, Api, Visitor, leave
from tests.test_consequences import KEPT, LINE, SHOWN, office

__all__ = ["office"]

CASES = [
    ("construction-bureau", "office_clerk", ["conduct_article_5_or_9"] * 2, "fine", "50", None),
    ("construction-bureau", "office_clerk", ["duty_room_dirty"], "fine", "50", "bureau_leader"),
    ("construction-bureau", "office_clerk", ["duty_late_or_empty"], "deduct_bonus", "100",
     "bureau_leader"),
    ("construction-bureau", "office_clerk", ["month_without_problem"], "bonus", "100",
     "office_director"),
    ("construction-bureau", "branch_secretary", ["member_excellent"], "other", None, "branch"),
    ("construction-bureau", "audit_section", ["unapproved_payment"], "disciplinary", None, None),
    ("hrss-bureau", "attendance_clerk", ["absent_without_leave=1"], "criticism", None,
     "deputy_in_charge"),
    ("hrss-bureau", "attendance_clerk", ["leave_unfiled"], "other", None, None),
    ("hrss-bureau", "office_clerk", ["media_leak"], "disciplinary", None, None),
    ("service-centre", "hall_director", ["dress"], "deduct_bonus", "10", None),
    ("service-centre", "hall_director", ["on_duty_conduct"] * 3, "talk", None, "hall_leader"),
    ("service-centre", "office_clerk", ["paper_published"], "bonus", "400", None),
    ("science-bureau", "office_clerk", ["late"] * 3, "other", "1", None),
    ("county-organs", "office_clerk", ["frequently_late"], "talk", None, "director"),
    ("household-registration", "office_clerk", ["breach_with_harm"], "disciplinary", None, None),
    ("township-government", "office_clerk", ["overstay_unasked=2"], "other", None, None),
]  # fmt: skip


async def enter(visitor: Visitor, entry: str, day: str, **whose: Any) -> Any:
    what, _, amount = entry.partition("=")
    given = {"happenedOn": day, "what": what, "amount": amount or None, **whose}
    answer = await visitor.one(
        "mutation ($input: RecordOccurrenceInput!) { recordOccurrence(input: $input)"
        f" {{ {LINE} }} }}",
        {"input": {**given, "idempotencyKey": str(uuid4())}},
    )
    return answer.get("lineId", answer)


async def told(visitor: Visitor) -> list[Any]:
    found = await visitor.one(f"{{ consequences {{ {SHOWN} }} }}")
    return [each for each in found if each["state"] == "PROPOSED"]


async def decide(visitor: Visitor, of: Any, **given: Any) -> Any:
    answer = await visitor.one(
        "mutation ($input: DecideConsequenceInput!) { decideConsequence(input: $input)"
        f" {{ {KEPT} ... on Refusal {{ {REFUSAL} }} }} }}",
        {"input": {"consequenceId": of["id"], "idempotencyKey": str(uuid4()), **given}},
    )
    return answer.get("consequence", answer)


@pytest.mark.parametrize(("where", "keeper", "entered", "type_", "amount", "decider"), CASES)
async def test_what_the_keeper_enters_is_told_and_decided_by_whom_the_text_names(
    office: Api,
    where: str,
    keeper: str,
    entered: list[str],
    type_: str,
    amount: str | None,
    decider: str | None,
) -> None:
    clerk, staff = [await office.person(f"{role}@{where}") for role in (keeper, "staff")]
    whom = await person_id(clerk, f"staff@{where}")
    lines = [await enter(clerk, each, "2026-03-02", personId=whom) for each in entered]
    assert all(isinstance(each, str) for each in lines), lines
    mine = [each for each in await told(staff) if (each["type"], each["amount"]) == (type_, amount)]
    assert mine
    assert {line for each in mine for line in each["lines"]} == {*lines}
    assert {role for each in mine for role in each["decidedBy"]} == {*filter(None, [decider])}
    director = await office.person(f"director@{where}")
    if decider is None:
        refused = await decide(director, mine[0], outcome="IMPOSE")
        assert refused["code"] == "CONSEQUENCE_NOT_FOUND"
        noted = {each["id"]: each for each in await told(clerk)}
        assert {each["id"] for each in mine} <= noted.keys(), "who keeps the lines sees it noted"
        kept = await decide(clerk, mine[0], outcome="IMPOSE")
        assert (kept["code"], noted[mine[0]["id"]]["may"]) == ("NOBODY_DECIDES", [])
        return
    holds = {"bureau_leader": "director"}.get(decider, decider)
    imposed = await decide(await office.person(f"{holds}@{where}"), mine[0], outcome="IMPOSE")
    assert imposed["state"] == "IMPOSED", imposed


async def test_who_keeps_one_register_of_conduct_keeps_no_other(office: Api) -> None:
    where = "service-centre"
    hall, openness = [
        await office.person(f"{role}@{where}") for role in ("hall_director", "openness_office")
    ]
    whom = await person_id(hall, f"staff@{where}")
    before = await office.counts()
    for visitor, what in ((hall, "breach_serious"), (openness, "dress")):
        assert (await enter(visitor, what, "2026-03-02", personId=whom))["code"] == "NOT_A_KEEPER"
    assert await office.counts() == before


async def test_an_approved_leave_that_is_counted_is_told_and_decided_as_what_is_entered(
    office: Api,
) -> None:
    where = "construction-bureau"
    staff, chief, director = [
        await office.person(f"{role}@{where}")
        for role in ("staff", "section_chief", "office_director")
    ]
    assert await told(staff) == []
    first = await staff.submit("leave.personal", leave("2026-03-09"))
    assert await told(staff) == []
    await chief.agree()
    [mine] = await told(staff)
    assert (mine["type"], mine["amount"], mine["lines"]) == ("deduct_bonus", "20", [first["id"]])
    second = await staff.submit("leave.personal", leave("2026-03-16"))
    await chief.agree()
    [both] = await told(director)
    assert (both["amount"], {*both["lines"]}) == ("40", {first["id"], second["id"]})
    assert both["decidedBy"] == ["office_director"]
    assert (await decide(director, both, outcome="IMPOSE"))["state"] == "IMPOSED"


async def test_what_a_leave_takes_from_the_pay_is_seen_by_who_keeps_the_attendance(
    office: Api,
) -> None:
    where = "hrss-bureau"
    staff, clerk, other = [
        await office.person(f"{role}@{where}")
        for role in ("staff", "office_clerk", "canteen_committee")
    ]
    await staff.submit("leave.personal", leave("2026-03-09", "2026-03-17"))
    for role in ("section_chief", "deputy_in_charge", "director", "office_clerk"):
        await (await office.person(f"{role}@{where}")).agree()
    mine = await told(staff)
    assert [(each["type"], float(each["amount"])) for each in mine] == [("fine", 130)]
    assert [each["id"] for each in await told(clerk)] == [mine[0]["id"]]
    assert await told(other) == []
