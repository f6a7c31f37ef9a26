"""Consequences beside one another: which one is chosen, which contradict, what all come to."""

from typing import Any
from uuid import uuid4

import pytest

from schema.ground.ids import read_id
from tests.fleet import person_id, record
from tests.office import REFUSAL, Api, Visitor
from tests.register_examples import marks
from tests.sheets import HERE, LINE, THERE, check, unit

SHOWN = "id rung label amount day choice against left unitId personId"
KEPT = f"__typename ... on ConsequenceKept {{ consequence {{ {SHOWN} }} }}"


@pytest.fixture
async def office(api: Api) -> Api:
    await api.empty(
        *("occurrences", "hygiene_checks", "cleaner_checks", "check_marks", "consequence_turns"),
        *("clocks", "clock_changes", "cadence_records", "notices"),
    )
    return api


async def consequences(visitor: Visitor) -> list[Any]:
    found: list[Any] = await visitor.one(f"{{ consequences {{ {SHOWN} }} }}")
    return found


async def said(visitor: Visitor, what: str, day: str, whom: str = "staff", **more: Any) -> None:
    if "unitId" not in more:
        at = visitor.account.partition("@")[2]
        more["personId"] = await person_id(visitor, f"{whom}@{at}")
    entered = await record(visitor, "Occurrence", what=what, happenedOn=day, **more)
    assert isinstance(entered, str), entered


async def impose(visitor: Visitor, of: Any) -> Any:
    answer = await visitor.one(
        "mutation ($input: DecideConsequenceInput!) { decideConsequence(input: $input)"
        f" {{ {KEPT} ... on Refusal {{ {REFUSAL} }} }} }}",
        {"input": {"consequenceId": of["id"], "outcome": "IMPOSE", "idempotencyKey": str(uuid4())}},
    )
    return answer.get("consequence", answer)


async def test_of_a_second_fault_both_steps_are_told_each_against_the_other(office: Api):
    clerk = await office.person(f"office_clerk@{HERE}")
    for day in ("2026-01-05", "2026-02-02", "2026-03-02"):
        await said(clerk, "administrative_fault", day)
    steps = {(each["day"], each["rung"], *each["against"]) for each in await consequences(clerk)}
    assert steps == {
        ("2026-01-05", "faults-1"),
        ("2026-02-02", "faults-2", "faults-2-3"),
        ("2026-02-02", "faults-2-3", "faults-2"),
        ("2026-03-02", "faults-2-3"),
    }


async def test_measures_of_which_one_is_chosen_share_a_letter(office: Api):
    clerk = await office.person(f"office_clerk@{THERE}")
    await said(clerk, "conduct_breach_grave", "2026-03-02")
    letters = [each["choice"] for each in await consequences(clerk)]
    assert sorted(letters, key=str) == [None, None, None, *"aaaaa"]


async def test_a_survey_and_a_last_place_may_be_of_a_section(office: Api):
    clerk = await office.person(f"office_clerk@{HERE}")
    section, other = await unit(office, "construction"), await unit(office, "urban")
    await said(clerk, "dissatisfaction", "2026-03-02", unitId=section, amount="29.8")
    await said(clerk, "dissatisfaction", "2026-03-02", unitId=other, amount="30")
    found = await consequences(clerk)
    assert {each["unitId"] for each in found} == {other}
    assert {each["rung"] for each in found} == {"article-5-dissatisfaction"}
    told = "{ notices { edges { node { code } } } }"
    [theirs] = await office.rows(
        "select min(p.account) from people p join appointments a on a.person_id = p.id"
        " join seats s on s.id = a.seat_id where s.unit_id = $1",
        read_id(other)[1],
    )
    member = await office.person(theirs[0])
    codes = [each["node"]["code"] for each in (await member.one(told))["edges"]]
    assert {*codes} == {"CONSEQUENCE_PROPOSED"}
    assert {each["unitId"] for each in await consequences(member)} == {other}


async def test_a_third_failure_in_a_quarter_is_not_fined_anew_by_itself(office: Api):
    clerk = await office.person(f"office_clerk@{HERE}")
    section = await unit(office, "construction")
    for day in ("2026-01-15", "2026-02-12", "2026-03-02"):
        await check(clerk, section, day, "5")
    found = await consequences(await office.person(f"hygiene_deputy@{HERE}"))
    fines = sorted((each["day"], each["amount"]) for each in found if each["amount"])
    # The chief's fifty, and a hundred for each of the seven who serve there.
    assert fines == [("2026-02-12", "50"), ("2026-03-02", "700")]
    assert [each["day"] for each in found if each["rung"] == "hygiene-quarter-again"] == [
        "2026-03-02"
    ]


async def test_two_lapses_of_a_month_never_cost_more_than_its_wage(office: Api):
    clerk = await office.person(f"office_clerk@{THERE}")
    director = await office.person(f"director@{THERE}")
    cleaner = await person_id(clerk, f"cleaner@{THERE}")
    zone = (await clerk.one("{ hygieneZones { edges { node { id byCleaner } } } }"))["edges"]
    there = next(each["node"]["id"] for each in zone if each["node"]["byCleaner"])
    given = {"cleanerId": cleaner, "zoneId": there, "lapse": True}
    given |= {"marks": marks(THERE, "hygiene.cleaner_check", kept=False)}
    for day in ("2026-02-03", "2026-02-24"):
        answer = await clerk.one(
            "mutation ($input: RecordHygieneCleanerCheckInput!) {"
            f" recordHygieneCleanerCheck(input: $input) {{ {LINE} }} }}",
            {"input": {**given, "checkedOn": day, "idempotencyKey": str(uuid4())}},
        )
        assert answer["__typename"] == "LineEntered", answer
    first, second = sorted(await consequences(director), key=lambda each: each["day"])
    assert (first["amount"], second["amount"], second["left"]) == ("50", "100", "0")
    assert (await impose(director, first))["amount"] == "50"
    assert (await impose(director, second))["amount"] == "50"
