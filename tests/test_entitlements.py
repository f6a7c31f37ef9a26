"""Rows that give to accounts: what is wrong with one is told with its place, and the old stand."""

from datetime import date
from decimal import Decimal

import pytest

from domain import ACCOUNTS, REGISTERS
from domain.records.accounts import Account
from domain.shapes.count_words import Within
from domain.vocabulary import Word
from policies import loading, vocabulary
from policies.files import columns_of
from policies.lines import RulebookError
from tests.small_shapes import CLAUSE, codes, shapes

ANNUAL = "e; ~; {}; {}; {}; {}; {}; {}"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (("", "leave.annual_dayz", "always", 5, "year", 0), ("account", "UNKNOWN_WORD")),
        (("", "loan.cash", "always", 5, "year", 0), ("account", "UNKNOWN_WORD")),
        (("", "leave.annual_days", "lateness > 3", 5, "year", 0), ("when", "UNKNOWN_FACT")),
        (("", "leave.annual_days", "always", "", "year", 0), ("amount", "WRONG_FORMAT")),
        (("", "leave.annual_days", "always", "five", "year", 0), ("amount", "WRONG_FORMAT")),
        (("", "leave.annual_days", "always", -5, "year", 0), ("amount", "TOO_SMALL")),
        (("", "leave.annual_days", "always", 5, "decade", 0), ("per", "UNKNOWN_WORD")),
        (("", "leave.annual_days", "always", 5, "running", 0), ("per", "UNKNOWN_WORD")),
        (("", "leave.annual_days", "always", 5, "", 0), ("per", "WRONG_FORMAT")),
        (("", "leave.annual_days", "always", 5, "year", "1.5"), ("carried", "WRONG_FORMAT")),
        (("overtime", "leave.annual_days", "always", 1, "", ""), ("of", "UNKNOWN_WORD")),
        (("loan.cash", "leave.compensatory_days", "always", 1, "", ""), ("of", "UNKNOWN_WORD")),
        (("overtime.work", "leave.compensatory_days", "always", 1, "year", ""),
         ("per", "WRONG_FORMAT")),
        (("overtime.payment", "leave.compensatory_days", "days > 1", 1, "", ""),
         ("of", "UNKNOWN_WORD")),
    ],
)  # fmt: skip
def test_a_row_that_gives_nothing_sensible_is_refused_in_its_place(row, expected):
    assert codes(entitlements=ANNUAL.format(*row)) == [(1, *expected)]


def test_the_rows_of_an_account_give_in_periods_of_one_length():
    years = ANNUAL.format("", "leave.annual_days", "always", 5, "year", 0)
    months = ANNUAL.format("", "leave.annual_days", "late > 1", 1, "month", 0)
    assert codes(entitlements=f"{years}\n{months}") == [(2, "per", "WRONG_FORMAT")]


def test_a_row_is_refused_with_its_file_its_line_and_the_reason(tmp_path):
    folder = tmp_path / "test-town"
    folder.mkdir()
    clauses = [
        "clause,title,clause_kind,area,request_kind,from,until,replaced_by,summary",
        f"{CLAUSE},手册,quota,leave,,,,,天数",
    ]
    rows = [
        ",".join(columns_of("entitlements")),
        f"a,{CLAUSE},,leave.annual_days,always,5,year,0",
        f"b,{CLAUSE},,leave.annual_days,always,much,year,0",
    ]
    (folder / "clauses.csv").write_text("\n".join(clauses) + "\n", encoding="utf-8")
    (folder / "entitlements.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    with pytest.raises(RulebookError, match=r"entitlements\.csv:3: amount"):
        loading.read(folder, vocabulary.shipped())


def test_rows_are_read_as_they_stand():
    text = ANNUAL.format("", "leave.annual_days", "late >= 2", "7.5", "quarter", 3)
    [row] = shapes(entitlements=text).entitlements
    assert (row.amount, row.per, row.carried) == (Decimal("7.5"), Within.QUARTER, 3)
    assert row.until(date(2026, 2, 10)) == date(2026, 6, 30)
    source = ANNUAL.format("overtime.work", "leave.compensatory_days", "always", "1", "", 6)
    [row] = shapes(entitlements=source).entitlements
    assert row.until(date(2026, 2, 10)) == date(2026, 8, 10)


@pytest.mark.parametrize("account", ACCOUNTS, ids=lambda each: each.name)
def test_what_moves_an_account_is_there_and_tells_how_much(account: Account):
    known, registers = vocabulary.shipped(), {each.name: each for each in REGISTERS}
    assert registers[account.name] is account.opens
    assert known.objects[account.name].word == Word.ACCOUNT
    assert account.gives.keys() <= known.facts.keys()
    for flow in account.flows:
        if flow.of in known.kinds:
            assert flow.column in known.kinds[flow.of].facts, flow
        else:
            register = registers[flow.of]
            assert flow.column in {each.name for each in register.fields}, flow
            assert register.about, flow
            assert not register.signed_by, "what counts once it is signed is not posted yet"
