"""switches.csv and examples.csv: their columns, each with its reader."""

from collections.abc import Mapping

from domain.conditions.language import stated_value
from domain.errors import Problem
from domain.rules.routes import Finding
from domain.rules.switches import Example, Switch, Switched, Turns, read_route
from domain.vocabulary import FactType, FactValue
from policies import shape_cells as read
from policies import vocabulary
from policies.shape_cells import Cell
from policies.shape_tables import Table

KIND = 1
"""The column of an example that names the kind whose facts it states."""


def of(cell: Cell) -> str:
    """A kind, an area, or nothing for every kind."""
    cell.known({"", *vocabulary.areas(), *cell.words.kinds})
    return cell.text


def name(cell: Cell) -> str:
    if not cell.text.strip():
        cell.wrong("职工事假三天")
    return cell.text


def facts(cell: Cell) -> Mapping[str, FactValue]:
    """`days=3 applicant_rank=staff`, each as exact as its fact is."""
    kind = cell.words.kinds.get(cell.line.fields[KIND])
    found: dict[str, FactValue] = {}
    for fact, _, text in (each.partition("=") for each in cell.text.split()):
        if kind is None or not cell.known(kind.facts, fact):
            continue
        known = cell.words.measures[fact]
        yes_or_no = known.type is FactType.BOOL and text in ("true", "false")
        value = stated_value(known, text == "true" if yes_or_no else text)
        if isinstance(value, Problem):
            cell.faults.add(cell.line, cell.column, value.code, **value.details)
        else:
            found[fact] = value
    return found


def route(cell: Cell) -> tuple[str, Finding | Turns]:
    """As it is written, and what it says."""
    expected = read_route(cell.text)
    if not isinstance(expected, Finding):
        for role in (role for place in expected for _, of in place for role in of):
            cell.known(cell.words.roles, role)
    return cell.text, expected


SWITCHES = Table(
    Switched, {"switch": read.one_of(Switch), "clause": read.clause, "of": of}, key=(0, 2)
)
EXAMPLES = Table(
    lambda name, kind, facts, route: Example(name, kind, facts, *route),
    {"example": name, "kind": read.kind, "facts": facts, "route": route},
    key=(0,),
)
