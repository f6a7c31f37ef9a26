"""A rulebook as sheets: each file under its headings, taken away, filled in and taken back.

A sheet says all of its file: a line that it has not goes. What no sheet is of stays as it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from domain.errors import Problem, at_fault, invalid
from domain.messages import say
from domain.sheets import Column, Does, Table, tables_of
from domain.vocabulary import Label
from policies import vocabulary
from policies.drafting import Difference, Files, differences, fields_of
from policies.drafting import titles as called_files
from policies.files import FILES, Fields, columns_of
from policies.lines import Fault, RulebookError
from resolvers.ground.context import Context
from resolvers.ground.sheets import sheets_in
from resolvers.records.export_sheets import file_of
from resolvers.records.exports import keep
from resolvers.rules import drafts
from resolvers.rules.adopting import told_in
from resolvers.rules.drafts import Draft
from resolvers.rules.rulebooks import LAST

MOST_PROBLEMS = 200


@dataclass(frozen=True)
class LineChange:
    """What a sheet does to one line: which of its file's lines goes, which comes, and where."""

    file: str
    does: Does
    line: int | None
    before: Fields | None = None
    after: Fields | None = None


@dataclass
class SheetPlan:
    """What sheets would make of a draft; where there are problems, nothing."""

    files: Files = field(default_factory=dict)
    changes: list[LineChange] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


async def written(
    context: Context, draft_id: UUID | None, version: int | None, file: str | None, form: str
) -> None:
    """A draft, or a version (the newest where none is said), as the sheets that are filled in.

    Raises: Refused: there is no such version, draft or file.
    """
    if draft_id:
        files = (await drafts.one(context, draft_id)).files
    else:
        files = await drafts.files_in(context, version or await context.value(LAST))
    titles = {each: say(context.language, label) for each, label in called_files().items()}
    if file not in (None, *titles) or (file is None and form == "csv"):
        raise at_fault("SHEET_UNKNOWN", "input", "file", name=(file or "-")[:60])
    sheets = {
        titles[each]: [[say(context.language, head.label) for head in headings(each)], *lines]
        for each, lines in ({file: files.get(file, ())} if file else files).items()
    }
    name = titles[file] if file else say(context.language, RULEBOOK)
    made = file_of(name, sheets, form, context.now)
    await keep(context, "exported", made, {"object": "rulebook", "format": form})


RULEBOOK = Label("规则", "Rulebook")


def headings(file: str) -> list[Column]:
    """The columns of a file, each called by its label and its code."""
    labels = vocabulary.columns()
    names = columns_of(file)
    called = (labels.get(each, Label(each, each)) for each in names)
    return [
        Column(each, Label(f"{label.zh}({each})", f"{label.en}({each})"), required=at == 0)
        for at, (each, label) in enumerate(zip(names, called, strict=True))
    ]


async def plan(context: Context, draft: Draft, content: bytes, of: str) -> SheetPlan:
    """What a file of sheets would make of a draft; a CSV is `of` the file that is said.

    Raises: Refused: it is no file of sheets, or too long.
    """
    sheets, language = await sheets_in(content), context.language
    tables, problems = tables_of(sheets, of, called_files(), headings, language)
    told = SheetPlan(problems=problems)
    files, places = dict(draft.files), {}
    for file, table in tables.items():
        told.problems += table.problems
        files[file] = tuple(fields_of(draft.institution, file, row.said) for row in table.rows)
        places[file] = [row.line for row in table.rows]
    try:
        await drafts.book_of(context, draft.institution, files, places)
    except RulebookError as error:
        told.problems += [_at_cell(context, tables, each) for each in error.faults]
    if not told.problems:
        told.files = files
        told.changes = [*_changes(draft.files, files, places)]
    return told


async def bring_in(context: Context, draft_id: UUID, content: bytes, of: str) -> Draft:
    """Make of a draft what sheets say, as a whole or not.

    Raises: Refused: as `plan` says, or a cell cannot stand; each one is named.
    """
    await context.must_be_first()
    draft = await drafts.one(context, draft_id, changing=True)
    told = await plan(context, draft, content, of)
    if told.problems:
        raise invalid(told.problems[:MOST_PROBLEMS])
    return await drafts.replaced(context, draft, told.files)


def _at_cell(context: Context, tables: Mapping[str, Table], fault: Fault) -> Problem:
    """A fault at its cell, where its line stands in a sheet."""
    table = tables.get(fault.file.removesuffix(".csv"))
    if table:
        return Problem(fault.code, table.place(fault.line, fault.column), None, fault.details)
    [problem] = told_in(context, [fault], "draftId")
    return problem


def _changes(
    before: Files, after: Files, places: Mapping[str, Sequence[int]]
) -> Sequence[LineChange]:
    """What goes and what comes; of two lines that begin alike one is the other, changed."""
    gone: dict[tuple[str, Fields], list[Difference]] = {}
    came: list[Difference] = []
    for each in differences(before, after):
        if each.added:
            came.append(each)
        else:
            gone.setdefault(_key(each), []).append(each)
    lines = {
        (file, fields): line
        for file, at in places.items()
        for fields, line in zip(after[file], at, strict=True)
    }
    told = []
    for each in came:
        line, old = lines.get((each.file, each.fields)), gone.get(_key(each))
        does, was = (Does.CHANGES, old.pop(0).fields) if old else (Does.ADDS, None)
        told.append(LineChange(each.file, does, line, was, each.fields))
    rest = (each for left in gone.values() for each in left)
    return [*told, *(LineChange(e.file, Does.REMOVES, None, e.fields) for e in rest)]


def _key(each: Difference) -> tuple[str, Fields]:
    """What a line is about: the rule and the turn, else what its first columns say."""
    line = each.line
    return each.file, ((line["rule"], line["order"]) if each.file not in FILES else each.fields[:2])
