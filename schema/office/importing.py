"""An office kept by sheets in the API: a file to fill in, what it would do, and doing it."""

from base64 import b64decode
from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain.errors import at_fault
from domain.messages import EN
from domain.office.sheets import TITLES
from domain.sheets import Does
from resolvers.files import contents
from resolvers.office import importing
from resolvers.office.loans import MANAGES_POSTS
from schema.ground.acts import act, ask, replayed
from schema.ground.errors import MOST_TOLD, Problem, problem_of
from schema.ground.fields import Info
from schema.ground.ids import Id
from schema.ground.mirrors import enum_from
from schema.ground.rows import told
from schema.office.administering import AdministrativeAct, waiting
from schema.office.units import Document
from schema.records.exported import shown
from schema.records.exports import ExportFormat

LONGEST_FILE = 2_000_000

OfficeSheet: Any = enum_from(
    "OfficeSheet",
    {name.upper(): (name, f"{each.zh}: {each.en.lower()}.") for name, each in TITLES.items()},
    "A sheet of the office.",
)
ImportDoes: Any = strawberry.enum(Does, name="ImportDoes", description=Does.__doc__)


@strawberry.type
class ImportChange:
    """What one line of a sheet would do."""

    sheet: Annotated[OfficeSheet, "Of which sheet."]
    line: Annotated[int | None, "Which line, from 1; null of what ends because no line names it."]
    does: Annotated[ImportDoes, "Whether it adds, changes or removes."]
    said: Annotated[str, "What it does, in a sentence."]


@strawberry.type
class ImportPlan:
    """What a file would do; nothing is kept."""

    changes: Annotated[
        list[ImportChange], "Everything that it would do; nothing while there are problems."
    ]
    unchanged: Annotated[int, "How many lines say what is so already."]
    problem_count: Annotated[int, "How many problems there are."]
    problems: Annotated[
        list[Problem], f"The first {MOST_TOLD}; the path is the sheet and the cell: 人员, B5."
    ]
    waits: Annotated[bool, "Whether a second person has to confirm it."]


@strawberry.type
class OfficeImported:
    """What came of a file."""

    changed: Annotated[int, "How many changes; none where all was so before."]
    waits: Annotated[
        AdministrativeAct | None,
        "The act, where a second person has to confirm it first; null once it is done.",
    ]


File = Annotated[
    str | None, "An XLSX or CSV file in Base64, at most 2,000,000 characters of it; or an upload."
]
Uploaded = Annotated[
    UUID | None,
    Id("Upload"),
    "An XLSX or CSV that was uploaded and confirmed, at most 8 MB; or `file`.",
]
Whole = Annotated[
    bool, "What no line of a sheet that is there names ends today: units, seats, appointments."
]


async def office_import(
    info: Info, file: File = None, upload: Uploaded = None, whole: Whole = False
) -> ImportPlan:
    """What a file of units, people, seats and appointments would do: a dry run."""
    context = info.context
    found = await importing.plan(context, await content_of(info, file, upload), whole=whole)
    living = await context.rulebook()
    return ImportPlan(
        changes=[
            told(ImportChange, each, said=each.said["en" if context.language == EN else "zh"])
            for each in found.changes
        ],
        unchanged=found.unchanged,
        problem_count=len(found.problems),
        problems=[problem_of(e, living, context.language) for e in found.problems[:MOST_TOLD]],
        waits=found.weighty,
    )


async def content_of(info: Info, file: str | None, upload: UUID | None) -> bytes:
    """Raises: Refused: neither or both, no Base64, or no upload that may be read."""
    if (file is None) == (upload is None):
        raise at_fault("ONE_OF_TWO", "input", "file", one="file", other="upload")
    if upload:
        return (await contents.content_of(info.context, upload))[0]
    try:
        return b64decode(file or "", validate=True)
    except ValueError:
        raise at_fault("NOT_BASE64", "input", "file") from None


async def import_office(
    info: Info,
    file: File = None,
    upload: Uploaded = None,
    whole: Whole = False,
    document: Document = "",
) -> OfficeImported:
    """Do what a file says, all of it or nothing; the same file again changes nothing."""
    content = await content_of(info, file, upload)
    done = await importing.apply(info.context, content, whole=whole, document=document.strip())
    return await _imported(info, done.answer)


async def _imported(info: Info, answer: Mapping[str, Any]) -> OfficeImported:
    return OfficeImported(changed=answer["changed"], waits=await waiting(info, answer))


async def export_office(
    info: Info,
    sheet: Annotated[OfficeSheet | None, "This sheet alone; as CSV one has to be said."] = None,
    format: Annotated[ExportFormat, "As what."] = ExportFormat.XLSX,
) -> None:
    """The office as the file that is filled in and imported: headings, and what stands today."""
    if sheet is None and format is ExportFormat.CSV:
        raise at_fault("REQUIRED", "input", "sheet")
    await importing.written(info.context, sheet and sheet.value, format.value)


FIELDS = (
    ask(office_import, MANAGES_POSTS, longest=LONGEST_FILE),
    act(import_office, MANAGES_POSTS, replay=_imported, longest=LONGEST_FILE),
    act(export_office, MANAGES_POSTS, "ExportResult", replay=replayed(shown, "export")),
)
