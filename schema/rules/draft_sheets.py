"""Rulebooks as sheets in the API: taken away, and taken back into a draft, first foreseen."""

from typing import Annotated
from uuid import UUID

import strawberry

from domain.sheets import Does
from policies.drafting import by_column
from policies.files import Fields
from resolvers.rules import draft_sheets, drafts
from schema.ground.acts import act, ask, replayed
from schema.ground.errors import MOST_TOLD, Problem, problem_of
from schema.ground.fields import Info
from schema.ground.ids import Id
from schema.ground.scalars import JSON
from schema.office.importing import LONGEST_FILE, File, ImportDoes, Uploaded, content_of
from schema.records.exported import shown
from schema.records.exports import ExportFormat
from schema.rules.drafts import CHANGING, MAY, DraftId, RulebookDraft, draft_of
from schema.rules.rulebook_versions import MOST_LINES_SHOWN, SEES, SaidOfLine, said_of

OfFile = Annotated[
    str, "Of which file it is: leave, clauses, clocks …; sheets of a workbook say so themselves."
]


@strawberry.type
class DraftLineChange:
    """What one line of a sheet would do to a draft."""

    file: Annotated[str, "leave, clauses, clocks … as a folder names it."]
    does: Annotated[ImportDoes, "Whether it adds, changes or removes."]
    line: Annotated[int | None, "Which line of the sheet; null of what goes."]
    before: Annotated[JSON | None, "What the line says now, by column."]
    said: Annotated[list[SaidOfLine], "What it would say, or said, in words."]
    after: Annotated[JSON | None, "What it would say."]


@strawberry.type
class DraftImportPlan:
    """What a file of sheets would make of a draft; nothing is kept."""

    changes: Annotated[
        list[DraftLineChange], "The first two thousand; nothing while there are problems."
    ]
    change_count: Annotated[int, "How many there are."]
    problem_count: Annotated[int, "How many problems there are."]
    problems: Annotated[
        list[Problem], f"The first {MOST_TOLD}; the path is the sheet and the cell: 请假, E14."
    ]


async def draft_import(
    info: Info, draft_id: DraftId, file: File = None, upload: Uploaded = None, of: OfFile = ""
) -> DraftImportPlan:
    """What sheets would make of a draft: every addition, change and removal, and what is wrong."""
    context = info.context
    draft = await drafts.one(context, draft_id)
    told = await draft_sheets.plan(context, draft, await content_of(info, file, upload), of)
    living = await context.rulebook()
    return DraftImportPlan(
        changes=[
            DraftLineChange(
                file=each.file,
                does=Does(each.does),
                line=each.line,
                before=_line(each.file, each.before),
                said=await said_of(info, each.file, each.after or each.before or ()),
                after=_line(each.file, each.after),
            )
            for each in told.changes[:MOST_LINES_SHOWN]
        ],
        change_count=len(told.changes),
        problem_count=len(told.problems),
        problems=[problem_of(e, living, context.language) for e in told.problems[:MOST_TOLD]],
    )


def _line(file: str, fields: Fields | None) -> JSON | None:
    return JSON(by_column(file, fields)) if fields else None


async def import_draft(
    info: Info, draft_id: DraftId, file: File = None, upload: Uploaded = None, of: OfFile = ""
) -> RulebookDraft:
    """Make of a draft what sheets say, all of it or nothing; a line that a sheet has not goes."""
    content = await content_of(info, file, upload)
    return draft_of(await draft_sheets.bring_in(info.context, draft_id, content, of))


async def export_rulebook(
    info: Info,
    draft_id: Annotated[UUID | None, Id("RulebookDraft"), "This draft."] = None,
    version: Annotated[int | None, "This version; the newest where neither is said."] = None,
    file: Annotated[str | None, "This file alone; as CSV one has to be said."] = None,
    format: Annotated[ExportFormat, "As what."] = ExportFormat.XLSX,
) -> None:
    """A draft or a version as the sheets that `importDraft` takes."""
    of = draft_id, version, file
    await draft_sheets.written(info.context, *of, format.value)


FIELDS = (
    ask(draft_import, MAY, longest=LONGEST_FILE),
    act(import_draft, result="DraftResult", **CHANGING, longest=LONGEST_FILE),
    act(export_rulebook, SEES, "ExportResult", replay=replayed(shown, "export")),
)
