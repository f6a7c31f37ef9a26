"""What an upload says, read whole by an act that takes a file and keeps no paper of it."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from uuid import UUID
from xml.etree import ElementTree as ET
from zipfile import BadZipFile, ZipFile

from domain.errors import at_fault
from domain.records.files import MEGABYTE, ending_of
from domain.rules.articles import numeral
from resolvers.files.looking import decoded
from resolvers.files.uploads import place_of
from resolvers.ground.aside import aside
from resolvers.ground.context import Context
from resolvers.ground.database import statement

MOST, MOST_UNPACKED = 8 * MEGABYTE, 40 * MEGABYTE
FOUND = statement("""
  select * from files
  where institution_id = :institution and id = :id and owner_id = :person""")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
IN_WORDS = ("chinese", "taiwanese", "japanese", "ideographDigital")
CIRCLED = "decimalEnclosedCircle"
Levels = dict[int, tuple[str, str, int]]
"""By level of a list how its number is written, in what words it stands, and where it starts."""


async def content_of(context: Context, upload: UUID, *path: str) -> tuple[bytes, str]:
    """The bytes of a confirmed upload of the viewer's own, and the ending of its name.

    Raises: Refused: there is none, it is not confirmed, or larger than an act reads.
    """
    at = path or ("input", "upload")
    missing, me = at_fault("UPLOAD_NOT_FOUND", *at), context.viewer.person.id
    row = await context.found(FOUND, missing, id=upload, person=me)
    if row["sha256"] is None:
        raise at_fault("UPLOAD_NOT_CONFIRMED", *at)
    if row["size"] > MOST:
        raise at_fault("FILE_TOO_LARGE", *at, limit=MOST // MEGABYTE)
    read = context.services.files.kept.read(place_of(row), 0, row["size"])
    return b"".join([each async for each in read]), ending_of(row["name"])


async def text_of(context: Context, upload: UUID) -> str:
    """The text of an upload: of a TXT or a DOCX, numbers of lists included.

    Raises: Refused: as `content_of` says, or it is a file of another kind.
    """
    content, ending = await content_of(context, upload)
    if ending not in ("txt", "docx"):
        raise at_fault("FILE_HOLDS_NO_TEXT", "input", "upload")
    try:
        return await aside(lambda: of_word(content) if ending == "docx" else decoded(content))
    except (BadZipFile, KeyError, ValueError, SyntaxError):
        raise at_fault("FILE_NOT_READABLE", "input", "upload") from None


def of_word(content: bytes) -> str:
    """The lines of a DOCX. Raises: as its parts say."""
    with ZipFile(BytesIO(content)) as packed:
        document, numbering, styles = (
            _part(packed, f"word/{each}.xml") for each in ("document", "numbering", "styles")
        )
    if document is None:
        raise ValueError
    return "\n".join(_lines(document, *_lists(numbering), _styled(styles)))


def _part(packed: ZipFile, name: str) -> Any:
    """A part of the file, which was looked through; one that declares entities is none."""
    if name not in packed.namelist():
        return None
    if packed.getinfo(name).file_size > MOST_UNPACKED:
        raise ValueError
    said = packed.read(name)
    if b"<!DOCTYPE" in said:
        raise ValueError
    return ET.fromstring(said)  # noqa: S314


def _lines(
    document: Any, list_of: dict[str, str], levels: dict[str, Levels], styled: dict[str, Any]
) -> Iterator[str]:
    counts: dict[str, dict[int, int]] = {}
    for paragraph in document.iter(f"{W}p"):
        said = "".join(filter(None, map(_said, paragraph.iter())))
        place = _list_at(paragraph.find(f"{W}pPr"), styled)
        number = ""
        if place and (of := list_of.get(place[0])) in levels:
            number = _number(counts.setdefault(of, {}), levels[of], place[1])
        yield number + said


def _said(element: Any) -> str | None:
    """What a part of a paragraph says; what was struck out says nothing."""
    marks = {f"{W}t": element.text, f"{W}br": "\n", f"{W}tab": " "}
    said: str | None = marks.get(element.tag)
    return said


def _number(counts: dict[int, int], levels: Levels, level: int) -> str:
    """The number that comes next at a level of a list, as it is written; none of a bullet."""
    if level not in levels:
        return ""
    counts[level] = counts.get(level, levels[level][2] - 1) + 1
    for deeper in [each for each in counts if each > level]:
        del counts[deeper]
    form, said, _ = levels[level]
    if form in ("bullet", "none"):
        return ""
    for each, (written_as, _, begins) in levels.items():
        said = said.replace(f"%{each + 1}", _written(counts.get(each, begins), written_as))
    return said


def _written(number: int, form: str) -> str:
    if form.startswith(IN_WORDS):
        return numeral(number)
    return chr(0x245F + number) if form.startswith(CIRCLED) and number <= 20 else str(number)


def _lists(numbering: Any) -> tuple[dict[str, str], dict[str, Levels]]:
    """Which list a paragraph's number names, and its levels."""
    if numbering is None:
        return {}, {}
    levels = {
        _value(each, "abstractNumId"): {
            int(_value(level, "ilvl")): (
                _of(level, "numFmt") or "decimal",
                _of(level, "lvlText") or "",
                int(_of(level, "start") or 1),
            )
            for level in each.findall(f"{W}lvl")
        }
        for each in numbering.findall(f"{W}abstractNum")
    }
    named = numbering.findall(f"{W}num")
    return {_value(each, "numId"): _of(each, "abstractNumId") or "" for each in named}, levels


def _styled(styles: Any) -> dict[str, Any]:
    """By style what its paragraphs are like."""
    every = [] if styles is None else styles.findall(f"{W}style")
    return {_value(each, "styleId"): each.find(f"{W}pPr") for each in every}


def _list_at(like: Any, styled: dict[str, Any]) -> tuple[str, int] | None:
    """In which list a paragraph stands and how deep: by itself, or by its style."""
    if like is None:
        return None
    numbered = like.find(f"{W}numPr")
    if numbered is None:
        style = _of(like, "pStyle")
        return _list_at(styled.get(style), {}) if style else None
    return _of(numbered, "numId") or "", int(_of(numbered, "ilvl") or 0)


def _of(element: Any, name: str) -> str | None:
    found = element.find(f"{W}{name}")
    return None if found is None else found.get(f"{W}val")


def _value(element: Any, name: str) -> str:
    return element.get(f"{W}{name}") or ""
