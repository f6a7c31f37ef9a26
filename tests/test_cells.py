"""Amounts in capitals read back as what they are, and no cell of an export becomes a formula."""

import csv
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from domain.records.exports import Column
from domain.values.capitals import in_capitals
from domain.values.cells import as_text
from domain.vocabulary import Label
from resolvers.records.export_sheets import file_of, heading

DIGITS = {each: value for value, each in enumerate("零壹贰叁肆伍陆柒捌玖")}
PLACES = {"拾": 10, "佰": 100, "仟": 1000}


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("10", "壹拾元整"),
        ("1234.50", "壹仟贰佰叁拾肆元伍角整"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("20005", "贰万零伍元整"),
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("100010000", "壹亿零壹万元整"),
        ("1000000000000", "壹万亿元整"),
        ("-12.30", "负壹拾贰元叁角整"),
    ],
)
def test_an_amount_is_said_as_cheques_write_it(amount: str, said: str):
    assert in_capitals(Decimal(amount)) == f"人民币{said}"


def read_back(said: str) -> Decimal:
    """What an amount in capitals comes to."""
    text = said.removeprefix("人民币").removesuffix("整")
    sign, text = (-1, text[1:]) if text.startswith("负") else (1, text)
    whole, yuan, rest = text.rpartition("元")
    fen = 0
    for word, worth in (("角", 10), ("分", 1)):
        head, found, tail = rest.partition(word)
        if found:
            fen, rest = fen + worth * DIGITS[head[-1]], tail
    return sign * (Decimal(_whole(whole) if yuan else 0) + Decimal(fen) / 100)


def _whole(text: str) -> int:
    for word, worth in (("亿", 10**8), ("万", 10**4)):
        high, found, low = text.rpartition(word)
        if found:
            return _whole(high) * worth + _whole(low)
    total, digit = 0, 0
    for each in text:
        if each in PLACES:
            total, digit = total + digit * PLACES[each], 0
        else:
            digit = DIGITS[each]
    return total + digit


@given(st.decimals(min_value=-(10**15) + 1, max_value=10**15 - 1, places=2))
def test_every_amount_reads_back_and_never_has_two_noughts_in_a_row(amount: Decimal):
    said = in_capitals(amount)
    assert read_back(said) == amount
    assert "零零" not in said
    assert "零元" not in said or -1 < amount < 1


@pytest.mark.parametrize("amount", ["0.001", "1000000000000000"])
def test_what_is_no_whole_fen_or_too_much_is_not_said(amount: str):
    with pytest.raises(ValueError, match=amount):
        in_capitals(Decimal(amount))


FIRST = "=+-@\t\r\n＝＋－＠﹢﹣﹦﹫"
TEXTS = st.text() | st.builds(str.__add__, st.sampled_from(FIRST), st.text())


@given(TEXTS)
def test_no_text_begins_as_a_formula_does_and_none_is_lost(text: str):
    told = as_text(text)
    assert told in (text, f"'{text}")
    assert told[:1] not in set("\t\r\n")
    assert normalize("NFKC", told[:1])[:1] not in set("=+-@") or told == ""


COLUMNS = (
    Column("said", Label("说明", "Said")),
    Column("amount", Label("金额", "Amount"), Decimal, "yuan"),
    Column("day", Label("日期", "Day"), date),
    Column("at", Label("时间", "At"), datetime),
)
MIDNIGHT = datetime(2026, 3, 2)  # noqa: DTZ001  # a sheet knows no zones
HALF_PAST = MIDNIGHT.replace(hour=9, minute=30)
ROW = ("=SUM(A1)", Decimal("-12.50"), date(2026, 3, 2), HALF_PAST)
ABOUT = ("台账", "=导出人", "行数：1")


def written(format_: str, *rows: tuple) -> bytes:
    lines = [[heading(each, "zh-CN") for each in COLUMNS], *rows]
    return file_of("台账", {"台账": lines}, format_, MIDNIGHT, [1], ("说明", *ABOUT)).content


def test_a_csv_says_what_it_is_of_and_keeps_texts_text_and_numbers_numbers():
    identity = ("110101199003078888", None, None, None)
    told = written("csv", ROW, identity)
    assert told.startswith(b"\xef\xbb\xbf")
    about, heads, first, second = csv.reader(StringIO(told.decode("utf-8-sig")))
    assert about == ["台账", "'=导出人", "行数：1"]
    assert heads == ["说明", "金额(元)", "日期", "时间"]
    assert first == ["'=SUM(A1)", "-12.50", "2026-03-02", "2026-03-02 09:30:00"]
    assert second[0] == "'110101199003078888"


def test_a_workbook_has_typed_cells_and_no_formula():
    book = load_workbook(BytesIO(written("xlsx", ROW, ("#N/A\x0b", None, None, None))))
    sheet, about = book.worksheets
    assert [each.value for each in sheet[1]] == ["说明", "金额(元)", "日期", "时间"]
    said, amount, day, at = sheet[2]
    assert (said.value, said.data_type) == ("=SUM(A1)", "s")
    assert (amount.value, amount.data_type, amount.number_format) == (-12.5, "n", "#,##0.00")
    assert (day.value, at.value) == (MIDNIGHT, HALF_PAST)
    assert (sheet[3][0].value, sheet[3][0].data_type) == ("#N/A", "s")
    assert [row[0].value for row in about] == list(ABOUT)
    assert book.properties.creator == ABOUT[1]
