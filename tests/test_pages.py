"""The pages of areas and records tell all that is declared and written, and nothing that is not."""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import cache
from typing import get_args, get_type_hints

import pytest
from graphql import is_enum_type

from domain import CASE_KINDS, REGISTERS, THINGS
from domain.shapes.book import Shapes
from domain.vocabulary import Word
from policies import loading, vocabulary
from resolvers.requests.procedures import PROCEDURES
from resolvers.requests.words import camel
from resolvers.running.settings import CHECKOUT
from schema.pages import pages
from schema.pages.living import WORDS
from schema.pages.markdown import both
from tests.contract import contract

DOCS = CHECKOUT / "docs"
NAMED = re.compile(r"`([^`]+)`")
HEADING = re.compile(r"^### .* `([\w.]+)`$", re.MULTILINE)
BELOW = re.compile(r"^### [^\n]* `([\w.]+)`\n(.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)]+)\)")
AREAS = tuple(vocabulary.areas())
OF_THE_API = ("字段 Field", "类型 Type", "操作 Mutation", "操作 Mutation or query")
CELL = re.compile(r"(?<!\\)\|")


@cache
def written() -> Mapping[str, str]:
    return pages()


def page_of(area: str) -> str:
    return written()[f"areas/{area}.md"]


def sections(page: str) -> Iterator[tuple[str, str]]:
    """Each section of a page under its heading of the second order."""
    for part in re.split(r"^## ", page, flags=re.MULTILINE)[1:]:
        title, _, text = part.partition("\n")
        yield title, text


def tables(text: str) -> Iterator[tuple[list[str], list[list[str]]]]:
    """The header and the rows of each table in a text."""
    for block in re.findall(r"(?:^\|.*\n?)+", text, re.MULTILINE):
        header, _, *rows = (
            [cell.strip() for cell in CELL.split(line)[1:-1]] for line in block.splitlines()
        )
        yield header, rows


def rows_of_file(office: str, name: str) -> list[dict[str, str]]:
    path = loading.SHIPPED / office / f"{name}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_committed_pages_are_what_the_declarations_and_rows_say() -> None:
    for name, page in written().items():
        assert (DOCS / name).read_text(encoding="utf-8") == page, name
    there = {str(path.relative_to(DOCS)) for path in (DOCS / "areas").iterdir()}
    assert there == {name for name in written() if name.startswith("areas/")}


def test_every_kind_of_request_and_every_object_stands_on_the_page_of_its_area_alone() -> None:
    words = vocabulary.shipped()
    for area in AREAS:
        own = [each.code for each in words.kinds.values() if each.area == area]
        own += [each.code for each in words.objects.values() if each.area == area]
        assert sorted(HEADING.findall(page_of(area))) == sorted(own), area
    for title, text in sections(written()["records.md"]):
        word = Word(NAMED.findall(title)[0])
        listed = [NAMED.findall(row[1])[0] for _, rows in tables(text) for row in rows]
        assert listed == [each.code for each in words.objects.values() if each.word is word]


@pytest.mark.parametrize("shape", [each.name for each in fields(Shapes) if each.name != "measures"])
def test_every_row_of_a_shape_stands_on_a_page_of_its_clause_s_area(shape: str) -> None:
    areas: dict[tuple[str, str], set[str]] = {}
    asked: Counter[tuple[str, str]] = Counter()
    for office in loading.institutions():
        for line in rows_of_file(office, "clauses"):
            areas.setdefault((office, line["clause"]), set()).add(line["area"])
        asked.update((office, row["clause"]) for row in rows_of_file(office, shape))
    told: Counter[tuple[str, str]] = Counter()
    for area in AREAS:
        for title, text in sections(page_of(area)):
            for header, rows in tables(text) if title == both(vocabulary.shapes()[shape]) else ():
                for row in rows:
                    line = NAMED.findall(row[0])[0], row[header.index("条款 Clause")].strip("`")
                    assert area in areas[line], line
                    told[line] += 1
    assert told == asked


def test_each_shape_and_each_of_its_columns_has_a_name_in_both_languages() -> None:
    rows = {name: get_args(hint)[0] for name, hint in get_type_hints(Shapes).items()}
    del rows["measures"]
    assert vocabulary.shapes().keys() == rows.keys()
    assert {each.name for row in rows.values() for each in fields(row)} <= (
        vocabulary.columns().keys()
    )
    assert WORDS.keys() == set(Word)


def test_who_keeps_an_object_and_by_which_clause_stands_below_it() -> None:
    below = {code: text for area in AREAS for code, text in BELOW.findall(page_of(area))}
    for office in loading.institutions():
        book = loading.shipped(office)
        for row in book.acts:
            who = "本机关任职人员" if row.role == "*" else f"`{row.role}`"
            told = [each for each in below[row.kind].splitlines() if f"| `{office}` |" in each]
            assert any(who in line and f"`{row.clause}`" in line for line in told), row
        for each in book.registers:
            assert re.search(rf"`{office}` \| `{re.escape(each.clause)}`", below[each.register])


def test_whatever_has_a_form_of_its_own_is_told_with_all_its_fields_and_acts() -> None:
    words = vocabulary.shipped()
    for kind, procedure in PROCEDURES.items():
        text = page_of(words.kinds[kind].area).partition(f"`{kind}`\n")[2].partition("\n### ")[0]
        for each in fields(procedure.form):
            assert f"| `{camel(each.name)}` |" in text, (kind, each.name)
        assert re.search(r"`submit\w+` `preview\w+`", text), kind
    for each in (*REGISTERS, *THINGS):
        text = page_of(words.objects[each.name].area)
        assert f"`{each.reference.word}`" in text
    for case in CASE_KINDS:
        text = page_of(words.objects[case.code].area).partition(f"`{case.code}`\n")[2]
        for event in case.stages:
            assert f"| `{event}` |" in text, (case.code, event)


def test_every_name_of_the_api_on_a_page_is_one() -> None:
    schema = contract()
    known = {*schema.type_map}
    for kind in schema.type_map.values():
        known |= {*getattr(kind, "fields", {})}
        if is_enum_type(kind):
            known |= {f"{kind.name}.{value}" for value in kind.values}
    for name, page in written().items():
        told = [each for line in re.findall(r"GraphQL: (.*)", page) for each in NAMED.findall(line)]
        for header, rows in tables(page):
            # A table of rows may have a column of types too: their words are the rows'.
            places = [place for place, title in enumerate(header) if title in OF_THE_API]
            for row in rows if header[0] != "机构 Office" else ():
                told += [each for place in places for each in NAMED.findall(row[place])]
        assert {each.strip("[]!") for each in told} - known == set(), name
        assert told or not HEADING.search(page), name


def test_every_link_of_a_page_leads_somewhere() -> None:
    for name, page in written().items():
        for target in LINK.findall(page):
            assert (DOCS / name).parent.joinpath(target).exists(), (name, target)
