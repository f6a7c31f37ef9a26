"""One person under two names is one person: asked once, and marked where a loan makes two turns."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.office.organisation import asked_already
from tests.correspondence import codes, me, sent
from tests.lending import lend, seat_of
from tests.office import Api, Visitor, cites, problems
from tests.papers import papers
from tests.verbs import long_leave, step

HOME = "hrss-bureau"
MARKS = "... on Request { marks history { edges { node { event details } } } }"


@pytest.fixture
async def staff(api: Api) -> Visitor:
    return await api.person(f"staff@{HOME}")


@pytest.fixture
async def chief(api: Api) -> Visitor:
    return await api.person(f"section_chief@{HOME}")


@pytest.fixture
async def other(api: Api) -> Visitor:
    """The chief of another section."""
    return await api.person(f"section_chief_2@{HOME}")


@pytest.fixture
async def substitute(api: Api) -> Visitor:
    return await api.person(f"staff_2@{HOME}")


@given(st.lists(st.frozensets(st.integers(0, 5)), max_size=8))
def test_whoever_is_asked_is_still_asked_and_nobody_is_asked_for_nothing(groups):
    again = asked_already(groups)
    stay = [people for index, people in enumerate(groups) if index not in again]
    assert frozenset().union(*stay) == frozenset().union(*groups)
    for index, people in enumerate(stay):
        others = stay[:index] + stay[index + 1 :]
        assert not people or not any(people <= other for other in others)


async def asks(visitor: Visitor, mine: str, *signers: str, when: str = "BEFORE") -> Any:
    return await visitor.act("addSigners", stepId=mine, signers=list(signers), when=when)


@pytest.mark.parametrize("backwards", [False, True])
async def test_a_person_and_their_own_seat_are_not_two_signers(
    api: Api, staff: Visitor, chief: Visitor, other: Visitor, backwards: bool
) -> None:
    mine = step(await long_leave(staff), "section_chief")
    two = [await me(other), await seat_of(other, "section_chief")]
    before = await api.counts()
    refused = await asks(chief, mine, *(reversed(two) if backwards else two))
    assert problems(refused) == {("signers.1", "ALREADY_WITH_THEM")}
    assert await api.counts() == before


async def test_nobody_asks_themselves_to_sign_by_whatever_name(
    api: Api, staff: Visitor, chief: Visitor
) -> None:
    mine = step(await long_leave(staff), "section_chief")
    own = [seat["id"] for seat in (await chief.one("{ viewer { seats { id } } }"))["seats"]]
    before = await api.counts()
    assert problems(await asks(chief, mine, await me(chief))) == {("signers.0", "NOT_TO_ONESELF")}
    for each in own:
        assert (await asks(chief, mine, each))["__typename"] == "Refusal"
    assert await api.counts() == before


async def test_whoever_borrows_a_seat_stands_behind_it_as_far_as_the_loan_goes(
    api: Api, staff: Visitor, chief: Visitor, other: Visitor, substitute: Visitor
) -> None:
    mine = step(await long_leave(staff), "section_chief")
    seat, person = await seat_of(other, "section_chief"), await me(substitute)
    await lend(other, seat, substitute)
    before = await api.counts()
    assert problems(await asks(chief, mine, seat, person)) == {("signers.1", "ALREADY_WITH_THEM")}
    assert await api.counts() == before


async def test_a_loan_for_other_requests_makes_nobody_the_same(
    staff: Visitor, chief: Visitor, other: Visitor, substitute: Visitor
) -> None:
    mine = step(await long_leave(staff), "section_chief")
    seat = await seat_of(other, "section_chief")
    await lend(other, seat, substitute, kinds=["LEAVE_SICK"])
    asked = await asks(chief, mine, seat, await me(substitute))
    assert [each["role"] for each in asked["steps"]].count("cosigner") == 2


async def test_a_signature_that_is_asked_already_is_not_asked_again_under_another_name(
    api: Api, staff: Visitor, chief: Visitor, other: Visitor
) -> None:
    mine = step(await long_leave(staff), "section_chief")
    await asks(chief, mine, await me(other), when="AFTER")
    before = await api.counts()
    refused = await asks(chief, mine, await seat_of(other, "section_chief"), when="AFTER")
    assert problems(refused) == {("signers.0", "ALREADY_WITH_THEM")}
    assert await api.counts() == before


async def test_no_signers_at_all_are_refused_at_their_path(
    api: Api, staff: Visitor, chief: Visitor
) -> None:
    mine = step(await long_leave(staff), "section_chief")
    before = await api.counts()
    assert problems(await asks(chief, mine)) == {("signers", "SIGNERS_NOT_COUNTABLE")}
    assert await api.counts() == before


@pytest.mark.parametrize("verb", ["circulate", "copy"])
async def test_a_person_and_their_seat_get_it_once(
    api: Api, staff: Visitor, other: Visitor, verb: str
) -> None:
    request = await long_leave(staff)
    to = [await me(other), await seat_of(other, "section_chief")]
    done = await staff.act(verb, requestId=request["id"], to=to)
    assert done["__typename"] != "Refusal"
    seen = await sent(staff, request["id"])
    reached = seen["circulations"][0]["readers"] if verb == "circulate" else seen["copies"]
    assert len(reached) == 1
    told = {"circulate": "CIRCULATED_TO_YOU", "copy": "COPIED_TO_YOU"}
    assert (await codes(other)).count(told[verb]) == 1
    if verb == "circulate":
        before = await api.counts()
        again = await staff.act("circulate", requestId=request["id"], to=to[1:])
        assert problems(again) == {("to.0", "STILL_TO_READ")}
        assert await api.counts() == before


@pytest.mark.parametrize("verb", ["circulate", "copy"])
async def test_one_s_own_seat_is_oneself(
    api: Api, staff: Visitor, chief: Visitor, verb: str
) -> None:
    request = await long_leave(staff)
    before = await api.counts()
    to = [await seat_of(chief, "section_chief")]
    refused = await chief.act(verb, requestId=request["id"], to=to)
    assert problems(refused) == {("to.0", "SENT_TO_ONESELF")}
    assert await api.counts() == before


async def test_nobody_vouches_for_their_own_matter_or_twice(api: Api) -> None:
    spending = {"explanation": "下乡调研差旅费", "attachments": papers("单据", "报销凭据")}
    asking = await api.person("staff@science-bureau")
    other = await me(await api.person("staff_2@science-bureau"))
    before = await api.counts()
    for named, code, clauses in (
        ([("witness", await me(asking))], "NOT_TO_ONESELF", {"finance/3"}),
        ([("witness", other), ("handler", other)], "NAMED_TWICE", {"finance/3"}),
        ([("witness", other), ("witness", other)], "NAMED_TWICE", set()),
    ):
        given = [{"role": role, "personId": person} for role, person in named]
        refused = await asking.submit("reimbursement.general", spending | {"named": given})
        assert code in {each for _, each in problems(refused)}, named
        told = [each["clause"] for each in refused["problems"] if each["code"] == code]
        assert {*cites(filter(None, told))} == clauses, named
    assert await api.counts() == before


async def test_one_person_at_two_levels_through_a_loan_is_marked_for_ever(
    api: Api, staff: Visitor, chief: Visitor
) -> None:
    deputy = await api.person(f"deputy_in_charge@{HOME}")
    request = await long_leave(staff)
    seat = request["steps"][1]["waitingFor"][0]["id"] if request["steps"][1]["waitingFor"] else None
    seat = seat or await seat_of(deputy, "deputy_in_charge")
    await lend(deputy, seat, chief)
    once = await chief.agree()
    read = f'{{ node(id: "{request["id"]}") {{ {MARKS} }} }}'
    assert (await staff.one(read))["marks"] == []
    await chief.decide(step(once, "deputy_in_charge"))
    seen = await staff.one(read)
    [mark] = seen["marks"]
    assert "人社党组〔2026〕3号" in mark
    last = seen["history"]["edges"][-1]["node"]
    assert [each["code"] for each in last["details"]["marks"]] == ["ONE_PERSON_TWO_LEVELS"]
    await staff.act("withdraw", requestId=request["id"])
    assert (await staff.one(read))["marks"] == [mark]
