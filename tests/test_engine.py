"""What the engine promises about one request, each promise by an example."""

from dataclasses import replace

import pytest

from domain.approval import engine, rounds
from domain.approval.request import Status, StepStatus
from domain.errors import Refused
from tests.small_office import (
    AGREE,
    APPLICANT,
    LATER,
    NOW,
    REJECT,
    RETURN,
    id_of,
    office,
    opened,
    states,
)

CHAIN = "section_chief endorse > deputy_in_charge endorse > director approve > office_clerk record"
BUREAU = office(section_chief="赵", deputy_in_charge="钱", director="孙", office_clerk="李")


def refused(act, *arguments, **named):
    with pytest.raises(Refused) as refusal:
        act(*arguments, **named)
    return refusal.value.code


# ---- turns ----


def test_the_first_turn_opens_on_submission():
    request = BUREAU.submitted(CHAIN)
    assert (request.status, states(request)) == (Status.PENDING, "open waiting waiting waiting")
    assert [step.opened_at for step in request.steps] == [NOW, None, None, None]


def test_places_follow_one_another_in_order():
    request = BUREAU.submitted(CHAIN)
    request = BUREAU.agreed(request, "赵")
    assert states(request) == "done open waiting waiting"
    request = BUREAU.agreed(request, "钱")
    assert states(request) == "done done open waiting"
    assert request.steps[2].opened_at == LATER


def test_all_steps_of_one_place_open_together_and_all_are_needed():
    request = BUREAU.submitted(
        "section_chief endorse & deputy_in_charge endorse > director approve"
    )
    assert states(request) == "open open waiting"
    request = BUREAU.agreed(request, "钱")
    assert states(request) == "open done waiting"
    request = BUREAU.agreed(request, "赵")
    assert states(request) == "done done open"


def test_a_step_that_stays_open_keeps_the_moment_since_which_it_waits():
    request = BUREAU.submitted(
        "section_chief endorse & deputy_in_charge endorse > director approve"
    )
    assert [step.opened_at for step in BUREAU.agreed(request, "钱").steps] == [NOW, NOW, None]


def test_one_of_the_alternatives_suffices():
    request = BUREAU.submitted("deputy_in_charge/director approve")
    for name, seat in (("钱", "deputy_in_charge"), ("孙", "director")):
        approved = BUREAU.agreed(request, name)
        assert approved.status is Status.APPROVED
        assert approved.steps[0].decided_in == id_of(seat)


def test_a_record_before_a_decision_must_be_done_first():
    request = BUREAU.submitted("office_clerk record > director approve")
    assert states(request) == "open waiting"
    assert refused(BUREAU.decide, request, "孙", step=request.steps[1]) == "STEP_NOT_OPEN"
    assert BUREAU.agreed(request, "李", "孙").status is Status.APPROVED


@pytest.mark.parametrize("act", ["record", "sign"])
def test_what_comes_after_the_last_decision_holds_nothing_up_and_stays_open(act):
    request = BUREAU.submitted(f"director approve > office_clerk {act}")
    request = BUREAU.agreed(request, "孙")
    assert (request.status, states(request)) == (Status.APPROVED, "done open")
    request = BUREAU.agreed(request, "李")
    assert (request.status, states(request)) == (Status.APPROVED, "done done")


def test_all_late_steps_open_at_once():
    request = BUREAU.submitted("director approve > office_clerk record > section_chief sign")
    assert states(BUREAU.agreed(request, "孙")) == "done open open"


def test_an_endorsement_after_the_approval_is_a_decision_that_holds_it_up():
    request = BUREAU.submitted("section_chief approve > office_clerk record > director endorse")
    request = BUREAU.agreed(request, "赵")
    assert (request.status, states(request)) == (Status.PENDING, "done open waiting")


def test_a_request_whose_route_only_records_is_approved_on_submission():
    request = BUREAU.submitted("office_clerk record > section_chief record")
    assert (request.status, states(request)) == (Status.APPROVED, "open waiting"), "in this order"
    assert states(BUREAU.agreed(request, "李")) == "done open"


def test_a_request_that_needs_nobody_s_consent_is_approved_on_submission():
    request = rounds.open_round(replace(BUREAU.submitted(CHAIN), steps=()), (), NOW)
    assert request.status is Status.APPROVED


def test_a_route_of_signatures_is_approved_with_the_last_of_them():
    route = "office_clerk sign > section_chief sign > deputy_in_charge record"
    request = BUREAU.agreed(BUREAU.submitted(route), "李")
    assert (request.status, states(request)) == (Status.PENDING, "done open waiting")
    request = BUREAU.agreed(request, "赵")
    assert (request.status, states(request)) == (Status.APPROVED, "done done open")


def test_a_decision_carries_person_seat_time_and_comment():
    [step, *_] = BUREAU.decide(BUREAU.submitted(CHAIN), "赵", comment="同意").steps
    assert (step.decided_by, step.decided_by_name) == (id_of("赵"), "赵")
    assert (step.decided_in, step.decided_at) == (id_of("section_chief"), LATER)
    assert (step.decision, step.comment) == (AGREE, "同意")


# ---- refusals ----


def test_a_step_that_nobody_knows_is_not_found():
    request = BUREAU.submitted(CHAIN)
    stranger = replace(request.steps[0], id=id_of("another request's step"))
    assert refused(BUREAU.decide, request, "赵", step=stranger) == "STEP_NOT_FOUND"


def test_nobody_takes_another_s_step():
    request = BUREAU.submitted(CHAIN)
    assert refused(BUREAU.decide, request, "孙", step=request.steps[0]) == "NOT_YOUR_STEP"


def test_nobody_decides_a_step_twice():
    request = BUREAU.submitted(CHAIN)
    step = request.steps[0]
    decided = BUREAU.agreed(request, "赵")
    for decision in (AGREE, REJECT, RETURN):
        assert refused(BUREAU.decide, decided, "赵", decision, step=step) == "STEP_NOT_OPEN"


@pytest.mark.parametrize("act", ["endorse", "approve", "vote", "record"])
def test_nobody_decides_on_their_own_request_also_where_others_hold_the_seat_too(act):
    shared = BUREAU.now(director=f"孙 {APPLICANT}")
    request = shared.submitted(f"director {act}")
    for decision in (AGREE, REJECT, RETURN):
        code = refused(shared.decide, request, APPLICANT, decision, step=request.steps[0])
        assert code == "OWN_REQUEST"
    assert states(shared.agreed(request, "孙")) == "done"


def test_a_seat_that_the_applicant_takes_up_later_is_no_way_to_decide_either():
    request = BUREAU.submitted("director approve")
    promoted = BUREAU.now(director=APPLICANT)
    assert refused(promoted.decide, request, APPLICANT) == "OWN_REQUEST"


def test_a_refusal_cites_the_clause_of_its_step():
    request = BUREAU.submitted(CHAIN)
    with pytest.raises(Refused) as refusal:
        BUREAU.decide(request, "孙", step=request.steps[1])
    assert refusal.value.clause == "measures/2"


# ---- rejection and return ----


@pytest.mark.parametrize(
    ("decision", "status"), [(REJECT, Status.REJECTED), (RETURN, Status.RETURNED)]
)
def test_a_rejection_or_return_cancels_what_is_left_and_nothing_else(decision, status):
    request = BUREAU.submitted(
        "section_chief endorse > deputy_in_charge endorse & director endorse > director approve"
    )
    agreed = BUREAU.agreed(request, "赵")
    ended = BUREAU.decide(agreed, "钱", decision)
    assert (ended.status, states(ended)) == (status, "done done cancelled cancelled")
    assert ended.steps[0] == agreed.steps[0]
    assert ended.steps[1].decision is decision


@pytest.mark.parametrize("act", ["sign", "record"])
def test_a_signature_or_record_takes_no_rejection(act):
    request = BUREAU.submitted(f"section_chief {act} > director approve")
    assert refused(BUREAU.decide, request, "赵", REJECT) == "DECISION_NOT_TAKEN"


def test_who_signs_may_return_but_who_records_may_not():
    signs = BUREAU.submitted("section_chief sign > director approve")
    assert BUREAU.decide(signs, "赵", RETURN).status is Status.RETURNED
    records = BUREAU.submitted("section_chief record > director approve")
    assert refused(BUREAU.decide, records, "赵", RETURN) == "DECISION_NOT_TAKEN"


@pytest.mark.parametrize("act", ["sign", "record"])
@pytest.mark.parametrize("decision", [REJECT, RETURN])
def test_late_steps_take_only_agreement(act, decision):
    request = BUREAU.agreed(BUREAU.submitted(f"director approve > office_clerk {act}"), "孙")
    assert refused(BUREAU.decide, request, "李", decision) == "DECISION_NOT_TAKEN"


# ---- the applicant's own verbs ----


def test_only_the_applicant_withdraws():
    request = BUREAU.submitted(CHAIN)
    assert refused(engine.withdraw, request, id_of("赵")) == "NOT_YOUR_REQUEST"
    withdrawn = engine.withdraw(BUREAU.agreed(request, "赵"), id_of(APPLICANT))
    assert (withdrawn.status, states(withdrawn)) == (
        Status.WITHDRAWN,
        "done cancelled cancelled cancelled",
    )


def test_a_returned_request_may_be_withdrawn_and_an_ended_one_not():
    returned = BUREAU.decide(BUREAU.submitted(CHAIN), "赵", RETURN)
    withdrawn = engine.withdraw(returned, id_of(APPLICANT))
    assert withdrawn.status is Status.WITHDRAWN
    approved = BUREAU.submitted("office_clerk record")
    rejected = BUREAU.decide(BUREAU.submitted(CHAIN), "赵", REJECT)
    for ended in (withdrawn, approved, rejected):
        assert refused(engine.withdraw, ended, id_of(APPLICANT)) == "REQUEST_ENDED"


def test_only_what_was_returned_is_submitted_again_by_its_applicant():
    request = BUREAU.submitted(CHAIN)
    assert refused(engine.resubmittable, request, id_of(APPLICANT)) == "NOT_RETURNED"
    returned = BUREAU.decide(request, "赵", RETURN)
    assert refused(engine.resubmittable, returned, id_of("赵")) == "NOT_YOUR_REQUEST"
    engine.resubmittable(returned, id_of(APPLICANT))


def test_a_new_round_begins_with_its_own_steps():
    returned = BUREAU.decide(BUREAU.submitted(CHAIN), "赵", RETURN)
    again = rounds.open_round(returned, BUREAU.placed("director approve"), LATER)
    assert (again.status, states(again)) == (Status.PENDING, "open")
    assert again.steps[0].opened_at == LATER


def test_reporting_back_is_for_the_applicant_of_an_approved_leave_and_once():
    request = BUREAU.submitted("director approve > office_clerk record")
    assert refused(engine.report_back, request, id_of(APPLICANT), LATER) == "NOT_APPROVED"
    approved = BUREAU.agreed(request, "孙")
    assert refused(engine.report_back, approved, id_of("孙"), LATER) == "NOT_YOUR_REQUEST"
    back = engine.report_back(approved, id_of(APPLICANT), LATER)
    assert (back.completed_at, back.version) == (LATER, approved.version + 1)
    assert refused(engine.report_back, back, id_of(APPLICANT), LATER) == "ALREADY_REPORTED_BACK"


def test_a_late_record_may_follow_the_reporting_back():
    approved = BUREAU.agreed(BUREAU.submitted("director approve > office_clerk record"), "孙")
    back = engine.report_back(approved, id_of(APPLICANT), LATER)
    recorded = BUREAU.agreed(back, "李")
    assert (recorded.status, recorded.completed_at) == (Status.APPROVED, LATER)
    assert recorded.steps[1].status is StepStatus.DONE


# ---- seats, not people ----


def test_a_new_holder_of_the_seat_finds_the_step_and_the_former_loses_it():
    request = BUREAU.submitted(CHAIN)
    changed = BUREAU.now(section_chief="周")
    assert refused(changed.decide, request, "赵", step=request.steps[0]) == "NOT_YOUR_STEP"
    assert states(changed.agreed(request, "周")) == "done open waiting waiting"


def test_a_step_of_a_vacant_seat_stays_open_until_somebody_holds_it():
    vacant = BUREAU.now(section_chief="")
    request = vacant.submitted(CHAIN)
    assert states(request) == "open waiting waiting waiting"
    for name in ("赵", "钱", "孙", APPLICANT):
        assert refused(vacant.decide, request, name, step=opened(request)[0]) == "NOT_YOUR_STEP"
    assert states(BUREAU.agreed(request, "赵")) == "done open waiting waiting"
