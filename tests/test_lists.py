"""Lists of authority say what the check, the route and stock Casbin say, in as few words."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.conditions.joining import Part, condition_of, joined
from domain.conditions.language import parse
from domain.rules.lists import Limit, table, what_may, who_may
from domain.rules.phrases import cases_said, condition_said, limit_said
from domain.rules.routes import Finding, route
from domain.rules.rows import ANY, DECIDING, NOBODY, NONE
from policies import loading, vocabulary
from policies.authority import Authority, acting_as, stock_enforcer
from tests.random_rulebooks import (
    ACTS,
    CASES,
    FACTS,
    OFFICE,
    PERSONAL,
    SEATS,
    SICK,
    VOCABULARY,
    WHENS,
    register_in_force,
    registers,
    rows,
    rulebook,
)

ROLES = VOCABULARY.roles
ACTING = acting_as(ROLES)
TODAY = date(2026, 3, 2)
whens = st.sampled_from(
    (*WHENS, "days > 1", "1 < days <= 3", "days >= 2 and internal = true", "rank = odd")
)
cases = st.fixed_dictionaries(
    {},
    optional={
        "days": st.sampled_from([Decimal(number) / 4 for number in range(17)]),
        "rank": st.sampled_from(("low", "top", "odd")),
        "internal": st.booleans(),
    },
)


def rules_in_force(book, kinds=(SICK, PERSONAL)):
    return [rule for kind in kinds for rule in book.rules_for(kind, TODAY)]


@settings(max_examples=60)
@given(
    rows(kinds=(SICK, SICK, PERSONAL), most=5),
    st.frozensets(st.sampled_from(SEATS), max_size=3),
    st.sampled_from((SICK, PERSONAL)),
)
def test_what_one_may_do_is_what_the_check_and_stock_casbin_allow(plain_rows, held, kind):
    book = rulebook(plain_rows, register_in_force())
    authority, stock = Authority(book.rows, ROLES), stock_enforcer(book.rows, ROLES)
    limits = what_may(rules_in_force(book), held, VOCABULARY)
    for case in CASES:
        for act in ACTS:
            listed = any(
                limit.holds(case) for limit in limits if (limit.kind, limit.act) == (kind, act)
            )
            question = held, OFFICE, kind, act, case
            assert listed is authority.may(*question) is stock.enforce(*question)


@settings(max_examples=60)
@given(rows(most=5), registers())
def test_who_may_decide_is_who_the_route_asks_and_whom_the_check_lets(plain_rows, register):
    book = rulebook(plain_rows, register)
    rules = book.rules_for(SICK, TODAY)
    in_force = [row for row in book.rows if book.in_force(row, TODAY)]
    authority, stock = Authority(in_force, ROLES), stock_enforcer(in_force, ROLES)
    for case in CASES:
        found, listed = route(rules, case), who_may(rules, case)
        assert listed.finding is found.finding
        assert listed.steps == tuple(step for step in found.steps if step.act in DECIDING)
        if found.finding is not Finding.ROUTED or any(
            rule.denies and rule.when.holds(case) for rule in rules
        ):
            continue
        for seat in SEATS:
            for act in DECIDING:
                turns = any(
                    seat in ACTING[role]
                    for step in listed.steps
                    if step.act == act
                    for role in step.roles
                )
                question = frozenset({seat}), OFFICE, SICK, act, case
                assert turns is authority.may(*question) is stock.enforce(*question)


@settings(max_examples=60)
@given(rows(kinds=(SICK, PERSONAL), most=5))
def test_the_table_holds_every_turn_of_every_rule_and_no_other(plain_rows):
    book = rulebook(plain_rows, register_in_force())
    rules = rules_in_force(book)
    found = table(rules, VOCABULARY)
    for case in CASES:
        written = {
            (rule.kind, role, step.act)
            for rule in rules
            if rule.when.holds(case)
            for step in rule.steps
            for role in step.roles
        }
        written |= {
            (rule.kind, ANY, ANY) for rule in rules if rule.denies and rule.when.holds(case)
        }
        tabled = {
            (row.kind, role, limit.act)
            for row in found.rows
            for role, limits in row.cells.items()
            for limit in limits
            if row.when.holds(case) and limit.holds(case)
        }
        assert tabled == written
    assert {role for row in found.rows for role in row.cells} == set(found.levels)


@given(st.lists(whens, min_size=1, max_size=5), cases)
def test_joining_changes_no_case(texts, case):
    parts = [Part(parse(text, FACTS), (text,)) for text in texts]
    together = joined(parts, FACTS)
    assert len(together) <= len(parts)
    assert any(part.when.holds(case) for part in parts) is any(
        part.when.holds(case) for part in together
    )
    assert {clause for part in together for clause in part.clauses} == set(texts)


@given(st.lists(whens, min_size=1, max_size=5))
def test_a_joined_condition_is_written_in_the_language_of_conditions(texts):
    parts = joined([Part(parse(text, FACTS), (text,)) for text in texts], FACTS)
    for part in parts:
        assert parse(part.when.text, FACTS) == part.when


@pytest.mark.parametrize(
    ("texts", "together"),
    [
        (["days <= 1", "days > 1"], ["days >= 0"]),
        (["days <= 1", "1 < days <= 3"], ["days <= 3"]),
        (["days < 1", "days > 1"], ["days < 1", "days > 1"]),
        (["days < 1", "days > 1", "days = 1"], ["days >= 0"]),
        (["rank = top", "rank = low"], ["rank in low|top"]),
        (["internal = true", "internal = false"], ["internal = true", "internal = false"]),
        (["days <= 1", "days = 1 and internal = true"], ["days <= 1"]),
        (
            ["days <= 1 and rank = low", "days <= 2 and rank = top"],
            ["days <= 1 and rank = low", "days <= 2 and rank = top"],
        ),
        (["days <= 1", "always"], ["always"]),
    ],
)
def test_conditions_that_meet_are_said_as_one(texts, together):
    parts = joined([Part(parse(text, FACTS), ()) for text in texts], FACTS)
    assert sorted(part.when.text for part in parts) == sorted(together)


OFFICE_WORDS = vocabulary.shipped()


@pytest.mark.parametrize(
    ("when", "zh", "en"),
    [
        ("always", "", ""),
        ("0.5 < days <= 2", "超过 0.5 天、不超过 2 天", "over 0.5 days, up to 2 days"),
        ("1 <= days <= 2", "1–2 天", "1–2 days"),
        ("1 <= days < 3", "1 天以上、不足 3 天", "1 day or more, under 3 days"),
        ("days = 1", "正好 1 天", "exactly 1 day"),
        ("days > 2", "超过 2 天", "over 2 days"),
        ("days >= 0", "天数不限", "any days"),
        ("0 < days <= 1", "不超过 1 天", "up to 1 day"),
        (
            "days <= 1 and applicant_rank in section_chief|section_deputy",
            "申请人职级:副科长、科长;不超过 1 天",
            "Applicant's rank: Deputy section chief or Section chief; up to 1 day",
        ),
        (
            "month_total_days >= 7",
            "当月累计事假天数 7 个工作日以上",
            "Personal leave in the month 7 working days or more",
        ),
        ("special_case = false", "特殊情况:否", "Special case: no"),
    ],
)
def test_a_condition_is_said_exactly_in_the_words_of_an_office(when, zh, en):
    kind = OFFICE_WORDS.kinds["leave.personal"]
    condition = parse(when, {name: OFFICE_WORDS.facts[name] for name in kind.facts})
    said = condition_said(condition, OFFICE_WORDS)
    assert (said.zh, said.en) == (zh, en)


def shipped_rules(institution, area=None):
    book = loading.shipped(institution)
    kinds = [kind for kind in book.rows_by_kind if area in (None, book.vocabulary.kinds[kind].area)]
    return book, [rule for kind in kinds for rule in book.rules_for(kind, TODAY)]


def test_the_limits_of_a_deputy_are_joined_over_the_rules_that_name_the_seat():
    book, rules = shipped_rules("hrss-bureau", "leave")
    limits = what_may(rules, {"deputy_in_charge"}, book.vocabulary)
    said = [limit_said(limit, book.vocabulary).zh for limit in limits if limit.kind == "leave.sick"]
    assert said == ["病假 超过 0.5 天、不超过 2 天: 批准", "病假 超过 2 天: 审核"]


def test_a_member_of_a_set_has_the_limits_of_the_set():
    book, rules = shipped_rules("hrss-bureau")
    [limit] = [
        limit
        for limit in what_may(rules, {"director"}, book.vocabulary)
        if limit.kind == "computer.repair"
    ]
    assert limit.roles == ("bureau_leader",)
    assert limit.when.text == "outside_help = true"


def test_a_limit_tells_the_prohibition_that_cuts_into_it():
    book, rules = shipped_rules("hrss-bureau", "leave")
    [limit] = [
        limit
        for limit in what_may(rules, {"director"}, book.vocabulary)
        if limit.kind == "leave.personal"
    ]
    assert not limit.holds({"days": Decimal(3), "leave_reason": "tourism"})
    assert limit.holds({"days": Decimal(3), "leave_reason": "self_required"})
    assert "除外:请假事由:旅游" in cases_said(limit, book.vocabulary).zh


def test_a_limit_that_a_prohibition_covers_is_no_limit():
    plain = [
        ("chief", OFFICE, SICK, "approve", "days <= 1", "a", "1", "old/一", "allow"),
        (ANY, OFFICE, SICK, ANY, "days <= 1", "b", "1", "old/二", "deny"),
    ]
    rules = rules_in_force(rulebook(plain, register_in_force()))
    assert what_may(rules, {"chief"}, VOCABULARY) == ()


def test_the_table_runs_from_low_levels_to_high_and_ends_with_what_names_nobody():
    book, rules = shipped_rules("service-centre", "finance")
    levels = table(rules, book.vocabulary).levels
    assert levels[:2] == ("handler", "witness")
    assert levels.index("finance_deputy") < levels.index("director")
    assert levels.index("director") < levels.index("leadership_meeting")
    assert levels[-2:] == (NOBODY, ANY)


@pytest.mark.parametrize("institution", loading.institutions())
def test_every_shipped_limit_can_be_said_and_read_back(institution):
    book, rules = shipped_rules(institution)
    roles = [role for role in book.vocabulary.roles if role not in (NOBODY, NONE, ANY)]
    limits: tuple[Limit, ...] = what_may(rules, roles, book.vocabulary)
    for limit in limits:
        facts = {
            name: book.vocabulary.facts[name] for name in book.vocabulary.kinds[limit.kind].facts
        }
        assert parse(limit.when.text, facts) == limit.when
        said = limit_said(limit, book.vocabulary)
        assert said.zh
        assert said.en
        assert limit.clauses
    for row in table(rules, book.vocabulary).rows:
        assert condition_of(row.when.regions, book.vocabulary.facts) == row.when
        assert row.cells
