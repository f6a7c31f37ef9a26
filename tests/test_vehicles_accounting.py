"""Every clause on vehicles is enforced by a row, recorded in a book, or listed with the reason."""

from functools import cache

import pytest

from policies import accounting, loading
from tests.fleet import fleet
from tests.office import Api
from tests.test_accounting import clauses_of, published, reasons

__all__ = ["fleet", "published"]

AREA = "vehicles"
OFFICES = ("construction-bureau", "hrss-bureau", "service-centre", "township-government")
HIRE = ("service-centre", "finance/九")
"""The one regulation on vehicles that stands among others'."""

COUNTS = {
    "construction-bureau": 29,
    "hrss-bureau": 34,
    "service-centre": 18,
    "township-government": 10,
}
"""How many lines on vehicles each register of clauses has; a cite may have several."""

Entry = tuple[str, str]


def is_on_vehicles(institution: str, clause: str) -> bool:
    return clause.startswith(f"{AREA}/") or (institution, clause) == HIRE


@cache
def lines(institution: str) -> tuple[tuple[str, str], ...]:
    """Each clause with its kind, once."""
    register = loading.shipped(institution).register.values()
    found = (
        (line.clause, line.clause_kind)
        for line in register
        if is_on_vehicles(institution, line.clause)
    )
    return tuple(dict.fromkeys(found))


def enforced(institution: str) -> set[Entry]:
    """What a rule, a demanded paper or a shape's row of the clause's own kind states."""
    book = loading.shipped(institution)
    found = {(row.clause, row.clause_kind) for row in book.rows}
    found |= {(document.clause, "approval") for document in book.documents}
    for _, rows in book.shapes.tables():
        found |= {(row.clause, kind) for row in rows for kind in row.clause_kinds}
    return found


def told(institution: str, entry: Entry) -> bool:
    """Whether its line says to whom it is told, or why it is left open."""
    lines = [each for each in accounting.shipped(institution) if each.clause == entry[0]]
    return any(e.concerns or e.words for e in lines if e.clause_kind == entry[1])


KEPT = ("record", "duty", "prohibition", "procedure", "role", "other")
"""What a book can answer to: it keeps what is done, or what was done against it."""


def cited(institution: str) -> set[str]:
    book = loading.shipped(institution)
    return {each.clause for each in (*book.registers, *book.shapes.publications)}


def recorded(institution: str) -> set[Entry]:
    return {(clause, kind) for clause in cited(institution) for kind in KEPT}


@pytest.mark.parametrize("institution", OFFICES)
def test_every_clause_is_enforced_recorded_or_listed_with_the_reason(institution):
    known = enforced(institution) | recorded(institution)
    settled = {each for each in lines(institution) if told(institution, each)}
    lacking = [each for each in lines(institution) if each not in known | settled]
    assert lacking == []


def test_the_registers_hold_this_many_clauses_on_vehicles():
    assert {each: len(lines(each)) for each in OFFICES} == COUNTS


def test_the_lines_are_what_the_published_texts_hold(published):
    for institution in OFFICES:
        texts = {
            (clause, entry["kind"])
            for clause, entry in clauses_of(published[institution])
            if is_on_vehicles(institution, clause)
        }
        assert texts <= set(lines(institution)), institution


@pytest.mark.parametrize("institution", OFFICES)
def test_a_register_cites_clauses_that_the_office_has(institution):
    known = {line.clause for line in loading.shipped(institution).register.values()}
    assert cited(institution) <= known


@pytest.mark.parametrize("institution", OFFICES)
def test_what_a_register_records_is_not_listed_as_left_open_for_being_unwritten(institution):
    records = {entry for entry in lines(institution) if entry[1] == "record"}
    assert records <= recorded(institution)
    assert not records & reasons(institution).keys()


async def test_a_clause_names_the_books_that_keep_it(fleet: Api) -> None:
    staff = await fleet.person("staff@hrss-bureau")
    found = await staff.one(
        '{ clauses(institution: "hrss-bureau", area: "vehicles", first: 100)'
        " { edges { node { cite enforcedBy } } } }"
    )
    by_cite = {edge["node"]["cite"]: edge["node"]["enforcedBy"] for edge in found["edges"]}
    assert by_cite["附2 車輛加油登記表"] == ["register: vehicle.refuelling"]
    assert "register: vehicle.trip" in by_cite["附1 派車單 備註"]
    assert "paths: vehicle.dispatch" in by_cite["附1 派車單 備註"]
