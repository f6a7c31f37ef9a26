"""A leaver's named turns pass to a successor; what is decided, and the leaver's own, stays."""

from datetime import UTC, datetime
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from domain.approval.request import Decision, Request, Status, Step, StepStatus
from domain.approval.verbs import Handed, count_named, handed_over, named_on

LEAVER, SUCCESSOR, OTHER, ADMIN = (UUID(int=number) for number in range(1, 5))
NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
HANDED = Handed(ADMIN, "管理员", "离职", NOW)


@st.composite
def steps(draw):
    status = draw(st.sampled_from(StepStatus))
    done = status is StepStatus.DONE
    people = st.sampled_from([LEAVER, SUCCESSOR, OTHER])
    return Step(
        id=draw(st.uuids()),
        place=draw(st.integers(1, 4)),
        role="witness",
        alternatives=(),
        act="sign",
        clauses=("finance/3",),
        seats=tuple(draw(st.lists(people, min_size=1, max_size=3, unique=True))),
        status=status,
        decision=Decision.AGREE if done else None,
        decided_by=OTHER if done else None,
    )


def request(taken, applicant=OTHER):
    return Request(UUID(int=9), "office", "loan.cash", Status.PENDING, 3, 1, applicant, taken)


@given(st.lists(steps(), max_size=6).map(tuple))
def test_afterwards_no_turn_to_be_taken_names_the_leaver_and_no_other_has_changed(taken):
    before = request(taken)
    after = handed_over(before, LEAVER, SUCCESSOR, HANDED)
    assert named_on(after, LEAVER) == ()
    passed = {step.id for step in named_on(before, LEAVER)}
    for old, new in zip(before.steps, after.steps, strict=True):
        if old.id not in passed:
            assert new == old
        else:
            assert set(new.seats) == set(old.seats) - {LEAVER} | {SUCCESSOR}
            assert len(new.seats) == len(set(new.seats))
            assert new.particulars["handed_on"][-1]["how"] == "handed_over"
            assert (new.status, new.decision) == (old.status, old.decision)
    assert (after.version, after.status) == (before.version + 1, before.status)


@given(st.lists(steps(), max_size=6).map(tuple))
def test_a_leaver_s_own_request_keeps_its_own_signatures(taken):
    own = request(taken, applicant=LEAVER)
    assert named_on(own, LEAVER) == ()
    assert count_named([own], LEAVER) == 0
    assert handed_over(own, LEAVER, SUCCESSOR, HANDED).steps == own.steps
