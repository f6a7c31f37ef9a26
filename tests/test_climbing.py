"""Where a deciding step is the applicant's own: the next level above, if the office says so."""

import pytest

from domain.approval.request import Status
from tests.small_office import APPLICANT, office, opened, seats_of, states
from tests.test_placement import gap

CLIMBING = office(
    escalates=True,
    section_chief="赵",
    deputy_in_charge="钱",
    director="孙",
    office_clerk="李",
    superior="郑",
)


def climbs_to(route, **seats):
    """The seats that an escalating office takes the last step to."""
    [*_, step] = CLIMBING.now(**seats).placed(route)
    assert step.skipped is not None
    assert (step.skipped["code"], step.skipped["instead_of"]) == ("ESCALATED", step.role)
    assert seats_of(step) == {step.skipped["role"]}
    return step.skipped["role"]


@pytest.mark.parametrize(
    ("own", "above"),
    [
        ("section_deputy", "section_chief"),
        ("section_chief", "deputy_in_charge"),
        ("office_director", "deputy_in_charge"),
        ("finance_deputy", "director"),
        ("deputy_in_charge", "director"),
        ("director", "superior"),
        ("party_secretary", "superior"),
    ],
)
def test_the_switch_takes_an_own_decision_to_the_next_level_above(own, above):
    assert climbs_to(f"{own} approve", **{own: APPLICANT}) == above


def test_the_switch_passes_over_levels_that_the_applicant_holds_too():
    own = {"section_chief": APPLICANT, "deputy_in_charge": APPLICANT}
    assert climbs_to("section_chief approve", **own) == "director"


def test_the_switch_never_sends_a_leader_s_request_to_those_led():
    own = {"section_chief": APPLICANT, "director": APPLICANT}
    assert climbs_to("section_chief approve", **own) == "superior"


def test_the_switch_takes_the_last_of_nothing_but_own_endorsements_up():
    own = {"section_chief": APPLICANT}
    assert climbs_to("section_chief endorse", **own) == "deputy_in_charge"
    request = CLIMBING.now(**own).submitted("section_chief endorse > office_clerk record")
    assert states(request) == "open waiting"


def test_the_switch_leaves_an_own_endorsement_before_another_s_decision_alone():
    where = CLIMBING.now(section_chief=APPLICANT)
    assert states(where.placed("section_chief endorse > director approve")) == "skipped waiting"


def test_where_nobody_stands_above_the_gap_remains():
    where = office(escalates=True, director=APPLICANT, section_chief="赵")
    assert gap(where, "director approve")[0] == "OWN_DECISION"


def test_a_seat_above_that_is_the_applicant_s_own_is_no_way_up():
    assert gap(CLIMBING.now(director=APPLICANT, superior=APPLICANT), "director approve")[0] == (
        "OWN_DECISION"
    )


def test_the_switch_leaves_an_own_endorsement_after_an_escalated_decision_alone():
    where = CLIMBING.now(section_chief=APPLICANT)
    placed = where.placed("section_chief approve > section_chief endorse")
    assert states(placed) == "waiting skipped"


@pytest.mark.parametrize("role", ["party_group", "superior"])
def test_nobody_stands_above_a_body_or_an_outside_answer(role):
    where = CLIMBING.now(**{role: APPLICANT})
    assert gap(where, f"{role} approve")[0] == "OWN_DECISION"


def test_an_escalated_step_and_a_later_one_of_the_same_seat_take_one_act():
    where = CLIMBING.now(section_chief=APPLICANT)
    request = where.submitted("section_chief approve > deputy_in_charge approve")
    request = where.agreed(request, "钱")
    assert (request.status, states(request)) == (Status.APPROVED, "done done")
    assert not opened(request)
