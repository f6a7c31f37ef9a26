from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Refused
from domain.records.sittings import (
    Finding,
    Outcome,
    Resolution,
    must_be_in_time,
    notice_for,
    resolve,
    rows_for,
    without,
)
from domain.shapes.votes import Ballot
from domain.time.calendar import calendar_of
from domain.time.moments import OFFICE_TIME
from domain.vocabulary import BODY, Act
from policies import loading

SHAPES = loading.shipped("science-bureau").shapes
HALF = loading.shipped("construction-bureau").shapes
CALENDAR = calendar_of({})
FRIDAY = datetime(2026, 3, 20, 9, tzinfo=OFFICE_TIME)
GROUP = rows_for(SHAPES.votes, "party_group", "decision.major")
ITEMS = tuple(each for each in SHAPES.paths if each.id == "party_group.item")
DIVIDED = {"major": True, "wide_split": True, "emergency": False}
AGREED = {"major": True, "wide_split": False}

counts = st.integers(0, 9)


def judged(
    ballot: Ballot,
    measures: dict[str, Any] = AGREED,
    *,
    rows: Any = GROUP,
    path: Any = ITEMS,
    finding: Finding | None = None,
    revote: bool = False,
) -> Resolution:
    return resolve(rows, path, ballot, measures, finding, CALENDAR, FRIDAY, revote=revote)


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {problem.code for problem in refused.value.problems}


def test_papers_are_due_at_the_end_of_the_second_day_before():
    notice = notice_for(GROUP, SHAPES.clocks, FRIDAY, CALENDAR)
    assert notice is not None
    assert notice.clause == "party-group-rules/3(3)"
    assert notice.due == datetime(2026, 3, 18, 23, 59, 59, tzinfo=OFFICE_TIME)
    must_be_in_time(notice, notice.due, FRIDAY, "noticedAt")
    with pytest.raises(Refused) as refused:
        must_be_in_time(notice, datetime(2026, 3, 19, tzinfo=OFFICE_TIME), FRIDAY, "noticedAt")
    assert codes(refused) == {"NOTICE_TOO_LATE"}


def test_no_notice_is_demanded_where_no_clause_gives_a_term():
    joint = rows_for(SHAPES.votes, "joint_meeting", "")
    assert joint
    assert notice_for(joint, SHAPES.clocks, FRIDAY, CALENDAR) is None
    must_be_in_time(None, FRIDAY, FRIDAY, "noticedAt")


def test_papers_are_not_sent_in_the_future():
    with pytest.raises(Refused) as refused:
        must_be_in_time(None, FRIDAY, datetime(2026, 3, 2, tzinfo=OFFICE_TIME), "noticedAt")
    assert codes(refused) == {"IN_THE_FUTURE"}


def test_more_than_half_of_members_and_of_those_present_carries_an_item():
    found = judged(Ballot(5, 5, 4, 1))
    assert (found.outcome, found.by_chair) == (Outcome.PASSED, False)
    assert set(found.clauses) == {"party-group-rules/3(2)、3(4)", "party-group-rules/3(5)"}
    assert judged(Ballot(5, 5, 1, 4)).outcome is Outcome.FAILED


def test_a_major_item_with_a_wide_split_is_put_off_whatever_the_count_says():
    found = judged(Ballot(5, 5, 3, 2), DIVIDED)
    assert found.outcome is Outcome.DEFERRED
    assert found.clauses == ("party-group-rules/3(5)",)


def test_in_an_emergency_or_at_the_second_vote_a_divided_item_is_resolved():
    assert judged(Ballot(5, 5, 3, 2), {**DIVIDED, "emergency": True}).outcome is Outcome.PASSED
    assert judged(Ballot(5, 5, 3, 2), DIVIDED, revote=True).outcome is Outcome.PASSED


def test_a_measure_that_the_clause_looks_at_has_to_be_stated():
    with pytest.raises(Refused) as refused:
        judged(Ballot(5, 5, 3, 2), {"major": True})
    assert codes(refused) == {"MEASURE_NOT_STATED"}


def test_where_the_text_states_no_majority_the_chair_finds_and_says_why():
    joint = rows_for(SHAPES.votes, "joint_meeting", "")
    finding = Finding(Outcome.PASSED, "多数同意")
    found = judged(Ballot(7, 6, 4, 2), rows=joint, path=(), finding=finding)
    assert (found.outcome, found.by_chair) == (Outcome.PASSED, True)
    for missing in (None, Finding(Outcome.PASSED, " ")):
        with pytest.raises(Refused) as refused:
            judged(Ballot(7, 6, 4, 2), rows=joint, path=(), finding=missing)
        assert codes(refused) == {"FINDING_ASKED"}


def test_the_chair_finds_nothing_where_the_count_decides():
    with pytest.raises(Refused) as refused:
        judged(Ballot(5, 5, 5), finding=Finding(Outcome.FAILED, "不同意"))
    assert codes(refused) == {"FINDING_NOT_ASKED"}


def test_where_the_clause_lets_the_chair_put_off_or_veto_no_count_is_asked():
    joint = rows_for(SHAPES.votes, "joint_meeting", "")
    path = tuple(each for each in SHAPES.paths if each.id == "joint_meeting.item")
    for outcome in (Outcome.DEFERRED, Outcome.FAILED):
        for ballot in (Ballot(7, 6, 0), Ballot(7, 7, 7)):
            found = judged(ballot, rows=joint, path=path, finding=Finding(outcome, "主持人认定"))
            assert (found.outcome, found.by_chair) == (outcome, True)
            assert found.clauses == ("joint-meeting/七",)
    agreed, same = {"opinions_divided": False}, Finding(Outcome.PASSED, "同意")
    with pytest.raises(Refused) as refused:
        judged(Ballot(7, 7, 7), agreed, rows=joint, path=path, finding=same)
    assert codes(refused) == {"FINDING_NOT_ASKED"}


def test_where_opinions_stay_divided_no_count_settles_it_and_somebody_decides():
    joint = rows_for(SHAPES.votes, "joint_meeting", "")
    path = tuple(each for each in SHAPES.paths if each.id == "joint_meeting.item")
    with pytest.raises(Refused) as refused:
        judged(Ballot(7, 7, 4, 3), {}, rows=joint, path=path)
    assert codes(refused) == {"MEASURE_NOT_STATED"}
    divided = {"opinions_divided": True}
    with pytest.raises(Refused) as refused:
        judged(Ballot(7, 7, 4, 3), divided, rows=joint, path=path)
    assert codes(refused) == {"FINDING_ASKED"}
    by_head = Finding(Outcome.FAILED, "局长按分工决定")
    found = judged(Ballot(7, 7, 4, 3), divided, rows=joint, path=path[3:], finding=by_head)
    assert (found.outcome, found.by_chair) == (Outcome.FAILED, True)
    assert "joint-meeting/五" in found.clauses
    assert "DIVIDED_ITEM_DECIDED" in {each.code for each in found.remarks}


@pytest.mark.parametrize("office", loading.institutions())
def test_whom_the_text_has_keep_the_minutes_may_keep_the_sittings_of_the_body(office: str):
    book = loading.shipped(office)
    for vote in book.shapes.votes:
        keeping = {
            row.role
            for row in book.acts
            if row.act == Act.KEEP and vote.body in row.when.regions.get(BODY, ())
        }
        assert not vote.minutes_by or vote.minutes_by in keeping, vote


def test_a_body_of_which_no_row_speaks_leaves_it_to_the_chair():
    assert rows_for(SHAPES.votes, "director_meeting", "") == ()
    finding = Finding(Outcome.FAILED, "局长不同意")
    assert judged(Ballot(3, 3, 0), rows=(), path=(), finding=finding).by_chair


@given(eligible=counts, present=counts, in_favour=counts, against=counts, written=counts)
def test_nothing_is_resolved_without_quorum_or_with_more_votes_than_voters(
    eligible, present, in_favour, against, written
):
    committee = rows_for(HALF.votes, "branch_committee", "")
    ballot = Ballot(eligible, present, in_favour, against, 0, written)
    finding = Finding(Outcome.PASSED, "多数同意")
    try:
        found = judged(ballot, rows=committee, path=(), finding=finding)
    except Refused:
        return
    assert present > eligible / 2
    assert in_favour + against <= present
    assert written <= eligible - present
    assert found.by_chair


def test_a_member_who_asks_has_no_vote_on_it():
    assert without(Ballot(5, 4, 4), [True]) == Ballot(4, 3, 4)
    assert without(Ballot(5, 4, 4), [False]) == Ballot(4, 4, 4)
