import ast
import csv
import re
from functools import cache
from pathlib import Path
from string import Formatter

import graphql
import pytest

from policies import accounting, loading, vocabulary
from policies.messages import MESSAGES, SENTENCES
from resolvers.running.settings import CHECKOUT, EXPECTED, Settings
from schema.__main__ import app
from schema.app import sdl
from schema.running.codes import codes_page
from tests.contract import contract
from tests.test_house_rules import LAYERS, modules, named

README, README_ZH = CHECKOUT / "README.md", CHECKOUT / "README.zh-CN.md"
WRITTEN = {CHECKOUT / "docs" / "records.md", *CHECKOUT.glob("docs/areas/*.md")}
"""Pages that are generated: tests/test_pages.py holds them true."""
PAGES = sorted({*CHECKOUT.glob("*.md"), *CHECKOUT.glob("docs/**/*.md")} - WRITTEN)
CHINESE = sorted((CHECKOUT / "docs" / "zh-CN").glob("*.md"))
TWINS = [(README, README_ZH), *((page.parents[1] / page.name, page) for page in CHINESE)]
"""The pages for readers, each in both languages."""
READ = [page for pair in TWINS for page in pair]
DECISIONS = sorted((CHECKOUT / "docs" / "decisions").glob("*.md"))

CODE = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*")
NO_CODES = {
    "getattr",
    "sysconf",
    "TypeVar",
    "ParamSpec",
    "NewType",
    "_scalar",
    "setdefault",
    "normalize",
    "stream",
}
"""Calls whose capital words name types, settings and standards."""

LANGUAGES = {"zh", "en"}
"""A detail that is itself a word has one name in each language."""


@cache
def trees():
    """Every module, as it is parsed."""
    return [(path, ast.parse(path.read_text(encoding="utf-8"))) for path in modules(*LAYERS)]


@cache
def words_of_the_schema() -> set[str]:
    return set(re.findall(r"\w+", sdl()))


def is_code(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and bool(CODE.fullmatch(str(node.value)))


# Codes and their sentences


def test_no_two_rows_say_one_code():
    with SENTENCES.open(encoding="utf-8", newline="") as file:
        assert sum(1 for _ in csv.DictReader(file)) == len(MESSAGES)


def test_every_code_says_the_same_details_in_both_languages():
    def details(sentence: str) -> set[str]:
        found = {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}
        return found - LANGUAGES

    for code, message in MESSAGES.items():
        assert CODE.fullmatch(code), code
        assert message.zh.strip(), code
        assert message.en.strip(), code
        assert details(message.zh) == details(message.en), code


def test_chinese_sentences_are_chinese_and_english_ones_are_not():
    chinese = re.compile("[\u4e00-\u9fff]")
    for code, message in MESSAGES.items():
        assert chinese.search(message.zh), code
        assert not chinese.search(message.en), code


def test_every_code_in_the_source_has_its_sentences():
    without = {}
    for path, tree in trees():
        for call in ast.walk(tree):
            if not isinstance(call, ast.Call):
                continue
            name = getattr(call.func, "id", None) or getattr(call.func, "attr", "")
            because = [each.value for each in call.keywords if each.arg in {"because", "code"}]
            codes = [each.value for each in (*call.args, *because) if is_code(each)]
            if name not in NO_CODES:
                without |= {code: named(path) for code in codes if code not in MESSAGES}
    assert without == {}


def test_every_sentence_is_said_somewhere():
    nodes = [node for _, tree in trees() for node in ast.walk(tree)]
    begun = [node.values[0] for node in nodes if isinstance(node, ast.JoinedStr)]
    texts = {
        node.value
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    in_statements = {code for text in texts for code in re.findall(r"'([A-Z_]+)'", text)}
    # f"DID_{event.upper()}": a sentence for an event, which some code must name
    prefixes = {
        each.value
        for each in begun
        if isinstance(each, ast.Constant) and re.fullmatch(r"([A-Z]+_)+", str(each.value))
    }
    of_events = {prefix + text.upper() for prefix in prefixes for text in texts}
    assert MESSAGES.keys() - texts - in_statements - of_events == set()


def test_the_list_of_codes_is_the_one_that_is_generated():
    assert (CHECKOUT / "docs" / "codes.md").read_text(encoding="utf-8") == codes_page(
        (CHECKOUT / "docs" / "changes.md").read_text(encoding="utf-8")
    )


def test_the_committed_schema_is_what_the_code_says():
    assert (CHECKOUT / "schema.graphql").read_text(encoding="utf-8") == sdl()


# What the pages promise


@pytest.mark.parametrize("page", [README, README_ZH], ids=named)
def test_a_readme_is_one_screen_of_reading_and_leads_to_every_page(page):
    text = page.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 264
    below = [twins[page == README_ZH] for twins in TWINS[1:]]
    assert len(below) == 4
    for each in below:
        assert f"]({each.relative_to(CHECKOUT)})" in text, each.name


@pytest.mark.parametrize("page", [README, README_ZH], ids=named)
def test_a_readme_tells_every_area_and_how_many_entries_are_accounted_for(page):
    text = page.read_text(encoding="utf-8")
    for area in vocabulary.areas().values():
        assert re.search(rf"^\| .*{area.zh}.* \| .+ \|$", text, re.MULTILINE), area.zh
    entries = sum(len(accounting.shipped(each)) for each in loading.institutions())
    assert f" {entries} " in text


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_of_a_page_leads_somewhere(page):
    for target, heading in re.findall(r"\]\(([^)#]*)#?([^)]*)\)", page.read_text(encoding="utf-8")):
        if target.startswith("https://"):
            continue
        there = page.parent / target if target else page
        assert there.exists(), target
        assert not heading or heading in anchors(there), f"{target}#{heading}"


def anchors(page: Path) -> set[str]:
    """The names that headings are linked by."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in headings}


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_command_of_a_page_exists(page):
    text = page.read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", (CHECKOUT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)\b(?=`|$)", text, re.MULTILINE)) <= targets
    commands = {command.name or command.callback.__name__ for command in app.registered_commands}
    assert set(re.findall(r"\bguiju ([a-z][a-z-]+)\b(?=`| --|$)", text, re.MULTILINE)) <= commands
    for test in re.findall(r"\btests/test_[a-z_]+\.py\b", text):
        assert (CHECKOUT / test).exists(), test


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_variable_of_a_page_is_read_by_somebody(page):
    elsewhere = {
        name
        for path in modules("tests", "benchmarks")
        for name in re.findall(r'"(GUIJU_[A-Z_]+)"', path.read_text(encoding="utf-8"))
    }
    told = set(re.findall(r"\bGUIJU_[A-Z_]+\b", page.read_text(encoding="utf-8")))
    assert told - EXPECTED.keys() - elsewhere == set()


@pytest.mark.parametrize("page", [p for p in READ if p.stem == "operators"], ids=named)
def test_the_operators_page_tells_every_setting_with_its_default(page):
    text = page.read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| `([A-Z_]+)` \| (.*?) ?\|", text, re.MULTILINE))
    assert told.keys() == EXPECTED.keys()
    for field in Settings.model_fields.values():
        if isinstance(field.default, int | str):
            assert told[field.alias] == str(field.default).lower(), field.alias


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_query_of_a_page_is_valid(page):
    text = page.read_text(encoding="utf-8")
    documents = re.findall(r"```graphql\n(.*?)```", text, re.DOTALL)
    documents += re.findall(r"^(?:TOKEN= )?ask '(.*?)'$", text, re.MULTILINE | re.DOTALL)
    assert len(documents) > 2 or page.stem not in {"README", "README.zh-CN", "clients"}
    for document in documents:
        assert graphql.validate(contract(), graphql.parse(document)) == [], document


@pytest.mark.parametrize("page", READ, ids=named)
def test_every_field_and_code_that_a_page_names_exists(page):
    text = page.read_text(encoding="utf-8")
    assert set(re.findall(r"`([a-z]+[A-Z][A-Za-z]*)`", text)) - words_of_the_schema() == set()
    known = words_of_the_schema() | MESSAGES.keys() | EXPECTED.keys()
    assert set(re.findall(r"`([A-Z]+(?:_[A-Z]+)+)`", text)) - known == set()


@pytest.mark.parametrize("twins", TWINS, ids=lambda twins: twins[0].stem)
def test_a_page_shows_the_same_commands_in_both_languages(twins):
    def blocks(page: Path) -> list[str]:
        text = page.read_text(encoding="utf-8")
        text = text.replace("accept-language: zh", "accept-language: en")
        return re.findall(r"```(?:sh|graphql|csv|python)\n(.*?)```", text, re.DOTALL)

    english, chinese = map(blocks, twins)
    assert english == chinese


def test_decisions_are_numbered_and_each_says_what_it_costs():
    assert [page.name[:4] for page in DECISIONS] == [
        f"{number:04}" for number in range(1, len(DECISIONS) + 1)
    ]
    for page in DECISIONS:
        text = page.read_text(encoding="utf-8")
        title, *headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
        assert headings == ["Context", "Decision", "Consequences"], page.name
        assert title.startswith(f"{int(page.name[:4])}. "), page.name
        assert len(text.splitlines()) < 60, f"{page.name} is longer than a page"
