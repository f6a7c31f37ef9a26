"""What the switches make of imperfect rules: the next tier, the stricter chain, the neighbours."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.approval.request import Status
from domain.rules.gaps import escalated, neighbours
from domain.rules.routes import Finding, route, stricter
from policies.messages import MESSAGES
from tests.random_rulebooks import CASES, OFFICE, SICK, register_in_force, registers, rows, rulebook
from tests.small_office import office, states
from tests.test_routes import shown

TODAY = date(2026, 3, 2)
BUREAU = office(section_chief="赵", deputy_in_charge="钱", director="孙", office_clerk="李")
SEATS = {"chief": "section_chief", "deputy": "deputy_in_charge", "clerk": "office_clerk"}


def rules(*lines):
    """Rules by rows written as `rule order role act clause : when [: deny]`."""
    found = []
    for line in lines:
        row, when, *effect = line.split(" : ")
        rule, order, role, act, clause = row.split()
        found.append((role, OFFICE, SICK, act, when, rule, order, clause, *(effect or ["allow"])))
    return rulebook(found, register_in_force()).rules_for(SICK, TODAY)


def days(number, **more):
    return {"days": Decimal(number), **more}


def tier(found):
    assert found.notes[-1].code == "ESCALATED_TIER"
    return found.notes[-1].details


# ---- the next tier ----

TIERS = (
    "a 1 chief approve old/一 : days <= 1",
    "b 1 deputy approve old/二 : 2 <= days < 3",
    "c 1 director approve new/一 : days > 3",
)


@pytest.mark.parametrize(
    ("number", "chain", "at"),
    [("1.5", "deputy:approve", "2"), ("3", "director:approve", "3")],
)
def test_a_case_between_two_tiers_takes_the_next_above(number, chain, at):
    assert route(rules(*TIERS), days(number)).finding is Finding.GAP
    found = escalated(rules(*TIERS), days(number))
    assert (found.finding, shown(found)) == (Finding.ROUTED, chain)
    assert tier(found) == {"fact": "days", "tier": at}


def test_the_next_tier_cites_its_own_clause():
    assert escalated(rules(*TIERS), days("1.5")).claims == ("old/二",)


def test_above_the_highest_tier_and_without_rules_there_is_no_next():
    assert escalated(rules("a 1 chief approve old/一 : days <= 1"), days(2)) is None
    assert escalated((), days(2)) is None


def test_a_lower_tier_is_never_taken():
    lower = ("a 1 director approve old/一 : days < 2", "b 1 chief approve old/二 : days = 4")
    assert shown(escalated(rules(*lower), days(3))) == "chief:approve"


def test_a_tier_at_which_rules_disagree_is_passed_over():
    disputed = (
        "a 1 chief approve old/一 : days = 2",
        "b 1 deputy approve old/二 : days >= 2",
    )
    found = escalated(rules(*disputed), days(1))
    assert (shown(found), tier(found)) == ("deputy:approve", {"fact": "days", "tier": "2"})


def test_a_tier_that_names_nobody_or_forbids_is_no_way_up():
    closed = (
        "a 1 nobody approve old/一 : 2 <= days < 3",
        "b 1 * * old/二 : days >= 3 : deny",
    )
    assert escalated(rules(*closed), days(1)) is None


def test_a_clause_that_names_nobody_is_closed_by_the_next_tier_too():
    unnamed = ("a 1 nobody approve old/一 : days < 2", "b 1 director approve old/二 : days >= 2")
    assert route(rules(*unnamed), days(1)).finding is Finding.GAP
    assert shown(escalated(rules(*unnamed), days(1))) == "director:approve"


def test_a_tier_that_asks_for_no_consent_is_no_level_to_take_a_gap_to():
    free = ("a 1 none none old/一 : days = 2", "b 1 director approve old/二 : days > 2")
    assert shown(escalated(rules(*free), days(1))) == "director:approve"


def test_only_numbers_have_tiers_and_only_those_that_the_case_states():
    assert escalated(rules("a 1 chief approve old/一 : rank = low"), {"rank": "odd"}) is None
    assert escalated(rules(*TIERS), {"rank": "odd"}) is None


def test_the_other_facts_of_the_case_stay_as_they_are():
    ranked = (
        "a 1 chief approve old/一 : days > 2 and rank = low",
        "b 1 director approve old/二 : days > 2 and rank = top",
    )
    assert shown(escalated(rules(*ranked), days(1, rank="top"))) == "director:approve"


@settings(max_examples=150)
@given(rows(), registers(), st.sampled_from(CASES))
def test_the_next_tier_is_a_route_that_the_rules_give_to_a_larger_number(
    plain_rows, register, facts
):
    found = rulebook(plain_rows, register).rules_for(SICK, TODAY)
    taken = escalated(found, facts)
    if taken is None:
        return
    details = tier(taken)
    point = Decimal(details["tier"])
    assert point >= facts[details["fact"]]
    near = [{**facts, details["fact"]: point + more} for more in (0, Decimal("0.000001"))]
    assert taken.steps in [route(found, larger).steps for larger in near]
    assert MESSAGES["ESCALATED_TIER"].say("en", details)


# ---- the neighbouring clauses ----


def test_a_gap_names_the_clauses_that_would_claim_the_case_with_other_numbers():
    assert neighbours(rules(*TIERS), days("1.5")) == ("old/一", "old/二", "new/一")


def test_a_clause_for_another_rank_is_named_only_where_none_is_nearer():
    ranked = (
        "a 1 chief approve old/一 : days < 1 and rank = low",
        "b 1 director approve old/二 : days < 1 and rank = top",
    )
    assert neighbours(rules(*ranked), days(2, rank="low")) == ("old/一",)
    assert neighbours(rules(*ranked), days(2, rank="middle")) == ("old/一", "old/二")


# ---- from the rules to the decision ----


def submitted(found):
    """The request that a route of the random rulebooks' roles becomes in the small office."""
    text = " > ".join(" & ".join(stage) for stage in _stages(found.steps))
    return BUREAU.submitted(text)


def _stages(steps):
    places = sorted({step.place for step in steps})
    return [
        [f"{'/'.join(SEATS.get(r, r) for r in s.roles)} {s.act}" for s in steps if s.place == place]
        for place in places
    ]


def test_an_overlap_taken_by_the_stricter_chain_is_approved_by_all_of_it():
    both = (
        "a 1 chief endorse old/一 : always",
        "a 2 deputy approve old/一 : always",
        "a 3 clerk record old/一 : always",
        "b 1 deputy approve new/一 : always",
    )
    found = route(rules(*both), days(1))
    assert found.finding is Finding.OVERLAP
    taken = stricter(found)
    assert taken.claims == ("old/一", "new/一")
    assert [step.clauses for step in taken.steps] == [
        ("old/一",),
        ("old/一", "new/一"),
        ("old/一",),
    ]
    request = submitted(taken)
    assert states(request) == "open waiting waiting"
    request = BUREAU.agreed(request, "赵", "钱")
    assert (request.status, states(request)) == (Status.APPROVED, "done done open")


def test_a_gap_taken_to_the_next_tier_is_approved_by_that_tier():
    request = submitted(escalated(rules(*TIERS), days("1.5")))
    assert states(request) == "open"
    assert BUREAU.agreed(request, "钱").status is Status.APPROVED
