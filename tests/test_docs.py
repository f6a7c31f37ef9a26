import ast
import re
from string import Formatter

import graphql
import pytest

from domain.messages import FAMILIES, MESSAGES
from resolvers.running.settings import CHECKOUT, EXPECTED
from schema.__main__ import app
from schema.app import sdl
from schema.running.codes import codes_page
from tests.test_house_rules import LAYERS, modules, named

READMES = ("README.md", "README.zh-CN.md")
PAGES = sorted([*CHECKOUT.glob("*.md"), *CHECKOUT.glob("docs/**/*.md")])
DECISIONS = sorted((CHECKOUT / "docs" / "decisions").glob("*.md"))

CODE = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*")
NO_CODES = {"TypeVar", "NewType", "_scalar", "setdefault", "normalize"}
"""Calls whose capital words name types, settings and standards."""

LANGUAGES = {"zh", "en"}
"""A detail that is itself a word has one name in each language."""


def trees():
    for path in modules(*LAYERS):
        if path.parent.name != "messages":
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def is_code(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and bool(CODE.fullmatch(str(node.value)))


# Codes and their sentences


def test_no_two_families_have_a_code_in_common():
    assert sum(len(family.MESSAGES) for family in FAMILIES) == len(MESSAGES)


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
    said = {node.value for _, tree in trees() for node in ast.walk(tree) if is_code(node)}
    assert MESSAGES.keys() - said == set()


def test_the_list_of_codes_is_the_one_that_is_generated():
    assert (CHECKOUT / "docs" / "codes.md").read_text(encoding="utf-8") == codes_page()


def test_the_committed_schema_is_what_the_code_says():
    assert (CHECKOUT / "schema.graphql").read_text(encoding="utf-8") == sdl()


# What the pages promise


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_of_a_page_leads_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_command_of_a_page_exists(page):
    text = page.read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", (CHECKOUT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)\b(?=`|$)", text, re.MULTILINE)) <= targets
    commands = {command.name or command.callback.__name__ for command in app.registered_commands}
    assert set(re.findall(r"\bguiju ([a-z][a-z-]+)\b(?=`| --|$)", text, re.MULTILINE)) <= commands


@pytest.mark.parametrize("name", READMES)
def test_a_readme_tells_every_setting(name):
    text = (CHECKOUT / name).read_text(encoding="utf-8")
    assert {setting for setting in EXPECTED if f"`{setting}`" not in text} == set()


@pytest.mark.parametrize("name", READMES)
def test_every_query_of_a_readme_is_valid(name):
    served = graphql.build_schema(sdl())
    text = (CHECKOUT / name).read_text(encoding="utf-8")
    documents = re.findall(r"```graphql\n(.*?)```", text, re.DOTALL)
    documents += re.findall(r"^ask '(.*?)'$", text, re.MULTILINE | re.DOTALL)
    assert len(documents) > 2
    for document in documents:
        assert graphql.validate(served, graphql.parse(document)) == [], document


def test_both_readmes_show_the_same_commands():
    def blocks(name: str) -> list[str]:
        text = (CHECKOUT / name).read_text(encoding="utf-8")
        text = text.replace("accept-language: zh", "accept-language: en")
        return re.findall(r"```(?:sh|graphql|csv|python)\n(.*?)```", text, re.DOTALL)

    english, chinese = map(blocks, READMES)
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
