"""Whatever facts are stated: the shipped clauses answer or refuse, and nothing is negative."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors import Refused
from domain.shapes.asking import looked_at, read_measures, speaking
from domain.shapes.derivations import raw_of
from domain.shapes.eligibility import reasons, spoken_of
from domain.shapes.ladders import what_follows
from domain.shapes.quotas import is_kept
from domain.shapes.scores import scored, scores_asked
from domain.vocabulary import FactType
from policies import loading

MOST = Decimal(1000)
FACTS_AT_ONCE = 12


def values_of(fact):
    match fact.type:
        case FactType.BOOL:
            return st.booleans()
        case FactType.ENUM:
            return st.sampled_from(sorted(fact.values))
    least, most = fact.minimum or Decimal(0), min(fact.maximum or MOST, MOST)
    if fact.type is FactType.INT:
        return st.integers(int(least), int(max(least, most)))
    return st.decimals(least, max(least, most), places=1).map(str)


def cases(institution: str):
    """Some of the measures that the institution's computing clauses look at, with any values."""
    shapes = loading.shipped(institution).shapes
    known = shapes.measures
    rows = (*shapes.ladders, *shapes.quotas, *shapes.scores, *shapes.eligibility)
    raw = raw_of(looked_at(rows, known), {}, known)
    return st.lists(st.sampled_from(sorted(raw)), max_size=FACTS_AT_ONCE, unique=True).flatmap(
        lambda names: st.fixed_dictionaries({name: values_of(known[name]) for name in names})
    )


COMPUTING = [each for each in loading.institutions() if loading.shipped(each).shapes.eligibility]


@pytest.mark.parametrize("institution", COMPUTING)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_facts_are_answered_or_refused_and_no_amount_is_negative(institution, data):
    shapes = loading.shipped(institution).shapes
    try:
        measures = read_measures(data.draw(cases(institution)), shapes.measures, ())
    except Refused:
        return
    found = what_follows(shapes.ladders, measures)
    assert all(each.amount is None or each.amount >= 0 for each in found)
    ids = {each.rung.id for each in found}
    assert not ids & {name for each in found for name in each.rung.stops}
    against = {each.rung.id: each.against for each in found}
    assert all(rung in against[other] for rung in ids for other in against[rung] if other in ids)
    pots: dict[tuple[str, str, str], Decimal] = {}
    for each in found:
        if each.rung.most is not None and each.amount is not None:
            pot = each.rung.of, each.rung.unit, each.rung.whom
            pots[pot] = pots.get(pot, Decimal(0)) + each.amount
            assert pots[pot] <= each.rung.most.whole
    for quota in shapes.quotas:
        if quota.measure in measures and quota.when.holds(measures):
            assert is_kept(quota, measures) in (True, False, None)
    reasons(spoken_of(shapes.eligibility, measures), measures)
    with suppress(Refused):
        for score in scores_asked(speaking(shapes.scores, measures), measures):
            scored(score, measures)
