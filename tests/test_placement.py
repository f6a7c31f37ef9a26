"""Which seat takes each turn, and what becomes of the turns that are the applicant's own."""

from dataclasses import replace

import pytest

from domain.approval.request import Status, StepStatus
from domain.errors import Refused
from tests.small_office import (
    AGREE,
    APPLICANT,
    NOW,
    REJECT,
    RETURN,
    id_of,
    office,
    seats_of,
    states,
    turns,
)

BUREAU = office(
    section_chief="赵", deputy_in_charge="钱", director="孙", office_clerk="李", superior="郑"
)
CLIMBING = replace(BUREAU, escalates=True)
SHARED = f"赵 {APPLICANT}"


def gap(where, route):
    """Why the route leaves a gap, and at which clause."""
    with pytest.raises(Refused) as refusal:
        where.placed(route)
    assert refusal.value.code == "GAP"
    return refusal.value.details["because"], refusal.value.clause


# ---- the nearest seat ----


def test_a_step_goes_to_the_nearest_seat_of_its_role():
    [step] = BUREAU.placed("section_chief approve")
    assert (step.role, step.seats) == ("section_chief", (id_of("section_chief"),))


def test_no_step_is_open_before_the_round_opens():
    placed = BUREAU.placed("section_chief endorse > director approve")
    assert {step.status for step in placed} == {StepStatus.WAITING}


def test_a_step_keeps_its_act_place_and_clauses():
    route = turns("section_chief endorse > deputy_in_charge endorse & director approve")
    placed = BUREAU.placed(route)
    assert [(s.act, s.place, s.clauses) for s in placed] == [
        (turn.act, turn.place, turn.clauses) for turn in route
    ]


@pytest.mark.parametrize("act", ["endorse", "approve", "sign", "record", "vote"])
def test_a_seat_that_the_office_does_not_have_is_a_gap(act):
    route = f"section_chief approve > finance_deputy {act}"
    for where in (BUREAU, CLIMBING):
        assert gap(where, route) == ("NO_SUCH_SEAT", "measures/2")


def test_a_vacant_seat_keeps_its_step_open():
    request = BUREAU.now(section_chief="").submitted("section_chief approve")
    assert states(request) == "open"
    assert seats_of(request.steps[0]) == {"section_chief"}


def test_alternatives_wait_for_every_seat_that_the_office_has_of_them():
    [step] = BUREAU.placed("section_chief/finance_deputy/director approve")
    assert seats_of(step) == {"section_chief", "director"}


def test_a_role_of_a_set_waits_for_each_member_s_seat():
    [step] = BUREAU.now(party_secretary="周").placed("bureau_leader approve")
    assert (step.role, seats_of(step)) == ("bureau_leader", {"director", "party_secretary"})


def test_a_set_without_any_seat_is_a_gap():
    assert gap(office(section_chief="赵"), "bureau_leader approve")[0] == "NO_SUCH_SEAT"


# ---- the applicant's own seat ----


@pytest.mark.parametrize("act", ["endorse", "approve", "sign", "record"])
def test_a_seat_held_with_another_waits_for_the_other(act):
    shared = BUREAU.now(section_chief=SHARED)
    request = shared.submitted(f"section_chief {act} > director approve")
    assert states(request) == "open waiting"
    assert states(shared.agreed(request, "赵")) == "done open"


def test_an_own_endorsement_falls_away_and_says_why():
    bureau = BUREAU.now(section_chief=APPLICANT)
    request = bureau.submitted("section_chief endorse > director approve")
    assert states(request) == "skipped open"
    assert request.steps[0].skipped == {
        "code": "OWN_ENDORSEMENT_FALLS_AWAY",
        "role": "section_chief",
        "instead_of": "section_chief",
    }
    assert request.steps[0].decided_by is None


def test_an_own_deciding_step_is_a_gap():
    bureau = BUREAU.now(director=APPLICANT)
    for act in ("approve", "vote"):
        route = f"section_chief endorse > director {act}"
        assert gap(bureau, route) == ("OWN_DECISION", "measures/2")


def test_an_own_signature_before_the_first_decision_counts_as_given():
    bureau = BUREAU.now(section_chief=APPLICANT)
    request = bureau.submitted("deputy_in_charge endorse > section_chief sign > director approve")
    given = request.steps[1]
    assert states(request) == "open done waiting"
    assert (given.decision, given.decided_by, given.decided_at) == (AGREE, id_of(APPLICANT), NOW)
    assert given.decided_in == id_of("section_chief")


@pytest.mark.parametrize("route", ["section_chief sign", "director endorse > section_chief sign"])
def test_an_own_signature_where_nothing_is_decided_counts_as_given(route):
    *_, given = BUREAU.now(section_chief=APPLICANT).placed(route)
    assert (given.status, given.decision) == (StepStatus.DONE, AGREE)


def test_an_own_signature_beside_the_decision_is_asked():
    request = BUREAU.now(section_chief=APPLICANT).submitted("director approve & section_chief sign")
    assert states(request) == "open open"


def test_an_own_signature_after_the_decision_is_asked_and_holds_nothing_up():
    bureau = BUREAU.now(section_chief=APPLICANT)
    request = bureau.submitted("director approve > section_chief sign")
    assert states(request) == "open waiting"
    request = bureau.agreed(request, "孙")
    assert (request.status, states(request)) == (Status.APPROVED, "done open")
    assert states(bureau.agreed(request, APPLICANT)) == "done done"


def test_an_own_signature_is_no_way_to_reject_or_return_one_s_own_request():
    bureau = BUREAU.now(section_chief=APPLICANT)
    route = "deputy_in_charge approve > section_chief sign > director approve"
    request = bureau.agreed(bureau.submitted(route), "钱")
    for decision in (REJECT, RETURN):
        with pytest.raises(Refused) as refusal:
            bureau.decide(request, APPLICANT, decision)
        assert refusal.value.code == "DECISION_NOT_TAKEN"
    assert states(bureau.agreed(request, APPLICANT)) == "done done open"


@pytest.mark.parametrize(
    "route", ["office_clerk record > director approve", "director approve > office_clerk record"]
)
def test_an_own_record_counts_as_done_wherever_it_stands(route):
    request = BUREAU.now(office_clerk=APPLICANT).submitted(route)
    assert sorted(states(request).split()) == ["done", "open"]
    assert BUREAU.agreed(request, "孙").status is Status.APPROVED


def test_of_alternatives_only_the_own_role_is_struck():
    bureau = BUREAU.now(section_chief=APPLICANT)
    [step] = bureau.placed("section_chief/deputy_in_charge/director approve")
    assert (step.role, step.alternatives) == ("deputy_in_charge", ("director",))
    assert seats_of(step) == {"deputy_in_charge", "director"}
    assert step.skipped is None


def test_an_alternative_without_a_seat_keeps_its_name():
    [step] = BUREAU.now(section_chief=APPLICANT).placed(
        "section_chief/finance_deputy/director vote"
    )
    assert (step.role, step.alternatives) == ("finance_deputy", ("director",))
    assert seats_of(step) == {"director"}


def test_of_a_set_only_the_own_seat_is_struck():
    bureau = BUREAU.now(director=APPLICANT, party_secretary="周")
    [step] = bureau.placed("bureau_leader approve")
    assert (step.role, seats_of(step)) == ("bureau_leader", {"party_secretary"})


def test_an_own_seat_beside_a_vacant_alternative_waits_for_the_vacant_one():
    bureau = BUREAU.now(section_chief=APPLICANT, deputy_in_charge="")
    request = bureau.submitted("section_chief/deputy_in_charge approve")
    assert (states(request), seats_of(request.steps[0])) == ("open", {"deputy_in_charge"})


def test_alternatives_that_are_all_the_applicant_s_own_are_treated_like_one():
    bureau = BUREAU.now(section_chief=APPLICANT, deputy_in_charge=APPLICANT)
    alternatives = "section_chief/deputy_in_charge"
    assert states(bureau.placed(f"{alternatives} endorse > director approve")) == "skipped waiting"
    assert gap(bureau, f"{alternatives} approve")[0] == "OWN_DECISION"


# ---- what falls away opens what follows ----


def test_where_the_first_place_falls_away_the_second_opens():
    bureau = BUREAU.now(section_chief=APPLICANT)
    request = bureau.submitted(
        "section_chief endorse > deputy_in_charge endorse > director approve"
    )
    assert states(request) == "skipped open waiting"
    assert request.steps[1].opened_at == NOW


def test_where_some_steps_of_a_place_fall_away_the_others_are_still_needed():
    bureau = BUREAU.now(section_chief=APPLICANT)
    route = "section_chief endorse & deputy_in_charge endorse & director endorse > director approve"
    request = bureau.submitted(route)
    assert states(request) == "skipped open open waiting"
    request = bureau.agreed(request, "孙")
    assert states(request) == "skipped open done waiting"
    request = bureau.agreed(request, "钱")
    assert states(request) == "skipped done done open"


def test_a_record_before_a_decision_that_fell_away_holds_nothing_up():
    bureau = BUREAU.now(section_chief=APPLICANT)
    route = "director approve > office_clerk record > section_chief endorse"
    request = bureau.agreed(bureau.submitted(route), "孙")
    assert (request.status, states(request)) == (Status.APPROVED, "done open skipped")


@pytest.mark.parametrize(
    "route",
    [
        "section_chief endorse",
        "section_chief endorse > deputy_in_charge sign",
        "section_chief endorse > office_clerk record",
        "section_chief endorse & deputy_in_charge endorse",
    ],
)
def test_an_approval_by_nothing_but_own_endorsements_is_refused(route):
    bureau = BUREAU.now(section_chief=APPLICANT, deputy_in_charge=APPLICANT)
    assert gap(bureau, route)[0] == "OWN_DECISION"


def test_an_endorsement_by_another_is_enough_where_the_rule_asks_no_more():
    bureau = BUREAU.now(section_chief=APPLICANT)
    request = bureau.submitted("section_chief endorse > deputy_in_charge endorse")
    assert bureau.agreed(request, "钱").status is Status.APPROVED
