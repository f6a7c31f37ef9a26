"""Approval matrices on paper: an institution's areas as Markdown or as a workbook."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from domain.errors import Refused
from domain.messages import ZH, say
from domain.rulebook import Rulebook
from domain.rules.lists import PSEUDO, Limit, TableRow, table
from domain.rules.phrases import (
    ACTS,
    ANYBODY,
    LIVING_ACTS,
    PSEUDO_ROLES,
    cases_said,
    condition_said,
)
from domain.rules.rows import ANY, DENY, NOBODY, RuleRow, regulation_of, unique
from domain.vocabulary import Label
from policies import loading, vocabulary
from policies.overtaking import otherwise
from resolvers.ground.database import Database
from resolvers.rules.rulebooks import Rulebooks

HEADER = (Label("事项", "Matter"), Label("条件", "Condition"))
ACT_HEADER = (
    Label("事物", "Object"),
    Label("行为", "Act"),
    Label("条件", "Condition"),
    Label("由谁", "By whom"),
)
ACTS_OF = Label("{area}(登记与办理)", "{area} (acts)")
ALTERNATIVE = Label("(或{others})", " (or {others})")
WIDEST = 60


class NotPrinted(Exception):
    """There is nothing to print: a sentence for whoever asked."""


@dataclass(frozen=True)
class Sheet:
    """One area's matrix as rows of text, ready to print."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def rulebook(institution: str) -> Rulebook:
    """The rulebook that the product ships for an institution."""
    if institution not in loading.institutions():
        known = " ".join(loading.institutions())
        raise NotPrinted(f"No rulebook is shipped for {institution}. There are: {known}")
    return loading.shipped(institution)


async def stored_rulebook(url: str, institution: str, on: date) -> Rulebook:
    """The rulebook in force on a day, as a database keeps it."""
    database = await Database.connect(url, most=1)
    try:
        living = await Rulebooks(database, vocabulary.shipped()).load(institution, on)
    except Refused as unknown:
        raise NotPrinted(f"The database knows no institution {institution}.") from unknown
    finally:
        await database.close()
    return living.rulebook


def name_of(institution: str, language: str) -> str:
    label = vocabulary.institutions().get(institution)
    return say(language, label) if label else institution


def sheets(book: Rulebook, on: date, language: str = ZH, area: str | None = None) -> list[Sheet]:
    """The areas that have rules on a day, in the order of the vocabulary.

    Raises: NotPrinted: there is no such area, or no rule in it.
    """
    kinds = book.vocabulary.kinds
    found = []
    for code, label in vocabulary.areas().items():
        if area not in (None, code):
            continue
        named = [kind for kind in book.rows_by_kind if kinds[kind].area == code]
        rules = [rule for kind in named for rule in book.rules_for(kind, on)]
        if rules:
            matrix = table(rules, book.vocabulary)
            titles = (_title(role, book, language) for role in matrix.levels)
            header = (*(say(language, each) for each in HEADER), *titles)
            rows = tuple(_row(row, matrix.levels, book, language) for row in matrix.rows)
            clauses = unique(clause for rule in rules for clause in rule.clauses)
            law = tuple(_law(clauses, book, language, len(header)))
            found.append(Sheet(say(language, label), header, (*rows, *law)))
    if not found:
        raise NotPrinted(f"{book.institution} has no rules in {area or 'any area'} on {on}.")
    return found


def _law(
    clauses: Iterable[str], book: Rulebook, language: str, columns: int
) -> Iterator[tuple[str, ...]]:
    """A line for each law in force that says otherwise than one of the clauses."""
    for clause in clauses:
        for each in book.law.get(clause, ()):
            said = f"※ {_cited([clause], book)}", "", otherwise(each, language)
            yield (*said, *[""] * (columns - len(said)))


def act_sheets(
    book: Rulebook, on: date, language: str = ZH, area: str | None = None
) -> list[Sheet]:
    """Who may act on what lives beside the requests, a sheet for each area that has lines."""
    objects, found = book.vocabulary.objects, []
    for code, label in vocabulary.areas().items():
        own = [row for row in book.acts_on(on) if objects[row.kind].area == code]
        same: dict[tuple[str, str, str, str], list[RuleRow]] = {}
        for row in own if area in (None, code) else ():
            same.setdefault((row.kind, row.act, row.when.text, row.effect), []).append(row)
        if same:
            title = say(language, ACTS_OF).format(area=say(language, label))
            header = tuple(say(language, each) for each in ACT_HEADER)
            rows = tuple(_act_row(rows, book, language) for rows in same.values())
            found.append(Sheet(title, header, rows))
    return found


def _act_row(rows: Sequence[RuleRow], book: Rulebook, language: str) -> tuple[str, ...]:
    first, known = rows[0], book.vocabulary.roles
    thing = book.vocabulary.objects[first.kind]
    by_clause: dict[str, list[str]] = {}
    for row in rows:
        pseudo = ANYBODY if row.role == ANY else PSEUDO_ROLES[NOBODY]
        label = known[row.role].label if row.role in known else pseudo
        by_clause.setdefault(row.clause, []).append(say(language, label))
    act = say(language, LIVING_ACTS[first.act])
    denied = f"{say(language, ACTS[ANY])}: " if first.effect == DENY else ""
    condition = "" if first.when.text == "always" else first.when.text
    who = (f"{'、'.join(who)} 〔{_cited([cite], book)}〕" for cite, who in by_clause.items())
    return say(language, thing.label), f"{denied}{act}", condition, "\n".join(who)


def _row(row: TableRow, levels: Sequence[str], book: Rulebook, language: str) -> tuple[str, ...]:
    kind = say(language, book.vocabulary.kinds[row.kind].label)
    condition = say(language, condition_said(row.when, book.vocabulary))
    cells = (
        "\n".join(_entry(limit, book, language) for limit in row.cells.get(role, ()))
        for role in levels
    )
    return (kind, condition, *cells)


def _entry(limit: Limit, book: Rulebook, language: str) -> str:
    """批准: 不超过 1 天 〔考勤管理办法 三(一)〕."""
    act = say(language, ACTS[limit.act])
    cases = say(language, cases_said(limit, book.vocabulary))
    others = [_title(role, book, language) for role in limit.roles[1:]]
    instead = say(language, ALTERNATIVE).format(others="、".join(others)) if others else ""
    return f"{act}{instead}{': ' if cases else ''}{cases} 〔{_cited(limit.clauses, book)}〕"


def _cited(clauses: Iterable[str], book: Rulebook) -> str:
    """Clauses with their regulation named once: 考勤管理办法 三(一), 三(二)."""
    titles = {regulation_of(line.clause): line.title for line in book.register.values()}
    cites: dict[str, list[str]] = {}
    for clause in clauses:
        regulation = regulation_of(clause)
        cites.setdefault(titles.get(regulation, regulation), []).append(clause.partition("/")[2])
    return "; ".join(f"{title} {', '.join(each)}" for title, each in cites.items())


def _title(role: str, book: Rulebook, language: str) -> str:
    known = PSEUDO_ROLES[role] if role in PSEUDO else book.vocabulary.roles[role].label
    return say(language, known)


def markdown(name: str, found: Iterable[Sheet]) -> str:
    """Every area under a heading of its own."""
    lines = [f"# {name}"]
    for sheet in found:
        lines += ["", f"## {sheet.title}", "", _line(sheet.header)]
        lines.append(_line(["---"] * len(sheet.header)))
        lines += [_line(row) for row in sheet.rows]
    return "\n".join(lines) + "\n"


def _line(cells: Iterable[str]) -> str:
    plain = (cell.replace("|", "\\|").replace("\n", "<br>") for cell in cells)
    return f"| {' | '.join(plain)} |"


def workbook(found: Iterable[Sheet]) -> bytes:
    """A workbook with a sheet for each area."""
    book = Workbook()
    book.remove(book.active)
    for sheet in found:
        page = book.create_sheet(sheet.title[:31])
        for row in (sheet.header, *sheet.rows):
            page.append(row)
        for cell in page[1]:
            cell.font = Font(bold=True)
        for column in page.columns:
            lines = (line for cell in column for line in str(cell.value or "").split("\n"))
            width = min(WIDEST, 2 * max(map(len, lines)) + 2)
            page.column_dimensions[column[0].column_letter].width = width
            for cell in column:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
        page.freeze_panes = "C2"
        page.page_setup.orientation = "landscape"
        page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
        page.sheet_properties.pageSetUpPr.fitToPage = True
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()
