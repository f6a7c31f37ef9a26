"""Numbers by rows: what is wrong with a pattern is told in its place, and no series has a gap."""

import asyncio
from datetime import date

import pytest

from domain.shapes.numbers import series_of
from policies import loading, vocabulary
from policies.files import columns_of
from policies.lines import RulebookError
from resolvers.records.case_going_on import next_number
from tests.clock_office import acting
from tests.office import Api, Visitor
from tests.small_shapes import CLAUSE, codes, shapes

HERE = "science-bureau"
OUT = "outgoing_document"
PATTERN = "{}; ~; {}; {}; {}; 文号; Number"
DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (("outgoing_letter", "发〔{year}〕{number}号", "year", ""), ("series", "UNKNOWN_WORD")),
        ((f"{OUT}.committee", "发〔{year}〕{number}号", "year", ""), ("series", "UNKNOWN_WORD")),
        ((OUT, "发〔{year}〕号", "year", ""), ("pattern", "WRONG_FORMAT")),
        ((OUT, "发〔{year}〕{number}{number}号", "year", ""), ("pattern", "WRONG_FORMAT")),
        ((OUT, "发〔{month}〕{number}号", "", ""), ("pattern", "WRONG_FORMAT")),
        ((OUT, "发{number}号", "year", ""), ("pattern", "WRONG_FORMAT")),
        ((OUT, "发〔{year}〕{number}号", "", ""), ("restarts", "WRONG_FORMAT")),
        ((OUT, "发〔{year}〕{number}号", "month", ""), ("restarts", "UNKNOWN_WORD")),
        ((OUT, "发〔{year}〕{number}号", "year", "two"), ("digits", "WRONG_FORMAT")),
    ],
)
def test_a_pattern_that_numbers_nothing_sensible_is_refused_in_its_place(row, expected):
    assert expected in [found[1:] for found in codes(numbers=PATTERN.format(*row))]


def test_a_series_has_one_pattern_and_no_other_series_has_it():
    one = PATTERN.format(f"{OUT}.bureau", "发〔{year}〕{number}号", "year", "")
    again = PATTERN.format(f"{OUT}.bureau", "函〔{year}〕{number}号", "year", "")
    alike = PATTERN.format(f"{OUT}.party_group", "发〔{year}〕{number}号", "year", "")
    assert codes(numbers=f"{one}\n{again}") == [(2, "series", "DUPLICATE")]
    assert codes(numbers=f"{one}\n{alike}") == [(2, "pattern", "DUPLICATE")]


def test_a_row_is_refused_with_its_file_its_line_and_the_reason(tmp_path):
    folder = tmp_path / "test-town"
    folder.mkdir()
    clauses = "clause,title,clause_kind,area,request_kind,from,until,replaced_by,summary"
    (folder / "clauses.csv").write_text(
        f"{clauses}\n{CLAUSE},手册,record,documents,,,,,编号\n", encoding="utf-8"
    )
    rows = f"{','.join(columns_of('numbers'))}\n{OUT},{CLAUSE},发〔{{year}}〕号,year,,文号,Number\n"
    (folder / "numbers.csv").write_text(rows, encoding="utf-8")
    with pytest.raises(RulebookError, match=r"numbers\.csv:2: pattern: Should be written as"):
        loading.read(folder, vocabulary.shipped())


def test_a_number_is_written_by_the_row_of_its_value_else_of_its_object():
    own = PATTERN.format(f"{OUT}.party_group", "党〔{year}〕{number}号", "year", "3")
    every = PATTERN.format(OUT, "总{number}", "", "")
    rows = shapes(numbers=f"{own}\n{every}").numbers
    assert series_of(rows, OUT, "party_group", 2026).said(7) == "党〔2026〕007号"
    both = [series_of(rows, OUT, "bureau", year) for year in (2026, 2027)]
    assert both[0] == both[1]
    assert both[0].said(12) == "总12"
    assert series_of((), OUT, "bureau", 2026).said(3) == "2026-0003"


@pytest.fixture
async def clerk(api: Api) -> Visitor:
    await api.empty("line_numbers")
    return await api.person(f"office_clerk@{HERE}")


async def taken(
    clerk: Visitor, value: str = "bureau", *, on: date = DAY, fails: bool = False
) -> str:
    async with acting(clerk) as context:
        living = await context.rulebook(HERE)
        number = await next_number(context, living, OUT, value, on)
        if fails:
            raise ConnectionError
    return number


async def test_what_fails_after_its_number_leaves_the_number_to_the_next(clerk: Visitor):
    assert await taken(clerk) == "X科发〔2026〕1号"
    with pytest.raises(ConnectionError):
        await taken(clerk, fails=True)
    assert await taken(clerk) == "X科发〔2026〕2号"
    assert await taken(clerk, "party_group") == "X科党组发〔2026〕1号"
    assert await taken(clerk, on=DAY.replace(year=DAY.year + 1)) == "X科发〔2027〕1号"


async def test_of_many_at_once_each_has_a_number_and_none_is_missing(clerk: Visitor):
    found = await asyncio.gather(*(taken(clerk) for _ in range(8)))
    assert {*found} == {f"X科发〔2026〕{number}号" for number in range(1, 9)}
