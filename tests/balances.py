"""What tests of accounts share: they are opened, moved and read as people do."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest

from schema.ground.ids import global_id
from tests.office import REFUSAL, Api, Visitor, leave

BUREAU = "hrss-bureau"
SHOWN = """name unit openedOn bound balance reserved available lapsing { after amount }
  lines { day move of source amount until clause { regulation cite } }
  allowedActions { act allowed }"""
MOVING = (
    *("account_entries", "annual_leave_openings", "compensatory_leave_openings"),
    *("cash_loan_openings", "loan_settlements", "overtime_payments"),
)


@pytest.fixture
async def office(api: Api) -> AsyncIterator[Api]:
    """An office whose accounts nobody opened, before and after."""
    yield api
    await nothing_left(api)


async def nothing_left(api: Api) -> None:
    """No account was opened or moved."""
    await api.empty(*MOVING)


async def person_of(api: Api, account: str) -> str:
    person = await api.value("select person_id from accounts where account = $1", account)
    return global_id("Person", person)


async def enter(visitor: Visitor, word: str, whom: str, **entry: Any) -> Any:
    """A line of a register about somebody: its id, or the refusal."""
    given = {"personId": await person_of(visitor.api, whom), **entry}
    answer = await visitor.one(
        f"mutation ($input: Record{word}Input!) {{ record{word}(input: $input) {{ __typename"
        f" ... on LineEntered {{ lineId }} ... on Refusal {{ {REFUSAL} }} }} }}",
        {"input": {**given, "idempotencyKey": str(uuid4())}},
    )
    return answer.get("lineId", answer)


async def strike_out(visitor: Visitor, line: str) -> Any:
    return await visitor.one(
        "mutation ($input: StrikeOutLineInput!) { strikeOutLine(input: $input) { __typename"
        f" ... on LineEntered {{ lineId }} ... on Refusal {{ {REFUSAL} }} }} }}",
        {"input": {"lineId": line, "reason": "登记有误", "idempotencyKey": str(uuid4())}},
    )


async def accounts(visitor: Visitor, whom: str = "", on: str = "") -> dict[str, Any]:
    told = [f'person: "{await person_of(visitor.api, whom)}"'] if whom else []
    told += [f'on: "{on}"'] if on else []
    given = f"({', '.join(told)})" if told else ""
    found = await visitor.one(f"{{ accounts{given} {{ {SHOWN} }} }}")
    return {each["name"]: each for each in found}


async def left(visitor: Visitor, name: str, on: str = "") -> tuple[float, float, float]:
    found = (await accounts(visitor, on=on))[name]
    return float(found["balance"]), float(found["reserved"]), float(found["available"])


STAFF, CLERK = f"staff@{BUREAU}", f"office_clerk@{BUREAU}"
ANNUAL, TIME_OFF, LOANS = "leave.annual_days", "leave.compensatory_days", "finance.cash_loans"


async def opened(office: Api, amount: str = "5", since: str = "2010-07-01") -> Visitor:
    """The staff of the bureau, whose annual leave was opened."""
    clerk = await office.person(CLERK)
    entry = {"openedOn": "2026-03-02", "amount": amount, "workedSince": since}
    line = await enter(clerk, "AnnualLeaveOpening", STAFF, **entry)
    assert isinstance(line, str), line
    return await office.person(STAFF)


async def worked(office: Api, days: tuple[str, str]) -> None:
    """Overtime on days off that the deputy approved."""
    staff, deputy = await office.person(STAFF), await office.person(f"deputy_in_charge@{BUREAU}")
    asked = await staff.submit("overtime.work", leave(*days))
    assert asked["__typename"] == "Request", asked
    assert (await deputy.agree())["status"] == "APPROVED"
