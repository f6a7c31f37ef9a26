"""How many clauses are enforced, acknowledged, left open or wait: by institution and by area."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from unicodedata import east_asian_width

from domain.accounting import Accounted, Outcome
from domain.messages import ZH, say
from domain.vocabulary import Label
from policies import accounting, loading, vocabulary

ASKED = "asked"
"""Not yet enforced, though a preview answers what the clause would come to."""

COLUMNS: Mapping[str, Label] = {
    Outcome.ENFORCED: Label("已执行", "Enforced"),
    Outcome.ACKNOWLEDGED: Label("须知悉", "Acknowledged"),
    Outcome.LEFT_OPEN: Label("留给判断", "Left open"),
    ASKED: Label("只能预览", "Preview only"),
    Outcome.NOT_YET: Label("尚未", "Not yet"),
}
TOTAL, SHARE = Label("合计", "Total"), Label("已执行占比", "Share enforced")
INSTITUTION, AREA = Label("机构", "Institution"), Label("领域", "Area")


@dataclass(frozen=True)
class Table:
    """Rows of counts below a header, the sum of all rows last."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def told(each: Accounted) -> str:
    """The column in which a line is counted."""
    asked = each.outcome is Outcome.NOT_YET and each.by
    return ASKED if asked else each.outcome


def tables(language: str = ZH) -> tuple[Table, Table]:
    """By institution, and by area: each clause once in either."""
    institutions, areas = vocabulary.institutions(), vocabulary.areas()
    counted = [
        (institution, area, told(each))
        for institution in loading.institutions()
        for each, area in with_area(institution)
    ]
    return (
        table(INSTITUTION, institutions, ((i, column) for i, _, column in counted), language),
        table(AREA, areas, ((area, column) for _, area, column in counted), language),
    )


def with_area(institution: str) -> Iterator[tuple[Accounted, str]]:
    """Each line with the area that the register gives its clause."""
    areas: dict[tuple[str, str], str] = {}
    for line in loading.shipped(institution).register.values():
        areas.setdefault((line.clause, line.clause_kind), line.area)
    for each in accounting.shipped(institution):
        yield each, areas[each.clause, each.clause_kind]


def listed(area: str, institution: str = "") -> Iterator[str]:
    """What of an area is not yet enforced: where its line stands, and what its clause says."""
    for each in loading.institutions():
        said = {
            (line.clause, line.clause_kind): line.summary
            for line in loading.shipped(each).register.values()
        }
        for one, of in with_area(each) if institution in ("", each) else ():
            if of == area and one.outcome is Outcome.NOT_YET:
                entry = f"{one.clause},{one.clause_kind},{one.number}"
                summary = said[one.clause, one.clause_kind]
                yield f"{each}/accounting.csv: {entry}: {summary} [{' '.join(one.by) or '-'}]\n"


def table(
    first: Label, names: Mapping[str, Label], counted: Iterable[tuple[str, str]], language: str
) -> Table:
    found: dict[str, Counter[str]] = {}
    for name, column in counted:
        found.setdefault(name, Counter())[column] += 1
    rows = [row(say(language, names[name]), found[name]) for name in names if name in found]
    whole = row(say(language, TOTAL), sum(found.values(), Counter[str]()))
    labels = (first, *COLUMNS.values(), TOTAL, SHARE)
    return Table(tuple(say(language, label) for label in labels), (*rows, whole))


def row(name: str, counts: Counter[str]) -> tuple[str, ...]:
    total = counts.total()
    share = f"{100 * counts[Outcome.ENFORCED] / total:.0f}%" if total else ""
    return (name, *(str(counts[column]) for column in COLUMNS), str(total), share)


def plain(found: Sequence[Table]) -> str:
    """In columns that stand below each other, a Chinese character being two wide."""
    return "\n".join(aligned(each, "  ") for each in found)


def markdown(found: Sequence[Table]) -> str:
    return "\n".join(aligned(each, " | ", "| ", " |") for each in found)


def comma_separated(found: Sequence[Table]) -> str:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for each in found:
        writer.writerows([each.header, *each.rows])
    return text.getvalue()


def aligned(each: Table, between: str, before: str = "", after: str = "") -> str:
    widths = [max(map(wide, column)) for column in zip(each.header, *each.rows, strict=True)]
    rule = ["-" * width for width in widths]
    header, *lines = (padded(line, widths) for line in (each.header, *each.rows))
    return "".join(
        f"{before}{between.join(cells)}{after}".rstrip() + "\n" for cells in (header, rule, *lines)
    )


def padded(line: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    """The name to the left, the figures to the right."""
    for index, (cell, width) in enumerate(zip(line, widths, strict=True)):
        room = " " * (width - wide(cell))
        yield room + cell if index else cell + room


def wide(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
