"""Urging, sending on and naming people: the pure rules, whatever is asked of them."""

from datetime import datetime, timedelta
from itertools import pairwise
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.approval.correspondence import (
    LONGEST_COMMENT,
    MOST_RECIPIENTS,
    MOST_URGINGS_A_DAY,
    URGED_AGAIN_AFTER,
    any_urgeable,
    may_comment,
    may_send,
    must_wait,
    named,
    urgeable,
    urgeable_again,
)
from domain.approval.engine import Actor
from domain.approval.request import Decision, Request, Status, Step, StepStatus
from domain.errors import Refused, must_be_said
from domain.time.moments import OFFICE_TIME

MORNING = datetime(2026, 3, 2, 9, tzinfo=OFFICE_TIME)
APPLICANT, CHIEF, DEPUTY, STRANGER = (uuid4() for _ in range(4))
CHIEF_SEAT, DEPUTY_SEAT = uuid4(), uuid4()
CLAUSE = "attendance-measures/三(一)"


def step(place: int, seat: UUID, status: StepStatus, by: UUID | None = None) -> Step:
    return Step(
        id=uuid4(),
        place=place,
        role="section_chief",
        alternatives=(),
        act="endorse",
        clauses=(CLAUSE,),
        seats=(seat,),
        status=status,
        decision=Decision.AGREE if by else None,
        decided_by=by,
    )


def request(*steps: Step, status: Status = Status.PENDING) -> Request:
    return Request(uuid4(), "office", "leave.sick", status, 1, 1, APPLICANT, steps)


def actor(person: UUID, *seats: UUID) -> Actor:
    return Actor(person, "某人", frozenset({person, *seats}))


DONE = step(1, CHIEF_SEAT, StepStatus.DONE, CHIEF)
OPEN = step(2, DEPUTY_SEAT, StepStatus.OPEN)
UNDER_WAY = request(DONE, OPEN)


def code(act, *given, **more) -> str | None:
    try:
        act(*given, **more)
    except Refused as refused:
        return refused.problems[0].code if refused.problems else refused.code
    return None


minutes = st.integers(min_value=0, max_value=14 * 60)


@given(st.lists(minutes, max_size=60).map(sorted))
def test_whoever_urges_and_however_often_few_are_taken_and_none_too_soon(attempts):
    taken: list[datetime] = []
    for minute in attempts:
        now = MORNING + timedelta(minutes=minute)
        again = urgeable_again(taken, now)
        if again is None:
            taken.append(now)
        else:
            assert again > now
    assert len(taken) <= MOST_URGINGS_A_DAY
    assert all(b - a >= URGED_AGAIN_AFTER for a, b in pairwise(taken))


@given(st.lists(minutes, min_size=1, max_size=MOST_URGINGS_A_DAY - 1), minutes)
def test_what_is_refused_now_is_taken_from_the_moment_that_the_refusal_names(urged, minute):
    at = [MORNING + timedelta(minutes=each) for each in urged]
    again = urgeable_again(at, max(at) + timedelta(minutes=minute % 60))
    assert again == max(at) + URGED_AGAIN_AFTER
    assert urgeable_again(at, again) is None


def test_enough_for_a_day_is_enough_until_the_next():
    urged = [MORNING + timedelta(hours=2 * each) for each in range(MOST_URGINGS_A_DAY)]
    evening = MORNING.replace(hour=23)
    assert urgeable_again(urged, evening) == datetime(2026, 3, 3, tzinfo=OFFICE_TIME)
    with pytest.raises(Refused) as refused:
        must_wait(urged, evening, CLAUSE)
    assert (refused.value.code, refused.value.clause) == ("URGED_ENOUGH", CLAUSE)
    assert refused.value.details["again"] == "2026-03-03 00:00"


@pytest.mark.parametrize(
    ("who", "leads", "refusal"),
    [
        (actor(APPLICANT), False, None),
        (actor(CHIEF, CHIEF_SEAT), False, None),
        (actor(STRANGER), True, None),
        (actor(STRANGER), False, "NOT_YOURS_TO_URGE"),
        (actor(uuid4(), CHIEF_SEAT), False, "NOT_YOURS_TO_URGE"),
        (actor(DEPUTY, DEPUTY_SEAT), True, "URGES_ONESELF"),
        (actor(APPLICANT, DEPUTY_SEAT), False, "URGES_ONESELF"),
    ],
)
def test_a_step_is_urged_by_who_waits_for_it_and_never_by_whom_it_waits_for(who, leads, refusal):
    assert code(urgeable, UNDER_WAY, OPEN.id, who, leads=leads) == refusal
    assert code(any_urgeable, UNDER_WAY, who, leads=leads) == refusal


def test_only_an_open_step_is_urged():
    me = actor(APPLICANT)
    waiting, cancelled = (
        step(3, uuid4(), status) for status in (StepStatus.WAITING, StepStatus.CANCELLED)
    )
    for closed in (DONE, waiting):
        assert code(urgeable, request(DONE, OPEN, waiting), closed.id, me, leads=False) == (
            "STEP_NOT_OPEN"
        )
    assert code(urgeable, UNDER_WAY, uuid4(), me, leads=False) == "STEP_NOT_FOUND"
    for ended in (Status.REJECTED, Status.WITHDRAWN):
        over = request(DONE, cancelled, status=ended)
        assert code(urgeable, over, cancelled.id, me, leads=False) == "REQUEST_ENDED"
        assert code(any_urgeable, over, me, leads=False) == "REQUEST_ENDED"
    returned = request(DONE, cancelled, status=Status.RETURNED)
    assert code(any_urgeable, returned, me, leads=False) == "NOTHING_TO_URGE"


def test_a_late_record_of_an_approved_request_may_be_urged_still():
    late = step(3, uuid4(), StepStatus.OPEN)
    approved = request(DONE, late, status=Status.APPROVED)
    assert any_urgeable(approved, actor(APPLICANT), leads=False) == late


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        (actor(APPLICANT), None),
        (actor(CHIEF), None),
        (actor(uuid4(), DEPUTY_SEAT), None),
        (actor(STRANGER), "NOT_YOURS_TO_SEND"),
    ],
)
def test_a_request_is_sent_on_by_its_applicant_and_those_with_a_turn(who, refusal):
    assert code(may_send, UNDER_WAY, who) == refusal


def test_whoever_handed_a_turn_on_had_one():
    handed = Step(
        **{**vars(OPEN), "particulars": {"handed_on": [{"by": str(STRANGER), "name": "某人"}]}}
    )
    assert code(may_send, request(handed), actor(STRANGER)) is None


def test_a_draft_is_neither_sent_nor_commented_on():
    draft = request(status=Status.DRAFT)
    assert code(may_send, draft, actor(APPLICANT)) == "NOT_ON_A_DRAFT"
    assert code(may_comment, draft) == "NOT_ON_A_DRAFT"
    for status in set(Status) - {Status.DRAFT}:
        assert code(may_comment, request(status=status)) is None


@given(st.lists(st.integers(0, 60), max_size=70), st.integers(0, 60))
def test_each_is_named_once_and_never_the_sender_and_not_too_many(given, sender):
    ids = [UUID(int=each) for each in given]
    wrong = {at for at, each in enumerate(ids) if each.int == sender or each in ids[:at]}
    if not wrong and len(ids) <= MOST_RECIPIENTS:
        named(ids, UUID(int=sender), "input", "to")
        return
    with pytest.raises(Refused) as refused:
        named(ids, UUID(int=sender), "input", "to")
    paths = [each.path for each in refused.value.problems]
    if len(ids) > MOST_RECIPIENTS:
        assert paths == [("input", "to")]
    else:
        assert paths == [("input", "to", str(at)) for at in sorted(wrong)]


def test_words_are_kept_without_the_blanks_around_them_and_within_bounds():
    assert must_be_said("  好 \n", "text", LONGEST_COMMENT) == "好"
    assert code(must_be_said, " \n\t　", "text", LONGEST_COMMENT) == "REQUIRED"
    assert must_be_said("好" * LONGEST_COMMENT, "text", LONGEST_COMMENT)
    assert code(must_be_said, "好" * (LONGEST_COMMENT + 1), "text", LONGEST_COMMENT) == "TOO_LONG"
