"""One person, several seats: consecutive turns of one hand take one act that records every seat."""

import pytest

from domain.approval import engine
from domain.approval.request import Status
from tests.small_office import AGREE, APPLICANT, LATER, REJECT, RETURN, id_of, office, states

CHAIN = "section_chief endorse > deputy_in_charge endorse > director approve > office_clerk record"
BUREAU = office(section_chief="赵", deputy_in_charge="钱", director="孙", office_clerk="李")


def test_consecutive_steps_of_one_person_are_decided_by_one_act_that_records_every_seat():
    township = office(director="吴", party_secretary="吴", office_clerk="李")
    request = township.submitted("director approve > party_secretary approve > office_clerk record")
    request = township.decide(request, "吴", comment="同意")
    assert (request.status, states(request)) == (Status.APPROVED, "done done open")
    assert [step.decided_in for step in request.steps[:2]] == [
        id_of("director"),
        id_of("party_secretary"),
    ]
    assert {(s.decided_by, s.decided_at, s.comment) for s in request.steps[:2]} == {
        (id_of("吴"), LATER, "同意")
    }


def test_two_steps_of_one_place_in_one_hand_are_decided_by_one_act():
    township = office(director="吴", party_secretary="吴", deputy_in_charge="钱")
    route = "director approve & deputy_in_charge approve & party_secretary approve"
    request = township.agreed(township.submitted(route), "吴")
    assert states(request) == "done open done"
    assert township.agreed(request, "钱").status is Status.APPROVED


def test_steps_of_one_person_are_apart_when_another_s_turn_lies_between():
    bureau = BUREAU.now(director="赵")
    request = bureau.agreed(bureau.submitted(CHAIN), "赵")
    assert states(request) == "done open waiting waiting"


def test_a_late_record_in_the_same_hand_is_done_with_the_decision():
    bureau = BUREAU.now(office_clerk="孙")
    request = bureau.agreed(bureau.submitted("director approve > office_clerk record"), "孙")
    assert states(request) == "done done"


def test_a_step_that_another_may_take_as_well_is_left_to_the_two():
    bureau = BUREAU.now(section_chief="孙", director="孙 周")
    request = bureau.agreed(bureau.submitted("section_chief endorse > director approve"), "孙")
    assert states(request) == "done open"


def test_a_seat_shared_with_the_applicant_falls_to_the_other_alone():
    bureau = BUREAU.now(section_chief="孙", director=f"孙 {APPLICANT}")
    request = bureau.agreed(bureau.submitted("section_chief endorse > director approve"), "孙")
    assert states(request) == "done done"


def test_no_step_falls_to_the_applicant_whatever_is_said_of_it():
    bureau = BUREAU.now(section_chief=APPLICANT)
    request = bureau.submitted("deputy_in_charge approve > section_chief sign > director approve")
    request = bureau.agreed(request, "钱")
    promoted = bureau.now(director=APPLICANT)
    own, decisive = request.steps[1:]
    signed = engine.decide(
        request,
        own.id,
        promoted.actor(APPLICANT),
        AGREE,
        None,
        LATER,
        falls_to={decisive.id: id_of(APPLICANT)},
    )
    assert states(signed) == "done done open"


@pytest.mark.parametrize("role", ["party_group", "superior"])
def test_a_body_s_or_an_outside_answer_is_never_assumed(role):
    bureau = BUREAU.now(**{role: "孙"})
    request = bureau.agreed(bureau.submitted(f"director endorse > {role} approve"), "孙")
    assert states(request) == "done open"
    assert bureau.agreed(request, "孙").status is Status.APPROVED


@pytest.mark.parametrize("decision", [REJECT, RETURN])
def test_a_rejection_or_return_records_the_one_seat_that_was_asked(decision):
    township = office(director="吴", party_secretary="吴")
    request = township.submitted("director approve & party_secretary approve")
    ended = township.decide(request, "吴", decision)
    assert states(ended) == "done cancelled"
