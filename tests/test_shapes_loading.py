from dataclasses import replace
from datetime import date

import pytest

from domain.rules.rows import ClauseLine
from domain.shapes.book import Shapes
from policies import loading, vocabulary
from policies.files import columns_of
from policies.lines import Faults, Line, RulebookError
from policies.measures import measures_of
from policies.shapes import rows_of
from resolvers.rules.shapes import known_to
from tests.small_shapes import CLAUSE, MEASURES, WORDS, codes, lines, shapes

CLOCK = "c; ~; 收到; 答复; {}; {}; {}; after; ; {}; {};"
RUNG = "{}; ~; {}; {}; warning; ; ; ; ; ; {}; ; ; ; ; ; 警告; Warned"
ITEM = "s; ~; {0}; {0}; average; {1}; {2}; {3}; always; 项; Item"
STEP = "p; ~; {}; go; {}; always; {}; {}; 走; Go"

RANKED = "\n".join(
    f"s; ~; {each}; late; {each}; 1; ; ; always; 项; Item" for each in ("total", "rank")
)
ROUND = "r; ~; {}; {}; unit; ; {}; {}; s; ; ; ; ; ; ; 考核; Evaluation"

_ROUND = "r; ~; evaluation.round; 1; {}; {}; s; ; s; {}; {}; ; ; ; ; 考核; Evaluation"
WRONG = (
    (_ROUND.format("office", "", "", ""), "whose", "WRONG_FORMAT"),
    (_ROUND.format("unit", "nobody", "", ""), "scope", "UNKNOWN_WORD"),
    (_ROUND.format("unit", "", "late", ""), "tables", "WRONG_FORMAT"),
    (_ROUND.format("unit", "", "late=nothing", ""), "tables", "UNKNOWN_WORD"),
    (_ROUND.format("unit", "", "", "s"), "sheet", "UNKNOWN_WORD"),
)


@pytest.mark.parametrize(
    ("tables", "expected"),
    [
        ({"clocks": CLOCK.format(5, "", "", "", "always")}, (1, "unit", "WRONG_FORMAT")),
        ({"clocks": CLOCK.format(5, "", "weeks", "", "always")}, (1, "unit", "UNKNOWN_WORD")),
        ({"clocks": CLOCK.format(-5, "", "day", "", "always")}, (1, "within", "TOO_SMALL")),
        ({"clocks": CLOCK.format(1.5, "", "day", "", "always")}, (1, "within", "WRONG_FORMAT")),
        ({"clocks": CLOCK.format("五", "", "day", "", "always")}, (1, "within", "WRONG_FORMAT")),
        ({"clocks": CLOCK.format(3, 5, "day", "", "always")}, (1, "least", "OUT_OF_ORDER")),
        ({"clocks": CLOCK.format(3, "", "day", "", "always") + "; closed; ; ; ;"},
         (1, "starts", "WRONG_FORMAT")),
        ({"clocks": CLOCK.format(3, "", "day", "", "always") + "; ; ; 1 fortnight; ;"},
         (1, "warn", "WRONG_FORMAT")),
        ({"clocks": CLOCK.format(3, "", "day", "", "always") + "; ; ; ; urge nobody_known;"},
         (1, "expires", "UNKNOWN_WORD")),
        ({"clocks": CLOCK.format(3, "", "day", "", "always") + "; ; ; ; forgive;"},
         (1, "expires", "UNKNOWN_WORD")),
        ({"clocks": CLOCK.format(3, "", "day", "", "always") + "; ; ; ; ; 2"},
         (1, "longest", "OUT_OF_ORDER")),
        ({"clocks": CLOCK.format(3, "", "hour", "next_workday", "always")},
         (1, "rollover", "WRONG_FORMAT")),
        ({"clocks": CLOCK.format(3, "", "day", "", "lateness > 3")}, (1, "when", "UNKNOWN_FACT")),
        ({"clocks": CLOCK.format(3, "", "day", "", "late < 4") + "\n"
          + CLOCK.format(5, "", "day", "", "late > 2")}, (2, "when", "WINDOWS_OVERLAP")),
        ({"clocks": "c; ~; 收到"}, (1, "", "WRONG_WIDTH")),
        ({"clocks": CLOCK.format(3, "", "day", "", "always").replace("~", "a/1")},
         (1, "clause", "CLAUSE_UNKNOWN")),
        ({"cadences": "c; ~; 检查; somebody; week; ; 1; ; ; always;"}, (1, "who", "UNKNOWN_WORD")),
        ({"cadences": "c; ~; 检查; ; week; ; 3; 2; ; always;"},
         (1, "times_most", "OUT_OF_ORDER")),
        ({"cadences": "c; ~; 检查; ; week; 0; ; ; ; always;"}, (1, "interval", "TOO_SMALL")),
        ({"cadences": "c; ~; 检查; ; week; ; -1; ; ; always;"}, (1, "times", "WRONG_FORMAT")),
        ({"quotas": "q; ~; 餐费; lateness; 3; ; ; max; always;"}, (1, "measure", "UNKNOWN_WORD")),
        ({"quotas": "q; ~; 餐费; grade; 3; ; ; max; always;"}, (1, "measure", "WRONG_TYPE")),
        ({"quotas": "q; ~; 餐费; late; 3; ; ; about; always;"}, (1, "bound", "UNKNOWN_WORD")),
        ({"ladders": RUNG.format("a", "t", "late = -1", "")}, (1, "when", "TOO_SMALL")),
        ({"ladders": RUNG.format("a", "t", "late = 1", 3)}, (1, "beyond", "WRONG_FORMAT")),
        ({"ladders": RUNG.format("a", "t", "late = 1", "") + "\n"
          + RUNG.format("a", "t", "late = 2", "").replace("警告", "批评")},
         (2, "when", "MIXED_RUNG")),
        ({"ladders": RUNG.format("a", "t", "late = 1", "") + "\n"
          + RUNG.format("a", "t", "late = 1", "").replace("; warning", "; talk")},
         (2, "label_zh", "DUPLICATE")),
        ({"ladders": "\n".join(RUNG.format(n, "t", f"late = {n}", "") for n in (1, 3, 2))},
         (3, "when", "OUT_OF_ORDER")),
        ({"scores": ITEM.format("mark", 60, "", "") + "\n" + ITEM.format("review", 30, "", "")},
         (1, "weight", "WRONG_WEIGHTS")),
        ({"scores": ITEM.format("mark", 100, 50, 40)}, (1, "maximum", "OUT_OF_ORDER")),
        ({"votes": "v; ~; party_group; ; ; eligible; 3/2" + "; " * 11},
         (1, "quorum", "WRONG_FORMAT")),
        ({"votes": "v; ~; party_group; ; ; everyone; 1/2" + "; " * 11},
         (1, "quorum_of", "UNKNOWN_WORD")),
        ({"eligibility": "e; ~; 入党; needs; ; always; 甲; A"}, (1, "effect", "UNKNOWN_WORD")),
        ({"separations": "s; ~; finance; cashier; ; 分开; Apart"},
         (1, "duties", "WRONG_FORMAT")),
        ({"paths": STEP.format("a", "b", "", "") + "\n" + STEP.format("c", "d", "", "")},
         (2, "from", "UNREACHABLE_STATE")),
        ({"paths": STEP.format("a", "b", 1, "")}, (1, "wait_unit", "WRONG_FORMAT")),
        ({"scores": RANKED, "rounds": ROUND.format("party", 1, "s", "")},
         (1, "kind", "UNKNOWN_WORD")),
        ({"scores": RANKED, "rounds": ROUND.format("evaluation.round", 0, "s", "")},
         (1, "times", "TOO_SMALL")),
        ({"scores": RANKED, "rounds": ROUND.format("evaluation.round", 1, "", "")},
         (1, "score", "WRONG_FORMAT")),
        ({"scores": RANKED, "rounds": ROUND.format("evaluation.round", 1, "s", "s")},
         (1, "review", "UNKNOWN_WORD")),
        *(({"scores": RANKED, "rounds": each}, (1, column, code)) for each, column, code in WRONG),
    ],
)  # fmt: skip
def test_a_row_that_cannot_stand_is_refused_with_its_line_column_and_reason(tables, expected):
    assert codes(**tables) == [expected]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("days;decimal;form;;;;;天;Days;a:甲:A", (1, "type", "WRONG_FORMAT")),
        ("level;enum;form;;;;;级;Level;", (1, "type", "WRONG_FORMAT")),
        ("level;enum;form;;;;;级;Level;a:甲", (1, "values", "WRONG_FORMAT")),
        ("level;rank;form;;;;;级;Level;", (1, "type", "UNKNOWN_WORD")),
    ],
)
def test_a_measure_that_is_not_well_declared_is_refused(line, expected):
    assert expected in codes(line)


def test_a_measure_is_declared_once_and_no_fact_of_everybody_again():
    assert codes(MEASURES + "late;int;records;;;;;迟到;Late;") == [(8, "measure", "DUPLICATE")]
    words = vocabulary.shipped()

    faults = Faults()
    fields = ("amount", "decimal", "form", "", "", "", "", "金额", "Amount", "")
    measures_of([Line("measures.csv", 2, fields)], words.facts, faults)
    assert [fault.code for fault in faults.found] == ["KNOWN_FACT"]


def test_a_count_is_never_negative():
    assert shapes("times;int;records;;;;;次数;Times;").measures["times"].minimum == 0


def test_rungs_may_climb_or_descend():
    for order in ((1, 2, 3), (3, 2, 1)):
        ladder = "\n".join(RUNG.format(n, "t", f"late = {n}", "") for n in order)
        assert codes(ladders=ladder) == []


def test_faults_of_files_name_the_file(tmp_path):
    folder = tmp_path / "test-town"
    folder.mkdir()
    for name, rows in {
        "clauses.csv": ["clause,title,clause_kind,area,request_kind,from,until,replaced_by,summary",
                        f"{CLAUSE},手册,deadline,leave,,,,,期限"],
        "clocks.csv": [",".join(columns_of("clocks")),
                       f"c,{CLAUSE},收到,答复,5,,weeks,after,,,always,,,,,,"],
        "votes.csv": ["vote,clause"],
    }.items():  # fmt: skip
        (folder / name).write_text("\n".join(rows) + "\n", encoding="utf-8")
    with pytest.raises(RulebookError) as error:
        loading.read(folder, vocabulary.shipped())
    assert {(f.file, f.line, f.code) for f in error.value.faults} == {
        ("clocks.csv", 2, "UNKNOWN_WORD"), ("votes.csv", 1, "WRONG_HEADER"),
    }  # fmt: skip


def test_a_row_is_in_force_by_its_clauses_line_of_its_own_kind(tmp_path):
    folder = tmp_path / "test-town"
    folder.mkdir()
    register = [
        "clause,title,clause_kind,area,request_kind,from,until,replaced_by,summary",
        f"{CLAUSE},手册,deadline,leave,,,2017-04-14,handbook/二,旧",
        f"{CLAUSE},手册,approval,leave,,,,,谁批准",
        "handbook/二,手册,deadline,leave,,2017-04-14,,,新",
    ]
    clocks = [
        ",".join(columns_of("clocks")),
        f"old,{CLAUSE},收到,答复,5,,day,after,,,always,,,,,,",
        "new,handbook/二,收到,答复,3,,day,after,,,always,,,,,,",
    ]
    (folder / "clauses.csv").write_text("\n".join(register) + "\n", encoding="utf-8")
    (folder / "clocks.csv").write_text("\n".join(clocks) + "\n", encoding="utf-8")
    book = loading.read(folder, vocabulary.shipped())

    def in_force(day: date) -> list[str]:
        return [clock.id for clock in book.shapes_on(day).clocks]

    assert in_force(date(2017, 4, 13)) == ["old"]
    assert in_force(date(2017, 4, 14)) == ["new"]


@pytest.mark.parametrize("institution", loading.institutions())
def test_every_shipped_row_cites_a_registered_clause_and_names_known_measures(institution):
    book = loading.shipped(institution)
    for _, rows in book.shapes.tables():
        for row in rows:
            assert row.clause in book.lines_by_clause
            when = getattr(row, "when", None)
            assert not when or when.regions.keys() <= known_to(book, [row]).keys()


def test_files_and_stored_rows_make_the_same_shapes():
    source = loading.read_source(loading.SHIPPED / "hrss-bureau", Faults())
    kept = {shape: [line.fields for line in lines] for shape, lines in source.shapes.items()}
    stored = loading.stored(
        source.institution,
        *([line.fields for line in part]
          for part in (source.rows, source.clauses, source.local, source.documents)),
        kept,
    )  # fmt: skip
    read, again = (loading.load(each, vocabulary.shipped()).shapes for each in (source, stored))
    assert isinstance(read, Shapes)
    assert read == again


def test_what_was_stored_before_labels_had_to_differ_is_read_for_ever():
    one = RUNG.format("a", "t", "late = 1", "").replace("~", CLAUSE)
    twice = lines(f"{one}\n{one.replace('; warning', '; talk')}")
    clause = ClauseLine(CLAUSE, "手册", "penalty", "leave", "", None, None, "", "")

    def found(ladders):
        faults, given = Faults(), {"measures": lines(MEASURES), "ladders": ladders}
        rows_of(given, WORDS, {(CLAUSE, "penalty", ""): clause}, faults)
        return [(each.column, each.code) for each in faults.found]

    assert found(twice) == [("label_zh", "DUPLICATE")]
    assert found(tuple(replace(line, file="") for line in twice)) == []
