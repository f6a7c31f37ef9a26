"""docs/findings.md lists every error of the shipped rulebooks, and nothing else."""

from collections import Counter
from dataclasses import replace

import pytest

from policies import check
from policies.lines import Fault, RulebookError

PAGE = check.LISTED.read_text(encoding="utf-8")
CLAIM = "| `expenditure.general` | `GAP` | `500 < amount < 1000` |"


@pytest.fixture
def page(tmp_path):
    """Writes a page like docs/findings.md and says what is wrong with it."""

    def complaints(text):
        file = tmp_path / "findings.md"
        file.write_text(text, encoding="utf-8")
        return check.complaints(file)

    return complaints


def changed(old, new):
    """The page with one line changed or left out."""
    lines = PAGE.splitlines()
    [number] = [number for number, line in enumerate(lines) if line.startswith(old)]
    lines[number : number + 1] = [new(lines[number])] if new else []
    return "\n".join(lines)


def test_what_is_declared_without_a_row_or_a_party_is_told_with_what_to_do(monkeypatch):
    assert check.undeclared() == []
    shipped = check.vocabulary.shipped()
    of = shipped.objects["infosec.fault"]
    objects = {
        **{code: each for code, each in shipped.objects.items() if code != "infosec.outage"},
        "infosec.fault": replace(of, bears={"handler": "handled_at"}),
    }
    monkeypatch.setattr(check.vocabulary, "shipped", lambda: replace(shipped, objects=objects))
    lacking, borne = check.undeclared()
    assert lacking.startswith("objects.csv: no row names infosec.outage")
    assert borne.startswith("objects.csv: infosec.fault: handler:handled_at needs a Party")


def test_an_office_that_does_not_load_is_not_said_to_have_lost_its_findings(monkeypatch):
    def errors(institution):
        if institution == "service-centre":
            raise RulebookError([Fault("leave.csv", 1, "when", "DUPLICATE", {"earlier": 1})])
        return found(institution)

    found = check.errors
    monkeypatch.setattr(check, "errors", errors)
    assert check.complaints() == ["service-centre: leave.csv:1: when: Repeats line 1"]


def test_every_shipped_error_is_listed_and_explained_and_no_other():
    assert check.complaints() == []


def test_each_error_has_one_line_with_an_explanation_in_words():
    lines = Counter(line for line, _ in check.read(PAGE))
    found = [line for institution in check.institutions() for line in check.errors(institution)]
    assert lines == Counter(found)
    assert all(len(explanation) >= 10 for _, explanation in check.read(PAGE))


def test_an_error_that_is_not_listed_is_told(page):
    [complaint] = page(changed(CLAIM, None))
    assert complaint.startswith("findings.md does not list: service-centre | `expenditure.general`")
    assert '`{"amount": "500.01"}` | `finance/三`' in complaint


def test_a_listed_error_that_is_gone_is_told(page):
    gone, missing = sorted(page(changed(CLAIM, lambda line: line.replace("500 <", "501 <"))))
    assert gone.startswith("findings.md does not list: service-centre")
    assert missing.startswith("findings.md lists what is not there: service-centre")
    assert "`501 < amount < 1000`" in missing


def test_an_error_without_an_explanation_is_told(page):
    def bare(line):
        return f"{line.rstrip('| ').rpartition(' | ')[0]} |  |"

    [complaint] = page(changed(CLAIM, bare))
    assert complaint.startswith("findings.md does not explain: service-centre")


def test_a_page_that_is_not_there_is_told(tmp_path):
    assert check.complaints(tmp_path / "findings.md") == ["findings.md is missing."]


def test_a_rulebook_that_cannot_be_read_is_told_with_each_fault(monkeypatch):
    def broken(institution):
        raise RulebookError([Fault("leave.csv", 3, "role", "UNKNOWN_WORD", {"word": institution})])

    monkeypatch.setattr(check, "shipped", broken)
    found = check.complaints()
    assert "hrss-bureau: leave.csv:3: role: Unknown word: hrss-bureau" in found


def test_an_accounting_that_cannot_be_read_is_told_with_each_fault(monkeypatch):
    def broken(institution):
        raise RulebookError([Fault("accounting.csv", 3, "by", "UNKNOWN_WORD", {"word": "rule:x"})])

    monkeypatch.setattr(check.accounting, "shipped", broken)
    assert "hrss-bureau: accounting.csv:3: by: Unknown word: rule:x" in check.complaints()


def test_what_is_shown_is_what_is_read():
    line = ("office", "leave.sick", "GAP", "a in b|c", '{"a": "b"}', "rules/一, rules/二")
    text = f"## office 机关\n| {check.shown(line, '没有写由谁批准').split(' | ', 1)[1]}"
    assert [*check.read(text)] == [(line, "没有写由谁批准")]
