"""Whether the shipped rulebooks are in order, and docs/findings.md tells what is wrong with them.

The regulations contain gaps and contradictions. Each one is listed there with what the text says;
one that is not listed came in by mistake, and one that is listed and gone is no longer true.
"""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from domain import CASE_KINDS, KEPT
from domain.conditions.severity import Severity
from domain.records.act_findings import ActFinding, act_findings
from domain.rulebook import matrix
from domain.rules.findings import MatrixFinding
from domain.shapes.findings import RuleFinding, findings, severity_of
from policies import accounting, vocabulary
from policies.happenings import idle, unheard_of
from policies.lines import RulebookError
from policies.loading import institutions, shipped

LISTED = Path(__file__).parents[1] / "docs" / "findings.md"
SHORTEST_EXPLANATION = 6
Line = tuple[str, ...]
"""Institution, kind, problem, region, example and clauses, as written."""


def complaints(file: Path = LISTED) -> list[str]:
    """What is wrong, one sentence each; none when all is in order."""
    if not file.exists():
        return [f"{file.name} is missing."]
    listed = dict(read(file.read_text(encoding="utf-8")))
    faults: list[str] = []
    found: list[Line] = []
    loaded = set()
    for institution in institutions():
        try:
            found += errors(institution)
            loaded.add(institution)
            faults += unstarted(institution)
            accounting.shipped(institution)
        except RulebookError as error:
            faults += [f"{institution}: {fault}" for fault in error.faults]
    return [
        *faults,
        *(f"{file.name} does not list: {shown(line)}" for line in found if line not in listed),
        *(
            f"{file.name} lists what is not there: {shown(line)}"
            for line in {*listed} - {*found}
            if line[0] in loaded
        ),
        *(
            f"{file.name} does not explain: {shown(line)}"
            for line, explanation in listed.items()
            if len(explanation) < SHORTEST_EXPLANATION
        ),
    ]


def undeclared() -> list[str]:
    """What is declared and has no row of objects.csv, and who bears a role that no kind gives."""
    objects = vocabulary.shipped().objects
    lacking = [
        f"objects.csv: no row names {name}: tell its word, area, acts, facts, bears and paths."
        for name in KEPT
        if name not in objects
    ]
    borne = [
        f"objects.csv: {of.code}: {role}:{column} needs a Party of that column in its declaration."
        for kind in CASE_KINDS
        if not kind.begun and (of := objects.get(kind.code))
        for role, column in of.bears.items()
        if column not in {party.column for party in kind.parties}
    ]
    return [*lacking, *borne]


def unstarted(institution: str) -> Iterator[str]:
    """Deadlines and rhythms that wait for what never happens, or for nothing, without a reason."""
    book = shipped(institution)
    for shape, row, event in unheard_of(book):
        yield f"{institution}: {shape}: {row} names {event}, which nothing brings about."
    for clock in idle(institution):
        where = f"{clock.id} ({clock.clause})"
        yield f"{institution}: clocks: {where} neither starts nor is left open with a reason."


def errors(institution: str, today: date | None = None) -> list[Line]:
    """The errors of a shipped rulebook today, and on every later day on which its rules change."""
    book, today = shipped(institution), today or datetime.now(UTC).date()
    days = (today, *(day for day in book.turning_days if day > today))
    found = (each for day in days for each in matrix(book, day))
    lines = [line_of(institution, each) for each in found if each.severity is Severity.ERROR]
    acts = (each for day in days for each in act_findings(book, day))
    lines += [line_of_act(institution, each) for each in acts if each.severity is Severity.ERROR]
    between = (each for day in days for each in findings(book.shapes_on(day)))
    lines += [
        line_of_rows(institution, each) for each in between if severity_of(each) is Severity.ERROR
    ]
    return [*dict.fromkeys(lines)]


def line_of(institution: str, found: MatrixFinding) -> Line:
    example = json.dumps(found.facts, ensure_ascii=False)
    clauses = ", ".join(found.clauses)
    return institution, found.kind, found.problem.value, found.region.text, example, clauses


def line_of_act(institution: str, found: ActFinding) -> Line:
    """An object stands where the kind of request does, the act where its region does."""
    clauses = ", ".join(found.clauses)
    return institution, found.thing, found.problem.value, found.region, "{}", clauses


def line_of_rows(institution: str, found: RuleFinding) -> Line:
    """Rows that compute stand where the kind of request does, their ids where its region does."""
    values = {name: v if isinstance(v, bool) else str(v) for name, v in found.example.items()}
    example = json.dumps(values, ensure_ascii=False)
    ids = " / ".join(dict.fromkeys(row.id for row in found.rows))
    return institution, "rows", found.problem.value, ids, example, ", ".join(found.clauses)


def read(text: str) -> Iterator[tuple[Line, str]]:
    """The lines of the page's tables, each below the heading of its institution."""
    institution = ""
    for line in text.splitlines():
        if line.startswith("## "):
            institution = line.split()[1]
        elif line.startswith("| `"):
            cells = line.replace("\\|", "\0").split("|")[1:-1]
            *cells, explanation = (cell.strip().replace("\0", "|") for cell in cells)
            yield (institution, *(cell.strip("`") for cell in cells)), explanation


def shown(line: Line, explanation: str = "") -> str:
    """A line as the page writes it."""
    cells = [f"`{cell}`".replace("|", "\\|") for cell in line[1:]]
    return f"{line[0]} | {' | '.join(cells)} | {explanation} |"
