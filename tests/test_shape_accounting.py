"""Every clause that computes is accounted for: as rows, or with a reason why it cannot be."""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from policies import loading
from tests.test_accounting import clauses_of, published, reasons

__all__ = ["published"]

ENTRIES = Path(__file__).parent / "computing_entries.csv"
COUNTS = {
    "deadline": 73,
    "cadence": 107,
    "quota": 62,
    "penalty": 217,
    "reward": 24,
    "scoring": 22,
    "meeting": 27,
    "eligibility": 70,
    "separation": 28,
}
"""How many clauses of each computing kind the texts of the ten offices hold."""


@cache
def entries() -> tuple[tuple[str, str, str], ...]:
    with ENTRIES.open(encoding="utf-8", newline="") as file:
        return tuple(tuple(line.values()) for line in csv.DictReader(file))  # type: ignore[misc]


def rows_of(institution: str) -> Iterator[Any]:
    shapes = loading.shipped(institution).shapes
    for each in fields(shapes):
        held = getattr(shapes, each.name)
        if isinstance(held, tuple):
            yield from held


def test_the_texts_hold_this_many_clauses_that_compute():
    assert Counter(kind for _, _, kind in entries()) == Counter(COUNTS)


@pytest.mark.parametrize("institution", loading.institutions())
def test_every_computing_clause_has_a_row_of_its_shape_or_a_reason(institution):
    """Entries that share a cite and a kind need as many rows, told apart by their ids."""
    wanted = Counter((clause, kind) for owner, clause, kind in entries() if owner == institution)
    rows = {(row.clause, kind, row.id) for row in rows_of(institution) for kind in row.clause_kinds}
    cited = Counter((clause, kind) for clause, kind, _ in rows)
    given = reasons(institution)
    lacking = {
        entry: number for entry, number in wanted.items() if cited[entry] + given[entry] < number
    }
    assert lacking == {}


def test_the_list_of_computing_clauses_is_what_the_published_texts_hold(published):
    found = [
        (institution, clause, entry["kind"])
        for institution, regulations in published.items()
        for clause, entry in clauses_of(regulations)
        if entry["kind"] in COUNTS
    ]
    assert tuple(found) == entries()
