"""Every shipped rule, run end to end: submitted by somebody it speaks of, decided by its seats."""

import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import MISSING, fields
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any

import pytest

from domain import ACCOUNTS as KEPT
from domain import SERVED_OTHERWISE
from domain.approval.forms import form_fields
from domain.conditions.regions import Interval
from domain.rulebook import Rulebook
from domain.rules.rows import Rule
from domain.time.moments import Moment
from domain.vocabulary import Fact, RoleClass, Source
from policies import accounting, loading
from resolvers.demo.offices import offices
from resolvers.requests.counted import TOLD_BY_CASE
from resolvers.requests.procedures import PROCEDURES
from resolvers.requests.words import camel
from tests.balances import nothing_left
from tests.document_office import passed
from tests.office import MONDAY, REQUEST, Api, Visitor, answered, cites
from tests.papers import demanded
from tests.printing import page
from tests.sittings import at_a_meeting
from tests.surveys import POLICE, surveyed

TODAY = MONDAY.date()
FIRST_DAY = date(2026, 6, 1)
HALF_DAYS = (1, 2, 3, 4, 5, 6, 8, 10, 12, 14, 16, 20, 30, 62, 122, 186, 244, 366, 370, 740)
HOURS = (0.25, 0.5, 1, 4, 12, 24, 36, 48, 60, 72, 96)
SEAT_OF_RANK = {"deputy_director": "deputy_in_charge"}
TOLD = {camel(fact) for every in TOLD_BY_CASE.values() for fact, _ in every}
"""What the case that a form names tells; the rule on such a case has a journey of its own."""
ACCOUNTS = {account for office in offices().values() for account in office.accounts}
SPECIAL_FORMS = frozenset({"leave.extension", "leave.nursing", "leave.duty_swap"})
"""Kinds whose forms need more than facts; each has a journey of its own."""
HERE = "tests/test_every_rule.py::test_every_rule_that_a_form_can_reach_is_run_to_its_last_turn"
TOLD_BESIDES = {
    "complaint.case": {"complainantName": "张三", "complainedOf": "李四"}
    | {"complainantTelephone": "13800000000", "ownStaff": True},
    "expenditure.budget": {"month": "2026-04-01", "amount": "1000"},
    **{each: {"foreignNationality": False} for each in ("household.birth", "household.restore")},
    "household.farm_to_nonfarm": {"ofProvince": True, "admittedThisYear": True},
    "household.move_in": {"ofProvince": True, "married": False},
    "household.nonfarm_to_farm": {"graduate": True},
    "household.split": {"marriedAdult": True, "cooksSeparately": True, "livesTogether": True},
    "vehicle.hire": {"hireZone": "URBAN", "amount": "20"},
    "loan.cash": {"amount": "500"},
    "personnel.standby": {"unitInDifficulty": True},
}
"""What a clause asks for, beside the facts of its rules."""


def value_inside(region: Any, fact: Fact) -> Any:
    """A value that the region admits, on the fact's grid."""
    if not isinstance(region, Interval):
        return min(region, key=str)
    grid = fact.grid or Decimal(1)
    if region.low is not None:
        return region.low + grid if region.low_open else region.low
    assert region.high is not None
    return max(region.high - grid if region.high_open else region.high, fact.minimum or Decimal(0))


def written(value: Any, field_type: type) -> Any:
    if issubclass(field_type, Enum):
        return field_type(value).name
    if field_type is int:
        return int(value)
    return value if isinstance(value, bool) else str(value)


def first_day_for(rule: Rule) -> date:
    """A Monday; a Saturday where the rule speaks of days off."""
    off = rule.when.regions.get("on_holiday") == frozenset({True})
    return FIRST_DAY - timedelta(days=2) if off else FIRST_DAY


def durations(of: type, first_day: date) -> Iterator[tuple[Any, Any]]:
    """The same beginning with longer and longer ends, as a form writes them."""
    if of is date:
        yield str(first_day), str(first_day + timedelta(days=6))
    elif of is Moment:
        for half_days in HALF_DAYS:
            last = first_day + timedelta(days=(half_days - 1) // 2)
            half = "MORNING" if half_days % 2 else "AFTERNOON"
            yield {"date": str(first_day), "half": "MORNING"}, {"date": str(last), "half": half}
    else:
        start = datetime.combine(first_day, time(1), UTC)
        yield from ((f"{start:%FT%TZ}", f"{start + timedelta(hours=h):%FT%TZ}") for h in HOURS)


def forms(book: Rulebook, rule: Rule) -> Iterator[dict[str, Any]]:
    """Forms that state what the rule looks at, with one duration after another."""
    form = PROCEDURES[rule.kind].form
    known = {each.name: each for each in form_fields(form)}
    given: dict[str, Any] = {
        "attachments": demanded(book.institution, rule.kind),
        **TOLD_BESIDES.get(rule.kind, {}),
    }
    for each in known.values():
        if each.name in rule.when.regions:
            value = value_inside(rule.when.regions[each.name], book.vocabulary.facts[each.name])
            given[camel(each.name)] = written(value, each.type)
        elif each.required and each.type is not Moment and each.type is not datetime:
            options = {str: "规定〔2026〕1号", bool: True, int: 1, date: FIRST_DAY.isoformat()}
            given[camel(each.name)] = options.get(each.type) or next(iter(each.type)).name
    needed = {each.name for each in fields(form) if each.default is MISSING}
    for begins, ends in (("begins", "ends"), ("departs", "returns")):
        counted = {"days", "hours", "months", "on_holiday"} & set(rule.when.regions)
        if begins in needed or (begins in known and counted):
            for first, last in durations(known[begins].type, first_day_for(rule)):
                yield {**given, begins: first, ends: last}
            return
    yield given


def account_of(institution: str, rule: Rule, book: Rulebook) -> str:
    asked = {name for each in book.shapes.eligibility if each.subject == rule.kind
             for name in each.when.regions}  # fmt: skip
    if holders := [of[0] for fact, of in book.vocabulary.parts.held.items() if fact in asked]:
        return f"{holders[0]}@{institution}"
    ranks = rule.when.regions.get("applicant_rank")
    choice = ["staff"] if ranks is None else sorted(map(str, ranks), reverse=True)  # type: ignore[arg-type]
    known = (f"{SEAT_OF_RANK.get(rank, rank)}@{institution}" for rank in choice)
    return next((account for account in known if account in ACCOUNTS), f"staff@{institution}")


async def named_people(asking: Visitor, book: Rulebook, rule: Rule) -> list[dict[str, str]]:
    roles = {role for step in rule.steps for role in step.roles}
    by_form = {
        role
        for role in roles - book.vocabulary.parts.own
        if role in book.vocabulary.roles
        and book.vocabulary.roles[role].role_class is RoleClass.FORM
    }
    if not by_form:
        return []
    [other] = await asking.one(
        f'{{ people(text: "staff_2@{book.institution}", first: 1) {{ id }} }}'
    )
    return [{"role": role, "personId": other["id"]} for role in sorted(by_form)]


async def tried(
    asking: Visitor, book: Rulebook, rule: Rule
) -> AsyncIterator[tuple[dict[str, Any], Any]]:
    seats = (await asking.one("{ viewer { seats { id } } }"))["seats"]
    named = await named_people(asking, book, rule)
    known = {each.name for each in form_fields(PROCEDURES[rule.kind].form)}
    # Ordinary staff may get a car in town, but only for a special case.
    special: dict[str, Any] = {"specialCase": True} if "special_case" in known else {}
    for more in ({}, special):
        for form in forms(book, rule):
            filled = {**more, **form, "asSeat": seats[0]["id"], "named": named}
            async for answered_ in completed(asking, rule.kind, filled):
                yield answered_


async def completed(
    asking: Visitor, kind: str, form: dict[str, Any]
) -> AsyncIterator[tuple[dict[str, Any], Any]]:
    """The form with every answer to what the rules need beside, one question after another."""
    seen = await asking.preview(kind, form)
    codes = {each["path"][1]: each["code"] for each in seen.get("problems", ()) if each["path"][1:]}
    asked = [field for field, code in codes.items() if code == "NEEDED_BY_RULES"]
    if not asked:
        yield form, seen
        return
    known = {camel(each.name): each for each in form_fields(PROCEDURES[kind].form)}
    for answer in answers(known[asked[0]].type):
        async for each in completed(asking, kind, {**form, asked[0]: answer}):
            yield each


def answers(field_type: type) -> list[Any]:
    if issubclass(field_type, Enum):
        return [each.name for each in field_type]
    others = {str: ["立项材料"], int: [1, 20, 60], Decimal: ["1", "2500", "20000"]}
    return {**others, date: ["2026-03-02"]}.get(field_type, [False, True])


async def told_of_the_office(api: Api, book: Rulebook, rule: Rule, account: str) -> None:
    """What the organisation says of the applicant is as the rule wants it."""
    facts = book.vocabulary.facts
    said = {
        name: value_inside(region, facts[name])
        for name, region in rule.when.regions.items()
        if facts[name].source is Source.ORGANISATION and name != "applicant_rank"
    }
    await api.run(
        "update people set facts = facts || $1::jsonb from accounts a"
        " where a.account = $2 and a.institution_id = people.institution_id"
        " and a.person_id = people.id",
        json.dumps(said, default=str),
        account,
    )


async def run_to_the_end(api: Api, request: Any) -> Any:
    """Everybody whose turn it is agrees, one after another."""
    for _ in range(12):
        waiting = [step for step in request["steps"] if step["status"] == "OPEN"]
        if not waiting:
            return request
        [seat, *_] = waiting[0]["waitingFor"]
        applicant = request["applicant"]["account"]
        accounts = [holder["account"] for holder in seat["holders"]]
        account = next((each for each in accounts if each != applicant), applicant)
        holder, turn, known = await api.person(account), waiting[0], request["id"]
        request = await holder.decide(turn["id"], **answered(turn["role"]))
        if request.get("code") == "TURN_NOT_READY":
            await (surveyed if applicant.endswith(POLICE) else passed)(api, known)
            request = await holder.decide(turn["id"], **answered(turn["role"]))
        if request.get("code") == "MEETING_ASKED":
            await at_a_meeting(holder, turn["role"], turn["id"], 5, of=9)
            shown = f"... on Request {{ {REQUEST} }}"
            request = await holder.one(f'{{ node(id: "{known}") {{ {shown} }} }}')
        assert "steps" in request, (account, waiting[0], request)
    raise AssertionError(request)


def untold(book: Rulebook, form: dict[str, Any]) -> dict[str, Any]:
    """The form without what accounts of the office tell."""
    kept = {each.register for each in book.registers}
    told = {camel(name) for each in KEPT if each.name in kept for name in each.gives} | TOLD
    return {name: value for name, value in form.items() if name not in told}


async def has_time_off(api: Api, institution: str) -> None:
    """Everybody of the office worked overtime before."""
    await api.run(
        "insert into compensatory_leave_openings (institution_id, id, person_id, opened_on, amount,"
        " recorded_by, recorded_by_name, recorded_at)"
        " select institution_id, gen_random_uuid(), id, $2, 30, id, name, $3"
        " from people where institution_id = $1",
        *(institution, TODAY, MONDAY),
    )


@pytest.fixture
async def changing_office(api: Api) -> AsyncIterator[Api]:
    """People of whom the test says what it likes, and who are as they were afterwards."""
    await api.run("create table people_before as select institution_id, id, facts from people")
    yield api
    await api.run(
        "update people set facts = b.facts from people_before b"
        " where b.institution_id = people.institution_id and b.id = people.id"
    )
    await api.run("drop table people_before")
    await nothing_left(api)


@pytest.mark.parametrize("institution", loading.institutions())
async def test_every_rule_that_a_form_can_reach_is_run_to_its_last_turn(
    changing_office: Api, institution: str
) -> None:
    api = changing_office
    book = loading.shipped(institution)
    await has_time_off(api, institution)
    missed: list[Any] = []
    run: set[tuple[str, str]] = set()
    papers: dict[str, str] = {}
    for kind in sorted(book.rows_by_kind.keys() - SPECIAL_FORMS - SERVED_OTHERWISE):
        for rule in book.rules_for(kind, TODAY):
            asking = await api.person(account_of(institution, rule, book))
            await told_of_the_office(api, book, rule, asking.account)
            async for filled, seen in tried(asking, book, rule):
                form = filled
                if set(rule.clauses) <= set(cites(seen.get("claims", ()))):
                    break
            else:
                missed.append((rule.id, asking.account, rule.when.text, seen))
                continue
            if any(form.get(name) for name in TOLD):
                continue
            answer = await asking.submit(kind, untold(book, form))
            run |= {(clause, f"rule:{rule.id}") for clause in rule.clauses}
            if seen["finding"] != "ROUTED":
                assert answer.get("code") == seen["finding"], (rule.id, answer)
                continue
            done = await run_to_the_end(api, answer)
            assert done["status"] == "APPROVED", rule.id
            if kind not in papers:
                papers[kind] = await page(asking, done["id"])
                assert done["number"] in papers[kind]
                assert all(each["title"] in papers[kind] for each in done["steps"])
            await api.empty("absences")
    assert not missed
    # What clauses are said to be enforced by is among it.
    lines = [each for each in accounting.shipped(institution) if each.test == HERE]
    lost = [e.clause for e in lines if run.isdisjoint((e.clause, name) for name in e.by)]
    assert lost == []
