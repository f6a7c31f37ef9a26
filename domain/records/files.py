"""Files: papers that people upload, what they may be, and the record that each then belongs to."""

import re
from dataclasses import dataclass

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, Text, Uuid, text

from domain.tables import OURS, columns, key, moment, refers, table
from domain.values.notation import HIDDEN

MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Kind:
    """A kind of file: how it is served, and the most bytes that one has."""

    media_type: str
    most: int


SCAN, SHEET, PICTURE, TEXT = (most * MEGABYTE for most in (256, 64, 64, 8))
OFFICE_OPEN = "application/vnd.openxmlformats-officedocument"

KINDS = {
    "pdf": Kind("application/pdf", SCAN),
    "ofd": Kind("application/ofd", SCAN),
    "wps": Kind("application/vnd.ms-works", SHEET),
    "docx": Kind(f"{OFFICE_OPEN}.wordprocessingml.document", SHEET),
    "xlsx": Kind(f"{OFFICE_OPEN}.spreadsheetml.sheet", SHEET),
    "jpg": Kind("image/jpeg", PICTURE),
    "jpeg": Kind("image/jpeg", PICTURE),
    "png": Kind("image/png", PICTURE),
    "heic": Kind("image/heic", PICTURE),
    "txt": Kind("text/plain", TEXT),
    "csv": Kind("text/csv", TEXT),
}
"""By the ending of the name. What is not among them is refused: programs, scripts, web pages."""


REQUEST, DUTY = "request", "duty"
"""What a paper of these belongs to; any other record is called as its object is."""

files = table(
    "files",
    key(),
    *refers("people", "owner_id"),
    Column("name", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    *columns(Text, "sha256", "received", nullable=True),
    moment("begun_at"),
    moment("confirmed_at", nullable=True),
    Column("record", Text),
    Column("record_id", Uuid),
    Column("paper", Text),
    CheckConstraint("(confirmed_at is null) = (sha256 is null)", name="confirmed"),
    CheckConstraint("(record is null) = (record_id is null)", name="record"),
    CheckConstraint("record is null or confirmed_at is not null", name="attached"),
    CheckConstraint("size > 0", name="size"),
    Index("files_owner_idx", "institution_id", "owner_id", postgresql_include=["size"]),
    Index("files_record_idx", "institution_id", "record_id"),
    Index("files_loose_idx", "institution_id", "begun_at", postgresql_where=text("record is null")),
    changes=(
        "insert",
        "update (sha256, received, confirmed_at, record, record_id, paper)",
        "delete",
    ),
    walls={
        "asked": "for select using (record = 'request' and record_id in ("
        f"select id from requests where {OURS} = any(step_institutions)))",
        "attached_stands": "as restrictive for delete using (record is null or destroys())",
    },
)
"""`received` is the SHA-256 of what was sent, `sha256` of what is kept: positions are left out."""

LONGEST_NAME = 120
UNFIT_IN_NAMES = re.compile(r'[/\\:*?"<>|\x00-\x1f]|^[.\s]|[.\s]$|\.\.')


def ending_of(name: str) -> str:
    return name.rpartition(".")[2].lower()


def name_problem(name: str) -> str:
    """The code of what is wrong with a file's name; nothing if it will do."""
    unfit = UNFIT_IN_NAMES.search(name) or HIDDEN.search(name)
    if unfit or not name.strip() or len(name) > LONGEST_NAME:
        return "INVALID_FILE_NAME"
    return "" if "." in name and ending_of(name) in KINDS else "FILE_KIND_REFUSED"
