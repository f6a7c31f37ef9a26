from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Refused
from domain.shapes.votes import Ballot, Share, Vote, Whole, check, for_matter, outcome
from policies import loading
from tests.small_shapes import shapes

VOTES = shapes(
    votes="""
    half; ~; party_group; decision.major; ; eligible; 1/2; false; ; ; ; ; ; ; ; ; ;
    general; ~; branch_meeting; ; ; ; ; ; eligible; 1/2; false; ; ; ; ; ; ;
    come; ~; branch_meeting; party.probationary; ; eligible; 1/2; true; ; ; ; ; ; ; ; ; ;
    admit; ~; branch_meeting; party.probationary; ; ; ; ; eligible; 1/2; true; true; ; ; ; ; ;
    thirds; ~; bureau_meeting; a; ; eligible; 2/3; false; present; 1/2; true; false; ; ; ; ; ;
    others; ~; bureau_meeting; b; ; ; ; ; voting; 2/3; true; true; ; ; ; ; ;
    open; ~; joint_meeting; ; ; ; ; ; ; 1/2; true; ; ; director; ; ; ;
    """
).votes


def held(body: str, matter: str | None, *count: int) -> tuple[bool | None, bool | None]:
    found = outcome(for_matter(VOTES, body, matter), Ballot(*count))
    return found.quorate, found.passed


@pytest.mark.parametrize(
    ("body", "matter", "count", "quorate", "passed"),
    [
        ("party_group", None, (7, 3, 3), False, False),
        ("party_group", "decision.major", (7, 4, 4), True, None),
        ("party_group", None, (6, 3, 3), True, None),
        ("party_group", "decision.major", (7, 7, 7), True, True),
        ("party_group", "decision.major", (7, 7, 6, 1), True, None),
        ("party_group", "decision.major", (7, 6, 6), True, None),
        ("party_group", "decision.major", (7, 7, 0, 7), True, False),
        ("party_group", "decision.major", (7, 4, 0, 0, 0, 1), True, None),
        ("branch_meeting", None, (20, 14, 9), None, False),
        ("branch_meeting", None, (20, 14, 10), None, True),
        ("branch_meeting", "party.probationary", (9, 5, 5), True, True),
        ("branch_meeting", "party.probationary", (10, 5, 5), False, False),
        ("branch_meeting", "party.probationary", (10, 6, 5), True, False),
        ("branch_meeting", "party.probationary", (10, 6, 5, 0, 0, 1), True, True),
        ("bureau_meeting", "a", (9, 6, 3, 0, 0, 1), True, False),
        ("bureau_meeting", "a", (9, 6, 4), True, True),
        ("bureau_meeting", "b", (9, 6, 4, 2), None, False),
        ("bureau_meeting", "b", (9, 6, 4, 1), None, True),
        ("bureau_meeting", "b", (9, 6, 0), None, False),
        ("joint_meeting", None, (7, 7, 4, 3), None, True),
        ("joint_meeting", None, (7, 6, 3, 3), None, False),
        ("joint_meeting", None, (9, 7, 4, 3), None, None),
        ("joint_meeting", None, (7, 7, 3, 2, 2), None, None),
        ("joint_meeting", None, (7, 7, 4, 0, 3), None, True),
        ("joint_meeting", None, (7, 7, 2, 3, 2), None, False),
    ],
)
def test_a_count_comes_to_what_the_clauses_say(body, matter, count, quorate, passed):
    assert held(body, matter, *count) == (quorate, passed)


@pytest.mark.parametrize(("in_favour", "passed"), [(21, True), (20, None), (19, False)])
def test_exactly_half_is_left_open_where_the_clause_drops_less_and_takes_more(in_favour, passed):
    rows = loading.shipped("construction-bureau").shapes.votes
    recommending = for_matter(rows, "recommendation_meeting", "party.activist")
    found = outcome(recommending, Ballot(40, 40, in_favour, 40 - in_favour))
    assert found.passed is passed
    assert ("MAJORITY_EDGE_OPEN" in {each.code for each in found.remarks}) is (passed is None)


def test_an_open_share_is_told_and_not_guessed():
    def said(body: str, *count: int) -> list[str]:
        found = outcome(for_matter(VOTES, body, None), Ballot(*count))
        return [remark.code for remark in found.remarks]

    assert said("joint_meeting", 9, 7, 4) == ["QUORUM_OPEN", "MAJORITY_OF_WHAT_OPEN"]
    assert said("party_group", 7, 4, 4) == ["QUORUM_MET", "MAJORITY_OPEN"]
    assert said("party_group", 7, 7, 7)[-1] == "ALL_IN_FAVOUR"
    assert said("party_group", 7, 7, 0)[-1] == "NOBODY_IN_FAVOUR"
    assert said("party_group", 7, 4, 4, 0, 0, 1)[-1] == "WRITTEN_NOT_COUNTED"


@pytest.mark.parametrize(
    ("body", "matter", "code"),
    [("director", None, "UNKNOWN_BODY"), ("bureau_meeting", None, "UNKNOWN_MATTER")],
)
def test_a_body_or_matter_without_rules_is_refused(body, matter, code):
    with pytest.raises(Refused) as refused:
        for_matter(VOTES, body, matter)
    assert [each.code for each in refused.value.problems] == [code]


@pytest.mark.parametrize(
    ("ballot", "fields"),
    [
        (Ballot(0, 0, 0), ["eligible"]),
        (
            Ballot(5, 6, 0),
            [
                "present",
            ],
        ),
        (Ballot(5, 3, 4), ["inFavour"]),
        (Ballot(5, 3, -1), ["inFavour"]),
        (Ballot(5, 3, 2, 2), ["inFavour"]),
        (Ballot(5, 3, 2, 0, 0, 3), ["writtenInFavour"]),
        (Ballot(5, -1, 0, -1, -1, -1), ["present", "against", "abstained", "writtenInFavour"]),
    ],
)
def test_a_count_with_more_votes_than_voters_is_refused_with_every_reason(ballot, fields):
    with pytest.raises(Refused) as refused:
        check(ballot)
    assert [each.path[0] for each in refused.value.problems] == fields


COUNTS = st.integers(1, 40).flatmap(
    lambda eligible: st.integers(0, eligible).flatmap(
        lambda present: st.tuples(
            st.just(eligible),
            st.just(present),
            st.integers(0, present),
            st.integers(0, eligible - present),
        )
    )
)
SHARES = st.builds(
    Share, st.sampled_from([Fraction(1, 2), Fraction(2, 3), Fraction(1)]),
    st.sampled_from(Whole), st.booleans(),
)  # fmt: skip


@given(COUNTS, SHARES, SHARES, st.sampled_from([True, False, None]))
def test_no_vote_passes_without_a_quorum_and_more_votes_never_hurt(
    count, quorum, majority, written
):
    eligible, present, in_favour, letters = count
    row = Vote("v", "a/1", "b", "", (), quorum, majority, written, None, "", "", "", "", ())

    def passed(votes: int) -> bool | None:
        ballot = Ballot(eligible, present, votes, present - votes, 0, letters)
        check(ballot)
        found = outcome([row], ballot)
        assert found.quorate is quorum.is_met(present, eligible)
        assert not (found.passed and not found.quorate)
        return found.passed

    if passed(in_favour) and in_favour < present:
        assert passed(in_favour + 1)
