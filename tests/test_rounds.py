"""Turns asked again after a return to an earlier one."""

from collections import Counter
from dataclasses import replace
from itertools import count

from domain.approval import corrections, engine, verbs
from domain.approval.request import Status
from domain.approval.verbs import Together, Where
from tests.small_office import LATER, SmallOffice, id_of, opened


def test_a_return_to_the_same_turn_twice_asks_the_last_of_its_kind_again():
    office = SmallOffice(
        {
            "section_chief": ("赵",),
            "deputy_in_charge": ("钱",),
            "director": ("孙",),
        }
    )
    request = office.submitted(
        "section_chief endorse > deputy_in_charge endorse > director approve"
    )
    ids = count()
    for _ in range(2):
        request = office.agreed(request, "赵", "钱")
        director = opened(request)[0]
        chief = [s for s in request.steps if s.role == "section_chief"][-1]
        request = engine.return_to(
            request,
            director.id,
            chief.id,
            office.actor("孙"),
            None,
            LATER,
            lambda: id_of(f"again {next(ids)}"),
        )
    request = office.agreed(request, "赵", "钱", "孙")
    assert request.status is Status.APPROVED
    assert Counter(step.role for step in request.steps) == {
        "section_chief": 3,
        "deputy_in_charge": 3,
        "director": 3,
    }


def test_a_signature_that_is_asked_again_after_the_last_decision_holds_approval_up():
    office = SmallOffice(
        {
            "section_chief": ("赵",),
            "deputy_in_charge": ("钱",),
            "director": ("孙",),
        }
    )
    request = office.submitted("deputy_in_charge sign > director approve & section_chief sign")
    request = office.agreed(request, "钱", "孙")
    [chief] = opened(request)
    deputy = request.steps[0]
    ids = count()
    request = engine.return_to(
        request, chief.id, deputy.id, office.actor("赵"), None, LATER, lambda: id_of(f"{next(ids)}")
    )
    assert request.status is Status.PENDING
    assert [step.role for step in opened(request)] == ["deputy_in_charge"]
    request = office.agreed(request, "钱", "赵")
    assert request.status is Status.APPROVED


def test_what_a_corrected_route_puts_before_a_decision_holds_approval_up_though_it_was_given():
    office = SmallOffice(
        {"section_chief": ("赵",), "director": ("孙",), "office_clerk": ("钱",)},
    )
    request = office.submitted("director endorse > section_chief approve")
    request = office.agreed(request, "孙")
    route = office.placed("office_clerk record > director endorse")
    route = tuple(replace(step, id=id_of(f"new {step.place}")) for step in route)
    request = corrections.rerouted(request, route, less=True, mark={}, now=LATER)
    assert request.status is Status.PENDING
    assert [step.role for step in opened(request)] == ["office_clerk"]
    assert office.agreed(request, "钱").status is Status.APPROVED


def test_who_acts_beside_the_decision_and_asks_others_first_is_waited_for_all_the_same():
    office = SmallOffice({"director": ("孙",), "office_clerk": ("钱",), "section_chief": ("赵",)})
    request = office.submitted("director approve & office_clerk record")
    ids = count()
    clerk = request.steps[1].id
    request = verbs.add_signers(
        request,
        clerk,
        office.actor("钱"),
        [id_of("section_chief")],
        "cosigner",
        Where.BEFORE,
        Together.ALL,
        LATER,
        lambda: id_of(f"added {next(ids)}"),
    )
    request = office.agreed(request, "孙", "赵")
    assert request.status is Status.PENDING
    assert [step.id for step in opened(request)] == [clerk]
    assert office.agreed(request, "钱").status is Status.APPROVED
