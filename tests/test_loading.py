"""Rulebooks are taken whole or refused with every fault, from files and from stored rows alike."""

from datetime import date

import pytest

from domain.conditions.language import ALWAYS
from domain.rules.rows import RuleRow
from policies import loading, vocabulary
from policies.files import CLAUSES, DOCUMENTS
from policies.lines import Faults, RulebookError
from policies.messages import MESSAGES
from policies.vocabulary import LOCAL
from tests.small_words import VOCABULARY, write

CLAUSE_LINES = (
    "measures/三(一),考勤办法,approval,leave,leave.sick,,,,病假\n"
    "measures/三(一),考勤办法,prohibition,leave,leave.sick,,,,不得\n"
    'measures/四,考勤办法,approval,attendance,outing.official,2017-04-14,2020-01-01,,"外出,报告"\n'
    "old/一,旧办法,approval,leave,leave.sick,,,measures/三(一),已被取代"
)
GOOD = "p, section_chief, office, leave.sick, approve, days <= 1, sick-1, 1, measures/三(一), allow"


@pytest.fixture
def words(tmp_path):
    return vocabulary.read_vocabulary(write(tmp_path / "vocabulary", VOCABULARY))


@pytest.fixture
def office(tmp_path, words):
    """Reads a rulebook of these leave rows and other files."""

    def read(*rows, **files):
        named = {f"{name}.csv": text for name, text in files.items()}
        whole = {
            "clauses.csv": ",".join(CLAUSES) + "\n" + CLAUSE_LINES,
            "leave.csv": "\n".join(rows),
        }
        return loading.read(write(tmp_path / "office", {**whole, **named}), words)

    return read


def faults_of(read, *rows, **files):
    with pytest.raises(RulebookError) as refused:
        read(*rows, **files)
    for fault in refused.value.faults:
        assert "{" not in MESSAGES[fault.code].say("zh-CN", dict(fault.details))
        assert fault.reason in str(refused.value)
    return [(fault.file, fault.line, fault.column, fault.code) for fault in refused.value.faults]


def test_rows_register_and_documents_become_a_rulebook(office):
    book = office(
        "# sick leave",
        GOOD,
        "p,director , office,leave.sick, approve, always, sick-2, 2+, measures/三(一), allow",
        attendance=(
            "p, none, office, outing.official, none, internal = true, out-1, 1, measures/四, allow"
        ),
        attachments=",".join(DOCUMENTS) + "\nleave.sick,days >= 1,证明|病历,measures/三(一)",
    )
    assert book.institution == "office"
    assert [row.rule for row in book.rows] == ["out-1", "sick-1", "sick-2"]
    assert book.rows[2] == RuleRow(
        *("director", "office", "leave.sick", "approve", ALWAYS, "sick-2"),
        *(2, True, "measures/三(一)", "allow"),
    )
    assert book.register["measures/四", "approval", "outing.official"].summary == "外出,报告"
    assert book.documents[0].documents == ("证明", "病历")
    assert book.documents_for("leave.sick", date(2026, 3, 2)) == book.documents
    assert book.turning_days == (date(2017, 4, 14), date(2020, 1, 1))
    assert not book.rules_for("outing.official", date(2020, 1, 1))
    assert len(book.rules_for("outing.official", date(2019, 12, 31))) == 1
    assert book.rules_for("leave.sick", date(2026, 3, 2)) is book.rules_for(
        "leave.sick", date(2030, 3, 2)
    )


def test_stored_rows_give_the_same_rulebook_as_their_files(office, tmp_path, words):
    book = office(
        GOOD, attachments=",".join(DOCUMENTS) + "\nleave.sick,always,证明,measures/三(一)"
    )
    source = loading.read_source(tmp_path / "office", Faults())
    tables = (source.rows, source.clauses, source.local, source.documents)
    plain = [[line.fields for line in table] for table in tables]
    again = loading.load(loading.stored("office", *plain), words)
    assert (again.rows, again.register, again.documents) == (
        book.rows,
        book.register,
        book.documents,
    )
    assert [row.fields for row in again.rows] == plain[0]


def test_a_prohibition_is_dated_by_the_line_that_its_own_clause_has(office):
    row = "p, *, office, leave.sick, *, always, no-sick, 1, {}, deny"
    lines = CLAUSE_LINES + "\nm/五,考勤办法,duty,leave,leave.sick,,2020-01-01,,不得"
    book = office(row.format("m/五"), clauses=",".join(CLAUSES) + "\n" + lines)
    assert [rule.denies for rule in book.rules_for("leave.sick", date(2019, 12, 31))] == [True]
    assert book.rules_for("leave.sick", date(2020, 1, 1)) == ()
    allow = row.format("m/五").replace("*", "director", 1).replace("*", "approve")
    [fault] = faults_of(
        office, allow.replace("deny", "allow"), clauses=",".join(CLAUSES) + "\n" + lines
    )
    assert fault[2:] == ("clause", "CLAUSE_NOT_REGISTERED")


COMBINE = ("act", "WRONG_COMBINATION")


@pytest.mark.parametrize(
    ("old", "new", "column", "code"),
    [
        (", allow", "", "", "WRONG_WIDTH"),
        (", allow", ", allow, 1", "", "WRONG_WIDTH"),
        ("p, ", "p2, ", "p", "UNKNOWN_WORD"),
        ("section_chief", "boss", "role", "UNKNOWN_WORD"),
        ("office", "elsewhere", "institution", "UNKNOWN_WORD"),
        ("leave.sick", "leave.none", "kind", "UNKNOWN_WORD"),
        ("leave.sick", "outing.official", "kind", "WRONG_AREA"),
        ("approve", "agree", "act", "UNKNOWN_WORD"),
        ("allow", "Allow", "effect", "UNKNOWN_WORD"),
        ("allow", "Deny", "effect", "UNKNOWN_WORD"),
        ("allow", "deny", "act", "WRONG_COMBINATION"),
        ("section_chief", "*", "act", "WRONG_COMBINATION"),
        ("approve", "*", "act", "WRONG_COMBINATION"),
        ("approve", "none", "act", "WRONG_COMBINATION"),
        ("section_chief", "none", "act", "WRONG_COMBINATION"),
        (
            "section_chief, office, leave.sick, approve",
            "nobody, office, leave.sick, sign",
            *COMBINE,
        ),
        ("days <= 1", "2 < days < 1", "when", "IMPOSSIBLE"),
        ("days <= 1", "internal = true", "when", "UNKNOWN_FACT"),
        ("days <= 1", "applicant_rank = boss", "when", "UNKNOWN_VALUE"),
        ("days <= 1", "days <= 400", "when", "TOO_LARGE"),
        ("days <= 1", "", "when", "WHEN_UNREADABLE"),
        ("sick-1", "", "rule", "WRONG_FORMAT"),
        (" 1, measures", " 00, measures", "order", "WRONG_FORMAT"),
        (" 1, measures", " +1, measures", "order", "WRONG_FORMAT"),
        ("measures/三(一)", "measures/三(二)", "clause", "CLAUSE_NOT_REGISTERED"),
        ("measures/三(一)", "measures/四", "clause", "CLAUSE_NOT_REGISTERED"),
        ("measures/三(一)", "measures/三(一", "clause", "FORBIDDEN_CHARACTER"),
        ("measures/三(一)", "measures/三)一(", "clause", "FORBIDDEN_CHARACTER"),
        ("measures/三(一)", "measures/[三]", "clause", "FORBIDDEN_CHARACTER"),
        ("sick-1", '"sick-1"', "rule", "FORBIDDEN_CHARACTER"),
        ("sick-1", "'sick-1'", "rule", "FORBIDDEN_CHARACTER"),
    ],
)
def test_a_faulty_row_is_refused_with_file_line_column_and_reason(office, old, new, column, code):
    found = faults_of(office, "# first", GOOD.replace(old, new, 1))
    assert ("leave.csv", 2, column, code) in found


def row(rule, order, role, act="approve", *, when="days <= 1", effect="allow"):
    return (
        f"p, {role}, office, leave.sick, {act}, {when}, {rule}, {order}, measures/三(一), {effect}"
    )


OTHER = row("a", "2", "leader", when="always")
DENIAL = row("a", "1", "*", "*", effect="deny")


@pytest.mark.parametrize(
    ("rows", "line", "column", "code"),
    [
        ([GOOD, GOOD], 2, "role", "DUPLICATE"),
        ([row("a", "2", "director"), row("a", "2+", "leader")], 2, "order", "MIXED_ORDER"),
        ([row("a", "0", "director"), row("a", "1", "leader")], 2, "order", "WRONG_FORMAT"),
        ([row("a", "1", "director"), row("a", "0", "leader")], 2, "order", "WRONG_FORMAT"),
        ([row("a", "0", "nobody")], 1, "order", "WRONG_FORMAT"),
        ([row("a", "2+", "director"), row("a", "2", "leader")], 1, "order", "MIXED_ORDER"),
        ([row("a", "1", "director"), row("a", "1", "leader", "sign")], 2, "act", "MIXED_RULE"),
        ([row("a", "1", "director"), OTHER], 2, "when", "MIXED_RULE"),
        ([row("a", "1", "director"), DENIAL], 2, "effect", "MIXED_RULE"),
        ([row("a", "1", "nobody"), row("a", "2", "director")], 1, "role", "NOT_ALONE"),
        ([row("a", "1", "director"), row("a", "2", "none", "none")], 2, "role", "NOT_ALONE"),
    ],
)
def test_rows_that_do_not_fit_together_are_refused(office, rows, line, column, code):
    assert ("leave.csv", line, column, code) in faults_of(office, *rows)


def test_one_rule_id_in_two_kinds_is_refused(office):
    other = "p, director, office, outing.official, approve, always, a, 2, measures/四, allow"
    found = faults_of(office, row("a", "1", "director", when="always"), attendance=other)
    assert found == [("leave.csv", 1, "kind", "MIXED_RULE")]


def test_a_condition_that_cannot_be_read_says_at_which_character(office):
    with pytest.raises(RulebookError) as refused:
        office(GOOD.replace("days <= 1", "days <= 1 or internal"))
    (fault,) = refused.value.faults
    assert (fault.character, str(fault)) == (
        10,
        "leave.csv:1: when, 10: Cannot read the condition at “or”",
    )


def test_all_faults_are_told_at_once(office):
    bad = [GOOD.replace("section_chief", "boss"), GOOD.replace("leave.sick", "x"), "p, a"]
    found = faults_of(
        office, *bad, attachments="kind,when\n", local=",".join(LOCAL) + "\nrole,x,,,"
    )
    assert {(file, line) for file, line, _, _ in found} == {
        *(("leave.csv", line) for line in (1, 2, 3)),
        ("attachments.csv", 1),
        ("local.csv", 2),
    }


@pytest.mark.parametrize(
    ("line", "column", "code"),
    [
        ("三,考勤办法,approval,leave,leave.sick,,,,", "clause", "WRONG_FORMAT"),
        ("m/三,考勤办法,consent,leave,leave.sick,,,,", "clause_kind", "UNKNOWN_WORD"),
        ("m/三,考勤办法,approval,holiday,leave.sick,,,,", "area", "UNKNOWN_WORD"),
        ("m/三,考勤办法,approval,leave,leave.x,,,,", "request_kind", "UNKNOWN_WORD"),
        ("m/三,考勤办法,approval,leave,leave.sick,14.4.2017,,,", "from", "WRONG_FORMAT"),
        ("m/三,考勤办法,approval,leave,,2017-04-14,2017-04-14,,", "until", "WRONG_FORMAT"),
        ("m/三,考勤办法,approval,leave,leave.sick,,,m/四,", "replaced_by", "UNKNOWN_WORD"),
        ("m/三,考勤办法,approval,leave,leave.sick,,,m/三,", "replaced_by", "UNKNOWN_WORD"),
        ("old/一,旧办法,approval,leave,leave.sick,,,,", "clause", "DUPLICATE"),
        ("m/三,考勤办法,approval,leave", "", "WRONG_WIDTH"),
    ],
)
def test_a_faulty_line_of_the_register_is_refused(office, line, column, code):
    text = ",".join(CLAUSES) + "\n" + CLAUSE_LINES + "\n" + line
    assert faults_of(office, GOOD, clauses=text) == [("clauses.csv", 6, column, code)]


@pytest.mark.parametrize(
    ("line", "column", "code"),
    [
        ("leave.x,always,证明,measures/四", "kind", "UNKNOWN_WORD"),
        ("leave.sick,days,证明,measures/三(一)", "when", "WHEN_UNREADABLE"),
        ("leave.sick,always,,measures/三(一)", "documents", "WRONG_FORMAT"),
        ("leave.sick,always,证明,measures/四", "clause", "UNKNOWN_WORD"),
    ],
)
def test_a_faulty_line_of_the_documents_is_refused(office, line, column, code):
    found = faults_of(office, GOOD, attachments=",".join(DOCUMENTS) + "\n" + line)
    assert ("attachments.csv", 2, column, code) in found


def test_an_institution_has_its_own_titles_values_and_ranks(office):
    local = ["role,director,镇长,Mayor,", "rank,director,,,staff"]
    local.append("fact,applicant_rank,,,staff|section_chief")
    book = office(GOOD, local="\n".join([",".join(LOCAL), *local]))
    assert book.vocabulary.roles["director"].label.zh == "镇长"
    assert book.vocabulary.roles["director"].rank == "staff"
    assert list(book.vocabulary.facts["applicant_rank"].values) == ["staff", "section_chief"]


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("role,boss,老板,Boss,", "code"),
        ("fact,age,,,staff", "code"),
        ("fact,applicant_rank,,,staff|boss", "values"),
        ("fact,days,,,1|2", "values"),
        ("rank,director,,,boss", "values"),
        ("title,director,,,", "word"),
    ],
)
def test_a_faulty_local_word_is_refused(office, line, column):
    found = faults_of(office, GOOD, local=",".join(LOCAL) + "\n" + line)
    assert ("local.csv", 2, column, "UNKNOWN_WORD") in found


def test_a_rule_may_not_look_at_a_value_that_the_institution_has_not(office):
    local = ",".join(LOCAL) + "\nfact,applicant_rank,,,staff|section_chief"
    found = faults_of(office, GOOD.replace("days <= 1", "applicant_rank = director"), local=local)
    assert found == [("leave.csv", 1, "when", "UNKNOWN_VALUE")]


def test_a_file_that_is_no_text_is_refused(tmp_path, words):
    folder = write(tmp_path / "office", {})
    (folder / "leave.csv").write_bytes(b"\xff\xfe")
    (folder / "clauses.csv").write_bytes(b"\xff\xfe")
    with pytest.raises(RulebookError) as refused:
        loading.read(folder, words)
    assert {fault.code for fault in refused.value.faults} == {"UNREADABLE_FILE"}


def test_every_shipped_rulebook_loads():
    assert loading.institutions()
    for institution in loading.institutions():
        assert loading.shipped(institution).institution == institution
