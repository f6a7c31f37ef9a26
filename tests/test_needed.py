"""Which facts a case lacks, against trying every answer in small random rulebooks."""

from datetime import date
from decimal import Decimal
from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from domain.conditions.language import parse
from domain.rules.needed import Demands, needed, turns_of, where_needed
from domain.rules.routes import demanded
from domain.rules.rows import Document, holding
from tests.random_rulebooks import FACTS, SICK, register_in_force, rows, rulebook

ON = date(2026, 3, 2)
ANSWERS = {
    "days": [None, *map(Decimal, ("0.25", "0.5", "0.75", "1", "1.5", "2", "9"))],
    "rank": [None, "low", "top", "odd"],
    "internal": [None, True, False],
    "people": [None, Decimal(1), Decimal(7)],
}
WHENS = ("always", "days > 1", "rank = odd", "internal = false and days <= 0.5", "people = 7")
papers = st.lists(st.sampled_from(WHENS), max_size=2).map(
    lambda whens: tuple(Document(SICK, parse(each, FACTS), ("证明",), "old/一") for each in whens)
)
stated_names = st.sets(st.sampled_from(sorted(ANSWERS)))


@st.composite
def offices(draw):
    book = rulebook(draw(rows()), register_in_force())
    return Demands(book.rules_for(SICK, ON), draw(papers), FACTS)


@st.composite
def cases(draw):
    return {name: draw(st.sampled_from(ANSWERS[name][1:])) for name in sorted(draw(stated_names))}


def outcome(demands, facts):
    """Who acts and which papers are asked for, found by asking every rule."""
    facts = {name: value for name, value in facts.items() if value is not None}
    found = demanded(holding(demands.rules, facts))
    return turns_of(found), [each.when.holds(facts) for each in demands.papers]


def matters(demands, stated, name, others):
    """Whether for some answer to the others, or none, the answers to one fact differ."""
    for answered in product(*(ANSWERS[each] for each in others)):
        case = {**stated, **dict(zip(others, answered, strict=True))}
        outcomes = [outcome(demands, {**case, name: answer}) for answer in ANSWERS[name]]
        if any(one != other for one, other in combinations(outcomes, 2)):
            return True
    return False


@given(offices(), cases())
def test_a_fact_is_needed_when_and_only_when_its_answers_could_differ(demands, stated):
    open_ = [name for name in FACTS if name not in stated]
    expected = {
        name
        for name in open_
        if matters(demands, stated, name, [each for each in open_ if each != name])
    }
    found = needed(demands, stated, open_)
    assert found.keys() == expected
    clauses = {clause for rule in demands.rules for clause in rule.clauses}
    clauses |= {paper.clause for paper in demands.papers}
    assert all(cited and set(cited) <= clauses for cited in found.values())


@given(offices(), cases(), st.data())
def test_where_nothing_is_needed_no_answer_changes_anything(demands, stated, data):
    open_ = [name for name in FACTS if name not in stated]
    if needed(demands, stated, open_):
        return
    answers = {name: data.draw(st.sampled_from(ANSWERS[name])) for name in open_}
    assert outcome(demands, {**stated, **answers}) == outcome(demands, stated)


@given(offices())
def test_what_every_case_needs_is_needed_in_each_and_what_none_does_in_no_one(demands):
    found = where_needed(demands, list(FACTS), {})
    for name in FACTS:
        others = [each for each in FACTS if each != name]
        cases = [
            dict(zip(others, answered, strict=True))
            for answered in product(*(ANSWERS[each][1:] for each in others))
        ]
        needing = [bool(needed(demands, case, [name])) for case in cases]
        where = found.get(name)
        assert (where and where.always) == (None if not any(needing) else all(needing))
        regions = where.regions if where else {}
        for case, needs in zip(cases, needing, strict=True):
            assert not needs or all(case[other] in region for other, region in regions.items())
