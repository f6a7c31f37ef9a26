from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Refused
from domain.shapes.asking import read_measures, speaking
from domain.shapes.scores import ranked, scored, scores_asked
from tests.small_shapes import shapes

BOOK = shapes(
    scores="""
    target; ~; business; mark; add; 1; 0; 70; always; 业务; Business
    target; ~; common; ; add; 30; ; ; always; 公共; Common
    target; ~; late; late; subtract; 0.5; ; 3; always; 迟到; Late
    target; ~; veto; ; ceiling; 59; ; ; filed = false; 一票否决; Veto
    target; ~; total; ; total; ; 0; 100; always; 总分; Total
    weighted; ~; mark; mark; average; 60; ; ; always; 业务; Business
    weighted; ~; review; review; average; 40; ; ; always; 评议; Review
    parts; ~; mark; mark; average; 0.6; ; ; always; 业务; Business
    parts; ~; review; review; average; 0.4; ; ; always; 评议; Review
    open; ~; mark; mark; average; ; ; ; always; 业务; Business
    open; ~; review; review; average; ; ; ; always; 评议; Review
    tiers; ~; first; ranked_people; tier; 3; ; ; always; 一档; First
    tiers; ~; second; ranked_people; tier; 5; ; ; always; 二档; Second
    tiers; ~; third; ranked_people; tier; 2; ; ; always; 三档; Third
    advanced; ~; advanced; ; tier; ; ; ; late <= 4; 先进; Advanced
    """
).scores
KNOWN = shapes().measures


def score(name: str, **given: object) -> dict[str, object]:
    measures = read_measures(given, KNOWN, BOOK, ballots=True)
    items = [item for item in speaking(BOOK, measures) if item.id == name]
    return dict(scored(items, measures).values)


@pytest.mark.parametrize(
    ("given", "total"),
    [
        ({"mark": 60}, 90),
        ({"mark": 60, "late": 3}, Decimal("88.5")),
        ({"mark": 60, "late": 9}, 87),
        ({"mark": 90}, 100),
        ({"mark": 60, "filed": False}, 59),
        ({"mark": "17.4"}, Decimal("47.4")),
    ],
)
def test_a_total_is_the_sum_of_its_parts_within_their_bounds(given, total):
    assert score("target", **given)["total"] == total


def test_weights_are_parts_of_one_or_percent():
    for name in ("weighted", "parts"):
        assert score(name, mark=90, review=80)[name] == 86


def test_weights_that_the_text_leaves_open_leave_the_result_open():
    assert score("open", mark=90, review=80)["open"] is None


def test_a_part_of_an_average_must_be_stated():
    with pytest.raises(Refused) as refused:
        score("weighted", mark=90)
    assert [each.path[1] for each in refused.value.problems] == ["review"]


def test_tiers_share_those_ranked_and_no_rounding_is_invented():
    assert score("tiers", ranked_people=10) == {"first": 3, "second": 5, "third": 2}
    assert score("tiers", ranked_people=7) == dict.fromkeys(["first", "second", "third"])


def test_a_tier_without_a_share_holds_where_its_condition_does():
    assert score("advanced", late=4) == {"advanced": True}
    assert score("advanced", late=5, mark=1) == {}


def test_of_several_scores_those_answer_that_the_measures_speak_of():
    measures = {"ranked_people": Decimal(10)}
    assert [each[0].id for each in scores_asked(BOOK, measures)] == ["tiers"]


MARKS = st.lists(st.decimals(0, 100, places=2), min_size=1, max_size=12)


@given(MARKS, st.randoms())
def test_a_score_does_not_depend_on_the_order_of_the_ballots(marks, chance):
    ballots = [str(mark) for mark in marks]
    shuffled = chance.sample(ballots, len(ballots))
    assert score("target", mark=ballots) == score("target", mark=shuffled)
    mean = sum(marks) / len(marks)
    business = score("target", mark=ballots)["business"]
    assert abs(business - min(mean, 70)) < Decimal("1e-20")


@given(st.dictionaries(st.text("abc", min_size=1), st.integers(0, 5).map(Decimal)), st.randoms())
def test_ranks_do_not_depend_on_order_and_equal_totals_share_a_place(totals, chance):
    places = ranked(totals)
    shuffled = dict(chance.sample(list(totals.items()), len(totals)))
    assert ranked(shuffled) == places
    for place, name in places:
        assert place == 1 + sum(total > totals[name] for total in totals.values())
