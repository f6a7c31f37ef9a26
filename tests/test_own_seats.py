"""What falls away when the applicant holds a seat, and which of two chains is stricter."""

from decimal import Decimal

import pytest

from domain.rules.analysis import case_of
from domain.rules.routes import Finding, stricter
from domain.rules.switches import Switch
from domain.rules.switches import routed as switched
from domain.vocabulary import Label, Role, RoleClass, seat_told_by
from policies import loading
from policies.messages import MESSAGES
from tests.random_rulebooks import SEATS
from tests.written_routes import TODAY, routed, shown

BLANK = Label("", "")
CHAIN = ("a 1 chief endorse old/一", "a 2 director approve old/一")


def test_an_own_endorsement_falls_away_and_says_why():
    found = routed(*CHAIN, own="chief")
    assert shown(found) == "director:approve"
    assert [note.code for note in found.notes] == ["OWN_ENDORSEMENT_FALLS_AWAY"]


def test_an_own_decision_is_a_gap_that_says_why():
    found = routed(*CHAIN, own="director")
    assert (found.finding, found.steps, found.claims) == (Finding.GAP, (), ("old/一",))
    assert [note.code for note in found.notes] == ["OWN_DECISION"]


def test_an_own_signature_is_given_before_the_decision_and_asked_after_it():
    before = routed("a 1 chief sign old/一", "a 2 director approve old/一", own="chief")
    after = routed("a 1 director approve old/一", "a 2 chief sign old/一", own="chief")
    assert (shown(before), before.notes[0].code) == ("director:approve", "OWN_SIGNATURE_GIVEN")
    assert (shown(after), after.notes) == ("director:approve > chief:sign", ())


def test_an_own_record_counts_as_done():
    found = routed("a 1 director approve old/一", "a 2 clerk record old/一", own="clerk")
    assert (shown(found), found.notes[0].code) == ("director:approve", "OWN_RECORD_DONE")


def test_of_alternatives_only_the_own_role_is_struck():
    lines = ("a 1 director approve old/一", "a 1 deputy approve old/一")
    found = routed(*lines, own="director")
    assert (shown(found), found.notes[0].code) == ("deputy:approve", "OWN_SEAT_STRUCK")


def test_chains_are_compared_before_own_seats_fall_away():
    found = routed(*CHAIN, "b 1 director approve new/一", own="chief")
    assert found.finding is Finding.OVERLAP


@pytest.mark.parametrize(
    ("rank", "role"),
    [
        ("staff", None),
        ("section_chief", "section_chief"),
        ("director", "director"),
        ("deputy_director", "deputy_in_charge"),
        ("window_staff", None),
        (None, None),
        (Decimal(1), None),
    ],
)
def test_a_preview_tells_the_seat_from_the_rank(rank, role):
    seats = ("staff", "section_chief", "director", "deputy_in_charge")
    known = {code: Role(code, RoleClass.SEAT, BLANK) for code in seats}
    deputies = ("deputy_in_charge", "finance_deputy")
    known["deputy_director"] = Role("deputy_director", RoleClass.ANY_OF, BLANK, deputies)
    assert seat_told_by(rank, known) == role


HRSS = loading.shipped("hrss-bureau")


def asked(kind, facts, *on):
    book, known = HRSS, HRSS.vocabulary.kinds[kind]
    case = case_of(facts, known, book.vocabulary)
    return switched(book.rules_for(kind, TODAY), case, on)


@pytest.mark.parametrize(
    ("days", "rank", "way", "codes"),
    [
        ("0.5", "section_chief", "section_chief:approve > office_clerk:record", []),
        ("0.5", "deputy_director", "", ["DECISION_BENEATH"]),
        ("1", "director", "", ["ENDORSEMENT_BENEATH_FALLS_AWAY", "DECISION_BENEATH"]),
        ("3", "director", "director:approve > office_clerk:record",
         ["ENDORSEMENT_BENEATH_FALLS_AWAY"] * 2),
    ],
)  # fmt: skip
def test_nobody_decides_on_the_leave_of_whoever_stands_above_them(days, rank, way, codes):
    found = asked("leave.sick", {"days": days, "applicant_rank": rank})
    assert (shown(found), found.finding is Finding.ROUTED) == (way, bool(way))
    assert [note.code for note in found.notes] == codes
    for note in found.notes:
        assert "{" not in MESSAGES[note.code].say("zh-CN", note.details)


def test_what_is_no_absence_of_their_own_stays_with_whom_the_clause_names():
    found = asked("reception.meal", {"off_site": True, "applicant_rank": "director"})
    assert (shown(found), found.notes) == ("deputy_in_charge:approve", ())


def test_an_office_that_escalates_takes_the_leave_of_its_director_to_the_next_tier():
    facts = {"days": "1", "applicant_rank": "director"}
    found = asked("leave.sick", facts, Switch.ESCALATES_GAPS)
    assert shown(found) == "director:approve > office_clerk:record"


@pytest.mark.parametrize(
    ("office", "rank", "read"),
    [
        ("construction-bureau", "driver", "staff"),
        ("construction-bureau", "team_member", "deputy_director"),
        ("township-government", "director", "team_member"),
        ("township-government", "deputy_director", "team_member"),
        ("township-government", "section_chief", "staff"),
        ("hrss-bureau", "driver", "driver"),
    ],
)
def test_a_rank_that_an_office_does_not_tell_apart_is_the_one_it_gives_to_that_seat(
    office, rank, read
):
    words = loading.shipped(office).vocabulary
    case = case_of({"applicant_rank": rank}, words.kinds["decision.major"], words)
    assert case == {"applicant_rank": read, "major": True}


def test_what_a_kind_leaves_no_choice_of_need_not_be_said_and_may_be_denied():
    words = HRSS.vocabulary
    car, joining = words.kinds["vehicle.dispatch"], words.kinds["party.probationary"]
    assert case_of({}, car, words) == {"purpose": "official"}
    assert case_of({"purpose": "private"}, car, words) == {"purpose": "private"}
    assert case_of({}, joining, words) == {"introducers": Decimal(2)}


def test_every_note_has_its_sentence():
    for own in SEATS:
        for act in ("endorse", "approve", "sign", "record"):
            for note in routed(f"a 1 {own} {act} old/一", own=own).notes:
                assert own in MESSAGES[note.code].say("en", note.details)


def test_the_stricter_of_two_chains_cites_both():
    taken = stricter(routed(*CHAIN, "b 1 director approve new/一"))
    assert shown(taken) == "chief:endorse > director:approve"
    assert [step.clauses for step in taken.steps] == [("old/一",), ("old/一", "new/一")]
    assert taken.claims == ("old/一", "new/一")
    assert [note.code for note in taken.notes] == ["STRICTER_TAKEN"]


def test_what_the_laxer_chain_has_signed_and_recorded_is_kept_in_the_stricter():
    lax = ("b 1 deputy sign new/一", "b 2 chief approve new/一", "b 3 clerk record new/一")
    taken = stricter(routed(*CHAIN, *lax))
    assert shown(taken) == "deputy:sign > chief:endorse > director:approve > clerk:record"


def test_a_chain_is_stricter_than_an_express_none():
    taken = stricter(routed("a 1 none none old/一", "b 1 chief approve new/一"))
    assert (shown(taken), taken.claims) == ("chief:approve", ("old/一", "new/一"))


@pytest.mark.parametrize(
    "lines",
    [
        ("a 1 chief approve old/一", "b 1 director approve new/一"),
        ("a 1 chief approve old/一", "b 1 nobody approve new/一"),
        ("a 1 chief approve old/一", "a 1 deputy approve old/一", "b 1 chief approve new/一"),
        ("a 1 chief approve old/一",),
    ],
)
def test_no_chain_is_stricter_unless_it_contains_the_other(lines):
    assert stricter(routed(*lines)) is None
