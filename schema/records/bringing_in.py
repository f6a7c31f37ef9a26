"""What an office had before it came in, in the API: sheets to fill in, told beforehand, entered."""

from collections.abc import Mapping
from typing import Annotated, Any

import strawberry

from domain.sheets import Does
from resolvers.areas import LINES
from resolvers.records import bringing_in
from resolvers.records.bringing_in import BroughtIn, Change
from schema.ground.acts import act, replayed
from schema.ground.errors import MOST_TOLD, Problem, problem_of
from schema.ground.fields import Info
from schema.office.importing import LONGEST_FILE, File, ImportDoes, Uploaded, content_of
from schema.records.exported import shown
from schema.records.exports import ExportFormat
from schema.records.registers import DOOR


@strawberry.type
class BroughtInLine:
    """What one line of a sheet does."""

    sheet: Annotated[str, "Of which sheet."]
    line: Annotated[int, "Which line, from 1."]
    does: Annotated[ImportDoes, "Whether it adds or changes."]
    said: Annotated[str, "What the line says first."]


@strawberry.type
class RecordsBroughtIn:
    """What a file does; with `dryRun` what it would do, and nothing is kept."""

    changes: Annotated[list[BroughtInLine], "What it adds and changes."]
    unchanged: Annotated[int, "How many lines say what is so already."]
    problem_count: Annotated[int, "How many problems there are."]
    problems: Annotated[
        list[Problem], f"The first {MOST_TOLD}; the path is the sheet and the cell: 印章, B5."
    ]


async def import_records(
    info: Info,
    file: File = None,
    upload: Uploaded = None,
    of: Annotated[str, "The object, where the sheet's name does not say it: seal."] = "",
    dry_run: Annotated[bool, "Tell what it would do, and keep nothing."] = False,
) -> RecordsBroughtIn:
    """Enter what an office has, all of it or nothing: cards, openings of accounts and stock, cases.

    Each line is entered as by hand, by whoever may keep it; the same file again changes nothing.
    """
    content = await content_of(info, file, upload)
    done = await bringing_in.bring_in(info.context, content, of, LINES, foretell=dry_run)
    return await _shown(info, done)


async def _shown(info: Info, done: BroughtIn) -> RecordsBroughtIn:
    context = info.context
    living = await context.rulebook() if done.problems else None
    return RecordsBroughtIn(
        changes=[BroughtInLine(**vars(each)) for each in done.changes],
        unchanged=done.unchanged,
        problem_count=len(done.problems),
        problems=[problem_of(e, living, context.language) for e in done.problems[:MOST_TOLD]],
    )


async def _again(info: Info, answer: Mapping[str, Any]) -> RecordsBroughtIn:
    changes = [
        Change(sheet, line, Does(does), said) for sheet, line, does, said in answer["changes"]
    ]
    return await _shown(info, BroughtIn(changes, answer["unchanged"]))


async def export_record_sheet(
    info: Info,
    of: Annotated[str, "The object: leave.annual_days, vehicle.archive; docs/records.md."],
    format: Annotated[ExportFormat, "As what."] = ExportFormat.XLSX,
) -> None:
    """The file that is filled in and imported: a sheet with its headings."""
    await bringing_in.template(info.context, of, format.value)


FIELDS = (
    act(import_records, DOOR, replay=_again, longest=LONGEST_FILE),
    act(export_record_sheet, DOOR, "ExportResult", replay=replayed(shown, "export")),
)
