"""Which roles the engine itself asks after is said in rows, and every fault in them is told."""

from dataclasses import replace

import pytest

from domain.approval import placement
from domain.approval.placement import Office
from domain.office.organisation import Person, presence
from domain.vocabulary import Parts
from policies import vocabulary
from policies.lines import Faults, RulebookError
from tests.small_office import APPLICANT, NOW, ROLES, id_of, office, turns
from tests.small_words import VOCABULARY, write

WORDS = {
    **VOCABULARY,
    "roles.csv": VOCABULARY["roles.csv"]
    + "\nwitness,form,证明人,Witness,,,0\ncosigner,form,会签人,Cosigner,,,0",
    "facts.csv": VOCABULARY["facts.csv"]
    + "\nchief_absent,bool,organisation,,,,,科长不在,Chief away"
    + "\nleader_absent,enum,organisation,,,,,领导不在,Leaders away",
    "values.csv": VOCABULARY["values.csv"]
    + "".join(f"\nleader_absent,{each},无,-" for each in ("none", "both", "director"))
    + "\nleader_absent,section_chief,科长,-",
    "parts.csv": "part,role,of\n"
    "ladder,section_chief,\n"
    "ladder,director,\n"
    "signer,cosigner,\n"
    "absence,section_chief,chief_absent\n"
    "absence,director,leader_absent\n"
    "absence,section_chief,leader_absent\n"
    "own,witness,\n"
    "vouching,cosigner,",
}


def read(folder, parts=WORDS["parts.csv"]):
    return vocabulary.read_vocabulary(write(folder, {**WORDS, "parts.csv": parts})).parts


def test_parts_are_read_in_the_order_of_their_lines(tmp_path):
    found = read(tmp_path)
    assert (found.ladder, found.signer) == (("section_chief", "director"), "cosigner")
    assert found.absences == {
        "chief_absent": ("section_chief",),
        "leader_absent": ("director", "section_chief"),
    }
    assert (found.own, found.vouching) == ({"witness"}, {"cosigner"})


def test_a_vocabulary_without_parts_has_none(tmp_path):
    assert read(tmp_path, "part,role,of") == Parts()


def test_the_words_of_an_office_keep_the_parts():
    shipped = vocabulary.shipped()
    faults = Faults()
    assert vocabulary.narrowed(shipped, (), faults).parts == shipped.parts


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "code"),
    [
        ("part,role,of", "role,part,of", 1, "part", "WRONG_HEADER"),
        ("ladder,section_chief,", "step,section_chief,", 2, "part", "UNKNOWN_WORD"),
        ("ladder,section_chief,", "ladder,mayor,", 2, "role", "UNKNOWN_WORD"),
        ("ladder,section_chief,", "ladder,witness,", 2, "role", "WRONG_FORMAT"),
        ("ladder,section_chief,", "ladder,leader,", 2, "role", "WRONG_FORMAT"),
        ("ladder,section_chief,", "ladder,section_chief,chief_absent", 2, "of", "UNKNOWN_WORD"),
        ("ladder,director,", "ladder,section_chief,", 3, "of", "DUPLICATE"),
        ("signer,cosigner,", "signer,director,", 4, "role", "WRONG_FORMAT"),
        ("ladder,section_chief,", "held,section_chief,days", 2, "of", "WRONG_FORMAT"),
        ("ladder,section_chief,", "held,witness,chief_absent", 2, "role", "WRONG_FORMAT"),
        ("own,witness,", "signer,witness,", 8, "part", "DUPLICATE"),
        ("chief_absent", "chief_ill", 5, "of", "UNKNOWN_WORD"),
        ("section_chief,chief_absent", "section_chief,days", 5, "of", "WRONG_FORMAT"),
        ("section_chief,leader_absent", "director,chief_absent", 7, "of", "WRONG_FORMAT"),
        ("absence,director,leader_absent\n", "", 6, "of", "WRONG_FORMAT"),
        ("absence,director,", "absence,witness,", 6, "role", "WRONG_FORMAT"),
        ("vouching,cosigner,", "vouching,witness,", 9, "role", "DUPLICATE"),
        ("vouching,cosigner,", "vouching,director,", 9, "role", "WRONG_FORMAT"),
    ],
)
def test_a_faulty_part_is_refused_at_its_line_and_column(tmp_path, old, new, line, column, code):
    with pytest.raises(RulebookError) as refused:
        read(tmp_path, WORDS["parts.csv"].replace(old, new, 1))
    told = {(each.file, each.line, each.column, each.code) for each in refused.value.faults}
    assert ("parts.csv", line, column, code) in told


@pytest.mark.parametrize(
    ("away", "leaders"),
    [
        ((), "none"),
        (("孙",), "director"),
        (("赵",), "section_chief"),
        (("孙", "赵"), "both"),
    ],
)
def test_absences_are_told_of_the_roles_that_the_rows_name(tmp_path, away, leaders):
    seats = {
        role: replace(seat, holders=(replace(seat.holders[0], away=seat.holders[0].name in away),))
        for role, seat in office(director="孙", section_chief="赵").seats.items()
    }
    told = presence(seats, read(tmp_path).absences)
    assert told == {"chief_absent": "赵" in away, "leader_absent": leaders}


@pytest.mark.parametrize(
    ("ladder", "above"),
    [
        (("section_chief", "director"), "director"),
        (("party_secretary", "director"), "party_secretary"),
    ],
)
def test_a_switch_climbs_the_levels_that_the_rows_name(ladder, above):
    held = office(section_chief=APPLICANT, director="孙", party_secretary="周").seats
    applicant = Person(
        *(id_of(APPLICANT), "office", APPLICANT, "", 1, "formal"), (held["section_chief"],), {}
    )
    climbing = Office(applicant, held, ROLES, escalates=True, ladder=ladder)
    [step] = placement.place(turns("section_chief approve"), climbing, NOW, lambda: id_of("step"))
    assert step.seats == (id_of(above),)
