"""What becomes of clauses, counted on paper and told by the API."""

import csv
from collections import Counter
from io import StringIO

import pytest
from typer.testing import CliRunner

from domain.accounting import Outcome
from policies import accounting, coverage, loading
from schema.__main__ import app
from tests.office import Api

COLUMNS = len(coverage.COLUMNS)
ASKED = """query ($outcome: ClauseOutcome, $kind: String, $after: String) {
  clauses(institution: "hrss-bureau", clauseKind: $kind, outcome: $outcome,
          first: 100, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    edges { node { regulation cite enforcedBy
      accounts { clauseKind number outcome by words reason concerns } } } } }"""


def printed(*options: str) -> str:
    done = CliRunner().invoke(app, ["coverage", *options])
    assert done.exit_code == 0, done.output
    return done.output


def test_both_tables_count_every_clause_once():
    whole = [str(sum(len(accounting.shipped(each)) for each in loading.institutions()))]
    for table in coverage.tables():
        *rows, total = table.rows
        assert total[1 + COLUMNS : 2 + COLUMNS] == tuple(whole)
        for column in range(1, COLUMNS + 2):
            assert sum(int(row[column]) for row in rows) == int(total[column])


@pytest.mark.parametrize("institution", loading.institutions())
def test_an_institution_s_row_is_what_its_lines_say(institution):
    by_institution, _ = coverage.tables("en")
    found = Counter(coverage.told(each) for each in accounting.shipped(institution))
    expected = tuple(str(found[column]) for column in coverage.COLUMNS)
    rows = [row[1 : 1 + COLUMNS] for row in by_institution.rows]
    assert expected in rows


@pytest.mark.parametrize("options", [(), ("--format", "markdown"), ("--language", "en")])
def test_every_line_of_a_printed_table_is_as_wide_as_the_others(options):
    for block in printed(*options).strip("\n").split("\n\n"):
        assert len({coverage.wide(line) for line in block.splitlines()}) == 1


def test_a_table_of_commas_is_read_back_as_it_was_counted():
    rows = [tuple(row) for row in csv.reader(StringIO(printed("--format", "csv")))]
    assert rows == [line for table in coverage.tables() for line in (table.header, *table.rows)]


async def test_a_clause_tells_what_becomes_of_it_and_why(api: Api) -> None:
    staff = await api.person("staff@hrss-bureau")
    found = await staff.one(ASKED, {"kind": "approval", "outcome": "ENFORCED"})
    told = {edge["node"]["cite"]: edge["node"] for edge in found["edges"]}
    [line] = [e for e in told["三(一)"]["accounts"] if e["clauseKind"] == "approval"][:1]
    assert (line["outcome"], line["number"], line["words"]) == ("ENFORCED", 1, "")
    assert line["by"]
    assert all(name.startswith("rule:") for name in line["by"])


@pytest.mark.parametrize("outcome", [*Outcome])
async def test_clauses_are_found_by_what_becomes_of_them(api: Api, outcome: Outcome) -> None:
    staff = await api.person("staff@hrss-bureau")
    lines = [each for each in accounting.shipped("hrss-bureau") if each.outcome is outcome]
    nodes, after = [], None
    while True:
        page = await staff.one(ASKED, {"outcome": outcome.name, "after": after})
        nodes += [edge["node"] for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert {f"{each['regulation']}/{each['cite']}" for each in nodes} == {e.clause for e in lines}
    assert page["totalCount"] == len(nodes)
    told = [e for node in nodes for e in node["accounts"] if e["outcome"] == outcome.name]
    assert Counter(each["reason"] for each in told) == Counter(each.reason for each in lines)
    if outcome is Outcome.LEFT_OPEN:
        assert all(each["words"] and each["reason"] for each in told)
    if outcome is Outcome.ACKNOWLEDGED:
        assert all(each["concerns"] for each in told)


def test_what_of_an_area_is_not_yet_enforced_is_listed_where_it_stands():
    told = printed("--area", "infosec", "--institution", "hrss-bureau")
    found = [each for each, area in coverage.with_area("hrss-bureau") if area == "infosec"]
    open_ = [each for each in found if each.outcome is Outcome.NOT_YET]
    assert len(told.splitlines()) == len(open_)
    assert all(f"{each.clause},{each.clause_kind},{each.number}: " in told for each in open_)


def test_what_an_area_is_declared_with_is_printed_with_its_options():
    told = CliRunner().invoke(app, ["words", "Register", "Party"]).stdout
    assert told.startswith("Register(name: str, entry: type[Form]")
    assert "signed_if_asked" in told
    assert "Party(column: str" in told
    assert "CaseKind(" not in told
