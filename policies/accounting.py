"""What becomes of each clause of a shipped rulebook: one line each, strictly read."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from domain.accounting import EVERYBODY, Accounted, Names, Outcome, enforcing
from domain.rulebook import Rulebook
from policies import loading
from policies.lines import Faults, Line, read_table, without_repeats

ACCOUNTING = (
    *("clause", "clause_kind", "number", "outcome", "by", "test"),
    *("words", "reason", "concerns"),
)
LONGEST_WORDS = 12
NUMBER, TEST = re.compile(r"[1-9][0-9]?"), re.compile(r"tests/test_\w+\.py::test_\w+")
STATES: Mapping[Outcome, frozenset[str]] = {
    Outcome.ENFORCED: frozenset({"by", "test"}),
    Outcome.ACKNOWLEDGED: frozenset({"concerns"}),
    Outcome.LEFT_OPEN: frozenset({"words", "reason"}),
    Outcome.NOT_YET: frozenset(),
}
"""What a line has to state by what becomes of its clause."""

MAY_STATE: Mapping[Outcome, frozenset[str]] = {
    outcome: needed | ({"by", "reason"} if outcome is Outcome.NOT_YET else {"reason"})
    for outcome, needed in STATES.items()
}


@cache
def shipped(institution: str) -> tuple[Accounted, ...]:
    """The lines of an institution's own folder; none where no rulebook is shipped for it."""
    if institution not in loading.institutions():
        return ()
    return read(loading.SHIPPED / institution, loading.shipped(institution))


@cache
def by_clause(institution: str) -> Mapping[str, tuple[Accounted, ...]]:
    found: dict[str, list[Accounted]] = {}
    for each in shipped(institution):
        found.setdefault(each.clause, []).append(each)
    return {clause: tuple(lines) for clause, lines in found.items()}


def read(folder: Path, book: Rulebook) -> tuple[Accounted, ...]:
    """Every line of the folder's accounting; all that is wrong with it at once.

    Raises: RulebookError: with file, line, column and reason of each fault.
    """
    faults = Faults()
    lines = read_table(folder / "accounting.csv", ACCOUNTING, faults)
    registered = {(line.clause, line.clause_kind) for line in book.register.values()}
    names = enforcing(book)
    found = [
        each
        for line in without_repeats(lines, (0, 1, 2), "clause", faults)
        if (each := accounted(line, registered, names, book.vocabulary.roles, faults))
    ]
    faults.raise_any()
    return tuple(found)


def accounted(
    line: Line, registered: set[tuple[str, str]], names: Names, roles: Iterable[str], faults: Faults
) -> Accounted | None:
    """A line in the domain's types, or None where it says nothing that can be told."""
    told = dict(zip(ACCOUNTING, line.fields, strict=True))
    entry = told["clause"], told["clause_kind"]
    if entry not in registered:
        details = {"clause": entry[0], "clause_kind": entry[1], "kind": ""}
        faults.add(line, "clause", "CLAUSE_NOT_REGISTERED", **details)
    if not NUMBER.fullmatch(told["number"]):
        faults.add(line, "number", "WRONG_FORMAT", expected="1, 2")
        return None
    if not faults.word(line, "outcome", told["outcome"], [*Outcome]):
        return None
    outcome = Outcome(told["outcome"])
    check_stated(line, outcome, told, faults)
    by, concerns = tuple(told["by"].split()), tuple(told["concerns"].split())
    for name in by:
        faults.word(line, "by", name, names, "NAMES_NO_ROW")
    for role in concerns:
        faults.word(line, "concerns", role, (EVERYBODY, *roles))
    if told["test"] and not TEST.fullmatch(told["test"]):
        faults.add(line, "test", "WRONG_FORMAT", expected="tests/test_leave.py::test_…")
    found = Accounted(
        *entry,
        number=int(told["number"]),
        outcome=outcome,
        by=by,
        test=told["test"],
        words=told["words"],
        reason=told["reason"],
        concerns=concerns,
    )
    known = names.keys() >= set(by)
    if outcome is Outcome.ENFORCED and by and known and not found.is_cited(names):
        faults.add(line, "by", "CITED_BY_NONE", clause=entry[0])
    return found


def check_stated(line: Line, outcome: Outcome, told: Mapping[str, str], faults: Faults) -> None:
    """Whether a line says all that its outcome asks for, and no more."""
    for column in ("by", "test", "words", "reason", "concerns"):
        if column in STATES[outcome] and not told[column].strip():
            faults.add(line, column, "OUTCOME_UNSTATED", outcome=outcome)
        if told[column] and column not in MAY_STATE[outcome]:
            faults.add(line, column, "OUTCOME_OVERSTATED", outcome=outcome)
    if len(told["words"]) > LONGEST_WORDS:
        faults.add(line, "words", "WRONG_FORMAT", expected=f"<= {LONGEST_WORDS}")
