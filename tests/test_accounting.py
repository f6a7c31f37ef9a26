"""Every approval clause of the regulations is accounted for, entry by entry."""

import csv
import re
from collections import Counter
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

import pytest
import yaml

from policies import accounting, loading
from resolvers.running.settings import CHECKOUT

ENTRIES = Path(__file__).parent / "approval_entries.csv"
REGULATIONS = CHECKOUT.parent / "shared" / "regulations"
COUNTS = {
    "archive-guidelines": 3,
    "construction-bureau": 56,
    "county-organs": 14,
    "household-registration": 41,
    "hrss-bureau": 80,
    "logistics-guidelines": 0,
    "science-bureau": 61,
    "service-centre": 67,
    "township-government": 20,
    "website-governance": 4,
}
"""How many approval clauses each office's texts hold; one cite may hold several."""

SHORTEST_QUOTATION, LONGEST_RUN = 8, 14
Entry = tuple[str, str, tuple[str, ...]]
Lined = tuple[str, str]


@cache
def entries() -> tuple[Entry, ...]:
    with ENTRIES.open(encoding="utf-8", newline="") as file:
        return tuple(
            (line["institution"], line["clause"], tuple(line["request_kinds"].split()))
            for line in csv.DictReader(file)
        )


def reasons(institution: str) -> Counter[Lined]:
    """How many lines of a clause and its kind give a reason why rows do not say all of it."""
    lines = accounting.shipped(institution)
    return Counter((each.clause, each.clause_kind) for each in lines if each.reason.strip())


@pytest.fixture(scope="session")
def published():
    """The clauses of each institution as they were read from its texts."""
    files = sorted(REGULATIONS.glob("*.yaml"))
    if not files:
        pytest.skip("the published regulations are not here")
    read = (yaml.load(file.read_bytes(), yaml.CSafeLoader) for file in files)
    return {each["institution"]: each["regulations"] for each in read}


def clauses_of(regulations):
    for regulation in regulations:
        for clause in regulation.get("clauses", ()):
            yield f"{regulation['id']}/{clause['cite']}", clause


def test_there_are_346_approval_clauses():
    assert Counter(institution for institution, _, _ in entries()) == Counter(COUNTS)
    assert sum(COUNTS.values()) == 346


@pytest.mark.parametrize("institution", COUNTS)
def test_every_approval_clause_has_its_own_rule_or_a_reason(institution):
    """Entries that share a cite and a kind need as many rules that cite it."""
    wanted = Counter(
        (clause, kind)
        for owner, clause, kinds in entries()
        for kind in kinds
        if owner == institution
    )
    rows = loading.shipped(institution).rows
    rules = Counter(
        (clause, kind) for clause, kind, _ in {(r.clause, r.kind, r.rule) for r in rows}
    )
    assert all(kinds for owner, _, kinds in entries() if owner == institution)
    lacking = {
        entry: number
        for entry, number in wanted.items()
        if rules[entry] + reasons(institution)[entry[0], "approval"] < number
    }
    assert lacking == {}


@pytest.mark.parametrize("institution", COUNTS)
def test_no_approval_rule_rests_on_a_clause_that_no_text_holds(institution):
    held = {(clause, kind) for owner, clause, kinds in entries() for kind in kinds
            if owner == institution}  # fmt: skip
    book = loading.shipped(institution)
    registered = {
        (line.clause, line.request_kind)
        for line in book.register.values()
        if line.clause_kind != "approval"
    }
    invented = {
        (row.clause, row.kind)
        for row in book.rows
        if row.effect == "allow"
        and (row.clause, row.kind) not in held | registered
        and not row.clause.startswith("interpretation/")
    }
    assert invented == set()


def test_the_list_of_entries_is_what_the_published_texts_hold(published):
    found = []
    for institution, regulations in published.items():
        for clause, entry in clauses_of(regulations):
            if entry["kind"] == "approval":
                rule = entry["rule"]
                asked = [rule.get("request", []), rule.get("also_requests", [])]
                named = (each if isinstance(each, list) else [each] for each in asked)
                kinds = dict.fromkeys(kind for each in named for kind in each)
                found.append((institution, clause, tuple(kinds)))
    assert tuple(found) == entries()


def letters(text: str) -> str:
    return re.sub(r"\W", "", text)


@pytest.mark.parametrize("institution", COUNTS)
def test_no_summary_is_a_quotation(published, institution):
    texts: dict[str, list[str]] = {}
    for clause, entry in clauses_of(published[institution]):
        texts.setdefault(clause, []).append(letters(entry["text"]))
    lines = loading.shipped(institution).register.values()
    quoted = {
        (line.clause, line.summary)
        for line in lines
        for text in texts.get(line.clause, ())
        if is_quoted(letters(line.summary), text)
    }
    assert quoted == set()


def is_quoted(summary: str, text: str) -> bool:
    """Whole, or in a long run of the text's own characters."""
    if len(summary) >= SHORTEST_QUOTATION and summary in text:
        return True
    runs = SequenceMatcher(None, summary, text, autojunk=False)
    return runs.find_longest_match().size >= LONGEST_RUN
