"""Looks a file through in a process of its own, so that none made to harm reaches the server.

`python -m resolvers.files.looking <file> <ending>` prints what it found as JSON: the SHA-256 of
what came, the code of what is wrong, and whether a copy without its position lies beside the file.
"""

import asyncio
import hashlib
import html
import json
import re
import resource
import sys
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from time import process_time
from typing import Any, BinaryIO

from resolvers.files.marks import bears_mark

AT_ONCE = 2
"""Files that are looked through side by side: each takes a processor for a moment."""
SECONDS, MEMORY = 30, 1 << 30
"""What one may take. What needs more cannot be looked through, and is not taken."""

MOST_PAGES, READS_FOR, MOST_READ, MOST_PARTS = 50, 10.0, 64 << 20, 5_000
"""How much of a text is read, and for how many seconds: marks stand on the first page."""

WORD, OFD, BOOK = "word/document.xml", "OFD.xml", "xl/workbook.xml"
WORD_STREAM, CARRIED = "WordDocument", "Ole10Native"
"""The streams of a text, and of a file of whatever kind that it carries."""
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
PICTURE_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
PROGRAMS = re.compile(
    r"(?i)vbaproject|vbadata|/activex/|macrosheets/|"
    r"\.(?:exe|dll|com|bat|cmd|ps1|vbs|js|jar|sh|msi|scr|hta|html?|svg)$"
)
PARAGRAPH, TAG = re.compile(r"</(?:\w+:)?(?:p|si|row)>"), re.compile(r"<[^>]*>")
DRAWN = re.compile(r'<(?:\w+:)?TextObject\b[^>]*?Boundary="\S+ ([\d.]+) \S+ ([\d.]+)"[^>]*>')
"""A piece of a line on a page of OFD: how far down it stands, and how high it is."""
ACTIVE = frozenset({"/JavaScript", "/Launch", "/EmbeddedFiles", "/FileAttachment"})
"""What a PDF may do, or bring, besides being read."""


class Unfit(Exception):
    """What is wrong with a file, by its code."""


@dataclass(frozen=True)
class Look:
    """What was found: the SHA-256 of what came, and the copy without a position, if it told one."""

    sha256: str
    code: str = ""
    cleaned: Path | None = None


async def look(path: Path, ending: str) -> Look:
    """Look a file through, within its bounds of time and memory."""
    module = "resolvers.files.looking"
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", module, str(path), ending),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        cwd=Path(__file__).parents[2],
    )
    try:
        async with asyncio.timeout(SECONDS):
            said, _ = await process.communicate()
    except TimeoutError:
        said = b""
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode or not said:
        return Look("", "FILE_NOT_READABLE")
    found = json.loads(said)
    return Look(found["sha256"], found["code"], cleaned_of(path) if found["cleaned"] else None)


def cleaned_of(path: Path) -> Path:
    return path.with_suffix(".cleaned")


def main(path: Path, ending: str) -> dict[str, Any]:
    with path.open("rb") as opened:
        sha256 = hashlib.file_digest(opened, "sha256").hexdigest()
        opened.seek(0)
        try:
            judge(opened, ending)
        except Unfit as unfit:
            return {"sha256": sha256, "code": str(unfit), "cleaned": False}
        except (MemoryError, Exception):  # noqa: BLE001  # whatever a broken file brings about
            return {"sha256": sha256, "code": "FILE_NOT_READABLE", "cleaned": False}
    from resolvers.files.positions import without_position

    cleaned = ending in PICTURES and without_position(path, cleaned_of(path))
    return {"sha256": sha256, "code": "", "cleaned": cleaned}


def judge(opened: BinaryIO, ending: str) -> None:
    """Raises: Unfit: not what its ending says, holds a program or bears a mark."""
    head = opened.read(1024)
    is_so, read = LOOKS[ending]
    if not is_so(head):
        raise Unfit("FILE_NOT_AS_NAMED")
    opened.seek(0)
    for text in read(opened, ending):
        if bears_mark(text):
            raise Unfit("SECRECY_MARK")


def _of_pdf(opened: BinaryIO, _: str) -> Iterator[str]:
    from pypdf import PdfReader

    reader = PdfReader(opened)
    if reader.is_encrypted and not reader.decrypt(""):
        raise Unfit("FILE_NOT_READABLE")
    root: Any = reader.root_object
    named, action = (_inside(root.get(each)) for each in ("/Names", "/OpenAction"))
    if {*named, str(action.get("/S"))} & ACTIVE:
        raise Unfit("FILE_WITH_PROGRAM")
    yield from (str(value) for value in (reader.metadata or {}).values())
    until = process_time() + READS_FOR
    for page in reader.pages[:MOST_PAGES]:
        text = ""
        # A page that is drawn beyond what the reader knows is one that cannot be read.
        with suppress(Exception):
            text = page.extract_text() if process_time() < until else ""
        yield text
        for each in map(_inside, page.annotations or ()):
            if {str(each.get("/Subtype")), str(_inside(each.get("/A")).get("/S"))} & ACTIVE:
                raise Unfit("FILE_WITH_PROGRAM")
            yield "\n".join(str(each.get(name, "")) for name in ("/Contents", "/V"))


def _inside(value: Any) -> Mapping[str, Any]:
    """What a part of a PDF holds by name; nothing where it holds none."""
    found = value.get_object() if value is not None else {}
    return found if isinstance(found, dict) else {}


def _of_archive(opened: BinaryIO, ending: str) -> Iterator[str]:
    with zipfile.ZipFile(opened) as archive:
        parts = {each.filename: each for each in archive.infolist()}
        if {"docx": WORD, "xlsx": BOOK, "ofd": OFD}[ending] not in parts:
            raise Unfit("FILE_NOT_AS_NAMED")
        if len(parts) > MOST_PARTS:
            raise Unfit("FILE_NOT_READABLE")
        if any(PROGRAMS.search(name) for name in parts):
            raise Unfit("FILE_WITH_PROGRAM")
        left = MOST_READ
        for name, part in parts.items():
            inner = name.rpartition(".")[2].lower()
            carried = inner in LOOKS.keys() - PICTURES
            if not carried and not name.endswith((".xml", ".rels", ".bin")):
                continue
            with archive.open(part) as inside:
                said = inside.read(left)
            left -= len(said)
            if left <= 0:
                raise Unfit("FILE_NOT_READABLE")
            if carried:
                judge(BytesIO(said), inner)
                continue
            if CARRIED.encode("utf-16-le") in said:
                raise Unfit("FILE_WITH_PROGRAM")
            text = said.decode("utf-8", "replace")
            if name == "[Content_Types].xml" and "macroEnabled" in text:
                raise Unfit("FILE_WITH_PROGRAM")
            # A sheet's name and a title stand in the tags.
            yield html.unescape(text)
            yield html.unescape(TAG.sub("", PARAGRAPH.sub("\n", _in_lines(text))))


def _in_lines(text: str) -> str:
    """A page of OFD, where what is drawn beside another piece goes on its line."""
    line = -1.0

    def begun(piece: re.Match[str]) -> str:
        nonlocal line
        top, height = map(float, piece.groups())
        before, line = line, top
        return "" if abs(top - before) < height / 2 else "\n"

    return DRAWN.sub(begun, text)


def _of_streams(opened: BinaryIO, _: str) -> Iterator[str]:
    import olefile

    with olefile.OleFileIO(opened) as streams:
        names = ["/".join(each) for each in streams.listdir(streams=True, storages=True)]
        if WORD_STREAM not in names:
            raise Unfit("FILE_NOT_AS_NAMED")
        if any(re.search(f"(?i)macros|vba|{CARRIED}", each) for each in names):
            raise Unfit("FILE_WITH_PROGRAM")
        for name in (WORD_STREAM, "\x05SummaryInformation"):
            if streams.exists(name):
                said = streams.openstream(name).read(MOST_READ)
                yield said.decode("utf-16-le", "ignore")
                yield said[1:].decode("utf-16-le", "ignore")
                yield said.decode("gb18030", "ignore")


def decoded(content: bytes) -> str:
    """A text in UTF-8, UTF-16 with its mark, or GB 18030. Raises: ValueError."""
    if content.startswith(UTF_16):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")


def _of_text(opened: BinaryIO, _: str) -> Iterator[str]:
    yield decoded(opened.read(MOST_READ))


def _is_text(head: bytes) -> bool:
    return head.startswith(UTF_16) or not (b"\0" in head or head.startswith(b"#!"))


def _of_picture(_: BinaryIO, __: str) -> Iterator[str]:
    return iter(())


def _begins(*signs: bytes) -> Any:
    return lambda head: head.startswith(signs)


def _is_heic(head: bytes) -> bool:
    return head[4:8] == b"ftyp" and not PICTURE_BRANDS.isdisjoint(
        {head[8:12], *(head[at : at + 4] for at in range(16, min(head[3], 64), 4))}
    )


ARCHIVE = _begins(b"PK\x03\x04"), _of_archive
JPEG = _begins(b"\xff\xd8\xff"), _of_picture
LOOKS: dict[str, tuple[Any, Any]] = {
    "pdf": (_begins(b"%PDF-"), _of_pdf),
    **dict.fromkeys(("ofd", "docx", "xlsx"), ARCHIVE),
    "wps": (_begins(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), _of_streams),
    **dict.fromkeys(("jpg", "jpeg"), JPEG),
    "png": (_begins(b"\x89PNG\r\n\x1a\n"), _of_picture),
    "heic": (_is_heic, _of_picture),
    **dict.fromkeys(("txt", "csv"), (_is_text, _of_text)),
}
"""By the ending of the name: how such a file begins, and the texts in it."""

PICTURES = frozenset(ending for ending, (_, read) in LOOKS.items() if read is _of_picture)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]), sys.argv[2])))
