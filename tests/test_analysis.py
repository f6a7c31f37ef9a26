"""The analysis finds what the offices' own regulations contain, and says it in their words."""

import re
from datetime import date
from decimal import Decimal

import pytest

from domain.conditions.cells import least
from domain.conditions.language import parse, read_facts
from domain.conditions.regions import Interval
from domain.rulebook import matrix
from domain.rules.analysis import analysis
from domain.rules.routes import demanded, route
from domain.rules.rows import RuleRow, group, holding
from domain.rules.wording import sentence, speaker
from domain.vocabulary import (
    Fact,
    FactType,
    Kind,
    Role,
    RoleClass,
    Source,
    Vocabulary,
    seat_told_by,
)
from policies import loading
from tests.effort import effort
from tests.test_analysis_by_brute_force import (
    BLANK,
    FACTS,
    KIND,
    OFFICE,
    RANK,
    findings_of,
    rules_of,
)

TODAY = date(2026, 3, 2)


def book_of(institution):
    return loading.shipped(institution)


def found_in(institution, kind, problem, regulation=None):
    """{region: example} of a shipped kind's findings of one problem."""
    on = None if regulation else TODAY
    found = matrix(book_of(institution), on, regulation, kind)
    return {each.region.text: each.example for each in found if each.problem == problem}


def test_service_centre_spending_between_500_and_1000_is_nobodys_and_2000_is_two_peoples():
    gaps = found_in("service-centre", "expenditure.general", "GAP")
    assert gaps == {"500 < amount < 1000": {"amount": Decimal("500.01")}}
    overlaps = found_in("service-centre", "expenditure.general", "OVERLAP")
    assert overlaps == {"amount = 2000": {"amount": Decimal(2000)}}


@pytest.mark.parametrize("kind", ["leave.sick", "leave.personal", "leave.official"])
def test_science_bureau_leave_between_one_and_two_days_is_nobodys(kind):
    gaps = found_in("science-bureau", kind, "GAP")
    assert gaps["1 < days < 2"] == {"days": Decimal("1.5"), RANK: "staff"}


@pytest.mark.parametrize("kind", ["leave.sick", "leave.personal", "leave.official"])
def test_hrss_staff_management_gives_exactly_one_day_to_two_leaders(kind):
    overlaps = found_in("hrss-bureau", kind, "OVERLAP", "staff-management")
    region = f"days = 1 and {RANK} in section_deputy|section_chief"
    assert overlaps == {region: {"days": Decimal(1), RANK: "section_deputy"}}
    if kind != "leave.official":  # the later regulation has replaced the tiers of the others
        assert found_in("hrss-bureau", kind, "OVERLAP") == {}


@pytest.mark.parametrize("kind", ["leave.sick", "leave.personal", "leave.annual"])
def test_township_leave_of_exactly_three_and_seven_days_is_claimed_twice(kind):
    assert found_in("township-government", kind, "OVERLAP") == {
        "days = 3": {"days": Decimal(3), RANK: "staff"},
        f"days = 7 and {RANK} = staff": {"days": Decimal(7), RANK: "staff"},
    }


def test_construction_bureau_fixed_assets_of_exactly_5000_are_claimed_twice():
    [(region, example)] = found_in(
        "construction-bureau", "expenditure.fixed_asset", "OVERLAP"
    ).items()
    assert region == "amount = 5000 and unit_kind = subordinate_unit"
    assert example["amount"] == 5000


def test_construction_bureau_private_car_use_of_exactly_half_a_day_is_claimed_twice():
    assert found_in("construction-bureau", "vehicle.private_use", "OVERLAP") == {
        "days = 0.5 and destination = in_area": {"days": Decimal("0.5"), "destination": "in_area"}
    }


def test_county_leave_between_one_two_and_three_days_is_nobodys():
    gaps = found_in("county-organs", "leave.personal", "GAP")
    assert [*gaps] == [
        "1 < days < 2 and month_total_days < 7",
        "2 < days < 3 and month_total_days < 7",
        "days > 3 and month_total_days < 7",
    ]
    assert [example["days"] for example in gaps.values()] == [
        *map(Decimal, ("1.5", "2.5", "3.5")),
    ]


def test_a_hole_that_one_clause_opens_and_silence_widens_is_one():
    gaps = found_in("hrss-bureau", "outing.private", "GAP")
    assert gaps == {"always": {"days": Decimal("0.5")}}


@pytest.mark.parametrize("institution", loading.institutions())
def test_every_shipped_example_is_judged_as_its_finding_says(institution):
    book = book_of(institution)
    for found in matrix(book, TODAY):
        kind, rules = book.vocabulary.kinds[found.kind], book.rules_for(found.kind, TODAY)
        stated = {name: plain(value) for name, value in found.example.items()}
        facts = read_facts(stated, kind, book.vocabulary)
        if found.severity == "ERROR":
            judged = route(rules, facts)
            assert judged.finding.value == found.problem.value
            assert set(judged.claims) <= set(found.clauses)
        elif found.problem == "SELF_APPROVAL":
            assert demanded(holding(rules, facts)).finding == "ROUTED"
            own = seat_told_by(facts["applicant_rank"], book.vocabulary.roles)
            assert route(rules, facts, own).finding == "GAP"
        known = {name: book.vocabulary.facts[name] for name in kind.facts}
        assert parse(found.region.text, known).regions == found.region.regions


def plain(value):
    return value if isinstance(value, bool | str) else str(value)


def test_a_finding_is_said_in_words_of_the_office_in_both_languages():
    book = book_of("service-centre")
    hole, twice = matrix(book, TODAY, kind="expenditure.general"), "expenditure.general"
    [gap, overlap, *_] = hole
    assert sentence(gap, speaker(book.vocabulary, book.register, "zh-CN")) == (
        "超过 500 元、不足 1000 元：没有规定谁批准；最近的规定：财务管理制度 三"
    )
    assert sentence(gap, speaker(book.vocabulary, book.register, "en")) == (
        "over 500 yuan, under 1000 yuan: no clause says who approves; nearest: 财务管理制度 三"
    )
    assert (overlap.kind, sentence(overlap, speaker(book.vocabulary, book.register, "zh-CN"))) == (
        twice,
        "正好 2000 元：规定互相矛盾；财务管理制度 三：主任批准；财务管理制度 三：班子集体研究表决",
    )


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("institution", loading.institutions())
def test_every_finding_has_its_own_sentence_without_a_code_in_it(institution, language):
    book = book_of(institution)
    found = [*matrix(book, TODAY, held=frozenset())]
    said = [sentence(each, speaker(book.vocabulary, book.register, language)) for each in found]
    for each, words in zip(found, said, strict=True):
        code = each.claim.rule or "no_code"
        assert not re.search(r"[a-z]_[a-z]|\bNone\b|\{", words.replace(code, ""))


def row(when, role="director", act="approve", rule="r", clause="rules/一"):
    return (role, OFFICE, KIND, act, when, rule, "1", clause, "allow")


def test_a_row_that_no_case_of_the_grid_reaches_is_told_with_a_case_that_would():
    found = findings_of([row("always"), row("1 < days < 1.5", rule="lost")])
    assert [(each.problem.value, each.claim.rule) for each in found] == [("UNREACHABLE", "lost")]
    assert found[0].example["days"] in Interval(Decimal(1), Decimal("1.5"), True, True)


def test_a_row_against_the_precondition_is_out_of_reach():
    [found] = findings_of([row("always"), row("internal = false", rule="lost")], "internal = true")
    assert (found.problem, found.example) == ("UNREACHABLE", {"internal": False})


def test_a_precondition_may_name_words_that_the_office_has_dropped():
    rows = [row(f"{RANK} = staff")]
    kind = Kind(KIND, "leave", BLANK, tuple(FACTS), f"{RANK} in staff|gatekeeper")
    facts = {**FACTS, RANK: Fact(RANK, FactType.ENUM, Source.FORM, BLANK, values={"staff": BLANK})}
    assert [*analysis(rules_of(rows), kind, Vocabulary({}, {}, facts))] == []


def test_the_own_decision_of_a_rank_is_told_with_the_cases_in_which_it_falls_to_it():
    [found] = findings_of(
        [row("days <= 1", "section_chief"), row("days > 1", "director", rule="s")]
    )
    assert (found.problem, found.region.text) == (
        "SELF_APPROVAL",
        f"days <= 1 and {RANK} = section_chief",
    )
    assert found.example == {"days": Decimal(0), RANK: "section_chief"}


@pytest.mark.parametrize(
    ("role_class", "vacant"),
    [(RoleClass.SEAT, True), (RoleClass.BODY, True), (RoleClass.FORM, False)],
)
def test_a_step_whose_seat_nobody_holds_is_vacant(role_class, vacant):
    kind = Kind(KIND, "leave", BLANK, tuple(FACTS))
    roles = {
        "witness": Role("witness", role_class, BLANK),
        "leader": Role("leader", RoleClass.ANY_OF, BLANK, members=("director", "mayor")),
    }
    rows = [row("days > 1", "witness", "sign"), row("always", "leader", rule="s")]
    words = Vocabulary({KIND: kind}, roles, FACTS)
    found = analysis(rules_of(rows), kind, words, frozenset({"mayor"}))
    said = [(each.problem.value, each.region.text, each.claim.role) for each in found]
    assert said == [("VACANT_SEAT", "days > 1", "witness")] * vacant


@pytest.mark.parametrize(
    ("low", "high", "low_open", "high_open", "grid", "example"),
    [
        ("0.3", None, False, False, "0.5", "0.5"),
        ("0.5", None, True, False, "0.5", "1"),
        ("6", None, True, False, None, "7"),
        ("6", "6.5", True, True, None, "6.1"),
        ("6", "6.0001", True, True, None, "6.00005"),
        (None, "2", False, True, None, "0"),
        (None, "-2", False, True, None, "-3"),
        ("1", "1.5", True, True, "0.5", None),
    ],
)
def test_the_smallest_number_of_an_interval(low, high, low_open, high_open, grid, example):
    number = Fact("n", FactType.DECIMAL, Source.FORM, BLANK, grid=grid and Decimal(grid))
    ends = (low and Decimal(low), high and Decimal(high), low_open, high_open)
    assert least(Interval(*ends), number) == (example and Decimal(example))


def test_all_shipped_rulebooks_are_analysed_with_little_effort():
    books = [book_of(institution) for institution in loading.institutions()]
    with effort() as taken:
        for book in books:
            [*matrix(book, TODAY)]
    assert taken.calls < 300_000


def test_cells_that_the_same_rules_are_left_in_are_walked_once():
    """Twelve facts of forty-one cells each: their product has twenty digits."""
    facts = {
        name: Fact(name, FactType.DECIMAL, Source.FORM, BLANK, "", Decimal(0), Decimal(100))
        for name in (f"fact_{number}" for number in range(12))
    }
    whens = [" and ".join(f"{name} = {n}" for name in facts) for n in range(1, 21)]
    made = [
        RuleRow(*row("")[:4], parse(when, facts), when, 1, False, "rules/一", "allow")
        for when in whens
    ]
    kind = Kind(KIND, "leave", BLANK, tuple(facts))
    with effort() as taken:
        found = [*analysis(group(made, {}), kind, Vocabulary({KIND: kind}, {}, facts))]
    assert taken.calls < 2_500_000
    assert {each.problem.value for each in found} == {"GAP"}
