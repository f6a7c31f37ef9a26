"""Each file of a rulebook is a form: what its columns may say is asked of their readers."""

import re
from typing import Any

import pytest

from policies import loading, vocabulary
from policies.drafting import Files, by_column, files_of
from policies.files import FILES, columns_of, offered
from policies.lines import Faults
from policies.shape_cells import Words
from policies.shapes import COLUMNS_OF_MEASURES
from resolvers.rules.line_words import Speech, column_said, speech_of
from tests.drafting import CENTRE, DRAFT, administrators, centre
from tests.moving import do
from tests.office import Api

__all__ = ["centre"]

SHEETS = """query ($id: ID!, $file: String) { rulebookDraft(draftId: $id) { ... on RulebookDraft {
  sheets(file: $file) { file label count columns { name label needed several condition example
    words { code label } } lines { line said } measures { name } } } } }"""
NAMES = """query ($id: ID!) { rulebookDraft(draftId: $id) { ... on RulebookDraft {
  sheets { file } } } }"""

SAID = "... on RulebookDraft { changes { added said { label text } } }"


def shipped(institution: str) -> tuple[Files, Speech]:
    source = loading.read_source(loading.SHIPPED / institution, Faults())
    return files_of(source, vocabulary.shipped()), speech_of(loading.shipped(institution))


@pytest.mark.parametrize("institution", loading.institutions())
def test_every_line_of_every_file_can_be_chosen_again_in_its_form(institution: str) -> None:
    files, speech = shipped(institution)
    for file, lines in files.items():
        for column in columns_of(file):
            of = offered(file, column, speech.words)
            said = {by_column(file, fields)[column] for fields in lines}
            assert not of.needed or "" not in said, (file, column)
            if of.words and not of.several:
                assert said - {""} <= {*map(str, of.words)}, (file, column)


@pytest.mark.parametrize("institution", loading.institutions())
def test_no_code_of_a_closed_column_is_shown_raw(institution: str) -> None:
    _, speech = shipped(institution)
    for file in FILES:
        for column in columns_of(file):
            assert column_said(column).zh != column, column
            for word in filter(None, offered(file, column, speech.words).words):
                raw = word.isascii() and speech.label(str(word), column).zh == word
                assert not raw or column == "subjects", (file, column, word)


def test_a_line_is_said_column_by_column() -> None:
    files, speech = shipped("hrss-bureau")
    told = {(label.zh, text.zh) for label, text in speech.line("clocks", files["clocks"][0])}
    assert {("单位", "分钟"), ("方向", "以前"), ("条件", "一切情形")} <= told


@pytest.mark.parametrize("institution", loading.institutions())
def test_what_starts_a_clock_is_said_in_words(institution: str) -> None:
    files, speech = shipped(institution)
    assert speech.event("seal.lost").zh == "印章·遗失"
    for fields in files.get("clocks", ()):
        line = by_column("clocks", fields)
        said = {label.zh: text.zh for label, text in speech.line("clocks", fields)}
        for column in ("starts", "stops"):
            told = said.get(column_said(column).zh, "")
            assert bool(told) == bool(line[column])
            assert not re.search(r"[a-z]", told), (line[column], told)


def test_the_columns_of_measures_are_those_that_are_read() -> None:
    assert columns_of("measures") == COLUMNS_OF_MEASURES


@pytest.mark.parametrize(
    ("file", "column", "found"),
    [
        ("clocks", "unit", (False, False, False, "")),
        ("clocks", "when", (True, False, True, "")),
        ("clocks", "within", (False, False, False, "1.5")),
        ("votes", "due", (False, True, False, "")),
        ("cadences", "who", (False, True, False, "")),
        ("leave", "role", (True, False, False, "")),
        ("clauses", "from", (False, False, False, "2017-04-14")),
    ],
)
def test_a_column_tells_what_it_may_say(file: str, column: str, found: tuple[Any, ...]) -> None:
    of = offered(file, column, shipped(CENTRE)[1].words)
    assert (of.needed, of.several, of.condition, of.expected) == found


def test_where_nothing_is_known_nothing_is_offered() -> None:
    assert [*offered("clocks", "clause", Words({}, {}, ())).words] == []


async def test_a_draft_tells_the_form_of_each_file_and_a_line_goes_through_it(centre: Api) -> None:
    admin, _ = await administrators(centre)
    draft = await do(admin, "startDraft", DRAFT)
    every = (await admin.one(NAMES, {"id": draft["id"]}))["sheets"]
    assert {each["file"] for each in every} == {*vocabulary.areas(), *FILES}
    [clocks] = (await admin.one(SHEETS, {"id": draft["id"], "file": "clocks"}))["sheets"]
    assert (clocks["label"], clocks["count"]) == ("期限", len(clocks["lines"]))
    unit = next(each for each in clocks["columns"] if each["name"] == "unit")
    assert {"code": "workday", "label": "工作日"} in unit["words"]
    old = clocks["lines"][0]["line"]
    changes = [{"file": "clocks", "remove": old, "add": {**old, "within": "7"}}]
    changed = await do(admin, "changeDraft", SAID, draftId=draft["id"], changes=changes)
    assert {"label": "期限", "text": "7"} in changed["changes"][1]["said"]
    assert (await admin.one(SHEETS, {"id": draft["id"], "file": "nothing"}))["sheets"] == []
