"""Two acts at one moment: one wins, the other is told so, and nothing is half done."""

import asyncio
from collections import Counter
from datetime import timedelta
from typing import Any

from tests.office import Api, leave

ROUNDS = 30


def outcome(answer: Any) -> str:
    return str(answer.get("code", answer.get("status")))


async def test_two_decisions_of_one_step_have_one_winner(api: Api) -> None:
    staff, chief = [await api.person(f"{role}@hrss-bureau") for role in ("staff", "section_chief")]
    losers: Counter[str] = Counter()
    for number in range(ROUNDS):
        half = "MORNING" if number % 2 == 0 else "AFTERNOON"
        day = api.now.date() + timedelta(days=7)
        form = leave(day.isoformat(), begins={"date": day.isoformat(), "half": half})
        form["ends"] = form["begins"]
        request = await staff.submit("leave.personal", form)
        step = request["steps"][0]["id"]
        second = ("AGREE", "REJECT", "RETURN")[number % 3]
        answers = await asyncio.gather(chief.decide(step), chief.decide(step, second))
        refusals = [answer for answer in answers if "code" in answer]
        assert len(refusals) == 1, answers
        losers[refusals[0]["code"]] += 1
        decided = await api.rows(
            "select decision from steps where status = 'done' and request_id ="
            " (select id from requests where number = $1)",
            request["number"],
        )
        assert len(decided) == 1
        await api.run("update absences set standing = false")
    assert set(losers) == {"STEP_NOT_OPEN"}


async def test_of_two_alternative_seats_the_first_to_act_decides(api: Api) -> None:
    staff, chief, deputy, director = [
        await api.person(f"{role}@construction-bureau")
        for role in ("staff", "section_chief", "deputy_in_charge", "director")
    ]
    await staff.submit("leave.sick", leave("2026-03-09", "2026-03-10"))
    await chief.agree()
    step = (await director.turn())["id"]
    answers = await asyncio.gather(deputy.decide(step), director.decide(step))
    assert sorted(map(outcome, answers)) == ["APPROVED", "STEP_NOT_OPEN"]


async def test_both_leaders_may_agree_at_the_same_moment(api: Api) -> None:
    chief, clerk, director, secretary = [
        await api.person(f"{role}@service-centre")
        for role in ("section_chief", "office_clerk", "director", "party_secretary")
    ]
    for day in ("2026-03-09", "2026-03-10", "2026-03-11"):
        await chief.submit("leave.annual", leave(day))
        await clerk.agree()
        steps = [(await leader.turn())["id"] for leader in (director, secretary)]
        answers = await asyncio.gather(director.decide(steps[0]), secretary.decide(steps[1]))
        assert sorted(map(outcome, answers)) == ["APPROVED", "PENDING"]


async def test_a_withdrawal_and_a_decision_exclude_each_other(api: Api) -> None:
    staff, chief = [await api.person(f"{role}@hrss-bureau") for role in ("staff", "section_chief")]
    for day in ("2026-03-09", "2026-03-10", "2026-03-11"):
        request = await staff.submit("leave.personal", leave(day))
        answers = await asyncio.gather(
            staff.act("withdraw", requestId=request["id"]),
            chief.decide(request["steps"][0]["id"]),
        )
        assert [outcome(each) for each in answers] in (
            ["WITHDRAWN", "STEP_NOT_OPEN"],
            ["WITHDRAWN", "PENDING"],
            ["REQUEST_ENDED", "APPROVED"],
        )


async def test_of_overlapping_leaves_asked_for_at_once_one_stands(api: Api) -> None:
    staff = await api.person("staff@hrss-bureau")
    answers = await asyncio.gather(
        *(staff.submit("leave.personal", leave("2026-03-09")) for _ in range(8))
    )
    assert Counter(map(outcome, answers)) == {"PENDING": 1, "ABSENCE_OVERLAPS": 7}
    assert await api.value("select count(*) from requests") == 1
    assert await api.value("select last from request_numbers") == 1


async def test_many_people_at_once_get_numbers_without_a_gap(api: Api) -> None:
    accounts = await api.rows(
        "select min(account) from accounts where institution_id = 'hrss-bureau'"
        " and account like 'section_chief%' or account like 'staff%@hrss-bureau'"
        " group by person_id"
    )
    people = [await api.person(account) for (account,) in accounts]
    assert len(people) > 2
    requests = await asyncio.gather(
        *(person.submit("leave.annual", leave("2026-03-09")) for person in people)
    )
    numbers = sorted(request["number"] for request in requests)
    assert numbers == [f"2026-{number:06}" for number in range(1, len(people) + 1)]
