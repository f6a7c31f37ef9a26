"""Cases walk along the rows of an office, whatever is tried: the pure rules, without a database."""

from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from domain import CASE_KINDS
from domain.approval.procedure import Approved
from domain.areas.petitions.books import CONTACTS, AskedScope, Contact, ContactPurpose
from domain.areas.petitions.cases import COMPLAINT, PETITION, AnswerForm, petition_tracks
from domain.areas.petitions.forms import (
    Channel,
    Complaint,
    ComplaintForm,
    Petition,
    complaint_facts,
    is_named,
)
from domain.records.case_paths import (
    after,
    beginning,
    broken,
    filled_in,
    follow,
    is_about,
    lacking,
    stands_as,
    stated,
    tried,
)
from domain.records.cases import HEADER, CaseKind, Paper, Party, Turn
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


def kind_of(form):
    return PETITION if isinstance(form, Petition) else COMPLAINT


def begun(institution, form):
    kind = kind_of(form)
    [begins] = kind.begins_with
    return beginning(kind, begins, form, approved(institution), shapes(institution), 1)


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
    case, event = begun(institution, form)
    assert (case.path, case.state, case.standing) == (path, state, True)
    assert (event["target"], event["version"], event["event"]) == (state, 1, "begin")
    assert follow(kind_of(form), case, shapes(institution).paths)


def test_an_office_without_a_path_keeps_no_case():
    assert begun("hrss-bureau", petition()) is None
    assert begun("hrss-bureau", complaint())[0].state == "accepted"


@pytest.mark.parametrize("book", loading.institutions())
@pytest.mark.parametrize("kind", CASE_KINDS, ids=lambda kind: kind.code)
def test_every_event_of_a_path_of_cases_is_a_stage_and_somebody_s(book, kind):
    shipped = loading.shipped(book)
    known = shipped.vocabulary.objects[kind.code].paths
    events = {each.event for each in shipped.shapes.paths if each.id in known}
    assert events <= {*kind.stages, *kind.walked}
    acts = [row for row in shipped.acts if row.act == "take" and row.kind == kind.code]
    for event in events - {*kind.walked}:
        assert [row for row in acts if event in row.when.regions.get("stage", (event,))], event


SAID = {
    "text": some.sampled_from([None, "说明"]),
    "answer": some.sampled_from([None, "已答复"]),
    "handler_id": some.sampled_from([None, COLLEAGUE]),
    "handler_unit_id": some.sampled_from([None, UNIT]),
    "forwarded_to": some.sampled_from([None, "区水务局"]),
    "document": some.sampled_from([None, Paper(upload=UUID(int=1), name="函")]),
    "answer_form": some.sampled_from([None, *AnswerForm]),
    "upheld": some.sampled_from([None, True, False]),
}
events = some.sampled_from(sorted({event for kind in CASE_KINDS for event in kind.stages}))


@settings(max_examples=200)
@given(
    start=some.sampled_from(FORMS),
    acts=some.lists(some.tuples(events, some.fixed_dictionaries(SAID)), max_size=25),
    form=some.sampled_from(ComplaintForm),
)
def test_whatever_is_tried_a_case_never_leaves_its_path(start, acts, form):
    institution, filled, *_ = start
    if isinstance(filled, Complaint):
        filled = replace(filled, complaint_form=form)
    book, kind = shapes(institution), kind_of(filled)
    case, _ = begun(institution, filled)
    path = [each for each in book.paths if each.id == case.path]
    steps = {(each.origin, each.target) for each in path}
    now = NOW
    for event, words in acts:
        now += timedelta(hours=7)
        stage = kind.stages.get(event)
        if stage is None:
            continue
        asked = {each.name for each in fields(stage.fills)}
        said = stage.fills(**{name: words[name] for name in asked})
        known = stated(kind, case, stage, vars(said), book.measures)
        rows = follow(kind, case, book.paths)
        found = tried(rows, case, event, known, CALENDAR, now)
        record = filled_in(stage, case.filled, said, now)
        lacks = lacking(said, None) or broken(kind, stage, Turn(case.filled, record, now), None)
        if found.taken is None or lacks:
            continue
        before, case = case, after(kind, case, record, found.taken, book.paths, now)
        assert (before.state, case.state) in steps
        assert case.version == before.version + 1
        assert before.standing, "what is over does not go on"
        assert (before.since == case.since) == (before.state == case.state)
        own = case.filled
        assert own.archived_at is None or not case.standing
        assert (own.answer == "") == (own.answered_at is None)
        written = case.facts.get("complaint_form") == "written" and institution == CENTRE
        assert not (written and own.answer_form is AnswerForm.ORAL)
        if institution == CENTRE and case.state == "archived":
            assert own.answer, "nothing is filed that was not answered"


def test_nobody_is_urged_before_somebody_handles_it_nor_twice_a_day():
    urge = PETITION.stages["urge"]
    filled = begun(CENTRE, petition())[0].filled

    def against(before):
        return [each.code for each in broken(PETITION, urge, Turn(before, before, NOW), None)]

    assert against(filled) == ["NOBODY_TO_URGE"]
    assert against(replace(filled, assigned_at=NOW)) == []
    assert against(replace(filled, forwarded_at=NOW)) == []
    assert against(replace(filled, assigned_at=NOW, urged_at=NOW)) == ["URGED_TODAY"]


def test_whoever_is_complained_of_is_known_by_id_name_or_section():
    case, _ = begun(CENTRE, complaint(complained_of="税务窗口傅松年", complained_unit_id=UNIT))
    about, filled = COMPLAINT.about, case.filled
    assert is_about(about, filled, SOMEBODY, "傅松年", set())
    assert is_about(about, filled, SOMEBODY, "卢玉洁", {UNIT})
    assert not is_about(about, filled, SOMEBODY, "卢玉洁", set())
    assert not is_about(about, filled, SOMEBODY, "", set())
    assert is_about(about, replace(filled, complained_person_id=SOMEBODY), SOMEBODY, "", set())


def test_a_case_is_handled_by_the_person_or_else_by_the_head_of_the_section():
    [handler] = PETITION.parties
    case, _ = begun(CENTRE, petition())

    def handled(by, led, **more):
        return stands_as(handler, replace(case, filled=replace(case.filled, **more)), by, led)

    assert not handled(SOMEBODY, {UNIT})
    assert handled(SOMEBODY, {UNIT}, handler_unit_id=UNIT)
    assert not handled(SOMEBODY, {UNIT}, handler_unit_id=UNIT, handler_id=COLLEAGUE)
    assert handled(COLLEAGUE, set(), handler_unit_id=UNIT, handler_id=COLLEAGUE)


@pytest.mark.parametrize("name", [None, "", "  ", "匿名", "Anonymous"])
def test_a_complaint_without_a_name_is_anonymous(name):
    assert not is_named(complaint(complainant_name=name))
    assert complaint_facts(complaint(complainant_name="张三"), None)["complainant_named"] is True


def test_paths_are_tried_from_the_most_fitting_to_the_most_general():
    assert petition_tracks(petition(in_scope=False))[0] == "petition.outside"
    assert petition_tracks(petition(channel=Channel.VISIT))[0] == "petition.visit"


def test_callers_and_visitors_have_paths_of_their_own_where_the_office_tells_them_apart():
    call = Contact(
        on_day=date(2026, 2, 27),
        by_telephone=True,
        purpose=ContactPurpose.REPORT,
        content="举报",
        event="transfer",
        asked_scope=AskedScope.OWN,
    )
    walks = CONTACTS.walks
    assert {each.id for each in walks.rows(call, shapes(CENTRE).paths)} == {"first_asked.call"}
    visit = replace(call, by_telephone=False)
    assert {each.id for each in walks.rows(visit, shapes(CENTRE).paths)} == {"first_asked"}
    assert walks.rows(call, shapes(BUREAU).paths) == ()
    assert [*walks.needs(call)] == ["caller_name", "caller_telephone", "passed_to"]


@pytest.mark.parametrize("kind", CASE_KINDS, ids=lambda kind: kind.code)
def test_a_case_keeps_the_columns_of_its_table(kind):
    columns = {column.name for column in kind.table.columns} - {"institution_id"}
    assert columns == {*HEADER, *(each.name for each in fields(kind.record))}


def test_a_kind_that_names_what_its_table_has_not_is_no_kind():
    with pytest.raises(LookupError, match="nobody_id"):
        replace(PETITION, parties=(Party("nobody_id", PETITION.label),))
    assert isinstance(PETITION, CaseKind)


def test_what_a_form_says_of_a_case_is_kept_as_it_was_said():
    case, _ = begun(CENTRE, petition(received_on=date(2026, 2, 27)))
    assert case.filled.received_on == date(2026, 2, 27)
    assert not any(isinstance(value, Decimal) for value in case.facts.values())
