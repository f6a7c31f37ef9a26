"""The engine is handed what areas declare: no module of it imports an area, or names one."""

import ast
import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from policies import vocabulary
from policies.loading import SHIPPED
from policies.messages import BY_FAMILY
from resolvers.running.settings import CHECKOUT

CONTENTS = {"domain/__init__.py"}
"""The domain's table of contents: a line an area. The other layers have theirs in `areas`."""

PLAIN_WORDS = {
    "attendance": "of a sitting",
    "documents": "the papers that clauses demand of an applicant",
    "duty": "a kind of clause, and what recurs",
    "export": "an act, and one of the words of the living side",
    "occurrence": "one of the words of the living side",
    "sitting": "one of the words of the living side",
}

AREAS, ESCAPES = CHECKOUT / "domain" / "areas", CHECKOUT / "resolvers" / "areas"
PACKAGES = {each.name for each in AREAS.iterdir() if each.is_dir() and each.name[0] != "_"}
WORDS = vocabulary.shipped()
NAMES = {
    *PACKAGES,
    *WORDS.kinds,
    *(
        code
        for code, each in WORDS.objects.items()
        if each.area in PACKAGES and each.word != "office"
    ),
    *(code for area in PACKAGES & BY_FAMILY.keys() for code in BY_FAMILY[area]),
} - PLAIN_WORDS.keys()
"""Areas, their kinds and objects, and the codes that they alone answer with."""
TABLES = {
    name
    for path in AREAS.rglob("*.py")
    for name in re.findall(r'\b(?:case_)?table\(\s*"(\w+)"', path.read_text(encoding="utf-8"))
}
OF_AN_AREA = re.compile(rf"\w+\.areas\.(?:{'|'.join(PACKAGES)})(?:\.\w+)?")
READS = re.compile(r"\b(?:from|join|into|update)\s+(\w+)")


def engine() -> Iterator[tuple[str, list[ast.AST]]]:
    """Each module outside the areas, the tables of contents and the demo, with its nodes."""
    for top in ("domain", "policies", "resolvers", "schema"):
        for path in sorted((CHECKOUT / top).rglob("*.py")):
            within = path.relative_to(CHECKOUT)
            if not {"areas", "demo"} & {*within.parts} and str(within) not in CONTENTS:
                yield str(within), [*ast.walk(ast.parse(path.read_text(encoding="utf-8")))]


def imported(node: ast.AST) -> set[str]:
    """The packages and modules of areas that a statement imports."""
    if not isinstance(node, ast.Import | ast.ImportFrom):
        return set()
    names = [each.name for each in node.names]
    if isinstance(node, ast.ImportFrom):
        names = [f"{node.module}", *(f"{node.module}.{name}" for name in names)]
    return {name for name in names if OF_AN_AREA.fullmatch(name)}


def named(node: ast.AST) -> set[str]:
    """A name that stands as a word of its own, and the tables that a statement reads or writes."""
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        return set()
    return ({node.value} & NAMES) | ({*READS.findall(node.value)} & TABLES)


def of_any(found_in: Callable[[ast.AST], set[str]], nodes: Iterable[ast.AST]) -> set[str]:
    return set().union(*map(found_in, nodes))


def test_no_module_of_the_engine_imports_an_area():
    found = {path: of_any(imported, nodes) for path, nodes in engine()}
    assert {path: names for path, names in found.items() if names} == {}


def test_no_module_of_the_engine_names_an_area_its_kinds_tables_or_codes():
    found = {path: of_any(named, nodes) for path, nodes in engine()}
    assert {path: names for path, names in found.items() if names} == {}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("'leave.sick'", {"leave.sick"}),
        ("'vehicles'", {"vehicles"}),
        ("f'select * from party_cases p where p.id = {key}'", {"party_cases"}),
        ("'DRIVER_AWAY'", {"DRIVER_AWAY"}),
        ("'a leave of vehicles'", set()),
    ],
)
def test_what_counts_as_a_name(source, expected):
    assert of_any(named, ast.walk(ast.parse(source))) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import domain.areas.leave", {"domain.areas.leave"}),
        ("from domain.areas import leave", {"domain.areas.leave"}),
        ("from schema.areas.leave import x", {"schema.areas.leave", "schema.areas.leave.x"}),
    ],
)
def test_what_counts_as_an_import(source, expected):
    assert of_any(imported, ast.walk(ast.parse(source))) == expected


LONGEST_ESCAPE, LINES_A_CLAUSE = 150, 12
LONGEST_AREAS = {
    "vehicles": 950,
    "petitions": 450,
    "party": 350,
    "evaluation": 500,
    "meetings": 350,
}


def lines(*files: Path) -> int:
    return sum(len(each.read_text(encoding="utf-8").splitlines()) for each in files)


def test_an_area_is_declarations_and_rows_and_no_longer_than_its_clauses_need() -> None:
    own = {each: lines(*(AREAS / each).glob("*.py")) for each in PACKAGES}
    escapes = {path.stem: lines(path) for path in ESCAPES.glob("*.py") if path.stem in own}
    clauses: Counter[str] = Counter()
    for register in SHIPPED.glob("*/clauses.csv"):
        with register.open(encoding="utf-8", newline="") as file:
            clauses.update(row["area"] for row in csv.DictReader(file))
    assert {each: long for each, long in escapes.items() if long > LONGEST_ESCAPE} == {}
    whole = {each: long + escapes.get(each, 0) for each, long in own.items()}
    assert {each: whole[each] for each, most in LONGEST_AREAS.items() if whole[each] > most} == {}
    assert sum(whole.values()) <= LINES_A_CLAUSE * sum(clauses[each] for each in whole)
