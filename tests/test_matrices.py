"""Approval matrices on paper: every rule of every office in a table that people can read."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from domain.messages import EN
from policies import loading
from resolvers.rules import matrices
from resolvers.rules.matrices import NotPrinted, markdown, sheets, workbook
from schema.__main__ import app
from tests.random_rulebooks import OFFICE, SICK, register_in_force, rulebook

TODAY = date(2026, 3, 2)
WITH_RULES = [code for code in loading.institutions() if loading.shipped(code).rows]
WITH_ACTS = [code for code in loading.institutions() if loading.shipped(code).acts]
run = CliRunner().invoke


def command(*words: str):
    return run(app, ["matrix", *words])


@pytest.mark.parametrize("institution", WITH_RULES)
def test_every_line_of_a_printed_matrix_has_the_columns_of_its_header(institution):
    book = loading.shipped(institution)
    found = sheets(book, TODAY)
    for sheet in found:
        assert {len(row) for row in sheet.rows} == {len(sheet.header)}
        assert all(any(row[2:]) for row in sheet.rows)
    printed = markdown(institution, found).splitlines()
    assert sum(line.startswith("| ") for line in printed) == sum(
        len(sheet.rows) + 2 for sheet in found
    )


@pytest.mark.parametrize("institution", WITH_RULES)
def test_every_clause_in_force_is_cited_in_the_matrix(institution):
    book = loading.shipped(institution)
    printed = markdown(institution, sheets(book, TODAY))
    cites = {row.clause.partition("/")[2] for row in book.rows if book.in_force(row, TODAY)}
    assert [cite for cite in cites if cite not in printed] == []


def test_a_matrix_reads_as_an_office_writes_it():
    [leave] = sheets(loading.shipped("hrss-bureau"), TODAY, area="leave")
    assert leave.header == ("事项", "条件", "办公室人员", "科长", "分管局长", "局长", "禁止")
    sick = leave.rows[0]
    assert sick[0] == "病假"
    [title] = {
        line.title
        for line in loading.shipped("hrss-bureau").register.values()
        if line.clause == "attendance-measures/三(一)"
    }
    assert sick[5] == f"批准: 超过 2 天 〔{title} 三(一)〕"


def test_a_matrix_is_that_of_its_day():
    plain = [
        ("chief", OFFICE, SICK, "approve", "always", "a", "1", "old/一", "allow"),
        ("director", OFFICE, SICK, "vote", "always", "b", "1", "new/一", "allow"),
    ]
    register = register_in_force()
    register["old/一", SICK, "allow"] = ("", "2020-01-01", "new/一")
    register["new/一", SICK, "allow"] = ("2020-01-01", "", "")
    book = rulebook(plain, register)
    [before], [after] = (sheets(book, day) for day in (date(2019, 12, 31), TODAY))
    assert before != after
    assert "〔考勤办法 一〕" in str(before.rows)
    assert len(before.header) == len(after.header) == 3
    nothing = rulebook([], register)
    with pytest.raises(NotPrinted):
        sheets(nothing, TODAY)


def test_alternatives_are_named_beside_each_other():
    [finance] = sheets(loading.shipped("service-centre"), TODAY, EN, "finance")
    [training] = [row for row in finance.rows if row[0] == "Training expenditure"]
    filled = [cell for cell in training[2:] if cell]
    assert len(filled) == 2
    assert all("(or " in cell for cell in filled)


def test_a_workbook_has_a_sheet_for_each_area_and_wraps_its_cells():
    found = sheets(loading.shipped("hrss-bureau"), TODAY)
    pages = load_workbook(BytesIO(workbook(found)))
    assert pages.sheetnames == [sheet.title for sheet in found]
    for sheet in found:
        rows = list(pages[sheet.title].iter_rows(values_only=True))
        assert rows[0] == sheet.header
        assert [tuple(cell or "" for cell in row) for row in rows[1:]] == list(sheet.rows)
        assert pages[sheet.title]["A1"].alignment.wrap_text


def test_the_command_prints_markdown():
    answer = command("--institution", "township-government", "--area", "leave")
    assert answer.exit_code == 0
    assert "| 病假 |" in answer.stdout


def test_the_command_writes_a_file(tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert command("--institution", "hrss-bureau", "--format", "xlsx").exit_code == 0
    assert load_workbook(tmp_path / "hrss-bureau.xlsx").sheetnames
    text = tmp_path / "matrix.md"
    answer = command("--institution", "hrss-bureau", "--output", str(text), "--language", "en")
    assert answer.exit_code == 0
    assert "| Sick leave |" in text.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "words",
    [
        ("--institution", "nowhere"),
        ("--institution", "hrss-bureau", "--area", "moon"),
        ("--institution", "hrss-bureau", "--format", "pdf"),
    ],
)
def test_what_cannot_be_printed_is_said_without_a_traceback(words):
    answer = command(*words)
    assert answer.exit_code != 0
    assert answer.stderr
    assert "Traceback" not in answer.stderr


async def test_a_stored_rulebook_prints_as_the_shipped_one_does(demo_offices):
    stored = await matrices.stored_rulebook(demo_offices.app_url, "hrss-bureau", TODAY)
    assert sheets(stored, TODAY) == sheets(loading.shipped("hrss-bureau"), TODAY)
    with pytest.raises(NotPrinted):
        await matrices.stored_rulebook(demo_offices.app_url, "nowhere", TODAY)


@pytest.mark.parametrize("institution", WITH_ACTS)
def test_who_acts_beside_the_requests_is_printed_on_sheets_of_their_own(institution):
    book = loading.shipped(institution)
    found = matrices.act_sheets(book, TODAY)
    text = str([sheet.rows for sheet in found])
    assert all(len(row) == len(sheet.header) for sheet in found for row in sheet.rows)
    cites = {row.clause.partition("/")[2] for row in book.acts_on(TODAY)}
    assert [cite for cite in cites if cite not in text] == []


def test_the_sheet_of_acts_says_who_keeps_the_refuelling_register():
    [vehicles] = matrices.act_sheets(loading.shipped("hrss-bureau"), TODAY, EN, "vehicles")
    [line] = [row for row in vehicles.rows if row[0] == "Refuelling register"]
    assert (line[1], line[2]) == ("keep", "")
    assert "Fuel clerk 〔車輛使用管理辦法 一、3〕" in line[3]
