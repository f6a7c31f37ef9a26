"""What a route is, by example and against the second reading in `route_oracle`."""

from datetime import date
from decimal import Decimal
from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.rules.routes import Finding, route, stricter
from tests.random_rulebooks import (
    CASES,
    SEATS,
    SICK,
    register_in_force,
    registers,
    rows,
    rulebook,
)
from tests.route_oracle import expected
from tests.written_routes import TODAY, routed, shown


def as_the_oracle_says(found):
    stages = groupby(found.steps, key=lambda step: step.place)
    plain_stages = [[(s.roles, s.act, s.clauses) for s in stage] for _, stage in stages]
    return found.finding.value, plain_stages, list(found.claims)


@settings(max_examples=280, deadline=None)
@given(rows(), registers(), st.sampled_from((None, None, "old")), st.sampled_from(SEATS))
def test_routes_agree_with_a_second_reading(plain_rows, register, regulation, own):
    book = rulebook(plain_rows, register)
    rules = book.rules_for(SICK, TODAY, regulation)
    for seat in (None, own, "leader"):
        for facts in CASES:
            want = expected(plain_rows, register, SICK, facts, regulation=regulation, own=seat)
            assert as_the_oracle_says(route(rules, facts, seat)) == want


def test_what_comes_first_goes_before_whatever_the_others_demand():
    found = routed(
        "a 1 clerk sign old/一",
        "a 2 director approve old/一",
        "b 0 leader vote new/一",
    )
    assert shown(found) == "leader:vote > clerk:sign > director:approve"
    assert found.claims == ("old/一", "new/一")
    assert shown(routed("b 0 leader vote new/一")) == "leader:vote"
    gap = routed("a 1 nobody approve old/一", "b 0 leader vote new/一")
    assert (gap.finding, gap.claims) == (Finding.GAP, ("old/一", "new/一"))


def test_no_rule_is_a_silent_gap():
    found = routed("a 1 chief approve old/一", facts={"days": Decimal(1)})
    assert found.finding is Finding.ROUTED
    assert routed() == routed("a 1 chief approve old/一", regulation="new")
    assert (routed().finding, routed().claims) == (Finding.GAP, ())


def test_steps_run_in_their_order_and_cite_their_clause():
    found = routed("a 2 director approve old/一", "a 1 chief endorse new/一")
    assert shown(found) == "chief:endorse > director:approve"
    assert [step.clause for step in found.steps] == ["new/一", "old/一"]


def test_the_same_chain_from_two_clauses_is_one_route_that_cites_both():
    found = routed(
        "a 1 chief endorse old/一",
        "a 2 director approve old/一",
        "b 5 chief endorse new/一",
        "b 7 director approve new/一",
    )
    assert shown(found) == "chief:endorse > director:approve"
    assert {step.clauses for step in found.steps} == {("old/一", "new/一")}
    assert found.claims == ("old/一", "new/一")


def test_different_chains_overlap_and_each_side_is_shown():
    found = routed("a 1 chief approve old/一", "b 1 director approve new/一")
    assert (found.finding, found.steps) == (Finding.OVERLAP, ())
    assert [shown(side) for side in found.sides] == ["chief:approve", "director:approve"]
    assert found.claims == ("old/一", "new/一")


def test_the_same_role_in_another_act_is_another_chain():
    found = routed("a 1 chief approve old/一", "b 1 chief endorse new/一")
    assert found.finding is Finding.OVERLAP


def test_united_signatures_and_records_keep_their_place_and_count_once():
    found = routed(
        "a 1 clerk record old/一",
        "a 2 chief endorse old/一",
        "a 3 director approve old/一",
        "a 4 clerk record old/一",
        "b 1 chief endorse new/一",
        "b 2 deputy sign new/一",
        "b 3 director approve new/一",
        "b 4 clerk record new/一",
    )
    assert shown(found) == (
        "clerk:record > chief:endorse > deputy:sign > director:approve > clerk:record"
    )
    assert [step.clauses for step in found.steps] == [
        ("old/一",),
        ("old/一", "new/一"),
        ("new/一",),
        ("old/一", "new/一"),
        ("old/一", "new/一"),
    ]


def test_a_rule_without_chain_signs_before_the_first_decision_and_records_after_the_last():
    found = routed("a 1 chief approve old/一", "b 1 deputy sign new/一", "b 2 clerk record new/一")
    assert shown(found) == "deputy:sign > chief:approve > clerk:record"


def test_a_record_that_such_a_rule_puts_before_its_signature_stays_before_it():
    found = routed("a 1 chief approve old/一", "b 1 clerk record new/一", "b 2 deputy sign new/一")
    assert shown(found) == "clerk:record > deputy:sign > chief:approve"


def test_a_signature_asked_together_with_a_consent_joins_it_in_the_united_route():
    found = routed(
        "a 1 chief approve old/一",
        "b 1+ deputy sign new/一",
        "b 1+ chief approve new/一",
    )
    assert shown(found) == "chief:approve & deputy:sign"


def test_alternatives_are_one_step_and_compare_as_a_set():
    found = routed(
        "a 1 director approve old/一",
        "a 1 deputy approve old/一",
        "b 1 deputy approve new/一",
        "b 1 director approve new/一",
    )
    assert shown(found) == "director/deputy:approve"
    assert found.steps[0].alternatives == ("deputy",)


def test_all_of_an_order_are_open_together_in_file_order():
    found = routed(
        "a 1 chief endorse old/一", "a 2+ director approve old/一", "a 2+ deputy approve old/一"
    )
    assert shown(found) == "chief:endorse > director:approve & deputy:approve"


def test_all_of_a_set_is_not_any_one_of_it():
    either = ["a 1 director approve old/一", "a 1 deputy approve old/一"]
    both = ["b 1+ director approve new/一", "b 1+ deputy approve new/一"]
    assert routed(*either, *both).finding is Finding.OVERLAP


def test_nobody_alone_is_a_gap_that_cites_its_clause():
    found = routed("a 1 nobody approve old/一", "b 1 clerk record new/一")
    assert (found.finding, found.claims) == (Finding.GAP, ("old/一", "new/一"))


def test_nobody_beside_a_chain_is_an_overlap():
    found = routed("a 1 nobody approve old/一", "b 1 chief approve new/一")
    assert found.finding is Finding.OVERLAP


def test_an_express_none_is_routed_without_steps_and_takes_records_only():
    assert routed("a 1 none none old/一").finding is Finding.ROUTED
    assert shown(routed("a 1 none none old/一", "b 1 clerk record new/一")) == "clerk:record"
    overlap = routed("a 1 none none old/一", "b 1 chief approve new/一")
    assert overlap.finding is Finding.OVERLAP


def test_a_deny_alone_forbids():
    found = routed("a 1 * * old/一 deny")
    assert (found.finding, found.claims) == (Finding.FORBIDDEN, ("old/一",))


def test_a_deny_and_an_allow_of_one_clause_forbid():
    found = routed("a 1 * * old/一 deny", "b 1 chief approve old/一")
    assert found.finding is Finding.FORBIDDEN


def test_a_deny_and_an_allow_of_different_clauses_overlap():
    found = routed("a 1 * * old/一 deny", "b 1 chief approve new/一")
    assert found.finding is Finding.OVERLAP
    assert [side.finding for side in found.sides] == [Finding.ROUTED, Finding.FORBIDDEN]
    assert stricter(found) is None


@pytest.mark.parametrize(
    ("replaced", "finding"), [("deny", Finding.ROUTED), ("allow", Finding.FORBIDDEN)]
)
def test_of_a_deny_and_an_allow_the_replacing_clause_speaks(replaced, finding):
    register = register_in_force()
    lines = {"deny": ("old/一", "old/二"), "allow": ("old/二", "old/一")}
    clause, successor = lines[replaced]
    register[clause, SICK, replaced] = ("", "2030-01-01", successor)
    found = routed("a 1 * * old/一 deny", "b 1 chief approve old/二", register=register)
    assert (found.finding, found.claims) == (finding, (successor,))


def test_rows_out_of_force_drop_out_before_rules_are_formed():
    register = register_in_force()
    register["new/一", SICK, "allow"] = ("2026-03-02", "2026-04-01", "")
    lines = ("a 1 chief endorse new/一", "a 2 director approve old/一")
    days = {date(2026, 3, 1): 1, date(2026, 3, 2): 2, date(2026, 3, 31): 2, date(2026, 4, 1): 1}
    for day, steps in days.items():
        assert len(routed(*lines, register=register, on=day).steps) == steps


def test_a_clause_replaced_on_an_unknown_day_is_read_only_through_its_regulation():
    register = register_in_force()
    register["old/一", SICK, "allow"] = ("", "", "new/一")
    lines = ("a 1 chief approve old/一", "b 1 director approve new/一")
    assert shown(routed(*lines, register=register)) == "director:approve"
    assert shown(routed(*lines, register=register, on=date(1999, 1, 1))) == "director:approve"
    assert shown(routed(*lines, register=register, regulation="old")) == "chief:approve"


def test_rules_are_read_on_a_day_or_by_a_regulation():
    book = rulebook([], register_in_force())
    with pytest.raises(ValueError, match="on a day or by a regulation"):
        book.rules_for(SICK)
