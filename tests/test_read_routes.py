"""Routes that a reader of the texts wrote down: on and beside each limit, by rank and branch."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.rules.analysis import case_of
from domain.rules.routes import route
from domain.rules.switches import write_route
from domain.vocabulary import seat_told_by
from policies import loading
from tests.test_accounting import COUNTS
from tests.written_routes import TODAY

WRITTEN = Path(__file__).with_name("read_routes.csv")


def written(institution: str) -> Iterator[tuple[str, str, str]]:
    with WRITTEN.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["institution"] == institution:
                yield row["kind"], row["facts"], row["route"]


def found(institution: str, kind: str, facts: str) -> str:
    book = loading.shipped(institution)
    said = dict(each.split("=") for each in facts.split())
    stated = {name: {"true": True, "false": False}.get(each, each) for name, each in said.items()}
    case = case_of(stated, book.vocabulary.kinds[kind], book.vocabulary)
    own = seat_told_by(case.get("applicant_rank"), book.vocabulary.roles)
    return write_route(route(book.rules_for(kind, TODAY), case, own))


@pytest.mark.parametrize("institution", COUNTS)
def test_every_case_goes_the_way_that_a_reader_of_the_text_wrote_down(institution):
    cases = [*written(institution)]
    other = [
        (kind, facts, expected, way)
        for kind, facts, expected in cases
        if (way := found(institution, kind, facts)) != expected
    ]
    assert other == []
