"""A rulebook adopted area by area: in the name of the office, and beside what it has."""

import pytest

from domain.rules.rows import NOBODY
from domain.vocabulary import Word
from policies import loading, vocabulary
from policies.adopting import OWN, Adoption, adopted, of_files
from policies.lines import Faults, Line, RulebookError
from policies.loading import SHIPPED, Source, read_source
from policies.rows import ROW
from resolvers.rules.rulebook_rows import digest_of

WORDS = vocabulary.shipped()
CONFIRMS = ("director", "office", "organisation", "confirm", "always", "organisation-1", "1")
OURS = Source(
    "office",
    (Line("", 1, (*CONFIRMS, "interpretation/1", "allow")),),
    (
        Line(
            "", 1, ("interpretation/1", "解释", "interpretation", "personnel", *[""] * 4, "第二人")
        ),
    ),
)
HELD = {code for code, role in WORDS.roles.items()}


def template(office: str) -> Source:
    return read_source(SHIPPED / office, Faults())


def adopt(own: Source, office: str, *areas: str, **roles: str) -> Adoption:
    return adopted(own, template(office), areas, roles, HELD, WORDS)


def rules(source: Source, area: str) -> set[tuple[str, ...]]:
    """The lines of requests of an area, without their office and the numbers of interpretations."""
    kind = ROW.index("kind")
    return {
        (each.fields[0], *(OWN.sub("interpretation", field) for field in each.fields[2:]))
        for each in source.rows
        if (known := WORDS.kinds.get(each.fields[kind])) and known.area == area
    }


@pytest.mark.parametrize("office", loading.institutions())
def test_every_shipped_rulebook_can_be_adopted_whole_and_says_the_same(office: str) -> None:
    found = adopt(OURS, office, *vocabulary.areas())
    assert (found.left_out, found.missing) == ((), ())
    for area in vocabulary.areas():
        assert rules(found.source, area) == rules(template(office), area)
    assert len(found.book.rows) == len(loading.shipped(office).rows)


def test_areas_come_one_by_one_and_what_was_there_stays() -> None:
    leave = adopt(OURS, "hrss-bureau", "leave").source
    both = adopt(leave, "science-bureau", "seals").source
    assert rules(both, "leave") == rules(template("hrss-bureau"), "leave")
    assert rules(both, "seals") == rules(template("science-bureau"), "seals")
    assert {each.fields[1] for each in both.rows} == {"office"}
    again = adopt(both, "science-bureau", "seals")
    assert digest_of(again.source) == digest_of(both), "the same again changes nothing"
    assert OURS.rows[0].fields in {each.fields for each in again.source.rows}


def test_who_confirms_is_the_office_s_own_whatever_is_adopted() -> None:
    assert WORDS.objects["organisation"].word is Word.OFFICE
    emptied = adopted(OURS, None, ["personnel"], {}, HELD, WORDS).source
    assert [each.fields for each in emptied.rows] == [OURS.rows[0].fields]


def test_roles_are_the_office_s_and_those_that_nobody_has_are_told() -> None:
    found = adopted(
        OURS, template("county-organs"), ["leave"], {"deputy_in_charge": "director"},
        {"director"}, WORDS,
    )  # fmt: skip
    assert found.missing == ("section_chief", "office_clerk", "finance_head")
    assert "deputy_in_charge" not in {each.fields[0] for each in found.source.rows}


def test_files_are_read_as_a_folder_and_a_faulty_line_is_left_out_with_its_rule() -> None:
    folder = SHIPPED / "county-organs"
    names = ("leave", "clauses")
    texts = {name: (folder / f"{name}.csv").read_text(encoding="utf-8") for name in names}
    broken = texts["leave"].replace(", approve, ", ", applaud, ", 1)
    faults = Faults()
    source = of_files("office", [("leave.csv", broken), ("clauses.csv", texts["clauses"])], faults)
    faults.raise_any()
    found = adopted(OURS, source, ["leave"], {}, HELD, WORDS)
    assert found.left_out
    assert {line.fields[5] for line, _ in found.left_out} & {
        each.fields[5] for each in found.source.rows
    } == set()


def test_a_file_of_no_rulebook_is_named() -> None:
    faults = Faults()
    of_files("office", [("../../etc/passwd", "x")], faults)
    with pytest.raises(RulebookError):
        faults.raise_any()


def test_an_overtaken_clause_stands_by_a_reason_or_its_rules_are_left_out() -> None:
    county = template("county-organs")
    found = adopted(OURS, county, ["leave"], {}, HELD, WORDS)
    assert {each.clause for each in found.unanswered} == {f"leave/(第八条){n}" for n in "㈠㈡㈢㈣"}
    reasons = {f"leave/(第八条){n}": "省里另有规定" if n in "㈡㈢" else "" for n in "㈠㈡㈢㈣"}
    found = adopted(OURS, county, ["leave"], {}, HELD, WORDS, reasons)
    assert found.unanswered == []
    answered = {each.clause: each.interpretation for each in found.book.shapes.law}
    second, third = (answered[f"leave/(第八条){n}"] for n in "㈡㈢")
    assert second != third
    [line] = found.book.lines_by_clause[second]
    assert (line.clause_kind, line.area, line.summary) == (
        *("interpretation", "leave", "省里另有规定"),
    )
    assert {row.kind for row in found.book.rows if row.role != NOBODY} == {"leave.personal"}
    assert {fault.code for _, fault in found.left_out} == {"LAW_LEFT_OUT"}
    again = adopted(found.source, county, ["leave"], {}, HELD, WORDS, reasons)
    assert {each.clause for each in again.book.shapes.law} == answered.keys()


def test_samples_stay_live_without_a_reason_and_each_law_has_its_year_or_is_a_statute() -> None:
    for office in loading.institutions():
        book = loading.shipped(office)
        for each in book.shapes.law:
            assert not each.interpretation
            assert each.differs.zh != each.differs.en
            assert each.clause in book.lines_by_clause
