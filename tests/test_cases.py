"""Cases walk along the rows of an office, whatever is tried: the pure rules, without a database."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from domain import CASES
from domain.approval.procedure import Approved
from domain.areas.petitions.books import AskedScope, Contact, ContactPurpose, first_asked, untold
from domain.areas.petitions.cases import (
    Channel,
    Complaint,
    ComplaintForm,
    Petition,
    complaint_approved,
    complaint_facts,
    is_named,
    petition_approved,
    petition_tracks,
)
from domain.records import cases
from domain.records.cases import (
    Case,
    Deed,
    Said,
    after,
    follow,
    is_about,
    is_handled_by,
    lacking,
    tried,
)
from domain.time.calendar import calendar_of, national_days
from domain.time.moments import OFFICE_TIME
from policies import loading

NOW = datetime(2026, 3, 2, 9, tzinfo=OFFICE_TIME)
CALENDAR = calendar_of(national_days())
CENTRE, BUREAU = "service-centre", "science-bureau"
SOMEBODY, COLLEAGUE, UNIT = UUID(int=1), UUID(int=2), UUID(int=3)


@cache
def shapes(institution):
    return loading.shipped(institution).shapes


def approved(institution):
    return Approved(
        request=uuid4(),
        number="2026-000001",
        institution=institution,
        applicant=SOMEBODY,
        applicant_name="江振华",
        unit=UNIT,
        unit_name="办公室",
        facts={},
        now=NOW,
        new_id=uuid4,
        shapes=shapes(institution),
    )


def begun(institution, form):
    brings = petition_approved if isinstance(form, Petition) else complaint_approved
    records = brings(form, approved(institution))
    return Case(**records[0].row), records


def petition(**more):
    return Petition(**{"explanation": "积水", "channel": Channel.LETTER, "in_scope": True, **more})


def complaint(**more):
    return Complaint(**{"explanation": "态度生硬", "complaint_form": ComplaintForm.WRITTEN, **more})


FORMS = [
    (CENTRE, petition(), "petition.case", "instructed"),
    (CENTRE, petition(channel=Channel.VISIT), "petition.case", "instructed"),
    (CENTRE, petition(in_scope=False), "petition.outside", "registered"),
    (CENTRE, complaint(), "complaint.case", "recorded"),
    (CENTRE, complaint(complaint_form=ComplaintForm.FAX), "complaint.case", "recorded"),
    (BUREAU, petition(), "petition.letter", "registered"),
    (BUREAU, petition(channel=Channel.TELEPHONE), "petition.letter", "registered"),
    (BUREAU, petition(channel=Channel.VISIT), "petition.visit", "registered"),
    (BUREAU, petition(channel=Channel.VISIT, superior="区"), "petition.visit", "registered"),
    (BUREAU, complaint(), "openness.complaint", "registered"),
]


@pytest.mark.parametrize(("institution", "form", "path", "state"), FORMS)
def test_a_case_begins_on_the_path_that_the_office_gives_it(institution, form, path, state):
    case, [_, event] = begun(institution, form)
    assert (case.path, case.state, case.standing) == (path, state, True)
    assert (event.table, event.row["target"], event.row["version"]) == ("case_events", state, 1)
    assert follow(case.path, case.state, shapes(institution).paths)


def test_an_office_without_a_path_keeps_no_case():
    assert petition_approved(petition(), approved("hrss-bureau")) == []
    assert begun("hrss-bureau", complaint())[0].state == "accepted"


@pytest.mark.parametrize("institution", [CENTRE, BUREAU])
def test_every_event_of_a_path_of_cases_is_somebody_s(institution):
    tracks = {path for owner, _, path, _ in FORMS if owner == institution}
    rows = [each for each in shapes(institution).paths if each.id in tracks]
    known = {each for conduct in CASES.values() for each in conduct.deeds}
    assert {each.event for each in rows} <= known
    acts = [row for row in loading.shipped(institution).acts if row.act == "take"]
    for each in rows:
        whose = [row.role for row in acts if row.when.holds({"stage": each.event})]
        assert whose, each.event


said = some.builds(
    Said,
    text=some.sampled_from(["", "说明"]),
    handler=some.sampled_from(
        [{}, {"handler_id": COLLEAGUE, "handler_name": "甲"}, {"handler_unit_id": UNIT}]
    ),
    department=some.sampled_from(["", "区水务局"]),
    document=some.sampled_from([{}, {"name": "函", "sha256": "1" * 64}]),
    answer_form=some.sampled_from(["", "oral", "written"]),
)
events = some.sampled_from(sorted({e for c in CASES.values() for e in c.deeds} | {"nonsense"}))


@settings(max_examples=200)
@given(
    start=some.sampled_from(FORMS),
    acts=some.lists(some.tuples(events, said), max_size=25),
    form=some.sampled_from(ComplaintForm),
)
def test_whatever_is_tried_a_case_never_leaves_its_path(start, acts, form):
    institution, filled, *_ = start
    if isinstance(filled, Complaint):
        filled = replace(filled, complaint_form=form)
    book = shapes(institution)
    case, _ = begun(institution, filled)
    path = [each for each in book.paths if each.id == case.path]
    steps = {(each.origin, each.target) for each in path}
    now = NOW
    for event, words in acts:
        now += timedelta(hours=7)
        deed = CASES[case.kind].deeds.get(event, Deed())
        known = {**case.facts, **deed.means}
        if words.answer_form or deed.form:
            known["answer_form"] = words.answer_form or deed.form
        found = tried(case, event, known, book, CALENDAR, now)
        if found.taken is None or lacking(deed, case, words):
            continue
        before, case = case, after(case, deed, words, found.taken, book.paths, now)
        assert (before.state, case.state) in steps
        assert case.version == before.version + 1
        assert before.standing, "what is over does not go on"
        assert (before.since == case.since) == (before.state == case.state)
        assert case.archived_at is None or not case.standing
        assert (case.answer == "") == (case.answered_at is None)
        written = case.facts.get("complaint_form") == "written" and institution == CENTRE
        assert not (written and case.answer_form == "oral")
        if institution == CENTRE and case.state == "archived":
            assert case.answer, "nothing is filed that was not answered"


def test_only_what_time_has_let_fall_due_or_nobody_handles_is_lacking():
    urge = CASES["petition.case"].deeds["urge"]
    case, _ = begun(CENTRE, petition())
    assert [each.code for each in lacking(urge, case, Said())] == ["NOBODY_TO_URGE"]
    assert lacking(urge, replace(case, assigned_at=NOW), Said()) == []
    assert lacking(urge, replace(case, forwarded_at=NOW), Said()) == []


def test_whoever_is_complained_of_is_known_by_id_name_or_section():
    case, _ = begun(CENTRE, complaint(complained_of="税务窗口傅松年", complained_unit_id=UNIT))
    assert is_about(case, SOMEBODY, "傅松年", set())
    assert is_about(case, SOMEBODY, "卢玉洁", {UNIT})
    assert not is_about(case, SOMEBODY, "卢玉洁", set())
    assert not is_about(case, SOMEBODY, "", set())
    assert is_about(replace(case, complained_person_id=SOMEBODY), SOMEBODY, "", set())


def test_a_case_is_handled_by_the_person_or_else_by_the_head_of_the_section():
    case, _ = begun(CENTRE, petition())
    assert not is_handled_by(case, SOMEBODY, {UNIT})
    of_the_unit = replace(case, handler_unit_id=UNIT)
    assert is_handled_by(of_the_unit, SOMEBODY, {UNIT})
    of_one = replace(of_the_unit, handler_id=COLLEAGUE)
    assert not is_handled_by(of_one, SOMEBODY, {UNIT})
    assert is_handled_by(of_one, COLLEAGUE, set())


@pytest.mark.parametrize("name", [None, "", "  ", "匿名", "Anonymous"])
def test_a_complaint_without_a_name_is_anonymous(name):
    assert not is_named(complaint(complainant_name=name))
    assert complaint_facts(complaint(complainant_name="张三"), None)["complainant_named"] is True


def test_paths_are_tried_from_the_most_fitting_to_the_most_general():
    assert petition_tracks(petition(in_scope=False))[0] == "petition.outside"
    assert petition_tracks(petition(channel=Channel.VISIT))[0] == "petition.visit"


def test_callers_and_visitors_have_paths_of_their_own_where_the_office_tells_them_apart():
    call = Contact(
        by_telephone=True,
        purpose=ContactPurpose.REPORT,
        content="举报",
        event="transfer",
        asked_scope=AskedScope.OWN,
    )
    assert {each.id for each in first_asked(call, shapes(CENTRE).paths)} == {"first_asked.call"}
    visit = replace(call, by_telephone=False)
    assert {each.id for each in first_asked(visit, shapes(CENTRE).paths)} == {"first_asked"}
    assert first_asked(call, shapes(BUREAU).paths) == ()
    assert untold(call) == ["passed_to", "caller_name", "caller_telephone"]


def test_a_case_keeps_the_columns_of_its_table():
    columns = {column.name for column in cases.cases.columns} - {"institution_id"}
    case, _ = begun(CENTRE, petition(received_on=date(2026, 2, 27)))
    assert columns == vars(case).keys()
    assert case.received_on == date(2026, 2, 27)
    assert not any(isinstance(value, Decimal) for value in case.facts.values())
