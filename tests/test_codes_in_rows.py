"""Which office and which role is said in rows: the code that serves them names neither."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from policies import vocabulary
from resolvers.running.settings import CHECKOUT

CODES = {*vocabulary.shipped().roles, *vocabulary.institutions()}
PLAIN_WORDS = {
    "borrower": "who borrows a seat or a thing: a field",
    "driver": "who drives: a column, a field",
    "confidentiality_group": "to which body an incident was reported: a value of a column",
    "coordination_office": "to which body an incident was reported: a value of a column",
    "secrecy_bureau": "to which body an incident was reported: a value of a column",
    "first_asked": "the path of visitors",
    "keeper": "in whose keeping a thing is: a column",
    "handler": "who handles a case: a column and what its events leave",
    "party_group": "in whose name a paper goes out: a value of a column",
    "legal_rep": "whose seal it is: a value of a column",
    "party_member": "a fact of a person",
    "platform": "the institution that runs the others, where no office is asked",
    "section": "a column of slips",
    "staff": "a rank",
    "superior": "the office that assigned a petition: a column",
}
"""Codes that are English words for something else as well, with what they are there."""

STILL_NAMED: dict[str, set[str]] = {}
"""What rows do not say yet. Nothing is added here; what rows come to say is taken out."""


def modules() -> Iterator[Path]:
    for top in ("domain", "resolvers", "schema"):
        for path in sorted((CHECKOUT / top).rglob("*.py")):
            if "demo" not in path.parts:
                yield path


def named(path: Path) -> set[str]:
    """The codes that stand in a module as words of their own, or quoted inside a statement."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found |= {node.value, *re.findall(r"'([a-z][a-z_-]+)'", node.value)} & CODES
    return found - PLAIN_WORDS.keys()


def test_no_office_and_no_role_stands_in_code_but_what_is_listed():
    found = {str(path.relative_to(CHECKOUT)): named(path) for path in modules()}
    assert {path: codes for path, codes in found.items() if codes} == STILL_NAMED
