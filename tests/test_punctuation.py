"""What is said in Chinese is punctuated as Chinese is: with signs of full width."""

import csv
import re
from pathlib import Path

import pytest

from policies import vocabulary
from resolvers.running.settings import CHECKOUT

HALF = re.compile(r"[\u4e00-\u9fff][,:;?!][\u4e00-\u9fff]")
FENCED = re.compile(r"^ *```.*?^ *```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`[^`\n]*`")
PAGES = [CHECKOUT / "README.zh-CN.md", *sorted((CHECKOUT / "docs" / "zh-CN").glob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_is(page: Path) -> None:
    prose = INLINE.sub("", FENCED.sub("", page.read_text()))
    assert HALF.findall(prose) == []


@pytest.mark.parametrize(
    "file", sorted(vocabulary.SHIPPED.glob("*.csv")), ids=lambda file: file.stem
)
def test_the_words_of_the_program_are(file: Path) -> None:
    with file.open(newline="") as lines:
        cells = {row["zh"] for row in csv.DictReader(lines) if row.get("zh")}
    assert [each for each in cells if HALF.search(each)] == []


@pytest.mark.parametrize("name", ["schema.graphql", "schema/running/admin/words.js"])
def test_what_clients_and_administrators_are_shown_is(name: str) -> None:
    assert HALF.findall((CHECKOUT / name).read_text()) == []
