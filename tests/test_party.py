"""The stages of joining the party: whose they are, what is counted, what stands in the way."""

from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.areas.party.joining import (
    CANDIDATE,
    CHAIN,
    COUNTS,
    FULL_MEMBER,
    NAMED,
    PARTY_CASE,
    PROBATIONARY,
    STATED,
    Joining,
    is_of_age,
)
from domain.records import case_counts
from domain.records.case_counts import BALLOTED, Event, balloted
from domain.records.case_paths import after, follow, tried
from domain.records.cases import Case
from domain.records.lines import stored
from domain.shapes.eligibility import reasons
from domain.shapes.votes import Ballot
from domain.time.calendar import calendar_of, national_days
from domain.time.moments import OFFICE_TIME
from policies import loading, vocabulary

BOOK = loading.shipped("construction-bureau")
SHAPES = BOOK.shapes
WORDS = vocabulary.shipped()
ROLES = WORDS.roles
EVERY = tuple(each for each in SHAPES.paths if each.id in CHAIN)
CALENDAR = calendar_of(national_days())
NOW = datetime(2026, 3, 2, 9, tzinfo=OFFICE_TIME)
DECIDED = {
    (CANDIDATE, "accept"): "party.candidate",
    (CANDIDATE, "issue_form"): "party.application_form",
    (PROBATIONARY, "approve"): "party.probationary",
    (FULL_MEMBER, "approve"): "party.full_member",
    (FULL_MEMBER, "extend"): "party.probation_extend",
    (FULL_MEMBER, "cancel"): "party.probation_cancel",
}


SERVERS = {
    *(each.measure for each in COUNTS),
    *BALLOTED,
    "in_cell",
    *(name for each in NAMED for name in (each, f"{each}_full_members")),
}
"""What the server knows or works out: nobody states it."""


def happened(event, origin, target, at=NOW, **measures):
    return Event(event, origin, target, at, measures)


@dataclass(frozen=True)
class Subject:
    """A case with its history."""

    case: Case
    history: tuple[Event, ...] = ()


def case(path, state, *history, since=NOW):
    filled = Joining(application="x", born=date(1995, 5, 4))
    by = uuid4()
    header = {"request_id": None, "number": "", "kind": "", "version": 1, "standing": True}
    more = {"rulebook_version": 1, "begun_at": NOW, "begun_by_name": "郭", "facts": {}}
    of = Case(
        id=uuid4(), path=path, state=state, since=since, begun_by=by, filled=filled,
        **header, **more,
    )  # fmt: skip
    return Subject(of, history)


@dataclass(frozen=True)
class Judged:
    """What a stage comes to."""

    taken: object
    obstacles: tuple
    measures: dict
    unfit: tuple
    days: dict


def judged(subject, event, ballot=None, now=NOW, **said):
    rows = follow(PARTY_CASE, subject.case, SHAPES.paths)
    named = [each for each in rows if each.event == event]
    known = {**case_counts.told(COUNTS, subject.history, named, SHAPES.clocks, now), **said}
    if ballot:
        known |= balloted(named[0], PARTY_CASE.stages[event].votes_on, ballot, BOOK, now)[0]
    known = {name: stored(value) for name, value in known.items()}
    found = tried(rows, subject.case, event, known, CALENDAR, now)
    ever = {name: value for each in subject.history for name, value in each.measures.items()}
    asked = [row for row in SHAPES.eligibility if row.subject == PARTY_CASE.stages[event].fit_for]
    unfit = reasons(asked, {**ever, **known})
    taken = None if unfit else found.taken
    days = case_counts.days(COUNTS, subject.history, named)
    return Judged(taken, found.obstacles, known, unfit, days)


def unmet(judgement):
    return {each.measure for each in judgement.obstacles}


ACTIVIST = case(CANDIDATE, "activist", happened("confirm", "applicant", "activist"))
PROPOSED = case(
    CANDIDATE,
    "proposed_candidate",
    happened("propose", "activist", "proposed_candidate"),
)
ON_PROBATION = case(
    PROBATIONARY,
    "probationary",
    happened("pass", "form_completed", "meeting_passed"),
    since=NOW + timedelta(days=60),
)


def whose(each):
    """The roles that the lines let take a stage."""
    rows = [row for row in BOOK.acts if (row.kind, row.act) == (PARTY_CASE.code, "take")]
    return [row.role for row in rows if row.when.holds({"stage": each.event})]


@pytest.mark.parametrize(("path", "event", "kind"), [(*k, v) for k, v in DECIDED.items()])
def test_the_seat_that_takes_a_decided_stage_is_the_last_that_its_rule_names(path, event, kind):
    found = [each for each in EVERY if (each.id, each.event) == (path, event)]
    last = max(BOOK.rows_by_kind[kind], key=lambda row: row.order)
    assert {whose(each)[0] for each in found} == {last.role}


def test_every_stage_is_a_known_seat_s():
    assert all(whose(each) for each in EVERY)
    assert {role for each in EVERY for role in whose(each)} <= ROLES.keys()


def test_every_measure_that_one_seat_alone_states_or_the_server_counts_is_asked_somewhere():
    asked = {name for each in EVERY for name in each.when.regions}
    stated = set(WORDS.objects["party.statement"].stages) - {"ballot"}
    assert stated <= asked
    assert asked >= SERVERS


def test_each_path_begins_where_the_one_before_leads():
    for before, next_one in pairwise(CHAIN):
        first = next(each.origin for each in EVERY if each.id == next_one)
        assert first in {each.target for each in EVERY if each.id == before}


def test_the_oath_is_noted_and_leaves_probation_running():
    [oath] = [each for each in EVERY if each.event == "swear_in"]

    def moved(taken):
        now = after(PARTY_CASE, ON_PROBATION.case, ON_PROBATION.case.filled, taken, EVERY, NOW)
        return now.path, now.state

    assert moved(oath) == (PROBATIONARY, "probationary")
    [asks] = [e for e in EVERY if e.event == "apply" and e.origin == "probationary"]
    assert moved(asks) == (FULL_MEMBER, "applied")


@pytest.mark.parametrize(
    ("born", "of_age"),
    [(date(2008, 3, 2), True), (date(2008, 3, 3), False), (date(9999, 12, 31), False)],
)
def test_one_is_of_age_on_the_eighteenth_birthday(born, of_age):
    assert is_of_age(born, NOW.date()) is of_age


@pytest.mark.parametrize(
    ("ballot", "event", "taken"),
    [
        (Ballot(12, 12, 7, 5), "confirm", True),
        (Ballot(12, 12, 6, 6), "confirm", False),
        (Ballot(12, 12, 6, 6), "pass_over", False),
        (Ballot(12, 12, 5, 7), "pass_over", True),
        # Half of whom, the text leaves open: six are over half of ten, and just half of twelve.
        (Ballot(12, 10, 6, 4), "confirm", False),
        (Ballot(12, 10, 6, 4), "pass_over", False),
        (Ballot(12, 10, 4, 6), "pass_over", True),
    ],
)
def test_a_recommendation_counts_where_every_reading_of_half_agrees(ballot, event, taken):
    found = judged(case(CANDIDATE, "applicant"), event, ballot, branch_committee_agreed=True)
    assert (found.taken is not None) is taken


def test_cultivation_counts_whole_months_and_tells_the_day_on_which_the_year_is_over():
    early = judged(ACTIVIST, "propose", now=NOW + timedelta(days=364), branch_committee_agreed=True)
    assert early.measures["cultivation_months"] == 11
    assert unmet(early) == {"cultivation_months"}
    assert early.days["cultivation_months"] == date(2027, 3, 2)
    due = judged(ACTIVIST, "propose", now=NOW + timedelta(days=365), branch_committee_agreed=True)
    assert due.taken is not None


@given(st.integers(0, 2000), st.integers(0, 400))
def test_what_is_counted_never_falls(days, more):
    def months(after):
        return judged(ACTIVIST, "propose", now=NOW + timedelta(days=after)).measures[
            "cultivation_months"
        ]

    assert months(days) <= months(days + more)


@pytest.mark.parametrize(("days", "counted"), [(6, 6), (7, 7), (10, 10), (40, 10)])
def test_publicity_ends_at_the_outer_limit_of_its_clause(days, counted):
    found = judged(
        PROPOSED, "publicise", now=NOW + timedelta(days=days), publicity_outcome="no_objection"
    )
    assert found.measures["publicity_days"] == counted
    assert (found.taken is not None) is (counted >= 7)


def test_an_objection_that_hinders_stops_the_case_however_long_it_was_public():
    found = judged(
        PROPOSED, "publicise", now=NOW + timedelta(days=9), publicity_outcome="objection_hinders"
    )
    assert unmet(found) == {"publicity_outcome"}


def test_probation_runs_a_year_from_the_meeting_that_passed_it():
    assert case_counts.terms(COUNTS, ON_PROBATION.history) == {"probation_over": date(2027, 3, 2)}
    early = judged(ON_PROBATION, "apply", now=NOW, written_application=True)
    assert unmet(early) == {"probation_over"}
    due = datetime(2027, 3, 2, tzinfo=OFFICE_TIME)
    assert judged(ON_PROBATION, "apply", now=due, written_application=True).taken


def test_an_extension_runs_on_from_the_end_of_probation():
    extend = happened("extend", "probationary", "extended", extension_months=Decimal(6))
    extended = replace(ON_PROBATION, history=(*ON_PROBATION.history, extend))
    assert case_counts.terms(COUNTS, extended.history)["extension_over"] == date(2027, 9, 2)
    noted = replace(ON_PROBATION, history=(*ON_PROBATION.history, replace(extend, taken=False)))
    assert "extension_over" not in case_counts.terms(COUNTS, noted.history)


@pytest.mark.parametrize(
    ("measures", "met"),
    [
        ({"introducers": Decimal(2), "introducers_full_members": True}, True),
        ({"introducers": Decimal(1), "introducers_full_members": True}, False),
        ({"introducers": Decimal(2), "introducers_full_members": False}, False),
    ],
)
def test_two_full_members_introduce_whoever_has_been_trained(measures, met):
    course = {"course_attended": True, "course_exam_passed": True}
    trained = happened("train", "candidate", "trained", **course)
    subject = case(CANDIDATE, "form_issued", trained)
    found = judged(subject, "complete_form", form_explained=True, form_reviewed=True, **measures)
    assert (found.taken is not None) is met
    untrained = judged(
        case(CANDIDATE, "form_issued"),
        "complete_form",
        form_explained=True,
        form_reviewed=True,
        **measures,
    )
    assert "party-activists/二(四)" in {reason.rows[0].clause for reason in untrained.unfit}


def test_what_a_seat_states_is_what_the_paths_ask_and_the_server_does_not_know():
    asked = {name for each in EVERY for name in each.when.regions}
    assert asked - SERVERS - {"written_application"} == STATED.keys()
    for each in EVERY:
        stated = {field.name for field in fields(PARTY_CASE.stages[each.event].fills)}
        assert each.when.regions.keys() & STATED.keys() <= stated, each.event
