"""Every clause on petitions, complaints and the first asked is enforced, recorded or listed."""

from collections.abc import Iterator

import pytest

from policies import accounting, loading
from tests.test_accounting import clauses_of, published, reasons

__all__ = ["published"]

OFFICES = ("service-centre", "science-bureau")
REGULATIONS = {
    "service-centre": ("petitions", "complaints", "first-asked"),
    "science-bureau": ("petitions",),
}
OTHERS = {"science-bureau": ("documents/一、4", "government-openness/3")}
"""Clauses of other regulations that speak of petitions and complaints too."""


def lines(institution: str) -> Iterator[tuple[str, str]]:
    """The cites and kinds that the register names of these regulations."""
    register = loading.shipped(institution).register.values()
    for line in register:
        regulation = line.clause.partition("/")[0]
        if regulation in REGULATIONS[institution] or line.clause in OTHERS.get(institution, ()):
            yield line.clause, line.clause_kind


def recorded(institution: str) -> set[str]:
    return {each.clause for each in loading.shipped(institution).registers}


def enforced(institution: str) -> set[str]:
    book = loading.shipped(institution)
    shapes = {row.clause for _, rows in book.shapes.tables() for row in rows}
    documents = {document.clause for document in book.documents}
    return {row.clause for row in book.rows} | shapes | documents


@pytest.mark.parametrize("institution", OFFICES)
def test_every_clause_is_enforced_recorded_or_listed_with_its_reason(institution):
    kept = recorded(institution)
    listed = reasons(institution).keys() | {
        (each.clause, each.clause_kind)
        for each in accounting.shipped(institution)
        if each.concerns or each.words
    }
    lost = [
        (clause, kind)
        for clause, kind in lines(institution)
        if clause not in enforced(institution)
        and clause not in kept
        and (clause, kind) not in listed
    ]
    assert lost == []


@pytest.mark.parametrize("institution", OFFICES)
def test_what_is_to_be_recorded_has_a_register(institution):
    kept = recorded(institution)
    asked = {clause for clause, kind in lines(institution) if kind == "record"}
    assert asked
    assert asked <= kept


@pytest.mark.parametrize("institution", OFFICES)
def test_the_registers_cite_clauses_that_the_office_has(institution):
    cited = {line.clause for line in loading.shipped(institution).register.values()}
    assert recorded(institution) <= cited


@pytest.mark.parametrize("institution", OFFICES)
def test_every_published_clause_stands_in_the_register_with_its_kind(published, institution):
    told = {
        (clause, entry["kind"])
        for clause, entry in clauses_of(published[institution])
        if clause.partition("/")[0] in REGULATIONS[institution]
    }
    assert told - set(lines(institution)) == set()
