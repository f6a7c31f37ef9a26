"""Every clause of the texts has one line that says what becomes of it, and says so truly."""

import ast
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from domain.accounting import Accounted, Outcome, enforcing
from policies import accounting, loading
from policies.accounting import ACCOUNTING
from policies.lines import RulebookError
from policies.messages import MESSAGES
from resolvers.running.settings import CHECKOUT
from tests.test_accounting import clauses_of, is_quoted, letters, published
from tests.test_loading import GOOD, office, words

__all__ = ["office", "published", "words"]

OFFICES = loading.institutions()
HOW_MANY = 1912
COUNTED = 661
"""What somebody else found enforced who counted the same clauses without regard to these lines."""

SINCE = tuple(
    f"tests/{each}.py::"
    for each in (
        "test_admin_approval",
        "test_archive_transfers",
        "test_archives",
        "test_attendance_daily",
        "test_attendance_journey",
        "test_books_that_show_duties",
        "test_canteen",
        "test_carriers",
        "test_clock_rows",
        "test_computers",
        "test_counted_clauses",
        "test_decisions",
        "test_discipline_objecting",
        "test_duty",
        "test_duty_events",
        "test_duty_keys",
        "test_empty_windows",
        "test_enforcement",
        "test_evaluation_cases",
        "test_evaluation_offices",
        "test_evaluation_people",
        "test_finance",
        "test_finance_books",
        "test_gate",
        "test_honours",
        "test_hygiene_zones",
        "test_incoming_documents",
        "test_interference",
        "test_integrity",
        "test_leave_files",
        "test_leave_lengths",
        "test_meetings_outside",
        "test_meetings_refusals",
        "test_openness",
        "test_openness_books",
        "test_oral_leave",
        "test_outgoing_documents",
        "test_outreach",
        "test_party_journey",
        "test_party_life",
        "test_party_meeting",
        "test_personnel",
        "test_print_jobs",
        "test_proposals",
        "test_publication",
        "test_ran_out",
        "test_research",
        "test_receptions",
        "test_rooms",
        "test_rosters",
        "test_seal_engraving",
        "test_seals_of_officers",
        "test_study",
        "test_supervisors",
        "test_supplies",
        "test_windows",
        "test_withdrawing",
    )
)
LINE = "measures/三(一),approval,1,enforced,rule:sick-1,tests/test_leave.py::test_one,,,"


@cache
def functions_of(file: str) -> frozenset[str]:
    tree = ast.parse((CHECKOUT / file).read_text(encoding="utf-8"))
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return frozenset(each.name for each in ast.walk(tree) if isinstance(each, functions))


def every() -> list[Accounted]:
    return [each for institution in OFFICES for each in accounting.shipped(institution)]


def test_every_clause_of_the_published_texts_has_exactly_one_line(published):
    told = {
        institution: Counter(
            (each.clause, each.clause_kind) for each in accounting.shipped(institution)
        )
        for institution in OFFICES
    }
    held = {
        institution: Counter((clause, entry["kind"]) for clause, entry in clauses_of(regulations))
        for institution, regulations in published.items()
    }
    assert told == held
    assert sum(map(Counter.total, told.values())) == HOW_MANY


@pytest.mark.parametrize("institution", OFFICES)
def test_the_words_that_leave_a_clause_open_are_its_own(published, institution):
    texts: dict[tuple[str, str], list[str]] = {}
    for clause, entry in clauses_of(published[institution]):
        texts.setdefault((clause, entry["kind"]), []).append(entry["text"])
    for each in accounting.shipped(institution):
        text = texts[each.clause, each.clause_kind][each.number - 1]
        assert each.words in text, each
        assert not is_quoted(letters(each.reason), letters(text)), each


def test_lines_of_one_cite_and_kind_are_numbered_from_one():
    for institution in OFFICES:
        numbers: dict[tuple[str, str], list[int]] = {}
        for each in accounting.shipped(institution):
            numbers.setdefault((each.clause, each.clause_kind), []).append(each.number)
        assert all(found == [*range(1, len(found) + 1)] for found in numbers.values())


def test_what_enforces_a_clause_is_shown_by_a_test_that_there_is():
    enforced = [each for each in every() if each.outcome is Outcome.ENFORCED]
    assert enforced
    for each in enforced:
        file, _, function = each.test.partition("::")
        assert (CHECKOUT / file).exists(), each
        assert function in functions_of(file), each


def test_what_leaves_a_clause_open_is_quoted_and_explained():
    left = [each for each in every() if each.outcome is Outcome.LEFT_OPEN]
    assert left
    assert [each for each in left if not (each.words.strip() and each.reason.strip())] == []


def test_every_line_of_the_clause_list_has_its_account_and_no_other():
    for institution in OFFICES:
        listed = {
            (line.clause, line.clause_kind)
            for line in loading.shipped(institution).register.values()
        }
        told = {(each.clause, each.clause_kind) for each in accounting.shipped(institution)}
        assert told <= listed


def test_the_account_agrees_with_an_independent_count():
    """Within three in a hundred, but for what has become enforced since."""
    enforced = [each for each in every() if each.outcome is Outcome.ENFORCED]
    found = [each for each in enforced if not each.test.startswith(SINCE)]
    assert abs(len(found) - COUNTED) <= COUNTED * 0.03, len(found)


def test_without_the_rows_that_cite_it_a_clause_is_not_yet_enforced():
    for institution in OFFICES:
        names = enforcing(loading.shipped(institution))
        for each in accounting.shipped(institution):
            assert each.stands_by(names) is each.outcome
            without = {name: {*clauses} - {each.clause} for name, clauses in names.items()}
            lost = each.outcome is Outcome.ENFORCED
            assert each.stands_by(without) is (Outcome.NOT_YET if lost else each.outcome)


def read(office, tmp_path: Path, *lines: str) -> tuple[Accounted, ...]:
    text = "\n".join((",".join(ACCOUNTING), *lines))
    book = office(GOOD, accounting=text)
    return accounting.read(tmp_path / "office", book)


def test_a_line_is_read_as_it_is_written(office, tmp_path):
    [line] = read(office, tmp_path, LINE)
    assert (line.clause, line.number, line.outcome) == ("measures/三(一)", 1, Outcome.ENFORCED)
    assert (line.by, line.test) == (("rule:sick-1",), "tests/test_leave.py::test_one")


PLACE = "measures/三(一),approval,1"


@pytest.mark.parametrize(
    ("line", "column", "code"),
    [
        ("measures/九,approval,1,not_yet,,,,,", "clause", "CLAUSE_NOT_REGISTERED"),
        ("measures/三(一),duty,1,not_yet,,,,,", "clause", "CLAUSE_NOT_REGISTERED"),
        ("measures/三(一),approval,0,not_yet,,,,,", "number", "WRONG_FORMAT"),
        (f"{PLACE},perhaps,,,,,", "outcome", "UNKNOWN_WORD"),
        (f"{PLACE},enforced,rule:sick-1,,,,", "test", "OUTCOME_UNSTATED"),
        (f"{PLACE},enforced,,tests/test_leave.py::test_one,,,", "by", "OUTCOME_UNSTATED"),
        (f"{PLACE},enforced,rule:gone,tests/test_leave.py::test_one,,,", "by", "NAMES_NO_ROW"),
        (f"{PLACE},enforced,rule:sick-1,somewhere,,,", "test", "WRONG_FORMAT"),
        (
            "old/一,approval,1,enforced,rule:sick-1,tests/test_leave.py::test_one,,,",
            *("by", "CITED_BY_NONE"),
        ),
        (f"{PLACE},acknowledged,,,,,", "concerns", "OUTCOME_UNSTATED"),
        (f"{PLACE},acknowledged,,,,,pilot", "concerns", "UNKNOWN_WORD"),
        (f"{PLACE},acknowledged,rule:sick-1,,,,*", "by", "OUTCOME_OVERSTATED"),
        (f"{PLACE},left_open,,,视情,,", "reason", "OUTCOME_UNSTATED"),
        (f"{PLACE},left_open,,,,由人判断,", "words", "OUTCOME_UNSTATED"),
        (f"{PLACE},left_open,,,{'视' * 13},由人判断,", "words", "WRONG_FORMAT"),
        (f"{PLACE},not_yet,,tests/test_leave.py::test_one,,,", "test", "OUTCOME_OVERSTATED"),
    ],
)
def test_a_line_that_cannot_stand_is_told_with_its_place(office, tmp_path, line, column, code):
    with pytest.raises(RulebookError) as refused:
        read(office, tmp_path, LINE.replace(",1,", ",2,"), line)
    [fault] = refused.value.faults
    assert (fault.file, fault.line, fault.column, fault.code) == ("accounting.csv", 3, column, code)
    assert "{" not in MESSAGES[code].say("zh-CN", dict(fault.details))


def test_two_lines_for_one_entry_are_refused(office, tmp_path):
    with pytest.raises(RulebookError, match="Repeats line 2"):
        read(office, tmp_path, LINE, LINE)
